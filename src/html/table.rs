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
        self.raw("<thead>\n<tr>");
        for (cell, align) in table.head.iter().zip(aligns(table)) {
            // An empty header cell names nothing (axe rule `empty-table-header`).
            let tag = if cell.content.is_empty() { "td" } else { "th" };
            self.cell(tag, cell, align);
        }
        self.raw("</tr>\n</thead>\n<tbody>\n");
        for row in &table.rows {
            self.raw("<tr>");
            for (cell, align) in row.iter().zip(aligns(table)) {
                self.cell("td", cell, align);
            }
            self.raw("</tr>\n");
        }
        self.raw("</tbody>\n</table>\n</div>\n");
    }

    fn cell(&mut self, tag: &str, cell: &Cell, align: Align) {
        self.raw("<");
        self.raw(tag);
        if tag == "th" {
            self.raw(" scope=\"col\"");
        }
        self.raw(match align {
            Align::Auto => ">",
            Align::Left => " class=\"left\">",
            Align::Center => " class=\"center\">",
            Align::Right => " class=\"right\">",
        });
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

/// The alignment of each column, `Auto` for those beyond the list.
fn aligns(table: &Table) -> impl Iterator<Item = Align> + '_ {
    table.columns.iter().copied().chain(std::iter::repeat(Align::Auto))
}
