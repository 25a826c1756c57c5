//! `annals build` and `annals check`: the same stages, with and without writing.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ScopedJoinHandle};

use super::Answer;
use super::args::{Build, Check, Making, OutputFormat, Selected, Target};
use super::console::Console;
use super::progress::Progress;
use super::selection::chosen;
use super::session::Session;
use super::timings;
use crate::diag::codes::publish::MEMORY_DAMAGED;
use crate::diag::{Diagnostics, Reported};
use crate::pipeline::{
    self, Around, Book, Mended, Nothing, Published, Reach, Recipe, Selection, Shelf,
    Sink, Ways, Works,
};
use crate::press::{Format, Press};
use crate::publish::Making as Standing;
use crate::publish::{
    Destination, LastTrace, Lesson, Output, Packer, Publication, Report, Sweep, Whole,
    last_editions, last_trace,
};
use crate::source::Sources;
use crate::stamp::Moment;
use crate::timings::time;

/// Makes the editions that are meant and puts them into the output folder.
pub(super) fn build(args: &Build, session: &mut Session) -> Answer {
    let now = Session::now();
    let timings = timings::begin(args);
    let timings = timings.as_ref();
    let ask = ask(args, session)?;
    let last = last_destination(args, session);
    let nothing = || nothing_to_do(last.as_ref()?, &ask, now);
    if !args.force
        && let Some((done, destination)) = time(timings, "look", "", nothing)
    {
        session.done = Some(done);
        timings::end(args, timings, destination, session)?;
        return Ok(String::new());
    }
    let open_output = |destination: &_, diags: &mut _| {
        time(timings, "output", "", || Output::open(destination, diags))
    };
    // What the last build left is read beside the press.
    let mut found = Diagnostics::new();
    let (open, own) = (&open_output, &mut found);
    let (press, early) = thread::scope(|scope| {
        let last = last.as_ref().map(|(_, last)| last).filter(|last| last.is_used());
        let output = last.map(|last| scope.spawn(move || (last, open(last, own))));
        let press = session.open_again(now, timings);
        let output = output.map(ScopedJoinHandle::join);
        (press, output.map(|done| done.unwrap_or_else(|panic| resume_unwind(panic))))
    });
    let press = press?;
    let (editions, selection) = chosen(&press, &args.selected, session)?;
    let destination = Session::destination(&press, &args.target);
    let mut output = match early.filter(|(last, _)| **last == destination) {
        Some((_, output)) => {
            session.diags.extend(found);
            output?
        }
        None => open_output(&destination, &mut session.diags)?,
    };
    let published = (output.last_trace(), output.last_editions());
    let recipe = recipe(args.selected.drafts, &args.making, published, &press, session)?;
    if args.force {
        output.forget();
    }
    if press.settings.site.compress {
        output.add_copies();
    }
    let memory = output.memory();
    let diags = &mut session.diags;
    let open = || Works::remembering(&press, &session.sources, &recipe, memory, diags);
    let works = time(timings, "open", "", open)?.timed(timings);
    pipeline::gone(&works, &mut session.diags);
    // What a preview left behind goes before anything is published.
    for edition in crate::press::editions(&press) {
        if !selection.shows(&edition) {
            if output.holds(&edition.path) {
                output.withdraw_all(pipeline::is_around);
            }
            output.withdraw(&edition.path);
        }
    }
    let writer = Writer {
        packer: output.packer(),
        desk: Mutex::new((output, Shelf::default())),
        progress: Progress::new(editions.len(), session.console.draws_progress()),
        stop: Arc::clone(&session.stop),
    };
    let outcomes =
        pipeline::make(&works, &editions, recipe.jobs, &writer, &mut session.diags);
    writer.progress.clear();
    session.built = outcomes.iter().filter(|outcome| outcome.done).count();
    let everything = selection.is_everything() && args.making.format.is_empty();
    // Where something is wrong with the press, an edition may be missing by mistake.
    let stopped = session.stop.load(Ordering::Relaxed);
    let sweep = if everything && !stopped && !session.diags.has_errors() {
        Sweep::Remove
    } else {
        Sweep::Keep
    };
    let (mut output, shelf) =
        writer.desk.into_inner().unwrap_or_else(PoisonError::into_inner);
    // What is known of editions that are not made anew is known only when all are made.
    let diags = &mut session.diags;
    let site = || match everything {
        true => pipeline::site(&works, &editions, &shelf, diags),
        false => Ok(None),
    };
    match time(timings, "site", "", site) {
        Ok(Some(site)) => {
            let diags = &mut session.diags;
            #[cfg(feature = "search")]
            let pages = site.paths();
            time(timings, "write", "", || match site {
                Around::Made(site) => output.put(writer.packer.pack(*site), diags),
                Around::Stands(making) => output.stand(pipeline::SITE, *making, diags),
            })?;
            #[cfg(feature = "search")]
            time(timings, "search", "", || {
                pipeline::search(&works, &editions, &pages, &mut output, diags)
            })?;
        }
        Ok(None) if !works.has_site() => {}
        Ok(None) | Err(_) => {
            output.keep_all(pipeline::is_around);
        }
    }
    let said = session.diags.iter().any(|found| found.code != &MEMORY_DAMAGED);
    let seen = || session.sources.seen().iter().chain(works.seen()).cloned().collect();
    // It shares what the last build wrote, which the end of this one takes apart.
    drop(writer.packer);
    let root = &press.root;
    let whole = (!said && works.lesson().is_some()).then(|| Whole {
        ask: pipeline::ask(root, &ask),
        editions: editions.len(),
        seen: seen(),
    });
    output.teach(Lesson { since: now, works: works.lesson(), whole });
    session.let_go(works);
    let diags = &mut session.diags;
    let report = time(timings, "finish", "", || output.finish(sweep, diags))?;
    timings::end(args, timings, &destination, session)?;
    tell(&session.console, &destination.name, &report);
    if session.console.verbose {
        for outcome in outcomes.iter().filter(|outcome| outcome.stands) {
            session.console.say(&format!("{} has not changed", outcome.path));
        }
    }
    let folder = &destination.name;
    session.done = Some(summary(folder, session.built, editions.len(), &report));
    drop((editions, outcomes));
    session.let_go(press);
    Ok(String::new())
}

/// All that decides what a build does, beside the press and the outputs.
fn ask(args: &Build, session: &mut Session) -> Result<String, Reported> {
    let Build { selected, making, target, force: _, timings: _ } = args;
    let Making { format, jobs: _ } = making;
    let (today, epoch) = (session.today()?, session.epoch()?);
    Ok(format!("{selected:?} {format:?} {target:?} {today:?} {epoch:?}"))
}

/// The folder of the press (canonical) and where publications are put, as far as that is
/// known before the press is read.
fn last_destination(args: &Build, session: &Session) -> Option<(PathBuf, Destination)> {
    let root = session.root().canonicalize().ok()?;
    let settings = pipeline::settings(&root, &mut Diagnostics::new()).ok()?;
    let destination = Session::folder(&root, &settings, &args.target);
    Some((root, destination))
}

/// What the last build said when it was done, where this one has nothing to do.
fn nothing_to_do<'d>(
    (root, destination): &'d (PathBuf, Destination),
    ask: &str,
    now: Moment,
) -> Option<(String, &'d Destination)> {
    let ask = pipeline::ask(root, ask);
    let nothing = pipeline::nothing_to_do(root, destination, &ask, now)?;
    let Nothing { editions, outputs } = nothing;
    Some((line(&destination.name, editions, editions, [0, outputs, 0]), destination))
}

/// Makes the editions that are meant and throws them away.
pub(super) fn check(args: &Check, session: &mut Session) -> Answer {
    let mended = if args.fix { mend(&args.selected, session) } else { Mended::new() };
    let (press, texts) = session.open_with_texts()?;
    let (editions, selection) = chosen(&press, &args.selected, session)?;
    pipeline::lint(&press, &texts, &session.sources, &editions, &mut session.diags);
    let destination = Session::destination(&press, &Target { output: None });
    let published = (last_trace(&destination), last_editions(&destination));
    let drafts = args.selected.drafts;
    let mut recipe = recipe(drafts, &args.making, published, &press, session)?;
    if args.layout && !recipe.formats.contains(&Format::Pdf) {
        recipe.formats.push(Format::Pdf);
    }
    let of_links = (destination, session.today()?);
    let works = Works::new(&press, &session.sources, &recipe, &mut session.diags)?;
    pipeline::gone(&works, &mut session.diags);
    let progress = Progress::new(editions.len(), session.console.draws_progress());
    let reader = Reader { progress, seen: Mutex::default() };
    let diags = &mut session.diags;
    let outcomes = pipeline::make(&works, &editions, recipe.jobs, &reader, diags);
    reader.progress.clear();
    if selection.is_everything() && args.making.format.is_empty() {
        // What is wrong is reported; where pages are not made, links cannot lead there.
        let (shelf, reach) = &mut *lock(&reader.seen);
        let site = pipeline::site(&works, &editions, shelf, diags);
        if let Ok(Some(Around::Made(site))) = &site {
            reach.add(Ways::of(site));
        }
        if !diags.has_errors() {
            reach.report(&works, diags);
        }
    }
    let sound = outcomes.iter().filter(|outcome| outcome.done).count();
    let all = count(outcomes.len(), "edition");
    let mut done = format!("checked {all}, {sound} without errors");
    if args.fix {
        let places = count(mended.values().sum(), "place");
        done.push_str(&format!(", {places} mended in {}", count(mended.len(), "file")));
    }
    if args.external {
        let of_links = (&of_links.0, of_links.1);
        done.push_str(&super::links::follow(&works, &editions, of_links, diags)?);
    }
    session.done = Some(done);
    if args.layout {
        return super::layouts::layouts(args, &works, &editions, &mut session.diags);
    }
    Ok(String::new())
}

/// How often a press is read anew to mend what another fix stood in the way of.
const ROUNDS: usize = 20;

/// Mends what is certain, until nothing is left. What is wrong with the press besides is
/// reported by the check that follows.
pub(super) fn mend(selected: &Selected, session: &mut Session) -> Mended {
    let mut all = Mended::new();
    for _ in 0..ROUNDS {
        let (mut sources, mut found) = (Sources::new(), Diagnostics::new());
        let opened = pipeline::open_with_texts(&session.root(), &mut sources, &mut found);
        let Ok((press, texts)) = opened else { break };
        let Ok((editions, _)) = chosen(&press, selected, session) else { break };
        let mut found = Diagnostics::new();
        pipeline::lint(&press, &texts, &sources, &editions, &mut found);
        let (formats, jobs) = (Vec::new(), NonZeroUsize::MIN);
        let recipe = Recipe { formats, jobs, epoch: None, published: None, shown: None };
        if let Ok(works) = Works::new(&press, &sources, &recipe, &mut Diagnostics::new())
        {
            for edition in &editions {
                works.numbers(edition, &mut found);
            }
        }
        let mended = pipeline::mend(&press.root, &sources, &found, &mut session.diags);
        if mended.is_empty() {
            break;
        }
        for (path, count) in mended {
            *all.entry(path).or_default() += count;
        }
    }
    if session.console.verbose {
        for path in all.keys() {
            session.console.say(&format!("mended {path}"));
        }
    }
    all
}

/// Puts publications into the output folder.
struct Writer {
    packer: Packer,
    /// What one worker at a time has before it.
    desk: Mutex<(Output, Shelf)>,
    progress: Progress,
    stop: Arc<AtomicBool>,
}

impl Sink for Writer {
    fn take(
        &self,
        publication: Publication,
        diags: &mut Diagnostics,
    ) -> Result<(), Reported> {
        let book = Book::of(&publication);
        let parcel = self.packer.pack(publication);
        let (output, shelf) = &mut *lock(&self.desk);
        output.put(parcel, diags)?;
        shelf.add(book);
        Ok(())
    }

    fn stand(
        &self,
        edition: &str,
        making: Standing,
        diags: &mut Diagnostics,
    ) -> Result<(), Reported> {
        let (output, shelf) = &mut *lock(&self.desk);
        shelf.add(Book::standing(edition, &making));
        output.stand(edition, making, diags)
    }

    fn fail(&self, edition: &str) {
        lock(&self.desk).0.keep(edition);
    }

    fn progress(&self, finished: usize, _: usize) {
        self.progress.set(finished);
    }

    fn stops(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// Takes publications and leaves the output folder alone.
struct Reader {
    seen: Mutex<(Shelf, Reach)>,
    progress: Progress,
}

impl Sink for Reader {
    fn take(
        &self,
        publication: Publication,
        _: &mut Diagnostics,
    ) -> Result<(), Reported> {
        let (book, ways) = (Book::of(&publication), Ways::of(&publication));
        let (shelf, reach) = &mut *lock(&self.seen);
        shelf.add(book);
        reach.add(ways);
        Ok(())
    }

    fn fail(&self, _: &str) {}

    fn progress(&self, finished: usize, _: usize) {
        self.progress.set(finished);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A worker's panic ends the build in any case.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn recipe(
    drafts: bool,
    making: &Making,
    (trace, editions): (LastTrace, BTreeSet<String>),
    press: &Press,
    session: &mut Session,
) -> Result<Recipe, Reported> {
    let mut formats: Vec<Format> = making
        .format
        .iter()
        .map(|format| match format {
            OutputFormat::Pdf => Format::Pdf,
            OutputFormat::Html => Format::Html,
        })
        .collect();
    if formats.is_empty() {
        formats.clone_from(&press.settings.formats);
    }
    formats.sort();
    formats.dedup();
    let jobs = making.jobs.unwrap_or_else(crate::workers::cores);
    let today = session.today()?;
    let published = Some(Published { trace, editions, today });
    let today = Some(today);
    let shown = Some(Selection { drafts, today, ..Selection::default() });
    Ok(Recipe { formats, jobs, epoch: session.epoch()?, published, shown })
}

/// Says what a build did with each file, if that is wanted.
fn tell(console: &Console, folder: &str, report: &Report) {
    if console.verbose {
        for path in &report.written {
            console.say(&format!("wrote {folder}/{path}"));
        }
        for path in &report.removed {
            console.say(&format!("removed {folder}/{path}"));
        }
    }
}

/// What a build did, in a line.
fn summary(folder: &str, built: usize, of: usize, report: &Report) -> String {
    let Report { written, unchanged, removed } = report;
    line(folder, built, of, [written.len(), unchanged.len(), removed.len()])
}

fn line(folder: &str, built: usize, of: usize, files: [usize; 3]) -> String {
    let editions = if built == of {
        count(built, "edition")
    } else {
        format!("{built} of {}", count(of, "edition"))
    };
    let [written, unchanged, removed] = files;
    let written = count(written, "file");
    let mut line =
        format!("built {editions} in {folder}: {written} written, {unchanged} unchanged");
    if removed > 0 {
        line.push_str(&format!(", {removed} removed"));
    }
    line
}

pub(super) fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        more => format!("{more} {noun}s"),
    }
}
