//! The search page: a form that a script answers from the index beside it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Asset, Cx, Out};
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

/// Makes the page; `figures` says whether there are pages of figures.
pub(super) fn make(cx: &Cx<'_>, script: &Asset, figures: bool, out: &mut Out<'_>) {
    let path = address::SEARCH;
    let words = cx.language.search_words();
    let series = cx.items.iter().map(|one| {
        let series = cx.press.series.get(&one.item.edition.series.name);
        series.map_or(&one.item.edition.series.title, |series| &series.title).clone()
    });
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
    let mut parts: Vec<String> =
        years.iter().rev().map(|&year| address::search_part(Some(year))).collect();
    if cx.items.iter().any(|one| one.day.is_none()) {
        parts.push(address::search_part(None));
    }
    if figures {
        parts.push(address::SEARCH_FIGURES.to_owned());
    }
    let body = Body {
        search: words,
        script: address::relative(path, &script.path),
        index: address::relative(path, address::SEARCH_FOLDER),
        parts,
        root: "../".to_owned(),
        choices,
    };
    let page = cx.page(path, words.search, &[]);
    cx.render("site/search.html", page, &body, out);
}
