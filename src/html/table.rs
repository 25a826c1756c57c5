//! Tables and pictures that stand alone: what has a numbered caption.

use super::Writer;
use crate::document::{Align, Block, BlockKind, Caption, Cell, PictureBlock, Table};

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
        self.raw(">\n");
        self.bare_table(table);
        self.raw("</div>\n");
        self.table_notes(&table.notes);
    }

    /// Writes a table without frame and notes.
    pub(super) fn bare_table(&mut self, table: &Table) {
        self.raw("<table>\n");
        if let Some(caption) = &table.caption {
            self.raw("<caption");
            self.attribute("id", &caption.anchor);
            self.raw(">");
            self.caption(self.words().table, caption);
            if let Some(unit) = &table.unit {
                self.raw(" <span class=\"unit\">");
                self.text(&self.options.language.unit(unit));
                self.raw("</span>");
            }
            self.raw("</caption>\n");
        }
        let columns = columns(table);
        let pads = table.pads();
        self.raw("<thead>\n<tr>");
        for (cell, class) in table.head.iter().zip(&columns) {
            // An empty header cell names nothing (axe rule `empty-table-header`).
            let tag = if cell.content.is_empty() { "td" } else { "th" };
            let scope = if tag == "th" { "col" } else { "" };
            self.cell(tag, scope, cell, class, "");
        }
        self.raw("</tr>\n</thead>\n<tbody>\n");
        for (at, row) in table.body().enumerate() {
            let total = at == table.rows.len();
            self.raw(if total { "</tbody>\n<tfoot>\n<tr>" } else { "<tr>" });
            for (column, (cell, class)) in row.iter().zip(&columns).enumerate() {
                let pad = pads[column].as_ref().map_or("", |pads| pads[at].as_str());
                match total && column == 0 {
                    true => self.cell("th", "row", cell, class, pad),
                    false => self.cell("td", "", cell, class, pad),
                }
            }
            self.raw("</tr>\n");
        }
        let foot = !table.total.is_empty();
        self.raw(if foot { "</tfoot>\n</table>\n" } else { "</tbody>\n</table>\n" });
    }

    /// Writes the notes below a table or chart.
    pub(super) fn table_notes(&mut self, notes: &[Block]) {
        for note in notes {
            if let BlockKind::Paragraph(content) = &note.kind {
                self.raw("<p class=\"table-note\">");
                self.inlines(content);
                self.raw("</p>\n");
            }
        }
    }

    /// Writes a cell; `pad` is what its number lacks behind the digits of its column, which
    /// the style sheet sets without showing it.
    fn cell(&mut self, tag: &str, scope: &str, cell: &Cell, class: &str, pad: &str) {
        self.raw("<");
        self.raw(tag);
        for (name, value) in [("scope", scope), ("class", class), ("data-pad", pad)] {
            if !value.is_empty() {
                self.attribute(name, value);
            }
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
    pub(super) fn caption(&mut self, word: &str, caption: &Caption) {
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
    let pads = table.pads();
    let classes = |((align, length), pads): ((&Align, &usize), &Option<Vec<String>>)| {
        let align = match align {
            Align::Auto | Align::Right if pads.is_some() => "right",
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
    let columns = table.columns.iter().zip(&lengths).zip(&pads);
    columns.map(classes).map(|c| c.join(" ")).collect()
}
