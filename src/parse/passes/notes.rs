//! Notes in the order of their first reference.

use crate::diag::codes::parse as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::{Block, Document, InlineKind, Note};
use crate::parse::build::Built;
use crate::parse::{Context, inlines};

/// Numbers the notes as readers meet them, first in the text, then in the notes
/// themselves, and reports those that nobody refers to.
pub fn notes(built: Built, context: &Context<'_>, diags: &mut Diagnostics) -> Document {
    let Built { mut blocks, notes: mut written, labels } = built;
    let mut order = Order { numbers: vec![None; labels.len()], met: Vec::new() };
    order.read(&mut blocks);
    let mut notes = Vec::new();
    let mut used = vec![false; written.len()];
    while let Some(&(label, _)) = order.met.get(notes.len()) {
        let found = labels.get_index(label).and_then(|key| written.get_full_mut(key));
        // pulldown-cmark refers only to notes that are written; one that was beyond the
        // limit of nesting is lost, and that was reported.
        let (place, mut blocks) = match found {
            Some((index, _, note)) => {
                used[index] = true;
                (note.place, std::mem::take(&mut note.blocks))
            }
            None => (context.place, Vec::new()),
        };
        order.read(&mut blocks);
        let anchor = format!("note-{}", notes.len() + 1);
        notes.push(Note { place, anchor, references: 0, blocks });
    }
    for (note, (_, references)) in notes.iter_mut().zip(order.met) {
        note.references = references;
    }
    for ((label, note), _) in written.iter().zip(used).filter(|(_, used)| !used) {
        let message = format!("note `[^{label}]` is never referred to");
        diags.add(
            Diagnostic::new(&codes::UNUSED_NOTE, note.place, message)
                .hint(format!("write `[^{label}]` where it belongs, or take it away")),
        );
    }
    Document { notes, blocks, ..Document::default() }
}

/// The order in which notes are met.
struct Order {
    /// The number of each label's note, from 0.
    numbers: Vec<Option<usize>>,
    /// The label of each note, and how often it was referred to.
    met: Vec<(usize, usize)>,
}

impl Order {
    fn read(&mut self, blocks: &mut [Block]) {
        inlines::inlines_of_blocks(blocks, &mut |inline| {
            let InlineKind::NoteRef { note, reference } = &mut inline.kind else {
                return;
            };
            let label = *note;
            let Some(number) = self.numbers.get_mut(label) else { return };
            let number = *number.get_or_insert_with(|| {
                self.met.push((label, 0));
                self.met.len() - 1
            });
            self.met[number].1 += 1;
            *note = number + 1;
            *reference = self.met[number].1;
        });
    }
}
