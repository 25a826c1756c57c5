//! Codes of measured layout: what `annals check --layout` finds on finished pages.

use crate::diag::{Code, Severity};

/// Margins other than the profile's.
pub static LAYOUT_MARGINS: Code = Code {
    id: "layout-margins",
    severity: Severity::Warning,
    what: "The text does not stand where the margins of the layout's profile put it.",
    why: "Official documents are bound and filed by their margins (GB/T 9704-2012, 5.2.1).",
    example: "`#set page(margin: 25mm)` in the layout of a kind that is laid out as official",
    mend: "set the margins in `templates/official.toml`, not in the layout",
};

/// Lines, characters or baselines off the grid.
pub static LAYOUT_GRID: Code = Code {
    id: "layout-grid",
    severity: Severity::Warning,
    what: "Lines of a page, characters of a line or baselines are not those of the grid.",
    why: "An official page holds 22 lines of 28 characters (GB/T 9704-2012, 5.2.3).",
    example: "`#v(5mm)` between two paragraphs of an official layout",
    mend: "use `blank(g, 1)` for empty lines and `on-grid(…)` for what has another height",
};

/// Another face or size than the profile's.
pub static LAYOUT_FACE: Code = Code {
    id: "layout-face",
    severity: Severity::Warning,
    what: "A part of the document is set in another face or size than its profile asks for.",
    why: "Faces tell the levels of an official document apart (GB/T 9704-2012, 7.3.3).",
    example: "a press without the file of 仿宋, whose text comes out in 宋",
    mend: "put `FandolFang-Regular.otf` into `templates/fonts/`, or name the face that is \
           used in `templates/official.toml`",
};

/// The head of a document out of its place.
pub static LAYOUT_HEAD: Code = Code {
    id: "layout-head",
    severity: Severity::Warning,
    what: "The issuer's mark or the red rule does not stand where the profile puts it.",
    why: "The head is placed by the millimetre (GB/T 9704-2012, 7.2.4 and 7.2.7).",
    example: "a layout that prints a line above `official(meta, body)`",
    mend: "print nothing above the head",
};

/// A page number out of its place.
pub static LAYOUT_PAGE_NUMBER: Code = Code {
    id: "layout-page-number",
    severity: Severity::Warning,
    what: "A page number does not stand where the profile puts it.",
    why: "Its dash is 7 mm under the text, on the outer side (GB/T 9704-2012, 7.5).",
    example: "`#set page(footer-descent: 10mm)` in an official layout",
    mend: "leave the footer to `official.typ`",
};

/// An imprint off the edge.
pub static LAYOUT_IMPRINT: Code = Code {
    id: "layout-imprint",
    severity: Severity::Warning,
    what: "The last rule of the imprint is not on the lower edge of the type area.",
    why: "The imprint ends where the type area ends (GB/T 9704-2012, 7.4).",
    example: "text after the imprint of an official layout",
    mend: "print nothing after the imprint",
};

/// A signature or an imprint with next to no text on its page.
pub static LONELY_SIGNATURE: Code = Code {
    id: "lonely-signature",
    severity: Severity::Warning,
    what: "A signature or an imprint stands on a page with too little text beside it.",
    why: "A signature alone on a page could be put under any text; lines were drawn \
          together or apart as far as the profile permits, and that is not enough \
          (GB/T 9704-2012, 7.3.5.5).",
    example: "a text that fills its last page to the last line",
    mend: "shorten the text by a few lines, or add to it",
};

/// A heading at the foot of a page.
pub static HEADING_AT_FOOT: Code = Code {
    id: "heading-at-foot",
    severity: Severity::Warning,
    what: "A heading is the last line of a page.",
    why: "It announces a text that the reader does not see.",
    example: "a heading whose layout lacks `sticky: true`",
    mend: "make the heading's block `sticky` in the layout",
};

/// All codes of measured layout.
pub static ALL: &[&Code] = &[
    &LAYOUT_MARGINS,
    &LAYOUT_GRID,
    &LAYOUT_FACE,
    &LAYOUT_HEAD,
    &LAYOUT_PAGE_NUMBER,
    &LAYOUT_IMPRINT,
    &LONELY_SIGNATURE,
    &HEADING_AT_FOOT,
];
