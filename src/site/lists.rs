//! Lists of publications: of a series, of a kind, of a year, of a month; and the archive.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Serialize;

use super::home::{Other, others, year_text};
use super::rows::Row;
use super::{Cx, Dated, Elsewhere, Plan};
use crate::address::{self, Branch};
use crate::frame::Link;
use crate::model::{Period, Year};

/// A list of more publications than this is divided by years.
const MAX_ON_PAGE: usize = 60;

/// How many publications a section shows whose rest stands on a page of its own.
const MAX_IN_SECTION: usize = 12;

/// What `site/series.html`, `site/kind.html`, `site/year.html` and `site/month.html` may
/// print.
#[derive(Serialize)]
struct List {
    /// A line under the title.
    note: Option<String>,
    count: String,
    sections: Vec<Section>,
    /// The list before, in time.
    previous: Option<Link>,
    /// The list after.
    next: Option<Link>,
}

/// A part of a list under a heading.
#[derive(Serialize)]
struct Section {
    /// The heading; none where the list has one part alone.
    title: Option<String>,
    anchor: Option<String>,
    rows: Vec<Row>,
    /// The page that shows all of it, where this one does not.
    more: Option<Link>,
}

/// What `site/archive.html` may print.
#[derive(Serialize)]
struct Archive {
    count: String,
    years: Vec<ArchiveYear>,
    undated: Vec<Row>,
    elsewhere: Vec<Other>,
}

/// A year of the archive.
#[derive(Serialize)]
struct ArchiveYear {
    href: String,
    text: String,
    count: usize,
    months: Vec<ArchiveMonth>,
}

/// A month of the archive; without an address where nothing was published.
#[derive(Serialize)]
struct ArchiveMonth {
    href: Option<String>,
    text: String,
    count: usize,
}

/// A page of a list, before it is written.
struct Sheet {
    template: &'static str,
    path: String,
    title: String,
    crumbs: Vec<(String, String)>,
    note: Option<String>,
    neighbours: [Option<(String, String)>; 2],
}

type Group<'g, 'a> = Vec<&'g Dated<'a>>;

pub(super) fn plan(cx: &Cx<'_>, elsewhere: &[Elsewhere], plan: &mut Plan) {
    let mut series: IndexMap<&str, Group<'_, '_>> = IndexMap::new();
    let mut kinds: IndexMap<&str, Group<'_, '_>> = IndexMap::new();
    for dated in &cx.items {
        let edition = dated.item.edition;
        series.entry(&edition.series.name).or_default().push(dated);
        kinds.entry(&edition.kind.name).or_default().push(dated);
    }
    for (name, group) in &series {
        let Some(first) = group.first() else { continue };
        let first = cx.series_of(first.item);
        let sheet = Sheet {
            template: "site/series.html",
            path: cx.at.series(name),
            title: first.title.clone(),
            crumbs: Vec::new(),
            note: first.publisher.clone(),
            neighbours: [None, None],
        };
        by_year(cx, sheet, group, &|year| cx.at.series_year(name, year), plan);
    }
    for (name, group) in &kinds {
        let Some(first) = group.first() else { continue };
        let sheet = Sheet {
            template: "site/kind.html",
            path: cx.at.kind(name),
            title: cx.kind_label(first.item),
            crumbs: Vec::new(),
            note: None,
            neighbours: [None, None],
        };
        by_year(cx, sheet, group, &|year| cx.at.kind_year(name, year), plan);
    }
    archive(cx, elsewhere, plan);
}

/// A list with a section for each year; where it is long, a year of which it shows a part
/// alone has a page as well.
fn by_year(
    cx: &Cx<'_>,
    sheet: Sheet,
    group: &[&Dated<'_>],
    year_page: &dyn Fn(Year) -> String,
    plan: &mut Plan,
) {
    let divided = group.len() > MAX_ON_PAGE;
    let mut years: IndexMap<Option<Year>, Group<'_, '_>> = IndexMap::new();
    for &dated in group {
        years.entry(dated.day.map(|day| day.year)).or_default().push(dated);
    }
    let has_page = |group: &[&Dated<'_>]| divided && group.len() > MAX_IN_SECTION;
    let mut sections = Vec::new();
    for (year, group) in &years {
        let title = year.map_or(cx.site.undated.to_owned(), |year| year_text(cx, year));
        let whole = year.filter(|_| has_page(group)).map(year_page);
        sections.push(section(cx, &sheet.path, title, *year, group, whole));
    }
    let paged = years.iter().filter(|(_, group)| has_page(group));
    let paged: Vec<_> = paged.filter_map(|(&year, group)| Some((year?, group))).collect();
    for (at, &(year, group)) in paged.iter().enumerate() {
        let link = |&(year, _): &(Year, _)| (year_page(year), year_text(cx, year));
        let mut crumbs = sheet.crumbs.clone();
        crumbs.push((sheet.path.clone(), sheet.title.clone()));
        let of_year = Sheet {
            template: sheet.template,
            path: year_page(year),
            title: format!("{} · {}", sheet.title, year_text(cx, year)),
            crumbs,
            note: sheet.note.clone(),
            // The newest year comes first.
            neighbours: [
                paged.get(at + 1).map(link),
                at.checked_sub(1).and_then(|at| paged.get(at)).map(link),
            ],
        };
        let rows = cx.rows(&of_year.path, group);
        let whole = Section { title: None, anchor: None, rows, more: None };
        write(cx, of_year, group.len(), vec![whole], plan);
    }
    write(cx, sheet, group.len(), sections, plan);
}

/// A section of a list; its beginning, where it has a page of its own.
fn section(
    cx: &Cx<'_>,
    path: &str,
    title: String,
    anchor: Option<i16>,
    group: &[&Dated<'_>],
    whole: Option<String>,
) -> Section {
    let most = if whole.is_some() { MAX_IN_SECTION } else { group.len() };
    let shown = group.get(..most).unwrap_or(group);
    let more = whole.filter(|_| shown.len() < group.len());
    let all = format!("{} {}", cx.site.all, cx.count(group.len()));
    Section {
        title: Some(title),
        anchor: Some(anchor.map_or("undated".to_owned(), |at| format!("y{at}"))),
        rows: cx.rows(path, shown),
        more: more.map(|to| Link::between(path, &to, all)),
    }
}

/// The archive, and the pages of its years and months.
fn archive(cx: &Cx<'_>, elsewhere: &[Elsewhere], plan: &mut Plan) {
    let mut years: BTreeMap<Year, BTreeMap<i8, Group<'_, '_>>> = BTreeMap::new();
    let mut undated = Vec::new();
    for dated in &cx.items {
        let Some(day) = dated.day else {
            undated.push(dated);
            continue;
        };
        // A year alone stands at its end, where a year's report is read.
        let month = day.month.unwrap_or(12);
        years.entry(day.year).or_default().entry(month).or_default().push(dated);
    }
    let path = &cx.at.archive();
    let crumb = (path.clone(), cx.site.archive.to_owned());
    let months: Vec<(Year, i8)> = years
        .iter()
        .flat_map(|(&year, months)| months.keys().map(move |&month| (year, month)))
        .collect();
    let month_link = |&(year, month): &(Year, i8)| {
        (cx.at.month(year, month), cx.language.period(Period::Month(year, month)))
    };
    let year_link = |&year: &Year| (cx.at.year(year), year_text(cx, year));
    for (at, &(year, month)) in months.iter().enumerate() {
        let group = &years[&year][&month];
        let (path, title) = month_link(&(year, month));
        let sheet = Sheet {
            template: "site/month.html",
            title,
            crumbs: vec![crumb.clone(), year_link(&year)],
            note: None,
            neighbours: around(&months, at, &month_link),
            path,
        };
        let rows = cx.rows(&sheet.path, group);
        let whole = Section { title: None, anchor: None, rows, more: None };
        write(cx, sheet, group.len(), vec![whole], plan);
    }
    let order: Vec<Year> = years.keys().copied().collect();
    let mut shown = Vec::new();
    for (at, (&year, months)) in years.iter().enumerate() {
        let count = months.values().map(Vec::len).sum();
        let (to, text) = year_link(&year);
        let sheet = Sheet {
            template: "site/year.html",
            path: to.clone(),
            title: text.clone(),
            crumbs: vec![crumb.clone()],
            note: None,
            neighbours: around(&order, at, &year_link),
        };
        let mut sections = Vec::new();
        for (&month, group) in months.iter().rev() {
            let (to, title) = month_link(&(year, month));
            let whole = Some(to).filter(|_| count > MAX_ON_PAGE);
            let mut part = section(cx, &sheet.path, title, None, group, whole);
            part.anchor = Some(format!("m{month}"));
            sections.push(part);
        }
        write(cx, sheet, count, sections, plan);
        let months = (1..=12).map(|month| {
            let count = months.get(&month).map_or(0, Vec::len);
            let to = cx.at.month(year, month);
            ArchiveMonth {
                href: (count > 0).then(|| address::relative(path, &to)),
                text: cx.language.month(month),
                count,
            }
        });
        let href = address::relative(path, &to);
        shown.push(ArchiveYear { href, text, count, months: months.collect() });
    }
    shown.reverse();
    let body = Archive {
        count: cx.count(cx.items.len()),
        years: shown,
        undated: cx.rows(path, &undated),
        elsewhere: others(path, elsewhere, Branch::archive),
    };
    let page = cx.page(path, cx.site.archive, &[]);
    plan.add("site/archive.html", page, body);
}

/// What stands before and after a place of an order.
fn around<T>(
    order: &[T],
    at: usize,
    link: &dyn Fn(&T) -> (String, String),
) -> [Option<(String, String)>; 2] {
    let before = at.checked_sub(1).and_then(|at| order.get(at));
    [before.map(link), order.get(at + 1).map(link)]
}

fn write(
    cx: &Cx<'_>,
    sheet: Sheet,
    count: usize,
    sections: Vec<Section>,
    plan: &mut Plan,
) {
    let Sheet { template, path, title, crumbs, note, neighbours } = sheet;
    let [previous, next] = neighbours
        .map(|neighbour| neighbour.map(|(to, text)| Link::between(&path, &to, text)));
    let list = List { note, count: cx.count(count), sections, previous, next };
    let page = cx.page(&path, &title, &crumbs);
    plan.add(template, page, list);
}
