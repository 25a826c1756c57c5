//! Figures that are pulled out of the text and printed large.
//!
//! A quotation that begins with `[!FIGURES]` (or `[!数据]`) and goes on with a list is one:
//! each item has a figure and the words that say what it is.

use crate::diag::codes::parse as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::{
    Block, BlockKind, Document, Inline, InlineKind, List, PulledFigure,
};
use crate::parse::{Context, Dialect, inlines};
use crate::source::Place;

/// What a quotation begins with to be one.
const WORDS: [&str; 2] = ["[!FIGURES]", "[!数据]"];

/// What stands between a figure and its words, and is not printed.
const BETWEEN: [char; 6] = ['：', ':', '，', ',', '　', ' '];

/// Whether a text would be taken for the beginning of pulled figures.
pub(super) fn is_signal(text: &str) -> bool {
    WORDS.contains(&text.trim())
}

/// Finds pulled figures; reports items that have none.
pub fn pulled(document: &mut Document, context: &Context<'_>, diags: &mut Diagnostics) {
    if context.dialect == Dialect::Markdown {
        return;
    }
    inlines::each_block(document, &mut |block| {
        let BlockKind::Quote(inner) = &mut block.kind else { return };
        let [Block { kind: BlockKind::Paragraph(head), .. }, rest @ ..] =
            inner.as_mut_slice()
        else {
            return;
        };
        let [Inline { kind: InlineKind::Text(text), .. }] = head.as_slice() else {
            return;
        };
        if !is_signal(text) {
            return;
        }
        if let [Block { kind: BlockKind::List(list), .. }] = rest {
            block.kind = BlockKind::Pulled(items(list, diags));
        } else {
            diags.add(
                Diagnostic::new(
                    &codes::NO_PULLED_FIGURE,
                    block.place,
                    format!("`{}` is not followed by a list", text.trim()),
                )
                .hint("write one item for each figure: `> - {{ f.donors }} 参与捐赠`"),
            );
        }
    });
}

fn items(list: &mut List, diags: &mut Diagnostics) -> Vec<PulledFigure> {
    let mut all = Vec::with_capacity(list.items.len());
    for item in &mut list.items {
        match item.blocks.as_mut_slice() {
            [Block { kind: BlockKind::Paragraph(content), .. }] => {
                all.extend(figure(std::mem::take(content), item.place, diags));
            }
            _ => report(item.place, diags),
        }
    }
    all
}

/// The figure of an item, before or after its words.
fn figure(
    mut words: Vec<Inline>,
    place: Place,
    diags: &mut Diagnostics,
) -> Option<PulledFigure> {
    let at = words.iter().position(|one| matches!(one.kind, InlineKind::Figure(_)));
    let Some(at) = at else {
        report(place, diags);
        return None;
    };
    let number = vec![words.remove(at)];
    if let Some(Inline { kind: InlineKind::Text(text), .. }) = words.first_mut() {
        *text = text.trim_start_matches(BETWEEN).to_owned();
    }
    if let Some(Inline { kind: InlineKind::Text(text), .. }) = words.last_mut() {
        *text = text.trim_end_matches(BETWEEN).to_owned();
    }
    Some(PulledFigure { place, number, label: words })
}

fn report(place: Place, diags: &mut Diagnostics) {
    diags.add(
        Diagnostic::new(
            &codes::NO_PULLED_FIGURE,
            place,
            "this item of pulled figures has no figure of the record",
        )
        .hint("print one by its name: `> - {{ f.donors }} 参与捐赠`"),
    );
}
