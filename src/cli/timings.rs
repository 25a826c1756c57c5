//! `--timings`: a table for people, and a trace in a file.

use std::path::PathBuf;
use std::time::Instant;

use super::args::Build;
use super::session::Session;
use super::table::table;
use crate::diag::Reported;
use crate::publish::{self, Destination};
use crate::timings::{Line, Timings};

/// Nanoseconds of a millisecond.
const MILLISECOND: f64 = 1e6;

/// Begins to take the time, where that is wanted.
pub(super) fn begin(args: &Build) -> Option<Timings> {
    let began = Instant::now();
    let clock = move || u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX);
    args.timings.as_ref().map(|_| Timings::new(Box::new(clock)))
}

/// Says where the time went, and writes the trace.
pub(super) fn end(
    args: &Build,
    timings: Option<&Timings>,
    destination: &Destination,
    session: &mut Session,
) -> Result<(), Reported> {
    let (Some(timings), Some(file)) = (timings, &args.timings) else { return Ok(()) };
    session.console.say(&lines("stage", &timings.stages()));
    let editions = timings.editions();
    if !editions.is_empty() {
        session.console.say(&lines("slowest editions", &editions));
    }
    let trace = timings.trace();
    let done = match file {
        Some(file) => publish::put_trace(file, trace.as_bytes()).map(|()| file.clone()),
        None => publish::put_timings(destination, trace.as_bytes()).map(PathBuf::from),
    };
    let file = done.map_err(|found| session.diags.add(found))?;
    session.console.say(&format!("trace in {}", file.display()));
    Ok(())
}

fn lines(what: &str, lines: &[Line]) -> String {
    let rows = lines.iter().map(|line| {
        let time = line.time as f64 / MILLISECOND;
        vec![line.name.clone(), format!("{time:>9.1}"), line.count.to_string()]
    });
    table(&[what, "ms", "spans"], &rows.collect::<Vec<_>>())
}
