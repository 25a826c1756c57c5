//! `trace.json` beside the manifest: where every number in print comes from.
//!
//! A press of a thousand editions prints a hundred thousand numbers: those of editions
//! that are not made again are handed on as they are written, without being read, and
//! those of the others lie on the disk until all are made.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::Destination;
use super::disk::{self, Found};
use crate::diag::Diagnostic;
use crate::diag::codes::publish::FOREIGN_OUTPUT;
use crate::trace::{Number, SCHEMA, Trace};

/// The trace's name in the output folder.
pub const TRACE: &str = "trace.json";

/// What stands after the last edition.
const FOOT: &str = "}}\n";

/// How the numbers of an edition end: none of their lines begins so.
const END: &str = "\n]";

/// What was printed last time.
#[derive(Debug, Clone, Default)]
pub struct LastTrace {
    /// As it stands; none where there is nothing.
    text: Option<Arc<String>>,
    /// Whether something else stands in its place.
    odd: bool,
    /// The SHA-256 of its text; worked out once, whoever asks.
    hash: Arc<OnceLock<String>>,
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
        Self { text, odd, ..Self::default() }
    }

    /// The SHA-256 of its text, where there is one.
    pub(super) fn hash(&self) -> Option<&String> {
        let text = self.text.as_ref()?;
        Some(self.hash.get_or_init(|| disk::sha256(text.as_bytes())))
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
    while rest != FOOT {
        let (name, _) = rest.split_once(":[\n")?;
        let after = rest.get(name.len() + ":".len()..)?;
        let length = after.find(END)? + END.len();
        let start = text.len() - after.len();
        pieces.insert(serde_json::from_str(name).ok()?, start..start + length);
        let after = after.get(length..)?;
        rest = after.strip_prefix(",\n").or(after.strip_prefix('\n'))?;
    }
    Some(pieces)
}

fn head() -> String {
    format!("{{\"schema\":\"{SCHEMA}\",\"editions\":{{\n")
}

/// The numbers of an edition as they are written: one on each line.
pub(super) fn written(numbers: &[Number]) -> String {
    let lines = numbers
        .iter()
        .map(|number| serde_json::to_string(number).expect("numbers always serialise"));
    format!("[\n{}{END}", lines.collect::<Vec<_>>().join(",\n"))
}

/// The numbers that a build prints, laid down in a file until all are known.
#[derive(Debug)]
pub(super) struct Spool {
    path: PathBuf,
    file: Option<File>,
    /// Where those of each edition stand in the file.
    pieces: BTreeMap<String, Range<u64>>,
    end: u64,
}

impl Spool {
    /// A spool in this file, which is made when something is laid down.
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, file: None, pieces: BTreeMap::new(), end: 0 }
    }

    /// Lays down the numbers of an edition, as [`written`].
    pub(super) fn add(&mut self, edition: &str, numbers: &str) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(disk::create_spool(&self.path)?),
        };
        file.write_all(numbers.as_bytes())?;
        let start = self.end;
        self.end += numbers.len() as u64;
        self.pieces.insert(edition.to_owned(), start..self.end);
        Ok(())
    }

    fn copy(&self, piece: &Range<u64>, out: &mut impl Write) -> io::Result<()> {
        let Some(mut file) = self.file.as_ref() else { return Ok(()) };
        file.seek(SeekFrom::Start(piece.start))?;
        io::copy(&mut file.take(piece.end - piece.start), out).map(drop)
    }
}

/// The numbers of an edition, wherever they stand.
enum Piece<'a> {
    Laid(&'a Range<u64>),
    Said(Cow<'a, str>),
}

/// What a trace is made from.
pub(super) struct Printed<'a> {
    /// The numbers of the editions that were made anew.
    pub(super) trace: &'a Spool,
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
        self.put_together(&all, &path, through)
            .map(Some)
            .map_err(|error| disk::blame("write", &shown, &error))
    }

    /// Writes the numbers of all editions through another file, unless the trace says the
    /// same; gives its SHA-256.
    fn put_together(
        &self,
        all: &BTreeMap<&str, Piece<'_>>,
        path: &Path,
        through: &Path,
    ) -> io::Result<String> {
        let mut out = disk::Prepared::create(through)?;
        out.write_all(head().as_bytes())?;
        let mut before = "";
        for (edition, numbers) in all {
            let name = serde_json::to_string(edition).expect("text always serialises");
            write!(out, "{before}{name}:")?;
            match numbers {
                Piece::Laid(piece) => self.trace.copy(piece, &mut out)?,
                Piece::Said(text) => out.write_all(text.as_bytes())?,
            }
            before = ",\n";
        }
        write!(out, "\n{FOOT}")?;
        let (file, hash) = out.end()?;
        if self.last.hash() == Some(&hash) {
            return Ok(hash);
        }
        file.sync_all()?;
        disk::rename(through, path)?;
        Ok(hash)
    }

    /// The numbers of each edition.
    fn pieces(&self) -> BTreeMap<&str, Piece<'_>> {
        let kept = |edition: &String| {
            self.standing.contains(edition) && !self.made.contains(edition)
        };
        let mut all: BTreeMap<&str, Piece<'_>> = match self.last.said() {
            Said::Written(pieces) => pieces
                .iter()
                .filter(|(edition, _)| kept(edition))
                .filter_map(|(edition, piece)| {
                    let piece = self.last.text().get(piece.clone())?;
                    Some((edition.as_str(), Piece::Said(piece.into())))
                })
                .collect(),
            Said::Read(trace) => trace
                .editions
                .iter()
                .filter(|(edition, numbers)| kept(edition) && !numbers.is_empty())
                .map(|(edition, numbers)| {
                    (edition.as_str(), Piece::Said(written(numbers).into()))
                })
                .collect(),
        };
        let laid = self.trace.pieces.iter();
        let laid = laid.filter(|(edition, _)| self.made.contains(*edition));
        all.extend(laid.map(|(edition, piece)| (edition.as_str(), Piece::Laid(piece))));
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
        let odd = "]\n],\n\"b\":[\n\"\\";
        let mut trace = Trace::default();
        for (edition, text) in [("a/一", odd), ("a/\"", "2"), ("b", "3")] {
            trace.editions.insert(edition.to_owned(), vec![number(text), number("1")]);
        }
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let standing: BTreeSet<String> = trace.editions.keys().cloned().collect();
        let through = folder.path().join("new");
        let none = BTreeSet::new();
        let write = |trace: &Trace, standing: &BTreeSet<String>, made| {
            let last = LastTrace::read(folder.path());
            let mut spool = Spool::new(folder.path().join("spool"));
            for (name, numbers) in trace.editions.iter().rev() {
                spool.add(name, &written(numbers)).expect("laid down");
            }
            let trace = &spool;
            let printed = Printed { trace, made, standing, last: &last, known: false };
            printed.write(folder.path(), "output", &through).expect("written")
        };
        let read = || {
            let bytes = disk::read(&folder.path().join(TRACE)).expect("it is there");
            let hash = disk::sha256(&bytes);
            (parse(&String::from_utf8(bytes).expect("it is text")), Some(hash))
        };
        let hash = write(&trace, &standing, &standing);
        assert_eq!(read(), (Ok(trace.clone()), hash));
        let last = LastTrace::read(folder.path());
        assert!(matches!(last.said(), Said::Written(pieces) if pieces.len() == 3));
        assert_eq!(last.numbers("a/一"), Some(trace.editions["a/一"].clone()));
        // Those that were not made again stay; those that have gone go.
        let standing = BTreeSet::from(["a/一".to_owned(), "b".to_owned()]);
        trace.editions.remove("a/\"");
        let hash = write(&Trace::default(), &standing, &none);
        assert_eq!(read(), (Ok(trace), hash));
    }
}
