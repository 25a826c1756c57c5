//! The facts of a record as names for templates, built once for each record and language.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::items;
use crate::document::FigureRef;
use crate::locale::Language;
use crate::model::{Figure, Period, Quantity, Record, Year};
use crate::press::Series;
use crate::template::{Datum, Known, Scope};

/// What the narratives of one record and language can name.
#[derive(Debug)]
pub struct Facts<'a> {
    base: Scope,
    /// The series' own facts, then those of the record with its year.
    records: [(Option<Year>, &'a Record); 2],
    figures: BTreeMap<&'a str, Datum>,
    events: BTreeMap<&'a str, Datum>,
    tasks: BTreeMap<&'a str, Datum>,
    names: BTreeMap<String, Vec<String>>,
}

/// The figures of a series (指标总表): what the facts of all its records share.
#[derive(Debug)]
pub struct Register<'a> {
    series: &'a Series,
    /// With the year of their record; `None` is the series' own.
    figures: Vec<(Option<Year>, &'a Figure)>,
    /// What filters know of them, and nothing that can be named.
    base: Scope,
}

impl<'a> Register<'a> {
    /// The figures of a series and all its years.
    pub fn new(series: &'a Series) -> Self {
        let shared = series.shared.figures.values().map(|figure| (None, figure));
        let years = series.records.iter().flat_map(|(year, record)| {
            record.figures.values().map(|figure| (Some(*year), figure))
        });
        let figures: Vec<_> = shared.chain(years).collect();
        let reference = |&(year, figure): &(Option<Year>, &Figure)| {
            FigureRef::of(&series.name, year, figure)
        };
        let base = Scope::new(figures.iter().map(reference).collect());
        let mut register = Self { series, figures, base };
        register.base.tell(register.known());
        register
    }

    /// What filters know of each figure: its exact value, and the one before: `previous`,
    /// else that of the year before with the same scope.
    fn known(&self) -> Vec<Known> {
        let by_id: BTreeMap<(Option<Year>, &str), &Figure> = self
            .figures
            .iter()
            .map(|&(year, figure)| ((year, figure.item.id.as_str()), figure))
            .collect();
        let known = |&(year, figure): &(Option<Year>, &Figure)| {
            let before = || {
                let year = year?.checked_sub(1)?;
                let before = by_id.get(&(Some(year), figure.item.id.as_str()))?;
                (before.scope == figure.scope).then(|| exact_text(before))
            };
            let previous = figure.previous.as_ref().map(|one| one.text.clone());
            Known { exact: exact_text(figure), previous: previous.or_else(before) }
        };
        self.figures.iter().map(known).collect()
    }

    /// The figures of a year (or of the series), each with its index.
    fn of(&self, year: Option<Year>) -> impl Iterator<Item = (usize, &'a Figure)> {
        let all = self.figures.iter().enumerate();
        all.filter(move |(_, (of, _))| *of == year)
            .map(|(index, &(_, figure))| (index, figure))
    }

    /// `f`: what figures print, by id and by label.
    fn prints(&self, years: &[Option<Year>]) -> (Vec<String>, Datum) {
        let mut entries: IndexMap<String, Datum> = IndexMap::new();
        let mut labels: BTreeMap<&str, Vec<Datum>> = BTreeMap::new();
        for (index, figure) in years.iter().flat_map(|&year| self.of(year)) {
            let print = Datum::figure(Scope::mark(index), &figure.value.text);
            labels.entry(&figure.label).or_default().push(print.clone());
            entries.insert(figure.item.id.clone(), print);
        }
        // A label that several figures bear (one for each scope) names none of them.
        for (label, mut prints) in labels {
            let taken = entries.contains_key(label);
            if let (1, false, Some(print)) = (prints.len(), taken, prints.pop()) {
                entries.insert(label.to_owned(), print);
            }
        }
        (entries.keys().cloned().collect(), Datum::item(entries))
    }
}

/// A figure's value before it was rounded, as a quantity.
fn exact_text(figure: &Figure) -> String {
    let value = &figure.value;
    let whole = |number| Quantity::compose(number, 0, value.bound, &value.unit);
    let exact = match &figure.formula {
        Some(formula) => whole(formula.exact.normalize()),
        // `1 visit`, counted in visits.
        None if value.unit.is_ascii() && !value.text.ends_with(&value.unit) => {
            value.value().and_then(whole)
        }
        None => None,
    };
    exact.map_or_else(|| value.text.clone(), |exact| exact.text)
}

impl<'a> Facts<'a> {
    /// Gathers what a record's narratives can name: the record itself, the series' shared
    /// data behind it, and the other years of the series.
    pub fn new(
        register: &Register<'a>,
        year: Option<Year>,
        record: &'a Record,
        language: Language,
    ) -> Self {
        let series = register.series;
        let mut base = register.base.clone();
        let mut names = BTreeMap::new();
        let own = if year.is_some() { vec![None, year] } else { vec![None] };

        let (f_names, f) = register.prints(&own);
        base.insert("f", f);
        names.insert("f".to_owned(), f_names);
        let mut by_id = Vec::new();
        let mut figures = BTreeMap::new();
        for (index, figure) in own.iter().flat_map(|&year| register.of(year)) {
            let fields = items::figure(figure, Scope::mark(index), language);
            let item = Datum::item(fields);
            by_id.push((figure.item.id.clone(), item.clone()));
            figures.insert(figure.item.id.as_str(), item);
        }
        put_items(&mut base, &mut names, "figure", by_id);

        let mut events = BTreeMap::new();
        let mut by_id = Vec::new();
        for event in series.shared.events.values().chain(record.events.values()) {
            let belongs = |figure: &Figure| figure.event.as_ref() == Some(&event.item.id);
            let its = register.of(year).filter(|(_, figure)| belongs(figure));
            let its = its.map(|(index, figure)| {
                Datum::item(items::figure(figure, Scope::mark(index), language))
            });
            let item = Datum::item(items::event(event, its.collect(), language));
            by_id.push((event.item.id.clone(), item.clone()));
            events.insert(event.item.id.as_str(), item);
        }
        put_items(&mut base, &mut names, "event", by_id);

        let mut tasks = BTreeMap::new();
        let mut by_id = Vec::new();
        for task in series.shared.tasks.values().chain(record.tasks.values()) {
            let item = Datum::item(items::task(task, language));
            by_id.push((task.item.id.clone(), item.clone()));
            tasks.insert(task.item.id.as_str(), item);
        }
        put_items(&mut base, &mut names, "task", by_id);

        let organisations = series.shared.organisations.values();
        let by_id =
            organisations.chain(record.organisations.values()).map(|organisation| {
                let fields = items::organisation(organisation, language);
                (organisation.item.id.clone(), Datum::item(fields))
            });
        let by_id: Vec<_> = by_id.collect();
        base.insert(
            "organisations",
            Datum::list(by_id.iter().map(|(_, item)| item.clone())),
        );
        put_items(&mut base, &mut names, "organisation", by_id);

        let offices = series.shared.offices.values().chain(record.offices.values());
        let by_id: Vec<_> = offices
            .map(|office| {
                (office.item.id.clone(), Datum::item(items::office(office, language)))
            })
            .collect();
        base.insert("offices", Datum::list(by_id.iter().map(|(_, item)| item.clone())));
        put_items(&mut base, &mut names, "office", by_id);

        let revisions = series.shared.revisions.iter().chain(&record.revisions);
        let revisions = revisions.map(|revision| {
            let figures = record.figures.get(&revision.figure);
            let figures = figures.or_else(|| series.shared.figures.get(&revision.figure));
            let label = figures.map(|figure| figure.label.as_str());
            Datum::item(items::revision(revision, label, language))
        });
        base.insert("revisions", Datum::list(revisions));

        let tables = series.shared.tables.iter().chain(record.tables.iter());
        let tables: Vec<(String, Datum)> = tables
            .map(|(name, rows)| {
                let rows = rows
                    .iter()
                    .map(|(_, row)| Datum::table(items::fields(row, language)));
                (name.clone(), Datum::list(rows))
            })
            .collect();
        put_items(&mut base, &mut names, "data", tables);

        let mut of_series = vec![
            ("name".to_owned(), Datum::new(&series.name)),
            ("title".to_owned(), Datum::new(&series.title)),
        ];
        let publisher = series.publisher.iter();
        of_series.extend(publisher.map(|p| ("publisher".to_owned(), Datum::new(p))));
        of_series.extend(items::fields(&series.extra, language));
        base.insert("series", Datum::item(of_series));

        let years = series.records.keys().map(|&year| {
            let (of_year, f) = register.prints(&[Some(year)]);
            names.insert(format!("years.{year}.f"), of_year);
            (year.to_string(), Datum::item([("f".to_owned(), f)]))
        });
        let years: Vec<(String, Datum)> = years.collect();
        let of_years = years.iter().map(|(year, _)| year.clone()).collect();
        names.insert("years".to_owned(), of_years);
        let last = year.map(|year| (year - 1).to_string());
        if let Some((_, facts)) =
            years.iter().find(|(name, _)| Some(name) == last.as_ref())
        {
            base.insert("last_year", facts.clone());
            let of_last =
                names.get(&format!("years.{}.f", last.as_deref().unwrap_or_default()));
            let of_last = of_last.cloned().unwrap_or_default();
            names.insert("last_year.f".to_owned(), of_last);
        }
        base.insert("years", Datum::item(years));

        let records = [(None, &series.shared), (year, record)];
        let mut facts = Self { base, records, figures, events, tasks, names };
        let all = Datum::item(facts.lists(None));
        facts.base.insert("all", all);
        facts
    }

    /// The scope of an edition: the base, with the lists cut to its period.
    pub(super) fn scope(&self, period: Option<Period>) -> Scope {
        let mut scope = self.base.clone();
        for (name, list) in self.lists(period) {
            scope.insert(&name, list);
        }
        scope
    }

    /// The lists of what belongs to a period, by [`Record::select`].
    fn lists(&self, period: Option<Period>) -> Vec<(String, Datum)> {
        let (mut figures, mut events, mut tasks) = (Vec::new(), Vec::new(), Vec::new());
        for (year, record) in self.records {
            let selection = record.select(period, year);
            let ids = selection.figures.iter().map(|figure| figure.item.id.as_str());
            figures.extend(ids.filter_map(|id| self.figures.get(id).cloned()));
            let ids = selection.events.iter().map(|event| event.item.id.as_str());
            events.extend(ids.filter_map(|id| self.events.get(id).cloned()));
            let ids = selection.tasks.iter().map(|task| task.item.id.as_str());
            tasks.extend(ids.filter_map(|id| self.tasks.get(id).cloned()));
        }
        let lists = [("figures", figures), ("events", events), ("tasks", tasks)];
        lists.map(|(name, list)| (name.to_owned(), Datum::list(list))).into()
    }

    /// The names that may follow `f.`, `event.` and so on; nothing where there is no such
    /// root here: the first year has no year before it.
    pub(super) fn names(&self, root: &str) -> Option<&[String]> {
        self.names.get(root).map(Vec::as_slice)
    }
}

fn put_items(
    base: &mut Scope,
    names: &mut BTreeMap<String, Vec<String>>,
    root: &'static str,
    items: Vec<(String, Datum)>,
) {
    names.insert(root.to_owned(), items.iter().map(|(id, _)| id.clone()).collect());
    base.insert(root, Datum::item(items));
}
