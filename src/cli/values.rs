//! Values of the press as JSON, and JSON as lines for people.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::diag::render::visible;
use crate::model::{Datum, Figure, Formula, Input, Quantity};
use crate::press::Series;
use crate::source::Sources;

/// A checked value as JSON: numbers as they were written, dates and periods in ISO 8601.
pub(super) fn datum(value: &Datum) -> Value {
    match value {
        Datum::Null => Value::Null,
        Datum::Bool(value) => json!(value),
        Datum::Number(_, text) | Datum::Text(text) => json!(text),
        Datum::Date(date) => json!(date.to_string()),
        Datum::Period(period) => json!(period.to_string()),
        Datum::Quantity(quantity) => json!(quantity.text),
        Datum::List(items) => items.iter().map(datum).collect(),
        Datum::Table(entries) => {
            entries.iter().map(|(key, value)| (key.clone(), datum(value))).collect()
        }
    }
}

/// All that is known of a figure; `name` is `series/year/id`.
pub(super) fn figure(
    name: &str,
    figure: &Figure,
    series: &Series,
    sources: &Sources,
) -> Value {
    let extra: Map<String, Value> = figure
        .item
        .extra
        .iter()
        .map(|(key, value)| (key.clone(), datum(value)))
        .collect();
    let mut out = json!({
        "figure": name,
        "label": figure.label,
        "value": figure.value.text,
        "number": number(&figure.value),
        "unit": figure.value.unit,
        "bound": figure.value.bound.word(),
        "scope": figure.scope,
        "period": figure.period.map(|period| period.to_string()),
        "as_of": figure.as_of.map(|date| date.to_string()),
        "source": figure.source,
        "event": figure.event,
        "previous": figure.previous.as_ref().map(|value| &value.text),
        "target": figure.target.as_ref().map(|value| &value.text),
        "definition": figure.definition,
        "note": figure.note,
        "part_of": figure.part_of,
        "formula": figure.formula.as_ref().map(|formula| &formula.text),
        "inputs": figure.formula.as_ref().map(|formula| inputs(name, formula)),
        "exact": figure.formula.as_ref().map(|one| one.exact.normalize().to_string()),
        "rounding": figure.rounding.map(|rounding| rounding.to_string()),
    });
    if let Some(fields) = out.as_object_mut() {
        fields.extend(extra);
        let place = sources.show(figure.value_place);
        fields.insert("place".to_owned(), place.into());
        let years = series.records.iter().filter_map(|(year, record)| {
            let same = record.figures.get(&figure.item.id)?;
            let scope = same.scope.as_ref().filter(|_| same.scope != figure.scope);
            let scope = scope.map_or_else(String::new, |scope| format!("（{scope}）"));
            Some((year.to_string(), json!(format!("{}{scope}", same.value))))
        });
        fields.insert("years".to_owned(), Value::Object(years.collect()));
    }
    out
}

/// What a formula is computed from, as one would ask for it; `name` is that of the figure.
fn inputs(name: &str, formula: &Formula) -> Vec<String> {
    let series = name.split('/').next().unwrap_or(name);
    let input = |input: &Input| match input {
        Input::Figure(Some(year), id) => format!("{series}/{year}/{id}"),
        Input::Figure(None, id) => format!("{series}/{id}"),
        Input::Rows(table) => table.clone(),
    };
    formula.inputs.iter().map(input).collect()
}

/// The value as a plain decimal number, magnitude applied; `null` where it is too large.
fn number(quantity: &Quantity) -> Value {
    quantity.value().map_or(Value::Null, |value| json!(value.normalize().to_string()))
}

/// JSON as indented `key: value` lines; what is empty is left out.
pub(super) fn outline(value: &Value) -> String {
    let mut out = String::new();
    write_outline(&mut out, value, 0);
    out
}

fn write_outline(out: &mut String, value: &Value, depth: usize) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(entries) => {
            for (key, value) in entries.iter().filter(|(_, value)| !is_empty(value)) {
                let key = visible(key);
                if is_flat(value) {
                    let _ = writeln!(out, "{indent}{key}: {}", flat(value));
                } else {
                    let _ = writeln!(out, "{indent}{key}:");
                    write_outline(out, value, depth + 1);
                }
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                if at > 0 && !is_flat(item) {
                    out.push('\n');
                }
                write_outline(out, item, depth);
            }
        }
        one => {
            let _ = writeln!(out, "{indent}{}", flat(one));
        }
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.values().all(is_empty),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether a value fits behind its key.
fn is_flat(value: &Value) -> bool {
    match value {
        Value::Object(_) => false,
        Value::Array(items) => {
            items.iter().all(|item| !item.is_object() && !item.is_array())
        }
        _ => true,
    }
}

fn flat(value: &Value) -> String {
    match value {
        Value::String(text) => visible(text),
        Value::Array(items) => items.iter().map(flat).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outline_leaves_out_what_is_empty() {
        let value = json!({
            "label": "参与捐赠", "scope": null, "formats": ["pdf", "html"],
            "pdf": { "standards": [], "system_fonts": false }, "rules": {},
        });
        let expected =
            "label: 参与捐赠\nformats: pdf, html\npdf:\n  system_fonts: false\n";
        assert_eq!(outline(&value), expected);
        let list = json!([{ "a": 1 }, { "a": 2 }]);
        assert_eq!(outline(&list), "a: 1\n\na: 2\n");
    }
}
