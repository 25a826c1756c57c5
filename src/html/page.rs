//! What a page template is given: the contract between annals and
//! `templates/<kind>/page.html`. A change here is a change of interface.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Map, Value};

use super::block;
use crate::document::{BlockKind, Document, plain_text};
use crate::frame::{Frame, VersionLink};
use crate::locale::{Language, Words};
use crate::model::Datum;
use crate::press::Meta;

/// Everything that a page template may print, by the names it uses.
///
/// A value that is not given is null, so that `{% if page.subtitle %}` asks whether it
/// is. All text is text: the template engine escapes it. Only `body`, `text`, `annexes`,
/// `page.contents` and `style` are markup, and templates print them with `| safe`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageContext<'a> {
    /// What the publication says of itself.
    pub page: Page<'a>,
    /// The words of the page's language.
    pub words: &'static Words,
    /// The text of the publication, as HTML.
    pub body: String,
    /// The text before the annexes.
    pub text: String,
    /// The annexes; `text` and `annexes` together are `body`.
    pub annexes: String,
    /// The style sheet, `templates/style.css`.
    pub style: &'a str,
    /// The site around the page, where there is one.
    pub frame: Option<&'a Frame>,
    /// What the page says to machines, for a block of data; where there is a site.
    pub json_ld: Option<String>,
}

/// What a publication says of itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Page<'a> {
    /// The title.
    pub title: &'a str,
    /// The second line of the title.
    pub subtitle: Option<&'a str>,
    /// The language tag: `zh-CN`, `en`.
    pub language: &'static str,
    /// The kind's name, for class names: `bulletin`.
    pub kind: &'a str,
    /// The kind's name for readers: 简报.
    pub kind_label: &'a str,
    /// The series.
    pub series: SeriesText<'a>,
    /// Who publishes.
    pub publisher: Option<&'a str>,
    /// The authors, in order of protocol.
    pub authors: &'a [String],
    /// The keywords.
    pub keywords: &'a [String],
    /// A sentence or two about it.
    pub summary: Option<&'a str>,
    /// The day of publication.
    pub date: Option<DateText>,
    /// What it reports on.
    pub period: Option<PeriodText>,
    /// The issue number.
    pub issue: Option<u32>,
    /// The issue number for readers: 第3期.
    pub issue_text: Option<String>,
    /// The headings, flat, in order.
    pub outline: Vec<OutlineEntry<'a>>,
    /// The headings as lists in lists, as HTML; empty where there are none.
    pub contents: String,
    /// Whether the text prints the contents itself (`[[toc]]`); a layout then leaves
    /// its own out.
    pub contents_in_text: bool,
    /// The names of the annexes (附件).
    pub annexes: Vec<String>,
    /// The address of the PDF, where one is made, percent-encoded.
    pub pdf: Option<&'a str>,
    /// Pages and size of the PDF for readers: `12页、134 KB`.
    pub pdf_size: Option<String>,
    /// The addresses of its figures as files, where it prints any.
    pub figures: Option<FigureFiles>,
    /// Whether it is a preview: a draft, or dated after today.
    pub draft: bool,
    /// The words over a preview.
    pub watermark: Option<&'a str>,
    /// The versions in several languages, this one among them; none where it is the only
    /// one.
    pub versions: Vec<VersionLink>,
    /// What the kind's contract adds to the front matter, and `extra`.
    pub extra: Map<String, Value>,
}

/// The figures of a publication as files beside its page; addresses are percent-encoded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureFiles {
    /// The word before them.
    pub word: &'static str,
    /// One for each form.
    pub files: Vec<FigureFile>,
}

/// A file beside a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureFile {
    /// What its form is called: `CSV`.
    pub format: &'static str,
    /// The media type.
    pub media_type: &'static str,
    /// The address.
    pub href: String,
}

/// A series for readers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeriesText<'a> {
    /// The folder's name.
    pub name: &'a str,
    /// The title.
    pub title: &'a str,
    /// Further keys of `series.toml`.
    pub extra: Map<String, Value>,
}

/// A date in both its forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateText {
    /// For readers: 2021年3月5日.
    pub text: String,
    /// For machines: `2021-03-05`.
    pub iso: String,
}

/// A period in both its forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PeriodText {
    /// For readers: 2021年第一季度.
    pub text: String,
    /// As it is written in data: `2021-Q1`.
    pub iso: String,
    /// The year in which it begins.
    pub year: i16,
}

/// A heading of the outline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutlineEntry<'a> {
    /// The level: 2 for the first level under the title.
    pub level: u8,
    /// The anchor, without `#`.
    pub anchor: &'a str,
    /// The address in the page: `#anchor`, percent-encoded.
    pub href: String,
    /// The words.
    pub text: &'a str,
}

/// What a page is put together from, beside the document and its front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageParts<'a> {
    /// The text, from [`super::body`].
    pub body: super::Body,
    /// The style sheet.
    pub style: &'a str,
    /// The address of the PDF, where one is made, percent-encoded.
    pub pdf: Option<&'a str>,
    /// Pages and size of the PDF for readers.
    pub pdf_size: Option<String>,
    /// The site around the page, where there is one.
    pub frame: Option<&'a Frame>,
    /// The addresses of its figures as files, where it prints any.
    pub figures: Option<FigureFiles>,
    /// The versions in several languages.
    pub versions: Vec<VersionLink>,
}

/// Gathers what a page template is given.
pub fn page_context<'a>(
    document: &'a Document,
    meta: &'a Meta,
    parts: PageParts<'a>,
) -> PageContext<'a> {
    let language = meta.language;
    let PageParts { body, style, pdf, pdf_size, figures, frame, versions } = parts;
    let mut contents = String::new();
    block::contents(&mut contents, &document.outline);
    let outline = document.outline.iter().map(|item| OutlineEntry {
        level: item.level,
        anchor: &item.anchor,
        href: super::link::fragment(&item.anchor),
        text: &item.text,
    });
    let mut contents_in_text = false;
    let mut annexes = Vec::new();
    document.each_block(&mut |block| match &block.kind {
        BlockKind::Contents => contents_in_text = true,
        BlockKind::Heading(heading) if heading.opens_annex() => {
            annexes.push(plain_text(&heading.content));
        }
        _ => {}
    });
    let page = Page {
        title: &meta.title,
        subtitle: meta.subtitle.as_deref(),
        language: language.tag(),
        kind: &meta.kind,
        kind_label: &meta.kind_label,
        series: SeriesText {
            name: &meta.series,
            title: &meta.series_title,
            extra: table(&meta.series_extra, language),
        },
        publisher: meta.publisher.as_deref(),
        authors: &meta.authors,
        keywords: &meta.keywords,
        summary: meta.summary.as_deref(),
        date: meta
            .date
            .map(|date| DateText { text: language.date(date), iso: date.to_string() }),
        period: meta.period.map(|period| PeriodText {
            text: language.period(period),
            iso: period.to_string(),
            year: period.first_day().year(),
        }),
        issue: meta.issue,
        issue_text: meta.issue.map(|issue| language.issue(issue)),
        outline: outline.collect(),
        contents,
        contents_in_text,
        annexes,
        pdf,
        pdf_size,
        figures,
        draft: meta.draft,
        watermark: meta.watermark.as_deref(),
        versions,
        extra: extra(meta),
    };
    let json_ld = frame.map(|frame| super::linked::json_ld(meta, frame));
    let whole = body.whole();
    let super::Body { text, annexes } = body;
    PageContext {
        page,
        words: language.words(),
        body: whole,
        text,
        annexes,
        style,
        frame,
        json_ld,
    }
}

fn table(data: &IndexMap<String, Datum>, language: Language) -> Map<String, Value> {
    data.iter().map(|(key, datum)| (key.clone(), value(datum, language))).collect()
}

/// The kind's own keys; what the series says holds where the edition says nothing, in print
/// as on the page (`extra` in `annals.typ`).
fn extra(meta: &Meta) -> Map<String, Value> {
    let mut all = table(&meta.series_extra, meta.language);
    all.extend(table(&meta.extra, meta.language));
    all
}

/// A value as a template prints it: dates and periods in words, quantities and decimals
/// as they were written. Whole numbers stay numbers, so that a layout can count with
/// them.
fn value(datum: &Datum, language: Language) -> Value {
    match datum {
        Datum::Null => Value::Null,
        Datum::Bool(flag) => Value::Bool(*flag),
        Datum::Number(_, text) => match text.parse::<i64>() {
            Ok(whole) if whole.to_string() == *text => Value::from(whole),
            _ => Value::from(text.as_str()),
        },
        Datum::Text(text) => Value::from(text.as_str()),
        Datum::Date(date) => Value::from(language.date(*date)),
        Datum::Period(period) => Value::from(language.period(*period)),
        Datum::Quantity(quantity) => Value::from(quantity.text.as_str()),
        Datum::List(items) => items.iter().map(|item| value(item, language)).collect(),
        Datum::Table(entries) => Value::Object(table(entries, language)),
    }
}
