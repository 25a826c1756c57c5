//! The front page: what was published last, the series, the kinds, the years.

use indexmap::IndexMap;
use serde::Serialize;

use super::rows::Row;
use super::{Cx, Dated, Out};
use crate::address;

/// How many publications the front page shows.
const LATEST: usize = 12;

/// What `site/home.html` may print.
#[derive(Serialize)]
struct Home {
    latest: Vec<Row>,
    series: Vec<Group>,
    kinds: Vec<Group>,
    years: Vec<Group>,
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

pub(super) fn make(cx: &Cx<'_>, out: &mut Out<'_>) {
    let path = address::HOME;
    let mut series = IndexMap::new();
    let mut kinds = IndexMap::new();
    let mut years = IndexMap::new();
    for dated in &cx.items {
        let edition = dated.item.edition;
        let publisher = edition.series.publisher.clone();
        let (name, title) = (&edition.series.name, edition.series.title.clone());
        add(cx, &mut series, address::series(name), title, publisher, dated);
        let kind = address::kind(&edition.kind.name);
        add(cx, &mut kinds, kind, cx.kind_label(dated.item), None, dated);
        if let Some(day) = dated.day {
            let text = year_text(cx, day.year);
            add(cx, &mut years, address::year(day.year), text, None, dated);
        }
    }
    let latest: Vec<&Dated<'_>> = cx.items.iter().take(LATEST).collect();
    let home = Home {
        latest: cx.rows(path, &latest),
        series: series.into_values().collect(),
        kinds: kinds.into_values().collect(),
        years: years.into_values().collect(),
    };
    let mut page = cx.page(path, &cx.press.settings.title, &[]);
    page.crumbs.clear();
    cx.render("site/home.html", page, &home, out);
}

fn add(
    cx: &Cx<'_>,
    groups: &mut IndexMap<String, Group>,
    to: String,
    text: String,
    publisher: Option<String>,
    dated: &Dated<'_>,
) {
    let href = address::relative(address::HOME, &to);
    let fresh = || Group {
        href,
        text,
        publisher,
        count: 0,
        newest: cx.row(address::HOME, dated),
    };
    groups.entry(to).or_insert_with(fresh).count += 1;
}

/// A year for readers of the site.
pub(super) fn year_text(cx: &Cx<'_>, year: i16) -> String {
    cx.language.period(crate::model::Period::Year(year))
}
