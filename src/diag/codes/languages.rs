//! Codes of publications in several languages.

use crate::diag::{Code, Severity};

/// All codes about languages.
pub static ALL: &[&Code] =
    &[&LANGUAGE_CLASH, &REPEATED_LANGUAGE, &UNTRANSLATABLE, &UNTRANSLATED_UNIT];

/// The name of a narrative says another language than its front matter.
pub static LANGUAGE_CLASH: Code = Code {
    id: "language-clash",
    severity: Severity::Error,
    what: "The name of a narrative says another language than its front matter.",
    why: "Words, dates and figures are printed in one language.",
    example: "`ten-events.en.md` with `language = \"zh\"`",
    mend: "Remove `language` from the front matter: the name of the file says it.",
};

/// Two versions of a publication are in one language.
pub static REPEATED_LANGUAGE: Code = Code {
    id: "repeated-language",
    severity: Severity::Error,
    what: "Two versions of a publication are in one language.",
    why: "A version leads its readers to the one in their language.",
    example: "`ten-events.md`, in Chinese, beside `ten-events.zh.md`",
    mend: "Keep one of the two, or give one another language.",
};

/// A table of translations names what the record does not hold.
pub static UNTRANSLATABLE: Code = Code {
    id: "untranslatable",
    severity: Severity::Warning,
    what: "A table of translations names an item or a field that the record does not hold.",
    why: "What it says reaches no publication.",
    example: "id,label,value\ndoners,Social organisations that donated,442",
    mend: "id,label\ndonors,Social organisations that donated",
};

/// A figure is printed with its Chinese unit in a text of another language.
pub static UNTRANSLATED_UNIT: Code = Code {
    id: "untranslated-unit",
    severity: Severity::Warning,
    what: "A figure is printed with its Chinese unit in a text of another language.",
    why: "Readers of that language do not know the unit.",
    example: "Volunteers gave {{ f.volunteering }}. (226,000人次)",
    mend: "In `series.toml`: [en.units]\n人次 = \"instances of service\"",
};
