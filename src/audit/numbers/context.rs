//! What a number needs beside it: its scope where the press holds several, and a day that
//! is not too long ago.

use std::collections::BTreeSet;

use super::Numbers;
use crate::diag::codes::audit as codes;
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::document::InlineKind;
use crate::press::AuditSettings;
use crate::trace::Number;

/// Reports figures of which the press holds several scopes, where the document does not
/// name the one that is printed.
pub(super) fn scopes(work: &Numbers<'_>, numbers: &[Number], diags: &mut Diagnostics) {
    let mut text: Option<String> = None;
    each(work, numbers, |name, number| {
        let Some(figure) = (work.figure)(name) else { return };
        let all = (work.scopes)(figure);
        let own = figure.scope.as_deref().unwrap_or_default();
        let others: Vec<&str> =
            all.iter().copied().filter(|scope| *scope != own).collect();
        let (Some(other), false) = (others.first(), own.is_empty()) else { return };
        let text = text.get_or_insert_with(|| words(work));
        if text.contains(bare(own)) {
            return;
        }
        let message = format!(
            "`{}` is printed without its scope `{own}`, and the press holds it for `{other}` too",
            figure.label
        );
        diags.add(
            Diagnostic::new(&codes::UNNAMED_SCOPE, number, message)
                .hint("name the scope in the text: `{{ figure.ID.scope }}`"),
        );
    });
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
        let severity = match (over(settings.error_after), over(settings.warn_after)) {
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
    let mut places = std::collections::BTreeMap::new();
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
