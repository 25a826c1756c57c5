//! `annals query`: what is known of a figure, or the value of an expression.

use serde_json::{Value, json};

use super::Answer;
use super::args::Query;
use super::session::Session;
use super::values;
use crate::diag::codes::cli::UNKNOWN_NAME;
use crate::diag::{Diagnostic, Reported, suggest};
use crate::model::{Record, Year};
use crate::pipeline;
use crate::press::{Press, Series};
use crate::source::{Place, SourceFile, Sources};

/// What findings call the expression.
const EXPRESSION: &str = "<expression>";

/// A record with its name: `baoji/2020`, or `baoji` for what the series shares.
struct Named<'a> {
    name: String,
    series: &'a Series,
    year: Option<Year>,
    record: &'a Record,
}

/// Prints a figure of every record that has it, or else the value of an expression over
/// one record.
pub(super) fn query(args: &Query, session: &mut Session) -> Answer {
    let press = session.open()?;
    let (wanted, expression) = split(&press, args);
    let records = records(&press, wanted, session)?;
    let found = figures(&records, expression, &session.sources);
    if !found.is_empty() {
        let found = Value::from(found);
        return Ok(if args.json {
            format!("{found:#}\n")
        } else {
            values::outline(&found)
        });
    }
    if is_name(expression) {
        return Err(unknown_figure(expression, &records, session));
    }
    let text = evaluate(&press, &records, expression, session)?;
    Ok(if args.json { format!("{:#}\n", json!({ "value": text })) } else { text + "\n" })
}

/// All that is known of the figures with this id or label.
fn figures(records: &[Named<'_>], wanted: &str, sources: &Sources) -> Vec<Value> {
    let mut found = Vec::new();
    for Named { name, record, series, .. } in records {
        let all = record.figures.values();
        let named = all.filter(|one| one.item.id == wanted || one.label == wanted);
        found.extend(named.map(|figure| {
            let name = format!("{name}/{}", figure.item.id);
            values::figure(&name, figure, series, sources)
        }));
    }
    found
}

/// All that is known of one figure by its path, `baoji/2020/donors`, for `inspect`.
pub(super) fn figure(press: &Press, path: &str, sources: &Sources) -> Option<Value> {
    let (name, id) = path.rsplit_once('/')?;
    let (series, year) = match name.split_once('/') {
        Some((series, year)) => (series, Some(year.parse().ok()?)),
        None => (name, None),
    };
    let series = press.series.get(series)?;
    let record = match year {
        Some(year) => series.records.get(&year)?,
        None => &series.shared,
    };
    Some(values::figure(path, record.figures.get(id)?, series, sources))
}

/// Splits `baoji/2020/donors` into record and figure, if the press has such a record.
fn split<'a>(press: &Press, args: &'a Query) -> (Option<&'a str>, &'a str) {
    let expression = args.expression.trim();
    if let (None, Some((record, figure))) = (&args.record, expression.rsplit_once('/')) {
        let series = record.split('/').next().unwrap_or(record);
        if press.series.contains_key(series) {
            return (Some(record), figure);
        }
    }
    (args.record.as_deref(), expression)
}

/// The records that are meant: all, those of a series, or one.
fn records<'a>(
    press: &'a Press,
    wanted: Option<&str>,
    session: &mut Session,
) -> Result<Vec<Named<'a>>, Reported> {
    let mut all = Vec::new();
    for series in press.series.values() {
        let shared = Named {
            name: series.name.clone(),
            series,
            year: None,
            record: &series.shared,
        };
        all.push(shared);
        all.extend(series.records.iter().map(|(&year, record)| Named {
            name: format!("{}/{year}", series.name),
            series,
            year: Some(year),
            record,
        }));
    }
    let Some(wanted) = wanted else { return Ok(all) };
    let wanted = wanted.trim_matches('/');
    let known = suggest(wanted, all.iter().map(|named| named.name.as_str()));
    all.retain(|named| named.name == wanted || named.series.name == wanted);
    if all.is_empty() {
        let message = format!("there is no record `{wanted}`");
        let found = Diagnostic::new(&UNKNOWN_NAME, None, message).maybe_hint(known);
        return Err(session.diags.add(found));
    }
    Ok(all)
}

/// Whether a text can only be the name of a figure.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|found| found.is_alphanumeric() || matches!(found, '-' | '_'))
        && !text.starts_with(|found: char| found.is_ascii_digit())
}

fn unknown_figure(name: &str, records: &[Named<'_>], session: &mut Session) -> Reported {
    let figures = records.iter().flat_map(|named| named.record.figures.values());
    let mut known: Vec<&str> = figures
        .flat_map(|figure| [figure.item.id.as_str(), figure.label.as_str()])
        .collect();
    known.sort_unstable();
    known.dedup();
    let known = suggest(name, known);
    let message = format!("there is no figure `{name}`");
    session.diags.add(Diagnostic::new(&UNKNOWN_NAME, None, message).maybe_hint(known))
}

/// Evaluates an expression over the only record that is meant, or the last one of the
/// only series.
fn evaluate(
    press: &Press,
    records: &[Named<'_>],
    expression: &str,
    session: &mut Session,
) -> Result<String, Reported> {
    let one_series =
        records.iter().all(|named| named.series.name == records[0].series.name);
    let Some(Named { series, year, .. }) = records.last().filter(|_| one_series) else {
        let message = "an expression needs a record to look at";
        let names: Vec<&str> = records
            .iter()
            .filter(|named| named.year.is_some())
            .map(|named| named.name.as_str())
            .collect();
        let hint = format!("add `--record` with one of `{}`", names.join("`, `"));
        let found = Diagnostic::new(&UNKNOWN_NAME, None, message).hint(hint);
        return Err(session.diags.add(found));
    };
    let file = SourceFile::new(
        EXPRESSION.to_owned(),
        expression.to_owned(),
        Vec::new(),
        String::new(),
    );
    let file = session.sources.add(file);
    let place = Place::bytes(file, 0..expression.len());
    let (sources, diags) = (&session.sources, &mut session.diags);
    pipeline::query(press, sources, (series, *year), expression, place, diags)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_expressions() {
        for name in ["donors", "参与捐赠", "a_b-c"] {
            assert!(is_name(name), "{name}");
        }
        for expression in ["events | length", "f.donors", "1", "f[\"捐赠\"]", ""] {
            assert!(!is_name(expression), "{expression}");
        }
    }
}
