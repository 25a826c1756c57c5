//! Document → HTML: the body of a page, and what a page template is given.
//!
//! [`body`] writes the text; [`page_context`] says everything else that a template under
//! `templates/<kind>/page.html` may print. The two meet in the template engine, which
//! this module does not know.
//!
//! Promises: any text comes out as the same text and never as structure ([`escape`] is
//! the one border); ids are the anchors of the document, each once; nothing is fetched
//! and nothing is run. Names made here rather than in the document begin with `page:`,
//! which no anchor made of words does.

mod block;
mod chart;
mod escape;
mod figure;
mod inline;
mod link;
mod linked;
mod note;
mod page;
mod style;
mod table;

use crate::document::{Document, Image};
use crate::locale::Language;
use crate::sheet::Sheet;

pub use link::{file_href, publication_href};
pub use page::{
    DateText, FigureFile, FigureFiles, OutlineEntry, Page, PageContext, PageParts,
    PeriodText, SeriesText, page_context,
};
pub use style::style;

/// What the body of a page depends on beside its document.
pub struct Options<'a> {
    /// The language of the words that layouts add: 目录, 图, 注释.
    pub language: Language,
    /// What is written beside the text.
    pub profile: Profile,
    /// The address of another publication of the press, from its path and anchor;
    /// [`publication_href`] makes one.
    pub link: &'a dyn Fn(&str, Option<&str>) -> String,
    /// The source of a picture.
    pub picture: &'a dyn Fn(&Image) -> PictureSource,
    /// The drawings of the document's charts as SVG elements without title, in the order of
    /// [`Document::each_block`]; where they are missing, a page shows the data.
    pub charts: &'a [String],
    /// The figures that readers may ask about; those that are not in it are printed bare.
    pub figures: &'a Sheet,
}

/// What is written beside the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// All that a page needs: anchors, frames around tables that scroll, roles.
    Page,
    /// The HTML of the CommonMark specification, and nothing beside it.
    CommonMark,
}

/// Where a browser finds a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureSource {
    /// The address: relative (percent-encoded) or a `data:` address.
    pub href: String,
    /// Width and height in pixels, where known, so that text does not jump while
    /// pictures arrive.
    pub size: Option<(u32, u32)>,
}

/// The text of a document as HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    /// The text before its annexes: all of it, where it has none.
    pub text: String,
    /// The annexes, and the notes where there are annexes.
    pub annexes: String,
}

impl Body {
    /// All of it.
    pub fn whole(&self) -> String {
        format!("{}{}", self.text, self.annexes)
    }
}

/// Writes the text of a document as HTML: its blocks, then its notes, then those of its
/// figures.
pub fn body(document: &Document, options: &Options<'_>) -> Body {
    let mut writer = Writer {
        out: String::with_capacity(4096),
        document,
        options,
        has_contents: false,
        charts: 0,
        in_link: false,
    };
    let [text, after, annexes] = document.parts();
    writer.blocks(text);
    writer.blocks(after);
    let mut end = writer.out.len();
    writer.blocks(annexes);
    writer.notes();
    writer.figure_notes();
    if annexes.is_empty() {
        end = writer.out.len();
    }
    let annexes = writer.out.split_off(end);
    Body { text: writer.out, annexes }
}

/// One body while it is written. The parts of the writer stand in the files `block`,
/// `inline`, `table`, `chart` and `note`.
struct Writer<'a> {
    out: String,
    document: &'a Document,
    options: &'a Options<'a>,
    /// Whether the contents stand in the text already.
    has_contents: bool,
    /// How many charts have been written.
    charts: usize,
    /// Whether the words of a link are being written.
    in_link: bool,
}

impl Writer<'_> {
    /// Writes markup, or text that needs no escape.
    fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// Writes text.
    fn text(&mut self, text: &str) {
        escape::text(&mut self.out, text);
    }

    /// Writes ` name="value"`.
    fn attribute(&mut self, name: &str, value: &str) {
        escape::attribute(&mut self.out, name, value);
    }

    /// Writes ` href="#anchor"`.
    fn anchor_href(&mut self, anchor: &str) {
        self.attribute("href", &link::fragment(anchor));
    }

    /// Writes a number.
    fn number(&mut self, number: impl std::fmt::Display) {
        use std::fmt::Write as _;
        write!(self.out, "{number}").expect("a string takes all that is written to it");
    }

    /// Whether this is a page rather than the specification's HTML.
    fn page(&self) -> bool {
        self.options.profile == Profile::Page
    }

    /// The words of the page's language.
    fn words(&self) -> &'static crate::locale::Words {
        self.options.language.words()
    }
}
