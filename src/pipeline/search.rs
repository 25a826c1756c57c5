//! The index that the search page asks, when all publications stand: a part for each year,
//! so that one publication that changes costs its year alone.

use std::collections::{BTreeMap, BTreeSet};

use html_escape::decode_html_entities;

use super::Works;
use super::works::keys::PROGRAM;
use crate::address::{self, Branch};
use crate::card::Card;
use crate::diag::{Diagnostics, Reported};
use crate::frame::day;
use crate::locale::Language;
use crate::press::{Edition, Press};
use crate::publish::{Artifact, Inputs, Making, Output, Publication};
use crate::search::{self, Page};
use crate::stamp::Key;

/// Makes the parts of the index whose pages are not as they were when it was made; the
/// others stand.
///
/// # Errors
/// When the machine refuses.
pub fn search<'a>(
    works: &Works<'a>,
    editions: &[Edition<'a>],
    site: &[String],
    output: &mut Output,
    diags: &mut Diagnostics,
) -> Result<(), Reported> {
    if !works.press().settings.site.search {
        return Ok(());
    }
    let mut parts: BTreeMap<String, Vec<Page>> = BTreeMap::new();
    for edition in editions {
        let part = address::search_part(day(edition).map(|day| day.year));
        parts.entry(part).or_default().push(of_edition(works, edition));
    }
    let figures = site.iter().filter_map(|path| of_figure(works.press(), path));
    let figures: Vec<Page> = figures.collect();
    if !figures.is_empty() {
        parts.insert(address::SEARCH_FIGURES.to_owned(), figures);
    }
    let chinese = editions.iter().any(|edition| edition.language == Language::Zh);
    parts
        .into_iter()
        .try_for_each(|(part, pages)| put(works, &part, pages, chinese, output, diags))
}

/// Puts a part of the index into its place, unless it stands there.
fn put(
    works: &Works<'_>,
    part: &str,
    mut pages: Vec<Page>,
    chinese: bool,
    output: &mut Output,
    diags: &mut Diagnostics,
) -> Result<(), Reported> {
    let owner = format!("search-{part}");
    let mut key = Key::new().with(PROGRAM).with(if chinese { "zh" } else { "" });
    for page in &pages {
        key.add(&format!("{page:?}"));
        key.add(output.hash(&page.path).unwrap_or_default());
    }
    let key = Some(key.finish());
    if let Some(making) = works.stands_beside(&owner, key.as_deref()) {
        return output.stand(&owner, making, diags);
    }
    pages.retain_mut(|page| {
        let html = output.text(&page.path);
        html.map(|html| fill(page, &html)).is_some()
    });
    let files = search::index(&pages, chinese, diags)?;
    let artifacts = files.into_iter().map(|file| {
        let path = format!("{}/{part}/{}", address::SEARCH_FOLDER, file.path);
        Artifact::new(path, file.bytes)
    });
    let making = Some(Box::new(Making { key, ..Making::default() }));
    let publication = Publication {
        edition: owner,
        artifacts: artifacts.collect(),
        inputs: Inputs { own: Vec::new(), shared: Vec::new(), making },
        numbers: Vec::new(),
        card: Card::default(),
    };
    output.put(output.packer().pack(publication), diags)
}

/// What is known of a publication's page before it is read.
fn of_edition<'a>(works: &Works<'a>, edition: &Edition<'a>) -> Page {
    let press = works.press();
    let kind = |language: Language| {
        let label = edition.kind.labels.get(language.word());
        label.unwrap_or(&edition.kind.name).clone()
    };
    let series = |language: Language| {
        let series = press.series_in(&edition.series.name, language);
        series.map_or(&edition.series.title, |series| &series.title).clone()
    };
    let year = day(edition).map(|day| day.year.to_string());
    // It is found by the words of its own language, and on the pages that list it as well.
    let mut filters = BTreeSet::new();
    for language in [edition.language, press.settings.language] {
        filters.extend([("series", series(language)), ("kind", kind(language))]);
    }
    filters.extend(year.map(|year| ("year", year)));
    let (kind, series) = (kind(edition.language), series(edition.language));
    let when = edition.period.map(|period| edition.language.period(period));
    let mut facts = vec![("kind", kind), ("series", series)];
    facts.extend(when.map(|when| ("period", when)));
    Page {
        path: address::edition(&edition.path),
        title: works.title(edition),
        text: String::new(),
        weight: "1",
        filters: filters.into_iter().collect(),
        facts,
    }
}

/// What is known of a figure's page before it is read; nothing where a page is another's.
/// Every publication that prints the figure is named on it, and is found itself.
fn of_figure(press: &Press, path: &str) -> Option<Page> {
    let (language, below) = Language::ALL.into_iter().find_map(|language| {
        let folder = Branch::of(language, press.settings.language).figure_folder();
        Some((language, path.strip_prefix(&folder)?))
    })?;
    let series = below.split('/').next();
    let series = series.and_then(|name| press.series_in(name, language));
    let label = language.site_words().figures.to_owned();
    let mut facts = vec![("kind", label)];
    facts.extend(series.map(|series| ("series", series.title.clone())));
    let (title, text) = (String::new(), String::new());
    let filters = facts.clone();
    Some(Page { path: path.to_owned(), title, text, weight: "0.2", filters, facts })
}

/// Takes what is to be found out of a page.
fn fill(page: &mut Page, html: &str) {
    let text = main(html);
    if !page.title.is_empty() {
        page.text = text.to_owned();
        return;
    }
    // A figure's page: its own heading is its title.
    page.title = plain(between(text, "<h1>", "</h1>").unwrap_or_default());
    let rest = text.split_once("</h1>").map_or(text, |(_, rest)| rest);
    page.text = format!("<main>{rest}");
}

/// The main part of a page; all of it, where a template has none.
fn main(html: &str) -> &str {
    let start = html.find("<main").unwrap_or(0);
    let end = html.rfind("</main>").map_or(html.len(), |end| end + "</main>".len());
    html.get(start..end).unwrap_or(html)
}

fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(open)?;
    rest.split_once(close).map(|(inner, _)| inner)
}

/// The words of a heading that holds text alone.
fn plain(text: &str) -> String {
    decode_html_entities(text.trim()).into_owned()
}
