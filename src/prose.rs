//! Running text as its writer sees it: what the text rules read.
//!
//! A [`Prose`] is one paragraph, heading, cell or value without its markup, with the way
//! back to the bytes of the editor's own file. What is no text of the writer (code, what
//! an expression prints, a picture) is one [`DATA`] each: something stands there, and
//! nobody knows what.

use std::ops::Range;

use crate::manuscript::{Manuscript, Origin};
use crate::source::Place;

/// Stands for what is no text of the writer.
pub const DATA: char = '\u{FFFC}';

/// Stands where a statement was: what is printed there may begin or end here.
pub const GAP: char = '\u{FFFB}';

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The title of a publication, or its subtitle.
    Title,
    /// A heading of this level.
    Heading(u8),
    /// A paragraph, also in a list, a quotation or a note.
    Paragraph,
    /// A cell of a table, or a term that is defined.
    Cell,
    /// A value of a data file or of the front matter.
    Field,
    /// The words for a picture, for those who do not see it.
    Picture,
}

/// One text with the way back to its source.
#[derive(Debug, Clone, PartialEq)]
pub struct Prose {
    /// What it is.
    pub role: Role,
    /// Where it stands as a whole.
    pub place: Place,
    /// The text.
    text: String,
    /// Where stretches of the text came from, in order, without gaps.
    stretches: Vec<Stretch>,
    /// The piece of a manuscript that was added last.
    last_piece: Option<usize>,
}

/// A stretch of text; it ends where the next begins.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Stretch {
    /// Where it begins in the text.
    at: usize,
    /// Where its source begins.
    start: usize,
    /// Where the source ends; `None` where it is the same bytes.
    opaque_end: Option<usize>,
}

impl Prose {
    /// A text that is still empty.
    pub fn new(role: Role, place: Place) -> Self {
        Self { role, place, text: String::new(), stretches: Vec::new(), last_piece: None }
    }

    /// Adds text that stands in the file as it is, from this offset on.
    pub fn push(&mut self, text: &str, offset: usize) {
        if text.is_empty() {
            return;
        }
        let follows = self.stretches.last().is_some_and(|last| {
            last.opaque_end.is_none()
                && last.start + (self.text.len() - last.at) == offset
        });
        if !follows {
            let at = self.text.len();
            self.stretches.push(Stretch { at, start: offset, opaque_end: None });
        }
        self.text.push_str(text);
    }

    /// Adds a character that stands for something else in the file.
    pub fn push_opaque(&mut self, found: char, source: Range<usize>) {
        let (at, opaque_end) = (self.text.len(), Some(source.end));
        self.stretches.push(Stretch { at, start: source.start, opaque_end });
        self.text.push(found);
    }

    /// Adds text of which only the place as a whole is known.
    pub fn push_unplaced(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let (at, source) = (self.text.len(), self.place.range().unwrap_or(0..0));
        let opaque_end = Some(source.end);
        self.stretches.push(Stretch { at, start: source.start, opaque_end });
        self.text.push_str(text);
    }

    /// Adds a range of a manuscript. Where a statement stood between two pieces of it,
    /// something else may be printed there: one [`GAP`] says so.
    pub fn push_manuscript(&mut self, manuscript: &Manuscript, range: Range<usize>) {
        let pieces = &manuscript.pieces;
        let after = pieces.partition_point(|piece| piece.start <= range.start);
        for (index, piece) in pieces.iter().enumerate().skip(after.saturating_sub(1)) {
            if piece.start >= range.end {
                break;
            }
            let end =
                pieces.get(index + 1).map_or(manuscript.text.len(), |next| next.start);
            let part = range.start.max(piece.start)..range.end.min(end);
            if part.is_empty() {
                continue;
            }
            let source = piece.place.range().unwrap_or(0..0);
            match piece.origin {
                Origin::Expression => self.push_opaque(DATA, source),
                Origin::Literal => {
                    let gap = self.last_piece.is_some_and(|last| {
                        last < index && pieces[last].origin == Origin::Literal
                    });
                    if gap {
                        self.push_opaque(GAP, source.start..source.start);
                    }
                    let offset = source.start + (part.start - piece.start);
                    self.push(manuscript.text.get(part).unwrap_or_default(), offset);
                }
            }
            self.last_piece = Some(index);
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a range of the text stands in the file: from where its first to where its
    /// last byte came from.
    pub fn place_of(&self, range: Range<usize>) -> Place {
        if self.place.range().is_none() {
            return self.place;
        }
        let ends = self.stretch(range.start).zip(self.stretch(range.end.max(1) - 1));
        let Some((first, last)) = ends else { return self.place };
        let start = match first.opaque_end {
            None => first.start + (range.start - first.at),
            Some(_) => first.start,
        };
        let end =
            last.opaque_end.unwrap_or(last.start + range.end.saturating_sub(last.at));
        Place::bytes(self.place.file, start..end.max(start))
    }

    /// Where a range of the text stands, if exactly these bytes stand there in one piece.
    pub fn exact(&self, range: Range<usize>) -> Option<Place> {
        self.place.range()?;
        let first = self.stretch(range.start)?;
        let after = self.stretches.partition_point(|one| one.at <= range.start);
        let next = self.stretches.get(after);
        let whole = next.is_none_or(|next| next.at >= range.end);
        if first.opaque_end.is_some() || !whole || range.end > self.text.len() {
            return None;
        }
        let start = first.start + (range.start - first.at);
        Some(Place::bytes(self.place.file, start..start + range.len()))
    }

    /// Whether the characters on both sides of an offset are neighbours in the file too:
    /// no markup stands between.
    pub fn joins(&self, at: usize) -> bool {
        let index = self.stretches.partition_point(|one| one.at < at);
        let Some(next) = self.stretches.get(index).filter(|one| one.at == at) else {
            return true;
        };
        let before = at.checked_sub(1).and_then(|before| self.stretch(before));
        before.is_some_and(|before| {
            let end = before.opaque_end.unwrap_or(before.start + (at - before.at));
            end == next.start
        })
    }

    fn stretch(&self, at: usize) -> Option<&Stretch> {
        let after = self.stretches.partition_point(|one| one.at <= at);
        self.stretches.get(after.checked_sub(1)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceFile, Sources};

    #[test]
    fn a_range_leads_back_to_its_bytes_and_only_to_them() {
        let mut sources = Sources::new();
        let text = "**甲**,`x`乙";
        let file = SourceFile::new("a.md".into(), text.into(), Vec::new(), String::new());
        let file = sources.add(file);
        let mut prose = Prose::new(Role::Paragraph, Place::bytes(file, 0..text.len()));
        prose.push("甲", 2);
        prose.push(",", 7);
        prose.push_opaque(DATA, 8..11);
        prose.push("乙", 11);
        assert_eq!(prose.text(), "甲,\u{FFFC}乙");
        assert_eq!(prose.exact(3..4), Some(Place::bytes(file, 7..8)));
        assert_eq!(prose.exact(0..4), None, "markup stands between");
        assert_eq!(prose.exact(4..7), None, "data has no bytes of its own");
        assert_eq!(prose.place_of(0..4), Place::bytes(file, 2..8));
        assert_eq!(prose.place_of(3..10), Place::bytes(file, 7..14));
        assert_eq!(Prose::new(Role::Cell, Place::whole(file)).exact(0..0), None);
    }
}
