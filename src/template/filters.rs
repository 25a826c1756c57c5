//! The filters that annals adds to Tera's own, in both engines.

use chinese_number::{ChineseCase, ChineseCountMethod, ChineseVariant, NumberToChinese};
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::marks;
use super::scope::plain_number;
use crate::locale::Language;
use crate::model::{Date, Quantity};

/// One filter, for the reference pages of the manual.
pub struct Filter {
    /// Its name.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub doc: &'static str,
    /// An example with what it prints.
    pub example: (&'static str, &'static str),
}

/// All filters that annals adds.
pub static FILTERS: &[Filter] = &[
    Filter {
        name: "date",
        doc: "Prints a date in another form: `long` (2021年3月5日), `month-day` (3月5日), `month` (2021年3月), `iso` (2021-03-05).",
        example: ("{{ event.meeting.date | date(form=\"month-day\") }}", "4月2日"),
    },
    Filter {
        name: "han",
        doc: "Prints a whole number in Han numerals (GB/T 15835-2011).",
        example: ("{{ events | length | han }}", "十"),
    },
    Filter {
        name: "sum",
        doc: "Adds quantities of one unit.",
        example: ("{{ [f.best, f.good] | sum }}", "70个"),
    },
    Filter {
        name: "number",
        doc: "Gives the plain number of a quantity, for conditions.",
        example: ("{% if f.best | number > 10 %}…{% endif %}", "…"),
    },
];

/// Gives an engine all filters.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("date", date);
    tera.register_filter("han", han);
    tera.register_filter("sum", sum);
    tera.register_filter("number", number);
}

fn date(text: &str, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let text = marks::strip(text);
    let date = Date::parse(&text)
        .map_err(|error| Error::message(format!("`{text}` is not a date: {error}")))?;
    let word: Option<String> = state.get("language")?;
    let language = word.and_then(|word| Language::from_word(&word)).unwrap_or_default();
    let form: Option<String> = kwargs.get("form")?;
    let wanted = form.as_deref().unwrap_or("long");
    let coarse = |date: Date| match wanted {
        "month" => Date { day: None, ..date },
        _ => date,
    };
    match (wanted, date.month, date.day) {
        ("long" | "month", ..) => Ok(language.date(coarse(date))),
        ("iso", ..) => Ok(date.to_string()),
        ("month-day", Some(month), Some(day)) => Ok(language.month_day(month, day)),
        ("month-day", ..) => Err(Error::message(format!("`{text}` does not name a day"))),
        (other, ..) => Err(Error::message(format!(
            "there is no date form `{other}`: use `long`, `month`, `month-day` or `iso`"
        ))),
    }
}

fn han(value: &Value, _: Kwargs, _: &State) -> TeraResult<String> {
    let number =
        whole(value).ok_or_else(|| Error::message("`han` needs a whole number"))?;
    number
        .to_chinese(
            ChineseVariant::Simple,
            ChineseCase::Lower,
            ChineseCountMethod::TenThousand,
        )
        .map_err(|_| Error::message("the number is too large for Han numerals"))
}

fn whole(value: &Value) -> Option<i64> {
    if let Some(number) = value.as_i64() {
        return Some(number);
    }
    let quantity = Quantity::parse(&marks::strip(value.as_str()?), None).ok()?;
    i64::try_from(quantity.value().filter(rust_decimal::Decimal::is_integer)?).ok()
}

fn sum(items: Vec<Value>, _: Kwargs, _: &State) -> TeraResult<String> {
    let quantities = items
        .iter()
        .map(|item| {
            let text = item.as_str().map_or_else(|| item.to_string(), marks::strip);
            Quantity::parse(&text, None).map_err(|error| {
                Error::message(format!("`{text}` is not a quantity: {error}"))
            })
        })
        .collect::<TeraResult<Vec<_>>>()?;
    let sum =
        Quantity::sum(&quantities).map_err(|error| Error::message(error.to_string()))?;
    Ok(sum.text)
}

fn number(text: &str, _: Kwargs, _: &State) -> TeraResult<Value> {
    let text = marks::strip(text);
    let quantity = Quantity::parse(&text, None).map_err(|error| {
        Error::message(format!("`{text}` is not a quantity: {error}"))
    })?;
    quantity
        .value()
        .and_then(|value| f64::try_from(value).ok())
        .map(plain_number)
        .ok_or_else(|| Error::message(format!("`{text}` is too large")))
}
