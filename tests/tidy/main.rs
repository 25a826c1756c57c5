//! Laws about the code itself: layers, sizes, codes and their cases, limits.

#![expect(clippy::disallowed_methods, reason = "tests read the source")]

mod codes;
mod layers;
mod limits;
mod sizes;

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of this package.
fn package() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// A file of the package.
fn read(path: &str) -> String {
    fs::read_to_string(package().join(path))
        .unwrap_or_else(|error| panic!("{path} cannot be read: {error}"))
}

/// The files below a folder with one of the endings, as paths of the package and text.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut paths = Vec::new();
    walk(&package().join(folder), &mut paths);
    paths.sort();
    let wanted = |path: &&PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| endings.contains(&ending))
    };
    let file = |path: &PathBuf| {
        let text = fs::read(path).expect("the file can be read");
        let below = path.strip_prefix(package()).expect("it is below the package");
        let name = below.to_str().expect("our paths are text").replace('\\', "/");
        (name, String::from_utf8_lossy(&text).into_owned())
    };
    paths.iter().filter(wanted).map(file).collect()
}

fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            walk(&path, out);
        } else {
            out.push(path);
        }
    }
}
