//! Where each number in print comes from (数字溯源): the value that `audit` makes, `publish`
//! keeps beside the manifest and `cli` prints.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What the field `schema` of a trace says. The number changes when a field changes its
/// meaning or goes; fields may be added without a change.
pub const SCHEMA: &str = "annals-trace/1";

/// The numbers of all publications in an output folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// [`SCHEMA`].
    pub schema: String,
    /// The numbers by the path of the edition, in the order of their places.
    pub editions: BTreeMap<String, Vec<Number>>,
}

impl Default for Trace {
    fn default() -> Self {
        Self { schema: SCHEMA.to_owned(), editions: BTreeMap::new() }
    }
}

/// A number in print and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// What stands in print.
    pub text: String,
    /// What it is.
    pub class: Class,
    /// Where it stands in the narrative: `content/baoji/2020/ten-events.md:14:9`.
    pub place: String,
    /// For structure: of what sort (`date`, `ordinal`, `name`…).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
    /// For figures: which one, and all that a reader may ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figure: Option<Printed>,
}

/// A figure in print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// `series/year/id`.
    pub name: String,
    /// What it measures.
    pub label: String,
    /// The value as a plain decimal number, magnitude applied.
    pub value: String,
    /// The unit.
    pub unit: String,
    /// How the value relates to what it measures (`more-than`), where it is not exact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<String>,
    /// The form of print, where it is not that of the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// What it covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The time it covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// The day on which it was true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The cell or line of the data: `content/baoji/2020/figures.xlsx: 指标!C4`.
    pub cell: String,
}

/// What a number in print is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// The value of a figure of the record.
    Figure,
    /// Printed from other data: the date of an event, a cell of a free table, a count.
    Record,
    /// Computed while the document was made: the total of a table.
    Computed,
    /// No value: a date, an ordinal, a number before a heading, a part of a name.
    Structure,
    /// Declared to be what it is by `literal`.
    Literal,
    /// Typed by hand.
    Stray,
}

impl Class {
    /// All of them, in order.
    pub const ALL: [Self; 6] = [
        Self::Figure,
        Self::Record,
        Self::Computed,
        Self::Structure,
        Self::Literal,
        Self::Stray,
    ];

    /// The word in tables and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Record => "record",
            Self::Computed => "computed",
            Self::Structure => "structure",
            Self::Literal => "literal",
            Self::Stray => "stray",
        }
    }
}
