//! Markdown → [`Document`].
//!
//! The only module that knows pulldown-cmark. Parsing never fails: what cannot be
//! understood is reported, and the rest of the document is made all the same.
//!
//! The line is: [`marks`] make the text ready (emphasis beside Chinese punctuation, data
//! that must stay data), [`build`] turns events into blocks, and [`PASSES`] finish the
//! document, each with one task.

mod build;
mod charts;
mod cjk;
mod inlines;
mod marks;
mod open;
mod ordinals;
mod passes;
mod prose;
mod raw_html;

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

pub use build::MAX_NESTING;
pub use charts::{MAX_BLOCK_LINES, MAX_POINTS, may_hold_chart};
pub use ordinals::number_headings;
pub use prose::prose;

use crate::diag::Diagnostics;
use crate::document::Document;
use crate::locale::Language;
use crate::manuscript::Manuscript;
use crate::model::{Record, Year};
use crate::press::Series;
use crate::source::Place;

/// What `parse` must know of the edition and of the press.
pub struct Context<'a> {
    /// The language: of generated words, and of the rule for line breaks.
    pub language: Language,
    /// The narrative as a whole: the place of what has no other.
    pub place: Place,
    /// The edition's output path: `baoji/2020/ten-events`.
    pub path: &'a str,
    /// The narrative's own path below the press root, from which links and pictures are
    /// counted: `content/baoji/2020/ten-events.md`.
    pub narrative: &'a str,
    /// The output path of the narrative with this path below the press root.
    pub publications: &'a dyn Fn(&str) -> Option<String>,
    /// All narratives by path below the press root, for "did you mean".
    pub narratives: &'a [String],
    /// Whether the rules for narratives apply.
    pub dialect: Dialect,
    /// What charts are drawn from, where there is a record.
    pub facts: Option<Facts<'a>>,
}

/// The facts that charts are drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The series.
    pub series: &'a Series,
    /// The year of the edition's record.
    pub year: Option<Year>,
    /// The edition's record.
    pub record: &'a Record,
}

impl<'a> Facts<'a> {
    /// The record of a year; for none that of the series as a whole.
    fn of(self, year: Option<Year>) -> Option<&'a Record> {
        match year {
            None => Some(&self.series.shared),
            Some(_) if year == self.year => Some(self.record),
            Some(year) => self.series.records.get(&year),
        }
    }
}

/// Which rules apply beyond those of Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// A narrative: links lead to something, pictures are files of the press, headings
    /// begin at level 2, a picture alone in its paragraph is a figure.
    Narrative,
    /// Markdown as it is, as the examples of the CommonMark specification have it: links
    /// and pictures say what is written.
    Markdown,
}

/// Makes a document from a manuscript.
pub fn parse(
    manuscript: &Manuscript,
    context: &Context<'_>,
    diags: &mut Diagnostics,
) -> Document {
    let marked = marks::encode(manuscript, &|| tables(&manuscript.text));
    let built = build::build(manuscript, &marked, context, diags);
    let mut document = passes::notes(built, context, diags);
    passes::breaks(&mut document, context, diags);
    passes::guard(&mut document, manuscript);
    for pass in PASSES {
        pass(&mut document, context, diags);
    }
    passes::release(&mut document);
    document
}

/// A pass over the document.
type Pass = fn(&mut Document, &Context<'_>, &mut Diagnostics);

/// The passes after line breaks are settled, in the order in which they act.
static PASSES: &[Pass] = &[
    passes::contents,
    passes::pulled,
    passes::figures,
    passes::captions,
    passes::tables,
    passes::numbering,
    passes::anchors,
    passes::references,
    passes::pictures,
    passes::headings,
    passes::outline,
];

/// The ranges of the tables of a text.
fn tables(text: &str) -> Vec<Range<usize>> {
    Parser::new_ext(text, build::options())
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Start(Tag::Table(_))))
        .map(|(_, range)| range)
        .collect()
}
