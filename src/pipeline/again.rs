//! Whether a build would do again what the last one did, found out before anything is read.

use std::path::Path;

use super::works::keys::PROGRAM;
use crate::diag::{Diagnostics, Reported};
use crate::press::Settings;
use crate::publish::{Destination, Last};
use crate::source::Sources;
use crate::stamp::{Again, Key, Moment};
use crate::{check, load};

/// What a build that has nothing to do would say of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nothing {
    /// How many editions it would have made.
    pub editions: usize,
    /// How many outputs stand as they should.
    pub outputs: usize,
}

/// The key of what a build is asked for; `asked` is all that its caller was told.
pub fn ask(root: &Path, asked: &str) -> String {
    Key::new().with(PROGRAM).with(&root.to_string_lossy()).with(asked).finish()
}

/// The settings of a press, read alone.
///
/// # Errors
/// When there is no project file, or it cannot be read.
pub fn settings(root: &Path, diags: &mut Diagnostics) -> Result<Settings, Reported> {
    let project = load::project(root, &mut Sources::new(), diags)?;
    check::settings(&project, diags)
}

/// Looks whether the last build was whole, said nothing, was asked for the same, and all
/// that it read and wrote stands as it did. `root` is canonical; `now` is the present
/// moment.
pub fn nothing_to_do(
    root: &Path,
    destination: &Destination,
    ask: &str,
    now: Moment,
) -> Option<Nothing> {
    let mut last = Last::read(destination, ask)?;
    // Inputs first: it is they that change.
    let (seen, since) = last.seen();
    let inputs = load::again(root, seen, since);
    if inputs == Again::Changed {
        return None;
    }
    let outputs = last.outputs();
    if outputs == Again::Changed {
        return None;
    }
    let (editions, count) = last.counts();
    if inputs.max(outputs) == Again::Touched {
        last.refresh(now);
    }
    Some(Nothing { editions, outputs: count })
}
