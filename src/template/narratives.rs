//! The engine that merges data into Markdown.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::ops::Range;

use tera::{Delimiters, Tera};

use super::marks::{self, Marked, Segment};
use super::{Scope, errors, escape, filters, fuel, words};
use crate::diag::codes::merge as codes;
use crate::diag::{Diagnostic, Diagnostics, Reported};
use crate::document::FigureRef;
use crate::folder::Library;
use crate::manuscript::Manuscript;
use crate::source::{FileId, Place, Sources};

/// The most that one narrative may become when merged, marks included.
pub const MAX_MERGED_BYTES: usize = 64 * 1024 * 1024;

/// How many failing expressions of a narrative are reported in one run.
const MAX_FAILED: usize = 50;

/// The name that Tera gives a template without a name.
const ONE_OFF: &str = "__tera_one_off";

/// The engine for Markdown, with the partials of all kinds. Made once, shared by threads.
#[derive(Debug)]
pub struct Narratives {
    tera: Tera,
    partials: BTreeMap<String, (FileId, Marked)>,
    segments: Vec<Segment>,
}

/// Knows which names lead nowhere.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// The names before a dot that are looked at.
    pub roots: &'a [&'a str],
    /// What is to be said of a name, where it leads nowhere.
    pub find: &'a dyn Fn(&NameUse) -> Option<Diagnostic>,
}

/// `root.name` in a tag of a narrative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameUse {
    /// The name before the dot: `f`, `event`.
    pub root: String,
    /// The name after it.
    pub name: String,
    /// Where it stands.
    pub place: Place,
}

impl Narratives {
    /// Reads the partials (`*.md`, but not the `new.md` of kinds) of a library.
    pub fn new(library: &Library, sources: &Sources, diags: &mut Diagnostics) -> Self {
        let mut tera = plain_engine();
        tera.set_escape_fn(escape::escape_markdown);
        tera.autoescape_on(vec![".md"]);
        filters::register(&mut tera);
        fuel::register(&mut tera);
        let mut engine = Self { tera, partials: BTreeMap::new(), segments: Vec::new() };
        for (path, &file) in &library.files {
            if path.ends_with(".md") && !path.ends_with("new.md") {
                engine.add_partial(path, file, sources);
            }
        }
        engine.finish(diags);
        engine
    }

    fn add_partial(&mut self, path: &str, file: FileId, sources: &Sources) {
        let text = &sources.get(file).text;
        let marked = marks::insert(
            text,
            0..text.len(),
            file,
            self.segments.len(),
            &BTreeSet::new(),
        );
        self.segments.extend_from_slice(&marked.segments);
        self.partials.insert(path.to_owned(), (file, marked));
    }

    /// Hands the partials to Tera; one that cannot be read is reported and left out.
    fn finish(&mut self, diags: &mut Diagnostics) {
        loop {
            let templates = self.partials.iter().map(|(path, (_, m))| (path, &m.text));
            let Err(error) = self.tera.add_raw_templates(templates) else { return };
            let Some(bad) = self.partials.keys().find(|path| self.fails_alone(path))
            else {
                let fallback = self.partials.values().next().map(|(file, _)| *file);
                if let Some(file) = fallback {
                    self.lift(&error, None, Place::whole(file), diags);
                }
                return;
            };
            let bad = bad.clone();
            let (file, _) = self.partials[&bad];
            let mut alone = plain_engine();
            let text = self.partials[&bad].1.text.as_str();
            let error = alone.add_raw_template(&bad, text).err().unwrap_or(error);
            self.lift(&error, None, Place::whole(file), diags);
            self.partials.remove(&bad);
        }
    }

    fn fails_alone(&self, path: &str) -> bool {
        let syntax =
            |error: &tera::Error| matches!(error.kind(), tera::ErrorKind::SyntaxError(_));
        let text = self.partials[path].1.text.as_str();
        plain_engine().add_raw_template(path, text).err().as_ref().is_some_and(syntax)
    }

    /// Merges the body of a narrative: `range` of the file's text.
    ///
    /// # Errors
    /// When a template cannot be read or carried out; reported with its place.
    pub fn merge(
        &self,
        (file, range): (FileId, Range<usize>),
        scope: &Scope,
        names: &Names<'_>,
        sources: &Sources,
        diags: &mut Diagnostics,
    ) -> Result<Manuscript, Reported> {
        let text = &sources.get(file).text;
        let fallback = Place::bytes(file, range.clone());
        let first = self.segments.len();
        // An expression that fails is left out, so that the rest of the text is looked at.
        let mut failed = BTreeSet::new();
        let mut outcome = Ok(());
        let mut marked = marks::insert(text, range.clone(), file, first, &failed);
        let place = |range| Place::bytes(file, range);
        if let Err((bad, reported)) =
            report_names(text, &marked.tags, names, place, diags)
        {
            outcome = Err(reported);
            for at in bad {
                failed.insert(marked.expression_at(text, at).ok_or(reported)?);
            }
            marked = marks::insert(text, range.clone(), file, first, &failed);
        }
        let rendered = loop {
            let own = Some((file, &marked));
            let error = match self.render(&marked.text, scope, true) {
                Ok(rendered) => break rendered,
                Err(error) => error,
            };
            let expression = errors::rendering_range(&error, ONE_OFF)
                .map(|at| marked.source_offset(at.start))
                .and_then(|at| marked.expression_at(text, at));
            outcome = Err(self.lift(&error, own, fallback, diags));
            match expression {
                Some(tag) if failed.len() < MAX_FAILED && failed.insert(tag) => {}
                _ => outcome?,
            }
            marked = marks::insert(text, range.clone(), file, first, &failed);
        };
        outcome?;
        let segment = |number: usize| match number.checked_sub(self.segments.len()) {
            Some(own) => marked.segments.get(own).copied(),
            None => self.segments.get(number).copied(),
        };
        let read = marks::read(&rendered, segment, fallback);
        let mut manuscript = read.manuscript;
        for printed in read.figures {
            if let Some(figure) = scope.figure(printed.figure) {
                let form = printed.form.and_then(filters::form_name).map(str::to_owned);
                manuscript
                    .figures
                    .push((printed.range, FigureRef { form, ..figure.clone() }));
            }
        }
        report_printed_tables(&manuscript, fallback, diags)?;
        Ok(manuscript)
    }

    /// Merges a line of front matter (a title): plain text, without marks.
    ///
    /// # Errors
    /// As [`Self::merge`].
    pub fn line(
        &self,
        text: &crate::press::Text,
        scope: &Scope,
        names: &Names<'_>,
        diags: &mut Diagnostics,
    ) -> Result<String, Reported> {
        if !text.text.contains("{{") && !text.text.contains("{%") {
            return Ok(text.text.clone());
        }
        let file = text.place.file;
        let whole = 0..text.text.len();
        let marked =
            marks::insert(&text.text, whole, file, self.segments.len(), &BTreeSet::new());
        report_names(&text.text, &marked.tags, names, |_| text.place, diags)
            .map_err(|(_, reported)| reported)?;
        // The text may have been unescaped from TOML or YAML, so an error is put on the
        // value as a whole.
        let rendered = self
            .render(&marked.text, scope, false)
            .map(|rendered| marks::strip(&rendered))
            .map_err(|error| self.lift(&error, None, text.place, diags))?;
        Ok(rendered.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// What an expression prints, for `annals query`: Markdown-free text.
    ///
    /// # Errors
    /// As [`Self::merge`].
    pub fn expression(
        &self,
        expression: &str,
        scope: &Scope,
        place: Place,
        diags: &mut Diagnostics,
    ) -> Result<String, Reported> {
        let text = crate::press::Text { text: format!("{{{{ {expression} }}}}"), place };
        let names = Names { roots: &[], find: &|_| None };
        self.line(&text, scope, &names, diags)
    }

    /// Carries a text out.
    fn render(
        &self,
        text: &str,
        scope: &Scope,
        escape: bool,
    ) -> tera::TeraResult<String> {
        let mut out = Bounded { bytes: Vec::new() };
        fuel::refill();
        self.tera.render_str_to(text, &scope.context, escape, &mut out)?;
        Ok(String::from_utf8_lossy(&out.bytes).into_owned())
    }

    fn lift(
        &self,
        error: &tera::Error,
        one_off: Option<(FileId, &Marked)>,
        fallback: Place,
        diags: &mut Diagnostics,
    ) -> Reported {
        let known: Vec<&str> = self.partials.keys().map(String::as_str).collect();
        let locate = |name: &str, range: Range<usize>| {
            let (file, marked) = if name == ONE_OFF {
                one_off?
            } else {
                let (file, marked) = self.partials.get(name)?;
                (*file, marked)
            };
            let start = marked.source_offset(range.start);
            let end = marked.source_offset(range.end).max(start);
            Some(Place::bytes(file, start..end))
        };
        let text = |name: &str| match one_off {
            Some((_, marked)) if name == ONE_OFF => Some(marked.text.as_str()),
            _ => self.partials.get(name).map(|(_, marked)| marked.text.as_str()),
        };
        diags.add_all(errors::lift(error, locate, text, fallback, &known))
    }
}

/// Reports the names in a text that lead nowhere; gives the places in the text.
fn report_names(
    text: &str,
    tags: &[Range<usize>],
    names: &Names<'_>,
    place: impl Fn(Range<usize>) -> Place,
    diags: &mut Diagnostics,
) -> Result<(), (Vec<usize>, Reported)> {
    let mut bad = Vec::new();
    let mut reported = None;
    for found in words::uses(text, tags, names.roots) {
        let name = NameUse {
            root: found.root,
            name: found.name,
            place: place(found.range.clone()),
        };
        if let Some(finding) = (names.find)(&name) {
            bad.push(found.range.start);
            reported = Some(diags.add(finding));
        }
    }
    reported.map_or(Ok(()), |reported| Err((bad, reported)))
}

/// An engine that knows nothing, to see whether a template can be read at all.
fn plain_engine() -> Tera {
    let mut tera = Tera::new();
    tera.set_delimiters(delimiters()).expect("the delimiters differ from each other");
    tera
}

/// Tera's delimiters, but for comments.
fn delimiters() -> Delimiters {
    let (comment_start, comment_end) = marks::COMMENT;
    Delimiters {
        comment_start: comment_start.into(),
        comment_end: comment_end.into(),
        ..Delimiters::default()
    }
}

/// An item printed as a whole shows its hidden key.
fn report_printed_tables(
    manuscript: &Manuscript,
    fallback: Place,
    diags: &mut Diagnostics,
) -> Result<(), Reported> {
    // Tera prints keys as Rust's debug form does, and the escape function adds backslashes.
    const SHOWN: &str = r"\\u\{100003\}";
    let mut reported = Ok(());
    let mut last = None;
    for (at, _) in manuscript.text.match_indices(SHOWN) {
        let place = manuscript.place(at..at + SHOWN.len(), fallback);
        if last.replace(place) != Some(place) {
            let finding = Diagnostic::new(
                &codes::PRINTED_TABLE,
                place,
                "this prints a whole item, not one of its fields",
            )
            .hint("name the field to print, such as `.title` or `.value`");
            reported = Err(diags.add(finding));
        }
    }
    reported
}

/// A buffer that refuses to grow past [`MAX_MERGED_BYTES`].
struct Bounded {
    bytes: Vec<u8>,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > MAX_MERGED_BYTES {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
