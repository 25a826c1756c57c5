//! Values as Typst writes them: the border across which text goes into Typst.
//!
//! Text becomes a string literal, in which only `"` and `\` mean anything; it never
//! becomes markup.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::coverage::is_white;
use crate::locale::Language;
use crate::model::Datum;
use crate::press::Meta;
use crate::theme::{Colour, Look, Masthead};

/// Writes a string literal that stands for exactly this text.
pub(super) fn string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
}

/// Writes a string literal for running text: white space and line ends are one space, as
/// a browser shows them, and byte order marks, which PDF/A forbids, are left out.
pub(super) fn running_text(out: &mut String, text: &str) {
    out.push('"');
    let mut after_space = false;
    for c in text.chars() {
        if is_white(c) {
            if !after_space {
                out.push(' ');
            }
            after_space = true;
            continue;
        }
        after_space = false;
        match c {
            '\u{feff}' => continue,
            '"' | '\\' => out.push('\\'),
            _ => {}
        }
        out.push(c);
    }
    out.push('"');
}

/// Writes what an edition says of itself as fields of the dictionary that layouts call
/// `meta`. `tighten` is not of the edition: how many lines more than usual, or less, a page is
/// to hold.
pub(super) fn meta_fields(out: &mut String, meta: &Meta, tighten: i64) {
    let language = meta.language;
    field(out, "title", |out| running_text(out, &meta.title));
    field(out, "subtitle", |out| maybe(out, meta.subtitle.as_deref()));
    field(out, "authors", |out| strings(out, &meta.authors));
    field(out, "keywords", |out| strings(out, &meta.keywords));
    field(out, "summary", |out| maybe(out, meta.summary.as_deref()));
    let date = meta.date.map(|date| language.date(date));
    field(out, "date", |out| maybe(out, date.as_deref()));
    let iso = meta.date.map(|date| date.to_string());
    field(out, "iso-date", |out| maybe(out, iso.as_deref()));
    field(out, "language", |out| string(out, language.word()));
    field(out, "publisher", |out| maybe(out, meta.publisher.as_deref()));
    field(out, "kind", |out| string(out, &meta.kind));
    field(out, "kind-label", |out| running_text(out, &meta.kind_label));
    let period = meta.period.map(|period| language.period(period));
    field(out, "period", |out| maybe(out, period.as_deref()));
    let issue = meta.issue.map_or_else(|| "none".to_owned(), |issue| issue.to_string());
    field(out, "issue", |out| out.push_str(&issue));
    field(out, "draft", |out| boolean(out, meta.draft));
    field(out, "watermark", |out| maybe(out, meta.watermark.as_deref()));
    field(out, "path", |out| string(out, &meta.path));
    field(out, "tighten", |out| out.push_str(&tighten.to_string()));
    field(out, "extra", |out| table(out, &meta.extra, language));
    field(out, "series", |out| {
        out.push('(');
        field(out, "name", |out| string(out, &meta.series));
        field(out, "title", |out| running_text(out, &meta.series_title));
        field(out, "extra", |out| table(out, &meta.series_extra, language));
        out.push(')');
    });
}

/// Writes a look as a dictionary: colours, lengths and lists that layouts use as they are.
pub(super) fn theme(out: &mut String, look: &Look) {
    out.push('(');
    field(out, "colours", |out| {
        entries(out, &look.colours, |out, value| colour(out, *value));
    });
    field(out, "faces", |out| {
        entries(out, &look.faces, |out, face| {
            out.push('(');
            field(out, "class", |out| string(out, face.class));
            field(out, "weight", |out| out.push_str(&face.weight().to_string()));
            out.push(')');
        });
    });
    field(out, "families", |out| {
        entries(out, &look.families, |out, families| strings(out, &families.names));
    });
    field(out, "sizes", |out| {
        entries(out, &look.sizes, |out, size| out.push_str(&size.to_string()));
    });
    field(out, "line", |out| out.push_str(&look.line.to_string()));
    field(out, "masthead", |out| {
        let Masthead { rule, weight, tracking } = &look.masthead;
        out.push('(');
        field(out, "rule", |out| string(out, rule.word()));
        field(out, "weight", |out| out.push_str(&weight.to_string()));
        field(out, "tracking", |out| out.push_str(&tracking.to_string()));
        out.push(')');
    });
    field(out, "palette", |out| {
        out.push('(');
        for &value in &look.palette {
            colour(out, value);
            out.push_str(", ");
        }
        out.push(')');
    });
    out.push(')');
}

fn colour(out: &mut String, colour: Colour) {
    out.push_str("rgb(");
    string(out, &colour.to_string());
    out.push(')');
}

/// Writes roles with what they have; an empty dictionary is `(:)`.
fn entries<T>(
    out: &mut String,
    roles: &BTreeMap<&'static str, T>,
    write: impl Fn(&mut String, &T),
) {
    out.push_str(if roles.is_empty() { "(:" } else { "(" });
    for (role, value) in roles {
        field(out, role, |out| write(out, value));
    }
    out.push(')');
}

fn field(out: &mut String, key: &str, value: impl FnOnce(&mut String)) {
    string(out, key);
    out.push_str(": ");
    value(out);
    out.push_str(", ");
}

fn maybe(out: &mut String, text: Option<&str>) {
    match text {
        Some(text) => running_text(out, text),
        None => out.push_str("none"),
    }
}

fn boolean(out: &mut String, value: bool) {
    out.push_str(if value { "true" } else { "false" });
}

fn strings(out: &mut String, texts: &[String]) {
    out.push('(');
    for text in texts {
        running_text(out, text);
        out.push_str(", ");
    }
    out.push(')');
}

/// An empty dictionary is `(:)`; `()` would be an array.
fn table(out: &mut String, fields: &IndexMap<String, Datum>, language: Language) {
    out.push_str(if fields.is_empty() { "(:" } else { "(" });
    for (key, value) in fields {
        field(out, key, |out| datum(out, value, language));
    }
    out.push(')');
}

/// Everything but truth values, lists and tables arrives as the text that a reader is to
/// see; numbers too, so that `15.90` stays `15.90`.
fn datum(out: &mut String, value: &Datum, language: Language) {
    match value {
        Datum::Null => out.push_str("none"),
        Datum::Bool(value) => boolean(out, *value),
        Datum::Number(_, text) | Datum::Text(text) => running_text(out, text),
        Datum::Date(date) => running_text(out, &language.date(*date)),
        Datum::Period(period) => running_text(out, &language.period(*period)),
        Datum::Quantity(quantity) => running_text(out, &quantity.text),
        Datum::List(list) => {
            out.push('(');
            for value in list {
                datum(out, value, language);
                out.push_str(", ");
            }
            out.push(')');
        }
        Datum::Table(fields) => table(out, fields, language),
    }
}
