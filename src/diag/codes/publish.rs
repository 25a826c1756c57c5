//! Codes of `publish`: outputs and the output folder.

use crate::diag::Code;

/// All codes of this stage.
pub static ALL: &[&Code] = &[];
