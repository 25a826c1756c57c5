//! Files to trees whose nodes know their place: the only reader of files.
//!
//! [`folder`] reads a whole press and never stops at the first error: what cannot be read
//! is reported and left out. What the trees mean is for `check` to say. Everything read
//! lies inside the press and within the [`limits`].

mod changes;
mod confine;
pub mod csv;
mod front;
pub mod json;
pub mod limits;
mod picture;
mod press;
mod syntax;
mod templates;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod text;
pub mod toml;
mod written;
mod xlsx;
pub mod yaml;

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

pub use self::changes::{Stamps, folders, passes_over, remote, stamps};
pub use self::picture::{fonts, picture, picture_size};
pub use self::press::{find_root, folder};
pub use self::templates::{builtin_templates, builtin_theme};
pub use self::written::{Unwritable, Written, written};

/// SHA-256 in lower-case hexadecimal.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
