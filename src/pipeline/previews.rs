//! What is not for readers yet (预览): drafts, and what is dated after today.

use std::collections::BTreeMap;

use super::{Selection, Works};
use crate::locale::Language;
use crate::model::Date;
use crate::press::{Edition, Press, editions, split_language, versions};

/// Whether an edition is a draft, or dated after a day.
pub fn is_early(edition: &Edition<'_>, today: Option<Date>) -> bool {
    let front = &edition.narrative.front;
    let future = |date: Date| today.is_some_and(|today| date > today);
    front.draft || front.date.is_some_and(future)
}

impl Works<'_> {
    /// The watermark of an edition, where it is made and not for readers yet.
    pub(super) fn watermark(&self, edition: &Edition<'_>) -> Option<String> {
        let early = self.shown().is_some_and(|shown| shown.holds_back(edition));
        let own = self.press().settings.watermarks.get(&edition.language);
        let words = || edition.language.words().draft.to_owned();
        early.then(|| own.cloned().unwrap_or_else(words))
    }
}

/// A version of a publication.
#[derive(Debug)]
pub(super) struct Version {
    /// Its language.
    pub language: Language,
    /// Its output path without ending.
    pub path: String,
    /// Whether it is not for readers yet.
    early: bool,
}

/// The versions of a publication.
pub(super) type Versions = Vec<Version>;

/// The publications that have several versions, by their path without language.
pub(super) fn all_versions(
    press: &Press,
    shown: Option<&Selection>,
) -> BTreeMap<String, Versions> {
    let all = editions(press);
    let shows = |edition: &&Edition<'_>| shown.is_none_or(|shown| shown.shows(edition));
    let all = all.iter().filter(shows);
    let of = |(path, versions): (&str, Vec<&Edition<'_>>)| {
        let versions = versions.iter().map(|one| Version {
            language: one.language,
            path: one.path.clone(),
            early: shown.is_some_and(|shown| shown.holds_back(one)),
        });
        (path.to_owned(), versions.collect())
    };
    versions(all).into_iter().map(of).collect()
}

/// The versions of an edition, itself among them; none where it is the only one. What is
/// published does not lead to a preview.
pub(super) fn versions_of<'v>(
    all: &'v BTreeMap<String, Versions>,
    path: &str,
) -> Vec<&'v Version> {
    let versions = all.get(split_language(path).0).map_or(&[][..], Vec::as_slice);
    let early = versions.iter().any(|version| version.path == path && version.early);
    let seen: Vec<&Version> =
        versions.iter().filter(|version| early || !version.early).collect();
    if seen.len() > 1 { seen } else { Vec::new() }
}
