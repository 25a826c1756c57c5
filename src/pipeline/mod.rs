//! The order of the stages for one build, and nothing else.
//!
//! Folder → Press → Edition → Manuscript → Document → Publication. Putting publications
//! into their place is left to the caller, who gives a sink; so `check` and `build` run
//! the same stages.

mod again;
#[cfg(feature = "external")]
mod links;
mod mend;
mod previews;
mod reach;
#[cfg(feature = "search")]
mod search;
mod site;
mod text;
mod works;

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::diag::{Diagnostics, Reported};
use crate::folder::Folder;
use crate::merge::{self, Facts, Register};
use crate::model::{Date, Period, Year};
use crate::press::{Edition, Format, Press, Series, Settings, selects};
use crate::publish::{LastTrace, Making, Publication};
use crate::source::{Place, Sources};
use crate::stamp::Moment;
use crate::template::Narratives;
use crate::timings::{Timings, time};
#[cfg(feature = "pdf")]
use crate::typeset::tidy_up;
use crate::{check, load, workers};

pub use again::{Nothing, ask, nothing_to_do, settings};
#[cfg(feature = "external")]
pub use links::follow;
pub use mend::{Mended, apply, mend};
pub use previews::is_early;
pub use reach::{Reach, Ways};
#[cfg(feature = "search")]
pub use search::search;
pub use site::{Around, Book, OWNER as SITE, Shelf, gone, is_around, site};
pub use text::{lint, open_with_texts};
pub use works::{Auditor, Sheets, Works, end_of_round};

/// Reads and checks a press.
///
/// # Errors
/// When the press cannot be used at all: no project file, or one that cannot be read.
/// Everything else is reported, and what could be read is returned.
pub fn open(
    root: &Path,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Result<Press, Reported> {
    open_again(root, &mut Kept::default(), sources, diags, None)
}

/// The same, and notes how long it took; what was `kept` and stands as it did is not read
/// again.
///
/// # Errors
/// As [`open`].
pub fn open_again(
    root: &Path,
    kept: &mut Kept,
    sources: &mut Sources,
    diags: &mut Diagnostics,
    timings: Option<&Timings>,
) -> Result<Press, Reported> {
    open_and(root, kept, sources, diags, timings, |_, _| ()).map(|(press, ())| press)
}

/// What was read and checked of a press before, for one who reads it again and again.
#[derive(Debug, Default)]
pub struct Kept {
    files: load::Kept,
    series: check::Kept,
}

impl Kept {
    /// Begins a round, at this moment: without one all is read anew, and nothing kept.
    pub fn begin(&mut self, now: Moment) {
        self.files.begin(now);
        self.series.begin();
    }
}

/// Reads and checks a press; what was read is looked at in between.
fn open_and<T>(
    root: &Path,
    kept: &mut Kept,
    sources: &mut Sources,
    diags: &mut Diagnostics,
    timings: Option<&Timings>,
    look: impl FnOnce(&Folder, &Sources) -> T,
) -> Result<(Press, T), Reported> {
    let mut own = Diagnostics::new();
    let read = time(timings, "read", "", || {
        load::folder(root, &mut kept.files, sources, &mut own)
    });
    let opened = read.and_then(|folder| {
        let seen = look(&folder, sources);
        let press = time(timings, "check", "", || {
            check::press_again(folder, &mut kept.series, &mut own)
        })?;
        Ok((press, seen))
    });
    if let Ok((press, _)) = &opened {
        regrade(&press.settings, &mut own);
    }
    diags.extend(own);
    opened
}

/// Gives findings the severities that a press asks for.
fn regrade(settings: &Settings, found: &mut Diagnostics) {
    found.regrade(|code, severity| {
        settings.rules.get(code.id).copied().unwrap_or(Some(severity))
    });
}

/// Which editions are meant.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Narratives, editions or folders, as paths below `content/` or `output/` without
    /// ending; empty for all.
    pub paths: Vec<String>,
    /// Editions whose period lies in this one.
    pub period: Option<Period>,
    /// Whether drafts are meant too.
    pub drafts: bool,
    /// Editions dated after this day are held back like drafts.
    pub today: Option<Date>,
}

impl Selection {
    /// Whether it leaves nothing out but drafts.
    pub fn is_everything(&self) -> bool {
        self.paths.is_empty() && self.period.is_none()
    }

    /// Whether an edition is meant.
    pub fn takes(&self, edition: &Edition<'_>) -> bool {
        let below = |path: &String, name: &str| {
            name == path
                || name.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'))
        };
        let named =
            |path| below(path, &edition.path) || below(path, &edition.narrative.path);
        (self.paths.is_empty() || self.paths.iter().any(named))
            && self.period.is_none_or(|period| selects(period, edition))
            && self.shows(edition)
    }

    /// Whether readers may hear of an edition.
    pub fn shows(&self, edition: &Edition<'_>) -> bool {
        self.drafts || !self.holds_back(edition)
    }

    /// Whether an edition is a draft, or dated after today.
    pub fn holds_back(&self, edition: &Edition<'_>) -> bool {
        is_early(edition, self.today)
    }
}

/// How editions are made.
#[derive(Debug, Clone)]
pub struct Recipe {
    /// In which formats.
    pub formats: Vec<Format>,
    /// On how many threads.
    pub jobs: NonZeroUsize,
    /// The moment that undated publications bear (`SOURCE_DATE_EPOCH`).
    pub epoch: Option<jiff::civil::DateTime>,
    /// What was published before, where that is not to change in silence.
    pub published: Option<Published>,
    /// All that the site shows, however little of it is made; `None` where no page is made.
    pub shown: Option<Selection>,
}

/// What stands in the output folder.
#[derive(Debug, Clone)]
pub struct Published {
    /// The numbers that were printed.
    pub trace: LastTrace,
    /// The editions that stand there.
    pub editions: BTreeSet<String>,
    /// Editions whose day of publication is not after this one are published.
    pub today: Date,
}

/// What became of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Its output path without ending.
    pub path: String,
    /// Whether it was made, or stands, and was taken by the sink.
    pub done: bool,
    /// Whether its last making stands: nothing was made.
    pub stands: bool,
}

/// Takes what is made and is told of progress; called from several threads at once.
pub trait Sink: Sync {
    /// Takes an edition in all its formats.
    ///
    /// # Errors
    /// When it could not be put into its place.
    fn take(
        &self,
        publication: Publication,
        diags: &mut Diagnostics,
    ) -> Result<(), Reported>;

    /// Is told that an edition's last making stands, outputs and all. Only called where the
    /// works [remember](Works::remembering) one; who remembers none need not listen.
    ///
    /// # Errors
    /// When it cannot be left as it is.
    fn stand(
        &self,
        _edition: &str,
        _making: Making,
        _diags: &mut Diagnostics,
    ) -> Result<(), Reported> {
        Ok(())
    }

    /// Is told that an edition could not be made.
    fn fail(&self, edition: &str);

    /// Is told how many editions are finished, made or not.
    fn progress(&self, finished: usize, of: usize);

    /// Whether to stop: editions that are not finished then are not made.
    fn stops(&self) -> bool {
        false
    }
}

/// Makes editions and hands each to the sink as it is finished; first those whose last
/// making stands. The order of the findings and the bytes of the outputs do not depend on
/// the number of threads.
pub fn make<'a>(
    works: &Works<'a>,
    editions: &[Edition<'a>],
    jobs: NonZeroUsize,
    sink: &dyn Sink,
    diags: &mut Diagnostics,
) -> Vec<Outcome> {
    let look = |edition: &Edition<'a>| {
        works.time("compare", &edition.path, || works.standing(edition))
    };
    let standing = workers::each(editions, COMPARED_AT_ONCE, look);
    let due: Vec<usize> =
        (0..editions.len()).filter(|&index| standing[index].is_none()).collect();
    let outcomes: Vec<OnceLock<(Outcome, Diagnostics)>> =
        editions.iter().map(|_| OnceLock::new()).collect();
    let (next, finished) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let (stand_still, all) = (editions.len() - due.len(), editions.len());
    let work = || {
        while !sink.stops() {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(&index) = due.get(index) else { break };
            outcomes[index].get_or_init(|| make_one(works, &editions[index], sink));
            let finished = finished.fetch_add(1, Ordering::Relaxed) + 1;
            sink.progress(stand_still + finished, all);
            tidy_up(finished);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..jobs.get().min(due.len()) {
            scope.spawn(|| in_worker(work));
        }
        for (index, making) in standing.into_iter().enumerate() {
            if let Some(making) = making {
                outcomes[index].get_or_init(|| stand(&editions[index], making, sink));
            }
        }
    });
    let outcome = |(edition, made): (&Edition<'_>, OnceLock<_>)| match made.into_inner() {
        Some((outcome, found)) => {
            diags.extend(found);
            outcome
        }
        None => Outcome { path: edition.path.clone(), done: false, stands: false },
    };
    editions.iter().zip(outcomes).map(outcome).collect()
}

/// How many editions a worker compares with their last making at once: each costs some
/// ten microseconds.
const COMPARED_AT_ONCE: NonZeroUsize = NonZeroUsize::new(32).expect("it is not 0");

/// Hands over an edition whose last making stands.
fn stand(
    edition: &Edition<'_>,
    making: Making,
    sink: &dyn Sink,
) -> (Outcome, Diagnostics) {
    let mut found = Diagnostics::new();
    let path = &edition.path;
    let done = sink.stand(path, making, &mut found).is_ok();
    if !done {
        sink.fail(path);
    }
    (Outcome { path: path.clone(), done, stands: true }, found)
}

/// Makes an edition and hands it over.
fn make_one<'a>(
    works: &Works<'a>,
    edition: &Edition<'a>,
    sink: &dyn Sink,
) -> (Outcome, Diagnostics) {
    let mut found = Diagnostics::new();
    let path = &edition.path;
    let made = works.make(edition, &mut found);
    let done = made.is_some_and(|publication| {
        works.time("write", path, || sink.take(publication, &mut found)).is_ok()
    });
    if !done {
        sink.fail(path);
    }
    (Outcome { path: path.clone(), done, stands: false }, found)
}

/// Lays out editions and measures their pages, in order; those that cannot be laid out are
/// left out, and reported when they are made.
#[cfg(feature = "pdf")]
pub fn measure<'a, 'e>(
    works: &Works<'a>,
    editions: &'e [Edition<'a>],
    diags: &mut Diagnostics,
) -> Vec<(&'e Edition<'a>, crate::typeset::LayoutReport)> {
    crate::typeset::in_pool(|| {
        let mut reports = Vec::new();
        for (index, edition) in editions.iter().enumerate() {
            let report = works.measure(edition, diags);
            reports.extend(report.map(|report| (edition, report)));
            tidy_up(index + 1);
        }
        reports
    })
}

/// Typst yields into the thread pool it runs in, so each worker has one of its own: in a
/// shared pool documents nest on one stack, which ends near 300 of them.
#[cfg(feature = "pdf")]
pub fn in_worker<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    crate::typeset::in_pool(work)
}

/// Does the work.
#[cfg(not(feature = "pdf"))]
pub fn in_worker<R>(work: impl FnOnce() -> R) -> R {
    work()
}

/// Nothing is remembered.
#[cfg(not(feature = "pdf"))]
fn tidy_up(_: usize) {}

/// What an expression prints over the facts of a record, or of a series as a whole.
///
/// # Errors
/// When the expression cannot be read or carried out.
pub fn query(
    press: &Press,
    sources: &Sources,
    (series, year): (&Series, Option<Year>),
    expression: &str,
    place: Place,
    diags: &mut Diagnostics,
) -> Result<String, Reported> {
    let engine = Narratives::new(&press.templates, sources, diags);
    let record =
        year.and_then(|year| series.records.get(&year)).unwrap_or(&series.shared);
    let language = series.language.unwrap_or(press.settings.language);
    let facts = Facts::new(&Register::new(series), year, record, language);
    merge::evaluate(&engine, &facts, expression, place, diags)
}

/// The fonts that a press may use, in the order in which they are looked through.
///
/// # Errors
/// When a font cannot be read.
#[cfg(feature = "pdf")]
pub fn fonts(
    press: &Press,
    sources: &Sources,
    diags: &mut Diagnostics,
) -> Result<Vec<crate::typeset::FontFace>, Reported> {
    let typesetter = works::open_typesetter(press, sources, diags)?;
    Ok(typesetter.faces().to_vec())
}
