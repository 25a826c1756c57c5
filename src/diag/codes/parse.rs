//! Codes of `parse`: Markdown, references, pictures.

use crate::diag::Code;

/// All codes of this stage.
pub static ALL: &[&Code] = &[];
