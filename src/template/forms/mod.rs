//! Forms of print (印刷形式): what a value looks like in 万, with 余, as a share, as growth.
//!
//! Every form is checked against the value before it is printed, so that no filter can
//! make a number say more than the record does. What is printed for a figure keeps its
//! identity, with the name of the form beside it.

pub(super) mod changes;
pub(super) mod dates;
mod han;
pub(super) mod numbers;
#[cfg(test)]
mod tests;
pub(super) mod words;

use tera::{Error, State, TeraResult, Value};

use super::marks;
use super::scope::{self, Known};
use crate::locale::Language;
use crate::model::Quantity;

/// A value that a filter was given.
struct Given {
    /// The figure that it is the value of, where it is one.
    figure: Option<usize>,
    /// The value, exact as far as it is known.
    exact: Quantity,
    /// The value as it is printed without a filter.
    printed: Quantity,
    /// The value of the period before, where the record has it.
    previous: Option<Quantity>,
}

/// Reads the value that a filter was given: a figure, another quantity, a number.
fn given(value: &Value, state: &State) -> TeraResult<Given> {
    let marked = match value.as_str() {
        Some(text) => text.to_owned(),
        None if value.is_number() => value.to_string(),
        None if value.is_undefined() => {
            return Err(Error::message(
                "expected a quantity, found a name that is not defined",
            ));
        }
        None => return Err(Error::message("expected a quantity, found something else")),
    };
    let text = marks::strip(&marked);
    let figure = marks::sole_figure(&marked);
    let known = figure.and_then(|number| scope::known(state, number));
    let (exact, previous) = match known {
        Some(Known { exact, previous }) => (Some(exact), previous),
        None => (None, None),
    };
    let read = |text: &str| {
        Quantity::parse(text, None).map_err(|error| {
            Error::message(format!("`{text}` is not a quantity: {error}"))
        })
    };
    // A form of a form (`f.x | wan | han`) is made of the value, not of the first form.
    let printed = read(&text).or_else(|error| match &exact {
        Some(exact) => read(exact),
        None => Err(error),
    })?;
    let exact = match &exact {
        Some(exact) => read(exact)?,
        None => printed.clone(),
    };
    let previous = previous.map(|text| read(&text)).transpose()?;
    Ok(Given { figure, exact, printed, previous })
}

/// What a filter prints; for a figure, with its identity and the name of the form.
fn printed(figure: Option<usize>, form: &str, text: &str) -> String {
    match (figure, super::filters::form_number(form)) {
        (Some(number), Some(form)) => marks::formed_text(number, form, text),
        _ => text.to_owned(),
    }
}

/// The finding that a form is not true of its value.
fn untrue(message: impl std::fmt::Display) -> Error {
    Error::message(format!("{}{message}", marks::UNTRUE))
}

/// The language of the edition.
fn language(state: &State) -> TeraResult<Language> {
    let word: Option<String> = state.get("language")?;
    Ok(word.and_then(|word| Language::from_word(&word)).unwrap_or_default())
}

/// A word that a filter does not know.
fn no_word(what: &str, found: &str, known: &[&str]) -> Error {
    Error::message(format!("there is no {what} `{found}`: use `{}`", known.join("`, `")))
}
