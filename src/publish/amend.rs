//! Changes a file of the press in its place: what `annals check --fix` does, the one thing
//! that is ever written outside the output folder.

use std::path::Path;

use super::disk::{self, Found};
use crate::diag::Diagnostic;
use crate::diag::codes::publish::NOT_MENDED;

/// Puts other bytes in the place of a file's; `old` is what must stand there still. The
/// file is replaced whole or not at all and keeps its permissions.
///
/// # Errors
/// When something else stands there, or the machine refuses.
pub fn amend(root: &Path, path: &str, old: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
    let target = root.join(path);
    let refused = |error| disk::blame("write", path, &error);
    disk::check_inside(root, &target, path)?;
    match disk::look(&target).map_err(refused)? {
        Found::File(now) if disk::sha256(&now) == old => {}
        _ => {
            let message =
                format!("`{path}` was changed while annals was about to mend it");
            return Err(Diagnostic::new(&NOT_MENDED, None, message)
                .hint("close the program that writes it, and try again"));
        }
    }
    let folder = target.parent().unwrap_or(root);
    let beside = tempfile::Builder::new()
        .prefix(".annals-mending-")
        .tempdir_in(folder)
        .map_err(refused)?;
    let through = beside.path().join("new");
    disk::replace_keeping(&target, &through, bytes).map_err(refused)
}
