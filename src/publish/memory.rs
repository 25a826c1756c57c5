//! What a build leaves for the next one (编排记录): two files of the folder `.annals` in the
//! output folder.
//!
//! `makings` is about each edition, and what stands beside them: what it was made from, and
//! how its outputs stood. `last` is about the last build as a whole: where the press and all
//! outputs stand as they did, nothing is to do. Each says only what can be checked against
//! the disk again, so that a file that is older than the outputs, or was left by a build
//! that was cut off, is never wrong; one that cannot be read is the same as none.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::disk::{self, Found};
use super::manifest::{Contents, MANIFEST};
use super::staging;
use super::trace::LastTrace;
use super::{Destination, TRACE};
use crate::card::Card;
use crate::diag::codes::publish::MEMORY_DAMAGED;
use crate::diag::{Diagnostic, Diagnostics};
use crate::stamp::{Again, Moment, Seen, Stamp, State};

/// The folder in the output folder.
pub const MEMORY: &str = ".annals";

/// The file about the last build as a whole.
const LAST: &str = "last";

/// The file about each edition.
const MAKINGS: &str = "makings";

/// What the files begin with. Builds of another program leave other keys, and need no
/// other number here unless the form changes.
const SCHEMA: &str = "annals-memory/3";

/// What they begin with, whatever their form.
const FAMILY: &str = "annals-memory/";

/// How long the SHA-256 is that they end with: of all before it, in hexadecimal.
const HASH_LENGTH: usize = 64;

/// How an edition was made. What it says of other things is to be asked again before it is
/// believed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Making {
    /// The hash of all that the edition was made from and that is known before it is made;
    /// none where its making said something, which it would have to say again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The narratives that it asked after, by path, with the output path of each.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub links: BTreeMap<String, Option<String>>,
    /// The anchors of other editions that it leads to: path and anchor.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub references: BTreeSet<(String, String)>,
    /// Its own anchors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub anchors: Vec<String>,
    /// Its pictures, and how they stood.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Seen>,
    /// The hash of what its page shows of others: its place in the site.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub frame: String,
    /// What lists say of it.
    pub card: Card,
    /// The names of the figures that it prints.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub figures: BTreeSet<String>,
    /// Its PDF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pdf: Option<MadePdf>,
    /// How its outputs stood, by path below the output folder.
    pub outputs: BTreeMap<String, State>,
}

impl Making {
    /// Whether a manifest lists the edition with these outputs and no others.
    fn is_in(&self, manifest: &Contents, edition: &str) -> bool {
        let listed = |(path, state): (&String, &State)| {
            let Some(entry) = manifest.outputs.get(path) else { return false };
            let same = matches!(state, State::File(_, hash) if *hash == entry.sha256);
            same && entry.editions.contains(edition)
        };
        manifest.editions.contains_key(edition) && self.outputs.iter().all(listed)
    }
}

/// How a PDF was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadePdf {
    /// The hash of all that Typst was given.
    pub key: String,
    /// How many pages it has.
    pub pages: usize,
}

/// How all editions were made.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// The output folder.
    folder: PathBuf,
    /// When this was written, by the clock of the disk: the moment of the outputs' stamps.
    written: Option<Moment>,
    makings: Makings,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Makings {
    /// When the build began: the moment of the pictures' stamps.
    since: Option<Moment>,
    /// The hash of what is made once for all editions, where that said nothing.
    works: Option<String>,
    /// The SHA-256 of `trace.json`, where there is one: the numbers of editions that are
    /// not made again are taken from there.
    trace: Option<String>,
    editions: BTreeMap<String, Making>,
}

impl Memory {
    /// What a watcher remembers of its last round, whose outputs it has not put anywhere.
    /// `since` is when that round began, and `works` the key of what was made once for all.
    pub fn of_round(
        since: Moment,
        works: Option<String>,
        editions: BTreeMap<String, Making>,
    ) -> Self {
        let makings = Makings { since: Some(since), works, trace: None, editions };
        Self { folder: PathBuf::new(), written: Some(since), makings }
    }

    /// What the last build left; nothing where that cannot be believed. Editions of which
    /// the manifest says otherwise are left out.
    pub(super) fn read(
        folder: &Path,
        name: &str,
        manifest: &Contents,
        trace: &LastTrace,
        diags: &mut Diagnostics,
    ) -> Self {
        if whole(folder, LAST).is_err() {
            diags.add(damaged(name, LAST));
        }
        match open::<Makings>(folder, MAKINGS) {
            Ok(None) => Self::default(),
            Ok(Some(Opened { value: mut makings, written, .. }))
                if makings.trace.as_ref() == trace.hash() =>
            {
                makings
                    .editions
                    .retain(|edition, making| making.is_in(manifest, edition));
                Self { folder: folder.to_owned(), written: Some(written), makings }
            }
            // What is said of the numbers in print was lost or changed.
            Ok(Some(_)) => Self::default(),
            Err(()) => {
                diags.add(damaged(name, MAKINGS));
                Self::default()
            }
        }
    }

    /// Whether it is of the outputs and the trace that stand.
    pub(super) fn is_whole(&self) -> bool {
        self.written.is_some()
    }

    /// Whether what is made once for all editions was made from the same, and said nothing.
    pub fn has_works(&self, key: &str) -> bool {
        self.makings.works.as_deref() == Some(key)
    }

    /// How an edition was made.
    pub fn making(&self, edition: &str) -> Option<&Making> {
        self.makings.editions.get(edition)
    }

    /// How an edition was made, for a build that has not looked at it.
    pub(super) fn settled(&self, edition: &str) -> Option<Making> {
        let (written, since) = (self.written.unwrap_or_default(), self.since());
        let mut making = self.making(edition)?.clone();
        making.outputs.values_mut().for_each(|state| state.settle(written));
        making.pictures.iter_mut().for_each(|seen| seen.state.settle(since));
        Some(making)
    }

    /// When the build began that the stamps of pictures are of.
    pub fn since(&self) -> Moment {
        self.makings.since.unwrap_or_default()
    }

    /// Whether all outputs of an edition stand as it left them; their stamps are brought up
    /// to date.
    pub fn stands(&self, making: &mut Making) -> bool {
        let Some(written) = self.written else { return false };
        let mut outputs = making.outputs.iter_mut();
        outputs.all(|(path, state)| {
            look(&self.folder, path, state, written) != Again::Changed
        })
    }

    /// The bytes of an output, where it stands as an edition left it.
    pub fn output(&self, making: &Making, path: &str) -> Option<Vec<u8>> {
        let State::File(_, hash) = making.outputs.get(path)? else { return None };
        match disk::look(&self.folder.join(path)) {
            Ok(Found::File(bytes)) if disk::sha256(&bytes) == *hash => Some(bytes),
            _ => None,
        }
    }
}

/// Looks how an output stands.
fn look(folder: &Path, path: &str, state: &mut State, since: Moment) -> Again {
    let whole = folder.join(path);
    if !disk::is_plain(path) {
        return Again::Changed;
    }
    // Outputs are files, never links to some.
    let found = std::fs::symlink_metadata(&whole);
    state.again(found, since, || Some(disk::sha256(&disk::read(&whole).ok()?)))
}

/// What a build has learnt for the next one.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// When the build began, before anything was read.
    pub since: Moment,
    /// The hash of what is made once for all editions, where that said nothing.
    pub works: Option<String>,
    /// Where the build was whole and said nothing.
    pub whole: Option<Whole>,
}

/// A build that was whole and said nothing.
#[derive(Debug, Clone)]
pub struct Whole {
    /// The hash of what was asked for: arguments, environment, program.
    pub ask: String,
    /// How many editions were made.
    pub editions: usize,
    /// How everything of the press stood that was looked at before editions were made.
    pub seen: Vec<Seen>,
}

/// The last build as a whole.
#[derive(Debug)]
pub struct Last {
    record: Record,
    /// How everything was made, when that has been asked for.
    makings: Makings,
    folder: PathBuf,
    // Nobody builds while this is looked at.
    _lock: std::fs::File,
}

#[derive(Debug, Serialize, Deserialize)]
struct Record {
    ask: String,
    since: Moment,
    editions: usize,
    /// How many outputs it made or found as they should be.
    outputs: usize,
    seen: Vec<Seen>,
    /// Manifest and trace, and outputs of which it is not known how they were made.
    made: Vec<Seen>,
    /// The hash of the file about all others.
    makings: String,
}

impl Last {
    /// The last build, where it was whole, said nothing, was asked for the same, and
    /// nothing is left to clear away. Nobody else builds as long as the value is kept.
    pub fn read(destination: &Destination, ask: &str) -> Option<Self> {
        let (folder, name) = (&destination.folder, &destination.name);
        if let Some(inside) = &destination.inside {
            disk::check_inside(inside, folder, name).ok()?;
        }
        let folder = folder.canonicalize().ok()?;
        let lock = staging::lock_at_once(&folder)?;
        let record = open::<Record>(&folder, LAST).ok()??.value;
        let tidy = staging::leftovers(&folder).is_ok_and(|left| left.is_empty());
        let makings = Makings::default();
        let last = Self { record, makings, folder, _lock: lock };
        (last.record.ask == ask && tidy).then_some(last)
    }

    /// How many editions and outputs there are.
    pub fn counts(&self) -> (usize, usize) {
        (self.record.editions, self.record.outputs)
    }

    /// How everything of the press stood, and when.
    pub fn seen(&mut self) -> (&mut [Seen], Moment) {
        (&mut self.record.seen, self.record.since)
    }

    /// Whether the outputs stand as they did.
    pub fn outputs(&mut self) -> Again {
        let Ok(Some(opened)) = open::<Makings>(&self.folder, MAKINGS) else {
            return Again::Changed;
        };
        if opened.hash != self.record.makings {
            return Again::Changed;
        }
        self.makings = opened.value;
        let made = self.record.made.iter_mut().map(|seen| (&seen.path, &mut seen.state));
        let known = self.makings.editions.values_mut();
        let mut all: Vec<(&String, &mut State)> =
            made.chain(known.flat_map(|making| &mut making.outputs)).collect();
        let folder = &self.folder;
        Again::of_all(&mut all, |(path, state)| look(folder, path, state, opened.written))
    }

    /// Keeps the stamps that were found now. Where that fails the next build looks closer
    /// again.
    pub fn refresh(mut self, since: Moment) {
        self.record.since = since;
        let Ok(beside) = staging::beside(&self.folder) else { return };
        // Only time is lost where this fails.
        let _ =
            save(&self.folder, MAKINGS, &self.makings, beside.path()).and_then(|hash| {
                self.record.makings = hash;
                save(&self.folder, LAST, &self.record, beside.path())
            });
    }
}

/// What `finish` knows of the outputs.
pub(super) struct Finished<'a> {
    /// The output folder.
    pub(super) folder: &'a Path,
    /// The staging folder.
    pub(super) staging: &'a Path,
    /// The SHA-256 of each output.
    pub(super) outputs: BTreeMap<&'a str, &'a str>,
    /// How many of them the build made or found as they should be.
    pub(super) told: usize,
    /// The SHA-256 of the manifest.
    pub(super) manifest: String,
    /// The SHA-256 of the trace, where there is one.
    pub(super) trace: Option<String>,
}

impl Finished<'_> {
    /// How an output stands that is known to be whole.
    pub(super) fn state(&self, path: &str) -> Option<State> {
        let hash = *self.outputs.get(path)?;
        Some(State::File(self.stamp(path)?, hash.to_owned()))
    }

    fn stamp(&self, path: &str) -> Option<Stamp> {
        let meta = std::fs::symlink_metadata(self.folder.join(path)).ok()?;
        meta.is_file().then(|| Stamp::of(&meta))
    }

    /// Writes what the next build may know.
    pub(super) fn save(
        self,
        mut editions: BTreeMap<String, Making>,
        lesson: Option<Lesson>,
    ) -> std::io::Result<()> {
        let Some(Lesson { since, works, whole }) = lesson else {
            return forget(self.folder);
        };
        for making in editions.values_mut() {
            // Those that were written now.
            for (path, state) in &mut making.outputs {
                if *state == State::Nothing {
                    *state = self.state(path).unwrap_or(State::Nothing);
                }
            }
        }
        let trace = self.trace.clone();
        let makings = Makings { since: Some(since), works, trace, editions };
        let hash = save(self.folder, MAKINGS, &makings, self.staging)?;
        match whole.and_then(|whole| self.record(&makings, hash, since, whole)) {
            Some(record) => save(self.folder, LAST, &record, self.staging).map(drop),
            None => remove(&self.folder.join(MEMORY).join(LAST)),
        }
    }

    fn record(
        &self,
        makings: &Makings,
        hash: String,
        since: Moment,
        whole: Whole,
    ) -> Option<Record> {
        let Whole { ask, editions: count, mut seen } = whole;
        let known = makings.editions.values().flat_map(|making| making.outputs.keys());
        let known: BTreeSet<&str> = known.map(String::as_str).collect();
        let pictures = makings.editions.values().flat_map(|making| &making.pictures);
        seen.extend(pictures.cloned());
        seen.sort_by(|one, other| one.path.cmp(&other.path));
        seen.dedup();
        let mut made = Vec::new();
        for &path in self.outputs.keys().filter(|path| !known.contains(**path)) {
            made.push(Seen { path: path.to_owned(), state: self.state(path)? });
        }
        for (path, hash) in
            [(MANIFEST, Some(&self.manifest)), (TRACE, self.trace.as_ref())]
        {
            let state = match hash {
                Some(hash) => State::File(self.stamp(path)?, hash.clone()),
                None => State::Nothing,
            };
            made.push(Seen { path: path.to_owned(), state });
        }
        let (outputs, makings) = (self.told, hash);
        Some(Record { ask, since, editions: count, outputs, seen, made, makings })
    }
}

/// The file that says how long things took, unless another one is named.
const TIMINGS: &str = "timings.json";

/// Writes how long a build took beside what it left for the next; gives the path for
/// messages.
///
/// # Errors
/// When the machine refuses.
pub fn put_timings(
    destination: &Destination,
    bytes: &[u8],
) -> Result<String, Diagnostic> {
    let shown = format!("{}/{MEMORY}/{TIMINGS}", destination.name);
    let folder = destination.folder.join(MEMORY);
    if let Some(inside) = &destination.inside {
        disk::check_inside(inside, &folder, &shown)?;
    }
    let refused = |error| disk::blame("write", &shown, &error);
    disk::make_folder(&folder).map_err(refused)?;
    let through = folder.join(format!(".{TIMINGS}"));
    disk::replace_soon(&folder.join(TIMINGS), &through, bytes).map_err(refused)?;
    Ok(shown)
}

/// Writes a file that the user has named, over one that is there.
///
/// # Errors
/// When the machine refuses.
pub fn put_trace(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    let shown = path.display().to_string();
    disk::overwrite(path, bytes).map_err(|error| disk::blame("write", &shown, &error))
}

/// Removes what the last build left for the next.
pub(super) fn forget(folder: &Path) -> std::io::Result<()> {
    let memory = folder.join(MEMORY);
    remove(&memory.join(LAST))?;
    remove(&memory.join(MAKINGS))?;
    remove(&memory.join(super::links::LINKS))?;
    remove(&memory.join(TIMINGS))?;
    disk::remove_empty(&memory, folder);
    Ok(())
}

fn remove(path: &Path) -> std::io::Result<()> {
    match disk::look(path)? {
        Found::File(_) => disk::remove(path),
        Found::Nothing | Found::Other => Ok(()),
    }
}

/// One of the files as it was read.
struct Opened<T> {
    value: T,
    /// When it was written.
    written: Moment,
    /// Its hash.
    hash: String,
}

/// Reads one of the files; `Err` where it is not whole.
fn open<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<Option<Opened<T>>, ()> {
    let Some((bytes, hash)) = whole(folder, name)? else { return Ok(None) };
    let meta = std::fs::metadata(folder.join(MEMORY).join(name));
    let written = meta.and_then(|meta| meta.modified()).map_err(drop)?;
    // A whole file in another form is that of another program.
    let value = serde_json::from_slice(body(&bytes)).ok();
    Ok(value.map(|value| Opened { value, written: Moment::from(written), hash }))
}

/// The bytes of one of the files without the hash at their end, and that; none where there
/// is none of this form.
fn whole(folder: &Path, name: &str) -> Result<Option<(Vec<u8>, String)>, ()> {
    let path = folder.join(MEMORY).join(name);
    let mut bytes = match disk::look(&path) {
        Ok(Found::Nothing) => return Ok(None),
        Ok(Found::File(bytes)) => bytes,
        Ok(Found::Other) | Err(_) => return Err(()),
    };
    disk::check_inside(folder, &path, name).map_err(drop)?;
    let schema = bytes.split(|&byte| byte == b'\n').next();
    if schema != Some(SCHEMA.as_bytes()) {
        return if bytes.starts_with(FAMILY.as_bytes()) { Ok(None) } else { Err(()) };
    }
    let end = bytes.len().checked_sub(HASH_LENGTH).ok_or(())?;
    let hash = bytes.split_off(end);
    let own = disk::sha256(&bytes);
    if own.as_bytes() == hash { Ok(Some((bytes, own))) } else { Err(()) }
}

/// What comes after the first line.
fn body(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|&byte| byte == b'\n');
    end.map_or(&[], |end| &bytes[end + 1..])
}

/// Writes one of the files; gives its hash.
fn save<T: Serialize>(
    folder: &Path,
    name: &str,
    value: &T,
    staging: &Path,
) -> std::io::Result<String> {
    let (target, through) = (folder.join(MEMORY).join(name), staging.join(name));
    disk::make_folder(&folder.join(MEMORY))?;
    let mut out = disk::Prepared::create(&through)?;
    writeln!(out, "{SCHEMA}")?;
    serde_json::to_writer(&mut out, value)?;
    let (mut file, hash) = out.end()?;
    file.write_all(hash.as_bytes())?;
    // Nobody waits until it is on the disk: what is damaged then is known to be.
    disk::rename(&through, &target)?;
    Ok(hash)
}

fn damaged(folder: &str, name: &str) -> Diagnostic {
    let message = format!(
        "`{folder}/{MEMORY}/{name}` is damaged, so that all editions are made again"
    );
    Diagnostic::new(&MEMORY_DAMAGED, None, message)
}
