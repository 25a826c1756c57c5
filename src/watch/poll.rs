//! Changes by looking at all files again and again, where the system has no events.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::{Changes, Field, Listener, NAMED, PATIENCE, QUIET};
use crate::load::{self, Stamps};

/// Looks at the files of a press until it is dropped.
#[derive(Debug)]
pub(super) struct Poll {
    /// Its end is seen by the thread that looks.
    _end: mpsc::Sender<()>,
}

impl Poll {
    /// Begins to look.
    pub(super) fn start(field: Field, interval: Duration, tell: impl Listener) -> Self {
        let (end, ended) = mpsc::channel::<()>();
        let mut known = look(&field);
        thread::spawn(move || {
            while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(interval) {
                let mut now = look(&field);
                if now == known {
                    continue;
                }
                // Someone is at work: wait until nothing changes any more.
                let since = Instant::now();
                loop {
                    thread::sleep(QUIET);
                    let again = look(&field);
                    let quiet = again == now;
                    now = again;
                    if quiet || since.elapsed() > PATIENCE {
                        break;
                    }
                }
                tell(difference(&known, &now));
                known = now;
            }
        });
        Self { _end: end }
    }
}

fn look(field: &Field) -> Stamps {
    let mut stamps = load::stamps(&field.root, &field.output);
    stamps.retain(|path, _| field.counts(&field.root.join(path)).is_some());
    stamps
}

fn difference(before: &Stamps, now: &Stamps) -> Changes {
    let gone = before.keys().filter(|path| !now.contains_key(*path));
    let other = now.iter().filter(|(path, stamp)| before.get(*path) != Some(stamp));
    let paths = gone.chain(other.map(|(path, _)| path));
    Changes { paths: paths.take(NAMED).cloned().collect() }
}
