//! Emphasis beside Chinese punctuation: which delimiter runs the CJK-friendly amendments
//! to CommonMark let open and close at once.
//!
//! CommonMark decides by the characters on both sides whether a run of `*` can open or
//! close emphasis. Its rule counts full-width punctuation as punctuation, so that
//! `推进**“两个覆盖”**常态化` keeps its asterisks. The amendments
//! (<https://github.com/tats-u/markdown-cjk-friendly>, specification.md, section 6.2)
//! only ever add abilities: where their answer differs from CommonMark's, it is "left-
//! and right-flanking". That is all that [`both_flanking`] has to tell.

use icu_properties::props::{
    EastAsianWidth, EmojiPresentation, GeneralCategory, GeneralCategoryGroup, Script,
};
use icu_properties::{CodePointMapData, CodePointSetData};

/// What stands beside a delimiter run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The beginning or end of the line, of the table cell, of the text.
    Edge,
    /// What an expression printed: it counts as a letter, whatever it is.
    Data,
    /// A character.
    Char(char),
}

/// What stands before a delimiter run: the character, and the one before it, which
/// matters where the first is a variation selector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    /// What stands directly before the run.
    pub side: Side,
    /// The character before that one.
    pub second: Option<char>,
}

/// How a character counts for flanking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    /// Punctuation that is not CJK.
    Punctuation,
    /// Any CJK character, punctuation included.
    Cjk,
    Other,
}

/// Whether the run between these is both left- and right-flanking by the amendments.
pub fn both_flanking(before: Before, after: Side) -> bool {
    let (prev, ideographic) = class_before(before);
    let next = class(after);
    let left = match next {
        Class::Space => false,
        Class::Punctuation => prev != Class::Other || ideographic,
        Class::Cjk | Class::Other => true,
    };
    let right = match prev {
        Class::Space => false,
        Class::Punctuation => next != Class::Other,
        Class::Cjk | Class::Other => true,
    };
    left && right
}

/// The class of what stands before a run, and whether an ideographic variation selector
/// ends it.
fn class_before(before: Before) -> (Class, bool) {
    let Side::Char(last) = before.side else { return (class(before.side), false) };
    if ('\u{E0100}'..='\u{E01EF}').contains(&last) {
        return (Class::Other, true);
    }
    let base = before
        .second
        .filter(|second| is_variation_selector(last) && !second.is_whitespace());
    let found = match base {
        // A "CJK ambiguous punctuation sequence": quotation marks in full-width form.
        Some('‘' | '’' | '“' | '”') if last == '\u{FE01}' => Class::Cjk,
        Some(base) => class(Side::Char(base)),
        None => class(before.side),
    };
    (found, false)
}

fn class(side: Side) -> Class {
    match side {
        Side::Edge => Class::Space,
        Side::Data => Class::Other,
        Side::Char(c) if c.is_whitespace() => Class::Space,
        Side::Char(c) if is_cjk(c) => Class::Cjk,
        Side::Char(c) if is_punctuation(c) => Class::Punctuation,
        Side::Char(_) => Class::Other,
    }
}

/// "Non-emoji general-use variation selector" of the amendments.
pub fn is_variation_selector(c: char) -> bool {
    ('\u{FE00}'..='\u{FE0E}').contains(&c)
}

/// "Unicode punctuation character" of CommonMark 0.31: general category P or S.
pub fn is_punctuation(c: char) -> bool {
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    GeneralCategoryGroup::Punctuation.contains(category)
        || GeneralCategoryGroup::Symbol.contains(category)
}

/// "CJK character" of the amendments: wide, full-width or half-width and not shown as
/// emoji by default; or Hangul.
fn is_cjk(c: char) -> bool {
    // Nothing below U+1100 but the won sign is CJK.
    if c < '\u{1100}' {
        return false;
    }
    (is_wide(c) && !CodePointSetData::new::<EmojiPresentation>().contains(c))
        || is_hangul(c)
}

/// East Asian Width W, F or H (UAX #11).
pub fn is_wide(c: char) -> bool {
    use EastAsianWidth as Width;
    let width = CodePointMapData::<EastAsianWidth>::new().get(c);
    [Width::Wide, Width::Fullwidth, Width::Halfwidth].contains(&width)
}

/// East Asian Width A (UAX #11): as wide as its surroundings, such as “ ” ‘ ’ —— ……
pub fn is_ambiguous(c: char) -> bool {
    let width = CodePointMapData::<EastAsianWidth>::new().get(c);
    width == EastAsianWidth::Ambiguous
}

/// Written in Hangul, which separates words by spaces.
pub fn is_hangul(c: char) -> bool {
    CodePointMapData::<Script>::new().get(c) == Script::Hangul
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The run `**` in a text, by the characters around it.
    fn both(text: &str) -> bool {
        let (before, after) = text.split_once("**").expect("the text has a run");
        let mut last = before.chars().rev();
        let side = last.next().map_or(Side::Edge, Side::Char);
        let before = Before { side, second: last.next() };
        let after = after.chars().next().map_or(Side::Edge, Side::Char);
        both_flanking(before, after)
    }

    #[test]
    fn full_width_punctuation_lets_a_run_open_and_close() {
        for text in [
            "推进**“",
            "”**常",
            "：**继",
            "（**a",
            "a**）",
            "葛\u{E0100}**(",
            "。\u{FE00}**a",
        ] {
            assert!(both(text), "{text}");
        }
    }

    #[test]
    fn western_text_follows_commonmark() {
        for text in ["a**(", ")**a", " **a", "a** ", "**中", "中**", "“**a"] {
            assert!(!both(text), "{text}");
        }
        for text in ["a**b", ".**.", "中**文", "“\u{FE01}**a"] {
            assert!(both(text), "{text}");
        }
    }
}
