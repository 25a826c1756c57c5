//! Finds the numerals of a text, and says which of them are no values (结构数字).
//!
//! Arabic numerals are values unless they are seen to be a date, an ordinal or part of a
//! name; Han numerals are words unless they are seen to count: 一批, 统一 and 万一 hold
//! numerals and say no number. What is not certain of a Han numeral is not said.

use std::ops::Range;

use super::words::{CODE_BEFORE, CONGRESS, COUNTERS, ORDINAL_BEFORE, TERMS};
use crate::audit::count;
use crate::audit::numbering::enumerator;
use crate::prose::Role;

/// Those numerals of Chinese that stand for powers of ten.
const POWERS: &str = "十百千万亿";
/// The longest quotation that is taken for a name, in characters.
const NAME_MAX_CHARS: usize = 20;
/// How far before a numeral a word is looked for that makes it a code, in bytes.
const CODE_REACH: usize = 24;

/// A numeral of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Numeral {
    /// Where it stands, with 万, 亿 and % where they follow.
    pub range: Range<usize>,
    /// Of what sort it is, where it is no value.
    pub sort: Option<&'static str>,
}

/// The numerals of a text, in order.
pub(super) fn numerals(text: &str, role: Role, terms: &[String]) -> Vec<Numeral> {
    let mut found = runs(text);
    if found.is_empty() {
        return Vec::new();
    }
    let spans = Spans::of(text);
    let mut context = Context { text, role, spans, terms, last: None };
    for one in &mut found {
        one.sort = context.sort(&one.range);
        context.last = Some((one.range.end, one.sort));
    }
    found
}

/// Whether a character is a digit, and which one.
fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => None,
    }
}

/// Whether a character is a numeral of Chinese.
fn is_han(c: char) -> bool {
    matches!(
        c,
        '〇' | '零'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '亿'
            | '两'
    )
}

/// The stretches of numerals, nothing said of them yet.
fn runs(text: &str) -> Vec<Numeral> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((start, c)) = text[at..]
        .char_indices()
        .map(|(offset, c)| (at + offset, c))
        .find(|&(_, c)| digit(c).is_some() || is_han(c))
    {
        let end = match digit(c) {
            Some(_) => arabic_end(text, start),
            None => han_end(text, start),
        };
        found.push(Numeral { range: start..end, sort: None });
        at = end;
    }
    found
}

/// The end of digits, with points and commas between them, 余, 多 or 几 before a power of
/// ten, and `%`.
fn arabic_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut chars = text[start..].chars().peekable();
    while let Some(c) = chars.next() {
        let between = matches!(c, '.' | ',' | '．')
            && chars.peek().is_some_and(|next| digit(*next).is_some());
        if digit(c).is_none() && !between {
            break;
        }
        end += c.len_utf8();
    }
    let rest = &text[end..];
    let powers = rest.strip_prefix(['余', '多']).unwrap_or(rest);
    let power = powers.chars().next().is_some_and(|c| POWERS.contains(c) && c != '十');
    if power {
        let after = powers.trim_start_matches(|c| POWERS.contains(c));
        end = text.len() - after.len();
    }
    let rest = &text[end..];
    if rest.starts_with(['%', '‰', '％']) {
        end += rest.chars().next().map_or(0, char::len_utf8);
    }
    end
}

/// The end of Han numerals; 百分之九十二点二 and 三分之二 are one.
fn han_end(text: &str, start: usize) -> usize {
    let run = |from: usize| text.len() - text[from..].trim_start_matches(is_han).len();
    let mut end = run(start);
    for joint in ["分之", "点"] {
        let Some(after) = text[end..].strip_prefix(joint) else { continue };
        let of_share = joint == "分之" || text[start..end].contains("分之");
        if of_share && after.starts_with(is_han) {
            end = run(text.len() - after.len());
        }
    }
    end
}

/// Stretches of a text whose numerals are parts of names.
struct Spans {
    /// In order, not overlapping.
    names: Vec<Range<usize>>,
    /// What is written in quotation marks, and short.
    quotes: Vec<Range<usize>>,
}

impl Spans {
    fn of(text: &str) -> Self {
        let pairs = |open: char, close: char| {
            let mut found: Vec<Range<usize>> = Vec::new();
            let mut at = 0;
            while let Some(start) = text[at..].find(open).map(|start| at + start) {
                let Some(end) = text[start..].find(close).map(|end| start + end) else {
                    break;
                };
                found.push(start..end);
                at = end;
            }
            found
        };
        let mut names = pairs('《', '》');
        names.extend(addresses(text));
        names.sort_by_key(|range| range.start);
        let mut quotes = pairs('“', '”');
        quotes.extend(pairs('「', '」'));
        quotes.retain(|range| text[range.clone()].chars().count() <= NAME_MAX_CHARS);
        quotes.sort_by_key(|range| range.start);
        Self { names, quotes }
    }

    fn covers(spans: &[Range<usize>], range: &Range<usize>) -> bool {
        spans.iter().any(|one| one.start <= range.start && range.end <= one.end)
    }
}

/// Addresses, paths and the braces of captions: stretches of ASCII with `://`, `www.`, `@`
/// or `{#` in them.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    for word in text.split(|c: char| !c.is_ascii() || c == ' ') {
        let marks = ["://", "www.", "@", "{#", "[["];
        // Between two Chinese characters there is a word of no letters.
        if !word.is_empty() && marks.iter().any(|mark| word.contains(mark)) {
            found.push(at..at + word.len());
        }
        at += word.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

struct Context<'t> {
    text: &'t str,
    role: Role,
    spans: Spans,
    /// The press's own terms.
    terms: &'t [String],
    /// Where the numeral before ends, and of what sort it is.
    last: Option<(usize, Option<&'static str>)>,
}

impl Context<'_> {
    fn sort(&self, range: &Range<usize>) -> Option<&'static str> {
        let (before, after) = (&self.text[..range.start], &self.text[range.end..]);
        if Spans::covers(&self.spans.names, range) {
            return Some("name");
        }
        if self.is_in_term(range) {
            return Some("term");
        }
        if is_list_number(self.text, range, self.role) {
            return Some("list number");
        }
        if ORDINAL_BEFORE.iter().any(|word| before.trim_end().ends_with(word)) {
            return Some("ordinal");
        }
        if self.is_counted(range) {
            return Some("count");
        }
        let number = &self.text[range.clone()];
        match number.chars().next().and_then(digit) {
            Some(_) => self.arabic(number, before, after),
            None => self.han(number, range, before, after),
        }
    }

    /// Whether a numeral is part of a term: of one that stands where its first character
    /// is that of the numeral.
    fn is_in_term(&self, range: &Range<usize>) -> bool {
        let Some(first) = self.text[range.clone()].chars().next() else { return false };
        let covers = |term: &str, at: usize| {
            let start = range.start.checked_sub(at);
            let rest = start.and_then(|start| self.text.get(start..));
            rest.is_some_and(|rest| rest.starts_with(term))
                && range.end <= range.start - at + term.len()
        };
        let holds = |term: &str| {
            let mut chars = term.char_indices();
            chars.any(|(at, c)| c == first && covers(term, at))
        };
        // Ours hold no Arabic numerals.
        let ours = if is_han(first) { &TERMS[..] } else { &[] };
        ours.iter().any(|term| holds(term)) || self.terms.iter().any(|term| holds(term))
    }

    /// Whether a title, a heading or the sentence before a list announces so many items:
    /// then the number is checked against them.
    fn is_counted(&self, range: &Range<usize>) -> bool {
        let heads = matches!(self.role, Role::Title | Role::Heading(_));
        let leads = self.text.trim_end().ends_with(['：', ':'])
            && !self.text[range.end..].contains(['。', '；', '！', '？']);
        (heads || leads) && count::announces(self.text, range)
    }

    fn arabic(&self, number: &str, before: &str, after: &str) -> Option<&'static str> {
        let next = after.chars().next();
        let last = before.chars().next_back();
        let plain: String = number.chars().filter_map(digit).map(to_char).collect();
        let bare = plain.len() == number.chars().count();
        let value: u32 = plain.parse().unwrap_or(u32::MAX);
        if number.matches('.').count() > 1 {
            return Some("code");
        }
        // COVID-19, 5A, GB/T 15834—2011, 10·17
        let letter = before.strip_suffix('-').unwrap_or(before).chars().next_back();
        if letter.is_some_and(|c| c.is_ascii_alphabetic())
            || next.is_some_and(|c| c.is_ascii_uppercase())
            || before.ends_with('·')
            || after.starts_with('·')
        {
            return Some("name");
        }
        if before.ends_with([' ', '\u{A0}']) {
            let word = before.trim_end().rsplit([' ', '\n']).next().unwrap_or_default();
            let head = word.trim_start_matches(|c: char| !c.is_ascii());
            let is_sign = |byte: u8| byte.is_ascii_uppercase() || byte == b'/';
            if head.len() >= 2 && head.bytes().all(is_sign) {
                return Some("name");
            }
        }
        let joined = before.trim_end_matches(['—', '–', '-', ':', '/', '.']);
        let follows = |sorts: &[&str]| {
            self.last.is_some_and(|(end, sort)| {
                joined.len() < before.len()
                    && end == joined.len()
                    && sort.is_some_and(|sort| sorts.contains(&sort))
            })
        };
        if follows(&["name", "code"]) {
            return Some("name");
        }
        // 〔2020〕15号
        if (matches!(last, Some('〔' | '[' | '［'))
            && matches!(next, Some('〕' | ']' | '］')))
            || (before.ends_with(['〕', ']', '］']) && after.starts_with('号'))
            || (bare && after.starts_with('号'))
        {
            return Some("document number");
        }
        let reach = before.len().saturating_sub(CODE_REACH);
        let reach = (reach..=before.len()).find(|at| before.is_char_boundary(*at));
        let near = &before[reach.unwrap_or(before.len())..];
        if CODE_BEFORE.iter().any(|word| near.contains(word)) {
            return Some("code");
        }
        if is_date(plain.len(), value, bare, before, after, self.role)
            || (follows(&["date"]) && value <= 31)
        {
            return Some("date");
        }
        if bare && is_ordinal_ending(after) {
            return Some("ordinal");
        }
        let english = !self.text.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
        (english && is_english_date(value, bare, before, after)).then_some("date")
    }

    fn han(
        &self,
        number: &str,
        range: &Range<usize>,
        before: &str,
        after: &str,
    ) -> Option<&'static str> {
        let chars: Vec<char> = number.chars().collect();
        let digits = chars.iter().all(|c| !POWERS.contains(*c));
        let starts = |words: &[&str]| words.iter().any(|word| after.starts_with(word));
        let dated = (after.starts_with('年') && digits && chars.len() == 4)
            || (after.starts_with('月') && !before.ends_with('个'))
            || (after.starts_with('日') && before.ends_with('月'))
            || before.ends_with("星期")
            || (before.ends_with('周') && chars.len() == 1)
            || starts(&["世纪", "年代", "季度", "月份"]);
        if dated {
            return Some("date");
        }
        let congress = after.strip_prefix('大').is_some_and(|rest| {
            before.ends_with("党的")
                || CONGRESS.iter().any(|word| rest.starts_with(word))
                || rest.starts_with(['”', '》'])
        });
        if congress || starts(&["届", "中全会"]) {
            return Some("term");
        }
        if Spans::covers(&self.spans.quotes, range) {
            return Some("name");
        }
        if number.contains("分之") {
            return None;
        }
        // 百社百村, 千家万户, 十百千; but 十家 counts.
        let powers = chars.iter().all(|c| POWERS.contains(*c)) && number != "十";
        let vague = before.ends_with(['几', '数', '上', '成', '每', '万', '唯'])
            || after.starts_with('几');
        // 一 before a measure is nearly always an article.
        if number == "一" || powers || vague {
            return Some("word");
        }
        let rest = after.strip_prefix(['余', '多']).unwrap_or(after);
        let counts = COUNTERS.iter().any(|word| rest.starts_with(word));
        let large = number.contains(['百', '千', '万', '亿']) && chars.len() > 1;
        if counts || (large && rest.len() < after.len()) {
            return None;
        }
        Some("word")
    }
}

fn to_char(digit: u32) -> char {
    char::from_digit(digit, 10).unwrap_or('0')
}

/// Whether a numeral is the number of a heading or of an item: 一、, （一）, 1., 一是.
fn is_list_number(text: &str, range: &Range<usize>, role: Role) -> bool {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let number = text[range.clone()].chars().count() <= 3;
    let first = before.trim().is_empty() || matches!(before.trim(), "（" | "(" | "第");
    if first && enumerator(text).is_some() {
        return true;
    }
    let heading = matches!(role, Role::Heading(_));
    if first && heading && after.starts_with(['.', '、', '．', ' ', '　']) {
        return true;
    }
    if number
        && before.ends_with(['（', '('])
        && after.starts_with(['）', ')'])
        && !text[range.clone()].contains(['.', '%', '百', '千', '万'])
    {
        return true;
    }
    let clause = before.is_empty()
        || before.ends_with(['。', '；', '：', '，', '、', '！', '？', ' ', '　', '”']);
    let han = text[range.clone()].chars().all(is_han);
    clause && han && number && after.starts_with(['是', '要', '、'])
}

/// Whether an Arabic numeral is a part of a date or a time.
fn is_date(
    digits: usize,
    value: u32,
    bare: bool,
    before: &str,
    after: &str,
    role: Role,
) -> bool {
    if !bare {
        return false;
    }
    // What stands behind the other end of a range or list: 2016、2017和2018年, 1—3月.
    let mut rest = after;
    for _ in 0..12 {
        let joints = ['—', '–', '-', '~', '～', '至', '、', '和', '或', '到'];
        let next = rest.trim_start_matches(joints);
        let tail = next.trim_start_matches(|c| digit(c).is_some());
        if next.len() == rest.len() || tail.len() == next.len() {
            break;
        }
        rest = tail;
    }
    let long = digits;
    if long == 4 && (1800..2200).contains(&value) {
        let alone = role == Role::Cell && before.is_empty() && after.is_empty();
        return alone || rest.starts_with(['年', '学']) || is_numeric_date(after);
    }
    if long > 2 {
        return false;
    }
    let month = rest.starts_with('月') && (1..=12).contains(&value);
    let day = rest.starts_with('日') && (1..=31).contains(&value);
    let hour = after.strip_prefix('时').is_some_and(|rest| {
        rest.is_empty()
            || rest.starts_with(['整', '许', '至', '，', '。', '、', '—'])
            || rest.starts_with(|c| digit(c).is_some())
    });
    let clock = hour
        || (after.starts_with([':', '：'])
            && after.chars().nth(1).is_some_and(|c| digit(c).is_some()))
        || (before.ends_with([':', '：'])
            && long == 2
            && before.chars().nth_back(1).is_some_and(|c| digit(c).is_some()))
        || (before.ends_with(['时', '点']) && after.starts_with('分'));
    let age = ["世纪", "年代", "月份"].iter().any(|word| after.starts_with(word));
    month || day || clock || age
}

/// Whether a year goes on as `-03-05` or `/3/5`.
fn is_numeric_date(after: &str) -> bool {
    let part = |text: &str| {
        let rest = text.strip_prefix(['-', '/'])?;
        let tail = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        (1..=2).contains(&(rest.len() - tail.len())).then(|| text.len() - tail.len())
    };
    part(after).is_some_and(|end| part(&after[end..]).is_some())
}

/// Months in English, by their first letters.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// What is behind 1st, 22nd, 33rd, 19th.
fn is_ordinal_ending(after: &str) -> bool {
    let rest = ["st", "nd", "rd", "th"].iter().find_map(|end| after.strip_prefix(end));
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// 5 March 2021, March 5, in 2020.
fn is_english_date(value: u32, bare: bool, before: &str, after: &str) -> bool {
    if !bare {
        return false;
    }
    if (1800..2200).contains(&value) {
        return true;
    }
    let month = |word: &str| MONTHS.iter().any(|month| word.starts_with(month));
    let last = before.trim_end().rsplit(' ').next().unwrap_or_default();
    (1..=31).contains(&value) && (month(after.trim_start()) || month(last))
}
