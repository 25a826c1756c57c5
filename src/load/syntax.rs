//! What the readers of TOML, YAML and JSON have in common.

use std::collections::BTreeMap;

use super::limits::{MAX_DEPTH, MAX_NODES};
use crate::diag::codes::load as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::Place;
use crate::tree::{Entry, Table};

/// A table while it is read, with the places of its keys.
#[derive(Debug, Default)]
pub(super) struct Builder {
    table: Table,
    seen: BTreeMap<String, Place>,
    repeated: bool,
}

impl Builder {
    /// Adds an entry, or reports that its key is there already.
    pub(super) fn add(&mut self, entry: Entry, diags: &mut Diagnostics) {
        if let Some(&first) = self.seen.get(&entry.key) {
            diags.add(duplicate(&entry.key, Some(first), entry.key_place));
            self.repeated = true;
            return;
        }
        self.seen.insert(entry.key.clone(), entry.key_place);
        self.table.entries.push(entry);
    }

    /// The table, and whether a key was repeated.
    pub(super) fn finish(self) -> (Table, bool) {
        (self.table, self.repeated)
    }
}

/// The finding about a key that stands twice.
pub(super) fn duplicate(key: &str, first: Option<Place>, second: Place) -> Diagnostic {
    let finding = Diagnostic::new(
        &codes::DUPLICATE_KEY,
        second,
        format!("the key `{key}` stands twice in one table"),
    )
    .hint("remove one of the two");
    match first {
        Some(first) => finding.related(first, "first used here"),
        None => finding,
    }
}

/// The finding about lists and tables in one another beyond the limit.
pub(super) fn too_deep(place: Place) -> Diagnostic {
    Diagnostic::new(
        &codes::TOO_DEEP,
        place,
        format!("lists and tables lie more than {MAX_DEPTH} deep in one another"),
    )
    .hint("flatten the data")
}

/// Refuses TOML or JSON with too many values before it is parsed: their parsers keep
/// everything at once. Marks are counted, in texts too, so that nothing is missed.
pub(super) fn too_many(text: &str, place: Place, diags: &mut Diagnostics) -> bool {
    let marks = text.bytes().filter(|byte| b",=[{".contains(byte)).count();
    if marks <= MAX_NODES {
        return false;
    }
    diags.add(
        Diagnostic::new(
            &codes::TOO_LARGE,
            place,
            format!("the file holds {marks} values or punctuation marks, more than {MAX_NODES}"),
        )
        .hint("split the file, or keep long tables as CSV or XLSX"),
    );
    true
}

/// A hint where the line of an error holds the Chinese twin of a punctuation mark that
/// the grammar asks for.
pub(super) fn punctuation_hint(text: &str, at: usize) -> Option<String> {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    let mark =
        text[start..end].chars().find(|c| "“”‘’＝：，［］｛｝＂＇".contains(*c))?;
    let plain = match mark {
        '“' | '”' | '＂' => '"',
        '‘' | '’' | '＇' => '\'',
        '＝' => '=',
        '：' => ':',
        '，' => ',',
        '［' => '[',
        '］' => ']',
        '｛' => '{',
        _ => '}',
    };
    Some(format!(
        "write `{plain}` for `{mark}` where it is punctuation of the format (half-width, 英文标点)"
    ))
}
