//! What an edition was made from, as hashes: whether it must be made again.
//!
//! A key is over everything that a making may read and that is known before it. What is
//! only known by making (which narratives are linked to, which pictures are shown) is noted
//! in the [`Making`], and asked again.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Composed, Works};
use crate::card::Card;
use crate::folder::Binary;
use crate::load;
use crate::press::{Edition, Press};
use crate::publish::{MadePdf, Making};
use crate::source::{FileId, Sources};
use crate::stamp::{Again, Key, Seen};
use crate::trace::Number;

/// The number of this program.
pub(in crate::pipeline) const PROGRAM: &str = env!("ANNALS_PROGRAM");

/// The keys of what editions share.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// What is made once: templates, settings, fonts.
    works: String,
    /// The data of each series.
    series: BTreeMap<String, String>,
    /// What Typst may see beside the document.
    #[cfg_attr(not(feature = "pdf"), expect(dead_code, reason = "without Typst"))]
    typst: String,
}

impl Keys {
    /// The keys of a press, or none where the machine's own fonts take part: nobody tells
    /// when these change.
    pub(super) fn new(
        press: &Press,
        sources: &Sources,
        recipe: &super::Recipe,
        fonts: &[Binary],
        scopes: &str,
    ) -> Option<Self> {
        if press.settings.pdf.system_fonts {
            return None;
        }
        let mut typst = Key::new().with(PROGRAM);
        let mut works = Key::new().with(PROGRAM).with(scopes);
        works.add(&sources.get(press.settings.file).hash);
        works.add(&format!("{:?} {:?}", recipe.formats, recipe.epoch));
        for (path, &file) in &press.templates.files {
            let hash = &sources.get(file).hash;
            works = works.with(path).with(hash);
            if !is_of_pages(path) {
                typst = typst.with(path).with(hash);
            }
        }
        for binary in press.templates.binaries.values().chain(fonts) {
            works = works.with(&binary.path).with(&binary.hash);
            typst = typst.with(&binary.path).with(&binary.hash);
        }
        let series = of_series(press, sources);
        Some(Self { works: works.finish(), series, typst: typst.finish() })
    }

    /// The key of what is made once for all editions.
    pub(super) fn works(&self) -> &str {
        &self.works
    }
}

/// Whether a template is for pages or narratives: layouts cannot read it.
fn is_of_pages(path: &str) -> bool {
    [".html", ".css", ".md"].iter().any(|ending| path.ends_with(ending))
}

/// The keys of all data below each series' folder, its settings among them. Series know
/// nothing of one another.
fn of_series(press: &Press, sources: &Sources) -> BTreeMap<String, String> {
    let narratives: BTreeSet<FileId> =
        press.narratives.iter().map(|narrative| narrative.file).collect();
    let mut keys: BTreeMap<String, Key> = BTreeMap::new();
    for (_, file) in sources.iter().filter(|(id, _)| !narratives.contains(id)) {
        let below = file.path.strip_prefix("content/");
        let Some((series, _)) = below.and_then(|path| path.split_once('/')) else {
            continue;
        };
        let key = keys.entry(series.to_owned()).or_default();
        key.add(&file.path);
        key.add(&file.hash);
    }
    keys.into_iter().map(|(series, key)| (series, key.finish())).collect()
}

impl<'a> Works<'a> {
    /// The hash of all that an edition is made from and that is known before.
    fn key(&self, edition: &Edition<'_>) -> Option<String> {
        let keys = self.keys.as_ref()?;
        let narrative = self.sources.get(edition.narrative.file);
        let key = Key::new()
            .with(&keys.works)
            .with(keys.series.get(&edition.series.name).map_or("", String::as_str))
            .with(&narrative.path)
            .with(&narrative.hash)
            .with(&edition.path)
            .with(&edition.kind.name)
            .with(edition.language.word())
            .with(self.watermark(edition).as_deref().unwrap_or_default())
            .with(&format!("{:?} {:?}", edition.period, edition.issue));
        Some(key.finish())
    }

    /// The hash of what a page shows of other editions.
    fn frame_key(&self, edition: &Edition<'_>) -> String {
        let frame = self.frames.get(&edition.path);
        let versions = self.version_links(&edition.path);
        if frame.is_none() && versions.is_empty() {
            return String::new();
        }
        Key::new().with_value(&(frame, versions)).finish()
    }

    /// How an edition was made the last time, where it was made from the same and said
    /// nothing, and its outputs stand: there is nothing to make.
    pub fn standing(&self, edition: &Edition<'a>) -> Option<Making> {
        let mut making = self.current(edition)?.clone();
        let leads = |(path, anchor): &(String, String)| {
            self.anchors_of(path).is_none_or(|anchors| anchors.contains(anchor))
        };
        if self.clashing.contains(&edition.path)
            || making.frame != self.frame_key(edition)
            || !making.references.iter().all(leads)
        {
            return None;
        }
        let since = self.memory.since();
        let pictures = &mut making.pictures;
        if load::again(&self.press.root, pictures, since) == Again::Changed {
            return None;
        }
        self.memory.stands(&mut making).then_some(making)
    }

    /// The hash of all that the pages around publications are made from: `facts` are what
    /// is known of these when they are made.
    pub(in crate::pipeline) fn site_key(&self, facts: &impl Serialize) -> Option<String> {
        let keys = self.keys.as_ref()?;
        let mut key = Key::new()
            .with(&keys.works)
            .with(&format!("{:?}", self.recipe.shown))
            .with_value(&keys.series)
            .with_value(facts);
        for narrative in &self.press.narratives {
            let text = &self.sources.get(narrative.file).text;
            key.add(&narrative.path);
            // Nothing but the publications themselves is made from what stands below.
            key.add(text.get(..narrative.body.start).unwrap_or(text));
        }
        Some(key.finish())
    }

    /// How what stands beside the editions was made the last time, where it was made from
    /// the same and stands.
    pub(in crate::pipeline) fn stands_beside(
        &self,
        owner: &str,
        key: Option<&str>,
    ) -> Option<Making> {
        let last = self.memory.making(owner)?;
        let mut making =
            key.filter(|_| last.key.as_deref() == key).map(|_| last.clone())?;
        self.memory.stands(&mut making).then_some(making)
    }

    /// How an edition was made the last time, where its document would be the same again.
    pub(super) fn current(&self, edition: &Edition<'a>) -> Option<&Making> {
        let making = self.memory.making(&edition.path)?;
        let key = making.key.as_ref()?;
        let links = making.links.iter();
        let same = |(path, to): (&String, &Option<String>)| {
            self.publications.get(path) == to.as_ref()
        };
        (self.key(edition).as_ref() == Some(key) && links.into_iter().all(same))
            .then_some(making)
    }

    /// What is to be known of a making.
    pub(super) fn making(
        &self,
        edition: &Edition<'a>,
        composed: &Composed,
        pictures: &BTreeMap<String, Binary>,
        numbers: &[Number],
        card: &Card,
        pdf: Option<MadePdf>,
    ) -> Option<Making> {
        let root = &self.press.root;
        let seen = pictures.values().map(|one| load::seen(root, &one.path, &one.hash));
        let document = &composed.document;
        let references = document.cross_references.iter();
        Some(Making {
            key: Some(self.key(edition)?),
            links: composed.links.clone(),
            references: references
                .map(|one| (one.path.clone(), one.anchor.clone()))
                .collect(),
            anchors: document.anchors.clone(),
            pictures: seen.collect::<Option<Vec<Seen>>>()?,
            frame: self.frame_key(edition),
            card: card.clone(),
            figures: numbers
                .iter()
                .filter_map(|number| Some(number.figure.as_ref()?.name.clone()))
                .collect(),
            pdf,
            outputs: BTreeMap::new(),
        })
    }

    /// The hash of all that Typst is given for an edition.
    #[cfg(feature = "pdf")]
    pub(super) fn pdf_key(
        &self,
        written: &crate::typeset::Written<'_>,
    ) -> Option<String> {
        let keys = self.keys.as_ref()?;
        Some(
            Key::new()
                .with(&keys.typst)
                .with(&written.fingerprint(&self.press.settings.pdf))
                .finish(),
        )
    }
}
