//! Dates.

use super::super::line::{Finds, Line};
use super::{Pattern, pattern};
use crate::prose::Role;

/// What may follow 号 where it is no day: 3月5号文件.
const NUMBERED: &str = "楼线文令院公机馆厅门井坑站仓库桥段";

/// Zeros before months and days, 号 for 日, blanks within.
pub(super) fn form(line: &Line<'_>, finds: &mut Finds<'_>) {
    static DATE: Pattern = Pattern::new(|| {
        pattern(
            r"(?:^|[^\d.\-])(?P<x>(?:(?:1[5-9]|20)\d{2} *年 *)?(?:0?[1-9]|1[0-2]) *月(?: *(?:0?[1-9]|[12]\d|3[01]) *[日号])?)(?P<n>.?)",
        )
    });
    static YEAR: Pattern =
        Pattern::new(|| pattern(r"(?:^|[^\d.\-])(?:1[5-9]|20)\d{2}(?P<x> +)年"));
    line.each(&DATE, |found| {
        let date = found.name("x").expect("it matched");
        let (old, next) = (date.as_str(), found["n"].chars().next().unwrap_or_default());
        if old.ends_with('号') && NUMBERED.contains(next) {
            return;
        }
        let new = mended(old);
        // A blank before what is no day: `3 月` alone may be three months in some hands.
        let alone = !old.contains('年') && !old.ends_with(['日', '号']);
        if new != old && !(alone && old.contains(' ')) {
            finds.replace(
                line,
                date.range(),
                &new,
                format!("the date is written `{old}`"),
            );
        }
    });
    line.each(&YEAR, |found| {
        let blanks = found.name("x").expect("it matched").range();
        // With a month it is reported above.
        let rest = line.text[blanks.end + "年".len()..].trim_start_matches(' ');
        if !rest.starts_with(|c: char| c.is_ascii_digit()) {
            finds.replace(line, blanks, "", "a blank stands between the year and `年`");
        }
    });
}

/// A date without zeros and blanks, and with 日.
fn mended(date: &str) -> String {
    let mut out = String::with_capacity(date.len());
    let mut number = String::new();
    for found in date.chars().filter(|found| *found != ' ') {
        if found.is_ascii_digit() {
            number.push(found);
            continue;
        }
        out.push_str(number.trim_start_matches('0'));
        number.clear();
        out.push(if found == '号' { '日' } else { found });
    }
    out
}

/// 2021/3/5.
pub(super) fn numeric(line: &Line<'_>, finds: &mut Finds<'_>) {
    static DATE: Pattern = Pattern::new(|| {
        pattern(
            r"(?:^|[^\d./\-A-Za-z])(?P<x>(?P<y>(?:19|20)\d{2})/(?P<m>0?[1-9]|1[0-2])/(?P<d>0?[1-9]|[12]\d|3[01]))(?:[^\d./\-A-Za-z]|$)",
        )
    });
    if matches!(line.role, Role::Cell | Role::Field) {
        return;
    }
    line.each(&DATE, |found| {
        let number = |name: &str| found[name].trim_start_matches('0').to_owned();
        let date = format!("{}年{}月{}日", number("y"), number("m"), number("d"));
        let range = found.name("x").expect("it matched").range();
        finds.replace(line, range, &date, "the date is written with strokes");
    });
}

/// 21年3月5日.
pub(super) fn short_year(line: &Line<'_>, finds: &mut Finds<'_>) {
    static YEAR: Pattern = Pattern::new(|| {
        pattern(
            r"(?:^|[^\d第.历满近约达逾共整年'])(?P<x>['’]?\d{2}年)(?:1[0-2]|0?[1-9])月(?:\d{1,2}[日号]|[底初末份]|[，、。—])",
        )
    });
    line.each(&YEAR, |found| {
        let year = found.name("x").expect("it matched");
        let message = format!("the year `{}` is shortened", year.as_str());
        finds.tell(line, year.range(), message, "write all four digits of the year");
    });
}
