//! Laws that hold between whole builds, and between the two outputs of a publication.

#![expect(clippy::disallowed_methods, reason = "tests build presses and read outputs")]
#![cfg(feature = "pdf")]

mod altered;
mod bytes;
mod change;
mod covers;
mod edits;
mod page;
mod pages;
mod paper;
mod papers;
mod readers;
mod rounds;
mod twins;
mod weight;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use tempfile::TempDir;

use altered::copy;

/// The folder of this package, which is the sample press.
fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A press that was built.
struct Built {
    folder: TempDir,
}

impl Built {
    /// Copies the sample press, or one of `tests/projects`.
    fn copy(name: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let root = folder.path().join("press");
        if name == "sample" {
            copy(&package().join("annals.toml"), &root.join("annals.toml"));
            copy(&package().join("content"), &root.join("content"));
            copy(&package().join("templates"), &root.join("templates"));
        } else {
            copy(&package().join("tests/projects").join(name), &root);
        }
        Self { folder }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("press")
    }

    fn build(&self, args: &[&str]) {
        let output = Command::new(env!("CARGO_BIN_EXE_annals"))
            .arg("build")
            .args(args)
            .current_dir(self.root())
            .env_clear()
            .output()
            .expect("the program can be started");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
    }

    /// The outputs by path below `output`.
    fn outputs(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = tree(&self.root().join("output"));
        files.retain(|path, _| path != ".annals.lock" && !path.starts_with(".annals/"));
        files
    }
}

/// The outputs of a press, built once for all tests.
fn outputs(name: &'static str) -> &'static BTreeMap<String, Vec<u8>> {
    static SAMPLE: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    static MINUTES: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    static EVERYTHING: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    let cell = match name {
        "sample" => &SAMPLE,
        "minutes" => &MINUTES,
        _ => &EVERYTHING,
    };
    cell.get_or_init(|| {
        let press = Built::copy(name);
        press.build(&[]);
        press.outputs()
    })
}

/// All files below a folder, with their bytes.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(top: &Path, folder: &Path, out: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                walk(top, &path, out);
            } else {
                let below = path.strip_prefix(top).expect("it is below the top");
                let name = below.to_string_lossy().replace('\\', "/");
                out.insert(name, fs::read(&path).expect("the file can be read"));
            }
        }
    }
    let mut out = BTreeMap::new();
    walk(folder, folder, &mut out);
    out
}

/// What two texts are compared by: no white space, no marks that only guide line breaks.
fn bare(text: &str) -> String {
    let guides = ['\u{200b}', '\u{2060}', '\u{ad}', '\u{feff}', '\u{fe0e}', '\u{fe0f}'];
    text.chars()
        .filter(|found| !found.is_whitespace() && !guides.contains(found))
        .collect()
}
