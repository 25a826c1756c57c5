//! `trace.json` beside the manifest: where every number in print comes from.
//!
//! A press of a thousand editions prints a hundred thousand numbers: those of editions
//! that are not made again are handed on as they are written, without being read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::OnceLock;

use super::Destination;
use super::disk::{self, Found};
use crate::diag::Diagnostic;
use crate::diag::codes::publish::FOREIGN_OUTPUT;
use crate::trace::{Number, SCHEMA, Trace};

/// The trace's name in the output folder.
pub const TRACE: &str = "trace.json";

/// What stands before the numbers of an edition, and its path.
const INDENT: &str = "    ";

/// What was printed last time.
#[derive(Debug, Clone, Default)]
pub struct LastTrace {
    text: String,
    whole: OnceLock<Option<Trace>>,
}

/// What was printed last time; an empty trace where there is none.
pub fn last_trace(destination: &Destination) -> LastTrace {
    let text = match disk::look(&destination.folder.join(TRACE)) {
        Ok(Found::File(bytes)) => String::from_utf8(bytes).unwrap_or_default(),
        _ => String::new(),
    };
    LastTrace { text, whole: OnceLock::new() }
}

impl From<Trace> for LastTrace {
    fn from(trace: Trace) -> Self {
        Self { text: String::new(), whole: OnceLock::from(Some(trace)) }
    }
}

impl LastTrace {
    /// The numbers of an edition, as they were printed.
    pub fn numbers(&self, edition: &str) -> Option<Vec<Number>> {
        if !self.text.starts_with(&head()) {
            let whole = self.whole.get_or_init(|| parse(self.text.as_bytes()).ok());
            return whole.as_ref()?.editions.get(edition).cloned();
        }
        let name = serde_json::to_string(edition).ok()?;
        let (_, rest) = self.text.split_once(&format!("\n{INDENT}{name}: "))?;
        let end = rest.find(&format!("\n{INDENT}]"))? + "\n]".len() + INDENT.len();
        serde_json::from_str(rest.get(..end)?).ok()
    }
}

fn parse(bytes: &[u8]) -> Result<Trace, ()> {
    let trace: Trace = serde_json::from_slice(bytes).map_err(|_| ())?;
    if trace.schema == SCHEMA { Ok(trace) } else { Err(()) }
}

/// The trace in a folder as text; `Err` where something else stands there. One that is
/// `known` by its hash needs no reading.
fn read(folder: &Path, known: Option<&str>) -> Result<Option<String>, ()> {
    match disk::look(&folder.join(TRACE)) {
        Ok(Found::Nothing) => Ok(None),
        Ok(Found::File(bytes)) => {
            if known.is_none_or(|known| disk::sha256(&bytes) != known) {
                parse(&bytes)?;
            }
            String::from_utf8(bytes).map(Some).map_err(|_| ())
        }
        Ok(Found::Other) | Err(_) => Err(()),
    }
}

/// The numbers of each edition as they are written; none where the text is of another
/// form than ours.
fn pieces(text: &str) -> Option<BTreeMap<String, &str>> {
    let mut pieces = BTreeMap::new();
    let mut rest = text.strip_prefix(&head())?;
    while let Some(entry) = rest.strip_prefix(INDENT) {
        let (name, after) = entry.split_once(": ")?;
        let end = after.find(&format!("\n{INDENT}]"))? + "\n]".len() + INDENT.len();
        let (numbers, after) = after.split_at(end);
        pieces.insert(serde_json::from_str(name).ok()?, numbers);
        rest = after.strip_prefix(",\n").or(after.strip_prefix('\n'))?;
    }
    (rest == FOOT).then_some(pieces)
}

fn head() -> String {
    format!("{{\n  \"schema\": \"{SCHEMA}\",\n  \"editions\": {{\n")
}

const FOOT: &str = "  }\n}\n";

/// The numbers of an edition as they are written.
pub(super) fn written(numbers: &[Number]) -> String {
    let text = serde_json::to_string_pretty(numbers).expect("numbers always serialise");
    text.replace('\n', &format!("\n{INDENT}"))
}

/// Writes the trace of this build, `new` as [`written`], with what the last one says of
/// editions that stand and were not `made` anew. Where no number is left to tell of, the file goes. `known` is the
/// hash of the last one, where it is ours.
pub(super) fn write(
    folder: &Path,
    name: &str,
    new: BTreeMap<String, String>,
    [standing, made]: [&BTreeSet<String>; 2],
    known: Option<&str>,
    through: &Path,
) -> Result<(), Diagnostic> {
    let shown = format!("{name}/{TRACE}");
    let Ok(last) = read(folder, known) else {
        let message = format!("`{shown}` stands there and was not written by annals");
        let found = Diagnostic::new(&FOREIGN_OUTPUT, None, message);
        return Err(found.hint("move it away and build again"));
    };
    let old = last.as_deref().unwrap_or_default();
    let kept = |edition: &String| standing.contains(edition) && !made.contains(edition);
    let mut all: BTreeMap<String, String> = match pieces(old) {
        Some(pieces) => pieces
            .into_iter()
            .filter(|(edition, _)| kept(edition))
            .map(|(edition, numbers)| (edition, numbers.to_owned()))
            .collect(),
        None => parse(old.as_bytes())
            .unwrap_or_default()
            .editions
            .into_iter()
            .filter(|(edition, numbers)| kept(edition) && !numbers.is_empty())
            .map(|(edition, numbers)| (edition, written(&numbers)))
            .collect(),
    };
    all.extend(new);
    let path = folder.join(TRACE);
    if standing.is_empty() || all.is_empty() {
        let gone = if last.is_some() { disk::remove(&path) } else { Ok(()) };
        return gone.map_err(|error| disk::blame("remove", &shown, &error));
    }
    let mut text = head();
    for (at, (edition, numbers)) in all.iter().enumerate() {
        let name = serde_json::to_string(edition).expect("text always serialises");
        let comma = if at + 1 < all.len() { "," } else { "" };
        let _ = writeln!(text, "{INDENT}{name}: {numbers}{comma}");
    }
    text.push_str(FOOT);
    if text == old {
        return Ok(());
    }
    disk::replace(&path, through, text.as_bytes())
        .map_err(|error| disk::blame("write", &shown, &error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::Class;

    #[test]
    fn pieces_put_together_are_the_whole() {
        let number = |text: &str| Number {
            text: text.to_owned(),
            class: Class::Literal,
            place: "content/a.md:1:1".to_owned(),
            sort: None,
            figure: None,
        };
        let odd = "]\n    ]\"\\";
        let mut trace = Trace::default();
        for (edition, text) in [("a/一", odd), ("a/\"", "2"), ("b", "3")] {
            trace.editions.insert(edition.to_owned(), vec![number(text), number("1")]);
        }
        let whole = serde_json::to_string_pretty(&trace).expect("it serialises") + "\n";
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let standing: BTreeSet<String> = trace.editions.keys().cloned().collect();
        let through = folder.path().join("new");
        let none = BTreeSet::new();
        let sets = [&standing, &standing];
        let numbers = trace.editions.iter();
        let new = numbers.map(|(edition, numbers)| (edition.clone(), written(numbers)));
        write(folder.path(), "output", new.collect(), sets, None, &through)
            .expect("written");
        let read = disk::read(&folder.path().join(TRACE)).expect("it is there");
        assert_eq!(String::from_utf8_lossy(&read), whole);
        // Those that were not made again stay; those that have gone go.
        let standing = BTreeSet::from(["a/一".to_owned(), "b".to_owned()]);
        trace.editions.remove("a/\"");
        let sets = [&standing, &none];
        let new = BTreeMap::new();
        write(folder.path(), "output", new, sets, None, &through).expect("written");
        let read = disk::read(&folder.path().join(TRACE)).expect("it is there");
        let whole = serde_json::to_string_pretty(&trace).expect("it serialises") + "\n";
        assert_eq!(String::from_utf8_lossy(&read), whole);
    }
}
