//! The grammar of quantities.
//!
//! ```text
//! quantity = before* [第 | 百分之 | currency] [sign] number [middle] [power] [middle]
//!            (number power)* [unit] [after]
//! ```

use std::fmt;

use super::words::{AFTER, BEFORE, BEFORE_EN, CURRENCY, INDEFINITE, MIDDLE, POWERS_EN};
use super::{Bound, Precision, Quantity};
use crate::model::Decimal;
use crate::model::scan::{self, ScanError, Scanned};

/// The longest text that is tried as a quantity, in characters.
pub const QUANTITY_MAX_CHARS: usize = 80;

/// The longest unit, in characters.
pub const UNIT_MAX_CHARS: usize = 24;

/// Why a text is no quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuantityError {
    /// Nothing was written.
    Empty,
    /// The text is longer than [`QUANTITY_MAX_CHARS`].
    TooLong,
    /// No number was found; the text that was read instead.
    NoNumber(String),
    /// A word such as 若干 stands for the number.
    Indefinite(String),
    /// The number has more digits than can be counted exactly.
    TooManyDigits,
    /// Digits are grouped other than by three.
    Grouping,
    /// Han numerals stand in an order that means no number.
    HanNumber(String),
    /// Two words say different things of the number: 约 and 余.
    Contradiction(String, String),
    /// Text after the number that is no unit.
    NoUnit(String),
    /// A second number after the first: a range, a date, two figures in one.
    SecondNumber(String),
    /// The unit is written in the value and given otherwise in a field of its own.
    UnitTwice {
        /// The unit in the value.
        written: String,
        /// The unit in its own field.
        given: String,
    },
}

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "nothing is written"),
            Self::TooLong => {
                write!(f, "a quantity has at most {QUANTITY_MAX_CHARS} characters")
            }
            Self::NoNumber(text) => write!(f, "`{text}` does not begin with a number"),
            Self::Indefinite(word) => write!(f, "`{word}` names no number"),
            Self::TooManyDigits => write!(f, "the number has more than 28 digits"),
            Self::Grouping => write!(f, "the digits are not grouped by three"),
            Self::HanNumber(text) => write!(f, "`{text}` means no number, or two"),
            Self::Contradiction(one, other) => {
                write!(f, "`{one}` and `{other}` say different things of the number")
            }
            Self::NoUnit(text) => {
                write!(f, "`{text}` after the number was not understood")
            }
            Self::SecondNumber(text) => write!(f, "a second number stands in `{text}`"),
            Self::UnitTwice { written, given } => {
                write!(f, "the value says `{written}`, the unit says `{given}`")
            }
        }
    }
}

impl std::error::Error for QuantityError {}

impl QuantityError {
    /// What to do about it; begins with a verb.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Empty | Self::NoNumber(_) | Self::TooLong => {
                "write a number with its unit, such as `1200余万元`, `92.2%` or `442个`"
            }
            Self::Indefinite(_) => "write the number, or keep the word in the text",
            Self::TooManyDigits => "use a magnitude word such as 万 or 亿",
            Self::Grouping => "write 1234567 or 1,234,567",
            Self::HanNumber(_) => "write the number in Arabic digits",
            Self::Contradiction(..) => "keep one of the two words",
            Self::NoUnit(_) => {
                "keep the number and its unit here, and the rest in `scope` or `note`"
            }
            Self::SecondNumber(text) if text.contains(['年', '月', '日']) => {
                "write a date in a date field, such as `as_of`"
            }
            Self::SecondNumber(_) => "make two figures of it, one for each number",
            Self::UnitTwice { .. } => "keep the unit in one of the two places",
        }
    }
}

/// See [`Quantity::parse`].
pub(super) fn quantity(
    text: &str,
    unit: Option<&str>,
) -> Result<Quantity, QuantityError> {
    let text = text.trim();
    // Enough characters for both, before anything is copied.
    if text.chars().nth(QUANTITY_MAX_CHARS).is_some() {
        return Err(QuantityError::TooLong);
    }
    let alone = parse(text)?;
    let Some(unit) = unit.map(str::trim).filter(|unit| !unit.is_empty()) else {
        return Ok(alone.0);
    };
    if unit.chars().nth(UNIT_MAX_CHARS).is_some() {
        return Err(QuantityError::NoUnit(unit.chars().take(UNIT_MAX_CHARS).collect()));
    }
    let (alone, tail) = alone;
    let (given_power, given_unit) = power(&scan::half_width(unit), Position::AfterDigits)
        .map_or_else(|| (0, scan::half_width(unit)), |(n, rest)| (n, rest.to_owned()));
    let powers_agree = given_power == 0 || given_power == alone.magnitude;
    if !alone.unit.is_empty() && alone.unit == given_unit && powers_agree {
        return Ok(alone);
    }
    if !alone.unit.is_empty() || (alone.magnitude > 0 && given_power > 0) {
        let written = written_unit(&alone);
        return Err(QuantityError::UnitTwice { written, given: unit.to_owned() });
    }
    let kept = text.chars().count() - tail;
    let head: String = text.chars().take(kept).collect();
    let tail: String = text.chars().skip(kept).collect();
    let both_latin = head.ends_with(|ch: char| ch.is_ascii_alphanumeric())
        && unit.starts_with(|ch: char| ch.is_ascii_alphabetic());
    let gap = if both_latin { " " } else { "" };
    let (whole, _) = parse(&format!("{}{gap}{unit}{tail}", head.trim_end()))?;
    if whole.unit.is_empty() || whole.number != alone.number {
        return Err(QuantityError::NoUnit(unit.to_owned()));
    }
    Ok(whole)
}

fn written_unit(quantity: &Quantity) -> String {
    if quantity.unit.is_empty() {
        quantity.text.chars().skip_while(|ch| ch.is_ascii_digit()).collect()
    } else {
        quantity.unit.clone()
    }
}

/// What was said of the number so far: a bound and the word that said so.
#[derive(Default)]
struct Said(Option<(Bound, String)>);

impl Said {
    fn add(&mut self, bound: Bound, word: &str) -> Result<(), QuantityError> {
        let word = word.trim();
        match &self.0 {
            Some((old, first)) if *old != bound => {
                Err(QuantityError::Contradiction(first.clone(), word.to_owned()))
            }
            Some(_) => Ok(()),
            None => {
                self.0 = Some((bound, word.to_owned()));
                Ok(())
            }
        }
    }
}

/// Reads a trimmed text; also how many characters at its end are a word such as 以上.
fn parse(text: &str) -> Result<(Quantity, usize), QuantityError> {
    if text.is_empty() {
        return Err(QuantityError::Empty);
    }
    if text.chars().any(char::is_control) {
        return Err(QuantityError::NoUnit(text.replace(char::is_control, " ")));
    }
    let plain = scan::half_width(text);
    let mut said = Said::default();
    let mut rest = before(&plain, &mut said)?;
    let mut unit = "";
    if let Some(after) = rest.strip_prefix("百分之") {
        (rest, unit) = (after, "%");
    } else if let Some(after) = rest.strip_prefix('第') {
        rest = after;
    } else if let Some((after, meant)) = CURRENCY
        .iter()
        .find_map(|(mark, meant)| rest.strip_prefix(mark).map(|after| (after, *meant)))
    {
        (rest, unit) = (after.trim_start(), meant);
    }
    let negative = rest.starts_with(['-', '负']);
    rest = rest.strip_prefix(['-', '负', '+']).unwrap_or(rest).trim_start();

    let mut number = amount(rest, &plain, &mut said)?;
    let (tail, after) = after(number.rest, &mut said)?;
    let found = tail.trim();
    if !found.is_empty() {
        check_unit(found)?;
        if !unit.is_empty() && unit != found {
            let (written, given) = (found.to_owned(), unit.to_owned());
            return Err(QuantityError::UnitTwice { written, given });
        }
        unit = found;
    }
    if negative {
        number.number.set_sign_negative(!number.number.is_zero());
    }
    let quantity = Quantity {
        text: text.to_owned(),
        number: number.number,
        magnitude: number.magnitude,
        bound: said.0.map_or(Bound::Exact, |(bound, _)| bound),
        precision: Precision { places: number.places },
        unit: unit.to_owned(),
    };
    Ok((quantity, after))
}

/// Takes the words before the number.
fn before<'a>(text: &'a str, said: &mut Said) -> Result<&'a str, QuantityError> {
    let mut rest = text.trim_start();
    'words: loop {
        for (word, bound) in BEFORE {
            if let Some(after) = rest.strip_prefix(word) {
                if let Some(bound) = bound {
                    said.add(*bound, word)?;
                }
                rest = after.trim_start();
                continue 'words;
            }
        }
        for (word, bound) in BEFORE_EN {
            let Some(head) = rest.get(..word.len()) else { continue };
            let after = &rest[word.len()..];
            let ends = after.starts_with(|ch: char| ch == ' ' || ch.is_ascii_digit());
            if head.eq_ignore_ascii_case(word) && ends {
                said.add(*bound, head)?;
                rest = after.trim_start();
                continue 'words;
            }
        }
        return Ok(rest);
    }
}

/// The number with its magnitude word.
struct Amount<'a> {
    number: Decimal,
    places: u32,
    magnitude: u8,
    rest: &'a str,
}

fn amount<'a>(
    text: &'a str,
    whole: &str,
    said: &mut Said,
) -> Result<Amount<'a>, QuantityError> {
    if let Some(number) = scientific(text) {
        let places = number.scale();
        return Ok(Amount { number, places, magnitude: 0, rest: "" });
    }
    let first = match scan_number(text)? {
        Some(found) => found,
        // 万余人, 亿元: the magnitude word alone is one of it.
        None if text.starts_with(['万', '亿']) => {
            let one = Decimal::ONE;
            Scanned { number: one, places: 0, han: true, rest: text }
        }
        None => {
            let word = INDEFINITE.iter().find(|word| text.starts_with(**word));
            return Err(word.map_or_else(
                || QuantityError::NoNumber(whole.trim().to_owned()),
                |word| QuantityError::Indefinite((*word).to_owned()),
            ));
        }
    };
    let mut amount = Amount {
        number: first.number,
        places: first.places,
        magnitude: 0,
        rest: first.rest,
    };
    let mut open = middle(&mut amount.rest, said)?;
    let position = if first.han { Position::AfterHan } else { Position::AfterDigits };
    let mut any_power = false;
    if let Some((exponent, rest)) = power(amount.rest, position) {
        amount.magnitude = exponent;
        amount.rest = rest;
        any_power = true;
    }
    if any_power && !open {
        open = middle(&mut amount.rest, said)?;
    }
    if any_power && !open {
        compound(&mut amount, first.han, said)?;
    }
    Ok(amount)
}

fn scan_number(text: &str) -> Result<Option<Scanned<'_>>, QuantityError> {
    scan::number(text).map_err(|error| match error {
        ScanError::Grouping => QuantityError::Grouping,
        ScanError::TooLong => QuantityError::TooManyDigits,
        ScanError::Han => QuantityError::HanNumber(text.to_owned()),
    })
}

/// `1e21`, as spreadsheets and JSON write large numbers; the whole text.
fn scientific(text: &str) -> Option<Decimal> {
    let (mantissa, exponent) = text.split_once(['e', 'E'])?;
    let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    (plain(mantissa) && plain(digits) && !digits.contains('.'))
        .then(|| Decimal::from_scientific(text).ok())?
}

/// Takes 余, 多… where one stands; says whether one did.
fn middle(rest: &mut &str, said: &mut Said) -> Result<bool, QuantityError> {
    for (word, bound) in MIDDLE {
        if let Some(after) = rest.strip_prefix(word) {
            said.add(*bound, word)?;
            *rest = after;
            return Ok(true);
        }
    }
    Ok(false)
}

/// What kind of number a magnitude word follows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    /// Arabic digits: 3百万, 5千万, 1.2 million.
    AfterDigits,
    /// Han numerals, which have taken 十百千 themselves.
    AfterHan,
}

/// The power of ten of the magnitude word at the head of a text, and what follows.
fn power(text: &str, position: Position) -> Option<(u8, &str)> {
    let text = text.trim_start();
    let mut rest = text;
    let mut exponent = 0;
    if position == Position::AfterDigits && !scan::begins_with_powered_unit(rest) {
        for (mark, power) in [('十', 1), ('百', 2), ('千', 3)] {
            if let Some(after) = rest.strip_prefix(mark) {
                (rest, exponent) = (after, power);
            }
        }
    }
    for (mark, power) in [('万', 4), ('亿', 8)] {
        if let Some(after) = rest.strip_prefix(mark) {
            (rest, exponent) = (after, exponent + power);
        }
    }
    if exponent > 0 {
        return Some((exponent, rest));
    }
    POWERS_EN.iter().find_map(|(word, power)| {
        let head = text.get(..word.len())?;
        let after = &text[word.len()..];
        (head.eq_ignore_ascii_case(word)
            && !after.starts_with(|ch: char| ch.is_ascii_alphanumeric()))
        .then_some((*power, after))
    })
}

/// 3亿5000万, 1万2345, 一亿二千万: parts of falling magnitude, added up.
fn compound<'a>(
    amount: &mut Amount<'a>,
    han: bool,
    said: &mut Said,
) -> Result<(), QuantityError> {
    // 三万零五: 零 says that a power is skipped.
    let zeroed = |text: &str| han && text.starts_with(['零', '〇']);
    let skip =
        |text: &'a str| if zeroed(text) { &text['零'.len_utf8()..] } else { text };
    while let Some(part) = scan_number(skip(amount.rest))? {
        if part.han != han || part.places > 0 || amount.places > 0 {
            return Ok(());
        }
        let mut rest = part.rest;
        let open = middle(&mut rest, said)?;
        let position = if han { Position::AfterHan } else { Position::AfterDigits };
        let (exponent, rest) = power(rest, position).unwrap_or((0, rest));
        let gap = amount.magnitude.checked_sub(exponent).filter(|gap| *gap > 0);
        let fits = gap.and_then(ten_to);
        let Some(unit) = fits.filter(|limit| part.number < *limit) else {
            return Err(QuantityError::SecondNumber(amount.rest.to_owned()));
        };
        // 三万五 is 35,000 in speech and 30,005 in arithmetic.
        if han
            && exponent == 0
            && unit > part.number.saturating_mul(Decimal::TEN)
            && !zeroed(amount.rest)
        {
            return Err(QuantityError::HanNumber(amount.rest.to_owned()));
        }
        amount.number = amount
            .number
            .checked_mul(unit)
            .and_then(|number| number.checked_add(part.number))
            .ok_or(QuantityError::TooManyDigits)?;
        amount.magnitude = exponent;
        amount.rest = rest;
        if open || exponent == 0 {
            return Ok(());
        }
    }
    Ok(())
}

/// Ten to a power, without rounding.
fn ten_to(exponent: u8) -> Option<Decimal> {
    (0..exponent).try_fold(Decimal::ONE, |power, _| power.checked_mul(Decimal::TEN))
}

/// Takes the word at the end; also how many characters it has.
fn after<'a>(text: &'a str, said: &mut Said) -> Result<(&'a str, usize), QuantityError> {
    for (word, bound) in AFTER {
        if let Some(head) = text.strip_suffix(word) {
            if let Some(bound) = bound {
                said.add(*bound, word)?;
            }
            return Ok((head, word.chars().count()));
        }
    }
    Ok((text, 0))
}

/// A unit is a few words without digits (but `m2`) and without marks of a sentence.
fn check_unit(unit: &str) -> Result<(), QuantityError> {
    if unit.chars().nth(UNIT_MAX_CHARS).is_some() {
        let head: String = unit.chars().take(UNIT_MAX_CHARS).collect();
        return Err(QuantityError::NoUnit(format!("{head}…")));
    }
    let mut last = ' ';
    for ch in unit.chars() {
        if ch.is_ascii_digit() && !last.is_ascii_alphanumeric() {
            return Err(QuantityError::SecondNumber(unit.to_owned()));
        }
        let mark = matches!(ch, '-' | '/' | '.' | '(' | ')' | '%' | '$' | '·' | ' ');
        let digit = ch.is_ascii_digit();
        let sign = matches!(ch, '‰' | '°' | '℃' | '²' | '³' | '€' | '£' | '¥' | '㎡');
        if !(ch.is_alphabetic() || mark || digit || sign) {
            return Err(QuantityError::NoUnit(unit.to_owned()));
        }
        last = ch;
    }
    let open = unit.matches('(').count() != unit.matches(')').count();
    let odd = ["些", "半", "定", "-", ".", "/"].iter().any(|head| unit.starts_with(head));
    let number = scan::number(unit).ok().flatten().is_some_and(|n| n.rest.is_empty());
    if open || odd || number {
        return Err(QuantityError::NoUnit(unit.to_owned()));
    }
    Ok(())
}
