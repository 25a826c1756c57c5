//! Names in a narrative that lead nowhere.

use super::Facts;
use crate::diag::codes::merge as codes;
use crate::diag::{Diagnostic, suggest};
use crate::template::NameUse;

/// What can be named with a dot, and what such a thing is called.
const NOUNS: [(&str, &str); 9] = [
    ("f", "figure"),
    ("figure", "figure"),
    ("event", "event"),
    ("task", "task"),
    ("organisation", "organisation"),
    ("office", "office"),
    ("data", "table"),
    ("years", "year"),
    ("last_year", "figure"),
];

/// What can be named with a dot.
pub(super) const ROOTS: [&str; NOUNS.len()] = {
    let mut roots = [""; NOUNS.len()];
    let mut at = 0;
    while at < NOUNS.len() {
        roots[at] = NOUNS[at].0;
        at += 1;
    }
    roots
};

/// What is to be said of a name that a record does not hold.
pub(super) fn unknown(facts: &Facts<'_>, found: &NameUse) -> Option<Diagnostic> {
    let known = facts.names(&found.root)?;
    if known.contains(&found.name) {
        return None;
    }
    let noun = NOUNS.iter().find(|(root, _)| *root == found.root);
    let noun = noun.map_or("figure", |(_, noun)| noun);
    let code =
        if noun == "figure" { &codes::UNKNOWN_FIGURE } else { &codes::UNKNOWN_ITEM };
    let holder = match found.root.strip_suffix(".f") {
        Some("last_year") => "the record of the year before",
        Some(year) => &format!("the record of {}", year.trim_start_matches("years.")),
        None if noun == "year" => "the series",
        None => "the record",
    };
    let message = format!("{holder} holds no {noun} `{}`", found.name);
    Some(
        Diagnostic::new(code, found.place, message)
            .maybe_hint(suggest(&found.name, known.iter().map(String::as_str))),
    )
}
