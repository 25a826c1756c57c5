//! The border where text becomes HTML. Text passes it once, through one of these.
//!
//! Law (`tests/html/laws.rs`): what a browser reads back is the text that was given, and
//! the structure around it is the same for every text.

use std::borrow::Cow;

use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

const FITS: &str = "a string takes all that is written to it";

/// Writes text between tags.
pub fn text(out: &mut String, text: &str) {
    escape_html_body_text(out, &printable(text)).expect(FITS);
}

/// Writes ` name="value"`; the name is ours.
pub fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape_html(&mut *out, &printable(value)).expect(FITS);
    out.push('"');
}

/// Writes ` href="address"` (or `src`), percent-encoding what may not stand in an
/// address, as CommonMark's examples do; what is percent-encoded already stays.
pub fn address(out: &mut String, name: &str, address: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape_href(&mut *out, address).expect(FITS);
    out.push('"');
}

/// The text with U+FFFD for each character that HTML cannot hold (HTML, 13.2.3.5:
/// controls and noncharacters), and with a line feed for each carriage return, which
/// browsers would make of it anyway.
fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| c != '\r' && is_printable(c)) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(
        text.chars().map(|c| if is_printable(c) { c } else { '\u{FFFD}' }).collect(),
    )
}

fn is_printable(c: char) -> bool {
    match c {
        '\t' | '\n' | '\x0C' | '\r' => true,
        '\0'..='\x1F' | '\x7F'..='\u{9F}' | '\u{FDD0}'..='\u{FDEF}' => false,
        _ => u32::from(c) & 0xFFFE != 0xFFFE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: &str) -> [String; 3] {
        let mut out = [String::new(), String::new(), String::new()];
        text(&mut out[0], value);
        attribute(&mut out[1], "title", value);
        address(&mut out[2], "href", value);
        out
    }

    #[test]
    fn text_that_looks_like_markup_is_text() {
        let [text, attribute, address] = written("<b title=\"全\">&amp;'</b>");
        assert_eq!(text, "&lt;b title=\"全\"&gt;&amp;amp;'&lt;/b&gt;");
        let escaped = "&lt;b title=&quot;全&quot;&gt;&amp;amp;&#39;&lt;/b&gt;";
        assert_eq!(attribute, format!(" title=\"{escaped}\""));
        let encoded = "%3Cb%20title=%22%E5%85%A8%22%3E&amp;amp;&#x27;%3C/b%3E";
        assert_eq!(address, format!(" href=\"{encoded}\""));
    }

    #[test]
    fn what_html_cannot_hold_is_replaced() {
        assert_eq!(written("一\0二\u{FFFF}")[0], "一\u{FFFD}二\u{FFFD}");
        assert_eq!(written("一\r\n二\r三\n")[0], "一\n二\n三\n");
    }
}
