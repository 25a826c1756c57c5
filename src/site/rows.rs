//! A publication as lists show it.

use serde::Serialize;

use super::{Cx, Dated, Item};
use crate::address;
use crate::card::Cover;
use crate::frame::{Link, VersionLink};
use crate::locale::{Language, size};
use crate::press::split_language;

/// A line of a list.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Row {
    href: String,
    title: String,
    subtitle: Option<String>,
    summary: Option<String>,
    /// The day for machines, where it is known.
    iso: Option<String>,
    /// When it was published, else what it reports on, for readers.
    when: Option<String>,
    kind: Link,
    series: Link,
    issue: Option<String>,
    pdf: Option<Pdf>,
    cover: Option<CoverLink>,
    draft: bool,
    /// Its versions in other languages.
    versions: Vec<VersionLink>,
    /// The tag of its language, where that is not the site's.
    language: Option<&'static str>,
}

/// The picture of a publication's first page.
#[derive(Debug, Clone, Serialize)]
struct CoverLink {
    href: String,
    #[serde(flatten)]
    size: Cover,
}

/// The PDF of a publication.
#[derive(Debug, Clone, Serialize)]
struct Pdf {
    href: String,
    pages: Option<String>,
    size: String,
}

impl<'a> Cx<'a> {
    /// A publication as the list of a page shows it.
    pub(super) fn row(&self, page: &str, dated: &Dated<'a>) -> Row {
        let item = dated.item;
        let edition = item.edition;
        let language = self.language;
        let date = edition.narrative.front.date;
        let period = || edition.period.map(|period| language.period(period));
        let pdf = item.pdf.map(|bytes| Pdf {
            href: address::relative(page, &format!("{}.pdf", edition.path)),
            pages: item.card.pages.map(|pages| language.pages(pages)),
            size: size(bytes),
        });
        let cover = item.card.cover.map(|size| CoverLink {
            href: address::relative(page, &address::cover(&edition.path)),
            size,
        });
        let series = self.at.series(&edition.series.name);
        let kind = self.at.kind(&edition.kind.name);
        let other = |other: &Language| *other != language;
        Row {
            href: address::relative(page, &address::edition(&edition.path)),
            title: item.card.title.clone(),
            subtitle: item.card.subtitle.clone(),
            summary: item.card.summary.clone(),
            iso: date.map(|date| date.to_string()),
            when: date.map(|date| language.date(date)).or_else(period),
            kind: Link::between(page, &kind, self.kind_label(item)),
            series: Link::between(page, &series, &self.series_of(item).title),
            issue: edition.issue.map(|issue| language.issue(issue)),
            pdf,
            cover,
            draft: item.held,
            versions: self.versions_of(page, item),
            language: Some(edition.language).filter(other).map(Language::tag),
        }
    }

    /// The versions of a publication in other languages; what is published leads to no
    /// preview.
    fn versions_of(&self, page: &str, item: Item<'a>) -> Vec<VersionLink> {
        let stem = split_language(&item.edition.path).0;
        let versions = self.versions.get(stem).map_or(&[][..], Vec::as_slice);
        let others = versions.iter().filter(|other| {
            other.edition.language != item.edition.language && (item.held || !other.held)
        });
        let link = |other: &Item<'_>| {
            let href = address::relative(page, &address::edition(&other.edition.path));
            let original = split_language(&other.edition.path).1.is_none();
            VersionLink::new(
                other.edition.language,
                (href.clone(), href),
                original,
                false,
            )
        };
        others.map(link).collect()
    }

    /// Publications as the list of a page shows them.
    pub(super) fn rows(&self, page: &str, all: &[&Dated<'a>]) -> Vec<Row> {
        all.iter().map(|dated| self.row(page, dated)).collect()
    }
}
