//! The pages around publications (站点): front page, series, kinds, years and months, figures,
//! tasks, events, organisations.
//!
//! It is made from what is known of finished editions ([`Card`]) and of the press, never from
//! their outputs, so that a build which made three of a thousand editions anew makes it as
//! well. Nothing stands on it that no publication prints: a figure, task, event or
//! organisation of the data appears when a publication that is out names it. Every page is
//! a template of `templates/site/`.

mod feeds;
mod figures;
mod home;
mod indexes;
mod lists;
mod moved;
mod rows;
mod search;
mod tasks;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::Serialize;

use crate::address;
use crate::card::Card;
use crate::diag::{Diagnostics, Reported};
use crate::frame::{Feed, Link, day, icon, number};
use crate::locale::{Language, SiteWords, Words};
use crate::model::Date;
use crate::press::{Edition, Press};
use crate::source::Place;
use crate::template::Pages;

/// What the site is made from.
pub struct Site<'a> {
    /// The press.
    pub press: &'a Press,
    /// Everything that is published.
    pub items: Vec<Item<'a>>,
    /// The engine with the templates.
    pub pages: &'a Pages,
    /// The day of the build, where it is known.
    pub today: Option<Date>,
    /// The style sheet of the site's pages.
    pub style: &'a Asset,
    /// The script of the search page, where there is a search.
    pub search: Option<&'a Asset>,
}

/// A finished edition.
#[derive(Clone, Copy)]
pub struct Item<'a> {
    /// The edition.
    pub edition: &'a Edition<'a>,
    /// What is known of it.
    pub card: &'a Card,
    /// The figures that it prints, as `series/year/id`.
    pub figures: &'a BTreeSet<String>,
    /// How many bytes its PDF has, where it has one.
    pub pdf: Option<u64>,
    /// Whether it is a draft or dated in the future, shown in a preview alone.
    pub held: bool,
}

/// A file that pages share; its name changes with its content, so that servers may tell
/// readers to keep it for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Path below the output folder.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A finished file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Path below the output folder.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Makes all pages of the site.
///
/// # Errors
/// When a template cannot be used; all of them are tried, and reported.
pub fn make(site: &Site<'_>, diags: &mut Diagnostics) -> Result<Vec<File>, Reported> {
    let mut cx = Cx::new(site);
    let figures = figures::Index::new(&cx);
    let tasks = tasks::Index::new(&cx);
    let indexes = indexes::Index::new(&cx);
    cx.nav = parts(&cx, &figures, &tasks, &indexes);
    if site.search.is_some() {
        cx.nav.push((address::SEARCH, cx.language.search_words().search));
    }
    let mut out = Out { files: Vec::new(), outcome: Ok(()), diags };
    home::make(&cx, &mut out);
    lists::make(&cx, &mut out);
    figures.make(&cx, &mut out);
    tasks.make(&cx, &mut out);
    indexes.make(&cx, &mut out);
    if let Some(script) = site.search {
        search::make(&cx, script, !figures.is_empty(), &mut out);
    }
    feeds::make(&cx, &mut out);
    // After the sitemap, which has no use for them.
    moved::make(&cx, &mut out);
    let Out { mut files, outcome, .. } = out;
    outcome?;
    let Asset { path, text } = site.style.clone();
    files.push(File { path, text });
    files.extend(site.search.cloned().map(|Asset { path, text }| File { path, text }));
    Ok(files)
}

/// The parts of the site that have something to show.
fn parts(
    cx: &Cx<'_>,
    figures: &figures::Index<'_>,
    tasks: &tasks::Index<'_>,
    indexes: &indexes::Index<'_>,
) -> Vec<(&'static str, &'static str)> {
    let all = [
        (true, address::HOME, cx.site.home),
        (true, address::ARCHIVE, cx.site.archive),
        (!figures.is_empty(), address::FIGURES, cx.site.figures),
        (!tasks.is_empty(), address::TASKS, cx.site.tasks),
        (indexes.has_events(), address::EVENTS, cx.site.events),
        (indexes.has_organisations(), address::ORGANISATIONS, cx.site.organisations),
    ];
    let shown = all.into_iter().filter(|(shown, ..)| *shown);
    shown.map(|(_, path, words)| (path, words)).collect()
}

/// What all pages are made from.
struct Cx<'a> {
    press: &'a Press,
    pages: &'a Pages,
    style: &'a str,
    icon: String,
    language: Language,
    site: &'static SiteWords,
    /// What is published, the newest first, what has no date last.
    items: Vec<Dated<'a>>,
    nav: Vec<(&'static str, &'static str)>,
    today: Option<Date>,
}

/// A finished edition with the day by which it is put in order.
#[derive(Clone, Copy)]
struct Dated<'a> {
    item: Item<'a>,
    day: Option<Date>,
}

impl<'a> Cx<'a> {
    fn new(site: &Site<'a>) -> Self {
        let language = site.press.settings.language;
        let dated = |&item: &Item<'a>| Dated { item, day: day(item.edition) };
        let mut items: Vec<Dated<'a>> = site.items.iter().map(dated).collect();
        items.sort_by(|one, other| {
            let rank = |dated: &Dated<'a>| {
                let edition = dated.item.edition;
                // The last issue of a day comes first; chapters without a day as in a book.
                let issue = Reverse(edition.issue.filter(|_| dated.day.is_some()));
                (Reverse(dated.day), issue, number(edition), edition.path.as_str())
            };
            rank(one).cmp(&rank(other))
        });
        Self {
            press: site.press,
            pages: site.pages,
            style: &site.style.path,
            icon: icon(site.press),
            language,
            site: language.site_words(),
            items,
            nav: Vec::new(),
            today: site.today,
        }
    }

    /// What every page says of itself.
    fn page(&self, path: &str, title: &str, crumbs: &[(String, String)]) -> PageText {
        let link = |(to, text): &(&str, &str)| NavLink {
            href: address::relative(path, to),
            text: (*text).to_owned(),
            current: *to == path,
        };
        let home = (address::HOME.to_owned(), self.site.home.to_owned());
        let crumbs = std::iter::once(&home).chain(crumbs);
        let base = self.press.settings.base_url.as_deref();
        PageText {
            title: title.to_owned(),
            site_title: self.press.settings.title.clone(),
            publisher: self.press.settings.publisher.clone(),
            language: self.language.tag(),
            home: address::relative(path, address::HOME),
            style: address::relative(path, self.style),
            icon: self.icon.clone(),
            nav: self.nav.iter().map(link).collect(),
            crumbs: crumbs.map(|(to, text)| Link::between(path, to, text)).collect(),
            canonical: base.map(|base| address::absolute(base, path)),
            feeds: feeds::named(self, path),
            path: path.to_owned(),
        }
    }

    /// Carries out the template of a page.
    fn render(
        &self,
        template: &str,
        page: PageText,
        body: &impl Serialize,
        out: &mut Out<'_>,
    ) {
        let path = page.path.clone();
        let context =
            Context { page, site: self.site, words: self.language.words(), body };
        self.render_bare(template, path, &context, out);
    }

    /// Carries out a template that is given nothing but `context`.
    fn render_bare(
        &self,
        template: &str,
        path: String,
        context: &impl Serialize,
        out: &mut Out<'_>,
    ) {
        let place = Place::whole(self.press.settings.file);
        match self.pages.render(template, context, place, out.diags) {
            Ok(text) => out.files.push(File { path, text }),
            Err(reported) => out.outcome = Err(reported),
        }
    }

    /// The kind's name for readers of the site.
    fn kind_label(&self, item: Item<'_>) -> String {
        let labels = &item.edition.kind.labels;
        let own = labels.get(self.language.word()).or_else(|| labels.values().next());
        own.unwrap_or(&item.edition.kind.name).clone()
    }

    /// A number of publications for readers.
    fn count(&self, number: usize) -> String {
        let [before, after] = self.site.count;
        format!("{before}{number}{after}")
    }
}

/// What has been made, and whether all of it could be.
struct Out<'d> {
    files: Vec<File>,
    outcome: Result<(), Reported>,
    diags: &'d mut Diagnostics,
}

/// What a template of the site may print: the names of `body`, beside these.
#[derive(Serialize)]
struct Context<'a, T> {
    page: PageText,
    /// The words of the site.
    site: &'static SiteWords,
    words: &'static Words,
    #[serde(flatten)]
    body: &'a T,
}

/// What every page of the site says of itself; `page` in its template.
#[derive(Serialize)]
struct PageText {
    title: String,
    site_title: String,
    publisher: Option<String>,
    language: &'static str,
    home: String,
    style: String,
    icon: String,
    nav: Vec<NavLink>,
    crumbs: Vec<Link>,
    canonical: Option<String>,
    feeds: Vec<Feed>,
    #[serde(skip)]
    path: String,
}

/// A link to a part of the site.
#[derive(Serialize)]
struct NavLink {
    href: String,
    text: String,
    current: bool,
}
