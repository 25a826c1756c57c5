//! Codes of `check`: data and front matter that do not keep their contract.

use crate::diag::Code;
use crate::diag::Severity::{Error, Note, Warning};

/// All codes of this stage.
pub static ALL: &[&Code] = &[
    &UNKNOWN_KEY,
    &MISSING_KEY,
    &FIELD_GIVEN_TWICE,
    &WRONG_TYPE,
    &UNKNOWN_CHOICE,
    &UNKNOWN_LANGUAGE,
    &UNKNOWN_FORMAT,
    &UNKNOWN_STANDARD,
    &UNKNOWN_RULE,
    &UNUSABLE_BASE_URL,
    &PATH_LEAVES_PRESS,
    &RESERVED_NAME,
    &UNKNOWN_TYPE,
    &UNREADABLE_COLOUR,
    &UNREADABLE_SIZE,
    &LOW_CONTRAST,
    &UNKNOWN_KIND,
    &EVERY_CONFLICT,
    &NOTHING_TO_REPORT,
    &SAME_OUTPUT,
    &TOO_FEW_ITEMS,
    &EMPTY_FIELD,
    &NOT_AN_ID,
    &DUPLICATE_ID,
    &ID_DISAGREES,
    &UNKNOWN_FIELD,
    &MISSING_FIELD,
    &UNREADABLE_QUANTITY,
    &UNIT_DISAGREES,
    &UNREADABLE_DATE,
    &IMPOSSIBLE_DATE,
    &UNREADABLE_PERIOD,
    &UNKNOWN_EVENT,
    &PERIOD_AFTER_YEAR,
    &EVENT_OUTSIDE_YEAR,
    &REVERSED_EVENT,
    &REVERSED_TERM,
    &OVERLAPPING_TERMS,
    &NO_ROWS,
    &ALMOST_A_COLLECTION,
    &NO_HEADER_ROW,
    &DUPLICATE_COLUMN,
    &COLUMN_WITHOUT_HEAD,
    &SKIPPED_ROW,
    &NUMBER_GAP,
    &EVENTS_OUT_OF_ORDER,
];

/// A key that is not known here.
pub static UNKNOWN_KEY: Code = Code {
    id: "unknown-key",
    severity: Error,
    what: "A key that is not known here.",
    why: "A misspelt key would be ignored, and what it says would be lost.",
    example: r#"titel = "十件大事""#,
    mend: "Write `title`; free keys of a narrative stand in its `extra` table.",
};

/// A key that must be there is not there.
pub static MISSING_KEY: Code = Code {
    id: "missing-key",
    severity: Error,
    what: "A key that must be there is not there.",
    why: "Nothing can be put in its place without guessing.",
    example: r#"+++
title = "十件大事"
+++"#,
    mend: r#"Add the key: `kind = "review"`."#,
};

/// A field is given twice, once by its name and once by another name for it.
pub static FIELD_GIVEN_TWICE: Code = Code {
    id: "field-given-twice",
    severity: Error,
    what: "A field is given twice, once by its name and once by another name for it.",
    why: "Only one of the two values can be meant.",
    example: r#"label = "捐赠"
"指标" = "捐赠款物""#,
    mend: "Keep one of the two.",
};

/// A value is of another type than its field.
pub static WRONG_TYPE: Code = Code {
    id: "wrong-type",
    severity: Error,
    what: "A value is of another type than its field.",
    why: "A list where text is expected would print in a form that nobody chose.",
    example: r#"title = ["十件", "大事"]"#,
    mend: r#"Write a value of the expected type: `title = "十件大事"`."#,
};

/// A word that is not among those that the field may hold.
pub static UNKNOWN_CHOICE: Code = Code {
    id: "unknown-choice",
    severity: Error,
    what: "A word that is not among those that the field may hold.",
    why: "The field steers what is made, and only these words mean something.",
    example: r#"every = "week""#,
    mend: r#"Use one of the words of the hint: `every = "month"`."#,
};

/// A language that annals does not know.
pub static UNKNOWN_LANGUAGE: Code = Code {
    id: "unknown-language",
    severity: Error,
    what: "A language that annals does not know.",
    why: "Dates, headings and line breaking follow the language.",
    example: r#"language = "fr""#,
    mend: "Use `zh` or `en`.",
};

/// An output format that annals does not make.
pub static UNKNOWN_FORMAT: Code = Code {
    id: "unknown-format",
    severity: Error,
    what: "An output format that annals does not make.",
    why: "Nothing would come out.",
    example: r#"formats = ["docx"]"#,
    mend: "Use `pdf` and `html`.",
};

/// A PDF standard that is not known.
pub static UNKNOWN_STANDARD: Code = Code {
    id: "unknown-standard",
    severity: Error,
    what: "A PDF standard that is not known.",
    why: "A file is declared to meet only standards that it is made for.",
    example: r#"[pdf]
standards = ["a-5"]"#,
    mend: "Use a standard of the hint, such as `a-2a` and `ua-1`.",
};

/// A code in `[rules]` that no finding has.
pub static UNKNOWN_RULE: Code = Code {
    id: "unknown-rule",
    severity: Error,
    what: "A code in `[rules]` that no finding has.",
    why: "The rule would silently change nothing.",
    example: r#"[rules]
unknwon-key = "off""#,
    mend: "Use the code that stands in brackets in the message.",
};

/// The base URL is not an http or https address.
pub static UNUSABLE_BASE_URL: Code = Code {
    id: "unusable-base-url",
    severity: Error,
    what: "The base URL is not an http or https address.",
    why: "Addresses of pages are made from it.",
    example: r#"base_url = "www.example.org""#,
    mend: "Write the whole address: `https://www.example.org/`.",
};

/// A path leads out of the press.
pub static PATH_LEAVES_PRESS: Code = Code {
    id: "path-leaves-press",
    severity: Error,
    what: "A path leads out of the press.",
    why: "A press reads and writes nothing outside its folder.",
    example: r#"output = "../public""#,
    mend: r#"Use a path below the folder of `annals.toml`: `output = "public"`."#,
};

/// A name of an output that is reserved.
pub static RESERVED_NAME: Code = Code {
    id: "reserved-name",
    severity: Error,
    what: "A name of an output that is reserved.",
    why: "The output folder must be usable on every system, and some names in it are taken.",
    example: "content/baoji/2020/con.md",
    mend: "Rename the file or folder.",
};

/// A contract names a type that does not exist.
pub static UNKNOWN_TYPE: Code = Code {
    id: "unknown-type",
    severity: Error,
    what: "A contract names a type that does not exist.",
    why: "Values could not be checked.",
    example: r#"[front_matter.host]
type = "string""#,
    mend: r#"Use a type of the hint: `type = "text"`."#,
};

/// A colour of the theme that is not one.
pub static UNREADABLE_COLOUR: Code = Code {
    id: "unreadable-colour",
    severity: Error,
    what: "A colour of the theme that is not one.",
    why: "The page would be printed in another colour than the one that is meant.",
    example: r#"mark = "大红""#,
    mend: r##"Write red, green and blue in two hexadecimal digits each: `mark = "#c8161d"`."##,
};

/// A size or number of the theme that cannot be used.
pub static UNREADABLE_SIZE: Code = Code {
    id: "unreadable-size",
    severity: Error,
    what: "A size or number of the theme that cannot be used.",
    why: "Type of no size, or larger than the sheet, prints nothing that can be read.",
    example: r#"text = "12px""#,
    mend: r#"Write points, millimetres or the name of a Chinese size: `text = "小四"`."#,
};

/// Two colours of the theme that do not read on one another.
pub static LOW_CONTRAST: Code = Code {
    id: "low-contrast",
    severity: Warning,
    what: "Two colours of the theme that do not read on one another.",
    why: "People with weak sight, and anyone in bright light, cannot read it (WCAG 2.1, 1.4.3 and 1.4.11, level AA: must).",
    example: r##"soft = "#aaaaaa""##,
    mend: r##"Make the text darker or its ground lighter: `soft = "#5c574e"`."##,
};

/// A narrative is of a kind that the press does not have.
pub static UNKNOWN_KIND: Code = Code {
    id: "unknown-kind",
    severity: Error,
    what: "A narrative is of a kind that the press does not have.",
    why: "The kind brings the layout; without it nothing can be made.",
    example: r#"kind = "bulettin""#,
    mend: "Write the name of a folder under `templates/` that holds a `kind.toml`.",
};

/// `every` stands where no editions can be counted.
pub static EVERY_CONFLICT: Code = Code {
    id: "every-conflict",
    severity: Error,
    what: "`every` stands where no editions can be counted.",
    why: "A recurring narrative takes its periods from the record of one year.",
    example: r#"every = "month"
period = "2021-03""#,
    mend: "Remove `period`, and keep the narrative in the folder of a year.",
};

/// A recurring narrative has no edition.
pub static NOTHING_TO_REPORT: Code = Code {
    id: "nothing-to-report",
    severity: Warning,
    what: "A recurring narrative has no edition.",
    why: "No event and no figure of the record lies in any of its periods.",
    example: r#"every = "month""#,
    mend: "Give the events of the record dates that name the month.",
};

/// Two editions would be written to one file.
pub static SAME_OUTPUT: Code = Code {
    id: "same-output",
    severity: Error,
    what: "Two editions would be written to one file.",
    why: "The second would replace the first.",
    example: r#"content/baoji/2020/monthly-2020-03.md beside a monthly.md with every = "month""#,
    mend: "Rename one of the narratives.",
};

/// The record holds fewer items than the kind asks for.
pub static TOO_FEW_ITEMS: Code = Code {
    id: "too-few-items",
    severity: Error,
    what: "The record holds fewer items than the kind asks for.",
    why: "The layout of the kind shows them and would stay empty.",
    example: "a bulletin of 2021-03 over a record without events in that month",
    mend: "Add the items, or choose another period or kind.",
};

/// An item leaves a field empty that the kind asks for.
pub static EMPTY_FIELD: Code = Code {
    id: "empty-field",
    severity: Error,
    what: "An item leaves a field empty that the kind asks for.",
    why: "The layout of the kind prints the field.",
    example: r#"[[events]]
date = 2020-01-31
title = "发布倡议书""#,
    mend: r#"Fill the field: `source = "市民政局"`."#,
};

/// An id has other characters than ASCII letters, digits, `-` and `_`, or begins with a digit.
pub static NOT_AN_ID: Code = Code {
    id: "not-an-id",
    severity: Error,
    what: "An id has other characters than ASCII letters, digits, `-` and `_`, or begins with a digit.",
    why: "Templates can name only such ids.",
    example: r#"id = "参与捐赠""#,
    mend: r#"Write `id = "donors"`, and keep 参与捐赠 as the label."#,
};

/// Two items of a collection have one id.
pub static DUPLICATE_ID: Code = Code {
    id: "duplicate-id",
    severity: Error,
    what: "Two items of a collection have one id.",
    why: "A name in a narrative must mean one thing.",
    example: "id,label,value\ndonors,参与捐赠,278家\ndonors,捐赠款物,1200余万元",
    mend: "Give one of them another id.",
};

/// A row keyed by its id says another id inside.
pub static ID_DISAGREES: Code = Code {
    id: "id-disagrees",
    severity: Error,
    what: "A row keyed by its id says another id inside.",
    why: "Only one of the two can be meant.",
    example: r#"[donors]
id = "givers""#,
    mend: "Remove the inner `id`.",
};

/// A collection has a field or column that is not known.
pub static UNKNOWN_FIELD: Code = Code {
    id: "unknown-field",
    severity: Error,
    what: "A collection has a field or column that is not known.",
    why: "What stands in it would not reach any publication.",
    example: "id,label,valeu\ndonors,参与捐赠,278家",
    mend: "Correct the head, or add the field in `[collections]` of `annals.toml`.",
};

/// A row leaves a field empty that must be filled.
pub static MISSING_FIELD: Code = Code {
    id: "missing-field",
    severity: Error,
    what: "A row leaves a field empty that must be filled.",
    why: "The item means nothing without it.",
    example: "id,label,value\ndonors,参与捐赠,",
    mend: "Fill the cell.",
};

/// A value was not understood as a quantity.
pub static UNREADABLE_QUANTITY: Code = Code {
    id: "unreadable-quantity",
    severity: Error,
    what: "A value was not understood as a quantity.",
    why: "A figure is compared and checked by its number.",
    example: r#"value = "很多""#,
    mend: r#"Write a number with its unit: `value = "278家"`."#,
};

/// A unit is given twice, and differently.
pub static UNIT_DISAGREES: Code = Code {
    id: "unit-disagrees",
    severity: Error,
    what: "A unit is given twice, and differently.",
    why: "Only one of the two can be printed.",
    example: "value,unit\n442个,家",
    mend: "Keep the unit in one of the two places.",
};

/// A value was not understood as a date.
pub static UNREADABLE_DATE: Code = Code {
    id: "unreadable-date",
    severity: Error,
    what: "A value was not understood as a date.",
    why: "Dates decide what belongs to which period.",
    example: r#"date = "三月初""#,
    mend: "Write `2021-03`, `2021-03-05` or `2021年3月5日`.",
};

/// A date that the calendar does not have.
pub static IMPOSSIBLE_DATE: Code = Code {
    id: "impossible-date",
    severity: Error,
    what: "A date that the calendar does not have.",
    why: "It is probably a slip of the pen.",
    example: r#"date = "2021-02-30""#,
    mend: "Correct the day.",
};

/// A value was not understood as a period.
pub static UNREADABLE_PERIOD: Code = Code {
    id: "unreadable-period",
    severity: Error,
    what: "A value was not understood as a period.",
    why: "Periods decide which edition reports what.",
    example: r#"period = "春季""#,
    mend: "Write `2021`, `2021-Q1`, `2021-03` or `2021-03-01/2021-03-15`.",
};

/// A figure belongs to an event that the record does not have.
pub static UNKNOWN_EVENT: Code = Code {
    id: "unknown-event",
    severity: Error,
    what: "A figure belongs to an event that the record does not have.",
    why: "The figure would be listed nowhere.",
    example: r#"[[figures]]
id = "donors"
event = "apeal""#,
    mend: "Write the id of an event of the same record.",
};

/// A figure covers a time after the year of its record.
pub static PERIOD_AFTER_YEAR: Code = Code {
    id: "period-after-year",
    severity: Warning,
    what: "A figure covers a time after the year of its record.",
    why: "A record may look back, but what comes after its year is probably filed wrongly.",
    example: "content/baoji/2020/figures.csv with the period 2021-03",
    mend: "Correct the period, or move the figure to the record of its year.",
};

/// An event lies outside the year of its record.
pub static EVENT_OUTSIDE_YEAR: Code = Code {
    id: "event-outside-year",
    severity: Warning,
    what: "An event lies outside the year of its record.",
    why: "It is probably filed under the wrong year.",
    example: "content/baoji/2020/events.csv with the date 2019-01-31",
    mend: "Correct the date, or move the event to the record of its year.",
};

/// An event ends before it begins.
pub static REVERSED_EVENT: Code = Code {
    id: "reversed-event",
    severity: Error,
    what: "An event ends before it begins.",
    why: "One of the two dates is wrong.",
    example: "date,end,title\n2020-03-07,2020-03-01,动员大会",
    mend: "Correct one of the dates.",
};

/// A term of office ends before it begins.
pub static REVERSED_TERM: Code = Code {
    id: "reversed-term",
    severity: Error,
    what: "A term of office ends before it begins.",
    why: "One of the two dates is wrong.",
    example: "职务,任职人,起,止\n局长,第一任,2020-09,2018-05",
    mend: "Correct one of the dates.",
};

/// Two terms of one office overlap.
pub static OVERLAPPING_TERMS: Code = Code {
    id: "overlapping-terms",
    severity: Warning,
    what: "Two terms of one office overlap.",
    why: "A title in a text must mean one holder at each time.",
    example: "职务,任职人,起,止\n局长,第一任,2018-05,2020-12\n局长,第二任,2020-09-27,",
    mend: "End the first term before the second begins.",
};

/// A data file of a collection does not hold rows.
pub static NO_ROWS: Code = Code {
    id: "no-rows",
    severity: Error,
    what: "A data file of a collection does not hold rows.",
    why: "Items are rows with fields.",
    example: r#"# figures.toml
donors = "278家""#,
    mend: "Write `[[figures]]` with `id`, `label` and `value`.",
};

/// A free table has nearly the name of a collection.
pub static ALMOST_A_COLLECTION: Code = Code {
    id: "almost-a-collection",
    severity: Warning,
    what: "A free table has nearly the name of a collection.",
    why: "Only `figures`, `events`, `tasks`, `organisations` and `offices` are checked and reach \
          narratives by their ids; a table of any other name is free data.",
    example: "content/baoji/2020/event.csv",
    mend: "Name the file `events.csv`.",
};

/// No row of a sheet holds the heads of its columns.
pub static NO_HEADER_ROW: Code = Code {
    id: "no-header-row",
    severity: Error,
    what: "No row of a sheet holds the heads of its columns.",
    why: "Columns are recognised by their heads.",
    example: "参与捐赠,278家",
    mend: "Put a row of heads above the data: `id,label,value` or `编号,指标,数值`.",
};

/// Two columns of a sheet have one head, or two names of one field.
pub static DUPLICATE_COLUMN: Code = Code {
    id: "duplicate-column",
    severity: Error,
    what: "Two columns of a sheet have one head, or two names of one field.",
    why: "Only one of the two can be meant.",
    example: "id,指标,名称,数值",
    mend: "Remove or rename one of the columns.",
};

/// A column holds data, but has no head.
pub static COLUMN_WITHOUT_HEAD: Code = Code {
    id: "column-without-head",
    severity: Warning,
    what: "A column holds data, but has no head.",
    why: "What stands in it reaches no publication.",
    example: "id,label,value,\ndonors,参与捐赠,278家,核对",
    mend: "Give the column a head, or empty its cells.",
};

/// A row of one cell merged over several columns is not read as data.
pub static SKIPPED_ROW: Code = Code {
    id: "skipped-row",
    severity: Note,
    what: "A row of one cell merged over several columns is not read as data.",
    why: "Such rows caption the rows below them.",
    example: "a row 一、党建 merged over all columns",
    mend: "Move it into a column of its own, if it matters.",
};

/// A number is left out or used twice.
pub static NUMBER_GAP: Code = Code {
    id: "number-gap",
    severity: Warning,
    what: "Numbered tasks leave a number out, use one twice, or stand in another order.",
    why: "Readers look for the missing item.",
    example: "number,title\n1,一\n3,三",
    mend: "number,title\n1,一\n2,三",
};

/// Events stand in another order than the kind asks for.
pub static EVENTS_OUT_OF_ORDER: Code = Code {
    id: "events-out-of-order",
    severity: Error,
    what: "Events do not stand in the order of their dates, which the kind asks for.",
    why: "The edition lists them in the order of the data, and its numbers follow it.",
    example: "date,title\n2020-04-02,动员大会\n2020-03-07,十项措施",
    mend: "date,title\n2020-03-07,十项措施\n2020-04-02,动员大会",
};
