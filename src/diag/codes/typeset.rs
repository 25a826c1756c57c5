//! Codes of `typeset`: glyphs, Typst, PDF standards.

use crate::diag::Code;

/// All codes of this stage.
pub static ALL: &[&Code] = &[];
