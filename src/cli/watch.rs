//! `annals watch`: `build` again whenever a file changes.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::args::{Looking, Watch};
use super::console::Console;
use super::session::Session;
use super::{Answer, build};
use crate::diag::codes::cli::UNUSABLE_SETTING;
use crate::diag::codes::load::MISSING_PROJECT;
use crate::diag::{Diagnostic, Reported};
use crate::pipeline;
use crate::watch::{self, Changes, Eyes, Field};

/// How soon a watcher that waits sees that it is to end.
pub(super) const GLANCE: Duration = Duration::from_millis(50);

/// The status of a program that was ended in the middle of its work, as shells give it.
const INTERRUPTED: i32 = 130;

/// Builds, and builds again after each change, until it is told to stop.
pub(super) fn watch(args: &Watch, session: &mut Session) -> Answer {
    let (sender, inbox) = mpsc::channel();
    end_on_interrupt(session)?;
    session.keep();
    let root = session.root();
    let output = match &args.build.target.output {
        Some(folder) => super::session::current_folder().join(folder),
        None => output_folder(&root),
    };
    // From before the first build, so that nothing is missed that happens meanwhile.
    let watching = watch::watch(
        Field::new(&root, &output),
        eyes(&args.eyes),
        // Nobody listens any more when the watcher ends.
        move |changes| sender.send(changes).unwrap_or(()),
    );
    tell_eyes(&watching, &session.console);
    loop {
        let built = build::build(&args.build, session);
        if built.is_err() && no_press(session) {
            return built;
        }
        session.turn();
        pipeline::end_of_round();
        let Some(changes) = next(&inbox, &session.stop) else { break };
        session.console.say(&heading(&changes));
    }
    Ok(String::new())
}

/// The next changes; nothing where the watcher is to end.
fn next(inbox: &Receiver<Changes>, stop: &AtomicBool) -> Option<Changes> {
    loop {
        if stop.load(Ordering::Relaxed) {
            return None;
        }
        match inbox.recv_timeout(GLANCE) {
            Ok(mut changes) => {
                // What happened during the build is one change with the next.
                changes.paths.extend(inbox.try_iter().flat_map(|more| more.paths));
                return Some(changes);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
}

/// Whether there is no press at all: nothing that could be mended while it is watched.
pub(super) fn no_press(session: &Session) -> bool {
    session.diags.iter().any(|found| found.code == &MISSING_PROJECT)
}

/// How files are to be watched.
pub(super) fn eyes(looking: &Looking) -> Option<Eyes> {
    looking.poll.map(|interval| Eyes::Poll(Duration::from_millis(interval)))
}

/// Says how files are watched, where it is not as usual.
pub(super) fn tell_eyes(watching: &watch::Watch, console: &Console) {
    if let (Eyes::Poll(interval), Some(why)) = (watching.eyes, &watching.why) {
        let every = interval.as_millis();
        console.say(&format!("looking at the files every {every} ms: {why}"));
    }
}

/// The output folder, as far as it can be known before the press is read: its name may
/// change with the press.
pub(super) fn output_folder(root: &Path) -> PathBuf {
    let mut sources = crate::source::Sources::new();
    let mut unsaid = crate::diag::Diagnostics::new();
    let press = pipeline::open(root, &mut sources, &mut unsaid);
    let name = press.map_or_else(|_| "output".to_owned(), |press| press.settings.output);
    root.join(name)
}

/// Lets Ctrl-C end the watcher after what it is just doing, with status 0; a second one
/// ends it at once.
pub(super) fn end_on_interrupt(session: &mut Session) -> Result<(), Reported> {
    for signal in [SIGINT, SIGTERM] {
        let at_once = INTERRUPTED;
        let stop = || Arc::clone(&session.stop);
        let set = flag::register_conditional_shutdown(signal, at_once, stop())
            .and_then(|_| flag::register(signal, stop()));
        if let Err(error) = set {
            let message = format!("the system does not tell of Ctrl-C: {error}");
            let found = Diagnostic::new(&UNUSABLE_SETTING, None, message);
            return Err(session.diags.add(found));
        }
    }
    Ok(())
}

/// The line that begins a round.
fn heading(changes: &Changes) -> String {
    let mut paths = changes.paths.iter();
    match (paths.next(), paths.count()) {
        (None, _) => "\n--- files have changed".to_owned(),
        (Some(path), 0) => format!("\n--- {path} has changed"),
        (Some(path), 1) => format!("\n--- {path} and another file have changed"),
        (Some(path), more) => {
            format!("\n--- {path} and {more} other files have changed")
        }
    }
}
