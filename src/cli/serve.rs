//! `annals serve`: the preview in a browser.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::mpsc;

use super::Answer;
use super::args::{Serve, Target};
use super::build::count;
use super::exit::Exit;
use super::selection::chosen;
use super::session::Session;
use super::watch::{GLANCE, end_on_interrupt, eyes, no_press, output_folder, tell_eyes};
use crate::diag::codes::cli::NO_PORT;
use crate::diag::{Diagnostic, Reported};
use crate::pipeline::{Published, Selection};
use crate::preview::{self, Preview, Show};
use crate::publish::{last_editions, last_trace};
use crate::watch::{self, Field};

/// Shows the press on 127.0.0.1 until it is told to stop.
pub(super) fn serve(args: &Serve, session: &mut Session) -> Answer {
    end_on_interrupt(session)?;
    let (root, show) = show(args, session)?;
    let listener = preview::listen(args.port).map_err(|error| {
        let port = args.port.unwrap_or(preview::PORT);
        let message = format!("port {port} of 127.0.0.1 cannot be had: {error}");
        let hint = "leave `--port` out to take the next one that is free";
        session.diags.add(Diagnostic::new(&NO_PORT, None, message).hint(hint))
    })?;
    let (sender, changes) = mpsc::channel();
    let watching = watch::watch(
        Field::new(&root, &output_folder(&root)),
        eyes(&args.eyes),
        // Nobody listens any more when the server ends.
        move |found| sender.send(found).unwrap_or(()),
    );
    tell_eyes(&watching, &session.console);
    let preview = Preview::start(listener, show).map_err(|error| {
        let message = format!("the machine gives no thread: {error}");
        session.diags.add(Diagnostic::new(&NO_PORT, None, message))
    })?;
    let address = preview.address();
    if session.console.result(&format!("{address}\n")) != Exit::Done {
        return Ok(String::new());
    }
    session.console.say("showing the press there; Ctrl-C ends it");
    if args.open
        && let Err(error) = opener::open_browser(&address)
    {
        session.console.say(&format!("no browser can be opened: {error}"));
    }
    while !session.stop.load(Ordering::Relaxed) {
        if let Ok(found) = changes.recv_timeout(GLANCE) {
            if session.console.verbose {
                let files = count(found.paths.len(), "changed file");
                session.console.say(&format!("reading the press anew: {files}"));
            }
            preview.changed();
        }
    }
    Ok(String::new())
}

/// What is to be shown. A press that cannot be read yet is shown when it can; where there is
/// none at all, there is nothing to show.
fn show(
    args: &Serve,
    session: &mut Session,
) -> Result<(std::path::PathBuf, Show), Reported> {
    let (today, epoch) = (session.today()?, session.epoch()?);
    let root = session.root();
    let (selection, published) = match session.open() {
        Ok(press) => {
            let (_, selection) = chosen(&press, &args.selected, session)?;
            let destination = Session::destination(&press, &Target { output: None });
            let trace = last_trace(&destination);
            let editions = last_editions(&destination);
            (selection, Some(Published { trace, editions, today }))
        }
        Err(reported) if no_press(session) => return Err(reported),
        Err(_) => {
            let selection = Selection {
                paths: typed(&root, args),
                period: args.selected.period,
                drafts: args.selected.drafts,
                today: Some(today),
            };
            (selection, None)
        }
    };
    // The pages say what is wrong, as long as it is.
    session.forget();
    Ok((
        root.clone(),
        Show { root, selection, epoch, today, published, now: Session::now },
    ))
}

/// The paths that are meant, as far as they can be known of a press that cannot be read.
fn typed(root: &Path, args: &Serve) -> Vec<String> {
    let paths = args.selected.paths.iter();
    paths.map(|path| super::selection::below_content(root, path)).collect()
}
