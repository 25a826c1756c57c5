//! Quantities as people write them: `1200余万元`, `22.6万人次`, `约35万元`, `92.2%`.

mod arithmetic;
mod form;
mod parse;
#[cfg(test)]
mod tests;
mod words;

use std::fmt;

pub use arithmetic::SumError;
pub use form::Untrue;
pub use parse::{QUANTITY_MAX_CHARS, QuantityError, UNIT_MAX_CHARS};

use super::Decimal;

/// A number with its magnitude, precision, bound and unit, kept as written.
///
/// `1200余万元` is: text `1200余万元`, number 1200, magnitude 10^4, bound
/// [`Bound::MoreThan`], unit `元`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// What is printed, as written (qualifier, digits, magnitude word and unit).
    pub text: String,
    /// The digits as a number, before the magnitude word: 1200, 22.6.
    pub number: Decimal,
    /// Power of ten of the magnitude word: 万 4, 亿 8, 万亿 12, 千 3, 百 2, none 0.
    pub magnitude: u8,
    /// How the value relates to the number.
    pub bound: Bound,
    /// Decimal places and value of the last digit.
    pub precision: Precision,
    /// The unit: `元`, `家`, `人次`, `%`, `个百分点`; empty for a bare number. Brackets and
    /// `%` are half-width here, whatever the text has.
    pub unit: String,
}

/// How a value relates to the number that is printed for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// The number itself.
    Exact,
    /// 约, 大约, 左右, about: near it, on either side.
    About,
    /// 余, 多, over: more than it.
    MoreThan,
    /// 近, nearly: a little less than it.
    Nearly,
    /// 不到, 不足, under: less than it.
    LessThan,
    /// 以上, 至少, at least: it or more.
    AtLeast,
    /// 以内, 以下, 至多, at most: it or less.
    AtMost,
}

impl Bound {
    /// The word in templates and JSON: `exact`, `more-than`…
    pub fn word(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::About => "about",
            Self::MoreThan => "more-than",
            Self::Nearly => "nearly",
            Self::LessThan => "less-than",
            Self::AtLeast => "at-least",
            Self::AtMost => "at-most",
        }
    }
}

/// How finely a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Precision {
    /// Digits after the decimal point, as written: `15.90` has 2.
    pub places: u32,
}

impl Quantity {
    /// Reads a quantity as Chinese and English offices write them; `unit` is what a field
    /// of its own gives (value `1200余`, unit `万元`).
    ///
    /// The text is kept as written, without the white space around it; a unit of its own
    /// is put after the number, before words such as 以上.
    ///
    /// ```
    /// use annals::model::{Bound, Decimal, Quantity};
    ///
    /// let donated = Quantity::parse("1200余万元", None).expect("a quantity");
    /// assert_eq!(donated.value(), Some(Decimal::from(12_000_000)));
    /// assert_eq!(donated.bound, Bound::MoreThan);
    /// assert_eq!(donated.unit, "元");
    /// assert_eq!(Quantity::parse("1200余", Some("万元")), Ok(donated));
    /// ```
    ///
    /// # Errors
    /// Where the text is no quantity, saying what was not understood.
    pub fn parse(text: &str, unit: Option<&str>) -> Result<Self, QuantityError> {
        parse::quantity(text, unit)
    }

    /// A quantity as one would write it: `compose(1200, 4, Bound::MoreThan, "元")` is
    /// 超过1200万元; `None` where that would be read as something else.
    pub fn compose(
        number: Decimal,
        magnitude: u8,
        bound: Bound,
        unit: &str,
    ) -> Option<Self> {
        let chinese = !unit.starts_with(|ch: char| ch.is_ascii_alphabetic());
        let text = arithmetic::written(number, magnitude, bound, unit, chinese);
        let made = Self::parse(&text, None).ok()?;
        let same = made.number == number && made.magnitude == magnitude;
        (same && made.bound == bound && made.unit == unit).then_some(made)
    }

    /// The word of a power of ten: 万, 亿; ` million`. Empty for powers that have none.
    pub fn magnitude_word(magnitude: u8, chinese: bool) -> &'static str {
        arithmetic::power_words(magnitude, chinese)
    }

    /// Whether it counts a place in an order (第33次) and not an amount.
    pub fn is_ordinal(&self) -> bool {
        self.text.starts_with('第')
    }
}

/// As written.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
