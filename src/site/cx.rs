//! What the pages of one branch of the site are made from.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::feeds;
use super::out::{NavLink, PageText};
use super::{Item, Site};
use crate::address::{self, Branch};
use crate::frame::{Link, day, icon, number};
use crate::locale::{Language, SiteWords};
use crate::model::Date;
use crate::press::{Press, Series, split_language};
use crate::template::Pages;

/// What all pages of a branch are made from.
pub(super) struct Cx<'a> {
    pub(super) press: &'a Press,
    pub(super) pages: &'a Pages,
    pub(super) style: &'a str,
    pub(super) icon: String,
    pub(super) language: Language,
    /// Where its pages stand.
    pub(super) at: Branch,
    pub(super) site: &'static SiteWords,
    /// What the branch lists, the newest first, what has no date last.
    pub(super) items: Vec<Dated<'a>>,
    /// What is published in any language, in the same order.
    pub(super) all: &'a [Dated<'a>],
    /// The publications in several languages, by their path without language.
    pub(super) versions: &'a Versions<'a>,
    pub(super) nav: Vec<(String, &'static str)>,
    pub(super) today: Option<Date>,
}

/// A finished edition with the day by which it is put in order.
#[derive(Clone, Copy)]
pub(super) struct Dated<'a> {
    pub(super) item: Item<'a>,
    pub(super) day: Option<Date>,
}

/// Publications with their versions in several languages, the original first.
pub(super) type Versions<'a> = BTreeMap<&'a str, Vec<Item<'a>>>;

/// Everything that is published, the newest first, what has no date last.
pub(super) fn in_order<'a>(items: &[Item<'a>]) -> Vec<Dated<'a>> {
    let dated = |&item: &Item<'a>| Dated { item, day: day(item.edition) };
    let mut items: Vec<Dated<'a>> = items.iter().map(dated).collect();
    items.sort_by(|one, other| {
        let rank = |dated: &Dated<'a>| {
            let edition = dated.item.edition;
            // The last issue of a day comes first; chapters without a day as in a book.
            let issue = Reverse(edition.issue.filter(|_| dated.day.is_some()));
            (Reverse(dated.day), issue, number(edition), edition.path.as_str())
        };
        rank(one).cmp(&rank(other))
    });
    items
}

/// The publications in several languages.
pub(super) fn versions<'a>(all: &[Dated<'a>]) -> Versions<'a> {
    let mut versions = Versions::new();
    for &Dated { item, .. } in all {
        let stem = split_language(&item.edition.path).0;
        versions.entry(stem).or_default().push(item);
    }
    versions.retain(|_, versions| versions.len() > 1);
    for versions in versions.values_mut() {
        versions.sort_by_key(|item| split_language(&item.edition.path).1);
    }
    versions
}

impl<'a> Cx<'a> {
    /// A branch in a language: it lists what is published in that language. The branch in
    /// the press's own language lists what is published in others alone as well.
    pub(super) fn new(
        site: &Site<'a>,
        language: Language,
        all: &'a [Dated<'a>],
        versions: &'a Versions<'a>,
    ) -> Self {
        let at = Branch::of(language, site.press.settings.language);
        let stands_in = |item: &Item<'a>| {
            let path = item.edition.path.as_str();
            let versions = versions.get(split_language(path).0);
            versions.is_none_or(|versions| {
                let own = |one: &Item<'_>| one.edition.language == language;
                let first = versions.first().map(|first| first.edition.path.as_str());
                !versions.iter().any(own) && first == Some(path)
            })
        };
        let lists = |dated: &&Dated<'a>| {
            let item = &dated.item;
            item.edition.language == language || (at == Branch::OWN && stands_in(item))
        };
        Self {
            press: site.press,
            pages: site.pages,
            style: &site.style.path,
            icon: icon(site.press),
            language,
            at,
            site: language.site_words(),
            items: all.iter().filter(lists).copied().collect(),
            all,
            versions,
            nav: Vec::new(),
            today: site.today,
        }
    }

    /// A series in the words of the branch.
    pub(super) fn series(&self, name: &str) -> Option<&'a Series> {
        self.press.series_in(name, self.language)
    }

    /// The series of a publication in the words of the branch.
    pub(super) fn series_of(&self, item: Item<'a>) -> &'a Series {
        let own = item.edition.series;
        self.series(&own.name).unwrap_or(own)
    }

    /// All series in the words of the branch.
    pub(super) fn all_series(&self) -> impl Iterator<Item = &'a Series> {
        self.press.series.keys().filter_map(|name| self.series(name))
    }

    /// The publications that it lists, whatever their language, by their path without one.
    pub(super) fn publications(&self) -> BTreeSet<&'a str> {
        let paths = self.items.iter().map(|dated| dated.item.edition.path.as_str());
        paths.map(|path| split_language(path).0).collect()
    }

    /// The name of the press for readers of the branch.
    pub(super) fn title(&self) -> &'a str {
        self.press.settings.title_in(self.language)
    }

    /// What every page says of itself.
    pub(super) fn page(
        &self,
        path: &str,
        title: &str,
        crumbs: &[(String, String)],
    ) -> PageText {
        let link = |(to, text): &(String, &'static str)| NavLink {
            href: address::relative(path, to),
            text: (*text).to_owned(),
            current: to == path,
        };
        let home = (self.at.home(), self.site.home.to_owned());
        let crumbs = std::iter::once(&home).chain(crumbs);
        let settings = &self.press.settings;
        let base = settings.base_url.as_deref();
        PageText {
            title: title.to_owned(),
            site_title: self.title().to_owned(),
            // Who publishes is said in the press's own language alone.
            publisher: settings.publisher.clone().filter(|_| self.at == Branch::OWN),
            language: self.language.tag(),
            home: address::relative(path, &self.at.home()),
            style: address::relative(path, self.style),
            icon: self.icon.clone(),
            nav: self.nav.iter().map(link).collect(),
            crumbs: crumbs.map(|(to, text)| Link::between(path, to, text)).collect(),
            canonical: base.map(|base| address::absolute(base, path)),
            feeds: feeds::named(self, path),
            versions: Vec::new(),
            languages: Vec::new(),
            path: path.to_owned(),
        }
    }

    /// The kind's name for readers of the branch.
    pub(super) fn kind_label(&self, item: Item<'_>) -> String {
        let labels = &item.edition.kind.labels;
        let own = labels.get(self.language.word()).or_else(|| labels.values().next());
        own.unwrap_or(&item.edition.kind.name).clone()
    }

    /// A number of publications for readers.
    pub(super) fn count(&self, number: usize) -> String {
        let [before, after] = self.site.count;
        format!("{before}{number}{after}")
    }
}
