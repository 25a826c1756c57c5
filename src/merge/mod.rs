//! Templates over Markdown: what a narrative can name, and its merged text.
//!
//! [`Facts`] is what an edition's narrative can name, built once for each record and
//! language; [`merge`] adds what belongs to the edition alone and hands both to the
//! engine of `template`.

mod facts;
mod items;
mod names;

use crate::diag::{Diagnostics, Reported};
use crate::manuscript::Manuscript;
use crate::press::{Edition, Meta, Text};
use crate::source::Sources;
use crate::template::{Datum, NameUse, Names, Narratives, Scope};

pub use facts::{Facts, Register};

use self::names::{ROOTS, unknown};

/// An edition's text and what it says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// The Markdown.
    pub manuscript: Manuscript,
    /// The front matter after merging.
    pub meta: Meta,
}

/// Merges an edition's narrative with the facts of its record.
///
/// # Errors
/// When a template cannot be read or carried out; all names that lead nowhere and all
/// lines of front matter that fail are reported, not the first alone.
pub fn merge(
    engine: &Narratives,
    facts: &Facts<'_>,
    edition: &Edition<'_>,
    sources: &Sources,
    diags: &mut Diagnostics,
) -> Result<Merged, Reported> {
    let mut scope = edition_scope(facts, edition);
    let narrative = edition.narrative;
    let front = &narrative.front;
    let find = |found: &NameUse| unknown(facts, found);
    let names = Names { roots: &ROOTS, find: &find };
    let mut outcome = Ok(());
    // A line that fails stands as it is written while the rest is looked at.
    let mut line = |text: &Text| {
        engine.line(text, &scope, &names, diags).unwrap_or_else(|reported| {
            outcome = Err(reported);
            text.text.clone()
        })
    };
    let meta = Meta {
        title: line(&front.title),
        subtitle: front.subtitle.as_ref().map(&mut line),
        summary: front.summary.as_ref().map(&mut line),
        authors: front.authors.clone(),
        keywords: front.keywords.clone(),
        date: front.date,
        language: edition.language,
        publisher: edition.series.publisher.clone(),
        kind: edition.kind.name.clone(),
        kind_label: label(edition),
        series: edition.series.name.clone(),
        series_title: edition.series.title.clone(),
        period: edition.period,
        issue: edition.issue,
        path: edition.path.clone(),
        draft: front.draft,
        watermark: None,
        extra: front.extra.clone(),
        series_extra: edition.series.extra.clone(),
    };
    scope.insert("edition", items::edition(&meta));
    let body = (narrative.file, narrative.body.clone());
    let manuscript = engine.merge(body, &scope, &names, sources, diags)?;
    outcome?;
    Ok(Merged { manuscript, meta })
}

/// An edition's title after merging, for lists.
///
/// # Errors
/// As [`merge`].
pub fn title(
    engine: &Narratives,
    facts: &Facts<'_>,
    edition: &Edition<'_>,
    diags: &mut Diagnostics,
) -> Result<String, Reported> {
    let find = |found: &NameUse| unknown(facts, found);
    let names = Names { roots: &ROOTS, find: &find };
    let scope = edition_scope(facts, edition);
    engine.line(&edition.narrative.front.title, &scope, &names, diags)
}

/// What an edition can name before its own front matter is merged.
fn edition_scope(facts: &Facts<'_>, edition: &Edition<'_>) -> Scope {
    let mut scope = facts.scope(edition.period);
    scope.insert("language", Datum::new(edition.language.word()));
    if let Some(period) = edition.period {
        for (name, value) in items::period(period, edition.language) {
            scope.insert(&name, value);
        }
    }
    if let Some(issue) = edition.issue {
        scope.insert("issue", Datum::new(&issue));
    }
    scope
}

fn label(edition: &Edition<'_>) -> String {
    let labels = &edition.kind.labels;
    let own = labels.get(edition.language.word()).or_else(|| labels.values().next());
    own.unwrap_or(&edition.kind.name).clone()
}

/// What an expression prints over a record's facts, for `annals query`.
///
/// # Errors
/// When the expression cannot be read or carried out.
pub fn evaluate(
    engine: &Narratives,
    facts: &Facts<'_>,
    expression: &str,
    place: crate::source::Place,
    diags: &mut Diagnostics,
) -> Result<String, Reported> {
    let scope: Scope = facts.scope(None);
    engine.expression(expression, &scope, place, diags)
}
