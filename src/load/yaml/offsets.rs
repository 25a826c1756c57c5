//! From the parser's lines and columns to bytes.

use saphyr_parser::Marker;

/// Byte offsets of the parser's places. Its lines and columns are right; its index counts
/// characters and is off after comments.
pub(super) struct Offsets<'t> {
    text: &'t str,
    lines: Vec<usize>,
    line: usize,
    col: usize,
    byte: usize,
}

impl<'t> Offsets<'t> {
    /// Finds the lines of a text.
    pub(super) fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|&(at, &byte)| {
            byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'))
        });
        let lines = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { text, lines, line: 1, col: 0, byte: 0 }
    }

    /// The byte of a place. Places mostly come in order: going on from the last one keeps
    /// a file of one long line from taking quadratic time.
    pub(super) fn find(&mut self, mark: Marker) -> usize {
        let line = mark.line().max(1);
        if line != self.line || mark.col() < self.col {
            let end = self.text.len();
            self.byte = self.lines.get(line - 1).copied().unwrap_or(end);
            self.line = line;
            self.col = 0;
        }
        let mut rest = self.text[self.byte..].chars();
        while self.col < mark.col() {
            let Some(c) = rest.next() else { break };
            self.byte += c.len_utf8();
            self.col += 1;
        }
        self.byte
    }
}
