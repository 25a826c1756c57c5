//! Finished documents against what they say of themselves (成稿核对).
//!
//! `check` looks at data, this stage at the text that readers get: whether ten events are
//! ten, whether numbers leave none out, whether the sections that the kind asks for are
//! there. What is not certain is not said: a false alarm costs more trust than a missed
//! one.

mod count;
mod names;
mod numbering;
mod numbers;
mod sections;
mod units;

pub use names::{Names, names};
pub use numbers::{Numbers, numbers, unchanged};
pub use units::units;

use crate::diag::Diagnostics;
use crate::document::Document;
use crate::press::{Edition, Kind, Meta};
use crate::source::Place;

/// A finished document and what is known of it.
#[derive(Clone, Copy)]
pub struct Work<'a> {
    /// The document.
    pub document: &'a Document,
    /// What it says of itself.
    pub meta: &'a Meta,
    /// Where its title stands.
    pub title: Place,
    /// Where its front matter stands.
    pub front: Place,
    /// Its kind.
    pub kind: &'a Kind,
}

impl<'a> Work<'a> {
    /// The document of an edition, and what it says of itself.
    pub fn of(edition: &Edition<'a>, meta: &'a Meta, document: &'a Document) -> Self {
        let front = &edition.narrative.front;
        let (title, front, kind) = (front.title.place, front.place, edition.kind);
        Self { document, meta, title, front, kind }
    }
}

/// The checks of finished documents, in the order in which they act.
const CHECKS: [fn(&Work<'_>, &mut Diagnostics); 3] =
    [count::number_words, numbering::no_gaps, sections::contract];

/// Checks a finished document.
pub fn document(work: &Work<'_>, diags: &mut Diagnostics) {
    CHECKS.iter().for_each(|check| check(work, diags));
}
