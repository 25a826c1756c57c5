//! What has been made, and what was found: written by the maker, read by those who answer.
//!
//! Of what was shown the last good result is kept, for as many editions as one person looks
//! at; of all others only the findings.

use std::collections::{BTreeMap, VecDeque};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::lock;
use super::state::{
    EditionState, Event, Finding, OutputState, PressState, Row, SheetState, Tally,
};
use crate::diag::view::View;
use crate::locale::Language;
use crate::pipeline::{SITE, Sheets};
use crate::publish::Artifact;

/// Of how many editions the last good result is kept.
const SHOWN: usize = 64;

/// How many findings are listed.
const LISTED: usize = 500;

/// How often it is told how far everything has been looked through.
const PROGRESS: Duration = Duration::from_millis(200);

/// What one thread writes and others read.
#[derive(Debug)]
pub(super) struct Store {
    inner: Mutex<Inner>,
    changed: Condvar,
}

/// The content of a store.
#[derive(Debug, Default)]
pub(super) struct Inner {
    /// Counts the times the press was read; 0 before the first.
    pub(super) round: u64,
    closed: bool,
    settled: bool,
    title: String,
    language: Language,
    site: bool,
    /// The findings of the press as a whole.
    whole: Vec<View>,
    /// The editions in order.
    rows: Vec<Row>,
    /// Where an edition stands in the order.
    index: BTreeMap<String, usize>,
    found: BTreeMap<String, Found>,
    tally: Tally,
    shown: BTreeMap<String, Shown>,
    recent: VecDeque<String>,
}

/// What became of an edition.
#[derive(Debug, Clone)]
struct Found {
    round: u64,
    failed: bool,
    title: Option<String>,
    findings: Vec<View>,
}

/// The last good result of an edition.
#[derive(Debug, Default)]
struct Shown {
    /// When the page was made.
    round: u64,
    files: BTreeMap<String, Arc<[u8]>>,
    /// The printed pages, when they were laid out, and what was found then.
    sheets: Option<Sheets>,
    laid_out: u64,
    paper: Vec<View>,
    /// When the PDF was made.
    exported: u64,
}

/// What is known of the press as it was read.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) title: String,
    pub(super) language: Language,
    pub(super) site: bool,
    pub(super) whole: Vec<View>,
    pub(super) rows: Vec<Row>,
}

/// What came of making an edition.
#[derive(Debug)]
pub(super) struct Made {
    /// Its files; nothing where it failed.
    pub(super) files: Option<Vec<Artifact>>,
    /// Its title after merging.
    pub(super) title: Option<String>,
    /// What was found.
    pub(super) findings: Vec<View>,
}

impl Store {
    /// A store of nothing.
    pub(super) fn new() -> Self {
        Self { inner: Mutex::default(), changed: Condvar::new() }
    }

    /// Looks inside.
    pub(super) fn read(&self) -> MutexGuard<'_, Inner> {
        lock(&self.inner)
    }

    /// Looks inside when the press has been read once, or after this time.
    pub(super) fn read_opened(&self, long: Duration) -> MutexGuard<'_, Inner> {
        let inner = lock(&self.inner);
        let unread = |inner: &mut Inner| inner.round == 0 && !inner.closed;
        let waited = self.changed.wait_timeout_while(inner, long, unread);
        waited.unwrap_or_else(PoisonError::into_inner).0
    }

    /// Begins a round: the press was read. Where it could not be, all that was shown before
    /// stays, with what is wrong.
    pub(super) fn begin(&self, opened: Result<Opened, Vec<View>>) {
        let mut inner = lock(&self.inner);
        inner.round += 1;
        inner.settled = false;
        match opened {
            Ok(opened) => {
                let Opened { title, language, site, whole, rows } = opened;
                (inner.title, inner.language) = (title, language);
                (inner.site, inner.whole) = (site, whole);
                let order = rows.iter().enumerate();
                inner.index = order.map(|(at, row)| (row.path.clone(), at)).collect();
                let Inner { found, shown, recent, index, .. } = &mut *inner;
                let known = |path: &String| path == SITE || index.contains_key(path);
                found.retain(|path, _| known(path));
                shown.retain(|path, _| known(path));
                recent.retain(known);
                inner.rows = rows;
            }
            Err(whole) => inner.whole = whole,
        }
        inner.count();
        self.changed.notify_all();
    }

    /// Takes what came of an edition.
    pub(super) fn take(&self, edition: &str, made: Made) {
        let mut inner = lock(&self.inner);
        let round = inner.round;
        let Made { files, title, findings } = made;
        let failed = files.is_none();
        let found = Found { round, failed, title, findings };
        inner.found.insert(edition.to_owned(), found);
        if let Some(files) = files
            && let Some(shown) = inner.shown.get_mut(edition)
        {
            shown.round = round;
            // The PDF is of another round.
            let pdf = shown.files.remove_entry(&pdf_of(edition));
            shown.files = files.into_iter().map(Artifact::into_parts).collect();
            shown.files.extend(pdf);
        }
    }

    /// Learns that an edition would be made as it was the last time; what was found then
    /// holds. Says whether what is shown of it is there.
    pub(super) fn stand(&self, edition: &str) -> bool {
        let mut inner = lock(&self.inner);
        let round = inner.round;
        let Inner { found, shown, .. } = &mut *inner;
        let Some(found) = found.get_mut(edition).filter(|found| !found.failed) else {
            return false;
        };
        match shown.get_mut(edition) {
            Some(shown) if shown.round == 0 => return false,
            Some(shown) => {
                for made in [&mut shown.laid_out, &mut shown.exported] {
                    // What was made last with the page was made from the same.
                    if *made == shown.round {
                        *made = round;
                    }
                }
                shown.round = round;
            }
            None => {}
        }
        found.round = round;
        true
    }

    /// Takes the printed pages of an edition; none where it could not be laid out.
    pub(super) fn take_sheets(
        &self,
        edition: &str,
        sheets: Option<Sheets>,
        paper: Vec<View>,
    ) {
        let mut inner = lock(&self.inner);
        let round = inner.round;
        let Some(shown) = inner.shown.get_mut(edition) else { return };
        shown.laid_out = round;
        shown.paper = paper;
        if sheets.is_some() {
            shown.sheets = sheets;
        }
    }

    /// Takes the PDF of an edition; none where it could not be made.
    pub(super) fn take_pdf(&self, edition: &str, files: Option<Vec<Artifact>>) {
        let mut inner = lock(&self.inner);
        let round = inner.round;
        let Some(shown) = inner.shown.get_mut(edition) else { return };
        shown.exported = round;
        let files = files.into_iter().flatten();
        shown.files.extend(files.map(Artifact::into_parts));
    }

    /// Counts anew how far everything has been looked through, and tells it.
    pub(super) fn progress(&self, settled: bool) {
        let mut inner = lock(&self.inner);
        inner.settled = settled;
        inner.count();
        self.changed.notify_all();
    }

    /// Waits for something that was not told yet; nothing where there is nothing to wait
    /// for any more, or for so long that it is well to see whether anybody listens.
    pub(super) fn wait(&self, told: Option<Event>, long: Duration) -> Waited {
        let since = Instant::now();
        let mut inner = lock(&self.inner);
        loop {
            let event = inner.event();
            if inner.closed {
                return Waited::Closed;
            }
            let elapsed = since.elapsed();
            let new_round = told.is_none_or(|told| told.round != event.round);
            let due = inner.settled || elapsed >= PROGRESS;
            if inner.round > 0 && (new_round || (due && told != Some(event))) {
                return Waited::Event(event);
            }
            if elapsed >= long {
                return Waited::Nothing;
            }
            let pause = if told == Some(event) { long - elapsed } else { PROGRESS };
            let woken = self.changed.wait_timeout(inner, pause.min(long));
            inner = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Ends all waiting.
    pub(super) fn close(&self) {
        lock(&self.inner).closed = true;
        self.changed.notify_all();
    }
}

/// What came of waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Waited {
    /// Something has happened.
    Event(Event),
    /// Nothing has.
    Nothing,
    /// Nothing will.
    Closed,
}

impl Inner {
    /// Keeps the results of an edition from now on.
    pub(super) fn show(&mut self, edition: &str) {
        self.recent.retain(|path| path != edition);
        self.recent.push_front(edition.to_owned());
        self.shown.entry(edition.to_owned()).or_default();
        while self.recent.len() > SHOWN {
            if let Some(path) = self.recent.pop_back() {
                self.shown.remove(&path);
            }
        }
    }

    /// The editions that were shown, the last one first.
    pub(super) fn recent(&self) -> impl Iterator<Item = &String> {
        self.recent.iter()
    }

    /// Whether an edition has been made in this round, as far as it is shown.
    pub(super) fn is_made(&self, edition: &str) -> bool {
        let kept = self.shown.get(edition).is_none_or(|shown| shown.round == self.round);
        let found = self.found.get(edition).filter(|found| found.round == self.round);
        found.is_some_and(|found| found.failed || kept)
    }

    /// Whether the printed pages were laid out in this round.
    pub(super) fn is_laid_out(&self, edition: &str) -> bool {
        self.shown.get(edition).is_some_and(|shown| shown.laid_out == self.round)
    }

    /// Whether the PDF was made in this round.
    pub(super) fn is_exported(&self, edition: &str) -> bool {
        self.shown.get(edition).is_some_and(|shown| shown.exported == self.round)
    }

    /// Whether the last making of an edition failed.
    pub(super) fn failed(&self, edition: &str) -> bool {
        self.found.get(edition).is_some_and(|found| found.failed)
    }

    /// The edition that an output belongs to.
    pub(super) fn owner(&self, path: &str) -> Option<&str> {
        let name = path.rfind('/').map_or(0, |at| at + 1);
        let dots = path.match_indices('.').map(|(at, _)| at).filter(|at| *at > name);
        let named = |at: usize| self.index.get_key_value(&path[..at]);
        let by_name = dots.filter_map(named).next_back();
        let by_file = || {
            let mut shown = self.shown.iter();
            shown.find(|(_, shown)| shown.files.contains_key(path)).map(|(name, _)| name)
        };
        by_name.map(|(name, _)| name).or_else(by_file).map(String::as_str)
    }

    /// The bytes of an output.
    pub(super) fn file(&self, edition: &str, path: &str) -> Option<Arc<[u8]>> {
        self.shown.get(edition)?.files.get(path).cloned()
    }

    /// The printed pages of an edition.
    pub(super) fn sheets(&self, edition: &str) -> Option<Sheets> {
        self.shown.get(edition)?.sheets.clone()
    }

    /// What there is to know of an output.
    pub(super) fn output(&self, path: &str) -> OutputState {
        let edition = self.owner(path);
        let shown = edition.and_then(|name| self.shown.get(name));
        let found = edition.and_then(|name| self.found.get(name));
        let file = shown.and_then(|shown| shown.files.get(path));
        let mut findings = found.map_or_else(Vec::new, |found| found.findings.clone());
        for more in shown.iter().flat_map(|shown| &shown.paper) {
            if !findings.contains(more) {
                findings.push(more.clone());
            }
        }
        OutputState {
            round: self.round,
            language: self.language.tag(),
            words: self.language.preview_words(),
            edition: edition.and_then(|name| self.row(name)),
            hash: file.map(|bytes| hash(bytes)),
            stale: found.is_some_and(|found| found.failed),
            sheets: shown
                .and_then(|shown| shown.sheets.as_ref())
                .map_or_else(Vec::new, sheet_states),
            findings,
            press: self.whole.iter().filter(|view| view.is_error()).cloned().collect(),
            tally: self.tally,
        }
    }

    /// What there is to know of all.
    pub(super) fn press(&self) -> PressState {
        let of_site = self.found.get(SITE).into_iter().flat_map(|found| &found.findings);
        let whole = self.whole.iter().chain(of_site).map(|view| (None, view));
        let of_editions = self.rows.iter().flat_map(|row| {
            let found = self.found.get(&row.path);
            let findings = found.into_iter().flat_map(|found| &found.findings);
            findings.map(|view| (Some(row.path.clone()), view))
        });
        // Errors first: they are what keeps a build from being done.
        let all: Vec<_> = whole.chain(of_editions).collect();
        let (errors, others): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|(_, view)| view.is_error());
        let more = (errors.len() + others.len()).saturating_sub(LISTED);
        let listed = errors.into_iter().chain(others).take(LISTED);
        PressState {
            round: self.round,
            title: self.title.clone(),
            language: self.language.tag(),
            words: self.language.preview_words(),
            site: self.site,
            editions: self.rows.iter().map(|row| self.edition(row)).collect(),
            findings: listed
                .map(|(edition, view)| Finding { edition, view: view.clone() })
                .collect(),
            more,
            tally: self.tally,
        }
    }

    fn row(&self, edition: &str) -> Option<Row> {
        let mut row = self.rows.get(*self.index.get(edition)?)?.clone();
        let merged = self.found.get(edition).and_then(|found| found.title.clone());
        row.title = merged.unwrap_or(row.title);
        Some(row)
    }

    fn edition(&self, row: &Row) -> EditionState {
        let found = self.found.get(&row.path);
        let findings = found.map_or(&[][..], |found| &found.findings);
        let errors = findings.iter().filter(|view| view.is_error()).count();
        let state = match found {
            None => "waiting",
            Some(found) if found.failed => "failed",
            Some(_) => "good",
        };
        EditionState {
            row: self.row(&row.path).unwrap_or_else(|| row.clone()),
            state,
            errors,
            warnings: findings.len() - errors,
        }
    }

    fn count(&mut self) {
        let current = self.found.iter().filter(|(path, found)| {
            found.round == self.round && self.index.contains_key(*path)
        });
        let done = current.count();
        let of_editions = self.found.values().flat_map(|found| &found.findings);
        let all: Vec<&View> = self.whole.iter().chain(of_editions).collect();
        let errors = all.iter().filter(|view| view.is_error()).count();
        let warnings = all.len() - errors;
        self.tally = Tally { done, of: self.rows.len(), errors, warnings };
    }

    fn event(&self) -> Event {
        Event { round: self.round, tally: self.tally }
    }
}

/// The path of an edition's PDF.
fn pdf_of(edition: &str) -> String {
    format!("{edition}.pdf")
}

fn sheet_states(sheets: &Sheets) -> Vec<SheetState> {
    let state = |index| {
        let (width, height) = sheets.size(index)?;
        let hash = format!("{:032x}", sheets.hash(index)?);
        Some(SheetState { hash, width, height })
    };
    (0..sheets.count()).filter_map(state).collect()
}

/// Tells one content from another, for as long as the preview runs.
fn hash(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
