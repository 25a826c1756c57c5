//! Pages on their way out: planned first, since each leads to itself in the other languages,
//! then carried out.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Cx, File};
use crate::address;
use crate::diag::{Diagnostics, Reported};
use crate::frame::{Feed, Link, VersionLink};
use crate::locale::{SiteWords, Words};
use crate::source::Place;

/// What has been made, and whether all of it could be.
pub(super) struct Out<'d> {
    pub(super) files: Vec<File>,
    pub(super) outcome: Result<(), Reported>,
    pub(super) diags: &'d mut Diagnostics,
}

/// The pages of a branch that are to be made, in order.
#[derive(Default)]
pub(super) struct Plan(Vec<Planned>);

/// A page that is to be made.
struct Planned {
    page: PageText,
    draw: Draw,
}

/// Carries out the template of a page.
type Draw = Box<dyn FnOnce(&Cx<'_>, PageText, &mut Out<'_>)>;

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
pub(super) struct PageText {
    pub(super) title: String,
    pub(super) site_title: String,
    pub(super) publisher: Option<String>,
    pub(super) language: &'static str,
    pub(super) home: String,
    pub(super) style: String,
    pub(super) icon: String,
    pub(super) nav: Vec<NavLink>,
    pub(super) crumbs: Vec<Link>,
    pub(super) canonical: Option<String>,
    pub(super) feeds: Vec<Feed>,
    /// The page in all languages that have it, itself among them; none where it is alone.
    pub(super) versions: Vec<VersionLink>,
    /// Where the reader goes on in other languages: to the same page, else to the front
    /// page.
    pub(super) languages: Vec<VersionLink>,
    #[serde(skip)]
    pub(super) path: String,
}

/// A link to a part of the site.
#[derive(Serialize)]
pub(super) struct NavLink {
    pub(super) href: String,
    pub(super) text: String,
    pub(super) current: bool,
}

impl Plan {
    /// Plans a page of a template.
    pub(super) fn add(
        &mut self,
        template: &'static str,
        page: PageText,
        body: impl Serialize + 'static,
    ) {
        let draw = move |cx: &Cx<'_>, page: PageText, out: &mut Out<'_>| {
            cx.render(template, page, &body, out);
        };
        self.0.push(Planned { page, draw: Box::new(draw) });
    }
}

/// Carries out the plans of all branches, that of the press's own language first.
pub(super) fn carry_out(branches: &[Cx<'_>], plans: Vec<Plan>, out: &mut Out<'_>) {
    let planned = plans.iter().flat_map(|plan| &plan.0);
    let paths: BTreeSet<String> =
        planned.map(|planned| planned.page.path.clone()).collect();
    for (cx, plan) in branches.iter().zip(plans) {
        for Planned { mut page, draw } in plan.0 {
            lead_to_others(&mut page, cx, branches, &paths);
            draw(cx, page, out);
        }
    }
}

/// Writes down where a page leads in other languages.
fn lead_to_others(
    page: &mut PageText,
    cx: &Cx<'_>,
    all: &[Cx<'_>],
    paths: &BTreeSet<String>,
) {
    let base = cx.press.settings.base_url.as_deref();
    for (at, other) in all.iter().enumerate() {
        let current = other.at == cx.at;
        let same = cx.at.counterpart(&page.path, other.at);
        let is_there = paths.contains(&same);
        let to = if is_there { same } else { other.at.home() };
        let href = address::relative(&page.path, &to);
        let web = base.map(|base| address::absolute(base, &to));
        let addresses = (href.clone(), web.unwrap_or(href));
        let link = VersionLink::new(other.language, addresses, at == 0, current);
        page.versions.extend(is_there.then(|| link.clone()));
        page.languages.extend((!current).then_some(link));
    }
    if page.versions.len() < 2 {
        page.versions.clear();
    }
}

impl Cx<'_> {
    /// Carries out the template of a page.
    pub(super) fn render(
        &self,
        template: &str,
        page: PageText,
        body: &impl Serialize,
        out: &mut Out<'_>,
    ) {
        let path = page.path.clone();
        let words = self.language.words();
        self.render_bare(
            template,
            path,
            &Context { page, site: self.site, words, body },
            out,
        );
    }

    /// Carries out a template that is given nothing but `context`.
    pub(super) fn render_bare(
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
}
