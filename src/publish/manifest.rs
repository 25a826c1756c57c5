//! What a build wrote: `manifest.json`, and the journal of a build under way.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::disk::{self, Found};

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
    /// What is there.
    #[serde(flatten)]
    pub contents: Contents,
}

/// Editions and their outputs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// What each edition was made from.
    pub editions: BTreeMap<String, Origin>,
    /// Inputs that editions share, by the ids of their sets.
    pub sets: BTreeMap<String, BTreeMap<String, String>>,
    /// The outputs by path below the output folder, with `/`.
    pub outputs: BTreeMap<String, Entry>,
}

/// What an edition was made from: SHA-256 of its inputs, by path below the press root;
/// built-in templates begin with `annals:`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// What it alone was made from.
    pub inputs: BTreeMap<String, String>,
    /// The ids of the sets of inputs that it shares.
    pub sets: BTreeSet<String>,
}

/// One output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// SHA-256 of its bytes, lower-case hexadecimal.
    pub sha256: String,
    /// How many bytes it has.
    pub size: u64,
    /// The paths of the editions that it belongs to: a picture may belong to several.
    pub editions: BTreeSet<String>,
}

impl Manifest {
    /// A manifest of these outputs, by this version.
    pub(super) fn new(contents: Contents) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            annals: env!("CARGO_PKG_VERSION").to_owned(),
            contents,
        }
    }

    /// Reads a manifest; what is wrong with it where it cannot be trusted.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let manifest: Self =
            serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if manifest.schema != SCHEMA {
            return Err(format!("its schema is `{}`, not `{SCHEMA}`", manifest.schema));
        }
        match manifest.contents.outputs.keys().find(|path| !disk::is_plain(path)) {
            Some(path) => {
                Err(format!("it lists `{path}`, which is no path of an output"))
            }
            None => Ok(manifest),
        }
    }

    /// The editions of the last build; none where there was none, or its manifest cannot be
    /// read, which a build says.
    pub(super) fn last_editions(folder: &Path) -> BTreeSet<String> {
        let Ok(Found::File(bytes)) = disk::look(&folder.join(MANIFEST)) else {
            return BTreeSet::new();
        };
        let last = Self::parse(&bytes).ok();
        last.into_iter().flat_map(|last| last.contents.editions.into_keys()).collect()
    }

    /// Writes the file: equal manifests have equal bytes.
    pub(super) fn write(&self, mut out: impl io::Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut out, self)?;
        out.write_all(b"\n")
    }
}

impl Contents {
    /// Adds an output of an edition.
    pub(super) fn add(&mut self, path: &str, sha256: String, size: u64, edition: &str) {
        let entry = self.outputs.entry(path.to_owned()).or_insert_with(|| Entry {
            sha256: String::new(),
            size,
            editions: BTreeSet::new(),
        });
        (entry.sha256, entry.size) = (sha256, size);
        entry.editions.insert(edition.to_owned());
    }
}

/// A line of the journal: a publication whose files lie ready in the staging folder and
/// are about to take their places.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Intent {
    pub(super) edition: String,
    pub(super) origin: Origin,
    /// The sets that it names and that no line before does.
    pub(super) sets: BTreeMap<String, BTreeMap<String, String>>,
    pub(super) files: Vec<Ready>,
}

/// A file that lies ready.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Ready {
    /// Its name in the staging folder.
    pub(super) staged: String,
    /// Its path below the output folder.
    pub(super) path: String,
    pub(super) sha256: String,
    pub(super) size: u64,
}

/// Reads a journal; `None` where it is none. The last line may be cut off by whatever
/// ended the build: nothing had been moved for it yet.
pub(super) fn parse_journal(text: &str) -> Option<Vec<Intent>> {
    let mut lines = text.lines();
    (lines.next()? == JOURNAL).then_some(())?;
    let intents = lines.map_while(|line| serde_json::from_str::<Intent>(line).ok());
    let plain = |file: &Ready| {
        disk::is_plain(&file.path)
            && disk::is_plain(&file.staged)
            && !file.staged.contains('/')
    };
    Some(intents.filter(|intent| intent.files.iter().all(plain)).collect())
}
