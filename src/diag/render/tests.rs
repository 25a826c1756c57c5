//! Snapshots of findings as people see them, in Chinese.

use super::*;
use crate::diag::Code;
use crate::diag::json::{json, json_summary};
use crate::source::FileId;

static UNKNOWN: Code = Code {
    id: "unknown-figure",
    severity: Severity::Error,
    what: "",
    why: "",
    example: "",
    mend: "",
};

const TEXT: &str =
    "+++\ntitle = \"十件大事\"\n+++\n\n全年共募集善款{{ f.捐赠 }}，惠及群众。\n";

fn press() -> (Sources, FileId, FileId) {
    let mut sources = Sources::new();
    let file = |path: &str, text: &str, sheets: &[&str]| {
        let sheets = sheets.iter().map(|&sheet| sheet.to_owned()).collect();
        SourceFile::new(path.to_owned(), text.to_owned(), sheets, String::new())
    };
    let text = sources.add(file("content/baoji/2020/ten-events.md", TEXT, &[]));
    let book = sources.add(file("content/baoji/2020/figures.xlsx", "", &["指标"]));
    (sources, text, book)
}

fn at(file: FileId, words: &str) -> Place {
    let start = TEXT.find(words).expect("the words stand in the text");
    Place::bytes(file, start..start + words.len())
}

#[test]
fn mark_stands_below_wide_characters() {
    let (sources, text, book) = press();
    let found =
        Diagnostic::new(&UNKNOWN, at(text, "f.捐赠"), "there is no figure `捐赠`")
            .related(at(text, "十件大事"), "in this publication")
            .related(Place::cell(book, 0, 6, 3), "the nearest name is here")
            .hint("did you mean `捐款`?");
    let expected = "\
error[unknown-figure]: there is no figure `捐赠`
 --> content/baoji/2020/ten-events.md:5:11
  |
5 | 全年共募集善款{{ f.捐赠 }}，惠及群众。
  |                  ^^^^^^
  |
 ::: content/baoji/2020/ten-events.md:2:10
  |
2 | title = \"十件大事\"
  |          -------- in this publication
  |
 ::: content/baoji/2020/figures.xlsx: 指标!D7
  = note: the nearest name is here
  = help: did you mean `捐款`?";
    assert_eq!(human(&found, &sources, Colour::Plain), expected);
}

#[test]
fn cell_has_no_frame() {
    let (sources, _, book) = press();
    let place = Place::cell(book, 0, 6, 3);
    let found = Diagnostic::new(&UNKNOWN, place, "expected a quantity, found `很多`")
        .hint("write a number with its unit, such as `1200余万元`");
    let expected = "\
error[unknown-figure]: expected a quantity, found `很多`
 --> content/baoji/2020/figures.xlsx: 指标!D7
  = help: write a number with its unit, such as `1200余万元`";
    assert_eq!(human(&found, &sources, Colour::Plain), expected);
}

#[test]
fn finding_without_place_is_a_line() {
    let found = Diagnostic::new(&UNKNOWN, None, "there is no `annals.toml` here");
    let text = human(&found, &Sources::new(), Colour::Plain);
    assert_eq!(text, "error[unknown-figure]: there is no `annals.toml` here");
    assert_eq!(short(&found, &Sources::new()), text);
}

#[test]
fn short_is_one_line() {
    let (sources, text, book) = press();
    let found = Diagnostic::new(&UNKNOWN, at(text, "f.捐赠"), "there is\nno figure");
    let expected = "content/baoji/2020/ten-events.md:5:11: error[unknown-figure]: there is no figure";
    assert_eq!(short(&found, &sources), expected);
    let found = Diagnostic::new(&UNKNOWN, Place::cell(book, 0, 6, 3), "no");
    let expected = "content/baoji/2020/figures.xlsx: 指标!D7: error[unknown-figure]: no";
    assert_eq!(short(&found, &sources), expected);
}

#[test]
fn json_names_all_fields() {
    let (sources, text, book) = press();
    let found = Diagnostic::new(&UNKNOWN, at(text, "f.捐赠"), "there is no `\u{1b}[31m`")
        .related(Place::cell(book, 0, 6, 3), "here")
        .hint("did you mean `捐款`?");
    let expected = concat!(
        r#"{"schema":"annals-diagnostic/1","code":"unknown-figure","severity":"error","#,
        r#""message":"there is no `\u001b[31m`","#,
        r#""file":"content/baoji/2020/ten-events.md","line":5,"column":11,"#,
        r#""end":{"line":5,"column":15},"sheet":null,"cell":null,"#,
        r#""hints":["did you mean `捐款`?"],"related":[{"message":"here","#,
        r#""file":"content/baoji/2020/figures.xlsx","line":null,"column":null,"end":null,"#,
        r#""sheet":"指标","cell":"D7"}],"fix":null}"#
    );
    assert_eq!(json(&found, &sources), expected);
}

#[test]
fn summary_counts_by_severity() {
    let mut diags = Diagnostics::new();
    assert_eq!(summary(&diags), None);
    diags.report(&UNKNOWN, None, "a");
    diags.report(&UNKNOWN, None, "b");
    let mut warning = Diagnostic::new(&UNKNOWN, None, "c");
    warning.severity = Severity::Warning;
    diags.add(warning);
    assert_eq!(summary(&diags).as_deref(), Some("2 errors, 1 warning"));
    let expected = r#"{"schema":"annals-summary/1","errors":2,"warnings":1,"notes":0}"#;
    assert_eq!(json_summary(&diags), expected);
}

#[test]
fn long_lines_are_cut_around_the_mark() {
    let mut sources = Sources::new();
    let line = format!("{}目标{}", "甲".repeat(10_000), "乙".repeat(10_000));
    let place = 30_000..30_006;
    let file = sources.add(SourceFile::new("a.md".into(), line, vec![], String::new()));
    let found = Diagnostic::new(&UNKNOWN, Place::bytes(file, place), "long");
    let text = human(&found, &sources, Colour::Plain);
    let (before, after) = ("甲".repeat(23), "乙".repeat(46));
    let expected = format!(
        "error[unknown-figure]: long\n --> a.md:1:10001\n  |\n\
         1 | …{before}目标{after}…\n  |  {}^^^^",
        " ".repeat(46)
    );
    assert_eq!(text, expected);
}

#[test]
fn only_the_first_line_of_a_long_place_is_marked() {
    let (sources, text, _) = press();
    let found = Diagnostic::new(&UNKNOWN, Place::bytes(text, 4..TEXT.len()), "many");
    let expected = "\
error[unknown-figure]: many
 --> content/baoji/2020/ten-events.md:2:1
  |
2 | title = \"十件大事\"
  | ^^^^^^^^^^^^^^^^^^";
    assert_eq!(human(&found, &sources, Colour::Plain), expected);
}

#[test]
fn no_control_character_reaches_the_terminal() {
    let nasty: String = (0..0xa0)
        .filter_map(char::from_u32)
        .chain("\u{202e}\u{2066}\u{2028}\u{200f}汉字".chars())
        .collect();
    let mut sources = Sources::new();
    let file = SourceFile::new(
        format!("a{}.md", nasty.replace('\n', "")),
        nasty.replace('\n', "|"),
        vec![],
        String::new(),
    );
    let file = sources.add(file);
    for start in 0..60 {
        let place = Place::bytes(file, start..start + 9);
        let found = Diagnostic::new(&UNKNOWN, place, nasty.clone())
            .related(place, nasty.clone())
            .hint(nasty.clone());
        let human = human(&found, &sources, Colour::Plain);
        let lines = short(&found, &sources) + &json(&found, &sources);
        for found in human.chars().filter(|&found| found != '\n').chain(lines.chars()) {
            assert!(!found.is_control(), "{found:?} in a rendering");
        }
        assert!(!human.contains('\u{202e}'));
    }
}

#[test]
fn places_past_the_end_do_not_panic() {
    let mut sources = Sources::new();
    for text in ["", "汉", "汉\n", "a\r\nb"] {
        let file = SourceFile::new("a".into(), text.into(), vec![], String::new());
        let file = sources.add(file);
        for start in 0..8 {
            for end in 0..8 {
                let place = Place::bytes(file, start..end.max(start));
                let found = Diagnostic::new(&UNKNOWN, place, "x").related(place, "y");
                assert!(human(&found, &sources, Colour::Ansi).contains("x"));
            }
        }
    }
}
