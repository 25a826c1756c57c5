//! Where the time of a run goes (用时): spans by stage and edition, as a table for people and
//! as a trace for the viewers of Chrome and Perfetto.
//!
//! The clock is the caller's: nothing here, and nothing that is timed, asks for the time.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::ThreadId;

use serde_json::{Value, json};

/// Tells the time in nanoseconds since some moment before the run.
pub type Clock = Box<dyn Fn() -> u64 + Send + Sync>;

/// How many editions the table lists.
const SLOWEST: usize = 10;

/// The spans of a run; threads share it.
pub struct Timings {
    clock: Clock,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    threads: Vec<ThreadId>,
    spans: Vec<Span>,
}

/// A stretch of work.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Span {
    stage: &'static str,
    edition: String,
    /// The number of its thread, in the order in which they appeared.
    thread: usize,
    start: u64,
    end: u64,
}

/// A line of the table: what, how often, and how long in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The stage or edition.
    pub name: String,
    /// How many spans it has.
    pub count: usize,
    /// How long they are together, in nanoseconds.
    pub time: u64,
}

impl Timings {
    /// No spans yet.
    pub fn new(clock: Clock) -> Self {
        Self { clock, taken: Mutex::default() }
    }

    /// Does some work of a stage, for an edition or for all (`""`), and notes how long it
    /// took.
    pub fn time<T>(
        &self,
        stage: &'static str,
        edition: &str,
        work: impl FnOnce() -> T,
    ) -> T {
        let start = (self.clock)();
        let done = work();
        let end = (self.clock)();
        let mut taken = self.taken();
        let id = std::thread::current().id();
        let known = taken.threads.iter().position(|&thread| thread == id);
        let thread = known.unwrap_or_else(|| {
            taken.threads.push(id);
            taken.threads.len() - 1
        });
        let edition = edition.to_owned();
        taken.spans.push(Span { stage, edition, thread, start, end });
        done
    }

    /// The stages in the order in which they first began.
    pub fn stages(&self) -> Vec<Line> {
        let mut spans = self.taken().spans.clone();
        spans.sort_by_key(|span| span.start);
        let mut lines: Vec<Line> = Vec::new();
        for span in &spans {
            let at = lines.iter().position(|line| line.name == span.stage);
            let at = at.unwrap_or_else(|| {
                let name = span.stage.to_owned();
                lines.push(Line { name, count: 0, time: 0 });
                lines.len() - 1
            });
            lines[at].take(span);
        }
        lines
    }

    /// The editions that took longest, the longest first.
    pub fn editions(&self) -> Vec<Line> {
        let mut lines: BTreeMap<String, Line> = BTreeMap::new();
        for span in self.taken().spans.iter().filter(|span| !span.edition.is_empty()) {
            let name = span.edition.clone();
            let line = lines.entry(name.clone());
            line.or_insert(Line { name, count: 0, time: 0 }).take(span);
        }
        let mut lines: Vec<Line> = lines.into_values().collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.time));
        lines.truncate(SLOWEST);
        lines
    }

    /// The spans in the trace event format
    /// (<https://www.chromium.org/developers/how-tos/trace-event-profiling-tool/>).
    pub fn trace(&self) -> String {
        let taken = self.taken();
        let micro = |nanoseconds: u64| Value::from(nanoseconds as f64 / 1000.0);
        let threads = (0..taken.threads.len()).map(|thread| {
            let name =
                if thread == 0 { "main".into() } else { format!("worker {thread}") };
            json!({
                "name": "thread_name", "ph": "M", "pid": 1, "tid": thread,
                "args": { "name": name },
            })
        });
        let spans = taken.spans.iter().map(|span| {
            json!({
                "name": span.stage, "cat": "annals", "ph": "X", "pid": 1,
                "tid": span.thread, "ts": micro(span.start),
                "dur": micro(span.end.saturating_sub(span.start)),
                "args": { "edition": span.edition },
            })
        });
        let events: Vec<Value> = threads.chain(spans).collect();
        let trace = json!({ "displayTimeUnit": "ms", "traceEvents": events });
        format!("{trace}\n")
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        // A list of finished spans is whole whatever another thread panicked over.
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Line {
    fn take(&mut self, span: &Span) {
        self.count += 1;
        self.time += span.end.saturating_sub(span.start);
    }
}

/// Does some work of a stage, and notes how long it took where anybody wants to know.
pub fn time<T>(
    timings: Option<&Timings>,
    stage: &'static str,
    edition: &str,
    work: impl FnOnce() -> T,
) -> T {
    match timings {
        Some(timings) => timings.time(stage, edition, work),
        None => work(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn spans_add_up_by_stage_and_edition() {
        let ticks = AtomicU64::new(0);
        let timings =
            Timings::new(Box::new(move || ticks.fetch_add(1000, Ordering::Relaxed)));
        timings.time("load", "", || ());
        for edition in ["a", "b", "a"] {
            timings.time("pdf", edition, || ());
        }
        let line = |name: &str, count, time| Line { name: name.to_owned(), count, time };
        assert_eq!(timings.stages(), [line("load", 1, 1000), line("pdf", 3, 3000)]);
        assert_eq!(timings.editions(), [line("a", 2, 2000), line("b", 1, 1000)]);
        let trace: Value = serde_json::from_str(&timings.trace()).expect("it is JSON");
        let events = trace["traceEvents"].as_array().expect("it lists events");
        assert_eq!(events.len(), 5);
        assert_eq!(events[2]["args"]["edition"], "a");
        assert_eq!((&events[2]["ts"], &events[2]["dur"]), (&json!(2.0), &json!(1.0)));
    }
}
