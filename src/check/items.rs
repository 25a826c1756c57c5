//! The fields of rows → figures, events, tasks, organisations, offices.

use indexmap::IndexMap;

use super::fields::Fields;
use super::{Cx, value};
use crate::diag::Diagnostic;
use crate::diag::codes::figures as codes;
use crate::model::schema::Collection;
use crate::model::{
    Datum, Event, Figure, Formula, Item, Office, Organisation, Quantity, Record,
    Rounding, Task,
};
use crate::press::Text;
use crate::source::Place;

/// A figure with a formula, before its value is known.
pub(super) struct Waiting {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// The formula, with its place.
    pub formula: Text,
    /// The unit of print, where one is given.
    pub unit: Option<String>,
    /// How the value is rounded, where that is said.
    pub rounding: Option<Rounding>,
    /// The value that is written beside the formula, with its place.
    pub stated: Option<(Place, Quantity)>,
    /// Makes the figure, once value and formula are known.
    pub make: Make,
}

/// Makes a figure of the value, where it stands, and its formula.
type Make = Box<dyn FnOnce(Quantity, Place, Option<Formula>) -> Figure>;

/// Adds complete rows to their collection; figures that are computed are handed back.
pub(super) fn add(
    record: &mut Record,
    collection: Collection,
    rows: IndexMap<String, (Place, Fields<'_, '_>)>,
    cx: &mut Cx<'_>,
) -> Vec<Waiting> {
    let mut waiting = Vec::new();
    for (id, (place, fields)) in rows {
        match collection {
            Collection::Figures => {
                waiting.extend(figure(&mut record.figures, id, place, fields, cx));
            }
            Collection::Events => insert(&mut record.events, id, place, fields, event),
            Collection::Tasks => insert(&mut record.tasks, id, place, fields, task),
            Collection::Organisations => {
                insert(&mut record.organisations, id, place, fields, organisation);
            }
            Collection::Offices => {
                insert(&mut record.offices, id, place, fields, office);
            }
        }
    }
    waiting
}

/// Makes an item of a row; `None` where a required field is not of its type after all,
/// which a press could bring about only by changing the built-in fields.
type OfRow<T> = fn(Item, &mut Fields<'_, '_>) -> Option<T>;

fn insert<T: AsItem>(
    items: &mut IndexMap<String, T>,
    id: String,
    place: Place,
    mut fields: Fields<'_, '_>,
    make: OfRow<T>,
) {
    let without = fields.texts("without");
    let item = Item { id: id.clone(), place, extra: IndexMap::new(), without };
    if let Some(mut made) = make(item, &mut fields) {
        made.item().extra = fields.others(T::COLLECTION.schema());
        items.insert(id, made);
    }
}

/// What `insert` needs of an item.
trait AsItem {
    /// The collection that it belongs to.
    const COLLECTION: Collection;

    /// What all items share.
    fn item(&mut self) -> &mut Item;
}

impl AsItem for Event {
    const COLLECTION: Collection = Collection::Events;

    fn item(&mut self) -> &mut Item {
        &mut self.item
    }
}

impl AsItem for Task {
    const COLLECTION: Collection = Collection::Tasks;

    fn item(&mut self) -> &mut Item {
        &mut self.item
    }
}

impl AsItem for Organisation {
    const COLLECTION: Collection = Collection::Organisations;

    fn item(&mut self) -> &mut Item {
        &mut self.item
    }
}

impl AsItem for Office {
    const COLLECTION: Collection = Collection::Offices;

    fn item(&mut self) -> &mut Item {
        &mut self.item
    }
}

/// Adds a figure that has a value and no formula; hands back one that is computed.
fn figure(
    figures: &mut IndexMap<String, Figure>,
    id: String,
    place: Place,
    mut fields: Fields<'_, '_>,
    cx: &mut Cx<'_>,
) -> Option<Waiting> {
    let unread = fields.is_given("value");
    let stated = match fields.placed("value") {
        Some((place, Datum::Quantity(value))) => Some((place, value)),
        // What was written could not be read, and that was said.
        _ if unread => return None,
        _ => None,
    };
    let formula = fields.text_placed("formula");
    let unit = fields.text("unit");
    let rounding = rounding(&mut fields, cx);
    let label = fields.text("label")?;
    let without = fields.texts("without");
    let mut item = Item { id: id.clone(), place, extra: IndexMap::new(), without };
    let (scope, period) = (fields.text("scope"), fields.period("period"));
    let (as_of, source) = (fields.date("as_of"), fields.text("source"));
    let (event, part_of) = (fields.text("event"), fields.text("part_of"));
    let (previous, target) = (fields.quantity("previous"), fields.quantity("target"));
    let (definition, note) = (fields.text("definition"), fields.text("note"));
    item.extra = fields.others(Collection::Figures.schema());
    let name = label.clone();
    let make = move |value, value_place, formula| Figure {
        item,
        label,
        value,
        value_place,
        scope,
        period,
        as_of,
        source,
        event,
        previous,
        target,
        definition,
        note,
        part_of,
        formula,
        rounding,
    };
    match (formula, stated) {
        (None, Some((place, value))) => {
            figures.insert(id, make(value, place, None));
            None
        }
        (Some(formula), stated) => {
            let make = Box::new(make);
            Some(Waiting { id, label: name, formula, unit, rounding, stated, make })
        }
        (None, None) => None,
    }
}

fn rounding(fields: &mut Fields<'_, '_>, cx: &mut Cx<'_>) -> Option<Rounding> {
    let text = fields.text_placed("rounding")?;
    let read = Rounding::parse(&text.text);
    if read.is_none() {
        let message = format!(
            "`rounding` is `{}`, expected a number of decimal places such as `1`",
            value::quote(&text.text)
        );
        cx.diags.add(
            Diagnostic::new(&codes::UNREADABLE_ROUNDING, text.place, message)
                .hint("write `1`, or `1 只舍不入` to round another way"),
        );
    }
    read
}

fn event(item: Item, fields: &mut Fields<'_, '_>) -> Option<Event> {
    Some(Event {
        item,
        date: fields.date("date")?,
        end: fields.date("end"),
        title: fields.text("title")?,
        organisers: fields.texts("organisers"),
        location: fields.text("location"),
        summary: fields.text("summary"),
        source: fields.text("source"),
    })
}

fn task(item: Item, fields: &mut Fields<'_, '_>) -> Option<Task> {
    Some(Task {
        item,
        number: fields.text("number"),
        title: fields.text("title")?,
        measures: fields.texts("measures"),
        target: fields.text("target"),
        owner: fields.text("owner"),
        deadline: fields.date("deadline"),
        status: fields.text("status"),
    })
}

fn organisation(item: Item, fields: &mut Fields<'_, '_>) -> Option<Organisation> {
    Some(Organisation {
        item,
        name: fields.text("name")?,
        short: fields.texts("short"),
        former: fields.texts("former"),
    })
}

fn office(item: Item, fields: &mut Fields<'_, '_>) -> Option<Office> {
    Some(Office {
        item,
        title: fields.text("title")?,
        holder: fields.text("holder")?,
        from: fields.date("from"),
        to: fields.date("to"),
    })
}
