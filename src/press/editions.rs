//! The editions that follow from the narratives of a press.

use std::sync::LazyLock;

use super::languages::dated_path;
use super::{Edition, Every, Kind, Narrative, Press, Series};
use crate::locale::Language;
use crate::model::schema::Collection;
use crate::model::{Period, Record, Year};

/// What an edition outside the years reports from.
static NO_RECORD: LazyLock<Record> = LazyLock::new(Record::default);

/// The editions of a press, in the order of its narratives, recurring ones by period.
///
/// A narrative is one edition; one with `every` is an edition for each month, quarter or
/// year of its record that has something to report ([`Record::reports`]) and nothing
/// missing that the kind cannot do without. Their issue
/// numbers count up over the whole record, so that selecting a period changes none.
pub fn editions(press: &Press) -> Vec<Edition<'_>> {
    let mut all = Vec::with_capacity(press.narratives.len());
    for narrative in &press.narratives {
        // `check` keeps narratives of known kinds only, and gives each its series.
        let (Some(kind), Some(own)) =
            (press.kinds.get(&narrative.front.kind), press.series.get(&narrative.series))
        else {
            continue;
        };
        let language = language(press, narrative, own);
        let series = press.series_in(&narrative.series, language).unwrap_or(&**own);
        match (narrative.front.every, narrative.year) {
            (Some(every), Some(year)) => {
                recurring(press, narrative, kind, series, every, year, &mut all);
            }
            _ => all.push(single(press, narrative, kind, series)),
        }
    }
    all
}

impl Edition<'_> {
    /// The paths that it had before, without ending; those of a recurring narrative go on
    /// with the period.
    pub fn aliases(&self) -> Vec<String> {
        let Narrative { path, front, .. } = self.narrative;
        let period = self.path.strip_prefix(path.as_str()).unwrap_or_default();
        let plain = |alias: &String| {
            let alias = alias.strip_suffix(".html").unwrap_or(alias);
            format!("{alias}{period}")
        };
        front.aliases.iter().map(plain).collect()
    }
}

/// Whether an edition is among those asked for: its period lies within the one asked.
pub fn selects(asked: Period, edition: &Edition<'_>) -> bool {
    edition.period.is_some_and(|period| asked.covers(period))
}

/// The language of a narrative.
fn language(press: &Press, narrative: &Narrative, series: &Series) -> Language {
    let said = narrative.front.language.or(series.language);
    said.unwrap_or(press.settings.language)
}

fn single<'a>(
    press: &Press,
    narrative: &'a Narrative,
    kind: &'a Kind,
    series: &'a Series,
) -> Edition<'a> {
    let front = &narrative.front;
    let record = narrative.year.and_then(|year| series.records.get(&year));
    Edition {
        narrative,
        kind,
        series,
        record: record.unwrap_or(&NO_RECORD),
        period: front.period.or(narrative.year.map(Period::Year)),
        issue: front.issue,
        language: language(press, narrative, series),
        path: narrative.path.clone(),
    }
}

fn recurring<'a>(
    press: &Press,
    narrative: &'a Narrative,
    kind: &'a Kind,
    series: &'a Series,
    every: Every,
    year: Year,
    all: &mut Vec<Edition<'a>>,
) {
    let edition = single(press, narrative, kind, series);
    let mut issue = narrative.front.issue.unwrap_or(1);
    for period in periods(every, year) {
        if edition.record.reports(period)
            && shows_something(kind, edition.record, period, year)
        {
            all.push(Edition {
                period: Some(period),
                issue: Some(issue),
                path: dated_path(&narrative.path, period),
                ..edition.clone()
            });
            issue = issue.saturating_add(1);
        }
    }
}

/// Whether a period has an item of each dated collection that the kind cannot do without:
/// a month without events makes no bulletin of events.
fn shows_something(kind: &Kind, record: &Record, period: Period, year: Year) -> bool {
    let selection = record.select(Some(period), Some(year));
    let needs = |collection: Collection| {
        kind.data.get(collection.name()).is_some_and(|contract| contract.min > 0)
    };
    !(needs(Collection::Figures) && selection.figures.is_empty()
        || needs(Collection::Events) && selection.events.is_empty()
        || needs(Collection::Tasks) && selection.tasks.is_empty())
}

/// The periods of a year, in order.
fn periods(every: Every, year: Year) -> Vec<Period> {
    match every {
        Every::Month => (1..=12).map(|month| Period::Month(year, month)).collect(),
        Every::Quarter => (1..=4).map(|quarter| Period::Quarter(year, quarter)).collect(),
        Every::Year => vec![Period::Year(year)],
    }
}
