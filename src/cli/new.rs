//! `annals new`: a narrative, and the data files that its kind needs.

use super::Answer;
use super::args::New;
use super::selection::below_content;
use super::session::Session;
use crate::diag::codes::cli::UNUSABLE_SETTING;
use crate::diag::{Diagnostic, Reported};
use crate::model::schema::{Collection, Schema, Type, blueprint_toml};
use crate::model::{Date, Record, Year};
use crate::press::{CollectionContract, Kind, Press};
use crate::publish::{NewFile, plant};
use crate::source::Sources;

/// Where a new narrative goes.
struct Where {
    series: String,
    year: Option<Year>,
    /// Path below `content/`, without ending.
    path: String,
}

/// Adds a narrative of a kind.
pub(super) fn new(args: &New, session: &mut Session) -> Answer {
    let press = session.open()?;
    let Some(kind) = press.kinds.get(&args.kind) else {
        return Err(session.unknown_kind(&press, &args.kind));
    };
    let place = place(&press, &args.name, session)?;
    let mut files = vec![NewFile {
        path: format!("content/{}.md", place.path),
        bytes: narrative(&press, kind, &session.sources).into_bytes(),
    }];
    if !press.series.contains_key(&place.series) {
        files.push(NewFile {
            path: format!("content/{}/series.toml", place.series),
            bytes: format!("title = {:?}\n", place.series).into_bytes(),
        });
    }
    files.extend(data_files(&press, kind, &place));
    plant(&press.root, &files, &mut session.diags)?;
    for file in &files {
        session.console.say(&format!("made {}", file.path));
    }
    Ok(String::new())
}

/// Reads `SERIES/YEAR/NAME`; a name alone goes to the last year of the only series.
fn place(press: &Press, typed: &str, session: &mut Session) -> Result<Where, Reported> {
    let path = below_content(&press.root, typed);
    let parts: Vec<&str> = path.split('/').collect();
    let unfit = parts.iter().any(|part| {
        part.is_empty() || part.starts_with('.') || part.chars().any(char::is_control)
    });
    let series = press.series.values().collect::<Vec<_>>();
    let message = match (parts.as_slice(), series.as_slice()) {
        _ if unfit => format!("`{typed}` is no path of a narrative"),
        ([name], [only]) => {
            let year = only.records.keys().next_back().copied();
            let year = year.map_or(session.today()?.year, |year| year);
            let series = only.name.clone();
            let path = format!("{series}/{year}/{name}");
            return Ok(Where { series, year: Some(year), path });
        }
        ([_], _) => format!("`{typed}` could belong to any series"),
        ([series, rest @ ..], _) => {
            let year = rest.first().filter(|_| rest.len() > 1);
            let year = year.filter(|year| year.len() == 4);
            let year = year.and_then(|year| year.parse().ok());
            return Ok(Where { series: (*series).to_owned(), year, path });
        }
        ([], _) => format!("`{typed}` is no path of a narrative"),
    };
    let found = Diagnostic::new(&UNUSABLE_SETTING, None, message)
        .hint("write it as `SERIES/YEAR/NAME`, such as `baoji/2020/ten-events`");
    Err(session.diags.add(found))
}

/// The kind's `new.md`; front matter made from its contract where it has none.
fn narrative(press: &Press, kind: &Kind, sources: &Sources) -> String {
    let path = format!("{}/new.md", kind.name);
    if let Some(&file) = press.templates.files.get(&path) {
        return sources.get(file).text.clone();
    }
    let mut out = format!("+++\ntitle = \"…\"\nkind = {:?}\n", kind.name);
    for field in &kind.front_matter.fields {
        let mark = if field.required { "" } else { "# " };
        let doc = field.doc.replace('\n', " ");
        out.push_str(&format!("# {doc}\n{mark}{} = {}\n", field.key, field.example));
    }
    out.push_str("+++\n\n");
    out
}

/// A file for each collection that the kind needs and the record lacks.
fn data_files(press: &Press, kind: &Kind, place: &Where) -> Vec<NewFile> {
    let Some(year) = place.year else { return Vec::new() };
    let record = press.series.get(&place.series).and_then(|one| one.records.get(&year));
    let lacking = kind.data.iter().filter(|(name, contract)| {
        contract.min > 0 && record.is_none_or(|record| !holds(record, name))
    });
    let file = |(name, contract): (&String, &CollectionContract)| NewFile {
        path: format!("content/{}/{year}/{name}.toml", place.series),
        bytes: blueprint_toml(name, &fields(press, name, contract, year)).into_bytes(),
    };
    lacking.map(file).collect()
}

/// The fields of a collection: those of the contract first, so that what it requires is
/// filled in, and the days of their examples in the record's year.
fn fields(
    press: &Press,
    name: &str,
    contract: &CollectionContract,
    year: Year,
) -> Schema {
    let own = Collection::from_name(name).map(|one| one.schema().clone());
    let mut schema = own.unwrap_or_default();
    // A new figure is one that was counted, not one that is computed.
    if let (Some(Collection::Figures), Some(at)) =
        (Collection::from_name(name), schema.position("value"))
    {
        schema.fields[at].required = true;
    }
    for field in &contract.fields.fields {
        match schema.position(&field.key) {
            Some(at) => schema.fields[at].required |= field.required,
            None => schema.fields.push(field.clone()),
        }
    }
    if let Some(added) = press.settings.collections.get(name) {
        schema.extend(added);
    }
    for field in &mut schema.fields {
        let example = field.example.trim_matches('"');
        let Ok(date) = Date::parse(example) else { continue };
        let days = example.strip_prefix(&date.year.to_string());
        if let (Type::Date, Some(_), Some(days)) = (&field.ty, date.day, days) {
            field.example = format!("\"{year}{days}\"");
        }
    }
    schema
}

fn holds(record: &Record, name: &str) -> bool {
    match Collection::from_name(name) {
        Some(Collection::Figures) => !record.figures.is_empty(),
        Some(Collection::Events) => !record.events.is_empty(),
        Some(Collection::Tasks) => !record.tasks.is_empty(),
        Some(Collection::Organisations) => !record.organisations.is_empty(),
        Some(Collection::Offices) => !record.offices.is_empty(),
        None => record.tables.get(name).is_some_and(|rows| !rows.is_empty()),
    }
}
