//! The fields of one table or row by their schema.

use super::Cx;
use super::value;
use crate::diag::codes::check as codes;
use crate::diag::{Code, Diagnostic, suggest};
use crate::model::schema::{Field, Schema, Type};
use crate::model::{Date, Datum, Period, Quantity, Row};
use crate::press::Text;
use crate::source::Place;
use crate::tree::{Node, Table};

/// What kind of table is read: it decides the codes of what is unknown or missing.
#[derive(Clone, Copy)]
pub(super) struct Kind<'a> {
    /// What the table is called in messages: `a figure`, `the front matter`.
    pub name: &'a str,
    unknown: &'static Code,
    missing: &'static Code,
    /// What to do about an unknown key, where no known one is near.
    advice: Option<&'a str>,
}

impl<'a> Kind<'a> {
    /// Settings, contracts and front matter.
    pub fn keys(name: &'a str) -> Self {
        let (unknown, missing) = (&codes::UNKNOWN_KEY, &codes::MISSING_KEY);
        Self { name, unknown, missing, advice: None }
    }

    /// A row of a collection.
    pub fn row(name: &'a str) -> Self {
        let (unknown, missing) = (&codes::UNKNOWN_FIELD, &codes::MISSING_FIELD);
        let advice =
            Some("declare it in `[collections]` of `annals.toml` to add a field");
        Self { name, unknown, missing, advice }
    }

    /// Reports a name that no field has.
    pub fn report_unknown(
        &self,
        name: &str,
        place: Place,
        schema: &Schema,
        cx: &mut Cx<'_>,
    ) {
        let message = format!("`{}` is not a field of {}", value::quote(name), self.name);
        // Heads and long keys are compared only as far as a name goes.
        let short = value::quote(name);
        let found = Diagnostic::new(self.unknown, place, message)
            .maybe_hint(suggest(&short, schema.names()))
            .maybe_hint(self.advice.map(str::to_owned));
        cx.diags.add(found);
    }

    /// Reports a field that must be filled and is not.
    fn report_missing(&self, field: &Field, place: Place, cx: &mut Cx<'_>) {
        let message = format!("{} has no `{}`", self.name, field.key);
        let hint = (!field.example.is_empty())
            .then(|| format!("write it as in `{} = {}`", field.key, field.example));
        cx.diags.add(Diagnostic::new(self.missing, place, message).maybe_hint(hint));
    }
}

/// What is known of a table before its fields are read.
#[derive(Clone, Copy)]
pub(super) struct Frame<'a, 's> {
    /// Where it stands.
    pub place: Place,
    /// Its fields.
    pub schema: &'s Schema,
    /// What it is.
    pub kind: Kind<'a>,
    /// The unit of its quantities, where no field says otherwise.
    pub unit: Option<&'a str>,
    /// Its id, where that stands outside.
    pub id: Option<(Place, &'a str)>,
}

/// What was found for one field.
enum Slot<'n> {
    /// Nothing; where it would stand, if that is a cell.
    Absent(Option<Place>),
    /// Something that was reported.
    Bad,
    /// A value.
    Good(Place, Datum),
    /// A table with a schema of its own, to be read by the caller.
    Table(Place, &'n Table),
}

/// The fields of a table, read and reported; what is taken out is gone.
pub(super) struct Fields<'n, 's> {
    schema: &'s Schema,
    slots: Vec<Slot<'n>>,
    complete: bool,
    /// Where the table stands.
    pub place: Place,
    /// Further keys, where the schema is open.
    pub rest: Row,
}

impl<'n, 's> Fields<'n, 's> {
    /// Reads the entries of a table, and reports what is unknown or missing.
    pub fn of_table(
        table: &'n Table,
        place: Place,
        schema: &'s Schema,
        kind: Kind<'_>,
        cx: &mut Cx<'_>,
    ) -> Self {
        let frame = Frame { place, schema, kind, unit: None, id: None };
        Self::in_frame(table, &frame, cx)
    }

    /// Reads the entries of a row that stands under its id.
    pub fn in_frame(table: &'n Table, frame: &Frame<'_, 's>, cx: &mut Cx<'_>) -> Self {
        let Frame { schema, kind, .. } = *frame;
        let mut found: Vec<Option<(Place, &'n Node)>> = vec![None; schema.fields.len()];
        let mut rest = Row::new();
        for entry in &table.entries {
            match schema.position(&entry.key) {
                Some(at) => match &found[at] {
                    Some((first, _)) => {
                        let key = &schema.fields[at].key;
                        let message = format!("`{key}` is given twice");
                        cx.diags.add(
                            Diagnostic::new(
                                &codes::FIELD_GIVEN_TWICE,
                                entry.key_place,
                                message,
                            )
                            .related(*first, "first given here"),
                        );
                    }
                    None => found[at] = Some((entry.key_place, &entry.node)),
                },
                None if schema.open => {
                    rest.insert(entry.key.clone(), value::any(&entry.node));
                }
                None => kind.report_unknown(&entry.key, entry.key_place, schema, cx),
            }
        }
        let nodes: Vec<_> = found.into_iter().map(|one| Some(one?.1)).collect();
        let mut fields = Self::of_cells(&nodes, |_| None, frame, cx);
        fields.rest = rest;
        fields
    }

    /// Reads one node for each field of the schema; `missing` knows where the cells of
    /// fields would be that have none.
    pub fn of_cells(
        nodes: &[Option<&'n Node>],
        missing: impl Fn(usize) -> Option<Place>,
        frame: &Frame<'_, 's>,
        cx: &mut Cx<'_>,
    ) -> Self {
        let Frame { place, schema, kind, .. } = *frame;
        let own_unit = schema
            .fields
            .iter()
            .zip(nodes)
            .find(|(field, _)| field.key == "unit" && field.ty == Type::Text)
            .and_then(|(_, node)| node.and_then(Node::as_text))
            .map(str::trim)
            .filter(|unit| !unit.is_empty());
        let unit = own_unit.or(frame.unit);
        let mut slots = Vec::with_capacity(nodes.len());
        for (at, (field, node)) in schema.fields.iter().zip(nodes).enumerate() {
            if let (Some((place, id)), "id") = (frame.id, field.key.as_str()) {
                slots.push(Slot::Good(place, Datum::Text(id.to_owned())));
                continue;
            }
            let slot = match node {
                None => Slot::Absent(missing(at)),
                Some(node)
                    if value::is_blank(node) && field.ty != Type::Any
                        || cx.cell && value::is_dash(node, &field.ty) =>
                {
                    Slot::Absent(Some(node.place))
                }
                Some(node) => read_slot(node, &field.ty, &field.key, unit, cx),
            };
            if let (Slot::Absent(at), true) = (&slot, field.required) {
                kind.report_missing(field, at.unwrap_or(place), cx);
            }
            slots.push(slot);
        }
        let complete = schema.fields.iter().zip(&slots).all(|(field, slot)| {
            !field.required || matches!(slot, Slot::Good(..) | Slot::Table(..))
        });
        Self { schema, slots, complete, place, rest: Row::new() }
    }

    /// Whether every required field had a value.
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// Takes the value of a field, with its place.
    pub fn placed(&mut self, key: &str) -> Option<(Place, Datum)> {
        let at = self.schema.fields.iter().position(|field| field.key == key)?;
        match std::mem::replace(self.slots.get_mut(at)?, Slot::Absent(None)) {
            Slot::Good(place, datum) => Some((place, datum)),
            other => {
                self.slots[at] = other;
                None
            }
        }
    }

    /// Reports a field that must be filled here though the schema does not ask for it.
    pub fn require(&mut self, key: &str, kind: Kind<'_>, cx: &mut Cx<'_>) {
        let slots = self.schema.fields.iter().zip(&self.slots);
        let mut absent = slots.filter_map(|(field, slot)| match slot {
            Slot::Absent(at) if field.key == key => Some((field, *at)),
            _ => None,
        });
        if let Some((field, at)) = absent.next() {
            kind.report_missing(field, at.unwrap_or(self.place), cx);
            self.complete = false;
        }
    }

    /// Whether something was written for a field, readable or not.
    pub fn is_given(&self, key: &str) -> bool {
        self.schema
            .fields
            .iter()
            .zip(&self.slots)
            .any(|(field, slot)| field.key == key && !matches!(slot, Slot::Absent(_)))
    }

    /// Where the value of a field stands.
    pub fn place_of(&self, key: &str) -> Option<Place> {
        let at = self.schema.fields.iter().position(|field| field.key == key)?;
        match self.slots.get(at)? {
            Slot::Good(place, _) | Slot::Table(place, _) => Some(*place),
            Slot::Absent(_) | Slot::Bad => None,
        }
    }

    /// The table of a field that has a schema of its own.
    pub fn table(&self, key: &str) -> Option<(Place, &'n Table)> {
        let at = self.schema.fields.iter().position(|field| field.key == key)?;
        match self.slots.get(at)? {
            Slot::Table(place, table) => Some((*place, *table)),
            _ => None,
        }
    }

    /// Takes a text.
    pub fn text(&mut self, key: &str) -> Option<String> {
        self.text_placed(key).map(|text| text.text)
    }

    /// Takes a text with its place.
    pub fn text_placed(&mut self, key: &str) -> Option<Text> {
        match self.placed(key)? {
            (place, Datum::Text(text)) => Some(Text { text, place }),
            _ => None,
        }
    }

    /// Takes a list of texts; empty where there is none.
    pub fn texts(&mut self, key: &str) -> Vec<String> {
        let Some((_, Datum::List(items))) = self.placed(key) else { return Vec::new() };
        let text = |item| match item {
            Datum::Text(text) => Some(text),
            _ => None,
        };
        items.into_iter().filter_map(text).collect()
    }

    /// Takes a date.
    pub fn date(&mut self, key: &str) -> Option<Date> {
        match self.placed(key)? {
            (_, Datum::Date(date)) => Some(date),
            _ => None,
        }
    }

    /// Takes a period.
    pub fn period(&mut self, key: &str) -> Option<Period> {
        match self.placed(key)? {
            (_, Datum::Period(period)) => Some(period),
            _ => None,
        }
    }

    /// Takes a quantity.
    pub fn quantity(&mut self, key: &str) -> Option<Quantity> {
        match self.placed(key)? {
            (_, Datum::Quantity(quantity)) => Some(quantity),
            _ => None,
        }
    }

    /// Takes a truth value.
    pub fn boolean(&mut self, key: &str) -> Option<bool> {
        match self.placed(key)? {
            (_, Datum::Bool(value)) => Some(value),
            _ => None,
        }
    }

    /// Takes a number that counts; reports one that is negative or too large.
    pub fn count(&mut self, key: &str, cx: &mut Cx<'_>) -> Option<u32> {
        let (place, Datum::Number(number, text)) = self.placed(key)? else { return None };
        let count = u32::try_from(number).ok();
        if count.is_none() {
            let message = format!(
                "`{key}` is `{}`, expected a number from 0 to {}",
                value::quote(&text),
                u32::MAX
            );
            cx.diags.report(&codes::WRONG_TYPE, place, message);
        }
        count
    }

    /// Takes what is left: fields beyond the given ones, and further keys.
    pub fn others(mut self, known: &Schema) -> Row {
        let mut row = std::mem::take(&mut self.rest);
        for (field, slot) in self.schema.fields.iter().zip(self.slots) {
            if let (None, Slot::Good(_, datum)) = (known.position(&field.key), slot) {
                row.insert(field.key.clone(), datum);
            }
        }
        row
    }
}

fn read_slot<'n>(
    node: &'n Node,
    ty: &Type,
    key: &str,
    unit: Option<&str>,
    cx: &mut Cx<'_>,
) -> Slot<'n> {
    let own_schema = match ty {
        Type::Table(schema) => !schema.fields.is_empty(),
        Type::Map(_) => true,
        _ => false,
    };
    match node.as_table() {
        Some(table) if own_schema => Slot::Table(node.place, table),
        _ => match value::read(node, ty, key, unit, cx) {
            Some(datum) => Slot::Good(node.place, datum),
            None => Slot::Bad,
        },
    }
}
