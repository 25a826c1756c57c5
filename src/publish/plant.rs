//! Makes new files in a press, for `init` and `new`: never over one that exists.

use std::path::Path;

use super::disk;
use crate::diag::codes::publish::FILE_EXISTS;
use crate::diag::{Diagnostic, Diagnostics, Reported};

/// A file to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Path below the root, with `/`.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Makes the files below a folder, which is made too; all or, where one of them exists
/// already, none.
///
/// # Errors
/// When a file exists, a path leads outside the folder, or the machine refuses.
pub fn plant(
    root: &Path,
    files: &[NewFile],
    diags: &mut Diagnostics,
) -> Result<(), Reported> {
    let refused = |shown: &str, error| disk::blame("write", shown, &error);
    let shown = root.display().to_string();
    disk::make_folder(root).map_err(|error| diags.add(refused(&shown, error)))?;
    let root = root.canonicalize().map_err(|error| diags.add(refused(&shown, error)))?;
    let mut stopped = None;
    for file in files {
        let target = root.join(&file.path);
        if std::fs::symlink_metadata(&target).is_ok() {
            let message = format!("`{}` exists already", file.path);
            stopped = Some(diags.add(Diagnostic::new(&FILE_EXISTS, None, message)));
        } else if let Err(found) = disk::check_inside(&root, &target, &file.path) {
            stopped = Some(diags.add(found));
        }
    }
    if let Some(reported) = stopped {
        return Err(reported);
    }
    for file in files {
        disk::create(&root.join(&file.path), &file.bytes)
            .map_err(|error| diags.add(refused(&file.path, error)))?;
    }
    Ok(())
}
