//! The indexes of events and organisations, with the publications that name them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::home::year_text;
use super::{Cx, Dated, Plan};
use crate::address;
use crate::card::{Card, name};
use crate::frame::Link;
use crate::model::{Event, Organisation};
use crate::press::Series;

/// How many publications an index names for one entry, the newest first.
const MAX_NAMED: usize = 12;

/// More events than this are divided by years.
const MAX_EVENTS: usize = 200;

/// How many events a year shows that has a page of its own.
const MAX_IN_YEAR: usize = 12;

/// The events and organisations that publications name.
pub(super) struct Index<'a> {
    events: Vec<Named<'a, Event>>,
    organisations: Vec<Named<'a, Organisation>>,
}

/// Something of the data, with the publications that name it.
struct Named<'a, T> {
    series: &'a Series,
    thing: &'a T,
    places: Vec<usize>,
}

/// What `site/events.html` may print.
#[derive(Serialize)]
struct Events {
    years: Vec<EventYear>,
    /// The page of the year before, where this is one of a year.
    previous: Option<Link>,
    /// The page of the year after.
    next: Option<Link>,
}

/// The events of a year.
#[derive(Serialize)]
struct EventYear {
    /// The year; none where the page is of it alone.
    text: Option<String>,
    anchor: String,
    events: Vec<EventLine>,
    /// The page that shows all of it, where this one does not.
    more: Option<Link>,
}

/// An event in the index.
#[derive(Serialize)]
struct EventLine {
    day: String,
    iso: String,
    title: String,
    series: Link,
    location: Option<String>,
    organisers: Vec<String>,
    publications: Vec<Link>,
}

/// What `site/organisations.html` may print.
#[derive(Serialize)]
struct Organisations {
    groups: Vec<OrganisationGroup>,
}

/// The organisations of a series.
#[derive(Serialize)]
struct OrganisationGroup {
    series: Link,
    organisations: Vec<OrganisationLine>,
}

/// An organisation in the index.
#[derive(Serialize)]
struct OrganisationLine {
    name: String,
    short: Vec<String>,
    former: Vec<String>,
    count: usize,
    publications: Vec<Link>,
}

impl<'a> Index<'a> {
    pub(super) fn new(cx: &Cx<'a>) -> Self {
        let mut of_events = places(cx, |card| &card.mentions.events);
        let mut of_bodies = places(cx, |card| &card.mentions.organisations);
        let (mut events, mut organisations) = (Vec::new(), Vec::new());
        for series in cx.all_series() {
            let years = series.records.iter().map(|(&year, record)| (Some(year), record));
            for (year, record) in years.chain([(None, &series.shared)]) {
                let full = |id: &str| name(&series.name, year, id);
                for thing in record.events.values() {
                    if let Some(places) = of_events.remove(&*full(&thing.item.id)) {
                        events.push(Named { series, thing, places });
                    }
                }
                for thing in record.organisations.values() {
                    if let Some(places) = of_bodies.remove(&*full(&thing.item.id)) {
                        organisations.push(Named { series, thing, places });
                    }
                }
            }
        }
        events.sort_by_key(|event| std::cmp::Reverse(event.thing.date));
        Self { events, organisations }
    }

    pub(super) fn has_events(&self) -> bool {
        !self.events.is_empty()
    }

    pub(super) fn has_organisations(&self) -> bool {
        !self.organisations.is_empty()
    }

    pub(super) fn plan(&self, cx: &Cx<'a>, plan: &mut Plan) {
        if self.has_events() {
            self.events(cx, plan);
        }
        if self.has_organisations() {
            self.organisations(cx, plan);
        }
    }

    fn events(&self, cx: &Cx<'a>, plan: &mut Plan) {
        let path = &cx.at.events();
        let divided = self.events.len() > MAX_EVENTS;
        let has_page =
            |events: &[Named<'a, Event>]| divided && events.len() > MAX_IN_YEAR;
        let year =
            |events: &[Named<'a, Event>]| events.first().map(|one| one.thing.date.year);
        let years: Vec<_> = self
            .events
            .chunk_by(|one, next| one.thing.date.year == next.thing.date.year)
            .filter_map(|events| Some((year(events)?, events)))
            .collect();
        let sections = years.iter().map(|&(year, events)| {
            let more = has_page(events).then(|| {
                let text = format!("{} {}", cx.site.all, events.len());
                Link::between(path, &cx.at.events_year(year), text)
            });
            let shown = if more.is_some() { MAX_IN_YEAR } else { events.len() };
            EventYear {
                text: Some(year_text(cx, year)),
                anchor: format!("y{year}"),
                events: lines(cx, path, events.get(..shown).unwrap_or(events)),
                more,
            }
        });
        let body = Events { years: sections.collect(), previous: None, next: None };
        plan.add("site/events.html", cx.page(path, cx.site.events, &[]), body);
        let paged: Vec<_> = years.iter().filter(|(_, events)| has_page(events)).collect();
        for (at, &&(year, events)) in paged.iter().enumerate() {
            let path = &cx.at.events_year(year);
            let near = |at: Option<usize>| {
                let (year, _) = paged.get(at?)?;
                Some(Link::between(path, &cx.at.events_year(*year), year_text(cx, *year)))
            };
            let events = lines(cx, path, events);
            let anchor = format!("y{year}");
            let all = EventYear { text: None, anchor, events, more: None };
            // The newest year comes first.
            let (previous, next) = (near(Some(at + 1)), near(at.checked_sub(1)));
            let body = Events { years: vec![all], previous, next };
            let title = format!("{} · {}", cx.site.events, year_text(cx, year));
            let crumbs = [(cx.at.events(), cx.site.events.to_owned())];
            plan.add("site/events.html", cx.page(path, &title, &crumbs), body);
        }
    }

    fn organisations(&self, cx: &Cx<'a>, plan: &mut Plan) {
        let path = &cx.at.organisations();
        let mut groups: Vec<(&str, OrganisationGroup)> = Vec::new();
        for Named { series, thing, places } in &self.organisations {
            if groups.last().is_none_or(|(last, _)| *last != series.name) {
                let to = cx.at.series(&series.name);
                let series_link = Link::between(path, &to, &series.title);
                let organisations = Vec::new();
                groups.push((
                    &series.name,
                    OrganisationGroup { series: series_link, organisations },
                ));
            }
            let Some((_, group)) = groups.last_mut() else { continue };
            let Organisation { name, short, former, .. } = (*thing).clone();
            group.organisations.push(OrganisationLine {
                name,
                short,
                former,
                count: places.len(),
                publications: links(cx, path, places),
            });
        }
        let groups = groups.into_iter().map(|(_, group)| group).collect();
        let page = cx.page(path, cx.site.organisations, &[]);
        plan.add("site/organisations.html", page, Organisations { groups });
    }
}

/// The places of the publications that name a thing, by its name.
fn places<'c>(
    cx: &Cx<'c>,
    names: impl Fn(&'c Card) -> &'c Vec<String>,
) -> BTreeMap<&'c str, Vec<usize>> {
    let mut all: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, dated) in cx.items.iter().enumerate() {
        for name in names(dated.item.card) {
            all.entry(name).or_default().push(place);
        }
    }
    all
}

/// Events as a page lists them.
fn lines(cx: &Cx<'_>, path: &str, events: &[Named<'_, Event>]) -> Vec<EventLine> {
    let line = |Named { series, thing, places }: &Named<'_, Event>| EventLine {
        day: cx.language.date(thing.date),
        iso: thing.date.to_string(),
        title: thing.title.clone(),
        series: Link::between(path, &cx.at.series(&series.name), &series.title),
        location: thing.location.clone(),
        organisers: thing.organisers.clone(),
        publications: links(cx, path, places),
    };
    events.iter().map(line).collect()
}

fn links(cx: &Cx<'_>, path: &str, places: &[usize]) -> Vec<Link> {
    let shown = places.iter().take(MAX_NAMED).filter_map(|&place| cx.items.get(place));
    let link = |dated: &Dated<'_>| {
        let to = address::edition(&dated.item.edition.path);
        Link::between(path, &to, &dated.item.card.title)
    };
    shown.map(link).collect()
}
