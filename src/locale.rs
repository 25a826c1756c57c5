//! Words and forms of the languages of publications: Chinese first, English as well.

mod amounts;
mod figures;
mod preview;
mod search;
mod site;

use std::collections::BTreeMap;

use serde::Serialize;

pub use amounts::{grouped, ordinal_ending};
pub use figures::FigureWords;
pub use preview::PreviewWords;
pub use search::SearchWords;
pub use site::{SiteWords, size};

use crate::model::{Date, MONTHS, Period, Quantity};

/// A language of publications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// Chinese in simplified characters.
    #[default]
    Zh,
    /// English.
    En,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// From the word in settings: `zh`, `zh-CN`, `en`…
    pub fn from_word(word: &str) -> Option<Self> {
        match word.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The language tag (BCP 47): `zh-CN`, `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The word in settings and contracts.
    pub fn word(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// Its own name for itself, as links to a text in it say.
    pub fn name(self) -> &'static str {
        match self {
            Self::Zh => "中文",
            Self::En => "English",
        }
    }

    /// A quantity in the forms of the language; `units` are those that a press names
    /// itself, one and many with `|`. As it is, where its unit has no name in it.
    pub fn quantity(
        self,
        quantity: &Quantity,
        units: &BTreeMap<String, String>,
    ) -> Quantity {
        let said = match self {
            Self::Zh => None,
            Self::En => amounts::english(quantity, units),
        };
        said.unwrap_or_else(|| quantity.clone())
    }

    /// The words that layouts need.
    pub fn words(self) -> &'static Words {
        match self {
            Self::Zh => &ZH,
            Self::En => &EN,
        }
    }

    /// A date for readers: `2021年3月5日` (GB/T 9704-2012, 7.3.5.4: Arabic numerals, no
    /// zero padding), `5 March 2021`.
    pub fn date(self, date: Date) -> String {
        let month = |month: i8| MONTHS[usize::from(month.unsigned_abs()) - 1];
        match (self, date.month, date.day) {
            (Self::Zh, None, _) => format!("{}年", date.year),
            (Self::Zh, Some(m), None) => format!("{}年{m}月", date.year),
            (Self::Zh, Some(m), Some(d)) => format!("{}年{m}月{d}日", date.year),
            (Self::En, None, _) => date.year.to_string(),
            (Self::En, Some(m), None) => format!("{} {}", month(m), date.year),
            (Self::En, Some(m), Some(d)) => format!("{d} {} {}", month(m), date.year),
        }
    }

    /// A day without its year: `3月5日`, `5 March`.
    pub fn month_day(self, month: i8, day: i8) -> String {
        match self {
            Self::Zh => format!("{month}月{day}日"),
            Self::En => {
                format!("{day} {}", MONTHS[usize::from(month.unsigned_abs()) - 1])
            }
        }
    }

    /// A period for readers: `2021年`, `2021年第一季度`, `2021年3月`, a range of dates.
    pub fn period(self, period: Period) -> String {
        const HAN: [&str; 4] = ["一", "二", "三", "四"];
        match (self, period) {
            (_, Period::Year(year)) => self.date(Date { year, month: None, day: None }),
            (_, Period::Month(year, month)) => {
                self.date(Date { year, month: Some(month), day: None })
            }
            (Self::Zh, Period::Quarter(year, quarter)) => {
                let quarter = HAN[usize::from(quarter.unsigned_abs()) - 1];
                format!("{year}年第{quarter}季度")
            }
            (Self::En, Period::Quarter(year, quarter)) => format!("Q{quarter} {year}"),
            // GB/T 15834-2011, 4.13: the dash — joins dates.
            (Self::Zh, Period::Range(from, to)) => {
                format!("{}—{}", self.date(from), self.date(to))
            }
            (Self::En, Period::Range(from, to)) => {
                format!("{} – {}", self.date(from), self.date(to))
            }
        }
    }

    /// The label of a numbered table or figure: `表1`, `Table 1`.
    pub fn label(self, word: &str, number: usize) -> String {
        match self {
            Self::Zh => format!("{word}{number}"),
            Self::En => format!("{word} {number}"),
        }
    }

    /// The unit of a table or chart: `单位：万元`, `Unit: km`.
    pub fn unit(self, unit: &str) -> String {
        format!("{}{}{unit}", self.chart_words().unit, self.words().colon)
    }

    /// The words of charts, and of tables with totals.
    pub fn chart_words(self) -> &'static ChartWords {
        match self {
            Self::Zh => &ZH_CHARTS,
            Self::En => &EN_CHARTS,
        }
    }

    /// An issue number for readers: `第3期`, `No. 3`.
    pub fn issue(self, issue: u32) -> String {
        match self {
            Self::Zh => format!("第{issue}期"),
            Self::En => format!("No. {issue}"),
        }
    }
}

/// The words that layouts need, in one language; `words` in page templates.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Words {
    /// Heading of the contents.
    pub contents: &'static str,
    /// Heading of the notes.
    pub notes: &'static str,
    /// Word before a table's number.
    pub table: &'static str,
    /// Word before a figure's number.
    pub figure: &'static str,
    /// Title of the five admonitions: note, tip, important, warning, caution.
    pub admonitions: [&'static str; 5],
    /// Name of the link from a note back to its reference.
    pub back: &'static str,
    /// Name of the link that skips to the text.
    pub skip: &'static str,
    /// Name of the links to versions in other languages.
    pub languages: &'static str,
    /// Mark of a draft.
    pub draft: &'static str,
    /// Word before the authors.
    pub author: &'static str,
    /// Word before the day of publication.
    pub published: &'static str,
    /// Name of the link to the PDF.
    pub pdf: &'static str,
    /// What the ticked box of a task says.
    pub done: &'static str,
    /// What the empty box of a task says.
    pub open: &'static str,
    /// What stands between two names of a list.
    pub comma: &'static str,
    /// What stands between a word and what it names.
    pub colon: &'static str,
    /// Word before whoever publishes.
    pub publisher: &'static str,
    /// Word before whoever gave the material.
    pub source: &'static str,
    /// Word before the editor.
    pub editor: &'static str,
    /// Word before whoever passed the text.
    pub reviewer: &'static str,
    /// Word before whom readers may ask.
    pub contact: &'static str,
    /// Word before the theme of an event.
    pub theme: &'static str,
    /// Word before the place of an event.
    pub location: &'static str,
    /// Word before whoever sent the text in.
    pub reporter: &'static str,
    /// Word before whoever took the pictures.
    pub photographer: &'static str,
    /// Words before the superiors, peers and subordinates that a bulletin goes to.
    pub distribution: [&'static str; 3],
    /// What stands before and after the number of copies.
    pub copies: [&'static str; 2],
    /// What stands before and after the number of issues since the first.
    pub total_issue: [&'static str; 2],
    /// What stands before and after the number of a chapter.
    pub chapter: [&'static str; 2],
    /// Word before an editor's note.
    pub editors_note: &'static str,
    /// What several offices' names end in on an official document.
    pub mark_suffix: &'static str,
    /// Word before whoever signs for sending.
    pub signer: &'static str,
    /// Word before the addressees, where they stand in the imprint.
    pub recipients: &'static str,
    /// Word before the list of annexes.
    pub attachments: &'static str,
    /// Word before whom copies go to.
    pub copy_to: &'static str,
    /// What stands after the day of printing.
    pub printed: &'static str,
    /// Words before those present, excused and in attendance.
    pub attendance: [&'static str; 3],
}

static ZH: Words = Words {
    contents: "目录",
    notes: "注释",
    table: "表",
    figure: "图",
    admonitions: ["说明", "提示", "重要", "注意", "警告"],
    back: "回到正文",
    skip: "跳到正文",
    languages: "其他语言",
    draft: "征求意见稿",
    author: "作者",
    published: "发布日期",
    pdf: "下载 PDF",
    done: "已完成",
    open: "未完成",
    comma: "、",
    colon: "：",
    publisher: "编印",
    source: "来源",
    editor: "责任编辑",
    reviewer: "审核",
    contact: "联系人",
    theme: "主题",
    location: "地点",
    reporter: "通讯员",
    photographer: "摄影",
    distribution: ["报", "送", "发"],
    copies: ["共印", "份"],
    total_issue: ["（总第", "期）"],
    chapter: ["第", "章"],
    editors_note: "编者按",
    mark_suffix: "文件",
    signer: "签发人",
    recipients: "主送",
    attachments: "附件",
    copy_to: "抄送",
    printed: "印发",
    attendance: ["出席", "请假", "列席"],
};

static EN: Words = Words {
    contents: "Contents",
    notes: "Notes",
    table: "Table",
    figure: "Figure",
    admonitions: ["Note", "Tip", "Important", "Warning", "Caution"],
    back: "Back to text",
    skip: "Skip to text",
    languages: "Other languages",
    draft: "Draft for comment",
    author: "By",
    published: "Published",
    pdf: "Download PDF",
    done: "Done",
    open: "Open",
    comma: ", ",
    colon: ": ",
    publisher: "Publisher",
    source: "Source",
    editor: "Editor",
    reviewer: "Reviewed by",
    contact: "Contact",
    theme: "Theme",
    location: "Place",
    reporter: "Reporter",
    photographer: "Photographs",
    distribution: ["To", "Copies to", "For action"],
    copies: ["", " copies"],
    total_issue: [" (", ")"],
    chapter: ["Chapter ", ""],
    editors_note: "Editor’s note",
    mark_suffix: "",
    signer: "Signed",
    recipients: "To",
    attachments: "Annexes",
    copy_to: "Copies to",
    printed: "",
    attendance: ["Present", "Absent", "In attendance"],
};

/// The words of charts, and of tables with totals, in one language.
#[derive(Debug, PartialEq, Eq)]
pub struct ChartWords {
    /// The kinds: bar, line, stacked, share, progress.
    pub kinds: [&'static str; 5],
    /// Head of a column of figures.
    pub item: &'static str,
    /// Head of a column of values.
    pub value: &'static str,
    /// Head of a column of years.
    pub year: &'static str,
    /// Head of a column of tasks.
    pub task: &'static str,
    /// Head of a column of what is reached.
    pub done: &'static str,
    /// Head of a column of targets.
    pub target: &'static str,
    /// Head of a column of shares.
    pub share: &'static str,
    /// Head of a column of how much of a target is reached.
    pub ratio: &'static str,
    /// Word before the unit.
    pub unit: &'static str,
    /// First cell of a row of totals.
    pub total: &'static str,
    /// What opens the data of a chart.
    pub data: &'static str,
    /// Word for a value that is not known.
    pub unknown: &'static str,
    /// Word before a number that is near the true one.
    pub about: &'static str,
    /// What stands between two parts of a sentence, and at its end.
    pub stops: [&'static str; 2],
}

static ZH_CHARTS: ChartWords = ChartWords {
    kinds: ["条形图", "折线图", "堆积图", "构成图", "进度图"],
    item: "指标",
    value: "数值",
    year: "年份",
    task: "任务",
    done: "完成",
    target: "目标",
    share: "占比",
    ratio: "完成率",
    unit: "单位",
    total: "合计",
    data: "图中数据",
    unknown: "无数据",
    about: "约",
    stops: ["；", "。"],
};

static EN_CHARTS: ChartWords = ChartWords {
    kinds: ["Bar chart", "Line chart", "Stacked bars", "Parts of a whole", "Progress"],
    item: "Figure",
    value: "Value",
    year: "Year",
    task: "Task",
    done: "Done",
    target: "Target",
    share: "Share",
    ratio: "Reached",
    unit: "Unit",
    total: "Total",
    data: "Data of the chart",
    unknown: "no data",
    about: "about ",
    stops: ["; ", "."],
};
