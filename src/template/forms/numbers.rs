//! Amounts: in 万 and 亿, rounded, with 余 and 不到, grouped, as shares, in Han numerals.

use tera::{Error, Kwargs, State, TeraResult, Value};

use super::{Given, given, han, language, no_word, printed, untrue};
use crate::locale::{self, Language};
use crate::model::{Bound, Decimal, Quantity, Rounding, RoundingMode};

/// The words before a number, those right behind it, those at the end.
const WORDS: [(&[&str], Position); 3] = [
    (
        &[
            "约",
            "大约",
            "近",
            "将近",
            "接近",
            "不到",
            "不足",
            "超过",
            "超",
            "逾",
            "突破",
            "至少",
            "不少于",
            "至多",
            "不超过",
            "about",
            "nearly",
            "almost",
            "over",
            "more than",
            "under",
            "less than",
            "fewer than",
            "at least",
            "at most",
            "up to",
        ],
        Position::Before,
    ),
    (&["余", "多"], Position::Middle),
    (&["以上", "以下", "以内", "左右", "上下", "or more", "or less"], Position::After),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    Before,
    Middle,
    After,
}

/// The magnitudes by their words.
const MAGNITUDES: [(&str, u8); 12] = [
    ("", 0),
    ("千", 3),
    ("万", 4),
    ("百万", 6),
    ("千万", 7),
    ("亿", 8),
    ("十亿", 9),
    ("万亿", 12),
    ("thousand", 3),
    ("million", 6),
    ("billion", 9),
    ("trillion", 12),
];

/// How a number is to be shown.
struct Wish {
    magnitude: u8,
    /// Digits after the point; as many as it takes, where nothing is said.
    places: Option<u32>,
    /// The number is shown in whole multiples of this.
    to: Option<Decimal>,
    word: Option<String>,
    unit: bool,
    group: bool,
}

impl Wish {
    fn read(magnitude: u8, kwargs: &Kwargs) -> TeraResult<Self> {
        let places: Option<u32> = kwargs.get("places")?;
        let to: Option<u32> = kwargs.get("to")?;
        if let Some(places) =
            places.filter(|one| *one > crate::model::ROUNDING_MAX_PLACES)
        {
            return Err(Error::message(format!("{places} places are too many")));
        }
        Ok(Self {
            magnitude,
            places,
            to: to.filter(|to| *to > 1).map(Decimal::from),
            word: kwargs.get("word")?,
            unit: kwargs.get("unit")?.unwrap_or(true),
            group: kwargs.get("group")?.unwrap_or(false),
        })
    }
}

/// 12000000元.
pub fn plain(value: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    show("plain", value, &Wish::read(0, &kwargs)?, state)
}

/// 1200万元.
pub fn wan(value: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    show("wan", value, &Wish::read(4, &kwargs)?, state)
}

/// 0.12亿元.
pub fn yi(value: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    show("yi", value, &Wish::read(8, &kwargs)?, state)
}

/// In a magnitude by its word.
pub fn scale(value: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let word: String = kwargs.must_get("in")?;
    let found = MAGNITUDES.iter().find(|(one, _)| *one == word);
    let Some(&(_, magnitude)) = found else {
        let known: Vec<&str> = MAGNITUDES.iter().skip(1).map(|(word, _)| *word).collect();
        return Err(no_word("magnitude", &word, &known));
    };
    show("scale", value, &Wish::read(magnitude, &kwargs)?, state)
}

/// Rounded, in its own magnitude.
pub fn rounded_to(value: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let own = given(value, state)?.printed.magnitude;
    let mut wish = Wish::read(own, &kwargs)?;
    wish.places = Some(wish.places.unwrap_or(0));
    show("rounded", value, &wish, state)
}

/// With digits in groups of three, in its own magnitude.
pub fn grouped(value: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let own = given(value, state)?.printed.magnitude;
    let wish = Wish { group: true, ..Wish::read(own, &kwargs)? };
    show("grouped", value, &wish, state)
}

/// As the editor writes it, where that is true.
pub fn shown(value: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let text: String = kwargs.must_get("as")?;
    let given = given(value, state)?;
    let form = Quantity::parse(&text, None).map_err(|error| {
        Error::message(format!("`{text}` is not a quantity: {error}"))
    })?;
    verify(&form, &given)?;
    Ok(printed(given.figure, "shown", &text))
}

fn verify(form: &Quantity, given: &Given) -> TeraResult<()> {
    form.is_true_of(&given.exact).map_err(|why| {
        untrue(format!("`{form}` is not true of `{}`: {why}", given.exact))
    })
}

fn show(form: &str, value: &Value, wish: &Wish, state: &State) -> TeraResult<String> {
    let given = given(value, state)?;
    let text = form_of(&given, wish, language(state)?)?;
    Ok(printed(given.figure, form, &text))
}

/// The text of a wish, checked against the value.
fn form_of(given: &Given, wish: &Wish, language: Language) -> TeraResult<String> {
    let word = match &wish.word {
        Some(word) => word.as_str(),
        None => usual_word(given.exact.bound, language),
    };
    let position = WORDS.iter().find(|(words, _)| words.contains(&word));
    let position = match position {
        Some((_, position)) => *position,
        None if word.is_empty() => Position::Before,
        None => {
            let known: Vec<&str> =
                WORDS.iter().flat_map(|(words, _)| words.iter().copied()).collect();
            return Err(no_word("word", word, &known));
        }
    };
    let number = rounded(given, wish, bound_of(word))?;
    let digits = if wish.group {
        locale::grouped(&number.to_string())
    } else {
        number.to_string()
    };
    let chinese = language == Language::Zh || !given.exact.unit.is_ascii();
    let power = Quantity::magnitude_word(wish.magnitude, chinese);
    if power.is_empty() && wish.magnitude > 0 {
        return Err(Error::message("the language has no word for that magnitude"));
    }
    let compose = |unit: &str| {
        let tight = !unit.starts_with(|ch: char| ch.is_ascii_alphabetic());
        let gap = if tight { "" } else { " " };
        let latin = word.is_ascii() && !word.is_empty();
        match position {
            Position::Before if latin => format!("{word} {digits}{power}{gap}{unit}"),
            Position::Before => format!("{word}{digits}{power}{gap}{unit}"),
            Position::Middle => format!("{digits}{word}{power}{gap}{unit}"),
            Position::After if latin => format!("{digits}{power}{gap}{unit} {word}"),
            Position::After => format!("{digits}{power}{gap}{unit}{word}"),
        }
    };
    let ordinal = if given.exact.is_ordinal() { "第" } else { "" };
    let whole = format!("{ordinal}{}", compose(&given.exact.unit));
    let form = Quantity::parse(&whole, None).map_err(|error| {
        Error::message(format!("`{whole}` cannot be printed: {error}"))
    })?;
    verify(&form, given)?;
    Ok(if wish.unit { whole } else { format!("{ordinal}{}", compose("")) })
}

/// The word of a value that is not exact, where the filter names none.
fn usual_word(bound: Bound, language: Language) -> &'static str {
    match (bound, language) {
        (Bound::Exact, _) => "",
        (Bound::About, Language::Zh) => "约",
        (Bound::MoreThan, Language::Zh) => "余",
        (Bound::Nearly, Language::Zh) => "近",
        (Bound::LessThan, Language::Zh) => "不到",
        (Bound::AtLeast, Language::Zh) => "以上",
        (Bound::AtMost, Language::Zh) => "以内",
        (Bound::About, Language::En) => "about",
        (Bound::MoreThan, Language::En) => "over",
        (Bound::Nearly, Language::En) => "nearly",
        (Bound::LessThan, Language::En) => "under",
        (Bound::AtLeast, Language::En) => "at least",
        (Bound::AtMost, Language::En) => "at most",
    }
}

/// What a word says of the number; the parser of quantities knows.
fn bound_of(word: &str) -> Bound {
    let positions = [format!("{word} 10"), format!("10{word}"), format!("10 {word}")];
    let read = |text: &String| Quantity::parse(text, None).ok().map(|one| one.bound);
    let found = positions.iter().find_map(|text| {
        read(text).filter(|_| !word.is_empty()).filter(|bound| *bound != Bound::Exact)
    });
    found.unwrap_or(Bound::Exact)
}

fn rounded(given: &Given, wish: &Wish, bound: Bound) -> TeraResult<Decimal> {
    let too_large = || Error::message("the number has more than 28 digits");
    let value = given.exact.value().ok_or_else(too_large)?;
    let power =
        (0..wish.magnitude).try_fold(Decimal::ONE, |p, _| p.checked_mul(Decimal::TEN));
    let step = wish.to.unwrap_or(Decimal::ONE);
    let divisor = power.and_then(|p| p.checked_mul(step)).ok_or_else(too_large)?;
    let number = value.checked_div(divisor).ok_or_else(too_large)?;
    let worded = wish.word.is_some() || wish.to.is_some();
    let places = match (wish.places, wish.to) {
        (_, Some(_)) => 0,
        (Some(places), None) => places,
        (None, None) if worded => 0,
        // As many as it takes.
        (None, None) => return Ok(number.normalize()),
    };
    let mode = match bound {
        Bound::MoreThan | Bound::AtLeast => RoundingMode::Down,
        Bound::LessThan | Bound::Nearly | Bound::AtMost => RoundingMode::Up,
        Bound::Exact | Bound::About => RoundingMode::HalfUp,
    };
    let number = Rounding { places, mode }.apply(number);
    number.checked_mul(step).ok_or_else(too_large)
}

/// A share: of a percentage in other places, of a plain number times a hundred.
pub fn percent(value: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let given = given(value, state)?;
    let given = match given.exact.unit.as_str() {
        "%" => given,
        "" => in_hundredths(given, "%")?,
        unit => {
            return Err(Error::message(format!(
                "a percentage is made of `%` or of a plain number, found `{unit}`"
            )));
        }
    };
    let style: Option<String> = kwargs.get("style")?;
    let wish = Wish::read(0, &kwargs)?;
    let text = form_of(&given, &wish, language(state)?)?;
    let text = match style.as_deref() {
        None | Some("sign") => text,
        Some("han") => {
            let form = Quantity::parse(&text, None).ok().filter(|_| wish.word.is_none());
            let number = form.and_then(|form| han::decimal(form.number));
            let number = number.ok_or_else(|| {
                Error::message("such a share has no form in Han numerals")
            })?;
            format!("百分之{number}")
        }
        Some("word") => text.replace('%', " percent"),
        Some(other) => return Err(no_word("style", other, &["sign", "han", "word"])),
    };
    Ok(printed(given.figure, "percent", &text))
}

/// A difference between percentages: 3.1个百分点.
pub fn points(value: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    const UNIT: &str = "个百分点";
    let given = given(value, state)?;
    let given = match given.exact.unit.as_str() {
        UNIT => given,
        "" => in_hundredths(given, UNIT)?,
        "%" => {
            return Err(untrue(format!(
                "`{}` is a percentage, and 百分点 are a difference between two",
                given.printed
            )));
        }
        unit => {
            return Err(Error::message(format!(
                "百分点 are a difference between percentages, found `{unit}`"
            )));
        }
    };
    let text = form_of(&given, &Wish::read(0, &kwargs)?, language(state)?)?;
    let text = match language(state)? {
        Language::Zh => text,
        Language::En => text.replace(UNIT, " percentage points"),
    };
    Ok(printed(given.figure, "points", &text))
}

fn in_hundredths(given: Given, unit: &str) -> TeraResult<Given> {
    let times = |quantity: &Quantity| {
        let number = quantity.value()?.checked_mul(Decimal::ONE_HUNDRED)?.normalize();
        Quantity::compose(number, 0, quantity.bound, unit)
    };
    let exact = times(&given.exact)
        .ok_or_else(|| Error::message("the number has more than 28 digits"))?;
    Ok(Given { printed: exact.clone(), exact, ..given })
}

/// Han numerals.
pub fn han(value: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let given = given(value, state)?;
    let style: Option<String> = kwargs.get("style")?;
    let unit: bool = kwargs.get("unit")?.unwrap_or(false);
    let number = given
        .exact
        .value()
        .filter(Decimal::is_integer)
        .and_then(|number| i64::try_from(number).ok())
        .ok_or_else(|| Error::message("`han` needs a whole number"))?;
    if given.exact.bound != Bound::Exact {
        return Err(untrue(format!(
            "`{}` is not exact, and Han numerals would leave that out",
            given.printed
        )));
    }
    let text = match style.as_deref() {
        None | Some("words") => han::words(number),
        Some("digits") => Some(han::digits(&number.to_string())),
        Some("formal") => han::formal(number),
        Some(other) => {
            return Err(no_word("style", other, &["words", "digits", "formal"]));
        }
    };
    let mut text =
        text.ok_or_else(|| Error::message("the number is too large for Han numerals"))?;
    if given.exact.is_ordinal() {
        text.insert(0, '第');
    }
    if unit {
        // 两个, not 二个: two of something that is counted.
        if text == "二" && !given.exact.unit.is_empty() {
            "两".clone_into(&mut text);
        }
        text.push_str(&given.exact.unit);
    }
    Ok(printed(given.figure, "han", &text))
}

/// A place in an order: 第33次, 第三十三次, 33rd.
pub fn ordinal(value: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let given = given(value, state)?;
    let whole =
        given.exact.value().filter(|one| one.is_integer() && *one > Decimal::ZERO);
    let number = whole
        .filter(|_| given.exact.bound == Bound::Exact)
        .and_then(|number| i64::try_from(number).ok())
        .ok_or_else(|| {
            Error::message("a place in an order is a whole number from 1 on")
        })?;
    let style: Option<String> = kwargs.get("style")?;
    let unit = &given.exact.unit;
    let text = match (language(state)?, style.as_deref()) {
        (Language::Zh, None | Some("digits")) => format!("第{number}{unit}"),
        (Language::Zh, Some("han")) => {
            let words = han::words(number).ok_or_else(|| {
                Error::message("the number is too large for Han numerals")
            })?;
            format!("第{words}{unit}")
        }
        (Language::En, None | Some("digits")) => {
            format!("{number}{}", locale::ordinal_ending(number))
        }
        (_, Some(other)) => return Err(no_word("style", other, &["digits", "han"])),
    };
    Ok(printed(given.figure, "ordinal", &text))
}

/// From one to another: 12500～20000元, 13万元～17万元, 15%～30%.
///
/// The unit is left out of the first where nothing can be misread; 万 and % stand at both
/// (GB/T 15835-2011, 5.3, from memory of its examples).
pub fn range(value: Vec<Value>, _: Kwargs, state: &State) -> TeraResult<String> {
    let [low, high] = value.as_slice() else {
        return Err(Error::message(format!(
            "a range goes from one quantity to another, found {}",
            value.len()
        )));
    };
    let (low, high) = (given(low, state)?, given(high, state)?);
    let (from, to) = (&low.printed, &high.printed);
    if low.exact.unit != high.exact.unit {
        return Err(Error::message(format!(
            "`{from}` and `{to}` are in different units"
        )));
    }
    if from.bound != Bound::Exact || to.bound != Bound::Exact {
        return Err(untrue(format!("`{from}` and `{to}` are not both exact")));
    }
    if low.exact.value() > high.exact.value() {
        return Err(untrue(format!(
            "`{from}` is more than `{to}`, and stands before it"
        )));
    }
    let both = from.magnitude > 0 || to.magnitude > 0 || from.unit == "%";
    let mark = if language(state)? == Language::Zh { '～' } else { '–' };
    let first = if both { from.text.clone() } else { from.number.to_string() };
    Ok(format!("{first}{mark}{to}"))
}
