//! Walks that change what they meet, and soft line breaks between Chinese characters.
//!
//! The walks call themselves at most [`super::build::MAX_NESTING`] deep.

use super::cjk;
use crate::document::{
    Admonition, Block, BlockKind, Document, Inline, InlineKind, Table,
};
use crate::locale::Language;
use crate::source::Place;

/// Calls `change` on every list of blocks, outer before inner, notes last.
pub fn each_blocks(document: &mut Document, change: &mut dyn FnMut(&mut Vec<Block>)) {
    blocks(&mut document.blocks, change);
    for note in &mut document.notes {
        blocks(&mut note.blocks, change);
    }
}

fn blocks(list: &mut Vec<Block>, change: &mut dyn FnMut(&mut Vec<Block>)) {
    change(list);
    for block in list {
        match &mut block.kind {
            BlockKind::List(list) => {
                list.items.iter_mut().for_each(|item| blocks(&mut item.blocks, change));
            }
            BlockKind::Definitions(definitions) => {
                let details = definitions.iter_mut().flat_map(|one| &mut one.details);
                details.for_each(|detail| blocks(detail, change));
            }
            BlockKind::Quote(inner)
            | BlockKind::Admonition(Admonition { blocks: inner, .. }) => {
                blocks(inner, change);
            }
            _ => {}
        }
    }
}

/// Calls `change` on every block, in reading order, outer before inner, notes last.
pub fn each_block(document: &mut Document, change: &mut dyn FnMut(&mut Block)) {
    let notes = document.notes.iter_mut().flat_map(|note| &mut note.blocks);
    for block in document.blocks.iter_mut().chain(notes) {
        walk(block, change, &mut |_| {});
    }
}

/// Calls `change` on every run of inlines that stands by itself (a paragraph, a heading,
/// a cell, a term, a caption), in reading order, notes last.
pub fn each_run(document: &mut Document, change: &mut dyn FnMut(&mut Vec<Inline>)) {
    let notes = document.notes.iter_mut().flat_map(|note| &mut note.blocks);
    for block in document.blocks.iter_mut().chain(notes) {
        walk(block, &mut |_| {}, change);
    }
}

/// Calls `change` on every inline, outer before inner, notes last.
pub fn each_inline(document: &mut Document, change: &mut dyn FnMut(&mut Inline)) {
    each_run(document, &mut |run| inlines(run, change));
}

/// Calls `change` on every inline of a list of blocks, in reading order.
pub fn inlines_of_blocks(list: &mut [Block], change: &mut dyn FnMut(&mut Inline)) {
    for block in list {
        walk(block, &mut |_| {}, &mut |run| inlines(run, change));
    }
}

/// [`crate::document::walk_block`], for change.
fn walk(
    block: &mut Block,
    on_block: &mut dyn FnMut(&mut Block),
    on_run: &mut dyn FnMut(&mut Vec<Inline>),
) {
    on_block(block);
    match &mut block.kind {
        BlockKind::Heading(heading) => on_run(&mut heading.content),
        BlockKind::Paragraph(content) => on_run(content),
        BlockKind::List(list) => {
            for inner in list.items.iter_mut().flat_map(|item| &mut item.blocks) {
                walk(inner, on_block, on_run);
            }
        }
        BlockKind::Definitions(definitions) => {
            for definition in definitions {
                on_run(&mut definition.term);
                for inner in definition.details.iter_mut().flatten() {
                    walk(inner, on_block, on_run);
                }
            }
        }
        BlockKind::Quote(blocks) | BlockKind::Admonition(Admonition { blocks, .. }) => {
            for inner in blocks {
                walk(inner, on_block, on_run);
            }
        }
        BlockKind::Table(table) => {
            if let Some(caption) = &mut table.caption {
                on_run(&mut caption.content);
            }
            cells(table, on_run);
            table.notes.iter_mut().for_each(|note| walk(note, on_block, on_run));
        }
        BlockKind::Chart(chart) => {
            if let Some(caption) = &mut chart.caption {
                on_run(&mut caption.content);
            }
            cells(&mut chart.data, on_run);
            chart.notes.iter_mut().for_each(|note| walk(note, on_block, on_run));
        }
        BlockKind::Figure(figure) => {
            if let Some(caption) = &mut figure.caption {
                on_run(&mut caption.content);
            }
        }
        BlockKind::Pulled(figures) => {
            for figure in figures {
                on_run(&mut figure.number);
                on_run(&mut figure.label);
            }
        }
        BlockKind::Code { .. } | BlockKind::Rule | BlockKind::Contents => {}
    }
}

fn cells(table: &mut Table, on_run: &mut dyn FnMut(&mut Vec<Inline>)) {
    let rows = table.rows.iter_mut().flatten();
    let cells = table.head.iter_mut().chain(rows).chain(&mut table.total);
    cells.for_each(|cell| on_run(&mut cell.content));
}

fn inlines(run: &mut [Inline], change: &mut dyn FnMut(&mut Inline)) {
    for inline in run {
        change(inline);
        if let Some(inner) = inner_run(&mut inline.kind) {
            inlines(inner, change);
        }
    }
}

fn inner_run(kind: &mut InlineKind) -> Option<&mut Vec<Inline>> {
    match kind {
        InlineKind::Strong(inner)
        | InlineKind::Emphasis(inner)
        | InlineKind::Strike(inner)
        | InlineKind::Link { content: inner, .. } => Some(inner),
        _ => None,
    }
}

/// Takes away the soft line breaks that stand for no space, and joins the texts that
/// then meet.
pub fn settle_breaks(run: &mut Vec<Inline>, language: Language) {
    let mut breaks = Breaks::default();
    breaks.read(run, language);
    if breaks.vanish.iter().any(|&vanishes| vanishes) {
        remove(run, &mut breaks.vanish.iter().copied());
    }
}

/// What is known of the soft line breaks of a run.
#[derive(Default)]
struct Breaks {
    /// For each break, in order, whether it vanishes.
    vanish: Vec<bool>,
    /// The character before.
    before: Option<char>,
    /// The break that waits for the character after it.
    waiting: Option<usize>,
}

impl Breaks {
    fn read(&mut self, run: &[Inline], language: Language) {
        for inline in run {
            match &inline.kind {
                InlineKind::Text(text) | InlineKind::Code(text) => {
                    self.text(text, language);
                }
                InlineKind::Figure(figure) => self.text(&figure.text, language),
                InlineKind::Strong(inner)
                | InlineKind::Emphasis(inner)
                | InlineKind::Strike(inner)
                | InlineKind::Link { content: inner, .. } => self.read(inner, language),
                InlineKind::SoftBreak => {
                    self.waiting = Some(self.vanish.len());
                    self.vanish.push(false);
                }
                // The mark of a note hangs on the character before it.
                InlineKind::NoteRef { .. } => {}
                InlineKind::Image(_) | InlineKind::HardBreak => {
                    self.before = None;
                    self.waiting = None;
                }
            }
        }
    }

    fn text(&mut self, text: &str, language: Language) {
        let Some(first) = text.chars().next() else { return };
        if let (Some(at), Some(before)) = (self.waiting.take(), self.before) {
            self.vanish[at] = break_vanishes(before, first, language);
        }
        let is_selector =
            |c: &char| matches!(*c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}');
        self.before = text.chars().rev().find(|c| !is_selector(c));
    }
}

fn remove(run: &mut Vec<Inline>, vanish: &mut dyn Iterator<Item = bool>) {
    let mut kept: Vec<Inline> = Vec::with_capacity(run.len());
    let mut joined = false;
    for mut inline in run.drain(..) {
        if let Some(inner) = inner_run(&mut inline.kind) {
            remove(inner, vanish);
        }
        if inline.kind == InlineKind::SoftBreak && vanish.next() == Some(true) {
            joined = true;
            continue;
        }
        if let InlineKind::Text(text) = &inline.kind
            && std::mem::take(&mut joined)
            && let Some(Inline { place, kind: InlineKind::Text(before) }) =
                kept.last_mut()
        {
            before.push_str(text);
            *place = span(*place, inline.place);
            continue;
        }
        joined = false;
        kept.push(inline);
    }
    *run = kept;
}

/// The place from the beginning of one to the end of another, where both are in one
/// file.
fn span(first: Place, last: Place) -> Place {
    match (first.range(), last.range()) {
        (Some(from), Some(to)) if first.file == last.file && from.start <= to.end => {
            Place::bytes(first.file, from.start..to.end)
        }
        _ => first,
    }
}

/// Whether a line break between two characters stands for no space: the segment break
/// transformation of CSS Text 4 (<https://www.w3.org/TR/css-text-4/#line-break-transform>).
fn break_vanishes(before: char, after: char, language: Language) -> bool {
    if before == '\u{200B}' || after == '\u{200B}' {
        return true;
    }
    let wide = |c: char| cjk::is_wide(c) && !cjk::is_hangul(c);
    if wide(before) && wide(after) {
        return true;
    }
    let chinese = language == Language::Zh;
    let soft = |c: char| cjk::is_ambiguous(c) && cjk::is_punctuation(c);
    let full = |c: char| cjk::is_wide(c) && cjk::is_punctuation(c);
    chinese
        && ((soft(before) && wide(after))
            || (wide(before) && soft(after))
            || full(before)
            || full(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_break_between_chinese_characters_vanishes() {
        for (before, after) in [
            ('中', '文'),
            ('，', '文'),
            ('中', '。'),
            ('”', '的'),
            ('是', '“'),
            ('，', 'A'),
        ] {
            assert!(break_vanishes(before, after, Language::Zh), "{before}{after}");
        }
        for (before, after) in
            [('中', 'A'), ('0', '年'), ('a', 'b'), ('“', 'a'), ('한', '국')]
        {
            assert!(!break_vanishes(before, after, Language::Zh), "{before}{after}");
        }
        assert!(!break_vanishes('，', 'A', Language::En));
        assert!(break_vanishes('中', '文', Language::En));
    }
}
