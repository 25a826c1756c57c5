//! The record of a series and year: typed collections and free tables.

use indexmap::IndexMap;

use super::{Date, Decimal, Period, Quantity, Rounding};
use crate::source::{FileId, Place};

/// A checked value of any type.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum {
    /// Nothing was given.
    Null,
    /// True or false.
    Bool(bool),
    /// A number, with its text as written.
    Number(Decimal, String),
    /// Text.
    Text(String),
    /// A date.
    Date(Date),
    /// A period.
    Period(Period),
    /// A quantity.
    Quantity(Quantity),
    /// A list.
    List(Vec<Self>),
    /// Names and values, in order.
    Table(IndexMap<String, Self>),
}

/// A row of a free table, or the fields of an item beyond the typed ones.
pub type Row = IndexMap<String, Datum>;

/// What all typed items share.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Unique in its collection; ASCII letters, digits, `-` and `_`.
    pub id: String,
    /// Where the item stands: its row, table or first cell.
    pub place: Place,
    /// Fields that a press or kind added to the collection.
    pub extra: Row,
    /// Fields that a kind may ask for and that the source does not give (缺载).
    pub without: Vec<String>,
}

/// A named quantity (指标).
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Id, place and added fields.
    pub item: Item,
    /// What it measures, in the language of the record.
    pub label: String,
    /// The value as printed.
    pub value: Quantity,
    /// Where the value stands (its cell or the value of its key).
    pub value_place: Place,
    /// What it covers (统计口径): `市级社会组织`.
    pub scope: Option<String>,
    /// The time it covers; the record's year unless given.
    pub period: Option<Period>,
    /// The day on which the value was true (截至).
    pub as_of: Option<Date>,
    /// Who says so.
    pub source: Option<String>,
    /// The event it belongs to, by id.
    pub event: Option<String>,
    /// The value of the period before.
    pub previous: Option<Quantity>,
    /// The value aimed at.
    pub target: Option<Quantity>,
    /// What exactly is counted.
    pub definition: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// The figure of the same record that this one is a part of (其中), by id.
    pub part_of: Option<String>,
    /// What it is computed from, where it is computed.
    pub formula: Option<Formula>,
    /// How a computed value is rounded.
    pub rounding: Option<Rounding>,
}

impl Figure {
    /// The value before it was rounded for print, magnitude applied; `None` where it has
    /// more digits than a decimal holds.
    pub fn exact(&self) -> Option<Decimal> {
        match &self.formula {
            Some(formula) => Some(formula.exact),
            None => self.value.value(),
        }
    }
}

/// What a figure is computed from.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    /// As written.
    pub text: String,
    /// Where it stands.
    pub place: Place,
    /// The value before rounding, in the figure's own unit, magnitude applied.
    pub exact: Decimal,
    /// What it names, in order, each once.
    pub inputs: Vec<Input>,
}

/// What a formula or an invariant names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// A figure: the year of its record (`None` for the series' own), and its id.
    Figure(Option<Year>, String),
    /// The rows of a collection or free table, by its name.
    Rows(String),
}

/// What must hold between figures (勾稽关系), as a press declares it.
#[derive(Debug, Clone, PartialEq)]
pub struct Invariant {
    /// What must hold, as written: `cases = best + good`.
    pub rule: String,
    /// Where it stands.
    pub place: Place,
    /// Why, or what it is about.
    pub note: Option<String>,
}

/// A figure's value that was corrected (更正).
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// The figure's id.
    pub figure: String,
    /// Where that stands.
    pub place: Place,
    /// The value before.
    pub old: Quantity,
    /// The value after.
    pub new: Quantity,
    /// When it was corrected.
    pub date: Date,
    /// Why.
    pub reason: String,
}

/// Something that happened (大事).
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Id, place and added fields.
    pub item: Item,
    /// When; the first day where it lasted.
    pub date: Date,
    /// The last day, where it lasted.
    pub end: Option<Date>,
    /// What, in a few words.
    pub title: String,
    /// Who held it (主办), in order of protocol.
    pub organisers: Vec<String>,
    /// Where.
    pub location: Option<String>,
    /// What happened, in a sentence or two.
    pub summary: Option<String>,
    /// Who says so.
    pub source: Option<String>,
}

/// Something that is to be done (任务).
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// Id, place and added fields.
    pub item: Item,
    /// The number in the plan: `1`, `1.2`.
    pub number: Option<String>,
    /// What, in a few words.
    pub title: String,
    /// How (措施).
    pub measures: Vec<String>,
    /// What shall be reached (目标), as written.
    pub target: Option<String>,
    /// Who answers for it (责任单位).
    pub owner: Option<String>,
    /// By when.
    pub deadline: Option<Date>,
    /// How far it is.
    pub status: Option<String>,
}

/// An organisation with its names (组织).
#[derive(Debug, Clone, PartialEq)]
pub struct Organisation {
    /// Id, place and added fields.
    pub item: Item,
    /// The full name.
    pub name: String,
    /// Short names that may be used for it.
    pub short: Vec<String>,
    /// Names it had before.
    pub former: Vec<String>,
}

/// An office and one holder's term in it (职务); holders go by title, not by name.
#[derive(Debug, Clone, PartialEq)]
pub struct Office {
    /// Id, place and added fields.
    pub item: Item,
    /// The title: `市民政局局长`.
    pub title: String,
    /// Which holder: a name or a mark such as `第一任`.
    pub holder: String,
    /// First day of the term, where known.
    pub from: Option<Date>,
    /// Last day of the term, where it ended.
    pub to: Option<Date>,
}

/// The year of a record: the name of its folder.
pub type Year = i16;

/// The facts of one series and year (or of a series as a whole).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// Figures by id, in order.
    pub figures: IndexMap<String, Figure>,
    /// Events, in the order of the data.
    pub events: IndexMap<String, Event>,
    /// Tasks, in the order of the data.
    pub tasks: IndexMap<String, Task>,
    /// Organisations.
    pub organisations: IndexMap<String, Organisation>,
    /// Terms of office.
    pub offices: IndexMap<String, Office>,
    /// Free tables by name; each row with its place.
    pub tables: IndexMap<String, Vec<(Place, Row)>>,
    /// What must hold between its facts.
    pub invariants: Vec<Invariant>,
    /// Corrections of its figures, in the order of the data.
    pub revisions: Vec<Revision>,
    /// The files that the record was read from, in order.
    pub files: Vec<FileId>,
}
