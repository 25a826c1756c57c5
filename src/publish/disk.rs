//! The hands of `publish`: every call that touches the disk, and what its errors mean.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Read as _, Write as _};
use std::path::{Component, Path, PathBuf};

use crate::diag::Diagnostic;
use crate::diag::codes::publish::{CANNOT_WRITE, DISK_FULL, OUTPUT_OUTSIDE};
pub(super) use crate::stamp::{Hasher, sha256};

/// How many bytes are written at once.
const BUFFER: usize = 256 << 10;

/// What stands at a path.
pub(super) enum Found {
    /// Nothing.
    Nothing,
    /// A file with these bytes.
    File(Vec<u8>),
    /// A folder, a link or something stranger.
    Other,
}

/// Looks what stands at a path, without following a link.
pub(super) fn look(path: &Path) -> io::Result<Found> {
    match fs::symlink_metadata(path) {
        Ok(data) if data.is_file() => read(path).map(Found::File),
        Ok(_) => Ok(Found::Other),
        Err(error) if is_missing(&error) => Ok(Found::Nothing),
        Err(error) => Err(error),
    }
}

/// Whether there is nothing at a path, or a file where a folder of it should be: making the
/// folder will say so.
pub(super) fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

#[expect(clippy::disallowed_methods, reason = "publish reads back what it wrote")]
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Writes a file that does not exist yet, with the folders above it.
pub(super) fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        make_folder(parent)?;
    }
    create_in_place(path, bytes)
}

/// Writes a file that does not exist yet into a folder that does.
pub(super) fn create_in_place(path: &Path, bytes: &[u8]) -> io::Result<()> {
    File::create_new(path)?.write_all(bytes)
}

/// A file that takes the place of another when it has been written piece by piece.
pub(super) struct Prepared(BufWriter<Hashed>);

/// A file whose bytes are hashed as they are written.
struct Hashed {
    file: File,
    hash: Hasher,
}

impl Prepared {
    pub(super) fn create(through: &Path) -> io::Result<Self> {
        let hashed = Hashed { file: File::create(through)?, hash: Hasher::default() };
        Ok(Self(BufWriter::with_capacity(BUFFER, hashed)))
    }

    /// The whole file, and the SHA-256 of what it says.
    pub(super) fn end(self) -> io::Result<(File, String)> {
        let Hashed { file, hash } = self.0.into_inner()?;
        Ok((file, hash.end()))
    }
}

impl io::Write for Prepared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl io::Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.hash.add(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Makes a file that is written and read again, and that nobody else has made.
pub(super) fn create_spool(path: &Path) -> io::Result<File> {
    File::options().read(true).write(true).create_new(true).open(path)
}

/// Writes a file in its place.
pub(super) fn overwrite(path: &Path, bytes: &[u8]) -> io::Result<()> {
    File::create(path)?.write_all(bytes)
}

/// Replaces a file through another of the same folder, so that there is always a whole one,
/// and leaves it to the system when it comes to the disk: for files that are known to be
/// damaged when they are.
pub(super) fn replace_soon(path: &Path, through: &Path, bytes: &[u8]) -> io::Result<()> {
    File::create(through)?.write_all(bytes)?;
    rename(through, path)
}

/// Replaces a file like [`replace_soon`], with the permissions that it has, and waits until
/// it is on the disk.
pub(super) fn replace_keeping(
    path: &Path,
    through: &Path,
    bytes: &[u8],
) -> io::Result<()> {
    let permissions = fs::metadata(path)?.permissions();
    let mut file = File::create(through)?;
    file.write_all(bytes)?;
    file.set_permissions(permissions)?;
    file.sync_all()?;
    rename(through, path)
}

#[expect(clippy::disallowed_methods, reason = "publish is the writer")]
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

#[expect(clippy::disallowed_methods, reason = "publish is the writer")]
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)
}

#[expect(clippy::disallowed_methods, reason = "publish is the writer")]
pub(super) fn remove(path: &Path) -> io::Result<()> {
    fs::remove_file(path)
}

#[expect(clippy::disallowed_methods, reason = "publish is the writer")]
pub(super) fn remove_folder(path: &Path) -> io::Result<()> {
    fs::remove_dir_all(path)
}

/// The folders directly in a folder whose names begin so, in order.
#[expect(clippy::disallowed_methods, reason = "publish looks for its own folders")]
pub(super) fn folders(path: &Path, prefix: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let named = entry.file_name().to_string_lossy().starts_with(prefix);
        if named && entry.file_type()?.is_dir() {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// Keeps a second name for a file, or a copy where the file system has no links; says that
/// [nothing is there](is_missing) where that is so.
pub(super) fn back_up(file: &Path, backup: &Path) -> io::Result<()> {
    match fs::hard_link(file, backup) {
        Ok(()) => Ok(()),
        Err(error) if is_missing(&error) => Err(error),
        Err(_) => fs::copy(file, backup).map(drop),
    }
}

/// Removes the folders from `folder` upwards that are empty, up to and without `top`.
pub(super) fn remove_empty(folder: &Path, top: &Path) {
    let mut folder = Some(folder);
    while let Some(path) = folder.filter(|path| path.starts_with(top) && *path != top) {
        // The system refuses to remove a folder that holds something: that ends the walk.
        if fs::remove_dir(path).is_err() {
            return;
        }
        folder = path.parent();
    }
}

/// Whether a path below a folder is made of plain names only.
pub(super) fn is_plain(path: &str) -> bool {
    !path.is_empty()
        && !path.contains('\\')
        && !path.contains('\0')
        && path.split('/').all(|part| !part.is_empty())
        && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Checks that no link on the way to a path leads out of a folder (canonical); `shown`
/// names the path in the message.
pub(super) fn check_inside(
    folder: &Path,
    path: &Path,
    shown: &str,
) -> Result<(), Diagnostic> {
    let nearest = path.ancestors().find(|above| fs::symlink_metadata(above).is_ok());
    // A link that leads nowhere cannot be followed: it leads outside as far as we know.
    let real = nearest.and_then(|above| fs::canonicalize(above).ok());
    if real.is_some_and(|real| real.starts_with(folder)) {
        return Ok(());
    }
    let message = format!("`{shown}` leads outside `{}`", folder.display());
    Err(Diagnostic::new(&OUTPUT_OUTSIDE, None, message)
        .hint("replace the symbolic link with a folder"))
}

/// What an error of the system means: the disk is full, or it refuses.
pub(super) fn blame(doing: &str, shown: &str, error: &io::Error) -> Diagnostic {
    let code = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => &DISK_FULL,
        _ => &CANNOT_WRITE,
    };
    let mut why = error.to_string();
    if let Some(first) = why.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    Diagnostic::new(code, None, format!("cannot {doing} `{shown}`: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_disks_and_quotas_are_told_from_refusals() {
        let full = blame("write", "a.pdf", &ErrorKind::StorageFull.into());
        assert_eq!(full.code.id, "disk-full");
        let quota = blame("write", "a.pdf", &ErrorKind::QuotaExceeded.into());
        assert_eq!(quota.code.id, "disk-full");
        let refused = blame("write", "a.pdf", &ErrorKind::PermissionDenied.into());
        assert_eq!(refused.code.id, "cannot-write");
        assert_eq!(refused.message, "cannot write `a.pdf`: permission denied");
    }

    #[test]
    fn only_plain_paths_are_plain() {
        for path in ["a.pdf", "baoji/2020/十件大事.html", "a/.b"] {
            assert!(is_plain(path), "{path}");
        }
        for path in
            ["", "/etc/x", "../x", "a/../../x", "a//b", "./a", "a\\b", "a/", "a\0"]
        {
            assert!(!is_plain(path), "{path}");
        }
    }
}
