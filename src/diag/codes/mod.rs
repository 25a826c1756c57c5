//! The table of all codes, one list for each stage that reports them.

pub mod audit;
pub mod check;
pub mod cli;
pub mod figures;
pub mod languages;
pub mod layout;
pub mod links;
pub mod lint;
pub mod load;
pub mod merge;
pub mod parse;
pub mod publish;
pub mod typeset;

use super::Code;

/// The codes by the stage that reports them, in the order of the stages.
pub fn stages() -> [(&'static str, &'static [&'static Code]); 13] {
    [
        ("load", load::ALL),
        ("check", check::ALL),
        ("figures", figures::ALL),
        ("languages", languages::ALL),
        ("merge", merge::ALL),
        ("parse", parse::ALL),
        ("lint", lint::ALL),
        ("audit", audit::ALL),
        ("typeset", typeset::ALL),
        ("layout", layout::ALL),
        ("links", links::ALL),
        ("publish", publish::ALL),
        ("cli", cli::ALL),
    ]
}

/// Every code that annals can report, by stage.
pub fn all() -> impl Iterator<Item = &'static Code> {
    stages().into_iter().flat_map(|(_, list)| list).copied()
}

/// The code with this id.
pub fn find(id: &str) -> Option<&'static Code> {
    all().find(|code| code.id == id)
}
