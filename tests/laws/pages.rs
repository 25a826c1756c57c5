//! Links of the finished pages lead somewhere.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;
use scraper::{Html, Selector};

use crate::outputs;

#[test]
fn every_link_has_its_target() {
    for name in ["sample", "minutes", "everything"] {
        let files = outputs(name);
        let pages: BTreeMap<&str, Html> = files
            .iter()
            .filter(|(path, _)| path.ends_with(".html"))
            .map(|(path, bytes)| {
                let text = std::str::from_utf8(bytes).expect("pages are text");
                (path.as_str(), Html::parse_document(text))
            })
            .collect();
        let anchors: BTreeMap<&str, BTreeSet<&str>> =
            pages.iter().map(|(path, page)| (*path, ids(path, page))).collect();
        let mut count = 0;
        for (path, page) in &pages {
            for target in targets(page) {
                count += 1;
                let (file, anchor) = target.split_once('#').unwrap_or((&target, ""));
                let file = resolve(path, file);
                assert!(files.contains_key(&file), "{path} leads to {file}, not there");
                let known = anchors.get(file.as_str());
                let there = anchor.is_empty()
                    || known.is_some_and(|known| known.contains(anchor));
                assert!(there, "{path} leads to {file}#{anchor}, not there");
            }
        }
        assert!(count > 5, "links are found");
    }
}

/// The ids of a page, each of which stands once.
fn ids<'a>(path: &str, page: &'a Html) -> BTreeSet<&'a str> {
    let all = Selector::parse("[id]").expect("a selector");
    let mut ids = BTreeSet::new();
    for element in page.select(&all) {
        let id = element.value().id().expect("it has one");
        assert!(ids.insert(id), "{path} has the id `{id}` twice");
    }
    ids
}

/// Addresses in the output that a page names, decoded.
fn targets(page: &Html) -> Vec<String> {
    let all = Selector::parse("[href], [src]").expect("a selector");
    page.select(&all)
        .flat_map(|element| [element.attr("href"), element.attr("src")])
        .flatten()
        .filter(|target| !target.contains("://") && !target.starts_with("mailto:"))
        .map(|target| percent_decode_str(target).decode_utf8_lossy().into_owned())
        .collect()
}

pub fn resolve(from: &str, to: &str) -> String {
    if to.is_empty() {
        return from.to_owned();
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        if part == ".." {
            parts.pop().expect("links stay in the output");
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}
