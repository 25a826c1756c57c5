//! Whether a press still stands as a build has seen it, found out without reading it: by
//! the stamps of its files and folders, and by their content only where a stamp may not
//! tell.

use std::path::Path;

use super::confine;
use super::limits::MAX_BINARY;
use super::press::odd;
use crate::stamp::{Again, Moment, Seen, Stamp, State};

/// Looks whether everything stands as it did; stamps that are out of date are replaced.
/// `since` is when the build began that gave the stamps. The first change ends the look.
pub fn again(root: &Path, seen: &mut [Seen], since: Moment) -> Again {
    Again::of_all(seen, |one| look(root, one, since))
}

/// A file of the press with this hash, as it stands now.
pub fn seen(root: &Path, path: &str, hash: &str) -> Option<Seen> {
    let meta = root.join(path).metadata().ok()?;
    let state = State::File(Stamp::of(&meta), hash.to_owned());
    Some(Seen { path: path.to_owned(), state })
}

fn look(root: &Path, seen: &mut Seen, since: Moment) -> Again {
    let Seen { path, state } = seen;
    let folder = matches!(state, State::Folder(..));
    let whole = root.join(&*path);
    // A link that leads nowhere is something.
    let found = whole.metadata().or_else(|_| whole.symlink_metadata());
    state.again(found, since, || {
        if folder {
            return listing(&whole);
        }
        let bytes = confine::read(root, path, MAX_BINARY).ok()?;
        Some(super::hash(&bytes))
    })
}

/// The SHA-256 of the names in a folder that count, with what they are.
#[expect(clippy::disallowed_methods, reason = "`load` is the reader of folders")]
fn listing(folder: &Path) -> Option<String> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).ok()? {
        let entry = entry.ok()?;
        let name = entry.file_name().into_string().ok()?;
        if !odd(&name) {
            let kind = entry.file_type().ok()?;
            names.push((name, Kind::of(kind.is_symlink(), kind.is_dir())));
        }
    }
    Some(hash_of_names(names))
}

/// What a name in a folder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    File,
    Folder,
    Link,
}

impl Kind {
    /// From what the system says of an entry.
    pub(super) fn of(link: bool, folder: bool) -> Self {
        match (link, folder) {
            (true, _) => Self::Link,
            (false, true) => Self::Folder,
            (false, false) => Self::File,
        }
    }
}

/// The SHA-256 of names, in any order.
pub(super) fn hash_of_names(mut names: Vec<(String, Kind)>) -> String {
    names.sort_unstable();
    let mut text = String::new();
    for (name, kind) in names {
        text.push_str(&name);
        text.push_str(match kind {
            Kind::File => "\0f\n",
            Kind::Folder => "\0d\n",
            Kind::Link => "\0l\n",
        });
    }
    super::hash(text.as_bytes())
}
