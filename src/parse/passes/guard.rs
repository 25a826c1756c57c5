//! Data never becomes markup: what an expression printed is no caption and no `[[toc]]`,
//! whatever it says.

use std::collections::BTreeSet;

use super::captions::is_signal;
use crate::document::{Document, Inline, InlineKind};
use crate::manuscript::{Manuscript, Origin};
use crate::parse::inlines;

/// Puts an empty text before printed text that says what a caption or the contents say,
/// so that the passes that look for these words pass it by.
pub fn guard(document: &mut Document, manuscript: &Manuscript) {
    let start =
        |place: crate::source::Place| place.range().map(|r| (place.file, r.start));
    let printed: BTreeSet<_> = manuscript
        .pieces
        .iter()
        .filter(|piece| piece.origin == Origin::Expression)
        .filter_map(|piece| start(piece.place))
        .collect();
    if printed.is_empty() {
        return;
    }
    inlines::each_run(document, &mut |run| {
        let Some(Inline { place, kind: InlineKind::Text(text) }) = run.first() else {
            return;
        };
        let place = *place;
        if is_signal(text) && start(place).is_some_and(|start| printed.contains(&start)) {
            run.insert(0, Inline { place, kind: InlineKind::Text(String::new()) });
        }
    });
}

/// Takes the empty texts away again.
pub fn release(document: &mut Document) {
    inlines::each_run(document, &mut |run| {
        run.retain(|inline| inline.kind != InlineKind::Text(String::new()));
    });
}
