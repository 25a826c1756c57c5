//! What a table must hold: the one description from which data is checked, column heads
//! are recognised, JSON Schemas and reference pages are made and `new` fills in examples.

mod blueprint;
mod builtin;
mod collection;
mod contract;
mod json;
mod site;
mod theme;

pub use blueprint::{blueprint_csv, blueprint_toml};
pub use builtin::{
    ARTICLES, EVERY, FORMATS, GRADES, LANGUAGES, STANDARDS, STRICTNESS, TYPE_WORDS,
    field_spec, front_matter, project, series,
};
pub use collection::{Collection, invariants, revisions};
pub use contract::kind_contract;
pub use json::{Published, documents};
pub use theme::{CLASSES, FACES, RULES, look, theme};

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
    /// In contracts: the key of the front matter that stands in where an item leaves the
    /// field empty; empty where none does.
    pub fallback: String,
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
    /// A table with free keys, whose values are all of one type.
    Map(Box<Self>),
    /// Anything.
    Any,
}

impl Schema {
    /// The field with this name or alias.
    pub fn find(&self, name: &str) -> Option<&Field> {
        self.position(name).and_then(|at| self.fields.get(at))
    }

    /// Where in [`Self::fields`] the field with this name or alias stands.
    pub fn position(&self, name: &str) -> Option<usize> {
        let name = name.trim();
        self.fields.iter().position(|field| {
            field.key == name || field.aliases.iter().any(|alias| alias == name)
        })
    }

    /// All names that a field can go by, for "did you mean".
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().flat_map(Field::names)
    }

    /// Makes fields required that a contract asks for, and adds their other names.
    pub fn tighten(&mut self, asked: &Self) {
        for field in &asked.fields {
            if let Some(at) = self.position(&field.key) {
                let own = &mut self.fields[at];
                own.required |= field.required;
                own.aliases.extend(field.aliases.iter().cloned());
            }
        }
    }

    /// Adds the fields of another schema, leaving those that are there already.
    pub fn extend(&mut self, other: &Self) {
        for field in &other.fields {
            if self.find(&field.key).is_none() {
                self.fields.push(field.clone());
            }
        }
        self.open |= other.open;
    }
}

impl Field {
    /// The key, then the aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.key.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}

impl Type {
    /// What a value of the type is, in words for messages: `a date`.
    pub fn words(&self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Integer => "a whole number".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Boolean => "true or false".to_owned(),
            Self::Date => "a date such as `2021-03-05`".to_owned(),
            Self::Period => "a period such as `2021`, `2021-Q1` or `2021-03`".to_owned(),
            Self::Quantity => "a quantity such as `1200余万元`".to_owned(),
            Self::Id => "an id such as `donors`".to_owned(),
            Self::Path => "the path of a file in the press".to_owned(),
            Self::Choice(words) => format!("one of `{}`", words.join("`, `")),
            Self::List(_) => "a list".to_owned(),
            Self::Table(_) | Self::Map(_) => "a table".to_owned(),
            Self::Any => "a value".to_owned(),
        }
    }

    /// The type of a word in a contract: `text`, `list of date`…
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.trim();
        if let Some(item) = word.strip_prefix("list of ") {
            // No lists of lists: nothing in print has that form.
            return Self::simple(item.trim()).map(|item| Self::List(Box::new(item)));
        }
        Self::simple(word)
    }

    fn simple(word: &str) -> Option<Self> {
        Some(match word {
            "text" => Self::Text,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "boolean" => Self::Boolean,
            "date" => Self::Date,
            "period" => Self::Period,
            "quantity" => Self::Quantity,
            "id" => Self::Id,
            "path" => Self::Path,
            "list" => Self::List(Box::new(Self::Any)),
            "table" => Self::Table(Schema { fields: Vec::new(), open: true }),
            "any" => Self::Any,
            _ => return None,
        })
    }
}
