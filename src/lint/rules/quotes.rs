//! Quotation marks.

use std::ops::Range;

use super::super::line::{Finds, Line, is_han};
use crate::prose::GAP;

/// The longest text between two marks that are taken for a pair, in bytes.
const LONGEST: usize = 600;

/// `"`…`"` around Chinese.
pub(super) fn straight(line: &Line<'_>, finds: &mut Finds<'_>) {
    if line.text.contains(GAP) {
        return;
    }
    let double = doubles(line);
    for (open, close) in &double {
        let inner = is_inside(&line.text[..open.start]);
        let marks = if inner { ("‘", "’") } else { ("“", "”") };
        say(line, open, close, marks, finds);
    }
    for (open, close) in singles(line) {
        let inner = is_inside(&line.text[..open.start])
            || double
                .iter()
                .any(|(left, right)| left.start < open.start && close.end < right.end);
        let marks = if inner { ("‘", "’") } else { ("“", "”") };
        say(line, &open, &close, marks, finds);
    }
}

fn say(
    line: &Line<'_>,
    open: &Range<usize>,
    close: &Range<usize>,
    (left, right): (&str, &str),
    finds: &mut Finds<'_>,
) {
    let message = "straight quotation marks stand in Chinese text";
    finds.replace_all(line, &[(open.clone(), left), (close.clone(), right)], message);
}

/// Whether “ is open at the end of a text.
fn is_inside(before: &str) -> bool {
    before.matches('“').count() > before.matches('”').count()
}

type Pair = (Range<usize>, Range<usize>);

/// Pairs of `"` in their order; none where their number is odd.
fn doubles(line: &Line<'_>) -> Vec<Pair> {
    let marks: Vec<Range<usize>> = line
        .text
        .char_indices()
        .filter(|(at, found)| matches!(found, '"' | '＂') && !line.is_protected(*at))
        .map(|(at, found)| at..at + found.len_utf8())
        .collect();
    if marks.len() % 2 == 1 {
        return Vec::new();
    }
    let pairs = marks.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone()));
    pairs.filter(|(open, close)| is_quotation(line, open.end..close.start)).collect()
}

/// Pairs of `'` that are no apostrophes.
fn singles(line: &Line<'_>) -> Vec<Pair> {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let marks: Vec<usize> = line.text.match_indices('\'').map(|(at, _)| at).collect();
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    for at in marks.into_iter().filter(|at| !line.is_protected(*at)) {
        match open.take() {
            Some(start)
                if !letter(line.after(at + 1)) && is_quotation(line, start + 1..at) =>
            {
                out.push((start..start + 1, at..at + 1));
            }
            _ if !letter(line.before(at)) => open = Some(at),
            _ => {}
        }
    }
    out
}

/// Whether marks around a range quote Chinese.
fn is_quotation(line: &Line<'_>, inside: Range<usize>) -> bool {
    let text = &line.text[inside];
    let blank = |c: char| c.is_whitespace();
    !text.is_empty()
        && text.len() <= LONGEST
        && !text.starts_with(blank)
        && !text.ends_with(blank)
        && !text.contains('\n')
        && text.chars().any(is_han)
}

/// 「」 and 『』.
pub(super) fn corner(line: &Line<'_>, finds: &mut Finds<'_>) {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut depth = 0_usize;
    for (at, found) in line.text.char_indices() {
        match found {
            '“' => depth += 1,
            '”' => depth = depth.saturating_sub(1),
            '「' | '『' => open.push((at, found)),
            '」' | '』' => {
                let partner = if found == '」' { '「' } else { '『' };
                let Some((start, _)) = open.pop().filter(|(_, left)| *left == partner)
                else {
                    open.clear();
                    continue;
                };
                let inner = depth > 0 || !open.is_empty();
                let (left, right) = if inner { ("‘", "’") } else { ("“", "”") };
                let width = found.len_utf8();
                let edits = [(start..start + width, left), (at..at + width, right)];
                finds.replace_all(line, &edits, "corner marks are for vertical text");
            }
            GAP => open.clear(),
            _ => {}
        }
    }
}

/// “…“…”…”, “…“, ”…”, ‘…’.
pub(super) fn nesting(line: &Line<'_>, finds: &mut Finds<'_>) {
    if line.text.contains(GAP) {
        return;
    }
    let marks: Vec<(usize, char)> =
        line.text.char_indices().filter(|(_, c)| matches!(c, '“' | '”')).collect();
    if are_turned(line.text) {
        let opening = marks.first().is_some_and(|(_, mark)| *mark == '“');
        for pair in marks.chunks_exact(2) {
            same_marks(line, (pair[0].0, pair[1].0), opening, finds);
        }
        return;
    }
    let mut open = Vec::new();
    let mut inner = Vec::new();
    for (at, mark) in marks {
        match (mark, open.pop()) {
            ('“', before) => {
                open.extend(before);
                open.push(at);
            }
            (_, Some(start)) if open.len() == 1 => inner.push((start, at)),
            (_, Some(_)) => {}
            // What does not pair is reported by another rule.
            (_, None) => return,
        }
    }
    if open.is_empty() {
        for (start, end) in inner {
            let (left, right) = (start..start + "“".len(), end..end + "”".len());
            let message = "quotation marks within quotation marks are `‘’`";
            finds.replace_all(line, &[(left, "‘"), (right, "’")], message);
        }
    }
    single_outside(line, finds);
}

/// Whether all quotation marks of a text are turned to one side, though they are pairs.
pub(super) fn are_turned(text: &str) -> bool {
    let (open, close) = (text.matches('“').count(), text.matches('”').count());
    let count = open + close;
    count >= 2 && count % 2 == 0 && (open == 0 || close == 0)
}

/// Two marks of one side around a word.
fn same_marks(
    line: &Line<'_>,
    (left, right): (usize, usize),
    opening: bool,
    finds: &mut Finds<'_>,
) {
    let inside = &line.text[left + "“".len()..right];
    if inside.is_empty() || inside.len() > LONGEST || inside.contains(['。', '\n']) {
        return;
    }
    let (wrong, with) = if opening { (right, "”") } else { (left, "“") };
    let message =
        format!("the quotation mark is turned the wrong way: `{with}` belongs here");
    finds.replace(line, wrong..wrong + "“".len(), with, message);
}

/// ‘…’ outside “…”.
fn single_outside(line: &Line<'_>, finds: &mut Finds<'_>) {
    let mut from = 0;
    while let Some(start) = line.text[from..].find('‘').map(|at| from + at) {
        let inside = start + "‘".len();
        let Some(end) = line.text[inside..].find('’').map(|at| inside + at) else {
            return;
        };
        from = end + "’".len();
        let quoted = &line.text[inside..end];
        let letters =
            line.before(end).zip(line.after(from)).is_some_and(|(left, right)| {
                left.is_ascii_alphabetic() && right.is_ascii_alphabetic()
            });
        let plain = !quoted.contains(['“', '”', '‘', '\n']) && quoted.chars().any(is_han);
        if plain && !letters && !is_inside(&line.text[..start]) {
            let edits = [(start..inside, "“"), (end..from, "”")];
            let message = "the outer quotation marks are `“”`";
            finds.replace_all(line, &edits, message);
        }
    }
}
