//! Codes of `typeset`: glyphs, Typst, PDF standards.

use crate::diag::{Code, Severity};

/// A character without a glyph in any loaded font.
pub static MISSING_GLYPH: Code = Code {
    id: "missing-glyph",
    severity: Severity::Error,
    what: "A character is in none of the fonts.",
    why: "It would be printed as an empty box, and archival PDF forbids that.",
    example: "我们的口号是 \u{1F680}",
    mend: "write the character in words, or add a font that has it to `font_folders` \
           in `annals.toml`",
};

/// A font file that cannot be used.
pub static FONT_UNREADABLE: Code = Code {
    id: "font-unreadable",
    severity: Severity::Error,
    what: "A font file holds no font that can be used.",
    why: "Text set in it would silently come out in another face.",
    example: "`templates/fonts/house.ttf` that holds a web page",
    mend: "replace the file by a TrueType or OpenType font, or remove it",
};

/// A family that a layout names and nobody has.
pub static UNKNOWN_FONT: Code = Code {
    id: "unknown-font",
    severity: Severity::Error,
    what: "A layout asks for a font family that is not among the fonts.",
    why: "Text would silently come out in another face, and differently on each machine.",
    example: "`#set text(font: \"Annals Sung\")` in `layout.typ`",
    mend: "use a family that `annals fonts` lists: `#set text(font: \"Annals Song\")`",
};

/// A standard that is not known.
pub static UNKNOWN_PDF_STANDARD: Code = Code {
    id: "unknown-pdf-standard",
    severity: Severity::Error,
    what: "`standards` names a PDF standard that is not known.",
    why: "A file would be taken for conforming that is not.",
    example: "standards = [\"pdf/a-2a\"]",
    mend: "write it as Typst does: `standards = [\"a-2a\"]`",
};

/// Standards that exclude each other.
pub static PDF_STANDARDS_CLASH: Code = Code {
    id: "pdf-standards-clash",
    severity: Severity::Error,
    what: "Two of the `standards` cannot be met by one file.",
    why: "Each fixes a version of PDF, and these differ.",
    example: "standards = [\"a-1a\", \"ua-1\", \"2.0\"]",
    mend: "keep those that go together, such as `[\"a-2a\", \"ua-1\"]`",
};

/// A finished document that does not meet its standard.
pub static PDF_STANDARD: Code = Code {
    id: "pdf-standard",
    severity: Severity::Error,
    what: "The document does not meet the PDF standard that the press asks for.",
    why: "Archives and screen readers rely on what the standard promises.",
    example: "`####` directly after `##`: PDF/UA-1 asks for `###` between them",
    mend: "change the passage, or take the standard out of `standards` in `annals.toml`",
};

/// A kind without a layout.
pub static NO_LAYOUT: Code = Code {
    id: "no-layout",
    severity: Severity::Error,
    what: "Neither the kind nor the templates folder has a `layout.typ`.",
    why: "Without a layout nothing says how the PDF is to look.",
    example: "`templates/minutes/` without `layout.typ`, where `templates/layout.typ` \
              was replaced by an empty folder",
    mend: "add `templates/minutes/layout.typ`",
};

/// An error in a layout.
pub static LAYOUT_ERROR: Code = Code {
    id: "layout-error",
    severity: Severity::Error,
    what: "Typst reports an error in a layout.",
    why: "The PDF cannot be made.",
    example: "`#set page(paper: \"a44\")` in `layout.typ`",
    mend: "change the line of the layout: `#set page(paper: \"a4\")`",
};

/// An error that a passage of the text caused.
pub static TYPST_ERROR: Code = Code {
    id: "typst-error",
    severity: Severity::Error,
    what: "Typst reports an error about a passage of the text.",
    why: "The PDF cannot be made.",
    example: "`![一张图](scan.png)` where `scan.png` holds no picture",
    mend: "change the passage, or the file that it names",
};

/// A warning of Typst's.
pub static TYPST_WARNING: Code = Code {
    id: "typst-warning",
    severity: Severity::Warning,
    what: "Typst warns about a layout or a passage.",
    why: "The PDF is made, but may not look as it is meant to.",
    example: "`#import \"/annals.typ\": fonts as fonts` in `layout.typ`",
    mend: "change the line as the message says: `#import \"/annals.typ\": fonts`",
};

/// A crash inside Typst.
pub static TYPST_PANIC: Code = Code {
    id: "typst-panic",
    severity: Severity::Error,
    what: "Typst stopped with an internal error.",
    why: "This is a bug in Typst or in annals; other editions are not affected.",
    example: "any document that meets the bug",
    mend: "report it with the narrative, and change the passage that was edited last",
};

/// More pictures than a document may have.
pub static TOO_MANY_PICTURES: Code = Code {
    id: "too-many-pictures",
    severity: Severity::Error,
    what: "A document uses more picture files than Typst can number.",
    why: "Typst numbers the files of a whole run with 16 bits.",
    example: "a narrative with 5,000 different pictures",
    mend: "divide the narrative",
};

/// All codes of this stage.
pub static ALL: &[&Code] = &[
    &MISSING_GLYPH,
    &FONT_UNREADABLE,
    &UNKNOWN_FONT,
    &UNKNOWN_PDF_STANDARD,
    &PDF_STANDARDS_CLASH,
    &PDF_STANDARD,
    &NO_LAYOUT,
    &LAYOUT_ERROR,
    &TYPST_ERROR,
    &TYPST_WARNING,
    &TYPST_PANIC,
    &TOO_MANY_PICTURES,
];
