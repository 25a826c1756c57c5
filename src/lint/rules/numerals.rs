//! Numerals: decimal points, zeros, and digits mixed with Chinese numerals.

use regex::Captures;

use super::super::line::{Finds, Line};
use super::{Pattern, pattern};

/// Full-width points in decimals, and decimals without their zero.
pub(super) fn decimal(line: &Line<'_>, finds: &mut Finds<'_>) {
    static POINT: Pattern = Pattern::new(|| {
        pattern(
            r"[^\d\n.．。][\d]+(?P<x>．)\d|[^\d\n.．。]\d+(?P<y>。)\d+(?:%|‰|个百分点|[万亿])",
        )
    });
    line.each(&POINT, |found| {
        let point = found.name("x").or(found.name("y")).expect("one of them matched");
        let message = format!("`{}` stands for a decimal point", point.as_str());
        finds.replace(line, point.range(), ".", message);
    });
}

/// 二○二一年, 二零二一年.
pub(super) fn han_zero(line: &Line<'_>, finds: &mut Finds<'_>) {
    static YEAR: Pattern = Pattern::new(|| {
        pattern(
            "(?:^|[^一二三四五六七八九十百千〇零○])(?P<x>[一二][一二三四五六七八九〇零○ＯOoО0]{3})年",
        )
    });
    let zero = |c: char| "零○ＯOoО0".contains(c);
    line.each(&YEAR, |found| {
        let year = found.name("x").expect("it matched");
        if !year.as_str().contains(zero) {
            return;
        }
        let mended = year.as_str().replace(zero, "〇");
        let message = format!("the zero of the year `{}` is no `〇`", year.as_str());
        finds.replace(line, year.range(), &mended, message);
    });
}

/// 20几, 几10, 3千, 百分之5.
pub(super) fn mixed(line: &Line<'_>, finds: &mut Finds<'_>) {
    static TENS: Pattern = Pattern::new(|| pattern(r"(?:^|[^\d.,\-])(?P<x>[1-9]0几)⟨H⟩"));
    static SOME: Pattern = Pattern::new(|| {
        pattern(r"(?:^|[^\p{Han}A-Za-z\d]|[有达近])(?P<x>[几数](?P<n>10{0,3}))⟨H⟩")
    });
    static HUNDREDS: Pattern = Pattern::new(|| {
        pattern(
            r"(?:^|[^\d.,\-A-Za-z第])(?P<x>(?P<n>[1-9]\d?)(?P<u>[百千]))(?P<after>.?)",
        )
    });
    static PER_CENT: Pattern =
        Pattern::new(|| pattern(r"(?P<x>百分之(?P<n>\d+(?:\.\d+)?))(?:[^\d.%]|$)"));
    let mut say = |found: &Captures<'_>, with: &str| {
        let wrong = found.name("x").expect("it matched");
        let message = format!("`{}` mixes digits with Chinese numerals", wrong.as_str());
        finds.replace(line, wrong.range(), with, message);
    };
    line.each(&TENS, |found| {
        let digit = found["x"].chars().next().and_then(|c| c.to_digit(10));
        let Some(han) =
            digit.and_then(|digit| "一二三四五六七八九".chars().nth(digit as usize - 1))
        else {
            return;
        };
        let tens = if han == '一' { String::new() } else { han.to_string() };
        say(found, &format!("{tens}十几"));
    });
    line.each(&SOME, |found| {
        let first = found["x"].chars().next().unwrap_or_default();
        let unit = match found["n"].len() {
            2 => '十',
            3 => '百',
            4 => '千',
            _ => return,
        };
        say(found, &format!("{first}{unit}"));
    });
    line.each(&HUNDREDS, |found| {
        let after = found["after"].chars().next().unwrap_or_default();
        let (units, zeros) = match &found["u"] {
            // Units of measure begin with 千: 千米, 千瓦; and there are words in 百.
            "千" => ("米克瓦字卡帕伏赫焦安升吨秋禧里家", "000"),
            _ => ("分货姓家日科度强年草花合搭", "00"),
        };
        if !units.contains(after) || after == '\0' {
            say(found, &format!("{}{zeros}", &found["n"]));
        }
    });
    line.each(&PER_CENT, |found| say(found, &format!("{}%", &found["n"])));
}
