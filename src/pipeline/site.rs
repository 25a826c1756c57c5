//! The pages around publications, when the publications are made.

use std::collections::{BTreeMap, BTreeSet};

use super::Works;
use crate::card::Card;
use crate::diag::codes::publish::PUBLICATION_GONE;
use crate::diag::{Diagnostic, Diagnostics, Reported};
use crate::locale::size;
use crate::press::{Edition, Format, editions};
use crate::publish::{Artifact, Inputs, Making, Publication};
use crate::stamp::{State, sha256};
use crate::{address, html, site};

/// By which name the pages of the site belong to the output folder.
pub const OWNER: &str = "site";

/// Whether outputs by this name are around publications: the site, the search. Editions
/// have a `/`.
pub fn is_around(owner: &str) -> bool {
    !owner.contains('/')
}

/// The style sheets of the site's pages, below `templates/`.
const STYLES: [&str; 3] = ["style.css", "site/frame.css", "site/site.css"];

/// How many characters of a hash make a name of its own.
const HASH_CHARS: usize = 12;

/// What is known of finished editions (书架): the site is made from it.
#[derive(Debug, Default)]
pub struct Shelf(BTreeMap<String, Book>);

impl Shelf {
    /// Puts an edition on the shelf.
    pub fn add(&mut self, book: Book) {
        self.0.insert(book.edition.clone(), book);
    }
}

/// What is known of a finished edition.
#[derive(Debug)]
pub struct Book {
    edition: String,
    card: Card,
    figures: BTreeSet<String>,
    pdf: Option<u64>,
}

impl Book {
    /// Of one that was made.
    pub fn of(publication: &Publication) -> Self {
        let edition = publication.edition.clone();
        let pdf = format!("{edition}.{}", Format::Pdf.word());
        let pdf = publication.artifacts.iter().find(|artifact| artifact.path == pdf);
        let figures = publication.numbers.iter().filter_map(|number| {
            number.figure.as_ref().map(|figure| figure.name.clone())
        });
        Self {
            edition,
            card: publication.card.clone(),
            figures: figures.collect(),
            pdf: pdf.map(|pdf| pdf.bytes().len() as u64),
        }
    }

    /// Of one that was not made again.
    pub fn standing(edition: &str, making: &Making) -> Self {
        let pdf = making.outputs.get(&format!("{edition}.{}", Format::Pdf.word()));
        Self {
            edition: edition.to_owned(),
            card: making.card.clone(),
            figures: making.figures.clone(),
            pdf: pdf.and_then(State::size),
        }
    }
}

/// The pages around publications, made or as they stand.
#[derive(Debug)]
pub enum Around {
    /// They were made.
    Made(Box<Publication>),
    /// They stand as the last build made them, from the same.
    Stands(Box<Making>),
}

impl Around {
    /// The paths of its files.
    pub fn paths(&self) -> Vec<String> {
        match self {
            Self::Made(made) => {
                made.artifacts.iter().map(|artifact| artifact.path.clone()).collect()
            }
            Self::Stands(making) => making.outputs.keys().cloned().collect(),
        }
    }
}

/// Makes the site of these editions, unless it stands; nothing where the press wants none,
/// has no pages, or where one of the editions could not be made: the last site then stands.
///
/// # Errors
/// When a template of the site cannot be used.
pub fn site(
    works: &Works<'_>,
    editions: &[Edition<'_>],
    shelf: &Shelf,
    diags: &mut Diagnostics,
) -> Result<Option<Around>, Reported> {
    if !works.has_site() {
        return Ok(None);
    }
    let press = works.press();
    let mut items = Vec::with_capacity(editions.len());
    let mut facts = Vec::with_capacity(editions.len());
    for edition in editions {
        let Some(Book { card, figures, pdf, .. }) = shelf.0.get(&edition.path) else {
            return Ok(None);
        };
        let held = works.shown().is_some_and(|shown| shown.holds_back(edition));
        items.push(site::Item { edition, card, figures, pdf: *pdf, held });
        // Lists round the size of a PDF; feeds, which a press with an address has, do not.
        let exact = press.settings.base_url.as_ref().and(*pdf);
        facts.push((&edition.path, held, card, figures, pdf.map(size), exact));
    }
    let key = works.site_key(&facts);
    if let Some(making) = works.stands_beside(OWNER, key.as_deref()) {
        return Ok(Some(Around::Stands(Box::new(making))));
    }
    let sheet: String = STYLES.map(|name| works.template(name)).concat();
    let text = html::style(press.theme.of(OWNER), &sheet);
    let style = site::Asset { path: asset("site", "css", &text), text };
    let mut own = Diagnostics::new();
    let text = works.template("site/search.js").to_owned();
    let script = site::Asset { path: asset("search", "js", &text), text };
    let search = works.has_search().then_some(&script);
    let pages = works.pages(&mut own);
    let (today, style) = (works.shown().and_then(|shown| shown.today), &style);
    let work = site::Site { press, items, pages, today, style, search };
    let made = site::make(&work, &mut own);
    super::regrade(&press.settings, &mut own);
    let (failed, silent) = (own.has_errors(), own.is_empty());
    diags.extend(own);
    let files = made?;
    if failed {
        return Ok(None);
    }
    let key = key.filter(|_| silent);
    let making = key.map(|key| Making { key: Some(key), ..Making::default() });
    let artifacts =
        files.into_iter().map(|file| Artifact::new(file.path, file.text.into_bytes()));
    Ok(Some(Around::Made(Box::new(Publication {
        edition: OWNER.to_owned(),
        artifacts: artifacts.collect(),
        inputs: Inputs { making: making.map(Box::new), ..works.site_inputs() },
        numbers: Vec::new(),
        card: Card::default(),
    }))))
}

/// Asks after publications that stand in the output folder and that the press has no more:
/// a reader who comes back finds nothing there.
pub fn gone(works: &Works<'_>, diags: &mut Diagnostics) {
    // Where something is wrong, an edition may be missing by mistake, and stands.
    if !works.has_site() || diags.has_errors() {
        return;
    }
    let press = works.press();
    let all = editions(press);
    let mut known: BTreeSet<String> =
        all.iter().flat_map(|edition| edition.aliases()).collect();
    known.extend(all.into_iter().map(|edition| edition.path));
    known.extend(press.settings.site.removed.iter().cloned());
    let mut found = Diagnostics::new();
    for path in works.published().into_iter().flatten() {
        if !is_around(path) && !known.contains(path) {
            let message =
                format!("`{path}` was published, and is no longer in the press");
            let hint = format!(
                "write `aliases = [\"{path}\"]` in what stands in its place, or `removed = \
                 [\"{path}\"]` under `[site]`"
            );
            found.add(Diagnostic::new(&PUBLICATION_GONE, None, message).hint(hint));
        }
    }
    super::regrade(&press.settings, &mut found);
    diags.extend(found);
}

/// The path of a file that pages share: what it holds names it.
pub(super) fn asset(name: &str, ending: &str, text: &str) -> String {
    let hash = sha256(text.as_bytes());
    let hash = hash.get(..HASH_CHARS).unwrap_or_default();
    format!("{}/assets/{name}.{hash}.{ending}", address::FOLDER)
}
