//! Tera's errors as diagnostics with places in the editor's own files.

use std::ops::Range;

use tera::{Error, ErrorKind};

use crate::diag::codes::merge as codes;
use crate::diag::{Diagnostic, suggest};
use crate::source::Place;

/// Turns an error into diagnostics, at least one. `locate` finds the place of a byte range in a template by the
/// template's name, `text` the text of a template; `fallback` is where the error is put
/// when Tera names no place; `known` are the names of all templates.
pub(super) fn lift<'t>(
    error: &Error,
    locate: impl Fn(&str, Range<usize>) -> Option<Place>,
    text: impl Fn(&str) -> Option<&'t str>,
    fallback: Place,
    known: &[&str],
) -> Vec<Diagnostic> {
    if let ErrorKind::Msg(message) = error.kind() {
        let found: Vec<Diagnostic> = reports(message)
            .map(|report| {
                let range = text(report.template).and_then(|text| report.range(text));
                let place = range.and_then(|range| locate(report.template, range));
                report.diagnostic(place.unwrap_or(fallback), known)
            })
            .collect();
        if !found.is_empty() {
            return found;
        }
    }
    vec![single(error, locate, fallback, known)]
}

/// Where in a template carrying it out failed.
pub(super) fn rendering_range(error: &Error, template: &str) -> Option<Range<usize>> {
    match error.kind() {
        ErrorKind::RenderingError(report) if report.filename() == template => {
            Some(report.span().range.clone())
        }
        _ => None,
    }
}

/// The templates that an error blames.
pub(super) fn culprits(error: &Error) -> Vec<String> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            vec![report.filename().to_owned()]
        }
        ErrorKind::CircularExtend { tpl, .. }
        | ErrorKind::CircularInclude { tpl, .. }
        | ErrorKind::MissingParent { current: tpl, .. } => vec![tpl.clone()],
        ErrorKind::Msg(message) => {
            reports(message).map(|report| report.template.to_owned()).collect()
        }
        _ => Vec::new(),
    }
}

/// A finding that Tera gives as text alone: names that are checked before rendering.
///
/// ```text
/// error: Unknown filter `hann`
///  --> __tera_one_off:2:16
///   |
/// 2 | {{ period | hann }}
///   |                ^^^^
/// ```
struct Report<'m> {
    message: &'m str,
    template: &'m str,
    /// Line and column in characters, from 0.
    line: usize,
    column: usize,
    width: usize,
}

/// The reports in an error's text.
fn reports(message: &str) -> impl Iterator<Item = Report<'_>> {
    message.split("error: ").filter_map(|part| {
        let mut lines = part.lines();
        let message = lines.next()?;
        let place = lines.next()?.trim_start().strip_prefix("--> ")?;
        let (rest, column) = place.rsplit_once(':')?;
        let (template, line) = rest.rsplit_once(':')?;
        let marks = lines.nth(2).unwrap_or_default();
        Some(Report {
            message,
            template,
            line: line.parse::<usize>().ok()?.checked_sub(1)?,
            column: column.parse::<usize>().ok()?.checked_sub(1)?,
            width: marks.matches('^').count(),
        })
    })
}

impl Report<'_> {
    /// The bytes of the template that are meant.
    fn range(&self, text: &str) -> Option<Range<usize>> {
        let line = text.split('\n').nth(self.line)?;
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        let at = |chars: usize| {
            line.char_indices().nth(chars).map_or(line.len(), |(at, _)| at) + start
        };
        Some(at(self.column)..at(self.column + self.width))
    }

    fn diagnostic(&self, place: Place, known: &[&str]) -> Diagnostic {
        let name = self.message.split('`').nth(1).unwrap_or_default();
        if self.message.starts_with("Unknown template") {
            let message = format!("there is no template `{name}`");
            return Diagnostic::new(&codes::MISSING_TEMPLATE, place, message)
                .maybe_hint(suggest(name, known.iter().copied()));
        }
        let message = match self.message.strip_prefix("Unknown ") {
            Some(what) => format!("there is no {what}"),
            None => sentence(self.message),
        };
        Diagnostic::new(&codes::TEMPLATE_ERROR, place, message)
    }
}

fn single(
    error: &Error,
    locate: impl Fn(&str, Range<usize>) -> Option<Place>,
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
        )
        .maybe_hint(
            report.message().eq_ignore_ascii_case("unexpected character").then(|| {
                "put a name that is not ASCII in brackets: `row[\"名称\"]`".to_owned()
            }),
        ),
        ErrorKind::RenderingError(report)
            if report.message().contains(super::fuel::SPENT) =>
        {
            let message = report.message();
            let message = message.split_once(super::fuel::SPENT).map_or(message, |m| m.1);
            Diagnostic::new(&codes::MERGED_TOO_LONG, place_of(report), message).hint(
                "look for a loop over a large `range`, or one that adds to a variable",
            )
        }
        ErrorKind::RenderingError(report) => {
            if let Some((_, why)) = report.message().split_once(super::marks::UNTRUE) {
                return Diagnostic::new(
                    &codes::UNTRUE_FORM,
                    place_of(report),
                    sentence(why),
                )
                .hint("choose a form that is true of the value, or correct the value");
            }
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
        return (sentence(&in_words(message)), None);
    };
    let wanted = what.split('`').nth(1).unwrap_or_default();
    let names = names.split_once(": ").map_or("", |(_, names)| names);
    let known =
        names.split(", ").filter(|name| !name.contains(super::marks::UNPRINTABLE));
    (sentence(what), suggest(wanted, known))
}

/// Tera's message without the names of its types: `&[Value]` is a list.
fn in_words(message: &str) -> String {
    if message == "Tried to render a variable that is undefined" {
        return "this name is not defined, or its field is empty".to_owned();
    }
    let wrong = message
        .split_once("expected `")
        .and_then(|(_, rest)| rest.split_once("` but got `"))
        .and_then(|(expected, rest)| Some((expected, rest.split_once('`')?.0)));
    let Some((expected, found)) = wrong else { return message.to_owned() };
    let expected = match expected {
        "&[Value]" | "Vec<Value>" => "a list",
        "&str" | "String" | "Cow<str>" => "text",
        other => other,
    };
    match found {
        "undefined" => format!("expected {expected}, found a name that is not defined"),
        found => format!("expected {expected}, found {found}"),
    }
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
