//! A series: what `series.toml` says, its shared data, and the records of its years.

use std::collections::BTreeMap;

use super::fields::{Fields, Kind};
use super::{Cx, figures, invariants, record, revisions, rows, rules, settings, value};
use crate::diag::Diagnostics;
use crate::folder::SeriesFolder;
use crate::locale::Language;
use crate::model::schema::{Collection, Schema, Type, series as series_schema};
use crate::model::{Datum, Row};
use crate::press::{Series, SeriesNames};
use crate::tree::{Entry, Table, Value};

/// Reads a series with its records.
pub(super) fn series(
    name: &str,
    folder: &SeriesFolder,
    schemas: &BTreeMap<String, Schema>,
    diags: &mut Diagnostics,
) -> Series {
    let cx = &mut Cx::tree(diags);
    let mut made = Series {
        name: name.to_owned(),
        title: name.to_owned(),
        publisher: None,
        language: None,
        names: BTreeMap::new(),
        extra: Row::new(),
        shared: crate::model::Record::default(),
        records: BTreeMap::new(),
    };
    let mut parts = Vec::new();
    if let Some(node) = &folder.settings {
        match node.as_table() {
            Some(table) => {
                let typed = |entry: &&Entry| {
                    (Collection::from_name(&entry.key).is_some()
                        || invariants::is_name(&entry.key)
                        || revisions::is_name(&entry.key))
                        && matches!(entry.node.value, Value::List(_) | Value::Table(_))
                };
                let held = table.entries.iter().filter(typed);
                parts.extend(held.filter_map(|entry| rows::of_entry(entry, cx)));
                let others = table.entries.iter().filter(|entry| !typed(entry));
                let others = Table { entries: others.cloned().collect() };
                let kind = Kind::keys("the series");
                let schema = series_schema();
                let mut fields = Fields::of_table(&others, node.place, schema, kind, cx);
                if let Some(title) = fields.text("title") {
                    made.title = title;
                }
                made.publisher = fields.text("publisher");
                made.language = settings::language(&mut fields);
                for language in Language::ALL {
                    let names = names(&fields, language, cx);
                    made.names.extend(names.map(|names| (language, names)));
                }
                made.extra = fields.others(schema);
            }
            None => {
                let ty = Type::Table(series_schema().clone());
                let _: Option<()> = value::wrong(node, &ty, "the series", cx);
            }
        }
    }
    let mut all = vec![(None, record::record(&folder.data, parts, schemas, cx.diags))];
    all.extend(folder.years.iter().map(|(year, files)| {
        (Some(*year), record::record(files, Vec::new(), schemas, cx.diags))
    }));
    let mut waiting = Vec::new();
    let mut origins = Vec::new();
    for (year, gathered) in all {
        waiting.push((year, gathered.order, gathered.waiting));
        origins.push((year, gathered.origins));
        match year {
            Some(year) => drop(made.records.insert(year, gathered.record)),
            None => made.shared = gathered.record,
        }
    }
    if let Some(node) = &folder.settings {
        made.shared.files.insert(0, node.place.file);
    }
    let names = figures::settle(&mut made, waiting, cx.diags);
    for (year, origins) in &origins {
        let record = match year {
            Some(year) => made.records.get(year),
            None => Some(&made.shared),
        };
        let Some(record) = record else { continue };
        rules::record(record, *year, origins, cx.diags);
    }
    invariants::check(&made, &names, cx.diags);
    for record in std::iter::once(&made.shared).chain(made.records.values()) {
        revisions::check(record, cx.diags);
    }
    made
}

/// What a series is called in a language: the table of that name in `series.toml`.
fn names(
    fields: &Fields<'_, '_>,
    language: Language,
    cx: &mut Cx<'_>,
) -> Option<SeriesNames> {
    let field = series_schema().find(language.word())?;
    let Type::Table(schema) = &field.ty else { return None };
    let (place, table) = fields.table(&field.key)?;
    let kind = Kind::keys("the names in a language");
    let mut fields = Fields::of_table(table, place, schema, kind, cx);
    let mut names = SeriesNames {
        title: fields.text("title"),
        publisher: fields.text("publisher"),
        ..SeriesNames::default()
    };
    let units = fields.table("units").map(|(_, table)| table);
    for entry in units.into_iter().flat_map(|table| &table.entries) {
        // An empty text says that the language has no such unit.
        let text = match value::is_blank(&entry.node) {
            true => Some(Datum::Text(String::new())),
            false => value::read(&entry.node, &Type::Text, &entry.key, None, cx),
        };
        if let Some(Datum::Text(text)) = text {
            // Units of quantities have half-width brackets, whatever the data has.
            let unit = entry.key.replace('（', "(").replace('）', ")");
            names.units.insert(unit, text);
        }
    }
    names.extra = fields.others(schema);
    Some(names)
}
