//! Where publications are put.

use std::path::PathBuf;
use std::time::Duration;

use super::MANIFEST;

/// Where publications are put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// The output folder.
    pub folder: PathBuf,
    /// What messages call it: `output`.
    pub name: String,
    /// The folder that it must lie in, where it must lie in one: the press root.
    pub inside: Option<PathBuf>,
    /// How long to wait for another build to end.
    pub patience: Duration,
}

impl Destination {
    /// Whether something was published there already.
    pub fn is_used(&self) -> bool {
        self.folder.join(MANIFEST).is_file()
    }
}
