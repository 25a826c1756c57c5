//! Containers of blocks and inlines while they are being read.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, HeadingLevel};

use super::charts::Entry;
use crate::document::{
    AdmonitionKind, Align, Block, Cell, Definition, Inline, ListItem, Table,
};

/// A container that has begun and not ended.
pub struct Open {
    pub what: What,
    pub range: Range<usize>,
    pub blocks: Vec<Block>,
    pub inlines: Vec<Inline>,
    /// What the inlines cover, where a container of blocks holds them without paragraph.
    pub loose: Range<usize>,
    /// Where the last text among the inlines begins.
    pub text: Option<usize>,
}

impl Open {
    /// A container that has just begun.
    pub fn new(what: What, range: Range<usize>) -> Self {
        let (blocks, inlines) = (Vec::new(), Vec::new());
        Self { what, range, blocks, inlines, loose: 0..0, text: None }
    }
}

/// What a container is.
pub enum What {
    Root,
    Paragraph,
    Heading {
        level: u8,
        anchor: String,
        classes: Vec<String>,
    },
    Quote(Option<AdmonitionKind>),
    List {
        start: Option<u64>,
        tight: bool,
        items: Vec<ListItem>,
    },
    Item {
        task: Option<bool>,
    },
    /// `title`: what follows the language; `lines`: the lines of a chart.
    Code {
        language: String,
        title: String,
        text: String,
        lines: Vec<Entry>,
    },
    Html(String),
    Note(String),
    Definitions(Vec<Definition>),
    Term,
    Detail,
    Table(Table),
    /// `end`: where its last cell ends.
    Row {
        head: bool,
        cells: Vec<Cell>,
        end: usize,
    },
    Cell,
    Emphasis,
    Strong,
    Strike,
    Link {
        target: String,
        title: String,
    },
    Image {
        path: String,
        title: String,
    },
    Plain,
}

impl What {
    /// Whether it holds blocks, so that text in it is a paragraph.
    pub fn holds_blocks(&self) -> bool {
        matches!(
            self,
            Self::Root
                | Self::Quote(_)
                | Self::Item { .. }
                | Self::Note(_)
                | Self::Detail
        )
    }
}

/// The level of a heading.
pub fn heading_level(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// What sort of admonition a tag says.
pub fn admonition(kind: BlockQuoteKind) -> AdmonitionKind {
    match kind {
        BlockQuoteKind::Note => AdmonitionKind::Note,
        BlockQuoteKind::Tip => AdmonitionKind::Tip,
        BlockQuoteKind::Important => AdmonitionKind::Important,
        BlockQuoteKind::Warning => AdmonitionKind::Warning,
        BlockQuoteKind::Caution => AdmonitionKind::Caution,
    }
}

/// How a column is aligned.
pub fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::Auto,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}
