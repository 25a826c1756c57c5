//! Commas, stops, colons and their like.

use super::super::line::{Finds, Line, closes, is_han, opens};
use super::{Pattern, pattern};
use crate::prose::{DATA, GAP, Role};

/// How many characters a sentence has at least, that ends in a half-width stop.
const SENTENCE: usize = 6;

/// Half-width punctuation beside Chinese.
pub(super) fn half_width(line: &Line<'_>, finds: &mut Finds<'_>) {
    let bytes = line.text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        let full = match byte {
            b',' => "，",
            b';' => "；",
            b':' => "：",
            b'?' => "？",
            b'!' => "！",
            b'.' => {
                stop(line, at, finds);
                continue;
            }
            _ => continue,
        };
        let start = line.text[..at].trim_end_matches(' ').len();
        let rest = &line.text[at + 1..];
        let end = line.text.len() - rest.trim_start_matches(' ').len();
        if !is_chinese(line, byte, start, end) {
            continue;
        }
        // Blanks at an edge belong to the markup, and those in a row to the writer.
        let start = if at - start == 1 && start > 0 { start } else { at };
        let end = if end - at == 2 && end < line.text.len() { end } else { at + 1 };
        let mark = char::from(byte);
        let message = format!("`{mark}` stands half-width in Chinese text");
        finds.replace(line, start..end, full, message);
    }
}

/// Whether Chinese stands around a mark so that it is a Chinese mark.
fn is_chinese(line: &Line<'_>, mark: u8, start: usize, end: usize) -> bool {
    let (before, after) = (line.before(start), line.after(end));
    let Some(last) = before else { return false };
    // A run of marks is no punctuation: `:-)`, `::`, `?!`.
    if after.is_some_and(|next| ",;:?!.-)".contains(next) && !matches!(mark, b'?' | b'!'))
        || ",;:?!.".contains(last)
    {
        return false;
    }
    let chinese_before = is_han(last) || closes(last);
    let chinese_after = after.is_some_and(|next| is_han(next) || opens(next));
    let number = last.is_ascii_digit() || matches!(last, '%' | '‰' | '℃' | DATA | GAP);
    match mark {
        // `一,` is a serial mark, which asks for `、`.
        b',' if is_serial(&line.text[..start]) => false,
        b',' | b';' => chinese_before || (chinese_after && (number || last == ')')),
        b':' => {
            let word = |c: char| c.is_ascii_lowercase() || c == '_';
            let emoji = line.text[end..]
                .split_once(':')
                .is_some_and(|(name, _)| !name.is_empty() && name.chars().all(word));
            !emoji && (chinese_before || (last == DATA && chinese_after))
        }
        _ => chinese_before,
    }
}

/// `一`, `十二` at the beginning of a line.
fn is_serial(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let numeral = |c: char| "一二三四五六七八九十".contains(c);
    !line.is_empty() && line.chars().count() <= 3 && line.chars().all(numeral)
}

/// A half-width full stop at the end of a sentence.
fn stop(line: &Line<'_>, at: usize, finds: &mut Finds<'_>) {
    let before = &line.text[..at];
    // References to literature end in `.` (GB/T 7714).
    if before.starts_with('[') {
        return;
    }
    let sentence =
        before.rsplit(['。', '！', '？', '；', '\n']).next().unwrap_or_default();
    let long = sentence.chars().count() >= SENTENCE;
    let han =
        line.before(at).is_some_and(|c| is_han(c) || matches!(c, '”' | '）' | '》'));
    let ends = line.text[at + 1..]
        .chars()
        .next()
        .is_none_or(|next| next == '\n' || matches!(next, '”' | '’' | '）'));
    if long && han && ends {
        finds.replace(line, at..at + 1, "。", "`.` stands half-width in Chinese text");
    }
}

/// Marks twice in a row.
pub(super) fn repeated(line: &Line<'_>, finds: &mut Finds<'_>) {
    static RUN: Pattern = Pattern::new(|| pattern("[，。、；：]{2,}"));
    line.each(&RUN, |found| {
        let run = found.get(0).expect("it matched");
        let first = run.as_str().chars().next().unwrap_or_default();
        let count = run.as_str().chars().count();
        let alike = run.as_str().chars().all(|c| c == first);
        if alike && (count == 2 || (count > 2 && first == '，')) {
            let message = format!("`{first}` stands twice");
            finds.replace(line, run.range(), &first.to_string(), message);
        } else if !(alike && first == '。') {
            let message = format!("`{}` stand side by side", run.as_str());
            finds.tell(line, run.range(), message, "keep one of them");
        }
    });
}

/// A colon within what a colon announces.
pub(super) fn double_colon(line: &Line<'_>, finds: &mut Finds<'_>) {
    static TWO: Pattern = Pattern::new(|| {
        pattern(
            "(?:指出|强调|要求|认为|表示|提出|明确|说|称|提议|决定)：⟨H⟩{4,24}(?P<x>：)⟨H⟩",
        )
    });
    if line.role != Role::Paragraph {
        return;
    }
    line.each(&TWO, |found| {
        let colon = found.name("x").expect("it matched").range();
        let message = "this colon stands within what another colon announces";
        finds.tell(line, colon, message, "write `，` for one of the two");
    });
}
