//! Codes of `load`: files that cannot be read as what they are.

use crate::diag::{Code, Severity};

/// There is no press here.
pub static MISSING_PROJECT: Code = Code {
    id: "missing-project",
    severity: Severity::Error,
    what: "The folder holds no `annals.toml`.",
    why: "`annals.toml` makes a folder a press; without it annals does not know what to build.",
    example: "annals build in a folder without annals.toml",
    mend: "Run `annals init` to make a press, or go to the folder that holds `annals.toml`.",
};

/// A file or folder cannot be read.
pub static UNREADABLE_FILE: Code = Code {
    id: "unreadable-file",
    severity: Severity::Error,
    what: "A file or folder of the press cannot be read.",
    why: "What cannot be read is missing from every publication that needs it.",
    example: "content/baoji/2020/figures.toml is a folder, or belongs to another user",
    mend: "Give read permission (`chmod u+r figures.toml`), or remove what is not an ordinary file.",
};

/// A path leads out of the press.
pub static OUTSIDE_PRESS: Code = Code {
    id: "outside-press",
    severity: Severity::Error,
    what: "A path or symbolic link leads out of the press folder.",
    why: "A press must build the same on every machine, and must not publish what lies beside it.",
    example: "![](../../secret.png)",
    mend: "Copy the file into the press and refer to the copy.",
};

/// Something exceeds a documented limit of size.
pub static TOO_LARGE: Code = Code {
    id: "too-large",
    severity: Severity::Error,
    what: "A file, or something in it, exceeds a limit of annals.",
    why: "Limits keep a build within bounded time and memory, whatever the input is.",
    example: "figures.csv with a cell of 100 MB",
    mend: "Split the file, or remove what does not belong in it; the manual lists the limits.",
};

/// Lists and tables in one another beyond the limit.
pub static TOO_DEEP: Code = Code {
    id: "too-deep",
    severity: Severity::Error,
    what: "Lists and tables lie in one another too deeply.",
    why: "No record needs such nesting, and reading it would exhaust the stack.",
    example: "a = [[[[[[…100000 brackets…]]]]]]",
    mend: "Flatten the data: a = [1, 2, 3]",
};

/// Bytes that are not text in the expected encoding.
pub static UNDECODABLE_TEXT: Code = Code {
    id: "undecodable-text",
    severity: Severity::Error,
    what: "A file holds bytes that are no text in its encoding.",
    why: "Guessing would print wrong characters (乱码).",
    example: "figures.toml saved as GBK",
    mend: "Save the file as UTF-8. (CSV files may also be GBK/GB18030 or UTF-16, as Excel writes them.)",
};

/// A character without a meaning that others share.
pub static PRIVATE_USE_CHARACTER: Code = Code {
    id: "private-use-character",
    severity: Severity::Error,
    what: "A text holds a private-use character (U+E000–U+F8FF, U+F0000 and above).",
    why: "Such a character (造字) looks like something only where its font is installed; readers \
          and archives see an empty box.",
    example: "name = \"\\uE001阳\"",
    mend: "Write the character that Unicode has for it, or describe it: name = \"𣲘阳\"",
};

/// A character that no document can hold.
pub static CONTROL_CHARACTER: Code = Code {
    id: "control-character",
    severity: Severity::Error,
    what: "A text holds a control character or a code point that is no character.",
    why: "HTML and PDF cannot hold it; it usually comes from copying out of another program.",
    example: "title = \"年度\\u0000总结\"",
    mend: "Delete it: title = \"年度总结\"",
};

/// TOML that is not TOML.
pub static TOML_SYNTAX: Code = Code {
    id: "toml-syntax",
    severity: Severity::Error,
    what: "A TOML file or front matter does not follow the grammar of TOML.",
    why: "What it means is unclear, so nothing of the file is used.",
    example: "title = 年度总结",
    mend: "title = \"年度总结\"",
};

/// YAML that is not YAML.
pub static YAML_SYNTAX: Code = Code {
    id: "yaml-syntax",
    severity: Severity::Error,
    what: "A YAML file or front matter does not follow the grammar of YAML.",
    why: "What it means is unclear, so nothing of the file is used.",
    example: "authors: [王芳",
    mend: "authors: [王芳]",
};

/// YAML that annals does not take.
pub static YAML_FEATURE: Code = Code {
    id: "yaml-feature",
    severity: Severity::Error,
    what: "A YAML file uses tags, merge keys, several documents, or keys that are not plain values.",
    why: "They have no counterpart in the other formats, and programs disagree on what they mean.",
    example: "value: !!str 12",
    mend: "value: \"12\"",
};

/// JSON that is not JSON.
pub static JSON_SYNTAX: Code = Code {
    id: "json-syntax",
    severity: Severity::Error,
    what: "A JSON file does not follow the grammar of JSON.",
    why: "Comments, trailing commas and single quotes are not JSON, and other programs refuse them.",
    example: "{\"id\": \"donors\",}",
    mend: "{\"id\": \"donors\"}",
};

/// One key twice in one table.
pub static DUPLICATE_KEY: Code = Code {
    id: "duplicate-key",
    severity: Severity::Error,
    what: "A key stands twice in one table.",
    why: "Only one of the values could be used, and which is meant is unclear.",
    example: "value = \"12个\"\nvalue = \"13个\"",
    mend: "value = \"13个\"",
};

/// CSV whose quotes do not close.
pub static CSV_SYNTAX: Code = Code {
    id: "csv-syntax",
    severity: Severity::Error,
    what: "A quoted cell of a CSV file is not closed, or goes on after its closing quote.",
    why: "Where the cell ends is unclear; what follows would be read as part of it.",
    example: "id,title\n1,\"迎新春",
    mend: "id,title\n1,\"迎新春\"",
};

/// A CSV row with more cells than the widest head.
pub static RAGGED_ROW: Code = Code {
    id: "ragged-row",
    severity: Severity::Error,
    what: "A row of a CSV file has more filled cells than the rows above it.",
    why: "Usually a comma within a text was not quoted, and all further cells have moved.",
    example: "id,title\ne1,座谈,交流",
    mend: "id,title\ne1,\"座谈,交流\"",
};

/// A workbook that cannot be read.
pub static MALFORMED_WORKBOOK: Code = Code {
    id: "malformed-workbook",
    severity: Severity::Error,
    what: "A workbook (.xlsx) is damaged, encrypted, or no workbook.",
    why: "Nothing of it can be used.",
    example: "figures.xlsx cut off while copying, or protected by a password",
    mend: "Open it in Excel or WPS and save it again as .xlsx, without a password.",
};

/// A workbook in a format that annals does not read.
pub static UNSUPPORTED_WORKBOOK: Code = Code {
    id: "unsupported-workbook",
    severity: Severity::Error,
    what: "A workbook is in a format other than .xlsx.",
    why: "annals reads .xlsx, which all spreadsheet programs write; leaving the file out silently \
          would lose data.",
    example: "content/baoji/2020/figures.xls",
    mend: "Save it as .xlsx: content/baoji/2020/figures.xlsx",
};

/// A cell that holds an error instead of a value.
pub static CELL_ERROR: Code = Code {
    id: "cell-error",
    severity: Severity::Error,
    what: "A cell of a workbook holds an error, or a date that does not exist.",
    why: "There is no value that could be printed.",
    example: "Sheet1!D7 shows #REF!",
    mend: "Repair the formula in D7, or type the value.",
};

/// A formula whose result was never stored.
pub static UNCALCULATED_FORMULA: Code = Code {
    id: "uncalculated-formula",
    severity: Severity::Error,
    what: "A cell holds a formula without a stored result.",
    why: "annals reads results and does not calculate; the program that wrote the file did not \
          either.",
    example: "Sheet1!D7 holds =SUM(D2:D6) and no value",
    mend: "Open the workbook in Excel or WPS, let it calculate, and save it.",
};

/// A hidden sheet was left out.
pub static HIDDEN_SHEET: Code = Code {
    id: "hidden-sheet",
    severity: Severity::Note,
    what: "A hidden sheet of a workbook is left out.",
    why: "Hidden sheets usually hold helpers of formulas; what an editor does not see should not \
          be printed.",
    example: "figures.xlsx with a hidden sheet 参数",
    mend: "Show the sheet (取消隐藏) if it holds data, or delete it.",
};

/// A narrative without front matter.
pub static MISSING_FRONT_MATTER: Code = Code {
    id: "missing-front-matter",
    severity: Severity::Error,
    what: "A narrative does not begin with front matter.",
    why: "Front matter says the title and the kind; without it no publication can be made.",
    example: "## 概况\n\n全年……",
    mend: "+++\ntitle = \"年度总结\"\nkind = \"summary\"\n+++\n\n## 概况\n\n全年……",
};

/// Front matter without end.
pub static UNCLOSED_FRONT_MATTER: Code = Code {
    id: "unclosed-front-matter",
    severity: Severity::Error,
    what: "The front matter of a narrative has no closing line.",
    why: "Where the front matter ends and the text begins is unclear.",
    example: "+++\ntitle = \"年度总结\"\n\n## 概况",
    mend: "+++\ntitle = \"年度总结\"\n+++\n\n## 概况",
};

/// A file that belongs to no series.
pub static OUTSIDE_SERIES: Code = Code {
    id: "outside-series",
    severity: Severity::Warning,
    what: "A narrative or data file lies directly in `content/`, in no series.",
    why: "Series are the folders of `content/`; a file beside them is left out.",
    example: "content/summary.md",
    mend: "Move it into a series: content/baoji/2020/summary.md",
};

/// A series with two files of settings.
pub static REPEATED_SETTINGS: Code = Code {
    id: "repeated-settings",
    severity: Severity::Error,
    what: "A series has its settings in two files.",
    why: "Which of them holds is unclear.",
    example: "content/baoji/series.toml and content/baoji/series.yaml",
    mend: "Keep one: content/baoji/series.toml",
};

/// A picture that is not there.
pub static MISSING_PICTURE: Code = Code {
    id: "missing-picture",
    severity: Severity::Error,
    what: "A picture is referred to and does not exist.",
    why: "The publication would have a hole.",
    example: "![合影](hezhao.png)",
    mend: "Put the file beside the narrative, or correct the name: ![合影](heying.png)",
};

/// A picture that is not what it says.
pub static WRONG_PICTURE: Code = Code {
    id: "wrong-picture",
    severity: Severity::Error,
    what: "A file used as a picture is no PNG, JPEG, WebP or SVG, or is another of these than its \
           name says.",
    why: "Browsers and Typst choose the reader by the ending; the picture would not appear.",
    example: "![合影](heying.png) where heying.png is a JPEG",
    mend: "Rename the file after its content: ![合影](heying.jpg)",
};

/// A folder of fonts that is not there.
pub static MISSING_FOLDER: Code = Code {
    id: "missing-folder",
    severity: Severity::Error,
    what: "A font folder named in `annals.toml` does not exist.",
    why: "Its fonts are missing from every PDF.",
    example: "font_folders = [\"font\"]",
    mend: "font_folders = [\"fonts\"]",
};

/// All codes of this stage.
pub static ALL: &[&Code] = &[
    &MISSING_PROJECT,
    &UNREADABLE_FILE,
    &OUTSIDE_PRESS,
    &TOO_LARGE,
    &TOO_DEEP,
    &UNDECODABLE_TEXT,
    &PRIVATE_USE_CHARACTER,
    &CONTROL_CHARACTER,
    &TOML_SYNTAX,
    &YAML_SYNTAX,
    &YAML_FEATURE,
    &JSON_SYNTAX,
    &DUPLICATE_KEY,
    &CSV_SYNTAX,
    &RAGGED_ROW,
    &MALFORMED_WORKBOOK,
    &UNSUPPORTED_WORKBOOK,
    &CELL_ERROR,
    &UNCALCULATED_FORMULA,
    &HIDDEN_SHEET,
    &MISSING_FRONT_MATTER,
    &UNCLOSED_FRONT_MATTER,
    &OUTSIDE_SERIES,
    &REPEATED_SETTINGS,
    &MISSING_PICTURE,
    &WRONG_PICTURE,
    &MISSING_FOLDER,
];
