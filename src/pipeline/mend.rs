//! Carries the fixes of findings out, in the editor's own files.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diag::codes::publish::NOT_MENDED;
use crate::diag::{Diagnostic, Diagnostics, Edit, Fix};
use crate::load::{self, Unwritable};
use crate::publish;
use crate::source::{FileId, Sources};

/// Where the files are that may be mended.
const CONTENT: &str = "content/";

/// What was mended: how many findings, by file.
pub type Mended = BTreeMap<String, usize>;

/// Carries out the fixes of `found`. What touches another fix waits for the next time:
/// what it was made for may be gone.
pub fn mend(
    root: &Path,
    sources: &Sources,
    found: &Diagnostics,
    diags: &mut Diagnostics,
) -> Mended {
    let mut by_file: BTreeMap<FileId, Vec<&Fix>> = BTreeMap::new();
    for fix in found.iter().filter_map(|found| found.fix.as_deref()) {
        if let Some(first) = fix.edits.first() {
            by_file.entry(first.place.file).or_default().push(fix);
        }
    }
    let mut mended = Mended::new();
    for (file, fixes) in by_file {
        let path = &sources.get(file).path;
        if !path.starts_with(CONTENT) {
            continue;
        }
        match mend_file(root, file, &fixes, sources) {
            Ok(0) => {}
            Ok(count) => {
                mended.insert(path.clone(), count);
            }
            Err(finding) => {
                diags.add(finding);
            }
        }
    }
    mended
}

fn mend_file(
    root: &Path,
    file: FileId,
    fixes: &[&Fix],
    sources: &Sources,
) -> Result<usize, Diagnostic> {
    let source = sources.get(file);
    let path = &source.path;
    let written =
        load::written(root, path, &source.hash).map_err(|why| refusal(path, why))?;
    let (text, count) = apply(&written.text, fixes);
    if count == 0 {
        return Ok(0);
    }
    let bytes =
        written.encode(&text).ok_or_else(|| refusal(path, Unwritable::Encoding))?;
    publish::amend(root, path, &source.hash, &bytes).map(|()| count)
}

fn refusal(path: &str, why: Unwritable) -> Diagnostic {
    let (words, hint) = match why {
        Unwritable::Changed => (
            "was changed since it was read",
            "close the program that writes it, and try again",
        ),
        Unwritable::Unreadable => ("cannot be read again", "look what became of it"),
        Unwritable::Linked => (
            "is reached over a symbolic link",
            "mend the file itself, or replace the link with it",
        ),
        Unwritable::Encoding => {
            ("cannot be written back in its encoding", "save it as UTF-8")
        }
    };
    Diagnostic::new(&NOT_MENDED, None, format!("`{path}` {words}, and is not mended"))
        .hint(hint)
}

/// The text after as many of the fixes as do not touch one another, and their number.
pub fn apply(text: &str, fixes: &[&Fix]) -> (String, usize) {
    // Start and end of what is replaced, by start.
    let mut taken: BTreeMap<usize, (usize, &str)> = BTreeMap::new();
    let mut count = 0;
    for fix in fixes {
        let ranges: Option<Vec<(usize, usize, &Edit)>> =
            fix.edits.iter().map(|edit| range(text, edit)).collect();
        let Some(ranges) = ranges else { continue };
        let free = ranges.iter().all(|&(start, end, _)| {
            let before = taken.range(..=end).next_back();
            before.is_none_or(|(_, &(other, _))| other < start)
        });
        if free {
            count += 1;
            for (start, end, edit) in ranges {
                taken.insert(start, (end, edit.replacement.as_str()));
            }
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (start, (end, replacement)) in taken {
        out.push_str(text.get(at..start).unwrap_or_default());
        out.push_str(replacement);
        at = end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    (out, count)
}

/// The bytes that an edit replaces, where they are whole characters of the text.
fn range<'e>(text: &str, edit: &'e Edit) -> Option<(usize, usize, &'e Edit)> {
    let range = edit.place.range()?;
    text.get(range.clone())?;
    Some((range.start, range.end, edit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Place, SourceFile, Sources};

    #[test]
    fn what_touches_another_fix_waits() {
        let text = "甲,乙\"丙\"";
        let mut sources = Sources::new();
        let file = SourceFile::new("a.md".into(), text.into(), Vec::new(), String::new());
        let file = sources.add(file);
        let edit = |range, with: &str| Edit {
            place: Place::bytes(file, range),
            replacement: with.to_owned(),
        };
        let comma = Fix { edits: vec![edit(3..4, "，")] };
        let quotes = Fix { edits: vec![edit(7..8, "“"), edit(11..12, "”")] };
        let over = Fix { edits: vec![edit(8..11, "丁"), edit(3..4, "；")] };
        let outside = Fix { edits: vec![edit(40..41, "")] };
        let torn = Fix { edits: vec![edit(1..3, "")] };
        let all = [&comma, &quotes, &over, &outside, &torn];
        assert_eq!(apply(text, &all), ("甲，乙“丙”".to_owned(), 2));
        assert_eq!(apply(text, &[]), (text.to_owned(), 0));
    }
}
