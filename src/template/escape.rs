//! Makes data inert in Markdown.

use std::io::{self, Write};

/// Writes data so that Markdown reads it back as the same text and nothing else: a
/// backslash before each ASCII punctuation character (CommonMark 0.31.2, 2.4), line ends
/// folded to a space, white space at both ends dropped.
///
/// # Errors
/// Those of the writer.
pub fn escape_markdown(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let text = text.trim_matches(|c: char| c.is_ascii_whitespace() || is_line_end(c));
    let mut plain = 0;
    for (at, c) in text.char_indices() {
        let fold = is_line_end(c) || c == '\t';
        if !fold && !c.is_ascii_punctuation() {
            continue;
        }
        out.write_all(&text.as_bytes()[plain..at])?;
        plain = at + c.len_utf8();
        if fold {
            out.write_all(b" ")?;
        } else {
            out.write_all(b"\\")?;
            plain = at;
        }
    }
    out.write_all(&text.as_bytes()[plain..])
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::escape_markdown;

    fn escaped(text: &str) -> String {
        let mut out = Vec::new();
        escape_markdown(text, &mut out).expect("a vector takes everything");
        String::from_utf8(out).expect("escaping keeps UTF-8")
    }

    #[test]
    fn markup_in_data_is_inert() {
        assert_eq!(escaped("**重点：**继续"), r"\*\*重点：\*\*继续");
        assert_eq!(escaped("# 标题"), r"\# 标题");
        assert_eq!(escaped("1. 一"), r"1\. 一");
        assert_eq!(escaped(r"\"), r"\\");
    }

    #[test]
    fn line_ends_fold_and_outer_space_goes() {
        assert_eq!(escaped("  一\r\n二\u{2028}三\n"), "一  二 三");
    }
}
