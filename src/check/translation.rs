//! Series in another language: names, units and texts of a record as its narratives in
//! that language print them.
//!
//! What series and units are called stands in `series.toml` (`[en]`); what figures, events
//! and the other items are called stands in tables of the same name with the language
//! behind it (`figures.en.csv`), in rows that bear the ids of the record. What has no
//! translation stays as it is. Values are never translated: they are the record's.

use std::collections::BTreeMap;

use crate::diag::codes::languages::UNTRANSLATABLE;
use crate::diag::{Diagnostic, Diagnostics, suggest};
use crate::locale::Language;
use crate::model::schema::Collection;
use crate::model::{Datum, Item, Quantity, Record, Row};
use crate::press::{Narrative, Series, SeriesNames, Settings};
use crate::source::Place;

/// The series of a press in the languages that its narratives ask for.
pub(super) fn translations<'s>(
    series: impl IntoIterator<Item = &'s Series>,
    narratives: &[Narrative],
    settings: &Settings,
    diags: &mut Diagnostics,
) -> BTreeMap<(String, Language), Series> {
    let all: BTreeMap<&str, &Series> =
        series.into_iter().map(|one| (one.name.as_str(), one)).collect();
    let mut made = BTreeMap::new();
    for narrative in narratives {
        let Some(one) = all.get(narrative.series.as_str()) else { continue };
        let own = one.language.unwrap_or(settings.language);
        let Some(language) = narrative.front.language.filter(|said| *said != own) else {
            continue;
        };
        made.entry((narrative.series.clone(), language))
            .or_insert_with(|| series_in(one, language, diags));
    }
    made
}

/// A series in another language than that of its record.
fn series_in(series: &Series, language: Language, diags: &mut Diagnostics) -> Series {
    let none = SeriesNames::default();
    let names = series.names.get(&language).unwrap_or(&none);
    let mut made = series.clone();
    made.title = names.title.clone().unwrap_or(made.title);
    made.publisher = names.publisher.clone().or(made.publisher);
    made.extra.extend(names.extra.clone());
    let mut pass = Pass { language, units: &names.units, diags };
    for record in std::iter::once(&mut made.shared).chain(made.records.values_mut()) {
        pass.record(record);
    }
    made
}

/// What translates the records of one series.
struct Pass<'n, 'd> {
    language: Language,
    units: &'n BTreeMap<String, String>,
    diags: &'d mut Diagnostics,
}

/// Rows of a table that say what items are called, by the ids of the items.
type Rows = Vec<(Place, Row)>;

impl Pass<'_, '_> {
    fn record(&mut self, record: &mut Record) {
        let mut units = BTreeMap::new();
        let named: Vec<String> = record.tables.keys().cloned().collect();
        for name in named {
            let Some((base, language)) = split(&name) else { continue };
            let Some(rows) = record.tables.shift_remove(&name) else { continue };
            if language != self.language {
                continue;
            }
            match Collection::from_name(base) {
                Some(collection) => self.items(record, collection, &rows, &mut units),
                None => drop(record.tables.insert(base.to_owned(), rows)),
            }
        }
        for figure in record.figures.values_mut() {
            let own = units.get(&figure.item.id);
            let renamed = own.map(|own: &String| {
                let mut all = self.units.clone();
                all.insert(figure.value.unit.clone(), own.clone());
                all
            });
            let units = renamed.as_ref().unwrap_or(self.units);
            let quantities = [&mut figure.value].into_iter();
            let quantities = quantities.chain(&mut figure.previous);
            for quantity in quantities.chain(&mut figure.target) {
                *quantity = self.language.quantity(quantity, units);
            }
        }
        for revision in &mut record.revisions {
            for quantity in [&mut revision.old, &mut revision.new] {
                *quantity = self.quantity(quantity);
            }
        }
        let extras = record.figures.values_mut().map(|one| &mut one.item.extra);
        let extras =
            extras.chain(record.events.values_mut().map(|one| &mut one.item.extra));
        let extras =
            extras.chain(record.tasks.values_mut().map(|one| &mut one.item.extra));
        let rows = record.tables.values_mut().flatten().map(|(_, row)| row);
        for datum in extras.chain(rows).flat_map(|row| row.values_mut()) {
            self.datum(datum);
        }
    }

    fn quantity(&self, quantity: &Quantity) -> Quantity {
        self.language.quantity(quantity, self.units)
    }

    /// Quantities of a value.
    fn datum(&self, datum: &mut Datum) {
        match datum {
            Datum::Quantity(quantity) => *quantity = self.quantity(quantity),
            Datum::List(items) => items.iter_mut().for_each(|item| self.datum(item)),
            Datum::Table(row) => row.values_mut().for_each(|item| self.datum(item)),
            _ => {}
        }
    }

    /// What the items of a collection are called; units of figures go to `units`.
    fn items(
        &mut self,
        record: &mut Record,
        collection: Collection,
        rows: &Rows,
        units: &mut BTreeMap<String, String>,
    ) {
        let schema = collection.schema();
        let key = |name: &str| {
            schema.find(name).map_or_else(|| name.to_owned(), |field| field.key.clone())
        };
        for (place, row) in rows {
            let named = row.iter().find(|(name, _)| key(name) == "id");
            let id = named.map_or_else(String::new, |(_, datum)| text(datum));
            let Some(mut item) = find(record, collection, &id) else {
                let message = format!(
                    "`{id}` is no {} of the record, and is translated",
                    collection.item()
                );
                let hint = suggest(&id, ids(record, collection));
                let found = Diagnostic::new(&UNTRANSLATABLE, *place, message);
                self.diags.add(found.maybe_hint(hint));
                continue;
            };
            for (name, datum) in row {
                let key = key(name);
                if key == "id" || *datum == Datum::Null {
                    continue;
                }
                if key == "unit" && collection == Collection::Figures {
                    units.insert(id.clone(), text(datum));
                } else if !item.put(&key, datum) {
                    let message = format!("`{name}` is no text that has a translation");
                    self.diags.add(
                        Diagnostic::new(&UNTRANSLATABLE, *place, message).hint(
                            "take the column out: values and dates are the record's",
                        ),
                    );
                }
            }
        }
    }
}

/// The name of a table and the language behind it: `figures.en`.
pub(super) fn split(name: &str) -> Option<(&str, Language)> {
    let (base, word) = name.rsplit_once('.')?;
    let language = Language::ALL.into_iter().find(|one| one.word() == word)?;
    Some((base, language))
}

/// The texts of an item, by their keys.
struct Texts<'r> {
    one: Vec<(&'static str, &'r mut String)>,
    maybe: Vec<(&'static str, &'r mut Option<String>)>,
    lists: Vec<(&'static str, &'r mut Vec<String>)>,
    extra: &'r mut Row,
}

impl Texts<'_> {
    /// Puts a text into its place; whether there is one.
    fn put(&mut self, key: &str, datum: &Datum) -> bool {
        if let Some((_, place)) = self.one.iter_mut().find(|(name, _)| *name == key) {
            **place = text(datum);
        } else if let Some((_, place)) =
            self.maybe.iter_mut().find(|(name, _)| *name == key)
        {
            **place = Some(text(datum));
        } else if let Some((_, place)) =
            self.lists.iter_mut().find(|(name, _)| *name == key)
        {
            **place = texts(datum);
        } else if let Some(place) = self.extra.get_mut(key) {
            *place = datum.clone();
        } else {
            return false;
        }
        true
    }
}

/// The texts of the item with an id.
fn find<'r>(
    record: &'r mut Record,
    collection: Collection,
    id: &str,
) -> Option<Texts<'r>> {
    let of = |item: &'r mut Item| Texts {
        one: Vec::new(),
        maybe: Vec::new(),
        lists: Vec::new(),
        extra: &mut item.extra,
    };
    Some(match collection {
        Collection::Figures => {
            let it = record.figures.get_mut(id)?;
            let one = vec![("label", &mut it.label)];
            let maybe = vec![
                ("scope", &mut it.scope),
                ("source", &mut it.source),
                ("definition", &mut it.definition),
                ("note", &mut it.note),
            ];
            Texts { one, maybe, ..of(&mut it.item) }
        }
        Collection::Events => {
            let it = record.events.get_mut(id)?;
            let one = vec![("title", &mut it.title)];
            let maybe = vec![
                ("location", &mut it.location),
                ("summary", &mut it.summary),
                ("source", &mut it.source),
            ];
            let lists = vec![("organisers", &mut it.organisers)];
            Texts { one, maybe, lists, ..of(&mut it.item) }
        }
        Collection::Tasks => {
            let it = record.tasks.get_mut(id)?;
            let one = vec![("title", &mut it.title)];
            let maybe = vec![
                ("target", &mut it.target),
                ("owner", &mut it.owner),
                ("status", &mut it.status),
            ];
            let lists = vec![("measures", &mut it.measures)];
            Texts { one, maybe, lists, ..of(&mut it.item) }
        }
        Collection::Organisations => {
            let it = record.organisations.get_mut(id)?;
            let one = vec![("name", &mut it.name)];
            let lists = vec![("short", &mut it.short), ("former", &mut it.former)];
            Texts { one, lists, ..of(&mut it.item) }
        }
        Collection::Offices => {
            let it = record.offices.get_mut(id)?;
            let one = vec![("title", &mut it.title), ("holder", &mut it.holder)];
            Texts { one, ..of(&mut it.item) }
        }
    })
}

/// The ids of a collection, for "did you mean".
fn ids(record: &Record, collection: Collection) -> Vec<&str> {
    let all: Vec<&String> = match collection {
        Collection::Figures => record.figures.keys().collect(),
        Collection::Events => record.events.keys().collect(),
        Collection::Tasks => record.tasks.keys().collect(),
        Collection::Organisations => record.organisations.keys().collect(),
        Collection::Offices => record.offices.keys().collect(),
    };
    all.into_iter().map(String::as_str).collect()
}

fn text(datum: &Datum) -> String {
    match datum {
        Datum::Text(text) | Datum::Number(_, text) => text.clone(),
        Datum::Quantity(quantity) => quantity.text.clone(),
        Datum::Date(date) => date.to_string(),
        Datum::Period(period) => period.to_string(),
        Datum::List(items) => items.iter().map(text).collect::<Vec<_>>().join("; "),
        Datum::Null | Datum::Bool(_) | Datum::Table(_) => String::new(),
    }
}

/// A list, or a cell with its items between semicolons.
fn texts(datum: &Datum) -> Vec<String> {
    match datum {
        Datum::List(items) => items.iter().map(text).collect(),
        other => {
            let text = text(other);
            let items = text.split([';', '；', '、', '\n']).map(str::trim);
            items.filter(|item| !item.is_empty()).map(str::to_owned).collect()
        }
    }
}
