//! Data never becomes markup: what stands in the record prints as itself in both outputs.
//!
//! Each string goes through the whole line, from a data file to the finished page and
//! PDF, in a paragraph, a list item, a table cell, strong text, a heading and a title.

#![expect(clippy::disallowed_methods, reason = "tests make presses and look at outputs")]

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};

use annals::diag::{Diagnostics, Reported};
use annals::pipeline::{self, Recipe, Sink, Works};
use annals::press::{Format, editions};
use annals::publish::{Artifact, Publication};
use annals::source::Sources;
use proptest::prelude::*;
use scraper::{ElementRef, Html, Selector};

const NARRATIVE: &str = r#"+++
title = "数据"
kind = "manual"
+++
{% for row in data.strings %}
{{ row.text }}

- {{ row.text }}

| 列 |
|---|
| {{ row.text }} |

**{{ row.text }}**

> {{ row.text }}

完

{% endfor %}
"#;

/// How often the narrative prints each string.
const PLACES: [&str; 5] = ["p", "li", "td", "strong", "blockquote p"];

/// Outputs by their paths.
type Files = BTreeMap<String, Arc<[u8]>>;

#[derive(Default)]
struct Memory {
    files: Mutex<Files>,
}

impl Sink for Memory {
    fn take(&self, made: Publication, _: &mut Diagnostics) -> Result<(), Reported> {
        let files = made.artifacts.into_iter().map(Artifact::into_parts);
        self.files.lock().expect("nobody panicked").extend(files);
        Ok(())
    }

    fn fail(&self, _: &str) {}

    fn progress(&self, _: usize, _: usize) {}
}

/// Builds a press whose record holds the strings; gives its outputs and its findings.
fn build(strings: &[String], formats: &[Format]) -> (Files, Vec<String>) {
    let folder = tempfile::tempdir().expect("the machine has room");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it has one")).expect("made");
        fs::write(path, text).expect("written");
    };
    let rows: Vec<serde_json::Value> =
        strings.iter().map(|text| serde_json::json!({ "text": text })).collect();
    write("annals.toml", "title = \"试验\"\n[pdf]\nstandards = []\n");
    write("content/s/2020/strings.json", &serde_json::Value::from(rows).to_string());
    write("content/s/2020/a.md", NARRATIVE);
    let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
    let memory = Memory::default();
    if let Ok(press) = pipeline::open(folder.path(), &mut sources, &mut diags) {
        let recipe = Recipe {
            formats: formats.to_vec(),
            jobs: NonZeroUsize::MIN,
            epoch: None,
            published: None,
            shown: None,
        };
        let works = Works::new(&press, &sources, &recipe, &mut diags)
            .expect("the fonts are there");
        let all = editions(&press);
        pipeline::make(&works, &all, recipe.jobs, &memory, &mut diags);
    }
    let shown = diags
        .iter()
        .map(|found| {
            let place = found.place.map(|place| sources.show(place)).unwrap_or_default();
            format!("{place}: {}: {}", found.code.id, found.message)
        })
        .collect();
    (memory.files.into_inner().expect("nobody panicked"), shown)
}

/// White space is folded on the way, at the latest by the reader's browser.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn page(files: &Files) -> Html {
    let bytes = files.get("s/2020/a.html").expect("the page was made");
    Html::parse_document(std::str::from_utf8(bytes).expect("pages are UTF-8"))
}

/// The texts that the page prints in one sort of place, in order.
fn printed(page: &Html, place: &str) -> Vec<String> {
    let all = Selector::parse(&format!("main {place}")).expect("a selector");
    let of = |element: ElementRef<'_>| folded(&element.text().collect::<String>());
    let direct = |element: &ElementRef<'_>| {
        let parent = element.parent().and_then(ElementRef::wrap);
        place != "p"
            || parent.is_some_and(|parent| {
                !matches!(parent.value().name(), "li" | "blockquote")
            })
    };
    page.select(&all).filter(direct).map(of).collect()
}

fn assert_page_prints(strings: &[String], files: &Files) {
    let page = page(files);
    let expected: Vec<String> = strings.iter().map(|text| folded(text)).collect();
    for place in PLACES.iter().filter(|place| **place != "p") {
        assert_eq!(printed(&page, place), expected, "in `{place}`");
    }
    let paragraphs = printed(&page, "p");
    for text in &expected {
        assert!(paragraphs.contains(text), "{text:?} is no paragraph");
    }
    for name in ["script", "img", "iframe"] {
        let none = Selector::parse(&format!("main {name}")).expect("a selector");
        assert_eq!(page.select(&none).count(), 0, "data made a `{name}`");
    }
}

/// A string that the carried fonts print, and every reader of a PDF reads the same way
/// back.
fn is_plain(text: &str) -> bool {
    let common = include_str!("../../assets/fonts/tongyong-8105.txt");
    let plain = |c: char| {
        c == ' ' || c.is_ascii_graphic() || (c.is_alphabetic() && common.contains(c))
    };
    // A longer one may meet the end of a page, and the page number with it.
    (1..=40).contains(&text.trim().chars().count()) && text.chars().all(plain)
}

fn pdf_text(bytes: &[u8], folder: &Path) -> String {
    let path = folder.join("a.pdf");
    fs::write(&path, bytes).expect("written");
    let run = Command::new("pdftotext").arg("-raw").arg(&path).arg("-").output();
    let out =
        run.expect("poppler-utils is installed: tests/conformance/install.sh does it");
    let text = String::from_utf8_lossy(&out.stdout);
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn assert_pdf_prints(strings: &[String]) {
    let (files, findings) = build(strings, &[Format::Html, Format::Pdf]);
    assert!(findings.is_empty(), "{findings:#?}");
    assert_page_prints(strings, &files);
    let folder = tempfile::tempdir().expect("the machine has room");
    let bytes = files.get("s/2020/a.pdf").expect("the PDF was made");
    let text = pdf_text(bytes, folder.path());
    for string in strings {
        let wanted: String = string.chars().filter(|c| !c.is_whitespace()).collect();
        let found = text.matches(&wanted).count();
        assert!(found >= 1, "{string:?} is not in the PDF");
    }
}

#[test]
fn markup_of_every_language_prints_as_itself() {
    let strings = [
        "#import \"x.typ\": *",
        "{{ f.donors }}",
        "{% for x in y %}",
        "{# 注 #}",
        "{* 注 *}",
        "<script>alert(1)</script>",
        "*重点*",
        "**“重点”**",
        "$x^2$",
        r"\",
        r"\\",
        "# 标题",
        "1. 一",
        "- 项",
        "> 引",
        "[链接](https://example.org)",
        "![图](x.png)",
        "[^1]",
        "`码`",
        "~~删~~",
        "| 列 |",
        "&amp; &lt;",
        "@ref <label>",
        "// 注",
        "/* 注 */",
        "#{let x = 1}",
        "---",
        "===",
        ": 定义",
        "表：标题 {#tbl-x}",
        "Table: x",
        "[[toc]]",
        "https://example.org",
    ];
    assert_pdf_prints(&strings.map(String::from));
}

#[test]
fn naughty_strings_print_as_themselves_or_are_refused() {
    let list = include_str!("../data/blns.json");
    let list: Vec<String> = serde_json::from_str(list).expect("a list of strings");
    assert!(list.len() > 400);
    // What `load` refuses is refused with a finding; the rest prints.
    let refused = |c: char| {
        (c.is_control() && c != '\n' && c != '\t' && c != '\r')
            || matches!(u32::from(c), 0xE000..=0xF8FF | 0xF_0000..)
    };
    let (bad, good): (Vec<String>, Vec<String>) = list
        .into_iter()
        .filter(|text| !text.trim().is_empty())
        .partition(|text| text.chars().any(refused));
    for text in &bad {
        let (_, findings) = build(std::slice::from_ref(text), &[Format::Html]);
        assert!(!findings.is_empty(), "{text:?} went through");
    }
    let (files, findings) = build(&good, &[Format::Html]);
    assert!(findings.is_empty(), "{findings:#?}");
    assert_page_prints(&good, &files);
    let plain: Vec<String> = good.into_iter().filter(|text| is_plain(text)).collect();
    assert!(plain.len() > 100);
    assert_pdf_prints(&plain);
}

#[test]
fn random_text_prints_as_itself() {
    let piece = prop_oneof![
        "[!-/:-@\\[-`{-~]{1,4}",
        "[一-龥]{1,3}",
        "[a-z0-9]{1,3}",
        Just(" ".to_owned()),
        Just("“".to_owned()),
        Just("（".to_owned()),
        Just("。".to_owned()),
        Just("**".to_owned()),
        Just("{{".to_owned()),
        Just("]]".to_owned()),
        Just("](".to_owned()),
    ];
    let string = prop::collection::vec(piece, 1..12).prop_map(|parts| parts.concat());
    let strings = prop::collection::vec(string, 60);
    let config =
        ProptestConfig { cases: 6, failure_persistence: None, ..Default::default() };
    proptest!(config, |(strings in strings)| {
        let strings: Vec<String> =
            strings.into_iter().filter(|text| !text.trim().is_empty()).collect();
        let (files, findings) = build(&strings, &[Format::Html]);
        prop_assert!(findings.is_empty(), "{:#?}", findings);
        assert_page_prints(&strings, &files);
        let plain: Vec<String> = strings.into_iter().filter(|text| is_plain(text)).collect();
        assert_pdf_prints(&plain);
    });
}
