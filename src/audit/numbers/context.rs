//! What a number needs beside it: its scope where the press holds several, and a day that
//! is not too long ago.

use std::collections::{BTreeMap, BTreeSet};

use super::Numbers;
use crate::diag::codes::audit as codes;
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::document::{InlineKind, walk_block};
use crate::model::Figure;
use crate::press::AuditSettings;
use crate::trace::Number;

/// Reports figures of which the press holds several scopes, where the document does not
/// name the one that is printed. A document that prints two of them names each in the
/// paragraph, list or table that prints it.
pub(super) fn scopes(work: &Numbers<'_>, numbers: &[Number], diags: &mut Diagnostics) {
    let mut text: Option<String> = None;
    let mut printed = None;
    each(work, numbers, |name, number| {
        let Some(figure) = (work.figure)(name) else { return };
        let all = (work.scopes)(figure);
        let own = figure.scope.as_deref().unwrap_or_default();
        let others: Vec<&str> =
            all.iter().copied().filter(|scope| *scope != own).collect();
        let (Some(other), false) = (others.first(), own.is_empty()) else { return };
        // Few presses hold a figure for several scopes: the rest need not look.
        let printed = printed.get_or_insert_with(|| printed_scopes(work, numbers));
        let both = printed.get(&same(figure)).filter(|scopes| scopes.len() > 1);
        let text = text.get_or_insert_with(|| words(work));
        let message = match both {
            _ if !text.contains(bare(own)) => format!(
                "`{}` is printed without its scope `{own}`, and the press holds it for `{other}` too",
                figure.label
            ),
            Some(scopes) if !named_beside(work, name, bare(own)) => {
                let scopes: Vec<&str> = scopes.iter().map(String::as_str).collect();
                format!(
                    "the document prints `{}` for {}, and does not name `{own}` beside this one",
                    figure.label,
                    quoted(&scopes)
                )
            }
            _ => return,
        };
        diags.add(
            Diagnostic::new(&codes::UNNAMED_SCOPE, number, message)
                .hint("name the scope in the text: `{{ figure.ID.scope }}`"),
        );
    });
}

/// What makes figures of two scopes the same: label and unit.
fn same(figure: &Figure) -> (String, String) {
    (figure.label.clone(), figure.value.unit.clone())
}

/// The scopes for which a document prints each figure.
fn printed_scopes(
    work: &Numbers<'_>,
    numbers: &[Number],
) -> BTreeMap<(String, String), BTreeSet<String>> {
    let mut out: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    each(work, numbers, |name, _| {
        if let Some(figure) = (work.figure)(name)
            && let Some(scope) = &figure.scope
        {
            out.entry(same(figure)).or_default().insert(scope.clone());
        }
    });
    out
}

/// Whether every top-level block that prints a figure holds these words.
fn named_beside(work: &Numbers<'_>, name: &str, words: &str) -> bool {
    work.document.blocks.iter().all(|block| {
        let (mut prints, mut text) = (false, String::new());
        walk_block(block, &mut |_| {}, &mut |inline| match &inline.kind {
            InlineKind::Text(own) => text.push_str(own),
            InlineKind::Figure(figure) => {
                prints |= figure.figure.name == name;
                text.push_str(&figure.text);
            }
            _ => {}
        });
        !prints || text.contains(words)
    })
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" and ")
}

/// Reports figures whose day is too long before the end of what the edition reports on.
pub(super) fn freshness(
    work: &Numbers<'_>,
    settings: &AuditSettings,
    numbers: &[Number],
    diags: &mut Diagnostics,
) {
    let Some(period) = work.period else { return };
    each(work, numbers, |name, place| {
        let Some(figure) = (work.figure)(name) else { return };
        let Some(as_of) = figure.as_of else { return };
        let age = (period.last_day() - as_of.last_day()).get_days();
        let over = |limit: Option<u32>| {
            limit.is_some_and(|limit| age > i32::try_from(limit).unwrap_or(i32::MAX))
        };
        let limits = settings.limits(figure.source.as_deref());
        let severity = match (over(limits.error_after), over(limits.warn_after)) {
            (true, _) => Severity::Error,
            (false, true) => Severity::Warning,
            (false, false) => return,
        };
        let message = format!(
            "`{}` is as of {as_of}, {age} days before the end of {period}",
            figure.label
        );
        let mut found = Diagnostic::new(&codes::STALE_FIGURE, place, message)
            .related(figure.value_place, "the value stands here")
            .hint("bring the figure up to date; its day is `as_of` (截至)");
        found.severity = severity;
        diags.add(found);
    });
}

/// Calls `take` with every figure that is printed, once, and the narrative.
fn each(
    work: &Numbers<'_>,
    numbers: &[Number],
    mut take: impl FnMut(&str, crate::source::Place),
) {
    let printed = numbers.iter().filter_map(|number| number.figure.as_ref());
    let names: BTreeSet<&str> = printed.map(|figure| figure.name.as_str()).collect();
    let mut places = BTreeMap::new();
    work.document.each_inline(&mut |inline| {
        if let InlineKind::Figure(text) = &inline.kind {
            places.entry(text.figure.name.as_str()).or_insert(inline.place);
        }
    });
    for name in names {
        take(name, places.get(name).copied().unwrap_or(work.narrative));
    }
}

/// All words of the document.
fn words(work: &Numbers<'_>) -> String {
    let mut out = String::new();
    for prose in work.proses {
        out.push_str(prose.text());
    }
    work.document.each_inline(&mut |inline| match &inline.kind {
        InlineKind::Text(text) => out.push_str(text),
        InlineKind::Figure(figure) => out.push_str(&figure.text),
        _ => {}
    });
    out
}

/// A scope without quotation marks around it.
fn bare(scope: &str) -> &str {
    scope.trim_matches(['“', '”', '《', '》'])
}
