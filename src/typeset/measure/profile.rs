//! What a layout declares that its pages are to be measured against: a dictionary that
//! the layout leaves in the document under the label `annals:layout`.
//!
//! The numbers come from `templates/official.toml`, which a press may replace; so they are
//! read as data, and a rule whose number is missing is left out.

use typst::foundations::{Dict, Label, Selector, Value};
use typst::introspection::Introspector as _;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

/// The label of the declaration.
const LABEL: &str = "annals:layout";

/// A declaration.
#[derive(Debug, Clone)]
pub(super) struct Profile {
    whole: Dict,
}

/// What a rule of a profile says of itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Clause {
    /// The clause: `7.2.4`.
    pub(super) clause: String,
    /// How much it binds: must, usually, recommended, may, practice.
    pub(super) strength: String,
    /// How far off a measure may be, in the rule's unit.
    pub(super) tolerance: f64,
}

impl Profile {
    /// What a document's layout declares.
    pub(super) fn of(document: &PagedDocument) -> Option<Self> {
        let label = Label::new(PicoStr::intern(LABEL))?;
        let found = document.introspector().query_first(&Selector::Label(label))?;
        match found.get_by_name("value") {
            Ok(Value::Dict(whole)) => Some(Self { whole }),
            _ => None,
        }
    }

    /// A number by its path.
    pub(super) fn number(&self, path: &[&str]) -> Option<f64> {
        match self.value(path)? {
            Value::Int(number) => i32::try_from(number).ok().map(f64::from),
            Value::Float(number) => Some(number),
            _ => None,
        }
    }

    /// A whole number that is not negative, by its path.
    pub(super) fn count(&self, path: &[&str]) -> Option<usize> {
        match self.value(path)? {
            Value::Int(number) => usize::try_from(number).ok(),
            _ => None,
        }
    }

    /// A text by its path.
    pub(super) fn text(&self, path: &[&str]) -> Option<String> {
        match self.value(path)? {
            Value::Str(text) => Some(text.as_str().to_owned()),
            _ => None,
        }
    }

    /// A truth value by its path.
    pub(super) fn is(&self, path: &[&str]) -> bool {
        matches!(self.value(path), Some(Value::Bool(true)))
    }

    /// The texts of a list by its path.
    pub(super) fn texts(&self, path: &[&str]) -> Vec<String> {
        let Some(Value::Array(list)) = self.value(path) else { return Vec::new() };
        let text = |value: &Value| match value {
            Value::Str(text) => Some(text.as_str().to_owned()),
            _ => None,
        };
        list.iter().filter_map(text).collect()
    }

    /// The keys of a table by its path, in order.
    pub(super) fn keys(&self, path: &[&str]) -> Vec<String> {
        match self.value(path) {
            Some(Value::Dict(table)) => {
                table.iter().map(|(key, _)| key.as_str().to_owned()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What the profile says of a rule; nothing where it leaves the rule out.
    pub(super) fn clause(&self, table: &str, rule: &str) -> Option<Clause> {
        let path = |key| ["profile", table, rule, key];
        Some(Clause {
            clause: self.text(&path("clause"))?,
            strength: self.text(&path("strength")).unwrap_or_default(),
            tolerance: self.number(&path("tolerance")).unwrap_or_default(),
        })
    }

    fn value(&self, path: &[&str]) -> Option<Value> {
        let (last, tables) = path.split_last()?;
        let mut table = self.whole.clone();
        for key in tables {
            match table.get(key) {
                Ok(Value::Dict(inner)) => table = inner.clone(),
                _ => return None,
            }
        }
        table.get(last).ok().cloned()
    }
}
