//! The way back from merged text to the template that printed it.
//!
//! Tera has no map from output to source, so each literal stretch and each expression of
//! a template gets a mark in front: a private-use character of plane 16 with the number
//! of its segment. Rendering carries the marks along; [`read`] takes them out and keeps
//! what they say. Since `load` refuses private-use characters, no input can forge one.
//!
use std::collections::BTreeSet;
use std::ops::Range;

use super::fuel::Gauge;
use crate::manuscript::{Manuscript, Origin, Piece};
use crate::source::{FileId, Place};

/// Begins a mark of a segment; two digits follow.
const SEGMENT: char = '\u{100000}';
/// Begins what a figure printed; two digits follow.
const FIGURE_OPEN: char = '\u{100001}';
/// Ends what a figure printed.
const FIGURE_CLOSE: char = '\u{100002}';
/// A key in tables that must not be printed as a whole.
pub(super) const UNPRINTABLE: &str = "\u{100003}";
/// After the number of a figure: the number of the form it was printed in; two digits
/// follow.
const FIGURE_FORM: char = '\u{100004}';
/// In front of what a filter says of a form that is not true of its value.
pub(super) const UNTRUE: char = '\u{100005}';
/// How a comment begins and ends in a narrative: not Tera's own `{#`, which begins a
/// heading's anchor in Markdown.
pub(super) const COMMENT: (&str, &str) = ("{*", "*}");
/// The first of the 1024 digits.
const DIGIT: u32 = 0x10_0400;
/// How many digits there are.
const BASE: usize = 1024;

/// A template with marks in it.
#[derive(Debug)]
pub(super) struct Marked {
    /// The text for Tera.
    pub text: String,
    /// Where stretches of the marked text came from: offset in it, offset in the source;
    /// in order.
    offsets: Vec<(usize, usize)>,
    /// The tags: their range in the source.
    pub tags: Vec<Range<usize>>,
    /// The segments that its marks name, by number.
    pub segments: Vec<Segment>,
}

impl Marked {
    fn put_segment(&mut self, first: usize, place: Place, origin: Origin) {
        put(&mut self.text, SEGMENT, first + self.segments.len());
        self.segments.push(Segment { place, origin });
    }

    /// Where each segment came from, in order.
    pub fn pieces(&self) -> impl Iterator<Item = (Place, Origin)> + '_ {
        self.segments.iter().map(|segment| (segment.place, segment.origin))
    }

    /// Where the expression begins that holds an offset of the source.
    pub fn expression_at(&self, text: &str, at: usize) -> Option<usize> {
        let tag = self.tags.iter().find(|tag| tag.contains(&at))?;
        text[tag.start..].starts_with("{{").then_some(tag.start)
    }

    /// Copies a range of the source.
    pub fn copy(&mut self, text: &str, range: Range<usize>) {
        self.offsets.push((self.text.len(), range.start));
        self.text.push_str(&text[range]);
    }

    /// The source offset of an offset in the marked text.
    pub fn source_offset(&self, at: usize) -> usize {
        let after = self.offsets.partition_point(|&(marked, _)| marked <= at);
        match after.checked_sub(1).map(|index| self.offsets[index]) {
            Some((marked, source)) => source + (at - marked),
            None => self.offsets.first().map_or(0, |&(_, source)| source),
        }
    }
}

/// A stretch of a template that a mark names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segment {
    place: Place,
    origin: Origin,
}

/// Puts marks into a template. `range` is the part of `text` that is the template; the
/// numbers of its segments begin at `first`. The expressions that begin at the offsets
/// `without` are left out.
///
/// A statement or comment tag that stands alone on its line takes the line with it, so
/// that loops over table rows can be written one tag to a line.
pub(super) fn insert(
    text: &str,
    range: Range<usize>,
    file: FileId,
    first: usize,
    without: &BTreeSet<usize>,
) -> Marked {
    let mut gauge = Gauge::default();
    let mut marked = Marked {
        text: String::with_capacity(range.len() + range.len() / 4),
        offsets: Vec::new(),
        tags: Vec::new(),
        segments: Vec::new(),
    };
    let mut at = range.start;
    let mut last: Option<Tag> = None;
    loop {
        let tag = match &last {
            Some(tag) if tag.opens_raw => end_of_raw(text, at..range.end),
            _ => next_tag(text, at..range.end),
        };
        let end = tag.as_ref().map_or(range.end, |tag| tag.range.start);
        let literal = trimmed(text, at..end, &range, last.as_ref(), tag.as_ref());
        let place = Place::bytes(file, literal.clone());
        marked.put_segment(first, place, Origin::Literal);
        marked.copy(text, literal);
        let Some(tag) = tag else { break };
        match tag.kind {
            TagKind::Expression => {
                let place = Place::bytes(file, tag.range.clone());
                marked.put_segment(first, place, Origin::Expression);
                if !without.contains(&tag.range.start) {
                    gauge.expression(text, tag.range.clone(), &mut marked);
                }
            }
            TagKind::Statement => {
                gauge.statement(text, tag.range.clone(), &mut marked);
            }
            TagKind::Comment => marked.copy(text, tag.range.clone()),
        }
        at = tag.range.end;
        marked.tags.push(tag.range.clone());
        last = Some(tag);
    }
    marked
}

/// The literal between two tags without the white space that they take away: all of it
/// for `-%}` and `{%-` (done here, since Tera would stop at our marks), the rest of the
/// line for a statement that stands alone on it.
fn trimmed(
    text: &str,
    literal: Range<usize>,
    template: &Range<usize>,
    last: Option<&Tag>,
    next: Option<&Tag>,
) -> Range<usize> {
    let mut out = literal;
    if let Some(last) = last {
        if last.trims_after {
            out.start = out.end - text[out.clone()].trim_ascii_start().len();
        } else if let Some(line) =
            own_line(text, template, last).filter(|l| l.end <= out.end)
        {
            out.start = line.end;
        }
    }
    if let Some(next) = next {
        if next.trims_before {
            out.end = out.start + text[out.clone()].trim_ascii_end().len();
        } else if let Some(line) =
            own_line(text, template, next).filter(|l| l.start >= out.start)
        {
            out.end = line.start;
        }
    }
    out
}

/// The line of a statement or comment that stands alone on it, line end included.
fn own_line(text: &str, template: &Range<usize>, tag: &Tag) -> Option<Range<usize>> {
    if tag.kind == TagKind::Expression {
        return None;
    }
    let before = &text[template.start..tag.range.start];
    let start = before.rfind('\n').map_or(template.start, |at| template.start + at + 1);
    let after = &text[tag.range.end..template.end];
    let end = after.find('\n').map_or(template.end, |at| tag.range.end + at + 1);
    let blank = text[start..tag.range.start].trim_ascii().is_empty()
        && text[tag.range.end..end].trim_ascii().is_empty();
    blank.then_some(start..end)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TagKind {
    Expression,
    Statement,
    Comment,
}

#[derive(Debug)]
struct Tag {
    range: Range<usize>,
    kind: TagKind,
    trims_before: bool,
    trims_after: bool,
    opens_raw: bool,
}

impl Tag {
    fn new(text: &str, range: Range<usize>, kind: TagKind) -> Self {
        let tag = &text[range.clone()];
        let body = tag.trim_matches(['-', '%', '{', '}', ' ', '\n', '\t']);
        Self {
            kind,
            trims_before: tag.get(2..).is_some_and(|rest| rest.starts_with('-')),
            trims_after: tag.len() > 4
                && tag.get(..tag.len() - 2).is_some_and(|rest| rest.ends_with('-')),
            opens_raw: kind == TagKind::Statement && body == "raw",
            range,
        }
    }
}

/// The next tag in a range. An unclosed tag reaches to the end, where Tera reports it.
fn next_tag(text: &str, range: Range<usize>) -> Option<Tag> {
    let rest = &text[range.clone()];
    let opens = |at: usize| match &rest.as_bytes()[at + 1..] {
        [b'{', ..] => Some((at, TagKind::Expression)),
        [b'%', ..] => Some((at, TagKind::Statement)),
        [b'*', ..] => Some((at, TagKind::Comment)),
        _ => None,
    };
    let (start, kind) = rest.match_indices('{').find_map(|(at, _)| opens(at))?;
    let inner = &rest[start + 2..];
    let close = match kind {
        TagKind::Comment => inner.find(COMMENT.1).map(|at| at + 2),
        TagKind::Expression => close_outside_strings(inner, "}}"),
        TagKind::Statement => close_outside_strings(inner, "%}"),
    };
    let end = close.map_or(rest.len(), |close| start + 2 + close);
    Some(Tag::new(text, range.start + start..range.start + end, kind))
}

fn close_outside_strings(inner: &str, close: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in inner.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None if inner[at..].starts_with(close) => return Some(at + close.len()),
            None => {}
        }
    }
    None
}

/// The `{% endraw %}` in a range.
fn end_of_raw(text: &str, range: Range<usize>) -> Option<Tag> {
    let mut at = range.start;
    while let Some(open) = text[at..range.end].find("{%") {
        let start = at + open;
        let end = start + text[start..range.end].find("%}")? + 2;
        if text[start + 2..end - 2].trim_matches(['-', ' ', '\n', '\t']) == "endraw" {
            return Some(Tag::new(text, start..end, TagKind::Statement));
        }
        at = end;
    }
    None
}

fn put(out: &mut String, mark: char, number: usize) {
    out.push(mark);
    for digit in [number / BASE % BASE, number % BASE] {
        let digit = DIGIT + u32::try_from(digit).expect("a digit is under 1024");
        out.push(char::from_u32(digit).expect("plane 16 holds characters"));
    }
}

/// What a figure prints: its text between marks that name it.
pub(super) fn figure_text(number: usize, text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    put(&mut out, FIGURE_OPEN, number);
    out.push_str(text);
    out.push(FIGURE_CLOSE);
    out
}

/// What a figure prints in another form: the text between marks that name both.
pub(super) fn formed_text(number: usize, form: usize, text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 28);
    put(&mut out, FIGURE_OPEN, number);
    put(&mut out, FIGURE_FORM, form);
    out.push_str(text);
    out.push(FIGURE_CLOSE);
    out
}

/// The number of the figure that a text is the print of, where it is that and no more.
pub(super) fn sole_figure(text: &str) -> Option<usize> {
    let inner = text.strip_prefix(FIGURE_OPEN)?.strip_suffix(FIGURE_CLOSE)?;
    let (number, rest) = digits(inner)?;
    (!rest.contains([FIGURE_OPEN, FIGURE_CLOSE])).then_some(number)
}

/// A text without marks of figures: for titles and other places that hold text alone.
pub(super) fn strip(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            SEGMENT | FIGURE_OPEN | FIGURE_FORM => {
                if let Some((_, tail)) = digits(rest) {
                    rest = tail;
                }
            }
            FIGURE_CLOSE => {}
            _ => out.push(c),
        }
    }
    out
}

fn digits(text: &str) -> Option<(usize, &str)> {
    let mut chars = text.chars();
    let mut number = 0;
    for _ in 0..2 {
        let digit = (chars.next()? as u32).checked_sub(DIGIT)? as usize;
        if digit >= BASE {
            return None;
        }
        number = number * BASE + digit;
    }
    Some((number, chars.as_str()))
}

/// Merged text with its marks taken out; figures by number.
pub(super) struct Read {
    /// The text and its pieces; the list of figures is empty.
    pub manuscript: Manuscript,
    /// What figures printed.
    pub figures: Vec<Printed>,
}

/// What a figure printed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Printed {
    /// The range of the text.
    pub range: Range<usize>,
    /// The figure's number.
    pub figure: usize,
    /// The number of the form, where it is not that of the record.
    pub form: Option<usize>,
}

/// Takes the marks out of merged text. A figure whose marks a filter tore apart loses its
/// identity, never its text.
pub(super) fn read(
    rendered: &str,
    segment: impl Fn(usize) -> Option<Segment>,
    fallback: Place,
) -> Read {
    let mut text = String::with_capacity(rendered.len());
    let mut pieces: Vec<Piece> = Vec::new();
    let mut figures = Vec::new();
    let mut open: Option<Printed> = None;
    let mut rest = rendered;
    while let Some(at) = rest.find(is_mark) {
        text.push_str(&rest[..at]);
        let mark = rest[at..].chars().next().expect("find gave a character");
        rest = &rest[at + mark.len_utf8()..];
        if mark == FIGURE_CLOSE {
            if let Some(mut printed) = open.take() {
                printed.range.end = text.len();
                figures.push(printed);
            }
            continue;
        }
        let Some((number, tail)) = digits(rest) else { continue };
        rest = tail;
        if mark == FIGURE_OPEN {
            let range = text.len()..text.len();
            open = Some(Printed { range, figure: number, form: None });
        } else if mark == FIGURE_FORM {
            if let Some(printed) = &mut open {
                printed.form = Some(number);
            }
        } else if let Some(Segment { place, origin }) = segment(number) {
            if pieces.last().is_some_and(|last| last.start == text.len()) {
                pieces.pop();
            }
            pieces.push(Piece { start: text.len(), place, origin });
        }
    }
    text.push_str(rest);
    if pieces.first().is_none_or(|first| first.start > 0) {
        pieces.insert(0, Piece { start: 0, place: fallback, origin: Origin::Expression });
    }
    Read { manuscript: Manuscript { text, pieces, figures: Vec::new() }, figures }
}

fn is_mark(c: char) -> bool {
    matches!(c, SEGMENT | FIGURE_OPEN | FIGURE_CLOSE | FIGURE_FORM)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceFile, Sources};

    fn file() -> FileId {
        Sources::new().add(SourceFile::new(
            "a.md".into(),
            String::new(),
            Vec::new(),
            String::new(),
        ))
    }

    fn round_trip(text: &str) -> String {
        let marked = insert(text, 0..text.len(), file(), 0, &BTreeSet::new());
        strip(&marked.text)
    }

    #[test]
    fn marks_leave_expressions_and_text_as_they_are() {
        let text = "捐赠{{ f.a }}，**重点：**{{ f.b }}。\n\n完";
        assert_eq!(round_trip(text), text);
    }

    #[test]
    fn statement_alone_on_its_line_takes_the_line() {
        let text = "|a|\n|-|\n{% if e %}\n|{{ e }}|\n{% endif %}\n完";
        let expected = "|a|\n|-|\n{% if e %}|{{ e }}|\n{% endif %}完";
        assert_eq!(round_trip(text), expected);
    }

    #[test]
    fn statement_within_a_line_leaves_the_line() {
        let text = "前{% if a %}中{% endif %}\n后";
        assert_eq!(round_trip(text), text);
    }

    #[test]
    fn raw_text_is_literal() {
        let text = "前{% raw %}{{ 不是 }}{% endraw %}后";
        let marked = insert(text, 0..text.len(), file(), 0, &BTreeSet::new());
        let tags: Vec<&str> = marked.tags.iter().map(|tag| &text[tag.clone()]).collect();
        assert_eq!(tags, ["{% raw %}", "{% endraw %}"]);
    }

    #[test]
    fn hyphens_take_white_space_away() {
        let text = "一  {{- f.a -}}  二 {%- if x -%} 三 {%- endif %}";
        assert_eq!(round_trip(text), "一{{- f.a -}}二{%- if x -%}三{%- endif %}");
    }

    #[test]
    fn offsets_lead_back_to_the_source() {
        let text = "一{{ f.a }}二{% if x %}三{% endif %}";
        let marked = insert(text, 0..text.len(), file(), 0, &BTreeSet::new());
        for word in ["f.a", "二", "if x", "三"] {
            let there = marked.text.find(word).expect("the word is kept");
            assert_eq!(
                marked.source_offset(there),
                text.find(word).expect("it is there")
            );
        }
    }

    #[test]
    fn figure_keeps_its_number_and_text() {
        let printed = figure_text(2000, "1200余万元");
        let read = read(&format!("共{printed}。"), |_| None, Place::whole(file()));
        assert_eq!(read.manuscript.text, "共1200余万元。");
        let range = 3..3 + "1200余万元".len();
        assert_eq!(read.figures, [Printed { range, figure: 2000, form: None }]);
    }

    #[test]
    fn a_form_is_kept_beside_the_figure() {
        let printed = formed_text(7, 3, "约0.1亿元");
        assert_eq!(sole_figure(&printed), Some(7));
        assert_eq!(sole_figure(&format!("{printed}{printed}")), None);
        assert_eq!(strip(&printed), "约0.1亿元");
        let read = read(&printed, |_| None, Place::whole(file()));
        let range = 0.."约0.1亿元".len();
        assert_eq!(read.figures, [Printed { range, figure: 7, form: Some(3) }]);
    }
}
