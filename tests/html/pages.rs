//! Pages of every kind, read back as a browser reads them.

use std::collections::BTreeSet;

use super::shared::{LAYOUTS, STYLE, everything, meta, page};
use percent_encoding::percent_decode_str;
use scraper::{Html, Selector};

/// The kinds with a layout of their own, and one that has nothing but the shared page.
fn kinds() -> impl Iterator<Item = &'static str> {
    LAYOUTS.iter().map(|(kind, _)| *kind).chain(["minutes"])
}

fn count(page: &Html, selector: &str) -> usize {
    page.select(&Selector::parse(selector).expect("a selector")).count()
}

fn attributes(page: &Html, selector: &str, name: &str) -> Vec<String> {
    let selector = Selector::parse(selector).expect("a selector");
    let found = page.select(&selector).filter_map(|element| element.attr(name));
    found.map(str::to_owned).collect()
}

#[test]
fn a_page_has_its_landmarks_and_one_title() {
    for kind in kinds() {
        let page = Html::parse_document(&page(&everything("年"), &meta(kind, "年")));
        assert_eq!(page.errors, [""; 0], "{kind}");
        assert_eq!(attributes(&page, "html", "lang"), ["zh-CN"], "{kind}");
        for landmark in ["header", "main", "footer", "nav", "h1", "title"] {
            assert_eq!(count(&page, landmark), 1, "{kind}: {landmark}");
        }
        for date in attributes(&page, "time", "datetime") {
            assert_eq!(date, "2021-01-14", "{kind}");
        }
    }
}

#[test]
fn links_inside_a_page_have_their_anchors() {
    for kind in kinds() {
        let page = Html::parse_document(&page(&everything("年"), &meta(kind, "年")));
        let ids = attributes(&page, "[id]", "id");
        let anchors: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
        assert_eq!(anchors.len(), ids.len(), "{kind}: an id stands twice");
        let names = attributes(&page, "[aria-labelledby]", "aria-labelledby");
        let hrefs = attributes(&page, "[href^='#']", "href");
        let hrefs = hrefs.iter().map(|href| {
            percent_decode_str(&href[1..]).decode_utf8().expect("UTF-8").into_owned()
        });
        for wanted in hrefs.chain(names) {
            assert!(anchors.contains(&*wanted), "{kind}: #{wanted}");
        }
    }
}

#[test]
fn a_page_asks_for_nothing_and_runs_nothing() {
    for kind in kinds() {
        let page = Html::parse_document(&page(&everything("年"), &meta(kind, "年")));
        assert_eq!(count(&page, "script, iframe, object, embed, base"), 0, "{kind}");
        assert_eq!(attributes(&page, "link", "rel"), ["alternate"], "{kind}");
        let all = Selector::parse("*").expect("a selector");
        for (name, value) in page.select(&all).flat_map(|it| it.value().attrs()) {
            assert!(!name.starts_with("on") && name != "style", "{kind}: {name}={value}");
        }
    }
    assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
    assert!(!STYLE.contains("@font-face"));
}

#[test]
fn the_style_stays_light() {
    assert!(STYLE.len() < 22_000, "style.css has {} bytes", STYLE.len());
}

#[test]
fn what_is_not_given_leaves_no_trace() {
    for kind in kinds() {
        let mut meta = annals::press::Meta::default();
        (meta.kind, meta.title) = (kind.into(), "题".into());
        meta.series_title = "系列".into();
        let page = Html::parse_document(&page(&Default::default(), &meta));
        assert_eq!(page.errors, [""; 0], "{kind}");
        assert_eq!(
            count(&page, "nav, time, .standfirst, .subtitle, .draft"),
            0,
            "{kind}"
        );
        assert_eq!(count(&page, "dl:empty, dd:empty, meta[content='']"), 0, "{kind}");
    }
}
