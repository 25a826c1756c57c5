//! Puts finished publications into the output folder: the only writer.
//!
//! What it promises:
//! - a publication's files are complete in a staging folder before the first of them
//!   takes its place; when one cannot, the others are put back;
//! - a failed or interrupted build leaves the last good output as it was; what was cut
//!   off in the middle of a publication is finished by the next run from a journal;
//! - bytes that have not changed are not written;
//! - `trace.json` says where every number comes from;
//! - `manifest.json` is written last and names every output with its hash and inputs;
//! - only files that the last manifest lists are overwritten or removed;
//! - one build at a time: a lock holds the others off;
//! - nothing is written outside the folder, also through symbolic links.

mod amend;
mod artifact;
mod copies;
mod destination;
mod disk;
mod fate;
mod links;
mod manifest;
mod memory;
mod parcel;
mod plant;
mod staging;
mod trace;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use amend::amend;
pub use artifact::Artifact;
pub use destination::Destination;
pub use links::{Links, keep_links, last_links};
pub use manifest::{Contents, Entry, MANIFEST, Manifest, Origin, SCHEMA};
pub use memory::{
    Last, Lesson, MEMORY, MadePdf, Making, Memory, Whole, put_timings, put_trace,
};
pub use parcel::{Packer, Parcel};
pub use plant::{NewFile, plant};
pub use trace::{LastTrace, TRACE, last_trace};

use self::disk::Found;
use self::manifest::{Intent, Ready};
use self::staging::Staging;
use self::trace::{Printed, Spool};
use crate::card::Card;
use crate::diag::codes::publish::{
    CHANGED_OUTPUT, ENVIRONMENT, FOREIGN_OUTPUT, OUTPUT_OUTSIDE,
};
use crate::diag::{Diagnostic, Diagnostics, Reported};
use crate::stamp::State;
use crate::trace::Number;

/// An edition in all its formats, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The edition's path: `baoji/2020/ten-events`.
    pub edition: String,
    /// Its files.
    pub artifacts: Vec<Artifact>,
    /// What it was made from.
    pub inputs: Inputs,
    /// The numbers in it, with where they come from.
    pub numbers: Vec<Number>,
    /// What lists say of it.
    pub card: Card,
}

/// A file that a publication was made from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// Path below the press root; built-in templates begin with `annals:`.
    pub path: String,
    /// SHA-256, lower-case hexadecimal.
    pub hash: String,
}

/// What a publication was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inputs {
    /// What it alone was made from.
    pub own: Vec<Input>,
    /// What many were made from: the templates of a kind, the data of a record.
    pub shared: Vec<Arc<InputSet>>,
    /// What the next build may know of its making.
    pub making: Option<Box<Making>>,
}

/// Inputs that publications share: the manifest names them once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputSet {
    id: String,
    inputs: BTreeMap<String, String>,
}

impl InputSet {
    /// A set of these inputs. Its id follows from them, so that two builds never mean
    /// different inputs by one id.
    pub fn new(inputs: impl IntoIterator<Item = Input>) -> Self {
        let inputs: BTreeMap<String, String> =
            inputs.into_iter().map(|input| (input.path, input.hash)).collect();
        let lines = inputs.iter().map(|(path, hash)| format!("{hash} {path}\n"));
        let mut id = disk::sha256(lines.collect::<String>().as_bytes());
        id.truncate(16);
        Self { id, inputs }
    }
}

/// What happens to outputs of the last build that this one did not make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sweep {
    /// They are removed: everything was built, and they no longer belong to the press.
    Remove,
    /// They are kept: only a part was built, or something is wrong with the press.
    Keep,
}

/// What a build did to the output folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Outputs written, by path.
    pub written: BTreeSet<String>,
    /// Outputs that were as they should be already.
    pub unchanged: BTreeSet<String>,
    /// Outputs removed.
    pub removed: BTreeSet<String>,
}

/// An output folder that is being written to by us alone.
#[derive(Debug)]
pub struct Output {
    staging: Staging,
    name: String,
    /// What the last build wrote.
    previous: Arc<Contents>,
    /// The numbers that it printed.
    last_trace: LastTrace,
    /// What it left for this one.
    memory: Arc<Memory>,
    /// How editions were made that this build made, or left as they stand.
    makings: BTreeMap<String, Making>,
    /// The editions that this build made.
    made: BTreeSet<String>,
    lesson: Option<Lesson>,
    /// What this build made.
    current: Contents,
    /// The numbers that this build printed.
    trace: Spool,
    /// Editions that failed: their last outputs stay.
    failed: BTreeSet<String>,
    /// Editions whose last outputs go, whatever else stays.
    withdrawn: BTreeSet<String>,
    /// Whether compressed copies lie beside the outputs.
    copies: bool,
    /// The folders below the output folder that lead nowhere else.
    inside: BTreeSet<PathBuf>,
    report: Report,
    /// The machine failed us once: nothing more is tried.
    broken: Option<Reported>,
}

impl Output {
    /// Opens the output folder, waits for other builds to end, and finishes or clears
    /// away what an interrupted one has left.
    ///
    /// # Errors
    /// When the folder cannot be made or leads outside, or another build does not end.
    pub fn open(
        destination: &Destination,
        diags: &mut Diagnostics,
    ) -> Result<Self, Reported> {
        let opened =
            staging::open(destination, diags).map_err(|found| diags.add(found))?;
        let (staging, previous) = opened;
        let last_trace = LastTrace::read(&staging.folder);
        let trace = staging.spool();
        let (folder, name) = (&staging.folder, &destination.name);
        let memory = Arc::new(Memory::read(folder, name, &previous, &last_trace, diags));
        Ok(Self {
            staging,
            name: destination.name.clone(),
            previous: Arc::new(previous),
            last_trace,
            memory,
            makings: BTreeMap::new(),
            made: BTreeSet::new(),
            lesson: None,
            current: Contents::default(),
            trace,
            failed: BTreeSet::new(),
            withdrawn: BTreeSet::new(),
            copies: false,
            inside: BTreeSet::new(),
            report: Report::default(),
            broken: None,
        })
    }

    /// Makes publications ready for [`Self::put`], on any thread.
    pub fn packer(&self) -> Packer {
        let (folder, previous) =
            (self.staging.folder.clone(), Arc::clone(&self.previous));
        Packer { folder, previous, copies: self.copies }
    }

    /// Puts a publication into its place: all its files, or none. Two editions may share
    /// a file of the same bytes.
    ///
    /// # Errors
    /// When a file of someone else stands in the way, or the machine refuses.
    pub fn put(
        &mut self,
        parcel: Parcel,
        diags: &mut Diagnostics,
    ) -> Result<(), Reported> {
        let edition = parcel.edition.clone();
        let done = match self.broken {
            Some(reported) => Err(reported),
            None => self.try_put(parcel, diags),
        };
        if done.is_err() {
            self.keep(&edition);
        }
        done
    }

    /// Puts compressed copies beside what is packed from now on.
    pub fn add_copies(&mut self) {
        self.copies = true;
    }

    /// What the last build left for this one.
    pub fn memory(&self) -> Arc<Memory> {
        Arc::clone(&self.memory)
    }

    /// Forgets what the last build left: all editions are to be made again.
    pub fn forget(&mut self) {
        self.memory = Arc::default();
    }

    /// Leaves an edition as an earlier build made it: its outputs stand.
    ///
    /// # Errors
    /// When the last build did not make it, or another edition has claimed one of its
    /// outputs meanwhile.
    pub fn stand(
        &mut self,
        edition: &str,
        making: Making,
        diags: &mut Diagnostics,
    ) -> Result<(), Reported> {
        let done = self.try_stand(edition, making).map_err(|found| diags.add(found));
        if done.is_err() {
            self.keep(edition);
        }
        done
    }

    fn try_stand(&mut self, edition: &str, making: Making) -> Result<(), Diagnostic> {
        let Some(origin) = self.previous.editions.get(edition) else {
            let message = format!("the last build did not make `{edition}`");
            return Err(Diagnostic::new(&CHANGED_OUTPUT, None, message));
        };
        for path in making.outputs.keys() {
            let Some(last) = self.previous.outputs.get(path) else { continue };
            let other = self.current.outputs.get(path);
            if let Some(other) = other.filter(|other| other.sha256 != last.sha256) {
                return Err(claimed(&format!("{}/{path}", self.name), other));
            }
            self.current.add(path, last.sha256.clone(), last.size, edition);
            self.report.unchanged.insert(path.clone());
        }
        self.current.editions.insert(edition.to_owned(), origin.clone());
        self.makings.insert(edition.to_owned(), making);
        Ok(())
    }

    /// The owners of the outputs that the last build left: editions by their paths, and what
    /// stands beside them.
    pub fn last_editions(&self) -> BTreeSet<String> {
        self.previous.editions.keys().cloned().collect()
    }

    /// The numbers that the last build printed.
    pub fn last_trace(&self) -> LastTrace {
        self.last_trace.clone()
    }

    /// Tells the next build of this one; without it the next build makes all again.
    pub fn teach(&mut self, lesson: Lesson) {
        self.lesson = Some(lesson);
    }

    /// The hash of an output that stands.
    pub fn hash(&self, path: &str) -> Option<&str> {
        self.current.outputs.get(path).map(|entry| entry.sha256.as_str())
    }

    /// The text of an output that stands.
    pub fn text(&self, path: &str) -> Option<String> {
        self.hash(path)?;
        let bytes = disk::read(&self.staging.folder.join(path)).ok()?;
        String::from_utf8(bytes).ok()
    }

    /// Removes what no longer belongs to the press, and writes the manifest.
    ///
    /// # Errors
    /// When the machine refuses.
    pub fn finish(
        mut self,
        sweep: Sweep,
        diags: &mut Diagnostics,
    ) -> Result<Report, Reported> {
        let keep_all = sweep == Sweep::Keep || self.broken.is_some();
        let mut contents = self.current;
        let previous = Arc::unwrap_or_clone(self.previous);
        for (path, last) in previous.outputs {
            let kept: BTreeSet<String> = last
                .editions
                .iter()
                .filter(|&edition| keep_all || self.failed.contains(edition))
                .filter(|&edition| !self.withdrawn.contains(edition))
                .cloned()
                .collect();
            if let Some(entry) = contents.outputs.get_mut(&path) {
                entry.editions.extend(kept);
            } else if !kept.is_empty() {
                if self.staging.folder.join(&path).is_file() {
                    contents.outputs.insert(path, Entry { editions: kept, ..last });
                }
            } else if remove_output(
                &self.staging.folder,
                &self.name,
                &path,
                &last,
                diags,
            )? {
                self.report.removed.insert(path);
            }
        }
        let standing: BTreeSet<&String> =
            contents.outputs.values().flat_map(|entry| &entry.editions).collect();
        for (edition, origin) in previous.editions {
            if standing.contains(&edition) {
                contents.editions.entry(edition).or_insert(origin);
            }
        }
        contents.sets.extend(previous.sets);
        let named: BTreeSet<&String> =
            contents.editions.values().flat_map(|origin| &origin.sets).collect();
        contents.sets.retain(|id, _| named.contains(id));
        let standing: BTreeSet<String> = contents.editions.keys().cloned().collect();
        let printed = Printed {
            trace: &self.trace,
            made: &self.made,
            standing: &standing,
            last: &self.last_trace,
            known: self.memory.is_whole(),
        };
        // Editions that were not meant stand as they did.
        let mut makings = self.makings;
        for edition in standing.difference(&self.made) {
            if !makings.contains_key(edition) {
                let making = self.memory.settled(edition);
                makings.extend(making.map(|making| (edition.clone(), making)));
            }
        }
        let manifest = Manifest::new(contents);
        // A file of two editions is written for the one and as it should be for the other.
        let Report { written, unchanged, .. } = &mut self.report;
        unchanged.retain(|path| !written.contains(path));
        let told = written.len() + unchanged.len();
        let lesson = self.lesson.filter(|_| self.broken.is_none());
        self.staging
            .finish(&manifest, &printed, makings, told, lesson)
            .map_err(|found| diags.add(found))?;
        match self.broken {
            Some(reported) => Err(reported),
            None => Ok(self.report),
        }
    }

    fn try_put(
        &mut self,
        parcel: Parcel,
        diags: &mut Diagnostics,
    ) -> Result<(), Reported> {
        let Parcel { edition, artifacts, inputs, numbers } = parcel;
        let mut files = Vec::new();
        let mut unchanged = Vec::new();
        let mut refused = None;
        for artifact in &artifacts {
            let (path, sha256) = (artifact.path.clone(), artifact.sha256().to_owned());
            let size = artifact.bytes().len() as u64;
            match self.prepare(artifact, diags) {
                Ok(Some(staged)) => files.push(Ready { staged, path, sha256, size }),
                Ok(None) => unchanged.push((path, sha256, size)),
                Err(found) => refused = Some(self.refuse(found, diags)),
            }
        }
        if let Some(reported) = refused {
            return Err(reported);
        }
        if let Some(numbers) = numbers {
            let laid = self.trace.add(&edition, &numbers);
            let blame = |error| disk::blame("write", &self.name, &error);
            laid.map_err(blame).map_err(|found| self.refuse(found, diags))?;
        }
        let Inputs { own, shared, making } = inputs;
        let origin = Origin {
            inputs: own.into_iter().map(|one| (one.path, one.hash)).collect(),
            sets: shared.iter().map(|set| set.id.clone()).collect(),
        };
        let mut sets = BTreeMap::new();
        for set in shared.iter().filter(|set| !self.current.sets.contains_key(&set.id)) {
            sets.insert(set.id.clone(), set.inputs.clone());
        }
        self.current.sets.extend(sets.clone());
        let intent = Intent { edition, origin, sets, files };
        if !intent.files.is_empty() {
            let committed = self.staging.commit(&intent);
            committed.map_err(|found| self.refuse(found, diags))?;
        }
        let Intent { edition, origin, files, .. } = intent;
        for (path, sha256, size) in unchanged {
            self.current.add(&path, sha256, size, &edition);
            self.report.unchanged.insert(path);
        }
        for file in files {
            self.current.add(&file.path, file.sha256, file.size, &edition);
            self.report.written.insert(file.path);
        }
        self.made.insert(edition.clone());
        if let Some(mut making) = making {
            let outputs = artifacts.into_iter().map(|one| (one.path, State::Nothing));
            making.outputs = outputs.collect();
            self.makings.insert(edition.clone(), *making);
        }
        self.current.editions.insert(edition, origin);
        Ok(())
    }

    /// Writes an artifact to the staging folder, if it differs from what stands there;
    /// gives its name in the staging folder.
    fn prepare(
        &mut self,
        artifact: &Artifact,
        diags: &mut Diagnostics,
    ) -> Result<Option<String>, Diagnostic> {
        let shown = format!("{}/{}", self.name, artifact.path);
        if !disk::is_plain(&artifact.path) {
            let message = format!("`{shown}` is no path below the output folder");
            return Err(Diagnostic::new(&OUTPUT_OUTSIDE, None, message));
        }
        let target = self.staging.folder.join(&artifact.path);
        if let Some(parent) = target.parent().filter(|&one| !self.inside.contains(one)) {
            disk::check_inside(&self.staging.folder, parent, &shown)?;
            self.inside.insert(parent.to_owned());
        }
        if let Some(other) = self.current.outputs.get(&artifact.path) {
            return if other.sha256 == artifact.sha256() {
                Ok(None)
            } else {
                Err(claimed(&shown, other))
            };
        }
        let found = disk::look(&target)
            .map_err(|error| disk::blame("look at", &shown, &error))?;
        match (found, self.previous.outputs.get(&artifact.path)) {
            (Found::File(bytes), _) if bytes == artifact.bytes() => return Ok(None),
            (Found::File(bytes), Some(last)) => {
                if disk::sha256(&bytes) != last.sha256 {
                    let message = format!(
                        "`{shown}` was changed since annals wrote it, and is replaced"
                    );
                    diags.add(
                        Diagnostic::new(&CHANGED_OUTPUT, None, message)
                            .hint("keep a changed output outside the output folder"),
                    );
                }
            }
            (Found::Nothing, _) => {}
            (Found::File(_) | Found::Other, _) => {
                let message =
                    format!("`{shown}` stands there and was not written by annals");
                return Err(Diagnostic::new(&FOREIGN_OUTPUT, None, message)
                    .hint("move it away, or rename the narrative"));
            }
        }
        let staged = self.staging.stage(artifact.bytes());
        staged.map(Some).map_err(|error| disk::blame("write", &shown, &error))
    }

    /// Reports what stopped a publication; what the machine refused once is not tried
    /// again, or a full disk would be reported for each of a thousand editions.
    fn refuse(&mut self, found: Diagnostic, diags: &mut Diagnostics) -> Reported {
        let environment = ENVIRONMENT.contains(&found.code);
        let reported = diags.add(found);
        if environment {
            self.broken = Some(reported);
        }
        reported
    }
}

fn claimed(shown: &str, other: &Entry) -> Diagnostic {
    let editions: Vec<&str> = other.editions.iter().map(String::as_str).collect();
    let editions = editions.join("`, `");
    let message = format!("`{shown}` was written for edition `{editions}` already");
    Diagnostic::new(&FOREIGN_OUTPUT, None, message)
        .hint("rename one of the two narratives")
}

/// The owners of the outputs that the last build left: editions by their paths, and what
/// stands beside them.
pub fn last_editions(destination: &Destination) -> BTreeSet<String> {
    Manifest::last_editions(&destination.folder)
}

/// Removes every file that the manifest lists, then the manifest; gives their paths.
/// Nothing is removed where the manifest is damaged.
///
/// # Errors
/// When the machine refuses, or another build is under way.
pub fn clean(
    destination: &Destination,
    diags: &mut Diagnostics,
) -> Result<BTreeSet<String>, Reported> {
    if !destination.folder.is_dir() {
        return Ok(BTreeSet::new());
    }
    let output = Output::open(destination, diags)?;
    if output.staging.damaged {
        return Ok(BTreeSet::new());
    }
    let folder = output.staging.folder.clone();
    let report = output.finish(Sweep::Remove, diags)?;
    let refused = |error| disk::blame("remove", &destination.name, &error);
    memory::forget(&folder).map_err(|error| diags.add(refused(error)))?;
    let shown = format!("{}/{MANIFEST}", destination.name);
    disk::remove(&folder.join(MANIFEST))
        .map_err(|error| diags.add(disk::blame("remove", &shown, &error)))?;
    Ok(report.removed)
}

/// Removes an output of the last build, unless someone changed it since; says whether it
/// did.
fn remove_output(
    folder: &Path,
    name: &str,
    path: &str,
    entry: &Entry,
    diags: &mut Diagnostics,
) -> Result<bool, Reported> {
    let target = folder.join(path);
    let shown = format!("{name}/{path}");
    let parent = target.parent().unwrap_or(folder);
    disk::check_inside(folder, parent, &shown).map_err(|found| diags.add(found))?;
    let refused = |error| disk::blame("remove", &shown, &error);
    match disk::look(&target).map_err(|error| diags.add(refused(error)))? {
        Found::Nothing => Ok(false),
        Found::File(bytes) if disk::sha256(&bytes) == entry.sha256 => {
            disk::remove(&target).map_err(|error| diags.add(refused(error)))?;
            disk::remove_empty(parent, folder);
            Ok(true)
        }
        Found::File(_) | Found::Other => {
            let message = format!(
                "`{shown}` no longer belongs to the press, and is kept because it was \
                 changed since annals wrote it"
            );
            diags.add(
                Diagnostic::new(&CHANGED_OUTPUT, None, message)
                    .hint("remove it, if nobody needs it"),
            );
            Ok(false)
        }
    }
}

#[cfg(test)]
mod tests;
