//! What the verbs share: the press, what was said, the environment and the clock.

use std::ffi::OsStr;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::Answer;
use super::args::{Global, Target};
use super::console::Console;
use super::exit::Exit;
use crate::diag::codes::cli::{UNKNOWN_NAME, UNUSABLE_SETTING};
use crate::diag::{Diagnostic, Diagnostics, Reported, suggest};
use crate::lint::Texts;
use crate::load;
use crate::model::Date;
use crate::pipeline::{self, Kept};
use crate::press::{Press, Settings};
use crate::publish::Destination;
use crate::source::Sources;
use crate::stamp::Moment;
use crate::timings::Timings;

/// How long to wait for another build to end.
const PATIENCE: Duration = Duration::from_secs(10);

/// A run of the program.
#[derive(Debug)]
pub(super) struct Session {
    /// Where to print.
    pub(super) console: Console,
    /// What was read.
    pub(super) sources: Sources,
    /// What is to be said.
    pub(super) diags: Diagnostics,
    /// How many editions were built.
    pub(super) built: usize,
    /// What was done, for the end of the run.
    pub(super) done: Option<String>,
    /// Whether somebody has asked a watcher to end.
    pub(super) stop: Arc<AtomicBool>,
    global: Global,
    /// What rounds of a watcher have read.
    kept: Option<Kept>,
}

impl Session {
    /// A run in which nothing has been done yet.
    pub(super) fn new(console: Console, global: Global) -> Self {
        let (sources, diags) = (Sources::new(), Diagnostics::new());
        let stop = Arc::default();
        Self { console, sources, diags, built: 0, done: None, stop, global, kept: None }
    }

    /// Keeps what is read from now on for later rounds.
    pub(super) fn keep(&mut self) {
        self.kept = Some(Kept::default());
    }

    /// Reads and checks the press.
    pub(super) fn open(&mut self) -> Result<Press, Reported> {
        pipeline::open(&self.root(), &mut self.sources, &mut self.diags)
    }

    /// The same, and notes how long it took; what a round before has read and stands as it
    /// did is not read again.
    pub(super) fn open_again(
        &mut self,
        now: Moment,
        timings: Option<&Timings>,
    ) -> Result<Press, Reported> {
        let (root, mut none) = (self.root(), Kept::default());
        let kept = match &mut self.kept {
            Some(kept) => {
                kept.begin(now);
                kept
            }
            None => &mut none,
        };
        pipeline::open_again(&root, kept, &mut self.sources, &mut self.diags, timings)
    }

    /// Lets go of something large. A program that is about to end need not take it apart: the
    /// system takes back all at once.
    pub(super) fn let_go<T>(&self, large: T) {
        match self.kept {
            Some(_) => drop(large),
            None => mem::forget(large),
        }
    }

    /// Reads and checks the press, and looks through the texts of its data.
    pub(super) fn open_with_texts(&mut self) -> Result<(Press, Texts), Reported> {
        pipeline::open_with_texts(&self.root(), &mut self.sources, &mut self.diags)
    }

    /// The press's folder: what `--root` names, or the nearest one above with a project
    /// file; the current folder where there is none.
    pub(super) fn root(&self) -> PathBuf {
        if let Some(root) = &self.global.root {
            return root.clone();
        }
        load::find_root(&current_folder()).unwrap_or_else(|| PathBuf::from("."))
    }

    /// The day that counts as today.
    pub(super) fn today(&mut self) -> Result<Date, Reported> {
        if let Some(today) = self.global.today {
            return Ok(today);
        }
        let today = match self.epoch()? {
            Some(epoch) => epoch.date(),
            None => jiff::Zoned::now().date(),
        };
        let date = Date::new(today.year(), Some(today.month()), Some(today.day()));
        Ok(date.expect("the calendar's own dates exist"))
    }

    /// The moment that `SOURCE_DATE_EPOCH` names, in UTC
    /// (<https://reproducible-builds.org/specs/source-date-epoch/>).
    pub(super) fn epoch(&mut self) -> Result<Option<DateTime>, Reported> {
        let Some(text) = variable("SOURCE_DATE_EPOCH") else { return Ok(None) };
        let seconds = text.trim().parse().ok();
        let moment = seconds.and_then(|at| Timestamp::from_second(at).ok());
        let moment = moment.map(|moment| moment.to_zoned(TimeZone::UTC).datetime());
        // Years before 1 are no years of `Date`.
        if let Some(moment) = moment.filter(|moment| moment.year() >= 1) {
            return Ok(Some(moment));
        }
        let message = format!(
            "expected the seconds since 1970 in `SOURCE_DATE_EPOCH`, found `{text}`"
        );
        let hint = "set it to a number such as `1640995200`, or unset it";
        Err(self.diags.add(Diagnostic::new(&UNUSABLE_SETTING, None, message).hint(hint)))
    }

    /// Reports a kind that the press does not have.
    pub(super) fn unknown_kind(&mut self, press: &Press, kind: &str) -> Reported {
        let known = suggest(kind, press.kinds.keys().map(String::as_str));
        let message = format!("there is no kind `{kind}`");
        self.diags.add(Diagnostic::new(&UNKNOWN_NAME, None, message).maybe_hint(known))
    }

    /// The output folder of a press, or the one that was asked for.
    pub(super) fn destination(press: &Press, target: &Target) -> Destination {
        Self::folder(&press.root, &press.settings, target)
    }

    /// The output folder of a press of which only the settings are known.
    pub(super) fn folder(
        root: &Path,
        settings: &Settings,
        target: &Target,
    ) -> Destination {
        match &target.output {
            Some(folder) => Destination {
                folder: folder.clone(),
                name: folder.display().to_string(),
                inside: None,
                patience: PATIENCE,
            },
            None => Destination {
                folder: root.join(&settings.output),
                name: settings.output.clone(),
                inside: Some(root.to_owned()),
                patience: PATIENCE,
            },
        }
    }

    /// The present moment.
    #[expect(clippy::disallowed_methods, reason = "cli is the module that asks")]
    pub(super) fn now() -> Moment {
        Moment::from(SystemTime::now())
    }

    /// Prints what was said in a round of a watcher, and begins another with nothing said
    /// and nothing read.
    pub(super) fn turn(&mut self) {
        self.tell();
        self.forget();
    }

    /// Forgets what was read and is to be said.
    pub(super) fn forget(&mut self) {
        (self.sources, self.diags) = (Sources::new(), Diagnostics::new());
        (self.built, self.done) = (0, None);
    }

    /// Prints what was said.
    fn tell(&mut self) {
        self.diags.sort(&self.sources);
        self.console.findings(&self.diags, &self.sources);
        if let Some(done) = &self.done {
            self.console.say(done);
        }
        self.console.summary(&self.diags);
    }

    /// Prints what was said and the result; gives the exit status.
    pub(super) fn end(mut self, answer: Answer) -> Exit {
        self.tell();
        let exit = Exit::of(&self.diags, &self.sources, self.console.fail_on, self.built);
        match answer {
            Ok(text) => match self.console.result(&text) {
                Exit::Done => exit,
                worse => worse,
            },
            Err(_) => exit,
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "cli is the module that asks")]
pub(super) fn current_folder() -> PathBuf {
    std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."))
}

#[expect(clippy::disallowed_methods, reason = "cli is the module that asks")]
fn variable(name: &str) -> Option<String> {
    let value = std::env::var_os(name)?;
    let text = OsStr::to_string_lossy(&value).into_owned();
    (!text.is_empty()).then_some(text)
}
