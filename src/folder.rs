//! What the folder of a press holds, as it was read: nothing is checked yet.
//!
//! `load` makes a [`Folder`], `check` turns it into a [`Press`](crate::press::Press).

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use crate::model::Year;
use crate::source::FileId;
use crate::tree::{Data, Node};

/// A press folder as read.
#[derive(Debug)]
pub struct Folder {
    /// The folder that holds `annals.toml`, canonical.
    pub root: PathBuf,
    /// `annals.toml`.
    pub project: Node,
    /// The folders of `content/`, by name.
    pub series: BTreeMap<String, SeriesFolder>,
    /// The narratives, in the order of their paths.
    pub narratives: Vec<NarrativeFile>,
    /// Built-in templates with the press's own over them.
    pub templates: Library,
    /// The contracts of kinds: `kind.toml` of each folder of `templates` that has one, by
    /// the folder's name.
    pub contracts: BTreeMap<String, Node>,
    /// `theme.toml`: the built-in one, then the press's own, where it has one.
    pub themes: Vec<Node>,
}

/// A series as read.
#[derive(Debug, Default)]
pub struct SeriesFolder {
    /// `series.toml` (or `.yaml`, `.json`), where there is one.
    pub settings: Option<Node>,
    /// Data files directly in the folder.
    pub data: Vec<DataFile>,
    /// Data files of its years.
    pub years: BTreeMap<Year, Vec<DataFile>>,
}

/// A data file as read.
#[derive(Debug)]
pub struct DataFile {
    /// The file.
    pub file: FileId,
    /// Its name without ending: the collection it holds, unless its sheets or top-level
    /// keys say otherwise.
    pub stem: String,
    /// What it holds.
    pub data: Arc<Data>,
}

/// A narrative as read.
#[derive(Debug)]
pub struct NarrativeFile {
    /// The file.
    pub file: FileId,
    /// Path below `content/`, without ending.
    pub path: String,
    /// The first folder of the path.
    pub series: String,
    /// The year folder it lies in, where it lies in one.
    pub year: Option<Year>,
    /// The front matter; a table.
    pub front: Arc<Node>,
    /// The bytes of the body in the file's text.
    pub body: Range<usize>,
}

/// All templates: text by its path below `templates/` (`bulletin/page.html`,
/// `annals.typ`, `partials/tasks.md`), the press's own in place of the built-in of the
/// same path; and the fonts that lie beside them.
#[derive(Debug, Default)]
pub struct Library {
    /// Text templates, contracts and styles by path.
    pub files: BTreeMap<String, FileId>,
    /// Binary files (fonts, pictures of mastheads) by path.
    pub binaries: BTreeMap<String, Binary>,
}

/// The bytes of a file that is not text.
#[derive(Debug, Clone)]
pub struct Binary {
    /// Path below the press root, with `/`.
    pub path: String,
    /// The bytes.
    pub bytes: Arc<[u8]>,
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub hash: String,
}
