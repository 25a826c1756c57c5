//! Which collections a data file holds, and its rows.

use super::Cx;
use super::grid;
use super::value;
use crate::diag::Diagnostic;
use crate::diag::codes::check as codes;
use crate::folder::DataFile;
use crate::model::schema::{Collection, Schema, Type};
use crate::model::{Datum, Row};
use crate::source::Place;
use crate::tree::{Data, Entry, Grid, Node, Table, Value};

/// Stems of files whose top-level keys are collections.
const MIXED: [&str; 2] = ["record", "data"];

/// What a part of a data file holds.
pub(super) enum Part<'n> {
    /// Rows of a typed collection.
    Typed(Collection, Rows<'n>),
    /// Rows of a free table.
    Free(String, Rows<'n>),
}

/// Rows as they were written.
pub(super) enum Rows<'n> {
    /// One after the other.
    List(&'n [Node]),
    /// Each under its id.
    Keyed(&'n Table),
    /// A single one.
    One(&'n Node),
    /// In a sheet.
    Grid(&'n Grid),
}

impl Rows<'_> {
    /// Where the first of them stands.
    pub fn place(&self) -> Option<Place> {
        match self {
            Self::List(nodes) => nodes.first().map(|node| node.place),
            Self::Keyed(table) => table.entries.first().map(|entry| entry.key_place),
            Self::One(node) => Some(node.place),
            Self::Grid(grid) => grid.rows.iter().flatten().next().map(|cell| cell.place),
        }
    }
}

/// The parts of a data file, in order.
pub(super) fn parts<'n>(file: &'n DataFile, cx: &mut Cx<'_>) -> Vec<Part<'n>> {
    match &*file.data {
        Data::Tree(node) => tree(&file.stem, node, cx),
        Data::Grids(grids) => sheets(&file.stem, grids),
    }
}

/// Each sheet is a collection by its name; else the first one takes the file's name.
fn sheets<'n>(stem: &str, grids: &'n [Grid]) -> Vec<Part<'n>> {
    let own = Collection::from_name(stem);
    let named = |grid: &Grid| Collection::from_name(&grid.name);
    // A sheet of the collection's own name leaves the first one free, for remarks.
    let taken = own.is_some() && grids.iter().any(|grid| named(grid) == own);
    let part = |(at, grid): (usize, &'n Grid)| {
        let rows = Rows::Grid(grid);
        match (named(grid), own) {
            (Some(collection), _) => Part::Typed(collection, rows),
            (None, Some(collection)) if at == 0 && !taken => {
                Part::Typed(collection, rows)
            }
            (None, None) if at == 0 => Part::Free(stem.to_owned(), rows),
            (None, _) => Part::Free(grid.name.trim().to_owned(), rows),
        }
    };
    grids.iter().enumerate().map(part).collect()
}

fn tree<'n>(stem: &str, node: &'n Node, cx: &mut Cx<'_>) -> Vec<Part<'n>> {
    let own = Collection::from_name(stem);
    let table = match &node.value {
        Value::Null => return Vec::new(),
        Value::List(items) => {
            let rows = Rows::List(items);
            return vec![match own {
                Some(collection) => Part::Typed(collection, rows),
                None => Part::Free(stem.to_owned(), rows),
            }];
        }
        Value::Table(table) => table,
        _ => {
            let ty = Type::List(Box::new(Type::Any));
            let _: Option<()> = value::wrong(node, &ty, stem, cx);
            return Vec::new();
        }
    };
    let lists = |entry: &Entry| matches!(entry.node.value, Value::List(_));
    let tables = |entry: &Entry| matches!(entry.node.value, Value::Table(_));
    let named = |entry: &Entry| Collection::from_name(&entry.key);
    let mut entries = table.entries.iter();
    match own {
        // `[[figures]]`, or one key `figures` over rows keyed by id.
        Some(own) => {
            let mixed = entries.any(|entry| {
                named(entry).is_some() && lists(entry)
                    || named(entry) == Some(own) && keyed_rows(&entry.node).is_some()
            });
            if mixed {
                by_key(table, cx)
            } else {
                vec![Part::Typed(own, Rows::Keyed(table))]
            }
        }
        None if MIXED.contains(&stem)
            || entries.any(|entry| {
                named(entry).is_some() && (lists(entry) || tables(entry))
            }) =>
        {
            by_key(table, cx)
        }
        None if table.entries.is_empty() => Vec::new(),
        None if table.entries.iter().all(lists) => by_key(table, cx),
        None if table.entries.iter().all(tables) => {
            vec![Part::Free(stem.to_owned(), Rows::Keyed(table))]
        }
        None => vec![Part::Free(stem.to_owned(), Rows::One(node))],
    }
}

/// The table, where all its values are tables: rows keyed by id.
fn keyed_rows(node: &Node) -> Option<&Table> {
    let rows = |table: &&Table| {
        table.entries.iter().all(|entry| entry.node.as_table().is_some())
            && !table.entries.is_empty()
    };
    node.as_table().filter(rows)
}

/// Each key is a collection or a free table.
pub(super) fn by_key<'n>(table: &'n Table, cx: &mut Cx<'_>) -> Vec<Part<'n>> {
    table.entries.iter().filter_map(|entry| of_entry(entry, cx)).collect()
}

/// The collection or free table that one key holds.
pub(super) fn of_entry<'n>(entry: &'n Entry, cx: &mut Cx<'_>) -> Option<Part<'n>> {
    let collection = Collection::from_name(&entry.key);
    let rows = match &entry.node.value {
        Value::Null => return None,
        Value::List(items) => Rows::List(items),
        Value::Table(table) if collection.is_some() => Rows::Keyed(table),
        Value::Table(_) => match keyed_rows(&entry.node) {
            Some(table) => Rows::Keyed(table),
            None => Rows::One(&entry.node),
        },
        _ => {
            let message = format!("`{}` is {}, not rows", entry.key, entry.node.kind());
            cx.diags.add(
                Diagnostic::new(&codes::NO_ROWS, entry.node.place, message)
                    .hint(format!("write rows: `[[{}]]`", entry.key)),
            );
            return None;
        }
    };
    Some(match collection {
        Some(collection) => Part::Typed(collection, rows),
        None => Part::Free(entry.key.clone(), rows),
    })
}

/// The rows of a free table.
pub(super) fn free<'n>(
    rows: &Rows<'n>,
    name: &str,
    schema: Option<&Schema>,
    cx: &mut Cx<'_>,
) -> Vec<(Place, Row)> {
    let nodes: Vec<(Option<&str>, &Node)> = match rows {
        Rows::Grid(grid) => return grid::free(grid, schema, &mut Cx::cells(cx.diags)),
        Rows::List(nodes) => nodes.iter().map(|node| (None, node)).collect(),
        Rows::One(node) => vec![(None, *node)],
        Rows::Keyed(table) => {
            let keyed = |entry: &'n Entry| (Some(entry.key.as_str()), &entry.node);
            table.entries.iter().map(keyed).collect()
        }
    };
    let mut all = Vec::with_capacity(nodes.len());
    for (id, node) in nodes {
        let mut row = Row::new();
        if let Some(id) = id {
            row.insert("id".to_owned(), Datum::Text(id.to_owned()));
        }
        match &node.value {
            Value::Null => continue,
            Value::Table(table) => {
                for entry in &table.entries {
                    let field = schema.and_then(|schema| schema.find(&entry.key));
                    let (key, ty) = field.map_or((&entry.key, &Type::Any), |field| {
                        (&field.key, &field.ty)
                    });
                    let blank = value::is_blank(&entry.node) && *ty != Type::Any;
                    if !blank
                        && let Some(datum) = value::read(&entry.node, ty, key, None, cx)
                    {
                        row.insert(key.clone(), datum);
                    }
                }
            }
            // A plain list, such as names: each is a row of one field.
            _ => {
                row.insert("value".to_owned(), value::any(node));
            }
        }
        if let Some(schema) = schema {
            require(&row, node.place, schema, name, cx);
        }
        all.push((node.place, row));
    }
    all
}

/// Reports declared fields of a free table that a row leaves empty.
pub(super) fn require(
    row: &Row,
    place: Place,
    schema: &Schema,
    name: &str,
    cx: &mut Cx<'_>,
) {
    for field in schema.fields.iter().filter(|field| field.required) {
        if row.get(&field.key).is_none_or(|datum| *datum == Datum::Null) {
            let message = format!("a row of `{name}` has no `{}`", field.key);
            cx.diags.report(&codes::MISSING_FIELD, place, message);
        }
    }
}
