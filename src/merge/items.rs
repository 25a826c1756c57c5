//! Items of a record as tables for templates: the contract of `event.title` and the like.
//!
//! A field that the data does not give is not there, so that printing it is an error and
//! `{% if event.location %}` asks for it. Dates print in the language of the edition.

use crate::locale::Language;
use crate::model::{
    Date, Datum as Value, Event, Figure, Office, Organisation, Period, Quantity,
    Revision, Row, Task,
};
use crate::press::Meta;
use crate::template::{Datum, FigureMark};

/// Fields of a table for templates, in order.
pub(super) type Fields = Vec<(String, Datum)>;

/// Collects the fields that are given.
#[derive(Default)]
struct Builder(Fields);

impl Builder {
    fn text(mut self, key: &str, text: Option<&str>) -> Self {
        self.0.extend(text.map(|text| (key.to_owned(), Datum::new(text))));
        self
    }

    fn texts(mut self, key: &str, texts: &[String]) -> Self {
        self.0.push((key.to_owned(), Datum::new(texts)));
        self
    }

    fn date(self, key: &str, date: Option<Date>, language: Language) -> Self {
        self.text(key, date.map(|date| language.date(date)).as_deref())
    }

    fn quantity(self, key: &str, quantity: Option<&Quantity>) -> Self {
        self.text(key, quantity.map(|quantity| quantity.text.as_str()))
    }

    fn row(mut self, row: &Row, language: Language) -> Self {
        self.0.extend(fields(row, language));
        self
    }
}

/// A correction: `revisions`.
pub(super) fn revision(
    revision: &Revision,
    label: Option<&str>,
    language: Language,
) -> Fields {
    Builder::default()
        .text("figure", Some(&revision.figure))
        .text("label", label)
        .quantity("old", Some(&revision.old))
        .quantity("new", Some(&revision.new))
        .date("date", Some(revision.date), language)
        .text("reason", Some(&revision.reason))
        .0
}

/// A figure: `figure.donated.label`.
pub(super) fn figure(figure: &Figure, mark: FigureMark, language: Language) -> Fields {
    let value = &figure.value;
    let number = value.value().and_then(|number| f64::try_from(number).ok());
    let mut fields = Builder::default()
        .text("id", Some(&figure.item.id))
        .text("label", Some(&figure.label))
        .text("unit", Some(&value.unit))
        .text("scope", figure.scope.as_deref())
        .text("period", figure.period.map(|p| language.period(p)).as_deref())
        .date("as_of", figure.as_of, language)
        .text("source", figure.source.as_deref())
        .text("event", figure.event.as_deref())
        .quantity("previous", figure.previous.as_ref())
        .quantity("target", figure.target.as_ref())
        .text("definition", figure.definition.as_deref())
        .text("note", figure.note.as_deref())
        .text("part_of", figure.part_of.as_deref())
        .text("formula", figure.formula.as_ref().map(|formula| formula.text.as_str()))
        .row(&figure.item.extra, language)
        .0;
    fields.push(("value".to_owned(), Datum::figure(mark, &value.text)));
    fields.extend(number.map(|number| ("number".to_owned(), Datum::number(number))));
    fields
}

/// An event: `event.meeting.title`; its figures are in `figures`.
pub(super) fn event(event: &Event, figures: Vec<Datum>, language: Language) -> Fields {
    let mut fields = Builder::default()
        .text("id", Some(&event.item.id))
        .date("date", Some(event.date), language)
        .date("end", event.end, language)
        .text("title", Some(&event.title))
        .texts("organisers", &event.organisers)
        .text("location", event.location.as_deref())
        .text("summary", event.summary.as_deref())
        .text("source", event.source.as_deref())
        .row(&event.item.extra, language)
        .0;
    fields.push(("figures".to_owned(), Datum::list(figures)));
    fields
}

/// A task: `task.training.target`.
pub(super) fn task(task: &Task, language: Language) -> Fields {
    Builder::default()
        .text("id", Some(&task.item.id))
        .text("number", task.number.as_deref())
        .text("title", Some(&task.title))
        .texts("measures", &task.measures)
        .text("target", task.target.as_deref())
        .text("owner", task.owner.as_deref())
        .date("deadline", task.deadline, language)
        .text("status", task.status.as_deref())
        .row(&task.item.extra, language)
        .0
}

/// An organisation: `organisation.bureau.name`.
pub(super) fn organisation(organisation: &Organisation, language: Language) -> Fields {
    Builder::default()
        .text("id", Some(&organisation.item.id))
        .text("name", Some(&organisation.name))
        .texts("short", &organisation.short)
        .texts("former", &organisation.former)
        .row(&organisation.item.extra, language)
        .0
}

/// A term of office: `office.director.title`.
pub(super) fn office(office: &Office, language: Language) -> Fields {
    Builder::default()
        .text("id", Some(&office.item.id))
        .text("title", Some(&office.title))
        .text("holder", Some(&office.holder))
        .date("from", office.from, language)
        .date("to", office.to, language)
        .row(&office.item.extra, language)
        .0
}

/// What an edition says of itself: `edition.title`, and the keys of its kind.
pub(super) fn edition(meta: &Meta) -> Datum {
    let language = meta.language;
    let mut fields = Builder::default()
        .text("title", Some(&meta.title))
        .text("subtitle", meta.subtitle.as_deref())
        .text("summary", meta.summary.as_deref())
        .date("date", meta.date, language)
        .text("kind", Some(&meta.kind_label))
        .text("publisher", meta.publisher.as_deref())
        .texts("authors", &meta.authors)
        .texts("keywords", &meta.keywords)
        .row(&meta.extra, language)
        .0;
    fields.extend(meta.issue.map(|issue| ("issue".to_owned(), Datum::new(&issue))));
    Datum::item(fields)
}

/// The names of a period: `period`, `year`, `quarter`, `month`, `period_start`,
/// `period_end`.
pub(super) fn period(period: Period, language: Language) -> Fields {
    let day = |day: jiff::civil::Date| {
        language.date(Date {
            year: day.year(),
            month: Some(day.month()),
            day: Some(day.day()),
        })
    };
    let (first, last) = (period.first_day(), period.last_day());
    let mut fields = Builder::default()
        .text("period", Some(&language.period(period)))
        .text("period_start", Some(&day(first)))
        .text("period_end", Some(&day(last)))
        .0;
    let mut add =
        |key: &str, number: i16| fields.push((key.to_owned(), Datum::new(&number)));
    add("year", first.year());
    match period {
        Period::Month(_, month) => add("month", month.into()),
        Period::Quarter(_, quarter) => add("quarter", quarter.into()),
        Period::Year(_) | Period::Range(..) => {}
    }
    fields
}

/// The fields of a row that are given.
pub(super) fn fields(row: &Row, language: Language) -> Fields {
    let given = row.iter().filter(|(_, value)| **value != Value::Null);
    given.map(|(key, value)| (key.clone(), datum(value, language))).collect()
}

fn datum(value: &Value, language: Language) -> Datum {
    match value {
        Value::Null => Datum::new(&()),
        Value::Bool(yes) => Datum::new(yes),
        Value::Number(_, text) | Value::Text(text) => Datum::new(text),
        Value::Date(date) => Datum::new(&language.date(*date)),
        Value::Period(period) => Datum::new(&language.period(*period)),
        Value::Quantity(quantity) => Datum::new(&quantity.text),
        Value::List(items) => Datum::list(items.iter().map(|item| datum(item, language))),
        Value::Table(row) => Datum::table(fields(row, language)),
    }
}
