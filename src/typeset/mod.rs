//! Document → PDF, through Typst inside the process.
//!
//! [`Typesetter`] is made once per process and shared by all workers: it holds the fonts,
//! Typst's functions and the parsed layouts. A document becomes Typst source of function
//! calls and string literals ([`source`]), which a layout of the press or a built-in one
//! dresses; what Typst reports is mapped back to the narrative or the layout ([`errors`]).

mod attach;
mod charts;
mod cover;
mod coverage;
mod drawing;
mod errors;
mod fingerprint;
mod fonts;
mod literal;
mod measure;
mod pdf;
mod pool;
mod sheets;
mod source;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};

use typst::foundations::{Array, Bytes, Dict, IntoValue, Str};
use typst::syntax::Source;
use typst::utils::LazyHash;
use typst::{Library as TypstLibrary, LibraryExt};
use typst_layout::PagedDocument;
use typst_pdf::PdfStandards;

pub use self::coverage::MAX_MISSING_GLYPHS;
pub use self::fonts::{FontFace, Origin};
pub use self::measure::{LayoutReport, Measured, ProfileName};
pub use self::pdf::standard_names;
pub use self::pool::{WORKER_STACK, evict, in_pool, run_workers, tidy_up};
pub use self::sheets::Sheets;

use self::errors::{Back, Step};
use self::fonts::Fonts;
use self::source::{Generated, PlaceMap};
use self::world::{DocumentWorld, Templates};
use crate::diag::codes::typeset::{
    NO_LAYOUT, TOO_MANY_PICTURES, TYPST_PANIC, UNKNOWN_FONT,
};
use crate::diag::{Diagnostic, Diagnostics, Reported, suggest};
use crate::document::Document;
use crate::folder::{Binary, Library};
use crate::locale::Language;
use crate::press::{Meta, PdfSettings};
use crate::sheet::SheetFile;
use crate::source::{Place, Sources};
use crate::theme::{Look, Theme};

/// How many different pictures a document may use. Typst numbers the files of a whole
/// process with 16 bits, and all documents share the same numbers.
pub const MAX_PICTURES: usize = 4096;

/// How many lines more, and how many less, are tried on a page at most: a document is set
/// anew for each.
const RESETTINGS: i64 = 4;

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
    /// How it looks.
    pub look: &'a Look,
    /// The files of its pictures, by path below the press root.
    pub pictures: &'a BTreeMap<String, Binary>,
    /// What is attached to the PDF, where its standards permit that.
    pub attached: &'a [SheetFile],
    /// Where the output will stand, if links to other publications are to be absolute.
    pub base_url: Option<&'a str>,
    /// When the document counts as made (UTC); never the present moment, or else each
    /// build would give other bytes.
    pub moment: jiff::civil::DateTime,
    /// The front matter: the place of findings that stand nowhere else.
    pub front: Place,
}

impl<'a> Job<'a> {
    /// Writes the document for Typst.
    pub fn write(self) -> Written<'a> {
        Written { job: self, generated: self.generate(0) }
    }

    fn generate(self, tighten: i64) -> Generated {
        let Job { document, meta, base_url, front, .. } = self;
        source::write(document, meta, tighten, base_url, front)
    }
}

/// A job as Typst reads it: [`Job::write`] makes one, [`Typesetter::lay_out`] takes it.
pub struct Written<'a> {
    job: Job<'a>,
    generated: Generated,
}

/// A document in pages: [`Typesetter::lay_out`] makes one, [`Typesetter::export`] takes it.
pub struct Pages<'a> {
    paged: PagedDocument,
    world: DocumentWorld<'a>,
    map: PlaceMap,
    layout: String,
    job: Job<'a>,
}

/// What makes PDFs: made once, then shared by all workers.
pub struct Typesetter {
    library: LazyHash<TypstLibrary>,
    fonts: Arc<Fonts>,
    templates: Templates,
    /// What documents of a kind share, by its text.
    kits: Mutex<BTreeMap<String, Source>>,
    paths: Library,
    standards: PdfStandards,
    attaches: bool,
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
            kits: Mutex::default(),
            paths: paths_of(library),
            standards,
            attaches: pdf::attaches(&settings.standards),
        })
    }

    /// The same with other layouts, for a watcher whose templates changed; the fonts stay.
    #[must_use]
    pub fn with_templates(&self, library: &Library, sources: &Sources) -> Self {
        Self {
            library: self.library.clone(),
            fonts: Arc::clone(&self.fonts),
            templates: Templates::new(library, sources),
            kits: Mutex::default(),
            paths: paths_of(library),
            standards: self.standards.clone(),
            attaches: self.attaches,
        }
    }

    /// The fonts that documents may be set in, in order.
    pub fn faces(&self) -> &[FontFace] {
        self.fonts.faces()
    }

    /// Reports families of a theme that are not there; the built-in ones then stand in.
    pub fn check_families(&self, theme: &Theme, diags: &mut Diagnostics) {
        let known: Vec<&str> =
            self.fonts.book().families().map(|(name, _)| name).collect();
        let looks = [&theme.general].into_iter().chain(theme.kinds.values());
        let lists = looks.flat_map(|look| look.families.values());
        let named =
            lists.flat_map(|list| list.names.iter().map(|name| (list.place, name)));
        // Each kind has what the theme says of all.
        for (place, name) in named.collect::<BTreeSet<_>>() {
            if !known.iter().any(|family| family.eq_ignore_ascii_case(name)) {
                diags.add(
                    Diagnostic::new(
                        &UNKNOWN_FONT,
                        place,
                        format!("there is no font `{name}`"),
                    )
                    .maybe_hint(suggest(name, known.iter().copied()))
                    .hint("put its file into `templates/fonts`, or name another"),
                );
            }
        }
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
        let pages = self.lay_out(job.write(), sources, diags)?;
        self.export(&pages, sources, diags)
    }

    /// The first half of [`Self::typeset`]: a document in pages.
    ///
    /// # Errors
    /// When a character has no glyph, or Typst reports an error.
    pub fn lay_out<'a>(
        &'a self,
        written: Written<'a>,
        sources: &Sources,
        diags: &mut Diagnostics,
    ) -> Result<Pages<'a>, Reported> {
        guarded(written.job.front, diags, |diags| self.pages(written, sources, diags))
    }

    /// The second half of [`Self::typeset`]: pages as a file.
    ///
    /// # Errors
    /// When Typst reports an error, such as what a standard forbids.
    pub fn export(
        &self,
        pages: &Pages<'_>,
        sources: &Sources,
        diags: &mut Diagnostics,
    ) -> Result<Pdf, Reported> {
        let Job { meta, moment, front, .. } = pages.job;
        guarded(front, diags, |diags| {
            let options = pdf::options(&self.standards, meta, pdf::datetime(moment));
            match typst_pdf::pdf(&pages.paged, &options) {
                Ok(bytes) => Some(Pdf { bytes, pages: pages.paged.pages().len() }),
                Err(found) => {
                    let Pages { world, map, layout, .. } = pages;
                    let back = self.back(world, map, layout, front, sources);
                    back.report(Step::Export, &found, diags);
                    None
                }
            }
        })
    }

    fn pages<'a>(
        &'a self,
        written: Written<'a>,
        sources: &Sources,
        diags: &mut Diagnostics,
    ) -> Option<Pages<'a>> {
        let Written { job, generated } = written;
        let Job { document, meta, front, .. } = job;
        let coverage = self.fonts.coverage();
        coverage::check(coverage, document, meta, front, sources, diags);
        let layout = self.layout(&meta.kind, front, diags);
        let pictures = pictures(job, diags);
        let layout = layout.filter(|_| !diags.has_errors())?;
        let compile = |generated: Generated| {
            let (pictures, mut own) = (pictures.clone(), Diagnostics::new());
            let pages =
                self.compile(job, generated, &layout, pictures, sources, &mut own);
            (pages, own)
        };
        let (pages, found) = compile(generated);
        let Some(first) = pages else {
            diags.extend(found);
            return None;
        };
        // Where a page holds too little (GB/T 9704-2012, 7.3.5.5, of signatures), lines are
        // drawn together, or else apart, as far as the layout permits, and only then.
        let Some(wanting) = measure::wanting(&first.paged) else {
            diags.extend(found);
            return Some(first);
        };
        let together = 1..=wanting.tighten_most.min(RESETTINGS);
        let apart = (1..=wanting.loosen_most.min(RESETTINGS)).map(|lines| -lines);
        for tighten in together.chain(apart) {
            let (pages, found) = compile(job.generate(tighten));
            if let Some(pages) = pages
                && measure::wanting(&pages.paged).is_none()
            {
                diags.extend(found);
                return Some(pages);
            }
        }
        diags.extend(found);
        if let Some(finding) = wanting.finding(front) {
            diags.add(finding);
        }
        Some(first)
    }

    /// One pass over a document.
    fn compile<'a>(
        &'a self,
        job: Job<'a>,
        generated: Generated,
        layout: &str,
        pictures: Vec<Option<Bytes>>,
        sources: &Sources,
        diags: &mut Diagnostics,
    ) -> Option<Pages<'a>> {
        let Job { meta, look, front, .. } = job;
        let attached = if self.attaches { job.attached } else { &[] };
        let Generated { mut text, map } = generated;
        attach::write(&mut text, meta, attached);
        let world = DocumentWorld {
            library: &self.library,
            fonts: &self.fonts,
            templates: &self.templates,
            main: world::main_source(text),
            kit: Some(self.kit(look, layout)),
            pictures,
            today: pdf::day(job.moment),
        };
        let compiled = typst::compile::<PagedDocument>(&world);
        let back = self.back(&world, &map, layout, front, sources);
        back.report(Step::Compile, &compiled.warnings, diags);
        let paged = match compiled.output {
            Ok(paged) => paged,
            Err(found) => {
                back.report(Step::Compile, &found, diags);
                return None;
            }
        };
        Some(Pages { paged, world, map, layout: layout.to_owned(), job })
    }

    /// What the documents of a kind share; read once.
    fn kit(&self, look: &Look, layout: &str) -> Source {
        let text = source::write_kit(look, layout);
        let mut kits = self.kits.lock().unwrap_or_else(PoisonError::into_inner);
        let kit =
            kits.entry(text).or_insert_with_key(|text| world::kit_source(text.clone()));
        kit.clone()
    }

    /// Measures pages against the profile that their layout declares.
    pub fn measure(pages: &Pages<'_>) -> LayoutReport {
        measure::measure(&pages.paged)
    }

    /// The way back from what Typst says.
    fn back<'a>(
        &'a self,
        world: &'a DocumentWorld<'a>,
        map: &'a PlaceMap,
        layout: &'a str,
        front: Place,
        sources: &'a Sources,
    ) -> Back<'a> {
        Back { world, map, library: &self.paths, layout, front, sources }
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

/// Runs `work`; a panic in it becomes a finding, so that one document cannot end a batch.
fn guarded<T>(
    front: Place,
    diags: &mut Diagnostics,
    work: impl FnOnce(&mut Diagnostics) -> Option<T>,
) -> Result<T, Reported> {
    let mut own = Diagnostics::new();
    // What a panic may leave half done is owned by this call and dropped; Typst's caches
    // are made for it (their locks are not poisoned).
    let made = std::panic::catch_unwind(AssertUnwindSafe(|| work(&mut own)));
    let made = made.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        let text = text.unwrap_or("no message");
        let message = format!("Typst stopped with an internal error: {text}");
        own.add(
            Diagnostic::new(&TYPST_PANIC, front, message)
                .hint("report this with the narrative"),
        );
        None
    });
    let outcome = own.check();
    diags.extend(own);
    outcome?;
    Ok(made.expect("nothing is withheld without an error"))
}

#[cfg(test)]
mod tests;
