//! Approximate numbers.

use super::super::line::{Finds, Line};
use super::{Pattern, pattern};

const DIGITS: &str = "一二三四五六七八九";

/// 三、四个 for 三四个.
pub(super) fn list_comma(line: &Line<'_>, finds: &mut Finds<'_>) {
    static PAIR: Pattern = Pattern::new(|| {
        pattern(
            "(?:^|[^第、一二三四五六七八九十百千])(?P<a>[一二三四五六七八])(?P<x>、)(?P<b>[二三四五六七八九])[十百千万]?(?:个(?:[^月级]|$)|名|位|件|天|家|岁|公里)",
        )
    });
    line.each(&PAIR, |found| {
        let value = |name: &str| DIGITS.find(&found[name]);
        let next = value("a").map(|at| at + "一".len());
        if next == value("b") {
            let comma = found.name("x").expect("it matched").range();
            let message = "two numerals that stand for a rough number take no `、`";
            finds.replace(line, comma, "", message);
        }
    });
}

/// 约300余.
pub(super) fn doubled(line: &Line<'_>, finds: &mut Finds<'_>) {
    static BOTH: Pattern = Pattern::new(|| {
        pattern(
            "(?P<b>.?)(?P<x>(?P<p>大约|约|将近|近|超过|超|逾)(?:有|为|达|计|占)?(?:\\d[\\d,]*(?:\\.\\d+)?|[一二两三四五六七八九十百千]+|\u{FFFC})[十百千万亿]{0,2}(?:(?P<s>余)|(?P<t>多)(?:[个名位人家件次万亿户年月天场期项亩吨倍公平条]|$)|[\\p{Han}%]{0,3}?(?P<u>左右|上下)(?:[，。；、）：的\n]|$)))",
        )
    });
    line.each(&BOTH, |found| {
        let before = found["b"].chars().next().unwrap_or_default();
        let (first, all) = (&found["p"], found.name("x").expect("it matched"));
        let word = match first {
            "约" => "条公合预节签履违失契制相邀简隐",
            "近" => "最附靠邻接亲临远新就",
            "超" => "高反赶",
            _ => "",
        };
        if word.contains(before) && before != '\0' {
            return;
        }
        let second = ["s", "t", "u"].into_iter().find_map(|name| found.name(name));
        let second = second.expect("one of them matched");
        let message = format!(
            "`{first}` and `{}` both say that the number is rough",
            second.as_str()
        );
        finds.tell(line, all.start()..second.end(), message, "keep one of the two");
    });
}
