//! Links that lead out of the press: which there are, and which are broken.

use std::collections::BTreeMap;

use super::Works;
use crate::diag::codes::links::BROKEN_LINK;
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::{InlineKind, Target};
use crate::external;
use crate::model::Date;
use crate::press::Edition;
use crate::publish::Links;
use crate::source::Place;

/// How many days a link that was there is taken to be there.
const DAYS: i32 = 7;

/// Follows the links of editions, and reports those that are broken, each where it stands
/// first; returns how many were asked for. `known` is what earlier runs found, and learns
/// what this one finds.
pub fn follow<'a>(
    works: &Works<'a>,
    editions: &[Edition<'a>],
    today: Date,
    known: &mut Links,
    diags: &mut Diagnostics,
) -> usize {
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    for edition in editions {
        works.each_link(edition, &mut |address, place| {
            places.entry(address.to_owned()).or_insert(place);
        });
    }
    known.retain(|address, day| places.contains_key(address) && is_fresh(day, today));
    let asked: Vec<String> =
        places.keys().filter(|address| !known.contains_key(*address)).cloned().collect();
    let mut found = Diagnostics::new();
    for (address, verdict) in external::follow(&asked) {
        let Err(why) = verdict else {
            known.insert(address, today.to_string());
            continue;
        };
        let message = format!("`{address}` {why}");
        let place = places.get(&address).copied();
        found.add(
            Diagnostic::new(&BROKEN_LINK, place, message)
                .hint("look where the page has gone, or take the link away"),
        );
    }
    super::regrade(&works.press().settings, &mut found);
    diags.extend(found);
    asked.len()
}

/// Whether what was found on a day still holds.
fn is_fresh(day: &str, today: Date) -> bool {
    let Ok(day) = day.parse::<jiff::civil::Date>() else { return false };
    let age = today.first_day().since(day).map_or(i32::MAX, |span| span.get_days());
    (0..DAYS).contains(&age)
}

impl<'a> Works<'a> {
    /// Calls `visit` on every link of an edition that leads out of the press by HTTP.
    fn each_link(&self, edition: &Edition<'a>, visit: &mut dyn FnMut(&str, Place)) {
        // What cannot be composed was reported when it was made.
        let Ok(composed) = self.compose(edition, &mut Diagnostics::new()) else { return };
        composed.document.each_inline(&mut |inline| {
            let InlineKind::Link { target: Target::Url(address), .. } = &inline.kind
            else {
                return;
            };
            let scheme = address.get(..8).unwrap_or_default().to_ascii_lowercase();
            if scheme.starts_with("http://") || scheme.starts_with("https://") {
                visit(address.as_str(), inline.place);
            }
        });
    }
}
