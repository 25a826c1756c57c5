//! Titles: the marks around them, and what stands at their end.

use super::super::line::{Finds, Line, is_han};
use super::{Pattern, pattern};
use crate::prose::{DATA, GAP, Role};

/// 《…《…》…》.
pub(super) fn nesting(line: &Line<'_>, finds: &mut Finds<'_>) {
    let mut open = Vec::new();
    let mut inner = Vec::new();
    for (at, found) in line.text.char_indices() {
        match found {
            '《' => open.push(at),
            '》' => match open.pop() {
                Some(start) if open.len() == 1 => inner.push((start, at)),
                Some(_) => {}
                None => return,
            },
            GAP => return,
            _ => {}
        }
    }
    if !open.is_empty() {
        return;
    }
    for (start, end) in inner {
        let width = "《".len();
        let edits = [(start..start + width, "〈"), (end..end + width, "〉")];
        finds.replace_all(line, &edits, "a title within a title takes `〈〉`");
    }
}

/// <<…>>, ‹…›, «…».
pub(super) fn form(line: &Line<'_>, finds: &mut Finds<'_>) {
    static MARKS: Pattern = Pattern::new(|| {
        pattern("(?P<a><<|‹|«|<)(?P<n>[^<>‹›«»《》\n\u{FFFB}]{1,80})(?P<b>>>|›|»|>)")
    });
    line.each(&MARKS, |found| {
        let (left, right) = (&found["a"], &found["b"]);
        let partner = match left {
            "<<" => ">>",
            "‹" => "›",
            "«" => "»",
            _ => ">",
        };
        let part = |name: &str| found.name(name).expect("it matched").range();
        let before = &line.text[..part("a").start];
        let inside = before.matches('《').count() > before.matches('》').count();
        // `<甲>` by itself is a place to be filled in.
        let meant = right == partner && (left != "<" || inside);
        if !meant || !found["n"].chars().any(is_han) {
            return;
        }
        let marks = if inside { ("〈", "〉") } else { ("《", "》") };
        let message = format!("`{left}{right}` are no title marks");
        finds.replace_all(line, &[(part("a"), marks.0), (part("b"), marks.1)], message);
    });
}

/// 《…》: at the end of a heading nothing stands but `？`, `！` and `……`.
pub(super) fn end(line: &Line<'_>, finds: &mut Finds<'_>) {
    let stop_too = match line.role {
        Role::Title | Role::Heading(..=2) => true,
        // `（一）加强领导。` runs on into its paragraph in official layout.
        Role::Heading(_) => false,
        _ => return,
    };
    let Some(last) = line.text.chars().next_back() else { return };
    let at = line.text.len() - last.len_utf8();
    let wrong = match last {
        '，' | '、' | '；' | '：' => true,
        '。' => stop_too && !line.text[..at].contains('。'),
        _ => false,
    };
    let before = line
        .before(at)
        .is_some_and(|c| c.is_alphanumeric() || c == DATA || "”》）".contains(c));
    if wrong && before {
        let message = format!("the heading ends with `{last}`");
        finds.replace(line, at..line.text.len(), "", message);
    }
}
