//! Codes of links that lead out of the press: what `annals check --external` finds.

use crate::diag::{Code, Severity};

/// All codes about links.
pub static ALL: &[&Code] = &[&BROKEN_LINK, &DEAD_LINK];

/// A link leads to nothing.
pub static BROKEN_LINK: Code = Code {
    id: "broken-link",
    severity: Severity::Warning,
    what: "A link that leads out of the press leads to nothing. Found by `annals check --external` alone.",
    why: "Readers follow links years later.",
    example: "[通知](https://www.example.org/2020/old-page)",
    mend: "Link to where the page is now, or take the link away.",
};

/// A finished page leads to nothing.
pub static DEAD_LINK: Code = Code {
    id: "dead-link",
    severity: Severity::Error,
    what: "A finished page leads to a file or an anchor that is not there. Found by `annals check` over all pages, those of the site among them.",
    why: "A reader who follows it finds nothing.",
    example: "<a href=\"../impressum.html\"> in a template of the press",
    mend: "Links of narratives are looked at where they are written, so look into the press's own templates for the address.",
};
