//! What follows the text of a publication about its figures: how they were corrected (更正),
//! and where they come from (数据来源). Both are blocks of the document, so that paper and
//! page say the same, and their figures are figures like those of the text.

use super::{Entry, Sheet};
use crate::document::{
    Align, Block, BlockKind, Cell, Document, FigureRef, FigureText, Heading, Inline,
    InlineKind, OutlineItem, Table,
};
use crate::locale::Language;
use crate::model::{Figure, Period, Revision};
use crate::source::Place;

/// A figure with the revisions of its record.
pub type Revised<'a> = (&'a Figure, &'a [Revision]);

/// Tells how figures of a sheet were corrected, the figures in the order of print, the
/// corrections of each in the order of their days; nothing where none was.
pub fn corrections<'a>(
    document: &mut Document,
    sheet: &Sheet,
    known: &dyn Fn(&str) -> Option<Revised<'a>>,
    place: Place,
    language: Language,
) {
    let words = language.figure_words();
    let mut blocks = Vec::new();
    for entry in &sheet.entries {
        let Some((figure, revisions)) = known(&entry.name) else { continue };
        let own = revisions.iter().filter(|one| one.figure == figure.item.id);
        let mut own: Vec<&Revision> = own.collect();
        own.sort_by_key(|one| one.date.first_day());
        let last = own.len().saturating_sub(1);
        for (index, revision) in own.into_iter().enumerate() {
            let place = revision.place;
            let [after_day, after_label, after_old, after_new, end] = words.corrected;
            let day = language.date(revision.date);
            let reason = revision.reason.trim_end_matches(['。', '.']);
            // The last correction leads to the value of the record.
            let new = match index == last {
                true => figure_text(entry, place),
                false => text(revision.new.text.clone(), place),
            };
            let before = format!(
                "{day}{after_day}{}{after_label}{}{after_old}",
                named(entry, sheet, language),
                revision.old.text
            );
            let after = format!("{after_new}{reason}{end}");
            let content = vec![text(before, place), new, text(after, place)];
            blocks.push(Block { place, kind: BlockKind::Paragraph(content) });
        }
    }
    append(document, words.corrections, blocks, place);
}

/// Adds a table of a sheet: each figure once, with what is known of any of them. Nothing
/// where there is no figure.
pub fn sources(document: &mut Document, sheet: &Sheet, place: Place, language: Language) {
    let words = language.figure_words();
    let entries = &sheet.entries;
    let Some(first) = entries.first() else { return };
    let told = |tell: fn(&Entry, Language) -> Option<String>| {
        entries.iter().any(|entry| tell(entry, language).is_some())
    };
    let several = entries.iter().any(|entry| entry.period != first.period);
    // What is the same for all stands under the table.
    let common = origin(first, language).filter(|common| {
        entries.iter().all(|one| origin(one, language).as_ref() == Some(common))
    });
    let note = |common: &String| {
        let words = format!("{}{}{common}", words.source, language.words().colon);
        Block { place, kind: BlockKind::Paragraph(vec![text(words, place)]) }
    };
    let columns: [(&str, Tell, bool); 4] = [
        (words.scope, |one, _| one.scope.clone(), true),
        (words.period, |one, language| period(one.period, language), several),
        (words.as_of, |one, language| one.as_of.map(|date| language.date(date)), true),
        (words.source, origin, common.is_none()),
    ];
    let columns: Vec<(&str, Tell)> = (columns.into_iter())
        .filter(|&(_, tell, wanted)| wanted && told(tell))
        .map(|(word, tell, _)| (word, tell))
        .collect();
    let cell = |content: Inline| Cell { place: content.place, content: vec![content] };
    let heads = [words.label, words.value].into_iter();
    let heads = heads.chain(columns.iter().map(|(word, _)| *word));
    let head: Vec<Cell> = heads.map(|word| cell(text(word.to_owned(), place))).collect();
    let row = |entry: &Entry| -> Vec<Cell> {
        let place = entry.place.unwrap_or(place);
        let mut row =
            vec![cell(text(entry.label.clone(), place)), cell(figure_text(entry, place))];
        row.extend(columns.iter().map(|(_, tell)| match tell(entry, language) {
            Some(told) => cell(text(told, place)),
            None => cell(text(NOTHING.to_owned(), place)),
        }));
        row
    };
    let table = Table {
        columns: vec![Align::Auto; head.len()],
        head,
        rows: entries.iter().map(row).collect(),
        notes: common.iter().map(note).collect(),
        ..Table::default()
    };
    let block = Block { place, kind: BlockKind::Table(table) };
    append(document, words.sources, vec![block], place);
}

/// What a column of the table says of a figure.
type Tell = fn(&Entry, Language) -> Option<String>;

/// What stands in the table where nothing is known.
const NOTHING: &str = "—";

/// Who says so, or what it was computed from.
fn origin(entry: &Entry, language: Language) -> Option<String> {
    let computed = || {
        let (word, colon) = (language.figure_words().formula, language.words().colon);
        Some(format!("{word}{colon}{}", entry.formula.as_ref()?))
    };
    entry.source.clone().or_else(computed)
}

fn period(period: Option<Period>, language: Language) -> Option<String> {
    period.map(|period| language.period(period))
}

/// The label of a figure, with its scope where another one in print has the same label.
fn named(entry: &Entry, sheet: &Sheet, language: Language) -> String {
    let same = sheet.entries.iter().filter(|one| one.label == entry.label).count();
    let [open, close] = language.figure_words().brackets;
    match &entry.scope {
        Some(scope) if same > 1 => format!("{}{open}{scope}{close}", entry.label),
        _ => entry.label.clone(),
    }
}

fn text(text: String, place: Place) -> Inline {
    Inline { place, kind: InlineKind::Text(text) }
}

fn figure_text(entry: &Entry, place: Place) -> Inline {
    let figure = FigureRef {
        name: entry.name.clone(),
        value: entry.value.clone(),
        unit: entry.unit.clone(),
        form: None,
    };
    let text = FigureText { text: entry.text.clone(), figure };
    Inline { place, kind: InlineKind::Figure(text) }
}

/// Puts blocks under a heading behind the text.
fn append(document: &mut Document, words: &str, blocks: Vec<Block>, place: Place) {
    if blocks.is_empty() {
        return;
    }
    let level = 2;
    let plain = words.to_lowercase().replace(' ', "-");
    let taken = |anchor: &String| document.anchors.contains(anchor);
    let mut anchor = plain.clone();
    let mut number = 2;
    while taken(&anchor) {
        anchor = format!("{plain}-{number}");
        number += 1;
    }
    document.anchors.push(anchor.clone());
    let item = OutlineItem { level, anchor: anchor.clone(), text: words.to_owned() };
    let annex = document.parts()[2].first().and_then(|block| match &block.kind {
        BlockKind::Heading(heading) => Some(heading.anchor.clone()),
        _ => None,
    });
    let at =
        document.outline.iter().position(|item| Some(&item.anchor) == annex.as_ref());
    document.outline.insert(at.unwrap_or(document.outline.len()), item);
    let content = vec![text(words.to_owned(), place)];
    let heading = Heading { level, anchor, classes: Vec::new(), content };
    document.after.push(Block { place, kind: BlockKind::Heading(heading) });
    document.after.extend(blocks);
}
