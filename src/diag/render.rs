//! Findings as text for people: with the editor's own line, or one line each.
//!
//! The texts may hold ANSI colours, never another control character: what files and
//! messages bring of those is made visible ([`visible`]).

use std::fmt::Write as _;
use std::ops::Range;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::{Diagnostic, Diagnostics, Severity};
use crate::source::{Place, SourceFile, Sources, Span};

/// Whether a rendering holds ANSI colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Plain,
    /// With colours.
    Ansi,
}

/// The most characters of a line that a frame shows; what is further away from the
/// marked words is left out, with `…` in its place.
pub const MAX_FRAME: usize = 72;

/// The most characters that a frame marks; the mark of a longer stretch ends there.
pub const MAX_MARK: usize = 48;

/// The most characters of a message or hint that are printed.
pub const MAX_MESSAGE: usize = 600;

/// Renders a finding with the line it is about:
///
/// ```text
/// error[unknown-figure]: there is no figure `捐赠`
///   --> content/baoji/2020/ten-events.md:14:9
///    |
/// 14 | 共募集{{ f.捐赠 }}
///    |            ^^^^
///    |
///    = help: did you mean `捐款`?
/// ```
pub fn human(diagnostic: &Diagnostic, sources: &Sources, colour: Colour) -> String {
    let paint = Paint { colour, severity: diagnostic.severity };
    let places = diagnostic
        .place
        .iter()
        .map(|place| (*place, None))
        .chain(diagnostic.related.iter().map(|(place, words)| (*place, Some(words))));
    let frames: Vec<Frame> =
        places.map(|(place, words)| frame(sources, place, words)).collect();
    let gutter = frames.iter().map(|frame| frame.number.len()).max().unwrap_or(0).max(1);
    let mut out = format!(
        "{}: {}\n",
        paint.severity(&format!(
            "{}[{}]",
            diagnostic.severity.word(),
            diagnostic.code.id
        )),
        paint.strong(&message(&diagnostic.message))
    );
    for (at, frame) in frames.iter().enumerate() {
        write_frame(
            &mut out,
            frame,
            paint,
            gutter,
            at == 0 && diagnostic.place.is_some(),
        );
        let more = at + 1 < frames.len() || !diagnostic.hints.is_empty();
        if frame.excerpt.is_some() && more {
            let _ = writeln!(out, "{:gutter$} {}", "", paint.rule("|"));
        }
    }
    for hint in &diagnostic.hints {
        let mark = paint.rule("=");
        let _ = writeln!(
            out,
            "{:gutter$} {mark} {}: {}",
            "",
            paint.strong("help"),
            message(hint)
        );
    }
    out.truncate(out.trim_end().len());
    out
}

/// Writes where a place is, and its line with the mark below.
fn write_frame(
    out: &mut String,
    frame: &Frame,
    paint: Paint,
    gutter: usize,
    is_first: bool,
) {
    let (arrow, mark) = if is_first { ("-->", "^") } else { (":::", "-") };
    let rule = paint.rule("|");
    let _ = writeln!(out, "{:gutter$}{} {}", "", paint.rule(arrow), frame.origin);
    let words = frame.words.as_deref();
    let Some(excerpt) = &frame.excerpt else {
        if let Some(words) = words {
            let label = paint.strong("note");
            let _ = writeln!(out, "{:gutter$} {} {label}: {words}", "", paint.rule("="));
        }
        return;
    };
    let number = paint.rule(&format!("{:>gutter$}", frame.number));
    let indent = " ".repeat(excerpt.before.width());
    let mark = mark.repeat(excerpt.marked.width().max(1));
    let label = words.map(|words| format!("{mark} {words}")).unwrap_or(mark);
    let label = if is_first { paint.severity(&label) } else { paint.rule(&label) };
    let (before, marked, after) = (&excerpt.before, &excerpt.marked, &excerpt.after);
    let _ = writeln!(out, "{:gutter$} {rule}", "");
    let _ = writeln!(out, "{number} {rule} {before}{marked}{after}");
    let _ = writeln!(out, "{:gutter$} {rule} {indent}{label}", "");
}

/// The colours of a rendering.
#[derive(Clone, Copy)]
struct Paint {
    colour: Colour,
    severity: Severity,
}

impl Paint {
    fn severity(self, text: &str) -> String {
        let colour = match self.severity {
            Severity::Error => AnsiColor::BrightRed,
            Severity::Warning => AnsiColor::BrightYellow,
            Severity::Note => AnsiColor::BrightGreen,
        };
        self.paint(colour.on_default().bold(), text)
    }

    fn rule(self, text: &str) -> String {
        self.paint(AnsiColor::BrightBlue.on_default().bold(), text)
    }

    fn strong(self, text: &str) -> String {
        self.paint(Style::new().bold(), text)
    }

    fn paint(self, style: Style, text: &str) -> String {
        match self.colour {
            Colour::Plain => text.to_owned(),
            Colour::Ansi => format!("{style}{text}{style:#}"),
        }
    }
}

/// Renders a finding in one line: `file:line:col: error[code]: message`.
pub fn short(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let place = diagnostic
        .place
        .map(|place| format!("{}: ", visible(&sources.show(place))))
        .unwrap_or_default();
    let (word, code) = (diagnostic.severity.word(), diagnostic.code.id);
    format!("{place}{word}[{code}]: {}", message(&diagnostic.message))
}

/// Counts the findings: `3 errors, 1 warning`; `None` where there are none.
pub fn summary(diagnostics: &Diagnostics) -> Option<String> {
    let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .filter_map(|severity| match diagnostics.count(severity) {
            0 => None,
            1 => Some(format!("1 {}", severity.word())),
            more => Some(format!("{more} {}s", severity.word())),
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Makes characters visible that a terminal would obey or that would reorder a line:
/// control characters as their pictures (U+2400…), others as `�`; line breaks and tabs
/// as spaces.
pub fn visible(text: &str) -> String {
    text.chars().map(visible_char).collect()
}

fn visible_char(found: char) -> char {
    match found {
        '\n' | '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(found)).unwrap_or('�'),
        '\u{7f}' => '␡',
        // C1 controls; marks, embeddings, overrides and isolates of the bidirectional
        // algorithm (UAX #9, section 2); separators that some terminals break lines at.
        '\u{80}'..='\u{9f}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{061c}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{2028}'
        | '\u{2029}'
        // Private use: our own marks, which no terminal can show.
        | '\u{f0000}'..='\u{10ffff}' => '�',
        _ => found,
    }
}

fn message(text: &str) -> String {
    let mut out: String = text.chars().take(MAX_MESSAGE).map(visible_char).collect();
    if text.chars().nth(MAX_MESSAGE).is_some() {
        out.push('…');
    }
    out
}

/// A place as it is shown.
pub(super) struct Frame {
    /// `content/a.md:3:1`.
    pub(super) origin: String,
    /// The number of its line; empty without an excerpt.
    pub(super) number: String,
    /// Its line, where it is part of a text.
    pub(super) excerpt: Option<Excerpt>,
    /// What is said about it.
    pub(super) words: Option<String>,
}

/// A place as it is shown, with what is said about it.
pub(super) fn frame(sources: &Sources, place: Place, words: Option<&String>) -> Frame {
    let origin = visible(&sources.show(place));
    let words = words.map(|words| message(words));
    match place.range() {
        None => Frame { origin, number: String::new(), excerpt: None, words },
        Some(range) => {
            let file = sources.get(place.file);
            let number = file.line_col(range.start).line.to_string();
            Frame { origin, number, excerpt: Some(excerpt(file, range)), words }
        }
    }
}

/// A part of a line, fit to be printed.
pub(super) struct Excerpt {
    /// What stands before the marked words.
    pub(super) before: String,
    /// The marked words.
    pub(super) marked: String,
    /// What stands after them.
    pub(super) after: String,
}

/// Cuts the part of the line around the beginning of a range that is worth showing; the
/// mark ends with the line.
fn excerpt(file: &SourceFile, range: Range<usize>) -> Excerpt {
    let text = file.text.as_str();
    let start = floor(text, range.start);
    let end = floor(text, range.end).max(start);
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find(['\n', '\r']).map_or(text.len(), |at| start + at);
    let marked: String = text[start..end.min(line_end)].chars().take(MAX_MARK).collect();
    let rest = &text[start + marked.len()..line_end];
    let room = MAX_FRAME.saturating_sub(marked.chars().count());
    // A third of the room goes before the mark, unless what follows needs less.
    let before_room = (room / 3).max(room - rest.chars().take(room).count());
    let mut before: Vec<char> =
        text[line_start..start].chars().rev().take(before_room + 1).collect();
    if before.len() > before_room {
        before.truncate(before_room);
        before.push('…');
    }
    let after_room = room.saturating_sub(before.len());
    let mut after: String = rest.chars().take(after_room).map(visible_char).collect();
    if rest.chars().nth(after_room).is_some() {
        after.push('…');
    }
    let before = before.into_iter().rev().map(visible_char).collect();
    Excerpt { before, marked: visible(&marked), after }
}

fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// Line and column of a place's ends, or sheet and cell: what JSON gives.
pub(super) fn ends(sources: &Sources, place: Place) -> Ends {
    let file = sources.get(place.file);
    match place.span {
        Span::Whole => Ends::Whole,
        Span::Bytes { start, end } => {
            let (start, end) = (start as usize, end as usize);
            Ends::Text(file.line_col(start), file.line_col(end.max(start)))
        }
        Span::Cell { sheet, row, col } => Ends::Cell {
            sheet: file.sheets.get(sheet as usize).cloned().unwrap_or_default(),
            cell: format!("{}{}", crate::source::column_letters(col), row + 1),
        },
    }
}

/// See [`ends`].
pub(super) enum Ends {
    /// A whole file.
    Whole,
    /// From one place of a text to another.
    Text(crate::source::LineCol, crate::source::LineCol),
    /// A cell.
    Cell {
        /// Name of the sheet.
        sheet: String,
        /// The cell: `D7`.
        cell: String,
    },
}

#[cfg(test)]
mod tests;
