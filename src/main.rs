//! The annals program: arguments in, exit code out.

use std::process::ExitCode;

/// Typst and the audit ask for memory all the time, on several cores.
#[cfg(all(feature = "jemalloc", not(target_env = "msvc")))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    annals::cli::main()
}
