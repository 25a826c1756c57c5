use proptest::prelude::*;

use super::*;
use crate::load::testing::{self, codes_of, show};
use crate::source::Sources;

fn parse_one(text: &str) -> (Option<Node>, Diagnostics, Sources) {
    testing::parse("a.yaml", text, parse)
}

#[test]
fn the_core_schema_decides_what_is_a_number() {
    let text = "a: [12.50, -3, 0x1F, 0o17, 1e3, .5, 5., 007]\n\
                b: [no, yes, on, off, 2021-03-05, 1_000, 12:30, .inf, 0x, e3, .]\n\
                c: [true, False, ~, null, '12', \"true\"]\nd:\ne: |\n  一\n  二\n";
    let (node, diags, _) = parse_one(text);
    assert!(diags.is_empty(), "{diags:?}");
    assert_eq!(
        show(&node.expect("it is YAML")),
        "{a: [12.50, -3, 31, 15, 1e3, .5, 5., 007], \
         b: [“no”, “yes”, “on”, “off”, “2021-03-05”, “1_000”, “12:30”, “.inf”, “0x”, \
         “e3”, “.”], c: [true, false, ~, ~, “12”, “true”], d: ~, e: “一\n二\n”}"
    );
}

#[test]
fn places_are_right_after_chinese_comments() {
    let text =
        "# 注释：一\n甲:   # 说明\n  乙: 丙  # 又\n  丁: [戊, \"己\"]\r\n  庚: 辛\r\n";
    let (node, _, sources) = parse_one(text);
    let node = node.expect("it is YAML");
    let first = &node.as_table().expect("is a table").entries[0];
    assert_eq!(sources.slice(first.key_place), "甲");
    let inner = &first.node.as_table().expect("is a table").entries;
    let slices: Vec<&str> =
        inner.iter().map(|entry| sources.slice(entry.node.place)).collect();
    assert_eq!(slices, ["丙", "[戊, \"己\"]", "辛"]);
    assert_eq!(sources.show(inner[2].node.place), "a.yaml:5:6");
}

#[test]
fn syntax_errors_have_a_place() {
    for text in ["a: [1, 2", "a: 'x", "a: b: c\n", "a:\n\t- b\n", "- a\nb: c\n", "%x\n"] {
        let (node, diags, _) = parse_one(text);
        assert!(node.is_none(), "{text}");
        assert_eq!(codes_of(&diags), ["yaml-syntax"], "{text}");
    }
    let (_, diags, _) = parse_one("a:\n\t- b\n");
    assert!(diags.iter().any(|found| found.hints.iter().any(|h| h.contains("tabs"))));
}

#[test]
fn what_other_formats_do_not_have_is_refused() {
    for text in [
        "a: !!str 12",
        "a: !x {}",
        "a: !x []",
        "<<: {a: 1}",
        "a: 1\n---\nb: 2\n",
        "? [a]\n: 1\n",
        "{a: 1}: 2",
        ": 1",
        "&x a: 1\n*x : 2\n",
        "a: &x [*x]",
    ] {
        let (node, diags, _) = parse_one(text);
        assert!(node.is_none(), "{text}");
        assert_eq!(codes_of(&diags), ["yaml-feature"], "{text}");
    }
}

#[test]
fn one_document_may_have_marks() {
    assert_eq!(show(&parse_one("---\na: 1\n...\n").0.expect("is one")), "{a: 1}");
    assert_eq!(show(&parse_one("# 空\n").0.expect("is empty")), "~");
}

#[test]
fn aliases_are_filled_in() {
    let (node, diags, _) = parse_one("a: &x {n: 1}\nb: [*x, *x]\n");
    assert!(diags.is_empty());
    assert_eq!(show(&node.expect("it is YAML")), "{a: {n: 1}, b: [{n: 1}, {n: 1}]}");
}

#[test]
fn alias_bombs_are_refused() {
    let mut text = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for n in 1..40 {
        let before = format!("*a{}", n - 1);
        text += &format!("a{n}: &a{n} [{}]\n", [before.as_str(); 10].join(","));
    }
    let (node, diags, _) = parse_one(&text);
    assert!(node.is_none());
    assert_eq!(codes_of(&diags), ["too-large"]);
    let long = "字".repeat(100_000);
    let text = format!("a: &a {long}\nb: [{}]\n", vec!["*a"; 1000].join(","));
    assert_eq!(codes_of(&parse_one(&text).1), ["too-large"]);
}

#[test]
fn nesting_is_bounded() {
    let mut chain = String::from("a0: &a0 [x]\n");
    for n in 1..100 {
        chain += &format!("a{n}: &a{n} [*a{}]\n", n - 1);
    }
    for text in [
        "[".repeat(100_000),
        "{a: ".repeat(100_000),
        "- ".repeat(100_000),
        (0..3000).map(|n| format!("{}a:\n", " ".repeat(n))).collect(),
        chain,
    ] {
        let (node, diags, _) = parse_one(&text);
        assert!(node.is_none());
        assert_eq!(codes_of(&diags), ["too-deep"]);
    }
}

#[test]
fn a_key_that_stands_twice_is_shown_at_both_places() {
    let (node, diags, sources) = parse_one("甲: 1\n乙: 2\n\"甲\": 3\n");
    assert!(node.is_none());
    assert_eq!(codes_of(&diags), ["duplicate-key"]);
    let found = diags.iter().next().expect("one is there");
    assert_eq!(sources.show(found.place.expect("has a place")), "a.yaml:3:1");
    assert_eq!(sources.show(found.related[0].0), "a.yaml:1:1");
}

#[test]
fn a_long_line_takes_linear_time() {
    let text = format!("a: [{}]", vec!["字"; 200_000].join(", "));
    assert!(parse_one(&text).0.is_some());
}

proptest! {
    #[test]
    fn any_text_parses_or_is_reported(text in "[a-c甲:,\\[\\]{}&*!|>'\"#%@\\-? \n\t]{0,60}") {
        let (node, diags, _) = parse_one(&text);
        prop_assert_eq!(node.is_none(), diags.has_errors());
    }

    #[test]
    fn plain_texts_have_their_place(words in proptest::collection::vec("[甲-龥a-z]{1,5}", 1..8)) {
        let text: String = words.iter().map(|w| format!("- {w}   # {w}\n")).collect();
        let (node, _, sources) = parse_one(&text);
        let Some(Node { value: Value::List(items), .. }) = node else {
            panic!("it is a list");
        };
        for (item, word) in items.iter().zip(&words) {
            prop_assert_eq!(sources.slice(item.place), word);
        }
    }
}
