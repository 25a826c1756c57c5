//! The reference pages, and what a killed build leaves.

#![expect(clippy::disallowed_methods, reason = "tests make presses and look at outputs")]

mod kill;
mod preview;
mod reference;

use std::path::{Path, PathBuf};

/// The folder of this package.
fn package() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Whether expectations are to be rewritten.
fn update() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}
