//! Dashes.

use super::super::line::{Finds, Line, closes, is_han, opens};
use super::{Pattern, pattern};
use crate::prose::DATA;

/// What may follow the word 一一 (one by one).
const ONE_BY_ONE: &str = "对列介落回做作讲说解核检排走登兑映告点细道过审梳实应举表列比陈呈击破攻完推验查看问听拜辨考分发送通办处理化相";

/// `--`, `ーー`, `――`, `———`, and 一一 where a dash belongs.
pub(super) fn form(line: &Line<'_>, finds: &mut Finds<'_>) {
    static RUN: Pattern = Pattern::new(|| {
        pattern(" ?(?P<m>-{2,}|–{2,}|－{2,}|ー{2,}|─{2,}|―{2,}|—{3,}) ?")
    });
    static WORD: Pattern =
        Pattern::new(|| pattern("(?:^|[。：；！？”》）])(?P<x>一一)⟨H⟩"));
    let chinese = |c: char| is_han(c) || closes(c) || opens(c) || c == DATA;
    line.each(&RUN, |found| {
        let (whole, mark) = (found.get(0), found.name("m"));
        let (whole, mark) = (whole.expect("it matched"), mark.expect("it matched"));
        let before = line.before(whole.start());
        let after = line.after(whole.end());
        let digits = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let behind = after.is_some_and(chinese)
            && before.is_none_or(|c| chinese(c) || c.is_ascii_alphanumeric() || c == '%');
        // `--fix` after Chinese is an option of a program.
        let ahead = before.is_some_and(chinese) && digits(after);
        if !(behind || ahead) {
            return;
        }
        let start = if before.is_some() { whole.start() } else { mark.start() };
        let message = format!("`{}` is no Chinese dash", mark.as_str());
        finds.replace(line, start..whole.end(), "——", message);
    });
    line.each(&WORD, |found| {
        let word = found.name("x").expect("it matched").range();
        let next = line.after(word.end).unwrap_or_default();
        let noted = line.text[word.end..].starts_with("记录");
        if !ONE_BY_ONE.contains(next) && !noted {
            let message = "`一一` stands where a dash may be meant";
            finds.tell(line, word, message, "write `——`, if it is a dash");
        }
    });
}
