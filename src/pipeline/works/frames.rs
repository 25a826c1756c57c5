//! The site around each publication's page, and the style sheets that pages share.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::site::asset;
use super::{Works, lock};
use crate::address::{self, Branch};
use crate::frame::{self, Link};
use crate::html;
use crate::press::{Edition, Format, PageFonts, Settings, editions};
use crate::publish::Artifact;

impl<'a> Works<'a> {
    /// Whether pages are made around the publications.
    pub fn has_site(&self) -> bool {
        let Settings { site, formats, .. } = &self.press.settings;
        site.enabled && formats.contains(&Format::Html)
    }

    /// Whether the site has a search.
    pub fn has_search(&self) -> bool {
        cfg!(feature = "search") && self.has_site() && self.press.settings.site.search
    }

    /// Whether this build makes pages that the site is around, whose lists show the first
    /// page of each PDF.
    pub(super) fn makes_site(&self) -> bool {
        self.has_site() && self.recipe.formats.contains(&Format::Html)
    }

    /// The editions that stand in the output folder, where that is known.
    pub(in super::super) fn published(&self) -> Option<&BTreeSet<String>> {
        self.recipe.published.as_ref().map(|published| &published.editions)
    }

    /// Puts the site around the pages that it shows.
    pub(super) fn put_frames(&mut self) {
        let Some(selection) = self.recipe.shown.as_ref().filter(|_| self.makes_site())
        else {
            return;
        };
        let press = self.press;
        let linked = press.settings.html.fonts == PageFonts::System;
        let kinds = press.kinds.keys().filter(|_| linked);
        self.styles = kinds.map(|kind| (kind.clone(), self.style_asset(kind))).collect();
        let shown = editions(press);
        let shown: Vec<Edition<'a>> =
            shown.into_iter().filter(|one| selection.takes(one)).collect();
        let title = |one: &Edition<'a>| self.title(one);
        let style = |one: &Edition<'a>| {
            self.styles.get(&one.kind.name).map(|style| style.path.clone())
        };
        // What is published never leads to a preview, also beside one.
        let (early, public): (Vec<_>, Vec<_>) =
            shown.iter().cloned().partition(|one| selection.holds_back(one));
        let mut frames = frame::frames(press, &public, &title, &style);
        if !early.is_empty() {
            let all = frame::frames(press, &shown, &title, &style);
            let is_early = |path: &String| early.iter().any(|one| one.path == *path);
            frames.extend(all.into_iter().filter(|(path, _)| is_early(path)));
        }
        for edition in shown.iter().filter(|_| self.has_search()) {
            if let Some(frame) = frames.get_mut(&edition.path) {
                let words = edition.language.search_words().search;
                let page = address::edition(&edition.path);
                let at = Branch::of(edition.language, press.settings.language);
                frame.nav.push(Link::between(&page, &at.search(), words));
            }
        }
        self.frames = frames;
    }

    /// The style of the pages of a kind; made once.
    pub(super) fn style(&self, kind: &str, framed: bool) -> Arc<str> {
        let key = (kind.to_owned(), framed);
        if let Some(style) = lock(&self.style_texts).get(&key) {
            return Arc::clone(style);
        }
        let own = format!("{kind}/style.css");
        let mut text = [self.template("style.css"), self.template(&own)].concat();
        if framed {
            text.push_str(self.template("site/frame.css"));
        }
        let style = Arc::from(html::style(self.press.theme.of(kind), &text));
        Arc::clone(lock(&self.style_texts).entry(key).or_insert(style))
    }

    /// The style of the pages of a kind as a file that they share.
    fn style_asset(&self, kind: &str) -> Artifact {
        let text = self.style(kind, true);
        let path = asset("page", "css", &text);
        Artifact::new(path, text.as_bytes())
    }
}
