//! The words of the pages around publications: front page, lists, indexes.

use serde::Serialize;

use super::Language;
use crate::model::MONTHS;

/// The words of the site in one language; `site` in page templates.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct SiteWords {
    /// Name of the front page.
    pub home: &'static str,
    /// Name of the list of all publications by year and month.
    pub archive: &'static str,
    /// Heading of what was published last.
    pub latest: &'static str,
    /// Heading of the series.
    pub series: &'static str,
    /// Heading of the kinds.
    pub kinds: &'static str,
    /// Heading of the years.
    pub years: &'static str,
    /// Name of the index of figures.
    pub figures: &'static str,
    /// Name of the index of tasks.
    pub tasks: &'static str,
    /// Name of the index of events.
    pub events: &'static str,
    /// Name of the index of organisations.
    pub organisations: &'static str,
    /// Heading of the links to what is there in other languages alone.
    pub in_other_languages: &'static str,
    /// Heading of what has neither date nor period.
    pub undated: &'static str,
    /// Heading of the publications that print a figure, name a task or body.
    pub mentioned: &'static str,
    /// Word before the publication before.
    pub previous: &'static str,
    /// Word before the publication after.
    pub next: &'static str,
    /// Word before the page before, in an index.
    pub before: &'static str,
    /// Word before the page after.
    pub after: &'static str,
    /// Name of the way from the front page to a page.
    pub breadcrumbs: &'static str,
    /// Name of the contents that follow the reader at the side of the text.
    pub on_this_page: &'static str,
    /// Name of the links to the parts of the site.
    pub navigation: &'static str,
    /// Name of the links to the publications before and after.
    pub neighbours: &'static str,
    /// Name of the link to a whole list.
    pub all: &'static str,
    /// What stands before and after a number of publications.
    pub count: [&'static str; 2],
    /// What stands before and after a number of pages.
    pub pages: [&'static str; 2],
    /// Head of a column of years.
    pub year: &'static str,
    /// Head of a column of values.
    pub value: &'static str,
    /// Head of a column of names of figures.
    pub figure: &'static str,
    /// Word before what a figure covers.
    pub scope: &'static str,
    /// Word before the day on which a value was true.
    pub as_of: &'static str,
    /// Word before what exactly is counted.
    pub definition: &'static str,
    /// Word before the state of a task.
    pub status: &'static str,
    /// Word before what was reached.
    pub result: &'static str,
    /// Word before who answers for a task.
    pub owner: &'static str,
    /// Word before the day by which a task is done.
    pub deadline: &'static str,
    /// Word before what a task shall reach.
    pub target: &'static str,
    /// Word before how a task is done.
    pub measures: &'static str,
    /// Word before short names.
    pub short: &'static str,
    /// Word before former names.
    pub former: &'static str,
    /// Word before who held an event.
    pub organisers: &'static str,
    /// Name of the feed.
    pub feed: &'static str,
    /// What a page says whose address has changed.
    pub moved: &'static str,
}

static ZH: SiteWords = SiteWords {
    home: "首页",
    archive: "归档",
    latest: "最新发布",
    series: "系列",
    kinds: "类型",
    years: "年份",
    figures: "指标",
    tasks: "任务",
    events: "大事",
    organisations: "组织",
    in_other_languages: "其他语言",
    undated: "未注明日期",
    mentioned: "见于",
    previous: "上一篇",
    next: "下一篇",
    before: "上一页",
    after: "下一页",
    breadcrumbs: "当前位置",
    on_this_page: "本页目录",
    navigation: "站内导航",
    neighbours: "前后两页",
    all: "全部",
    count: ["共", "篇"],
    pages: ["", "页"],
    year: "年份",
    value: "数值",
    figure: "指标",
    scope: "统计口径",
    as_of: "截至",
    definition: "指标解释",
    status: "进展",
    result: "完成情况",
    owner: "责任单位",
    deadline: "完成时限",
    target: "目标",
    measures: "措施",
    short: "简称",
    former: "曾用名",
    organisers: "主办",
    feed: "订阅",
    moved: "本页已移至",
};

static EN: SiteWords = SiteWords {
    home: "Home",
    archive: "Archive",
    latest: "Latest",
    series: "Series",
    kinds: "Kinds",
    years: "Years",
    figures: "Figures",
    tasks: "Tasks",
    events: "Events",
    organisations: "Organisations",
    in_other_languages: "In other languages",
    undated: "Undated",
    mentioned: "Found in",
    previous: "Previous",
    next: "Next",
    before: "Previous",
    after: "Next",
    breadcrumbs: "Breadcrumbs",
    on_this_page: "On this page",
    navigation: "Site",
    neighbours: "Previous and next",
    all: "All",
    count: ["", " in all"],
    pages: ["", " pp."],
    year: "Year",
    value: "Value",
    figure: "Figure",
    scope: "Scope",
    as_of: "As of",
    definition: "Definition",
    status: "Status",
    result: "Result",
    owner: "Owner",
    deadline: "Deadline",
    target: "Target",
    measures: "Measures",
    short: "Short",
    former: "Formerly",
    organisers: "Organised by",
    feed: "Feed",
    moved: "This page has moved to",
};

impl Language {
    /// The words of the site.
    pub fn site_words(self) -> &'static SiteWords {
        match self {
            Self::Zh => &ZH,
            Self::En => &EN,
        }
    }

    /// A month without its year: `3月`, `Mar`.
    pub fn month(self, month: i8) -> String {
        let name = || MONTHS[usize::from(month.unsigned_abs()) - 1];
        match self {
            Self::Zh => format!("{month}月"),
            Self::En => name().get(..3).unwrap_or_default().to_owned(),
        }
    }

    /// A number of pages for readers: `12页`, `12 pp.`
    pub fn pages(self, pages: usize) -> String {
        let [before, after] = self.site_words().pages;
        format!("{before}{pages}{after}")
    }
}

/// The size of a file for readers: `134 KB`, `1.2 MB`.
pub fn size(bytes: u64) -> String {
    const KILO: u64 = 1000;
    const MEGA: u64 = KILO * KILO;
    match bytes {
        ..MEGA => format!("{} KB", bytes.div_ceil(KILO)),
        _ => {
            let tenths = bytes.div_ceil(MEGA / 10);
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_up() {
        assert_eq!(size(1), "1 KB");
        assert_eq!(size(134_000), "134 KB");
        assert_eq!(size(999_999), "1000 KB");
        assert_eq!(size(1_234_000), "1.3 MB");
    }
}
