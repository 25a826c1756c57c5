//! What is not for readers yet (预览): drafts, and what is dated after today.

use std::collections::BTreeMap;

use crate::locale::Language;
use crate::model::Date;
use crate::press::{Edition, Press, editions, split_language, versions};

/// Whether an edition is a draft, or dated after a day.
pub fn is_early(edition: &Edition<'_>, today: Option<Date>) -> bool {
    let front = &edition.narrative.front;
    let future = |date: Date| today.is_some_and(|today| date > today);
    front.draft || front.date.is_some_and(future)
}

/// What is made of editions that are not for readers yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Previews {
    /// The day that counts as today.
    pub today: Option<Date>,
    /// Whether they are made, with a watermark; else no publication leads to them.
    pub made: bool,
}

impl Previews {
    /// Whether readers may hear of an edition.
    pub fn show(self, edition: &Edition<'_>) -> bool {
        self.made || !is_early(edition, self.today)
    }

    /// The watermark of an edition, where it is not for readers yet.
    pub fn watermark(self, press: &Press, edition: &Edition<'_>) -> Option<String> {
        let own = press.settings.watermarks.get(&edition.language);
        let words = || edition.language.words().draft.to_owned();
        is_early(edition, self.today).then(|| own.cloned().unwrap_or_else(words))
    }
}

/// The language and output path of each version of a publication.
pub(super) type Versions = Vec<(Language, String)>;

/// The publications that have several versions, by their path without language.
pub(super) fn all_versions(
    press: &Press,
    previews: Previews,
) -> BTreeMap<String, Versions> {
    let all = editions(press);
    let shown = all.iter().filter(|edition| previews.show(edition));
    let of = |(path, versions): (&str, Vec<&Edition<'_>>)| {
        let versions = versions.iter().map(|one| (one.language, one.path.clone()));
        (path.to_owned(), versions.collect())
    };
    versions(shown).into_iter().map(of).collect()
}

/// The versions of an edition, itself among them; none where it is the only one.
pub(super) fn versions_of<'v>(
    all: &'v BTreeMap<String, Versions>,
    path: &str,
) -> &'v [(Language, String)] {
    all.get(split_language(path).0).map_or(&[], Vec::as_slice)
}
