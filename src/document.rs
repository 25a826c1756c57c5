//! The document that all outlets are made from: PDF and HTML say the same words because
//! both are read from this value.
//!
//! A `Document` is finished: anchors are unique, numbers are set, references are
//! resolved, soft line breaks between Chinese characters are gone.

mod chart;
mod table;

pub use chart::{Chart, ChartKind, ChartPoint, ChartRow, MAX_SERIES};
pub use table::{Align, Cell, Table, is_missing};

use crate::model::{Figure, Year};
use crate::source::Place;

/// One edition's text and structure.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The blocks, in order; the title is not among them.
    pub blocks: Vec<Block>,
    /// What follows the text, before its annexes: corrections of figures, and where figures
    /// come from. It is no part of what its writer numbers and counts.
    pub after: Vec<Block>,
    /// The notes, in the order of their first reference; note `n` is at `n - 1`.
    pub notes: Vec<Note>,
    /// The headings, for contents and bookmarks, in order.
    pub outline: Vec<OutlineItem>,
    /// The files of pictures that the document uses, each once, in order of use.
    pub pictures: Vec<Picture>,
    /// The anchors that links can lead to: of headings, captions and notes, in order.
    pub anchors: Vec<String>,
    /// The links that lead to an anchor of another publication; whether it has that
    /// anchor can be told when all documents are parsed.
    pub cross_references: Vec<CrossReference>,
}

/// A link to an anchor of another publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrossReference {
    /// Output path of the other publication, without ending: `baoji/2020/ten-events`.
    pub path: String,
    /// The anchor in it, without `#`.
    pub anchor: String,
    /// Where the link stands.
    pub place: Place,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// Where it is written.
    pub place: Place,
    /// Its anchor, without `#`.
    pub anchor: String,
    /// How often it is referred to.
    pub references: usize,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A heading in the contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineItem {
    /// The level: 2 for the first level under the title.
    pub level: u8,
    /// The anchor, without `#`.
    pub anchor: String,
    /// The text without markup.
    pub text: String,
}

/// A picture file that the document uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Path below the press root, with `/`.
    pub path: String,
    /// Where it is first used.
    pub place: Place,
}

/// A block with the place it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Where it stands in the narrative (or in the data that printed it).
    pub place: Place,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list, its items in order.
    List(List),
    /// Terms with their definitions.
    Definitions(Vec<Definition>),
    /// A quotation.
    Quote(Vec<Block>),
    /// A block set apart: note, tip, important, warning, caution.
    Admonition(Admonition),
    /// Preformatted text.
    Code {
        /// The language after the fence; empty where none is given.
        language: String,
        /// The text, with a final line break where the source has one.
        text: String,
    },
    /// A table.
    Table(Table),
    /// A picture of its own, with caption.
    Figure(PictureBlock),
    /// Figures pulled out of the text and printed large, with what they are.
    Pulled(Vec<PulledFigure>),
    /// A chart.
    Chart(Box<Chart>),
    /// A thematic break.
    Rule,
    /// Where the contents are to be printed (`[[toc]]` alone in a paragraph).
    Contents,
}

/// A figure pulled out of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct PulledFigure {
    /// Where it stands.
    pub place: Place,
    /// The figure, as an inline of its own, so that every walk over text meets it.
    pub number: Vec<Inline>,
    /// What it is.
    pub label: Vec<Inline>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// The level as written, 1 to 6. Level 1 is the title's, which comes from the front
    /// matter: `parse` reports a `#` heading in a narrative.
    pub level: u8,
    /// Its anchor, without `#`.
    pub anchor: String,
    /// Classes of its attribute block.
    pub classes: Vec<String>,
    /// The text.
    pub content: Vec<Inline>,
}

/// A list.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// The first number of a numbered list.
    pub start: Option<u64>,
    /// Whether items are set without space between them; their paragraphs are then
    /// printed without `<p>`.
    pub tight: bool,
    /// The items.
    pub items: Vec<ListItem>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListItem {
    /// Where it stands.
    pub place: Place,
    /// The box of a task list: ticked or not.
    pub task: Option<bool>,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A term with its definitions.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// The term.
    pub term: Vec<Inline>,
    /// The definitions.
    pub details: Vec<Vec<Block>>,
}

/// A block set apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Admonition {
    /// What sort.
    pub kind: AdmonitionKind,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// What sort of admonition (GitHub's five: `> [!NOTE]`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdmonitionKind {
    /// 说明
    Note,
    /// 提示
    Tip,
    /// 重要
    Important,
    /// 注意
    Warning,
    /// 警告
    Caution,
}

/// A caption with its number.
#[derive(Debug, Clone, PartialEq)]
pub struct Caption {
    /// The number among the tables, or among the figures, of the document, from 1.
    pub number: usize,
    /// Its anchor, without `#`.
    pub anchor: String,
    /// The words.
    pub content: Vec<Inline>,
}

/// A picture that stands alone.
#[derive(Debug, Clone, PartialEq)]
pub struct PictureBlock {
    /// The caption, where it has one.
    pub caption: Option<Caption>,
    /// The picture.
    pub image: Image,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Path below the press root, with `/`.
    pub path: String,
    /// What it shows, for those who do not see it; never empty in a finished document.
    pub alt: String,
    /// The tooltip; empty where there is none, and where it became the caption.
    pub title: String,
}

/// A run of text with the place it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Inline {
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub kind: InlineKind,
}

/// What a run of text is.
#[derive(Debug, Clone, PartialEq)]
pub enum InlineKind {
    /// Text.
    Text(String),
    /// What a figure of the record printed.
    Figure(FigureText),
    /// Strong: 黑体 in Chinese.
    Strong(Vec<Inline>),
    /// Emphasis: 楷体 in Chinese.
    Emphasis(Vec<Inline>),
    /// Struck out.
    Strike(Vec<Inline>),
    /// Code.
    Code(String),
    /// A link.
    Link {
        /// Where it leads.
        target: Target,
        /// The tooltip; empty where there is none.
        title: String,
        /// The words.
        content: Vec<Inline>,
    },
    /// A picture in a line.
    Image(Image),
    /// A reference to note `n`, from 1; `reference` counts the references to it, from 1.
    NoteRef {
        /// Number of the note.
        note: usize,
        /// Which reference to it this is.
        reference: usize,
    },
    /// A line break that was asked for.
    HardBreak,
    /// A line break in the source that stands for a space.
    SoftBreak,
}

/// What a figure printed, and which figure it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureText {
    /// What stands in print.
    pub text: String,
    /// The figure.
    pub figure: FigureRef,
}

/// Which figure a text came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureRef {
    /// `series/year/id`, unique in the press: `baoji/2020/donors`.
    pub name: String,
    /// The value as a plain decimal number, magnitude applied: `12000000`.
    pub value: String,
    /// The unit.
    pub unit: String,
    /// The form in which it stands in print (`wan`, `change`: the name of the filter),
    /// where that is not the one of the record.
    pub form: Option<String>,
}

impl FigureRef {
    /// Names a figure of a year's record, or of the series as a whole.
    pub fn of(series: &str, year: Option<Year>, figure: &Figure) -> Self {
        let id = &figure.item.id;
        let name = match year {
            Some(year) => format!("{series}/{year}/{id}"),
            None => format!("{series}/{id}"),
        };
        let value = figure.value.value();
        let value = value.map_or_else(String::new, |value| value.normalize().to_string());
        Self { name, value, unit: figure.value.unit.clone(), form: None }
    }
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An address outside the press.
    Url(String),
    /// An anchor of this document, without `#`.
    Anchor(String),
    /// Another publication of the press.
    Publication {
        /// Its output path without ending: `baoji/2020/ten-events`.
        path: String,
        /// The anchor in it, without `#`.
        anchor: Option<String>,
    },
}

impl Document {
    /// The blocks in the order of print: the text, what follows it, the annexes.
    pub fn parts(&self) -> [&[Block]; 3] {
        let opens_annex = |block: &Block| matches!(&block.kind, BlockKind::Heading(heading) if heading.opens_annex());
        let first = self.blocks.iter().position(opens_annex);
        let (text, annexes) = self.blocks.split_at(first.unwrap_or(self.blocks.len()));
        [text, &self.after, annexes]
    }

    /// Calls `visit` on every block, outer before inner, notes and what follows last.
    pub fn each_block<'a>(&'a self, visit: &mut dyn FnMut(&'a Block)) {
        let notes = self.notes.iter().flat_map(|note| &note.blocks);
        for block in self.blocks.iter().chain(notes).chain(&self.after) {
            walk_block(block, visit, &mut |_| {});
        }
    }

    /// Calls `visit` on every inline of the document, captions and notes included, in
    /// reading order, outer before inner.
    pub fn each_inline<'a>(&'a self, visit: &mut dyn FnMut(&'a Inline)) {
        let notes = self.notes.iter().flat_map(|note| &note.blocks);
        for block in self.blocks.iter().chain(notes).chain(&self.after) {
            walk_block(block, &mut |_| {}, visit);
        }
    }
}

/// The one walk over blocks: `on_block` before a block's content, `on_inline` likewise.
pub fn walk_block<'a>(
    block: &'a Block,
    on_block: &mut dyn FnMut(&'a Block),
    on_inline: &mut dyn FnMut(&'a Inline),
) {
    on_block(block);
    match &block.kind {
        BlockKind::Heading(heading) => walk_inlines(&heading.content, on_inline),
        BlockKind::Paragraph(content) => walk_inlines(content, on_inline),
        BlockKind::List(list) => {
            for inner in list.items.iter().flat_map(|item| &item.blocks) {
                walk_block(inner, on_block, on_inline);
            }
        }
        BlockKind::Definitions(definitions) => {
            for definition in definitions {
                walk_inlines(&definition.term, on_inline);
                for inner in definition.details.iter().flatten() {
                    walk_block(inner, on_block, on_inline);
                }
            }
        }
        BlockKind::Quote(blocks) | BlockKind::Admonition(Admonition { blocks, .. }) => {
            for inner in blocks {
                walk_block(inner, on_block, on_inline);
            }
        }
        BlockKind::Table(table) => {
            if let Some(caption) = &table.caption {
                walk_inlines(&caption.content, on_inline);
            }
            for cell in table.cells() {
                walk_inlines(&cell.content, on_inline);
            }
            for inner in &table.notes {
                walk_block(inner, on_block, on_inline);
            }
        }
        BlockKind::Chart(chart) => {
            if let Some(caption) = &chart.caption {
                walk_inlines(&caption.content, on_inline);
            }
            for cell in chart.data.cells() {
                walk_inlines(&cell.content, on_inline);
            }
            for inner in &chart.notes {
                walk_block(inner, on_block, on_inline);
            }
        }
        BlockKind::Figure(figure) => {
            if let Some(caption) = &figure.caption {
                walk_inlines(&caption.content, on_inline);
            }
        }
        BlockKind::Pulled(figures) => {
            for figure in figures {
                walk_inlines(&figure.number, on_inline);
                walk_inlines(&figure.label, on_inline);
            }
        }
        BlockKind::Code { .. } | BlockKind::Rule | BlockKind::Contents => {}
    }
}

/// The one walk over inlines, outer before inner.
pub fn walk_inlines<'a>(content: &'a [Inline], visit: &mut dyn FnMut(&'a Inline)) {
    for inline in content {
        visit(inline);
        match &inline.kind {
            InlineKind::Strong(inner)
            | InlineKind::Emphasis(inner)
            | InlineKind::Strike(inner)
            | InlineKind::Link { content: inner, .. } => walk_inlines(inner, visit),
            _ => {}
        }
    }
}

impl Heading {
    /// Whether it opens an annex (附件, GB/T 9704-2012, 7.3.7): `{.annex}` or `{.附件}` after
    /// its words.
    pub fn opens_annex(&self) -> bool {
        self.level == 2
            && self.classes.iter().any(|class| class == "annex" || class == "附件")
    }
}

/// Whether a paragraph goes on in the line of the heading before it: one of the third
/// level or below that ends as a sentence does (`（一）加强领导。`).
pub fn runs_in(heading: &Block, passage: &Block) -> bool {
    let BlockKind::Heading(heading) = &heading.kind else { return false };
    heading.level >= 3
        && matches!(passage.kind, BlockKind::Paragraph(_))
        && plain_text(&heading.content).trim_end().ends_with('。')
}

/// The words that carry 着重号 (GB/T 15834-2011, 4.12): emphasis of nothing but strong
/// words, `***…***` in Markdown, which Chinese print has no other use for.
pub fn dotted(kind: &InlineKind) -> Option<&[Inline]> {
    let InlineKind::Emphasis(content) = kind else { return None };
    match content.as_slice() {
        [Inline { kind: InlineKind::Strong(words), .. }] => Some(words),
        _ => None,
    }
}

/// The words of a run of inlines without markup; breaks as spaces.
pub fn plain_text(content: &[Inline]) -> String {
    let mut out = String::new();
    walk_inlines(content, &mut |inline| match &inline.kind {
        InlineKind::Text(text) | InlineKind::Code(text) => out.push_str(text),
        InlineKind::Figure(figure) => out.push_str(&figure.text),
        InlineKind::Image(image) => out.push_str(&image.alt),
        InlineKind::HardBreak | InlineKind::SoftBreak => out.push(' '),
        _ => {}
    });
    out
}
