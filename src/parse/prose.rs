//! The running text of a narrative that nothing is merged into yet: what the text rules
//! read. Code, addresses and raw HTML are left out; the words for a picture are a text of
//! their own; markup leaves no trace.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::marks::{self, Marked};
use super::{build, open, tables};
use crate::manuscript::{Manuscript, Origin};
use crate::prose::{DATA, Prose, Role};
use crate::source::Place;

/// The paragraphs, headings and cells of a manuscript, in reading order. `fallback` is the
/// place of what has none.
pub fn prose(manuscript: &Manuscript, fallback: Place) -> Vec<Prose> {
    let marked = marks::encode(manuscript, &|| tables(&manuscript.text));
    let mut reader = Reader {
        manuscript,
        marked: &marked,
        fallback,
        role: Role::Paragraph,
        skipping: 0,
        current: None,
        picture: None,
        done: Vec::new(),
    };
    let parser = Parser::new_ext(&marked.text, build::options());
    for (event, range) in parser.into_offset_iter() {
        reader.event(&event, range);
    }
    reader.flush();
    reader.done
}

struct Reader<'a> {
    manuscript: &'a Manuscript,
    marked: &'a Marked,
    fallback: Place,
    role: Role,
    /// How deep we are in a container whose text is not read.
    skipping: usize,
    current: Option<Prose>,
    /// The words for a picture that are being read.
    picture: Option<Prose>,
    done: Vec<Prose>,
}

impl Reader<'_> {
    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(_) if self.skipping > 0 => self.skipping += 1,
            Event::End(_) if self.skipping > 0 => {
                self.skipping -= 1;
                if self.skipping == 0 {
                    self.done
                        .extend(self.picture.take().filter(|one| !one.text().is_empty()));
                }
            }
            Event::Text(text) if self.picture.is_some() => self.words(text, range),
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag),
            _ if self.skipping > 0 => {}
            Event::Text(text) => self.text(text, range),
            Event::Code(_)
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_) => self.opaque(DATA, range),
            Event::SoftBreak | Event::HardBreak => self.opaque('\n', range),
            Event::Html(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {}
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => {
                self.opaque(DATA, range);
                self.skipping = 1;
            }
            // The words for a picture are a text of their own.
            Tag::Image { .. } => {
                let place = self.marked.back(range.clone());
                let place = self.manuscript.place(place, self.fallback);
                self.opaque(DATA, range);
                self.picture = Some(Prose::new(Role::Picture, place));
                self.skipping = 1;
            }
            // A link without text prints what it leads to.
            Tag::Link { .. } if self.is_empty_link(&range) => self.opaque(DATA, range),
            Tag::Link { .. } => {}
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.flush();
                self.skipping = 1;
            }
            Tag::Heading { level, .. } => {
                self.begin(Role::Heading(open::heading_level(*level)))
            }
            Tag::TableCell | Tag::DefinitionListTitle => self.begin(Role::Cell),
            _ => self.begin(Role::Paragraph),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        let inline = matches!(
            tag,
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link
        );
        if !inline {
            self.begin(Role::Paragraph);
        }
    }

    fn is_empty_link(&self, range: &Range<usize>) -> bool {
        self.marked.text.get(range.clone()).is_some_and(|text| text.starts_with("[]"))
    }

    /// Begins another text; the one before is finished.
    fn begin(&mut self, role: Role) {
        self.flush();
        self.role = role;
    }

    fn flush(&mut self) {
        self.done.extend(self.current.take().filter(|prose| !prose.text().is_empty()));
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        let source = self.marked.back(range.clone());
        let written = self.manuscript.text.get(source.clone());
        // What was written otherwise (`&mdash;`) is nobody's to mend. Where an expression
        // printed a part of it, it is the escapes of that part.
        let same = written.is_some_and(|written| marks::is_plain(text, written));
        if !same && !self.holds_print(&source) {
            return self.opaque(DATA, range);
        }
        let manuscript = self.manuscript;
        self.current(source.clone()).push_manuscript(manuscript, source);
    }

    /// Adds to the words for a picture.
    fn words(&mut self, text: &str, range: Range<usize>) {
        let source = self.marked.back(range);
        let written = self.manuscript.text.get(source.clone());
        let same = written.is_some_and(|written| marks::is_plain(text, written));
        let known = same || self.holds_print(&source);
        if let Some(picture) = &mut self.picture
            && known
        {
            picture.push_manuscript(self.manuscript, source);
        }
    }

    /// Whether an expression printed a part of a range of the manuscript.
    fn holds_print(&self, source: &Range<usize>) -> bool {
        let pieces = &self.manuscript.pieces;
        let after = pieces.partition_point(|piece| piece.start <= source.start);
        pieces
            .iter()
            .skip(after.saturating_sub(1))
            .take_while(|piece| piece.start < source.end)
            .any(|piece| piece.origin == Origin::Expression)
    }

    fn opaque(&mut self, found: char, range: Range<usize>) {
        let range = self.marked.back(range);
        let place = self.manuscript.place(range.clone(), self.fallback);
        let source = place.range().unwrap_or(0..0);
        self.current(range).push_opaque(found, source);
    }

    /// The text that is being read; begun here where it is not.
    fn current(&mut self, range: Range<usize>) -> &mut Prose {
        let (role, fallback, manuscript) = (self.role, self.fallback, self.manuscript);
        self.current
            .get_or_insert_with(|| Prose::new(role, manuscript.place(range, fallback)))
    }
}
