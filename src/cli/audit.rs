//! `annals audit`: where every number in print comes from.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use serde_json::json;

use super::Answer;
use super::args::{Audit, TraceFormat};
use super::selection::chosen;
use super::session::Session;
use super::table::table;
use crate::pipeline::{Recipe, Works};
use crate::sheet::field;
use crate::trace::{Class, Number, SCHEMA};

/// The columns of the table.
const HEAD: [&str; 8] =
    ["number", "class", "figure", "place", "cell", "as of", "source", "form"];

/// The columns of the CSV.
const COLUMNS: [&str; 15] = [
    "edition", "number", "class", "sort", "place", "figure", "label", "value", "unit",
    "form", "scope", "period", "as_of", "source", "cell",
];

/// Prints the numbers of the editions that are meant.
pub(super) fn audit(args: &Audit, session: &mut Session) -> Answer {
    let mended = match args.fix {
        true => Some(super::build::mend(&args.selected, session)),
        false => None,
    };
    let press = session.open()?;
    let (editions, _) = chosen(&press, &args.selected, session)?;
    let recipe = Recipe {
        formats: Vec::new(),
        jobs: NonZeroUsize::MIN,
        epoch: session.epoch()?,
        published: None,
        shown: None,
    };
    let works = Works::new(&press, &session.sources, &recipe, &mut session.diags)?;
    let mut all: BTreeMap<String, Vec<Number>> = BTreeMap::new();
    let mut counts: BTreeMap<Class, usize> = BTreeMap::new();
    for edition in &editions {
        let Some(mut numbers) = works.numbers(edition, &mut session.diags) else {
            continue;
        };
        for number in &numbers {
            *counts.entry(number.class).or_default() += 1;
        }
        numbers.retain(|number| args.all || number.class != Class::Structure);
        all.insert(edition.path.clone(), numbers);
    }
    let words = Class::ALL.map(|class| {
        format!("{} {}", counts.get(&class).copied().unwrap_or(0), class.word())
    });
    let mut done = format!(
        "audited {}: {}",
        super::build::count(all.len(), "edition"),
        words.join(", ")
    );
    if let Some(mended) = mended {
        let places = super::build::count(mended.values().sum(), "place");
        done.push_str(&format!("; {places} mended"));
    }
    session.done = Some(done);
    Ok(match args.format {
        TraceFormat::Json => {
            format!("{:#}\n", json!({ "schema": SCHEMA, "editions": all }))
        }
        TraceFormat::Csv => csv(&all),
        TraceFormat::Table => tables(&all),
    })
}

/// A table for each edition.
fn tables(all: &BTreeMap<String, Vec<Number>>) -> String {
    let mut out = String::new();
    for (edition, numbers) in all {
        if !out.is_empty() {
            out.push('\n');
        }
        let rows: Vec<Vec<String>> = numbers.iter().map(row).collect();
        out.push_str(&format!("{edition}\n"));
        out.push_str(&table(&HEAD, &rows));
    }
    out
}

fn row(number: &Number) -> Vec<String> {
    let figure = number.figure.as_ref();
    let of = |take: fn(&crate::trace::Printed) -> Option<String>| {
        figure.and_then(take).unwrap_or_default()
    };
    let class = match &number.sort {
        Some(sort) => format!("{} ({sort})", number.class.word()),
        None => number.class.word().to_owned(),
    };
    vec![
        number.text.clone(),
        class,
        of(|one| Some(one.name.clone())),
        number.place.clone(),
        of(|one| Some(one.cell.clone())),
        of(|one| one.as_of.clone()),
        of(|one| one.source.clone()),
        of(|one| one.form.clone()),
    ]
}

/// RFC 4180, with a line of names.
fn csv(all: &BTreeMap<String, Vec<Number>>) -> String {
    let mut out = COLUMNS.join(",") + "\r\n";
    for (edition, numbers) in all {
        for number in numbers {
            let figure = number.figure.as_ref();
            let optional = |text: Option<&String>| text.cloned().unwrap_or_default();
            let cells = [
                edition.clone(),
                number.text.clone(),
                number.class.word().to_owned(),
                optional(number.sort.as_ref()),
                number.place.clone(),
                optional(figure.map(|one| &one.name)),
                optional(figure.map(|one| &one.label)),
                optional(figure.map(|one| &one.value)),
                optional(figure.map(|one| &one.unit)),
                optional(figure.and_then(|one| one.form.as_ref())),
                optional(figure.and_then(|one| one.scope.as_ref())),
                optional(figure.and_then(|one| one.period.as_ref())),
                optional(figure.and_then(|one| one.as_of.as_ref())),
                optional(figure.and_then(|one| one.source.as_ref())),
                optional(figure.map(|one| &one.cell)),
            ];
            out.push_str(&cells.map(|cell| field(&cell)).join(","));
            out.push_str("\r\n");
        }
    }
    out
}
