//! Codes of `lint`: what editors paste in. Clauses and their strength are in the table of
//! rules (`src/lint/rules`).

use crate::diag::{Code, Severity};

/// A zero-width character, soft hyphen or byte order mark stands in the text.
pub static INVISIBLE_CHARACTER: Code = Code {
    id: "invisible-character",
    severity: Severity::Warning,
    what: "A zero-width character, soft hyphen or byte order mark stands in the text.",
    why: "Nobody sees it; searching, counting and line breaking do.",
    example: "志愿<U+200B>服务",
    mend: "志愿服务",
};

/// A paragraph is indented by full-width blanks.
pub static TYPED_INDENT: Code = Code {
    id: "typed-indent",
    severity: Severity::Warning,
    what: "A paragraph is indented by full-width blanks.",
    why: "The layout indents paragraphs (GB/T 9704—2012, 7.3.3); blanks come on top of it.",
    example: "　　全市社会组织共278家。",
    mend: "全市社会组织共278家。",
};

/// A radical, a katakana mark or a hyphen stands where a Chinese character belongs.
pub static LOOK_ALIKE_CHARACTER: Code = Code {
    id: "look-alike-character",
    severity: Severity::Warning,
    what: "A radical, a katakana mark or a hyphen stands where a Chinese character belongs.",
    why: "It looks alike in one font and not in another, and is not found by searching.",
    example: "第ー项工作",
    mend: "第一项工作",
};

/// Digits, Latin letters or per cent signs are full-width.
pub static FULL_WIDTH_LETTER: Code = Code {
    id: "full-width-letter",
    severity: Severity::Warning,
    what: "Digits, Latin letters or per cent signs are full-width.",
    why: "Arabic digits take half the width of a Chinese character (GB/T 15835—2011).",
    example: "２０２１年增长５％",
    mend: "2021年增长5%",
};

/// A full-width point or a full stop stands in a decimal.
pub static FULL_WIDTH_DECIMAL: Code = Code {
    id: "full-width-decimal",
    severity: Severity::Warning,
    what: "A full-width point or a full stop stands in a decimal.",
    why: "The decimal point is `.` (GB/T 15835—2011); `。` ends a sentence.",
    example: "增长3。5%",
    mend: "增长3.5%",
};

/// An ellipsis is not written as `……`.
pub static ELLIPSIS_FORM: Code = Code {
    id: "ellipsis-form",
    severity: Severity::Warning,
    what: "An ellipsis is not written as `……`.",
    why: "The Chinese ellipsis is six dots in two cells (GB/T 15834—2011, 4.11.2).",
    example: "志愿者、社工...都来了",
    mend: "志愿者、社工……都来了",
};

/// A list ends in `等` and in an ellipsis.
pub static ELLIPSIS_WITH_DENG: Code = Code {
    id: "ellipsis-with-deng",
    severity: Severity::Warning,
    what: "A list ends in `等` and in an ellipsis.",
    why: "Both say that the list goes on (GB/T 15834—2011, A.9.2).",
    example: "慰问了老人、儿童等……",
    mend: "慰问了老人、儿童等",
};

/// A dash is not written as `——`.
pub static DASH_FORM: Code = Code {
    id: "dash-form",
    severity: Severity::Warning,
    what: "A dash is not written as `——`.",
    why: "The Chinese dash takes two cells without a gap (GB/T 15834—2011, 4.10.2).",
    example: "新起点--2021年工作回顾",
    mend: "新起点——2021年工作回顾",
};

/// A range of years, months, days or hours is not written with `—`, or its second year is shortened.
pub static YEAR_RANGE: Code = Code {
    id: "year-range",
    severity: Severity::Warning,
    what: "A range of years, months, days or hours is not written with `—`, or its second year is shortened.",
    why: "The dash of one cell marks where a time begins and ends (GB/T 15834—2011, 4.13.3.2).",
    example: "2021-2023年",
    mend: "2021—2023年",
};

/// A range of percentages lacks the first `%`, or its `～`.
pub static PERCENT_RANGE: Code = Code {
    id: "percent-range",
    severity: Severity::Warning,
    what: "A range of percentages lacks the first `%`, or its `～`.",
    why: "Without it `55～60%` may be read as from 55 on (GB/T 15835—2011).",
    example: "55-60%",
    mend: "55%～60%",
};

/// A range of values is not written with `～`.
pub static NUMBER_RANGE: Code = Code {
    id: "number-range",
    severity: Severity::Warning,
    what: "A range of values is not written with `～`.",
    why: "The wave marks a range of values; the hyphen joins codes (GB/T 15834—2011, 4.13.3.3).",
    example: "每场30-50人",
    mend: "每场30～50人",
};

/// Another dot stands where the middle dot `·` belongs.
pub static MIDDLE_DOT_FORM: Code = Code {
    id: "middle-dot-form",
    severity: Severity::Warning,
    what: "Another dot stands where the middle dot `·` belongs.",
    why: "The mark within names is `·` (GB/T 15834—2011, 4.14.2).",
    example: "买买提•阿不都拉",
    mend: "买买提·阿不都拉",
};

/// The number of a document does not have its official form.
pub static DOCUMENT_NUMBER: Code = Code {
    id: "document-number",
    severity: Severity::Warning,
    what: "The number of a document does not have its official form.",
    why: "The year stands in `〔〕`, without `第` and zeros after it (GB/T 9704—2012, 7.2.5).",
    example: "宝民发[2020]第015号",
    mend: "宝民发〔2020〕15号",
};

/// A serial mark is followed by the wrong punctuation.
pub static SERIAL_PUNCTUATION: Code = Code {
    id: "serial-punctuation",
    severity: Severity::Warning,
    what: "A serial mark is followed by the wrong punctuation.",
    why: "The forms are `一、`, `（一）`, `1.` and `（1）`; `第一` and `首先` take `，` (GB/T 15834—2011, B.3).",
    example: "（一）、加强组织领导",
    mend: "（一）加强组织领导",
};

/// Half-width brackets stand in Chinese text, or a pair is half and half.
pub static HALF_WIDTH_BRACKET: Code = Code {
    id: "half-width-bracket",
    severity: Severity::Warning,
    what: "Half-width brackets stand in Chinese text, or a pair is half and half.",
    why: "Chinese brackets are full-width (GB/T 15834—2011, 4.9.2).",
    example: "乡镇(街道)",
    mend: "乡镇（街道）",
};

/// Half-width punctuation stands in Chinese text.
pub static HALF_WIDTH_PUNCTUATION: Code = Code {
    id: "half-width-punctuation",
    severity: Severity::Warning,
    what: "Half-width punctuation stands in Chinese text.",
    why: "Chinese punctuation takes a cell (GB/T 15834—2011, 5.1); half-width marks crowd the line and break in the wrong place.",
    example: "疫情来时,大家挺身而出.",
    mend: "疫情来时，大家挺身而出。",
};

/// Two commas, stops or colons stand side by side.
pub static REPEATED_PUNCTUATION: Code = Code {
    id: "repeated-punctuation",
    severity: Severity::Warning,
    what: "Two commas, stops or colons stand side by side.",
    why: "One of them was left over when the text was changed.",
    example: "捐赠物资，，慰问老人",
    mend: "捐赠物资，慰问老人",
};

/// A colon stands within what another colon announces.
pub static DOUBLE_COLON: Code = Code {
    id: "double-colon",
    severity: Severity::Warning,
    what: "A colon stands within what another colon announces.",
    why: "It is not clear how far each of them reaches (GB/T 15834—2011, 4.7.3).",
    example: "会议强调：要做好三件事：一是抓党建。",
    mend: "会议强调，要做好三件事：一是抓党建。",
};

/// Straight quotation marks stand around Chinese.
pub static STRAIGHT_QUOTE: Code = Code {
    id: "straight-quote",
    severity: Severity::Warning,
    what: "Straight quotation marks stand around Chinese.",
    why: "Chinese quotation marks are `“”` and `‘’` (GB/T 15834—2011, 4.8.2).",
    example: "推出\"DIY党课\"",
    mend: "推出“DIY党课”",
};

/// Corner quotation marks stand in horizontal text.
pub static CORNER_QUOTE: Code = Code {
    id: "corner-quote",
    severity: Severity::Warning,
    what: "Corner quotation marks stand in horizontal text.",
    why: "They are for vertical text (GB/T 15834—2011, 5.2).",
    example: "开展「五个一」活动",
    mend: "开展“五个一”活动",
};

/// Quotation marks are nested or turned the wrong way.
pub static QUOTE_NESTING: Code = Code {
    id: "quote-nesting",
    severity: Severity::Warning,
    what: "Quotation marks are nested or turned the wrong way.",
    why: "The outer marks are `“”`, the inner ones `‘’`, in pairs (GB/T 15834—2011, 4.8.3.4).",
    example: "他说：“要讲好“宝鸡故事”。”",
    mend: "他说：“要讲好‘宝鸡故事’。”",
};

/// `《》` stands within `《》`.
pub static TITLE_MARK_NESTING: Code = Code {
    id: "title-mark-nesting",
    severity: Severity::Warning,
    what: "`《》` stands within `《》`.",
    why: "The inner title takes `〈〉` (GB/T 15834—2011, 4.15.3.5).",
    example: "《关于贯彻《条例》的通知》",
    mend: "《关于贯彻〈条例〉的通知》",
};

/// Other angle brackets stand where title marks belong.
pub static TITLE_MARK_FORM: Code = Code {
    id: "title-mark-form",
    severity: Severity::Warning,
    what: "Other angle brackets stand where title marks belong.",
    why: "Title marks are `《》`, within others `〈〉` (GB/T 15834—2011, 4.15.2).",
    example: "<<社会组织名录>>",
    mend: "《社会组织名录》",
};

/// A `、` stands between items that quotation or title marks separate already.
pub static LIST_COMMA_BETWEEN_MARKS: Code = Code {
    id: "list-comma-between-marks",
    severity: Severity::Warning,
    what: "A `、` stands between items that quotation or title marks separate already.",
    why: "Usually none is written there (GB/T 15834—2011, 4.5.3.5).",
    example: "《条例》、《细则》",
    mend: "《条例》《细则》",
};

/// A bracket, title mark or quotation mark has no partner.
pub static UNPAIRED_MARK: Code = Code {
    id: "unpaired-mark",
    severity: Severity::Warning,
    what: "A bracket, title mark or quotation mark has no partner.",
    why: "The reader does not learn where it ends.",
    example: "市民政局（社管局负责登记。",
    mend: "市民政局（社管局）负责登记。",
};

/// A title or heading ends with a comma, colon or full stop.
pub static TITLE_END_PUNCTUATION: Code = Code {
    id: "title-end-punctuation",
    severity: Severity::Warning,
    what: "A title or heading ends with a comma, colon or full stop.",
    why: "Titles stand by themselves and need none.",
    example: "## 主要成绩：",
    mend: "## 主要成绩",
};

/// A date has zeros before its numbers, blanks within, or `号` for `日`.
pub static DATE_FORM: Code = Code {
    id: "date-form",
    severity: Severity::Warning,
    what: "A date has zeros before its numbers, blanks within, or `号` for `日`.",
    why: "The written form is `2021年3月5日` (GB/T 9704—2012, 7.3.5.4).",
    example: "2021年03月05号",
    mend: "2021年3月5日",
};

/// A date in the text is written with strokes.
pub static NUMERIC_DATE: Code = Code {
    id: "numeric-date",
    severity: Severity::Warning,
    what: "A date in the text is written with strokes.",
    why: "In running text dates are written with `年月日` (GB/T 15835—2011).",
    example: "2021/3/5召开会议",
    mend: "2021年3月5日召开会议",
};

/// A year is written with two digits.
pub static SHORT_YEAR: Code = Code {
    id: "short-year",
    severity: Severity::Warning,
    what: "A year is written with two digits.",
    why: "Years are written in full (GB/T 15835—2011).",
    example: "21年3月5日召开会议",
    mend: "2021年3月5日召开会议",
};

/// The zero of a year in Chinese numerals is not `〇`.
pub static HAN_ZERO: Code = Code {
    id: "han-zero",
    severity: Severity::Warning,
    what: "The zero of a year in Chinese numerals is not `〇`.",
    why: "A circle, a letter or `零` looks alike and is not the numeral (GB/T 15835—2011).",
    example: "二○二一年",
    mend: "二〇二一年",
};

/// A number mixes digits with Chinese numerals.
pub static MIXED_NUMERAL: Code = Code {
    id: "mixed-numeral",
    severity: Severity::Warning,
    what: "A number mixes digits with Chinese numerals.",
    why: "After digits only `万` and `亿` are allowed (GB/T 15835—2011).",
    example: "20几家社会组织",
    mend: "二十几家社会组织",
};

/// A `、` stands between two numerals that together stand for a rough number.
pub static APPROXIMATE_LIST_COMMA: Code = Code {
    id: "approximate-list-comma",
    severity: Severity::Warning,
    what: "A `、` stands between two numerals that together stand for a rough number.",
    why: "`三四个` is rough; `三、四` are two numbers (GB/T 15834—2011, 4.5.3.4).",
    example: "走访三、四个社区",
    mend: "走访三四个社区",
};

/// A number is called rough twice.
pub static DOUBLED_APPROXIMATION: Code = Code {
    id: "doubled-approximation",
    severity: Severity::Warning,
    what: "A number is called rough twice.",
    why: "One of `约` and `余` is enough.",
    example: "约300余家社会组织",
    mend: "300余家社会组织",
};

/// Long numbers are grouped in one place and not in another.
pub static DIGIT_GROUPING: Code = Code {
    id: "digit-grouping",
    severity: Severity::Warning,
    what: "Long numbers are grouped in one place and not in another.",
    why: "One document keeps one way (GB/T 15835—2011).",
    example: "捐款12,345元，惠及34567人",
    mend: "捐款12345元，惠及34567人",
};

/// `截止` stands before the day up to which something was counted.
pub static DEADLINE_WORDING: Code = Code {
    id: "deadline-wording",
    severity: Severity::Warning,
    what: "`截止` stands before the day up to which something was counted.",
    why: "`截止` means that something ends; up to a day is `截至`.",
    example: "截止2020年底，全市共有278家。",
    mend: "截至2020年底，全市共有278家。",
};

/// A document about a whole year says `今年`, `去年`, `近日` or the like.
pub static RELATIVE_DATE: Code = Code {
    id: "relative-date",
    severity: Severity::Warning,
    what: "A document about a whole year says `今年`, `去年`, `近日` or the like.",
    why: "It is read and quoted in later years.",
    example: "今年，全市新登记35家。",
    mend: "2020年，全市新登记35家。",
};

/// All codes of this stage, in the order of the rules.
pub static ALL: &[&Code] = &[
    &INVISIBLE_CHARACTER,
    &TYPED_INDENT,
    &LOOK_ALIKE_CHARACTER,
    &FULL_WIDTH_LETTER,
    &FULL_WIDTH_DECIMAL,
    &ELLIPSIS_FORM,
    &ELLIPSIS_WITH_DENG,
    &DASH_FORM,
    &YEAR_RANGE,
    &PERCENT_RANGE,
    &NUMBER_RANGE,
    &MIDDLE_DOT_FORM,
    &DOCUMENT_NUMBER,
    &SERIAL_PUNCTUATION,
    &HALF_WIDTH_BRACKET,
    &HALF_WIDTH_PUNCTUATION,
    &REPEATED_PUNCTUATION,
    &DOUBLE_COLON,
    &STRAIGHT_QUOTE,
    &CORNER_QUOTE,
    &QUOTE_NESTING,
    &TITLE_MARK_NESTING,
    &TITLE_MARK_FORM,
    &LIST_COMMA_BETWEEN_MARKS,
    &UNPAIRED_MARK,
    &TITLE_END_PUNCTUATION,
    &DATE_FORM,
    &NUMERIC_DATE,
    &SHORT_YEAR,
    &HAN_ZERO,
    &MIXED_NUMERAL,
    &APPROXIMATE_LIST_COMMA,
    &DOUBLED_APPROXIMATION,
    &DIGIT_GROUPING,
    &DEADLINE_WORDING,
    &RELATIVE_DATE,
];
