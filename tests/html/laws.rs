//! The law of the border to HTML: any text in, the same text out, and the structure
//! around it never changes.

use super::shared::{LAYOUTS, body, everything, meta, page};
use annals::html::Profile;
use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use scraper::{ElementRef, Html, Node};

/// A word that is nothing but itself.
const PLAIN: &str = "乾坤";

/// A page as a list of what a browser finds: the elements and attributes, and the texts
/// apart from them.
#[derive(Debug, PartialEq, Default)]
struct Reading {
    structure: Vec<String>,
    texts: Vec<String>,
}

fn read(html: &Html) -> Reading {
    let mut reading = Reading::default();
    read_element(html.root_element(), &mut reading);
    reading
}

fn read_element(element: ElementRef<'_>, reading: &mut Reading) {
    reading.structure.push(format!("<{}>", element.value().name()));
    // How long the text of a cell is decides whether it may break: its class says so.
    let cell = matches!(element.value().name(), "td" | "th");
    for (name, value) in
        element.value().attrs().filter(|(name, _)| !(cell && *name == "class"))
    {
        reading.structure.push(name.to_owned());
        reading.texts.push(match name {
            "href" | "src" => decoded(value),
            _ => value.to_owned(),
        });
    }
    for child in element.children() {
        match (child.value(), ElementRef::wrap(child)) {
            (_, Some(inner)) => read_element(inner, reading),
            (Node::Text(text), _) => {
                reading.structure.push("text".into());
                reading.texts.push(text.to_string());
            }
            (other, _) => reading.structure.push(format!("{other:?}")),
        }
    }
    reading.structure.push(format!("</{}>", element.value().name()));
}

fn decoded(href: &str) -> String {
    percent_decode_str(href).decode_utf8_lossy().into_owned()
}

/// The text of a page of everything, as a page.
fn wrapped(word: &str, profile: Profile) -> String {
    format!("<!DOCTYPE html><title>-</title>{}", body(&everything(word), profile))
}

/// A page without the frames around dates and middle dots: they follow from the words, and
/// their text is part of the text around them.
fn unframed(page: &str) -> String {
    let mut parts = page.split("<span class=\"nb\">");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (words, rest) = part.split_once("</span>").expect("a frame ends");
        out.push_str(words);
        out.push_str(rest);
    }
    out
}

/// Compares the reading of a page of `word` with that of a page of [`PLAIN`].
fn check(word: &str, make: impl Fn(&str) -> String) {
    let (plain, page) = (unframed(&make(PLAIN)), unframed(&make(word)));
    let (plain, page) = (Html::parse_document(&plain), Html::parse_document(&page));
    assert_eq!(plain.errors, [""; 0]);
    assert_eq!(page.errors, [""; 0]);
    let (plain, page) = (read(&plain), read(&page));
    assert_eq!(plain.structure, page.structure, "of {word:?}");
    for (plain, text) in plain.texts.iter().zip(&page.texts) {
        let wanted = plain.replace(PLAIN, word);
        // In the address of a link `%41` is the writer's own way to say A.
        assert!(wanted == *text || decoded(&wanted) == *text, "{wanted:?}, not {text:?}");
    }
}

/// Text that HTML can hold, with more than its share of what could be taken for markup.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[<>&\"'#%/=`\\\\{};!\\[\\]$*_?: \t\n-]{1,4}",
        "(<script>|</style>|</p>|<!--|-->|&amp;|&#60;|\\{\\{|%\\}|]]>|javascript:|%41)",
        "\\PC{1,6}",
        "[一-龥，。“”（）]{1,6}",
    ];
    let pieces = prop::collection::vec(piece, 1..6);
    // A text of white space alone is not told from none by every position.
    let text = pieces.prop_map(|pieces| format!("文{}字", pieces.concat()));
    text.prop_filter("noncharacters are replaced", |text| {
        text.chars()
            .all(|c| !matches!(u32::from(c) & 0xFFFF, 0xFFFE | 0xFFFF | 0xFDD0..=0xFDEF))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn text_stays_text_in_every_position_of_a_body(word in any_text()) {
        check(&word, |word| wrapped(word, Profile::Page));
    }

    #[test]
    fn text_stays_text_in_the_specification_s_html(word in any_text()) {
        check(&word, |word| wrapped(word, Profile::CommonMark));
    }

    #[test]
    fn text_stays_text_in_every_position_of_a_page(
        word in any_text(),
        kind in 0..LAYOUTS.len(),
    ) {
        let kind = LAYOUTS[kind].0;
        check(&word, |word| page(&everything("正文"), &meta(kind, word)));
    }
}

#[test]
fn no_address_runs() {
    for url in
        ["javascript:alert(1)", "JAVASCRIPT:a", "java\nscript:a", "data:text/html,a"]
    {
        use annals::document::{BlockKind, Document, InlineKind, Target};
        let link = InlineKind::Link {
            target: Target::Url(url.into()),
            title: String::new(),
            content: vec![super::shared::text("字")],
        };
        let link = BlockKind::Paragraph(vec![super::shared::inline(link)]);
        let document =
            Document { blocks: vec![super::shared::block(link)], ..Document::default() };
        assert_eq!(body(&document, Profile::Page), "<p><a>字</a></p>\n", "{url}");
    }
}
