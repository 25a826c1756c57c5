//! What of the data a document names: for the pages of tasks, events and organisations.

use crate::card::{Mentions, name};
use crate::document::{Document, InlineKind};
use crate::model::Organisation;
use crate::press::Edition;

/// The tasks, events and organisations of its records that a document names in its text.
pub(super) fn mentions(edition: &Edition<'_>, document: &Document) -> Mentions {
    let mut text = String::new();
    document.each_inline(&mut |inline| match &inline.kind {
        InlineKind::Text(words) => text.push_str(words),
        InlineKind::Figure(figure) => text.push_str(&figure.text),
        _ => {}
    });
    let series = edition.series;
    let year = edition.narrative.year;
    let own = year.and_then(|year| series.records.get(&year)).map(|own| (year, own));
    let mut mentions = Mentions::default();
    for (year, record) in own.into_iter().chain([(None, &series.shared)]) {
        let full = |id: &str| name(&series.name, year, id);
        let named = |title: &str| !title.is_empty() && text.contains(title);
        let tasks = record.tasks.values().filter(|task| named(&task.title));
        mentions.tasks.extend(tasks.map(|task| full(&task.item.id)));
        let events = record.events.values().filter(|event| named(&event.title));
        mentions.events.extend(events.map(|event| full(&event.item.id)));
        let known = |body: &&Organisation| {
            let Organisation { name, short, former, .. } = body;
            [name].into_iter().chain(short).chain(former).any(|name| named(name))
        };
        let bodies = record.organisations.values().filter(known);
        mentions.organisations.extend(bodies.map(|body| full(&body.item.id)));
    }
    mentions
}
