//! Levels of headings, and the outline.

use crate::diag::codes::parse as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::{BlockKind, Document, OutlineItem, plain_text, walk_block};
use crate::parse::{Context, Dialect};

/// Checks that headings begin at level 2, have words, and skip no level on the way down
/// (PDF/UA-1, ISO 14289-1, 7.4.2).
pub fn headings(document: &mut Document, context: &Context<'_>, diags: &mut Diagnostics) {
    if context.dialect == Dialect::Markdown {
        return;
    }
    let mut above = 1;
    document.each_block(&mut |block| {
        let BlockKind::Heading(heading) = &block.kind else { return };
        let (level, place) = (heading.level, block.place);
        if plain_text(&heading.content).trim().is_empty() {
            diags.add(
                Diagnostic::new(&codes::EMPTY_HEADING, place, "this heading has no words")
                    .hint("write its words, or take it away"),
            );
        }
        if level == 1 {
            let message = "a narrative's own headings begin at level 2, found level 1";
            diags.add(
                Diagnostic::new(&codes::TITLE_IN_BODY, place, message)
                    .hint("write `##`: the title stands in the front matter"),
            );
        } else if level > above + 1 {
            let hashes = "#".repeat(usize::from(above) + 1);
            let message = format!(
                "a heading of level {level} follows one of level {above}, expected at most \
                 level {}",
                above + 1
            );
            diags.add(
                Diagnostic::new(&codes::HEADING_SKIP, place, message)
                    .hint(format!("write `{hashes}`, or add the heading between")),
            );
        }
        above = level;
    });
}

/// Lists the headings of the text, for contents and bookmarks.
pub fn outline(document: &mut Document, _: &Context<'_>, _: &mut Diagnostics) {
    let mut outline = Vec::new();
    for block in &document.blocks {
        walk_block(
            block,
            &mut |block| {
                if let BlockKind::Heading(heading) = &block.kind {
                    outline.push(OutlineItem {
                        level: heading.level,
                        anchor: heading.anchor.clone(),
                        text: plain_text(&heading.content).trim().to_owned(),
                    });
                }
            },
            &mut |_| {},
        );
    }
    document.outline = outline;
}
