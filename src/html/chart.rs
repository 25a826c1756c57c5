//! Charts: the drawing, and its data for readers who cannot see it.

use super::Writer;
use crate::document::Chart;

impl Writer<'_> {
    /// Writes a chart: the drawing with its words as label, the caption, and the data to
    /// open; the data alone where no drawing was made.
    pub(super) fn chart(&mut self, chart: &Chart) {
        let charts = self.options.charts;
        let drawing = charts.get(self.charts).map(String::as_str).unwrap_or_default();
        self.charts += 1;
        self.raw("<div class=\"chart\">\n<figure");
        if let Some(caption) = &chart.caption {
            self.attribute("id", &caption.anchor);
        }
        self.raw(">\n");
        if let Some(rest) = drawing.strip_prefix("<svg") {
            self.raw("<svg role=\"img\"");
            self.attribute("aria-label", &chart.alt);
            self.raw(rest);
            self.raw("\n");
        }
        if let Some(caption) = &chart.caption {
            self.raw("<figcaption>");
            self.caption(self.words().figure, caption);
            self.raw("</figcaption>\n");
        }
        self.raw("</figure>\n");
        let name = self.options.language.chart_words().data;
        if !drawing.is_empty() {
            self.raw("<details>\n<summary>");
            self.text(name);
            self.raw("</summary>\n");
        }
        self.raw("<div class=\"table\" tabindex=\"0\" role=\"group\"");
        let words = chart
            .caption
            .as_ref()
            .map(|caption| crate::document::plain_text(&caption.content));
        let colon = self.words().colon;
        let label =
            words.map_or(name.to_owned(), |words| format!("{name}{colon}{words}"));
        self.attribute("aria-label", &label);
        self.raw(">\n");
        self.bare_table(&chart.data);
        self.raw("</div>\n");
        if !drawing.is_empty() {
            self.raw("</details>\n");
        }
        self.table_notes(&chart.notes);
        self.raw("</div>\n");
    }
}
