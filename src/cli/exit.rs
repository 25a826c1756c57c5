//! What the program says to the one that called it.

use std::process::ExitCode;

use super::args::FailOn;
use crate::diag::codes::{cli, load, publish};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::source::Sources;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// What was asked for is done.
    Done,
    /// There are findings at or above `--fail-on`.
    Findings,
    /// The command line or `annals.toml` cannot be used.
    Usage,
    /// The machine refuses: a permission, a full disk.
    Environment,
    /// Some editions were built, and some failed.
    Partly,
    /// annals has a bug.
    Bug,
}

impl Exit {
    /// The number for the caller.
    pub fn number(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Findings => 1,
            Self::Usage => 2,
            Self::Environment => 3,
            Self::Partly => 4,
            // EX_SOFTWARE of sysexits.h
            Self::Bug => 70,
        }
    }

    /// How a run with these findings ends, that built `built` editions and lost others
    /// to errors.
    pub(super) fn of(
        diags: &Diagnostics,
        sources: &Sources,
        fail_on: FailOn,
        built: usize,
    ) -> Self {
        let errors = || diags.iter().filter(|found| found.severity == Severity::Error);
        let least = match fail_on {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Note => Some(Severity::Note),
            FailOn::Never => None,
        };
        if errors().any(|found| is_environment(found.code)) {
            Self::Environment
        } else if errors().any(|found| is_usage(found, sources)) {
            Self::Usage
        } else if least.is_none_or(|least| diags.worst() < Some(least)) {
            Self::Done
        } else if built > 0 && diags.has_errors() {
            Self::Partly
        } else {
            Self::Findings
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.number())
    }
}

fn is_environment(code: &Code) -> bool {
    publish::ENVIRONMENT.contains(&code) || code == &load::UNREADABLE_FILE
}

/// Whether a finding blames the command line or the project file.
fn is_usage(found: &Diagnostic, sources: &Sources) -> bool {
    let in_project =
        found.place.is_some_and(|place| sources.get(place.file).path == "annals.toml");
    let asked = cli::ALL.contains(&found.code)
        || [&load::MISSING_PROJECT, &publish::FILE_EXISTS, &publish::NO_PDF]
            .contains(&found.code);
    asked || in_project
}
