//! Charts: what is drawn, and the same as a table for readers who cannot see it.

use super::{Block, Caption, Table};
use crate::model::Decimal;

/// The most series that a chart may have: each needs a colour of its own.
pub const MAX_SERIES: usize = 6;

/// A chart. Its drawing is made by an outlet that can draw; all it says stands in `data`,
/// from whose cells figures keep their identity.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The caption; numbered among the figures (图).
    pub caption: Option<Caption>,
    /// What sort of chart.
    pub kind: ChartKind,
    /// Whether bars may stand upright: those of a course of time do.
    pub standing: bool,
    /// The unit that all values share and labels leave out; empty where they show their
    /// own.
    pub unit: String,
    /// The unit in words, for the drawing: `单位：家`.
    pub unit_text: String,
    /// The names of the series.
    pub series: Vec<String>,
    /// What is drawn, row by row.
    pub rows: Vec<ChartRow>,
    /// The whole that parts are shares of; 100 where the parts are percentages.
    pub whole: Decimal,
    /// What it shows, in words; never empty.
    pub alt: String,
    /// The same as a table.
    pub data: Table,
    /// The paragraphs below it that belong to it: `注：…`.
    pub notes: Vec<Block>,
}

/// What sort of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// 条形图: bars beside one another.
    Bar,
    /// 折线图: a course over time.
    Line,
    /// 堆积图: bars of parts behind one another.
    Stacked,
    /// 构成图: parts of a whole.
    Share,
    /// 进度图: values on the way to their targets.
    Progress,
}

impl ChartKind {
    /// The word in narratives and layouts.
    pub fn word(self) -> &'static str {
        match self {
            Self::Bar => "bar",
            Self::Line => "line",
            Self::Stacked => "stacked",
            Self::Share => "share",
            Self::Progress => "progress",
        }
    }
}

/// A row of a chart: a bar, a point of time, a part.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartRow {
    /// Its name.
    pub label: String,
    /// Its values, one for each series; `None` where nothing is known.
    pub points: Vec<Option<ChartPoint>>,
    /// What its values add up to, for [`ChartKind::Stacked`]; empty where they do not.
    pub total: String,
}

/// A value of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartPoint {
    /// The number, magnitude applied.
    pub value: Decimal,
    /// What is printed beside it.
    pub text: String,
    /// Its share of the whole, or of its target, as printed; empty in other charts.
    pub percent: String,
    /// How far it is on the way to its target: 1 is there. Zero in other charts.
    pub ratio: Decimal,
}
