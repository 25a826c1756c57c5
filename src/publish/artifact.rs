//! Finished files, each with its hash.

use std::sync::Arc;

use super::disk;

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Path below the output folder, with `/`.
    pub path: String,
    bytes: Arc<[u8]>,
    sha256: String,
}

impl Artifact {
    /// A file of these bytes.
    pub fn new(path: String, bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        Self { path, sha256: disk::sha256(&bytes), bytes }
    }

    /// A file whose SHA-256 is known, in lower-case hexadecimal.
    pub fn known(path: String, bytes: Arc<[u8]>, sha256: String) -> Self {
        Self { path, bytes, sha256 }
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its path and its bytes, for those who keep them.
    pub fn into_parts(self) -> (String, Arc<[u8]>) {
        (self.path, self.bytes)
    }

    /// Their SHA-256, in lower-case hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}
