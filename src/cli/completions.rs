//! `annals completions`: completions of a shell, from the table of arguments.

use clap::CommandFactory as _;

use super::args::{Cli, Completions};

/// The script that a shell reads.
pub(super) fn completions(args: &Completions) -> String {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "annals", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}
