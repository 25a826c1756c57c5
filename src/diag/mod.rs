//! What annals says about the user's files: diagnostics as values.
//!
//! A [`Diagnostic`] has a [`Code`] that can be looked up, a [`Place`] that can be
//! clicked, a sentence that says what is, and hints that say what to do. Stages collect
//! them in [`Diagnostics`] and go on; nothing below `cli` prints.

pub mod codes;
pub mod json;
pub mod render;
pub mod view;

use crate::source::{Place, Sources};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something worth knowing.
    Note,
    /// Something that is probably not meant.
    Warning,
    /// Something that stops the edition it concerns.
    Error,
}

impl Severity {
    /// The word in messages and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A kind of finding, with its documentation: the one table from which the manual,
/// `annals explain` and the tests are made.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// What is printed in brackets and looked up: `unknown-key`.
    pub id: &'static str,
    /// How much it matters unless the press says otherwise.
    pub severity: Severity,
    /// What is: one sentence.
    pub what: &'static str,
    /// Why it is reported.
    pub why: &'static str,
    /// A smallest example that shows it.
    pub example: &'static str,
    /// How to mend the example.
    pub mend: &'static str,
}

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: &'static Code,
    /// How much it matters here.
    pub severity: Severity,
    /// Where it stands, if it stands anywhere.
    pub place: Option<Place>,
    /// One sentence, lower-case start, no final period.
    pub message: String,
    /// Further places with a few words each ("first used here").
    pub related: Vec<(Place, String)>,
    /// What to do; each begins with a verb.
    pub hints: Vec<String>,
    /// How `annals check --fix` mends it, where that is certain.
    pub fix: Option<Box<Fix>>,
}

/// A change of the user's own files that mends a finding: all of its edits or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The edits, in the order of their places, in one file, not overlapping.
    pub edits: Vec<Edit>,
}

/// What is to stand at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that are replaced.
    pub place: Place,
    /// What replaces them; may be empty.
    pub replacement: String,
}

impl Diagnostic {
    /// Makes a finding with its code's own severity.
    pub fn new(
        code: &'static Code,
        place: impl Into<Option<Place>>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity: code.severity,
            place: place.into(),
            message: message.into(),
            related: Vec::new(),
            hints: Vec::new(),
            fix: None,
        }
    }

    /// Adds how it can be mended with certainty.
    #[must_use]
    pub fn fix(mut self, edits: Vec<Edit>) -> Self {
        self.fix = Some(Box::new(Fix { edits }));
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds what to do, where there is something.
    #[must_use]
    pub fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hints.extend(hint);
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, place: Place, words: impl Into<String>) -> Self {
        self.related.push((place, words.into()));
        self
    }
}

/// Proof that something was reported; can only be had by reporting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reported(());

/// The findings of a run.
#[derive(Debug, Default, Clone)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// No findings.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding.
    pub fn add(&mut self, diagnostic: Diagnostic) -> Reported {
        self.list.push(diagnostic);
        Reported(())
    }

    /// Adds findings, of which there is at least one.
    pub fn add_all(&mut self, diagnostics: Vec<Diagnostic>) -> Reported {
        debug_assert!(!diagnostics.is_empty(), "nothing is reported");
        self.list.extend(diagnostics);
        Reported(())
    }

    /// Adds a finding made of its three parts.
    pub fn report(
        &mut self,
        code: &'static Code,
        place: impl Into<Option<Place>>,
        message: impl Into<String>,
    ) -> Reported {
        self.add(Diagnostic::new(code, place, message))
    }

    /// Adds all findings of another list.
    pub fn extend(&mut self, other: Self) {
        self.list.extend(other.list);
    }

    /// Adds findings, but not those that `consequence` picks out and that stand where an
    /// error stands already.
    pub fn extend_beside(&mut self, other: Self, consequence: impl Fn(&Code) -> bool) {
        let wrong: Vec<Place> = self
            .list
            .iter()
            .filter(|found| found.severity == Severity::Error)
            .filter_map(|found| found.place)
            .collect();
        let known = |found: &Diagnostic| {
            let place = found.place.filter(|_| consequence(found.code));
            place.is_some_and(|place| wrong.iter().any(|other| other.overlaps(&place)))
        };
        self.list.extend(other.list.into_iter().filter(|found| !known(found)));
    }

    /// Whether one of the findings is an error.
    pub fn has_errors(&self) -> bool {
        self.worst() == Some(Severity::Error)
    }

    /// `Err` when one of the findings is an error.
    ///
    /// # Errors
    /// When [`Self::has_errors`].
    pub fn check(&self) -> Result<(), Reported> {
        if self.has_errors() { Err(Reported(())) } else { Ok(()) }
    }

    /// The severest finding's severity.
    pub fn worst(&self) -> Option<Severity> {
        self.list.iter().map(|found| found.severity).max()
    }

    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|found| found.severity == severity).count()
    }

    /// How many findings there are.
    pub fn count_all(&self) -> usize {
        self.list.len()
    }

    /// Puts the findings into the order of files, places and codes, and drops repeats:
    /// the order is then independent of the number of threads.
    pub fn sort(&mut self, sources: &Sources) {
        let path = |found: &Diagnostic| {
            found.place.map(|place| sources.get(place.file).path.clone())
        };
        self.list.sort_by_cached_key(|found| {
            let span = found.place.map(|place| place.span);
            (path(found), span, found.code.id, found.message.clone())
        });
        self.list.dedup();
    }

    /// Gives each finding the severity that the press asks for; `None` drops it.
    pub fn regrade(&mut self, grade: impl Fn(&Code, Severity) -> Option<Severity>) {
        self.list.retain_mut(|found| match grade(found.code, found.severity) {
            Some(severity) => {
                found.severity = severity;
                true
            }
            None => false,
        });
    }

    /// The findings in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// The nearest of the known names, where one is near enough to be meant: for
/// "did you mean" hints.
pub fn nearest<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|other| (strsim::damerau_levenshtein(name, other), other))
        .filter(|&(distance, _)| distance <= limit)
        .min()
        .map(|(_, other)| other)
}

/// "did you mean `x`?" where a known name is near, else a list of up to `limit` names.
pub fn suggest<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let mut known: Vec<&str> = known.into_iter().collect();
    if let Some(other) = nearest(name, known.iter().copied()) {
        return Some(format!("did you mean `{other}`?"));
    }
    if known.is_empty() {
        return None;
    }
    known.sort_unstable();
    let more = known.len().saturating_sub(12);
    known.truncate(12);
    let list = known.join("`, `");
    let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
    Some(format!("use one of `{list}`{tail}"))
}
