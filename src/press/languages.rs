//! One publication in several languages: `ten-events.md` and, beside it,
//! `ten-events.en.md`.
//!
//! The language stands before the ending of the file; what is before that is the same in
//! all versions, and makes them one publication. The version without a language in its
//! name is the original.

use std::collections::BTreeMap;

use super::{Edition, Press, Series};
use crate::locale::Language;
use crate::model::Period;

/// The path of a narrative or edition without the language in its name, and that
/// language: `baoji/2020/ten-events.en` is `baoji/2020/ten-events` in English.
pub fn split_language(path: &str) -> (&str, Option<Language>) {
    let named = path.rsplit_once('.').and_then(|(stem, word)| {
        let language = Language::ALL.into_iter().find(|one| one.word() == word)?;
        let name = stem.rsplit('/').next().unwrap_or_default();
        (!name.is_empty()).then_some((stem, Some(language)))
    });
    named.unwrap_or((path, None))
}

/// The path of an edition of a recurring narrative: `monthly-2020-03`,
/// `monthly-2020-03.en`.
pub(super) fn dated_path(path: &str, period: Period) -> String {
    match split_language(path) {
        (stem, Some(language)) => format!("{stem}-{period}.{}", language.word()),
        (path, None) => format!("{path}-{period}"),
    }
}

/// The versions of publications that have more than one, by the path without language;
/// the original first, then in the order of the editions.
pub fn versions<'e, 'a>(
    editions: impl IntoIterator<Item = &'e Edition<'a>>,
) -> BTreeMap<&'e str, Vec<&'e Edition<'a>>> {
    let mut all: BTreeMap<&str, Vec<&Edition<'_>>> = BTreeMap::new();
    for edition in editions {
        all.entry(split_language(&edition.path).0).or_default().push(edition);
    }
    all.retain(|_, versions| versions.len() > 1);
    for versions in all.values_mut() {
        versions.sort_by_key(|edition| split_language(&edition.path).1.is_some());
    }
    all
}

impl Press {
    /// A series in the words of a language: the series itself, where that is the language
    /// of its record or where nothing says how it is called in the other.
    pub fn series_in(&self, name: &str, language: Language) -> Option<&Series> {
        let translated = self.translations.get(&(name.to_owned(), language));
        translated.or_else(|| self.series.get(name).map(|series| &**series))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_stands_before_the_ending() {
        let of = |path| split_language(path);
        assert_eq!(of("a/2020/ten.en"), ("a/2020/ten", Some(Language::En)));
        assert_eq!(of("a/2020/ten.zh"), ("a/2020/ten", Some(Language::Zh)));
        for path in ["a/2020/ten", "a/en", "a/v1.2", "a.en/ten", "a/.en", "a/ten.english"]
        {
            assert_eq!(of(path), (path, None));
        }
    }

    #[test]
    fn the_period_stands_before_the_language() {
        let march = Period::Month(2020, 3);
        assert_eq!(dated_path("a/2020/monthly", march), "a/2020/monthly-2020-03");
        assert_eq!(dated_path("a/2020/monthly.en", march), "a/2020/monthly-2020-03.en");
    }
}
