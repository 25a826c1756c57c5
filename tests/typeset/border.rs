//! Text goes into Typst as itself: what looks like markup is printed, never obeyed.

use annals::document::Document;
use annals::source::Place;

use crate::Bench;
use crate::sample::{self, Maker};

/// A layout of one endless page without anything of its own, so that the text of the
/// PDF is the text of the document.
const BARE: &str = "#import \"/annals.typ\": *
#let layout(meta, body) = {
  show: base.with(meta)
  set page(width: 9000pt, height: auto)
  title(meta)
  body
}";

/// Text that has broken other people's programs, as far as our fonts have it: from the
/// Big List of Naughty Strings, and what Typst would like to read.
const NAUGHTY: &[&str] = &[
    "#import \"@preview/a:1.0.0\": *",
    "#{panic(\"x\")}",
    "\"; #panic(\"x\"); \"",
    "\\\"; #panic() //",
    "\\",
    "\\\\\"",
    "\\u{41} \\n \\t",
    "*粗* _斜_ `码` $x^2$ = 标题",
    "= 一级",
    "- 列表",
    "+ 编号",
    "/ 术语: 解释",
    "<label> @ref https://example.org/#top",
    "// 注释 /* 注释 */",
    "[[toc]] ] [ } { ) (",
    "~ -- --- ... -?",
    "'单' \"双\" “弯”‘弯’",
    "{{ 7 * 7 }} {% raw %} {# x #}",
    "<script>alert(1)</script>",
    "undefined nil NULL (null) true 0x0 1E+02 NaN -Infinity",
    "; DROP TABLE users; --",
    "../../../etc/passwd %00",
    "!@#$%^&*()`~ <>?:\"{}|_+ ,./;'[]\\-=",
    "ÅÍÎÏ¡™£¢§¶",
    "#let #set #show #context",
    "#\"嵌套\";",
    "1. 有序 #1",
    "零宽\u{200b}断\u{2060}开",
    "——……《〈〉》〔2020〕",
    "&lt;b&gt; &#60; &amp;",
];

#[test]
fn naughty_strings_are_printed_as_themselves() {
    let bench = Bench::new("+++\n+++\n", &[("bare/layout.typ", BARE)]);
    let m = Maker(Place::whole(bench.narrative));
    let blocks = NAUGHTY.iter().map(|text| m.par(text)).collect();
    let document = Document { blocks, ..Document::default() };
    let bytes = bench.pdf(&document, &sample::meta("bare")).bytes;
    let text = text_of(&bytes);
    for &naughty in NAUGHTY {
        assert!(text.contains(&inked(naughty)), "{naughty}\nin\n{text}");
    }
}

#[test]
fn naughty_front_matter_is_printed_as_itself() {
    let bench = Bench::new("+++\n+++\n", &[("bare/layout.typ", BARE)]);
    for &naughty in NAUGHTY {
        let mut meta = sample::meta("bare");
        meta.title = naughty.into();
        meta.authors = vec![naughty.into()];
        meta.path = naughty.into();
        meta.extra.insert(naughty.into(), annals::model::Datum::Text(naughty.into()));
        let bytes = bench.pdf(&Document::default(), &meta).bytes;
        let text = text_of(&bytes);
        assert!(text.contains(&inked(naughty)), "{naughty}\nin\n{text}");
    }
}

/// The characters that leave ink.
fn inked(text: &str) -> String {
    let ink = |c: &char| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{2060}');
    text.chars().filter(ink).collect()
}

/// The text of a PDF, without white space.
pub fn text_of(bytes: &[u8]) -> String {
    let pdf = lopdf::Document::load_mem(bytes).expect("the PDF can be read");
    let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
    inked(&pdf.extract_text(&pages).expect("the PDF has text"))
}
