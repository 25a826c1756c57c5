//! Number words in titles and headings: 十件大事 are ten, 八项发布 are eight.

use std::ops::Range;

use crate::audit::Work;
use crate::audit::numbering::enumerator;
use crate::diag::codes::audit as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::{Block, BlockKind, plain_text};
use crate::model::Quantity;
use crate::source::Place;

/// What stands between the number and what is counted. Measures that count people, places,
/// times and money (家, 人, 次, 期, 届, 年, 元) do not announce the items of a text.
const MEASURES: [&str; 14] = [
    "方面", "件", "项", "个", "条", "大", "点", "类", "步", "招", "则", "道", "种", "句",
];

/// The numbers that announce items: from two to this one.
const MOST: u32 = 99;

/// An announced number with where it stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Announced {
    number: u32,
    /// Whether it stands between quotation marks.
    quoted: bool,
    /// The byte after its measure word.
    end: usize,
}

/// The numbers that a text announces.
fn announced(text: &str) -> Vec<Announced> {
    let digit = |c: char| "一二两三四五六七八九十百".contains(c) || c.is_ascii_digit();
    let mut found = Vec::new();
    let (mut quotes, mut books) = (0_u32, 0_u32);
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        match c {
            '“' | '「' => quotes += 1,
            '”' | '」' => quotes = quotes.saturating_sub(1),
            '《' => books += 1,
            '》' => books = books.saturating_sub(1),
            _ => {}
        }
        if !digit(c) {
            before = c;
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some(&(next, _)) = chars.peek().filter(|(_, c)| digit(*c)) {
            end = next + text[next..].chars().next().map_or(0, char::len_utf8);
            chars.next();
        }
        // 第三项 is one of them; 2.5项 and 百分之五 are no counts; 三五个 is about so many.
        let alone =
            !matches!(before, '第' | '.' | '-' | '—' | '～' | '之' | '前' | '后' | '另')
                && !before.is_ascii_alphanumeric();
        before = ' ';
        if !alone || books > 0 {
            continue;
        }
        let number =
            Quantity::parse(&text[at..end], None).ok().and_then(|one| one.value());
        let number = number.and_then(|number| u32::try_from(number).ok());
        let Some(number) = number.filter(|number| (2..=MOST).contains(number)) else {
            continue;
        };
        let rest = &text[end..];
        let Some(measure) = MEASURES.iter().find(|word| rest.starts_with(**word)) else {
            continue;
        };
        let after = rest[measure.len()..].chars().next();
        // 三个月 and 两个多小时 are times, 五个百分点 a difference.
        let of_time =
            ["月", "小时", "星期", "季度", "工作日", "百分点", "半", "多", "以上"];
        let counted = !of_time.iter().any(|word| rest[measure.len()..].starts_with(word));
        let noun = after.is_none_or(|c| c.is_alphanumeric() || "”」：:（(".contains(c));
        if counted && noun {
            let end = end + measure.len();
            found.push(Announced { number, quoted: quotes > 0, end });
        }
    }
    found
}

/// Whether a numeral of a text announces items.
pub(super) fn announces(text: &str, numeral: &Range<usize>) -> bool {
    announced(text)
        .iter()
        .any(|one| text.get(numeral.end..one.end).is_some_and(|w| MEASURES.contains(&w)))
}

/// Reports announced numbers that are not those of the items beneath.
pub(super) fn number_words(work: &Work<'_>, diags: &mut Diagnostics) {
    title(work, diags);
    let blocks = &work.document.blocks;
    for (at, block) in blocks.iter().enumerate() {
        match &block.kind {
            BlockKind::Heading(heading) => {
                let text = plain_text(&heading.content);
                let Some(number) = of_heading(&text) else { continue };
                let deeper = |block: &&Block| match &block.kind {
                    BlockKind::Heading(other) => other.level > heading.level,
                    _ => true,
                };
                let section: Vec<&Block> =
                    blocks[at + 1..].iter().take_while(deeper).collect();
                let items = Items::of(&section, heading.level + 1);
                items.compare(number, &text, block.place, diags);
            }
            BlockKind::Paragraph(content) => {
                let next = blocks.get(at + 1).map(|block| &block.kind);
                let Some(BlockKind::List(list)) = next else { continue };
                let text = plain_text(content);
                let Some((number, clause)) = of_lead(&text) else { continue };
                let items = Items { counted: vec![list.items.len()], others: Vec::new() };
                items.compare(number, clause, block.place, diags);
            }
            _ => {}
        }
    }
}

/// The title announces the numbered headings of the first level, unless a heading
/// announces the same number, or a list or table has as many rows.
fn title(work: &Work<'_>, diags: &mut Diagnostics) {
    let blocks: Vec<&Block> = work.document.blocks.iter().collect();
    let text = &work.meta.title;
    let (Some(number), Some(headings)) = (of_heading(text), enumerated(&blocks, 2))
    else {
        return;
    };
    let mut others = Vec::new();
    for block in &blocks {
        match &block.kind {
            BlockKind::List(list) => others.push(list.items.len()),
            BlockKind::Table(table) => others.push(table.rows.len()),
            BlockKind::Heading(heading)
                if of_heading(&plain_text(&heading.content)) == Some(number) =>
            {
                return;
            }
            _ => {}
        }
    }
    let items = Items { counted: vec![headings], others };
    items.compare(number, text, work.title, diags);
}

/// The one number that a heading announces. What stands in quotation marks is a name
/// (“十项措施”), unless it is the whole heading.
fn of_heading(text: &str) -> Option<u32> {
    let words = match enumerator(text) {
        Some(_) => {
            text.split_once(['、', '）', ')', '.', '．']).map_or(text, |(_, tail)| tail)
        }
        None => text,
    };
    let whole = words.trim();
    let named = whole.starts_with('“') && whole.ends_with('”');
    let mut all = announced(words).into_iter().filter(|one| named || !one.quoted);
    all.next().filter(|_| all.next().is_none()).map(|one| one.number)
}

/// The number in the last clause before a colon that opens a list, and the clause.
fn of_lead(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_end().strip_suffix(['：', ':'])?;
    let start = text.rfind(['。', '；', '，', '！', '？', ',', ';']);
    let start =
        start.map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let clause = &text[start..];
    let mut all = announced(clause).into_iter().filter(|one| {
        // A name counts only where the colon follows it: 概括为“五个突出”：
        !one.quoted
            || clause[one.end..].find('”').is_some_and(|at| {
                clause[one.end + at..].trim_start_matches('”').trim().is_empty()
            })
    });
    all.next().filter(|_| all.next().is_none()).map(|one| (one.number, clause))
}

/// How many items stand beneath a heading, by what may be meant.
struct Items {
    /// Lists and numbered headings: the items, where there is one such set.
    counted: Vec<usize>,
    /// Tables, terms and plain headings: they may be the items, and need not be.
    others: Vec<usize>,
}

impl Items {
    fn of(section: &[&Block], level: u8) -> Self {
        let (mut lists, mut others) = (Vec::new(), Vec::new());
        let mut headings = 0;
        for block in section {
            match &block.kind {
                BlockKind::List(list) => lists.push(list.items.len()),
                BlockKind::Table(table) => others.push(table.rows.len()),
                BlockKind::Definitions(terms) => others.push(terms.len()),
                BlockKind::Heading(heading) if heading.level == level => headings += 1,
                _ => {}
            }
        }
        let counted = match enumerated(section, level) {
            Some(headings) => {
                others.extend(lists);
                vec![headings]
            }
            None => {
                others.push(headings);
                lists
            }
        };
        Self { counted, others }
    }

    /// Reports a number that none of them has; says nothing where several sets of items may
    /// be meant.
    fn compare(&self, number: u32, text: &str, place: Place, diags: &mut Diagnostics) {
        let same = |count: &usize| u32::try_from(*count) == Ok(number);
        let &[count] = self.counted.as_slice() else { return };
        if same(&count) || self.others.iter().any(same) {
            return;
        }
        let message = format!("`{}` announces {number}, and {count} follow", text.trim());
        diags.add(
            Diagnostic::new(&codes::COUNT_MISMATCH, place, message)
                .hint("correct the number, or the items beneath it"),
        );
    }
}

/// How many headings of a level are numbered, where there are two or more of one style.
fn enumerated(blocks: &[&Block], level: u8) -> Option<usize> {
    let styles = blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Heading(heading) if heading.level == level => {
            enumerator(&plain_text(&heading.content)).map(|(style, _)| style)
        }
        _ => None,
    });
    let styles: Vec<_> = styles.collect();
    let first = *styles.first()?;
    let count = styles.iter().filter(|style| **style == first).count();
    (count >= 2).then_some(count)
}
