//! Lists the built-in templates for `src/load/templates.rs`, and gives the program a number
//! by which what it left on a disk is known from what another one did.
//!
//! Text files of `templates/` go into the program. Fonts do not: FandolFang is under the
//! GPL and lies beside the program as a file; the others are embedded by `typeset`. The
//! crate `include_dir` cannot leave out a folder.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads the source and writes where cargo says"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

/// Endings of the files that are embedded; `src/load/templates.rs` has the same list.
const TEXTS: [&str; 8] = ["toml", "html", "xml", "css", "js", "typ", "md", "json"];

fn main() -> io::Result<()> {
    let root = env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets the folder");
    let templates = Path::new(&root).join("templates");
    println!("cargo:rerun-if-changed={}", templates.display());
    let mut found = Vec::new();
    if templates.is_dir() {
        walk(&templates, "", &mut found)?;
    }
    found.sort();
    let mut list = String::from("&[\n");
    for path in &found {
        let file = format!("/templates/{path}");
        let _ = writeln!(
            list,
            "({path:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {file:?}))),"
        );
    }
    list.push(']');
    println!("cargo:rustc-env=ANNALS_PROGRAM={:016x}", program(Path::new(&root))?);
    let out = env::var_os("OUT_DIR").expect("cargo sets the output folder");
    fs::write(Path::new(&out).join("builtin.rs"), list)
}

/// A number of all that the program is made from: any change of it may change outputs.
fn program(root: &Path) -> io::Result<u64> {
    let mut number = 0;
    for part in ["src", "assets", "templates", "Cargo.toml", "Cargo.lock"] {
        println!("cargo:rerun-if-changed={}", root.join(part).display());
        mix_in(&root.join(part), &mut number)?;
    }
    for (name, value) in env::vars().collect::<BTreeMap<_, _>>() {
        let decides = ["TARGET", "PROFILE", "OPT_LEVEL"].contains(&name.as_str())
            || name.starts_with("CARGO_FEATURE_");
        if decides {
            mix(name.as_bytes(), &mut number);
            mix(value.as_bytes(), &mut number);
        }
    }
    Ok(number)
}

fn mix_in(path: &Path, number: &mut u64) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default();
    mix(name.as_encoded_bytes(), number);
    if path.is_dir() {
        let mut entries = Vec::new();
        for entry in fs::read_dir(path)? {
            entries.push(entry?.path());
        }
        entries.sort();
        entries.iter().try_for_each(|entry| mix_in(entry, number))
    } else if path.exists() {
        mix(&fs::read(path)?, number);
        Ok(())
    } else {
        // A packaged crate may lack what only the repository has.
        Ok(())
    }
}

/// FNV-1a in steps of eight bytes: 17 MB of fonts are read at each build of the program.
fn mix(bytes: &[u8], number: &mut u64) {
    let mut step = |word: u64| {
        *number = (*number ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(23);
    };
    step(bytes.len() as u64);
    let (words, rest) = bytes.as_chunks::<8>();
    words.iter().for_each(|word| step(u64::from_le_bytes(*word)));
    rest.iter().for_each(|byte| step(u64::from(*byte)));
}

fn walk(folder: &Path, below: &str, found: &mut Vec<String>) -> io::Result<()> {
    println!("cargo:rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name =
            entry.file_name().into_string().expect("our templates have plain names");
        if name.starts_with('.') || (below.is_empty() && name == "fonts") {
            continue;
        }
        let path = format!("{below}{name}");
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &format!("{path}/"), found)?;
        } else if TEXTS.iter().any(|ending| path.ends_with(&format!(".{ending}"))) {
            found.push(path);
        }
    }
    Ok(())
}
