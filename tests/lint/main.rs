//! The text rules: cases as data, laws, and files on the disk.
//!
//! A file of `tests/suite/lint` has a heading for each rule, named by its code. Lines of a
//! block `reported` are texts with exactly one finding, of that rule; what follows `⇒` is
//! the text after `--fix`, and without it nothing may be mended. Lines of a block `silent`
//! have no finding of any rule. `⏎` is a line break.

#![expect(clippy::disallowed_methods, reason = "tests read and write their own files")]

mod files;
mod laws;

use std::fs;
use std::path::Path;

use annals::diag::{Diagnostics, Fix};
use annals::lint::{self, Frame, RULES};
use annals::source::{Place, SourceFile, Sources};
use annals::{parse, pipeline, template};

/// What the rules say about a text, the body of a narrative on the year 2020.
pub fn findings(text: &str) -> Diagnostics {
    let mut sources = Sources::new();
    let whole = SourceFile::new("a.md".into(), text.into(), Vec::new(), String::new());
    let file = sources.add(whole);
    let outline = template::outline(text, 0..text.len(), file);
    let proses = parse::prose(&outline, Place::whole(file));
    let mut found = Diagnostics::new();
    lint::document(&proses, Frame { year: Some(2020), mend: true }, &mut found);
    found.sort(&sources);
    found
}

/// The text after one round of fixes, and how many were carried out.
pub fn mended(text: &str) -> (String, usize) {
    let found = findings(text);
    let fixes: Vec<&Fix> =
        found.iter().filter_map(|found| found.fix.as_deref()).collect();
    pipeline::apply(text, &fixes)
}

/// The text after as many rounds as there is something to do, as `--fix` has them.
pub fn mended_whole(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..20 {
        match mended(&text) {
            (_, 0) => return text,
            (next, _) => text = next,
        }
    }
    panic!("the rules never agree about {text:?}");
}

/// A line of a case.
struct Case {
    place: String,
    code: String,
    /// `None` where it is silent; else the text after `--fix`.
    after: Option<Option<String>>,
    text: String,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/lint");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).expect("a case is text");
        let (mut code, mut block) = (String::new(), None);
        for (number, line) in text.lines().enumerate() {
            match (line.strip_prefix("```"), block) {
                (Some(info), None) => block = Some(info == "reported"),
                (Some(_), Some(_)) => block = None,
                (None, Some(reported)) if !line.is_empty() => {
                    let (text, after) = match line.split_once(" ⇒ ") {
                        Some((text, after)) => (text, Some(after.replace('⏎', "\n"))),
                        None => (line, None),
                    };
                    out.push(Case {
                        place: format!("{}:{}", path.display(), number + 1),
                        code: code.clone(),
                        after: reported.then_some(after),
                        text: text.replace('⏎', "\n"),
                    });
                }
                (None, None) => {
                    if let Some(name) = line.strip_prefix("# `") {
                        name.trim_end_matches('`').clone_into(&mut code);
                    }
                }
                _ => {}
            }
        }
    }
    out
}

#[test]
fn cases_hold() {
    let mut wrong = Vec::new();
    for Case { place, code, after, text } in cases() {
        let found = findings(&text);
        let codes: Vec<&str> = found.iter().map(|found| found.code.id).collect();
        let Some(after) = after else {
            if !codes.is_empty() {
                wrong.push(format!("{place}: {text}: reported as {codes:?}"));
            }
            continue;
        };
        if codes.is_empty() || codes.iter().any(|found| *found != code) {
            wrong.push(format!("{place}: {text}: reported as {codes:?}, not as {code}"));
        }
        let mended = mended_whole(&text);
        let expected = after.unwrap_or_else(|| text.clone());
        if mended != expected {
            wrong.push(format!("{place}: {text}: mended to {mended}, not to {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_cases_of_both_kinds() {
    let cases = cases();
    for rule in RULES {
        let own = || cases.iter().filter(|case| case.code == rule.code.id);
        let reported = own().filter(|case| case.after.is_some()).count();
        let silent = own().filter(|case| case.after.is_none()).count();
        assert!(reported > 0 && silent > 0, "`{}` lacks cases", rule.code.id);
    }
    for case in &cases {
        let known = RULES.iter().any(|rule| rule.code.id == case.code);
        assert!(known, "{}: no rule is called `{}`", case.place, case.code);
    }
}

/// The example of a rule is reported, and mended as the table says.
#[test]
fn examples_of_the_rules_hold() {
    for rule in RULES {
        let (text, after) = rule.example;
        let found = findings(text);
        assert!(
            found.iter().any(|found| found.code == rule.code),
            "{text} is not reported as {}",
            rule.code.id
        );
        if after.is_empty() {
            let unmended = found.iter().all(|found| found.fix.is_none());
            assert!(unmended, "{text} is mended");
        } else {
            assert_eq!(mended_whole(text), after);
        }
    }
}
