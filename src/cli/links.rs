//! `annals check --external`: the links that lead out of the press.

use crate::diag::{Diagnostics, Reported};
use crate::model::Date;
use crate::pipeline::Works;
use crate::press::Edition;
use crate::publish::Destination;

/// Follows the links of the editions that are meant; returns what is to be said of it.
///
/// # Errors
/// When this annals does not ask the network.
#[cfg(feature = "external")]
pub(super) fn follow<'a>(
    works: &Works<'a>,
    editions: &[Edition<'a>],
    (destination, today): (&Destination, Date),
    diags: &mut Diagnostics,
) -> Result<String, Reported> {
    use crate::publish::{keep_links, last_links};

    let mut known = last_links(destination);
    let asked = crate::pipeline::follow(works, editions, today, &mut known, diags);
    keep_links(destination, &known);
    let asked = super::build::count(asked, "link");
    Ok(format!(", {asked} followed, {} known to be there", known.len()))
}

#[cfg(not(feature = "external"))]
pub(super) fn follow(
    _: &Works<'_>,
    _: &[Edition<'_>],
    _: (&Destination, Date),
    diags: &mut Diagnostics,
) -> Result<String, Reported> {
    use crate::diag::Diagnostic;
    use crate::diag::codes::cli::UNUSABLE_SETTING;

    let message = "this annals was built without `--external`";
    let found = Diagnostic::new(&UNUSABLE_SETTING, None, message);
    Err(diags.add(found.hint("build annals with the feature `external`")))
}
