//! Contents, pictures that stand alone, and captions of tables.

use super::tables;
use crate::diag::codes::parse as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::{
    Block, BlockKind, Caption, Document, Image, Inline, InlineKind, PictureBlock, Table,
};
use crate::parse::{Context, Dialect, inlines};

/// What a paragraph holds alone to say where the contents are printed.
const CONTENTS: &str = "[[toc]]";

/// What a paragraph begins with to be the caption of a table.
static TABLE_WORDS: [&str; 4] = ["表：", "表:", "Table:", "Table："];

/// Whether a text would be taken for the contents, or the beginning of a caption or of a
/// table's note.
pub(super) fn is_signal(text: &str) -> bool {
    let begins = |words: &&str| text.starts_with(*words);
    text.trim() == CONTENTS
        || super::pulled::is_signal(text)
        || TABLE_WORDS.iter().any(begins)
        || tables::is_note(text)
}

/// Whether a paragraph is a caption of a table, or a note below one.
pub fn belongs_to_table(content: &[Inline]) -> bool {
    let Some(InlineKind::Text(text)) = content.first().map(|first| &first.kind) else {
        return false;
    };
    caption_words(content).is_some() || tables::is_note(text)
}

/// `[[toc]]` alone in its paragraph becomes the contents.
pub fn contents(document: &mut Document, _: &Context<'_>, _: &mut Diagnostics) {
    inlines::each_block(document, &mut |block| {
        if let BlockKind::Paragraph(content) = &block.kind
            && let [Inline { kind: InlineKind::Text(text), .. }] = content.as_slice()
            && text.trim() == CONTENTS
        {
            block.kind = BlockKind::Contents;
        }
    });
}

/// A picture alone in its paragraph becomes a figure: its title is the caption, `{#id}`
/// behind it the anchor.
pub fn figures(document: &mut Document, context: &Context<'_>, _: &mut Diagnostics) {
    if context.dialect == Dialect::Markdown {
        return;
    }
    inlines::each_block(document, &mut |block| {
        if let BlockKind::Paragraph(content) = &mut block.kind
            && let Some(figure) = figure(content)
        {
            block.kind = BlockKind::Figure(figure);
        }
    });
}

fn figure(content: &[Inline]) -> Option<PictureBlock> {
    let (first, rest) = content.split_first()?;
    let InlineKind::Image(image) = &first.kind else { return None };
    let rest = match rest {
        [Inline { kind: InlineKind::SoftBreak, .. }, rest @ ..] => rest,
        rest => rest,
    };
    let anchor = match rest {
        [] => String::new(),
        [Inline { kind: InlineKind::Text(text), .. }] => {
            let (before, anchor) = split_anchor(text)?;
            before.is_empty().then_some(anchor)?.to_owned()
        }
        _ => return None,
    };
    let words = Some(image.title.clone()).filter(|title| !title.trim().is_empty());
    let words = words.map(|title| Inline {
        place: first.place,
        kind: InlineKind::Text(title.trim().to_owned()),
    });
    let content: Vec<Inline> = words.into_iter().collect();
    let captioned = !content.is_empty() || !anchor.is_empty();
    let caption = captioned.then_some(Caption { number: 0, anchor, content });
    let image = Image { title: String::new(), ..image.clone() };
    Some(PictureBlock { caption, image })
}

/// A paragraph `表：标题 {#id}` directly before a table, or directly after one, becomes
/// its caption.
pub fn captions(document: &mut Document, context: &Context<'_>, diags: &mut Diagnostics) {
    inlines::each_block(document, &mut |block| {
        let place = block.place;
        if let BlockKind::Table(table) = &mut block.kind
            && let Some(content) = last_row(table)
            && let Some((caption, wishes)) = caption(&content)
        {
            table.rows.pop();
            table.caption = Some(caption);
            tables::settle(table, &wishes, place, context, diags);
        }
    });
    inlines::each_blocks(document, &mut |blocks| {
        if !blocks.iter().any(is_caption) {
            return;
        }
        let mut taken = vec![false; blocks.len()];
        // Before a table first: a caption between two tables belongs to the second, as
        // titles of tables stand above them in Chinese print.
        for above in [true, false] {
            for (at, taken) in taken.iter_mut().enumerate() {
                let beside = if above { at.checked_add(1) } else { at.checked_sub(1) };
                let free = !*taken;
                let Some(beside) = beside.filter(|_| free) else { continue };
                let Some(wishes) = attach(blocks, at, beside) else { continue };
                *taken = true;
                let place = blocks[at].place;
                if let BlockKind::Table(table) = &mut blocks[beside].kind {
                    tables::settle(table, &wishes, place, context, diags);
                }
            }
        }
        let mut taken = taken.into_iter();
        blocks.retain(|_| taken.next() != Some(true));
        for block in blocks.iter().filter(|block| has_anchor(block)) {
            diags.add(
                Diagnostic::new(
                    &codes::STRAY_CAPTION,
                    block.place,
                    "this caption stands beside no table",
                )
                .hint("put it directly before the table, with an empty line between"),
            );
        }
    });
}

/// Gives the caption at `at` to the table at `beside`, where both are there; returns what
/// else its braces ask of the table.
fn attach(blocks: &mut [Block], at: usize, beside: usize) -> Option<Vec<String>> {
    let BlockKind::Paragraph(content) = &blocks[at].kind else { return None };
    let (caption, wishes) = caption(content)?;
    match blocks.get_mut(beside).map(|block| &mut block.kind) {
        Some(BlockKind::Table(table)) if table.caption.is_none() => {
            table.caption = Some(caption);
            Some(wishes)
        }
        _ => None,
    }
}

/// The caption that stands as a table's last row, because no empty line parts it from
/// the table.
fn last_row(table: &Table) -> Option<Vec<Inline>> {
    let (first, rest) = table.rows.last()?.split_first()?;
    let alone = rest.iter().all(|cell| cell.content.is_empty());
    let is_caption = caption_words(&first.content).is_some();
    (alone && is_caption).then(|| first.content.clone())
}

/// The words that make a paragraph a caption.
fn caption_words(content: &[Inline]) -> Option<&'static str> {
    let InlineKind::Text(text) = &content.first()?.kind else { return None };
    TABLE_WORDS.into_iter().find(|words| text.starts_with(words))
}

/// Whether a block is a caption.
fn is_caption(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Paragraph(content) if caption_words(content).is_some())
}

/// Whether a block is a caption with an anchor.
fn has_anchor(block: &Block) -> bool {
    let BlockKind::Paragraph(content) = &block.kind else { return false };
    match content.last().map(|last| &last.kind) {
        Some(InlineKind::Text(text)) => {
            caption_words(content).is_some() && split_braces(text).is_some()
        }
        _ => false,
    }
}

/// The caption that a paragraph is, and the other words in its braces.
fn caption(content: &[Inline]) -> Option<(Caption, Vec<String>)> {
    let words = caption_words(content)?;
    let mut content = content.to_vec();
    let mut anchor = String::new();
    let mut wishes = Vec::new();
    if let Some(Inline { kind: InlineKind::Text(text), .. }) = content.last_mut()
        && let Some((before, inside)) = split_braces(text)
    {
        for word in inside.split_whitespace() {
            match word.strip_prefix('#') {
                Some(id) => anchor = id.to_owned(),
                None => wishes.push(word.to_owned()),
            }
        }
        *text = before.to_owned();
    }
    if let Some(Inline { kind: InlineKind::Text(text), .. }) = content.first_mut() {
        let rest = text.strip_prefix(words).unwrap_or(text).trim_start();
        *text = rest.to_owned();
    }
    content.retain(|inline| inline.kind != InlineKind::Text(String::new()));
    Some((Caption { number: 0, anchor, content }, wishes))
}

/// A text that ends in `{#id}`, as what stands before and the id.
pub fn split_anchor(text: &str) -> Option<(&str, &str)> {
    let (before, id) = text.trim_end().strip_suffix('}')?.rsplit_once("{#")?;
    let whole = !id.is_empty() && !id.contains(|c: char| c.is_whitespace() || c == '{');
    whole.then_some((before.trim_end(), id))
}

/// A caption that ends in `{#id 合计}` or `{合计}`, as what stands before and inside. Braces
/// that begin with anything but `#` or a word for tables are words of the caption.
fn split_braces(text: &str) -> Option<(&str, &str)> {
    let (before, inside) = text.trim_end().strip_suffix('}')?.rsplit_once('{')?;
    let first = inside.split_whitespace().next()?;
    let id = first.len() > 1 && first.starts_with('#');
    (id || tables::is_wish(first)).then_some((before.trim_end(), inside))
}
