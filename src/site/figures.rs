//! A page for each figure: its values over the years of its series, and the publications
//! that print it.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::json;

use super::rows::Row;
use super::{Cx, Dated, Plan};
use crate::address;
use crate::frame::{Link, data_block};
use crate::model::{Decimal, Figure, Period, Year};
use crate::press::Series;

/// The figures that are printed, by series and id.
pub(super) struct Index<'a> {
    figures: BTreeMap<(&'a str, &'a str), Printed<'a>>,
}

/// A figure over the years of its series.
struct Printed<'a> {
    series: &'a Series,
    /// The values that are printed somewhere, by the year of the record.
    values: BTreeMap<Option<Year>, &'a Figure>,
    /// The publications that print one of them, by their place among the items.
    places: Vec<usize>,
}

/// What `site/figures.html` may print.
#[derive(Serialize)]
struct List {
    groups: Vec<Group>,
}

/// The figures of a series.
#[derive(Serialize)]
struct Group {
    series: Link,
    anchor: String,
    figures: Vec<Line>,
}

/// A figure in the index.
#[derive(Serialize)]
struct Line {
    href: String,
    label: String,
    scope: Option<String>,
    value: String,
    when: Option<String>,
    /// In how many years it is printed.
    years: usize,
}

/// What `site/figure.html` may print.
#[derive(Serialize)]
struct Page {
    series: Link,
    unit: String,
    definition: Option<String>,
    scope: Option<String>,
    values: Vec<Value>,
    /// Whether the values are drawn as bars: there are several, of one unit.
    drawn: bool,
    publications: Vec<Row>,
    previous: Option<Link>,
    next: Option<Link>,
    /// What it is in the words of schema.org, as the text of a block of data.
    dataset: String,
}

/// A figure's value of one year.
#[derive(Serialize)]
struct Value {
    when: String,
    value: String,
    /// The value as a plain number, for machines.
    plain: Option<String>,
    /// Where its bar begins and how long it is, in percent of the space for bars.
    bar: Option<[String; 2]>,
    scope: Option<String>,
    as_of: Option<String>,
    source: Option<String>,
    note: Option<String>,
}

impl<'a> Index<'a> {
    pub(super) fn new(cx: &Cx<'a>) -> Self {
        let mut figures = BTreeMap::new();
        for (place, dated) in cx.items.iter().enumerate() {
            for name in dated.item.figures {
                let Some((series, year, figure)) = find(cx, name) else { continue };
                let key = (series.name.as_str(), figure.item.id.as_str());
                let fresh =
                    || Printed { series, values: BTreeMap::new(), places: Vec::new() };
                let printed: &mut Printed<'a> = figures.entry(key).or_insert_with(fresh);
                printed.values.insert(year, figure);
                if printed.places.last() != Some(&place) {
                    printed.places.push(place);
                }
            }
        }
        Self { figures }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.figures.is_empty()
    }

    pub(super) fn plan(&self, cx: &Cx<'a>, plan: &mut Plan) {
        if self.is_empty() {
            return;
        }
        let path = &cx.at.figures();
        let mut groups: IndexMap<&str, Group> = IndexMap::new();
        for (&(name, id), printed) in &self.figures {
            let Some((year, newest)) = printed.values.iter().next_back() else {
                continue;
            };
            let title = &printed.series.title;
            let series = Link::between(path, &cx.at.series(name), title);
            let fresh =
                || Group { series, anchor: format!("s:{name}"), figures: Vec::new() };
            groups.entry(name).or_insert_with(fresh).figures.push(Line {
                href: address::relative(path, &cx.at.figure(name, id)),
                label: newest.label.clone(),
                scope: newest.scope.clone(),
                value: newest.value.text.clone(),
                when: when(cx, newest, *year),
                years: printed.values.len(),
            });
        }
        let list = List { groups: groups.into_values().collect() };
        plan.add("site/figures.html", cx.page(path, cx.site.figures, &[]), list);
        let order: Vec<_> = self.figures.keys().copied().collect();
        for (at, printed) in self.figures.values().enumerate() {
            let near = |at: Option<usize>| {
                let key = order.get(at?)?;
                let same = key.0 == printed.series.name;
                same.then(|| (cx.at.figure(key.0, key.1), self.figures[key].label()))
            };
            let neighbours = [near(at.checked_sub(1)), near(Some(at + 1))];
            printed.plan(cx, neighbours, plan);
        }
    }
}

impl<'a> Printed<'a> {
    /// What it measures, as its newest record says.
    fn label(&self) -> String {
        self.newest().map_or_else(String::new, |figure| figure.label.clone())
    }

    fn newest(&self) -> Option<&'a Figure> {
        self.values.values().next_back().copied()
    }

    fn plan(
        &self,
        cx: &Cx<'a>,
        neighbours: [Option<(String, String)>; 2],
        plan: &mut Plan,
    ) {
        let Some(newest) = self.newest() else { return };
        let name = &self.series.name;
        let path = cx.at.figure(name, &newest.item.id);
        let unit = &newest.value.unit;
        let one_unit = self.values.values().all(|figure| figure.value.unit == *unit);
        let drawn = one_unit && self.values.len() > 1;
        let bars = if drawn { self.bars() } else { Vec::new() };
        let one_scope = self.values.values().all(|figure| figure.scope == newest.scope);
        let mut values = Vec::new();
        for (at, (&year, figure)) in self.values.iter().enumerate() {
            let date = |date| cx.language.date(date);
            values.push(Value {
                when: when(cx, figure, year).unwrap_or_default(),
                value: figure.value.text.clone(),
                plain: figure.value.value().map(|value| value.normalize().to_string()),
                bar: bars.get(at).cloned().flatten(),
                scope: figure.scope.clone().filter(|_| !one_scope),
                as_of: figure.as_of.map(date),
                source: figure.source.clone(),
                note: figure.note.clone(),
            });
        }
        let places = self.places.iter().filter_map(|&place| cx.items.get(place));
        let publications: Vec<&Dated<'_>> = places.collect();
        let [previous, next] = neighbours
            .map(|neighbour| neighbour.map(|(to, text)| Link::between(&path, &to, text)));
        let body = Page {
            series: Link::between(&path, &cx.at.series(name), &self.series.title),
            unit: unit.clone(),
            definition: newest.definition.clone(),
            scope: newest.scope.clone().filter(|_| one_scope),
            values,
            drawn,
            publications: cx.rows(&path, &publications),
            previous,
            next,
            dataset: self.dataset(cx, &path, newest),
        };
        let crumbs = [
            (cx.at.figures(), cx.site.figures.to_owned()),
            (cx.at.series(name), self.series.title.clone()),
        ];
        plan.add("site/figure.html", cx.page(&path, &newest.label, &crumbs), body);
    }

    /// What machines are told of it (schema.org, Dataset): search engines list it as data,
    /// with the files of the pages that print it.
    fn dataset(&self, cx: &Cx<'a>, path: &str, newest: &Figure) -> String {
        let settings = &cx.press.settings;
        let base = settings.base_url.as_deref();
        let publisher = self.series.publisher.as_ref().or(settings.publisher.as_ref());
        let years: Vec<Year> = self.values.keys().copied().flatten().collect();
        let covers = match years.as_slice() {
            [] => None,
            [one] => Some(one.to_string()),
            [first, .., last] => Some(format!("{first}/{last}")),
        };
        let about = [
            Some(self.series.title.as_str()),
            newest.scope.as_deref(),
            newest.definition.as_deref(),
        ];
        let about: Vec<&str> = about.into_iter().flatten().collect();
        let words = cx.language.figure_words();
        let ([open, close], stop) = (words.brackets, words.stop);
        let mut data = json!({
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": newest.label,
            "description": format!("{}{open}{}{close}", newest.label, about.join(stop)),
            "inLanguage": cx.language.tag(),
            "variableMeasured": {
                "@type": "PropertyValue",
                "name": newest.label,
                "unitText": newest.value.unit,
            },
        });
        let mut say = |key: &str, value: Option<serde_json::Value>| {
            if let (Some(object), Some(value)) = (data.as_object_mut(), value) {
                object.insert(key.to_owned(), value);
            }
        };
        say("temporalCoverage", covers.map(Into::into));
        say(
            "creator",
            publisher.map(|name| json!({ "@type": "Organization", "name": name })),
        );
        say("url", base.map(|base| address::absolute(base, path).into()));
        let files = base.map(|base| {
            let places = self.places.iter().filter_map(|&place| cx.items.get(place));
            let file = |dated: &Dated<'_>| {
                let path = format!("{}.figures.csv", dated.item.edition.path);
                json!({
                    "@type": "DataDownload",
                    "encodingFormat": "text/csv",
                    "contentUrl": address::absolute(base, &path),
                })
            };
            places.map(file).collect()
        });
        say("distribution", files);
        data_block(&data)
    }

    /// The bars of the values, in the order of the years: from nought to the value, on an
    /// axis that all of them share.
    fn bars(&self) -> Vec<Option<[String; 2]>> {
        let exact: Vec<Option<Decimal>> =
            self.values.values().map(|figure| figure.exact()).collect();
        let known = || exact.iter().flatten().copied().chain([Decimal::ZERO]);
        let (Some(least), Some(most)) = (known().min(), known().max()) else {
            return Vec::new();
        };
        let part = |value: Decimal| {
            let span = most.checked_sub(least).filter(|span| !span.is_zero())?;
            let part = value.checked_div(span)?.checked_mul(Decimal::ONE_HUNDRED)?;
            Some(part.round_dp(2))
        };
        let bar = |value: &Option<Decimal>| {
            let value = (*value)?;
            let begin = part(value.min(Decimal::ZERO).checked_sub(least)?)?;
            let length = part(value.abs())?;
            Some([begin.normalize().to_string(), length.normalize().to_string()])
        };
        exact.iter().map(bar).collect()
    }
}

/// The time that a value covers, for readers.
fn when(cx: &Cx<'_>, figure: &Figure, year: Option<Year>) -> Option<String> {
    let period = figure.period.or(year.map(Period::Year));
    period
        .map(|period| cx.language.period(period))
        .or_else(|| figure.as_of.map(|date| cx.language.date(date)))
}

/// Whether any publication prints a figure, so that there are pages of figures.
pub(super) fn are_printed(cx: &Cx<'_>) -> bool {
    let mut names = cx.all.iter().flat_map(|dated| dated.item.figures);
    names.any(|name| find(cx, name).is_some())
}

/// The figure of a name, `series/year/id` or `series/id`, with its series and year.
fn find<'a>(cx: &Cx<'a>, name: &str) -> Option<(&'a Series, Option<Year>, &'a Figure)> {
    let (record, id) = name.rsplit_once('/')?;
    match record.split_once('/') {
        Some((series, year)) => {
            let (series, year) = (cx.series(series)?, year.parse().ok()?);
            Some((series, Some(year), series.records.get(&year)?.figures.get(id)?))
        }
        None => {
            let series = cx.series(record)?;
            Some((series, None, series.shared.figures.get(id)?))
        }
    }
}
