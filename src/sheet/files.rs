//! A sheet as files for spreadsheets and for programs.

use serde::Serialize;

use super::{Entry, Sheet};
use crate::locale::Language;

/// What the field `schema` of the JSON says. The number changes when a field changes its
/// meaning or goes; fields may be added without a change.
pub const SCHEMA: &str = "annals-figures/1";

/// What stands between a publication's path and the ending of its figures.
pub const CSV: &str = "figures.csv";

/// The same for programs.
pub const JSON: &str = "figures.json";

/// A byte order mark. Without it Excel and WPS on a Chinese machine read a CSV file as
/// GB 18030, and the Chinese in it becomes nonsense; programs that do not expect one have
/// the JSON.
const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// A sheet as a file: beside a page, and attached to a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetFile {
    /// What stands behind the publication's path: `figures.csv`.
    pub ending: &'static str,
    /// What the form of it is called: `CSV`.
    pub format: &'static str,
    /// The media type.
    pub media_type: &'static str,
    /// What it is, for readers.
    pub description: String,
    /// What it holds.
    pub text: String,
}

impl Sheet {
    /// Its files for an edition with this path and title; none where no figure is printed.
    pub fn files(
        &self,
        edition: &str,
        title: &str,
        language: Language,
    ) -> Vec<SheetFile> {
        if self.entries.is_empty() {
            return Vec::new();
        }
        let words = language.figure_words();
        let file = |ending, media_type, format, text| SheetFile {
            ending,
            format,
            media_type,
            description: format!("{}{}{format}", words.files, language.words().colon),
            text,
        };
        vec![
            file(CSV, "text/csv", "CSV", self.csv(language)),
            file(JSON, "application/json", "JSON", self.json(edition, title, language)),
        ]
    }

    /// A table for spreadsheets: UTF-8 with a byte order mark, lines and quotes by
    /// RFC 4180, heads in the language of the publication.
    pub fn csv(&self, language: Language) -> String {
        let heads = language.figure_words().columns.map(str::to_owned);
        let rows = self.entries.iter().map(|one| row(one, language));
        let mut out = String::from(BYTE_ORDER_MARK);
        for row in std::iter::once(heads).chain(rows) {
            let fields: Vec<String> = row.iter().map(|text| field(text)).collect();
            out.push_str(&fields.join(","));
            out.push_str("\r\n");
        }
        out
    }

    /// A description for programs: `schema`, `edition`, `title`, `language`, and
    /// `figures` in the order of print.
    pub fn json(&self, edition: &str, title: &str, language: Language) -> String {
        let figures = self.entries.iter().map(described).collect();
        let language = language.tag();
        let file = File { schema: SCHEMA, edition, title, language, figures };
        let mut text = serde_json::to_string_pretty(&file)
            .expect("texts and lists of them always serialise");
        text.push('\n');
        text
    }
}

/// A field of a table for spreadsheets. Text that one would take for a formula gets an
/// apostrophe before it, which is how a spreadsheet marks text; a number stays a number.
pub fn field(text: &str) -> String {
    let active = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = match active && text.parse::<f64>().is_err() {
        true => format!("'{text}"),
        false => text.to_owned(),
    };
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

/// The fields of one figure, as many as there are columns.
fn row(one: &Entry, language: Language) -> [String; 14] {
    let joined = |texts: &mut dyn Iterator<Item = &str>| {
        let mut all: Vec<&str> = Vec::new();
        for text in texts {
            if all.last() != Some(&text) && !all.contains(&text) {
                all.push(text);
            }
        }
        all.join(language.figure_words().stop)
    };
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        one.name.clone(),
        one.label.clone(),
        one.value.clone(),
        one.unit.clone(),
        one.text.clone(),
        joined(&mut one.printed.iter().map(|printed| printed.text.as_str())),
        optional(&one.scope),
        one.period.map_or_else(String::new, |period| period.to_string()),
        one.as_of.map_or_else(String::new, |date| date.to_string()),
        optional(&one.source),
        optional(&one.definition),
        optional(&one.formula),
        one.cell.clone(),
        joined(&mut one.printed.iter().map(|printed| printed.place.as_str())),
    ]
}

#[derive(Serialize)]
struct File<'a> {
    schema: &'static str,
    edition: &'a str,
    title: &'a str,
    language: &'static str,
    figures: Vec<Described<'a>>,
}

/// A figure for programs. What is not known is left out.
#[derive(Serialize)]
struct Described<'a> {
    id: &'a str,
    label: &'a str,
    value: &'a str,
    unit: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    definition: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    formula: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    cell: &'a str,
    printed: Vec<Stands<'a>>,
}

/// One printing of a figure for programs.
#[derive(Serialize)]
struct Stands<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    form: Option<&'a str>,
    place: &'a str,
}

fn described(one: &Entry) -> Described<'_> {
    let printed = one.printed.iter().map(|printed| Stands {
        text: &printed.text,
        form: printed.form.as_deref(),
        place: &printed.place,
    });
    Described {
        id: &one.name,
        label: &one.label,
        value: &one.value,
        unit: &one.unit,
        text: &one.text,
        bound: one.bound,
        scope: one.scope.as_deref(),
        period: one.period.map(|period| period.to_string()),
        as_of: one.as_of.map(|date| date.to_string()),
        source: one.source.as_deref(),
        definition: one.definition.as_deref(),
        formula: one.formula.as_deref(),
        note: one.note.as_deref(),
        cell: &one.cell,
        printed: printed.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn no_field_is_taken_for_a_formula() {
        assert_eq!(field("=1+1"), "'=1+1");
        assert_eq!(field("+市级"), "'+市级");
        assert_eq!(field("@甲,乙"), "\"'@甲,乙\"");
        assert_eq!(field("-2+3+cmd|' /C calc'!A0"), "'-2+3+cmd|' /C calc'!A0");
        assert_eq!(field("-3.1"), "-3.1");
        assert_eq!(field("说“\"好\"”"), "\"说“\"\"好\"\"”\"");
    }
}
