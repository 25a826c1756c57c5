//! `trace.json` beside the manifest: where every number in print comes from.

use std::collections::BTreeSet;
use std::path::Path;

use super::Destination;
use super::disk::{self, Found};
use crate::diag::Diagnostic;
use crate::diag::codes::publish::FOREIGN_OUTPUT;
use crate::trace::{SCHEMA, Trace};

/// The trace's name in the output folder.
pub const TRACE: &str = "trace.json";

/// What was printed last time; an empty trace where there is none.
pub fn last_trace(destination: &Destination) -> Trace {
    read(&destination.folder).ok().flatten().unwrap_or_default()
}

/// The trace in a folder; `Err` where something else stands there.
fn read(folder: &Path) -> Result<Option<Trace>, ()> {
    match disk::look(&folder.join(TRACE)) {
        Ok(Found::Nothing) => Ok(None),
        Ok(Found::File(bytes)) => {
            let trace: Trace = serde_json::from_slice(&bytes).map_err(|_| ())?;
            if trace.schema == SCHEMA { Ok(Some(trace)) } else { Err(()) }
        }
        Ok(Found::Other) | Err(_) => Err(()),
    }
}

/// Writes the trace of this build, with what the last one says of editions that stand and
/// were not `made` anew. Where no number is left to tell of, the file goes.
pub(super) fn write(
    folder: &Path,
    name: &str,
    mut trace: Trace,
    standing: &BTreeSet<String>,
    made: &BTreeSet<String>,
    through: &Path,
) -> Result<(), Diagnostic> {
    let shown = format!("{name}/{TRACE}");
    let Ok(last) = read(folder) else {
        let message = format!("`{shown}` stands there and was not written by annals");
        let found = Diagnostic::new(&FOREIGN_OUTPUT, None, message);
        return Err(found.hint("move it away and build again"));
    };
    let there = last.is_some();
    let last = last.unwrap_or_default();
    let old = last.clone();
    for (edition, numbers) in last.editions {
        if standing.contains(&edition) && !made.contains(&edition) {
            trace.editions.entry(edition).or_insert(numbers);
        }
    }
    let path = folder.join(TRACE);
    if standing.is_empty() || trace.editions.is_empty() {
        let gone = if there { disk::remove(&path) } else { Ok(()) };
        return gone.map_err(|error| disk::blame("remove", &shown, &error));
    }
    if there && old == trace {
        return Ok(());
    }
    let mut bytes =
        serde_json::to_vec_pretty(&trace).expect("maps with text keys always serialise");
    bytes.push(b'\n');
    disk::replace(&path, through, &bytes)
        .map_err(|error| disk::blame("write", &shown, &error))
}
