//! Numbers of headings as official documents have them: 一、（一）1.（1）.
//!
//! GB/T 9704-2012, 7.3.3 (usually). Numbers become words of the headings, so that all
//! outputs say the same. A heading that begins with a number of its own keeps it: numbers
//! that an editor wrote are never doubled, and the next heading is counted on from there.

use crate::document::{
    Block, BlockKind, Document, Heading, Inline, InlineKind, plain_text,
};

/// The levels that are numbered: those below the title, but for the last of Markdown.
const LEVELS: std::ops::RangeInclusive<u8> = 2..=5;

/// Puts a number before each heading that has none. Annexes and the blocks that stand in
/// others are left alone.
pub fn number_headings(document: &mut Document) {
    let mut counts = [0_usize; 6];
    for Block { place, kind } in &mut document.blocks {
        let BlockKind::Heading(heading) = kind else { continue };
        let level = usize::from(heading.level);
        if !LEVELS.contains(&heading.level) || is_annex(heading) {
            continue;
        }
        counts[level] += 1;
        counts[level + 1..].fill(0);
        if has_number(&plain_text(&heading.content)) {
            continue;
        }
        let number = ordinal(heading.level, counts[level]);
        let words = Inline { place: *place, kind: InlineKind::Text(number.clone()) };
        heading.content.insert(0, words);
        let item = document.outline.iter_mut().find(|item| item.anchor == heading.anchor);
        if let Some(item) = item {
            item.text.insert_str(0, &number);
        }
    }
}

fn is_annex(heading: &Heading) -> bool {
    heading.classes.iter().any(|class| class == "annex" || class == "附件")
}

/// The number of a heading, by its level.
fn ordinal(level: u8, count: usize) -> String {
    match level {
        2 => format!("{}、", han(count)),
        3 => format!("（{}）", han(count)),
        4 => format!("{count}. "),
        _ => format!("（{count}）"),
    }
}

/// Whether a heading begins with a number: `一、`, `（一）`, `1.`, `(1)`, `第一章`.
fn has_number(text: &str) -> bool {
    let text = text.trim_start();
    let (opened, rest) = match text.strip_prefix(['（', '(', '第']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let digit = |c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十百".contains(c);
    let after = rest.trim_start_matches(digit);
    if after.len() == rest.len() {
        return false;
    }
    let closing: &[char] = if opened {
        &['）', ')', '章', '节', '条', '部']
    } else {
        &['、', '.', '．', ' ', '　']
    };
    after.starts_with(closing)
}

/// 一, 十二, 九十九; digits from a hundred on, which no document has headings for.
fn han(count: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match count {
        1..=9 => DIGITS[count].to_owned(),
        10..=99 => {
            let tens = if count < 20 { "" } else { DIGITS[count / 10] };
            format!("{tens}十{}", DIGITS[count % 10])
        }
        _ => count.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Place, SourceFile, Sources};

    fn numbered(headings: &[(u8, &str)]) -> Vec<String> {
        let file =
            SourceFile::new("a.md".into(), String::new(), Vec::new(), String::new());
        let place = Place::whole(Sources::new().add(file));
        let block = |&(level, text): &(u8, &str)| Block {
            place,
            kind: BlockKind::Heading(Heading {
                level,
                anchor: text.to_owned(),
                classes: if text == "任务表" {
                    vec!["附件".into()]
                } else {
                    Vec::new()
                },
                content: vec![Inline { place, kind: InlineKind::Text(text.into()) }],
            }),
        };
        let blocks = headings.iter().map(block).collect();
        let mut document = Document { blocks, ..Document::default() };
        number_headings(&mut document);
        let text = |block: &Block| match &block.kind {
            BlockKind::Heading(heading) => plain_text(&heading.content),
            _ => String::new(),
        };
        document.blocks.iter().map(text).collect()
    }

    #[test]
    fn headings_are_numbered_by_level() {
        let found = numbered(&[
            (2, "总体要求"),
            (3, "指导思想"),
            (3, "基本原则"),
            (4, "党的领导"),
            (5, "组织建设"),
            (2, "重点任务"),
            (3, "党建"),
            (2, "任务表"),
        ]);
        let expected = [
            "一、总体要求",
            "（一）指导思想",
            "（二）基本原则",
            "1. 党的领导",
            "（1）组织建设",
            "二、重点任务",
            "（一）党建",
            "任务表",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn numbers_that_were_written_are_not_doubled() {
        let found = numbered(&[
            (2, "一、总体要求"),
            (3, "（一）思想"),
            (2, "任务"),
            (2, "2021年"),
        ]);
        assert_eq!(found, ["一、总体要求", "（一）思想", "二、任务", "三、2021年"]);
    }

    #[test]
    fn han_numbers_go_to_ninety_nine() {
        let all: Vec<String> = [10, 11, 20, 25, 99, 100].map(han).into();
        assert_eq!(all, ["十", "十一", "二十", "二十五", "九十九", "100"]);
    }
}
