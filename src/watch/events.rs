//! Changes by the system's own events.

use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind, RenameMode};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::{Changes, Field, Listener, NAMED, PATIENCE, QUIET, WHOLE};

/// Events of a press; they end when this is dropped.
#[derive(Debug)]
pub(super) struct Events {
    /// Its end is seen by the thread that gathers.
    _end: mpsc::Sender<Seen>,
}

/// What the gathering thread is told.
enum Seen {
    Event(notify::Result<Event>),
}

impl Seen {
    /// How long nothing must happen after it.
    fn quiet(&self) -> Duration {
        let Self::Event(Ok(event)) = self else { return QUIET };
        match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both)) => {
                WHOLE
            }
            _ => QUIET,
        }
    }
}

impl Events {
    /// Begins to watch.
    ///
    /// # Errors
    /// A sentence that says why the system gives no events.
    pub(super) fn start(field: Field, tell: impl Listener) -> Result<Self, String> {
        let (sender, inbox) = mpsc::channel();
        let (end, ended) = mpsc::channel::<Seen>();
        let handler = move |event| {
            // The gathering thread has ended with the watch.
            let _ = sender.send(Seen::Event(event));
        };
        let mut watcher =
            RecommendedWatcher::new(handler, notify::Config::default()).map_err(words)?;
        watcher.watch(&field.root, RecursiveMode::NonRecursive).map_err(words)?;
        for folder in field.folders() {
            watcher.watch(&folder, RecursiveMode::Recursive).map_err(words)?;
        }
        let gather = Gather { field, watcher, inbox, ended, tell };
        thread::Builder::new()
            .name("watch".to_owned())
            .spawn(move || gather.run())
            .map_err(|error| error.to_string())?;
        Ok(Self { _end: end })
    }
}

fn words(error: notify::Error) -> String {
    format!("the system gives no file events: {error}")
}

/// The thread that gathers events until it is quiet.
struct Gather<L> {
    field: Field,
    watcher: RecommendedWatcher,
    inbox: Receiver<Seen>,
    ended: Receiver<Seen>,
    tell: L,
}

impl<L: Listener> Gather<L> {
    fn run(mut self) {
        loop {
            let first = match self.inbox.recv_timeout(PATIENCE) {
                Ok(seen) => seen,
                Err(RecvTimeoutError::Timeout) if !self.over() => continue,
                Err(_) => return,
            };
            let mut changes = Changes::default();
            let mut lost = false;
            let mut quiet = first.quiet();
            let mut counts = self.take(first, &mut changes, &mut lost);
            let since = Instant::now();
            while counts && since.elapsed() < PATIENCE {
                match self.inbox.recv_timeout(quiet) {
                    Ok(seen) => {
                        quiet = seen.quiet();
                        self.take(seen, &mut changes, &mut lost);
                    }
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
            if lost {
                changes.paths.clear();
                counts = true;
            }
            if self.over() {
                return;
            }
            if counts {
                (self.tell)(changes);
            }
        }
    }

    fn over(&self) -> bool {
        matches!(self.ended.try_recv(), Err(mpsc::TryRecvError::Disconnected))
    }

    /// Takes an event; says whether it is one that counts.
    fn take(&mut self, seen: Seen, changes: &mut Changes, lost: &mut bool) -> bool {
        let Seen::Event(event) = seen;
        let Ok(event) = event else {
            *lost = true;
            return true;
        };
        if event.need_rescan() {
            *lost = true;
            return true;
        }
        if !is_change(event.kind) {
            return false;
        }
        let mut counts = false;
        for path in &event.paths {
            let Some(below) = self.field.counts(path) else { continue };
            if !below.contains('/') {
                self.follow(path);
            }
            counts = true;
            if changes.paths.len() < NAMED {
                changes.paths.insert(below);
            }
        }
        counts
    }

    /// Watches a folder that has come to stand at the root.
    fn follow(&mut self, path: &Path) {
        if self.field.folders().iter().any(|folder| folder == path) {
            // Where it is gone again there will be another event.
            let _ = self.watcher.watch(path, RecursiveMode::Recursive);
        }
    }
}

/// Whether an event may have changed what a file says. That a file was read is no change.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}
