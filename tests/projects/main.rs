//! Whole presses: a kind made of files alone, presses that replace a file of a built-in
//! kind, and broken ones with everything that is said about them.
//!
//! Each folder here is a press. One called `broken-…` holds `findings.txt`: what
//! `annals check --message-format short` says of it; `UPDATE=1` rewrites it.

#![expect(clippy::disallowed_methods, reason = "tests make presses and look at outputs")]

mod broken;
#[cfg(feature = "external")]
mod external;
mod half;
mod languages;
mod minutes;
mod own;
mod readers;
mod site;
mod workbook;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// The folder of the presses.
fn presses() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/projects")
}

/// Whether expectations are to be rewritten.
fn update() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

/// A copy of a press that may be built and changed.
struct Copy {
    folder: TempDir,
}

/// What a command said.
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Copy {
    fn of(press: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        copy(&presses().join(press), folder.path());
        Self { folder }
    }

    fn annals(&self, args: &[&str]) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_annals"))
            .args(args)
            .current_dir(self.folder.path())
            .env_clear()
            .output()
            .expect("the program can be started");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it says text");
        Said {
            code: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    /// Builds, expecting nothing to be said but the last line.
    fn build(&self) {
        let said = self.annals(&["build"]);
        assert_eq!(said.code, Some(0), "{}", said.err);
        assert_eq!(said.err.lines().count(), 1, "{}", said.err);
        assert_eq!(said.out, "");
    }

    fn bytes(&self, path: &str) -> Vec<u8> {
        fs::read(self.folder.path().join(path))
            .unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path)).expect("it is text")
    }

    /// The files below a folder, as paths of the press.
    fn files(&self, below: &str) -> Vec<String> {
        let (mut found, mut open) = (Vec::new(), vec![below.to_owned()]);
        while let Some(folder) = open.pop() {
            for entry in
                fs::read_dir(self.folder.path().join(&folder)).expect("it is there")
            {
                let entry = entry.expect("the entry can be read");
                let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
                let list = if entry.path().is_dir() { &mut open } else { &mut found };
                list.push(path);
            }
        }
        found.sort();
        found
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    /// The words of a PDF without white space.
    #[cfg(feature = "pdf")]
    fn pdf(&self, path: &str) -> String {
        let document = lopdf::Document::load_mem(&self.bytes(path)).expect("it is a PDF");
        let pages: Vec<u32> = document.get_pages().into_keys().collect();
        let text = document.extract_text(&pages).expect("its text can be read");
        text.chars().filter(|found| !found.is_whitespace()).collect()
    }
}

/// The words of a page, with one space for all white space between them.
fn words(page: &str) -> String {
    let page = scraper::Html::parse_document(page);
    let body = scraper::Selector::parse("body").expect("a selector");
    let text = page.select(&body).flat_map(|body| body.text());
    text.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder can be made");
    for entry in fs::read_dir(from).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        let target = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("the file can be copied");
        }
    }
}
