//! Sheets as people make them: which row holds the heads, and what each column is.

use std::collections::BTreeSet;

use super::Cx;
use super::fields::{Fields, Frame, Kind};
use super::value;
use crate::diag::Diagnostic;
use crate::diag::codes::check as codes;
use crate::model::schema::{Schema, Type};
use crate::model::{Datum, Row};
use crate::source::{Place, Span};
use crate::tree::{Grid, Node, Value};

/// The header row is looked for in so many rows that hold anything.
pub const HEADER_ROWS: usize = 10;

/// Heads of columns that only count the rows; they are passed over in collections that
/// have no such field.
const ROW_NUMBERS: [&str; 4] = ["序号", "no.", "no", "#"];

/// What a column of a typed collection is.
enum Column {
    /// Nothing that is read; what it is was said.
    Ignored,
    /// No head: whether that matters depends on the cells below.
    Headless,
    /// A field, and the unit that the head gives in brackets: 数值（万元）.
    Field(usize, Option<String>),
}

/// A head as it is compared: half-width, without white space and marks, Latin letters
/// small; 统计 口径： is 统计口径, `As of` is `as_of`.
fn normal(text: &str) -> String {
    let mut out = String::new();
    for ch in crate::model::half_width(text).trim().chars() {
        if ch.is_whitespace() {
            if out.ends_with(|last: char| last.is_ascii_alphanumeric()) {
                out.push('_');
            }
        } else if ch != '*' {
            out.extend(ch.to_lowercase());
        }
    }
    out.trim_end_matches([':', '_']).to_owned()
}

/// The text of a head; dates and numbers can head columns of free tables.
fn head(node: &Node) -> &str {
    match &node.value {
        Value::Text(text) | Value::Number(text) | Value::Date(text) => text.trim(),
        _ => "",
    }
}

/// The field that a head names, with a unit in brackets where it has one.
fn recognise(text: &str, schema: &Schema) -> Option<(usize, Option<String>)> {
    if text.len() > 200 {
        return None;
    }
    let normal = normal(text);
    let find = |name: &str| {
        schema.position(name).or_else(|| {
            schema.fields.iter().position(|field| field.key.to_lowercase() == name)
        })
    };
    if let Some(at) = find(&normal) {
        return Some((at, None));
    }
    let (name, unit) = normal.strip_suffix(')')?.split_once('(')?;
    let at = find(name)?;
    let unit = (schema.fields[at].ty == Type::Quantity).then(|| unit.to_owned());
    Some((at, unit))
}

/// The rows of a typed collection.
pub(super) fn typed<'n, 's>(
    grid: &'n Grid,
    schema: &'s Schema,
    kind: Kind<'_>,
    cx: &mut Cx<'_>,
) -> Vec<Fields<'n, 's>> {
    let known = |row: &[Node]| {
        row.iter().filter(|cell| recognise(head(cell), schema).is_some()).count()
    };
    let found = grid.rows.iter().take(HEADER_ROWS).position(|row| known(row) >= 2);
    let Some(header) = found else {
        no_header(grid, schema, kind, cx);
        return Vec::new();
    };
    let columns = columns(&grid.rows[header], schema, kind, cx);
    let merged: BTreeSet<usize> = grid.merged.iter().copied().collect();
    let mut headless = BTreeSet::new();
    let mut all = Vec::with_capacity(grid.rows.len().saturating_sub(header + 1));
    for (at, row) in grid.rows.iter().enumerate().skip(header + 1) {
        let filled = row.iter().filter(|cell| !value::is_blank(cell)).count();
        if filled == 0 {
            continue;
        }
        if filled == 1 && merged.contains(&at) {
            skipped(row, cx);
            continue;
        }
        let mut nodes = vec![None; schema.fields.len()];
        let mut unit = None;
        for (col, cell) in row.iter().enumerate() {
            match columns.get(col) {
                Some(Column::Field(field, own)) => {
                    nodes[*field] = Some(cell);
                    unit = unit.or(own.as_deref());
                }
                Some(Column::Ignored) => {}
                Some(Column::Headless) | None => {
                    if !value::is_blank(cell) && headless.insert(col) {
                        without_head(cell, cx);
                    }
                }
            }
        }
        // A row that is shorter than the header has its empty cells there all the same.
        let blanks = missing_cells(row, &columns);
        let place = row.first().map_or(Place::whole(grid.file), |cell| cell.place);
        let missing = |field: usize| {
            blanks.iter().find(|(at, _)| *at == field).map(|(_, place)| *place)
        };
        let frame = Frame { place, schema, kind, unit, id: None };
        all.push(Fields::of_cells(&nodes, missing, &frame, cx));
    }
    all
}

/// Fields whose cells lie beyond the end of a row, with the places of these cells.
fn missing_cells(row: &[Node], columns: &[Column]) -> Vec<(usize, Place)> {
    let Some(last) = row.last() else { return Vec::new() };
    let beyond = columns.iter().enumerate().skip(row.len());
    beyond
        .filter_map(|(col, column)| match column {
            Column::Field(field, _) => Some((*field, in_column(last.place, col))),
            Column::Ignored | Column::Headless => None,
        })
        .collect()
}

/// The place of another cell of the same row; the end of the row in a text file.
fn in_column(place: Place, col: usize) -> Place {
    match place.span {
        Span::Cell { sheet, row, .. } => {
            let col = u32::try_from(col).unwrap_or(u32::MAX);
            Place::cell(place.file, sheet, row, col)
        }
        Span::Bytes { end, .. } => Place::bytes(place.file, end as usize..end as usize),
        Span::Whole => place,
    }
}

fn columns(
    row: &[Node],
    schema: &Schema,
    kind: Kind<'_>,
    cx: &mut Cx<'_>,
) -> Vec<Column> {
    let mut firsts: Vec<Option<Place>> = vec![None; schema.fields.len()];
    let mut columns = Vec::with_capacity(row.len());
    for cell in row {
        let text = head(cell);
        columns.push(match recognise(text, schema) {
            Some((field, unit)) => match firsts[field] {
                None => {
                    firsts[field] = Some(cell.place);
                    Column::Field(field, unit)
                }
                Some(first) => {
                    let key = &schema.fields[field].key;
                    duplicate(text, key, cell.place, first, cx);
                    Column::Ignored
                }
            },
            None if text.is_empty() => Column::Headless,
            None => {
                if !ROW_NUMBERS.contains(&normal(text).as_str()) {
                    kind.report_unknown(text, cell.place, schema, cx);
                }
                Column::Ignored
            }
        });
    }
    columns
}

fn duplicate(text: &str, key: &str, place: Place, first: Place, cx: &mut Cx<'_>) {
    let text = value::quote(text);
    let message = if text == key {
        format!("there are two columns `{text}`")
    } else {
        format!("the column `{text}` holds `{key}`, as another column does")
    };
    cx.diags.add(
        Diagnostic::new(&codes::DUPLICATE_COLUMN, place, message)
            .related(first, "the first of them"),
    );
}

fn without_head(cell: &Node, cx: &mut Cx<'_>) {
    let message =
        format!("`{}` stands in a column without a head", { value::quote(head(cell)) });
    cx.diags.add(
        Diagnostic::new(&codes::COLUMN_WITHOUT_HEAD, cell.place, message)
            .hint("write the name of a field above it"),
    );
}

fn skipped(row: &[Node], cx: &mut Cx<'_>) {
    if let Some(cell) = row.iter().find(|cell| !value::is_blank(cell)) {
        let text = value::quote(head(cell));
        let message = format!("the merged row `{text}` is not read as data");
        cx.diags.report(&codes::SKIPPED_ROW, cell.place, message);
    }
}

fn no_header(grid: &Grid, schema: &Schema, kind: Kind<'_>, cx: &mut Cx<'_>) {
    let Some(first) = grid.rows.iter().find_map(|row| row.first()) else { return };
    let message =
        format!("no row among the first {HEADER_ROWS} names two fields of {}", kind.name);
    let heads: Vec<&str> = schema
        .fields
        .iter()
        .filter(|field| field.required)
        .flat_map(|f| f.names())
        .collect();
    let near = grid.rows.iter().take(HEADER_ROWS).flatten().find_map(|cell| {
        let text = value::quote(head(cell));
        let name = crate::diag::nearest(&text, schema.names())?;
        (text.chars().count() > 1).then(|| format!("did you mean `{name}` by `{text}`?"))
    });
    cx.diags.add(
        Diagnostic::new(&codes::NO_HEADER_ROW, first.place, message)
            .hint(format!("put a row of heads above the data: `{}`", heads.join("`, `")))
            .maybe_hint(near),
    );
}

/// The rows of a free table: heads are names, and cells without a declared type are what
/// they are.
pub(super) fn free(
    grid: &Grid,
    schema: Option<&Schema>,
    cx: &mut Cx<'_>,
) -> Vec<(Place, Row)> {
    let filled = |row: &[Node]| row.iter().filter(|cell| !value::is_blank(cell)).count();
    let merged: BTreeSet<usize> = grid.merged.iter().copied().collect();
    let find = |least: usize| {
        grid.rows
            .iter()
            .enumerate()
            .take(HEADER_ROWS)
            .position(|(at, row)| !merged.contains(&at) && filled(row) >= least)
    };
    let Some(header) = find(2).or_else(|| find(1)) else { return Vec::new() };
    let columns = names(&grid.rows[header], schema, cx);
    let names = columns.iter().filter_map(|column| match column {
        Name::Known(name) => Some((name.clone(), Datum::Null)),
        Name::Ignored | Name::Headless => None,
    });
    let blank: Row = names.collect();
    let mut headless = BTreeSet::new();
    let mut all = Vec::new();
    for (at, row) in grid.rows.iter().enumerate().skip(header + 1) {
        match filled(row) {
            0 => continue,
            1 if merged.contains(&at) => {
                skipped(row, cx);
                continue;
            }
            _ => {}
        }
        let mut out = blank.clone();
        for (col, cell) in
            row.iter().enumerate().filter(|(_, cell)| !value::is_blank(cell))
        {
            let name = match columns.get(col) {
                Some(Name::Known(name)) => name,
                Some(Name::Ignored) => continue,
                Some(Name::Headless) | None => {
                    if headless.insert(col) {
                        without_head(cell, cx);
                    }
                    continue;
                }
            };
            let field = schema.and_then(|schema| schema.find(name));
            let ty = field.map_or(&Type::Any, |field| &field.ty);
            let slot = out.get_mut(name);
            if let Some((slot, datum)) = slot.zip(value::read(cell, ty, name, None, cx)) {
                *slot = datum;
            }
        }
        let place = row.first().map_or(Place::whole(grid.file), |cell| cell.place);
        all.push((place, out));
    }
    if let Some(schema) = schema {
        for (place, row) in &all {
            super::rows::require(row, *place, schema, &grid.name, cx);
        }
    }
    all
}

/// What a column of a free table is.
enum Name {
    /// A field of this name.
    Known(String),
    /// A second column of one name.
    Ignored,
    /// No head.
    Headless,
}

fn names(header: &[Node], schema: Option<&Schema>, cx: &mut Cx<'_>) -> Vec<Name> {
    let mut seen = std::collections::BTreeMap::new();
    let name = |cell: &Node| {
        let text = head(cell);
        if text.is_empty() {
            return Name::Headless;
        }
        let field = schema.and_then(|schema| {
            recognise(text, schema).and_then(|(at, _)| schema.fields.get(at))
        });
        let name = field.map_or(text, |field| &field.key).to_owned();
        if let Some(first) = seen.get(&name) {
            duplicate(text, &name, cell.place, *first, cx);
            return Name::Ignored;
        }
        seen.insert(name.clone(), cell.place);
        Name::Known(name)
    };
    header.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::schema::Collection;

    #[test]
    fn heads_are_recognised_however_they_are_spaced() {
        let schema = Collection::Figures.schema();
        let key = |text| {
            recognise(text, schema)
                .map(|(at, unit)| (schema.fields[at].key.as_str(), unit))
        };
        assert_eq!(key("统计 口径："), Some(("scope", None)));
        assert_eq!(key("数值（万元）"), Some(("value", Some("万元".to_owned()))));
        assert_eq!(key("As of"), Some(("as_of", None)));
        assert_eq!(key("＊指标*"), Some(("label", None)));
        assert_eq!(key("截至\n日期"), Some(("as_of", None)));
        assert_eq!(key("序号"), None);
        assert_eq!(key(""), None);
    }
}
