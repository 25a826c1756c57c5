//! Figures in a text of another language than their record: none keeps a Chinese unit.

use std::collections::BTreeSet;

use crate::diag::codes::languages::UNTRANSLATED_UNIT;
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::{Document, InlineKind};
use crate::locale::Language;

/// Reports units that a text of another language prints in Chinese; each once.
pub fn units(document: &Document, language: Language, diags: &mut Diagnostics) {
    if language == Language::Zh {
        return;
    }
    let mut told: BTreeSet<&str> = BTreeSet::new();
    document.each_inline(&mut |inline| {
        let InlineKind::Figure(text) = &inline.kind else { return };
        let unit = text.figure.unit.as_str();
        if text.text.contains(is_han) && told.insert(unit) {
            let message = format!("`{}` is printed with its Chinese unit", text.text);
            let hint = format!(
                "name it in `series.toml`, under `[{}.units]`: `\"{unit}\" = \"…\"`",
                language.word()
            );
            let found = Diagnostic::new(&UNTRANSLATED_UNIT, inline.place, message);
            diags.add(found.hint(hint));
        }
    });
}

fn is_han(ch: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&ch)
}
