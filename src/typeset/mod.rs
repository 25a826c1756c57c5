//! Document → PDF, through Typst inside the process.
//!
//! [`Typesetter`] is made once per process and shared by all workers: it holds the fonts,
//! Typst's functions and the parsed layouts. A document becomes Typst source of function
//! calls and string literals ([`source`]), which a layout of the press or a built-in one
//! dresses; what Typst reports is mapped back to the narrative or the layout ([`errors`]).

mod coverage;
mod errors;
mod fonts;
mod literal;
mod pdf;
mod pool;
mod source;
mod world;

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use typst::foundations::{Array, Bytes, Dict, IntoValue, Str};
use typst::utils::LazyHash;
use typst::{Library as TypstLibrary, LibraryExt};
use typst_layout::PagedDocument;
use typst_pdf::PdfStandards;

pub use self::coverage::MAX_MISSING_GLYPHS;
pub use self::fonts::{FontFace, Origin};
pub use self::pdf::standard_names;
pub use self::pool::{EVICT_EVERY, WORKER_STACK, evict, in_pool, run_workers};

use self::errors::{Back, Step};
use self::fonts::Fonts;
use self::source::Generated;
use self::world::{DocumentWorld, Templates};
use crate::diag::codes::typeset::{NO_LAYOUT, TOO_MANY_PICTURES, TYPST_PANIC};
use crate::diag::{Diagnostic, Diagnostics, Reported};
use crate::document::Document;
use crate::folder::{Binary, Library};
use crate::locale::Language;
use crate::press::{Meta, PdfSettings};
use crate::source::{Place, Sources};

/// How many different pictures a document may use. Typst numbers the files of a whole
/// process with 16 bits, and all documents share the same numbers.
pub const MAX_PICTURES: usize = 4096;

/// A finished PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

/// One document to typeset, with all that its PDF depends on.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// The document.
    pub document: &'a Document,
    /// What it says of itself.
    pub meta: &'a Meta,
    /// The files of its pictures, by path below the press root.
    pub pictures: &'a BTreeMap<String, Binary>,
    /// Where the output will stand, if links to other publications are to be absolute.
    pub base_url: Option<&'a str>,
    /// When the document counts as made (UTC); never the present moment, or else each
    /// build would give other bytes.
    pub moment: jiff::civil::DateTime,
    /// The front matter: the place of findings that stand nowhere else.
    pub front: Place,
}

/// What makes PDFs: made once, then shared by all workers.
pub struct Typesetter {
    library: LazyHash<TypstLibrary>,
    fonts: Arc<Fonts>,
    templates: Templates,
    paths: Library,
    standards: PdfStandards,
}

impl Typesetter {
    /// Opens the fonts and parses the layouts. `fonts` are those of the press's font
    /// folders; those beside the templates are found in the library.
    ///
    /// # Errors
    /// When a font or a setting cannot be used.
    pub fn new(
        library: &Library,
        fonts: &[Binary],
        settings: &PdfSettings,
        project: Option<Place>,
        sources: &Sources,
        diags: &mut Diagnostics,
    ) -> Result<Self, Reported> {
        let mut own = Diagnostics::new();
        let standards = pdf::standards(&settings.standards, project, &mut own);
        let fonts = Fonts::open(library, fonts, settings.system_fonts, sources, &mut own);
        let outcome = own.check();
        diags.extend(own);
        outcome?;
        Ok(Self {
            library: LazyHash::new(typst_library(&fonts)),
            fonts: Arc::new(fonts),
            templates: Templates::new(library, sources),
            paths: paths_of(library),
            standards,
        })
    }

    /// The same with other layouts, for a watcher whose templates changed; the fonts stay.
    #[must_use]
    pub fn with_templates(&self, library: &Library, sources: &Sources) -> Self {
        Self {
            library: self.library.clone(),
            fonts: Arc::clone(&self.fonts),
            templates: Templates::new(library, sources),
            paths: paths_of(library),
            standards: self.standards.clone(),
        }
    }

    /// The fonts that documents may be set in, in order.
    pub fn faces(&self) -> &[FontFace] {
        self.fonts.faces()
    }

    /// Makes a PDF. Call it on a thread of [`in_pool`] or [`run_workers`].
    ///
    /// # Errors
    /// When a character has no glyph, or Typst reports an error.
    pub fn typeset(
        &self,
        job: Job<'_>,
        sources: &Sources,
        diags: &mut Diagnostics,
    ) -> Result<Pdf, Reported> {
        let mut own = Diagnostics::new();
        let outcome = guarded(|| self.typeset_checked(job, sources, &mut own));
        let pdf = match outcome {
            Ok(pdf) => pdf,
            Err(panic) => {
                let message = format!("Typst stopped with an internal error: {panic}");
                own.add(
                    Diagnostic::new(&TYPST_PANIC, job.front, message)
                        .hint("report this with the narrative"),
                );
                None
            }
        };
        let outcome = own.check();
        diags.extend(own);
        outcome?;
        Ok(pdf.expect("no PDF is withheld without an error"))
    }

    fn typeset_checked(
        &self,
        job: Job<'_>,
        sources: &Sources,
        diags: &mut Diagnostics,
    ) -> Option<Pdf> {
        let Job { document, meta, front, .. } = job;
        let coverage = self.fonts.coverage();
        coverage::check(coverage, document, meta, front, sources, diags);
        let layout = self.layout(&meta.kind, front, diags);
        let pictures = pictures(job, diags);
        let layout = layout.filter(|_| !diags.has_errors())?;
        let Generated { text, map } =
            source::write(document, meta, &layout, job.base_url, front);
        let moment = pdf::datetime(job.moment);
        let world = DocumentWorld {
            library: &self.library,
            fonts: &self.fonts,
            templates: &self.templates,
            main: world::main_source(text),
            pictures,
            today: pdf::day(job.moment),
        };
        let library = &self.paths;
        let back =
            Back { world: &world, map: &map, library, layout: &layout, front, sources };
        let compiled = typst::compile::<PagedDocument>(&world);
        back.report(Step::Compile, &compiled.warnings, diags);
        let paged = match compiled.output {
            Ok(paged) => paged,
            Err(found) => {
                back.report(Step::Compile, &found, diags);
                return None;
            }
        };
        let options = pdf::options(&self.standards, meta, moment);
        match typst_pdf::pdf(&paged, &options) {
            Ok(bytes) => Some(Pdf { bytes, pages: paged.pages().len() }),
            Err(found) => {
                back.report(Step::Export, &found, diags);
                None
            }
        }
    }

    /// The kind's layout, or the one for all kinds.
    fn layout(
        &self,
        kind: &str,
        front: Place,
        diags: &mut Diagnostics,
    ) -> Option<String> {
        let of_kind = format!("{kind}/layout.typ");
        let found = [of_kind.as_str(), "layout.typ"]
            .into_iter()
            .find(|path| self.templates.has(path));
        if found.is_none() {
            diags.add(
                Diagnostic::new(&NO_LAYOUT, front, format!("`{kind}` has no layout"))
                    .hint(format!("add `templates/{of_kind}`")),
            );
        }
        found.map(|path| format!("/{path}"))
    }
}

/// The pictures in the order of the document. One that is missing from the map was
/// reported before; Typst then says so again at its place.
fn pictures(job: Job<'_>, diags: &mut Diagnostics) -> Vec<Option<Bytes>> {
    let list = &job.document.pictures;
    if let Some(first) = list.get(MAX_PICTURES) {
        diags.add(
            Diagnostic::new(
                &TOO_MANY_PICTURES,
                first.place,
                format!(
                    "the document uses {} pictures, more than {MAX_PICTURES}",
                    list.len()
                ),
            )
            .hint("divide the narrative"),
        );
        return Vec::new();
    }
    list.iter()
        .map(|picture| {
            let file = job.pictures.get(&picture.path)?;
            Some(Bytes::new(Arc::clone(&file.bytes)))
        })
        .collect()
}

/// Typst's functions, and what layouts may know of the fonts and of our words, as
/// `sys.inputs`.
fn typst_library(fonts: &Fonts) -> TypstLibrary {
    let families: Array =
        fonts.book().families().map(|(family, _)| family.into_value()).collect();
    let mut inputs = Dict::new();
    inputs.insert(Str::from("families"), families.into_value());
    let mut words = Dict::new();
    for language in [Language::Zh, Language::En] {
        words.insert(Str::from(language.word()), words_of(language).into_value());
    }
    inputs.insert(Str::from("words"), words.into_value());
    TypstLibrary::builder().with_inputs(inputs).build()
}

fn words_of(language: Language) -> Dict {
    let words = language.words();
    let list =
        |words: &[&str]| words.iter().map(|word| word.into_value()).collect::<Array>();
    let mut dict = Dict::new();
    for (key, word) in [
        ("contents", words.contents),
        ("notes", words.notes),
        ("draft", words.draft),
        ("author", words.author),
        ("published", words.published),
        ("comma", words.comma),
        ("colon", words.colon),
        ("publisher", words.publisher),
        ("source", words.source),
        ("editor", words.editor),
        ("reviewer", words.reviewer),
        ("contact", words.contact),
        ("theme", words.theme),
        ("location", words.location),
        ("reporter", words.reporter),
        ("photographer", words.photographer),
    ] {
        dict.insert(Str::from(key), word.into_value());
    }
    for (key, pair) in [
        ("distribution", &words.distribution[..]),
        ("copies", &words.copies),
        ("total_issue", &words.total_issue),
        ("chapter", &words.chapter),
    ] {
        dict.insert(Str::from(key), list(pair).into_value());
    }
    dict
}

fn paths_of(library: &Library) -> Library {
    Library { files: library.files.clone(), binaries: BTreeMap::new() }
}

/// Runs `work`; a panic becomes its message, so that one document cannot end a batch.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    // What a panic may leave half done is owned by this call and dropped; Typst's caches
    // are made for it (their locks are not poisoned).
    std::panic::catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        text.unwrap_or("no message").to_owned()
    })
}

#[cfg(test)]
mod tests;
