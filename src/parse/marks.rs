//! Marks that make a manuscript ready for pulldown-cmark, and their way back.
//!
//! Marks are private-use characters of plane 16, which `load` refuses in input. To the
//! Markdown parser they are letters without meaning; every string that it hands out goes
//! through [`decode`] or [`plain`], which turn them back. There are five:
//!
//! - punctuation beside a delimiter run that CJK punctuation would keep from opening or
//!   closing emphasis: a run between punctuation can do both (see [`super::cjk`]). It
//!   stands on the side where no punctuation is, so that no other run is beside it, and
//!   is made of a real punctuation character and a mark to leave it out again;
//! - a letter between a delimiter run and printed data, which must not keep the run from
//!   opening or closing emphasis;
//! - an escaped ASCII punctuation character that an expression printed, and a space at
//!   the end of what it printed. A backslash would be enough in text; in code, where a
//!   backslash means itself and a backtick ends the span, only this keeps data inert;
//! - the same between a run and punctuation with a variation selector (`‼` as text), to
//!   let the parser see punctuation before the run;
//! - the beginning of what a figure printed, with its number in two marks; and its end.

use std::ops::Range;

use super::cjk::{self, Before, Side};
use crate::manuscript::{Manuscript, Origin};

const FIGURE_HIGH: u32 = 0x10_0000;
const FIGURE_LOW: u32 = 0x10_1000;
const FIGURE_DIGIT: u32 = 0x1000;
const INERT: u32 = 0x10_F000;
const LETTER: char = '\u{10F100}';
const FIGURE_END: char = '\u{10F101}';
/// Punctuation that means nothing to Markdown.
const PUNCTUATION: char = '\u{A1}';
const LEAVE_OUT_NEXT: char = '\u{10F102}';
const LEAVE_OUT_LAST: char = '\u{10F103}';
/// What characters of plane 16 begin with in UTF-8.
const FIRST_BYTE: u8 = 0xF4;

/// A manuscript with marks, and the way back to its offsets.
pub struct Marked {
    /// The text for the Markdown parser.
    pub text: String,
    /// Offsets in `text` from which on offsets in the manuscript are counted anew.
    anchors: Vec<(usize, usize)>,
}

impl Marked {
    /// The range of the manuscript that a range of the marked text came from.
    pub fn back(&self, range: Range<usize>) -> Range<usize> {
        let start = self.back_offset(range.start);
        start..self.back_offset(range.end).max(start)
    }

    fn back_offset(&self, offset: usize) -> usize {
        let after = self.anchors.partition_point(|&(marked, _)| marked <= offset);
        let limit = self.anchors.get(after).map_or(usize::MAX, |&(_, plain)| plain);
        match after.checked_sub(1).and_then(|at| self.anchors.get(at)) {
            Some(&(marked, plain)) => (plain + (offset - marked)).min(limit),
            None => offset.min(limit),
        }
    }
}

/// A change of the text: `len` bytes at `at` become up to two characters.
struct Edit {
    at: usize,
    len: usize,
    with: [Option<char>; 2],
}

/// Sets the marks. `tables` finds the ranges of tables; it is asked only where a run
/// stands beside a `|`.
pub fn encode(manuscript: &Manuscript, tables: &dyn Fn() -> Vec<Range<usize>>) -> Marked {
    let text = &manuscript.text;
    let data = Boundaries::of(manuscript);
    let mut edits = Vec::new();
    reserved(text, &mut edits);
    inert_data(manuscript, &mut edits);
    runs(text, &data, tables, &mut edits);
    figures(manuscript, &mut edits);
    // A stable sort: marks at one place stay in the order of the list above.
    edits.sort_by_key(|edit| edit.at);
    apply(text, &edits)
}

fn apply(text: &str, edits: &[Edit]) -> Marked {
    let mut out = String::with_capacity(text.len() + 4 * edits.len());
    let mut anchors = Vec::with_capacity(2 * edits.len());
    let mut done = 0;
    for edit in edits {
        // Two edits of the same bytes: the first wins.
        let Some(before) = text.get(done..edit.at) else { continue };
        out.push_str(before);
        anchors.push((out.len(), edit.at));
        out.extend(edit.with.iter().flatten());
        done = edit.at + edit.len;
        anchors.push((out.len(), done));
    }
    out.push_str(text.get(done..).unwrap_or(""));
    Marked { text: out, anchors }
}

/// Characters that would be taken for marks: `load` has refused them; here they become
/// the replacement character, so that no input can be misread.
fn reserved(text: &str, edits: &mut Vec<Edit>) {
    if !is_marked(text) {
        return;
    }
    for (at, c) in text.char_indices().filter(|&(_, c)| c >= '\u{100000}') {
        let with = [Some(char::REPLACEMENT_CHARACTER), None];
        edits.push(Edit { at, len: c.len_utf8(), with });
    }
}

/// The ranges of expressions in the text, empty ones included.
fn expressions(manuscript: &Manuscript) -> impl Iterator<Item = Range<usize>> {
    let ends = manuscript.pieces.iter().skip(1).map(|piece| piece.start);
    let ends = ends.chain(std::iter::once(manuscript.text.len()));
    manuscript
        .pieces
        .iter()
        .zip(ends)
        .filter(|(piece, _)| piece.origin == Origin::Expression)
        .map(|(piece, end)| piece.start..end)
}

fn inert_data(manuscript: &Manuscript, edits: &mut Vec<Edit>) {
    let inert = |byte: u8| char::from_u32(INERT + u32::from(byte));
    for range in expressions(manuscript) {
        let Some(printed) = manuscript.text.get(range.clone()) else { continue };
        let bytes = printed.as_bytes();
        let tail = printed.trim_end_matches([' ', '\t', '\x0B', '\x0C']).len();
        let mut at = 0;
        while at < tail {
            let next = bytes.get(at + 1).filter(|_| at + 1 < tail);
            match (bytes[at], next) {
                (b'\\', Some(&next)) if next.is_ascii_punctuation() => {
                    let with = [inert(next), None];
                    edits.push(Edit { at: range.start + at, len: 2, with });
                    at += 2;
                }
                _ => at += 1,
            }
        }
        // Two spaces at the end of a line would be a hard line break.
        for (at, &byte) in bytes.iter().enumerate().skip(tail) {
            let with = [inert(byte), None];
            edits.push(Edit { at: range.start + at, len: 1, with });
        }
    }
}

fn figures(manuscript: &Manuscript, edits: &mut Vec<Edit>) {
    let count = usize::try_from(FIGURE_DIGIT * FIGURE_DIGIT).unwrap_or(usize::MAX);
    for (number, (range, _)) in manuscript.figures.iter().enumerate().take(count) {
        let number = u32::try_from(number).unwrap_or(0);
        let high = char::from_u32(FIGURE_HIGH + number / FIGURE_DIGIT);
        let low = char::from_u32(FIGURE_LOW + number % FIGURE_DIGIT);
        edits.push(Edit { at: range.start, len: 0, with: [high, low] });
        edits.push(Edit { at: range.end, len: 0, with: [Some(FIGURE_END), None] });
    }
}

/// Where expressions begin and end.
struct Boundaries {
    starts: Vec<usize>,
    ends: Vec<usize>,
}

impl Boundaries {
    fn of(manuscript: &Manuscript) -> Self {
        let (starts, ends) =
            expressions(manuscript).map(|range| (range.start, range.end)).unzip();
        Self { starts, ends }
    }

    fn starts_at(&self, at: usize) -> bool {
        self.starts.binary_search(&at).is_ok()
    }

    fn ends_at(&self, at: usize) -> bool {
        self.ends.binary_search(&at).is_ok()
    }
}

/// Sets marks beside the delimiter runs that need them.
fn runs(
    text: &str,
    data: &Boundaries,
    tables: &dyn Fn() -> Vec<Range<usize>>,
    edits: &mut Vec<Edit>,
) {
    let bytes = text.as_bytes();
    let mut tables = Tables { find: tables, found: None };
    let (mut at, mut line) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\n' => line = at + 1,
            // The escaped character is no delimiter.
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 1,
            b'*' | b'_' | b'~' => {
                let mut end = at + 1;
                while bytes.get(end) == Some(&byte)
                    && !data.starts_at(end)
                    && !data.ends_at(end)
                {
                    end += 1;
                }
                run(text, at..end, line, data, &mut tables, edits);
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
}

fn run(
    text: &str,
    run: Range<usize>,
    line: usize,
    data: &Boundaries,
    tables: &mut Tables,
    edits: &mut Vec<Edit>,
) {
    let delimiter = text.as_bytes()[run.start];
    let mut behind = text[line..run.start].chars().rev();
    let (last, second) = (behind.next(), behind.next());
    let before = match last {
        _ if data.ends_at(run.start) => Side::Data,
        None => Side::Edge,
        Some('|') if second != Some('\\') && tables.cover(run.start) => Side::Edge,
        Some(last) => Side::Char(last),
    };
    let after = match text[run.end..].chars().next() {
        _ if data.starts_at(run.end) => Side::Data,
        None | Some('\n') => Side::Edge,
        Some('|') if tables.cover(run.end) => Side::Edge,
        Some(next) => Side::Char(next),
    };
    let insert = |at, with| Edit { at, len: 0, with };
    let punctuation = |side| matches!(side, Side::Char(c) if cjk::is_punctuation(c));
    let selector = matches!(before, Side::Char(last) if cjk::is_variation_selector(last));
    let selected = selector && second.is_some_and(cjk::is_punctuation);
    // A run between punctuation, or between no punctuation, is both-flanking for
    // CommonMark already.
    let punctuation_before = punctuation(before) || selected;
    let punctuation_after = punctuation(after);
    // pulldown-cmark lets every `~~` before a character open, so only closing needs help;
    // `a~~(b)~~c` is struck out here, which the amendments leave as it is.
    // A single `~` strikes only beside spaces and punctuation: `3~5天` is a range.
    let flanks = delimiter == b'*' || (delimiter == b'~' && run.len() == 2);
    let mend = flanks
        && punctuation_before != punctuation_after
        && cjk::both_flanking(Before { side: before, second }, after)
        && !opens_line(&text[line..run.start]);
    if selected || (mend && punctuation_after) {
        edits.push(insert(run.start, [Some(LEAVE_OUT_NEXT), Some(PUNCTUATION)]));
    } else if before == Side::Data {
        edits.push(insert(run.start, [Some(LETTER), None]));
    }
    if mend && punctuation_before {
        edits.push(insert(run.end, [Some(PUNCTUATION), Some(LEAVE_OUT_LAST)]));
    } else if after == Side::Data {
        edits.push(insert(run.end, [Some(LETTER), None]));
    }
}

/// Whether only the marks of quotations and lists stand before: the run then begins its
/// line, and the `>` beside it is no punctuation.
fn opens_line(before: &str) -> bool {
    if !before.ends_with('>') {
        return false;
    }
    let mut rest = before;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '>']);
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let marker = match digits.as_bytes() {
            [b'.' | b')', b' ', ..] if (1..=9).contains(&(rest.len() - digits.len())) => {
                &digits[1..]
            }
            [b'-' | b'+' | b'*', b' ', ..] if digits.len() == rest.len() => &digits[1..],
            _ => return rest.is_empty(),
        };
        rest = marker;
    }
}

/// The tables of a text, found when first asked for.
struct Tables<'a> {
    find: &'a dyn Fn() -> Vec<Range<usize>>,
    found: Option<Vec<Range<usize>>>,
}

impl Tables<'_> {
    fn cover(&mut self, at: usize) -> bool {
        let found = self.found.get_or_insert_with(self.find);
        let after = found.partition_point(|range| range.start <= at);
        after.checked_sub(1).is_some_and(|index| at <= found[index].end)
    }
}

/// A part of a text that was marked.
pub enum Part {
    /// A character of the text.
    Char(char),
    /// What figure `n` of the manuscript printed begins here.
    FigureStart(usize),
    /// It ends here.
    FigureEnd,
}

/// Reads a text of the Markdown parser back.
pub fn decode(text: &str, mut take: impl FnMut(Part)) {
    let mut high = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if chars.next_if_eq(&LEAVE_OUT_LAST).is_some() {
            continue;
        }
        let code = u32::from(c);
        let plain = match code {
            _ if c < '\u{100000}' => c,
            FIGURE_HIGH..FIGURE_LOW => {
                high = code - FIGURE_HIGH;
                continue;
            }
            FIGURE_LOW..INERT => {
                let number = high * FIGURE_DIGIT + (code - FIGURE_LOW);
                take(Part::FigureStart(usize::try_from(number).unwrap_or(usize::MAX)));
                continue;
            }
            _ if c == FIGURE_END => {
                take(Part::FigureEnd);
                continue;
            }
            _ if c == LETTER => continue,
            _ if c == LEAVE_OUT_NEXT => {
                chars.next();
                continue;
            }
            _ => char::from_u32(code - INERT).unwrap_or(char::REPLACEMENT_CHARACTER),
        };
        take(Part::Char(plain));
    }
}

/// Whether there may be marks in a text of the Markdown parser: most have none.
pub fn is_marked(text: &str) -> bool {
    text.as_bytes().contains(&FIRST_BYTE)
}

/// Whether a text of the Markdown parser is this one, marks left aside.
pub fn is_plain(text: &str, without: &str) -> bool {
    if is_marked(text) { plain(text) == without } else { text == without }
}

/// A text of the Markdown parser without marks.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    decode(text, |part| {
        if let Part::Char(c) = part {
            out.push(c);
        }
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manuscript::Piece;
    use crate::source::{SourceFile, Sources};

    /// A manuscript of literal and printed pieces (`true` is printed).
    fn manuscript(pieces: &[(&str, bool)]) -> Manuscript {
        let mut sources = Sources::new();
        let file =
            SourceFile::new("a.md".into(), String::new(), Vec::new(), String::new());
        let place = crate::source::Place::whole(sources.add(file));
        let mut made = Manuscript::default();
        for &(text, printed) in pieces {
            let origin = if printed { Origin::Expression } else { Origin::Literal };
            made.pieces.push(Piece { start: made.text.len(), place, origin });
            made.text.push_str(text);
        }
        made
    }

    fn shown(pieces: &[(&str, bool)]) -> String {
        let marked = encode(&manuscript(pieces), &Vec::new);
        marked.text.replace(LETTER, "x").replace([LEAVE_OUT_NEXT, LEAVE_OUT_LAST], "")
    }

    #[test]
    fn punctuation_stands_only_where_the_amendments_differ() {
        let same = |text| assert_eq!(shown(&[(text, false)]), text);
        assert_eq!(shown(&[("推进**“两个”**常态", false)]), "推进¡**“两个”**¡常态");
        assert_eq!(shown(&[("中**_“甲”_**文", false)]), "中¡**_“甲”_**¡文");
        assert_eq!(shown(&[("a>**中**", false)]), "a>**¡中**");
        same("a **b** c\n***\n* d");
        same("中\\*\\*“中”\\*\\*文");
        same("> >**中**\n> - >**中**");
        same("~~**_this_**~~");
    }

    #[test]
    fn data_stands_like_letters_beside_a_run() {
        let printed =
            |before, data, after| shown(&[(before, false), (data, true), (after, false)]);
        assert_eq!(printed("是**", "“甲”", "**的"), "是**x“甲”x**的");
        assert_eq!(printed("**", "", "**"), "**xx**");
        assert_eq!(printed("_", "（甲）", "_"), "_x（甲）x_");
        assert_eq!(printed("（**", "甲", "**）"), "（**¡甲¡**）");
    }

    #[test]
    fn what_was_marked_reads_back() {
        for text in ["中**“a”**文", "（\u{FE00}**a", "“\u{FE01}_a_", "a~~（b）~~中"]
        {
            let marked = encode(&manuscript(&[(text, false)]), &Vec::new);
            assert_ne!(marked.text, text);
            assert_eq!(plain(&marked.text), text);
        }
        let data = manuscript(&[("`", false), (r"a\`\*  ", true), ("`", false)]);
        let marked = encode(&data, &Vec::new);
        assert_eq!(plain(&marked.text), "`a`*  `");
        assert_eq!(plain("a\u{A1}b"), "a\u{A1}b");
    }

    #[test]
    fn offsets_lead_back() {
        let data = manuscript(&[("中**“a”**文", false), (r"\*b", true)]);
        let marked = encode(&data, &Vec::new);
        let marks = |c: char| c >= '\u{100000}' || c == PUNCTUATION;
        for (at, c) in marked.text.char_indices().filter(|&(_, c)| !marks(c)) {
            let range = marked.back(at..at + c.len_utf8());
            assert_eq!(data.text.get(range), Some(c.to_string().as_str()));
        }
        assert_eq!(marked.back(0..marked.text.len()), 0..data.text.len());
    }

    #[test]
    fn marks_in_the_input_are_replaced() {
        assert_eq!(shown(&[("a\u{10F100}b", false)]), "a\u{FFFD}b");
    }
}
