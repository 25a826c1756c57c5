//! Charts as SVG, for pages: the drawing of `charts.typ` that stands in the PDF as well.
//!
//! Letters are outlines, so that a reader needs no fonts. Colours become the variables of
//! the page's style sheet, so that they follow a theme and a dark screen; ids begin with
//! the number of the chart, so that a page may hold several.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use typst::foundations::Bytes;
use typst_layout::PagedDocument;
use typst_svg::SvgOptions;

use super::errors::Step;
use super::source::{PlaceMap, chart_fields};
use super::world::{self, DocumentWorld};
use super::{Job, Typesetter, drawing, guarded, pdf};
use crate::diag::{Diagnostics, Reported};
use crate::document::{BlockKind, Chart};
use crate::locale::Language;
use crate::source::{Place, Sources};

/// The colours of a drawing for a page, with the style sheet's names for them. They are the
/// ones that are seen where the style sheet gives no others.
static COLOURS: [(&str, &str, &str); 5] = [
    ("ink", "ink", "#1f1d1a"),
    ("soft", "soft", "#5c574e"),
    ("rule", "rule", "#cfc8ba"),
    ("track", "rule", "#e9e4d9"),
    ("paper", "paper", "#fffffd"),
];

/// The fills of series, and the letters on them.
static FILLS: [(&str, &str); 6] = [
    ("#1f4e8c", "#fffff1"),
    ("#eda63a", "#1f1d12"),
    ("#17806d", "#fffff3"),
    ("#f0d27a", "#1f1d14"),
    ("#5d2a6b", "#fffff5"),
    ("#a7c3de", "#1f1d16"),
];

impl Typesetter {
    /// Draws the charts of a document, in the order of its blocks. Call it on a thread of
    /// [`super::in_pool`] or [`super::run_workers`].
    ///
    /// # Errors
    /// When Typst reports an error: a press has put its own file in the place of
    /// `charts.typ`.
    pub fn charts(
        &self,
        job: Job<'_>,
        sources: &Sources,
        diags: &mut Diagnostics,
    ) -> Result<Vec<String>, Reported> {
        let mut charts = Vec::new();
        job.document.each_block(&mut |block| {
            if let BlockKind::Chart(chart) = &block.kind {
                charts.push((block.place, &**chart));
            }
        });
        if charts.is_empty() {
            return Ok(Vec::new());
        }
        guarded(job.front, diags, |diags| self.draw(&charts, job, sources, diags))
    }

    fn draw(
        &self,
        charts: &[(Place, &Chart)],
        job: Job<'_>,
        sources: &Sources,
        diags: &mut Diagnostics,
    ) -> Option<Vec<String>> {
        let (text, map) = source(charts, job);
        let world = DocumentWorld {
            library: &self.library,
            fonts: &self.fonts,
            templates: &self.templates,
            main: world::main_source(text),
            kit: None,
            pictures: Vec::<Option<Bytes>>::new(),
            today: pdf::day(job.moment),
        };
        let compiled = typst::compile::<PagedDocument>(&world);
        let back = self.back(&world, &map, "/charts.typ", job.front, sources);
        back.report(Step::Compile, &compiled.warnings, diags);
        match compiled.output {
            Ok(paged) => {
                let pages = paged.pages().iter().enumerate();
                let options = SvgOptions::default();
                let mut letters = BTreeMap::new();
                let drawn = pages.map(|(at, page)| {
                    for_page(&typst_svg::svg(page, &options), at + 1, &mut letters)
                });
                Some(drawn.collect())
            }
            Err(found) => {
                back.report(Step::Compile, &found, diags);
                None
            }
        }
    }
}

/// A page for each drawing, and nothing else on it.
fn source(charts: &[(Place, &Chart)], job: Job<'_>) -> (String, PlaceMap) {
    let mut out = String::from("#import \"/annals.typ\": fonts\n");
    out.push_str("#import \"/charts.typ\": draw-chart\n#let colours = (");
    for (name, _, hex) in COLOURS {
        let _ = write!(out, "{name}: rgb(\"{hex}\"), ");
    }
    for (key, of) in [("fills", 0), ("ons", 1)] {
        let _ = write!(out, "{key}: (");
        for pair in FILLS {
            let hex = if of == 0 { pair.0 } else { pair.1 };
            let _ = write!(out, "rgb(\"{hex}\"), ");
        }
        out.push_str("), ");
    }
    out.push_str(")\n#set page(width: auto, height: auto, margin: 0pt, fill: none)\n");
    let zh = job.meta.language == Language::Zh;
    let _ = writeln!(out, "#set text(lang: \"{}\")", job.meta.language.word());
    let mut map = vec![(0, job.front)];
    for (at, (place, chart)) in charts.iter().enumerate() {
        if at > 0 {
            out.push_str("#pagebreak()\n");
        }
        map.push((out.len(), *place));
        out.push_str("#draw-chart((");
        chart_fields(&mut out, chart);
        let _ = writeln!(out, "), fonts.hei, colours, zh: {zh})");
    }
    (out, PlaceMap::new(map))
}

/// The SVG of a chart as a part of a page: colours by the style sheet's names, ids of its
/// own, no size but its proportions. The outlines of letters that a chart before it has
/// drawn are taken from there: `letters` knows them by their ids.
fn for_page(svg: &str, number: usize, letters: &mut BTreeMap<String, usize>) -> String {
    let mut out = drawing::compact(&without_known(svg, letters));
    for (_, name, hex) in COLOURS {
        out = out.replace(&format!("\"{hex}\""), &format!("\"var(--{name},{hex})\""));
    }
    for (at, (fill, on)) in FILLS.iter().enumerate() {
        let at = at + 1;
        out =
            out.replace(&format!("\"{fill}\""), &format!("\"var(--chart-{at},{fill})\""));
        out =
            out.replace(&format!("\"{on}\""), &format!("\"var(--chart-on-{at},{on})\""));
    }
    for (id, at) in letters.iter() {
        out = out.replace(id, &format!("page:letter-{at}"));
    }
    let own = ids(&out).into_iter().filter(|id| !id.starts_with("page:"));
    for (at, id) in own.enumerate() {
        out = out.replace(&id, &format!("page:chart-{number}-{at}"));
    }
    out
}

/// An SVG without the symbols that are known already; the others are known from now on.
fn without_known(svg: &str, letters: &mut BTreeMap<String, usize>) -> String {
    const END: &str = "</symbol>";
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some(at) = rest.find("<symbol ") {
        let (before, symbol) = rest.split_at(at);
        let end = symbol.find(END).map_or(symbol.len(), |end| end + END.len());
        let (symbol, after) = symbol.split_at(end);
        out.push_str(before);
        let id = ids(symbol).into_iter().next().unwrap_or_default();
        let next = letters.len();
        if *letters.entry(id).or_insert(next) == next {
            out.push_str(symbol);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The ids of an SVG, which are hashes: the same thing has the same id in two charts.
fn ids(svg: &str) -> Vec<String> {
    let after = svg.split(" id=\"").skip(1);
    after.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
}
