//! Numbers typed into a narrative instead of bound, and wrong.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use annals::press::Edition;

use crate::altered::{Altered, Made, copy};
use crate::forms::mutations;
use crate::{Row, fresh};

/// An expression of a narrative that prints a figure.
struct Bound {
    narrative: String,
    line: usize,
    column: usize,
    text: String,
}

/// Types each bound number by hand with one thing wrong; what share is noticed.
pub fn measure(root: &Path, series: &str, sound: &Made) -> Row {
    let own = tempfile::tempdir().expect("a temporary folder can be made");
    for name in ["annals.toml", "templates"] {
        copy(&root.join(name), &own.path().join(name));
    }
    let content = format!("content/{series}");
    copy(&root.join(&content), &own.path().join(&content));
    let press = Altered::new(own.path());
    let mut row = Row::default();
    for bound in bound(sound) {
        let path = own.path().join(&bound.narrative);
        let whole = fs::read_to_string(&path).expect("narratives are text");
        let Some(range) = expression(&whole, bound.line, bound.column) else { continue };
        let of_narrative = |edition: &Edition<'_>| {
            bound.narrative == format!("content/{}.md", edition.narrative.path)
        };
        for mutation in mutations(&bound.text) {
            let mut typed = whole.clone();
            typed.replace_range(range.clone(), &mutation.text);
            fs::write(&path, &typed).expect("it can be written");
            let made = press.make(None, &[], None, &of_narrative);
            let caught = !fresh(sound, &made).is_empty();
            let at = format!("{}:{}:{}", bound.narrative, bound.line, bound.column);
            row.count(&mutation, caught);
            if !caught {
                row.missed.insert(format!("{at}: `{}`", mutation.text));
            }
        }
        fs::write(&path, &whole).expect("it can be written");
    }
    row
}

/// The expressions that print figures, each once, with what it prints first.
fn bound(sound: &Made) -> Vec<Bound> {
    let mut all = BTreeMap::new();
    for number in sound.publications.values().flat_map(|one| &one.numbers) {
        if number.figure.is_some() {
            all.entry(number.place.clone()).or_insert_with(|| number.text.clone());
        }
    }
    let bound = |(place, text): (String, String)| {
        let mut parts = place.rsplitn(3, ':');
        let column = parts.next()?.parse().ok()?;
        let line = parts.next()?.parse().ok()?;
        let narrative = parts.next().filter(|path| path.ends_with(".md"))?.to_owned();
        let own = narrative.starts_with("content/");
        own.then_some(Bound { narrative, line, column, text })
    };
    all.into_iter().filter_map(bound).collect()
}

/// The bytes of the expression at a line and column (in characters, from one).
fn expression(text: &str, line: usize, column: usize) -> Option<std::ops::Range<usize>> {
    let lines = text.split_inclusive('\n');
    let before: usize = lines.clone().take(line - 1).map(str::len).sum();
    let own = lines.clone().nth(line - 1)?;
    let start = own.char_indices().nth(column - 1)?.0;
    let end = own[start..].find("}}")? + 2;
    own[start..].starts_with("{{").then_some(before + start..before + start + end)
}
