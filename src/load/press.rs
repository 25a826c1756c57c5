//! The walk through a press folder: which files are read, as what, and where they belong.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::again::{Kind, hash_of_names};
use super::confine::{self, Trouble};
use super::file::{Held, Kept, Taken, TreeParser, decode, is_read, take_all};
use super::limits::{MAX_ENTRIES, MAX_FOLDERS, MAX_TREE};
use super::text::Encodings;
use super::{templates, toml};
use crate::diag::codes::load as codes;
use crate::diag::{Diagnostic, Diagnostics, Reported};
use crate::folder::{Binary, DataFile, Folder, NarrativeFile, SeriesFolder};
use crate::model::Year;
use crate::source::{FileId, Place, SourceFile, Sources};
use crate::stamp::{Seen, Stamp, State};
use crate::tree::{Data, Node, Table, Value};

/// The project file, which makes a folder a press.
const PROJECT: &str = "annals.toml";

/// Endings of workbooks that are refused with a hint.
const OTHER_WORKBOOKS: [&str; 6] = ["xls", "xlsm", "xlsb", "ods", "et", "numbers"];

/// Finds the press that a folder or file lies in: the nearest folder upwards with an
/// `annals.toml`.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    let start = start.canonicalize().ok()?;
    start.ancestors().find(|folder| folder.join(PROJECT).exists()).map(Path::to_path_buf)
}

/// Reads the folder of a press; what was `kept` and stands as it did is not read again.
///
/// # Errors
/// When `annals.toml` is missing, unreadable or no TOML; everything else is still read, so
/// that its errors are reported as well. A file that cannot be read is reported and left
/// out.
pub fn folder(
    root: &Path,
    kept: &mut Kept,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Result<Folder, Reported> {
    let Ok(root) = root.canonicalize() else {
        let message = format!("there is no folder `{}`", root.display());
        return Err(diags.report(&codes::MISSING_PROJECT, None, message));
    };
    if !root.join(PROJECT).exists() {
        return Err(diags.add(
            Diagnostic::new(
                &codes::MISSING_PROJECT,
                None,
                format!("there is no `{PROJECT}` in `{}`", root.display()),
            )
            .hint("run `annals init` to make a press here, or go to the folder of one"),
        ));
    }
    let mut reader = Reader { root: &root, sources, diags, asked: None };
    let project = reader.tree(PROJECT, toml::parse);
    let mut press = Content::default();
    let found = reader.walk("content");
    press.read(&found, kept, &mut reader);
    press.narratives.sort_by(|a, b| a.path.cmp(&b.path));
    let templates = templates::library(&mut reader, templates::builtin_templates());
    let contracts = templates::contracts(&mut reader, &templates);
    let themes = templates::themes(&mut reader, &templates);
    let Some(project) = project else {
        // It was reported already; this is how one comes by the proof.
        diags.check()?;
        return Err(diags.report(&codes::UNREADABLE_FILE, None, "nothing can be built"));
    };
    let Content { series, narratives, .. } = press;
    Ok(Folder { root, project, series, narratives, templates, contracts, themes })
}

/// Reads the project file alone; `root` is canonical.
///
/// # Errors
/// When it cannot be read, or is no TOML.
pub fn project(
    root: &Path,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Result<Node, Reported> {
    let mut reader = Reader { root, sources, diags, asked: None };
    let project = reader.tree(PROJECT, toml::parse);
    project.ok_or_else(|| {
        diags.report(&codes::UNREADABLE_FILE, None, "nothing can be built")
    })
}

/// A file found by a walk.
#[derive(Debug)]
pub(super) struct Found {
    /// Path below the root, with `/`.
    pub path: String,
    /// Ending in lower case.
    pub ending: String,
}

/// What reading needs: the border, and where what is found goes.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    /// The canonical root of the press.
    pub root: &'a Path,
    /// Takes the files that were read.
    pub sources: &'a mut Sources,
    /// Takes what is wrong with them.
    pub diags: &'a mut Diagnostics,
    /// Where the files are asked for, if it is not their mere presence.
    pub asked: Option<Place>,
}

impl Reader<'_> {
    /// Adds a finding.
    pub(super) fn add(&mut self, finding: Diagnostic) {
        self.diags.add(finding);
    }

    /// The place of a path that is not read, as a file of its own to point to.
    fn place_of(&mut self, path: &str) -> Place {
        self.asked.unwrap_or_else(|| {
            Place::whole(self.sources.add(SourceFile::unread(path.to_owned())))
        })
    }

    /// The files below a folder in order; hidden ones, locks and backups left out, and
    /// what leads out of the press reported.
    pub(super) fn walk(&mut self, folder: &str) -> Vec<Found> {
        let start = self.root.join(folder);
        if start.symlink_metadata().is_err() {
            let path = folder.to_owned();
            self.sources.note(Seen { path, state: State::Nothing });
            return Vec::new();
        }
        if let Err(trouble) = confine::inside(self.root, &start) {
            self.trouble(folder, trouble);
            return Vec::new();
        }
        let mut refused = Vec::new();
        let mut found = Vec::new();
        let root = self.root;
        let walk = WalkDir::new(&start)
            .follow_links(true)
            .max_depth(MAX_FOLDERS + 1)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| {
                if entry.depth() > 0 && passed_over(entry) {
                    return false;
                }
                let link = entry.path_is_symlink();
                match link.then(|| confine::inside(root, entry.path())) {
                    Some(Err(trouble)) => {
                        refused.push((entry.path().to_path_buf(), trouble));
                        false
                    }
                    _ => true,
                }
            });
        let mut troubles = Vec::new();
        let mut folders = Folders::default();
        for (count, entry) in walk.enumerate() {
            folders.take(entry.as_ref().ok());
            if count > MAX_ENTRIES {
                troubles.push((start, Trouble::Crowded));
                break;
            }
            match entry {
                Err(error) => {
                    let path = error.path().unwrap_or(&start).to_path_buf();
                    if !path.file_name().is_some_and(|name| odd(&name.to_string_lossy()))
                    {
                        troubles.push((path, walk_trouble(error)));
                    }
                }
                Ok(entry) if entry.file_type().is_dir() => {
                    if entry.depth() > MAX_FOLDERS {
                        troubles.push((entry.into_path(), Trouble::Deep));
                    }
                }
                Ok(entry) if entry.path().to_str().is_none() => {
                    let trouble = Trouble::Special("no Unicode name");
                    troubles.push((entry.into_path(), trouble));
                }
                Ok(entry) => {
                    let path = below(root, entry.path());
                    let ending = ending(&path);
                    found.push(Found { path, ending });
                }
            }
        }
        folders.note(root, self.sources);
        for (path, trouble) in refused.into_iter().chain(troubles) {
            self.trouble(&below(root, &path), trouble);
        }
        found
    }

    /// Reports a path that was not read.
    fn trouble(&mut self, path: &str, trouble: Trouble) {
        let place = self.place_of(path);
        self.add(trouble.report(path, Some(place), &codes::UNREADABLE_FILE));
    }

    /// The bytes of a file with their SHA-256.
    fn bytes(&mut self, path: &str, limit: u64) -> Option<(Vec<u8>, String)> {
        match confine::read_stamped(self.root, path, limit) {
            Ok((bytes, stamp)) => {
                let hash = super::hash(&bytes);
                let state = State::File(stamp, hash.clone());
                self.sources.note(Seen { path: path.to_owned(), state });
                Some((bytes, hash))
            }
            Err(trouble) => {
                self.trouble(path, trouble);
                None
            }
        }
    }

    /// Reads a text file in UTF-8.
    pub(super) fn text(&mut self, path: &str, limit: u64) -> Option<FileId> {
        let (bytes, hash) = self.bytes(path, limit)?;
        let file = self.sources.next_id();
        let (text, whole) = decode(&bytes, Encodings::Utf8, file, self.diags);
        self.sources.add(SourceFile::new(path.to_owned(), text, Vec::new(), hash));
        whole.then_some(file)
    }

    /// Reads a file that is not text.
    pub(super) fn binary(&mut self, path: &str, limit: u64) -> Option<Binary> {
        let (bytes, hash) = self.bytes(path, limit)?;
        Some(Binary { path: path.to_owned(), bytes: Arc::from(bytes), hash })
    }

    fn tree(&mut self, path: &str, parse: TreeParser) -> Option<Node> {
        let file = self.text(path, MAX_TREE)?;
        parse(&self.sources.get(file).text, file, 0, self.diags)
    }
}

/// How a folder stood, and the names in it.
type FolderSeen = (Option<Stamp>, Vec<(String, Kind)>);

/// The folders that a walk comes by, with the names in them.
#[derive(Debug, Default)]
struct Folders {
    all: BTreeMap<PathBuf, FolderSeen>,
}

impl Folders {
    fn take(&mut self, entry: Option<&DirEntry>) {
        let Some(entry) = entry else { return };
        let folder = entry.file_type().is_dir();
        if folder {
            let stamp = entry.metadata().ok().map(|meta| Stamp::of(&meta));
            self.all.entry(entry.path().to_path_buf()).or_default().0 = stamp;
        }
        if let Some(parent) = entry.path().parent().filter(|_| entry.depth() > 0) {
            let name = entry.file_name().to_string_lossy().into_owned();
            let kind = Kind::of(entry.path_is_symlink(), folder);
            self.all.entry(parent.to_path_buf()).or_default().1.push((name, kind));
        }
    }

    fn note(self, root: &Path, sources: &mut Sources) {
        for (path, (stamp, names)) in self.all {
            if let Some(stamp) = stamp {
                let state = State::Folder(stamp, hash_of_names(names));
                sources.note(Seen { path: below(root, &path), state });
            }
        }
    }
}

/// Where a file below `content/` belongs.
#[derive(Debug, Clone, Copy)]
struct Home<'p> {
    series: &'p str,
    year: Option<Year>,
    /// Whether it lies in the folder of its series or year itself.
    direct: bool,
}

/// What was read below `content/`.
#[derive(Debug, Default)]
struct Content {
    series: BTreeMap<String, SeriesFolder>,
    narratives: Vec<NarrativeFile>,
}

impl Content {
    /// Reads what was found, many files at once, and puts each where it belongs.
    fn read(&mut self, found: &[Found], kept: &mut Kept, reader: &mut Reader<'_>) {
        let mut at_home = Vec::with_capacity(found.len());
        for found in found {
            at_home.extend(reader.home(found).map(|home| (found, home)));
        }
        let files: Vec<&Found> = at_home.iter().map(|(found, _)| *found).collect();
        let taken = take_all(reader.root, &files, reader.sources.next_id(), kept);
        for (taken, (found, home)) in taken.into_iter().zip(at_home) {
            reader.sources.add(Arc::clone(&taken.source));
            taken.seen.iter().for_each(|seen| reader.sources.note(seen.clone()));
            reader.diags.extend(taken.findings.clone());
            self.put(&taken, found, &home, reader);
        }
    }

    fn put(
        &mut self,
        taken: &Taken,
        found: &Found,
        home: &Home<'_>,
        reader: &mut Reader<'_>,
    ) {
        let series = self.series.entry(home.series.to_owned()).or_default();
        match &taken.held {
            None => {}
            Some(Held::Narrative(front, body)) => {
                let path = found.path.strip_prefix("content/").unwrap_or(&found.path);
                let path = path.rsplit_once('.').map_or(path, |(path, _)| path);
                self.narratives.push(NarrativeFile {
                    file: taken.file,
                    path: path.to_owned(),
                    series: home.series.to_owned(),
                    year: home.year,
                    front: Arc::clone(front),
                    body: body.clone(),
                });
            }
            Some(Held::Data(data)) => match &**data {
                Data::Tree(node) if home.is_of_settings(found) => {
                    settings(series, node, reader);
                }
                _ => {
                    let (file, stem) = (taken.file, stem(&found.path));
                    let data = DataFile { file, stem, data: Arc::clone(data) };
                    match home.year {
                        Some(year) => series.years.entry(year).or_default().push(data),
                        None => series.data.push(data),
                    }
                }
            },
        }
    }
}

impl Reader<'_> {
    /// Where a file belongs that is read; what is wrong where somebody may expect it to be.
    fn home<'p>(&mut self, found: &'p Found) -> Option<Home<'p>> {
        let path = &found.path;
        if OTHER_WORKBOOKS.contains(&found.ending.as_str()) {
            let place = self.place_of(path);
            let message =
                format!("workbooks of the format .{} are not read", found.ending);
            let finding = Diagnostic::new(&codes::UNSUPPORTED_WORKBOOK, place, message);
            self.add(finding.hint("save it as .xlsx"));
            return None;
        }
        if !is_read(&found.ending) {
            return None;
        }
        let home = home(path);
        if home.is_none() {
            let place = self.place_of(path);
            let message = format!("`{path}` lies in no series and is left out");
            let finding = Diagnostic::new(&codes::OUTSIDE_SERIES, place, message);
            self.add(finding.hint("move it into a folder below `content/`, its series"));
        }
        home
    }
}

impl Home<'_> {
    /// Whether a file here is that of the series' settings, where it holds a tree.
    fn is_of_settings(&self, found: &Found) -> bool {
        self.direct && self.year.is_none() && stem(&found.path) == "series"
    }
}

/// Takes the settings of a series.
fn settings(series: &mut SeriesFolder, node: &Node, reader: &mut Reader<'_>) {
    if let Some(first) = &series.settings {
        let finding = Diagnostic::new(
            &codes::REPEATED_SETTINGS,
            Place::whole(node.place.file),
            "the series has its settings in two files",
        );
        let first = Place::whole(first.place.file);
        reader.add(
            finding.related(first, "they stand here as well").hint("keep one of the two"),
        );
        return;
    }
    let value = match &node.value {
        // An empty file of YAML.
        Value::Null => Value::Table(Table::default()),
        value => value.clone(),
    };
    series.settings = Some(Node { place: node.place, value });
}

/// Where a path belongs: `content/<series>/…`, `content/<series>/<year>/…`.
fn home(path: &str) -> Option<Home<'_>> {
    let mut steps = path.split('/').skip(1);
    let series = steps.next()?;
    let second = steps.next()?;
    let rest = steps.count();
    let is_year = second.len() == 4 && second.bytes().all(|byte| byte.is_ascii_digit());
    let year: Option<Year> = if is_year && rest > 0 {
        second.parse().ok().filter(|year| *year > 0)
    } else {
        None
    };
    let direct = rest == usize::from(year.is_some());
    Some(Home { series, year, direct })
}

/// Files that programs make beside those of people: hidden ones, the locks of Office
/// (`~$x.xlsx`), the copies of editors (`x.md~`, `#x.md#`).
fn passed_over(entry: &DirEntry) -> bool {
    odd(&entry.file_name().to_string_lossy())
}

/// See [`passed_over`].
pub(super) fn odd(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
}

fn walk_trouble(error: walkdir::Error) -> Trouble {
    if error.loop_ancestor().is_some() {
        return Trouble::Special("a link to a folder above it");
    }
    let words = error.to_string();
    Trouble::System(error.into_io_error().unwrap_or_else(|| std::io::Error::other(words)))
}

/// A path below the root, with `/` on all machines.
pub(super) fn below(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    let steps: Vec<_> = path.iter().map(|step| step.to_string_lossy()).collect();
    steps.join("/")
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn ending(path: &str) -> String {
    name(path).rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase())
}

pub(super) fn stem(path: &str) -> String {
    let name = name(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}
