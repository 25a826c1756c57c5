//! What is made once for a build, and the line from an edition to its outputs.

mod frames;
mod inputs;
pub(super) mod keys;
mod mentions;
mod numbers;
mod open;
mod outputs;
mod sheets;

pub use self::numbers::Auditor;
pub use self::sheets::{Sheets, end_of_round};

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use self::inputs::names_years;
use self::keys::Keys;
use super::previews::{Versions, all_versions};
use super::{Recipe, Selection};
use crate::card::Card;
use crate::diag::codes::parse as codes;
use crate::diag::{Diagnostic, Diagnostics, Reported, suggest};
use crate::document::{CrossReference, Document};
use crate::folder::Binary;
use crate::frame::Frames;
use crate::locale::Language;
use crate::merge::{self, Facts, Merged, Register};
use crate::model::{Datum, Year};
use crate::press::{Edition, Format, Meta, Narrative, Press, editions};
use crate::publish::{Artifact, InputSet, MadePdf, Memory, Publication};
use crate::sheet::{Sheet, SheetFile};
use crate::source::{Place, Sources};
use crate::stamp::Seen;
use crate::template::{Narratives, Pages};
use crate::timings::Timings;
use crate::trace::Class;
#[cfg(feature = "pdf")]
use crate::typeset::{self, Typesetter};
use crate::{address, audit, check, load, parse};

/// What is made once for a build and shared by its workers.
pub struct Works<'a> {
    press: &'a Press,
    sources: &'a Sources,
    recipe: &'a Recipe,
    /// What the last build left.
    memory: Arc<Memory>,
    /// The hashes of what editions share; none where nothing can be kept.
    keys: Option<Keys>,
    /// Whether what is made once said nothing, now or when it was made the last time.
    silent: bool,
    /// The fonts of the press's folders, and how what was looked at there stood.
    fonts: (Vec<Binary>, Vec<Seen>),
    narratives: OnceLock<Narratives>,
    pages: OnceLock<Pages>,
    #[cfg(feature = "pdf")]
    typesetter: OnceLock<Result<Typesetter, Reported>>,
    /// Where it is noted how long things take.
    timings: Option<&'a Timings>,
    /// The editions by their output paths.
    editions: BTreeMap<String, Edition<'a>>,
    /// Output paths of the editions, by the press-relative path of their narrative.
    publications: BTreeMap<String, String>,
    /// Output paths that two editions lay claim to.
    clashing: BTreeSet<String>,
    /// The publications that have several versions.
    versions: BTreeMap<String, Versions>,
    /// The press-relative paths of all narratives.
    narrative_paths: Vec<String>,
    /// Whether a partial names other years of its series.
    partials_name_years: bool,
    auditor: Auditor<'a>,
    registers: Mutex<BTreeMap<(String, Language), Arc<Register<'a>>>>,
    facts: Mutex<BTreeMap<FactsKey, Arc<Facts<'a>>>>,
    inputs: Mutex<BTreeMap<InputsKey, Arc<InputSet>>>,
    anchors: Mutex<BTreeMap<String, Option<Arc<Vec<String>>>>>,
    /// The site around each page; empty where the press has none.
    frames: Frames,
    /// The styles of pages, by kind and whether the site is around them.
    style_texts: Mutex<BTreeMap<(String, bool), Arc<str>>>,
    /// The style sheets that pages share, by kind; none where pages carry their own.
    styles: BTreeMap<String, Artifact>,
}

/// The page of kinds that have none of their own.
const GENERAL_PAGE: &str = "base.html";

/// A picture with nothing on it.
const BLANK: &str =
    r#"<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>"#;

/// Of how many records the facts are kept, and of how many series the registers, so that a
/// press of any size takes the same memory.
const FACTS_KEPT: usize = 16;

/// What narratives and partials name other years by: in expressions, by Tera's own name for
/// all that there is, and in charts.
const OTHER_YEARS: [&str; 4] = ["years", "last_year", "__tera_context", "年份"];

/// Which inputs editions share.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum InputsKey {
    /// The project file and the templates of a kind.
    Kind(String),
    /// The data of a series with that of one record, or of all.
    Record(String, Option<Option<Year>>),
}

/// Series, year and language.
type FactsKey = (String, Option<Year>, Language);

/// A document with what it was made from.
pub(super) struct Composed {
    merged: Merged,
    pub(super) document: Document,
    /// The figures that its text prints.
    sheet: Sheet,
    /// The narratives that were asked after, with their output paths.
    links: BTreeMap<String, Option<String>>,
}

/// An edition on its way to its outputs: what all of them are made from.
#[derive(Clone, Copy)]
struct Finished<'b, 'a> {
    edition: &'b Edition<'a>,
    composed: &'b Composed,
    pictures: &'b BTreeMap<String, Binary>,
    files: &'b [SheetFile],
}

impl<'a> Works<'a> {
    /// Opens the engines, and the fonts where PDFs are asked for or charts drawn.
    ///
    /// # Errors
    /// When a font or a PDF setting cannot be used. Templates that cannot be read are
    /// reported; the editions that need them fail by themselves.
    pub fn new(
        press: &'a Press,
        sources: &'a Sources,
        recipe: &'a Recipe,
        diags: &mut Diagnostics,
    ) -> Result<Self, Reported> {
        Self::remembering(press, sources, recipe, Arc::default(), diags)
    }

    /// The same with what the last build left: editions that [stand](Self::standing) need
    /// not be made, and engines and fonts are opened when one of the others needs them.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn remembering(
        press: &'a Press,
        sources: &'a Sources,
        recipe: &'a Recipe,
        memory: Arc<Memory>,
        diags: &mut Diagnostics,
    ) -> Result<Self, Reported> {
        let mut own = Diagnostics::new();
        let project = Place::whole(press.settings.file);
        let folders = &press.settings.pdf.font_folders;
        let fonts = load::fonts(&press.root, folders, project, &mut own);
        let auditor = Auditor::new(press, sources);
        let keys = Keys::new(press, sources, recipe, &fonts.0, &auditor.to_text());
        let all = editions(press);
        // A link to a recurring narrative leads to its last edition.
        let publications = all
            .iter()
            .map(|edition| (narrative_path(edition.narrative), edition.path.clone()))
            .collect();
        let clashing = check::editions(press, &all, diags);
        let mut partials =
            press.templates.files.iter().filter(|(path, _)| path.ends_with(".md"));
        let partials_name_years =
            partials.any(|(_, &file)| names_years(&sources.get(file).text));
        let mut works = Self {
            press,
            sources,
            recipe,
            memory,
            keys,
            silent: true,
            fonts,
            partials_name_years,
            auditor,
            narratives: OnceLock::new(),
            pages: OnceLock::new(),
            #[cfg(feature = "pdf")]
            typesetter: OnceLock::new(),
            timings: None,
            narrative_paths: press.narratives.iter().map(narrative_path).collect(),
            publications,
            clashing,
            versions: all_versions(press, recipe.shown.as_ref()),
            registers: Mutex::default(),
            facts: Mutex::default(),
            inputs: Mutex::default(),
            anchors: Mutex::default(),
            editions: all.into_iter().map(|one| (one.path.clone(), one)).collect(),
            frames: Frames::new(),
            style_texts: Mutex::default(),
            styles: BTreeMap::new(),
        };
        let key = works.keys.as_ref().map(Keys::works);
        if !key.is_some_and(|key| works.memory.has_works(key)) {
            let opened = works.open(&mut own);
            works.silent = own.is_empty();
            diags.extend(own);
            opened?;
        }
        works.put_frames();
        Ok(works)
    }

    /// What readers may hear of, where pages are made.
    pub(super) fn shown(&self) -> Option<&Selection> {
        self.recipe.shown.as_ref()
    }

    pub(super) fn press(&self) -> &'a Press {
        self.press
    }

    /// The text of a template; empty where there is none.
    pub(super) fn template(&self, name: &str) -> &'a str {
        let file = self.press.templates.files.get(name);
        file.map_or("", |&file| self.sources.get(file).text.as_str())
    }

    /// Makes an edition in all formats; nothing is returned where one of them fails.
    pub fn make(
        &self,
        edition: &Edition<'a>,
        diags: &mut Diagnostics,
    ) -> Option<Publication> {
        let mut own = Diagnostics::new();
        let made = self.make_some(edition, &self.recipe.formats, &mut own);
        let silent = own.is_empty();
        diags.extend(own);
        let mut publication = made?;
        if let Some(making) = publication.inputs.making.as_mut().filter(|_| !silent) {
            making.key = None;
        }
        Some(publication)
    }

    /// Makes an edition in some of the formats that the recipe asks for; what is made is as
    /// if all had been. Who keeps how it was made keeps what was said as well.
    pub fn make_some(
        &self,
        edition: &Edition<'a>,
        formats: &[Format],
        diags: &mut Diagnostics,
    ) -> Option<Publication> {
        let mut own = Diagnostics::new();
        let publication = self.try_make(edition, formats, &mut own);
        super::regrade(&self.press.settings, &mut own);
        let failed = own.has_errors();
        diags.extend(own);
        let clashes = self.clashing.contains(&edition.path);
        publication.ok().filter(|_| !failed && !clashes)
    }

    fn try_make(
        &self,
        edition: &Edition<'a>,
        formats: &[Format],
        diags: &mut Diagnostics,
    ) -> Result<Publication, Reported> {
        check::edition(edition, diags);
        let composed = self.compose(edition, diags)?;
        let path = edition.path.as_str();
        let mut numbers = self.time("audit", path, || {
            let finished = (&composed.merged, &composed.document);
            self.auditor.audit(edition, finished, diags)
        });
        self.unchanged(edition, &numbers, diags);
        // Structure comes from nowhere and goes nowhere: it would only fill the trace.
        numbers.retain(|number| number.class != Class::Structure);
        let Composed { merged, document, sheet, .. } = &composed;
        audit::document(&audit::Work::of(edition, &merged.meta, document), diags);
        for reference in &document.cross_references {
            self.check_reference(reference, diags);
        }
        let mut outcome = Ok(());
        let pictures =
            self.time("pictures", path, || self.pictures(document, &mut outcome, diags));
        let files = sheet.files(&edition.path, &merged.meta.title, edition.language);
        let finished =
            Finished { edition, composed: &composed, pictures: &pictures, files: &files };
        let mut artifacts = Vec::new();
        let mut card = card(&merged.meta);
        let mut made_pdf = None;
        card.mentions = mentions::mentions(edition, document);
        // The PDF first: the page tells its size.
        let mut printed = None;
        for &format in formats.iter().rev() {
            let path = format!("{}.{}", edition.path, format.word());
            let bytes = match format {
                Format::Html => self
                    .time("page", &edition.path, || self.page(finished, printed, diags)),
                Format::Pdf => self.pdf(finished, diags).map(|pdf| {
                    card.pages = Some(pdf.pages);
                    let pages = pdf.pages;
                    made_pdf = pdf.key.map(|key| MadePdf { key, pages });
                    if let Some((cover, bytes)) = pdf.cover {
                        card.cover = Some(cover);
                        let path = address::cover(&edition.path);
                        artifacts.push(Artifact::new(path, bytes));
                    }
                    printed = Some((pages, pdf.bytes.len() as u64));
                    pdf.bytes
                }),
            };
            match bytes {
                Ok(bytes) => artifacts.push(Artifact::new(path, bytes)),
                Err(reported) => outcome = Err(reported),
            }
        }
        outcome?;
        if formats.contains(&Format::Html) {
            let framed = self.frames.contains_key(&edition.path);
            let style = self.styles.get(&edition.kind.name).filter(|_| framed);
            artifacts.extend(style.cloned());
            artifacts.extend(pictures.values().map(|picture| {
                let path = picture_output(&picture.path).to_owned();
                let bytes = Arc::clone(&picture.bytes);
                Artifact::known(path, bytes, picture.hash.clone())
            }));
            artifacts.extend(files.into_iter().map(|file| {
                let path = format!("{}.{}", edition.path, file.ending);
                Artifact::new(path, file.text.into_bytes())
            }));
        }
        let mut inputs = self.inputs(edition, &pictures);
        let making =
            self.making(edition, &composed, &pictures, &numbers, &card, made_pdf);
        inputs.making = making.map(Box::new);
        let edition = edition.path.clone();
        Ok(Publication { edition, artifacts, inputs, numbers, card })
    }

    /// What the pages of an edition's PDF measure; nothing where it cannot be laid out,
    /// which is reported when it is made.
    #[cfg(feature = "pdf")]
    pub fn measure(
        &self,
        edition: &Edition<'a>,
        diags: &mut Diagnostics,
    ) -> Option<typeset::LayoutReport> {
        let typesetter = self.typesetter(diags).ok()?;
        let unsaid = &mut Diagnostics::new();
        let composed = self.compose(edition, unsaid).ok()?;
        let pictures = self.pictures(&composed.document, &mut Ok(()), unsaid);
        let job = self.job(Finished {
            edition,
            composed: &composed,
            pictures: &pictures,
            files: &[],
        });
        let pages = typesetter.lay_out(job.write(), self.sources, unsaid).ok()?;
        let report = Typesetter::measure(&pages);
        let mut found = Diagnostics::new();
        report.report(edition.narrative.front.place, &mut found);
        super::regrade(&self.press.settings, &mut found);
        diags.extend(found);
        Some(report)
    }

    /// The facts that an edition can name; made once for its record and language.
    pub fn facts(&self, edition: &Edition<'a>) -> Arc<Facts<'a>> {
        let Edition { series, narrative, record, language, .. } = edition;
        kept(&self.facts, (series.name.clone(), narrative.year, *language), || {
            let register =
                kept(&self.registers, (series.name.clone(), *language), || {
                    Register::new(series)
                });
            Facts::new(&register, narrative.year, record, *language)
        })
    }

    /// An edition's title after merging; as it is written where that fails.
    pub fn title(&self, edition: &Edition<'a>) -> String {
        if let Some(making) = self.current(edition) {
            return making.card.title.clone();
        }
        let written = &edition.narrative.front.title.text;
        if !written.contains('{') {
            return written.clone();
        }
        let facts = self.facts(edition);
        let unsaid = &mut Diagnostics::new();
        let engine = self.narratives(unsaid);
        merge::title(engine, &facts, edition, unsaid)
            .unwrap_or_else(|_| edition.narrative.front.title.text.clone())
    }

    /// From an edition to its document.
    pub(super) fn compose(
        &self,
        edition: &Edition<'a>,
        diags: &mut Diagnostics,
    ) -> Result<Composed, Reported> {
        let facts = self.facts(edition);
        let mut merged = self.time("merge", &edition.path, || {
            merge::merge(self.narratives(diags), &facts, edition, self.sources, diags)
        })?;
        merged.meta.watermark = self.watermark(edition);
        merged.meta.draft = merged.meta.watermark.is_some();
        let narrative = narrative_path(edition.narrative);
        let links = RefCell::new(BTreeMap::new());
        let publication = |path: &str| {
            let found = self.publications.get(path).cloned();
            links.borrow_mut().insert(path.to_owned(), found.clone());
            found
        };
        let context = parse::Context {
            language: edition.language,
            place: Place::whole(edition.narrative.file),
            path: &edition.path,
            narrative: &narrative,
            publications: &publication,
            narratives: &self.narrative_paths,
            dialect: parse::Dialect::Narrative,
            facts: Some(parse::Facts {
                series: edition.series,
                year: edition.narrative.year,
                record: edition.record,
            }),
        };
        let mut document = self.time("parse", &edition.path, || {
            parse::parse(&merged.manuscript, &context, diags)
        });
        // The key is one of official documents; series.toml may say it for all of them.
        let key = "heading_numbers";
        let numbers = merged.meta.extra.get(key).or(merged.meta.series_extra.get(key));
        if numbers == Some(&Datum::Bool(true)) {
            parse::number_headings(&mut document);
        }
        let sheet = self.sheet(edition, &document);
        self.add_sections(edition, &sheet, &mut document);
        let links = links.into_inner();
        Ok(Composed { merged, document, sheet, links })
    }

    /// Reports a reference to an anchor that another publication does not have.
    fn check_reference(&self, reference: &CrossReference, diags: &mut Diagnostics) {
        let Some(anchors) = self.anchors_of(&reference.path) else { return };
        if anchors.contains(&reference.anchor) {
            return;
        }
        let message =
            format!("`{}` has no anchor `#{}`", reference.path, reference.anchor);
        let known = anchors.iter().map(String::as_str);
        diags.add(
            Diagnostic::new(&codes::UNKNOWN_ANCHOR, reference.place, message)
                .maybe_hint(suggest(&reference.anchor, known)),
        );
    }

    /// The anchors of another publication; nothing where it cannot be read, which is said
    /// in its turn.
    fn anchors_of(&self, path: &str) -> Option<Arc<Vec<String>>> {
        if let Some(anchors) = lock(&self.anchors).get(path) {
            return anchors.clone();
        }
        let target = self.editions.get(path);
        let anchors = target.and_then(|edition| match self.current(edition) {
            Some(making) => Some(making.anchors.clone()),
            None => self
                .compose(edition, &mut Diagnostics::new())
                .ok()
                .map(|composed| composed.document.anchors),
        });
        let anchors = anchors.map(Arc::new);
        lock(&self.anchors).entry(path.to_owned()).or_insert(anchors).clone()
    }

    /// The pictures of a document. A blank one stands for one that cannot be used, so that
    /// the rest of the document is checked; `outcome` then withholds it.
    fn pictures(
        &self,
        document: &Document,
        outcome: &mut Result<(), Reported>,
        diags: &mut Diagnostics,
    ) -> BTreeMap<String, Binary> {
        let mut pictures = BTreeMap::new();
        for picture in &document.pictures {
            let binary = load::picture(&self.press.root, &picture.path, picture.place)
                .unwrap_or_else(|found| {
                    *outcome = Err(diags.add(found));
                    Binary {
                        path: picture.path.clone(),
                        bytes: BLANK.as_bytes().into(),
                        hash: String::new(),
                    }
                });
            pictures.insert(picture.path.clone(), binary);
        }
        pictures
    }
}

/// What lists say of an edition; its PDF is not made yet.
fn card(meta: &Meta) -> Card {
    let Meta { title, subtitle, summary, .. } = meta.clone();
    Card { title, subtitle, summary, ..Card::default() }
}

/// The path of a narrative below the press root.
fn narrative_path(narrative: &Narrative) -> String {
    format!("content/{}.md", narrative.path)
}

/// Opens the fonts that a press may use.
#[cfg(feature = "pdf")]
pub(super) fn open_typesetter(
    press: &Press,
    sources: &Sources,
    diags: &mut Diagnostics,
) -> Result<Typesetter, Reported> {
    let settings = &press.settings.pdf;
    let project = Place::whole(press.settings.file);
    let (fonts, _) = load::fonts(&press.root, &settings.font_folders, project, diags);
    Typesetter::new(&press.templates, &fonts, settings, Some(project), sources, diags)
}

/// Where a picture stands below the output folder: beside the publications of its folder.
fn picture_output(path: &str) -> &str {
    path.strip_prefix("content/").unwrap_or(path)
}

/// A value that is kept, or else is made. Editions come in the order of their records: what
/// comes first is the first to be forgotten.
fn kept<K: Ord, T>(
    all: &Mutex<BTreeMap<K, Arc<T>>>,
    key: K,
    make: impl FnOnce() -> T,
) -> Arc<T> {
    if let Some(value) = lock(all).get(&key) {
        return Arc::clone(value);
    }
    let value = Arc::new(make());
    let mut all = lock(all);
    if all.len() >= FACTS_KEPT {
        all.pop_first();
    }
    Arc::clone(all.entry(key).or_insert(value))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A map of finished values is whole whatever another worker panicked over.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
