//! The front page: what was published last, the series, the kinds, the years.

use indexmap::IndexMap;
use serde::Serialize;

use super::rows::Row;
use super::{Cx, Dated, Elsewhere, Plan};
use crate::address::{self, Branch};

/// How many publications the front page shows.
const LATEST: usize = 12;

/// What `site/home.html` may print.
#[derive(Serialize)]
struct Home {
    latest: Vec<Row>,
    series: Vec<Group>,
    kinds: Vec<Group>,
    years: Vec<Group>,
    elsewhere: Vec<Other>,
}

/// A link to what is there in another language alone.
#[derive(Serialize)]
pub(super) struct Other {
    href: String,
    /// The language's own name for itself.
    text: &'static str,
    language: &'static str,
    count: usize,
}

/// Links from a page to the page in other languages that lists more.
pub(super) fn others(
    page: &str,
    elsewhere: &[Elsewhere],
    to: fn(Branch) -> String,
) -> Vec<Other> {
    let other = |&Elsewhere { language, at, count }: &Elsewhere| Other {
        href: address::relative(page, &to(at)),
        text: language.name(),
        language: language.tag(),
        count,
    };
    elsewhere.iter().map(other).collect()
}

/// A link to a list, with what stands at its top.
#[derive(Serialize)]
struct Group {
    href: String,
    text: String,
    publisher: Option<String>,
    count: usize,
    newest: Row,
}

pub(super) fn plan(cx: &Cx<'_>, elsewhere: &[Elsewhere], plan: &mut Plan) {
    let path = &cx.at.home();
    let mut series = IndexMap::new();
    let mut kinds = IndexMap::new();
    let mut years = IndexMap::new();
    for dated in &cx.items {
        let edition = dated.item.edition;
        let of = cx.series_of(dated.item);
        let (name, publisher) = (&of.name, of.publisher.clone());
        let title = of.title.clone();
        add(cx, &mut series, cx.at.series(name), title, publisher, dated);
        let kind = cx.at.kind(&edition.kind.name);
        add(cx, &mut kinds, kind, cx.kind_label(dated.item), None, dated);
        if let Some(day) = dated.day {
            let text = year_text(cx, day.year);
            add(cx, &mut years, cx.at.year(day.year), text, None, dated);
        }
    }
    let latest: Vec<&Dated<'_>> = cx.items.iter().take(LATEST).collect();
    let home = Home {
        latest: cx.rows(path, &latest),
        series: series.into_values().collect(),
        kinds: kinds.into_values().collect(),
        years: years.into_values().collect(),
        elsewhere: others(path, elsewhere, Branch::home),
    };
    let mut page = cx.page(path, cx.title(), &[]);
    page.crumbs.clear();
    plan.add("site/home.html", page, home);
}

fn add(
    cx: &Cx<'_>,
    groups: &mut IndexMap<String, Group>,
    to: String,
    text: String,
    publisher: Option<String>,
    dated: &Dated<'_>,
) {
    let home = cx.at.home();
    let href = address::relative(&home, &to);
    let fresh =
        || Group { href, text, publisher, count: 0, newest: cx.row(&home, dated) };
    groups.entry(to).or_insert_with(fresh).count += 1;
}

/// A year for readers of the site.
pub(super) fn year_text(cx: &Cx<'_>, year: i16) -> String {
    cx.language.period(crate::model::Period::Year(year))
}
