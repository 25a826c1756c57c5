//! `annals explain`: what a code means, from the table of codes.

use std::fmt::Write as _;

use super::Answer;
use super::args::Explain;
use super::session::Session;
use super::table::table;
use crate::diag::codes::cli::UNKNOWN_NAME;
use crate::diag::{Code, Diagnostic, codes, suggest};

/// Explains a code, or lists all.
pub(super) fn explain(args: &Explain, session: &mut Session) -> Answer {
    let Some(id) = &args.code else { return Ok(list()) };
    // People paste what stands in brackets.
    let id = id.trim_matches(['[', ']']);
    match codes::find(id) {
        Some(code) => Ok(describe(code)),
        None => {
            let known = suggest(id, codes::all().map(|code| code.id));
            let message = format!("there is no code `{id}`");
            let found = Diagnostic::new(&UNKNOWN_NAME, None, message);
            Err(session.diags.add(found.maybe_hint(known)))
        }
    }
}

fn list() -> String {
    let rows: Vec<Vec<String>> = codes::all()
        .map(|code| [code.id, code.severity.word(), code.what].map(str::to_owned).into())
        .collect();
    table(&["code", "severity", "what"], &rows)
}

fn describe(code: &Code) -> String {
    let mut out = format!("{} ({})\n\n", code.id, code.severity.word());
    let _ = writeln!(out, "{}\n{}\n", code.what, code.why);
    for (title, text) in [("Example", code.example), ("Mended", code.mend)] {
        let _ = writeln!(out, "{title}:");
        for line in text.lines() {
            let _ = writeln!(out, "{}", format!("    {line}").trim_end());
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len() + 1);
    out
}
