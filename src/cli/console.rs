//! The terminal: results to standard output, everything said about them to standard
//! error.

use std::io::{self, ErrorKind, IsTerminal as _, Write as _};

use anstream::{AutoStream, ColorChoice};

use super::args::{Color, FailOn, Global, MessageFormat};
use super::exit::Exit;
use crate::diag::render::{Colour, human, short, summary, visible};
use crate::diag::{Diagnostics, Severity, json};
use crate::source::Sources;

/// Where a run prints, and how.
#[derive(Debug)]
pub(super) struct Console {
    format: MessageFormat,
    color: ColorChoice,
    quiet: bool,
    /// Whether to say what is done with each file.
    pub(super) verbose: bool,
    /// The least finding that makes the exit status 1.
    pub(super) fail_on: FailOn,
}

impl Console {
    /// The console that the arguments ask for.
    pub(super) fn new(global: &Global) -> Self {
        Self {
            format: global.message_format,
            color: match global.color {
                Color::Auto => ColorChoice::Auto,
                Color::Always => ColorChoice::Always,
                Color::Never => ColorChoice::Never,
            },
            quiet: global.quiet,
            verbose: global.verbose,
            fail_on: global.fail_on,
        }
    }

    /// Whether progress may be drawn: on a terminal, for people.
    pub(super) fn draws_progress(&self) -> bool {
        self.format == MessageFormat::Human && !self.quiet && io::stderr().is_terminal()
    }

    /// Prints a result, which ends with a line break or is empty; the exit status of a
    /// run that has nothing else to do.
    ///
    /// A reader that has seen enough (`annals list | head`) is no error.
    pub(super) fn result(&self, text: &str) -> Exit {
        let mut out = AutoStream::new(io::stdout().lock(), self.color);
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Ok(()) => Exit::Done,
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Exit::Done,
            Err(error) => {
                self.write(&format!("error: cannot write the result: {error}"));
                Exit::Environment
            }
        }
    }

    /// Says something about the run to a person.
    pub(super) fn say(&self, line: &str) {
        if !self.quiet && self.format != MessageFormat::Json {
            self.write(line);
        }
    }

    /// Prints the findings.
    pub(super) fn findings(&self, diags: &Diagnostics, sources: &Sources) {
        let colour = self.colour();
        for found in diags.iter() {
            if self.quiet && found.severity != Severity::Error {
                continue;
            }
            match self.format {
                MessageFormat::Human => {
                    self.write(&(human(found, sources, colour) + "\n"));
                }
                MessageFormat::Short => self.write(&short(found, sources)),
                MessageFormat::Json => self.write(&json::json(found, sources)),
            }
        }
    }

    /// Prints how many findings there are.
    pub(super) fn summary(&self, diags: &Diagnostics) {
        match summary(diags) {
            _ if self.format == MessageFormat::Json => {
                self.write(&json::json_summary(diags));
            }
            Some(line) => {
                let fixes = diags.iter().filter(|found| found.fix.is_some()).count();
                if fixes > 0 {
                    self.say(&format!("{line}; `annals check --fix` mends {fixes}"));
                } else {
                    self.say(&line);
                }
            }
            None => {}
        }
    }

    fn colour(&self) -> Colour {
        match AutoStream::choice(&io::stderr()) {
            _ if self.color == ColorChoice::Always => Colour::Ansi,
            _ if self.color == ColorChoice::Never => Colour::Plain,
            ColorChoice::Never => Colour::Plain,
            _ => Colour::Ansi,
        }
    }

    fn write(&self, line: &str) {
        let mut err = AutoStream::new(io::stderr().lock(), self.color);
        // There is nobody left to tell when standard error is closed.
        let _ = writeln!(err, "{line}");
    }
}

/// Says that the program has a bug.
pub(super) fn apologise(what: &str) {
    let mut err = anstream::stderr().lock();
    let version = env!("CARGO_PKG_VERSION");
    let place = env!("CARGO_PKG_REPOSITORY");
    let what = visible(what);
    // There is nobody left to tell when standard error is closed.
    let _ = writeln!(
        err,
        "annals {version} has a bug and had to stop: {what}\n\
         Outputs that were finished are whole; the others are as they were.\n\
         Please report this at {place} with the command and, if you may, the press."
    );
}
