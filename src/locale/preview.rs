//! The words of the preview.

use serde::Serialize;

use super::Language;

/// What the pages of the preview say, in a language.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct PreviewWords {
    /// The name of it all.
    pub preview: &'static str,
    /// The list of editions.
    pub editions: &'static str,
    /// The list of findings.
    pub findings: &'static str,
    /// Nothing was found.
    pub no_findings: &'static str,
    /// There is no edition.
    pub no_editions: &'static str,
    /// Findings that are not listed.
    pub more: &'static str,
    /// Of the press as a whole.
    pub whole: &'static str,
    /// An edition that a build leaves out.
    pub draft: &'static str,
    /// An edition of a later day.
    pub later: &'static str,
    /// Before the number of errors.
    pub errors: &'static str,
    /// Before the number of other findings.
    pub warnings: &'static str,
    /// While it is looked through.
    pub checking: &'static str,
    /// Only the page.
    pub page: &'static str,
    /// The page beside its printed pages.
    pub both: &'static str,
    /// Only the printed pages.
    pub paper: &'static str,
    /// The PDF file.
    pub pdf: &'static str,
    /// How one looks at it.
    pub view: &'static str,
    /// The way back to the list.
    pub back: &'static str,
    /// What is shown is older than the text.
    pub stale: &'static str,
    /// There is nothing to show yet.
    pub missing: &'static str,
    /// Takes the errors away.
    pub close: &'static str,
    /// Before what to do.
    pub help: &'static str,
    /// The server is not there.
    pub lost: &'static str,
    /// A printed page, before its number.
    pub sheet: &'static str,
    /// The start page of the site itself.
    pub site: &'static str,
    /// Finds editions by their words.
    pub search: &'static str,
}

static ZH: PreviewWords = PreviewWords {
    preview: "预览",
    editions: "出版物",
    findings: "发现的问题",
    no_findings: "没有发现问题",
    no_editions: "还没有出版物",
    more: "另有未列出的问题",
    whole: "全库",
    draft: "草稿",
    later: "未到发布日",
    errors: "错误",
    warnings: "提醒",
    checking: "正在检查",
    page: "网页",
    both: "对照",
    paper: "版面",
    pdf: "PDF",
    view: "查看方式",
    back: "目录",
    stale: "所示为上一次成功的结果",
    missing: "改正错误后，这里显示网页",
    close: "收起",
    help: "建议",
    lost: "预览已停止，请重新运行 annals serve",
    sheet: "第",
    site: "网站首页",
    search: "按标题查找",
};

static EN: PreviewWords = PreviewWords {
    preview: "Preview",
    editions: "Publications",
    findings: "Findings",
    no_findings: "Nothing was found",
    no_editions: "There is no publication yet",
    more: "Findings that are not listed",
    whole: "The whole press",
    draft: "draft",
    later: "later",
    errors: "Errors",
    warnings: "Warnings",
    checking: "Checking",
    page: "Page",
    both: "Both",
    paper: "Paper",
    pdf: "PDF",
    view: "View",
    back: "Contents",
    stale: "What is shown is the last good result",
    missing: "The page is shown here when the errors are mended",
    close: "Close",
    help: "Help",
    lost: "The preview has ended; run annals serve again",
    sheet: "Page",
    site: "Start page of the site",
    search: "Find by title",
};

impl Language {
    /// The words of the preview.
    pub fn preview_words(self) -> &'static PreviewWords {
        match self {
            Self::Zh => &ZH,
            Self::En => &EN,
        }
    }
}
