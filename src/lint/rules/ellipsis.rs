//! Ellipses.

use super::super::line::{Finds, Line, closes, is_han, opens};
use super::{Pattern, pattern};

/// The mark itself.
const MARK: &str = "……";

/// `...`, `。。。`, a single `…`.
pub(super) fn form(line: &Line<'_>, finds: &mut Finds<'_>) {
    static RUN: Pattern = Pattern::new(|| pattern(r"[.…⋯]+|。{3,}|·{3,}|・{3,}"));
    line.each(&RUN, |found| {
        let run = found.get(0).expect("it matched");
        let count = run.as_str().chars().count();
        let dots = run.as_str().bytes().all(|byte| byte == b'.');
        // Twice the mark stands for whole paragraphs left out (4.11.3).
        if run.as_str() == MARK || run.as_str() == "…………" || (dots && count < 3) {
            return;
        }
        let chinese =
            |c: char| is_han(c) || closes(c) || opens(c) || "，。！？；：、".contains(c);
        let beside = line.before(run.start()).is_some_and(chinese)
            || line.after(run.end()).is_some_and(chinese);
        if beside {
            let message = format!("`{}` is no Chinese ellipsis", short(run.as_str()));
            finds.replace(line, run.range(), MARK, message);
        }
    });
}

/// A list that ends in 等 and in an ellipsis.
pub(super) fn with_deng(line: &Line<'_>, finds: &mut Finds<'_>) {
    static BOTH: Pattern = Pattern::new(|| {
        pattern("、[^、，。；：！？\n…]{1,20}(?:等等?(?P<x>…+)|(?P<y>…+)等)")
    });
    line.each(&BOTH, |found| {
        let mark = found.name("x").or(found.name("y")).expect("one of them matched");
        let message = "`等` and the ellipsis say the same";
        finds.replace(line, mark.range(), "", message);
    });
}

fn short(run: &str) -> String {
    run.chars().take(6).collect()
}
