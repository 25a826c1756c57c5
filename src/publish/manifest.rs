//! What a build wrote: `manifest.json`, and the journal of a build under way.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::disk;

/// The manifest's name in the output folder.
pub const MANIFEST: &str = "manifest.json";

/// What the field `schema` of the manifest says. The number changes when a field changes
/// its meaning or goes; fields may be added without a change.
pub const SCHEMA: &str = "annals-manifest/1";

/// The first line of a journal: by it a staging folder is known as ours.
pub(super) const JOURNAL: &str = "annals-journal/1";

/// What the output folder holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`SCHEMA`].
    pub schema: String,
    /// The version of annals that wrote last.
    pub annals: String,
    /// The outputs by path below the output folder, with `/`.
    pub outputs: BTreeMap<String, Entry>,
}

/// One output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The path of its edition.
    pub edition: String,
    /// SHA-256 of its bytes, lower-case hexadecimal.
    pub sha256: String,
    /// How many bytes it has.
    pub size: u64,
    /// SHA-256 of the files that it was made from, by path below the press root;
    /// built-in templates begin with `annals:`.
    pub inputs: BTreeMap<String, String>,
}

impl Manifest {
    /// A manifest of these outputs, by this version.
    pub(super) fn new(outputs: BTreeMap<String, Entry>) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            annals: env!("CARGO_PKG_VERSION").to_owned(),
            outputs,
        }
    }

    /// Reads a manifest; what is wrong with it where it cannot be trusted.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let manifest: Self =
            serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if manifest.schema != SCHEMA {
            return Err(format!("its schema is `{}`, not `{SCHEMA}`", manifest.schema));
        }
        match manifest.outputs.keys().find(|path| !disk::is_plain(path)) {
            Some(path) => {
                Err(format!("it lists `{path}`, which is no path of an output"))
            }
            None => Ok(manifest),
        }
    }

    /// The bytes of the file: equal manifests have equal bytes.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self)
            .expect("maps with text keys always serialise");
        bytes.push(b'\n');
        bytes
    }
}

/// A line of the journal: the files of a publication that lie ready in the staging
/// folder and are about to take their places.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Intent {
    pub(super) files: Vec<Ready>,
}

/// A file that lies ready.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Ready {
    /// Its name in the staging folder.
    pub(super) staged: String,
    /// Its path below the output folder.
    pub(super) path: String,
    /// Its entry in the manifest.
    pub(super) entry: Entry,
}

/// Reads a journal; `None` where it is none. The last line may be cut off by whatever
/// ended the build: nothing had been moved for it yet.
pub(super) fn parse_journal(text: &str) -> Option<Vec<Ready>> {
    let mut lines = text.lines();
    (lines.next()? == JOURNAL).then_some(())?;
    let intents = lines.map_while(|line| serde_json::from_str::<Intent>(line).ok());
    let plain = |name: &str| disk::is_plain(name) && !name.contains('/');
    let ready = intents.flat_map(|intent| intent.files);
    Some(ready.filter(|one| plain(&one.staged) && disk::is_plain(&one.path)).collect())
}
