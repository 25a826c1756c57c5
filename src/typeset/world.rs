//! What Typst sees of the world: one generated main file, the templates, the pictures of
//! the document and the fonts. No disk, no network, no packages, no clock.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;

use typst::diag::{FileError, FileResult, PackageError};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library as TypstLibrary, World};

use super::fonts::Fonts;
use crate::folder::Library;
use crate::source::Sources;

/// The path of the generated source; one for all documents, because Typst numbers the
/// paths of a whole process with 16 bits. Names of templates do not begin with a dot.
const MAIN: &str = ".main.typ";

/// The path of what the documents of a kind share.
const KIT: &str = ".kit.typ";

/// The folder of a document's pictures, which are `0`, `1`… in it for the same reason.
pub(super) const PICTURES: &str = ".picture/";

/// Endings of templates for pages and narratives: layouts cannot read them, so that a change
/// of a style sheet changes no PDF.
const OF_PAGES: [&str; 3] = [".html", ".css", ".md"];

/// The templates as Typst reads them.
pub(super) struct Templates {
    /// Typst files, parsed when a document first needs them and shared by all.
    layouts: Vec<Layout>,
    /// All files by path below the templates folder.
    files: BTreeMap<String, Bytes>,
}

/// A Typst file.
struct Layout {
    id: FileId,
    text: String,
    parsed: OnceLock<Source>,
}

impl Templates {
    /// Takes the layouts of a library.
    pub(super) fn new(library: &Library, sources: &Sources) -> Self {
        let mut templates = Self { layouts: Vec::new(), files: BTreeMap::new() };
        for (path, &file) in &library.files {
            let text = &sources.get(file).text;
            if path.ends_with(".typ")
                && let Some(id) = file_id(path)
            {
                let (text, parsed) = (text.clone(), OnceLock::new());
                templates.layouts.push(Layout { id, text, parsed });
            }
            if !OF_PAGES.iter().any(|ending| path.ends_with(ending)) {
                let bytes = Bytes::from_string(text.clone());
                templates.files.insert(path.clone(), bytes);
            }
        }
        for (path, file) in &library.binaries {
            let bytes = Bytes::new(std::sync::Arc::clone(&file.bytes));
            templates.files.insert(path.clone(), bytes);
        }
        templates
    }

    /// Whether there is a file with this path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }
}

/// The world of one document.
pub(super) struct DocumentWorld<'a> {
    /// Typst's functions.
    pub(super) library: &'a LazyHash<TypstLibrary>,
    /// The fonts.
    pub(super) fonts: &'a Fonts,
    /// The templates.
    pub(super) templates: &'a Templates,
    /// The generated source.
    pub(super) main: Source,
    /// What it shares with others of its kind; drawings share nothing.
    pub(super) kit: Option<Source>,
    /// The pictures by their number; `None` for those that were not found.
    pub(super) pictures: Vec<Option<Bytes>>,
    /// The day of the document.
    pub(super) today: Option<Datetime>,
}

/// The generated source of a document.
pub(super) fn main_source(text: String) -> Source {
    let id = file_id(MAIN).expect("the name of the main file is a path");
    Source::new(id, text)
}

/// What the documents of a kind share.
pub(super) fn kit_source(text: String) -> Source {
    let id = file_id(KIT).expect("the name of the kit is a path");
    Source::new(id, text)
}

/// The path by which the generated source names its kit.
pub(super) fn kit_path() -> String {
    format!("/{KIT}")
}

/// The path by which the generated source names a picture. It has no ending: Typst then
/// looks at the bytes, which tell the truth more often.
pub(super) fn picture_path(number: usize) -> String {
    format!("/{PICTURES}{number}")
}

/// The path of a template below the templates folder; `None` for all else.
pub(super) fn template_path(id: FileId) -> Option<&'static str> {
    let path = id.get().vpath().get_without_slash();
    (path != MAIN && !path.starts_with(PICTURES)).then_some(path)
}

fn file_id(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}

fn not_found(id: FileId) -> FileError {
    match id.get().root() {
        VirtualRoot::Package(package) => {
            FileError::Package(PackageError::NotFound(package.clone()))
        }
        VirtualRoot::Project => {
            FileError::NotFound(PathBuf::from(id.get().vpath().get_with_slash()))
        }
    }
}

impl World for DocumentWorld<'_> {
    fn library(&self) -> &LazyHash<TypstLibrary> {
        self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let mut generated = std::iter::once(&self.main).chain(&self.kit);
        if let Some(source) = generated.find(|source| source.id() == id) {
            return Ok(source.clone());
        }
        let layout = self.templates.layouts.iter().find(|layout| layout.id == id);
        let Layout { id, text, parsed } = layout.ok_or_else(|| not_found(id))?;
        Ok(parsed.get_or_init(|| Source::new(*id, text.clone())).clone())
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if *id.get().root() != VirtualRoot::Project {
            return Err(not_found(id));
        }
        let path = id.get().vpath().get_without_slash();
        let found = match path.strip_prefix(PICTURES) {
            Some(number) => {
                let number = number.parse().ok();
                number.and_then(|at: usize| self.pictures.get(at)?.as_ref())
            }
            None => self.templates.files.get(path),
        };
        found.cloned().ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}
