//! Tables and charts as calls of `doc-table` and `doc-chart`.

use std::fmt::Write as _;

use super::Writer;
use crate::document::{
    Align, Block, BlockKind, Caption, Cell, Chart, Inline, InlineKind, Table,
    walk_inlines,
};
use crate::locale::Language;
use crate::model::Decimal;
use crate::typeset::literal::{running_text, string};

impl<'a> Writer<'a> {
    pub(super) fn table(&mut self, table: &'a Table) {
        let pads = table.pads();
        self.out.push_str("#kit.doc-table(columns: (");
        for (align, pads) in table.columns.iter().zip(&pads) {
            self.out.push_str(match align {
                Align::Auto | Align::Right if pads.is_some() => "\"number\", ",
                Align::Auto => "\"auto\", ",
                Align::Left => "\"left\", ",
                Align::Center => "\"center\", ",
                Align::Right => "\"right\", ",
            });
        }
        self.out.push_str("), lengths: (");
        for length in table.lengths() {
            let _ = write!(self.out, "{length}, ");
        }
        self.out.push_str("), ");
        self.caption(table.caption.as_ref(), self.meta.language.words().table);
        if table.head.iter().any(|cell| has_links(&cell.content)) {
            self.out.push_str("repeat: false, ");
        }
        if let Some(unit) = &table.unit {
            self.out.push_str("unit: ");
            running_text(&mut self.out, &self.meta.language.unit(unit));
            self.out.push_str(", ");
        }
        if table.turned {
            self.out.push_str("turned: true, ");
        }
        if !table.total.is_empty() {
            self.out.push_str("total: true, ");
        }
        self.notes(&table.notes);
        self.out.push_str("head: (");
        for cell in &table.head {
            self.cell(cell, "");
        }
        self.out.push_str("), ");
        for (at, row) in table.body().enumerate() {
            for (column, cell) in row.iter().enumerate() {
                let pads = pads.get(column).and_then(Option::as_ref);
                self.cell(cell, pads.map_or("", |pads| pads[at].as_str()));
            }
        }
        self.out.push_str(");");
    }

    /// A cell, and what its number lacks behind the digits of its column.
    fn cell(&mut self, cell: &'a Cell, pad: &str) {
        self.at(cell.place, |w| {
            w.out.push('[');
            w.inlines(&cell.content);
            if !pad.is_empty() {
                w.out.push_str("#kit.doc-pad(");
                string(&mut w.out, pad);
                w.out.push_str(");");
            }
            w.out.push(']');
        });
        self.out.push_str(", ");
    }

    /// `notes: ([…], )`: the paragraphs below a table or chart.
    fn notes(&mut self, notes: &'a [Block]) {
        if notes.is_empty() {
            return;
        }
        self.out.push_str("notes: (");
        for note in notes {
            if let BlockKind::Paragraph(content) = &note.kind {
                self.at(note.place, |w| w.bracketed(content));
                self.out.push_str(", ");
            }
        }
        self.out.push_str("), ");
    }

    pub(super) fn caption(&mut self, caption: Option<&'a Caption>, word: &str) {
        let Some(caption) = caption else { return };
        let gap = if self.meta.language == Language::Zh { "" } else { " " };
        self.out.push_str("anchor: ");
        string(&mut self.out, &caption.anchor);
        self.out.push_str(", number: ");
        string(&mut self.out, &format!("{word}{gap}{}", caption.number));
        self.out.push_str(", caption: ");
        self.bracketed(&caption.content);
        self.out.push_str(", ");
    }

    pub(super) fn chart(&mut self, chart: &'a Chart) {
        self.out.push_str("#kit.doc-chart(meta, (");
        chart_fields(&mut self.out, chart);
        self.out.push_str("), ");
        self.caption(chart.caption.as_ref(), self.meta.language.words().figure);
        self.notes(&chart.notes);
        self.out.push_str("zh: ");
        self.out.push_str(if self.meta.language == Language::Zh {
            "true"
        } else {
            "false"
        });
        self.out.push_str(", alt: ");
        running_text(&mut self.out, &chart.alt);
        self.out.push_str(");");
    }
}

/// What a drawing is made from, as the fields of a dictionary.
pub(in crate::typeset) fn chart_fields(out: &mut String, chart: &Chart) {
    let _ =
        write!(out, "kind: \"{}\", standing: {}, ", chart.kind.word(), chart.standing);
    out.push_str("unit: ");
    running_text(out, &chart.unit);
    out.push_str(", unit-text: ");
    running_text(out, &chart.unit_text);
    out.push_str(", whole: ");
    number(out, chart.whole);
    out.push_str(", series: (");
    for name in &chart.series {
        running_text(out, name);
        out.push_str(", ");
    }
    out.push_str("), rows: (");
    for row in &chart.rows {
        out.push_str("(label: ");
        running_text(out, &row.label);
        out.push_str(", total: ");
        running_text(out, &row.total);
        out.push_str(", points: (");
        for point in &row.points {
            match point {
                None => out.push_str("none, "),
                Some(point) => {
                    out.push_str("(value: ");
                    number(out, point.value);
                    out.push_str(", text: ");
                    running_text(out, &point.text);
                    out.push_str(", percent: ");
                    running_text(out, &point.percent);
                    out.push_str(", ratio: ");
                    number(out, point.ratio);
                    out.push_str("), ");
                }
            }
        }
        out.push_str(")), ");
    }
    out.push_str("), ");
}

/// A number as a float: Typst's whole numbers end where ours do not.
fn number(out: &mut String, value: Decimal) {
    let text = value.normalize().to_string();
    out.push_str(&text);
    if !text.contains('.') {
        out.push_str(".0");
    }
}

/// Whether a head cell holds links or notes. Such a head is not repeated on each page:
/// repetitions are artifacts, in which PDF/UA forbids links.
fn has_links(content: &[Inline]) -> bool {
    let mut found = false;
    walk_inlines(content, &mut |inline| {
        found |=
            matches!(inline.kind, InlineKind::Link { .. } | InlineKind::NoteRef { .. });
    });
    found
}
