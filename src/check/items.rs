//! The fields of rows → figures, events, tasks, organisations, offices.

use indexmap::IndexMap;

use super::fields::Fields;
use crate::model::schema::Collection;
use crate::model::{Datum, Event, Figure, Item, Office, Organisation, Record, Task};
use crate::source::Place;

/// Adds complete rows to their collection.
pub(super) fn add(
    record: &mut Record,
    collection: Collection,
    rows: IndexMap<String, (Place, Fields<'_, '_>)>,
) {
    for (id, (place, fields)) in rows {
        match collection {
            Collection::Figures => insert(&mut record.figures, id, place, fields, figure),
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
}

/// Makes an item of a row; `None` where a required field is not of its type after all,
/// which a press could bring about only by changing the built-in fields.
type Make<T> = fn(Item, &mut Fields<'_, '_>) -> Option<T>;

fn insert<T: AsItem>(
    items: &mut IndexMap<String, T>,
    id: String,
    place: Place,
    mut fields: Fields<'_, '_>,
    make: Make<T>,
) {
    let item = Item { id: id.clone(), place, extra: IndexMap::new() };
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

impl AsItem for Figure {
    const COLLECTION: Collection = Collection::Figures;

    fn item(&mut self) -> &mut Item {
        &mut self.item
    }
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

fn figure(item: Item, fields: &mut Fields<'_, '_>) -> Option<Figure> {
    let (value_place, Datum::Quantity(value)) = fields.placed("value")? else {
        return None;
    };
    Some(Figure {
        item,
        label: fields.text("label")?,
        value,
        value_place,
        scope: fields.text("scope"),
        period: fields.period("period"),
        as_of: fields.date("as_of"),
        source: fields.text("source"),
        event: fields.text("event"),
        previous: fields.quantity("previous"),
        target: fields.quantity("target"),
        definition: fields.text("definition"),
        note: fields.text("note"),
    })
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
