//! Items and rows as formulas see them: some fields of each, and conditions on them.

use std::cmp::Ordering;

use super::parse::{Expr, Name, Op};
use super::{Amount, Facts, Trouble};
use crate::diag::suggest;
use crate::model::schema::Collection;
use crate::model::{
    Date, Datum, Event, Figure, Office, Organisation, Period, Quantity, Record, Row, Task,
};

/// The fields asked for of every item of a collection or table that keeps the conditions.
pub(super) struct Rows {
    rows: Vec<Vec<Datum>>,
}

impl Rows {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The amounts in the first field of each; empty ones are left out.
    pub fn amounts(&self, field: &str) -> Result<Vec<Amount>, Trouble> {
        let given = self.rows.iter().filter_map(|row| row.first());
        given
            .filter(|datum| **datum != Datum::Null)
            .map(|datum| {
                amount(datum).ok_or_else(|| {
                    Trouble::Sort(format!("a row has no number in `{field}`"))
                })?
            })
            .collect()
    }
}

/// A condition: a field, how it is compared, and with what.
struct Condition<'e> {
    field: &'e str,
    op: Op,
    with: &'e Expr,
}

/// Whether a name is that of a collection or table.
pub(super) fn is_rows(name: &Name, facts: &Facts<'_>) -> bool {
    name.table
        || Collection::from_name(&name.name).is_some()
        || facts.both(name.when).is_ok_and(|both| {
            both.iter().any(|record| record.tables.contains_key(&name.name))
        })
}

/// The items of a collection or table that keep all conditions; `first` is the field whose
/// values are wanted.
pub(super) fn select(
    name: &Name,
    first: Option<&str>,
    conditions: &[Expr],
    facts: &Facts<'_>,
) -> Result<Rows, Trouble> {
    let conditions =
        conditions.iter().map(condition).collect::<Result<Vec<_>, Trouble>>()?;
    let wanted = first.into_iter().chain(conditions.iter().map(|one| one.field));
    let wanted: Vec<&str> = wanted.collect();
    let records = facts.both(name.when)?;
    let collection = Collection::from_name(&name.name).filter(|_| !name.table);
    let mut rows = Vec::new();
    match collection {
        Some(collection) => {
            let keys = wanted.iter().map(|field| typed_key(collection, field, &records));
            let keys = keys.collect::<Result<Vec<_>, _>>()?;
            records.iter().for_each(|record| items(record, collection, &keys, &mut rows));
        }
        None => {
            let tables: Vec<_> =
                records.iter().filter_map(|one| one.tables.get(&name.name)).collect();
            if tables.is_empty() {
                return Err(unknown_table(&name.name, &records));
            }
            let all = || tables.iter().flat_map(|table| table.iter().map(|(_, row)| row));
            for field in &wanted {
                known_field(field, all())?;
            }
            rows.extend(all().map(|row| {
                let value = |key: &&str| row.get(*key).cloned().unwrap_or(Datum::Null);
                wanted.iter().map(value).collect::<Vec<_>>()
            }));
        }
    }
    let from = usize::from(first.is_some());
    let mut kept = Vec::with_capacity(rows.len());
    for row in rows {
        let mut all = true;
        for (one, datum) in conditions.iter().zip(row.iter().skip(from)) {
            all &= holds(one, datum)?;
        }
        if all {
            kept.push(row);
        }
    }
    Ok(Rows { rows: kept })
}

fn unknown_table(name: &str, records: &[&Record]) -> Trouble {
    let tables = records.iter().flat_map(|record| record.tables.keys());
    let known = tables.map(String::as_str).chain(Collection::ALL.map(Collection::name));
    let hint = suggest(name, known);
    Trouble::Unknown { noun: "table", name: name.to_owned(), hint }
}

fn condition(expr: &Expr) -> Result<Condition<'_>, Trouble> {
    let Expr::Claim(left, rest) = expr else {
        return Err(Trouble::Sort(format!(
            "`{expr}` is no condition, such as `状态 = \"完成\"`"
        )));
    };
    match (&**left, rest.as_slice()) {
        (Expr::Path(name), [(op, with)]) => {
            Ok(Condition { field: &name.name, op: *op, with })
        }
        (Expr::Text(field), [(op, with)]) => Ok(Condition { field, op: *op, with }),
        _ => Err(Trouble::Sort(format!("`{expr}` does not compare one field"))),
    }
}

/// The key of a built-in field by any of its names, or that of an added field.
fn typed_key(
    collection: Collection,
    field: &str,
    records: &[&Record],
) -> Result<String, Trouble> {
    let schema = collection.schema();
    if let Some(known) = schema.find(field) {
        return Ok(known.key.clone());
    }
    let extra = |record: &&Record| {
        let has = |row: &Row| row.contains_key(field);
        match collection {
            Collection::Figures => {
                record.figures.values().any(|one| has(&one.item.extra))
            }
            Collection::Events => record.events.values().any(|one| has(&one.item.extra)),
            Collection::Tasks => record.tasks.values().any(|one| has(&one.item.extra)),
            Collection::Organisations => {
                record.organisations.values().any(|one| has(&one.item.extra))
            }
            Collection::Offices => {
                record.offices.values().any(|one| has(&one.item.extra))
            }
        }
    };
    if records.iter().any(extra) {
        return Ok(field.to_owned());
    }
    let hint = suggest(field, schema.names());
    Err(Trouble::Unknown { noun: "field", name: field.to_owned(), hint })
}

fn known_field<'r>(
    field: &str,
    mut rows: impl Iterator<Item = &'r Row> + Clone,
) -> Result<(), Trouble> {
    if rows.clone().next().is_none() || rows.clone().any(|row| row.contains_key(field)) {
        return Ok(());
    }
    let known = rows.next().into_iter().flat_map(|row| row.keys().map(String::as_str));
    let hint = suggest(field, known);
    Err(Trouble::Unknown { noun: "field", name: field.to_owned(), hint })
}

fn items(
    record: &Record,
    collection: Collection,
    keys: &[String],
    out: &mut Vec<Vec<Datum>>,
) {
    fn take<'a, T: 'a>(
        all: impl Iterator<Item = &'a T>,
        keys: &[String],
        get: fn(&T, &str) -> Option<Datum>,
        out: &mut Vec<Vec<Datum>>,
    ) {
        let row = |one: &T| {
            keys.iter().map(|key| get(one, key).unwrap_or(Datum::Null)).collect()
        };
        out.extend(all.map(row));
    }
    match collection {
        Collection::Figures => take(record.figures.values(), keys, figure, out),
        Collection::Events => take(record.events.values(), keys, event, out),
        Collection::Tasks => take(record.tasks.values(), keys, task, out),
        Collection::Organisations => {
            take(record.organisations.values(), keys, organisation, out);
        }
        Collection::Offices => take(record.offices.values(), keys, office, out),
    }
}

fn text(text: &str) -> Option<Datum> {
    Some(Datum::Text(text.to_owned()))
}

fn maybe(text: Option<&String>) -> Option<Datum> {
    text.cloned().map(Datum::Text)
}

fn texts(texts: &[String]) -> Option<Datum> {
    Some(Datum::List(texts.iter().cloned().map(Datum::Text).collect()))
}

fn figure(one: &Figure, key: &str) -> Option<Datum> {
    match key {
        "id" => text(&one.item.id),
        "label" => text(&one.label),
        "value" => Some(Datum::Quantity(one.value.clone())),
        "unit" => text(&one.value.unit),
        "scope" => maybe(one.scope.as_ref()),
        "period" => one.period.map(Datum::Period),
        "as_of" => one.as_of.map(Datum::Date),
        "source" => maybe(one.source.as_ref()),
        "event" => maybe(one.event.as_ref()),
        "part_of" => maybe(one.part_of.as_ref()),
        "previous" => one.previous.clone().map(Datum::Quantity),
        "target" => one.target.clone().map(Datum::Quantity),
        _ => one.item.extra.get(key).cloned(),
    }
}

fn event(one: &Event, key: &str) -> Option<Datum> {
    match key {
        "id" => text(&one.item.id),
        "date" => Some(Datum::Date(one.date)),
        "end" => one.end.map(Datum::Date),
        "title" => text(&one.title),
        "organisers" => texts(&one.organisers),
        "location" => maybe(one.location.as_ref()),
        "summary" => maybe(one.summary.as_ref()),
        "source" => maybe(one.source.as_ref()),
        _ => one.item.extra.get(key).cloned(),
    }
}

fn task(one: &Task, key: &str) -> Option<Datum> {
    match key {
        "id" => text(&one.item.id),
        "number" => maybe(one.number.as_ref()),
        "title" => text(&one.title),
        "measures" => texts(&one.measures),
        "target" => maybe(one.target.as_ref()),
        "owner" => maybe(one.owner.as_ref()),
        "deadline" => one.deadline.map(Datum::Date),
        "status" => maybe(one.status.as_ref()),
        _ => one.item.extra.get(key).cloned(),
    }
}

fn organisation(one: &Organisation, key: &str) -> Option<Datum> {
    match key {
        "id" => text(&one.item.id),
        "name" => text(&one.name),
        "short" => texts(&one.short),
        "former" => texts(&one.former),
        _ => one.item.extra.get(key).cloned(),
    }
}

fn office(one: &Office, key: &str) -> Option<Datum> {
    match key {
        "id" => text(&one.item.id),
        "title" => text(&one.title),
        "holder" => text(&one.holder),
        "from" => one.from.map(Datum::Date),
        "to" => one.to.map(Datum::Date),
        _ => one.item.extra.get(key).cloned(),
    }
}

/// The amount that a field holds, where it holds one.
fn amount(datum: &Datum) -> Option<Result<Amount, Trouble>> {
    Some(match datum {
        Datum::Number(number, _) => Ok(Amount::bare(*number)),
        Datum::Quantity(quantity) => Amount::of(quantity),
        Datum::Text(text) => Amount::literal(&Quantity::parse(text, None).ok()?),
        _ => return None,
    })
}

fn holds(condition: &Condition<'_>, datum: &Datum) -> Result<bool, Trouble> {
    let same = condition.op == Op::Equal;
    let by = |ordering: Option<Ordering>| ordered(condition.op, ordering);
    if let Datum::List(items) = datum {
        // A list is compared with one of its items.
        let mut any = false;
        for item in items {
            let one = Condition { op: Op::Equal, ..*condition };
            any |= holds(&one, item)?;
        }
        return Ok(any == same);
    }
    match (condition.with, datum) {
        (_, Datum::Null) => Ok(condition.op == Op::Unequal),
        (Expr::Text(text), Datum::Date(date)) => {
            let Ok(period) = Period::parse(text) else {
                return Err(Trouble::Sort(format!("`{text}` is no date or period")));
            };
            Ok(dated(condition.op, *date, period))
        }
        (Expr::Text(text), Datum::Text(own)) => Ok(by(Some(own.trim().cmp(text.trim())))),
        (Expr::Text(text), Datum::Bool(own)) => {
            let yes = matches!(text.as_str(), "是" | "true");
            Ok((*own == yes) == same)
        }
        (Expr::Text(text), Datum::Period(own)) => {
            let wanted = Period::parse(text)
                .map_err(|_| Trouble::Sort(format!("`{text}` is no period")))?;
            Ok((*own == wanted) == same)
        }
        (Expr::Text(text), datum) => {
            let wanted = Quantity::parse(text, None)
                .map_err(|_| Trouble::Sort(format!("`{text}` is no number")))?;
            compared(datum, &Amount::literal(&wanted)?, condition)
        }
        (Expr::Number(number), datum) => {
            compared(datum, &Amount::literal(number)?, condition)
        }
        (other, _) => Err(Trouble::Sort(format!(
            "`{other}` is no text or number to compare `{}` with",
            condition.field
        ))),
    }
}

fn compared(
    datum: &Datum,
    wanted: &Amount,
    condition: &Condition<'_>,
) -> Result<bool, Trouble> {
    let Some(own) = amount(datum) else {
        let text = format!("a row has no number in `{}`", condition.field);
        return Err(Trouble::Sort(text));
    };
    let own = own?;
    own.joint_unit(wanted, "compare")?;
    Ok(ordered(condition.op, Some(own.value.cmp(&wanted.value))))
}

fn ordered(op: Op, ordering: Option<Ordering>) -> bool {
    match op {
        Op::Equal | Op::Near => ordering == Some(Ordering::Equal),
        Op::Unequal => ordering != Some(Ordering::Equal),
        Op::Less => ordering == Some(Ordering::Less),
        Op::AtMost => matches!(ordering, Some(Ordering::Less | Ordering::Equal)),
        Op::More => ordering == Some(Ordering::Greater),
        Op::AtLeast => matches!(ordering, Some(Ordering::Greater | Ordering::Equal)),
        _ => false,
    }
}

/// A date against a period: equal is within it.
fn dated(op: Op, date: Date, period: Period) -> bool {
    match op {
        Op::Equal | Op::Near => period.contains(date),
        Op::Unequal => !period.contains(date),
        Op::Less => date.last_day() < period.first_day(),
        Op::AtMost => date.last_day() <= period.last_day(),
        Op::More => date.first_day() > period.last_day(),
        Op::AtLeast => date.first_day() >= period.first_day(),
        _ => false,
    }
}
