//! Raw HTML in a narrative: comments are dropped, everything else is refused, because it
//! has no meaning in print.

use std::collections::BTreeMap;

use crate::diag::codes::parse as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::Place;

/// What to write in place of a tag.
static INSTEAD: &[(&str, &str)] = &[
    ("a", "write a link as `[words](address)`"),
    ("b", "write strong text as `**text**`"),
    ("strong", "write strong text as `**text**`"),
    ("i", "write emphasis as `*text*`"),
    ("em", "write emphasis as `*text*`"),
    ("s", "strike text out as `~~text~~`"),
    ("del", "strike text out as `~~text~~`"),
    ("br", "end the line with a backslash for a line break"),
    ("hr", "write `---` in a paragraph of its own"),
    ("img", "write a picture as `![what it shows](file \"caption\")`"),
    ("code", "write code between backticks"),
    ("pre", "write code between lines of three backticks"),
    ("table", "write a table with `|` between the cells"),
    ("p", "put an empty line between paragraphs"),
    ("ul", "write list items as `- item`"),
    ("ol", "write list items as `1. item`"),
    ("blockquote", "begin the lines of a quotation with `> `"),
];

/// The tags that were reported and not yet closed.
#[derive(Default)]
pub struct RawHtml {
    open: BTreeMap<String, usize>,
}

impl RawHtml {
    /// Reports what is not a comment. Gives what is to be printed, as text: the HTML as
    /// written, so that nothing vanishes where a press makes this a warning.
    pub fn check(
        &mut self,
        html: &str,
        place: Place,
        diags: &mut Diagnostics,
    ) -> Option<String> {
        let Some(rest) = without_comments(html) else {
            diags.add(
                Diagnostic::new(&codes::RAW_HTML, place, "a comment is not closed")
                    .hint("end the comment with `-->`"),
            );
            return None;
        };
        let kept = rest.trim();
        if kept.is_empty() {
            return None;
        }
        let name = tag_name(kept);
        if kept.starts_with("</") && kept.lines().count() == 1 && self.close(&name) {
            return Some(kept.to_owned());
        }
        if kept.starts_with('<') && !name.is_empty() {
            *self.open.entry(name.clone()).or_default() += 1;
        }
        let message = if name.is_empty() {
            "raw HTML has no meaning in print".to_owned()
        } else {
            format!("raw HTML has no meaning in print: found `<{name}>`")
        };
        let instead = INSTEAD.iter().find(|(tag, _)| *tag == name);
        let hint = instead.map_or(
            "write it in Markdown, or a backslash before `<` to print it as it is",
            |(_, hint)| hint,
        );
        diags.add(Diagnostic::new(&codes::RAW_HTML, place, message).hint(hint));
        Some(kept.to_owned())
    }

    /// Whether this ends a tag that was reported.
    fn close(&mut self, name: &str) -> bool {
        match self.open.get_mut(name) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }
}

/// The text without comments; `None` where one is not closed.
fn without_comments(html: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        out.push_str(before);
        // `<!-->` and `<!--->` are whole comments (CommonMark 0.31, 6.6).
        let short = comment.strip_prefix('>').or_else(|| comment.strip_prefix("->"));
        rest = match short {
            Some(after) => after,
            None => comment.split_once("-->")?.1,
        };
    }
    out.push_str(rest);
    Some(out)
}

/// The name of the tag that a text begins with, in lower case; empty where it begins
/// with none.
fn tag_name(html: &str) -> String {
    let inner = html.trim_start_matches('<').trim_start_matches('/');
    let name = inner.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next();
    name.unwrap_or("").to_ascii_lowercase()
}
