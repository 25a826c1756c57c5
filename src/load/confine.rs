//! The border of the press folder: what is read lies inside it, is an ordinary file, and
//! is not larger than agreed.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use super::limits::{MAX_ENTRIES, MAX_FOLDERS};
use crate::diag::codes::load as codes;
use crate::diag::{Code, Diagnostic};
use crate::source::Place;
use crate::stamp::Stamp;

/// Why a path was not read.
#[derive(Debug)]
pub(super) enum Trouble {
    /// It leads out of the press.
    Outside,
    /// There is nothing.
    Missing,
    /// It is something else than an ordinary file.
    Special(&'static str),
    /// It is larger than the limit, in bytes.
    TooLarge(u64),
    /// It is a folder that lies too deep.
    Deep,
    /// It is a folder that holds too much.
    Crowded,
    /// The system says no.
    System(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            _ => Self::System(error),
        }
    }
}

impl Trouble {
    /// The finding about a path; `missing` is the code where there is nothing.
    pub(super) fn report(
        self,
        path: &str,
        place: Option<Place>,
        missing: &'static Code,
    ) -> Diagnostic {
        let new = |code, message| Diagnostic::new(code, place, message);
        match self {
            Self::Outside => new(
                &codes::OUTSIDE_PRESS,
                format!("`{path}` leads out of the press folder"),
            )
            .hint("copy the file into the press and refer to the copy"),
            Self::Missing => new(missing, format!("there is no file `{path}`")),
            Self::Special(what) => {
                new(&codes::UNREADABLE_FILE, format!("`{path}` is {what}, not a file"))
                    .hint("rename or remove it")
            }
            Self::TooLarge(limit) => {
                let mib = limit >> 20;
                new(&codes::TOO_LARGE, format!("`{path}` is larger than {mib} MiB"))
                    .hint("split the file, or make it smaller")
            }
            Self::Deep => new(
                &codes::TOO_LARGE,
                format!("`{path}` lies in more than {MAX_FOLDERS} folders"),
            )
            .hint("move it up"),
            Self::Crowded => new(
                &codes::TOO_LARGE,
                format!("`{path}` holds more than {MAX_ENTRIES} files and folders"),
            )
            .hint("move what does not belong to the press elsewhere"),
            Self::System(error) => new(
                &codes::UNREADABLE_FILE,
                format!("`{path}` cannot be read: {}", words(&error)),
            )
            .maybe_hint(permission_hint(&error)),
        }
    }
}

fn permission_hint(error: &io::Error) -> Option<String> {
    (error.kind() == io::ErrorKind::PermissionDenied)
        .then(|| "give read permission to the user who runs annals".to_owned())
}

/// An error of the system in lower case and without its number, alike on all machines
/// where it can be.
pub(super) fn words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::NotFound => "it leads nowhere".to_owned(),
        _ => error.to_string(),
    }
}

/// The real path of something in the press.
///
/// # Errors
/// When it leads out of the press (`root` is canonical), or cannot be followed.
pub(super) fn inside(root: &Path, path: &Path) -> Result<PathBuf, Trouble> {
    let real = path.canonicalize()?;
    if real.starts_with(root) { Ok(real) } else { Err(Trouble::Outside) }
}

/// The bytes of an ordinary file of the press.
///
/// # Errors
/// See [`Trouble`]. A pipe or device is refused without being opened, as opening one may
/// wait for ever.
pub(super) fn read(root: &Path, path: &str, limit: u64) -> Result<Vec<u8>, Trouble> {
    read_stamped(root, path, limit).map(|(bytes, _)| bytes)
}

/// The bytes of an ordinary file of the press, and its stamp before it was read: where the
/// file changes meanwhile, the stamp is that of no content.
///
/// # Errors
/// As [`read`].
pub(super) fn read_stamped(
    root: &Path,
    path: &str,
    limit: u64,
) -> Result<(Vec<u8>, Stamp), Trouble> {
    read_found(&inside(root, &root.join(path))?, limit)
}

/// The same of a file that is known to lie inside the press: a walk has come by it, and has
/// looked where each link on its way leads.
///
/// # Errors
/// As [`read`].
#[expect(clippy::disallowed_methods, reason = "`load` is the reader of files")]
pub(super) fn read_found(path: &Path, limit: u64) -> Result<(Vec<u8>, Stamp), Trouble> {
    let meta = path.metadata()?;
    if meta.is_dir() {
        return Err(Trouble::Special("a folder"));
    }
    if !meta.is_file() {
        return Err(Trouble::Special("a pipe, socket or device"));
    }
    if meta.len() > limit {
        return Err(Trouble::TooLarge(limit));
    }
    // One more than there are, so that the end is seen without growing.
    let size = usize::try_from(meta.len()).unwrap_or_default();
    let mut bytes = Vec::with_capacity(size.saturating_add(1));
    // The file may grow while it is read.
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(Trouble::TooLarge(limit));
    }
    Ok((bytes, Stamp::of(&meta)))
}

/// Checks that a path written by a person stays below the press, before the file system
/// is asked: relative, without `..`, in the same form on all machines.
///
/// # Errors
/// [`Trouble::Outside`], or [`Trouble::Missing`] for a path that no file can have.
pub(super) fn plain(path: &str) -> Result<(), Trouble> {
    if path.is_empty() || path.contains('\0') {
        return Err(Trouble::Missing);
    }
    // `C:\x` and `\\host\x` are ordinary names where this runs and are not elsewhere.
    if path.contains('\\') || path.as_bytes().get(1) == Some(&b':') {
        return Err(Trouble::Outside);
    }
    let below =
        |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    if Path::new(path).components().all(below) { Ok(()) } else { Err(Trouble::Outside) }
}
