//! `annals clean`: removes what the last build wrote.

use super::Answer;
use super::args::Clean;
use super::session::Session;
use crate::publish;

/// Removes the outputs that the manifest lists.
pub(super) fn clean(args: &Clean, session: &mut Session) -> Answer {
    let press = session.open()?;
    let destination = Session::destination(&press, &args.target);
    let removed = publish::clean(&destination, &mut session.diags)?;
    for path in &removed {
        if session.console.verbose {
            session.console.say(&format!("removed {}/{path}", destination.name));
        }
    }
    let files = match removed.len() {
        1 => "1 file".to_owned(),
        more => format!("{more} files"),
    };
    session.done = Some(format!("removed {files} from {}", destination.name));
    Ok(String::new())
}
