//! A file as it is written on the disk, for those who change it: text, encoding and mark.

use std::path::Path;

use encoding_rs::GB18030;

use super::confine;
use super::limits::MAX_FILE;
use super::text::{self, Encodings};

/// In which bytes a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Utf8,
    /// With a byte order mark.
    Utf8Marked,
    Utf16Le,
    Utf16Be,
    Gb18030,
}

/// A file of the press as it is written.
#[derive(Debug)]
pub struct Written {
    /// The text without byte order mark; places of [`crate::source`] count its bytes.
    pub text: String,
    form: Form,
}

/// Why a file cannot be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unwritable {
    /// It was changed since it was read.
    Changed,
    /// It cannot be read.
    Unreadable,
    /// A link leads to it.
    Linked,
    /// Its encoding does not give back the same bytes.
    Encoding,
}

/// Reads a file again that was read before with this hash; `root` is canonical.
///
/// # Errors
/// When the file is no longer what it was, or could not be written back as it is.
pub fn written(root: &Path, path: &str, hash: &str) -> Result<Written, Unwritable> {
    let whole = root.join(path);
    if whole.canonicalize().map_err(|_| Unwritable::Unreadable)? != whole {
        return Err(Unwritable::Linked);
    }
    let bytes =
        confine::read(root, path, MAX_FILE).map_err(|_| Unwritable::Unreadable)?;
    if super::hash(&bytes) != hash {
        return Err(Unwritable::Changed);
    }
    let table = path.ends_with(".csv") || path.ends_with(".tsv");
    let encodings = if table { Encodings::Table } else { Encodings::Utf8 };
    let form = match bytes.as_slice() {
        [0xEF, 0xBB, 0xBF, ..] => Form::Utf8Marked,
        [0xFF, 0xFE, ..] if table => Form::Utf16Le,
        [0xFE, 0xFF, ..] if table => Form::Utf16Be,
        _ if std::str::from_utf8(&bytes).is_ok() => Form::Utf8,
        _ => Form::Gb18030,
    };
    let decoded = text::decode(&bytes, encodings);
    let written = Written { text: decoded.text, form };
    let same = decoded.trouble.is_none()
        && written.encode(&written.text).is_some_and(|again| again == bytes);
    if same { Ok(written) } else { Err(Unwritable::Encoding) }
}

impl Written {
    /// Another text in the encoding of this one; `None` where it has no such characters.
    pub fn encode(&self, text: &str) -> Option<Vec<u8>> {
        let sixteen = |mark: u16, bytes: fn(u16) -> [u8; 2]| {
            std::iter::once(mark).chain(text.encode_utf16()).flat_map(bytes).collect()
        };
        Some(match self.form {
            Form::Utf8 => text.as_bytes().to_vec(),
            Form::Utf8Marked => [&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat(),
            Form::Utf16Le => sixteen(0xFEFF, u16::to_le_bytes),
            Form::Utf16Be => sixteen(0xFEFF, u16::to_be_bytes),
            Form::Gb18030 => {
                let (bytes, _, unmappable) = GB18030.encode(text);
                if unmappable {
                    return None;
                }
                bytes.into_owned()
            }
        })
    }
}
