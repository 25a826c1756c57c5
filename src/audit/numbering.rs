//! Numbers before headings, and 一是……二是…… in paragraphs, leave none out.

use crate::audit::Work;
use crate::diag::codes::audit as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::{Block, BlockKind, plain_text};
use crate::model::Quantity;
use crate::source::Place;

/// The longest number before a heading, in characters.
const NUMBER_MAX_CHARS: usize = 5;

/// How a number before a heading is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// 一、
    Han,
    /// （一）
    HanInBrackets,
    /// 1. or 1、
    Digits,
    /// （1）
    DigitsInBrackets,
    /// 第一章, 第一节, 第一部分, 第一条
    Part(char),
}

/// The number before a heading: 一、, （二）, 3., 第四章.
pub(super) fn enumerator(text: &str) -> Option<(Style, u32)> {
    let text = text.trim_start();
    let number = |digits: &str| -> Option<(u32, bool)> {
        let short = digits.chars().count() <= NUMBER_MAX_CHARS;
        let han = digits.chars().all(|c| HAN.contains(c));
        let plain = digits.chars().all(|c| c.is_ascii_digit());
        if digits.is_empty() || !short || !(han || plain) {
            return None;
        }
        let quantity = Quantity::parse(digits, None).ok()?;
        Some((u32::try_from(quantity.value()?).ok()?, han))
    };
    if let Some(rest) = text.strip_prefix(['（', '(']) {
        let (digits, _) = rest.split_once(['）', ')'])?;
        let (number, han) = number(digits)?;
        let style = if han { Style::HanInBrackets } else { Style::DigitsInBrackets };
        return Some((style, number));
    }
    if let Some(rest) = text.strip_prefix('第') {
        let end = rest.find(|c: char| !HAN.contains(c) && !c.is_ascii_digit())?;
        let mark = rest[end..].chars().next().filter(|c| "章节篇条部".contains(*c))?;
        return Some((Style::Part(mark), number(&rest[..end])?.0));
    }
    let end = text.find(|c: char| !HAN.contains(c) && !c.is_ascii_digit())?;
    let (digits, rest) = text.split_at(end);
    let rest = rest.strip_prefix(['、', '．', '.'])?;
    let (number, han) = number(digits)?;
    match han {
        true => Some((Style::Han, number)),
        // 1.2 is a number of two levels, and 2.5万 an amount.
        false if rest.starts_with(|c: char| c.is_ascii_digit()) => None,
        false => Some((Style::Digits, number)),
    }
}

/// The characters of Han numerals that count.
const HAN: &str = "一二三四五六七八九十百";

/// Headings on their way through a document.
struct Open {
    level: u8,
    style: Style,
    last: u32,
    place: Place,
}

/// Reports numbers that are left out, stand twice or out of order.
pub(super) fn no_gaps(work: &Work<'_>, diags: &mut Diagnostics) {
    let mut open: Vec<Open> = Vec::new();
    for block in &work.document.blocks {
        let BlockKind::Heading(heading) = &block.kind else { continue };
        open.retain(|one| one.level <= heading.level);
        let text = plain_text(&heading.content);
        let Some((style, number)) = enumerator(&text) else { continue };
        let before =
            open.iter_mut().find(|one| one.level == heading.level && one.style == style);
        let Some(before) = before else {
            // The first of its kind may go on from another document.
            let (level, place) = (heading.level, block.place);
            open.push(Open { level, style, last: number, place });
            continue;
        };
        if before.last.checked_add(1) != Some(number) {
            let message = format!(
                "this heading is numbered {number}, and comes after number {}",
                before.last
            );
            diags.add(
                Diagnostic::new(&codes::NUMBERING_GAP, block.place, message)
                    .related(before.place, "the heading before")
                    .hint("number the headings in their order, and leave none out"),
            );
        }
        (before.last, before.place) = (number, block.place);
    }
    for block in &work.document.blocks {
        one_by_one(block, diags);
    }
}

/// 一是……；二是……；三是……。
fn one_by_one(block: &Block, diags: &mut Diagnostics) {
    let BlockKind::Paragraph(content) = &block.kind else { return };
    let text = plain_text(content);
    let mut before: Option<u32> = None;
    for (at, _) in text.match_indices('是') {
        let Some(number) = number_before(&text[..at]) else { continue };
        let expected = before.map_or(1, |before| before + 1);
        // 一是 alone, and 一是 after 三是, begin anew.
        if before.is_none() || number == 1 {
            before = (number == 1).then_some(1);
            continue;
        }
        if number != expected {
            let (found, last) = (han(number), han(expected - 1));
            let message = format!("`{found}是` comes after `{last}是`");
            diags.add(
                Diagnostic::new(&codes::NUMBERING_GAP, block.place, message)
                    .hint("count 一是、二是、三是 in their order"),
            );
        }
        before = Some(number);
    }
}

/// A number up to 99 in Han numerals.
fn han(number: u32) -> String {
    let digit = |n: u32| HAN.chars().nth((n as usize).wrapping_sub(1));
    let tens = match number / 10 {
        0 => String::new(),
        1 => "十".to_owned(),
        tens => digit(tens).map_or_else(String::new, |tens| format!("{tens}十")),
    };
    let ones = number % 10;
    tens + &digit(ones).filter(|_| ones > 0).map_or_else(String::new, String::from)
}

/// The number that ends a text right after a mark of punctuation, or at its head.
fn number_before(text: &str) -> Option<u32> {
    let digits = text.trim_end_matches(|c| HAN.contains(c));
    let number = &text[digits.len()..];
    let begins = digits.is_empty()
        || digits.ends_with(['。', '；', '：', '，', '、', '！', '？', ' ', '　', '”']);
    if !begins || number.is_empty() || number.chars().count() > 2 {
        return None;
    }
    u32::try_from(Quantity::parse(number, None).ok()?.value()?).ok()
}
