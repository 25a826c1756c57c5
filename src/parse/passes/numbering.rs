//! Numbers of tables and figures.

use crate::diag::Diagnostics;
use crate::document::{BlockKind, Caption, Document};
use crate::parse::{Context, inlines};

/// Numbers the captions of tables, and those of figures, in reading order.
pub fn numbering(document: &mut Document, _: &Context<'_>, _: &mut Diagnostics) {
    let (mut tables, mut figures) = (0, 0);
    let count = |caption: &mut Option<Caption>, counter: &mut usize| {
        if let Some(caption) = caption {
            *counter += 1;
            caption.number = *counter;
        }
    };
    inlines::each_block(document, &mut |block| match &mut block.kind {
        BlockKind::Table(table) => count(&mut table.caption, &mut tables),
        BlockKind::Figure(figure) => count(&mut figure.caption, &mut figures),
        BlockKind::Chart(chart) => count(&mut chart.caption, &mut figures),
        _ => {}
    });
}
