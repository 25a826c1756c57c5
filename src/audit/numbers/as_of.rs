//! The day up to which a sentence says its figures are true (截至), against the figures'
//! own.

use super::Numbers;
use crate::diag::codes::audit::AS_OF_MISMATCH;
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::{Block, BlockKind, Inline, InlineKind, walk_block};
use crate::model::{Date, Figure, Period};
use crate::source::Place;

/// What a day up to which something is true is announced by.
const UP_TO: [&str; 3] = ["截至", "截止到", "截止"];

/// Where a sentence ends, and with it what it says of its figures.
const ENDS: [char; 5] = ['。', '；', '！', '？', '\n'];

/// Reports figures whose `as_of` is not the day that their sentence names before them.
pub(super) fn as_of(work: &Numbers<'_>, diags: &mut Diagnostics) {
    let notes = work.document.notes.iter().flat_map(|note| &note.blocks);
    for block in work.document.blocks.iter().chain(notes) {
        walk_block(block, &mut |block| of_block(work, block, diags), &mut |_| {});
    }
}

fn of_block(work: &Numbers<'_>, block: &Block, diags: &mut Diagnostics) {
    let BlockKind::Paragraph(content) = &block.kind else { return };
    let mut line = Line::default();
    line.read(content);
    for (start, name, place) in &line.figures {
        let Some(figure) = (work.figure)(name) else { continue };
        let Some(as_of) = figure.as_of else { continue };
        let before = &line.text[..*start];
        let sentence = before.rsplit(ENDS).next().unwrap_or(before);
        let Some(said) = said(sentence, work.period) else { continue };
        if said.holds(as_of) {
            continue;
        }
        diags.add(differs(figure, &said, as_of, *place));
    }
}

fn differs(figure: &Figure, said: &Said, as_of: Date, place: Place) -> Diagnostic {
    let Said { text, .. } = said;
    let message =
        format!("`{}` is as of {as_of}, and the sentence says `{text}`", figure.label);
    Diagnostic::new(&AS_OF_MISMATCH, place, message)
        .related(figure.value_place, "the value stands here")
        .hint(format!(
            "print the day from the data: `{{{{ figure.{}.as_of }}}}`",
            figure.item.id
        ))
}

/// The words of a paragraph, and where its figures stand in them.
#[derive(Default)]
struct Line<'a> {
    text: String,
    figures: Vec<(usize, &'a str, Place)>,
}

impl<'a> Line<'a> {
    fn read(&mut self, content: &'a [Inline]) {
        for inline in content {
            match &inline.kind {
                InlineKind::Text(text) => self.text.push_str(text),
                InlineKind::Figure(figure) => {
                    let name = figure.figure.name.as_str();
                    self.figures.push((self.text.len(), name, inline.place));
                    self.text.push_str(&figure.text);
                }
                InlineKind::Strong(inner)
                | InlineKind::Emphasis(inner)
                | InlineKind::Strike(inner)
                | InlineKind::Link { content: inner, .. } => self.read(inner),
                InlineKind::HardBreak | InlineKind::SoftBreak => self.text.push(' '),
                InlineKind::Code(_)
                | InlineKind::Image(_)
                | InlineKind::NoteRef { .. } => {}
            }
        }
    }
}

/// A day that a sentence names.
struct Said {
    /// As it stands there.
    text: String,
    date: Date,
    /// Whether it is the last day of its month or year (底, 末).
    end: bool,
}

impl Said {
    /// Whether a figure that is true on that day is true as the sentence says.
    fn holds(&self, as_of: Date) -> bool {
        let (first, last) = (self.date.first_day(), self.date.last_day());
        let day = as_of.last_day();
        if self.end { day == last } else { first <= day && day <= last }
    }
}

/// The day after the last 截至 of a sentence; a day without a year is one of the year that
/// the edition reports on.
fn said(sentence: &str, period: Option<Period>) -> Option<Said> {
    let found = UP_TO.iter().filter_map(|word| {
        let at = sentence.rfind(word)?;
        Some(at + word.len())
    });
    let rest = sentence.get(found.max()?..)?.trim_start();
    let mut numbers = [None; 3];
    let (mut at, mut end) = (0, false);
    for (slot, units) in [(0, "年"), (1, "月"), (2, "日号")] {
        let digits = rest[at..].len()
            - rest[at..].trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let unit = rest[at + digits..].chars().next();
        let Some(unit) = unit.filter(|unit| digits > 0 && units.contains(*unit)) else {
            continue;
        };
        numbers[slot] = rest[at..at + digits].parse::<i16>().ok();
        at += digits + unit.len_utf8();
    }
    if let Some(mark) = rest[at..].chars().next().filter(|mark| "底末".contains(*mark))
    {
        (at, end) = (at + mark.len_utf8(), true);
    }
    let [year, month, day] = numbers;
    let year = year.or_else(|| month.and(Some(period?.last_day().year())))?;
    let small = |number: Option<i16>| number.map(i8::try_from).transpose().ok();
    let date = Date::new(year, small(month)?, small(day)?)?;
    Some(Said { text: rest[..at].to_owned(), date, end })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_says_up_to_when() {
        let period = Period::parse("2020").ok();
        let date = |text: &str| Date::parse(text).expect("a date");
        for (sentence, day, holds) in [
            ("截至2020年12月底，共有", "2020-12-31", true),
            ("截至2020年12月底，共有", "2020-12-30", false),
            ("截至2020年12月，共有", "2020-12-30", true),
            ("截至12月31日", "2020-12-31", true),
            ("截至年底", "2020-12-31", true),
            ("截止到2019年末", "2020-12-31", false),
            ("截至2020年6月30日", "2020-12-31", false),
        ] {
            let said = said(sentence, period);
            match said {
                Some(said) => assert_eq!(said.holds(date(day)), holds, "{sentence}"),
                None => assert!(sentence.contains("截至年底"), "{sentence}"),
            }
        }
        assert!(said("共有442家", period).is_none());
        assert!(said("截至目前", period).is_none());
    }
}
