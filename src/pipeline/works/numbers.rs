//! Hands a finished document's numbers to `audit`.

use std::collections::{BTreeMap, BTreeSet};

use super::Works;
use crate::audit;
use crate::diag::Diagnostics;
use crate::document::Document;
use crate::locale::Language;
use crate::manuscript::Origin;
use crate::merge::Merged;
use crate::model::{Figure, Period, Year};
use crate::press::{Edition, Press, Text};
use crate::prose::{DATA, Prose, Role};
use crate::sheet::{self, Sheet};
use crate::source::{Place, Sources};
use crate::trace::Number;
use crate::{parse, template};

/// Says where the numbers of a press's documents come from.
#[derive(Debug)]
pub struct Auditor<'a> {
    press: &'a Press,
    sources: &'a Sources,
    /// The scopes for which the press holds the same figure, by its label, unit and period.
    scopes: BTreeMap<(&'a str, &'a str, Period), BTreeSet<&'a str>>,
}

impl<'a> Auditor<'a> {
    /// Gathers what it asks of a press.
    pub fn new(press: &'a Press, sources: &'a Sources) -> Self {
        let mut scopes: BTreeMap<_, BTreeSet<&str>> = BTreeMap::new();
        for series in press.series.values() {
            for (year, record) in &series.records {
                for figure in record.figures.values() {
                    let period = figure.period.unwrap_or(Period::Year(*year));
                    let unit = figure.value.unit.as_str();
                    let scopes = scopes.entry((figure.label.as_str(), unit, period));
                    scopes.or_default().extend(figure.scope.as_deref());
                }
            }
        }
        scopes.retain(|_, scopes| scopes.len() > 1);
        Self { press, sources, scopes }
    }

    /// The numbers of a document with where they come from; those that come from nowhere
    /// are reported.
    pub fn audit(
        &self,
        edition: &Edition<'_>,
        (merged, document): (&Merged, &Document),
        diags: &mut Diagnostics,
    ) -> Vec<Number> {
        let front = &edition.narrative.front;
        let whole = Place::whole(edition.narrative.file);
        let mut proses = vec![front_prose(&front.title, Role::Title)];
        proses.extend(front.subtitle.iter().map(|text| front_prose(text, Role::Title)));
        proses.extend(front.summary.iter().map(|text| front_prose(text, Role::Field)));
        proses.extend(parse::prose(&merged.manuscript, whole));
        let language = edition.language;
        let figure =
            |name: &str| figure(self.press, language, name).map(|(figure, _)| figure);
        let settings = &self.press.settings.audit;
        let work = audit::Numbers {
            document,
            manuscript: &merged.manuscript,
            proses: &proses,
            records: [edition.record, &edition.series.shared],
            figure: &figure,
            sources: self.sources,
            narrative: whole,
            stray: settings.of(&edition.kind.name),
            settings,
            period: edition.period,
            scopes: &|figure| self.scopes_of(figure, edition.narrative.year),
        };
        audit::units(document, language, diags);
        let names = audit::Names { document, records: work.records, period: work.period };
        audit::names(&names, diags);
        audit::numbers(&work, diags)
    }

    /// What it asks of the press as a text: editions are made alike where it is the same.
    pub(super) fn to_text(&self) -> String {
        format!("{:?}", self.scopes)
    }

    fn scopes_of(&self, figure: &Figure, year: Option<Year>) -> Vec<&'a str> {
        let period = figure.period.or(year.map(Period::Year));
        let key = period
            .map(|period| (figure.label.as_str(), figure.value.unit.as_str(), period));
        let found = key.and_then(|key| self.scopes.get(&key));
        found.map_or_else(Vec::new, |scopes| scopes.iter().copied().collect())
    }
}

impl<'a> Works<'a> {
    /// The numbers of an edition with where they come from; nothing where it cannot be
    /// composed, which is reported.
    pub fn numbers(
        &self,
        edition: &Edition<'a>,
        diags: &mut Diagnostics,
    ) -> Option<Vec<Number>> {
        let mut own = Diagnostics::new();
        let composed = self.compose(edition, &mut own);
        let numbers = composed.map(|composed| {
            let finished = (&composed.merged, &composed.document);
            self.auditor.audit(edition, finished, &mut own)
        });
        super::super::regrade(&self.press.settings, &mut own);
        diags.extend(own);
        numbers.ok()
    }

    /// The figures that a document prints, with what its readers may ask of them.
    pub(super) fn sheet(&self, edition: &Edition<'a>, document: &Document) -> Sheet {
        let language = edition.language;
        let known = sheet::Known {
            figure: &|name| figure(self.press, language, name).map(|(figure, _)| figure),
            show: &|place| self.sources.show(place),
            language,
        };
        Sheet::of(document, known)
    }

    /// Adds what follows the text: corrections of its figures, and where they come from.
    pub(super) fn add_sections(
        &self,
        edition: &Edition<'a>,
        sheet: &Sheet,
        document: &mut Document,
    ) {
        let (front, contract) = (&edition.narrative.front, &edition.kind.text);
        let language = edition.language;
        if contract.corrections {
            let known = |name: &str| figure(self.press, language, name);
            sheet::corrections(document, sheet, &known, front.place, language);
        }
        if front.sources.unwrap_or(contract.sources) {
            sheet::sources(document, sheet, front.place, language);
        }
    }

    /// Reports numbers of a published edition that have changed in silence.
    pub(super) fn unchanged(
        &self,
        edition: &Edition<'a>,
        now: &[Number],
        diags: &mut Diagnostics,
    ) {
        let front = &edition.narrative.front;
        let Some(published) = &self.recipe.published else { return };
        let is_out = front.date.is_some_and(|date| date <= published.today);
        if !is_out || front.draft {
            return;
        }
        if let Some(last) = published.trace.numbers(&edition.path) {
            let figure = |name: &str| figure(self.press, edition.language, name);
            audit::unchanged(&last, now, &figure, front.place, diags);
        }
    }
}

/// A line of front matter as its writer sees it.
fn front_prose(text: &Text, role: Role) -> Prose {
    let mut prose = Prose::new(role, text.place);
    let source = text.place.range().unwrap_or(0..0);
    let outline = template::outline(&text.text, 0..text.text.len(), text.place.file);
    let ends = outline.pieces.iter().skip(1).map(|piece| piece.start);
    let ends = ends.chain(std::iter::once(outline.text.len()));
    for (piece, end) in outline.pieces.iter().zip(ends) {
        match piece.origin {
            // The text may have been unescaped from TOML or YAML.
            Origin::Literal => prose
                .push_unplaced(outline.text.get(piece.start..end).unwrap_or_default()),
            Origin::Expression => prose.push_opaque(DATA, source.clone()),
        }
    }
    prose
}

/// The figure and its revisions with this name, in a language: `series/year/id` or `series/id`.
fn figure<'p>(
    press: &'p Press,
    language: Language,
    name: &str,
) -> Option<sheet::Revised<'p>> {
    let (record, id) = name.rsplit_once('/')?;
    let record = match record.split_once('/') {
        Some((series, year)) => {
            press.series_in(series, language)?.records.get(&year.parse().ok()?)?
        }
        None => &press.series_in(record, language)?.shared,
    };
    Some((record.figures.get(id)?, &record.revisions))
}
