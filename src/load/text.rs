//! Bytes to text: which encodings are taken, and which characters are refused.
//!
//! Only CSV may be in another encoding than UTF-8, because Excel in China writes GBK and
//! "Unicode text". Refused characters are replaced in the text by as many bytes of
//! U+FFFD and spaces, so that later places stay right and nothing after `load` meets one.

use std::ops::Range;

use encoding_rs::{DecoderResult, Encoding, GB18030, UTF_16BE, UTF_16LE};
use simdutf8::compat::from_utf8;

use super::limits::MAX_FINDINGS;
use crate::diag::codes::load as codes;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Place};
use crate::tree::{Node, Value};

/// Which encodings a file may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encodings {
    /// UTF-8 alone, with or without byte order mark.
    Utf8,
    /// UTF-8, UTF-16 with byte order mark, else GB18030.
    Table,
}

/// Text as far as it could be decoded.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text, without byte order mark; broken off where the bytes are no text.
    pub text: String,
    /// Where the bytes are no text.
    pub trouble: Option<Undecodable>,
}

/// Where and why bytes are no text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Undecodable {
    /// Offset of the first such byte in the file.
    offset: usize,
    /// The byte.
    byte: u8,
    /// The encodings that were tried.
    tried: &'static str,
    /// What to do.
    hint: &'static str,
}

impl Undecodable {
    /// The finding about it, at the place up to which the text could be decoded.
    pub(super) fn report(&self, file: FileId, text: &str) -> Diagnostic {
        let Self { offset, byte, tried, hint } = self;
        Diagnostic::new(
            &codes::UNDECODABLE_TEXT,
            Place::bytes(file, text.len()..text.len()),
            format!("byte {offset} of the file (0x{byte:02X}) is no text in {tried}"),
        )
        .hint(*hint)
    }
}

/// Decodes the bytes of a file.
pub(super) fn decode(bytes: &[u8], encodings: Encodings) -> Decoded {
    let table = encodings == Encodings::Table;
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest, 3),
        [0xFF, 0xFE, rest @ ..] if table => strict(rest, 2, UTF_16LE, "UTF-16"),
        [0xFE, 0xFF, rest @ ..] if table => strict(rest, 2, UTF_16BE, "UTF-16"),
        _ if table && from_utf8(bytes).is_err() => {
            strict(bytes, 0, GB18030, "UTF-8 or GB18030")
        }
        _ => utf8(bytes, 0),
    }
}

fn utf8(bytes: &[u8], skipped: usize) -> Decoded {
    let error = match from_utf8(bytes) {
        Ok(text) => return Decoded { text: text.to_owned(), trouble: None },
        Err(error) => error,
    };
    let at = error.valid_up_to();
    let text = String::from_utf8_lossy(&bytes[..at]).into_owned();
    let hint = if skipped == 0 && matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
        "save the file as UTF-8; it is UTF-16 (“Unicode”) now"
    } else if skipped == 0 && strict(bytes, 0, GB18030, "").trouble.is_none() {
        "save the file as UTF-8; it looks like GBK/GB18030 (“ANSI”) now"
    } else {
        "save the file as UTF-8"
    };
    let offset = at + skipped;
    Decoded {
        text,
        trouble: Some(Undecodable { offset, byte: bytes[at], tried: "UTF-8", hint }),
    }
}

/// Decodes and stops at the first sequence that the encoding does not have.
fn strict(
    bytes: &[u8],
    skipped: usize,
    encoding: &'static Encoding,
    tried: &'static str,
) -> Decoded {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    // A byte of GB18030 or UTF-16 becomes three bytes of UTF-8 at most; the margin is what
    // encoding_rs asks for beyond that.
    let mut text = String::with_capacity(bytes.len().saturating_mul(3) + 16);
    let (result, read) =
        decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    text.shrink_to_fit();
    let DecoderResult::Malformed(length, after) = result else {
        return Decoded { text, trouble: None };
    };
    let at = read.saturating_sub(usize::from(length) + usize::from(after));
    let trouble = Undecodable {
        offset: at + skipped,
        byte: bytes.get(at).copied().unwrap_or_default(),
        tried,
        hint: "save the file as UTF-8 (in Excel: “CSV UTF-8”)",
    };
    Decoded { text, trouble: Some(trouble) }
}

/// The code under which a character is refused, if it is.
pub(super) fn refused(c: char) -> Option<&'static Code> {
    match c {
        '\t' | '\n' | '\r' => None,
        '\u{E000}'..='\u{F8FF}' => Some(&codes::PRIVATE_USE_CHARACTER),
        // The last two code points of each plane, and a block in the first, are no
        // characters (Unicode 23.7): HTML does not allow them.
        _ if u32::from(c) & 0xFFFE == 0xFFFE => Some(&codes::CONTROL_CHARACTER),
        '\u{FDD0}'..='\u{FDEF}' => Some(&codes::CONTROL_CHARACTER),
        '\u{F0000}'.. => Some(&codes::PRIVATE_USE_CHARACTER),
        _ if c.is_control() => Some(&codes::CONTROL_CHARACTER),
        _ => None,
    }
}

/// A refused character: its bytes in the text, itself, and the code.
type Refused = (Range<usize>, char, &'static Code);

fn find_refused(text: &str) -> impl Iterator<Item = Refused> + '_ {
    let text = if may_be_refused(text) { text } else { "" };
    text.char_indices()
        .filter_map(|(at, c)| refused(c).map(|code| (at..at + c.len_utf8(), c, code)))
}

/// Whether a text may hold refused characters, by its bytes: texts that hold none mostly
/// need not be looked at by the character. Those begin with EE (private use), EF (of which
/// BC and BD follow in full-width forms, which are not refused), F0 to F4 or C2, or are of
/// one byte.
fn may_be_refused(text: &str) -> bool {
    let bytes = text.as_bytes();
    let odd = |byte: u8| {
        (byte < 0x20) & !matches!(byte, b'\t' | b'\n' | b'\r')
            | (byte == 0x7F)
            | (byte == 0xC2)
            | (byte == 0xEE)
            | (byte >= 0xF0)
    };
    let next = bytes.iter().skip(1);
    let pair = |(&byte, &next)| (byte == 0xEF) & (next != 0xBC) & (next != 0xBD);
    // Without a way out of the middle, so that many bytes are looked at at once.
    bytes.iter().fold(false, |found, &byte| found | odd(byte))
        || bytes.iter().zip(next).fold(false, |found, both| found | pair(both))
}

/// Replaces refused characters without moving the others; returns what was replaced.
pub(super) fn replace_refused(text: &mut String) -> Vec<Refused> {
    let found: Vec<Refused> = find_refused(text).collect();
    if found.is_empty() {
        return found;
    }
    let mut clean = String::with_capacity(text.len());
    let mut end = 0;
    for (range, ..) in &found {
        clean.push_str(&text[end..range.start]);
        clean.push_str(match range.len() {
            1 => " ",
            2 => "\u{A0}",
            3 => "\u{FFFD}",
            _ => "\u{FFFD} ",
        });
        end = range.end;
    }
    clean.push_str(&text[end..]);
    *text = clean;
    found
}

/// Reports the characters that were replaced in a file's text.
pub(super) fn report_refused(found: &[Refused], file: FileId, diags: &mut Diagnostics) {
    for (nth, (range, c, code)) in found.iter().enumerate().take(MAX_FINDINGS) {
        let place = Place::bytes(file, range.clone());
        let mut finding = refusal(code, place, *c);
        if nth + 1 == MAX_FINDINGS && found.len() > MAX_FINDINGS {
            let more = found.len() - MAX_FINDINGS;
            finding = finding.hint(format!("look for {more} more in this file"));
        }
        diags.add(finding);
    }
}

fn refusal(code: &'static Code, place: Place, c: char) -> Diagnostic {
    let number = u32::from(c);
    if *code == codes::PRIVATE_USE_CHARACTER {
        Diagnostic::new(
            code,
            place,
            format!(
                "the private-use character U+{number:04X} has no meaning outside its font"
            ),
        )
        .hint("write the character that Unicode has for it, or describe it in words")
    } else {
        Diagnostic::new(
            code,
            place,
            format!("U+{number:04X} is a control character or none at all"),
        )
        .hint("delete it")
    }
}

/// Reports and replaces refused characters that came in through escapes (`"\uE000"`) or
/// out of workbooks, in all texts and keys of a tree.
pub(super) fn vet(node: &mut Node, diags: &mut Diagnostics) {
    match &mut node.value {
        Value::Text(text) => vet_text(text, node.place, diags),
        Value::List(items) => items.iter_mut().for_each(|item| vet(item, diags)),
        Value::Table(table) => {
            for entry in &mut table.entries {
                vet_text(&mut entry.key, entry.key_place, diags);
                vet(&mut entry.node, diags);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Date(_) => {}
    }
}

/// Reports and replaces the refused characters of one text; the first of each is enough.
pub(super) fn vet_text(text: &mut String, place: Place, diags: &mut Diagnostics) {
    if let Some((_, c, code)) = replace_refused(text).into_iter().next() {
        diags.add(refusal(code, place, c));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decoded(bytes: &[u8], encodings: Encodings) -> String {
        let decoded = decode(bytes, encodings);
        assert_eq!(decoded.trouble, None);
        decoded.text
    }

    #[test]
    fn chinese_tables_are_read_in_the_encodings_of_excel() {
        let text = "指标,数值\n捐赠,1200余万元";
        let gbk = GB18030.encode(text).0;
        assert_eq!(decoded(text.as_bytes(), Encodings::Table), text);
        assert_eq!(decoded(&gbk, Encodings::Table), text);
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(
            decoded(&[&[0xFF, 0xFE], &utf16[..]].concat(), Encodings::Table),
            text
        );
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(
            decoded(&[&[0xFE, 0xFF], &utf16[..]].concat(), Encodings::Table),
            text
        );
    }

    #[test]
    fn bytes_tell_of_every_refused_character() {
        for c in ('\0'..=char::MAX).filter(|&c| refused(c).is_some()) {
            assert!(may_be_refused(&format!("甲，{c}。")), "{c:?}");
        }
        assert!(!may_be_refused("（甲）“乙”——1,200余万元\t\r\n"));
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(decoded("\u{FEFF}甲".as_bytes(), Encodings::Utf8), "甲");
        assert_eq!(decoded("\u{FEFF}甲".as_bytes(), Encodings::Table), "甲");
    }

    #[test]
    fn gbk_outside_tables_is_refused_at_its_first_byte() {
        let bytes = [b"title = \"", &GB18030.encode("总结").0[..], b"\""].concat();
        let trouble = decode(&bytes, Encodings::Utf8).trouble.expect("it is no UTF-8");
        assert_eq!(trouble.offset, 9);
        assert!(trouble.hint.contains("GBK"));
    }

    #[test]
    fn broken_gb18030_is_refused_at_its_first_byte() {
        for (bytes, offset) in
            [(&b"a,b\n\xB1\xA6\xFF,c"[..], 6), (b"\xB1\xA6\x81", 2), (b"\x81\x30\x81", 0)]
        {
            let decoded = decode(bytes, Encodings::Table);
            assert_eq!(decoded.trouble.expect("it is broken").offset, offset);
        }
    }

    #[test]
    fn utf16_with_half_a_pair_is_refused() {
        let trouble = decode(b"\xFF\xFEa\0\x00\xD8b\0", Encodings::Table).trouble;
        assert_eq!(trouble.expect("it is broken").offset, 4);
        assert!(decode(b"\xFF\xFEa", Encodings::Table).trouble.is_some());
    }

    #[test]
    fn refused_characters_are_named() {
        for c in ['\0', '\u{1B}', '\u{85}', '\u{FFFE}', '\u{FDD0}', '\u{10FFFF}'] {
            assert_eq!(refused(c), Some(&codes::CONTROL_CHARACTER), "{c:?}");
        }
        for c in ['\u{E000}', '\u{F8FF}', '\u{F0000}', '\u{10FFFD}'] {
            assert_eq!(refused(c), Some(&codes::PRIVATE_USE_CHARACTER), "{c:?}");
        }
        for c in ['\t', '\n', '\r', '甲', '\u{3000}', '\u{200B}', '𣲘', '😀'] {
            assert_eq!(refused(c), None, "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_decode_or_are_refused_inside_the_file(
            bytes in proptest::collection::vec(any::<u8>(), 0..60),
        ) {
            for encodings in [Encodings::Utf8, Encodings::Table] {
                if let Some(trouble) = decode(&bytes, encodings).trouble {
                    prop_assert!(trouble.offset < bytes.len());
                    prop_assert_eq!(trouble.byte, bytes[trouble.offset]);
                }
            }
        }

        #[test]
        fn replacing_moves_nothing(text in "\\PC*|[\\x00-\\x1F\u{E000}-\u{E003}甲a\u{10FFF0}-\u{10FFFF}]*") {
            let mut clean = text.clone();
            let found = replace_refused(&mut clean);
            prop_assert_eq!(clean.len(), text.len());
            prop_assert!(!clean.chars().any(|c| refused(c).is_some()));
            let kept = |text: &str| -> Vec<(usize, char)> {
                text.char_indices()
                    .filter(|&(at, _)| !found.iter().any(|(range, ..)| range.contains(&at)))
                    .collect()
            };
            prop_assert_eq!(kept(&clean), kept(&text));
        }

        #[test]
        fn gb18030_of_any_text_reads_back(text in "[\\PC&&[^\u{E000}-\u{F8FF}]]*") {
            let bytes = GB18030.encode(&text).0;
            prop_assume!(std::str::from_utf8(&bytes).is_err());
            prop_assert_eq!(decoded(&bytes, Encodings::Table), text);
        }
    }
}
