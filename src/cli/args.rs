//! The command line as a value: the one table from which help, completions and the
//! reference page are made.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

use crate::model::{Date, Period};

/// A press for organisations that report every year: facts and narrative in, PDF and
/// HTML out.
#[derive(Debug, Parser)]
#[command(name = "annals", version, propagate_version = true, max_term_width = 100)]
#[command(
    after_help = "Exit status: 0 done; 1 findings at or above --fail-on; 2 usage or \
    configuration; 3 environment (a permission, a full disk); 4 some editions built, some \
    failed; 70 a bug in annals."
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) verb: Verb,
}

/// What every verb understands.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct Global {
    /// The press: the folder that holds `annals.toml` [default: the nearest one above]
    #[arg(short = 'C', long, global = true, value_name = "DIR")]
    #[arg(value_hint = ValueHint::DirPath)]
    pub(super) root: Option<PathBuf>,
    /// How findings are printed
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "FORMAT",
        default_value = "human"
    )]
    pub(super) message_format: MessageFormat,
    /// When to use colours; `auto` honours NO_COLOR and CLICOLOR_FORCE
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Color,
    /// Print errors only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say what is done with each file
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
    /// The least finding that makes the exit status 1
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "SEVERITY",
        default_value = "error"
    )]
    pub(super) fail_on: FailOn,
    /// The day that counts as today: later ones are held back like drafts [default:
    /// SOURCE_DATE_EPOCH, else the clock]
    #[arg(long, global = true, value_name = "DATE", value_parser = parse_day)]
    pub(super) today: Option<Date>,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// With the line that each is about
    Human,
    /// One line each: `file:line:col: error[code]: message`
    Short,
    /// One JSON object in each line
    Json,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal
    Auto,
    /// Also in files and pipes
    Always,
    /// Nowhere
    Never,
}

/// The least finding that makes the exit status 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// Errors
    Error,
    /// Warnings and errors
    Warning,
    /// Any finding
    Note,
    /// None: only usage and environment count
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Make a small press that builds at once; never overwrites a file
    Init(Init),
    /// Add a narrative, and the data files that its kind needs; never overwrites a file
    New(New),
    /// Check and build publications
    Build(Build),
    /// Say everything that `build` would say, without writing
    Check(Check),
    /// Show the publications in a browser while they are written
    Serve(Serve),
    /// Build again whenever a file changes; Ctrl-C ends it
    Watch(Watch),
    /// Say of every number in print where it comes from
    Audit(Audit),
    /// List the editions of the press
    List(List),
    /// Print the resolved configuration, the kinds, or an edition
    Inspect(Inspect),
    /// Print what is known of a figure, or the value of an expression
    Query(Query),
    /// List the fonts that PDFs may use
    Fonts(Fonts),
    /// Print the JSON Schema of a file, for editors to complete and check
    Schema(Schema),
    /// Explain a code that findings carry
    Explain(Explain),
    /// Remove the outputs that the manifest of the last build lists
    Clean(Clean),
    /// Print the completions of a shell
    Completions(Completions),
    /// Write the reference pages of the manual
    #[command(hide = true)]
    Reference(Reference),
}

/// Arguments of `init`.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder to make it in
    #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
    pub(super) dir: PathBuf,
}

/// Arguments of `new`.
#[derive(Debug, Args)]
pub(super) struct New {
    /// The kind: a folder of `templates/`, such as `bulletin`
    pub(super) kind: String,
    /// The narrative: `SERIES/YEAR/NAME` below `content/`, or a NAME alone in a press of
    /// one series
    pub(super) name: String,
}

/// Which editions are meant.
#[derive(Debug, Clone, Args)]
pub(super) struct Selected {
    /// Narratives, editions or folders of them: `baoji/2020/ten-events`, `baoji`
    /// [default: all]
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<String>,
    /// Only editions of this period: `2021`, `2021-Q1`, `2021-03`
    #[arg(long, value_name = "PERIOD", value_parser = parse_period)]
    pub(super) period: Option<Period>,
    /// Also drafts, and editions dated after today
    #[arg(long)]
    pub(super) drafts: bool,
}

/// Which formats are made, and how.
#[derive(Debug, Args)]
pub(super) struct Making {
    /// Formats, separated by commas [default: those of `annals.toml`]
    #[arg(short, long, value_enum, value_name = "FORMAT", value_delimiter = ',')]
    pub(super) format: Vec<OutputFormat>,
    /// How many editions to make at a time [default: one for each processor]
    #[arg(short, long, value_name = "N")]
    pub(super) jobs: Option<NonZeroUsize>,
}

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputFormat {
    /// For paper and archives
    Pdf,
    /// For screens
    Html,
}

/// Arguments of `build`.
#[derive(Debug, Args)]
pub(super) struct Build {
    #[command(flatten)]
    pub(super) selected: Selected,
    #[command(flatten)]
    pub(super) making: Making,
    #[command(flatten)]
    pub(super) target: Target,
    /// Make everything again, also what has not changed since the last build
    #[arg(long)]
    pub(super) force: bool,
    /// Say how long each stage and the slowest editions took, and write a trace for the
    /// viewers of Chrome and Perfetto [default: .annals/timings.json in the output folder]
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    #[arg(value_hint = ValueHint::FilePath)]
    pub(super) timings: Option<Option<PathBuf>>,
}

/// Where outputs are.
#[derive(Debug, Args)]
pub(super) struct Target {
    /// The output folder [default: that of `annals.toml`]
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) output: Option<PathBuf>,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) selected: Selected,
    #[command(flatten)]
    pub(super) making: Making,
    /// Also measure the finished pages against the profile of their layout
    /// (GB/T 9704-2012, or the press's own), and print what they measure
    #[arg(long)]
    pub(super) layout: bool,
    /// Print the measures as JSON
    #[arg(long, requires = "layout")]
    pub(super) json: bool,
    /// Mend what the text rules and the audit are certain of, in the files below
    /// `content/`
    #[arg(long)]
    pub(super) fix: bool,
    /// Also follow the links that lead out of the press: asks the network
    #[arg(long)]
    pub(super) external: bool,
}

/// Arguments of `watch`.
#[derive(Debug, Args)]
pub(super) struct Watch {
    #[command(flatten)]
    pub(super) build: Build,
    #[command(flatten)]
    pub(super) eyes: Looking,
}

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    pub(super) selected: Selected,
    /// The port on 127.0.0.1 [default: 8420, or the next one that is free]
    #[arg(long, value_name = "PORT")]
    pub(super) port: Option<u16>,
    /// Open the preview in the browser
    #[arg(long)]
    pub(super) open: bool,
    #[command(flatten)]
    pub(super) eyes: Looking,
}

/// How files are watched.
#[derive(Debug, Args)]
pub(super) struct Looking {
    /// Look at all files every MS milliseconds instead of waiting for the events of the
    /// system, which network folders and containers do not give [default: as the folder
    /// needs it; 500]
    #[arg(long, value_name = "MS", num_args = 0..=1, default_missing_value = "500")]
    #[arg(value_parser = clap::value_parser!(u64).range(20..=60_000), require_equals = true)]
    pub(super) poll: Option<u64>,
}

/// Arguments of `audit`.
#[derive(Debug, Args)]
pub(super) struct Audit {
    #[command(flatten)]
    pub(super) selected: Selected,
    /// How the numbers are printed
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "table")]
    pub(super) format: TraceFormat,
    /// Also numerals that are no values: dates, ordinals, parts of names
    #[arg(long)]
    pub(super) all: bool,
    /// Bind what is certain, in the narratives below `content/`, and mend what the text
    /// rules are certain of
    #[arg(long)]
    pub(super) fix: bool,
}

/// How numbers are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TraceFormat {
    /// For people
    Table,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
}

/// Arguments of `list`.
#[derive(Debug, Args)]
pub(super) struct List {
    #[command(flatten)]
    pub(super) selected: Selected,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Arguments of `inspect`.
#[derive(Debug, Args)]
pub(super) struct Inspect {
    /// An edition as `list` prints it, a figure (`baoji/2020/donors`), or `config`, or
    /// `kinds`
    #[arg(default_value = "config")]
    pub(super) what: String,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Arguments of `query`.
#[derive(Debug, Args)]
pub(super) struct Query {
    /// A figure by id or label (`donors`, `参与捐赠`), or an expression as in a narrative
    /// (`events | length`)
    #[arg(required = true, value_name = "FIGURE|EXPRESSION")]
    pub(super) expression: String,
    /// The record: `SERIES` or `SERIES/YEAR` [default: all]
    #[arg(long, value_name = "RECORD")]
    pub(super) record: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Arguments of `fonts`.
#[derive(Debug, Args)]
pub(super) struct Fonts {
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// `project`, `series`, `kind`, `front-matter`, or a collection such as `figures`
    #[arg(default_value = "project")]
    pub(super) topic: String,
    /// With `front-matter`: the kind
    pub(super) kind: Option<String>,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The code, as findings print it in brackets [default: list all]
    pub(super) code: Option<String>,
}

/// Arguments of `clean`.
#[derive(Debug, Args)]
pub(super) struct Clean {
    #[command(flatten)]
    pub(super) target: Target,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

/// Arguments of `reference`.
#[derive(Debug, Args)]
pub(super) struct Reference {
    /// The folder
    pub(super) dir: PathBuf,
}

fn parse_period(text: &str) -> Result<Period, String> {
    Period::parse(text).map_err(|error| error.to_string())
}

fn parse_day(text: &str) -> Result<Date, String> {
    match Date::parse(text) {
        Ok(date) if date.day.is_some() => Ok(date),
        Ok(_) => Err("expected a day, such as 2021-03-05".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
