//! What a table must hold: the one description from which data is checked, column heads
//! are recognised, JSON Schemas and reference pages are made and `new` fills in examples.

/// The fields of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schema {
    /// The fields, in the order in which they are shown.
    pub fields: Vec<Field>,
    /// Whether other keys are allowed too.
    pub open: bool,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name in data and templates.
    pub key: String,
    /// Other names for it, such as Chinese column heads.
    pub aliases: Vec<String>,
    /// What it holds.
    pub ty: Type,
    /// Whether it must be there.
    pub required: bool,
    /// What it means, in a sentence.
    pub doc: String,
    /// An example, as one would write it in TOML.
    pub example: String,
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A decimal number.
    Number,
    /// True or false.
    Boolean,
    /// A date: `2021`, `2021-03`, `2021-03-05`, `2021年3月5日`.
    Date,
    /// A period: `2021`, `2021-Q1`, `2021-03`, `2021-03-01/2021-03-15`.
    Period,
    /// A quantity: `1200余万元`.
    Quantity,
    /// A name for templates: ASCII letters, digits, `-`, `_`, beginning with a letter.
    Id,
    /// A path of a file in the press.
    Path,
    /// One of these words.
    Choice(Vec<String>),
    /// A list; in a cell, items are separated by `、`, `；`, `;` or line breaks.
    List(Box<Self>),
    /// A table.
    Table(Schema),
    /// Anything.
    Any,
}

impl Schema {
    /// The field with this name or alias.
    pub fn find(&self, name: &str) -> Option<&Field> {
        let name = name.trim();
        self.fields.iter().find(|field| {
            field.key == name || field.aliases.iter().any(|alias| alias == name)
        })
    }
}
