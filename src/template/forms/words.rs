//! English words for small numbers.

use tera::{Error, Kwargs, State, TeraResult, Value};

use super::{given, printed, untrue};
use crate::model::{Bound, Decimal};

/// The numbers that are spelled out in running English text.
const SMALL: [&str; 13] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve",
];

/// `three`, up to twelve; larger numbers in digits.
pub fn spelled(value: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let given = given(value, state)?;
    let number = given
        .exact
        .value()
        .filter(Decimal::is_integer)
        .ok_or_else(|| Error::message("`spelled` needs a whole number"))?;
    if given.exact.bound != Bound::Exact {
        return Err(untrue(format!("`{}` is not exact", given.printed)));
    }
    let small = usize::try_from(number).ok().and_then(|number| SMALL.get(number));
    let mut text =
        small.map_or_else(|| number.normalize().to_string(), |word| (*word).to_owned());
    if kwargs.get("capital")?.unwrap_or(false)
        && let Some(first) = text.get(..1)
    {
        let first = first.to_ascii_uppercase();
        text.replace_range(..1, &first);
    }
    Ok(printed(given.figure, "spelled", &text))
}
