//! Data files → the record of a series and year.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::fields::{Fields, Frame, Kind};
use super::items::Waiting;
use super::rows::{self, Part, Rows};
use super::{Cx, grid, invariants, items, revisions, translation, value};
use crate::diag::codes::check as codes;
use crate::diag::{Diagnostic, Diagnostics, nearest};
use crate::folder::DataFile;
use crate::model::Record;
use crate::model::schema::{Collection, Schema};
use crate::source::Place;
use crate::tree::{Node, Table};

/// A row of a typed collection on its way to become an item.
struct Draft<'n, 's> {
    /// Its id, where it has a usable one.
    id: Option<String>,
    /// Whether an id was written that is none.
    bad_id: bool,
    /// Where the id stands.
    id_place: Place,
    fields: Fields<'n, 's>,
}

/// Fields of which rules want to know where they stand.
const PLACED: [(Collection, &str); 7] = [
    (Collection::Figures, "event"),
    (Collection::Figures, "part_of"),
    (Collection::Figures, "period"),
    (Collection::Events, "date"),
    (Collection::Events, "end"),
    (Collection::Tasks, "number"),
    (Collection::Offices, "to"),
];

/// What rules must know beyond the record itself.
#[derive(Default)]
pub(super) struct Origins {
    ids: BTreeMap<Collection, BTreeSet<String>>,
    places: BTreeMap<(Collection, &'static str), BTreeMap<String, Place>>,
}

impl Origins {
    /// The ids of a collection, also of rows that could not be read: what points to one of
    /// these does not dangle.
    pub fn ids(&self, collection: Collection) -> Option<&BTreeSet<String>> {
        self.ids.get(&collection)
    }

    /// Where a field of an item stands, where it is given.
    pub fn place(
        &self,
        collection: Collection,
        key: &'static str,
        id: &str,
    ) -> Option<Place> {
        self.places.get(&(collection, key))?.get(id).copied()
    }

    fn keep<'a>(
        &mut self,
        collection: Collection,
        rows: impl Iterator<Item = (&'a String, &'a Fields<'a, 'a>)> + Clone,
    ) {
        for (_, key) in PLACED.into_iter().filter(|(one, _)| *one == collection) {
            let places = self.places.entry((collection, key)).or_default();
            let found = rows
                .clone()
                .filter_map(|(id, fields)| Some((id.clone(), fields.place_of(key)?)));
            places.extend(found);
        }
    }
}

/// What was read of the data of a year (or of the series): the record without the figures
/// that are still to be computed.
pub(super) struct Gathered {
    /// All that has a value.
    pub record: Record,
    /// What is computed from it.
    pub waiting: Vec<Waiting>,
    /// The ids of all figures, in the order of the data.
    pub order: Vec<String>,
    /// Where things stand.
    pub origins: Origins,
}

/// Reads some data files, and parts that stand in `series.toml`.
pub(super) fn record(
    files: &[DataFile],
    settings: Vec<Part<'_>>,
    schemas: &BTreeMap<String, Schema>,
    diags: &mut Diagnostics,
) -> Gathered {
    let cx = &mut Cx::tree(diags);
    let mut record = Record::default();
    let mut drafts: BTreeMap<Collection, Vec<Draft<'_, '_>>> = BTreeMap::new();
    let mut parts = settings;
    for file in files {
        record.files.push(file.file);
        parts.extend(rows::parts(file, cx));
    }
    for part in parts {
        match part {
            Part::Typed(collection, rows) => {
                let Some(schema) = schemas.get(collection.name()) else { continue };
                let new = typed(&rows, collection, schema, cx);
                drafts.entry(collection).or_default().extend(new);
            }
            Part::Free(name, rows) if invariants::is_name(&name) => {
                record.invariants.extend(invariants::rows(&rows, cx));
            }
            Part::Free(name, rows) if revisions::is_name(&name) => {
                record.revisions.extend(revisions::rows(&rows, cx));
            }
            Part::Free(name, rows) => {
                almost(&name, &rows, cx);
                let new = rows::free(&rows, &name, schemas.get(&name), cx);
                record.tables.entry(name).or_default().extend(new);
            }
        }
    }
    let mut origins = Origins::default();
    let (mut waiting, mut order) = (Vec::new(), Vec::new());
    for (collection, drafts) in drafts {
        let own = origins.ids.entry(collection).or_default();
        let rows = name_all(collection, drafts, own, cx);
        origins.keep(collection, rows.iter().map(|(id, (_, fields))| (id, fields)));
        if collection == Collection::Figures {
            order.extend(rows.keys().cloned());
        }
        waiting.extend(items::add(&mut record, collection, rows, cx));
    }
    Gathered { record, waiting, order, origins }
}

/// Warns of a free table whose name is nearly that of a collection.
fn almost(name: &str, rows: &Rows<'_>, cx: &mut Cx<'_>) {
    // `figures.en` says what the figures are called in English.
    if translation::split(name)
        .is_some_and(|(base, _)| Collection::from_name(base).is_some())
    {
        return;
    }
    let known = Collection::ALL.map(Collection::name);
    let Some(near) = nearest(&value::quote(&name.to_lowercase()), known) else { return };
    let Some(place) = rows.place() else { return };
    let name = value::quote(name);
    let message = format!("`{name}` is a free table, not the collection `{near}`");
    cx.diags.add(
        Diagnostic::new(&codes::ALMOST_A_COLLECTION, place, message)
            .hint(format!("rename it to `{near}`, or to something less like it")),
    );
}

/// The rows of a typed collection.
fn typed<'n, 's>(
    rows: &Rows<'n>,
    collection: Collection,
    schema: &'s Schema,
    cx: &mut Cx<'_>,
) -> Vec<Draft<'n, 's>> {
    let article =
        if matches!(collection.item().as_bytes()[0], b'e' | b'o') { "an" } else { "a" };
    let name = format!("{article} {}", collection.item());
    let kind = Kind::row(&name);
    let mut drafts: Vec<Draft<'n, 's>> = match rows {
        Rows::Grid(grid) => {
            let cx = &mut Cx::cells(cx.diags);
            grid::typed(grid, schema, kind, cx).into_iter().map(draft).collect()
        }
        Rows::List(nodes) => nodes
            .iter()
            .filter_map(|node| of_node(node, collection, schema, kind, cx))
            .collect(),
        Rows::One(node) => {
            of_node(node, collection, schema, kind, cx).into_iter().collect()
        }
        Rows::Keyed(table) => keyed(table, collection, schema, kind, cx),
    };
    if collection == Collection::Figures {
        let figures = drafts.iter_mut().map(|draft| &mut draft.fields);
        for fields in figures.filter(|fields| !fields.is_given("formula")) {
            fields.require("value", kind, cx);
        }
    }
    drafts
}

fn of_node<'n, 's>(
    node: &'n Node,
    collection: Collection,
    schema: &'s Schema,
    kind: Kind<'_>,
    cx: &mut Cx<'_>,
) -> Option<Draft<'n, 's>> {
    match node.as_table() {
        Some(table) => Some(draft(Fields::of_table(table, node.place, schema, kind, cx))),
        None => {
            no_row(node, collection, cx);
            None
        }
    }
}

fn no_row(node: &Node, collection: Collection, cx: &mut Cx<'_>) {
    let item = collection.item();
    let message = format!("this is {}, expected the fields of one {item}", node.kind());
    cx.diags.add(
        Diagnostic::new(&codes::NO_ROWS, node.place, message)
            .hint(format!("write rows: `[[{}]]`", collection.name())),
    );
}

fn draft<'n, 's>(mut fields: Fields<'n, 's>) -> Draft<'n, 's> {
    let place = fields.place;
    match fields.text_placed("id") {
        Some(id) => {
            Draft { id: Some(id.text), bad_id: false, id_place: id.place, fields }
        }
        None => {
            let bad_id = fields.is_given("id");
            Draft { id: None, bad_id, id_place: place, fields }
        }
    }
}

/// Rows under their ids: `[donors]`.
fn keyed<'n, 's>(
    table: &'n Table,
    collection: Collection,
    schema: &'s Schema,
    kind: Kind<'_>,
    cx: &mut Cx<'_>,
) -> Vec<Draft<'n, 's>> {
    let mut drafts = Vec::with_capacity(table.entries.len());
    // The key is the id: a row need not say it again.
    let Some(id_at) = schema.position("id") else { return drafts };
    for entry in &table.entries {
        let Some(row) = entry.node.as_table() else {
            no_row(&entry.node, collection, cx);
            continue;
        };
        let outer = value::check_id(&entry.key, entry.key_place, cx);
        let inner =
            row.entries.iter().find(|one| schema.position(&one.key) == Some(id_at));
        if let Some(inner) = inner {
            let same = inner.node.as_text().is_some_and(|text| text.trim() == entry.key);
            if !same {
                let message = format!(
                    "the row is keyed `{}`, but its `id` says otherwise",
                    value::quote(&entry.key)
                );
                cx.diags.add(
                    Diagnostic::new(&codes::ID_DISAGREES, inner.node.place, message)
                        .related(entry.key_place, "the key"),
                );
            }
        }
        let frame = Frame {
            place: entry.node.place,
            schema,
            kind,
            unit: None,
            id: Some((entry.key_place, &entry.key)),
        };
        let fields = Fields::in_frame(row, &frame, cx);
        drafts.push(Draft {
            id: outer.then(|| entry.key.clone()),
            bad_id: !outer,
            id_place: entry.key_place,
            fields,
        });
    }
    drafts
}

/// Gives every complete row its id, and reports ids that are used twice.
fn name_all<'n, 's>(
    collection: Collection,
    drafts: Vec<Draft<'n, 's>>,
    ids: &mut BTreeSet<String>,
    cx: &mut Cx<'_>,
) -> IndexMap<String, (Place, Fields<'n, 's>)> {
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    ids.extend(drafts.iter().filter_map(|draft| draft.id.clone()));
    let mut named = IndexMap::with_capacity(drafts.len());
    for (at, draft) in drafts.into_iter().enumerate() {
        let id = match draft.id {
            Some(id) => {
                if let Some(first) = places.get(&id) {
                    let item = collection.item();
                    let message = format!("two {item}s have the id `{id}`");
                    cx.diags.add(
                        Diagnostic::new(&codes::DUPLICATE_ID, draft.id_place, message)
                            .related(*first, "first used here")
                            .hint("give one of them another id"),
                    );
                    continue;
                }
                places.insert(id.clone(), draft.id_place);
                id
            }
            None if draft.bad_id => continue,
            None => {
                let mut id = format!("{}{}", collection.letter(), at + 1);
                while ids.contains(&id) {
                    id.push_str("-2");
                }
                ids.insert(id.clone());
                id
            }
        };
        if draft.fields.is_complete() {
            named.insert(id, (draft.fields.place, draft.fields));
        }
    }
    named
}
