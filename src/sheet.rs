//! The figures that a publication prints (数据表), each once, with all that its readers may
//! ask: what the notes of a page, the files beside it and the table of sources say.

mod files;
mod sections;

use std::collections::BTreeMap;

pub use files::{CSV, JSON, SCHEMA, SheetFile, field};
pub use sections::{Revised, corrections, sources};

use crate::document::{Document, FigureText, InlineKind};
use crate::formula::FUNCTIONS;
use crate::locale::Language;
use crate::model::{Bound, Date, Figure, Input, Period};
use crate::source::Place;

/// The figures of a publication, in the order in which they are first printed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// One for each figure.
    pub entries: Vec<Entry>,
    by_name: BTreeMap<String, usize>,
}

/// A figure that is printed, and what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// `series/year/id`.
    pub name: String,
    /// What it measures.
    pub label: String,
    /// The value as the record has it: `1200余万元`.
    pub text: String,
    /// The value as a plain decimal number, magnitude applied.
    pub value: String,
    /// The unit.
    pub unit: String,
    /// How the value relates to what it measures, where it is not exact.
    pub bound: Option<&'static str>,
    /// What it covers.
    pub scope: Option<String>,
    /// The time it covers.
    pub period: Option<Period>,
    /// The day on which it was true.
    pub as_of: Option<Date>,
    /// Who says so.
    pub source: Option<String>,
    /// What exactly is counted.
    pub definition: Option<String>,
    /// What it is computed from, in words.
    pub formula: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// The cell or line of the data.
    pub cell: String,
    /// The place of that cell.
    pub place: Option<Place>,
    /// Where it is printed, in order.
    pub printed: Vec<Printed>,
}

/// One printing of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// What stands in print.
    pub text: String,
    /// The form of print, where it is not that of the record.
    pub form: Option<String>,
    /// The place in the narrative.
    pub place: String,
}

/// What a sheet asks of a press.
#[derive(Clone, Copy)]
pub struct Known<'k, 'a> {
    /// The figure with a name (`series/year/id`).
    pub figure: &'k dyn Fn(&str) -> Option<&'a Figure>,
    /// A place as readers find it.
    pub show: &'k dyn Fn(Place) -> String,
    /// The language of the publication.
    pub language: Language,
}

impl Sheet {
    /// Gathers the figures of a document.
    pub fn of(document: &Document, known: Known<'_, '_>) -> Self {
        let mut sheet = Self::default();
        document.each_inline(&mut |inline| {
            if let InlineKind::Figure(text) = &inline.kind {
                sheet.add(text, (known.show)(inline.place), known);
            }
        });
        sheet
    }

    /// The figure with a name, and its number among the entries, from 1.
    pub fn find(&self, name: &str) -> Option<(usize, &Entry)> {
        let index = *self.by_name.get(name)?;
        Some((index + 1, self.entries.get(index)?))
    }

    fn add(&mut self, text: &FigureText, place: String, known: Known<'_, '_>) {
        let name = &text.figure.name;
        let index = match self.by_name.get(name) {
            Some(&index) => index,
            None => {
                self.by_name.insert(name.clone(), self.entries.len());
                self.entries.push(entry(text, known));
                self.entries.len() - 1
            }
        };
        let form = text.figure.form.clone();
        let printed = Printed { text: text.text.clone(), form, place };
        self.entries[index].printed.push(printed);
    }
}

impl Entry {
    /// What a note says of it: words, each with what it stands before.
    pub fn said(&self, language: Language) -> Vec<(&'static str, String)> {
        let words = language.figure_words();
        let period = self.period.map(|period| language.period(period));
        let date = self.as_of.map(|date| language.date(date));
        let all = [
            (words.value, Some(self.text.clone())),
            (words.scope, self.scope.clone()),
            (words.period, period),
            (words.as_of, date),
            (words.source, self.source.clone()),
            (words.definition, self.definition.clone()),
            (words.formula, self.formula.clone()),
            (words.note, self.note.clone()),
        ];
        all.into_iter().filter_map(|(word, text)| Some((word, text?))).collect()
    }
}

fn entry(text: &FigureText, known: Known<'_, '_>) -> Entry {
    let reference = &text.figure;
    let figure = (known.figure)(&reference.name);
    let of = |take: fn(&Figure) -> Option<String>| figure.and_then(take);
    let bound = figure.map(|figure| figure.value.bound);
    let bound = bound.filter(|bound| *bound != Bound::Exact);
    let period = figure.and_then(|figure| figure.period);
    let formula = figure.and_then(|figure| figure.formula.as_ref());
    let formula = formula.map(|formula| {
        let ids = formula.inputs.iter().filter_map(|input| match input {
            Input::Figure(_, id) => Some(id.as_str()),
            Input::Rows(_) => None,
        });
        let labels = ids.filter_map(|id| {
            let (record, _) = reference.name.rsplit_once('/')?;
            let other = (known.figure)(&format!("{record}/{id}"))?;
            Some((id, other.label.as_str()))
        });
        in_words(&formula.text, &labels.collect(), known.language)
    });
    Entry {
        name: reference.name.clone(),
        label: of(|figure| Some(figure.label.clone())).unwrap_or_default(),
        text: of(|figure| Some(figure.value.text.clone()))
            .unwrap_or_else(|| text.text.clone()),
        value: reference.value.clone(),
        unit: reference.unit.clone(),
        bound: bound.map(Bound::word),
        scope: of(|figure| figure.scope.clone()),
        period: period.or_else(|| year(&reference.name).map(Period::Year)),
        as_of: figure.and_then(|figure| figure.as_of),
        source: of(|figure| figure.source.clone()),
        definition: of(|figure| figure.definition.clone()),
        formula,
        note: of(|figure| figure.note.clone()),
        cell: figure.map_or_else(String::new, |figure| (known.show)(figure.value_place)),
        place: figure.map(|figure| figure.value_place),
        printed: Vec::new(),
    }
}

/// The year in `series/year/id`.
fn year(name: &str) -> Option<i16> {
    let (record, _) = name.rsplit_once('/')?;
    record.rsplit_once('/')?.1.parse().ok()
}

/// A formula with the labels of figures for their ids, and with the names of functions and
/// the marks of the reader's language.
fn in_words(formula: &str, labels: &BTreeMap<&str, &str>, language: Language) -> String {
    let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let chinese = language == Language::Zh;
    let mut out = String::with_capacity(formula.len());
    let mut rest = formula;
    while let Some(c) = rest.chars().next() {
        let end = match named(c) {
            true => rest.find(|c| !named(c)).unwrap_or(rest.len()),
            false => c.len_utf8(),
        };
        let (word, after) = rest.split_at(end);
        rest = after;
        let called = after.trim_start().starts_with(['(', '（']);
        let function = FUNCTIONS.iter().find(|one| called && one.name == word);
        let alias = function.and_then(|one| one.aliases.first());
        out.push_str(match word {
            "(" if chinese => "（",
            ")" if chinese => "）",
            "," | "，" if chinese => {
                rest = rest.trim_start();
                "，"
            }
            _ if called => alias.filter(|_| chinese).copied().unwrap_or(word),
            _ => labels.get(word).copied().unwrap_or(word),
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_name_figures_by_what_they_measure() {
        let labels = [("inspected", "参检单位"), ("all", "登记单位")].into();
        let words = |text, language| in_words(text, &labels, language);
        assert_eq!(
            words("share(inspected, all)", Language::Zh),
            "占比（参检单位，登记单位）"
        );
        assert_eq!(words("share(inspected, 3)", Language::En), "share(参检单位, 3)");
        assert_eq!(words("inspected - 5家", Language::Zh), "参检单位 - 5家");
        assert_eq!(words("all-in + 总数", Language::Zh), "all-in + 总数");
    }

    #[test]
    fn the_year_is_in_the_name() {
        assert_eq!(year("baoji/2020/donors"), Some(2020));
        assert_eq!(year("baoji/donors"), None);
        assert_eq!(year("donors"), None);
    }
}
