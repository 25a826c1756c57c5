//! The table of all codes, one list for each stage that reports them.

pub mod check;
pub mod load;
pub mod merge;
pub mod parse;
pub mod publish;
pub mod typeset;

use super::Code;

/// Every code that annals can report, by stage.
pub fn all() -> impl Iterator<Item = &'static Code> {
    [load::ALL, check::ALL, merge::ALL, parse::ALL, typeset::ALL, publish::ALL]
        .into_iter()
        .flatten()
        .copied()
}

/// The code with this id.
pub fn find(id: &str) -> Option<&'static Code> {
    all().find(|code| code.id == id)
}
