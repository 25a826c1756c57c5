//! The schema of the contract of a kind.

use std::sync::LazyLock;

use super::builtin::{ARTICLES, closed, field, texts, words};
use super::{Collection, Schema, Type, field_spec};

/// The contract of a kind, `kind.toml`.
pub fn kind_contract() -> &'static Schema {
    static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
        let spec = || Type::Table(field_spec().clone());
        let collection = vec![
            field(
                "min",
                "",
                Type::Integer,
                "The least number of items in the edition's period.",
                "1",
            ),
            field(
                "fields",
                "",
                Type::Map(Box::new(spec())),
                "Fields that must be filled, and fields that the kind adds.",
                "",
            ),
            field(
                "order",
                "",
                words(&["date"]),
                "`date`: events stand in the order of their dates.",
                r#""date""#,
            ),
        ];
        let text = vec![
            field(
                "lead",
                "",
                Type::Boolean,
                "Whether a paragraph stands before the first heading.",
                "true",
            ),
            field("sections", "", Type::Integer, "The least number of sections.", "3"),
            field(
                "sources",
                "",
                Type::Boolean,
                "Whether a table at the end says where the figures in print come from, where \
                 the front matter does not decide.",
                "true",
            ),
            field(
                "corrections",
                "",
                Type::Boolean,
                "Whether corrections of figures in print are told at the end; `true` unless \
                 given. A template that prints `revisions` itself switches it off.",
                "false",
            ),
            field(
                "headings",
                "",
                texts(),
                "Headings that must be there: words of which one is in a heading, with `|` \
                 between.",
                r#"["展望|下一步"]"#,
            ),
        ];
        let names: Vec<&str> = Collection::ALL.map(Collection::name).to_vec();
        let data_doc = format!(
            "What the record must hold, by collection: {}, or a free table.",
            names.join(", ")
        );
        Schema {
            open: false,
            fields: vec![
                field(
                    "label",
                    "",
                    Type::Map(Box::new(Type::Text)),
                    "The name for readers, by language.",
                    r#"{ zh = "简报", en = "Bulletin" }"#,
                ),
                field(
                    "description",
                    "",
                    Type::Text,
                    "What the kind is for, in a sentence.",
                    r#""一事一报。""#,
                ),
                field(
                    "article",
                    "",
                    words(&ARTICLES),
                    "What search engines are told that it is, in the words of schema.org.",
                    r#""Report""#,
                ),
                field(
                    "extends",
                    "",
                    Type::Text,
                    "Another kind, all of whose front matter it takes over, such as \
                     `official`.",
                    r#""official""#,
                ),
                field(
                    "front_matter",
                    "",
                    Type::Map(Box::new(spec())),
                    "Front matter that it asks for or allows, beyond the common keys.",
                    "",
                ),
                field("data", "", Type::Map(Box::new(closed(collection))), &data_doc, ""),
                field("text", "", closed(text), "What the text must have.", ""),
            ],
        }
    });
    &SCHEMA
}
