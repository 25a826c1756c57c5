//! A publication as lists show it.

use serde::Serialize;

use super::{Cx, Dated};
use crate::address;
use crate::card::Cover;
use crate::frame::Link;
use crate::locale::{Language, size};

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

impl Cx<'_> {
    /// A publication as the list of a page shows it.
    pub(super) fn row(&self, page: &str, dated: &Dated<'_>) -> Row {
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
        let series = address::series(&edition.series.name);
        let kind = address::kind(&edition.kind.name);
        let other = |other: &Language| *other != language;
        Row {
            href: address::relative(page, &address::edition(&edition.path)),
            title: item.card.title.clone(),
            subtitle: item.card.subtitle.clone(),
            summary: item.card.summary.clone(),
            iso: date.map(|date| date.to_string()),
            when: date.map(|date| language.date(date)).or_else(period),
            kind: Link::between(page, &kind, self.kind_label(item)),
            series: Link::between(page, &series, &edition.series.title),
            issue: edition.issue.map(|issue| language.issue(issue)),
            pdf,
            cover,
            draft: item.held,
            language: Some(edition.language).filter(other).map(Language::tag),
        }
    }

    /// Publications as the list of a page shows them.
    pub(super) fn rows(&self, page: &str, all: &[&Dated<'_>]) -> Vec<Row> {
        all.iter().map(|dated| self.row(page, dated)).collect()
    }
}
