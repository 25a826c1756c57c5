//! Long numbers: with separators or without, but alike.

use std::ops::Range;

use super::super::line::{Finds, Line};
use super::{Pattern, pattern};

/// Numbers of both kinds in one document.
pub(super) fn consistent(lines: &[Line<'_>], finds: &mut Finds<'_>) {
    static GROUPED: Pattern = Pattern::new(|| {
        pattern(r"(?:^|[^\d.,])(?P<x>[1-9]\d{0,2}(?:,\d{3})+)(?:[^\d,]|$)")
    });
    static PLAIN: Pattern = Pattern::new(|| {
        pattern(
            r"(?:^|[^\d.,\-A-Za-z])(?P<x>[1-9]\d{4,8})(?:\.\d+)?(?:余|多)?(?:元|人|户|个|名|件|家|平方|亩|吨|公里|份|场|册)",
        )
    });
    let (grouped, plain) = (all(lines, &GROUPED), all(lines, &PLAIN));
    let (odd, usual, hint) = if plain.len() <= grouped.len() {
        (plain, grouped, "separate its thousands by `,` as well, or no number's")
    } else {
        (grouped, plain, "leave out the `,`, or separate the thousands of all numbers")
    };
    let Some((there, other)) = usual.first() else { return };
    for (line, range) in &odd {
        let number = &lines[*line].text[range.clone()];
        let message =
            format!("`{number}` is not grouped like other numbers of the document");
        let other = (&lines[*there], other.clone());
        finds.disagree((&lines[*line], range.clone()), other, message, hint);
    }
}

fn all(lines: &[Line<'_>], form: &Pattern) -> Vec<(usize, Range<usize>)> {
    let mut out = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        line.each(form, |found| {
            let number = found.name("x").expect("it matched").range();
            if !line.is_protected(number.start) {
                out.push((index, number));
            }
        });
    }
    out
}
