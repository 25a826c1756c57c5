//! From where to where: years, days, hours, percentages, values.

use super::super::line::{Finds, Line};
use super::{Pattern, pattern};

/// What is written for the mark of a range of time.
const TIME: &str = "—";

/// What is written for the mark of a range of values.
const VALUE: &str = "～";

/// Units after which a range of numbers is one of values.
const UNITS: &str = "元|万元|亿元|万人|人次|人|名|位|个|家|户|公里|千米|米|平方米|亩|公顷|吨|公斤|千克|小时|分钟|秒|天|个月|周岁|岁|倍|件|份|场|期次|度|℃|分(?:[^之别公]|$)";

/// Years, months, days and hours.
pub(super) fn years(line: &Line<'_>, finds: &mut Finds<'_>) {
    static FULL: Pattern = Pattern::new(|| {
        pattern(
            r"(?:^|[^\d.\-A-Za-z])(?:1[5-9]|20)\d{2}年?(?P<x> ?(?:--?|–|−|~|～|－|——) ?)(?:1[5-9]|20)\d{2}(?:年|[）)])",
        )
    });
    static SHORT: Pattern = Pattern::new(|| {
        pattern(
            r"(?:^|[^\d.\-A-Za-z])(?P<c>20|19)(?P<a>\d{2})(?P<x>[-–~～—](?P<b>\d{2}))年",
        )
    });
    static MONTHS: Pattern = Pattern::new(|| {
        pattern(
            r"(?:^|[^\d.\-])\d{1,2}(?:月(?:\d{1,2}日)?)?(?P<x>--?|–|~|——)\d{1,2}月(?:[^龄大子球饼饷薪]|$)",
        )
    });
    static DAYS: Pattern =
        Pattern::new(|| pattern(r"\d月\d{1,2}日?(?P<x>--?|–|~|——)\d{1,2}日"));
    static HOURS: Pattern = Pattern::new(|| {
        pattern(
            r"(?:^|[^\d])\d{1,2}[:：][0-5]\d(?P<x> ?(?:--?|–|~|——) ?)\d{1,2}[:：][0-5]\d",
        )
    });
    let message = "a range of time takes the dash `—`";
    for form in [&FULL, &MONTHS, &DAYS, &HOURS] {
        line.each(form, |found| {
            let mark = found.name("x").expect("it matched").range();
            finds.replace(line, mark, TIME, message);
        });
    }
    line.each(&SHORT, |found| {
        let (from, to) = (found["a"].parse::<u8>(), found["b"].parse::<u8>());
        if from.ok().zip(to.ok()).is_some_and(|(from, to)| from < to) {
            let rest = found.name("x").expect("it matched");
            let full = format!("{TIME}{}{}", &found["c"], &found["b"]);
            finds.replace(line, rest.range(), &full, "the second year is shortened");
        }
    });
}

/// Percentages.
pub(super) fn percents(line: &Line<'_>, finds: &mut Finds<'_>) {
    static RANGE: Pattern = Pattern::new(|| {
        pattern(
            r"(?:^|[^\d.,\-A-Za-z])(?P<a>\d{1,3}(?:\.\d+)?)(?P<x>(?P<p>%?)(?P<m>[-–~～－—]))(?P<b>\d{1,3}(?:\.\d+)?)%",
        )
    });
    line.each(&RANGE, |found| {
        let (from, to) = (found["a"].parse::<f64>(), found["b"].parse::<f64>());
        let rises = from.ok().zip(to.ok()).is_some_and(|(from, to)| from < to);
        let right = &found["p"] == "%" && matches!(&found["m"], "～" | "—");
        if rises && !right {
            let mark = found.name("x").expect("it matched").range();
            let message =
                "both ends of a range of percentages take `%`, with `～` between";
            finds.replace(line, mark, &format!("%{VALUE}"), message);
        }
    });
}

/// Values with their unit.
pub(super) fn numbers(line: &Line<'_>, finds: &mut Finds<'_>) {
    static RANGE: Pattern = Pattern::new(|| {
        pattern(&format!(
            r"(?:^|[^\d.,\-/:：A-Za-z第~～—号])(?P<a>\d+(?:\.\d+)?)(?P<s>[万亿]?)(?P<x>[-–~－])(?P<b>\d+(?:\.\d+)?)(?P<t>[万亿]?)(?P<u>{UNITS})",
        ))
    });
    line.each(&RANGE, |found| {
        let value = |name: &str| found[name].parse::<f64>().ok();
        let (Some(from), Some(to)) = (value("a"), value("b")) else { return };
        let padded = |name: &str| found[name].len() > 1 && found[name].starts_with('0');
        let codes = (padded("a") || padded("b")) && !found["a"].contains('.');
        // 5万-10万元; 5-10万元; 9000-1万元 cannot be compared.
        let comparable = found["s"] == found["t"] || found["s"].is_empty();
        if codes || !comparable || (from >= to && found["t"].is_empty()) {
            return;
        }
        let mark = found.name("x").expect("it matched").range();
        finds.replace(line, mark, VALUE, "a range of values takes `～`");
    });
}
