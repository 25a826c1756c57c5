//! One file of a press, from its bytes to what it holds. Nothing here knows of another
//! file: many are read at once, and one that has not changed need not be read again.

use std::num::NonZeroUsize;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::confine;
use super::limits::{MAX_FILE, MAX_FINDINGS, MAX_TREE};
use super::press::{Found, stem};
use super::text::{self, Encodings};
use super::{csv, front, json, toml, xlsx, yaml};
use crate::diag::Diagnostics;
use crate::diag::codes::load as codes;
use crate::source::{FileId, Place, SourceFile};
use crate::stamp::{Moment, Seen, Stamp, State};
use crate::tree::{Data, Node};
use crate::workers;

/// A file that was read, with all that was found in it.
#[derive(Debug)]
pub(super) struct Taken {
    /// Its number, to which what it holds points.
    pub file: FileId,
    /// The file, as far as it could be read.
    pub source: Arc<SourceFile>,
    /// How it stood; nothing where it could not be read.
    pub seen: Option<Seen>,
    /// When it was read.
    moment: Moment,
    /// What is wrong with it: the first findings, as a table may be wrong in a million
    /// rows.
    pub findings: Diagnostics,
    /// What it holds, where that can be understood.
    pub held: Option<Held>,
}

/// What a file holds.
#[derive(Debug, Clone)]
pub(super) enum Held {
    /// Front matter, and the bytes of the text below it.
    Narrative(Arc<Node>, Range<usize>),
    Data(Arc<Data>),
}

/// A reader of one tree format.
pub(super) type TreeParser = fn(&str, FileId, usize, &mut Diagnostics) -> Option<Node>;

pub(super) fn tree_parser(ending: &str) -> Option<TreeParser> {
    match ending {
        "toml" => Some(toml::parse),
        "yaml" | "yml" => Some(yaml::parse),
        "json" => Some(json::parse),
        _ => None,
    }
}

/// Whether files with this ending hold data or text.
pub(super) fn is_read(ending: &str) -> bool {
    tree_parser(ending).is_some() || matches!(ending, "md" | "csv" | "tsv" | "xlsx")
}

/// Files of a press as they were read before: those that stand as they did are not read
/// again. Nothing is kept before a round begins.
#[derive(Debug, Default)]
pub struct Kept {
    now: Option<Moment>,
    files: Vec<Arc<Taken>>,
}

impl Kept {
    /// Begins a round of reading, at this moment.
    pub fn begin(&mut self, now: Moment) {
        self.now = Some(now);
    }
}

/// Reads files that a walk through the press has found; they get numbers from `first` on.
pub(super) fn take_all(
    root: &Path,
    found: &[&Found],
    first: FileId,
    kept: &mut Kept,
) -> Vec<Arc<Taken>> {
    let numbered: Vec<_> = found.iter().zip(first.following()).enumerate().collect();
    let Kept { now, files } = &*kept;
    let taken = workers::each(&numbered, PORTION, |&(at, (found, file))| {
        let same = files.get(at).filter(|taken| taken.stands(root, &found.path, file));
        let take = || Arc::new(take(root, found, file, now.unwrap_or_default()));
        same.map_or_else(take, Arc::clone)
    });
    if now.is_some() {
        kept.files.clone_from(&taken);
    }
    taken
}

/// How many files are read by one worker after another.
const PORTION: NonZeroUsize = NonZeroUsize::new(32).expect("it is not 0");

impl Taken {
    /// Whether it would be read as it was: what it holds points to a number.
    fn stands(&self, root: &Path, path: &str, file: FileId) -> bool {
        let Some(Seen { path: own, state: State::File(stamp, _) }) = &self.seen else {
            return false;
        };
        own == path
            && self.file == file
            && !stamp.is_fresh(self.moment)
            && root.join(path).metadata().is_ok_and(|meta| Stamp::of(&meta) == *stamp)
    }
}

/// Reads a file that a walk through the press has found.
fn take(root: &Path, found: &Found, file: FileId, moment: Moment) -> Taken {
    let path = &found.path;
    let table = matches!(found.ending.as_str(), "csv" | "tsv" | "xlsx");
    let limit = if table { MAX_FILE } else { MAX_TREE };
    let mut findings = Diagnostics::new();
    let (source, seen, held) = match confine::read_found(&root.join(path), limit) {
        Ok((bytes, stamp)) => {
            let hash = super::hash(&bytes);
            let state = State::File(stamp, hash.clone());
            let seen = Seen { path: path.clone(), state };
            let (source, held) = understand(found, &bytes, hash, file, &mut findings);
            (source, Some(seen), held)
        }
        Err(trouble) => {
            let place = Some(Place::whole(file));
            findings.add(trouble.report(path, place, &codes::UNREADABLE_FILE));
            (SourceFile::unread(path.clone()), None, None)
        }
    };
    let (source, findings) = (Arc::new(source), first(findings));
    Taken { file, source, seen, moment, findings, held }
}

/// What the bytes of a file hold.
fn understand(
    found: &Found,
    bytes: &[u8],
    hash: String,
    file: FileId,
    diags: &mut Diagnostics,
) -> (SourceFile, Option<Held>) {
    let path = found.path.clone();
    let data = |data: Data| Held::Data(Arc::new(data));
    match found.ending.as_str() {
        "xlsx" => {
            let (sheets, grids) = match xlsx::open(bytes) {
                Ok(book) => (book.sheet_names(), Some(book.grids(file, diags))),
                Err(problem) => {
                    diags.add(problem.report(Place::whole(file)));
                    (Vec::new(), None)
                }
            };
            let source = SourceFile::new(path, String::new(), sheets, hash);
            (source, grids.map(|grids| data(Data::Grids(grids))))
        }
        "csv" | "tsv" => {
            let (text, whole) = decode(bytes, Encodings::Table, file, diags);
            let stem = stem(&path);
            let grid = whole.then(|| csv::parse(&text, file, &stem, diags)).flatten();
            let source = SourceFile::new(path, text, Vec::new(), hash);
            (source, grid.map(|grid| data(Data::Grids(vec![grid]))))
        }
        ending => {
            let (text, whole) = decode(bytes, Encodings::Utf8, file, diags);
            let held = match tree_parser(ending).filter(|_| whole) {
                Some(parse) => {
                    parse(&text, file, 0, diags).map(|node| data(Data::Tree(node)))
                }
                None if whole => front::split(&text, file, diags)
                    .map(|(front, body)| Held::Narrative(Arc::new(front), body)),
                None => None,
            };
            (SourceFile::new(path, text, Vec::new(), hash), held)
        }
    }
}

/// The text of a file, and whether that is all of it: what is wrong with it is reported.
pub(super) fn decode(
    bytes: &[u8],
    encodings: Encodings,
    file: FileId,
    diags: &mut Diagnostics,
) -> (String, bool) {
    let text::Decoded { mut text, trouble } = text::decode(bytes, encodings);
    let refused = text::replace_refused(&mut text);
    text::report_refused(&refused, file, diags);
    if let Some(trouble) = &trouble {
        diags.add(trouble.report(file, &text));
    }
    (text, trouble.is_none())
}

/// The first findings of a file.
fn first(all: Diagnostics) -> Diagnostics {
    let more = all.count_all().saturating_sub(MAX_FINDINGS);
    if more == 0 {
        return all;
    }
    let mut kept = Diagnostics::new();
    for (nth, found) in all.iter().enumerate().take(MAX_FINDINGS) {
        let last = nth + 1 == MAX_FINDINGS;
        let more = last.then(|| format!("look for {more} more in this file"));
        kept.add(found.clone().maybe_hint(more));
    }
    kept
}
