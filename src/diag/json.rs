//! Findings as JSON, one object in a line, for editors and other programs.

use std::fmt::Write as _;

use serde::Serialize;

use super::render::{Ends, ends};
use super::{Diagnostic, Diagnostics, Severity};
use crate::source::{Place, Sources};

/// What the field `schema` of a finding says. The number changes when a field changes
/// its meaning or goes; fields may be added without a change.
pub const SCHEMA: &str = "annals-diagnostic/1";

/// What the field `schema` of the closing line says.
pub const SUMMARY_SCHEMA: &str = "annals-summary/1";

/// A finding: all fields are always there, `null` where they do not apply.
#[derive(Debug, Serialize)]
struct Finding<'a> {
    /// [`SCHEMA`].
    schema: &'static str,
    /// The code, as `annals explain` takes it.
    code: &'static str,
    /// `error`, `warning` or `note`.
    severity: &'static str,
    /// One sentence.
    message: &'a str,
    /// Where.
    #[serde(flatten)]
    location: Location,
    /// What to do.
    hints: &'a [String],
    /// Further places.
    related: Vec<Related<'a>>,
    /// What `annals check --fix` puts where, to mend it.
    fix: Option<Vec<Replacement<'a>>>,
}

/// An edit of a fix.
#[derive(Debug, Serialize)]
struct Replacement<'a> {
    #[serde(flatten)]
    location: Location,
    /// What is to stand there.
    replacement: &'a str,
}

/// A place: lines and columns count from 1, columns in characters, the end exclusive.
#[derive(Debug, Default, Serialize)]
struct Location {
    /// Path below the press root; built-in templates begin with `annals:`.
    file: Option<String>,
    /// Line.
    line: Option<usize>,
    /// Column.
    column: Option<usize>,
    /// Where the place ends.
    end: Option<End>,
    /// Sheet of a workbook.
    sheet: Option<String>,
    /// Cell of the sheet.
    cell: Option<String>,
}

#[derive(Debug, Serialize)]
struct End {
    line: usize,
    column: usize,
}

#[derive(Debug, Serialize)]
struct Related<'a> {
    message: &'a str,
    #[serde(flatten)]
    location: Location,
}

#[derive(Debug, Serialize)]
struct Summary {
    schema: &'static str,
    errors: usize,
    warnings: usize,
    notes: usize,
}

/// Renders a finding as one line of JSON.
pub fn json(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let related = diagnostic
        .related
        .iter()
        .map(|(place, words)| Related {
            message: words,
            location: locate(sources, *place),
        })
        .collect();
    let location = diagnostic.place.map(|place| locate(sources, place));
    let fix = diagnostic.fix.as_ref().map(|fix| {
        fix.edits
            .iter()
            .map(|edit| Replacement {
                location: locate(sources, edit.place),
                replacement: &edit.replacement,
            })
            .collect()
    });
    to_line(&Finding {
        schema: SCHEMA,
        code: diagnostic.code.id,
        severity: diagnostic.severity.word(),
        message: &diagnostic.message,
        location: location.unwrap_or_default(),
        hints: &diagnostic.hints,
        related,
        fix,
    })
}

/// Counts the findings in one line of JSON: the last line of a run.
pub fn json_summary(diagnostics: &Diagnostics) -> String {
    to_line(&Summary {
        schema: SUMMARY_SCHEMA,
        errors: diagnostics.count(Severity::Error),
        warnings: diagnostics.count(Severity::Warning),
        notes: diagnostics.count(Severity::Note),
    })
}

fn to_line(value: &impl Serialize) -> String {
    let line =
        serde_json::to_string(value).expect("strings and numbers always serialise");
    // JSON lets these stand as they are (RFC 8259, section 7); a terminal obeys them.
    line.chars().fold(String::with_capacity(line.len()), |mut out, found| {
        match found {
            '\u{7f}'..='\u{9f}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(found));
            }
            _ => out.push(found),
        }
        out
    })
}

fn locate(sources: &Sources, place: Place) -> Location {
    let file = Some(sources.get(place.file).path.clone());
    match ends(sources, place) {
        Ends::Whole => Location { file, ..Location::default() },
        Ends::Text(start, end) => Location {
            file,
            line: Some(start.line),
            column: Some(start.col),
            end: Some(End { line: end.line, column: end.col }),
            ..Location::default()
        },
        Ends::Cell { sheet, cell } => {
            Location { file, sheet: Some(sheet), cell: Some(cell), ..Location::default() }
        }
    }
}
