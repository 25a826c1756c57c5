//! Example files for collections, made from their schemas: what `new` writes.

use super::{Collection, Field, Schema, Type};

/// A TOML file with one row that shows every field, the optional ones commented out.
pub fn blueprint_toml(name: &str, schema: &Schema) -> String {
    let mut out = String::new();
    if let Some(collection) = Collection::from_name(name) {
        out.push_str(&format!("# {}\n", collection.doc()));
    }
    out.push_str(&format!("\n[[{name}]]\n"));
    for field in &schema.fields {
        let names: Vec<&str> = field.aliases.iter().map(String::as_str).collect();
        let names = if names.is_empty() {
            String::new()
        } else {
            format!(" ({})", names.join(", "))
        };
        out.push_str(&format!("# {}{names}\n", field.doc.replace('\n', " ")));
        let mark = if field.required { "" } else { "# " };
        out.push_str(&format!("{mark}{} = {}\n", field.key, sample(field)));
    }
    out
}

/// A CSV file with the heads of every field (the first alias, where there is one) and one
/// row of examples.
pub fn blueprint_csv(schema: &Schema) -> String {
    let heads: Vec<String> = schema
        .fields
        .iter()
        .map(|field| cell(field.aliases.first().unwrap_or(&field.key)))
        .collect();
    let row: Vec<String> =
        schema.fields.iter().map(|field| cell(&plain(&sample(field)))).collect();
    format!("{}\n{}\n", heads.join(","), row.join(","))
}

/// The example of a field, or one for its type.
fn sample(field: &Field) -> String {
    if !field.example.is_empty() {
        return field.example.clone();
    }
    match &field.ty {
        Type::Integer | Type::Number => "1".to_owned(),
        Type::Boolean => "true".to_owned(),
        Type::Date => "\"2021-03-05\"".to_owned(),
        Type::Period => "\"2021-03\"".to_owned(),
        Type::Quantity => "\"442个\"".to_owned(),
        Type::List(_) => "[]".to_owned(),
        Type::Table(_) | Type::Map(_) => "{}".to_owned(),
        Type::Choice(words) => format!("{:?}", words.first().map_or("", String::as_str)),
        Type::Id => format!("{:?}", field.key),
        Type::Text | Type::Path | Type::Any => "\"…\"".to_owned(),
    }
}

/// An example as it stands in a cell: without quotes, lists joined by 、.
fn plain(toml: &str) -> String {
    match serde_json::from_str(toml) {
        Ok(serde_json::Value::String(text)) => text,
        Ok(serde_json::Value::Array(items)) => items
            .iter()
            .map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned))
            .collect::<Vec<_>>()
            .join("、"),
        _ => toml.trim_matches(['"', '\'']).to_owned(),
    }
}

/// A cell as RFC 4180 quotes it.
fn cell(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blueprint_shows_every_field() {
        let schema = Collection::Offices.schema();
        assert_eq!(
            blueprint_csv(schema),
            "编号,职务,任职人,任职时间,离任时间\ndirector-1,市民政局局长,第一任,2018-05,2020-09-26\n"
        );
        let toml = blueprint_toml("offices", schema);
        assert!(toml.contains("\n[[offices]]\n"));
        assert!(toml.contains("\n# The title. (职务)\ntitle = \"市民政局局长\"\n"));
        assert!(toml.contains("\n# id = \"director-1\"\n"));
        let events = blueprint_csv(Collection::Events.schema());
        assert!(events.contains(",市民政局、市社会组织党委,"));
    }
}
