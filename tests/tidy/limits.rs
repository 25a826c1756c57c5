//! Every limit stands in the manual, with its value.

use std::collections::BTreeMap;

use crate::{files, read};

/// The limits of the code, and how the manual prints each.
const PRINTED: &[(&str, &str)] = &[
    ("MAX_FILE", "64 MiB"),
    ("MAX_TREE", "16 MiB"),
    ("MAX_BINARY", "64 MiB"),
    ("MAX_ENTRIES", "100000个"),
    ("MAX_FOLDERS", "16层"),
    ("MAX_DEPTH", "64层"),
    ("MAX_NODES", "100万个"),
    ("MAX_TEXT", "64 MiB"),
    ("MAX_CELL", "1 MiB"),
    ("MAX_CELLS", "200万格"),
    ("MAX_PARTS", "10000个"),
    ("MAX_INFLATED", "256 MiB"),
    ("MAX_RATIO", "200倍"),
    ("MAX_FREE", "8 MiB"),
    ("MAX_PICTURE_SIDE", "20000像素"),
    ("MAX_PICTURE_PIXELS", "1亿像素"),
    ("MAX_FINDINGS", "50个"),
    ("MAX_NESTING", "64层"),
    ("MAX_MISSING_GLYPHS", "50个"),
    ("MAX_PICTURES", "4096幅"),
    ("MAX_MERGED_BYTES", "64 MiB"),
    ("MAX_VALUE", "1 MiB"),
    ("MAX_VALUES", "16 MiB"),
    ("QUANTITY_MAX_CHARS", "80字"),
    ("UNIT_MAX_CHARS", "24字"),
    ("FORMULA_MAX_CHARS", "400字"),
    ("MAX_BRACKETS", "24层"),
    ("ROUNDING_MAX_PLACES", "12位"),
    ("MAX_POINTS", "200个"),
    ("MAX_SERIES", "6种"),
    ("MAX_BLOCK_LINES", "500行"),
    ("MAX_HEAD", "16384字节"),
    ("MAX_HEADERS", "64项"),
    ("MAX_CONNECTIONS", "64条"),
    ("MAX_STREAMS", "32条"),
];

/// Constants that bound what is shown of a finding, not what is taken.
const OF_DISPLAY: &[&str] = &["MAX_FRAME", "MAX_MARK", "MAX_MESSAGE"];

#[test]
fn every_limit_stands_in_the_manual() {
    let manual = read("content/manual/limits.md");
    let printed: BTreeMap<_, _> = PRINTED.iter().copied().collect();
    let limits = limits();
    assert!(limits.len() > 15, "the limits are found");
    let mut wrong = Vec::new();
    for (name, value) in &limits {
        let Some(text) = printed.get(name.as_str()) else {
            wrong.push(format!("`{name}` is in no row of this test"));
            continue;
        };
        if number(text) != Some(*value) {
            wrong.push(format!("`{name}` is {value}, not {text}"));
        }
        if !manual.contains(text) {
            wrong.push(format!("content/manual/limits.md does not say {text} ({name})"));
        }
    }
    for name in printed.keys() {
        if !limits.iter().any(|(limit, _)| limit == name) {
            wrong.push(format!("no limit is called `{name}`"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The public constants called `MAX_…` or `…_MAX_…`, with their values.
fn limits() -> Vec<(String, u64)> {
    let mut out = Vec::new();
    for (path, text) in files("src", &["rs"]) {
        for line in text.lines() {
            let Some(rest) = line.strip_prefix("pub const ") else { continue };
            let Some((name, rest)) = rest.split_once(": ") else { continue };
            if !name.contains("MAX_") || OF_DISPLAY.contains(&name) {
                continue;
            }
            let value = rest.split_once(" = ").and_then(|(_, value)| evaluate(value));
            let value = value.unwrap_or_else(|| panic!("{path}: {line}"));
            out.push((name.to_owned(), value));
        }
    }
    out
}

/// `64 << 20`, `64 * 1024`, `10_000`.
fn evaluate(text: &str) -> Option<u64> {
    let text = text.trim_end_matches(';').replace('_', "");
    if let Some((left, right)) = text.split_once("<<") {
        let (left, right): (u64, u32) =
            (left.trim().parse().ok()?, right.trim().parse().ok()?);
        return Some(left << right);
    }
    text.split('*').map(|factor| factor.trim().parse::<u64>().ok()).product()
}

/// The number of a text of the manual.
fn number(text: &str) -> Option<u64> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().ok()?;
    let factor = match unit.trim().chars().next()? {
        'M' => 1 << 20,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => 1,
    };
    Some(number * factor)
}
