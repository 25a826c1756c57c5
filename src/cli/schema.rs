//! `annals schema`: JSON Schemas of what an editor writes by hand.

use serde_json::Value;

use super::Answer;
use super::args;
use super::session::Session;
use crate::diag::codes::cli::UNKNOWN_NAME;
use crate::diag::{Diagnostic, Reported, suggest};
use crate::model::schema::{Schema, documents, front_matter};

/// The topic whose schema a kind may add to.
const FRONT_MATTER: &str = "front-matter";

/// Prints the schema of a topic.
pub(super) fn schema(args: &args::Schema, session: &mut Session) -> Answer {
    let schema = match &args.kind {
        Some(kind) if args.topic == FRONT_MATTER => of_kind(kind, session)?,
        Some(kind) => {
            let message = format!("`{}` takes no kind, found `{kind}`", args.topic);
            let hint = format!("write `annals schema {FRONT_MATTER} {kind}`");
            let found = Diagnostic::new(&UNKNOWN_NAME, None, message);
            return Err(session.diags.add(found.hint(hint)));
        }
        None => of_topic(&args.topic, session)?,
    };
    Ok(format!("{schema:#}\n"))
}

fn of_topic(topic: &str, session: &mut Session) -> Result<Value, Reported> {
    let all = documents();
    match all.iter().find(|published| published.name == topic) {
        Some(published) => Ok(published.json.clone()),
        None => {
            let message = format!("there is no schema `{topic}`");
            let known = suggest(topic, all.iter().map(|published| published.name));
            let found = Diagnostic::new(&UNKNOWN_NAME, None, message);
            Err(session.diags.add(found.maybe_hint(known)))
        }
    }
}

/// The front matter of narratives of a kind: the common keys and those of its contract.
fn of_kind(kind: &str, session: &mut Session) -> Result<Value, Reported> {
    let press = session.open()?;
    let Some(kind) = press.kinds.get(kind) else {
        return Err(session.unknown_kind(&press, kind));
    };
    let mut schema = Schema { open: false, ..front_matter().clone() };
    schema.extend(&kind.front_matter);
    Ok(schema.json())
}
