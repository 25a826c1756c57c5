//! The bulletins: two pages of Chinese each, with about as many different characters as
//! real publications of that length have (PDF export grows with that number, so a small
//! vocabulary flatters). Written twice: as a press, and in the floor's form.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

const ADJECTIVES: &str =
    "扎实 稳步 持续 深入 全面 有序 积极 精准 高效 规范 统筹 协同 重点 分类 逐级 主动";
const VERBS: &str =
    "推进 开展 落实 完善 组织 建立 优化 健全 提升 拓展 强化 梳理 汇总 发布 启动 部署";
const MODIFIERS: &str =
    "基层 社区 行业 年度 专项 示范 公益 志愿 数字化 常态化 综合 联合 重点 县区 园区 青年";
const NOUNS: &str = "服务平台 培训计划 评估工作 登记流程 监督机制 帮扶项目 信息系统 人才队伍 \
    协作网络 调研活动 宣传矩阵 经费管理 档案建设 孵化基地 合作协议 工作台账";
const BODIES: &str = "市社会组织促进会 志愿服务联合会 社区基金会 青年创业协会 公益服务中心 行业商会 \
    文化研究会 环境保护协会 养老服务联盟 科技创新学会";
const PLACES: &str =
    "东湖区 南山县 西河镇 北苑街道 中心城区 高新园区 滨江新区 云岭县 青石街道 锦绣社区";
const RESULTS: &str = "覆盖面明显扩大 群众满意度继续提高 办理时限大幅缩短 资源配置更加合理 \
    工作基础进一步夯实 社会反响良好 经验做法得到推广 短板问题逐步补齐";
const UNITS: &str = "家 人次 场 万元 个 项 份 小时";
const FIGURES: &str =
    "登记社会组织 年度新增 参与志愿者 服务群众 募集资金 开展活动 评估达标 培训学员";
const HEADINGS: &str =
    "一、总体情况 二、主要工作 三、重点项目 四、存在问题 五、下一步安排";
const NOTES: &str = "如期完成 超额完成 持续推进 基本达标 同比提高 稳中有升";
const SURNAMES: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章\
    云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄";
const GIVEN: &str = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛超明霞刚玲桂燕辉宁鹏飞浩宇轩然子涵梓欣怡雨桐诗琪佳颖\
    思远志诚博文俊熙晨曦瑞雪海波建国立新振兴永康春梅冬兰秋菊夏荷松柏青峰岩石江河湖川林森木叶舟帆航程锦绣\
    山岭泉溪虹霓星辰月朗清正廉毅恒谦和顺祥泰裕丰盛隆昊翰墨书琴棋画歌舞耀煜炜焕灿焱炎照光亮\
    蓉蕾薇莲菁萍莹琳琼瑶珊珍瑛璐璇瑾瑜玮珏钧铭鑫锋钢铁银锐镇镜坤垚培堃塬嘉喜吉善良仁义礼智信忠孝悌勤俭谨慎\
    岚峻峥嵘岳嵩巍崇崎巧倩倪俏俐伶仪佩依侠倚偲傲儒";

/// Bulletins of one record, and records of one series: a press of ten years with ten
/// bulletins each, as many series as are needed.
const IN_RECORD: usize = 10;
const YEARS: usize = 10;

/// The project file of a press.
pub const SETTINGS: &str = r#"title = "测量"
publisher = "测量"
language = "zh"

# The index of the search is Pagefind's work, which no peer here does; README says its cost.
[site]
search = false
"#;

/// How many sections the long document has: 100 pages and some.
const LONG: usize = 330;

/// How bulletins lie in a press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// Ten in a record, as many as this.
    Series(usize),
    /// One in a record, so that each page has a folder of its own.
    Folders(usize),
    /// The same with the Markdown that site generators get: values typed into it.
    Plain(usize),
    /// A single document of 100 pages.
    Long,
}

/// One bulletin.
pub struct Bulletin {
    /// Its place in its record.
    place: usize,
    title: String,
    organisation: String,
    date: String,
    /// Name, value, unit.
    figures: Vec<(String, u64, String)>,
    /// Figure, unit, last year, this year, change, note.
    rows: Vec<[String; 6]>,
    body: String,
}

/// The heads of the table's columns.
const COLUMNS: [&str; 6] = ["指标", "单位", "上年", "本年", "增减", "备注"];

/// SplitMix64: the same corpus everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn within(&mut self, from: u64, to: u64) -> u64 {
        from + self.next() % (to - from)
    }

    fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.next() % (length as u64)).expect("less than a length")
    }

    fn word(&mut self, words: &'static str) -> &'static str {
        let words: Vec<&str> = words.split_whitespace().collect();
        words[self.index(words.len())]
    }

    fn words(&mut self, words: &'static str, count: usize) -> Vec<&'static str> {
        let mut words: Vec<&str> = words.split_whitespace().collect();
        (0..count).map(|_| words.remove(self.index(words.len()))).collect()
    }

    fn name(&mut self) -> String {
        let mut pick = |from: &str| {
            let all: Vec<char> = from.chars().collect();
            all[self.index(all.len())]
        };
        [pick(SURNAMES), pick(GIVEN), pick(GIVEN)].iter().collect()
    }

    fn sentence(&mut self) -> String {
        let names = [self.name(), self.name(), self.name()].join("、");
        let number = self.within(12, 9800);
        let (adjective, verb) = (self.word(ADJECTIVES), self.word(VERBS));
        let (modifier, noun) = (self.word(MODIFIERS), self.word(NOUNS));
        let (place, body) = (self.word(PLACES), self.word(BODIES));
        let (result, unit) = (self.word(RESULTS), self.word(UNITS));
        let other = self.word(NOUNS);
        let said = match self.next() % 5 {
            0 => format!(
                "{place}{adjective}{verb}{modifier}{noun}，全年累计完成{number}{unit}，{result}"
            ),
            1 => {
                let with = self.word(BODIES);
                format!(
                    "{body}会同{with}{verb}{modifier}{noun}，带动{place}{other}同步提升"
                )
            }
            2 => {
                let (month, whole) = (self.within(1, 13), self.within(1, 60));
                let tenth = self.within(0, 10);
                format!(
                    "截至{month}月底，{modifier}{noun}达到{number}{unit}，同比增长{whole}.{tenth}%"
                )
            }
            3 => format!(
                "围绕“{verb}{noun}”这一主线，{adjective}{verb}{noun}和{other}，{result}"
            ),
            _ => format!(
                "针对{place}的实际需求，{body}{adjective}{verb}{noun}，安排经费{number}万元，{result}"
            ),
        };
        format!("{names}等同志牵头，{said}。")
    }

    /// Two or three sentences, with one strong run of six characters.
    fn paragraph(&mut self) -> String {
        let count = self.within(2, 4);
        let text: String = (0..count).map(|_| self.sentence()).collect();
        let chars: Vec<char> = text.chars().collect();
        let is_word = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
        let from = self.index(chars.len() / 2);
        let start = (from..chars.len() - 6)
            .find(|&at| chars[at..at + 6].iter().all(is_word))
            .unwrap_or(3);
        let part =
            |range: std::ops::Range<usize>| chars[range].iter().collect::<String>();
        let (before, strong) = (part(0..start), part(start..start + 6));
        format!("{before}**{strong}**{}", part(start + 6..chars.len()))
    }
}

impl Bulletin {
    fn new(number: usize, (place, year): (usize, usize), sections: usize) -> Self {
        let mut r = Random(7_000_021 + number as u64);
        let title = format!("{}{year}年第{}期工作简报", r.word(PLACES), number + 1);
        let organisation = r.word(BODIES).to_owned();
        let date = format!("{year}-{:02}-{:02}", r.within(1, 13), r.within(1, 29));
        // Larger than any number that is typed into a sentence: a figure's value that is
        // typed by hand would be reported.
        let figures = r.words(FIGURES, 4).into_iter().map(str::to_owned);
        let figures = figures.collect::<Vec<_>>().into_iter();
        let figures = figures
            .map(|name| (name, r.within(10_000, 99_999), r.word(UNITS).to_owned()))
            .collect();
        let names = r.words(FIGURES, 6);
        let mut row = |name: &str| {
            let last = r.within(100, 9000);
            let now = last + r.within(0, 980) - 80;
            let change =
                format!("{}{}", if now < last { "-" } else { "+" }, now.abs_diff(last));
            let (unit, note) = (r.word(UNITS).to_owned(), r.word(NOTES).to_owned());
            [name.to_owned(), unit, last.to_string(), now.to_string(), change, note]
        };
        let rows = names.into_iter().map(&mut row).collect();
        let mut body = String::new();
        let headings: Vec<&str> = HEADINGS.split_whitespace().collect();
        for section in 0..sections {
            let heading = headings[section % headings.len()];
            // The numbers of a long document would begin anew.
            let (_, unnumbered) = heading.split_once('、').expect("it has a number");
            let long = sections > headings.len();
            let heading = if long { unnumbered } else { heading };
            let _ = write!(body, "## {heading}\n\n");
            for _ in 0..2 {
                let _ = write!(body, "{}\n\n", r.paragraph());
            }
            let (items, numbered) = match section % headings.len() {
                1 | 4 => (3, false),
                2 => (2, true),
                _ => (0, false),
            };
            for item in 1..=items {
                let mark = if numbered { format!("{item}.") } else { "-".to_owned() };
                let _ = writeln!(body, "{mark} {}", r.sentence());
            }
            body.push('\n');
        }
        Self { place, title, organisation, date, figures, rows, body }
    }

    /// How many different characters it prints.
    pub fn characters(&self) -> usize {
        let cells = self.rows.iter().flatten().flat_map(|cell| cell.chars());
        let all = self.body.chars().chain(self.title.chars()).chain(cells);
        all.filter(|c| !c.is_whitespace()).collect::<BTreeSet<_>>().len()
    }

    /// The narrative: what an editor writes.
    fn narrative(&self, kind: &str) -> String {
        let Self { place, body, .. } = self;
        let mut out = self.front(kind);
        let figures = self.figures.iter().enumerate();
        let figures = figures
            .map(|(at, (name, ..))| format!("{name} **{{{{ f.b{place}_{at} }}}}**"));
        out.push_str(&figures.collect::<Vec<_>>().join(" · "));
        let _ = write!(out, "\n\n| {} |\n|{}\n", COLUMNS.join(" | "), "---|".repeat(6));
        let cells: Vec<String> =
            COLUMNS.iter().map(|key| format!("{{{{ r[\"{key}\"] }}}}")).collect();
        let _ = write!(
            out,
            "{{% for r in data.table{place} %}}\n| {} |\n{{% endfor %}}\n\n{body}",
            cells.join(" | ")
        );
        out
    }

    /// The narrative with what a site generator gets.
    fn plain_narrative(&self, kind: &str) -> String {
        self.front(kind) + &self.markdown()
    }

    fn front(&self, kind: &str) -> String {
        let Self { title, organisation, date, .. } = self;
        format!(
            "+++\ntitle = \"{title}\"\nkind = \"{kind}\"\ndate = {date}\nhost = \"{organisation}\"\nplace = \"街道服务中心\"\n+++\n\n"
        )
    }

    /// The same for site generators, with front matter that both read.
    pub fn page(&self, extra: &str) -> String {
        let Self { title, organisation, date, .. } = self;
        let front = format!(
            "+++\ntitle = \"{title}\"\ndate = {date}\n{extra}org = \"{organisation}\"\n+++\n\n"
        );
        front + &self.markdown()
    }

    /// Markdown with the values in it.
    fn markdown(&self) -> String {
        let figures = self.figures.iter();
        let figures =
            figures.map(|(name, value, unit)| format!("{name} **{value}{unit}**"));
        let mut out = figures.collect::<Vec<_>>().join(" · ");
        let _ = write!(out, "\n\n| {} |\n|{}\n", COLUMNS.join(" | "), "---|".repeat(6));
        for row in &self.rows {
            let _ = writeln!(out, "| {} |", row.join(" | "));
        }
        let _ = write!(out, "\n{}", self.body);
        out
    }

    /// The same for the floor: one JSON file for each document.
    fn floor_data(&self) -> String {
        let figures: Vec<_> = (self.figures.iter())
            .map(|(name, value, unit)| {
                serde_json::json!({ "name": name, "value": value, "unit": unit })
            })
            .collect();
        serde_json::json!({
            "title": self.title, "org": self.organisation, "date": self.date,
            "figures": figures, "head": COLUMNS, "rows": self.rows,
        })
        .to_string()
    }
}

impl Shape {
    /// How many documents there are.
    pub fn count(self) -> usize {
        match self {
            Self::Series(count) | Self::Folders(count) | Self::Plain(count) => count,
            Self::Long => 1,
        }
    }

    fn in_record(self) -> usize {
        match self {
            Self::Series(_) => IN_RECORD,
            Self::Folders(_) | Self::Plain(_) | Self::Long => 1,
        }
    }

    /// The bulletins in turn.
    pub fn bulletins(self) -> impl Iterator<Item = (usize, Bulletin)> {
        let sections = if self == Self::Long { LONG } else { 5 };
        (0..self.count()).map(move |number| {
            let place = number % self.in_record();
            (number, Bulletin::new(number, (place, self.year(number)), sections))
        })
    }

    fn year(self, number: usize) -> usize {
        2015 + number / self.in_record() % YEARS
    }

    /// Series and record of a bulletin, as a path below `content/`.
    pub fn record(self, number: usize) -> String {
        let series = number / (self.in_record() * YEARS);
        format!("s{series}/{}", self.year(number))
    }

    /// The path of a bulletin below `content/`, without ending.
    pub fn narrative(self, number: usize) -> String {
        format!("{}/bulletin{}", self.record(number), number % self.in_record())
    }
}

/// What was written.
pub struct Corpus {
    /// Mean number of different characters of a bulletin.
    pub characters: usize,
}

/// Writes bulletins: a press in `folder/press` whose narratives are of `kind`, and the
/// floor's files in `folder/floor`.
pub fn write(folder: &Path, shape: Shape, kind: &str) -> io::Result<Corpus> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let (press, floor) = (folder.join("press"), folder.join("floor"));
    put(&press.join("annals.toml"), SETTINGS)?;
    let layout = press.join("templates/paper");
    put(&layout.join("kind.toml"), include_str!("../kind/kind.toml"))?;
    put(&layout.join("layout.typ"), include_str!("../kind/layout.typ"))?;
    put(&layout.join("page.html"), include_str!("../kind/page.html"))?;
    put(&press.join("templates/design.typ"), include_str!("../kind/design.typ"))?;
    put(&floor.join("design.typ"), include_str!("../kind/design.typ"))?;
    let content = press.join("content");
    let is_plain = matches!(shape, Shape::Plain(_));
    let mut characters = 0;
    let mut figures = String::new();
    for (number, bulletin) in shape.bulletins() {
        characters += bulletin.characters();
        let place = bulletin.place;
        let record = content.join(shape.record(number));
        if place == 0 {
            let series = record.parent().expect("a record lies in its series");
            put(&series.join("series.toml"), "title = \"工作简报\"\n")?;
            figures = "id,label,value,unit\n".to_owned();
        }
        for (at, (name, value, unit)) in bulletin.figures.iter().enumerate() {
            // The same label for two values would be a mistake of the press.
            let label = format!("第{}期{name}", number + 1);
            let _ = writeln!(figures, "b{place}_{at},{label},{value},{unit}");
        }
        let whole = place + 1 == shape.in_record() || number + 1 == shape.count();
        if whole && !is_plain {
            put(&record.join("figures.csv"), &figures)?;
        }
        if kind == "bulletin" && place == 0 {
            let event = "[[events]]\ndate = \"YEAR-06-01\"\ntitle = \"会议\"\norganisers = [\"某会\"]\n";
            let year = shape.year(number).to_string();
            put(&record.join("events.toml"), &event.replace("YEAR", &year))?;
        }
        let lines: Vec<String> = std::iter::once(COLUMNS.join(","))
            .chain(bulletin.rows.iter().map(|row| row.join(",")))
            .collect();
        if !is_plain {
            put(&record.join(format!("table{place}.csv")), &lines.join("\n"))?;
        }
        let narrative = content.join(shape.narrative(number)).with_extension("md");
        let text = if is_plain {
            bulletin.plain_narrative(kind)
        } else {
            bulletin.narrative(kind)
        };
        put(&narrative, &text)?;
        put(&floor.join(format!("{number:05}.json")), &bulletin.floor_data())?;
        put(&floor.join(format!("{number:05}.md")), &bulletin.body)?;
    }
    Ok(Corpus { characters: characters / shape.count().max(1) })
}

/// Writes a file, and the folders that it lies in.
pub fn put(path: &Path, text: &str) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, text)
}
