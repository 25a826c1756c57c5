//! What a press declares must hold between its figures (勾稽关系).

use super::fields::{Fields, Kind};
use super::rows::Rows;
use super::{Cx, figures, grid, value};
use crate::diag::codes::{check as codes, figures as of_figures};
use crate::diag::{Diagnostic, Diagnostics};
use crate::formula::{self, Names, Trouble, Verdict};
use crate::model::schema::{Schema, invariants as schema};
use crate::model::{Input, Invariant, Record, Year};
use crate::press::Series;
use crate::tree::Node;

/// The names of the table; it is no free table.
const NAMES: [&str; 3] = ["invariants", "勾稽关系", "约束"];

/// Whether a table holds invariants.
pub(super) fn is_name(name: &str) -> bool {
    NAMES.contains(&name.trim())
}

/// The invariants in the rows of a table.
pub(super) fn rows(rows: &Rows<'_>, cx: &mut Cx<'_>) -> Vec<Invariant> {
    declared(rows, schema(), "an invariant", "invariants", cx, invariant)
}

/// What a table declares, row by row: `noun` with an article, and the name of the table.
pub(super) fn declared<T>(
    rows: &Rows<'_>,
    schema: &Schema,
    noun: &str,
    table: &str,
    cx: &mut Cx<'_>,
    make: fn(Fields<'_, '_>) -> Option<T>,
) -> Vec<T> {
    let kind = Kind::row(noun);
    let of_node = |node: &Node, cx: &mut Cx<'_>| match node.as_table() {
        Some(table) => make(Fields::of_table(table, node.place, schema, kind, cx)),
        None => {
            let message = format!("this is {}, expected {noun}", node.kind());
            cx.diags.add(
                Diagnostic::new(&codes::NO_ROWS, node.place, message)
                    .hint(format!("write rows: `[[{table}]]`")),
            );
            None
        }
    };
    match rows {
        Rows::Grid(grid) => {
            let cx = &mut Cx::cells(cx.diags);
            grid::typed(grid, schema, kind, cx).into_iter().filter_map(make).collect()
        }
        Rows::List(nodes) => nodes.iter().filter_map(|node| of_node(node, cx)).collect(),
        Rows::One(node) => of_node(node, cx).into_iter().collect(),
        Rows::Keyed(table) => {
            let nodes = table.entries.iter().map(|entry| &entry.node);
            nodes.filter_map(|node| of_node(node, cx)).collect()
        }
    }
}

fn invariant(mut fields: Fields<'_, '_>) -> Option<Invariant> {
    let rule = fields.text_placed("rule")?;
    Some(Invariant { rule: rule.text, place: rule.place, note: fields.text("note") })
}

/// Checks all invariants: those of a record in its year, those of the series in each year
/// whose record has the figures that they name.
pub(super) fn check(series: &Series, names: &Names, diags: &mut Diagnostics) {
    for (year, record) in &series.records {
        for invariant in &record.invariants {
            if let Some(trouble) = judge(invariant, series, names, Some(*year), diags) {
                figures::report(&trouble, &invariant.rule, invariant.place, diags);
            }
        }
    }
    let mut years: Vec<Option<Year>> = series.records.keys().copied().map(Some).collect();
    if years.is_empty() {
        years.push(None);
    }
    for invariant in &series.shared.invariants {
        let mut troubles = Vec::new();
        for &year in &years {
            troubles.extend(judge(invariant, series, names, year, diags));
        }
        // A year may lack a figure; one that all years lack is a wrong name.
        let lacks = |one: &Trouble| {
            matches!(
                one,
                Trouble::Unknown { noun: "figure" | "table" | "record of the year", .. }
            )
        };
        let everywhere = troubles.len() == years.len();
        let told = troubles.iter().find(|one| !lacks(one));
        let told = told.or_else(|| troubles.last().filter(|_| everywhere));
        if let Some(trouble) = told {
            figures::report(trouble, &invariant.rule, invariant.place, diags);
        }
    }
}

/// Reports an invariant that is broken; gives why it cannot be judged.
fn judge(
    invariant: &Invariant,
    series: &Series,
    names: &Names,
    year: Option<Year>,
    diags: &mut Diagnostics,
) -> Option<Trouble> {
    let facts = figures::facts(series, names, year);
    let judged = formula::parse(&invariant.rule)
        .and_then(|expr| Ok((formula::judge(&expr, &facts)?, facts.inputs(&expr))));
    let (verdict, inputs) = match judged {
        Ok(judged) => judged,
        Err(trouble) => return Some(trouble),
    };
    if let Verdict::Broken(why) = verdict {
        let rule = value::quote(&invariant.rule);
        let mut found = Diagnostic::new(
            &of_figures::BROKEN_INVARIANT,
            invariant.place,
            format!("`{rule}` does not hold: {why}"),
        );
        for input in &inputs {
            let Input::Figure(year, id) = input else { continue };
            let record: Option<&Record> = match year {
                Some(year) => series.records.get(year),
                None => Some(&series.shared),
            };
            if let Some(figure) = record.and_then(|record| record.figures.get(id)) {
                found = found.related(figure.value_place, format!("`{id}`"));
            }
        }
        let note = invariant.note.as_ref().map(|note| format!("see its note: {note}"));
        diags.add(found.maybe_hint(note));
    }
    None
}
