//! Files within a PDF: the figures that it prints, for whoever wants to go on counting.

use super::literal::string;
use crate::press::Meta;
use crate::sheet::SheetFile;

/// Writes the calls that attach files, after all text. They are data that the document
/// shows (ISO 32000-2, 7.11.3: `Data`), not what it was made from.
pub(super) fn write(out: &mut String, meta: &Meta, files: &[SheetFile]) {
    for file in files {
        out.push_str("#std.pdf.attach(");
        string(out, &format!("{}.{}", name(&meta.path), file.ending));
        out.push_str(", std.bytes(");
        string(out, &file.text);
        out.push_str("), relationship: \"data\", mime-type: ");
        string(out, file.media_type);
        out.push_str(", description: ");
        string(out, &file.description);
        out.push_str(")\n");
    }
}

/// The last name of a path, as one that may be a file's anywhere.
fn name(path: &str) -> String {
    let last = path.rsplit('/').next().unwrap_or(path);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    last.chars().map(|c| if plain(c) { c } else { '_' }).collect()
}
