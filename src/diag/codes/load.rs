//! Codes of `load`: files that cannot be read as what they are.

use crate::diag::Code;

/// All codes of this stage.
pub static ALL: &[&Code] = &[];
