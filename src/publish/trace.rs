//! `trace.json` beside the manifest: where every number in print comes from.
//!
//! A press of a thousand editions prints a hundred thousand numbers: those of editions
//! that are not made again are handed on as they are written, without being read.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, OnceLock};

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
    /// As it stands; none where there is nothing.
    text: Option<Arc<String>>,
    /// Whether something else stands in its place.
    odd: bool,
    /// What it says; looked through once, whoever asks.
    said: Arc<OnceLock<Said>>,
}

/// What a trace says of editions.
#[derive(Debug)]
enum Said {
    /// Where the numbers of each stand in the text, which is of the form that we write.
    Written(BTreeMap<String, Range<usize>>),
    /// The numbers of each.
    Read(Trace),
}

/// What was printed last time; an empty trace where there is none.
pub fn last_trace(destination: &Destination) -> LastTrace {
    LastTrace::read(&destination.folder)
}

impl From<Trace> for LastTrace {
    fn from(trace: Trace) -> Self {
        Self { said: Arc::new(OnceLock::from(Said::Read(trace))), ..Self::default() }
    }
}

impl LastTrace {
    /// The trace that stands in a folder.
    pub(super) fn read(folder: &Path) -> Self {
        let text = match disk::look(&folder.join(TRACE)) {
            Ok(Found::Nothing) => Some(None),
            Ok(Found::File(bytes)) => String::from_utf8(bytes).ok().map(Some),
            Ok(Found::Other) | Err(_) => None,
        };
        let (odd, text) = (text.is_none(), text.flatten().map(Arc::new));
        Self { text, odd, said: Arc::default() }
    }

    /// The SHA-256 of its text, where there is one.
    pub(super) fn hash(&self) -> Option<String> {
        self.text.as_ref().map(|text| disk::sha256(text.as_bytes()))
    }

    fn text(&self) -> &str {
        self.text.as_ref().map_or("", |text| text.as_str())
    }

    /// The numbers of an edition, as they were printed.
    pub fn numbers(&self, edition: &str) -> Option<Vec<Number>> {
        match self.said() {
            Said::Written(pieces) => {
                let piece = pieces.get(edition)?.clone();
                serde_json::from_str(self.text().get(piece)?).ok()
            }
            Said::Read(trace) => trace.editions.get(edition).cloned(),
        }
    }

    fn said(&self) -> &Said {
        self.said.get_or_init(|| match pieces(self.text()) {
            Some(pieces) => Said::Written(pieces),
            None => Said::Read(parse(self.text()).unwrap_or_default()),
        })
    }
}

fn parse(text: &str) -> Result<Trace, ()> {
    let trace: Trace = serde_json::from_str(text).map_err(|_| ())?;
    if trace.schema == SCHEMA { Ok(trace) } else { Err(()) }
}

/// Where the numbers of each edition stand; none where the text is of another form than
/// ours.
fn pieces(text: &str) -> Option<BTreeMap<String, Range<usize>>> {
    let mut pieces = BTreeMap::new();
    let mut rest = text.strip_prefix(&head())?;
    while let Some(entry) = rest.strip_prefix(INDENT) {
        let (name, after) = entry.split_once(": ")?;
        let length = after.find(&format!("\n{INDENT}]"))? + "\n]".len() + INDENT.len();
        let start = text.len() - after.len();
        pieces.insert(serde_json::from_str(name).ok()?, start..start + length);
        let after = after.get(length..)?;
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

/// What a trace is made from.
pub(super) struct Printed<'a> {
    /// The numbers of the editions that were made anew, as [`written`].
    pub(super) trace: &'a BTreeMap<String, String>,
    /// The editions that were made anew, also those without numbers.
    pub(super) made: &'a BTreeSet<String>,
    /// All editions that stand.
    pub(super) standing: &'a BTreeSet<String>,
    /// What the last build says of those that were not made anew.
    pub(super) last: &'a LastTrace,
    /// Whether that is known to be ours.
    pub(super) known: bool,
}

impl Printed<'_> {
    /// Writes the trace of this build, with what the last one says of editions that stand;
    /// gives its SHA-256. Where no number is left to tell of, the file goes.
    pub(super) fn write(
        &self,
        folder: &Path,
        name: &str,
        through: &Path,
    ) -> Result<Option<String>, Diagnostic> {
        let shown = format!("{name}/{TRACE}");
        let old = self.last.text();
        let foreign = || !old.is_empty() && !self.known && parse(old).is_err();
        if self.last.odd || foreign() {
            let message = format!("`{shown}` stands there and was not written by annals");
            let found = Diagnostic::new(&FOREIGN_OUTPUT, None, message);
            return Err(found.hint("move it away and build again"));
        }
        let all = self.pieces();
        let path = folder.join(TRACE);
        if self.standing.is_empty() || all.is_empty() {
            let there = self.last.text.is_some();
            let gone = if there { disk::remove(&path) } else { Ok(()) };
            return gone
                .map(|()| None)
                .map_err(|error| disk::blame("remove", &shown, &error));
        }
        let mut text = String::with_capacity(old.len() + old.len() / 8);
        text.push_str(&head());
        for (at, (edition, numbers)) in all.iter().enumerate() {
            let name = serde_json::to_string(edition).expect("text always serialises");
            let comma = if at + 1 < all.len() { "," } else { "" };
            let _ = writeln!(text, "{INDENT}{name}: {numbers}{comma}");
        }
        text.push_str(FOOT);
        let hash = Some(disk::sha256(text.as_bytes()));
        if text == old {
            return Ok(hash);
        }
        disk::replace(&path, through, text.as_bytes())
            .map(|()| hash)
            .map_err(|error| disk::blame("write", &shown, &error))
    }

    /// The numbers of each edition as they are written.
    fn pieces(&self) -> BTreeMap<String, Cow<'_, str>> {
        let kept = |edition: &String| {
            self.standing.contains(edition) && !self.made.contains(edition)
        };
        let mut all: BTreeMap<String, Cow<'_, str>> = match self.last.said() {
            Said::Written(pieces) => pieces
                .iter()
                .filter(|(edition, _)| kept(edition))
                .filter_map(|(edition, piece)| {
                    let piece = self.last.text().get(piece.clone())?;
                    Some((edition.clone(), piece.into()))
                })
                .collect(),
            Said::Read(trace) => trace
                .editions
                .iter()
                .filter(|(edition, numbers)| kept(edition) && !numbers.is_empty())
                .map(|(edition, numbers)| (edition.clone(), written(numbers).into()))
                .collect(),
        };
        for (edition, numbers) in self.trace {
            all.insert(edition.clone(), numbers.as_str().into());
        }
        all
    }
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
        let write = |trace: &Trace, standing: &BTreeSet<String>, made| {
            let last = LastTrace::read(folder.path());
            let editions = trace.editions.iter();
            let trace: BTreeMap<String, String> = editions
                .map(|(name, numbers)| (name.clone(), written(numbers)))
                .collect();
            let trace = &trace;
            let printed = Printed { trace, made, standing, last: &last, known: false };
            printed.write(folder.path(), "output", &through).expect("written");
        };
        write(&trace, &standing, &standing);
        let read = disk::read(&folder.path().join(TRACE)).expect("it is there");
        assert_eq!(String::from_utf8_lossy(&read), whole);
        // Those that were not made again stay; those that have gone go.
        let standing = BTreeSet::from(["a/一".to_owned(), "b".to_owned()]);
        trace.editions.remove("a/\"");
        write(&Trace::default(), &standing, &none);
        let read = disk::read(&folder.path().join(TRACE)).expect("it is there");
        let whole = serde_json::to_string_pretty(&trace).expect("it serialises") + "\n";
        assert_eq!(String::from_utf8_lossy(&read), whole);
    }
}
