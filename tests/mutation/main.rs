//! What share of wrong numbers is caught (变异测试): every number of the samples is altered,
//! one at a time, in the narrative, in the record, and in the record after publication.
//!
//! `report.md` says how many and which were not; `UPDATE=1` writes it anew.

#![expect(clippy::disallowed_methods, reason = "tests write presses and read a report")]
#![cfg(feature = "pdf")]

#[path = "../laws/altered.rs"]
mod altered;
mod forms;
mod narrative;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use altered::{Altered, Made, Written, copy};
use annals::model::Date;
use annals::press::Edition;
use annals::publish::Publication;
use annals::trace::Trace;
use forms::{Mutation, mutations};
use tempfile::TempDir;

/// Numbers altered and caught, by the sort of alteration.
#[derive(Debug, Default)]
struct Row {
    tried: BTreeMap<&'static str, usize>,
    caught: BTreeMap<&'static str, usize>,
    /// What was not caught.
    missed: BTreeSet<String>,
}

impl Row {
    fn count(&mut self, mutation: &Mutation, caught: bool) {
        *self.tried.entry(mutation.sort).or_default() += 1;
        *self.caught.entry(mutation.sort).or_default() += usize::from(caught);
    }

    fn share(&self) -> f64 {
        let all = |counts: &BTreeMap<&str, usize>| counts.values().sum::<usize>() as f64;
        all(&self.caught) / all(&self.tried)
    }

    fn line(&self, name: &str) -> String {
        let sum = |counts: &BTreeMap<&str, usize>| counts.values().sum::<usize>();
        let mut line =
            format!("| {name} | {} / {} |", sum(&self.caught), sum(&self.tried));
        for sort in forms::SORTS {
            let of = |counts: &BTreeMap<&str, usize>| counts.get(sort).copied();
            let (caught, tried) = (of(&self.caught), of(&self.tried));
            let _ = write!(line, " {} / {} |", caught.unwrap_or(0), tried.unwrap_or(0));
        }
        line
    }
}

/// The series of the samples that report from a record.
const SERIES: [&str; 5] = ["baoji", "baoji-federation", "baotou", "shaanxi", "suzhou"];

#[test]
fn wrong_numbers_are_caught() {
    let sample = sample();
    let root = sample.path();
    let parts: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            SERIES.map(|series| scope.spawn(move || measure(root, series))).into();
        threads.into_iter().map(|one| one.join().expect("no thread panics")).collect()
    });
    let mut rows = [Row::default(), Row::default(), Row::default()];
    for part in parts {
        for (row, part) in rows.iter_mut().zip(part) {
            for (counts, more) in
                [(&mut row.tried, part.tried), (&mut row.caught, part.caught)]
            {
                for (sort, count) in more {
                    *counts.entry(sort).or_default() += count;
                }
            }
            row.missed.extend(part.missed);
        }
    }
    let [typed, before, after] = &rows;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mutation/report.md");
    let report = report(&rows);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &report).expect("the report can be written");
    }
    let known = fs::read_to_string(&path).unwrap_or_default();
    assert!(report == known, "run UPDATE=1 cargo test --test mutation:\n{report}");
    assert!(typed.share() >= 0.95, "{typed:?}");
    assert!(before.share() > 0.2, "{before:?}");
    assert_eq!(after.missed, BTreeSet::new());
    assert!(after.share() > 0.99, "something was published: {after:?}");
}

/// What share is caught of the numbers of one series.
fn measure(root: &Path, series: &str) -> [Row; 3] {
    let mut rows = [Row::default(), Row::default(), Row::default()];
    let of_series = |edition: &Edition<'_>| edition.series.name == series;
    let press = Altered::new(root);
    let sound = press.make(None, &[], None, &of_series);
    let mut trace = Trace::default();
    for (path, publication) in &sound.publications {
        trace.editions.insert(path.clone(), publication.numbers.clone());
    }
    let today = Date::new(2030, Some(1), Some(1)).expect("a day");
    let prefix = format!("{series}/");
    for figure in press.figures().iter().filter(|one| one.name.starts_with(&prefix)) {
        let published = is_published(&sound, figure);
        let mut guarded = false;
        for mutation in mutations(&figure.text) {
            let change = Some((figure, mutation.text.as_str()));
            let made = press.make(change, &[], Some((&trace, today)), &of_series);
            let new = fresh(&sound, &made);
            let is_changed = |code: &&String| *code == "changed-after-publication";
            let said = new.iter().filter(|code| !is_changed(code)).count() > 0;
            guarded |= said;
            rows[1].count(&mutation, said);
            if published {
                let told = new.iter().any(|code| is_changed(&code)) || said;
                rows[2].count(&mutation, told);
                if !told {
                    rows[2]
                        .missed
                        .insert(format!("{}: `{}`", figure.name, mutation.text));
                }
            }
        }
        if !guarded {
            rows[1].missed.insert(figure.name.clone());
        }
    }
    rows[0] = narrative::measure(root, series, &sound);
    rows
}

/// Whether an edition that is published prints a figure.
fn is_published(sound: &Made, figure: &Written) -> bool {
    let dated = |one: &(&String, &Publication)| sound.dated.contains(one.0);
    sound.publications.iter().filter(dated).any(|(_, one)| {
        let mut names = one.numbers.iter().filter_map(|one| one.figure.as_ref());
        names.any(|printed| printed.name == figure.name)
    })
}

/// The codes of what is said of an altered press and not of the sound one.
fn fresh(sound: &Made, made: &Made) -> Vec<String> {
    let mut known = sound.findings.clone();
    let mut out = Vec::new();
    for found in &made.findings {
        match known.iter().position(|one| one == found) {
            Some(at) => {
                known.swap_remove(at);
            }
            None => out.push(found.0.clone()),
        }
    }
    out
}

fn report(rows: &[Row; 3]) -> String {
    let mut text = String::from(
        "# Wrong numbers that are caught\n\nWritten by `UPDATE=1 cargo test --test mutation`: \
         every number of the five samples is altered, one at a time.\n\n| altered | caught |",
    );
    for sort in forms::SORTS {
        let _ = write!(text, " {sort} |");
    }
    text.push_str("\n|---|---|");
    text.push_str(&"---|".repeat(forms::SORTS.len()));
    let names = [
        "typed into a narrative",
        "in a record, before anything was published",
        "in a record, after publication, without a revision",
    ];
    for (row, name) in rows.iter().zip(names) {
        let _ = write!(text, "\n{}", row.line(name));
    }
    text.push_str("\n\n## Typed into a narrative and not seen\n");
    for one in &rows[0].missed {
        let _ = write!(text, "\n- {one}");
    }
    text.push_str(
        "\n\n## Figures that nothing guards before publication\n\nNo alteration of them is seen: \
         no other figure follows from them or must agree with them.\n",
    );
    for one in &rows[1].missed {
        let _ = write!(text, "\n- {one}");
    }
    text.push('\n');
    text
}

/// A copy of the sample press without the manual, which reports from no record.
fn sample() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let package = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    for name in ["annals.toml", "content", "templates"] {
        copy(&package.join(name), &folder.path().join(name));
    }
    fs::remove_dir_all(folder.path().join("content/manual")).expect("it is there");
    folder
}
