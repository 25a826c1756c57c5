//! What must hold between the facts of a record: each rule one function, in one list.

use std::collections::BTreeMap;

use super::record::Origins;
use crate::diag::codes::{check as codes, figures as of_figures};
use crate::diag::{Diagnostic, Diagnostics, suggest};
use crate::model::schema::Collection;
use crate::model::{Date, Figure, Item, Office, Quantity, Record, Task, Year};
use crate::source::Place;

/// What a rule looks at.
struct Scope<'a> {
    record: &'a Record,
    year: Option<Year>,
    origins: &'a Origins,
}

impl Scope<'_> {
    /// Where a field of an item stands.
    fn place(&self, collection: Collection, key: &'static str, item: &Item) -> Place {
        self.origins.place(collection, key, &item.id).unwrap_or(item.place)
    }
}

/// The rules of records, in the order in which they act.
const RULES: [fn(&Scope<'_>, &mut Diagnostics); 8] = [
    figures_name_known_events,
    figures_do_not_run_ahead,
    parts_do_not_exceed_the_whole,
    task_numbers_leave_none_out,
    events_end_after_they_begin,
    events_lie_in_their_year,
    terms_end_after_they_begin,
    terms_do_not_overlap,
];

/// Applies all rules to a record.
pub(super) fn record(
    record: &Record,
    year: Option<Year>,
    origins: &Origins,
    diags: &mut Diagnostics,
) {
    let scope = Scope { record, year, origins };
    RULES.iter().for_each(|rule| rule(&scope, diags));
}

fn figures_name_known_events(scope: &Scope<'_>, diags: &mut Diagnostics) {
    let events = scope.origins.ids(Collection::Events);
    for figure in scope.record.figures.values() {
        let Some(event) = &figure.event else { continue };
        if events.is_some_and(|events| events.contains(event)) {
            continue;
        }
        let known = events.into_iter().flatten().map(String::as_str);
        let place = scope.place(Collection::Figures, "event", &figure.item);
        let message = format!(
            "`{}` belongs to the event `{event}`, which is not there",
            figure.item.id
        );
        diags.add(
            Diagnostic::new(&codes::UNKNOWN_EVENT, place, message)
                .maybe_hint(suggest(event, known)),
        );
    }
}

fn figures_do_not_run_ahead(scope: &Scope<'_>, diags: &mut Diagnostics) {
    let Some(year) = scope.year else { return };
    for figure in scope.record.figures.values() {
        let Some(period) = figure.period else { continue };
        if period.first_day().year() > year {
            let id = &figure.item.id;
            let message = format!("`{id}` covers {period}, in the record of {year}");
            let place = scope.place(Collection::Figures, "period", &figure.item);
            diags.report(&codes::PERIOD_AFTER_YEAR, place, message);
        }
    }
}

/// Each part, and all parts of one unit together, are at most the whole; where bounds
/// (1200余) leave that open, nothing is said.
fn parts_do_not_exceed_the_whole(scope: &Scope<'_>, diags: &mut Diagnostics) {
    let figures = &scope.record.figures;
    let known = scope.origins.ids(Collection::Figures);
    let mut parts: BTreeMap<&str, Vec<&Figure>> = BTreeMap::new();
    for figure in figures.values() {
        let Some(whole) = &figure.part_of else { continue };
        if known.is_some_and(|known| known.contains(whole)) && *whole != figure.item.id {
            parts.entry(whole).or_default().push(figure);
            continue;
        }
        let known = known.into_iter().flatten().map(String::as_str);
        let known = known.filter(|id| *id != figure.item.id);
        let place = scope.place(Collection::Figures, "part_of", &figure.item);
        let id = &figure.item.id;
        let message = if *whole == *id {
            format!("`{id}` is a part of itself")
        } else {
            format!("`{id}` is a part of `{whole}`, which the record does not hold")
        };
        diags.add(
            Diagnostic::new(&of_figures::UNKNOWN_WHOLE, place, message)
                .maybe_hint(suggest(whole, known)),
        );
    }
    for (id, parts) in parts {
        let Some(whole) = figures.get(id) else { continue };
        let exceeds = |value: &Quantity| {
            value.compare(&whole.value) == Some(std::cmp::Ordering::Greater)
        };
        let mut any = false;
        for part in parts.iter().filter(|part| exceeds(&part.value)) {
            any = true;
            let message = format!(
                "`{}` is `{}`, more than `{id}`, which it is a part of: `{}`",
                part.item.id, part.value, whole.value
            );
            diags.add(
                Diagnostic::new(
                    &of_figures::PART_EXCEEDS_WHOLE,
                    part.value_place,
                    message,
                )
                .related(whole.value_place, "the whole"),
            );
        }
        let sum = Quantity::sum(parts.iter().map(|part| &part.value));
        let Some(sum) = sum.ok().filter(|sum| !any && exceeds(sum)) else { continue };
        let names: Vec<&str> = parts.iter().map(|part| part.item.id.as_str()).collect();
        let message = format!(
            "the parts of `{id}` add up to `{sum}`, and it is `{}`: `{}`",
            whole.value,
            names.join("`, `")
        );
        let mut found =
            Diagnostic::new(&of_figures::PART_EXCEEDS_WHOLE, whole.value_place, message);
        for part in &parts {
            found = found.related(part.value_place, "a part");
        }
        diags.add(found);
    }
}

/// Where every task has a number such as `1` or `1.2`, each follows the one before.
fn task_numbers_leave_none_out(scope: &Scope<'_>, diags: &mut Diagnostics) {
    let tasks = &scope.record.tasks;
    let number = |task: &Task| -> Option<Vec<u32>> {
        let text = crate::model::half_width(task.number.as_deref()?);
        text.trim()
            .trim_end_matches('.')
            .split('.')
            .map(|part| part.parse().ok())
            .collect()
    };
    let numbers: Option<Vec<(&Task, Vec<u32>)>> =
        tasks.values().map(|task| Some((task, number(task)?))).collect();
    let Some(numbers) = numbers else { return };
    let mut before: &[u32] = &[];
    for (task, number) in &numbers {
        // The first may go on from another plan.
        if !before.is_empty() && !follows(before, number) {
            let place = scope.place(Collection::Tasks, "number", &task.item);
            let shown = |number: &[u32]| {
                let parts: Vec<String> = number.iter().map(u32::to_string).collect();
                parts.join(".")
            };
            let (number, before) = (shown(number), shown(before));
            let message = format!(
                "the task `{}` is numbered `{number}`, and comes after `{before}`",
                task.title
            );
            diags.add(
                Diagnostic::new(&codes::NUMBER_GAP, place, message)
                    .hint("number the tasks in their order, and leave none out"),
            );
        }
        before = number;
    }
}

/// Whether a number comes right after another: 1 → 1.1, 2; 1.3 → 1.4, 2, 2.1.
fn follows(before: &[u32], number: &[u32]) -> bool {
    let same = before.iter().zip(number).take_while(|(a, b)| a == b).count();
    let Some((&next, deeper)) = number.get(same..).and_then(<[u32]>::split_first) else {
        return false;
    };
    before.get(same).map_or(0, |last| *last).checked_add(1) == Some(next)
        && deeper.iter().all(|one| *one == 1)
}

fn events_end_after_they_begin(scope: &Scope<'_>, diags: &mut Diagnostics) {
    for event in scope.record.events.values() {
        let Some(end) = event.end else { continue };
        if end.last_day() < event.date.first_day() {
            let (title, date) = (&event.title, event.date);
            let message = format!("`{title}` ends on {end}, before it begins on {date}");
            let place = scope.place(Collection::Events, "end", &event.item);
            diags.report(&codes::REVERSED_EVENT, place, message);
        }
    }
}

fn events_lie_in_their_year(scope: &Scope<'_>, diags: &mut Diagnostics) {
    let Some(year) = scope.year else { return };
    for event in scope.record.events.values() {
        let end = event.end.unwrap_or(event.date);
        if event.date.year > year || end.year < year {
            let message = format!(
                "`{}` is dated {}, in the record of {year}",
                event.title, event.date
            );
            let place = scope.place(Collection::Events, "date", &event.item);
            diags.report(&codes::EVENT_OUTSIDE_YEAR, place, message);
        }
    }
}

fn terms_end_after_they_begin(scope: &Scope<'_>, diags: &mut Diagnostics) {
    for office in scope.record.offices.values() {
        let (Some(from), Some(to)) = (office.from, office.to) else { continue };
        if to.last_day() < from.first_day() {
            let message = format!(
                "the term of `{}` as `{}` ends at {to}, before it begins at {from}",
                office.holder, office.title
            );
            let place = scope.place(Collection::Offices, "to", &office.item);
            diags.report(&codes::REVERSED_TERM, place, message);
        }
    }
}

/// Two terms overlap where they do so however coarse dates are read; the day on which an
/// office is handed over may belong to both.
fn terms_do_not_overlap(scope: &Scope<'_>, diags: &mut Diagnostics) {
    let mut by_title: BTreeMap<&str, Vec<&Office>> = BTreeMap::new();
    for office in scope.record.offices.values() {
        by_title.entry(&office.title).or_default().push(office);
    }
    let start = |office: &Office| office.from.map(Date::last_day);
    let end = |office: &Office| office.to.map(Date::first_day);
    for offices in by_title.values_mut() {
        // An unknown beginning sorts first: it may be any day before.
        offices.sort_by_key(|office| start(office));
        let mut longest: Option<&Office> = None;
        for office in offices.iter().copied() {
            if let Some(before) = longest
                && end(before)
                    .is_none_or(|end| start(office).is_none_or(|start| start < end))
            {
                let message = format!(
                    "`{}` and `{}` are both `{}` at one time",
                    before.holder, office.holder, office.title
                );
                diags.add(
                    Diagnostic::new(
                        &codes::OVERLAPPING_TERMS,
                        office.item.place,
                        message,
                    )
                    .related(before.item.place, "the other term")
                    .hint("say in `to` when the first term ended"),
                );
            }
            let ends_later = longest.is_none_or(|before| {
                end(before).is_some_and(|old| end(office).is_none_or(|new| new > old))
            });
            if ends_later {
                longest = Some(office);
            }
        }
    }
}
