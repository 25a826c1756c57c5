//! Words about time.

use super::super::line::{Finds, Line};
use super::{Pattern, pattern};
use crate::prose::Role;

/// 截止 for 截至.
pub(super) fn deadline(line: &Line<'_>, finds: &mut Finds<'_>) {
    static WORD: Pattern = Pattern::new(|| {
        pattern(
            "(?:^|[。；，：、“（\n])(?P<x>截止[到至]?)(?:目前|今[年日天，]|现在|\\d{1,4}[年月日]|[一二]〇|上年|去年|本年|本月|上月|年[底末]|月[底末]|\u{FFFC})",
        )
    });
    line.each(&WORD, |found| {
        let word = found.name("x").expect("it matched");
        let message = format!("`{}` means that something ends", word.as_str());
        finds.replace(line, word.range(), "截至", message);
    });
}

/// 今年, 去年, 近日 in a document about a whole year.
pub(super) fn relative(line: &Line<'_>, finds: &mut Finds<'_>) {
    static WORD: Pattern = Pattern::new(|| {
        pattern(
            "(?P<b>.?)(?P<x>今年|去年|明年|前年|近日|日前|昨日|昨天|上个?月|下个?月)(?P<n>.?)",
        )
    });
    let Some(year) = finds.frame.year else { return };
    if matches!(line.role, Role::Cell | Role::Field) {
        return;
    }
    line.each(&WORD, |found| {
        let word = found.name("x").expect("it matched");
        let first = |name: &str| found[name].chars().next();
        if is_other_word(word.as_str(), first("b"), first("n"))
            || is_quoted(&line.text[..word.start()])
        {
            return;
        }
        let meant = match word.as_str() {
            "今年" => Some(year),
            "去年" => Some(year - 1),
            "明年" => Some(year + 1),
            "前年" => Some(year - 2),
            _ => None,
        };
        let hint = match meant {
            Some(year) => format!("write the year, such as `{year}年`"),
            None => "write the date".to_owned(),
        };
        let message = format!(
            "`{}` means something else to who reads the document later",
            word.as_str()
        );
        finds.tell(line, word.range(), message, hint);
    });
}

/// Whether the characters belong to other words: 说明年度, 以前年份, 节日前.
fn is_other_word(word: &str, before: Option<char>, after: Option<char>) -> bool {
    let Some(before) = before else { return false };
    let begins = !before.is_alphanumeric();
    match word {
        "今年" => false,
        "去年" => "过离失除减".contains(before),
        "明年" => "说表证注写标清查申声指阐讲载列点光文透鲜黎发".contains(before),
        "昨日" | "昨天" => false,
        "前年" => !begins && !"比较于在从".contains(before),
        "上月" | "下月" => {
            !begins && !"比较于在从".contains(before) || after == Some('球')
        }
        "上个月" | "下个月" => false,
        _ => !begins,
    }
}

/// Whether quotation marks are open at the end of a text: what somebody said stays.
fn is_quoted(before: &str) -> bool {
    before.matches('“').count() > before.matches('”').count()
}
