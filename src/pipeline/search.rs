//! The search page's index, when all publications stand.

use std::collections::BTreeMap;

use super::Works;
use super::site::SEARCH_OWNER as OWNER;
use super::works::keys::PROGRAM;
use crate::address;
use crate::card::Card;
use crate::diag::{Diagnostics, Reported};
use crate::locale::Language;
use crate::press::Edition;
use crate::publish::{Artifact, Input, Inputs, Output, Publication};
use crate::search::{self, Page};

/// Makes the index of what is published, unless all pages are as they were when it was
/// made: it then stands.
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
    let figures = site.iter().map(String::as_str);
    let figures: Vec<&str> =
        figures.filter(|path| path.starts_with(address::FIGURE_FOLDER)).collect();
    let pages: Vec<String> =
        editions.iter().map(|edition| address::edition(&edition.path)).collect();
    let all = pages.iter().map(String::as_str).chain(figures.iter().copied());
    let mut inputs: BTreeMap<String, String> = all
        .filter_map(|path| Some((path.to_owned(), output.hash(path)?.to_owned())))
        .collect();
    inputs.insert("annals:search".to_owned(), PROGRAM.to_owned());
    if output.inputs(OWNER) == Some(&inputs) {
        output.keep(OWNER);
        return Ok(());
    }
    let mut found = Vec::with_capacity(inputs.len());
    for (edition, path) in editions.iter().zip(&pages) {
        found.extend(
            output.text(path).map(|html| of_edition(works, edition, path, &html)),
        );
    }
    for path in figures {
        found.extend(output.text(path).map(|html| of_figure(works, path, &html)));
    }
    let chinese = editions.iter().any(|edition| edition.language == Language::Zh);
    let files = search::index(&found, chinese, diags)?;
    let artifacts = files.into_iter().map(|file| {
        let path = format!("{}/{}", address::SEARCH_FOLDER, file.path);
        Artifact::new(path, file.bytes)
    });
    let own = inputs.into_iter().map(|(path, hash)| Input { path, hash }).collect();
    let publication = Publication {
        edition: OWNER.to_owned(),
        artifacts: artifacts.collect(),
        inputs: Inputs { own, shared: Vec::new(), making: None },
        numbers: Vec::new(),
        card: Card::default(),
    };
    output.put(output.packer().pack(publication), diags)
}

fn of_edition<'a>(
    works: &Works<'a>,
    edition: &Edition<'a>,
    path: &str,
    html: &str,
) -> Page {
    let language = works.press().settings.language;
    let labels = &edition.kind.labels;
    let kind = labels.get(language.word()).unwrap_or(&edition.kind.name).clone();
    let series = works.press().series.get(&edition.series.name);
    let series = series.map_or(&edition.series.title, |series| &series.title).clone();
    let year = crate::frame::day(edition).map(|day| day.year.to_string());
    let mut filters = vec![("series", series.clone()), ("kind", kind.clone())];
    filters.extend(year.map(|year| ("year", year)));
    let when = edition.period.map(|period| edition.language.period(period));
    let mut facts = vec![("kind", kind), ("series", series)];
    facts.extend(when.map(|when| ("period", when)));
    let title = works.title(edition);
    Page {
        path: path.to_owned(),
        title,
        text: main(html).to_owned(),
        weight: "1",
        filters,
        facts,
    }
}

fn of_figure(works: &Works<'_>, path: &str, html: &str) -> Page {
    let text = main(html);
    let series = path.strip_prefix(address::FIGURE_FOLDER).unwrap_or_default();
    let series = series.split('/').next().and_then(|name| works.press().series.get(name));
    let label = works.press().settings.language.site_words().figures.to_owned();
    let mut filters = vec![("kind", label.clone())];
    let mut facts = vec![("kind", label)];
    if let Some(series) = series {
        filters.push(("series", series.title.clone()));
        facts.push(("series", series.title.clone()));
    }
    // The page's own heading is its title.
    let title = between(text, "<h1>", "</h1>").unwrap_or_default();
    let rest = text.split_once("</h1>").map_or(text, |(_, rest)| rest);
    let text = format!("<main>{rest}");
    // Every publication that prints a figure is named on its page, and is found itself.
    let (path, title) = (path.to_owned(), plain(title));
    Page { path, title, text, weight: "0.2", filters, facts }
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
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text.trim().to_owned(), |text, (from, to)| text.replace(from, to))
}
