//! What can be checked only when the editions are known.

use std::collections::{BTreeMap, BTreeSet};

use crate::address;
use crate::diag::codes::check as codes;
use crate::diag::codes::languages::REPEATED_LANGUAGE;
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::schema::{Collection, Field};
use crate::model::{
    Datum, Event, Figure, Item, Office, Organisation, Row, Selection, Task,
};
use crate::press::{CollectionContract, Edition, Press, versions};
use crate::source::Place;

/// Checks that the record holds what the kind of an edition asks of it, in the edition's
/// period.
pub fn edition(edition: &Edition<'_>, diags: &mut Diagnostics) {
    let selection = edition.record.select(edition.period, edition.narrative.year);
    for (name, contract) in &edition.kind.data {
        let items = items(name, edition, &selection);
        count(name, contract, items.len(), edition, diags);
        if contract.by_date {
            in_order(edition, &selection, diags);
        }
        for field in contract.fields.fields.iter().filter(|field| field.required) {
            for item in &items {
                if !(item.fills)(field)
                    && !item.without.contains(&field.key)
                    && !stands_in(&field.fallback, edition)
                {
                    let message = format!(
                        "`{}` of `{name}` has no `{}`, which `{}` asks for",
                        item.name, field.key, edition.kind.name
                    );
                    diags.add(
                        Diagnostic::new(&codes::EMPTY_FIELD, item.place, message)
                            .hint(hint(name, field))
                            .related(edition.narrative.front.place, "asked for here"),
                    );
                }
            }
        }
    }
}

/// Whether a key of the front matter stands in for what items leave empty.
fn stands_in(key: &str, edition: &Edition<'_>) -> bool {
    !key.is_empty() && edition.narrative.front.extra.get(key).is_some_and(is_filled)
}

fn hint(name: &str, field: &Field) -> String {
    let collection = Collection::from_name(name).map(Collection::schema);
    let fill = format!("fill `{}`", field.key);
    match collection {
        Some(schema) if schema.find("without").is_some() => {
            let key = &field.key;
            format!(
                "{fill}; where the source does not give it, write `without = [\"{key}\"]`"
            )
        }
        _ => fill,
    }
}

/// Reports events that begin before the one that stands in front of them.
fn in_order(edition: &Edition<'_>, selection: &Selection<'_>, diags: &mut Diagnostics) {
    for pair in selection.events.windows(2) {
        let [before, after] = pair else { continue };
        // However coarse the dates are read.
        if after.date.last_day() < before.date.first_day() {
            let message = format!(
                "`{}` ({}) stands after `{}` ({}), and `{}` lists events by date",
                after.title, after.date, before.title, before.date, edition.kind.name
            );
            diags.add(
                Diagnostic::new(&codes::EVENTS_OUT_OF_ORDER, after.item.place, message)
                    .related(before.item.place, "the event before it")
                    .hint("put the events into the order of their dates"),
            );
        }
    }
}

fn count(
    name: &str,
    contract: &CollectionContract,
    found: usize,
    edition: &Edition<'_>,
    diags: &mut Diagnostics,
) {
    if found >= contract.min {
        return;
    }
    let period =
        edition.period.map_or_else(String::new, |period| format!(" in {period}"));
    let message = format!(
        "the record has {found} {name}{period}, and `{}` asks for at least {}",
        edition.kind.name, contract.min
    );
    let hint = match Collection::from_name(name) {
        Some(_) => format!("add {name} to the data of the record"),
        None => format!("add a data file `{name}` to the record"),
    };
    diags.add(
        Diagnostic::new(&codes::TOO_FEW_ITEMS, edition.narrative.front.place, message)
            .hint(hint),
    );
}

/// An item as contracts see it.
struct Seen<'a> {
    name: String,
    place: Place,
    /// Fields that the source does not give.
    without: &'a [String],
    fills: Box<dyn Fn(&Field) -> bool + 'a>,
}

/// The items of a collection that an edition reports on.
fn items<'a>(
    name: &str,
    edition: &Edition<'a>,
    selection: &Selection<'a>,
) -> Vec<Seen<'a>> {
    let (record, shared) = (edition.record, &edition.series.shared);
    match Collection::from_name(name) {
        Some(Collection::Figures) => seen(selection.figures.iter().copied(), figure),
        Some(Collection::Events) => seen(selection.events.iter().copied(), event),
        Some(Collection::Tasks) => seen(selection.tasks.iter().copied(), task),
        Some(Collection::Organisations) => {
            let both = shared.organisations.values().chain(record.organisations.values());
            seen(both, organisation)
        }
        Some(Collection::Offices) => {
            seen(shared.offices.values().chain(record.offices.values()), office)
        }
        None => {
            let rows =
                [record, shared].into_iter().filter_map(|one| one.tables.get(name));
            rows.flatten()
                .enumerate()
                .map(|(at, (place, row))| Seen {
                    name: format!("row {}", at + 1),
                    place: *place,
                    without: &[],
                    fills: Box::new(|field| in_row(row, field)),
                })
                .collect()
        }
    }
}

/// Items with the function that says whether a built-in field of one is filled; `None` for
/// fields that are not built in.
fn seen<'a, T: 'a>(
    items: impl Iterator<Item = &'a T>,
    look: fn(&'a T, &str) -> (&'a Item, Option<bool>),
) -> Vec<Seen<'a>> {
    items
        .map(|one| {
            let (item, _) = look(one, "");
            let fills = move |field: &Field| {
                look(one, &field.key).1.unwrap_or_else(|| in_row(&item.extra, field))
            };
            let (name, without) = (item.id.clone(), item.without.as_slice());
            Seen { name, place: item.place, without, fills: Box::new(fills) }
        })
        .collect()
}

fn in_row(row: &Row, field: &Field) -> bool {
    row.get(&field.key).is_some_and(is_filled)
}

fn is_filled(datum: &Datum) -> bool {
    match datum {
        Datum::Null => false,
        Datum::Text(text) => !text.trim().is_empty(),
        Datum::List(items) => !items.is_empty(),
        _ => true,
    }
}

fn figure<'a>(one: &'a Figure, key: &str) -> (&'a Item, Option<bool>) {
    let filled = match key {
        "id" | "label" | "value" => true,
        "unit" => !one.value.unit.is_empty(),
        "scope" => one.scope.is_some(),
        "period" => one.period.is_some(),
        "as_of" => one.as_of.is_some(),
        "source" => one.source.is_some(),
        "event" => one.event.is_some(),
        "previous" => one.previous.is_some(),
        "target" => one.target.is_some(),
        "definition" => one.definition.is_some(),
        "note" => one.note.is_some(),
        "part_of" => one.part_of.is_some(),
        "formula" => one.formula.is_some(),
        "rounding" => one.rounding.is_some(),
        _ => return (&one.item, None),
    };
    (&one.item, Some(filled))
}

fn event<'a>(one: &'a Event, key: &str) -> (&'a Item, Option<bool>) {
    let filled = match key {
        "id" | "date" | "title" => true,
        "end" => one.end.is_some(),
        "organisers" => !one.organisers.is_empty(),
        "location" => one.location.is_some(),
        "summary" => one.summary.is_some(),
        "source" => one.source.is_some(),
        _ => return (&one.item, None),
    };
    (&one.item, Some(filled))
}

fn task<'a>(one: &'a Task, key: &str) -> (&'a Item, Option<bool>) {
    let filled = match key {
        "id" | "title" => true,
        "number" => one.number.is_some(),
        "measures" => !one.measures.is_empty(),
        "target" => one.target.is_some(),
        "owner" => one.owner.is_some(),
        "deadline" => one.deadline.is_some(),
        "status" => one.status.is_some(),
        _ => return (&one.item, None),
    };
    (&one.item, Some(filled))
}

fn organisation<'a>(one: &'a Organisation, key: &str) -> (&'a Item, Option<bool>) {
    let filled = match key {
        "id" | "name" => true,
        "short" => !one.short.is_empty(),
        "former" => !one.former.is_empty(),
        _ => return (&one.item, None),
    };
    (&one.item, Some(filled))
}

fn office<'a>(one: &'a Office, key: &str) -> (&'a Item, Option<bool>) {
    let filled = match key {
        "id" | "title" | "holder" => true,
        "from" => one.from.is_some(),
        "to" => one.to.is_some(),
        _ => return (&one.item, None),
    };
    (&one.item, Some(filled))
}

/// Checks the editions of a press against one another: all of them, before any are
/// selected.
///
/// Two editions with one output path are an error that names both narratives, also where
/// the paths differ only in capitals, which most systems take for the same. The paths of
/// these editions, all of them, are returned: none of them may be made.
pub fn editions(
    press: &Press,
    editions: &[Edition<'_>],
    diags: &mut Diagnostics,
) -> BTreeSet<String> {
    let mut paths: BTreeMap<String, &Edition<'_>> = BTreeMap::new();
    let mut clashing = BTreeSet::new();
    for edition in editions {
        match paths.get(&edition.path.to_lowercase()) {
            Some(first) => {
                same_output(first, edition, diags);
                clashing.extend([first.path.clone(), edition.path.clone()]);
            }
            None => {
                paths.insert(edition.path.to_lowercase(), edition);
            }
        }
    }
    aliases(&paths, editions, diags);
    for versions in versions(editions).values() {
        one_for_each_language(versions, diags);
    }
    let used: BTreeSet<&str> =
        editions.iter().map(|edition| edition.narrative.path.as_str()).collect();
    for narrative in &press.narratives {
        if narrative.front.every.is_some() && !used.contains(narrative.path.as_str()) {
            let year =
                narrative.year.map_or_else(String::new, |year| format!(" of {year}"));
            let message = format!("the record{year} has nothing to report in any period");
            diags.add(
                Diagnostic::new(
                    &codes::NOTHING_TO_REPORT,
                    narrative.front.place,
                    message,
                )
                .hint("give its events dates, or its figures periods"),
            );
        }
    }
    clashing
}

/// Reports addresses of old that something else has now.
fn aliases(
    paths: &BTreeMap<String, &Edition<'_>>,
    editions: &[Edition<'_>],
    diags: &mut Diagnostics,
) {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for edition in editions {
        for alias in edition.aliases() {
            let of_site = alias == address::HOME.trim_end_matches(".html")
                || alias.split('/').next() == Some(address::FOLDER);
            let low = alias.to_lowercase();
            let who = match paths.get(&low) {
                Some(other) => format!("edition `{}`", other.path),
                None if of_site => "the site".to_owned(),
                None if !taken.insert(low) => "another alias".to_owned(),
                None => continue,
            };
            let message = format!("the alias `{alias}` is the address of {who}");
            let place = edition.narrative.front.place;
            diags.add(
                Diagnostic::new(&codes::SAME_OUTPUT, place, message)
                    .hint("name an address that nothing else has"),
            );
        }
    }
}

/// Reports versions of a publication that are in the language of another.
fn one_for_each_language(versions: &[&Edition<'_>], diags: &mut Diagnostics) {
    for (at, edition) in versions.iter().enumerate() {
        // Two of one path were reported as such.
        let same = |one: &&&Edition<'_>| {
            one.language == edition.language && one.path != edition.path
        };
        let first = versions.iter().take(at).find(same);
        let Some(first) = first else { continue };
        let message = format!(
            "`{}` and `{}` are both in `{}`",
            first.path,
            edition.path,
            edition.language.word()
        );
        diags.add(
            Diagnostic::new(&REPEATED_LANGUAGE, edition.narrative.front.place, message)
                .related(first.narrative.front.place, "the other version")
                .hint("keep one of the two, or give one another language"),
        );
    }
}

fn same_output(first: &Edition<'_>, second: &Edition<'_>, diags: &mut Diagnostics) {
    let (one, other) = (first.narrative, second.narrative);
    let message = format!(
        "`{}` and `{}` would both be written to `{}`",
        one.path, other.path, second.path
    );
    diags.add(
        Diagnostic::new(&codes::SAME_OUTPUT, other.front.place, message)
            .related(one.front.place, "the other narrative")
            .hint("rename one of the narratives"),
    );
}
