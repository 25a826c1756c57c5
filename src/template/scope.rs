//! What templates can name: values in Tera's form, behind our own types.

use std::sync::Arc;

use indexmap::IndexMap;
use serde::Serialize;
use tera::{Context, State, Value};

use super::marks;
use crate::document::FigureRef;

/// A value for templates.
#[derive(Debug, Clone)]
pub struct Datum(pub(super) Value);

/// A number as a template compares and prints it.
pub(super) fn plain_number(value: f64) -> Value {
    // Whole numbers up to 2^53 have a place of their own among the `f64`.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() <= EXACT {
        Value::from(value as i64)
    } else {
        Value::from(value)
    }
}

impl Datum {
    /// From anything that serialises.
    pub fn new(value: &(impl Serialize + ?Sized)) -> Self {
        Self(Value::from_serializable(value))
    }

    /// A number; a whole one prints without a fraction: `120`, not `120.0`.
    pub fn number(value: f64) -> Self {
        Self(plain_number(value))
    }

    /// A list.
    pub fn list(items: impl IntoIterator<Item = Self>) -> Self {
        Self(Value::from(items.into_iter().map(|item| item.0).collect::<Vec<_>>()))
    }

    /// A table whose parts are meant to be printed, and which may be looped over.
    pub fn table(entries: impl IntoIterator<Item = (String, Self)>) -> Self {
        let map: IndexMap<String, Value> =
            entries.into_iter().map(|(key, value)| (key, value.0)).collect();
        Self(Value::from(map))
    }

    /// A table with named parts (a figure, an event): to print it as a whole is an error
    /// that `merge` reports.
    pub fn item(entries: impl IntoIterator<Item = (String, Self)>) -> Self {
        let mark = (marks::UNPRINTABLE.to_owned(), Self::new(&true));
        Self::table(std::iter::once(mark).chain(entries))
    }

    /// What a figure prints; it keeps its identity through filters that keep its text.
    pub fn figure(mark: FigureMark, text: &str) -> Self {
        Self::new(&marks::figure_text(mark.0, text))
    }

    /// Text that is Markdown already and is merged as it is.
    pub fn markdown(text: &str) -> Self {
        Self(Value::safe_string(text))
    }
}

/// What filters know of a figure beyond what it prints: quantities as they are written.
#[derive(Debug, Clone)]
pub struct Known {
    /// The value before it was rounded for print.
    pub exact: String,
    /// The value of the period before, where there is one.
    pub previous: Option<String>,
}

/// The name by which filters find what is known of figures; no template can write it.
const KNOWN: &str = concat!("\u{100003}", "figures");

/// What is known of the figure of a mark's number.
pub(super) fn known(state: &State, number: usize) -> Option<Known> {
    let all: Value = state.get(KNOWN).ok()??;
    let one = all.as_array()?.get(number)?;
    let text = |key| one.get_from_path(key).and_then(Value::as_str).map(str::to_owned);
    Some(Known { exact: text("exact")?, previous: text("previous") })
}

/// The number of a figure in a [`Scope`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureMark(usize);

/// Everything that a narrative can name. Cloning is cheap.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    pub(super) context: Context,
    figures: Arc<Vec<FigureRef>>,
}

impl Scope {
    /// An empty scope over these figures; the mark of a figure is its index.
    pub fn new(figures: Vec<FigureRef>) -> Self {
        Self { context: Context::new(), figures: Arc::new(figures) }
    }

    /// The mark of the figure at an index of the list that the scope was made with.
    pub fn mark(index: usize) -> FigureMark {
        FigureMark(index)
    }

    /// Tells filters what is known of the figures, in the order of the list that the scope
    /// was made with.
    pub fn tell(&mut self, known: Vec<Known>) {
        let all = known.into_iter().map(|one| {
            let previous =
                one.previous.map(|text| ("previous".to_owned(), Datum::new(&text)));
            let exact = ("exact".to_owned(), Datum::new(&one.exact));
            Datum::table(std::iter::once(exact).chain(previous))
        });
        self.insert(KNOWN, Datum::list(all));
    }

    /// Gives a value a name.
    pub fn insert(&mut self, name: &str, value: Datum) {
        self.context.insert_value(name.to_owned(), value.0);
    }

    /// The figure of a mark's number.
    pub(super) fn figure(&self, number: usize) -> Option<&FigureRef> {
        self.figures.get(number)
    }
}
