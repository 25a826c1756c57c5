//! Names of organisations and holders of offices, as the record has them.
//!
//! Only what is certain is said: a name that nobody registered is some other body's name,
//! unless it is a registered one with a look-alike, a lost, a doubled or two swapped
//! characters.

use std::collections::BTreeSet;

use crate::diag::codes::audit as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::{Block, BlockKind, Document, plain_text};
use crate::model::{Date, Office, Organisation, Period, Record};
use crate::source::Place;

/// Names shorter than this have too many neighbours.
const NAME_MIN_CHARS: usize = 6;

/// Characters that are taken for one another, by sight or by ear, in names of bodies.
/// Practice; no standard lists them.
const ALIKE: [&str; 24] = [
    "己已巳",
    "未末",
    "日曰",
    "土士",
    "人入",
    "账帐",
    "象像",
    "做作",
    "部布步",
    "联连",
    "公工功",
    "义意艺",
    "慈磁",
    "助住",
    "会汇",
    "园圆院",
    "型形",
    "进近",
    "基机",
    "协谐",
    "育誉",
    "孵浮",
    "益义",
    "政正",
];

/// Parts of names shorter than this are words of the language.
const SHORT_MIN_CHARS: usize = 5;

/// Characters that stand before a name and are no part of one.
const BEFORE_NAMES: [char; 14] =
    ['由', '在', '和', '与', '及', '向', '经', '是', '为', '对', '把', '请', '被', '，'];

/// What is said before a name that is no longer borne.
const BEFORE_FORMER: [&str; 5] = ["原", "原名", "曾名", "前身为", "前身是"];

/// What is known of names.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// The document.
    pub document: &'a Document,
    /// The records that the narrative can name.
    pub records: [&'a Record; 2],
    /// What the edition reports on.
    pub period: Option<Period>,
}

/// Reports names that are nearly registered ones, that are no longer borne, or that hold
/// an office outside their term.
pub fn names(work: &Names<'_>, diags: &mut Diagnostics) {
    let bodies: Vec<&Organisation> =
        work.records.iter().flat_map(|record| record.organisations.values()).collect();
    let offices: Vec<&Office> =
        work.records.iter().flat_map(|record| record.offices.values()).collect();
    if bodies.is_empty() && offices.is_empty() {
        return;
    }
    let known: BTreeSet<&str> = bodies
        .iter()
        .flat_map(|body| {
            std::iter::once(&body.name).chain(&body.short).chain(&body.former)
        })
        .map(String::as_str)
        .collect();
    work.document.each_block(&mut |block| {
        for (text, place) in texts(block) {
            for body in &bodies {
                nearly(&body.name, &known, &text, place, diags);
            }
            for body in &bodies {
                former(body, &known, &text, place, diags);
                shortened(body, &known, &text, place, diags);
            }
            for office in &offices {
                held(office, work.period, &text, place, diags);
            }
        }
    });
}

/// The running texts of a block, without those of the blocks in it.
fn texts(block: &Block) -> Vec<(String, Place)> {
    match &block.kind {
        BlockKind::Paragraph(content) => vec![(plain_text(content), block.place)],
        BlockKind::Heading(heading) => vec![(plain_text(&heading.content), block.place)],
        BlockKind::Table(table) => {
            table.cells().map(|cell| (plain_text(&cell.content), cell.place)).collect()
        }
        _ => Vec::new(),
    }
}

/// Reports what is nearly a name, unless another body is called so.
fn nearly(
    name: &str,
    known: &BTreeSet<&str>,
    text: &str,
    place: Place,
    diags: &mut Diagnostics,
) {
    // A slip spares the first third of a name, or the last: one look saves a hundred.
    let third = name.chars().count() / 3;
    let cut = |at: usize| name.char_indices().nth(at).map_or(0, |(at, _)| at);
    let (head, tail) = (&name[..cut(third)], &name[cut(third * 2)..]);
    let close = !head.is_empty() && (text.contains(head) || text.contains(tail));
    if !close || text.contains(name) {
        return;
    }
    for wrong in misspelt(name) {
        let other = || known.iter().any(|name| name.contains(wrong.as_str()));
        if text.contains(wrong.as_str()) && !other() {
            let message = format!("`{wrong}` is nearly the name `{name}`");
            let hint = format!(
                "write `{name}`; or register the other as an organisation of its own"
            );
            diags.add(Diagnostic::new(&codes::NEARLY_A_NAME, place, message).hint(hint));
        }
    }
}

/// The ways in which a name is written wrong.
fn misspelt(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    if chars.len() < NAME_MIN_CHARS {
        return Vec::new();
    }
    let mut found = BTreeSet::new();
    for (at, c) in chars.iter().enumerate() {
        let around = |middle: &str, skip: usize| -> String {
            let (head, tail) = (&chars[..at], &chars[at + skip..]);
            head.iter().collect::<String>() + middle + &tail.iter().collect::<String>()
        };
        for alike in ALIKE.iter().filter(|alike| alike.contains(*c)) {
            found.extend(
                alike.chars().filter(|a| a != c).map(|a| around(&a.to_string(), 1)),
            );
        }
        found.insert(around(&format!("{c}{c}"), 1));
        if let Some(next) = chars.get(at + 1) {
            found.insert(around(&format!("{next}{c}"), 2));
            // At an end a lost character leaves a part of the name.
            if at > 0 {
                found.insert(around("", 1));
            }
        }
    }
    found.remove(name);
    found.into_iter().collect()
}

/// Reports a name that the body no longer bears.
fn former(
    body: &Organisation,
    known: &BTreeSet<&str>,
    text: &str,
    place: Place,
    diags: &mut Diagnostics,
) {
    for name in &body.former {
        let part =
            known.iter().any(|other| *other != name && other.contains(name.as_str()));
        if part || name.is_empty() {
            continue;
        }
        let bare = text.match_indices(name.as_str()).any(|(at, _)| {
            let before = text[..at].trim_end_matches(['“', '《', '（', '(']);
            !BEFORE_FORMER.iter().any(|word| before.ends_with(word))
        });
        if bare {
            let message = format!("`{name}` is a former name of `{}`", body.name);
            diags.add(
                Diagnostic::new(&codes::FORMER_NAME, place, message)
                    .hint(format!("write `{}`, or 原{name}", body.name)),
            );
        }
    }
}

/// Reports a part of a name that stands for the whole and is not registered as its short
/// form. A part that goes on to the left is some other body's name.
fn shortened(
    body: &Organisation,
    known: &BTreeSet<&str>,
    text: &str,
    place: Place,
    diags: &mut Diagnostics,
) {
    let chars: Vec<(usize, char)> = body.name.char_indices().collect();
    let least = SHORT_MIN_CHARS.max(chars.len().div_ceil(2));
    let Some(most) = chars.len().checked_sub(least) else { return };
    let tail = &body.name[chars[most].0..];
    if !text.contains(tail) {
        return;
    }
    let named = |range: &std::ops::Range<usize>| {
        known.iter().any(|name| {
            text.match_indices(name)
                .any(|(at, name)| at <= range.start && range.end <= at + name.len())
        })
    };
    for (at, _) in text.match_indices(tail) {
        let end = at + tail.len();
        // As much of the name as stands there.
        let start = chars[1..=most].iter().find_map(|&(from, _)| {
            let start = end.checked_sub(body.name.len() - from)?;
            (text.get(start..end) == Some(&body.name[from..])).then_some(start)
        });
        let Some(start) = start else { continue };
        let before = text[..start].chars().next_back();
        let free = before.is_none_or(|c| !is_han(c) || BEFORE_NAMES.contains(&c));
        if free && !named(&(start..end)) {
            let short = &text[start..end];
            let message = format!("`{short}` is no registered name of `{}`", body.name);
            let hint =
                format!("write the name in full, or register `{short}` under `short`");
            diags.add(
                Diagnostic::new(&codes::UNREGISTERED_SHORT_NAME, place, message)
                    .hint(hint)
                    .related(body.item.place, "the organisation"),
            );
        }
    }
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Reports a holder who is named with an office and a day on which another held it.
fn held(
    office: &Office,
    period: Option<Period>,
    text: &str,
    place: Place,
    diags: &mut Diagnostics,
) {
    let (title, holder) = (office.title.as_str(), office.holder.as_str());
    if holder.chars().count() < 2 || !text.contains(holder) {
        return;
    }
    let ends = ['。', '；', '！', '？'];
    for sentence in text.split_inclusive(ends) {
        let named = sentence.contains(&format!("{title}{holder}"))
            || sentence.contains(&format!("{holder}{title}"));
        if !named {
            continue;
        }
        let outside = |from: Date, to: Date| {
            office.to.is_some_and(|end| end.last_day() < from.first_day())
                || office.from.is_some_and(|begin| begin.first_day() > to.last_day())
        };
        let day = day(sentence, period);
        let when = match (day, period) {
            (Some(day), _) => outside(day, day).then(|| format!("on {day}")),
            (None, Some(period)) => {
                let over =
                    office.to.is_some_and(|end| end.last_day() < period.first_day())
                        || office
                            .from
                            .is_some_and(|begin| begin.first_day() > period.last_day());
                over.then(|| format!("in {period}"))
            }
            (None, None) => None,
        };
        if let Some(when) = when {
            let message = format!("`{holder}` was not `{title}` {when}");
            diags.add(
                Diagnostic::new(&codes::OUTSIDE_TERM, place, message)
                    .related(office.item.place, "the term of office")
                    .hint("name the one who held the office then, or leave the name out"),
            );
        }
    }
}

/// The first day that a sentence names, in its own year or in that of the edition.
fn day(sentence: &str, period: Option<Period>) -> Option<Date> {
    let number = |text: &str| -> Option<(usize, i16)> {
        let head = text.trim_end_matches(|c: char| c.is_ascii_digit());
        Some((head.len(), text[head.len()..].parse().ok()?))
    };
    let (at, month) = sentence.match_indices('月').find_map(|(at, _)| {
        let (start, month) = number(&sentence[..at])?;
        Some(((start, at), month))
    })?;
    let rest = &sentence[at.1 + '月'.len_utf8()..];
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let day: i8 = rest[..digits].parse().ok()?;
    if !rest[digits..].starts_with('日') {
        return None;
    }
    let own = sentence[..at.0].strip_suffix('年').and_then(number).map(|(_, year)| year);
    let year = own.or(period.map(|period| period.first_day().year()))?;
    Date::new(year, i8::try_from(month).ok(), Some(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_misspelt_by_one_slip() {
        let wrong = misspelt("宝鸡市社会组织促进会");
        for text in [
            "宝鸡市社会组织促近会",
            "宝鸡市社会组促织进会",
            "宝鸡市社会组织促进进会",
            "宝鸡市会组织促进会",
        ] {
            assert!(wrong.iter().any(|one| one == text), "{text}");
        }
        assert!(!wrong.iter().any(|one| one == "渭南市社会组织促进会"));
        assert!(misspelt("市民政局").is_empty());
    }

    #[test]
    fn a_sentence_names_its_day() {
        let period = Period::parse("2020").ok();
        let date = |text: &str| Date::parse(text).ok();
        assert_eq!(day("4月2日，市民政局局长出席", period), date("2020-04-02"));
        assert_eq!(day("2019年12月31日，出席", period), date("2019-12-31"));
        assert_eq!(day("4月，出席", period), None);
        assert_eq!(day("出席", period), None);
    }
}
