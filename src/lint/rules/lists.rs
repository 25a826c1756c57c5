//! Serial marks, and commas between what marks already separate.

use super::super::line::{Finds, Line};
use super::{Pattern, pattern};

/// Marks after serial marks.
pub(super) fn serial(line: &Line<'_>, finds: &mut Finds<'_>) {
    static BRACKETED: Pattern = Pattern::new(|| {
        pattern(
            r"(?m)^[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)](?P<x>[、，,.．。：:]) *[\p{Han}“《]",
        )
    });
    static CIRCLED: Pattern =
        Pattern::new(|| pattern(r"(?m)^[①-⑳](?P<x>[、，,.．]) *[\p{Han}“《]"));
    static ARABIC: Pattern = Pattern::new(|| {
        pattern(
            "(?m)^(?P<x>(?P<n>\\d{1,2})(?P<m>[、.．])[ \u{3000}]*)(?P<after>[\\p{Han}“《])",
        )
    });
    static HAN: Pattern = Pattern::new(|| {
        pattern(r"(?m)^[一二三四五六七八九十]{1,3}(?P<x>[.．,] *)[\p{Han}“《]")
    });
    static ORDINAL: Pattern = Pattern::new(|| {
        pattern(
            "(?m)(?:^|[。；])(?:第[一二三四五六七八九十]{1,2}|首先|其次|再次|最后)(?P<x>、)(?P<after>⟨H⟩)",
        )
    });
    let numeral = |text: &str| {
        text.chars().all(|c| "第一二三四五六七八九十百千两几首其再最".contains(c))
    };
    for form in [&BRACKETED, &CIRCLED] {
        line.each(form, |found| {
            let mark = found.name("x").expect("it matched");
            let message = format!("no `{}` follows this serial mark", mark.as_str());
            finds.replace(line, mark.range(), "", message);
        });
    }
    line.each(&ARABIC, |found| {
        let padded = found["n"].len() > 1 && found["n"].starts_with('0');
        if numeral(&found["after"]) || (&found["m"] != "、" && !padded) {
            return;
        }
        let number = found["n"].trim_start_matches('0');
        if !number.is_empty() {
            let mark = found.name("x").expect("it matched");
            let message =
                format!("the serial mark `{}` is written `{number}.`", &found["n"]);
            // The blank goes too: with it, Markdown would begin a list here.
            finds.replace(line, mark.range(), &format!("{number}."), message);
        }
    });
    line.each(&HAN, |found| {
        let mark = found.name("x").expect("it matched").range();
        finds.replace(line, mark, "、", "a Chinese serial number takes `、`");
    });
    line.each(&ORDINAL, |found| {
        if !numeral(&found["after"]) {
            let mark = found.name("x").expect("it matched").range();
            finds.replace(line, mark, "，", "`第一`, `首先` and their like take `，`");
        }
    });
}

/// How many bytes before a comma are looked at.
const REACH: usize = 300;

/// ”、“ and 》、《.
pub(super) fn between_marks(line: &Line<'_>, finds: &mut Finds<'_>) {
    static COMMA: Pattern = Pattern::new(|| pattern("”(?P<x>、)“|》(?P<y>、)《"));
    // “甲”对“乙”、“丙”对“丁”: what is listed is more than what stands in the marks.
    static BEFORE: Pattern = Pattern::new(|| pattern("[”》]⟨H⟩+[“《][^“”《》]*[”》]$"));
    static AFTER: Pattern =
        Pattern::new(|| pattern("^[“《][^“”《》]*[”》]⟨H⟩{1,8}[“《]"));
    line.each(&COMMA, |found| {
        let comma = found.name("x").or(found.name("y")).expect("one of them matched");
        let near = line.clip(comma.start().saturating_sub(REACH)..comma.start());
        if BEFORE.is_match(near) || AFTER.is_match(&line.text[comma.end()..]) {
            return;
        }
        let message = "no `、` stands between what marks separate already";
        finds.replace(line, comma.range(), "", message);
    });
}
