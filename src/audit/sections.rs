//! The sections that a kind asks for.

use crate::audit::Work;
use crate::diag::codes::audit as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::{BlockKind, plain_text};

/// Reports what the kind asks of the text and the text does not have.
pub(super) fn contract(work: &Work<'_>, diags: &mut Diagnostics) {
    let (contract, kind) = (&work.kind.text, &work.kind.name);
    let blocks = &work.document.blocks;
    let mut headings = Vec::new();
    for block in blocks {
        if let BlockKind::Heading(heading) = &block.kind
            && heading.level == 2
        {
            headings.push(plain_text(&heading.content));
        }
    }
    let mut say = |message: String, hint: String| {
        diags.add(
            Diagnostic::new(&codes::MISSING_SECTION, work.front, message)
                .hint(hint)
                .related(work.kind.place, "the contract of the kind"),
        );
    };
    let leads = blocks
        .iter()
        .take_while(|block| !matches!(block.kind, BlockKind::Heading(_)))
        .any(|block| matches!(block.kind, BlockKind::Paragraph(_)));
    if contract.lead && !leads {
        say(
            format!(
                "the text has no paragraph before its first heading, which `{kind}` asks for"
            ),
            "write what it is about in a sentence or two".to_owned(),
        );
    }
    if headings.len() < contract.sections {
        say(
            format!(
                "the text has {} sections, and `{kind}` asks for at least {}",
                headings.len(),
                contract.sections
            ),
            "divide the text by `##` headings".to_owned(),
        );
    }
    for wanted in &contract.headings {
        let words: Vec<&str> = wanted.split('|').map(str::trim).collect();
        let has = |heading: &String| words.iter().any(|word| heading.contains(word));
        if !headings.iter().any(has) {
            let one = words.first().copied().unwrap_or_default();
            say(
                format!("the text has no section `{one}`, which `{kind}` asks for"),
                format!("add a heading `## {one}`, or one with `{}`", words.join("`, `")),
            );
        }
    }
}
