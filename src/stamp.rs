//! How a file stands on the disk without being read (文件印记), and the hashes of content: by
//! them the next build knows that nothing has changed since.

use std::fs::Metadata;
use std::io;
use std::num::NonZeroUsize;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::workers;

/// How long before a moment a file must have been changed to be known by its stamp at that
/// moment: clocks of file systems count in steps of up to two seconds, and a file that is
/// changed twice within a step keeps its stamp.
const STEP: u64 = 2_000_000_000;

/// A moment by some clock, in nanoseconds since 1970.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment(u64);

impl From<SystemTime> for Moment {
    fn from(time: SystemTime) -> Self {
        let since = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        Self(u64::try_from(since).unwrap_or(u64::MAX))
    }
}

/// Size and times of a file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp(
    /// Its size in bytes.
    u64,
    /// When its content was changed, in nanoseconds since 1970.
    u64,
    /// When it or its name was changed, where the system tells (a program can set the
    /// other time, not this one).
    u64,
    /// Its number on the disk, where the system tells: another file of the same name has
    /// another one.
    u64,
);

impl Stamp {
    /// The stamp of a file that stands so.
    pub fn of(meta: &Metadata) -> Self {
        let modified = meta.modified().map_or(0, |time| Moment::from(time).0);
        let (changed, number) = beyond(meta, modified);
        Self(meta.len(), modified, changed, number)
    }

    /// Whether the file was changed so shortly before this moment, or after it, that it may
    /// be changed again without another stamp.
    pub fn is_fresh(&self, moment: Moment) -> bool {
        self.1.max(self.2) >= moment.0.saturating_sub(STEP)
    }
}

#[cfg(unix)]
fn beyond(meta: &Metadata, _: u64) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    let seconds = u64::try_from(meta.ctime()).unwrap_or_default();
    let rest = u64::try_from(meta.ctime_nsec()).unwrap_or_default();
    (seconds.saturating_mul(1_000_000_000).saturating_add(rest), meta.ino())
}

#[cfg(not(unix))]
fn beyond(_: &Metadata, modified: u64) -> (u64, u64) {
    (modified, 0)
}

/// Something of the press that a build has looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Path below the press root, with `/`.
    pub path: String,
    /// How it stood.
    pub state: State,
}

/// How something stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// A file, with the SHA-256 of its bytes.
    #[serde(rename = "f")]
    File(Stamp, String),
    /// A folder, with the SHA-256 of the names in it that count.
    #[serde(rename = "d")]
    Folder(Stamp, String),
    /// There was nothing.
    #[serde(rename = "n")]
    Nothing,
}

/// How something stands that was looked at before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Again {
    /// As it did.
    Same,
    /// It has the same content and another stamp, or one that did not tell.
    Touched,
    /// Otherwise.
    Changed,
}

/// How many things are looked at by one worker after another.
const PORTION: NonZeroUsize = NonZeroUsize::new(512).expect("it is not 0");

impl Again {
    /// How things stand as a whole: each is looked at until one has changed.
    pub fn of_all<T: Send>(
        things: &mut [T],
        look: impl Fn(&mut T) -> Self + Sync,
    ) -> Self {
        let all = workers::parts(things, PORTION, |part| {
            let mut all = Self::Same;
            for one in part {
                all = all.max(look(one));
                if all == Self::Changed {
                    break;
                }
            }
            all
        });
        all.into_iter().max().unwrap_or(Self::Same)
    }
}

impl State {
    /// How many bytes it had, where it was a file.
    pub fn size(&self) -> Option<u64> {
        match self {
            Self::File(stamp, _) => Some(stamp.0),
            Self::Folder(..) | Self::Nothing => None,
        }
    }

    /// Forgets a stamp that may not tell, so that it can be kept under a later moment.
    pub fn settle(&mut self, since: Moment) {
        if let Self::File(stamp, _) | Self::Folder(stamp, _) = self
            && stamp.is_fresh(since)
        {
            *stamp = Stamp(stamp.0, 0, 0, 0);
        }
    }

    /// How something stands that was `found` now; a stamp that is out of date is replaced.
    /// `since` is the moment that the stamp is of. Content is looked at by `hash`, and only
    /// where the stamp does not tell.
    pub fn again(
        &mut self,
        found: io::Result<Metadata>,
        since: Moment,
        hash: impl FnOnce() -> Option<String>,
    ) -> Again {
        let (stamp, known, meta) = match (self, found) {
            (Self::Nothing, Err(_)) => return Again::Same,
            (Self::File(stamp, known), Ok(meta)) if meta.is_file() => {
                (stamp, known, meta)
            }
            (Self::Folder(stamp, known), Ok(meta)) if meta.is_dir() => {
                (stamp, known, meta)
            }
            _ => return Again::Changed,
        };
        let now = Stamp::of(&meta);
        if *stamp == now && !now.is_fresh(since) {
            return Again::Same;
        }
        if hash().is_none_or(|found| found != *known) {
            return Again::Changed;
        }
        *stamp = now;
        Again::Touched
    }
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// SHA-256 of what is known piece by piece.
#[derive(Clone, Default)]
pub struct Hasher(Sha256);

impl Hasher {
    /// Adds what comes next.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of all that was added, in lower-case hexadecimal.
    pub fn end(self) -> String {
        hexadecimal(&self.0.finalize())
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

/// The hash of several texts in their order: other texts have another key, wherever one
/// ends and the next begins.
#[derive(Clone, Default)]
pub struct Key(Sha256);

impl Key {
    /// The key of no texts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text.
    #[must_use]
    pub fn with(mut self, text: &str) -> Self {
        self.add(text);
        self
    }

    /// Adds a value as it is printed: what is the same in templates has the same key.
    #[must_use]
    pub fn with_value(self, value: &impl Serialize) -> Self {
        let text = serde_json::to_string(value);
        self.with(&text.expect("what templates print has text keys"))
    }

    /// Adds a text.
    pub fn add(&mut self, text: &str) {
        self.0.update((text.len() as u64).to_le_bytes());
        self.0.update(text.as_bytes());
    }

    /// The key in lower-case hexadecimal: half of a SHA-256, which is enough to never meet
    /// twice.
    pub fn finish(self) -> String {
        hexadecimal(&self.0.finalize()[..16])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_changed_a_moment_ago_are_fresh() {
        let at = |seconds: u64| Moment(seconds * 1_000_000_000);
        let stamp = Stamp(1, at(100).0, at(90).0, 7);
        assert!(stamp.is_fresh(at(100)) && stamp.is_fresh(at(102)));
        assert!(stamp.is_fresh(at(50)), "a clock that was set back");
        assert!(!stamp.is_fresh(at(103)));
        assert!(Stamp(1, 0, at(100).0, 7).is_fresh(at(101)));
    }
}
