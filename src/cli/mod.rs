//! The command line: arguments, environment and clock in, results and findings out.
//!
//! One file for each verb. A verb gives the text of its result; what there is to say
//! about it is collected in the [`Session`] and printed here.

mod args;
mod audit;
mod build;
mod clean;
mod completions;
mod console;
mod exit;
mod explain;
mod fonts;
mod init;
mod inspect;
mod layouts;
mod links;
mod list;
mod new;
mod progress;
mod query;
mod reference;
mod schema;
mod selection;
mod serve;
mod session;
mod table;
mod timings;
mod values;
mod watch;

use std::ffi::OsString;
use std::panic;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use clap::Parser as _;

use self::args::{Cli, Verb};
use self::console::Console;
pub use self::exit::Exit;
pub use self::reference::reference_pages;
use self::session::Session;
use crate::diag::Reported;

/// What the last panic said: printed only when it ends the program, which one that
/// `typeset` catches does not.
static PANIC: Mutex<String> = Mutex::new(String::new());

/// What the standard library says when a worker's panic reaches the thread that waits.
const ECHO: &str = "a scoped thread panicked";

/// Runs the program with the arguments of this process.
pub fn main() -> ExitCode {
    panic::set_hook(Box::new(|info| {
        let said = info.to_string();
        if !said.contains(ECHO) {
            *PANIC.lock().unwrap_or_else(PoisonError::into_inner) = said;
        }
    }));
    guard(|| run(std::env::args_os())).into()
}

/// Runs the program with these arguments, the first of which is its name.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Exit {
    let Cli { global, verb } = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            let failed = error.print().is_err();
            return match error.exit_code() {
                0 if failed => Exit::Environment,
                0 => Exit::Done,
                _ => Exit::Usage,
            };
        }
    };
    let mut session = Session::new(Console::new(&global), global);
    let answer = match &verb {
        Verb::Init(args) => init::init(args, &mut session),
        Verb::New(args) => new::new(args, &mut session),
        Verb::Build(args) => build::build(args, &mut session),
        Verb::Check(args) => build::check(args, &mut session),
        Verb::Serve(args) => serve::serve(args, &mut session),
        Verb::Watch(args) => watch::watch(args, &mut session),
        Verb::Audit(args) => audit::audit(args, &mut session),
        Verb::List(args) => list::list(args, &mut session),
        Verb::Inspect(args) => inspect::inspect(args, &mut session),
        Verb::Query(args) => query::query(args, &mut session),
        Verb::Fonts(args) => fonts::fonts(args, &mut session),
        Verb::Schema(args) => schema::schema(args, &mut session),
        Verb::Explain(args) => explain::explain(args, &mut session),
        Verb::Clean(args) => clean::clean(args, &mut session),
        Verb::Completions(args) => Ok(completions::completions(args)),
        Verb::Reference(args) => reference::reference(args, &mut session),
    };
    session.end(answer)
}

/// What a verb prints to standard output.
type Answer = Result<String, Reported>;

/// Runs something, and turns a panic into a request to report it.
fn guard(work: impl FnOnce() -> Exit + panic::UnwindSafe) -> Exit {
    panic::catch_unwind(work).unwrap_or_else(|_| {
        console::apologise(&PANIC.lock().unwrap_or_else(PoisonError::into_inner));
        Exit::Bug
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panics_are_bugs_of_ours() {
        assert_eq!(guard(|| panic!("on purpose")), Exit::Bug);
        assert_eq!(Exit::Bug.number(), 70);
    }

    #[test]
    fn misuse_is_status_2() {
        let run = |line: &str| run(line.split(' ').map(OsString::from));
        assert_eq!(run("annals"), Exit::Usage);
        assert_eq!(run("annals bild"), Exit::Usage);
        assert_eq!(run("annals build --period 2021-13"), Exit::Usage);
        assert_eq!(run("annals build --today 2021-02-30"), Exit::Usage);
        assert_eq!(run("annals build -q -v"), Exit::Usage);
    }
}
