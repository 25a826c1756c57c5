//! The project file, `annals.toml`.

use std::collections::{BTreeMap, BTreeSet};

use super::Cx;
use super::fields::{Fields, Kind};
use super::{kinds, value};
use crate::diag::codes::check as codes;
use crate::diag::{Diagnostic, Diagnostics, Reported, Severity, suggest};
use crate::locale::Language;
use crate::model::Datum;
use crate::model::schema::{Collection, GRADES, STRICTNESS, Schema, Type, project};
use crate::press::{
    AgeLimits, AuditSettings, Format, HtmlSettings, PageFonts, PdfSettings, Settings,
    SiteSettings, Strictness,
};
use crate::source::Place;
use crate::tree::{Node, Table};

/// Folders of a press that outputs must not be written into.
const SOURCES: [&str; 2] = ["content", "templates"];

/// Reads the project file.
pub(super) fn settings(
    node: &Node,
    diags: &mut Diagnostics,
) -> Result<Settings, Reported> {
    let Some(table) = node.as_table() else {
        let message = format!("the project file is {}, expected keys", node.kind());
        return Err(diags.report(&codes::WRONG_TYPE, node.place, message));
    };
    let cx = &mut Cx::tree(diags);
    let kind = Kind::keys("the project file");
    let mut fields = Fields::of_table(table, node.place, project(), kind, cx);
    Ok(Settings {
        file: node.place.file,
        title: fields.text("title").unwrap_or_default(),
        titles: by_language("titles", &fields, cx),
        publisher: fields.text("publisher"),
        language: language(&mut fields).unwrap_or_default(),
        base_url: base_url(&mut fields, cx),
        output: output(&mut fields, cx),
        formats: formats(&mut fields),
        pdf: pdf(&fields, cx),
        html: html(&fields, cx),
        site: site(&fields, cx),
        audit: audit(&fields, cx),
        watermarks: by_language("watermark", &fields, cx),
        rules: fields
            .table("rules")
            .map(|(_, table)| rules(table, cx))
            .unwrap_or_default(),
        collections: fields
            .table("collections")
            .map(|(_, table)| collections(table, cx))
            .unwrap_or_default(),
    })
}

/// Takes the language of a table.
pub(super) fn language(fields: &mut Fields<'_, '_>) -> Option<Language> {
    fields.text("language").as_deref().and_then(Language::from_word)
}

fn base_url(fields: &mut Fields<'_, '_>, cx: &mut Cx<'_>) -> Option<String> {
    let found = fields.text_placed("base_url")?;
    let url = found.text;
    let host = ["http://", "https://"].iter().find_map(|scheme| {
        let head = url.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then(|| &url[scheme.len()..])
    });
    let odd = |ch: char| {
        ch.is_whitespace()
            || ch.is_control()
            || matches!(ch, '"' | '<' | '>' | '\\' | '?' | '#')
    };
    let problem = match host {
        None => "does not begin with `http://` or `https://`",
        Some(host) if host.is_empty() || host.starts_with('/') => "names no host",
        Some(host) if host.contains(odd) => {
            "has characters that do not belong in the address of a folder"
        }
        Some(_) => {
            let slash = if url.ends_with('/') { "" } else { "/" };
            return Some(format!("{url}{slash}"));
        }
    };
    let message = format!("the base URL `{}` {problem}", value::quote(&url));
    cx.diags.add(Diagnostic::new(&codes::UNUSABLE_BASE_URL, found.place, message).hint(
        "write the address of the output folder: `https://www.example.org/annals/`",
    ));
    None
}

fn output(fields: &mut Fields<'_, '_>, cx: &mut Cx<'_>) -> String {
    let Some(found) = fields.text_placed("output") else { return "output".to_owned() };
    let head = found.text.split('/').next().unwrap_or_default().to_lowercase();
    let problem = if found.text.is_empty() {
        "is the press itself"
    } else if SOURCES.contains(&head.as_str()) {
        "holds what the outputs are made from"
    } else if head.starts_with('.') {
        "is hidden"
    } else {
        return found.text;
    };
    let message = format!("the output folder `{}` {problem}", value::quote(&found.text));
    cx.diags.add(
        Diagnostic::new(&codes::RESERVED_NAME, found.place, message)
            .hint("use a folder of its own, such as `output`"),
    );
    "output".to_owned()
}

fn formats(fields: &mut Fields<'_, '_>) -> Vec<Format> {
    if !fields.is_given("formats") {
        return vec![Format::Pdf, Format::Html];
    }
    let mut formats = Vec::new();
    for word in fields.texts("formats") {
        let format = if word == Format::Pdf.word() { Format::Pdf } else { Format::Html };
        if !formats.contains(&format) {
            formats.push(format);
        }
    }
    formats
}

fn pdf(fields: &Fields<'_, '_>, cx: &mut Cx<'_>) -> PdfSettings {
    let mut settings = PdfSettings {
        standards: vec!["a-2a".to_owned(), "ua-1".to_owned()],
        font_folders: Vec::new(),
        system_fonts: false,
    };
    let Some(Type::Table(schema)) = project().find("pdf").map(|field| &field.ty) else {
        return settings;
    };
    let Some((place, table)) = fields.table("pdf") else { return settings };
    let mut fields = Fields::of_table(table, place, schema, Kind::keys("`[pdf]`"), cx);
    if fields.is_given("standards") {
        settings.standards = fields.texts("standards");
    }
    settings.font_folders = fields.texts("font_folders");
    settings.system_fonts = fields.boolean("system_fonts").unwrap_or(false);
    settings
}

fn html(fields: &Fields<'_, '_>, cx: &mut Cx<'_>) -> HtmlSettings {
    let mut settings = HtmlSettings { fonts: PageFonts::System };
    let Some(Type::Table(schema)) = project().find("html").map(|field| &field.ty) else {
        return settings;
    };
    let Some((place, table)) = fields.table("html") else { return settings };
    let mut fields = Fields::of_table(table, place, schema, Kind::keys("`[html]`"), cx);
    if fields.text("fonts").as_deref() == Some("embedded") {
        settings.fonts = PageFonts::Embedded;
    }
    settings
}

/// A table of texts by language.
fn by_language(
    name: &str,
    fields: &Fields<'_, '_>,
    cx: &mut Cx<'_>,
) -> BTreeMap<Language, String> {
    let field = project().find(name).map(|field| &field.ty);
    let (Some(Type::Table(schema)), Some((place, table))) = (field, fields.table(name))
    else {
        return BTreeMap::new();
    };
    let name = format!("`[{name}]`");
    let kind = Kind::keys(&name);
    let mut fields = Fields::of_table(table, place, schema, kind, cx);
    let words = Language::ALL.map(|one| (one, fields.text(one.word())));
    words.into_iter().filter_map(|(one, words)| Some((one, words?))).collect()
}

fn site(fields: &Fields<'_, '_>, cx: &mut Cx<'_>) -> SiteSettings {
    let mut settings = SiteSettings {
        enabled: true,
        search: true,
        compress: false,
        removed: BTreeSet::new(),
    };
    let Some(Type::Table(schema)) = project().find("site").map(|field| &field.ty) else {
        return settings;
    };
    let Some((place, table)) = fields.table("site") else { return settings };
    let mut fields = Fields::of_table(table, place, schema, Kind::keys("`[site]`"), cx);
    settings.enabled = fields.boolean("enabled").unwrap_or(true);
    settings.search = fields.boolean("search").unwrap_or(true);
    settings.compress = fields.boolean("compress").unwrap_or(false);
    settings.removed = fields.texts("removed").into_iter().collect();
    settings
}

fn audit(fields: &Fields<'_, '_>, cx: &mut Cx<'_>) -> AuditSettings {
    let mut settings = AuditSettings::default();
    let Some(Type::Table(schema)) = project().find("audit").map(|field| &field.ty) else {
        return settings;
    };
    let Some((place, table)) = fields.table("audit") else { return settings };
    let mut fields = Fields::of_table(table, place, schema, Kind::keys("`[audit]`"), cx);
    let word = |word: &str| match word {
        "deny" => Strictness::Deny,
        "warn" => Strictness::Warn,
        _ => Strictness::Allow,
    };
    if let Some(stray) = fields.text("stray") {
        settings.stray = word(&stray);
    }
    settings.terms = fields.texts("terms");
    settings.limits = limits(&mut fields, cx);
    if let Some(Type::Map(of)) = schema.find("sources").map(|field| &field.ty)
        && let Type::Table(schema) = of.as_ref()
    {
        let kind = Kind::keys("`[audit.sources]`");
        for entry in
            fields.table("sources").into_iter().flat_map(|(_, table)| &table.entries)
        {
            let Some(table) = entry.node.as_table() else {
                let _: Option<()> = value::wrong(&entry.node, of, &entry.key, cx);
                continue;
            };
            let mut own = Fields::of_table(table, entry.node.place, schema, kind, cx);
            settings.sources.insert(entry.key.clone(), limits(&mut own, cx));
        }
    }
    let choice = Type::Choice(STRICTNESS.map(str::to_owned).to_vec());
    let kinds = fields.table("kinds").map(|(_, table)| table);
    for entry in kinds.into_iter().flat_map(|table| &table.entries) {
        let read = value::read(&entry.node, &choice, &entry.key, None, cx);
        if let Some(Datum::Text(found)) = read {
            settings.kinds.insert(entry.key.clone(), word(&found));
        }
    }
    settings
}

fn limits(fields: &mut Fields<'_, '_>, cx: &mut Cx<'_>) -> AgeLimits {
    AgeLimits {
        warn_after: fields.count("warn_after", cx),
        error_after: fields.count("error_after", cx),
    }
}

fn rules(table: &Table, cx: &mut Cx<'_>) -> BTreeMap<String, Option<Severity>> {
    let grades = Type::Choice(GRADES.map(str::to_owned).to_vec());
    let mut rules = BTreeMap::new();
    for entry in &table.entries {
        if crate::diag::codes::find(&entry.key).is_none() {
            unknown_rule(&entry.key, entry.key_place, cx);
            continue;
        }
        let read = value::read(&entry.node, &grades, &entry.key, None, cx);
        let Some(Datum::Text(word)) = read else { continue };
        let grade = match word.as_str() {
            "error" => Some(Severity::Error),
            "warning" => Some(Severity::Warning),
            "note" => Some(Severity::Note),
            _ => None,
        };
        rules.insert(entry.key.clone(), grade);
    }
    rules
}

fn unknown_rule(key: &str, place: Place, cx: &mut Cx<'_>) {
    let message = format!("no finding has the code `{}`", value::quote(key));
    let hint = suggest(key, crate::diag::codes::all().map(|code| code.id));
    cx.diags.add(Diagnostic::new(&codes::UNKNOWN_RULE, place, message).maybe_hint(hint));
}

fn collections(table: &Table, cx: &mut Cx<'_>) -> BTreeMap<String, Schema> {
    let mut all = BTreeMap::new();
    for entry in &table.entries {
        let any = Type::Map(Box::new(Type::Any));
        let Some(fields) = entry.node.as_table() else {
            let _: Option<()> = value::wrong(&entry.node, &any, &entry.key, cx);
            continue;
        };
        let collection = Collection::from_name(&entry.key);
        let name = collection.map_or(entry.key.as_str(), |one| one.name());
        let base = kinds::Base::of(collection);
        let added = kinds::specs(fields, base, cx);
        // Free tables may have further columns; typed collections say themselves.
        let open = collection.is_none();
        all.insert(name.to_owned(), Schema { fields: added, open });
    }
    all
}
