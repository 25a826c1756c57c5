//! How much of a build's CPU time is ours: `cargo run --release -p annals-bench`.
//!
//! Generates bulletins of two pages, and makes them with annals, with the floor (the
//! smallest program that does the same work in one process, `floor.rs`) and, where it is
//! installed, with one `typst compile` process for each. Each measurement is a process
//! of its own: this program calls itself. `annals-bench table` measures against all peers
//! that are installed. `benches/README.md` explains the figures.

mod clock;
mod corpus;
mod edits;
mod floor;
mod report;
mod stages;
mod table;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

/// The allocator of the program, for both sides.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words[..] {
        // annals as itself: for what runs until it is ended.
        ["annals", ..] => {
            return annals::cli::run(words.iter().map(OsString::from)).into();
        }
        ["child", ref line @ ..] if line.first() == Some(&"annals") => measure(|| {
            let done = annals::cli::run(line.iter().map(OsString::from));
            assert_eq!(done, annals::cli::Exit::Done, "the press is sound");
            floor::Stages::new()
        }),
        ["child", "floor", folder, out, count, threads] => measure(|| {
            let number = |word: &str| word.parse().expect("a number");
            floor::run(Path::new(folder), Path::new(out), number(count), number(threads))
        }),
        ["child", "stages", root, out] => {
            measure(|| stages::run(Path::new(root), Path::new(out)));
        }
        ["table", ref options @ ..] => table::run(options),
        ["corpus", folder, count, kind] => {
            let count = count.parse().expect("a number");
            let shape = corpus::Shape::Series(count);
            corpus::write(Path::new(folder), shape, kind).expect("the disk has room");
        }
        ["edits", count] => edit(0, count.parse().expect("a number")),
        ["edits", from, count] => {
            let number = |word: &str| word.parse().expect("a number");
            edit(number(from), number(count));
        }
        _ => report::run(&words),
    }
    ExitCode::SUCCESS
}

/// How many edits follow one another in a press.
const EDITS: usize = 6;

/// One in how many presses makes PDFs too.
const WITH_PDF: u64 = 50;

/// Edits as many presses at random, from this seed on.
fn edit(from: u64, count: u64) {
    let bench = std::env::current_exe().expect("this program has a path");
    let program = bench.with_file_name("annals");
    let folder = bench.with_file_name("press-bench").join(format!("edits-{from}"));
    for seed in from..from + count {
        let pdf = seed % WITH_PDF == WITH_PDF - 1;
        edits::run(&program, &folder, seed, EDITS, pdf);
        if (seed + 1).is_multiple_of(100) {
            println!("{} sequences of {EDITS} edits", seed + 1 - from);
        }
    }
}

/// Prints what some work has cost, for [`report`] to read.
fn measure(work: impl FnOnce() -> floor::Stages) {
    let (cpu, start) = (clock::process_cpu(), Instant::now());
    let stages = work();
    println!("cpu {}", clock::process_cpu() - cpu);
    println!("wall {}", start.elapsed().as_nanos());
    println!("peak {}", clock::peak());
    for (stage, time) in stages {
        println!("{stage} {time}");
    }
}
