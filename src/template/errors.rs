//! Tera's errors as diagnostics with places in the editor's own files.

use tera::{Error, ErrorKind};

use crate::diag::codes::merge as codes;
use crate::diag::{Diagnostic, suggest};
use crate::source::Place;

/// Turns an error into diagnostics. `locate` finds the place of a byte range in a template by the
/// template's name; `fallback` is where the error is put when Tera names no place;
/// `known` are the names of all templates.
pub(super) fn lift(
    error: &Error,
    locate: impl Fn(&str, std::ops::Range<usize>) -> Option<Place>,
    fallback: Place,
    known: &[&str],
) -> Diagnostic {
    let place_of = |report: &tera::ReportError| {
        locate(report.filename(), report.span().range.clone()).unwrap_or(fallback)
    };
    match error.kind() {
        ErrorKind::SyntaxError(report) => Diagnostic::new(
            &codes::TEMPLATE_SYNTAX,
            place_of(report),
            sentence(report.message()),
        ),
        ErrorKind::RenderingError(report) => {
            let (message, hint) = rendering(report.message());
            Diagnostic::new(&codes::TEMPLATE_ERROR, place_of(report), message)
                .maybe_hint(hint)
        }
        ErrorKind::TemplateNotFound(name)
        | ErrorKind::MissingParent { parent: name, .. } => {
            let message = format!("there is no template `{name}`");
            Diagnostic::new(&codes::MISSING_TEMPLATE, fallback, message)
                .maybe_hint(suggest(name, known.iter().copied()))
        }
        ErrorKind::CircularInclude { tpl, .. }
        | ErrorKind::CircularExtend { tpl, .. } => {
            let message = format!("the template `{tpl}` includes itself");
            Diagnostic::new(&codes::TEMPLATE_ERROR, fallback, message)
        }
        ErrorKind::Io(_) => {
            let limit = super::MAX_MERGED_BYTES / (1024 * 1024);
            let message = format!("the merged text is longer than {limit} MB");
            Diagnostic::new(&codes::MERGED_TOO_LONG, fallback, message)
                .hint("look for a loop over a large `range`")
        }
        other => Diagnostic::new(
            &codes::TEMPLATE_ERROR,
            fallback,
            sentence(&other.to_string()),
        ),
    }
}

/// What Tera says of a rendering error; its list of names becomes a suggestion.
fn rendering(message: &str) -> (String, Option<String>) {
    let Some((what, names)) = message.split_once(" Available ") else {
        return (sentence(message), None);
    };
    let wanted = what.split('`').nth(1).unwrap_or_default();
    let names = names.split_once(": ").map_or("", |(_, names)| names);
    let known =
        names.split(", ").filter(|name| !name.contains(super::marks::UNPRINTABLE));
    (sentence(what), suggest(wanted, known))
}

/// Tera's message in the form of ours: one line, lower-case start, no final period.
fn sentence(message: &str) -> String {
    let line = message.lines().map(str::trim).filter(|line| !line.is_empty());
    let text = line.collect::<Vec<_>>().join("; ");
    let text = super::marks::strip(text.trim_end_matches('.'));
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => text,
    }
}
