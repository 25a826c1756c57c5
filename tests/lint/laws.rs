//! Laws of mending, over the cases and over random text.

use annals::html;
use annals::locale::Language;
use annals::manuscript::Manuscript;
use annals::parse::{self, Context, Dialect};
use annals::source::{Place, SourceFile, Sources};
use proptest::prelude::*;

use crate::{cases, findings, mended, mended_whole};

#[test]
fn nothing_is_mended_a_second_time() {
    for case in cases() {
        let once = mended_whole(&case.text);
        assert_eq!(mended(&once), (once.clone(), 0), "{}", case.text);
    }
}

/// Pieces of text in which something is wrong, or markup that must stay.
fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "甲",
        "乙丙",
        "社会组织",
        "第",
        "年",
        "月",
        "日",
        "号",
        "一",
        "三",
        "十",
        "〇",
        "○",
        "几",
        "数",
        "千",
        "0",
        "1",
        "20",
        "2020",
        "03",
        "5%",
        "12,345元",
        "12345人",
        "约",
        "余",
        "左右",
        "等",
        "今年",
        "截止",
        "a",
        "Ab",
        "，",
        "。",
        "、",
        "；",
        "：",
        "……",
        "…",
        "——",
        "—",
        "～",
        "·",
        "•",
        "“",
        "”",
        "‘",
        "’",
        "（",
        "）",
        "《",
        "》",
        "〈",
        "〔",
        "「",
        "」",
        ",",
        ".",
        ";",
        ":",
        "?",
        "!",
        "(",
        ")",
        "\"",
        "'",
        "-",
        "--",
        "~",
        "...",
        "/",
        "<",
        ">",
        "<<",
        ">>",
        "*",
        "**",
        "_",
        "`",
        "``",
        "[",
        "]",
        "](a,b)",
        "![",
        "#",
        "## ",
        "- ",
        "1. ",
        "> ",
        "| ",
        "\n",
        "\n\n",
        "    ",
        " ",
        "　",
        "\u{200B}",
        "ー",
        "－",
        "⼯",
        "２",
        "％",
        "{{ a }}",
        "{% if a %}",
        "{* 甲,乙 *}",
        "https://a.b/c,d",
        "{#a}",
        "[^1]",
        "\\",
        "&amp;",
        "①",
        "第一、",
        "（一）、",
        "1、",
        "01、",
        "[2020]第015号",
        "2021-2023年",
        "55-60%",
        "3~5天",
        "|a|\n|-|\n|",
        "\r\n",
    ];
    prop::sample::select(pieces.to_vec()).prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000.max(ProptestConfig::default().cases)))]

    #[test]
    fn mending_ends_and_keeps_the_markup(
        pieces in prop::collection::vec(piece(), 1..24),
    ) {
        let mut text = pieces.concat();
        let mut rounds = 0;
        loop {
            for found in findings(&text).iter().filter_map(|found| found.fix.as_ref()) {
                for edit in &found.edits {
                    let range = edit.place.range().expect("an edit has bytes");
                    prop_assert!(text.get(range).is_some(), "{text:?}: {edit:?}");
                }
            }
            let (next, count) = mended(&text);
            if count == 0 {
                break;
            }
            prop_assert_eq!(skeleton(&next), skeleton(&text), "{:?} to {:?}", text, next);
            text = next;
            rounds += 1;
            prop_assert!(rounds < 20, "no end: {text:?}");
        }
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,80}") {
        let _ = mended_whole(&text);
    }
}

/// The markup of a text: its tags and code, without words and anchors made of words.
fn skeleton(text: &str) -> String {
    let mut sources = Sources::new();
    let whole = SourceFile::new("a.md".into(), text.into(), Vec::new(), String::new());
    let place = Place::whole(sources.add(whole));
    let context = Context {
        language: Language::Zh,
        place,
        path: "a/a",
        narrative: "content/a/a.md",
        publications: &|_| None,
        narratives: &[],
        dialect: Dialect::Markdown,
        facts: None,
    };
    let manuscript = Manuscript::literal(text, place);
    let mut diags = annals::diag::Diagnostics::new();
    let document = parse::parse(&manuscript, &context, &mut diags);
    let options = html::Options {
        language: Language::Zh,
        profile: html::Profile::Page,
        link: &|to, _| to.to_owned(),
        picture: &|image| html::PictureSource { href: image.path.clone(), size: None },
        charts: &[],
        figures: &annals::sheet::Sheet::default(),
    };
    // How wide a column is, and where a line must not break, depends on its words.
    let mut body = html::body(&document, &options).whole();
    for depends in [" class=\"long\"", "<span class=\"nb\">", "</span>"] {
        body = body.replace(depends, "");
    }
    let (mut out, mut rest) = (String::new(), body.as_str());
    while let Some(open) = rest.find('<') {
        let end = rest[open..].find('>').map_or(rest.len(), |end| open + end + 1);
        let tag = &rest[open..end];
        rest = &rest[end..];
        let name: String = tag.chars().take_while(|c| !c.is_whitespace()).collect();
        out.push_str(if tag.contains("id=") { &name } else { tag });
        if name == "<code>" || name == "<code" {
            let close = rest.find("</code>").unwrap_or(rest.len());
            out.push_str(&rest[..close]);
            rest = &rest[close..];
        }
    }
    out
}
