//! Brackets.

use std::ops::Range;

use super::super::line::{Finds, Line, closes, is_han, opens};
use super::{Pattern, pattern, quotes};
use crate::prose::GAP;

/// `(`…`)` around or behind Chinese.
pub(super) fn half_width(line: &Line<'_>, finds: &mut Finds<'_>) {
    for (open, close) in pairs(line) {
        let (half_open, half_close) = (open.len() == 1, close.len() == 1);
        let inside = &line.text[open.end..close.start];
        let start = line.text[..open.start].trim_end_matches(' ').len();
        let before = line.before(start);
        let end = line.text.len() - line.text[close.end..].trim_start_matches(' ').len();
        let after = line.after(end);
        let chinese =
            |c: char| is_han(c) || closes(c) || opens(c) || "，。；：、！？".contains(c);
        let around = before.is_some_and(|c| is_han(c) || closes(c))
            && after.is_none_or(|c| chinese(c) || c == '\n');
        if !(half_open || half_close) || !(inside.chars().any(is_han) || around) {
            continue;
        }
        let message = "brackets stand half-width in Chinese text";
        // One blank beside Chinese goes with them: the full-width bracket has its own.
        let left = if half_open && open.start - start == 1 && before.is_some_and(chinese)
        {
            start..open.end
        } else {
            open
        };
        let right = if half_close && end - close.end == 1 && after.is_some_and(chinese) {
            close.start..end
        } else {
            close
        };
        match (half_open, half_close) {
            (true, true) => {
                finds.replace_all(line, &[(left, "（"), (right, "）")], message)
            }
            (true, false) => finds.replace(line, left, "（", message),
            _ => finds.replace(line, right, "）", message),
        }
    }
}

/// Pairs of round brackets, half-width, full-width or mixed, inner before outer; what has
/// no partner is left out.
fn pairs(line: &Line<'_>) -> Vec<(Range<usize>, Range<usize>)> {
    let mut open = Vec::new();
    let mut out = Vec::new();
    for (at, found) in line.text.char_indices() {
        let range = at..at + found.len_utf8();
        match found {
            '(' | '（' if !line.is_protected(at) => open.push(range),
            ')' | '）' if !line.is_protected(at) => {
                if let Some(start) = open.pop() {
                    out.push((start, range));
                }
            }
            '\n' | GAP => open.clear(),
            _ => {}
        }
    }
    out
}

/// `宝民发[2020]第015号`.
pub(super) fn document_number(line: &Line<'_>, finds: &mut Finds<'_>) {
    static NUMBER: Pattern = Pattern::new(|| {
        pattern(
            r"⟨H⟩(?P<o>[\[［(（【〔])(?P<y>(?:19|20)\d{2})(?P<c>[\]］)）】〕])(?P<d>第?0*)[1-9]\d{0,4}号",
        )
    });
    line.each(&NUMBER, |found| {
        let part = |name: &str| found.name(name).expect("it matched").range();
        let mut edits = Vec::new();
        if &found["o"] != "〔" || &found["c"] != "〕" {
            edits.push((part("o"), "〔"));
            edits.push((part("c"), "〕"));
        }
        if !found["d"].is_empty() {
            edits.push((part("d"), ""));
        }
        let message = "a document number is written `〔2020〕15号`";
        finds.replace_all(line, &edits, message);
    });
}

/// What opens and what closes.
const MARKS: [(char, char); 6] =
    [('（', '）'), ('《', '》'), ('〈', '〉'), ('〔', '〕'), ('【', '】'), ('“', '”')];

/// How many paragraphs a quotation or bracket may reach over.
const REACH: usize = 16;

/// A mark that has no partner in its paragraph: paragraph, offset, mark.
type Alone = (usize, usize, char);

/// Marks without a partner.
pub(super) fn unpaired(lines: &[Line<'_>], finds: &mut Finds<'_>) {
    // Those that wait for their partner in a later paragraph.
    let mut open: Vec<Alone> = Vec::new();
    let mut alone: Vec<Alone> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        // What a statement prints may hold the partner.
        if line.text.contains(GAP) {
            open.clear();
            continue;
        }
        let late = open.iter().take_while(|(at, ..)| at + REACH < index).count();
        alone.extend(open.drain(..late));
        // Each paragraph of a quotation begins with the same mark again.
        if line.text.starts_with('“') {
            open.retain(|(.., mark)| *mark != '“');
        }
        let (left, closing) = unmatched(line.text);
        // After the first the rest tells nothing.
        if let Some((at, found)) = closing {
            let partner = open.iter().rposition(|(.., mark)| closes_with(*mark, found));
            match partner {
                Some(partner) => drop(open.drain(partner..)),
                None => alone.push((index, at, found)),
            }
        } else if let Some((at, found)) = left {
            open.push((index, at, found));
        }
    }
    alone.extend(open);
    for (index, at, found) in alone {
        let message = format!("`{found}` has no partner");
        let range = at..at + found.len_utf8();
        finds.tell(&lines[index], range, message, "add its partner, or remove it");
    }
}

fn closes_with(open: char, close: char) -> bool {
    MARKS.contains(&(open, close))
}

/// A mark and where it stands.
type Mark = (usize, char);

/// The first mark that opens and is not closed, and the first that closes and was not
/// opened, in one text.
fn unmatched(text: &str) -> (Option<Mark>, Option<Mark>) {
    let mut stack: Vec<(usize, char, char)> = Vec::new();
    let turned = quotes::are_turned(text);
    for (at, written) in text.char_indices() {
        // Mixed pairs are pairs; they are reported by another rule.
        let found = match written {
            '(' => '（',
            ')' => '）',
            '“' | '”' if turned => continue,
            _ => written,
        };
        if MARKS.iter().any(|(open, _)| *open == found) {
            stack.push((at, found, written));
        } else if MARKS.iter().any(|(_, close)| *close == found) {
            match stack.last() {
                Some((_, last, _)) if closes_with(*last, found) => drop(stack.pop()),
                _ if written == ')' => {}
                _ if found == '）' && is_serial(&text[..at]) => {}
                _ => return (None, Some((at, found))),
            }
        }
    }
    let open = stack.into_iter().find(|(.., written)| *written != '(');
    (open.map(|(at, found, _)| (at, found)), None)
}

/// Whether a closing bracket ends a serial mark: `1）`, `a）`.
fn is_serial(before: &str) -> bool {
    let word: Vec<char> = before
        .chars()
        .rev()
        .take_while(|c| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(*c))
        .collect();
    let before = before.chars().rev().nth(word.len());
    (1..=3).contains(&word.len())
        && before.is_none_or(|c| !is_han(c) && !c.is_ascii_alphanumeric())
}
