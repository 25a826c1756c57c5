//! What the pages of the preview are told, as JSON.

use serde::Serialize;

use crate::diag::view::View;
use crate::locale::PreviewWords;

/// The list of all there is.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PressState {
    /// Counts the times the press was read.
    pub(super) round: u64,
    /// The title of the press.
    pub(super) title: String,
    /// The tag of its language.
    pub(super) language: &'static str,
    /// The words of the preview in it.
    pub(super) words: &'static PreviewWords,
    /// Whether there are pages around the publications.
    pub(super) site: bool,
    /// The editions in order.
    pub(super) editions: Vec<EditionState>,
    /// The findings, those of the press as a whole first.
    pub(super) findings: Vec<Finding>,
    /// How many findings there are besides.
    pub(super) more: usize,
    /// How far it has been looked through.
    pub(super) tally: Tally,
}

/// An edition in the list.
#[derive(Debug, Clone, Serialize)]
pub(super) struct EditionState {
    /// What it is.
    #[serde(flatten)]
    pub(super) row: Row,
    /// `waiting`, `good` or `failed`.
    pub(super) state: &'static str,
    /// How many errors it has.
    pub(super) errors: usize,
    /// How many findings it has besides.
    pub(super) warnings: usize,
}

/// What an edition is, before it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Row {
    /// Its path.
    pub(super) path: String,
    /// Its title.
    pub(super) title: String,
    /// The title of its series.
    pub(super) series: String,
    /// Its kind, for readers.
    pub(super) kind: String,
    /// What it reports on, for readers.
    pub(super) period: Option<String>,
    /// The day of publication.
    pub(super) date: Option<String>,
    /// Why a build leaves it out: `draft` or `later`.
    pub(super) held: Option<&'static str>,
    /// Whether there is a page.
    pub(super) html: bool,
    /// Whether there is a PDF.
    pub(super) pdf: bool,
}

/// A finding in the list.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Finding {
    /// The edition it was found in; nothing where it is one of the press.
    pub(super) edition: Option<String>,
    /// What was found.
    #[serde(flatten)]
    pub(super) view: View,
}

/// How many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(super) struct Tally {
    /// How many editions have been looked through.
    pub(super) done: usize,
    /// How many there are.
    pub(super) of: usize,
    /// How many errors were found.
    pub(super) errors: usize,
    /// How many findings there are besides.
    pub(super) warnings: usize,
}

/// What there is to know of an output.
#[derive(Debug, Clone, Serialize)]
pub(super) struct OutputState {
    /// Counts the times the press was read.
    pub(super) round: u64,
    /// The tag of the press's language.
    pub(super) language: &'static str,
    /// The words of the preview in it.
    pub(super) words: &'static PreviewWords,
    /// The edition that it belongs to.
    pub(super) edition: Option<Row>,
    /// What tells its content from another; nothing where there is none.
    pub(super) hash: Option<String>,
    /// Whether it could not be made anew, and is what it was before.
    pub(super) stale: bool,
    /// Its printed pages, where they are shown.
    pub(super) sheets: Vec<SheetState>,
    /// What was found in it.
    pub(super) findings: Vec<View>,
    /// The errors of the press as a whole.
    pub(super) press: Vec<View>,
    /// How far all has been looked through.
    pub(super) tally: Tally,
}

/// A printed page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct SheetState {
    /// What tells it from another.
    pub(super) hash: String,
    /// Its width in points.
    pub(super) width: f64,
    /// Its height in points.
    pub(super) height: f64,
}

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Event {
    /// Counts the times the press was read.
    pub(super) round: u64,
    /// How far it has been looked through.
    pub(super) tally: Tally,
}
