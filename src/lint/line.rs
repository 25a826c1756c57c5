//! One text as rules see it, and what they say about it.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{Frame, Rule};
use crate::diag::{Diagnostic, Diagnostics, Edit};
use crate::prose::{Prose, Role};

/// A text that holds Chinese characters.
pub(super) struct Line<'p> {
    prose: &'p Prose,
    /// The text.
    pub text: &'p str,
    /// What it is.
    pub role: Role,
    /// Addresses, paths, numbers of standards, anchors: nobody's to mend.
    protected: Vec<Range<usize>>,
    /// What stands in 《》: names are quoted as they are.
    names: Vec<Range<usize>>,
}

/// What is left alone wherever it stands.
static PROTECTED: LazyLock<Regex> = LazyLock::new(|| {
    let parts = [
        // addresses
        r"[A-Za-z][A-Za-z0-9+.\-]*://[^\s\p{Han}，。；：、！？（）《》“”‘’【】〔〕]+",
        r"\b(?:www\.|mailto:)[^\s\p{Han}，。；：、！？（）《》“”‘’【】〔〕]+",
        r"[A-Za-z0-9][A-Za-z0-9._%+\-]*@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+",
        // anchors of captions, toc marks
        r"\{[#.][^{}\n]*\}",
        r"\[\[[^\[\]\n]*\]\]",
        // paths and files
        r"(?:[A-Za-z0-9_.\-]*/)+[A-Za-z0-9_.\-]*[A-Za-z_][A-Za-z0-9_.\-]*/?",
        r"[A-Za-z0-9_\-]+\.[A-Za-z][A-Za-z0-9]{1,4}\b",
        // standards: GB/T 15834—2011, ISO 8601-1:2019
        r"\b[A-Z]{1,5}(?:/[A-Z]{1,3})?[ \u{A0}]?[0-9]+(?:\.[0-9]+)*(?:[\-—–:][0-9]+)+",
        // numbers that are codes: ISO dates, phone numbers, versions
        r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.+\-Z]*)?",
        r"\b0[0-9]{2,3}[\-—–][0-9]{7,8}\b",
        r"\b[0-9]+(?:[.][0-9]+){2,}\b",
    ];
    Regex::new(&parts.join("|")).expect("the pattern is a constant")
});

impl<'p> Line<'p> {
    /// A text for the rules; nothing where it is not Chinese.
    pub(super) fn new(prose: &'p Prose) -> Option<Self> {
        let text = prose.text();
        if !is_chinese(text) {
            return None;
        }
        let protected = if text.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
            PROTECTED.find_iter(text).map(|found| found.range()).collect()
        } else {
            Vec::new()
        };
        Some(Self { prose, text, role: prose.role, protected, names: names(text) })
    }

    /// Whether one of these characters is in the text; with none, whatever is in it.
    pub(super) fn may_hold(&self, hints: &str) -> bool {
        hints.is_empty() || self.text.contains(|found| hints.contains(found))
    }

    /// Whether no part of a range is left alone.
    fn is_free(&self, range: &Range<usize>, in_names: bool) -> bool {
        let touches = |list: &[Range<usize>]| {
            let after = list.partition_point(|one| one.end <= range.start);
            list.get(after).is_some_and(|one| one.start < range.end)
        };
        !touches(&self.protected) && (in_names || !touches(&self.names))
    }

    /// Whether an offset lies in an address or the like.
    pub(super) fn is_protected(&self, at: usize) -> bool {
        !self.is_free(&(at..at + 1), true)
    }

    /// The matches of a pattern, also those that share their context: each search begins
    /// one character after the last match began.
    pub(super) fn each(&self, pattern: &Regex, mut take: impl FnMut(&Captures<'p>)) {
        let mut from = 0;
        let mut done = 0;
        while let Some(found) = pattern.captures_at(self.text, from) {
            let whole = found.get(0).expect("a match has a range");
            let flagged = found.name("x").unwrap_or(whole);
            if flagged.start() >= done && !flagged.is_empty() {
                take(&found);
                done = flagged.end();
            }
            let step =
                self.text[whole.start()..].chars().next().map_or(1, char::len_utf8);
            from = whole.start() + step;
            if from > self.text.len() {
                break;
            }
        }
    }

    /// Whether markup stays what it is when a range is replaced. Beside a run of `*`,
    /// Markdown looks at the characters on both sides of it: a mark may become another
    /// mark there, as long as Chinese stands on the other side: for a letter a full-width
    /// mark would let the run open or close. Where something is deleted, two runs must
    /// not meet.
    fn keeps_markup(
        &self,
        range: &Range<usize>,
        with: &str,
        all: &[(Range<usize>, &str)],
    ) -> bool {
        let old = &self.text[range.clone()];
        let mark = |found: Option<char>| {
            found.is_some_and(|found| !found.is_alphanumeric() && !found.is_whitespace())
        };
        let side =
            |at: usize, beside: Option<char>, old: Option<char>, new: Option<char>| {
                let Some(beside) = beside else { return true };
                let meets = |other: &Range<usize>| other.start == at || other.end == at;
                if all.iter().any(|(other, _)| other != range && meets(other)) {
                    return true;
                }
                !"*_~`[]<>\\|".contains(beside)
                    && (self.prose.joins(at)
                        || (is_wide(beside) && mark(old) && mark(new)))
            };
        let (before, after) = (self.before(range.start), self.after(range.end));
        side(range.start, before, old.chars().next(), with.chars().next())
            && side(range.end, after, old.chars().next_back(), with.chars().next_back())
    }

    /// The text in a range, which may begin within a character.
    pub(super) fn clip(&self, range: Range<usize>) -> &'p str {
        let mut start = range.start;
        while !self.text.is_char_boundary(start) {
            start += 1;
        }
        &self.text[start..range.end]
    }

    /// The character before an offset.
    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    /// The character at an offset.
    pub(super) fn after(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }
}

/// Whether a text is Chinese, not English with Chinese words in it: whether it has two
/// Chinese characters for each word in Latin letters.
fn is_chinese(text: &str) -> bool {
    let (mut han, mut words, mut in_word) = (0_usize, 0_usize, false);
    for found in text.chars() {
        let letter = found.is_ascii_alphabetic();
        words += usize::from(letter && !in_word);
        in_word = letter;
        han += usize::from(is_han(found));
    }
    han > 0 && han >= 2 * words
}

/// The ranges inside the outermost 《》.
fn names(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut rest = 0;
    while let Some(open) = text[rest..].find('《').map(|at| rest + at + '《'.len_utf8())
    {
        let Some(close) = text[open..].find('》').map(|at| open + at) else { break };
        out.push(open..close);
        rest = close;
    }
    out
}

/// Written in Chinese characters.
pub(super) fn is_han(found: char) -> bool {
    matches!(found,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '〇' | '々' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{323AF}' | '\u{2F00}'..='\u{2FDF}')
}

/// Chinese of any kind.
fn is_wide(found: char) -> bool {
    is_han(found) || closes(found) || opens(found) || "，。、；：？！".contains(found)
}

/// Chinese punctuation that closes something.
pub(super) fn closes(found: char) -> bool {
    matches!(found, '”' | '’' | '）' | '》' | '〉' | '】' | '〕' | '」' | '』')
}

/// Chinese punctuation that opens something.
pub(super) fn opens(found: char) -> bool {
    matches!(found, '“' | '‘' | '（' | '《' | '〈' | '【' | '〔' | '「' | '『')
}

/// Where a rule says what it found.
pub(super) struct Finds<'d> {
    rule: &'static Rule,
    /// What is known of the document.
    pub frame: Frame,
    diags: &'d mut Diagnostics,
}

impl<'d> Finds<'d> {
    pub(super) fn new(
        rule: &'static Rule,
        frame: Frame,
        diags: &'d mut Diagnostics,
    ) -> Self {
        Self { rule, frame, diags }
    }

    /// Reports a range, and what to write instead.
    pub(super) fn replace(
        &mut self,
        line: &Line<'_>,
        range: Range<usize>,
        with: &str,
        message: impl Into<String>,
    ) {
        self.replace_all(line, &[(range, with)], message);
    }

    /// Reports ranges that belong together, in order, and what to write instead of each.
    pub(super) fn replace_all(
        &mut self,
        line: &Line<'_>,
        edits: &[(Range<usize>, &str)],
        message: impl Into<String>,
    ) {
        let (Some((first, _)), Some((last, _))) = (edits.first(), edits.last()) else {
            return;
        };
        if !edits.iter().all(|(range, _)| line.is_free(range, self.rule.in_names)) {
            return;
        }
        // In a pair the place is that of the first: a mark over a page shows nothing.
        let place = line.prose.place_of(first.clone());
        let old = &line.text[first.start..last.end];
        let mut new = String::new();
        let mut at = first.start;
        for (range, with) in edits {
            new.push_str(&line.text[at..range.start]);
            new.push_str(with);
            at = range.end;
        }
        let mut finding =
            Diagnostic::new(self.rule.code, place, message).hint(advice(old, &new));
        let exact: Option<Vec<Edit>> = edits
            .iter()
            .map(|(range, with)| {
                let place = line.prose.exact(range.clone())?;
                Some(Edit { place, replacement: (*with).to_owned() })
            })
            .collect();
        let safe =
            edits.iter().all(|(range, with)| line.keeps_markup(range, with, edits));
        if let Some(edits) = exact.filter(|_| self.frame.mend && safe) {
            finding = finding.fix(edits);
        }
        self.diags.add(finding);
    }

    /// Reports a range that only its writer can mend.
    pub(super) fn tell(
        &mut self,
        line: &Line<'_>,
        range: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        if line.is_free(&range, self.rule.in_names) {
            let place = line.prose.place_of(range);
            self.diags.add(Diagnostic::new(self.rule.code, place, message).hint(hint));
        }
    }

    /// Reports a range, and another one that it does not agree with.
    pub(super) fn disagree(
        &mut self,
        (line, range): (&Line<'_>, Range<usize>),
        (other, there): (&Line<'_>, Range<usize>),
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let (place, there) = (line.prose.place_of(range), other.prose.place_of(there));
        self.diags.add(
            Diagnostic::new(self.rule.code, place, message)
                .related(there, "written otherwise here")
                .hint(hint),
        );
    }
}

/// The longest text that a hint repeats, in characters.
const LONGEST_ADVICE: usize = 40;

fn advice(old: &str, new: &str) -> String {
    if new.trim().is_empty() {
        return format!("delete `{}`", name(old));
    }
    let short: String = new.chars().take(LONGEST_ADVICE).collect();
    let dots = if short.len() < new.len() { "…" } else { "" };
    format!("write `{short}{dots}`")
}

/// A text that can be seen: blanks by their numbers.
fn name(text: &str) -> String {
    text.chars()
        .map(|found| match found {
            '\u{200B}'..='\u{200F}' | '\u{3000}' | '\u{A0}' | '\u{FEFF}' | '\u{2060}' => {
                format!("U+{:04X}", u32::from(found))
            }
            _ => found.to_string(),
        })
        .collect()
}
