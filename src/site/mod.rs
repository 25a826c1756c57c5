//! The pages around publications (站点): front page, series, kinds, years and months, figures,
//! tasks, events, organisations.
//!
//! It is made from what is known of finished editions ([`Card`]) and of the press, never from
//! their outputs, so that a build which made three of a thousand editions anew makes it as
//! well. Nothing stands on it that no publication prints: a figure, task, event or
//! organisation of the data appears when a publication that is out names it. Every page is
//! a template of `templates/site/`. Where publications are in several languages, the site
//! has a branch ([`Branch`]) in each: the same pages, of what is published in it.

mod cx;
mod feeds;
mod figures;
mod home;
mod indexes;
mod lists;
mod moved;
mod out;
mod rows;
mod search;
mod tasks;

use std::collections::BTreeSet;

use crate::address::Branch;
use crate::card::Card;
use crate::diag::{Diagnostics, Reported};
use crate::locale::Language;
use crate::model::Date;
use crate::press::{Edition, Press};
use crate::template::Pages;

use self::cx::{Cx, Dated};
use self::out::{Out, Plan};

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

/// Makes all pages of the site, in each language of its publications.
///
/// # Errors
/// When a template cannot be used; all of them are tried, and reported.
pub fn make(site: &Site<'_>, diags: &mut Diagnostics) -> Result<Vec<File>, Reported> {
    let all = cx::in_order(&site.items);
    let versions = cx::versions(&all);
    let own = site.press.settings.language;
    let others: BTreeSet<Language> =
        site.items.iter().map(|item| item.edition.language).collect();
    let others = others.into_iter().filter(|&language| language != own);
    let languages: Vec<Language> = std::iter::once(own).chain(others).collect();
    let mut branches: Vec<Cx<'_>> = languages
        .into_iter()
        .map(|language| Cx::new(site, language, &all, &versions))
        .collect();
    let elsewhere = elsewhere(&branches);
    let mut plans = Vec::new();
    for (cx, elsewhere) in branches.iter_mut().zip(&elsewhere) {
        plans.push(plan(site, cx, elsewhere));
    }
    let mut out = Out { files: Vec::new(), outcome: Ok(()), diags };
    out::carry_out(&branches, plans, &mut out);
    if let Some(own) = branches.first() {
        feeds::make(own, &mut out);
    }
    // After the sitemap, which has no use for them.
    for cx in &branches {
        moved::make(cx, &mut out);
    }
    let Out { mut files, outcome, .. } = out;
    outcome?;
    let Asset { path, text } = site.style.clone();
    files.push(File { path, text });
    files.extend(site.search.cloned().map(|Asset { path, text }| File { path, text }));
    Ok(files)
}

/// Plans the pages of a branch.
fn plan(site: &Site<'_>, cx: &mut Cx<'_>, elsewhere: &[Elsewhere]) -> Plan {
    let figures = figures::Index::new(cx);
    let tasks = tasks::Index::new(cx);
    let indexes = indexes::Index::new(cx);
    cx.nav = parts(cx, &figures, &tasks, &indexes);
    if site.search.is_some() {
        cx.nav.push((cx.at.search(), cx.language.search_words().search));
    }
    let mut plan = Plan::default();
    home::plan(cx, elsewhere, &mut plan);
    lists::plan(cx, elsewhere, &mut plan);
    figures.plan(cx, &mut plan);
    tasks.plan(cx, &mut plan);
    indexes.plan(cx, &mut plan);
    if let Some(script) = site.search {
        search::plan(cx, script, &mut plan);
    }
    plan
}

/// What a branch does not list and another does.
#[derive(Debug, Clone, Copy)]
struct Elsewhere {
    language: Language,
    at: Branch,
    count: usize,
}

/// How many publications each branch lacks that the others list.
fn elsewhere(branches: &[Cx<'_>]) -> Vec<Vec<Elsewhere>> {
    let listed: Vec<BTreeSet<&str>> = branches.iter().map(Cx::publications).collect();
    let of = |own: &BTreeSet<&str>| {
        let others = branches.iter().zip(&listed);
        let lacking = others.map(|(cx, other)| Elsewhere {
            language: cx.language,
            at: cx.at,
            count: other.difference(own).count(),
        });
        lacking.filter(|one| one.count > 0).collect()
    };
    listed.iter().map(of).collect()
}

/// The parts of the site that have something to show.
fn parts(
    cx: &Cx<'_>,
    figures: &figures::Index<'_>,
    tasks: &tasks::Index<'_>,
    indexes: &indexes::Index<'_>,
) -> Vec<(String, &'static str)> {
    let (at, words) = (cx.at, cx.site);
    let all = [
        (true, at.home(), words.home),
        (true, at.archive(), words.archive),
        (!figures.is_empty(), at.figures(), words.figures),
        (!tasks.is_empty(), at.tasks(), words.tasks),
        (indexes.has_events(), at.events(), words.events),
        (indexes.has_organisations(), at.organisations(), words.organisations),
    ];
    let shown = all.into_iter().filter(|(shown, ..)| *shown);
    shown.map(|(_, path, words)| (path, words)).collect()
}
