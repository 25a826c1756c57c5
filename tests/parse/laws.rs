//! Laws: no text makes `parse` panic or hang, and data comes back as its own text.

use std::time::{Duration, Instant};

use annals::document::{BlockKind, plain_text};
use annals::manuscript::{Manuscript, Origin, Piece};
use annals::parse::Dialect;
use proptest::prelude::*;

use super::shared::{codes, markdown, narrative, parse_in, text_of, text_place};

/// Data made inert for Markdown: a backslash before ASCII punctuation, line breaks
/// folded, no white space at the ends.
fn escape(data: &str) -> String {
    let folded = data.replace(['\r', '\n'], " ");
    let mut out = String::new();
    for c in folded.trim_start().chars() {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A manuscript that prints data between two literal texts.
fn printed(before: &str, data: &str, after: &str) -> Manuscript {
    let text = format!("{before}{data}{after}");
    let piece = |start, origin| Piece { start, place: text_place(&text), origin };
    let pieces = vec![
        piece(0, Origin::Literal),
        piece(before.len(), Origin::Expression),
        piece(before.len() + data.len(), Origin::Literal),
    ];
    Manuscript { text, pieces, figures: Vec::new() }
}

/// Text that looks like Markdown.
fn markup() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```",
        "[",
        "]",
        "(",
        ")",
        "![",
        "[^1]",
        "[^1]: ",
        "|",
        "\n",
        "\n\n",
        "\n|---|---|\n",
        "# ",
        "### ",
        "> ",
        "> [!NOTE]\n",
        "- ",
        "- [x] ",
        "1. ",
        ": ",
        "<b>",
        "<!--",
        "-->",
        "&amp;",
        "\\",
        "{#x}",
        "{#表}",
        "[[toc]]",
        "表：",
        "“",
        "”",
        "（",
        "）",
        "。",
        "中",
        "文",
        "a",
        " ",
        "    ",
        "\t",
        "\u{FE00}",
        "\u{10F100}",
        "\u{0}",
        "\r",
        "---",
        "![甲](a.png \"乙\")",
        "[](#x)",
        "[丙](b.md)",
        "https://",
        "\u{E0100}",
    ]);
    prop::collection::vec(parts, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_parse_panic(text in "\\PC{0,80}|(?s).{0,80}") {
        narrative(&text);
        markdown(&text);
    }

    #[test]
    fn no_markup_makes_parse_panic(
        text in markup(),
        cuts in prop::collection::vec((0usize..200, any::<bool>()), 0..6),
    ) {
        let (document, _) = narrative(&text);
        document.each_inline(&mut |inline| {
            if let Some(range) = inline.place.range() {
                assert!(text.get(range).is_some(), "a place inside a character");
            }
        });
        // The same text, pieces of it printed.
        let mut manuscript = Manuscript::literal(&text, text_place(&text));
        for (at, expression) in cuts {
            let at = (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
            let start = at.unwrap_or(0);
            let origin = if expression { Origin::Expression } else { Origin::Literal };
            manuscript.pieces.push(Piece { start, place: text_place(&text), origin });
        }
        manuscript.pieces.sort_by_key(|piece| piece.start);
        parse_in(Dialect::Narrative, &manuscript);
    }

    #[test]
    fn data_comes_back_as_its_own_text(
        data in "[^\u{0}\u{f0000}-\u{10ffff}]{0,30}|[ -~“”（）。中\\\\]{0,30}",
    ) {
        let escaped = escape(&data);
        let text = data.replace(['\r', '\n'], " ").trim_start().to_owned();
        for (before, after) in [
            ("甲", "乙"), ("", ""), ("| x |\n|---|\n| y", "z |"), ("## 甲", ""), ("- 甲", "乙"), ("1. ", "乙"),
            ("*甲", "*"), ("中**", "**文"), ("甲_", "_"), ("[甲", "](https://x.org)"), ("`甲", "`"), ("> ", ""),
            ("    甲", ""), ("~~~\n甲", "\n~~~"), ("![甲", "](a.png)后"),
        ] {
            let (document, diags) =
                parse_in(Dialect::Narrative, &printed(before, &escaped, after));
            prop_assert!(diags.is_empty(), "{before}{after}: {:?}", codes(&diags));
            let found = text_of(&document.blocks);
            prop_assert!(found.contains(&text), "{before}{after}: {found:?} {text:?}");
            let (plain, _) = parse_in(Dialect::Narrative, &printed(before, "x", after));
            let shape = |document: &annals::document::Document| {
                let mut shape = Vec::new();
                document.each_block(&mut |block| shape.push(std::mem::discriminant(&block.kind)));
                shape
            };
            if !text.is_empty() {
                prop_assert_eq!(shape(&document), shape(&plain), "{}{}", before, after);
            }
        }
    }
}

#[test]
fn a_megabyte_of_anything_takes_bounded_time() {
    let million = 1_000_000;
    let mut slow = Vec::new();
    for unit in [
        "*",
        "_",
        "~",
        "[",
        "]",
        ">",
        "`",
        "|",
        "!",
        "<",
        "#",
        "-",
        "&",
        "\\",
        "{",
        "(",
        "* ",
        "> ",
        "- ",
        "1. ",
        "[a](",
        "[^a]",
        "[^a]: x\n",
        "`a",
        "**a ",
        "*a_",
        "“**",
        "中**“",
        "|a",
        "a|\n",
        "<!--",
        "<a ",
        "## x\n\n",
        "- a\n",
        "![",
        "[a]: b\n",
        "> a\n",
        ": a\n",
        "a\n: b\n\n",
        "|a|\n|-|\n|b|\n\n",
        "a**b",
        "~~a",
        "表：a\n\n|b|\n|-|\n\n",
    ] {
        let text = unit.repeat(million / unit.len());
        let begun = Instant::now();
        narrative(&text);
        let took = begun.elapsed();
        if took > Duration::from_secs(5) {
            slow.push(format!("{unit:?} {took:?}"));
        }
    }
    assert!(slow.is_empty(), "{slow:?}");
}

#[test]
fn nesting_has_a_limit() {
    for unit in ["> ", "- ", "*a **b ", "[^1]: > ", "1. ", "> - "] {
        let text = format!("{}中", unit.repeat(100_000));
        let (document, _) = narrative(&text);
        document.each_block(&mut |_| {});
    }
    let (document, diags) = narrative(&format!("{}中文", "> ".repeat(200)));
    assert_eq!(codes(&diags), ["nesting-too-deep"]);
    assert_eq!(text_of(&document.blocks), "中文");
    let mut deepest = None;
    document.each_block(&mut |block| deepest = Some(&block.kind));
    let Some(BlockKind::Paragraph(content)) = deepest else { panic!("a paragraph") };
    assert_eq!(plain_text(content), "中文");
}
