//! The merged Markdown of an edition, with the way back to where each piece came from.

use std::ops::Range;

use crate::document::FigureRef;
use crate::source::Place;

/// Markdown after merging: what `parse` reads.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Manuscript {
    /// The Markdown.
    pub text: String,
    /// The pieces that the text is made of, in order, without gaps.
    pub pieces: Vec<Piece>,
    /// What figures printed: byte ranges of `text`, in order, not overlapping.
    pub figures: Vec<(Range<usize>, FigureRef)>,
}

/// A stretch of merged text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Where it begins in [`Manuscript::text`]; it ends where the next begins.
    pub start: usize,
    /// Where it came from: for [`Origin::Literal`] the same bytes in the source, for
    /// [`Origin::Expression`] the `{{ … }}` that printed it.
    pub place: Place,
    /// Whether it was copied or printed.
    pub origin: Origin,
}

/// Whether a piece was copied from the narrative or printed by an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Copied byte for byte from a narrative or partial.
    Literal,
    /// Printed by an expression: its data is escaped, a backslash before each ASCII
    /// punctuation character, so that it is inert in Markdown. Inside code, where a
    /// backslash means itself, `parse` takes these backslashes away again.
    Expression,
}

impl Manuscript {
    /// A manuscript that is one literal text: what `parse` gets where nothing is merged.
    pub fn literal(text: &str, place: Place) -> Self {
        let pieces = vec![Piece { start: 0, place, origin: Origin::Literal }];
        Self { text: text.to_owned(), pieces, figures: Vec::new() }
    }

    /// The piece that a byte of the text belongs to.
    pub fn piece_at(&self, offset: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.start <= offset);
        self.pieces.get(after.checked_sub(1)?)
    }

    /// The place in the editor's own file that a range of the text came from: from where
    /// its first byte to where its last byte was written, as far as both are in one file.
    pub fn place(&self, range: Range<usize>, fallback: Place) -> Place {
        let Some(first) = self.piece_at(range.start) else { return fallback };
        let Some(source) = first.place.range() else { return first.place };
        let start = match first.origin {
            Origin::Literal => source.start + (range.start - first.start),
            Origin::Expression => source.start,
        };
        let end = self.piece_at(range.end.saturating_sub(1).max(range.start)).and_then(
            |last| {
                let written = last.place.range()?;
                let end = match last.origin {
                    Origin::Literal => {
                        written.start + range.end.saturating_sub(last.start)
                    }
                    Origin::Expression => written.end,
                };
                // In a loop the last piece may stand before the first in the file.
                (last.place.file == first.place.file && end >= start).then_some(end)
            },
        );
        Place::bytes(first.place.file, start..end.unwrap_or(source.end.max(start)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceFile, Sources};

    #[test]
    fn a_range_over_an_expression_covers_its_source() {
        let mut sources = Sources::new();
        let text = "共{{ f.donors }}家捐赠";
        let file = sources.add(SourceFile::new(
            "a.md".into(),
            text.into(),
            Vec::new(),
            String::new(),
        ));
        let at = |range: Range<usize>| Place::bytes(file, range);
        let piece = |start, range, origin| Piece { start, place: at(range), origin };
        let manuscript = Manuscript {
            text: "共442家捐赠".into(),
            pieces: vec![
                piece(0, 0..3, Origin::Literal),
                piece(3, 3..17, Origin::Expression),
                piece(6, 17..text.len(), Origin::Literal),
            ],
            figures: Vec::new(),
        };
        let whole = Place::whole(file);
        assert_eq!(manuscript.place(0..15, whole), at(0..text.len()));
        assert_eq!(manuscript.place(4..5, whole), at(3..17));
        assert_eq!(manuscript.place(4..9, whole), at(3..20));
        assert_eq!(manuscript.place(6..9, whole), at(17..20));
        assert_eq!(Manuscript::default().place(0..0, whole), whole);
    }
}
