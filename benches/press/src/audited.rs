//! The audit of an edition, as `pipeline` asks for it.

use std::collections::{BTreeMap, BTreeSet};

use annals::audit;
use annals::diag::Diagnostics;
use annals::document::Document;
use annals::merge::Merged;
use annals::model::{Figure, Period};
use annals::parse;
use annals::press::{Edition, Press};
use annals::prose::{Prose, Role};
use annals::source::{Place, Sources};

/// The scopes for which a press holds the same figure.
pub struct Scopes<'a>(BTreeMap<(&'a str, &'a str, Period), BTreeSet<&'a str>>);

impl<'a> Scopes<'a> {
    /// Gathers those of a press.
    pub fn new(press: &'a Press) -> Self {
        let mut all: BTreeMap<_, BTreeSet<&str>> = BTreeMap::new();
        let records = press.series.values().flat_map(|series| &series.records);
        for (year, record) in records {
            for figure in record.figures.values() {
                let period = figure.period.unwrap_or(Period::Year(*year));
                let unit = figure.value.unit.as_str();
                let scopes = all.entry((figure.label.as_str(), unit, period));
                scopes.or_default().extend(figure.scope.as_deref());
            }
        }
        all.retain(|_, scopes| scopes.len() > 1);
        Self(all)
    }
}

/// Where the numbers of a document come from, its units and names, and whether it is what it
/// says of itself; gives how many numbers it has.
pub fn audit(
    press: &Press,
    scopes: &Scopes<'_>,
    edition: &Edition<'_>,
    (merged, document): (&Merged, &Document),
    sources: &Sources,
    diags: &mut Diagnostics,
) -> usize {
    let front = &edition.narrative.front;
    let whole = Place::whole(edition.narrative.file);
    let mut title = Prose::new(Role::Title, front.title.place);
    title.push_unplaced(&front.title.text);
    let mut proses = vec![title];
    proses.extend(parse::prose(&merged.manuscript, whole));
    let figure = |name: &str| {
        let (record, id) = name.rsplit_once('/')?;
        let (series, year) = record.split_once('/')?;
        let series = press.series_in(series, edition.language)?;
        series.records.get(&year.parse().ok()?)?.figures.get(id)
    };
    let year = edition.narrative.year;
    let of = |figure: &Figure| {
        let period = figure.period.or(year.map(Period::Year));
        let key = period
            .map(|period| (figure.label.as_str(), figure.value.unit.as_str(), period));
        let found = key.and_then(|key| scopes.0.get(&key));
        found.map_or_else(Vec::new, |scopes| scopes.iter().copied().collect())
    };
    let records = [edition.record, &edition.series.shared];
    let work = audit::Numbers {
        document,
        manuscript: &merged.manuscript,
        proses: &proses,
        records,
        figure: &figure,
        sources,
        narrative: whole,
        stray: press.settings.audit.of(&edition.kind.name),
        settings: &press.settings.audit,
        period: edition.period,
        scopes: &of,
    };
    audit::units(document, edition.language, diags);
    audit::names(&audit::Names { document, records, period: work.period }, diags);
    let numbers = audit::numbers(&work, diags);
    let whole = audit::Work {
        document,
        meta: &merged.meta,
        title: front.title.place,
        front: front.place,
        kind: edition.kind,
    };
    audit::document(&whole, diags);
    numbers.len()
}
