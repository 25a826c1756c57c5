//! Our CPU time by stage: the stages of a build, called one by one on one thread.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use annals::diag::{Diagnostics, Reported};
use annals::document::Image;
use annals::folder::Binary;
use annals::merge::{self, Facts, Register};
use annals::pipeline::Auditor;
use annals::press::{Edition, Press, editions};
use annals::publish::{Artifact, Destination, Inputs, Output, Publication, Sweep};
use annals::source::{Place, Sources};
use annals::template::{Narratives, Pages};
use annals::typeset::{self, Job, Typesetter};
use annals::{audit, check, html, load, parse};

use crate::clock::cpu;
use crate::floor::Stages;

/// The stages in their order; `open` is what is made once: engines and fonts.
pub const NAMES: [&str; 10] = [
    "load", "check", "open", "merge", "parse", "audit", "html", "compile", "export",
    "write",
];

/// Those of them that look for mistakes.
pub const CHECKS: [&str; 2] = ["check", "audit"];

/// Adds up the time between its calls.
struct Clock {
    stages: Stages,
    last: u64,
}

impl Clock {
    fn ends(&mut self, stage: &'static str) {
        let now = cpu();
        *self.stages.entry(stage).or_default() += now - self.last;
        self.last = now;
    }
}

/// Makes every edition of a press as PDF and as HTML; only the PDF is written.
pub fn run(root: &Path, out: &Path) -> Stages {
    let mut diags = Diagnostics::new();
    let mut sources = Sources::new();
    let stages = typeset::in_pool(|| {
        let mut clock = Clock { stages: Stages::new(), last: cpu() };
        make(root, out, &mut sources, &mut clock, &mut diags).map(|()| clock.stages)
    });
    for found in diags.iter() {
        eprintln!("{}: {}", found.code.id, found.message);
    }
    stages.expect("the corpus is sound")
}

fn make(
    root: &Path,
    out: &Path,
    sources: &mut Sources,
    clock: &mut Clock,
    diags: &mut Diagnostics,
) -> Result<(), Reported> {
    let folder = load::folder(root, &mut load::Kept::default(), sources, diags)?;
    clock.ends("load");
    let press = check::press(folder, diags)?;
    let editions = editions(&press);
    clock.ends("check");
    let sources = &*sources;
    let auditor = Auditor::new(&press, sources);
    clock.ends("audit");
    let narratives = Narratives::new(&press.templates, sources, diags);
    let pages = Pages::new(&press.templates, sources, diags);
    let (fonts, _) = load::fonts(root, &[], Place::whole(press.settings.file), diags);
    let settings = &press.settings.pdf;
    let typesetter =
        Typesetter::new(&press.templates, &fonts, settings, None, sources, diags)?;
    let mut output = Output::open(
        &Destination {
            folder: out.to_owned(),
            name: "output".to_owned(),
            inside: None,
            patience: Duration::ZERO,
        },
        diags,
    )?;
    clock.ends("open");
    let mut registers = BTreeMap::new();
    let mut known: BTreeMap<_, Arc<Facts<'_>>> = BTreeMap::new();
    for (number, edition) in editions.iter().enumerate() {
        check::edition(edition, diags);
        clock.ends("check");
        let (series, year) = (edition.series, edition.narrative.year);
        let facts = known.entry((&series.name, year)).or_insert_with(|| {
            let register = registers.entry(&series.name);
            let register = register.or_insert_with(|| Register::new(series));
            Arc::new(Facts::new(register, year, edition.record, edition.language))
        });
        let merged = merge::merge(&narratives, facts, edition, sources, diags)?;
        clock.ends("merge");
        let none = |_: &str| None;
        let context = parse::Context {
            language: edition.language,
            place: Place::whole(edition.narrative.file),
            path: &edition.path,
            narrative: &edition.narrative.path,
            publications: &none,
            narratives: &[],
            dialect: parse::Dialect::Narrative,
            facts: None,
        };
        let document = parse::parse(&merged.manuscript, &context, diags);
        clock.ends("parse");
        let finished = (&merged, &document);
        let numbers = auditor.audit(edition, finished, diags);
        assert!(!numbers.is_empty(), "the bulletins are full of numbers");
        audit::document(&audit::Work::of(edition, &merged.meta, &document), diags);
        clock.ends("audit");
        let page = page(&press, edition, &merged, &document, &pages, sources, diags)?;
        clock.ends("html");
        let pictures: BTreeMap<String, Binary> = BTreeMap::new();
        let job = Job {
            document: &document,
            meta: &merged.meta,
            look: press.theme.of(&edition.kind.name),
            pictures: &pictures,
            attached: &[],
            base_url: None,
            moment: jiff::civil::date(2026, 1, 1).at(0, 0, 0, 0),
            front: edition.narrative.front.place,
        };
        let laid_out = typesetter.lay_out(job.write(), sources, diags)?;
        clock.ends("compile");
        let pdf = typesetter.export(&laid_out, sources, diags)?;
        clock.ends("export");
        assert!(page.contains("</html>"), "a page is whole");
        let path = format!("{}.pdf", edition.path);
        let publication = Publication {
            edition: edition.path.clone(),
            artifacts: vec![Artifact::new(path, pdf.bytes)],
            inputs: Inputs::default(),
            numbers: Vec::new(),
            card: annals::card::Card::default(),
        };
        drop(laid_out);
        clock.ends("compile");
        output.put(output.packer().pack(publication), diags)?;
        clock.ends("write");
        typeset::tidy_up(number + 1);
        clock.ends("compile");
    }
    output.finish(Sweep::Remove, diags)?;
    clock.ends("write");
    Ok(())
}

fn page(
    press: &Press,
    edition: &Edition<'_>,
    merged: &merge::Merged,
    document: &annals::document::Document,
    pages: &Pages,
    sources: &Sources,
    diags: &mut Diagnostics,
) -> Result<String, Reported> {
    let from = &edition.path;
    let link = |to: &str, anchor: Option<&str>| html::publication_href(from, to, anchor);
    let picture = |image: &Image| html::PictureSource {
        href: html::file_href(from, &image.path),
        size: None,
    };
    let options = html::Options {
        language: edition.language,
        profile: html::Profile::Page,
        link: &link,
        picture: &picture,
        charts: &[],
        figures: &annals::sheet::Sheet::default(),
    };
    let body = html::body(document, &options);
    let style = press.templates.files.get("style.css");
    let style = style.map_or("", |&file| sources.get(file).text.as_str());
    let style = html::style(press.theme.of(&edition.kind.name), style);
    let (frame, versions) = (None, Vec::new());
    let (style, figures) = (style.as_str(), None);
    let (pdf, pdf_size) = (None, None);
    let parts = html::PageParts { body, style, pdf, pdf_size, figures, frame, versions };
    let context = html::page_context(document, &merged.meta, parts);
    let own = format!("{}/page.html", edition.kind.name);
    let name = if pages.has(&own) { own.as_str() } else { "page.html" };
    pages.render(name, &context, edition.narrative.front.place, diags)
}
