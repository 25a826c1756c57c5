//! Soft line breaks between Chinese characters vanish.

use crate::diag::Diagnostics;
use crate::document::Document;
use crate::parse::{Context, inlines};

/// Takes away the line breaks that stand for no space.
pub fn breaks(document: &mut Document, context: &Context<'_>, _: &mut Diagnostics) {
    inlines::each_run(document, &mut |run| {
        inlines::settle_breaks(run, context.language);
    });
}
