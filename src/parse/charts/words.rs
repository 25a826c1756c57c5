//! What a chart says: its data as a table, and its values in a sentence.

use super::spec::Spec;
use super::{Given, Grid, Plan};
use crate::document::{
    Align, Cell, ChartKind, ChartRow, Inline, InlineKind, Table, plain_text,
};
use crate::locale::Language;
use crate::source::Place;

impl Plan<'_, '_> {
    /// The chart as a table.
    pub(super) fn data(&self, grid: &Grid, rows: &[ChartRow], spec: &Spec) -> Table {
        let place = spec.place;
        let cell = |place: Place, text: &str| {
            let kind = InlineKind::Text(text.to_owned());
            let content =
                if text.is_empty() { vec![] } else { vec![Inline { place, kind }] };
            Cell { place, content }
        };
        let last = match spec.kind {
            ChartKind::Share => Some(self.words.share),
            ChartKind::Progress => Some(self.words.ratio),
            _ => None,
        };
        let mut head = vec![cell(place, &grid.head)];
        head.extend(grid.series.iter().map(|name| cell(place, name)));
        head.extend(last.map(|name| cell(place, name)));
        let body = grid.rows.iter().zip(rows).map(|(given, drawn)| {
            let mut cells = vec![cell(given.place, &given.label)];
            cells.extend(given.values.iter().map(|value| match value {
                Some(one) => Cell { place: one.place, content: one.content.clone() },
                None => cell(given.place, "—"),
            }));
            if last.is_some() {
                let point = drawn.points.first().and_then(Option::as_ref);
                cells.push(cell(given.place, point.map_or("—", |one| &one.percent)));
            }
            cells
        });
        let columns = vec![Align::Auto; head.len()];
        Table { columns, head, rows: body.collect(), ..Table::default() }
    }

    /// The chart in words: kind, title and all values.
    pub(super) fn alt(&self, spec: &Spec, grid: &Grid, rows: &[ChartRow]) -> String {
        let [between, end] = self.words.stops;
        let colon = self.language.words().colon;
        let comma = self.language.words().comma;
        let kind = match spec.kind {
            ChartKind::Bar => 0,
            ChartKind::Line => 1,
            ChartKind::Stacked => 2,
            ChartKind::Share => 3,
            ChartKind::Progress => 4,
        };
        let mut parts = Vec::new();
        for (given, drawn) in grid.rows.iter().zip(rows) {
            let value = |value: &Option<Given>| match value {
                Some(one) => plain_text(&one.content).trim().to_owned(),
                None => self.words.unknown.to_owned(),
            };
            let percent = drawn.points.first().and_then(Option::as_ref);
            let percent =
                percent.map(|one| one.percent.as_str()).filter(|p| !p.is_empty());
            let mut values: Vec<String> = match (spec.kind, grid.series.as_slice()) {
                (ChartKind::Progress, series) | (_, series @ [_, _, ..]) => {
                    let named = series.iter().zip(&given.values);
                    let gap = if self.language == Language::Zh { "" } else { " " };
                    named
                        .map(|(name, one)| format!("{name}{gap}{}", value(one)))
                        .collect()
                }
                _ => given.values.iter().map(value).collect(),
            };
            values.extend(percent.map(str::to_owned));
            values.dedup();
            parts.push(format!("{}{colon}{}", given.label, values.join(comma)));
        }
        format!("{}{colon}{}{end}", self.words.kinds[kind], parts.join(between))
    }
}
