//! Data as it was written: trees and grids in which every node knows its place.
//!
//! All formats (TOML, YAML, JSON, front matter; CSV, XLSX) end here. Nothing is
//! interpreted yet: a number keeps its digits, a date is its ISO text, and what a key
//! means is for `check` to say.

use crate::source::{FileId, Place};

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where the value stands.
    pub place: Place,
    /// The value.
    pub value: Value,
}

/// A value as written.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing: YAML `~`, JSON `null`, an empty cell.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, digits as written (never through binary floating point where the
    /// format allows; XLSX numbers as the shortest decimal that reads back the same).
    Number(String),
    /// Text.
    Text(String),
    /// A date or time that the format itself marks as one (TOML, XLSX), in ISO 8601.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values, in the order of the file.
    Table(Table),
}

/// Keys and values, in the order of the file; keys are unique.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The entries.
    pub entries: Vec<Entry>,
}

/// One key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key as written.
    pub key: String,
    /// Where the key stands.
    pub key_place: Place,
    /// The value.
    pub node: Node,
}

impl Table {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }
}

impl Node {
    /// The table, where the value is one.
    pub fn as_table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The text, where the value is text.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What the value is, in a word for messages: `a number`, `a list`.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Text(_) => "text",
            Value::Date(_) => "a date",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

/// A sheet of a workbook, or a CSV file: rows of cells without a header picked out.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// The sheet's name; the file's stem for CSV.
    pub name: String,
    /// The file.
    pub file: FileId,
    /// The rows that hold anything, in order; cells of a row in order of columns, empty
    /// cells as [`Value::Null`], so that equal indices are equal columns.
    pub rows: Vec<Vec<Node>>,
    /// Rows (indices into `rows`) that hold a cell merged over several columns.
    pub merged: Vec<usize>,
}

/// What one data file holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// TOML, YAML, JSON.
    Tree(Node),
    /// CSV (one grid), XLSX (a grid for every sheet that holds anything).
    Grids(Vec<Grid>),
}
