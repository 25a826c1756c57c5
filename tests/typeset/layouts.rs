//! Official layout, measured on the pages that were made: what holds, and what is said
//! where a layout goes astray.

use annals::diag::Diagnostics;
use annals::document::Document;
use annals::model::Datum;
use annals::press::Meta;
use annals::typeset::{LayoutReport, Typesetter, in_pool};

use crate::sample::{self, Maker};
use crate::{Bench, shared};

/// The three lines of a kind that is laid out as official, around a body.
fn layout(before: &str, body: &str) -> String {
    format!(
        "#import \"/official.typ\": *\n\
         #let layout(meta, body) = {{\n{before}\nofficial(meta, {body})\n}}\n"
    )
}

/// A document of so many short paragraphs after a few long ones.
fn document(bench: &Bench, short: usize) -> Document {
    let m = Maker(bench.place("社会组织"));
    let han = "推动全市社会组织健康有序发展".repeat(5);
    let mut blocks = vec![m.heading(2, "一、总体要求"), m.heading(3, "（一）原则")];
    blocks.extend((0..3).map(|_| m.par(&han)));
    blocks.extend((0..short).map(|_| m.par("请结合实际认真组织实施。")));
    Document { blocks, ..Document::default() }
}

fn meta() -> Meta {
    let mut meta = sample::meta("house");
    meta.subtitle = None;
    let text = |text: &str| Datum::Text(text.to_owned());
    for (key, value) in [
        ("issuer", text("某市民政局")),
        ("mark", text("某市民政局文件")),
        ("document_number", text("某民发（2021）第08号")),
        ("recipients", Datum::List(vec![text("各县（区）民政局")])),
        ("copy_to", Datum::List(vec![text("市委办公室")])),
        ("print_office", text("某市民政局办公室")),
    ] {
        meta.extra.insert(key.to_owned(), value);
    }
    meta
}

/// What the pages measure, and what is said of them, by code.
fn measure(own: &[(&str, &str)], short: usize) -> (LayoutReport, Vec<&'static str>) {
    let bench = Bench::new("社会组织", own);
    let document = document(&bench, short);
    let meta = meta();
    let mut diags = Diagnostics::new();
    let typesetter = shared().with_templates(&bench.library, &bench.sources);
    let report = in_pool(|| {
        let job = bench.job(&document, &meta);
        let pages = typesetter.lay_out(job.write(), &bench.sources, &mut diags);
        let pages = pages.unwrap_or_else(|_| panic!("{:#?}", bench.said(&diags)));
        Typesetter::measure(&pages)
    });
    report.report(bench.place("社会组织"), &mut diags);
    let codes = diags.iter().map(|found| found.code.id).collect();
    (report, codes)
}

fn measured(report: &LayoutReport, rule: &str) -> String {
    let found = report.measures.iter().find(|measure| measure.rule == rule);
    found.unwrap_or_else(|| panic!("`{rule}` is measured: {report:#?}")).measured.clone()
}

#[test]
fn an_official_document_is_as_the_standard_asks() {
    let (report, codes) = measure(&[("house/layout.typ", &layout("", "body"))], 34);
    assert_eq!(codes, Vec::<&str>::new(), "{report:#?}");
    let profile = report.profile.as_ref().expect("it declares one");
    assert_eq!((profile.name.as_str(), profile.local), ("GB/T 9704-2012", false));
    assert!(measured(&report, "lines").starts_with("22 "));
    assert!(measured(&report, "characters").starts_with("28 "));
    assert_eq!(measured(&report, "imprint"), "0.00 mm");
    for rule in ["margins", "lattice", "mark", "red-rule", "page-number", "signature"] {
        measured(&report, rule);
    }
    let clauses: Vec<&str> = (report.measures.iter())
        .map(|measure| measure.strength.as_str())
        .filter(|word| {
            !["must", "usually", "recommended", "may", "practice"].contains(word)
        })
        .collect();
    assert!(clauses.is_empty(), "{clauses:?}");
}

#[test]
fn what_goes_astray_is_found() {
    let cases = [
        ("layout-margins", layout("", "{ set page(margin: 25mm); body }")),
        ("layout-grid", layout("", "{ v(5mm); body }")),
        ("layout-face", layout("", "text(font: \"Annals Kai\", body)")),
        ("layout-head", layout("show <annals:mark>: move.with(dy: 1mm)", "body")),
        (
            "layout-page-number",
            layout("show <annals:page-number>: move.with(dy: 1mm)", "body"),
        ),
        (
            "layout-imprint",
            layout("show <annals:imprint-last>: move.with(dy: -1mm)", "body"),
        ),
        ("lonely-signature", layout("", "{ body; pagebreak() }")),
        (
            "heading-at-foot",
            layout("", "{ body; heading(level: 2)[二、要求]; pagebreak(); [请照办。] }"),
        ),
    ];
    for (code, layout) in cases {
        let (report, codes) = measure(&[("house/layout.typ", &layout)], 30);
        assert!(codes.contains(&code), "{code}: {codes:?} {report:#?}");
    }
}

#[test]
fn a_local_profile_names_itself() {
    let whole = include_str!("../../templates/official.toml");
    let local = whole
        .replace("name = \"GB/T 9704-2012\"", "name = \"某省实施细则\"")
        .replace("local = false", "local = true")
        .replace("[mark]\nbelow = 35", "[mark]\nbelow = 40");
    let own =
        [("official.toml", local.as_str()), ("house/layout.typ", &layout("", "body"))];
    let (report, codes) = measure(&own, 30);
    assert_eq!(codes, Vec::<&str>::new(), "{report:#?}");
    let profile = report.profile.as_ref().expect("it declares one");
    assert_eq!((profile.name.as_str(), profile.local), ("某省实施细则", true));
    assert_eq!(measured(&report, "mark"), "40.00 mm");
}

/// Whatever the length of the text, some of it stands with the signature; the lines are
/// drawn together or apart only where that is needed.
#[test]
fn no_signature_stands_alone() {
    let layout = layout("", "body");
    let mut drawn = 0;
    for short in 0..26 {
        let (report, codes) = measure(&[("house/layout.typ", &layout)], short);
        assert_eq!(codes, Vec::<&str>::new(), "{short}: {report:#?}");
        drawn += usize::from(!measured(&report, "lines").starts_with("22 "));
    }
    assert!((1..10).contains(&drawn), "{drawn}");
}

#[test]
fn other_layouts_are_measured_by_what_holds_for_all() {
    let own = "#import \"/annals.typ\": *\n#let layout(meta, body) = { show: \
               base.with(meta); title(meta); body }\n";
    let (report, codes) = measure(&[("house/layout.typ", own)], 3);
    assert_eq!((report.profile, codes), (None, Vec::new()));
    assert_eq!(report.measures.len(), 1);
}
