//! Codes of `merge`: templates in narratives.

use crate::diag::Code;

/// All codes of this stage.
pub static ALL: &[&Code] = &[];
