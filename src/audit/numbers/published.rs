//! What was published is not changed in silence.

use std::collections::BTreeMap;

use crate::diag::codes::audit::CHANGED_AFTER_PUBLICATION;
use crate::diag::{Diagnostic, Diagnostics};
use crate::sheet::Revised;
use crate::source::Place;
use crate::trace::{Number, Printed};

/// Reports figures that `last` printed with another value than `now`, and whose revisions
/// do not say so; each once. `fallback` is the place of a figure that is gone.
pub fn unchanged<'a>(
    last: &[Number],
    now: &[Number],
    figure: &dyn Fn(&str) -> Option<Revised<'a>>,
    fallback: Place,
    diags: &mut Diagnostics,
) {
    let printed = |numbers: &'_ [Number]| -> BTreeMap<String, Printed> {
        let all = numbers.iter().filter_map(|number| number.figure.as_ref());
        all.map(|one| (one.name.clone(), one.clone())).collect()
    };
    let now = printed(now);
    for (name, old) in printed(last) {
        let Some(new) = now.get(&name) else { continue };
        let same = (&old.value, &old.unit) == (&new.value, &new.unit);
        if same && old.bound == new.bound {
            continue;
        }
        let known = figure(&name);
        let told = known.is_some_and(|(one, revisions)| {
            revisions.iter().any(|revision| {
                let value =
                    revision.old.value().map(|value| value.normalize().to_string());
                revision.figure == one.item.id
                    && value.as_ref() == Some(&old.value)
                    && revision.old.unit == old.unit
                    && super::bound(&revision.old) == old.bound
            })
        });
        if told {
            continue;
        }
        let place = known.map_or(fallback, |(one, _)| one.value_place);
        let message = format!(
            "figure `{name}` was published as {}, and is {} now",
            shown(&old),
            shown(new)
        );
        diags.add(
            Diagnostic::new(&CHANGED_AFTER_PUBLICATION, place, message)
                .hint("record a revision: `[[revisions]]` with `figure`, `old`, `new`, `date` and `reason`")
                .related(fallback, "the publication that printed it"),
        );
    }
}

/// A value for people.
fn shown(one: &Printed) -> String {
    let bound = one.bound.as_ref().map_or_else(String::new, |word| format!(" ({word})"));
    format!("`{}{}`{bound}", one.value, one.unit)
}
