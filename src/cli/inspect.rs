//! `annals inspect`: the resolved configuration, the kinds, an edition, or a figure.

use serde_json::{Value, json};

use super::args::Inspect;
use super::selection::below_content;
use super::session::Session;
use super::values::{datum, outline};
use super::{Answer, query};
use crate::diag::codes::cli::UNKNOWN_NAME;
use crate::diag::{Diagnostic, Severity, suggest};
use crate::model::schema::Schema;
use crate::press::{Edition, Kind, Press, editions};
use crate::source::Sources;

/// Prints what was asked for.
pub(super) fn inspect(args: &Inspect, session: &mut Session) -> Answer {
    let press = session.open()?;
    let answer = match args.what.as_str() {
        "config" => config(&press),
        "kinds" => press.kinds.values().map(|one| kind(one, &session.sources)).collect(),
        what => {
            let path = below_content(&press.root, what);
            let all = editions(&press);
            let Some(found) = all.iter().find(|edition| edition.path == path) else {
                if let Some(figure) = query::figure(&press, &path, &session.sources) {
                    return Ok(answered(&figure, args));
                }
                let known = all.iter().map(|edition| edition.path.as_str());
                let known = suggest(&path, known.chain(["config", "kinds"]));
                let message = format!("there is no edition `{what}`");
                let found = Diagnostic::new(&UNKNOWN_NAME, None, message);
                return Err(session.diags.add(found.maybe_hint(known)));
            };
            edition(found, &session.sources)
        }
    };
    Ok(answered(&answer, args))
}

fn answered(answer: &Value, args: &Inspect) -> String {
    if args.json { format!("{answer:#}\n") } else { outline(answer) }
}

fn config(press: &Press) -> Value {
    let settings = &press.settings;
    let words: Vec<&str> = settings.formats.iter().map(|format| format.word()).collect();
    let rules = settings.rules.iter().map(|(code, severity)| {
        (code.clone(), json!(severity.map_or("off", Severity::word)))
    });
    let series = press.series.values().map(|series| {
        let years: Vec<i16> = series.records.keys().copied().collect();
        let about = json!({
            "title": series.title,
            "publisher": series.publisher,
            "language": series.language.map(|language| language.word()),
            "years": years,
        });
        (series.name.clone(), about)
    });
    json!({
        "root": press.root.display().to_string(),
        "title": settings.title,
        "publisher": settings.publisher,
        "language": settings.language.word(),
        "base_url": settings.base_url,
        "output": settings.output,
        "formats": words,
        "pdf": {
            "standards": settings.pdf.standards,
            "font_folders": settings.pdf.font_folders,
            "system_fonts": settings.pdf.system_fonts,
        },
        "rules": Value::Object(rules.collect()),
        "collections": settings
            .collections
            .iter()
            .map(|(name, schema)| (name.clone(), fields(schema)))
            .collect::<serde_json::Map<_, _>>(),
        "kinds": press.kinds.keys().collect::<Vec<_>>(),
        "series": Value::Object(series.collect()),
        "narratives": press.narratives.len(),
    })
}

fn kind(kind: &Kind, sources: &Sources) -> Value {
    let data = kind.data.iter().map(|(name, contract)| {
        let about = json!({ "min": contract.min, "fields": fields(&contract.fields) });
        (name.clone(), about)
    });
    json!({
        "kind": kind.name,
        "labels": kind.labels,
        "description": kind.description,
        "contract": sources.show(kind.place),
        "front_matter": fields(&kind.front_matter),
        "data": Value::Object(data.collect()),
    })
}

/// The fields of a table, each with what it holds and whether it must be there.
fn fields(schema: &Schema) -> Value {
    let fields = schema.fields.iter().map(|field| {
        let required = if field.required { " (required)" } else { "" };
        (field.key.clone(), json!(format!("{}{required}", field.ty.words())))
    });
    Value::Object(fields.collect())
}

fn edition(edition: &Edition<'_>, sources: &Sources) -> Value {
    let front = &edition.narrative.front;
    let record = edition.record;
    let facts = record.select(edition.period, edition.narrative.year);
    let files = record.files.iter().map(|&file| sources.get(file).path.as_str());
    let tables =
        record.tables.iter().map(|(name, rows)| (name.clone(), json!(rows.len())));
    let extra = front.extra.iter().map(|(key, value)| (key.clone(), datum(value)));
    json!({
        "path": edition.path,
        "narrative": sources.get(edition.narrative.file).path,
        "series": edition.series.name,
        "kind": edition.kind.name,
        "language": edition.language.word(),
        "title": front.title.text,
        "subtitle": front.subtitle.as_ref().map(|text| &text.text),
        "period": edition.period.map(|period| period.to_string()),
        "issue": edition.issue,
        "date": front.date.map(|date| date.to_string()),
        "draft": front.draft,
        "authors": front.authors,
        "keywords": front.keywords,
        "summary": front.summary.as_ref().map(|text| &text.text),
        "front_matter": Value::Object(extra.collect()),
        "data": {
            "files": files.collect::<Vec<_>>(),
            "figures": facts.figures.len(),
            "events": facts.events.len(),
            "tasks": facts.tasks.len(),
            "organisations": record.organisations.len(),
            "offices": record.offices.len(),
            "tables": Value::Object(tables.collect()),
        },
    })
}
