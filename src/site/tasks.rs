//! A page for each task of a plan: what it asks, what became of it, and the publications
//! that tell of it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::rows::Row;
use super::{Cx, Dated, Plan};
use crate::address;
use crate::frame::Link;
use crate::model::{Datum, Period, Task, Year};
use crate::press::Series;

/// The tasks that publications tell of, by series, year and the order of the data.
pub(super) struct Index<'a> {
    tasks: Vec<Told<'a>>,
}

/// A task with where it is told of.
struct Told<'a> {
    series: &'a Series,
    year: Option<Year>,
    task: &'a Task,
    /// The publications, by their place among the items.
    places: Vec<usize>,
}

/// What `site/tasks.html` may print.
#[derive(Serialize)]
struct List {
    groups: Vec<Group>,
}

/// The tasks of a series and year.
#[derive(Serialize)]
struct Group {
    series: Link,
    year: Option<String>,
    anchor: String,
    tasks: Vec<Line>,
}

/// A task in the index.
#[derive(Serialize)]
struct Line {
    href: String,
    number: Option<String>,
    title: String,
    owner: Option<String>,
    deadline: Option<String>,
    status: Option<String>,
}

/// What `site/task.html` may print.
#[derive(Serialize)]
struct Page {
    series: Link,
    year: Option<String>,
    number: Option<String>,
    measures: Vec<String>,
    target: Option<String>,
    owner: Option<String>,
    deadline: Option<String>,
    status: Option<String>,
    /// Further fields of the data, each with its name.
    others: Vec<(String, String)>,
    publications: Vec<Row>,
    previous: Option<Link>,
    next: Option<Link>,
}

impl<'a> Index<'a> {
    pub(super) fn new(cx: &Cx<'a>) -> Self {
        let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, dated) in cx.items.iter().enumerate() {
            for name in &dated.item.card.mentions.tasks {
                places.entry(name).or_default().push(place);
            }
        }
        let mut tasks = Vec::new();
        for series in cx.all_series() {
            let years =
                series.records.iter().rev().map(|(&year, record)| (Some(year), record));
            for (year, record) in years.chain([(None, &series.shared)]) {
                for task in record.tasks.values() {
                    let name = crate::card::name(&series.name, year, &task.item.id);
                    if let Some(places) = places.remove(name.as_str()) {
                        tasks.push(Told { series, year, task, places });
                    }
                }
            }
        }
        Self { tasks }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    pub(super) fn plan(&self, cx: &Cx<'a>, plan: &mut Plan) {
        if self.is_empty() {
            return;
        }
        let path = &cx.at.tasks();
        let mut groups: Vec<(&str, Option<Year>, Group)> = Vec::new();
        for told in &self.tasks {
            let key = (told.series.name.as_str(), told.year);
            let same = groups.last().is_some_and(|(name, year, _)| (*name, *year) == key);
            if !same {
                let series = cx.at.series(&told.series.name);
                let group = Group {
                    series: Link::between(path, &series, &told.series.title),
                    year: told.year(cx),
                    anchor: match told.year {
                        Some(year) => format!("s:{}-{year}", told.series.name),
                        None => format!("s:{}", told.series.name),
                    },
                    tasks: Vec::new(),
                };
                groups.push((key.0, key.1, group));
            }
            let Some((_, _, group)) = groups.last_mut() else { continue };
            let Task { number, title, owner, status, .. } = told.task.clone();
            let href = address::relative(path, &told.path(cx));
            let deadline = told.task.deadline.map(|date| cx.language.date(date));
            group.tasks.push(Line { href, number, title, owner, deadline, status });
        }
        let list = List { groups: groups.into_iter().map(|(.., group)| group).collect() };
        plan.add("site/tasks.html", cx.page(path, cx.site.tasks, &[]), list);
        for (at, told) in self.tasks.iter().enumerate() {
            let near = |at: Option<usize>| {
                let near = self.tasks.get(at?)?;
                (near.series.name == told.series.name && near.year == told.year).then(
                    || Link::between(&told.path(cx), &near.path(cx), &near.task.title),
                )
            };
            told.plan(cx, [near(at.checked_sub(1)), near(Some(at + 1))], plan);
        }
    }
}

impl Told<'_> {
    fn path(&self, cx: &Cx<'_>) -> String {
        cx.at.task(&self.series.name, self.year, &self.task.item.id)
    }

    fn year(&self, cx: &Cx<'_>) -> Option<String> {
        self.year.map(|year| cx.language.period(Period::Year(year)))
    }

    fn plan(&self, cx: &Cx<'_>, [previous, next]: [Option<Link>; 2], plan: &mut Plan) {
        let path = self.path(cx);
        let Task { item, number, title, measures, target, owner, deadline, status } =
            self.task.clone();
        let places = self.places.iter().filter_map(|&place| cx.items.get(place));
        let publications: Vec<&Dated<'_>> = places.collect();
        let fields = cx.press.settings.collections.get("tasks").into_iter();
        let kinds = publications.iter().filter_map(|dated| {
            let contract = dated.item.edition.kind.data.get("tasks")?;
            Some(&contract.fields)
        });
        let schemas: Vec<_> = fields.chain(kinds).collect();
        let label = |key: &str| {
            let field = schemas.iter().find_map(|schema| schema.find(key));
            let alias = field.and_then(|field| field.aliases.first());
            alias.map_or_else(|| key.to_owned(), Clone::clone)
        };
        let others = item
            .extra
            .iter()
            .filter_map(|(key, datum)| Some((label(key), text(cx, datum)?)));
        let series = cx.at.series(&self.series.name);
        let body = Page {
            series: Link::between(&path, &series, &self.series.title),
            year: self.year(cx),
            number,
            measures,
            target,
            owner,
            deadline: deadline.map(|date| cx.language.date(date)),
            status,
            others: others.collect(),
            publications: cx.rows(&path, &publications),
            previous,
            next,
        };
        let crumbs = [
            (cx.at.tasks(), cx.site.tasks.to_owned()),
            (series, self.series.title.clone()),
        ];
        plan.add("site/task.html", cx.page(&path, &title, &crumbs), body);
    }
}

/// A value of the data for readers; nothing where it is empty.
fn text(cx: &Cx<'_>, datum: &Datum) -> Option<String> {
    let text = match datum {
        Datum::Null | Datum::Bool(_) | Datum::Table(_) => return None,
        Datum::Number(_, text) | Datum::Text(text) => text.clone(),
        Datum::Date(date) => cx.language.date(*date),
        Datum::Period(period) => cx.language.period(*period),
        Datum::Quantity(quantity) => quantity.text.clone(),
        Datum::List(items) => {
            let items: Vec<String> =
                items.iter().filter_map(|one| text(cx, one)).collect();
            items.join(cx.language.words().comma)
        }
    };
    (!text.is_empty()).then_some(text)
}
