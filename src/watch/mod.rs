//! Says when files of a press have changed: what `annals watch` and `annals serve` wait for.
//!
//! The system's own events where there are any, looking again and again where there are
//! none. What an editor does to save a file (another file that takes its place, a copy, a
//! lock) comes out as one change, told when nothing has happened for [`QUIET`] or [`WHOLE`].

mod events;
mod poll;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use self::events::Events;
use self::poll::Poll;
use crate::load;

/// How long nothing must have happened before changes are told. Editors do what they do to
/// save a file within a few milliseconds.
pub const QUIET: Duration = Duration::from_millis(12);

/// The same where a file was last seen to be whole: closed by who wrote it, or put into its
/// place.
pub const WHOLE: Duration = Duration::from_millis(5);

/// How long changes are held back at most, where something happens all the time.
pub const PATIENCE: Duration = Duration::from_millis(500);

/// How often files are looked at where there are no events, unless it is said otherwise.
pub const INTERVAL: Duration = Duration::from_millis(500);

/// How many paths a change names; it is then one of more files than anybody reads.
pub const NAMED: usize = 1_000;

/// Names that editors and other programs give to files on their way.
const PASSING: [&str; 9] = [
    ".tmp",
    ".temp",
    ".swp",
    ".swx",
    ".part",
    ".bak",
    ".orig",
    "___jb_tmp___",
    "___jb_old___",
];

/// What has changed, as paths below the root of the press.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// The files and folders; empty where events were lost.
    pub paths: BTreeSet<String>,
}

/// How files are watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eyes {
    /// By the system's events.
    Events,
    /// By looking at all of them in this interval.
    Poll(Duration),
}

/// What is watched.
#[derive(Debug, Clone)]
pub struct Field {
    /// The root of the press.
    root: PathBuf,
    /// The output folder, in which nothing counts.
    output: PathBuf,
}

/// A watch that ends when it is dropped.
#[derive(Debug)]
pub struct Watch {
    /// Kept for its end.
    _source: Source,
    /// How files are watched.
    pub eyes: Eyes,
    /// Why they are not watched by events, where that was not asked for.
    pub why: Option<String>,
}

#[derive(Debug)]
enum Source {
    Events { _events: Events },
    Poll { _poll: Poll },
}

/// Takes what has changed; called on a thread of the watch.
pub trait Listener: Fn(Changes) + Send + 'static {}
impl<F: Fn(Changes) + Send + 'static> Listener for F {}

/// Watches a press; `tell` learns of each change. `eyes` are chosen by what the system can
/// do unless they are given.
pub fn watch(field: Field, eyes: Option<Eyes>, tell: impl Listener + Clone) -> Watch {
    let poll = |interval: Duration, why: Option<String>| {
        let poll = Poll::start(field.clone(), interval, tell.clone());
        Watch { _source: Source::Poll { _poll: poll }, eyes: Eyes::Poll(interval), why }
    };
    match eyes {
        Some(Eyes::Poll(interval)) => return poll(interval, None),
        Some(Eyes::Events) => {}
        None => {
            if let Some(kind) = load::remote(&field.root) {
                let why = format!("a folder of type `{kind}` tells nobody of changes");
                return poll(INTERVAL, Some(why));
            }
        }
    }
    match Events::start(field.clone(), tell.clone()) {
        Ok(events) => {
            let source = Source::Events { _events: events };
            Watch { _source: source, eyes: Eyes::Events, why: None }
        }
        Err(why) => poll(INTERVAL, Some(why)),
    }
}

impl Field {
    /// A press with its output folder, which need not exist.
    pub fn new(root: &Path, output: &Path) -> Self {
        let real = |path: &Path| path.canonicalize();
        let root = real(root).unwrap_or_else(|_| root.to_path_buf());
        let output =
            if output.is_absolute() { output.to_path_buf() } else { root.join(output) };
        let output = real(&output).unwrap_or(output);
        Self { root, output }
    }

    /// The path below the root of something that counts.
    fn counts(&self, path: &Path) -> Option<String> {
        if path.starts_with(&self.output) {
            return None;
        }
        let below = path.strip_prefix(&self.root).ok()?;
        let steps: Vec<_> = below.iter().map(|step| step.to_string_lossy()).collect();
        let last = steps.last()?;
        // Vim tries with a file of this name whether it may write.
        let passing =
            PASSING.iter().any(|ending| last.ends_with(ending)) || last == "4913";
        let odd = steps.iter().any(|step| load::passes_over(step));
        (!passing && !odd).then(|| steps.join("/"))
    }

    /// The folders whose events are wanted, besides the root itself.
    fn folders(&self) -> Vec<PathBuf> {
        load::folders(&self.root, &self.output)
    }
}

#[cfg(test)]
mod tests;
