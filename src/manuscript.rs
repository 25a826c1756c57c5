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

    /// The place in the editor's own file that a range of the text came from.
    ///
    pub fn place(&self, range: Range<usize>, fallback: Place) -> Place {
        let Some(piece) = self.piece_at(range.start) else { return fallback };
        let (Origin::Literal, Some(source)) = (piece.origin, piece.place.range()) else {
            return piece.place;
        };
        let start = source.start + (range.start - piece.start);
        let last = self.piece_at(range.end.saturating_sub(1).max(range.start));
        let end = match last {
            Some(last) if last.start == piece.start => {
                source.start + (range.end - piece.start)
            }
            Some(last) if last.place.file == piece.place.file => {
                let tail = last.place.range().map_or(start, |found| match last.origin {
                    Origin::Literal => found.start + (range.end - last.start),
                    Origin::Expression => found.end,
                });
                tail.max(start)
            }
            _ => source.end.max(start),
        };
        Place::bytes(piece.place.file, start..end)
    }
}
