//! Words about figures: what their notes, files and tables say.

use serde::Serialize;

use super::Language;

/// The words about figures, in one language.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct FigureWords {
    /// Heading of the notes where a browser shows them as a list.
    pub notes: &'static str,
    /// What a note's opener says after the label: 的出处.
    pub ask: &'static str,
    /// What closes a note.
    pub close: &'static str,
    /// Word before the value.
    pub value: &'static str,
    /// Word before what it covers.
    pub scope: &'static str,
    /// Word before the time it covers.
    pub period: &'static str,
    /// Word before the day on which it was true.
    pub as_of: &'static str,
    /// Word before who says so.
    pub source: &'static str,
    /// Word before what exactly is counted.
    pub definition: &'static str,
    /// Word before what it is computed from.
    pub formula: &'static str,
    /// Word before a remark.
    pub note: &'static str,
    /// Word before what it measures.
    pub label: &'static str,
    /// Heading of the table that says where figures come from.
    pub sources: &'static str,
    /// Heading of the corrections.
    pub corrections: &'static str,
    /// What stands after the day of a correction, the label, the old value, the new value
    /// and the reason.
    pub corrected: [&'static str; 5],
    /// What stands around a scope behind a label.
    pub brackets: [&'static str; 2],
    /// Word before the files of the figures.
    pub files: &'static str,
    /// The heads of the columns of the file for spreadsheets.
    pub columns: [&'static str; 14],
    /// What stands between several values of one field.
    pub stop: &'static str,
}

impl Language {
    /// The words about figures.
    pub fn figure_words(self) -> &'static FigureWords {
        match self {
            Self::Zh => &ZH,
            Self::En => &EN,
        }
    }
}

static ZH: FigureWords = FigureWords {
    notes: "数据出处",
    ask: "的出处",
    close: "关闭",
    value: "数值",
    scope: "口径",
    period: "期间",
    as_of: "截至",
    source: "来源",
    definition: "定义",
    formula: "公式",
    note: "备注",
    label: "指标",
    sources: "数据来源",
    corrections: "更正",
    corrected: ["，", "由", "更正为", "：", "。"],
    brackets: ["（", "）"],
    files: "本文数据",
    columns: [
        "编号",
        "指标",
        "数字",
        "单位",
        "数值",
        "文中写法",
        "口径",
        "期间",
        "截至",
        "来源",
        "定义",
        "公式",
        "数据位置",
        "文中位置",
    ],
    stop: "；",
};

static EN: FigureWords = FigureWords {
    notes: "Where the figures come from",
    ask: ": where it comes from",
    close: "Close",
    value: "Value",
    scope: "Scope",
    period: "Period",
    as_of: "As of",
    source: "Source",
    definition: "Definition",
    formula: "Formula",
    note: "Note",
    label: "Figure",
    sources: "Sources of the figures",
    corrections: "Corrections",
    corrected: [": ", " corrected from ", " to ", ". ", "."],
    brackets: [" (", ")"],
    files: "Figures",
    columns: [
        "id",
        "label",
        "number",
        "unit",
        "value",
        "printed",
        "scope",
        "period",
        "as_of",
        "source",
        "definition",
        "formula",
        "cell",
        "places",
    ],
    stop: "; ",
};
