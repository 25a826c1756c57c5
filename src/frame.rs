//! What a publication's page knows of the site around it (页框): known from the press alone,
//! before anything is made.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use serde::Serialize;

use crate::address::{self, Branch};
use crate::locale::{Language, SiteWords};
use crate::model::{Date, Datum};
use crate::press::{Edition, Format, Press};
use crate::workers;

/// A link for a template: all addresses are seen from the page, percent-encoded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The address.
    pub href: String,
    /// The words.
    pub text: String,
}

impl Link {
    /// A link from a file below the output folder to another.
    pub fn between(from: &str, to: &str, text: impl Into<String>) -> Self {
        Self { href: address::relative(from, to), text: text.into() }
    }
}

/// A feed for the head of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Feed {
    /// The address.
    pub href: String,
    /// The media type.
    pub media_type: &'static str,
    /// What it tells of.
    pub title: String,
}

impl Feed {
    /// The two forms of a feed, seen from a page.
    pub fn both(page: &str, [xml, json]: &[String; 2], title: &str) -> Vec<Self> {
        let forms = [(xml, "application/atom+xml"), (json, "application/feed+json")];
        let feed = |(to, media_type): (&String, &'static str)| Self {
            href: address::relative(page, to),
            media_type,
            title: title.to_owned(),
        };
        forms.into_iter().map(feed).collect()
    }
}

/// A version of a page in a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VersionLink {
    /// The language tag: `zh-CN`, `en`.
    pub language: &'static str,
    /// The language's own name for itself: 中文, English.
    pub name: &'static str,
    /// Where it stands, seen from this page, percent-encoded.
    pub href: String,
    /// Where it stands in the web, where that is known; else as `href`.
    pub address: String,
    /// Whether it is the original, which readers of all other languages are led to.
    pub original: bool,
    /// Whether it is this page.
    pub current: bool,
}

impl VersionLink {
    /// A version in a language, by its two addresses.
    pub fn new(
        language: Language,
        (href, address): (String, String),
        original: bool,
        current: bool,
    ) -> Self {
        let (language, name) = (language.tag(), language.name());
        Self { language, name, href, address, original, current }
    }
}

/// The site around a publication's page; `frame` in page templates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// The name of the site, and its front page.
    pub home: Link,
    /// The parts of the site.
    pub nav: Vec<Link>,
    /// The way from the front page to this one, which is not among them.
    pub crumbs: Vec<Link>,
    /// The publication before, in the series.
    pub previous: Option<Link>,
    /// The publication after, in the series.
    pub next: Option<Link>,
    /// Its address on the web, where the press has one.
    pub canonical: Option<String>,
    /// The address of its PDF on the web.
    pub pdf: Option<String>,
    /// What it is in the words of schema.org: `Report`.
    pub article: String,
    /// The feeds of its series.
    pub feeds: Vec<Feed>,
    /// The sign of the press, as an address.
    pub icon: String,
    /// The address of its style sheet, where that is a file of its own.
    pub style: Option<String>,
    /// The words of the site in the page's language.
    pub words: &'static SiteWords,
}

/// The frames of publications by the path of their edition.
pub type Frames = BTreeMap<String, Frame>;

/// The day by which an edition is put in order: that of its publication, else the last one
/// that it reports on.
pub fn day(edition: &Edition<'_>) -> Option<Date> {
    let published = edition.narrative.front.date;
    published.or_else(|| {
        let last = edition.period?.last_day();
        Date::new(last.year(), Some(last.month()), Some(last.day()))
    })
}

/// The place of an edition among those of its series: by day, then by its number (issue or
/// chapter), then by its path.
fn rank<'e>(edition: &'e Edition<'_>) -> (Option<Date>, u64, &'e str) {
    (day(edition), number(edition), &edition.path)
}

/// The number by which an edition is put in order among those of a day, and where there is
/// no day: its issue, or its chapter.
pub fn number(edition: &Edition<'_>) -> u64 {
    let chapter = || match edition.narrative.front.extra.get("chapter") {
        Some(Datum::Number(_, text)) => text.parse().ok(),
        _ => None,
    };
    edition.issue.map(u64::from).or_else(chapter).unwrap_or(u64::MAX)
}

/// The sign of a press in the bars of browsers: the first letter of its name on its colour.
pub fn icon(press: &Press) -> String {
    let colours = &press.theme.general.colours;
    let colour = |role: &str| colours.get(role).map(ToString::to_string);
    let (ground, ink) = (colour("accent"), colour("paper"));
    let mut letters = press.settings.title.chars();
    let letter = letters.find(|letter| letter.is_alphanumeric()).unwrap_or(' ');
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' \
         height='32' rx='5' fill='{}'/><text x='16' y='23' font-size='20' \
         text-anchor='middle' fill='{}'>{letter}</text></svg>",
        ground.unwrap_or_default(),
        ink.unwrap_or_default()
    );
    address::drawing(&svg)
}

/// Puts a frame around each of the editions of a press that are published; `title` gives
/// the title of one, `style` the path of its style sheet, where that is a file.
pub fn frames<'a>(
    press: &Press,
    editions: &[Edition<'a>],
    title: &(dyn Fn(&Edition<'a>) -> String + Sync),
    style: &(dyn Fn(&Edition<'a>) -> Option<String> + Sync),
) -> Frames {
    let mut lines: BTreeMap<_, Vec<&Edition<'a>>> = BTreeMap::new();
    for edition in editions {
        let line = (edition.series.name.as_str(), edition.language);
        lines.entry(line).or_default().push(edition);
    }
    let icon = icon(press);
    let mut lines: Vec<Vec<&Edition<'a>>> = lines.into_values().collect();
    lines.iter_mut().for_each(|line| line.sort_by_key(|edition| rank(edition)));
    let frames = workers::each(&lines, NonZeroUsize::MIN, |line| {
        // A series without days has no feed.
        let base = press.settings.base_url.as_deref();
        let fed = base.is_some() && line.iter().any(|one| day(one).is_some());
        let titles: Vec<String> = line.iter().map(|edition| title(edition)).collect();
        let frame = |(at, edition): (usize, &&Edition<'a>)| {
            let page = address::edition(&edition.path);
            let neighbour = |at: Option<usize>| {
                let at = at?;
                let other = address::edition(&line.get(at)?.path);
                Some(Link::between(&page, &other, titles.get(at)?))
            };
            let words = edition.language.site_words();
            let branch = Branch::of(edition.language, press.settings.language);
            let home = Link::between(
                &page,
                &branch.home(),
                press.settings.title_in(edition.language),
            );
            let series = branch.series(&edition.series.name);
            let crumbs = vec![
                Link { href: home.href.clone(), text: words.home.to_owned() },
                Link::between(&page, &series, &edition.series.title),
            ];
            let pdf = press.settings.formats.contains(&Format::Pdf);
            let pdf = base
                .filter(|_| pdf)
                .map(|base| address::absolute(base, &format!("{}.pdf", edition.path)));
            let feeds = address::series_feed(&edition.series.name);
            let feeds = fed.then(|| Feed::both(&page, &feeds, &edition.series.title));
            let frame = Frame {
                home,
                nav: vec![Link::between(&page, &branch.archive(), words.archive)],
                crumbs,
                previous: neighbour(at.checked_sub(1)),
                next: neighbour(Some(at + 1)),
                canonical: base.map(|base| address::absolute(base, &page)),
                pdf,
                article: edition.kind.article.clone(),
                feeds: feeds.unwrap_or_default(),
                icon: icon.clone(),
                style: style(edition).map(|path| address::relative(&page, &path)),
                words,
            };
            (edition.path.clone(), frame)
        };
        line.iter().enumerate().map(frame).collect::<Vec<_>>()
    });
    frames.into_iter().flatten().collect()
}

/// Data as the text of a `<script type="application/ld+json">`: a block that no browser
/// runs. Nothing in it can end the element: `</script>` and `<!--` would end or change it
/// (HTML, 4.12.1.3).
pub fn data_block(data: &serde_json::Value) -> String {
    data.to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}
