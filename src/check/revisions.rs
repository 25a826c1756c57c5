//! Corrections of figures (更正), and figures that contradict one another across the press.

use std::collections::BTreeMap;

use super::Cx;
use super::fields::Fields;
use super::invariants::declared;
use super::rows::Rows;
use crate::diag::codes::audit as codes;
use crate::diag::{Diagnostic, Diagnostics, suggest};
use crate::model::schema::revisions as schema;
use crate::model::{Figure, Period, Record, Revision, Year};
use crate::press::Series;

/// The names of the table; it is no free table.
const NAMES: [&str; 3] = ["revisions", "更正", "修订"];

/// Whether a table holds revisions.
pub(super) fn is_name(name: &str) -> bool {
    NAMES.contains(&name.trim())
}

/// The revisions in the rows of a table.
pub(super) fn rows(rows: &Rows<'_>, cx: &mut Cx<'_>) -> Vec<Revision> {
    declared(rows, schema(), "a revision", "revisions", cx, revision)
}

fn revision(mut fields: Fields<'_, '_>) -> Option<Revision> {
    let figure = fields.text_placed("figure")?;
    Some(Revision {
        figure: figure.text,
        place: figure.place,
        old: fields.quantity("old")?,
        new: fields.quantity("new")?,
        date: fields.date("date")?,
        reason: fields.text("reason")?,
    })
}

/// Checks that the last revision of a figure leads to its value, and each to the next.
pub(super) fn check(record: &Record, diags: &mut Diagnostics) {
    let mut chains: BTreeMap<&str, Vec<&Revision>> = BTreeMap::new();
    for revision in &record.revisions {
        chains.entry(&revision.figure).or_default().push(revision);
    }
    for (id, mut chain) in chains {
        chain.sort_by_key(|revision| revision.date.first_day());
        let Some(figure) = record.figures.get(id) else {
            for revision in chain {
                let known = suggest(id, record.figures.keys().map(String::as_str));
                let message = format!("the record holds no figure `{id}` to revise");
                let found =
                    Diagnostic::new(&codes::REVISION_UNFIT, revision.place, message);
                diags.add(found.maybe_hint(known));
            }
            continue;
        };
        let next = chain.iter().skip(1).map(|next| &next.old);
        let next = next.chain(std::iter::once(&figure.value));
        for (revision, next) in chain.iter().zip(next) {
            if (revision.new.value(), &revision.new.unit) != (next.value(), &next.unit) {
                let message = format!(
                    "figure `{id}` was revised to `{}`, and `{next}` follows",
                    revision.new
                );
                diags.add(
                    Diagnostic::new(&codes::REVISION_UNFIT, revision.place, message)
                        .related(figure.value_place, "the value of the figure")
                        .hint("record every change of the figure, and correct the last"),
                );
            }
        }
    }
}

/// A figure by what it says it is: label, unit, period; scope, event and definition.
type Identity<'a> = (&'a str, &'a str, Period, [&'a str; 3]);

/// Reports figures that are the same by label, unit, scope and period, and have different
/// values. Figures of different series are compared where they name their scope: without
/// one, each series means its own.
pub(super) fn conflicts<'a>(
    all: impl Iterator<Item = &'a Series>,
    diags: &mut Diagnostics,
) {
    let mut seen: BTreeMap<(Option<&str>, Identity<'_>), (&Record, &Figure)> =
        BTreeMap::new();
    for series in all {
        let years = series.records.iter().map(|(year, record)| (Some(*year), record));
        for (year, record) in std::iter::once((None, &series.shared)).chain(years) {
            for figure in record.figures.values() {
                let Some(identity) = identity(figure, year) else { continue };
                let own = figure.scope.is_none().then_some(series.name.as_str());
                let first = seen.entry((own, identity)).or_insert((record, figure));
                compare(*first, (record, figure), diags);
            }
        }
    }
}

fn identity(figure: &Figure, year: Option<Year>) -> Option<Identity<'_>> {
    let period = figure.period.or(year.map(Period::Year))?;
    let told = [&figure.scope, &figure.event, &figure.definition];
    let told = told.map(|text| text.as_deref().unwrap_or_default());
    Some((&figure.label, &figure.value.unit, period, told))
}

fn compare(
    (one, first): (&Record, &Figure),
    (other, second): (&Record, &Figure),
    diags: &mut Diagnostics,
) {
    if first.value.value() == second.value.value()
        && first.value.bound == second.value.bound
        || first.as_of != second.as_of
    {
        return;
    }
    let explained = |record: &Record, figure: &Figure, old: &Figure| {
        record.revisions.iter().any(|revision| {
            revision.figure == figure.item.id && revision.old.value() == old.value.value()
        })
    };
    if explained(one, first, second) || explained(other, second, first) {
        return;
    }
    let message = format!(
        "`{}` is `{}` here and `{}` elsewhere, for the same scope and period",
        second.label, second.value, first.value
    );
    diags.add(
        Diagnostic::new(&codes::CONFLICTING_VALUES, second.value_place, message)
            .related(first.value_place, "the other value stands here")
            .hint("name the `scope` or the `as_of` in which they differ, correct one, or record a revision"),
    );
}
