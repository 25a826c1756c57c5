//! The search page: a form that a script answers from the index beside it.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::Serialize;

use super::{Asset, Cx, Plan, figures};
use crate::address;
use crate::locale::SearchWords;

/// What the page prints.
#[derive(Serialize)]
struct Body {
    search: &'static SearchWords,
    script: String,
    /// Where the parts of the index stand.
    index: String,
    /// The parts, the newest first.
    parts: Vec<String>,
    /// The way to the folder of all outputs.
    root: String,
    choices: Vec<Choice>,
}

/// By what the results can be narrowed down.
#[derive(Serialize)]
struct Choice {
    name: &'static str,
    text: &'static str,
    options: Vec<String>,
}

/// Plans the page. All of them ask the same index: a number or a name is found in whatever
/// language it is printed.
pub(super) fn plan(cx: &Cx<'_>, script: &Asset, plan: &mut Plan) {
    let path = &cx.at.search();
    let words = cx.language.search_words();
    let series = cx.items.iter().map(|one| cx.series_of(one.item).title.clone());
    let kinds = cx.items.iter().map(|one| cx.kind_label(one.item));
    let years: BTreeSet<_> =
        cx.items.iter().filter_map(|one| one.day).map(|day| day.year).collect();
    let sorted = |all: BTreeSet<String>| all.into_iter().collect::<Vec<_>>();
    let mut kinds = sorted(kinds.collect());
    kinds.push(cx.site.figures.to_owned());
    let choices = vec![
        Choice {
            name: "series",
            text: cx.site.series,
            options: sorted(series.collect()),
        },
        Choice {
            name: "year",
            text: cx.site.years,
            options: years.iter().rev().map(ToString::to_string).collect(),
        },
        Choice { name: "kind", text: cx.site.kinds, options: kinds },
    ];
    let parts: BTreeSet<_> =
        cx.all.iter().map(|one| Reverse(one.day.map(|day| day.year))).collect();
    let mut parts: Vec<String> =
        parts.into_iter().map(|Reverse(year)| address::search_part(year)).collect();
    if figures::are_printed(cx) {
        parts.push(address::SEARCH_FIGURES.to_owned());
    }
    let body = Body {
        search: words,
        script: address::relative(path, &script.path),
        index: address::relative(path, address::SEARCH_FOLDER),
        parts,
        root: "../".repeat(path.matches('/').count()),
        choices,
    };
    let page = cx.page(path, words.search, &[]);
    plan.add("site/search.html", page, body);
}
