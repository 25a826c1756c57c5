//! What the user asked for: the project file, the series, the kinds with their
//! contracts, the narratives with their front matter, and the editions that follow.

mod editions;
mod languages;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use indexmap::IndexMap;

pub use editions::{editions, selects};
pub use languages::{split_language, versions};

use crate::diag::Severity;
use crate::folder::Library;
use crate::locale::Language;
use crate::model::schema::{Schema, front_matter};
use crate::model::{Date, Datum, Period, Record, Year};
use crate::source::{FileId, Place};
use crate::theme::Theme;

/// A press: everything that was read and checked before the first edition is made.
#[derive(Debug)]
pub struct Press {
    /// The folder that holds `annals.toml`.
    pub root: PathBuf,
    /// What `annals.toml` says.
    pub settings: Settings,
    /// The kinds by name: the built-in ones, with the press's own over them.
    pub kinds: BTreeMap<String, Kind>,
    /// The series by name (their folder below `content/`).
    pub series: IndexMap<String, Arc<Series>>,
    /// Series in other languages than that of their record, where an edition needs one.
    pub translations: BTreeMap<(String, Language), Series>,
    /// The narratives, in the order of their paths.
    pub narratives: Vec<Narrative>,
    /// Built-in templates with the press's own over them.
    pub templates: Library,
    /// How its publications look.
    pub theme: Theme,
}

/// What `annals.toml` says.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The project file.
    pub file: FileId,
    /// Name of the press.
    pub title: String,
    /// The same in other languages.
    pub titles: BTreeMap<Language, String>,
    /// Who publishes, where a series does not say otherwise.
    pub publisher: Option<String>,
    /// Language of narratives that do not say otherwise.
    pub language: Language,
    /// Address at which the output will stand, ending in `/`.
    pub base_url: Option<String>,
    /// The output folder below the root.
    pub output: String,
    /// The formats that are made.
    pub formats: Vec<Format>,
    /// How PDFs are made.
    pub pdf: PdfSettings,
    /// How pages are made.
    pub html: HtmlSettings,
    /// The words over previews, where they are not ours.
    pub watermarks: BTreeMap<Language, String>,
    /// The pages around the publications.
    pub site: SiteSettings,
    /// Severity of codes, where the press changes it; `None` switches a code off.
    pub rules: BTreeMap<String, Option<Severity>>,
    /// How numbers are looked at.
    pub audit: AuditSettings,
    /// Fields added to collections, and the fields of free tables, by collection.
    pub collections: BTreeMap<String, Schema>,
}

impl Settings {
    /// The name of the press for readers of a language.
    pub fn title_in(&self, language: Language) -> &str {
        self.titles.get(&language).unwrap_or(&self.title)
    }
}

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// A page for screens.
    Html,
    /// A document for paper and archives.
    Pdf,
}

impl Format {
    /// The word in settings, on the command line and as a file's ending.
    pub fn word(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Pdf => "pdf",
        }
    }
}

/// How PDFs are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfSettings {
    /// The standards that the file must meet (`a-2a`, `ua-1`, `1.7`…), as Typst names
    /// them; empty for plain PDF.
    pub standards: Vec<String>,
    /// Folders below the press root whose fonts may be used.
    pub font_folders: Vec<String>,
    /// Whether the machine's own fonts may be used.
    pub system_fonts: bool,
}

/// How pages are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HtmlSettings {
    /// Whose faces they are set in.
    pub fonts: PageFonts,
}

/// The pages around the publications.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteSettings {
    /// Whether they are made.
    pub enabled: bool,
    /// Whether there is a search.
    pub search: bool,
    /// Whether compressed copies lie beside the outputs.
    pub compress: bool,
    /// Publications that were taken back for good, by their paths without ending.
    pub removed: BTreeSet<String>,
}

/// How numbers are looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditSettings {
    /// What becomes of a number that is typed by hand.
    pub stray: Strictness,
    /// The same for one kind, by its name.
    pub kinds: BTreeMap<String, Strictness>,
    /// Terms whose numerals are no values: names of plans, campaigns, brands.
    pub terms: Vec<String>,
    /// How old figures may be.
    pub limits: AgeLimits,
    /// The same for figures of one source, by its name as figures give it.
    pub sources: BTreeMap<String, AgeLimits>,
}

/// How many days before the end of an edition's period a figure may be true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AgeLimits {
    /// Without a warning.
    pub warn_after: Option<u32>,
    /// Without an error.
    pub error_after: Option<u32>,
}

impl AuditSettings {
    /// How strict the press is with publications of a kind.
    pub fn of(&self, kind: &str) -> Strictness {
        self.kinds.get(kind).copied().unwrap_or(self.stray)
    }

    /// How old figures of a source may be.
    pub fn limits(&self, source: Option<&str>) -> AgeLimits {
        let own = source.and_then(|source| self.sources.get(source));
        own.copied().unwrap_or(self.limits)
    }
}

/// What becomes of a number that is typed by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Strictness {
    /// Only `annals audit` tells of it.
    #[default]
    Allow,
    /// It is a warning.
    Warn,
    /// It is an error.
    Deny,
}

/// Whose faces pages are set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageFonts {
    /// Those of the reader's machine.
    System,
    /// Ours: each page carries the characters that it uses.
    Embedded,
}

/// A line of publications by one publisher.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The folder's name.
    pub name: String,
    /// The title for readers.
    pub title: String,
    /// Who publishes.
    pub publisher: Option<String>,
    /// Its language, where it is not the press's.
    pub language: Option<Language>,
    /// What it is called in other languages.
    pub names: BTreeMap<Language, SeriesNames>,
    /// Other keys of `series.toml`, for templates (`masthead`, `contact`…).
    pub extra: IndexMap<String, Datum>,
    /// Offices, organisations and figures of the series as a whole.
    pub shared: Record,
    /// The records by year.
    pub records: BTreeMap<Year, Record>,
}

/// What a series is called in another language than that of its record.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SeriesNames {
    /// The title for readers.
    pub title: Option<String>,
    /// Who publishes.
    pub publisher: Option<String>,
    /// Units of the record, by their names in it; one and many with `|`.
    pub units: BTreeMap<String, String>,
    /// Other keys of `series.toml`.
    pub extra: IndexMap<String, Datum>,
}

/// A sort of document: a folder under `templates/`.
#[derive(Debug, Clone, PartialEq)]
pub struct Kind {
    /// The folder's name.
    pub name: String,
    /// Where its contract begins.
    pub place: Place,
    /// Its name for readers, by language (`zh` → 简报).
    pub labels: BTreeMap<String, String>,
    /// What it is for, in a sentence.
    pub description: String,
    /// What it is in the words of schema.org.
    pub article: String,
    /// Front matter that it asks for or allows beyond the common keys.
    pub front_matter: Schema,
    /// What the record must hold, by collection.
    pub data: BTreeMap<String, CollectionContract>,
    /// What the text must have.
    pub text: TextContract,
}

/// What a kind asks of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextContract {
    /// A paragraph before the first heading (导语).
    pub lead: bool,
    /// The least number of sections.
    pub sections: usize,
    /// Whether a table says where the figures in print come from (数据来源), where the
    /// front matter does not decide.
    pub sources: bool,
    /// Whether corrections of figures in print are told at the end (更正).
    pub corrections: bool,
    /// Headings that must be there: words of which one is in a heading, with `|` between.
    pub headings: Vec<String>,
}

impl Default for TextContract {
    fn default() -> Self {
        let (lead, sections, headings) = (false, 0, Vec::new());
        Self { lead, sections, sources: false, corrections: true, headings }
    }
}

impl Kind {
    /// The fields of its front matter: the common keys, and what it adds and asks for.
    pub fn front_schema(&self) -> Schema {
        let mut schema = front_matter().clone();
        schema.tighten(&self.front_matter);
        schema.extend(&self.front_matter);
        schema
    }
}

/// What a kind asks of a collection.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CollectionContract {
    /// The least number of items in the edition's period.
    pub min: usize,
    /// Fields that must be filled, beyond those the collection itself requires; and
    /// fields added to the collection.
    pub fields: Schema,
    /// Whether events stand in the order of their dates.
    pub by_date: bool,
}

/// One Markdown file with front matter.
#[derive(Debug, Clone, PartialEq)]
pub struct Narrative {
    /// The file.
    pub file: FileId,
    /// Path below `content/`, without ending: `baoji/2020/ten-events`.
    pub path: String,
    /// The first folder of the path.
    pub series: String,
    /// The year folder it lies in, where it lies in one.
    pub year: Option<Year>,
    /// The front matter.
    pub front: FrontMatter,
    /// The bytes of the body in the file's text.
    pub body: Range<usize>,
}

/// What the front matter of a narrative says.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontMatter {
    /// Where it stands.
    pub place: Place,
    /// The title; may hold `{{ }}`, as may `subtitle` and `summary`.
    pub title: Text,
    /// The second line of the title.
    pub subtitle: Option<Text>,
    /// The kind's name.
    pub kind: String,
    /// What it reports on; the year of its folder unless given.
    pub period: Option<Period>,
    /// Makes an edition for each such period of the record that has something to report.
    pub every: Option<Every>,
    /// Day of publication.
    pub date: Option<Date>,
    /// Its language, where it is not the series'.
    pub language: Option<Language>,
    /// Authors, in order of protocol.
    pub authors: Vec<String>,
    /// Keywords.
    pub keywords: Vec<String>,
    /// A sentence or two for lists and metadata.
    pub summary: Option<Text>,
    /// The issue number (期号); with `every`, that of the first edition.
    pub issue: Option<u32>,
    /// Whether a table says where its figures come from; its kind decides unless given.
    pub sources: Option<bool>,
    /// Whether it is left out unless drafts are asked for.
    pub draft: bool,
    /// Addresses that it had before, below the output folder and without ending.
    pub aliases: Vec<String>,
    /// Keys that the kind asks for and the edition knowingly goes without.
    pub without: Vec<String>,
    /// What the kind's contract adds, and the free table `extra`.
    pub extra: IndexMap<String, Datum>,
}

/// A text of the front matter with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// How often a recurring narrative appears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// Each month (月).
    Month,
    /// Each quarter (季).
    Quarter,
    /// Each year (年).
    Year,
}

/// One publication of one period, before anything is made of it.
#[derive(Debug, Clone)]
pub struct Edition<'a> {
    /// The narrative.
    pub narrative: &'a Narrative,
    /// Its kind.
    pub kind: &'a Kind,
    /// Its series.
    pub series: &'a Series,
    /// The record of its year; an empty one where it lies outside the years.
    pub record: &'a Record,
    /// What it reports on.
    pub period: Option<Period>,
    /// Its issue number.
    pub issue: Option<u32>,
    /// Its language.
    pub language: Language,
    /// The output path below the output folder, without ending:
    /// `baoji/2020/ten-events`, `baoji/2020/monthly-2020-03`.
    pub path: String,
}

/// What an edition says of itself: front matter after merging, for both outlets.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Meta {
    /// The title, as text without markup.
    pub title: String,
    /// The second line of the title.
    pub subtitle: Option<String>,
    /// Authors.
    pub authors: Vec<String>,
    /// Keywords.
    pub keywords: Vec<String>,
    /// A sentence or two.
    pub summary: Option<String>,
    /// Day of publication.
    pub date: Option<Date>,
    /// Its language.
    pub language: Language,
    /// Who publishes.
    pub publisher: Option<String>,
    /// The kind's name.
    pub kind: String,
    /// The kind's name for readers, in the edition's language.
    pub kind_label: String,
    /// The series' name.
    pub series: String,
    /// The series' title.
    pub series_title: String,
    /// What it reports on.
    pub period: Option<Period>,
    /// The issue number.
    pub issue: Option<u32>,
    /// Output path without ending.
    pub path: String,
    /// Whether it is a preview: a draft, or dated after today.
    pub draft: bool,
    /// The words over the pages of a preview.
    pub watermark: Option<String>,
    /// Further front matter of the kind, and `extra`.
    pub extra: IndexMap<String, Datum>,
    /// Further keys of `series.toml`.
    pub series_extra: IndexMap<String, Datum>,
}
