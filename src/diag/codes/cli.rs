//! Codes of the command line: what was asked for and cannot be had.

use crate::diag::{Code, Severity};

/// Nothing matches the paths or the period.
pub static NOTHING_SELECTED: Code = Code {
    id: "nothing-selected",
    severity: Severity::Error,
    what: "No edition of the press matches a path, or none lies in the period, that was \
           asked for.",
    why: "A monthly build that quietly builds nothing would be found out too late.",
    example: "annals build baoji/2020/ten-event",
    mend: "Name an edition as `annals list` prints it, or a folder of them: \
           `annals build baoji/2020/ten-events`, `annals build baoji`.",
};

/// A name that the press, or the program, does not have.
pub static UNKNOWN_NAME: Code = Code {
    id: "unknown-name",
    severity: Severity::Error,
    what: "A kind, edition, code or topic that was named on the command line does not \
           exist.",
    why: "annals cannot guess what was meant.",
    example: "annals new buletin baoji/2021/march",
    mend: "annals new bulletin baoji/2021/march",
};

/// A setting of the environment or an argument that cannot be used.
pub static UNUSABLE_SETTING: Code = Code {
    id: "unusable-setting",
    severity: Severity::Error,
    what: "An argument, or a variable of the environment, has a value that cannot be \
           used.",
    why: "annals does not put another value in its place.",
    example: "SOURCE_DATE_EPOCH=yesterday annals build",
    mend: "SOURCE_DATE_EPOCH=1640995200 annals build",
};

/// The preview cannot be shown.
pub static NO_PORT: Code = Code {
    id: "no-port",
    severity: Severity::Error,
    what: "The port that `annals serve` was to answer on cannot be had: another program \
           has it, or the system keeps it to itself.",
    why: "Two programs cannot answer on one port, and the browser would show the other's \
          pages.",
    example: "annals serve --port 8420    # while another preview runs",
    mend: "Leave `--port` out: `annals serve` then takes the next port that is free and \
           prints its address.",
};

/// All codes of the command line.
pub static ALL: &[&Code] =
    &[&NOTHING_SELECTED, &UNKNOWN_NAME, &UNUSABLE_SETTING, &NO_PORT];
