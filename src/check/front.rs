//! Front matter by the common keys and the contract of the kind.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use super::fields::{Fields, Kind as Keys};
use super::{Cx, settings, value};
use crate::address;
use crate::diag::codes::check as codes;
use crate::diag::codes::languages::LANGUAGE_CLASH;
use crate::diag::{Diagnostic, Diagnostics, suggest};
use crate::folder::NarrativeFile;
use crate::model::schema::{Schema, Type, front_matter};
use crate::press::{Every, FrontMatter, Kind, Narrative, split_language};
use crate::source::Place;
use crate::tree::{Table, Value};
use crate::workers;

/// Names that no file or folder can have on Windows, whatever its ending
/// (learn.microsoft.com/windows/win32/fileio/naming-a-file).
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
    "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8",
    "lpt9",
];

/// How many narratives are read by one worker after another.
const PORTION: NonZeroUsize = NonZeroUsize::new(64).expect("it is not 0");

/// Reads the front matter of all narratives; those without a usable one are left out.
pub(super) fn narratives(
    files: Vec<NarrativeFile>,
    kinds: &BTreeMap<String, Kind>,
    diags: &mut Diagnostics,
) -> Vec<Narrative> {
    let schemas: BTreeMap<&str, Schema> =
        kinds.iter().map(|(name, kind)| (name.as_str(), kind.front_schema())).collect();
    let fronts = workers::each(&files, PORTION, |file| {
        let mut own = Diagnostics::new();
        let cx = &mut Cx::tree(&mut own);
        name_is_free(&file.path, Place::whole(file.file), cx);
        let mut front = front(file, &schemas, cx);
        if let Some(front) = &mut front {
            language_of_name(file, front, cx);
        }
        (front, own)
    });
    let mut all = Vec::with_capacity(files.len());
    for (file, (front, own)) in files.into_iter().zip(fronts) {
        diags.extend(own);
        let NarrativeFile { file, path, series, year, body, .. } = file;
        let made = front.map(|front| Narrative { file, path, series, year, front, body });
        all.extend(made);
    }
    all
}

fn name_is_free(path: &str, place: Place, cx: &mut Cx<'_>) {
    let parts: Vec<String> = path.split('/').map(str::to_lowercase).collect();
    let device = |part: &String| {
        let stem = part.split('.').next().unwrap_or(part);
        DEVICES.contains(&stem)
    };
    let unfit = |part: &String| {
        part.contains(['<', '>', ':', '"', '|', '?', '*', '\\'])
            || part.ends_with(['.', ' '])
    };
    let message = if let Some(part) = parts.iter().find(|part| device(part)) {
        format!(
            "the output `{path}` cannot be written on Windows, where `{part}` is a device"
        )
    } else if let Some(part) = parts.iter().find(|part| unfit(part)) {
        format!(
            "the output `{path}` cannot be written on Windows: `{part}` is no name there"
        )
    } else if parts.first().is_some_and(|part| part == address::FOLDER) {
        format!("the folder `{}` belongs to the pages of the site", address::FOLDER)
    } else {
        return;
    };
    cx.diags.add(
        Diagnostic::new(&codes::RESERVED_NAME, place, message)
            .hint("rename the narrative or its folder"),
    );
}

fn front(
    file: &NarrativeFile,
    schemas: &BTreeMap<&str, Schema>,
    cx: &mut Cx<'_>,
) -> Option<FrontMatter> {
    let place = file.front.place;
    let Some(table) = file.front.as_table() else {
        let ty = Type::Table(front_matter().clone());
        return value::wrong(&file.front, &ty, "the front matter", cx);
    };
    let kind = kind_of(table, schemas, cx);
    // Without its kind nobody knows which further keys are meant.
    let open = Schema { open: true, ..front_matter().clone() };
    let schema =
        kind.as_ref().and_then(|kind| schemas.get(kind.as_str())).unwrap_or(&open);
    let without = without(table, schema, cx);
    let mut schema = schema.clone();
    for field in &mut schema.fields {
        field.required &= !without.contains(&field.key);
    }
    let schema = &schema;
    let keys = Keys::keys("the front matter");
    let mut fields = Fields::of_table(table, place, schema, keys, cx);
    let every = every(&mut fields, file, cx);
    let issue = fields.count("issue", cx);
    let complete = fields.is_complete();
    let front = FrontMatter {
        place,
        title: fields.text_placed("title")?,
        subtitle: fields.text_placed("subtitle"),
        kind: kind?,
        period: fields.period("period"),
        every,
        date: fields.date("date"),
        language: settings::language(&mut fields),
        authors: fields.texts("authors"),
        keywords: fields.texts("keywords"),
        summary: fields.text_placed("summary"),
        issue,
        sources: fields.boolean("sources"),
        draft: fields.boolean("draft").unwrap_or(false),
        aliases: fields.texts("aliases"),
        without,
        extra: {
            let free = fields.placed("extra").map(|(_, extra)| extra);
            let mut extra = fields.others(front_matter());
            extra.extend(free.map(|free| ("extra".to_owned(), free)));
            extra
        },
    };
    complete.then_some(front)
}

/// The language that the name of a narrative says holds; the front matter may say it too.
fn language_of_name(file: &NarrativeFile, front: &mut FrontMatter, cx: &mut Cx<'_>) {
    let (_, Some(named)) = split_language(&file.path) else { return };
    if let Some(said) = front.language.filter(|said| *said != named) {
        let message = format!(
            "the front matter says `{}`, and the name of the file `{}`",
            said.word(),
            named.word()
        );
        cx.diags.add(
            Diagnostic::new(&LANGUAGE_CLASH, front.place, message)
                .hint("remove `language`: the name of the file says it"),
        );
    }
    front.language = Some(named);
}

/// The keys that an edition knowingly goes without; title and kind are not among them.
fn without(table: &Table, schema: &Schema, cx: &mut Cx<'_>) -> Vec<String> {
    let names =
        front_matter().find("without").into_iter().flat_map(|field| field.names());
    let Some(node) = names.filter_map(|name| table.get(name)).next() else {
        return Vec::new();
    };
    let one = std::slice::from_ref(node);
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => one,
    };
    let mut keys = Vec::new();
    for item in items {
        // What is no text is said where the key itself is read.
        let Some(name) = item.as_text() else { continue };
        match schema
            .find(name)
            .filter(|field| field.key != "title" && field.key != "kind")
        {
            Some(field) => keys.push(field.key.clone()),
            None => {
                let name = value::quote(name);
                let message = format!(
                    "`without` names `{name}`, which is no key that could be left out"
                );
                let known = schema.fields.iter().filter(|field| field.required);
                let known = known.map(|field| field.key.as_str());
                cx.diags.add(
                    Diagnostic::new(&codes::UNKNOWN_KEY, item.place, message)
                        .maybe_hint(suggest(&name, known)),
                );
            }
        }
    }
    keys
}

/// The kind of a narrative, where there is one of that name.
fn kind_of(
    table: &Table,
    schemas: &BTreeMap<&str, Schema>,
    cx: &mut Cx<'_>,
) -> Option<String> {
    let key = front_matter().find("kind")?;
    let node = key.names().find_map(|name| table.get(name))?;
    let name = node.as_text()?.trim();
    if schemas.contains_key(name) {
        return Some(name.to_owned());
    }
    if !name.is_empty() {
        let message = format!("there is no kind `{}`", value::quote(name));
        cx.diags.add(
            Diagnostic::new(&codes::UNKNOWN_KIND, node.place, message)
                .maybe_hint(suggest(&value::quote(name), schemas.keys().copied())),
        );
    }
    None
}

fn every(
    fields: &mut Fields<'_, '_>,
    file: &NarrativeFile,
    cx: &mut Cx<'_>,
) -> Option<Every> {
    let word = fields.text_placed("every")?;
    let conflict = if file.year.is_none() {
        Some((
            "the narrative lies outside the years, so that there is no record to count \
             periods in",
            "move it into the folder of a year",
        ))
    } else if fields.is_given("period") {
        Some((
            "`every` and `period` are both given",
            "remove `period`: every edition has its own",
        ))
    } else {
        None
    };
    if let Some((message, hint)) = conflict {
        cx.diags
            .add(Diagnostic::new(&codes::EVERY_CONFLICT, word.place, message).hint(hint));
        return None;
    }
    match word.text.as_str() {
        "month" => Some(Every::Month),
        "quarter" => Some(Every::Quarter),
        _ => Some(Every::Year),
    }
}
