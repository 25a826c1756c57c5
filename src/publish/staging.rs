//! The staging folder, its journal, and the lock.

use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::io::{self, Write as _};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use super::Destination;
use super::disk::{self, Found};
use super::manifest::{
    Contents, Intent, JOURNAL, MANIFEST, Manifest, Ready, parse_journal,
};
use super::memory::{Finished, Lesson, MEMORY, Making};
use super::trace::{Printed, Spool, TRACE};
use crate::diag::codes::publish::{MANIFEST_DAMAGED, OUTPUT_LOCKED};
use crate::diag::{Diagnostic, Diagnostics};

/// How the names of staging folders begin.
const PREFIX: &str = ".annals-staging-";

/// The lock's name in the output folder. The file stays: removing it would let a third
/// build lock a new file of this name while a second one waits for the old.
const LOCK: &str = ".annals.lock";

/// The journal's name in the staging folder.
const JOURNAL_FILE: &str = "journal";

/// The name of the numbers in print in the staging folder.
const SPOOL: &str = "numbers";

/// How long to sleep between two looks at the lock.
const LOCK_PAUSE: Duration = Duration::from_millis(50);

/// What a file was moved to.
enum Moved {
    /// Nothing stood there.
    IntoFreePlace,
    /// There is a backup of what stood there.
    OverAnother,
}

/// A folder inside the output folder in which files are made ready; it goes when the
/// value goes, and the lock with it.
#[derive(Debug)]
pub(super) struct Staging {
    /// The output folder, canonical.
    pub(super) folder: PathBuf,
    /// What messages call the output folder.
    name: String,
    /// Whether there is a manifest that cannot be read.
    pub(super) damaged: bool,
    /// The SHA-256 of the manifest that stands there.
    last: Option<String>,
    counter: usize,
    journal: File,
    // Fields are dropped in order: the staging folder before the lock.
    staging: TempDir,
    _lock: File,
}

/// Opens the output folder for writing; gives what the last build wrote as well.
pub(super) fn open(
    destination: &Destination,
    diags: &mut Diagnostics,
) -> Result<(Staging, Contents), Diagnostic> {
    let (folder, name) = (&destination.folder, &destination.name);
    if let Some(inside) = &destination.inside {
        disk::check_inside(inside, folder, name)?;
    }
    let refused = |error| disk::blame("write to", name, &error);
    disk::make_folder(folder).map_err(refused)?;
    let folder = folder.canonicalize().map_err(refused)?;
    let lock = lock(&folder, name, destination.patience)?;
    let last = last_outputs(&folder, name, diags);
    let damaged = last.is_none();
    let (mut previous, mut last) = last.unwrap_or_default();
    recover(&folder, name, &mut previous, &mut last)?;
    let staging = beside(&folder).map_err(refused)?;
    let mut journal =
        File::create_new(staging.path().join(JOURNAL_FILE)).map_err(refused)?;
    writeln!(journal, "{JOURNAL}").map_err(refused)?;
    let staging = Staging {
        folder,
        name: name.clone(),
        damaged,
        last,
        counter: 0,
        journal,
        staging,
        _lock: lock,
    };
    Ok((staging, previous))
}

impl Staging {
    /// Makes a file ready; gives its name.
    pub(super) fn stage(&mut self, bytes: &[u8]) -> io::Result<String> {
        let name = format!("new-{}", self.counter);
        self.counter += 1;
        disk::create_in_place(&self.staging.path().join(&name), bytes)?;
        Ok(name)
    }

    /// Where the numbers in print lie until all are known.
    pub(super) fn spool(&self) -> Spool {
        Spool::new(self.staging.path().join(SPOOL))
    }

    /// Moves files that lie ready to their places: all, or none.
    pub(super) fn commit(&mut self, intent: &Intent) -> Result<(), Diagnostic> {
        let files = &intent.files;
        let mut line = serde_json::to_vec(intent).expect("text and numbers serialise");
        line.push(b'\n');
        self.journal
            .write_all(&line)
            .map_err(|error| disk::blame("write to", &self.name, &error))?;
        let mut moved: Vec<&Ready> = Vec::new();
        let mut backups = Vec::new();
        for file in files {
            match self.commit_one(file) {
                Ok(Moved::IntoFreePlace) => {}
                Ok(Moved::OverAnother) => backups.push(self.backup(file)),
                Err(error) => {
                    let shown = format!("{}/{}", self.name, file.path);
                    let found = disk::blame("write", &shown, &error);
                    return Err(self.put_back(&moved, found));
                }
            }
            moved.push(file);
        }
        for backup in backups {
            // A backup that cannot be removed now goes with the staging folder.
            let _ = disk::remove(&backup);
        }
        Ok(())
    }

    /// Writes the trace, then the manifest, then what the next build may know. Where the
    /// trace is not ours, nothing is written; where another fails the staging folder stays,
    /// with the journal from which the next run learns what is ours.
    pub(super) fn finish(
        self,
        manifest: &Manifest,
        printed: &Printed<'_>,
        makings: BTreeMap<String, Making>,
        told: usize,
        lesson: Option<Lesson>,
    ) -> Result<(), Diagnostic> {
        let (folder, staging, name) = (&self.folder, self.staging.path(), &self.name);
        // The disk takes as long as they do: both are made ready at once.
        let (trace, ready) = thread::scope(|scope| {
            let trace = scope.spawn(|| printed.write(folder, name, &staging.join(TRACE)));
            let ready = ManifestReady::new(staging, name, manifest, self.last.as_ref());
            (trace.join().unwrap_or_else(|panic| resume_unwind(panic)), ready)
        });
        let trace = trace?;
        let put = ready.and_then(|ready| {
            ready.put(folder, staging, name)?;
            Ok(ready.hash)
        });
        let done = put.and_then(|hash| {
            let outputs = manifest.contents.outputs.iter();
            let outputs =
                outputs.map(|(path, entry)| (path.as_str(), entry.sha256.as_str()));
            let (outputs, manifest) = (outputs.collect(), hash);
            let finished = Finished { folder, staging, outputs, told, manifest, trace };
            let shown = format!("{name}/{MEMORY}");
            let saved = finished.save(makings, lesson);
            saved.map_err(|error| disk::blame("write", &shown, &error))
        });
        if done.is_err() {
            // Only its path is given back; nobody needs it.
            let _ = self.staging.keep();
        }
        done
    }

    fn commit_one(&self, file: &Ready) -> io::Result<Moved> {
        let target = self.folder.join(&file.path);
        let staged = self.staging.path().join(&file.staged);
        let moved = match disk::back_up(&target, &self.backup(file)) {
            Ok(()) => Moved::OverAnother,
            Err(error) if disk::is_missing(&error) => Moved::IntoFreePlace,
            Err(error) => return Err(error),
        };
        match (disk::rename(&staged, &target), target.parent()) {
            (Err(error), Some(parent)) if disk::is_missing(&error) => {
                disk::make_folder(parent)?;
                disk::rename(&staged, &target)?;
            }
            (renamed, _) => renamed?,
        }
        Ok(moved)
    }

    /// Puts back what stood in the places of files that were moved already.
    fn put_back(&self, moved: &[&Ready], mut found: Diagnostic) -> Diagnostic {
        for file in moved.iter().rev() {
            let (target, backup) = (self.folder.join(&file.path), self.backup(file));
            let done = if backup.is_file() {
                disk::rename(&backup, &target)
            } else {
                disk::remove(&target)
            };
            if let Err(error) = done {
                let shown = format!("{}/{}", self.name, file.path);
                found = found.hint(format!("look at `{shown}`: it is newer ({error})"));
            }
        }
        found
    }

    fn backup(&self, file: &Ready) -> PathBuf {
        self.staging.path().join(format!("old-{}", file.staged))
    }
}

/// Takes the lock of an output folder, waiting a while for whoever holds it.
fn lock(folder: &Path, name: &str, patience: Duration) -> Result<File, Diagnostic> {
    let path = folder.join(LOCK);
    let shown = format!("{name}/{LOCK}");
    disk::check_inside(folder, &path, &shown)?;
    let refused = |error| disk::blame("lock", &shown, &error);
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(refused)?;
    let mut waited = Duration::ZERO;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::Error(error)) => return Err(refused(error)),
            Err(TryLockError::WouldBlock) if waited < patience => {
                thread::sleep(LOCK_PAUSE);
                waited += LOCK_PAUSE;
            }
            Err(TryLockError::WouldBlock) => {
                let message = format!("another build is writing to `{name}`");
                return Err(Diagnostic::new(&OUTPUT_LOCKED, None, message).hint(
                    "wait for it to end, or choose another folder with `--output`",
                ));
            }
        }
    }
}

/// Takes the lock of an output folder that was written to before, unless somebody holds it.
pub(super) fn lock_at_once(folder: &Path) -> Option<File> {
    let path = folder.join(LOCK);
    disk::check_inside(folder, &path, LOCK).ok()?;
    let file = File::options().write(true).open(&path).ok()?;
    file.try_lock().ok()?;
    Some(file)
}

/// The staging folders of builds that did not end well.
pub(super) fn leftovers(folder: &Path) -> io::Result<Vec<PathBuf>> {
    disk::folders(folder, PREFIX)
}

/// A folder in which a file is made ready, for one who holds the lock.
pub(super) fn beside(folder: &Path) -> io::Result<TempDir> {
    tempfile::Builder::new().prefix(PREFIX).tempdir_in(folder)
}

/// What the manifest lists, and its SHA-256; `None` where it cannot be trusted.
fn last_outputs(
    folder: &Path,
    name: &str,
    diags: &mut Diagnostics,
) -> Option<(Contents, Option<String>)> {
    let wrong = match disk::look(&folder.join(MANIFEST)) {
        Ok(Found::Nothing) => return Some(Default::default()),
        Ok(Found::File(bytes)) => match Manifest::parse(&bytes) {
            Ok(manifest) => {
                return Some((manifest.contents, Some(disk::sha256(&bytes))));
            }
            Err(wrong) => wrong,
        },
        Ok(Found::Other) => "it is no file".to_owned(),
        Err(error) => error.to_string(),
    };
    let message = format!("cannot read `{name}/{MANIFEST}`: {wrong}");
    diags.add(
        Diagnostic::new(&MANIFEST_DAMAGED, None, message)
            .hint(format!("move `{name}` away and build again")),
    );
    None
}

/// Finishes what interrupted builds have begun, and removes their staging folders; a
/// folder without our journal is left alone. `hash` is that of the manifest.
fn recover(
    folder: &Path,
    name: &str,
    previous: &mut Contents,
    hash: &mut Option<String>,
) -> Result<(), Diagnostic> {
    let refused = |error| disk::blame("clear away", name, &error);
    for stale in leftovers(folder).map_err(refused)? {
        let Ok(Found::File(journal)) = disk::look(&stale.join(JOURNAL_FILE)) else {
            continue;
        };
        let Some(intents) = parse_journal(&String::from_utf8_lossy(&journal)) else {
            continue;
        };
        let mut adopted = false;
        for Intent { edition, origin, sets, files } in intents {
            adopted |= take_over(folder, &stale, files, &edition, previous);
            previous.editions.insert(edition, origin);
            previous.sets.extend(sets);
        }
        if adopted {
            let manifest = Manifest::new(previous.clone());
            let ready = ManifestReady::new(&stale, name, &manifest, None)?;
            ready.put(folder, &stale, name)?;
            *hash = Some(ready.hash);
        }
        disk::remove_folder(&stale).map_err(refused)?;
    }
    Ok(())
}

/// How a file of an interrupted build stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It took its place.
    InPlace,
    /// It lies ready, and its place is free or holds our last output.
    Ready,
    /// It is gone, or something of someone else stands in its place.
    Lost,
}

/// Moves the files that an interrupted build had made ready to their places, if all of
/// them can be; takes those that stand there as outputs of the edition. Says whether
/// there are any.
fn take_over(
    folder: &Path,
    stale: &Path,
    files: Vec<Ready>,
    edition: &str,
    previous: &mut Contents,
) -> bool {
    let mut standings: Vec<Standing> =
        files.iter().map(|file| standing(folder, stale, file, previous)).collect();
    if !standings.contains(&Standing::Lost) {
        for (file, standing) in files.iter().zip(&mut standings) {
            let target = folder.join(&file.path);
            let parent = target.parent().unwrap_or(folder);
            let moved = *standing == Standing::InPlace
                || (disk::make_folder(parent).is_ok()
                    && disk::rename(&stale.join(&file.staged), &target).is_ok());
            *standing = if moved { Standing::InPlace } else { Standing::Lost };
        }
    }
    let ours = files.into_iter().zip(&standings);
    for (file, _) in ours.filter(|(_, standing)| **standing == Standing::InPlace) {
        previous.add(&file.path, file.sha256, file.size, edition);
    }
    standings.contains(&Standing::InPlace)
}

fn standing(folder: &Path, stale: &Path, file: &Ready, previous: &Contents) -> Standing {
    let target = folder.join(&file.path);
    let parent = target.parent().unwrap_or(folder);
    if disk::check_inside(folder, parent, &file.path).is_err() {
        return Standing::Lost;
    }
    let hash_at = |path: &Path| match disk::look(path) {
        Ok(Found::File(bytes)) => Ok(Some(disk::sha256(&bytes))),
        Ok(Found::Nothing) => Ok(None),
        Ok(Found::Other) | Err(_) => Err(()),
    };
    let free = match (hash_at(&target), previous.outputs.get(&file.path)) {
        (Ok(Some(hash)), _) if hash == file.sha256 => return Standing::InPlace,
        (Ok(Some(hash)), Some(last)) => hash == last.sha256,
        (Ok(None), _) => true,
        (Ok(Some(_)), None) | (Err(()), _) => false,
    };
    let whole = hash_at(&stale.join(&file.staged)) == Ok(Some(file.sha256.clone()));
    if free && whole { Standing::Ready } else { Standing::Lost }
}

/// A manifest that lies ready to take its place.
struct ManifestReady {
    /// Its SHA-256.
    hash: String,
    /// Whether it is what stands there.
    stands: bool,
}

impl ManifestReady {
    /// `last` is the SHA-256 of the one that stands there.
    fn new(
        staging: &Path,
        name: &str,
        manifest: &Manifest,
        last: Option<&String>,
    ) -> Result<Self, Diagnostic> {
        let write = || {
            let mut out = disk::Prepared::create(&staging.join(MANIFEST))?;
            manifest.write(&mut out)?;
            let (file, hash) = out.end()?;
            let stands = last == Some(&hash);
            if !stands {
                file.sync_all()?;
            }
            Ok(Self { hash, stands })
        };
        write().map_err(|error| refused(name, &error))
    }

    fn put(&self, folder: &Path, staging: &Path, name: &str) -> Result<(), Diagnostic> {
        if self.stands {
            return Ok(());
        }
        disk::rename(&staging.join(MANIFEST), &folder.join(MANIFEST))
            .map_err(|error| refused(name, &error))
    }
}

fn refused(name: &str, error: &io::Error) -> Diagnostic {
    disk::blame("write", &format!("{name}/{MANIFEST}"), error)
}
