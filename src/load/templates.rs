//! Templates: the built-in ones in the program, a press's own over them.

use std::collections::BTreeMap;

use super::limits::{MAX_BINARY, MAX_TREE};
use super::press::Reader;
use super::toml;
use crate::diag::Diagnostics;
use crate::folder::Library;
use crate::source::{SourceFile, Sources};
use crate::tree::Node;

/// The built-in templates: path below `templates/` and text, in order of paths; `build.rs`
/// makes the list.
static BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/builtin.rs"));

/// What the paths of built-in templates begin with.
const PREFIX: &str = "annals:templates/";

/// The theme, below `templates/`.
const THEME: &str = "theme.toml";

/// Endings of templates that are text; `build.rs` has the same list.
const TEXTS: [&str; 8] = ["toml", "html", "xml", "css", "js", "typ", "md", "json"];

/// Endings of files beside templates that are not text, or are passed on as they are.
const BINARIES: [&str; 9] =
    ["ttf", "otf", "ttc", "png", "jpg", "jpeg", "webp", "svg", "woff2"];

/// The built-in templates: path below `templates/` and text, in order of paths.
pub fn builtin_templates() -> &'static [(&'static str, &'static str)] {
    BUILT_IN
}

/// Reads the library of a press.
pub(super) fn library(reader: &mut Reader<'_>, built_in: &[(&str, &str)]) -> Library {
    let mut library = Library::default();
    for entry in reader.walk("templates") {
        let name = entry.path["templates/".len()..].to_owned();
        if TEXTS.contains(&entry.ending.as_str()) {
            if let Some(file) = reader.text(&entry.path, MAX_TREE) {
                library.files.insert(name, file);
            }
        } else if BINARIES.contains(&entry.ending.as_str())
            && let Some(binary) = reader.binary(&entry.path, MAX_BINARY)
        {
            library.binaries.insert(name, binary);
        }
    }
    for (name, text) in built_in {
        if !library.files.contains_key(*name) {
            let file = reader.sources.add(built_in_file(name, text));
            library.files.insert((*name).to_owned(), file);
        }
    }
    library
}

fn built_in_file(name: &str, text: &str) -> SourceFile {
    let hash = super::hash(text.as_bytes());
    SourceFile::new(format!("{PREFIX}{name}"), text.to_owned(), Vec::new(), hash)
}

/// The theme in the program, which gives every role its value.
pub fn builtin_theme(sources: &mut Sources, diags: &mut Diagnostics) -> Option<Node> {
    let (name, text) = BUILT_IN.iter().find(|(name, _)| *name == THEME)?;
    let file = sources.add(built_in_file(name, text));
    toml::parse(text, file, 0, diags)
}

/// Reads the themes: the one in the program, and the press's own over it.
pub(super) fn themes(reader: &mut Reader<'_>, library: &Library) -> Vec<Node> {
    let Some(&file) = library.files.get(THEME) else { return Vec::new() };
    let own = !reader.sources.get(file).path.starts_with(PREFIX);
    let built_in = own.then(|| builtin_theme(reader.sources, reader.diags)).flatten();
    let text = &reader.sources.get(file).text;
    built_in.into_iter().chain(toml::parse(text, file, 0, reader.diags)).collect()
}

/// Reads the contracts of kinds: `kind.toml` of each folder that has one.
pub(super) fn contracts(
    reader: &mut Reader<'_>,
    library: &Library,
) -> BTreeMap<String, Node> {
    let mut contracts = BTreeMap::new();
    for (path, &file) in &library.files {
        let kind = path.strip_suffix("/kind.toml").filter(|kind| !kind.contains('/'));
        let Some(kind) = kind else { continue };
        let text = &reader.sources.get(file).text;
        if let Some(node) = toml::parse(text, file, 0, reader.diags) {
            contracts.insert(kind.to_owned(), node);
        }
    }
    contracts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::text::refused;

    #[test]
    fn built_in_templates_are_plain_text_in_order() {
        assert!(BUILT_IN.is_sorted());
        for (path, text) in BUILT_IN {
            assert!(!path.starts_with("fonts/"), "{path}");
            assert!(!text.chars().any(|c| refused(c).is_some()), "{path}");
            let ending = path.rsplit('.').next().expect("it has an ending");
            assert!(TEXTS.contains(&ending), "{path}");
        }
    }
}
