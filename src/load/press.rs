//! The walk through a press folder: which files are read, as what, and where they belong.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::again::{Kind, hash_of_names};
use super::confine::{self, Trouble};
use super::limits::{MAX_ENTRIES, MAX_FILE, MAX_FINDINGS, MAX_FOLDERS, MAX_TREE};
use super::text::{self, Encodings};
use super::{csv, front, json, templates, toml, xlsx, yaml};
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

/// Reads the folder of a press.
///
/// # Errors
/// When `annals.toml` is missing, unreadable or no TOML; everything else is still read, so
/// that its errors are reported as well. A file that cannot be read is reported and left
/// out.
pub fn folder(
    root: &Path,
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
    for entry in reader.walk("content") {
        reader.within_reason(|reader| press.take(reader, &entry));
    }
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

    /// Reads one file, of whose findings only the first ones are kept: a table may be wrong
    /// in a million rows.
    fn within_reason(&mut self, read: impl FnOnce(&mut Reader<'_>)) {
        let mut diags = Diagnostics::new();
        let Self { root, asked, .. } = *self;
        read(&mut Reader { root, sources: self.sources, diags: &mut diags, asked });
        let all = diags.iter().count();
        for (nth, found) in diags.iter().enumerate().take(MAX_FINDINGS) {
            let last = nth + 1 == MAX_FINDINGS && all > MAX_FINDINGS;
            let more = last
                .then(|| format!("look for {} more in this file", all - MAX_FINDINGS));
            self.diags.add(found.clone().maybe_hint(more));
        }
    }

    /// The place of a path that is not read, as a file of its own to point to.
    fn place_of(&mut self, path: &str) -> Place {
        self.asked.unwrap_or_else(|| {
            let file = SourceFile::new(
                path.to_owned(),
                String::new(),
                Vec::new(),
                String::new(),
            );
            Place::whole(self.sources.add(file))
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
        self.decoded(path, limit, Encodings::Utf8)
    }

    fn decoded(
        &mut self,
        path: &str,
        limit: u64,
        encodings: Encodings,
    ) -> Option<FileId> {
        let (bytes, hash) = self.bytes(path, limit)?;
        let text::Decoded { mut text, trouble } = text::decode(&bytes, encodings);
        let refused = text::replace_refused(&mut text);
        let whole = SourceFile::new(path.to_owned(), text, Vec::new(), hash);
        let file = self.sources.add(whole);
        text::report_refused(&refused, file, self.diags);
        if let Some(trouble) = trouble {
            let finding = trouble.report(file, &self.sources.get(file).text);
            self.diags.add(finding);
            return None;
        }
        Some(file)
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

    fn data(&mut self, found: &Found) -> Option<DataFile> {
        let path = &found.path;
        let stem = stem(path);
        if let Some(parse) = tree_parser(&found.ending) {
            let node = self.tree(path, parse)?;
            return Some(DataFile {
                file: node.place.file,
                stem,
                data: Data::Tree(node),
            });
        }
        if found.ending == "xlsx" {
            let (file, grids) = self.workbook(path)?;
            return Some(DataFile { file, stem, data: Data::Grids(grids) });
        }
        let file = self.decoded(path, MAX_FILE, Encodings::Table)?;
        let text = &self.sources.get(file).text;
        let grid = csv::parse(text, file, &stem, self.diags)?;
        Some(DataFile { file, stem, data: Data::Grids(vec![grid]) })
    }

    fn workbook(&mut self, path: &str) -> Option<(FileId, Vec<crate::tree::Grid>)> {
        let (bytes, hash) = self.bytes(path, MAX_FILE)?;
        let add = |sources: &mut Sources, sheets| {
            sources.add(SourceFile::new(path.to_owned(), String::new(), sheets, hash))
        };
        match xlsx::open(&bytes) {
            Ok(workbook) => {
                let file = add(self.sources, workbook.sheet_names());
                Some((file, workbook.grids(file, self.diags)))
            }
            Err(problem) => {
                let file = add(self.sources, Vec::new());
                self.diags.add(problem.report(Place::whole(file)));
                None
            }
        }
    }

    fn narrative(&mut self, found: &Found, home: &Home<'_>) -> Option<NarrativeFile> {
        let file = self.text(&found.path, MAX_TREE)?;
        let (front, body) = front::split(&self.sources.get(file).text, file, self.diags)?;
        let path = found.path.strip_prefix("content/").unwrap_or(&found.path);
        let path = path.rsplit_once('.').map_or(path, |(path, _)| path).to_owned();
        let series = home.series.to_owned();
        Some(NarrativeFile { file, path, series, year: home.year, front, body })
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

/// A reader of one tree format.
type TreeParser = fn(&str, FileId, usize, &mut Diagnostics) -> Option<Node>;

fn tree_parser(ending: &str) -> Option<TreeParser> {
    match ending {
        "toml" => Some(toml::parse),
        "yaml" | "yml" => Some(yaml::parse),
        "json" => Some(json::parse),
        _ => None,
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
    fn take(&mut self, reader: &mut Reader<'_>, found: &Found) {
        let ending = found.ending.as_str();
        let narrative = ending == "md";
        let data =
            tree_parser(ending).is_some() || matches!(ending, "csv" | "tsv" | "xlsx");
        if OTHER_WORKBOOKS.contains(&ending) {
            let place = reader.place_of(&found.path);
            let message = format!("workbooks of the format .{ending} are not read");
            let finding = Diagnostic::new(&codes::UNSUPPORTED_WORKBOOK, place, message);
            reader.add(finding.hint("save it as .xlsx"));
            return;
        }
        if !narrative && !data {
            return;
        }
        let Some(home) = home(&found.path) else {
            let place = reader.place_of(&found.path);
            let message = format!("`{}` lies in no series and is left out", found.path);
            let finding = Diagnostic::new(&codes::OUTSIDE_SERIES, place, message);
            reader
                .add(finding.hint("move it into a folder below `content/`, its series"));
            return;
        };
        let series = self.series.entry(home.series.to_owned()).or_default();
        if narrative {
            self.narratives.extend(reader.narrative(found, &home));
        } else if home.direct
            && home.year.is_none()
            && stem(&found.path) == "series"
            && let Some(parse) = tree_parser(ending)
        {
            settings(series, reader, found, parse);
        } else if let Some(file) = reader.data(found) {
            match home.year {
                Some(year) => series.years.entry(year).or_default().push(file),
                None => series.data.push(file),
            }
        }
    }
}

fn settings(
    series: &mut SeriesFolder,
    reader: &mut Reader<'_>,
    found: &Found,
    parse: TreeParser,
) {
    let Some(node) = reader.tree(&found.path, parse) else { return };
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
    series.settings = Some(match node.value {
        // An empty file of YAML.
        Value::Null => Node { value: Value::Table(Table::default()), ..node },
        _ => node,
    });
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

fn stem(path: &str) -> String {
    let name = name(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}
