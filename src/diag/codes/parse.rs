//! Codes of `parse`: Markdown, references, pictures.

use crate::diag::{Code, Severity};

/// All codes of this stage.
pub static ALL: &[&Code] = &[
    &RAW_HTML,
    &NESTING_TOO_DEEP,
    &TITLE_IN_BODY,
    &HEADING_SKIP,
    &EMPTY_HEADING,
    &UNKNOWN_ATTRIBUTE,
    &DUPLICATE_ANCHOR,
    &UNKNOWN_ANCHOR,
    &UNKNOWN_NOTE,
    &UNUSED_NOTE,
    &DUPLICATE_NOTE,
    &STRAY_CAPTION,
    &NO_PULLED_FIGURE,
    &SURPLUS_CELLS,
    &UNKNOWN_NARRATIVE,
    &DANGLING_LINK,
    &EMPTY_LINK,
    &REFUSED_SCHEME,
    &PATH_OUTSIDE_PRESS,
    &REMOTE_PICTURE,
    &MISSING_ALT,
    &TABLE_ATTRIBUTE,
    &NO_TOTAL,
    &CHART_LINE,
    &CHART_SOURCE,
    &CHART_COLUMN,
    &CHART_NUMBER,
    &CHART_UNITS,
    &CHART_RANGE,
    &CHART_EMPTY,
    &CHART_TOO_LARGE,
];

/// Raw HTML in a narrative.
pub static RAW_HTML: Code = Code {
    id: "raw-html",
    severity: Severity::Error,
    what: "A narrative holds raw HTML.",
    why: "HTML has no meaning in print, and both outputs are made from one document.",
    example: "第一行<br>第二行",
    mend: "第一行\\\n第二行",
};

/// Blocks or spans that lie too deep in one another.
pub static NESTING_TOO_DEEP: Code = Code {
    id: "nesting-too-deep",
    severity: Severity::Error,
    what: "More blocks and spans lie in one another than annals follows.",
    why: "Input without end must not take time or memory without end.",
    example: "> > > … (a hundred times) 引文",
    mend: "> 引文",
};

/// A level-1 heading in a narrative.
pub static TITLE_IN_BODY: Code = Code {
    id: "title-in-body",
    severity: Severity::Error,
    what: "A narrative has a heading of level 1.",
    why: "The title in the front matter is the one heading of level 1 (PDF/UA-1 and HTML).",
    example: "# 一、总体情况",
    mend: "## 一、总体情况",
};

/// A heading that is more than one level below the one before it.
pub static HEADING_SKIP: Code = Code {
    id: "heading-skip",
    severity: Severity::Error,
    what: "A heading skips a level.",
    why: "PDF/UA-1 (ISO 14289-1, 7.4.2) forbids it; readers who navigate by headings look \
          for the level that is not there.",
    example: "## 一、总体情况\n\n#### 1. 捐赠",
    mend: "## 一、总体情况\n\n### 1. 捐赠",
};

/// A heading without words.
pub static EMPTY_HEADING: Code = Code {
    id: "empty-heading",
    severity: Severity::Error,
    what: "A heading has no words.",
    why: "It would stand without name in contents and bookmarks.",
    example: "##",
    mend: "## 总体情况",
};

/// An attribute of a heading that has no meaning.
pub static UNKNOWN_ATTRIBUTE: Code = Code {
    id: "unknown-attribute",
    severity: Severity::Warning,
    what: "A heading has an attribute other than an anchor and classes.",
    why: "It would have no effect.",
    example: "## 总体情况 {color=red}",
    mend: "## 总体情况 {#overview .wide}",
};

/// An anchor that is set twice.
pub static DUPLICATE_ANCHOR: Code = Code {
    id: "duplicate-anchor",
    severity: Severity::Error,
    what: "An anchor is set twice in a document.",
    why: "A link to it could lead to either.",
    example: "## 捐赠 {#gifts}\n\n## 捐物 {#gifts}",
    mend: "## 捐赠 {#gifts}\n\n## 捐物 {#goods}",
};

/// A link to an anchor that does not exist.
pub static UNKNOWN_ANCHOR: Code = Code {
    id: "unknown-anchor",
    severity: Severity::Error,
    what: "A link leads to an anchor that the document does not have.",
    why: "The link would lead nowhere.",
    example: "见[捐赠](#gift)\n\n## 捐赠 {#gifts}",
    mend: "见[捐赠](#gifts)\n\n## 捐赠 {#gifts}",
};

/// A reference to a note that is not written.
pub static UNKNOWN_NOTE: Code = Code {
    id: "unknown-note",
    severity: Severity::Error,
    what: "A note is referred to and not written.",
    why: "The reference would be printed as it stands in the source.",
    example: "捐赠1200余万元[^源]",
    mend: "捐赠1200余万元[^源]\n\n[^源]: 市民政局年报",
};

/// A note that nothing refers to.
pub static UNUSED_NOTE: Code = Code {
    id: "unused-note",
    severity: Severity::Warning,
    what: "A note is written and never referred to.",
    why: "It is not printed.",
    example: "捐赠1200余万元\n\n[^源]: 市民政局年报",
    mend: "捐赠1200余万元[^源]\n\n[^源]: 市民政局年报",
};

/// A note that is written twice.
pub static DUPLICATE_NOTE: Code = Code {
    id: "duplicate-note",
    severity: Severity::Error,
    what: "Two notes have one label.",
    why: "Only the first would be printed.",
    example: "甲[^1]\n\n[^1]: 一\n[^1]: 二",
    mend: "甲[^1]乙[^2]\n\n[^1]: 一\n[^2]: 二",
};

/// A caption that stands beside no table.
pub static STRAY_CAPTION: Code = Code {
    id: "stray-caption",
    severity: Severity::Warning,
    what: "The caption of a table stands beside no table.",
    why: "It would be printed as a paragraph, with its anchor.",
    example: "表：捐赠情况 {#tbl-gifts}\n\n下表列出捐赠。",
    mend: "表：捐赠情况 {#tbl-gifts}\n\n| 项目 | 金额 |\n|---|---|\n| 现金 | 1200余万元 |",
};

/// Pulled figures without a figure.
pub static NO_PULLED_FIGURE: Code = Code {
    id: "no-pulled-figure",
    severity: Severity::Error,
    what: "`[!FIGURES]` (`[!数据]`) without a list, or an item of it without a figure of the record.",
    why: "What is printed large is what readers remember; it must come from the record.",
    example: "> [!FIGURES]\n> - 300多家社会组织",
    mend: "print a figure by its name in each item: `> - {{ f.donors }} 参与捐赠`",
};

/// A row with more cells than the table has columns.
pub static SURPLUS_CELLS: Code = Code {
    id: "surplus-cells",
    severity: Severity::Error,
    what: "A row of a table has more cells than the table has columns.",
    why: "Markdown leaves the surplus cells out.",
    example: "| 项目 | 金额 |\n|---|---|\n| 现金 | 1200余万元 | 市财政 |",
    mend: "| 项目 | 金额 | 来源 |\n|---|---|---|\n| 现金 | 1200余万元 | 市财政 |",
};

/// A link to a narrative that does not exist.
pub static UNKNOWN_NARRATIVE: Code = Code {
    id: "unknown-narrative",
    severity: Severity::Error,
    what: "A link leads to a narrative that the press does not have.",
    why: "The link would lead nowhere.",
    example: "[十件大事](ten-event.md)",
    mend: "[十件大事](ten-events.md)",
};

/// A link to a file that is no publication.
pub static DANGLING_LINK: Code = Code {
    id: "dangling-link",
    severity: Severity::Error,
    what: "A link leads to no publication of the press, or a picture has no file.",
    why: "Only publications are written to the output folder, so the link would lead \
          nowhere.",
    example: "[台账](figures.xlsx)",
    mend: "[十件大事](ten-events.md)",
};

/// A link without words.
pub static EMPTY_LINK: Code = Code {
    id: "empty-link",
    severity: Severity::Error,
    what: "A link has no words, and none can be made for it.",
    why: "It could be neither seen nor read aloud; only links to an anchor of the same \
          document get their words by themselves.",
    example: "[](https://example.org)",
    mend: "[市慈善总会](https://example.org)",
};

/// A link of a scheme that is not allowed.
pub static REFUSED_SCHEME: Code = Code {
    id: "refused-scheme",
    severity: Severity::Error,
    what: "A link has a scheme other than http, https, mailto and tel.",
    why: "Other schemes can run programs, or lead nowhere on other machines.",
    example: "[点这里](javascript:alert(1))",
    mend: "[点这里](https://example.org)",
};

/// A path that leaves the press.
pub static PATH_OUTSIDE_PRESS: Code = Code {
    id: "path-outside-press",
    severity: Severity::Error,
    what: "A link or picture has an absolute path, or one that leaves the press.",
    why: "Nothing outside the press is read, and other machines do not have it.",
    example: "![大门](/home/me/gate.jpg)",
    mend: "![大门](gate.jpg)",
};

/// A picture that is no file of the press.
pub static REMOTE_PICTURE: Code = Code {
    id: "remote-picture",
    severity: Severity::Error,
    what: "A picture is an address instead of a file of the press.",
    why: "Annals fetches nothing: a publication must not change with a network.",
    example: "![大门](https://example.org/gate.jpg)",
    mend: "![大门](gate.jpg)",
};

/// A picture without alternative text.
pub static MISSING_ALT: Code = Code {
    id: "missing-alt",
    severity: Severity::Error,
    what: "A picture has no alternative text.",
    why: "Those who do not see it need its words, and PDF/UA-1 (7.3) asks for them.",
    example: "![](gate.jpg)",
    mend: "![修缮后的南大门](gate.jpg)",
};

/// A word in the braces of a table's caption that has no meaning.
pub static TABLE_ATTRIBUTE: Code = Code {
    id: "table-attribute",
    severity: Severity::Error,
    what: "The braces of a table's caption hold a word that means nothing there.",
    why: "What the editor asked for would not be done.",
    example: "表：捐赠情况 {#tbl-donated 总计}\n\n| 类别 | 数量 |\n|---|---|\n| 一 | 3家 |\n| 二 | 5家 |",
    mend: "表：捐赠情况 {#tbl-donated 合计}\n\n| 类别 | 数量 |\n|---|---|\n| 一 | 3家 |\n| 二 | 5家 |",
};

/// A table whose columns have no sum.
pub static NO_TOTAL: Code = Code {
    id: "no-total",
    severity: Severity::Error,
    what: "A table is to have totals, but its numbers do not add up.",
    why: "Quantities of different units have no sum, and of `不到` and `以上` together nothing is known.",
    example: "表：投入 {合计}\n\n| 项目 | 投入 |\n|---|--:|\n| 一 | 60万元 |\n| 二 | 23个 |",
    mend: "表：投入 {合计}\n\n| 项目 | 投入 |\n|---|--:|\n| 一 | 60万元 |\n| 二 | 23万元 |",
};

/// A line in the block of a chart that is not understood.
pub static CHART_LINE: Code = Code {
    id: "chart-line",
    severity: Severity::Error,
    what: "A line in the block of a chart is not understood, or one is missing.",
    why: "The chart would not show what was meant.",
    example: "```bar 捐赠情况\n指标 donors\n```",
    mend: "```bar 捐赠情况\n指标：donors\n```",
};

/// A chart without numbers to draw, or with two sorts of them.
pub static CHART_SOURCE: Code = Code {
    id: "chart-source",
    severity: Severity::Error,
    what: "A chart is drawn from nothing, from two sources, or from numbers that its kind cannot show.",
    why: "The numbers of a chart come from figures, tasks, a free table, or the table before it; progress needs targets.",
    example: "```bar 捐赠情况\n```",
    mend: "```bar 捐赠情况\n指标：donors、volunteers\n```",
};

/// A chart names a column that its table does not have.
pub static CHART_COLUMN: Code = Code {
    id: "chart-column",
    severity: Severity::Error,
    what: "A chart names a column or field that its data does not have.",
    why: "The chart would lack what the editor asked for.",
    example: "| 类别 | 数量 |\n|---|---|\n| 一 | 3家 |\n| 二 | 5家 |\n\n```bar 捐赠情况\n数值：数目\n```",
    mend: "| 类别 | 数量 |\n|---|---|\n| 一 | 3家 |\n| 二 | 5家 |\n\n```bar 捐赠情况\n数值：数量\n```",
};

/// A cell that a chart is drawn from holds no number.
pub static CHART_NUMBER: Code = Code {
    id: "chart-number",
    severity: Severity::Error,
    what: "A cell that a chart is drawn from holds no number.",
    why: "Words cannot be measured out.",
    example: "| 年份 | 数量 |\n|---|---|\n| 2018年 | 若干 |\n| 2019年 | 5家 |\n\n```bar 捐赠情况\n数值：数量\n```",
    mend: "| 年份 | 数量 |\n|---|---|\n| 2018年 | — |\n| 2019年 | 5家 |\n\n```bar 捐赠情况\n数值：数量\n```",
};

/// A chart of numbers in different units.
pub static CHART_UNITS: Code = Code {
    id: "chart-units",
    severity: Severity::Error,
    what: "The values of a chart are counted in different units.",
    why: "A bar of 100家 beside one of 100万元 says something that is not so.",
    example: "| 类别 | 数量 |\n|---|---|\n| 一 | 3家 |\n| 二 | 5万元 |\n\n```bar 捐赠情况\n```",
    mend: "| 类别 | 数量 |\n|---|---|\n| 一 | 3家 |\n| 二 | 5家 |\n\n```bar 捐赠情况\n```",
};

/// A value that a kind of chart cannot show.
pub static CHART_RANGE: Code = Code {
    id: "chart-range",
    severity: Severity::Error,
    what: "A value cannot be shown in this kind of chart.",
    why: "No part is less than nothing, parts are not more than their whole, and nothing is on the way to a target of zero.",
    example: "| 类别 | 数量 |\n|---|---|\n| 一 | 3家 |\n| 二 | -5家 |\n\n```share 增减\n```",
    mend: "| 类别 | 数量 |\n|---|---|\n| 一 | 3家 |\n| 二 | -5家 |\n\n```bar 增减\n```",
};

/// A chart without any value.
pub static CHART_EMPTY: Code = Code {
    id: "chart-empty",
    severity: Severity::Error,
    what: "A chart has no values.",
    why: "An empty frame tells readers nothing.",
    example: "| 类别 | 数量 |\n|---|---|\n| 一 | — |\n| 二 | — |\n\n```bar 捐赠情况\n数值：数量\n```",
    mend: "| 类别 | 数量 |\n|---|---|\n| 一 | 3家 |\n| 二 | 5家 |\n\n```bar 捐赠情况\n数值：数量\n```",
};

/// A chart of more than can be told apart.
pub static CHART_TOO_LARGE: Code = Code {
    id: "chart-too-large",
    severity: Severity::Error,
    what: "A chart has more values, or more colours, than readers can tell apart.",
    why: "Six colours and two hundred values are the most that one drawing shows.",
    example: "| 类别 | 数量 |\n|---|---|\n| 一 | 1家 |\n| 二 | 2家 |\n| 三 | 3家 |\n| 四 | 4家 |\n| 五 | 5家 |\n| 六 | 6家 |\n| 七 | 7家 |\n\n```share 构成\n```",
    mend: "| 类别 | 数量 |\n|---|---|\n| 一 | 1家 |\n| 二 | 2家 |\n| 三 | 3家 |\n| 四 | 4家 |\n| 五 | 5家 |\n| 六 | 6家 |\n| 七 | 7家 |\n\n```bar 构成\n```",
};
