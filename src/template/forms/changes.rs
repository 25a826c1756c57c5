//! Wording by data: whether something rose, and by how much.

use std::cmp::Ordering;

use tera::{Error, Kwargs, State, TeraResult, Value};

use super::{Given, given, language, printed, untrue};
use crate::locale::Language;
use crate::model::{Bound, Decimal, Quantity, Rounding};

/// The value before, and the two compared.
struct Change {
    now: Given,
    before: Quantity,
    difference: Decimal,
}

/// Percentages change by percentage points.
fn is_share(quantity: &Quantity) -> bool {
    quantity.unit == "%"
}

fn change_of(value: &Value, kwargs: &Kwargs, state: &State) -> TeraResult<Change> {
    let now = given(value, state)?;
    let from: Option<Value> = kwargs.get("from")?;
    let before = match from {
        Some(from) => given(&from, state)?.exact,
        None => now.previous.clone().ok_or_else(|| {
            Error::message(
                "there is no value before: give the figure a `previous`, last year's record \
                 the same figure with the same scope, or the filter a `from`",
            )
        })?,
    };
    let of = |quantity: &Quantity| {
        if quantity.bound != Bound::Exact {
            return Err(untrue(format!(
                "`{quantity}` is not exact, so that nobody knows by how much it changed"
            )));
        }
        if quantity.is_ordinal() {
            return Err(Error::message(format!("`{quantity}` is a place in an order")));
        }
        quantity
            .value()
            .ok_or_else(|| Error::message("the number has more than 28 digits"))
    };
    if now.exact.unit != before.unit {
        return Err(Error::message(format!(
            "`{}` and `{before}` are in different units",
            now.exact
        )));
    }
    let difference = of(&now.exact)?
        .checked_sub(of(&before)?)
        .ok_or_else(|| Error::message("the number has more than 28 digits"))?;
    Ok(Change { now, before, difference })
}

/// The words for up, down and the same.
fn word(way: Ordering, usual: [&str; 3], kwargs: &Kwargs) -> TeraResult<String> {
    let (key, usual) = match way {
        Ordering::Greater => ("up", usual[0]),
        Ordering::Less => ("down", usual[1]),
        Ordering::Equal => ("same", usual[2]),
    };
    let own: Option<String> = kwargs.get(key)?;
    Ok(own.unwrap_or_else(|| usual.to_owned()))
}

/// 增长, 下降 or 持平.
pub fn trend(value: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let change = change_of(value, &kwargs, state)?;
    let usual = match (language(state)?, is_share(&change.before)) {
        (Language::Zh, true) => ["提高", "下降", "持平"],
        (Language::Zh, false) => ["增长", "下降", "持平"],
        (Language::En, _) => ["rose", "fell", "remained unchanged"],
    };
    let text = word(change.difference.cmp(&Decimal::ZERO), usual, &kwargs)?;
    Ok(printed(change.now.figure, "trend", &text))
}

/// 增长12.5%; of percentages 提高3.1个百分点.
pub fn change(value: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let change = change_of(value, &kwargs, state)?;
    let share = is_share(&change.before);
    let before = change.before.value().unwrap_or_default();
    let size = if share {
        change.difference.abs()
    } else {
        if before.is_zero() {
            return Err(untrue(format!(
                "`{}` grew from nothing: there is no rate of growth",
                change.now.exact
            )));
        }
        change
            .difference
            .abs()
            .checked_div(before.abs())
            .and_then(|ratio| ratio.checked_mul(Decimal::ONE_HUNDRED))
            .ok_or_else(|| Error::message("the number has more than 28 digits"))?
    };
    let places: u32 = kwargs.get("places")?.unwrap_or(1);
    let size = Rounding::half_up(places).apply(size);
    let language = language(state)?;
    let usual = match (language, share) {
        (Language::Zh, true) => ["提高", "下降", "持平"],
        (Language::Zh, false) => ["增长", "下降", "持平"],
        (Language::En, _) => ["rose by ", "fell by ", "remained unchanged"],
    };
    let way = change.difference.cmp(&Decimal::ZERO);
    let text = if way == Ordering::Equal {
        word(way, usual, &kwargs)?
    } else if size.is_zero() {
        // Too little to be seen in so many places.
        let usual = match language {
            Language::Zh => "基本持平",
            Language::En => "remained nearly unchanged",
        };
        let own: Option<String> = kwargs.get("same")?;
        own.unwrap_or_else(|| usual.to_owned())
    } else {
        let unit = match (language, share) {
            (_, false) => "%",
            (Language::Zh, true) => "个百分点",
            (Language::En, true) if size == Decimal::ONE => " percentage point",
            (Language::En, true) => " percentage points",
        };
        format!("{}{size}{unit}", word(way, usual, &kwargs)?)
    };
    Ok(printed(change.now.figure, "change", &text))
}

/// 增加27家.
pub fn difference(value: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let change = change_of(value, &kwargs, state)?;
    let language = language(state)?;
    let usual = match language {
        Language::Zh => ["增加", "减少", "持平"],
        Language::En => ["rose by ", "fell by ", "remained unchanged"],
    };
    let way = change.difference.cmp(&Decimal::ZERO);
    let mut text = word(way, usual, &kwargs)?;
    if way != Ordering::Equal {
        let unit =
            if is_share(&change.before) { "个百分点" } else { &change.before.unit };
        let magnitude = change.now.printed.magnitude.min(change.before.magnitude);
        let power =
            (0..magnitude).try_fold(Decimal::ONE, |p, _| p.checked_mul(Decimal::TEN));
        let size = power
            .and_then(|power| change.difference.abs().checked_div(power))
            .and_then(|size| {
                Quantity::compose(size.normalize(), magnitude, Bound::Exact, unit)
            })
            .ok_or_else(|| Error::message("the number has more than 28 digits"))?;
        text.push_str(&match language {
            Language::Zh => size.text,
            Language::En => size.text.replace("个百分点", " percentage points"),
        });
    }
    Ok(printed(change.now.figure, "difference", &text))
}

/// One text for nought, one for one, one for many.
pub fn choose(value: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let given = given(value, state)?;
    let number = given
        .exact
        .value()
        .ok_or_else(|| Error::message("the number has more than 28 digits"))?;
    let wanted = match number {
        number if number.is_zero() && given.exact.bound == Bound::Exact => "zero",
        number if number == Decimal::ONE && given.exact.bound == Bound::Exact => "one",
        number if number == Decimal::TWO && given.exact.bound == Bound::Exact => "two",
        _ => "many",
    };
    let own: Option<String> = kwargs.get(wanted)?;
    let text = match own {
        Some(own) => own,
        None => kwargs.must_get("many")?,
    };
    let digits = match given.exact.unit.is_empty() {
        true => number.normalize().to_string(),
        false => given.printed.text.clone(),
    };
    let text = text.replace("{}", &digits);
    let text = match (text.contains("{han}"), i64::try_from(number)) {
        (true, Ok(whole)) if number.is_integer() => {
            let words = super::han::words(whole).unwrap_or(digits);
            text.replace("{han}", &words)
        }
        (true, _) => {
            return Err(Error::message("`{han}` needs a whole number"));
        }
        (false, _) => text,
    };
    Ok(printed(given.figure, "choose", &text))
}
