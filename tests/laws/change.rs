//! A figure that changes in the record changes where it is printed, in every output that
//! prints it, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use annals::press::Format;
use annals::publish::{Artifact, Publication};
use annals::trace::{Class, Number};

use crate::altered::{Altered, Made, Written, digit};
use crate::{Built, page, paper, twins};

/// All figures of the samples, each changed for itself.
#[test]
fn a_figure_changes_where_it_is_printed_and_nowhere_else() {
    let sample = Built::copy("sample");
    std::fs::remove_dir_all(sample.root().join("content/manual")).expect("it is there");
    let press = Altered::new(&sample.root());
    let before = Before {
        pages: press.make(None, &[Format::Html], None, &|_| true),
        both: press.make(None, &[Format::Html, Format::Pdf], None, &|_| true),
    };
    let figures = press.figures();
    let (seen, wrong) = std::thread::scope(|scope| {
        let half = figures.len().div_ceil(2);
        let (press, before) = (&press, &before);
        let halves: Vec<_> = figures
            .chunks(half)
            .map(|some| {
                scope.spawn(move || {
                    let (mut seen, mut wrong) = (Seen::default(), Vec::new());
                    for figure in some {
                        if let Err(found) = change(press, before, figure, &mut seen) {
                            wrong.push(format!("{}: {found}", figure.name));
                        }
                    }
                    (seen, wrong)
                })
            })
            .collect();
        let mut all = (Seen::default(), Vec::new());
        for half in halves {
            let (seen, wrong) = half.join().expect("no thread panics");
            all.0.figures += seen.figures;
            all.0.places += seen.places;
            all.0.outputs += seen.outputs;
            all.1.extend(wrong);
        }
        all
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen.figures > 100 && seen.places > 190 && seen.outputs > 250, "{seen:?}");
}

/// What the samples are before anything changes; a page knows whether there is a PDF.
struct Before {
    pages: Made,
    both: Made,
}

/// What was looked at, so that the law is about something.
#[derive(Debug, Default)]
struct Seen {
    figures: usize,
    places: usize,
    outputs: usize,
}

fn change(
    press: &Altered,
    before: &Before,
    figure: &Written,
    seen: &mut Seen,
) -> Result<(), String> {
    let series = figure.name.split('/').next().expect("a name has a series");
    // A rounded form may refuse one digit and allow another.
    let mut refused = String::new();
    for by in 1..=8 {
        let Some(text) = digit(&figure.text, by) else {
            return Err(format!("`{}` has no digit to change", figure.text));
        };
        let change = Some((figure, text.as_str()));
        let pages = press.make(change, &[Format::Html], None, &|edition| {
            edition.series.name == series
        });
        let of_series = |path: &&String| path.starts_with(&format!("{series}/"));
        if let Some(path) = before
            .pages
            .publications
            .keys()
            .filter(of_series)
            .find(|path| !pages.publications.contains_key(*path))
        {
            refused = format!("{path}: {:?}", pages.findings);
            continue;
        }
        let changed = changed(&before.pages, &pages, figure)?;
        let after = press.make(change, &[Format::Html, Format::Pdf], None, &|edition| {
            changed.contains(&edition.path)
        });
        for (path, publication) in &after.publications {
            let old = &before.both.publications[path];
            let page = page::read(file(publication, "html"));
            let paper = paper::read(file(publication, "pdf"));
            twins::compare(&page, &paper).map_err(|found| format!("{path}: {found}"))?;
            let last = paper::read(file(old, "pdf"));
            if last.words == paper.words
                && last.notes == paper.notes
                && last.pictures == paper.pictures
                && page::read(file(old, "html")).pieces != page.pieces
            {
                return Err(format!("{path}: the PDF did not change"));
            }
            seen.outputs += 2;
        }
        seen.figures += usize::from(!changed.is_empty());
        seen.places += places(&before.pages, figure);
        return Ok(());
    }
    Err(format!("no other value can be printed: {refused}"))
}

fn file<'a>(publication: &'a Publication, ending: &str) -> &'a [u8] {
    let mut all = publication.artifacts.iter();
    let found = all.find(|one| one.path == format!("{}.{ending}", publication.edition));
    found.expect("both formats are made").bytes()
}

/// How often a figure is printed.
fn places(made: &Made, figure: &Written) -> usize {
    let numbers = made.publications.values().flat_map(|one| &one.numbers);
    numbers.filter(|number| names(number) == Some(&figure.name)).count()
}

fn names(number: &Number) -> Option<&String> {
    number.figure.as_ref().map(|printed| &printed.name)
}

/// The editions that changed; an error where one changed beside its bound places.
fn changed(
    before: &Made,
    after: &Made,
    figure: &Written,
) -> Result<BTreeSet<String>, String> {
    let mut out = BTreeSet::new();
    for (path, new) in &after.publications {
        let old = &before.publications[path];
        let (was, is) = (file(old, "html"), file(new, "html"));
        let followers = followers(old, new, figure);
        let prints = old.numbers.iter().any(|one| names(one) == Some(&figure.name));
        if was == is {
            let exact = |one: &&Number| {
                let printed = one.figure.as_ref();
                names(one) == Some(&figure.name)
                    && printed.is_some_and(|printed| printed.form.is_none())
            };
            if let Some(one) = old.numbers.iter().find(exact) {
                return Err(format!("{path}: {} stayed as it was", one.place));
            }
            continue;
        }
        if !prints && followers.is_empty() {
            return Err(format!("{path} changed, and does not print it"));
        }
        // What expressions print in front matter is bound, and stands in the head as text.
        let pairs: BTreeMap<&str, &str> = old
            .numbers
            .iter()
            .zip(&new.numbers)
            .filter(|(old, new)| old.text != new.text)
            .map(|(old, new)| (old.text.as_str(), new.text.as_str()))
            .collect();
        let (was, is) = (bare(was, &followers)?, bare(is, &followers)?);
        for (was, is) in was.iter().zip(&is) {
            let mut expected = was.clone();
            for (old, new) in &pairs {
                if !is.contains(*old) || was.contains(*old) {
                    expected = expected.replace(old, new);
                }
            }
            if was != is && expected != *is {
                return Err(format!(
                    "{path}: `{}` became `{}`",
                    cut(was, is),
                    cut(is, was)
                ));
            }
        }
        if was.len() != is.len() {
            return Err(format!("{path}: {} parts became {}", was.len(), is.len()));
        }
        rows(old, new, &followers)?;
        out.insert(path.clone());
    }
    Ok(out)
}

/// The file of a page's figures changes in the rows of those that changed.
fn rows(
    old: &Publication,
    new: &Publication,
    followers: &BTreeSet<String>,
) -> Result<(), String> {
    let (was, is) = (file(old, "figures.csv"), file(new, "figures.csv"));
    let (was, is) = (String::from_utf8_lossy(was), String::from_utf8_lossy(is));
    let mut changed = was.lines().zip(is.lines()).filter(|(was, is)| was != is);
    let own = |line: &str| followers.iter().any(|name| line.contains(name.as_str()));
    match changed.find(|(_, is)| !own(is)) {
        Some((was, is)) => Err(format!("{}: `{was}` became `{is}`", new.edition)),
        None if was == is => {
            Err(format!("{}: the file of its figures stayed", new.edition))
        }
        None => Ok(()),
    }
}

/// The figures of an edition whose values follow the one that was changed.
fn followers(old: &Publication, new: &Publication, figure: &Written) -> BTreeSet<String> {
    let value = |publication: &Publication| -> BTreeMap<String, String> {
        let numbers = publication.numbers.iter();
        let printed = numbers.filter_map(|number| number.figure.clone());
        printed.map(|one| (one.name, one.value)).collect()
    };
    let was = value(old);
    let moved =
        value(new).into_iter().filter(|(name, value)| was.get(name) != Some(value));
    moved.map(|(name, _)| name).chain([figure.name.clone()]).collect()
}

/// The parts of a page between the places at which these figures are printed. What follows
/// from printed figures is left out: drawings, which stand above their data, totals, which
/// stand below them, and shares, which stand beside them.
fn bare(html: &[u8], figures: &BTreeSet<String>) -> Result<Vec<String>, String> {
    let text = std::str::from_utf8(html).map_err(|error| error.to_string())?;
    let text = without(&without(text, "<svg", "</svg>"), "<tfoot>", "</tfoot>");
    let mut text = without_shares(&text);
    // The notes that say where these figures come from say their values too.
    for name in figures {
        let asks = format!("data-figure=\"{name}\"");
        let note = text.split_once(&asks).and_then(|(_, rest)| {
            let (_, rest) = rest.split_once("popovertarget=\"")?;
            Some(format!(" id=\"{}\"", rest.split_once('"')?.0))
        });
        if let Some(note) = note {
            text = without(&text, &note, "</dl>");
        }
    }
    let text = text.as_str();
    let mut parts = vec![String::new()];
    let mut rest = text;
    while let Some(at) = rest.find("<data ") {
        let close = at + rest[at..].find('>').ok_or("a tag ends")?;
        let end = at + rest[at..].find("</data>").ok_or("an element ends")?;
        let tag = &rest[at..close];
        let own =
            figures.iter().any(|name| tag.contains(&format!("data-figure=\"{name}\"")));
        let last = parts.last_mut().ok_or("there is a first")?;
        if own {
            last.push_str(&rest[..at]);
            parts.push(String::new());
        } else {
            last.push_str(&rest[..end]);
        }
        rest = &rest[end..];
    }
    parts.last_mut().ok_or("there is a first")?.push_str(rest);
    Ok(parts)
}

/// A text without what stands from one mark to the next other.
fn without(text: &str, from: &str, to: &str) -> String {
    let mut parts = text.split(from);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.split_once(to).map_or("", |(_, rest)| rest));
    }
    out
}

/// A page without the percentages that tables of charts compute.
fn without_shares(page: &str) -> String {
    let mut parts = page.split("<details");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (table, rest) = part.split_once("</details>").unwrap_or((part, ""));
        let is_share = |cell: &&str| {
            let text = cell.split_once('>').map_or("", |(_, text)| text);
            text.starts_with(|c: char| c.is_ascii_digit())
        };
        let cells = table.split("<td class=\"right\"");
        let kept = cells.map(|cell| match is_share(&cell) {
            true => cell.split_once('%').map_or(cell, |(_, rest)| rest),
            false => cell,
        });
        out.extend(kept);
        out.push_str(rest);
    }
    out
}

/// Where a text parts from another, in a few characters.
fn cut(text: &str, other: &str) -> String {
    let same = text.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    text.chars().skip(same.saturating_sub(30)).take(80).collect()
}

/// The law is worth something: a number that is typed by hand is missed when its figure
/// changes.
#[test]
fn a_number_typed_by_hand_is_missed() {
    let sample = Built::copy("minutes");
    let press = Altered::new(&sample.root());
    let before = press.make(None, &[Format::Html], None, &|_| true);
    let numbers = before.publications.values().flat_map(|one| &one.numbers);
    assert!(numbers.clone().any(|number| number.class == Class::Figure));
    let written = press.figures();
    let name = numbers.filter_map(names).next().expect("the press prints a figure");
    let figure = written.iter().find(|one| one.name == *name).expect("it is written");
    let text = digit(&figure.text, 1).expect("it has a digit");
    let mut after = press.make(Some((figure, &text)), &[Format::Html], None, &|_| true);
    assert!(changed(&before, &after, figure).is_ok());
    for publication in after.publications.values_mut() {
        for one in &mut publication.artifacts {
            let page = std::str::from_utf8(one.bytes()).expect("pages are text");
            let page = page.replace("</main>", "3</main>").into_bytes();
            *one = Artifact::new(one.path.clone(), page);
        }
    }
    assert!(changed(&before, &after, figure).is_err());
}
