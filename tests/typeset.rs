//! The stage `typeset`: documents made by hand, PDFs looked at from outside.

#[path = "typeset/sample.rs"]
mod sample;

use std::collections::BTreeMap;

use annals::diag::Diagnostics;
use annals::document::Document;
use annals::folder::{Binary, Library};
use annals::press::{Meta, PdfSettings};
use annals::source::{FileId, Place, SourceFile, Sources};
use annals::typeset::{Job, Pdf, Typesetter, in_pool};

static TEMPLATES: include_dir::Dir =
    include_dir::include_dir!("$CARGO_MANIFEST_DIR/templates");

/// A press with one narrative, the built-in templates and any of its own.
struct Bench {
    sources: Sources,
    library: Library,
    narrative: FileId,
}

impl Bench {
    fn new(narrative: &str, own: &[(&str, &str)]) -> Self {
        let mut sources = Sources::new();
        let mut library = Library::default();
        add_dir(&TEMPLATES, &mut sources, &mut library);
        for (path, text) in own {
            let shown = format!("templates/{path}");
            let file = SourceFile::new(shown, (*text).into(), Vec::new(), String::new());
            library.files.insert((*path).into(), sources.add(file));
        }
        let path = "content/baoji/2020/ten-events.md".into();
        let file = SourceFile::new(path, narrative.into(), Vec::new(), String::new());
        let narrative = sources.add(file);
        Self { sources, library, narrative }
    }

    fn typesetter(&self, standards: &[&str], diags: &mut Diagnostics) -> Option<Typesetter> {
        let settings = PdfSettings {
            standards: standards.iter().map(|&name| name.into()).collect(),
            font_folders: Vec::new(),
            system_fonts: false,
        };
        Typesetter::new(&self.library, &[], &settings, None, &self.sources, diags).ok()
    }

    fn make(
        &self,
        typesetter: &Typesetter,
        document: &Document,
        meta: &Meta,
        pictures: &BTreeMap<String, Binary>,
        diags: &mut Diagnostics,
    ) -> Option<Pdf> {
        let job = Job {
            document,
            meta,
            pictures,
            base_url: None,
            moment: jiff::civil::date(2021, 1, 14).at(0, 0, 0, 0),
            front: Place::bytes(self.narrative, 0..3),
        };
        in_pool(|| typesetter.typeset(job, &self.sources, diags)).ok()
    }
}

fn add_dir(dir: &include_dir::Dir, sources: &mut Sources, library: &mut Library) {
    for file in dir.files() {
        let path = file.path().to_str().expect("template paths are text").to_owned();
        match file.contents_utf8() {
            Some(text) => {
                let shown = format!("annals:{path}");
                let file = SourceFile::new(shown, text.into(), Vec::new(), String::new());
                library.files.insert(path, sources.add(file));
            }
            None => {
                let bytes = file.contents().into();
                let shown = format!("templates/{path}");
                let binary = Binary { path: shown, bytes, hash: String::new() };
                library.binaries.insert(path, binary);
            }
        }
    }
    for dir in dir.dirs() {
        add_dir(dir, sources, library);
    }
}

const STANDARD: &[&str] = &["a-2a", "ua-1"];

fn said(diags: &Diagnostics, sources: &Sources) -> Vec<String> {
    diags
        .iter()
        .map(|found| {
            let place = found.place.map(|place| sources.show(place)).unwrap_or_default();
            format!("{} {place}: {} {:?}", found.code.id, found.message, found.hints)
        })
        .collect()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "writes PDFs for people to look at")]
fn every_kind_makes_a_conforming_pdf_of_everything() {
    let bench = Bench::new("+++\n+++\n", &[]);
    let mut diags = Diagnostics::new();
    let typesetter = bench.typesetter(STANDARD, &mut diags).expect("the fonts are good");
    let front = Place::bytes(bench.narrative, 0..3);
    let document = sample::document(front);
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("typeset");
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    let kinds = ["review", "summary", "feature", "bulletin", "plan", "manual", "minutes"];
    let chinese = kinds.map(|kind| (kind.to_owned(), sample::meta(kind)));
    let english = kinds.map(|kind| (format!("{kind}-en"), sample::english(kind)));
    for (kind, meta) in chinese.into_iter().chain(english) {
        let pictures = sample::pictures();
        let pdf = bench.make(&typesetter, &document, &meta, &pictures, &mut diags);
        let said = said(&diags, &bench.sources);
        assert!(diags.is_empty(), "{kind}: {said:#?}");
        let pdf = pdf.expect("nothing was reported");
        assert!((2..9).contains(&pdf.pages), "{kind} has {} pages", pdf.pages);
        std::fs::write(folder.join(format!("{kind}.pdf")), pdf.bytes)
            .expect("the target folder can be written");
    }
}
