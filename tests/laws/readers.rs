//! What a publication says of its figures at its end, in every built-in kind: corrections,
//! and a table of sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::twins::compare;
use crate::{Built, outputs, page, paper, tree};

/// The figures of the sample press that its publications print, by series and year: each
/// with its value and unit.
fn printed() -> BTreeMap<String, BTreeMap<String, String>> {
    let trace = &outputs("sample")["trace.json"];
    let trace: serde_json::Value = serde_json::from_slice(trace).expect("it is JSON");
    let editions = trace["editions"].as_object().expect("editions by path");
    // Units of another language are not those of the record.
    let chinese = editions.iter().filter(|(path, _)| !path.ends_with(".en"));
    let numbers = chinese.filter_map(|(_, numbers)| numbers.as_array()).flatten();
    let mut records: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for figure in numbers.filter_map(|number| number.get("figure")) {
        let text = |key: &str| figure[key].as_str().expect("a text");
        if text("value").is_empty() {
            continue;
        }
        let (record, id) = text("name").rsplit_once('/').expect("series/year/id");
        let value = format!("{}{}", text("value"), text("unit"));
        records.entry(record.to_owned()).or_default().insert(id.to_owned(), value);
    }
    records
}

#[test]
fn every_kind_prints_corrections_and_sources_alike_in_both_outputs() {
    let press = Built::copy("sample");
    for (record, figures) in printed() {
        let revisions = figures.iter().map(|(id, value)| {
            format!(
                "[[revisions]]\nfigure = \"{id}\"\nold = \"1{value}\"\nnew = \"{value}\"\n\
                 date = 2023-03-01\nreason = \"核对原始材料\"\n\n"
            )
        });
        let path = press.root().join("content").join(record).join("corrected.toml");
        fs::write(path, revisions.collect::<String>()).expect("written");
    }
    let content = press.root().join("content");
    for (path, bytes) in tree(&content) {
        let text = String::from_utf8(bytes).unwrap_or_default();
        for (fence, key) in [("+++\n", "sources = true\n"), ("---\n", "sources: true\n")]
        {
            if let Some(rest) = text.strip_prefix(fence) {
                fs::write(content.join(&path), format!("{fence}{key}{rest}"))
                    .expect("written");
            }
        }
    }
    press.build(&[]);
    let files = press.outputs();
    let (mut kinds, mut wrong) = (BTreeSet::new(), Vec::new());
    for (path, bytes) in &files {
        let Some(stem) = path.strip_suffix(".html") else { continue };
        // Pages of the site have no paper.
        let Some(pdf) = files.get(&format!("{stem}.pdf")) else { continue };
        let (page, paper) = (page::read(bytes), paper::read(pdf));
        if let Err(found) = compare(&page, &paper) {
            wrong.push(format!("{stem}: {found}"));
        }
        if !files.contains_key(&format!("{stem}.figures.csv")) {
            continue;
        }
        let words = page.pieces.concat();
        let sections = match stem.ends_with(".en") {
            true => [
                "Corrections1March2023:",
                "correctedfrom",
                ".",
                "SourcesofthefiguresFigureValue",
            ],
            false => {
                ["更正2023年3月1日，", "更正为", "：核对原始材料。", "数据来源指标数值"]
            }
        };
        for section in sections {
            if !words.contains(section) {
                wrong.push(format!("{stem} does not say {section}"));
            }
        }
        let html = std::str::from_utf8(bytes).expect("pages are text");
        let kind = html.split_once("<body class=\"kind-").expect("it has a kind").1;
        kinds.insert(kind.split(['"', ' ']).next().unwrap_or_default().to_owned());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let all = ["bulletin", "feature", "plan", "review", "summary"];
    assert!(all.iter().all(|kind| kinds.contains(*kind)), "{kinds:?}");
}
