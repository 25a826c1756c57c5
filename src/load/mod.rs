//! Files to trees whose nodes know their place: the only reader of files.
//!
//! [`folder`] reads a whole press and never stops at the first error: what cannot be read
//! is reported and left out. What the trees mean is for `check` to say. Everything read
//! lies inside the press and within the [`limits`].

mod again;
mod changes;
mod confine;
pub mod csv;
mod file;
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

pub use self::again::{again, seen};
pub use self::changes::{Stamps, folders, passes_over, remote, stamps};
pub use self::file::Kept;
pub use self::picture::{fonts, picture, picture_size};
pub use self::press::{find_root, folder, project};
pub use self::templates::{builtin_templates, builtin_theme};
pub use self::written::{Unwritable, Written, written};
use crate::stamp::sha256 as hash;
