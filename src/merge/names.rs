//! Names in a narrative that lead nowhere, all of them at once.

use std::ops::Range;

use super::Facts;
use crate::diag::codes::merge as codes;
use crate::diag::{Diagnostic, Diagnostics, Reported, suggest};
use crate::source::{FileId, Sources};
use crate::template::Narratives;

/// What can be named with a dot, and what such a thing is called.
const ROOTS: &[(&str, &str)] = &[
    ("f", "figure"),
    ("figure", "figure"),
    ("event", "event"),
    ("task", "task"),
    ("organisation", "organisation"),
    ("office", "office"),
    ("data", "table"),
];

/// Reports every `f.NAME`, `event.NAME`… of a narrative that its record does not hold.
///
/// # Errors
/// When there is one.
pub fn check_names(
    engine: &Narratives,
    facts: &Facts<'_>,
    file: FileId,
    body: Range<usize>,
    sources: &Sources,
    diags: &mut Diagnostics,
) -> Result<(), Reported> {
    let roots: Vec<&str> = ROOTS.iter().map(|&(root, _)| root).collect();
    let mut result = Ok(());
    for found in engine.uses(file, body, &roots, sources) {
        let known = facts.names(&found.root);
        if known.contains(&found.name.as_str()) {
            continue;
        }
        let noun = ROOTS.iter().find(|(root, _)| *root == found.root).map_or("", |r| r.1);
        let code =
            if noun == "figure" { &codes::UNKNOWN_FIGURE } else { &codes::UNKNOWN_ITEM };
        let message = format!("the record holds no {noun} `{}`", found.name);
        let finding = Diagnostic::new(code, found.place, message)
            .maybe_hint(suggest(&found.name, known));
        result = Err(diags.add(finding));
    }
    result
}
