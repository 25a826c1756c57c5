//! What is said about bad fonts, layouts, settings and passages, and where.

use annals::diag::Diagnostics;
use annals::document::{
    Block, BlockKind, Document, Image, InlineKind, Picture, PictureBlock,
};
use annals::folder::Binary;
use annals::source::Place;
use annals::typeset::{MAX_PICTURES, Typesetter};

use crate::sample::{self, Maker};
use crate::{Bench, settings};

const NARRATIVE: &str =
    "+++\n+++\n第一段。\n\n第二段有🚀和\u{7}。\n\n![图](content/scan.png)\n";

/// A layout of a press with one line put in.
fn house(line: &str) -> String {
    format!(
        "#import \"/annals.typ\": *\n#let layout(meta, body) = {{\n  show: base.with(meta)\n  \
         {line}\n  title(meta)\n  body\n}}\n"
    )
}

fn findings_with(layout: &str) -> Vec<String> {
    let bench = Bench::new(NARRATIVE, &[("house/layout.typ", layout)]);
    let m = Maker(bench.place("第一段。"));
    bench.findings(vec![m.par("第一段。")])
}

#[test]
fn a_character_without_a_glyph_is_named_with_its_place() {
    let bench = Bench::new(NARRATIVE, &[]);
    let m = Maker(bench.place("第二段有🚀和\u{7}。"));
    let again = m.par("🚀");
    let found = bench.findings(vec![m.par("第二段有🚀和\u{7}。"), again]);
    assert_eq!(
        found,
        [
            "missing-glyph content/baoji/2020/ten-events.md:5:7: the control character \
             U+0007 cannot be printed (remove the character; it is easily brought in by \
             copying)",
            "missing-glyph content/baoji/2020/ten-events.md:5:5: no font has the character \
             `🚀` (U+1F680) (write it in words, or add a font that has it to `font_folders` \
             in `annals.toml`)",
        ]
    );
}

#[test]
fn front_matter_is_checked_for_glyphs_too() {
    let bench = Bench::new(NARRATIVE, &[]);
    let mut meta = sample::meta("summary");
    meta.subtitle = Some("ئۇيغۇرچە".into());
    let (pdf, diags) = bench.make(&Document::default(), &meta);
    assert!(pdf.is_none());
    assert!(
        bench.said(&diags)[0]
            .starts_with("missing-glyph content/baoji/2020/ten-events.md:1:1")
    );
}

#[test]
fn characters_that_need_no_glyph_pass() {
    let bench = Bench::new(NARRATIVE, &[]);
    let m = Maker(bench.place("第一段。"));
    let text =
        "旸镕喆堃\u{200b}\u{ad}\u{fe0f}\u{200d}\u{feff}\u{a0}\u{3000}\t\r\n\u{2028}完";
    let found = bench.findings(vec![m.par(text)]);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn an_error_in_a_layout_of_the_press_points_into_it() {
    let found = findings_with(&house("set page(paper: \"a44\")"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("layout-error templates/house/layout.typ:4:19: "),
        "{found:?}"
    );
}

#[test]
fn a_layout_that_is_not_typst_is_an_error_in_it() {
    let found = findings_with("#let layout(meta, body = body");
    assert!(
        found[0].starts_with("layout-error templates/house/layout.typ:1:"),
        "{found:?}"
    );
}

#[test]
fn a_layout_without_the_function_layout_is_an_error() {
    let found = findings_with("#let other = 1");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0]
            .starts_with("layout-error templates/house/layout.typ: the layout defines"),
        "{found:?}"
    );
}

#[test]
fn a_layout_that_never_ends_is_stopped() {
    let found = findings_with(&house("while true { }"));
    assert!(
        found[0].starts_with("layout-error templates/house/layout.typ:4:"),
        "{found:?}"
    );
    let found = findings_with(&house("let f() = { f() }\n  f()"));
    assert!(found[0].starts_with("layout-error "), "{found:?}");
}

#[test]
fn a_font_that_nobody_has_is_an_error_with_a_suggestion() {
    let found = findings_with(&house("set text(font: \"Annals Sung\")"));
    assert_eq!(
        found,
        [
            "unknown-font templates/house/layout.typ:4:18: the font family `annals sung` is not \
          among the fonts (did you mean `Annals Song`?)"
        ]
    );
}

#[test]
fn a_layout_reaches_no_disk_and_no_network() {
    for line in [
        "read(\"/etc/passwd\")",
        "read(\"../../../../etc/passwd\")",
        "import \"@preview/cetz:0.3.0\"",
        "image(\"/annals.toml\")",
        "datetime.today(offset: 0).display(\"[hour]\").nothing",
    ] {
        let found = findings_with(&house(line));
        assert!(
            found[0].starts_with("layout-error templates/house/layout.typ:4:"),
            "{line}: {found:?}"
        );
    }
}

#[test]
fn today_is_the_day_of_the_document() {
    let line = "assert(datetime.today().display() == \"2021-01-14\")";
    assert_eq!(findings_with(&house(line)), Vec::<String>::new());
}

#[test]
fn a_warning_of_typsts_is_a_warning_of_ours() {
    let bench = Bench::new(
        NARRATIVE,
        &[("house/layout.typ", &house("import \"/annals.typ\": fonts as fonts"))],
    );
    let m = Maker(bench.place("第一段。"));
    let document =
        Document { blocks: vec![m.par("第一段。")], ..Document::default() };
    let (pdf, diags) = bench.make(&document, &sample::meta("house"));
    assert!(pdf.is_some(), "a warning does not withhold the PDF");
    let said = bench.said(&diags);
    assert!(
        said[0].starts_with("typst-warning templates/house/layout.typ:4:"),
        "{said:?}"
    );
}

fn picture(place: Place) -> (Block, Picture) {
    let path = "content/scan.png".to_owned();
    let image = Image { path: path.clone(), alt: "图".into(), title: String::new() };
    let block =
        Block { place, kind: BlockKind::Figure(PictureBlock { caption: None, image }) };
    (block, Picture { path, place })
}

#[test]
fn a_picture_that_is_none_is_an_error_at_its_place() {
    for bytes in [&b"no picture"[..], b"\x89PNG\r\n\x1a\n", b"", b"<svg"] {
        let mut bench = Bench::new(NARRATIVE, &[]);
        let path = "content/scan.png".to_owned();
        let file =
            Binary { path: path.clone(), bytes: bytes.into(), hash: String::new() };
        bench.pictures.insert(path, file);
        let (block, picture) = picture(bench.place("![图](content/scan.png)"));
        let document = Document {
            blocks: vec![block],
            pictures: vec![picture],
            ..Document::default()
        };
        let (pdf, diags) = bench.make(&document, &sample::meta("summary"));
        assert!(pdf.is_none());
        let said = bench.said(&diags);
        assert!(
            said[0].starts_with("typst-error content/baoji/2020/ten-events.md:7:1: "),
            "{said:?}"
        );
    }
}

#[test]
fn a_picture_that_is_missing_is_an_error_at_its_place() {
    let bench = Bench::new(NARRATIVE, &[]);
    let (block, picture) = picture(bench.place("![图](content/scan.png)"));
    let document =
        Document { blocks: vec![block], pictures: vec![picture], ..Document::default() };
    let (_, diags) = bench.make(&document, &sample::meta("summary"));
    let said = bench.said(&diags);
    assert!(
        said[0].starts_with("typst-error content/baoji/2020/ten-events.md:7:1: "),
        "{said:?}"
    );
}

#[test]
fn too_many_pictures_are_refused() {
    let bench = Bench::new(NARRATIVE, &[]);
    let (_, picture) = picture(bench.place("![图](content/scan.png)"));
    let pictures = vec![picture; MAX_PICTURES + 1];
    let document = Document { pictures, ..Document::default() };
    let (_, diags) = bench.make(&document, &sample::meta("summary"));
    assert!(bench.said(&diags)[0].starts_with("too-many-pictures "));
}

#[test]
fn a_heading_level_left_out_is_an_error_of_the_standard_at_its_place() {
    let bench = Bench::new(NARRATIVE, &[]);
    let m = Maker(bench.place("第一段。"));
    let found = bench.findings(vec![m.heading(2, "一"), m.heading(5, "深")]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("pdf-standard content/baoji/2020/ten-events.md:3:1: "),
        "{found:?}"
    );
    let image = Image {
        path: "content/chart.svg".into(),
        alt: "图".into(),
        title: String::new(),
    };
    let mut heading = m.heading(2, "题");
    if let BlockKind::Heading(heading) = &mut heading.kind {
        heading.content = vec![m.inline(InlineKind::Image(image))];
    }
    let picture = Picture { path: "content/chart.svg".into(), place: m.0 };
    let document = Document {
        blocks: vec![heading],
        pictures: vec![picture],
        ..Document::default()
    };
    let (_, diags) = bench.make(&document, &sample::meta("summary"));
    assert_eq!(
        bench.said(&diags),
        [
            "pdf-standard content/baoji/2020/ten-events.md:3:1: PDF/UA-1 error: heading title \
          is empty"
        ]
    );
}

#[test]
fn a_link_to_an_anchor_that_is_not_there_is_an_error_at_its_place() {
    let bench = Bench::new(NARRATIVE, &[]);
    let m = Maker(bench.place("第一段。"));
    let target = annals::document::Target::Anchor("nowhere".into());
    let found = bench.findings(vec![m.pars(vec![sample::link(m, target, "见")])]);
    assert!(
        found[0].starts_with("typst-error content/baoji/2020/ten-events.md:3:1: "),
        "{found:?}"
    );
}

#[test]
fn deep_nesting_is_refused_and_not_a_crash() {
    let bench = Bench::new(NARRATIVE, &[]);
    let m = Maker(bench.place("第一段。"));
    for wrap in [
        (|m: Maker, block| m.block(BlockKind::Quote(vec![block])))
            as fn(Maker, Block) -> Block,
        |m, block| m.list(None, true, vec![vec![block]]),
        |m, block| m.list(Some(1), false, vec![vec![block]]),
    ] {
        let nested =
            |depth: usize| (0..depth).fold(m.par("第一段。"), |b, _| wrap(m, b));
        assert_eq!(bench.findings(vec![nested(12)]), Vec::<String>::new());
        let found = bench.findings(vec![nested(400)]);
        assert!(
            found[0].starts_with("typst-error content/baoji/2020/ten-events.md:3:1: "),
            "{found:?}"
        );
    }
    let deep = (0..400)
        .fold(m.text("深"), |inline, _| m.inline(InlineKind::Strong(vec![inline])));
    let found = bench.findings(vec![m.pars(vec![deep])]);
    assert!(found[0].starts_with("typst-error "), "{found:?}");
}

#[test]
fn a_kind_without_any_layout_is_an_error() {
    let mut bench = Bench::new(NARRATIVE, &[]);
    bench.library.files.remove("layout.typ");
    let found = bench.findings(Vec::new());
    assert_eq!(
        found,
        ["no-layout content/baoji/2020/ten-events.md:1:1: `house` has no layout (add \
          `templates/house/layout.typ`)"]
    );
}

#[test]
fn standards_are_checked() {
    let bench = Bench::new(NARRATIVE, &[]);
    let mut diags = Diagnostics::new();
    assert!(bench.typesetter(&["a-2", "pdf/ua"], &mut diags).is_none());
    let said = bench.said(&diags);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].starts_with("unknown-pdf-standard "), "{said:?}");
    let mut diags = Diagnostics::new();
    assert!(bench.typesetter(&["a-2a", "a-3a"], &mut diags).is_none());
    let mut more = Diagnostics::new();
    assert!(bench.typesetter(&["a-2a", "2.0"], &mut more).is_none());
    diags.extend(more);
    let said = bench.said(&diags);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said.iter().all(|said| said.starts_with("pdf-standards-clash ")), "{said:?}");
}

#[test]
fn a_font_file_that_is_none_is_an_error() {
    let bench = Bench::new(NARRATIVE, &[]);
    let path = "fonts/house.ttf".to_owned();
    let font = Binary { path, bytes: b"<html>"[..].into(), hash: String::new() };
    let mut diags = Diagnostics::new();
    let made = Typesetter::new(
        &bench.library,
        &[font],
        &settings(&[]),
        None,
        &bench.sources,
        &mut diags,
    );
    assert!(made.is_err());
    assert_eq!(
        bench.said(&diags),
        [
            "font-unreadable : `fonts/house.ttf` holds no font that can be used (replace it by a \
          TrueType or OpenType font, or remove it)"
        ]
    );
}
