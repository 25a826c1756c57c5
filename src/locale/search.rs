//! The words of the search page.

use serde::Serialize;

use super::Language;

/// What the search page says, in one language; `search` in its template.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct SearchWords {
    /// Name of the page, and of its button.
    pub search: &'static str,
    /// Name of the field.
    pub field: &'static str,
    /// The choice that narrows nothing down.
    pub all: &'static str,
    /// Says how many were found: `{}` stands for the number.
    pub found: &'static str,
    /// Says that nothing was found.
    pub none: &'static str,
    /// Shows further results.
    pub more: &'static str,
    /// Says what to do without script.
    pub no_script: &'static str,
    /// Says what to do where the page was opened from the file system.
    pub no_server: &'static str,
}

static ZH: SearchWords = SearchWords {
    search: "检索",
    field: "要找的词",
    all: "全部",
    found: "找到{}页",
    none: "没有找到。换一个词，或者少选一个条件。",
    more: "再看一些",
    no_script: "检索要用脚本，您的浏览器没有运行它。可以从归档、系列、指标和大事的目录里找。",
    no_server: "直接从文件夹打开的网页不能检索，要放在服务器上看。可以从归档、系列、指标和大事的目录里找。",
};

static EN: SearchWords = SearchWords {
    search: "Search",
    field: "Words to look for",
    all: "All",
    found: "Pages found: {}",
    none: "Nothing was found. Try another word, or fewer conditions.",
    more: "Show more",
    no_script: "The search needs a script, which your browser did not run. The archive and the indexes lead to everything.",
    no_server: "The search needs a server; this page was opened from a folder. The archive and the indexes lead to everything.",
};

impl Language {
    /// The words of the search page.
    pub fn search_words(self) -> &'static SearchWords {
        match self {
            Self::Zh => &ZH,
            Self::En => &EN,
        }
    }
}
