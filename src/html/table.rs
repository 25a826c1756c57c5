//! Tables and pictures that stand alone: what has a numbered caption.

use super::Writer;
use crate::document::{Align, Caption, Cell, PictureBlock, Table};

impl Writer<'_> {
    /// Writes a table in a frame that scrolls where the screen is narrower, and that the
    /// keyboard can reach (WCAG 2.1, 2.1.1).
    pub(super) fn table(&mut self, table: &Table) {
        self.raw("<div class=\"table\" tabindex=\"0\"");
        match &table.caption {
            Some(caption) => {
                self.raw(" role=\"region\"");
                self.attribute("aria-labelledby", &caption.anchor);
            }
            // A group rather than a landmark: it has no name of its own.
            None => {
                self.raw(" role=\"group\"");
                self.attribute("aria-label", self.words().table);
            }
        }
        self.raw(">\n<table>\n");
        if let Some(caption) = &table.caption {
            self.raw("<caption");
            self.attribute("id", &caption.anchor);
            self.raw(">");
            self.caption(self.words().table, caption);
            self.raw("</caption>\n");
        }
        let columns = columns(table);
        self.raw("<thead>\n<tr>");
        for (cell, class) in table.head.iter().zip(&columns) {
            // An empty header cell names nothing (axe rule `empty-table-header`).
            let tag = if cell.content.is_empty() { "td" } else { "th" };
            self.cell(tag, cell, class);
        }
        self.raw("</tr>\n</thead>\n<tbody>\n");
        for row in &table.rows {
            self.raw("<tr>");
            for (cell, class) in row.iter().zip(&columns) {
                self.cell("td", cell, class);
            }
            self.raw("</tr>\n");
        }
        self.raw("</tbody>\n</table>\n</div>\n");
    }

    fn cell(&mut self, tag: &str, cell: &Cell, class: &str) {
        self.raw("<");
        self.raw(tag);
        if tag == "th" {
            self.raw(" scope=\"col\"");
        }
        if !class.is_empty() {
            self.attribute("class", class);
        }
        self.raw(">");
        self.inlines(&cell.content);
        self.raw("</");
        self.raw(tag);
        self.raw(">");
    }

    /// Writes a picture with its caption.
    pub(super) fn figure(&mut self, figure: &PictureBlock) {
        self.raw("<figure");
        if let Some(caption) = &figure.caption {
            self.attribute("id", &caption.anchor);
        }
        self.raw(">\n");
        self.image(&figure.image);
        if let Some(caption) = &figure.caption {
            self.raw("\n<figcaption>");
            self.caption(self.words().figure, caption);
            self.raw("</figcaption>");
        }
        self.raw("\n</figure>\n");
    }

    /// Writes `图1 words`: the label without space in Chinese (GB/T 7713.2-2022), with one
    /// in English.
    fn caption(&mut self, word: &str, caption: &Caption) {
        self.raw("<span class=\"label\">");
        self.text(&self.options.language.label(word, caption.number));
        self.raw("</span> ");
        self.inlines(&caption.content);
    }
}

/// A column is short up to this length in ems (a date is), and long from the second on.
/// A screen keeps short ones beside longer ones on one line, and long ones wide enough.
const SHORT: usize = 9;
const LONG: usize = 24;

/// The classes of each column: how it is aligned and, where columns differ, how long it is.
fn columns(table: &Table) -> Vec<String> {
    let lengths = table.lengths();
    let differ = lengths.iter().any(|length| *length > SHORT);
    let classes = |(align, length): (&Align, &usize)| {
        let align = match align {
            Align::Auto => "",
            Align::Left => "left",
            Align::Center => "center",
            Align::Right => "right",
        };
        let length = match *length {
            length if differ && length <= SHORT => "short",
            length if length >= LONG => "long",
            _ => "",
        };
        [align, length].into_iter().filter(|class| !class.is_empty()).collect::<Vec<_>>()
    };
    table.columns.iter().zip(&lengths).map(classes).map(|c| c.join(" ")).collect()
}
