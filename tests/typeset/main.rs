//! The stage `typeset`: documents made by hand, PDFs looked at from outside.

mod border;
mod findings;
mod layouts;
mod pdfs;
mod sample;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use annals::diag::{Diagnostic, Diagnostics};
use annals::document::{Block, Document};
use annals::folder::{Binary, Library};
use annals::press::{Meta, PdfSettings};
use annals::source::{FileId, Place, SourceFile, Sources};
use annals::theme::Look;
use annals::typeset::{Job, Pdf, Typesetter, in_pool};

/// The font that lies beside the templates, as in the sample press.
const FANG: &str = "fonts/FandolFang-Regular.otf";

/// The look of the theme in the program.
fn look() -> &'static Look {
    static LOOK: OnceLock<Look> = OnceLock::new();
    LOOK.get_or_init(|| {
        let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
        let node = annals::load::builtin_theme(&mut sources, &mut diags);
        let kinds = BTreeMap::new();
        annals::check::theme(node.as_slice(), &kinds, &mut diags).general
    })
}

/// A press with one narrative, the built-in templates and any of its own.
struct Bench {
    sources: Sources,
    library: Library,
    narrative: FileId,
    pictures: BTreeMap<String, Binary>,
    base_url: Option<&'static str>,
}

impl Bench {
    fn new(narrative: &str, own: &[(&str, &str)]) -> Self {
        let mut sources = Sources::new();
        let mut library = Library::default();
        add_built_in(&mut sources, &mut library);
        for (path, text) in own {
            let shown = format!("templates/{path}");
            let file = SourceFile::new(shown, (*text).into(), Vec::new(), String::new());
            library.files.insert((*path).into(), sources.add(file));
        }
        let path = "content/baoji/2020/ten-events.md".into();
        let file = SourceFile::new(path, narrative.into(), Vec::new(), String::new());
        let narrative = sources.add(file);
        let pictures = sample::pictures();
        Self { sources, library, narrative, pictures, base_url: None }
    }

    /// The place of the first occurrence of a passage of the narrative.
    fn place(&self, passage: &str) -> Place {
        let text = &self.sources.get(self.narrative).text;
        let start = text.find(passage).expect("the passage is in the narrative");
        Place::bytes(self.narrative, start..start + passage.len())
    }

    fn typesetter(
        &self,
        standards: &[&str],
        diags: &mut Diagnostics,
    ) -> Option<Typesetter> {
        Typesetter::new(
            &self.library,
            &[],
            &settings(standards),
            Some(Place::whole(self.narrative)),
            &self.sources,
            diags,
        )
        .ok()
    }

    fn job<'a>(&'a self, document: &'a Document, meta: &'a Meta) -> Job<'a> {
        Job {
            document,
            meta,
            look: look(),
            pictures: &self.pictures,
            attached: &[],
            base_url: self.base_url,
            moment: jiff::civil::date(2021, 1, 14).at(0, 0, 0, 0),
            front: Place::bytes(self.narrative, 0..3),
        }
    }

    /// Makes a PDF to the standards of a new press, and what was said about it.
    fn make(&self, document: &Document, meta: &Meta) -> (Option<Pdf>, Diagnostics) {
        let mut diags = Diagnostics::new();
        let typesetter = shared().with_templates(&self.library, &self.sources);
        let job = self.job(document, meta);
        let pdf = in_pool(|| typesetter.typeset(job, &self.sources, &mut diags)).ok();
        (pdf, diags)
    }

    /// Makes a PDF of a few blocks about which there is nothing to say.
    fn pdf(&self, document: &Document, meta: &Meta) -> Pdf {
        let (pdf, diags) = self.make(document, meta);
        assert!(diags.is_empty(), "{:#?}", self.said(&diags));
        pdf.expect("nothing was reported")
    }

    /// What is said about a few blocks.
    fn findings(&self, blocks: Vec<Block>) -> Vec<String> {
        let document = Document { blocks, ..Document::default() };
        let (_, diags) = self.make(&document, &sample::meta("house"));
        self.said(&diags)
    }

    /// Findings as `code place: message (hint)`.
    fn said(&self, diags: &Diagnostics) -> Vec<String> {
        let show = |found: &Diagnostic| {
            let place = found.place.map(|place| self.sources.show(place));
            let hint =
                found.hints.first().map_or(String::new(), |hint| format!(" ({hint})"));
            format!(
                "{} {}: {}{hint}",
                found.code.id,
                place.unwrap_or_default(),
                found.message
            )
        };
        diags.iter().map(show).collect()
    }
}

fn settings(standards: &[&str]) -> PdfSettings {
    PdfSettings {
        standards: standards.iter().map(|&name| name.into()).collect(),
        font_folders: Vec::new(),
        system_fonts: false,
    }
}

/// The typesetter of a press without templates of its own; fonts are opened once.
fn shared() -> &'static Typesetter {
    static SHARED: OnceLock<Typesetter> = OnceLock::new();
    SHARED.get_or_init(|| {
        let mut diags = Diagnostics::new();
        Bench::new("", &[])
            .typesetter(&["a-2a", "ua-1"], &mut diags)
            .expect("the fonts of the program are good")
    })
}

fn add_built_in(sources: &mut Sources, library: &mut Library) {
    for (path, text) in annals::load::builtin_templates() {
        let shown = format!("annals:templates/{path}");
        let file = SourceFile::new(shown, (*text).into(), Vec::new(), String::new());
        library.files.insert((*path).into(), sources.add(file));
    }
    let path = format!("templates/{FANG}");
    let place = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(&path);
    #[expect(clippy::disallowed_methods, reason = "a test lays out its own press")]
    let bytes = std::fs::read(place).expect("the font is in the repository").into();
    library.binaries.insert(FANG.into(), Binary { path, bytes, hash: String::new() });
}
