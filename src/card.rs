//! What is known of a finished edition without opening its outputs (条目): what the pages
//! of a site say of it, and what the next build need not find out again.

use serde::{Deserialize, Serialize};

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
}
