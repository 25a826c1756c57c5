//! Numbers at the head of a text: Arabic with grouped digits, and Han numerals.
//!
//! Shared by quantities, dates and periods. Han numerals follow GB/T 15835-2011: with
//! 十百千 (一百四十一) or digit by digit (二〇二一).

use super::Decimal;

/// A number found at the head of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scanned<'a> {
    /// The number.
    pub number: Decimal,
    /// Digits after the decimal point, as written.
    pub places: u32,
    /// Whether it was written in Han numerals.
    pub han: bool,
    /// What follows.
    pub rest: &'a str,
}

/// Why a text that begins like a number is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScanError {
    /// Digits grouped other than by three.
    Grouping,
    /// More digits than a decimal holds.
    TooLong,
    /// Han numerals in an order that means no number.
    Han,
}

/// Words in which 十, 百 or 千 belongs to the unit, not to the number.
const UNITS_WITH_POWER: [&str; 13] = [
    "千克",
    "千米",
    "千瓦",
    "千卡",
    "千帕",
    "千伏",
    "千赫",
    "千字",
    "千焦",
    "千升",
    "千安",
    "百分点",
    "百帕",
];

/// Full-width forms as their ASCII twins, kinds of spaces and minus signs as the plain one;
/// one character for each, so that positions counted in characters stay.
pub fn half_width(text: &str) -> String {
    text.chars().map(half_width_char).collect()
}

fn half_width_char(ch: char) -> char {
    match ch {
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(ch) - 0xFEE0).expect("the ASCII twin exists")
        }
        '\u{3000}' | '\u{A0}' | '\u{2009}' | '\u{202F}' => ' ',
        '\u{2212}' => '-',
        _ => ch,
    }
}

/// Whether the text begins with a word such as 千克, in which 千 is no number.
pub(super) fn begins_with_powered_unit(text: &str) -> bool {
    UNITS_WITH_POWER.iter().any(|unit| text.starts_with(unit))
}

/// The number at the head of a text, `None` where there is none.
pub(super) fn number(text: &str) -> Result<Option<Scanned<'_>>, ScanError> {
    match text.chars().next() {
        Some(ch) if ch.is_ascii_digit() => arabic(text).map(Some),
        Some(ch) if han_digit(ch).is_some() || han_power(ch).is_some() => han(text),
        _ => Ok(None),
    }
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn arabic(text: &str) -> Result<Scanned<'_>, ScanError> {
    let first = digits(text);
    let mut plain = text[..first].to_owned();
    let mut at = first;
    for mark in [',', ' '] {
        while let Some(tail) = text[at..].strip_prefix(mark) {
            let group = digits(tail);
            if group == 3 && (1..=3).contains(&first) {
                plain.push_str(&tail[..3]);
                at += 4;
            } else if mark == ',' && group > 0 {
                return Err(ScanError::Grouping);
            } else {
                break;
            }
        }
        if at > first {
            break;
        }
    }
    let mut places = 0;
    if let Some(tail) = text[at..].strip_prefix('.') {
        let count = digits(tail);
        if count > 0 {
            plain.push('.');
            plain.push_str(&tail[..count]);
            places = u32::try_from(count).map_err(|_| ScanError::TooLong)?;
            at += count + 1;
        }
    }
    let number = Decimal::from_str_exact(&plain).map_err(|_| ScanError::TooLong)?;
    Ok(Scanned { number, places, han: false, rest: &text[at..] })
}

fn han_digit(ch: char) -> Option<i64> {
    Some(match ch {
        '〇' | '零' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn han_power(ch: char) -> Option<i64> {
    Some(match ch {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

fn han(text: &str) -> Result<Option<Scanned<'_>>, ScanError> {
    let mut end = text.len();
    for (at, ch) in text.char_indices() {
        let unit = han_power(ch).is_some() && begins_with_powered_unit(&text[at..]);
        if unit || (han_digit(ch).is_none() && han_power(ch).is_none()) {
            end = at;
            break;
        }
    }
    let (run, rest) = text.split_at(end);
    if run.is_empty() {
        return Ok(None);
    }
    let value = if run.chars().any(|ch| han_power(ch).is_some()) {
        structured(run).ok_or(ScanError::Han)?
    } else {
        if run.chars().count() > 18 {
            return Err(ScanError::TooLong);
        }
        run.chars().filter_map(han_digit).fold(0, |sum, digit| sum * 10 + digit)
    };
    Ok(Some(Scanned { number: Decimal::from(value), places: 0, han: true, rest }))
}

/// 一百四十一, 十五, 两千零三: powers fall, a digit stands before each (but 一 may be left
/// out before the first), and a digit that follows a skipped power is announced by 零.
fn structured(run: &str) -> Option<i64> {
    let (mut sum, mut digit, mut last_power, mut zero) = (0, None, 10_000, false);
    for ch in run.chars() {
        if let Some(power) = han_power(ch) {
            if power >= last_power {
                return None;
            }
            let factor = match digit.take() {
                Some(0) => return None,
                Some(factor) => factor,
                None if sum == 0 || power == 10 => 1,
                None => return None,
            };
            sum += factor * power;
            last_power = power;
            zero = false;
        } else {
            match (han_digit(ch)?, digit) {
                (0, None) if sum > 0 && !zero => zero = true,
                (0, _) | (_, Some(_)) => return None,
                (value, None) => digit = Some(value),
            }
        }
    }
    match digit {
        // 一百五 is 150 to some and 105 to others.
        Some(_) if last_power > 10 && !zero => None,
        Some(value) => Some(sum + value),
        None if zero => None,
        None => Some(sum),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<String> {
        number(text)
            .ok()
            .flatten()
            .map(|found| format!("{}|{}", found.number, found.rest))
    }

    #[test]
    fn han_numerals_are_read_in_both_ways() {
        for (text, expected) in [
            ("一百四十一", "141|"),
            ("十", "10|"),
            ("十五件", "15|件"),
            ("两千零三", "2003|"),
            ("一千零一十", "1010|"),
            ("二〇二一年", "2021|年"),
            ("两个", "2|个"),
            ("五千克", "5|千克"),
            ("百", "100|"),
            ("一百一十五", "115|"),
        ] {
            assert_eq!(value(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(number("一百五"), Err(ScanError::Han));
        assert_eq!(number("十百"), Err(ScanError::Han));
        assert_eq!(number("千克"), Ok(None));
    }

    #[test]
    fn arabic_digits_may_be_grouped_by_three() {
        assert_eq!(value("1,234,567.50元").as_deref(), Some("1234567.50|元"));
        assert_eq!(value("1 234 人").as_deref(), Some("1234| 人"));
        assert_eq!(value("35 人").as_deref(), Some("35| 人"));
        assert_eq!(number("1,23"), Err(ScanError::Grouping));
        assert_eq!(number("1234,567"), Err(ScanError::Grouping));
        assert_eq!(number(&"9".repeat(40)), Err(ScanError::TooLong));
    }
}
