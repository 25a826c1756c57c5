//! Anchors: those that are set, and readable ones for everything else.

use std::collections::BTreeMap;

use crate::diag::codes::parse as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::{BlockKind, Document, plain_text};
use crate::parse::{Context, inlines};
use crate::source::Place;

/// Gives every heading and caption an anchor that no other has.
///
/// Anchors that are set keep their words and come first; a heading without one gets its
/// own words, a caption `table-1` or `figure-1`; repeated ones get `-2`, `-3`.
pub fn anchors(document: &mut Document, _: &Context<'_>, diags: &mut Diagnostics) {
    let mut taken = Taken::default();
    for note in &document.notes {
        taken.places.insert(note.anchor.clone(), note.place);
    }
    inlines::each_block(document, &mut |block| {
        let place = block.place;
        let Some((anchor, _)) = anchor_of(&mut block.kind) else { return };
        if anchor.is_empty() {
            return;
        }
        if let Some(&first) = taken.places.get(anchor.as_str()) {
            let message = format!("anchor `{anchor}` is set twice");
            diags.add(
                Diagnostic::new(&codes::DUPLICATE_ANCHOR, place, message)
                    .related(first, "first set here")
                    .hint("give one of them another anchor"),
            );
        }
        *anchor = taken.unique(anchor, place);
    });
    let mut anchors = Vec::new();
    inlines::each_block(document, &mut |block| {
        let place = block.place;
        let Some((anchor, words)) = anchor_of(&mut block.kind) else { return };
        if anchor.is_empty() {
            *anchor = taken.unique(&words, place);
        }
        anchors.push(anchor.clone());
    });
    anchors.extend(document.notes.iter().map(|note| note.anchor.clone()));
    document.anchors = anchors;
}

/// The anchor of a block that has one, and the words for it where none is set.
fn anchor_of(kind: &mut BlockKind) -> Option<(&mut String, String)> {
    match kind {
        BlockKind::Heading(heading) => {
            let words = slug(&plain_text(&heading.content));
            Some((&mut heading.anchor, words))
        }
        BlockKind::Table(table) => {
            let caption = table.caption.as_mut()?;
            Some((&mut caption.anchor, format!("table-{}", caption.number)))
        }
        BlockKind::Figure(figure) => {
            let caption = figure.caption.as_mut()?;
            Some((&mut caption.anchor, format!("figure-{}", caption.number)))
        }
        BlockKind::Chart(chart) => {
            let caption = chart.caption.as_mut()?;
            Some((&mut caption.anchor, format!("figure-{}", caption.number)))
        }
        _ => None,
    }
}

/// Letters, digits and Han in lower case, `-` for white space, no punctuation but `-` and
/// `_`; `section` where nothing is left.
fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if c == '_' || (c == '-' && !out.ends_with('-')) {
            out.push(c);
        } else if c.is_whitespace() && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let out = out.trim_matches('-');
    if out.is_empty() { "section".to_owned() } else { out.to_owned() }
}

/// The anchors that are taken.
#[derive(Default)]
struct Taken {
    places: BTreeMap<String, Place>,
    /// The last number that was put behind a word.
    numbers: BTreeMap<String, usize>,
}

impl Taken {
    /// The words, with the first number behind them that makes them an anchor of their
    /// own.
    fn unique(&mut self, words: &str, place: Place) -> String {
        let mut anchor = words.to_owned();
        while self.places.contains_key(&anchor) {
            let number = self.numbers.entry(words.to_owned()).or_insert(1);
            *number += 1;
            anchor = format!("{words}-{number}");
        }
        self.places.insert(anchor.clone(), place);
        anchor
    }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn anchors_are_readable() {
        assert_eq!(slug("一、总体情况"), "一总体情况");
        assert_eq!(
            slug(" “两个覆盖”：Party  Building 2020 "),
            "两个覆盖party-building-2020"
        );
        assert_eq!(slug("e-mail – snake_case"), "e-mail-snake_case");
        assert_eq!(slug("！"), "section");
    }
}
