//! The contracts of kinds, `templates/<kind>/kind.toml`.

use std::collections::BTreeMap;

use super::Cx;
use super::fields::{Fields, Kind as Keys};
use super::value;
use crate::diag::codes::check as codes;
use crate::diag::{Diagnostic, Diagnostics, suggest};
use crate::locale::Language;
use crate::model::Datum;
use crate::model::schema::{
    ARTICLES, Collection, Field, LANGUAGES, Schema, TYPE_WORDS, Type, field_spec,
    front_matter, kind_contract,
};
use crate::press::{CollectionContract, Kind, Text, TextContract};
use crate::source::Place;
use crate::tree::{Node, Table};

/// Reads all contracts; one that is no table is left out.
pub(super) fn kinds(
    contracts: &BTreeMap<String, Node>,
    diags: &mut Diagnostics,
) -> BTreeMap<String, Kind> {
    let cx = &mut Cx::tree(diags);
    let mut bases = Vec::new();
    let mut kinds: BTreeMap<String, Kind> = contracts
        .iter()
        .filter_map(|(name, node)| {
            let (kind, base) = kind(name, node, cx)?;
            bases.extend(base.map(|base| (name.clone(), base)));
            Some((name.clone(), kind))
        })
        .collect();
    // What the other kind says itself, without what that one takes over in turn: one step
    // is easy to follow, and cannot go round in circles.
    let own: BTreeMap<String, Schema> = kinds
        .iter()
        .map(|(name, kind)| (name.clone(), kind.front_matter.clone()))
        .collect();
    for (name, base) in bases {
        match (own.get(&base.text), kinds.get_mut(&name)) {
            (Some(schema), Some(kind)) => kind.front_matter.extend(schema),
            _ => {
                let message = format!("there is no kind `{}`", value::quote(&base.text));
                let known = own.keys().map(String::as_str);
                cx.diags.add(
                    Diagnostic::new(&codes::UNKNOWN_KIND, base.place, message)
                        .maybe_hint(suggest(&value::quote(&base.text), known)),
                );
            }
        }
    }
    kinds
}

/// A kind, and the kind that it extends.
fn kind(name: &str, node: &Node, cx: &mut Cx<'_>) -> Option<(Kind, Option<Text>)> {
    let Some(table) = node.as_table() else {
        let ty = Type::Table(kind_contract().clone());
        return value::wrong(node, &ty, "kind.toml", cx);
    };
    let words = format!("the contract of `{name}`");
    let keys = Keys::keys(&words);
    let mut fields = Fields::of_table(table, node.place, kind_contract(), keys, cx);
    let base = fields.text_placed("extends");
    let labels = fields.table("label").map(|(_, table)| labels(table, cx));
    let front = fields
        .table("front_matter")
        .map(|(_, table)| specs(table, Base::Keys(front_matter()), cx));
    let data = fields.table("data").map(|(_, table)| data(table, cx));
    let kind = Kind {
        name: name.to_owned(),
        place: node.place,
        labels: labels.unwrap_or_default(),
        description: fields.text("description").unwrap_or_default(),
        front_matter: Schema { fields: front.unwrap_or_default(), open: false },
        data: data.unwrap_or_default(),
        article: fields.text("article").unwrap_or_else(|| ARTICLES[0].to_owned()),
        text: fields
            .table("text")
            .map(|(place, table)| text(table, place, cx))
            .unwrap_or_default(),
    };
    Some((kind, base))
}

fn text(table: &Table, place: Place, cx: &mut Cx<'_>) -> TextContract {
    let Some(Type::Table(schema)) = kind_contract().find("text").map(|field| &field.ty)
    else {
        return TextContract::default();
    };
    let mut fields = Fields::of_table(table, place, schema, Keys::keys("`[text]`"), cx);
    let sections = fields.count("sections", cx).unwrap_or(0);
    TextContract {
        lead: fields.boolean("lead").unwrap_or(false),
        sections: usize::try_from(sections).unwrap_or(usize::MAX),
        sources: fields.boolean("sources").unwrap_or(false),
        corrections: fields.boolean("corrections").unwrap_or(true),
        headings: fields.texts("headings"),
    }
}

fn labels(table: &Table, cx: &mut Cx<'_>) -> BTreeMap<String, String> {
    let mut labels = BTreeMap::new();
    for entry in &table.entries {
        let Some(language) = Language::from_word(&entry.key) else {
            let message =
                format!("`{}` is not a language of a label", value::quote(&entry.key));
            cx.diags.add(
                Diagnostic::new(&codes::UNKNOWN_LANGUAGE, entry.key_place, message)
                    .maybe_hint(suggest(&entry.key, LANGUAGES)),
            );
            continue;
        };
        let read = value::read(&entry.node, &Type::Text, &entry.key, None, cx);
        if let Some(Datum::Text(text)) = read {
            labels.insert(language.word().to_owned(), text);
        }
    }
    labels
}

fn data(table: &Table, cx: &mut Cx<'_>) -> BTreeMap<String, CollectionContract> {
    let schema = match kind_contract().find("data").map(|field| &field.ty) {
        Some(Type::Map(item)) => match &**item {
            Type::Table(schema) => schema,
            _ => return BTreeMap::new(),
        },
        _ => return BTreeMap::new(),
    };
    let mut all = BTreeMap::new();
    for entry in &table.entries {
        let Some(inner) = entry.node.as_table() else {
            let ty = Type::Table(schema.clone());
            let _: Option<()> = value::wrong(&entry.node, &ty, &entry.key, cx);
            continue;
        };
        let collection = Collection::from_name(&entry.key);
        let name = collection.map_or(entry.key.as_str(), |one| one.name());
        let words = format!("`[data.{}]`", entry.key);
        let keys = Keys::keys(&words);
        let mut fields = Fields::of_table(inner, entry.node.place, schema, keys, cx);
        let base = Base::of(collection);
        let added = fields.table("fields").map(|(_, table)| specs(table, base, cx));
        let min = fields.count("min", cx).unwrap_or(0);
        let contract = CollectionContract {
            min: usize::try_from(min).unwrap_or(usize::MAX),
            fields: Schema {
                fields: added.unwrap_or_default(),
                open: collection.is_none(),
            },
            by_date: fields.text("order").is_some(),
        };
        all.insert(name.to_owned(), contract);
    }
    all
}

/// The fields that a described field may be one of.
#[derive(Clone, Copy)]
pub(super) enum Base<'a> {
    /// None: every field is new, and text unless it says otherwise.
    Nothing,
    /// Common keys of front matter: others are new, and text unless they say otherwise.
    Keys(&'a Schema),
    /// The fields of a typed collection: others are new, and must say their type, so that
    /// a misspelt name does not become a new field.
    Items(&'a Schema),
}

impl<'a> Base<'a> {
    /// The fields of a collection.
    pub fn of(collection: Option<Collection>) -> Self {
        collection.map_or(Base::Nothing, |one| Base::Items(one.schema()))
    }

    fn find(self, key: &str) -> Option<&'a Field> {
        match self {
            Self::Nothing => None,
            Self::Keys(schema) | Self::Items(schema) => schema.find(key),
        }
    }
}

/// The fields that a contract or the project file describes; those that `base` has keep
/// their type.
pub(super) fn specs(table: &Table, base: Base<'_>, cx: &mut Cx<'_>) -> Vec<Field> {
    table
        .entries
        .iter()
        .filter_map(|entry| {
            let Some(inner) = entry.node.as_table() else {
                let ty = Type::Table(field_spec().clone());
                return value::wrong(&entry.node, &ty, &entry.key, cx);
            };
            spec(&entry.key, entry.key_place, inner, base, cx)
        })
        .collect()
}

fn spec(
    key: &str,
    place: Place,
    table: &Table,
    base: Base<'_>,
    cx: &mut Cx<'_>,
) -> Option<Field> {
    let known = base.find(key);
    let words = format!("the field `{}`", value::quote(key));
    let mut fields = Fields::of_table(table, place, field_spec(), Keys::keys(&words), cx);
    let choice = fields.texts("choice");
    let ty = match fields.text_placed("type") {
        _ if !choice.is_empty() => Type::Choice(choice),
        Some(word) => match Type::from_word(&word.text) {
            Some(ty) => ty,
            None => {
                let text = value::quote(&word.text);
                let message = format!("`{text}` is not a type of fields");
                cx.diags.add(
                    Diagnostic::new(&codes::UNKNOWN_TYPE, word.place, message)
                        .maybe_hint(suggest(&text, TYPE_WORDS)),
                );
                return None;
            }
        },
        None => match (known, base) {
            (Some(known), _) => known.ty.clone(),
            (None, Base::Items(schema)) if !fields.is_given("type") => {
                let message = format!(
                    "`{}` is not a known field, and has no type",
                    value::quote(key)
                );
                cx.diags.add(
                    Diagnostic::new(&codes::UNKNOWN_FIELD, place, message)
                        .maybe_hint(suggest(key, schema.names()))
                        .hint("give it a `type` to add a field of that name"),
                );
                return None;
            }
            (None, _) => Type::Text,
        },
    };
    Some(Field {
        key: known.map_or(key, |known| &known.key).to_owned(),
        aliases: fields.texts("aliases"),
        ty: known.map_or(ty, |known| known.ty.clone()),
        required: fields.boolean("required").unwrap_or(false),
        doc: fields.text("doc").unwrap_or_default(),
        example: fields.text("example").unwrap_or_default(),
        fallback: fields.text("fallback").unwrap_or_default(),
    })
}
