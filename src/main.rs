//! The annals program: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    annals::cli::main()
}
