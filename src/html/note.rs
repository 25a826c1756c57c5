//! Footnotes: a list at the end of the page, of which each opens over the text where a reader
//! asks for it (HTML, 6.12 Popovers; DPUB-ARIA 1.1: `doc-endnotes`, `doc-backlink`).
//!
//! The number in the text is a button, so that neither pointer nor keyboard leaves the line,
//! and no script is needed. A browser that knows no popovers shows the list alone.

use super::Writer;
use crate::document::{Block, BlockKind, Note};

/// The sign of a way back; U+FE0E asks for the letter rather than the little picture.
const BACK: &str = "\u{21A9}\u{FE0E}";

impl Writer<'_> {
    /// Writes a reference to a note: its number, raised.
    pub(super) fn note_ref(&mut self, note: usize, reference: usize) {
        let anchor =
            self.document.notes.get(note.wrapping_sub(1)).map(|note| &note.anchor);
        self.raw("<sup class=\"ref\">");
        match anchor {
            Some(anchor) if !self.in_link => {
                self.raw("<button type=\"button\"");
                self.attribute("id", &back_anchor(anchor, reference));
                self.attribute("popovertarget", anchor);
                let name = format!("{} {note}", self.words().notes);
                self.attribute("aria-label", &name);
                self.raw(">");
                self.number(note);
                self.raw("</button>");
            }
            _ => self.number(note),
        }
        self.raw("</sup>");
    }

    /// Writes the notes.
    pub(super) fn notes(&mut self) {
        let document = self.document;
        if document.notes.is_empty() {
            return;
        }
        self.raw("<section class=\"notes\" role=\"doc-endnotes\" ");
        self.raw("aria-labelledby=\"page:notes\">\n<h2 id=\"page:notes\">");
        self.text(self.words().notes);
        self.raw("</h2>\n<ol>\n");
        for note in &document.notes {
            self.raw("<li popover");
            self.attribute("id", &note.anchor);
            self.raw(">");
            self.note(note);
            self.raw("</li>\n");
        }
        self.raw("</ol>\n</section>\n");
    }

    /// Writes what a note says; the ways back stand at the end of its last line.
    fn note(&mut self, note: &Note) {
        match note.blocks.split_last() {
            Some((Block { kind: BlockKind::Paragraph(content), .. }, before)) => {
                self.blocks(before);
                self.raw("<p>");
                self.inlines(content);
                self.ways_back(note);
                self.raw("</p>");
            }
            _ => {
                self.blocks(&note.blocks);
                self.raw("<p>");
                self.ways_back(note);
                self.raw("</p>");
            }
        }
    }

    fn ways_back(&mut self, note: &Note) {
        for reference in 1..=note.references {
            self.raw(" <a class=\"back\" role=\"doc-backlink\"");
            self.anchor_href(&back_anchor(&note.anchor, reference));
            let mut name = self.words().back.to_owned();
            if note.references > 1 {
                name.push_str(&format!(" {reference}"));
            }
            self.attribute("aria-label", &name);
            self.raw(">");
            self.raw(BACK);
            if note.references > 1 {
                self.raw("<sup>");
                self.number(reference);
                self.raw("</sup>");
            }
            self.raw("</a>");
        }
    }
}

/// The anchor of a reference to a note.
fn back_anchor(note: &str, reference: usize) -> String {
    format!("page:{note}:{reference}")
}
