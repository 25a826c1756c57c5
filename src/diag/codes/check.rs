//! Codes of `check`: data and front matter that do not keep their contract.

use crate::diag::Code;

/// All codes of this stage.
pub static ALL: &[&Code] = &[];
