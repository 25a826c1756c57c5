//! Lists the built-in templates for `src/load/templates.rs`.
//!
//! Text files of `templates/` go into the program. Fonts do not: FandolFang is under the
//! GPL and lies beside the program as a file; the others are embedded by `typeset`. The
//! crate `include_dir` cannot leave out a folder.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads the source and writes where cargo says"
)]

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

/// Endings of the files that are embedded; `src/load/templates.rs` has the same list.
const TEXTS: [&str; 7] = ["toml", "html", "xml", "css", "typ", "md", "json"];

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
    let out = env::var_os("OUT_DIR").expect("cargo sets the output folder");
    fs::write(Path::new(&out).join("builtin.rs"), list)
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
