//! Schemas as JSON Schema (draft 2020-12), so that editors complete and check as one types.

use serde_json::{Map, Value, json};

use super::{Collection, Field, Schema, Type, builtin, invariants};

/// The dialect that all of them are written in.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A JSON Schema with the name under which `annals schema` prints it.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// `project`, `series`, `front-matter`, `kind`, `theme`, `figures`…
    pub name: &'static str,
    /// What it is a schema of, in a sentence.
    pub doc: &'static str,
    /// The schema.
    pub json: Value,
}

/// The JSON Schemas of everything that an editor writes by hand.
pub fn documents() -> Vec<Published> {
    let mut all = vec![
        file(
            "project",
            "The project file of a press, `annals.toml`.",
            builtin::project(),
        ),
        series_file(),
        file(
            "front-matter",
            "The front matter of a narrative; its kind may ask for more keys.",
            &Schema { open: true, ..builtin::front_matter().clone() },
        ),
        file(
            "kind",
            "The contract of a kind, `templates/<kind>/kind.toml`.",
            super::kind_contract(),
        ),
        file("theme", "The theme of a press, `templates/theme.toml`.", super::theme()),
    ];
    all.extend(Collection::ALL.map(collection_file));
    let list = rows(invariants(), INVARIANTS_DOC);
    let mut object = Map::new();
    object.insert("properties".to_owned(), json!({ "invariants": list }));
    object.insert("additionalProperties".to_owned(), json!(false));
    object.insert("type".to_owned(), json!("object"));
    let json = titled("invariants", INVARIANTS_DOC, object);
    all.push(Published { name: "invariants", doc: INVARIANTS_DOC, json });
    all
}

const INVARIANTS_DOC: &str = "What must hold between figures (勾稽关系).";

fn file(name: &'static str, doc: &'static str, schema: &Schema) -> Published {
    Published { name, doc, json: titled(name, doc, schema.object()) }
}

/// `series.toml` may hold the typed collections too.
fn series_file() -> Published {
    let doc = "The file of a series, `series.toml`.";
    let mut object = builtin::series().object();
    if let Some(properties) = object.get_mut("properties").and_then(Value::as_object_mut)
    {
        for collection in Collection::ALL {
            let rows = rows(collection.schema(), collection.doc());
            properties.insert(collection.name().to_owned(), rows);
        }
        let rows = rows(invariants(), INVARIANTS_DOC);
        properties.insert("invariants".to_owned(), rows);
    }
    Published { name: "series", doc, json: titled("series", doc, object) }
}

/// A data file may be a list of rows, `[[figures]]`, or rows keyed by id.
fn collection_file(collection: Collection) -> Published {
    let (name, doc, schema) = (collection.name(), collection.doc(), collection.schema());
    let keyed = Schema {
        fields: schema
            .fields
            .iter()
            .map(|field| Field {
                required: field.required && field.key != "id",
                ..field.clone()
            })
            .collect(),
        open: schema.open,
    };
    let mut object = Map::new();
    let all: Map<String, Value> = Collection::ALL
        .map(|one| (one.name().to_owned(), rows(one.schema(), one.doc())))
        .into_iter()
        .collect();
    object.insert(
        "anyOf".to_owned(),
        json!([
            rows(schema, doc),
            { "type": "object", "properties": all, "required": [name],
              "additionalProperties": false },
            { "type": "object", "additionalProperties": Value::Object(keyed.object()) },
        ]),
    );
    Published { name, doc, json: titled(name, doc, object) }
}

fn rows(schema: &Schema, doc: &str) -> Value {
    json!({ "type": "array", "description": doc, "items": Value::Object(schema.object()) })
}

fn titled(name: &str, doc: &str, rest: Map<String, Value>) -> Value {
    let mut object = Map::new();
    object.insert("$schema".to_owned(), json!(DIALECT));
    object.insert("title".to_owned(), json!(format!("annals: {name}")));
    object.insert("description".to_owned(), json!(doc));
    object.extend(rest);
    Value::Object(object)
}

impl Schema {
    /// The schema as a JSON Schema document.
    pub fn json(&self) -> Value {
        let mut object = Map::new();
        object.insert("$schema".to_owned(), json!(DIALECT));
        object.extend(self.object());
        Value::Object(object)
    }

    fn object(&self) -> Map<String, Value> {
        let mut properties = Map::new();
        let (mut required, mut either) = (Vec::new(), Vec::new());
        for field in &self.fields {
            properties.insert(field.key.clone(), field.json());
            for alias in &field.aliases {
                let mut same = field.json();
                if let Some(same) = same.as_object_mut() {
                    let doc = format!("{} (The same as `{}`.)", field.doc, field.key);
                    same.insert("description".to_owned(), json!(doc));
                }
                properties.insert(alias.clone(), same);
            }
            if field.required && field.aliases.is_empty() {
                required.push(field.key.clone());
            } else if field.required {
                let one: Vec<Value> =
                    field.names().map(|name| json!({ "required": [name] })).collect();
                either.push(json!({ "anyOf": one }));
            }
        }
        let mut object = Map::new();
        object.insert("type".to_owned(), json!("object"));
        object.insert("properties".to_owned(), Value::Object(properties));
        if !required.is_empty() {
            object.insert("required".to_owned(), json!(required));
        }
        if !either.is_empty() {
            object.insert("allOf".to_owned(), Value::Array(either));
        }
        if !self.open {
            object.insert("additionalProperties".to_owned(), json!(false));
        }
        object
    }
}

impl Field {
    fn json(&self) -> Value {
        let mut object = self.ty.json();
        object.insert("description".to_owned(), json!(self.doc));
        if let Some(example) = example(&self.example) {
            object.insert("examples".to_owned(), json!([example]));
        }
        Value::Object(object)
    }
}

impl Type {
    fn json(&self) -> Map<String, Value> {
        let value = match self {
            Self::Text => json!({ "type": ["string", "number"] }),
            Self::Integer => json!({ "type": "integer" }),
            Self::Number => json!({ "type": "number" }),
            Self::Boolean => json!({ "type": "boolean" }),
            // A year may be a bare number: 2021.
            Self::Date | Self::Period => json!({ "type": ["string", "integer"] }),
            Self::Quantity => json!({ "type": ["string", "number"] }),
            Self::Id => {
                json!({ "type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_-]*$" })
            }
            Self::Path => json!({ "type": "string" }),
            Self::Choice(words) => json!({ "enum": words }),
            Self::List(item) => {
                let item = Value::Object(item.json());
                json!({ "anyOf": [{ "type": "array", "items": item }, item] })
            }
            Self::Table(schema) => return schema.object(),
            Self::Map(item) => {
                json!({ "type": "object",
                        "additionalProperties": Value::Object(item.json()) })
            }
            Self::Any => json!({}),
        };
        match value {
            Value::Object(object) => object,
            _ => Map::new(),
        }
    }
}

/// An example in TOML as JSON; the two agree on texts in double quotes, numbers, booleans
/// and lists of these, which is what examples are made of.
fn example(toml: &str) -> Option<Value> {
    serde_json::from_str(toml).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_property_has_its_sentence_and_examples_are_json() {
        for published in documents() {
            let text = published.json.to_string();
            assert!(text.contains("description"), "{}", published.name);
            assert_eq!(published.json["$schema"], DIALECT);
        }
        let schemas = Collection::ALL
            .map(Collection::schema)
            .into_iter()
            .chain([builtin::front_matter(), builtin::series()]);
        for field in schemas.flat_map(|schema| &schema.fields) {
            assert!(field.doc.ends_with('.'), "{}", field.key);
            let plain = !matches!(field.ty, Type::Table(_));
            assert_eq!(example(&field.example).is_some(), plain, "{}", field.key);
        }
    }

    #[test]
    fn a_required_field_may_go_by_any_of_its_names() {
        let json = Collection::Offices.schema().json();
        assert_eq!(
            json["allOf"][0]["anyOf"],
            json!([{ "required": ["title"] }, { "required": ["职务"] }])
        );
        assert_eq!(json["additionalProperties"], json!(false));
        assert_eq!(json["properties"]["职务"]["examples"], json!(["市民政局局长"]));
    }
}
