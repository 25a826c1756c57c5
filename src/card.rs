//! What is known of a finished edition without opening its outputs (条目): what the pages
//! of a site say of it, and what the next build need not find out again.

use serde::{Deserialize, Serialize};

use crate::model::Year;

/// An edition as lists, feeds and links show it. What its front matter says without being
/// merged is asked of [`Edition`](crate::press::Edition).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The title after merging, as text.
    pub title: String,
    /// The second line of the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// A sentence or two about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// How many pages its PDF has, where one was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<usize>,
    /// The picture of its first page, where one was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<Cover>,
    /// What of the data its text names.
    #[serde(default)]
    pub mentions: Mentions,
}

/// The picture of a publication's first page (封面图), in pixels: lists leave room for it
/// before it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// How wide it is.
    pub width: u32,
    /// How high it is.
    pub height: u32,
}

/// What of the data a text names (提及), as [`name`] says it, in the order of the data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mentions {
    /// Tasks, by their titles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<String>,
    /// Events, by their titles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
    /// Organisations, by one of their names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<String>,
}

/// The name of an item of the data, unique in its press and collection: `series/year/id`,
/// or `series/id` where it belongs to the series as a whole.
pub fn name(series: &str, year: Option<Year>, id: &str) -> String {
    match year {
        Some(year) => format!("{series}/{year}/{id}"),
        None => format!("{series}/{id}"),
    }
}
