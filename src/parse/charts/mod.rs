//! Blocks of charts: a fence with the word `bar`, `line`, `stacked`, `share`, `progress`
//! or `chart`, and lines that say what is drawn ([`spec`]). The numbers come from the
//! record or from the table before the block ([`source`]); here they become a chart that
//! says nothing wrong: one unit, no negative parts, no more than can be told apart.

mod source;
mod spec;
mod words;

use crate::diag::codes::parse as codes;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::document::{
    self, BlockKind, Caption, Chart, ChartKind, ChartPoint, ChartRow, Inline, InlineKind,
    MAX_SERIES, Table, plain_text,
};
use crate::locale::{ChartWords, Language};
use crate::model::{Bound, Datum, Decimal, Quantity};
use crate::source::Place;

pub(super) use source::unit_in_head;
pub(super) use spec::{Entry, is_chart};

use super::{Context, Dialect, Facts, passes};
use spec::{Key, Spec};

/// The most values that one chart may show.
pub const MAX_POINTS: usize = 200;

/// The most lines that the block of a chart may have.
pub const MAX_BLOCK_LINES: usize = 500;

/// Whether a text may hold a block of a chart, in its words or by what they print.
pub fn may_hold_chart(text: &str) -> bool {
    let fences = ["```", "~~~"].iter().flat_map(|fence| text.split(fence).skip(1));
    fences.into_iter().any(|after| {
        let word = after.trim_start_matches(['`', '~', ' ']);
        let end = word.find(char::is_whitespace).unwrap_or(word.len());
        is_chart(&word[..end])
    })
}

/// A block of code as it is written.
pub(super) struct Written<'a> {
    /// The word after the fence.
    pub word: &'a str,
    /// What follows it.
    pub title: &'a str,
    /// Where it stands.
    pub place: Place,
}

/// The chart that a block of code asks for, if it does; `parts` are its texts, `before` the
/// blocks it follows.
pub(super) fn chart(
    written: &Written<'_>,
    parts: &[Entry],
    before: &[document::Block],
    context: &Context<'_>,
    diags: &mut Diagnostics,
) -> Option<BlockKind> {
    if context.dialect != Dialect::Narrative || !is_chart(written.word) {
        return None;
    }
    let lines = lines(parts);
    let chart = read(written, &lines, table_before(before), context, diags)?;
    Some(BlockKind::Chart(Box::new(chart)))
}

/// The texts of a block as one entry for each line.
fn lines(parts: &[Entry]) -> Vec<Entry> {
    let mut lines: Vec<Entry> = Vec::new();
    let mut open = false;
    for part in parts {
        for piece in part.text.split_inclusive('\n') {
            match lines.last_mut().filter(|_| open) {
                // Data in a line is a part of its own.
                Some(line) => {
                    line.text.push_str(piece);
                    line.place = joined(line.place, part.place);
                }
                None => lines.push(Entry { text: piece.to_owned(), place: part.place }),
            }
            open = !piece.ends_with('\n');
        }
    }
    for line in &mut lines {
        let kept = line.text.trim_end().len();
        let cut = line.text.len() - kept;
        line.text.truncate(kept);
        if let Some(range) = line.place.range()
            && range.len() > cut
        {
            line.place = Place::bytes(line.place.file, range.start..range.end - cut);
        }
    }
    lines
}

/// From where one place begins to where another ends, in one file.
fn joined(one: Place, other: Place) -> Place {
    match (one.range(), other.range()) {
        (Some(from), Some(to)) if one.file == other.file && from.start <= to.end => {
            Place::bytes(one.file, from.start..to.end)
        }
        _ => one,
    }
}

/// The table that blocks end in, with its caption, its notes and charts drawn from it.
fn table_before(blocks: &[document::Block]) -> Option<&Table> {
    for block in blocks.iter().rev() {
        match &block.kind {
            BlockKind::Table(table) => return Some(table),
            BlockKind::Chart(_) => {}
            BlockKind::Paragraph(content) if passes::belongs_to_table(content) => {}
            _ => return None,
        }
    }
    None
}

/// Makes a chart of a block; `None` where something in it is wrong, which is reported.
fn read(
    written: &Written<'_>,
    lines: &[Entry],
    before: Option<&Table>,
    context: &Context<'_>,
    diags: &mut Diagnostics,
) -> Option<Chart> {
    let Written { word, title, place } = *written;
    if lines.len() > MAX_BLOCK_LINES {
        let message = format!(
            "the block of this chart has {} lines, more than {MAX_BLOCK_LINES}",
            lines.len()
        );
        diags.add(
            Diagnostic::new(&codes::CHART_TOO_LARGE, place, message)
                .hint("take the data from a table"),
        );
        return None;
    }
    let spec = Spec::read(word, title, lines, place, diags)?;
    let words = context.language.chart_words();
    let mut plan =
        Plan { facts: context.facts, language: context.language, words, diags };
    let grid = plan.grid(&spec, before)?;
    plan.check_size(&spec, &grid)?;
    plan.chart(&spec, grid)
}

/// A chart while it is made.
struct Plan<'a, 'd> {
    facts: Option<Facts<'a>>,
    language: Language,
    words: &'static ChartWords,
    diags: &'d mut Diagnostics,
}

/// The numbers of a chart.
struct Grid {
    /// What the rows are.
    head: String,
    /// The names of the columns.
    series: Vec<String>,
    /// The rows.
    rows: Vec<GridRow>,
    /// Whether the rows follow one another in time.
    of_time: bool,
}

struct GridRow {
    label: String,
    place: Place,
    values: Vec<Option<Given>>,
}

/// A number where it is written.
#[derive(Debug, Clone)]
struct Given {
    quantity: Quantity,
    /// What is printed, with the identity of a figure.
    content: Vec<Inline>,
    place: Place,
    /// Whether its unit is not written with it.
    bare: bool,
}

impl Given {
    fn new(quantity: Quantity, place: Place) -> Self {
        let kind = InlineKind::Text(quantity.text.clone());
        Self { quantity, content: vec![Inline { place, kind }], place, bare: false }
    }
}

/// The unit of a chart: what labels leave out, and by what values are divided.
struct Unit {
    /// As it is printed: `万元`.
    text: String,
    /// Whether numbers are counted in 万元 rather than in 元.
    before_magnitude: bool,
}

impl Plan<'_, '_> {
    fn report(&mut self, code: &'static Code, place: Place, message: String, hint: &str) {
        self.diags.add(Diagnostic::new(code, place, message).hint(hint));
    }

    fn check_size(&mut self, spec: &Spec, grid: &Grid) -> Option<()> {
        let place = spec.place;
        let (rows, series) = (grid.rows.len(), grid.series.len());
        let known = grid.rows.iter().flat_map(|row| &row.values).flatten().count();
        if known == 0 {
            let message = "this chart has no values to draw".to_owned();
            self.report(
                &codes::CHART_EMPTY,
                place,
                message,
                "name figures that have values",
            );
            return None;
        }
        let parts = if spec.kind == ChartKind::Share { rows } else { series };
        if spec.kind != ChartKind::Progress && parts > MAX_SERIES {
            let message =
                format!("this chart has {parts} colours, more than {MAX_SERIES}");
            let hint = "draw two charts, or put small parts together";
            self.report(&codes::CHART_TOO_LARGE, place, message, hint);
            return None;
        }
        if rows * series > MAX_POINTS {
            let message = format!(
                "this chart has {} values, more than {MAX_POINTS}",
                rows * series
            );
            self.report(&codes::CHART_TOO_LARGE, place, message, "draw two charts");
            return None;
        }
        Some(())
    }

    fn chart(&mut self, spec: &Spec, grid: Grid) -> Option<Chart> {
        let unit = match spec.kind {
            ChartKind::Progress => Unit { text: String::new(), before_magnitude: false },
            _ => self.unit(&grid)?,
        };
        self.check_signs(spec, &grid)?;
        let (rows, whole) = match spec.kind {
            ChartKind::Progress => (self.on_the_way(&grid)?, Decimal::ONE),
            ChartKind::Share => self.parts(spec, &grid, &unit)?,
            _ => (self.bars(&grid, &unit, spec.kind)?, Decimal::ZERO),
        };
        let caption = spec.one(Key::Title).map(caption);
        let data = self.data(&grid, &rows, spec);
        let written = spec.one(Key::Alt).map(|alt| alt.text.clone());
        let alt = written.unwrap_or_else(|| self.alt(spec, &grid, &rows));
        let unit_text = match unit.text.as_str() {
            "" | "%" => String::new(),
            text => self.language.unit(text),
        };
        let mut series = grid.series;
        series.truncate(rows.iter().map(|row| row.points.len()).max().unwrap_or(1));
        Some(Chart {
            caption,
            kind: spec.kind,
            standing: spec.standing().unwrap_or(grid.of_time),
            unit: unit.text,
            unit_text,
            series,
            rows,
            whole,
            alt,
            data,
            notes: Vec::new(),
        })
    }

    /// The unit that all values share.
    fn unit(&mut self, grid: &Grid) -> Option<Unit> {
        let all: Vec<&Given> =
            grid.rows.iter().flat_map(|row| row.values.iter().flatten()).collect();
        let first = all.first()?;
        if let Some(other) =
            all.iter().find(|one| one.quantity.unit != first.quantity.unit)
        {
            let named = |unit: &str| match unit {
                "" => "no unit".to_owned(),
                unit => format!("`{unit}`"),
            };
            let message = format!(
                "`{}` is counted in {}, `{}` in {}: they have no common axis",
                other.quantity.text,
                named(&other.quantity.unit),
                first.quantity.text,
                named(&first.quantity.unit)
            );
            let hint = "draw a chart for each unit";
            self.report(&codes::CHART_UNITS, other.place, message, hint);
            return None;
        }
        let unit = first.quantity.unit.clone();
        let word = match first.quantity.magnitude {
            4 => "万",
            8 => "亿",
            _ => "",
        };
        let long = format!("{word}{unit}");
        let same = |one: &&Given| {
            one.quantity.magnitude == first.quantity.magnitude
                && (one.bare || plain_text(&one.content).trim().ends_with(&long))
        };
        if !word.is_empty() && all.iter().all(same) {
            return Some(Unit { text: long, before_magnitude: true });
        }
        Some(Unit { text: unit, before_magnitude: false })
    }

    /// Parts of a whole, and what is on its way, cannot be less than nothing.
    fn check_signs(&mut self, spec: &Spec, grid: &Grid) -> Option<()> {
        if matches!(spec.kind, ChartKind::Bar | ChartKind::Line) {
            return Some(());
        }
        let values = grid.rows.iter().flat_map(|row| row.values.iter().flatten());
        let below = values.clone().find(|one| one.quantity.number < Decimal::ZERO);
        if let Some(one) = below {
            let text = &one.quantity.text;
            let message = format!("`{text}` is less than nothing and no part of a whole");
            self.report(&codes::CHART_RANGE, one.place, message, "draw it as `bar`");
            return None;
        }
        Some(())
    }

    fn bars(
        &mut self,
        grid: &Grid,
        unit: &Unit,
        kind: ChartKind,
    ) -> Option<Vec<ChartRow>> {
        let mut rows = Vec::new();
        for row in &grid.rows {
            let mut points = Vec::new();
            for value in &row.values {
                let point = value.as_ref().map(|given| self.point(given, unit));
                points.push(match point {
                    Some(point) => Some(point?),
                    None => None,
                });
            }
            let known = row.values.iter().flatten().map(|given| &given.quantity);
            let total = match kind {
                ChartKind::Stacked => Quantity::sum(known).ok(),
                _ => None,
            };
            let total =
                total.map_or_else(String::new, |sum| without_unit(&sum.text, &unit.text));
            rows.push(ChartRow { label: row.label.clone(), points, total });
        }
        Some(rows)
    }

    fn point(&mut self, given: &Given, unit: &Unit) -> Option<ChartPoint> {
        let text = plain_text(&given.content);
        let text = without_unit(text.trim(), &unit.text);
        let value = self.value(given, unit)?;
        Some(ChartPoint { value, text, percent: String::new(), ratio: Decimal::ZERO })
    }

    fn value(&mut self, given: &Given, unit: &Unit) -> Option<Decimal> {
        if unit.before_magnitude {
            return Some(given.quantity.number.normalize());
        }
        let value = given.quantity.value();
        if value.is_none() {
            let message = format!("`{}` is too large to draw", given.quantity.text);
            self.report(&codes::CHART_RANGE, given.place, message, "use a larger unit");
        }
        value.map(|value| value.normalize())
    }

    /// Parts of a whole with their percentages.
    fn parts(
        &mut self,
        spec: &Spec,
        grid: &Grid,
        unit: &Unit,
    ) -> Option<(Vec<ChartRow>, Decimal)> {
        let mut rows = self.bars(grid, unit, spec.kind)?;
        let known = || rows.iter().flat_map(|row| row.points.iter().flatten());
        let sum = known().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(one.value));
        let sum = sum.unwrap_or_default();
        let percent = unit.text == "%";
        let (low, high) = (Decimal::ZERO, Decimal::new(1005, 1));
        if sum <= low || (percent && sum > high) {
            let message = if percent && sum > high {
                format!("these parts add up to {sum}%, more than a whole")
            } else {
                "these parts add up to nothing".to_owned()
            };
            let hint = "draw them as `bar`";
            self.report(&codes::CHART_RANGE, spec.place, message, hint);
            return None;
        }
        let whole = if percent { Decimal::ONE_HUNDRED } else { sum };
        let near = |given: &&Given| given.quantity.bound != Bound::Exact;
        let any_near = grid
            .rows
            .iter()
            .flat_map(|row| row.values.iter().flatten())
            .any(|g| near(&g));
        let about = if any_near { self.words.about } else { "" };
        for point in rows.iter_mut().flat_map(|row| row.points.iter_mut().flatten()) {
            point.percent = match percent {
                true => point.text.clone(),
                false => format!("{about}{}", percentage(point.value, whole)),
            };
        }
        Some((rows, whole))
    }

    /// Values with their targets.
    fn on_the_way(&mut self, grid: &Grid) -> Option<Vec<ChartRow>> {
        let plain = Unit { text: String::new(), before_magnitude: false };
        let mut rows = Vec::new();
        let mut sound = true;
        for row in &grid.rows {
            let label = row.label.clone();
            let total = String::new();
            let [done, Some(target)] = row.values.as_slice() else {
                let message = format!("`{label}` has no target");
                let hint = "fill its target, or leave it out";
                self.report(&codes::CHART_SOURCE, row.place, message, hint);
                sound = false;
                continue;
            };
            let Some(done) = done else {
                rows.push(ChartRow { label, points: vec![None], total });
                continue;
            };
            if done.quantity.unit != target.quantity.unit {
                let message = format!(
                    "`{}` and its target `{}` have different units",
                    done.quantity.text, target.quantity.text
                );
                let hint = "count both in one unit";
                self.report(&codes::CHART_UNITS, done.place, message, hint);
                sound = false;
                continue;
            }
            let aim = self.value(target, &plain)?;
            let value = self.value(done, &plain)?;
            let Some(ratio) = value.checked_div(aim).filter(|_| aim > Decimal::ZERO)
            else {
                let message = format!("target `{}` is nothing", target.quantity.text);
                let hint = "fill a target above zero, or leave it out";
                self.report(&codes::CHART_RANGE, target.place, message, hint);
                sound = false;
                continue;
            };
            let exact = |given: &Given| given.quantity.bound == Bound::Exact;
            let about = if exact(done) && exact(target) { "" } else { self.words.about };
            let text = format!(
                "{} / {}",
                plain_text(&done.content).trim(),
                plain_text(&target.content).trim()
            );
            let percent = format!("{about}{}", percentage(value, aim));
            rows.push(ChartRow {
                label,
                points: vec![Some(ChartPoint { value, text, percent, ratio })],
                total,
            });
        }
        sound.then_some(rows)
    }
}

fn caption(title: &Entry) -> Caption {
    let (words, anchor) = passes::split_anchor(&title.text).unwrap_or((&title.text, ""));
    let kind = InlineKind::Text(words.trim().to_owned());
    let content = vec![Inline { place: title.place, kind }];
    Caption { number: 0, anchor: anchor.to_owned(), content }
}

/// A text without the unit that stands elsewhere: `1200余万元` → `1200余`.
pub(super) fn without_unit(text: &str, unit: &str) -> String {
    if unit.is_empty() || unit == "%" {
        return text.to_owned();
    }
    match text.rfind(unit) {
        Some(at) => {
            let (before, after) = (&text[..at], &text[at + unit.len()..]);
            format!("{}{after}", before.trim_end())
        }
        None => text.to_owned(),
    }
}

/// A share in per cent, to one place, without a zero behind the point.
fn percentage(part: Decimal, whole: Decimal) -> String {
    let share =
        part.checked_div(whole).and_then(|one| one.checked_mul(Decimal::ONE_HUNDRED));
    let share = share
        .unwrap_or_default()
        .round_dp_with_strategy(1, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    format!("{}%", share.normalize())
}

/// A value as a cell prints it.
fn text_of(datum: &Datum, language: Language) -> String {
    match datum {
        Datum::Null | Datum::List(_) | Datum::Table(_) => String::new(),
        Datum::Bool(yes) => yes.to_string(),
        Datum::Number(_, text) | Datum::Text(text) => text.clone(),
        Datum::Date(date) => language.date(*date),
        Datum::Period(period) => language.period(*period),
        Datum::Quantity(quantity) => quantity.text.clone(),
    }
}
