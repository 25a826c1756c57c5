//! The engine that merges a document into an HTML page.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, Tera};

use super::{errors, filters};
use crate::diag::codes::merge as codes;
use crate::diag::{Diagnostic, Diagnostics, Reported, suggest};
use crate::folder::Library;
use crate::source::{FileId, Place, Sources};

/// What it reads.
const ENDINGS: [&str; 3] = [".html", ".xml", ".css"];

/// The engine for HTML, with all pages and styles. Made once, shared by threads.
#[derive(Debug)]
pub struct Pages {
    tera: Tera,
    files: BTreeMap<String, FileId>,
    /// The pages that cannot be used, and were reported.
    broken: BTreeMap<String, Reported>,
}

impl Pages {
    /// Reads the pages (`*.html`), feeds (`*.xml`) and styles (`*.css`) of a library.
    /// Everything that pages and feeds print is escaped for HTML, which does for XML, unless
    /// it is marked safe.
    pub fn new(library: &Library, sources: &Sources, diags: &mut Diagnostics) -> Self {
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html", ".xml"]);
        filters::register(&mut tera);
        let mut files: BTreeMap<String, FileId> = library
            .files
            .iter()
            .filter(|(path, _)| ENDINGS.iter().any(|ending| path.ends_with(ending)))
            .map(|(path, &file)| (path.clone(), file))
            .collect();
        let mut broken = BTreeMap::new();
        // A template that cannot be read takes itself out, so that the others still work;
        // so do those that name what is not there.
        loop {
            let texts = files.iter().map(|(path, &file)| (path, &sources.get(file).text));
            let mut attempt = tera.clone();
            let Err(error) = attempt.add_raw_templates(texts) else {
                tera = attempt;
                break;
            };
            let known: Vec<&str> = files.keys().map(String::as_str).collect();
            let culprits: Vec<String> = errors::culprits(&error)
                .into_iter()
                .filter(|path| files.contains_key(path))
                .collect();
            let Some(&first) = culprits
                .first()
                .and_then(|path| files.get(path))
                .or(files.values().next())
            else {
                break;
            };
            let text =
                |name: &str| files.get(name).map(|&file| sources.get(file).text.as_str());
            let locate = |name: &str, range| {
                files.get(name).map(|&file| Place::bytes(file, range))
            };
            let found = errors::lift(&error, locate, text, Place::whole(first), &known);
            let reported = diags.add_all(found);
            if culprits.is_empty() {
                broken.extend(files.into_keys().map(|path| (path, reported)));
                files = BTreeMap::new();
                break;
            }
            for path in culprits {
                files.remove(&path);
                broken.insert(path, reported);
            }
        }
        Self { tera, files, broken }
    }

    /// Whether there is a page of this name.
    pub fn has(&self, name: &str) -> bool {
        self.files.contains_key(name) || self.broken.contains_key(name)
    }

    /// Renders a page; the context's fields are what the template can name. `place` is
    /// where a problem is put that Tera does not place.
    ///
    /// # Errors
    /// When there is no such page or it cannot be carried out; reported with its place.
    pub fn render(
        &self,
        name: &str,
        context: &(impl Serialize + ?Sized),
        place: Place,
        diags: &mut Diagnostics,
    ) -> Result<String, Reported> {
        if let Some(&reported) = self.broken.get(name) {
            return Err(reported);
        }
        if !self.has(name) {
            let message = format!("there is no page template `{name}`");
            return Err(diags.add(
                Diagnostic::new(&codes::MISSING_TEMPLATE, place, message)
                    .maybe_hint(suggest(name, self.files.keys().map(String::as_str))),
            ));
        }
        let rendered = Context::from_serialize(context)
            .and_then(|context| self.tera.render(name, &context));
        rendered.map_err(|error| {
            let locate = |name: &str, range: std::ops::Range<usize>| {
                self.files.get(name).map(|&file| Place::bytes(file, range))
            };
            let known: Vec<&str> = self.files.keys().map(String::as_str).collect();
            diags.add_all(errors::lift(&error, locate, |_| None, place, &known))
        })
    }
}
