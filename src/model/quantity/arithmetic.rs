//! Comparing and adding quantities, only where that makes sense.

use std::cmp::Ordering;
use std::fmt;

use super::{Bound, Quantity};
use crate::model::Decimal;

/// Why quantities could not be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SumError {
    /// There was nothing to add.
    Empty,
    /// Two of them have different units.
    Units(String, String),
    /// One of them is a place in an order (第33次).
    Ordinal(String),
    /// Their bounds pull in different directions (不到 and 以上), so that nothing is known
    /// of the sum.
    Bounds,
    /// The sum has more digits than a decimal holds.
    TooLarge,
}

impl fmt::Display for SumError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "there is nothing to add"),
            Self::Units(one, other) => {
                write!(
                    f,
                    "quantities in {} and {} do not add up",
                    named(one),
                    named(other)
                )
            }
            Self::Ordinal(text) => {
                write!(f, "`{text}` is a place in an order, not an amount")
            }
            Self::Bounds => write!(f, "some are lower bounds and some are upper bounds"),
            Self::TooLarge => write!(f, "the sum has more than 28 digits"),
        }
    }
}

fn named(unit: &str) -> String {
    if unit.is_empty() { "no unit".to_owned() } else { format!("`{unit}`") }
}

impl std::error::Error for SumError {}

/// One end of the values that a quantity may have.
#[derive(Clone, Copy)]
enum End {
    /// As far as numbers go.
    Open,
    /// Up to this number, but not the number itself.
    Beyond(Decimal),
    /// Up to and with this number.
    At(Decimal),
}

impl Quantity {
    /// The number with its magnitude: 1200余万元 → 12000000; `None` where it has more
    /// digits than a decimal holds.
    pub fn value(&self) -> Option<Decimal> {
        self.number.checked_mul(power(self.magnitude)?)
    }

    /// The order of two quantities, as far as their bounds decide it.
    ///
    /// `None` where the units differ, or where both orders are possible: 1200余 is more
    /// than 1200, and nobody knows whether it is more than 1250. 约 and 近 are taken to be
    /// off by less than half.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        if self.unit != other.unit || self.is_ordinal() != other.is_ordinal() {
            return None;
        }
        let (low, high) = self.ends()?;
        let (other_low, other_high) = other.ends()?;
        if let (End::At(a), End::At(b), End::At(c), End::At(d)) =
            (low, high, other_low, other_high)
            && a == b
            && b == c
            && c == d
        {
            return Some(Ordering::Equal);
        }
        if apart(high, other_low) {
            return Some(Ordering::Less);
        }
        apart(other_high, low).then_some(Ordering::Greater)
    }

    /// The least and the greatest value that it may have.
    fn ends(&self) -> Option<(End, End)> {
        let value = self.value()?;
        let half = value.abs().checked_div(Decimal::TWO)?;
        let (below, above) = (value.checked_sub(half)?, value.checked_add(half)?);
        Some(match self.bound {
            Bound::Exact => (End::At(value), End::At(value)),
            Bound::About => (End::Beyond(below), End::Beyond(above)),
            Bound::MoreThan => (End::Beyond(value), End::Open),
            Bound::Nearly => (End::Beyond(below), End::Beyond(value)),
            Bound::LessThan => (End::Open, End::Beyond(value)),
            Bound::AtLeast => (End::At(value), End::Open),
            Bound::AtMost => (End::Open, End::At(value)),
        })
    }

    /// Adds quantities of one unit.
    ///
    /// The sum stands in the smallest magnitude among them (1.19亿元 + 3万元 = 11903万元).
    /// Bounds are kept where they agree: an exact number and 余 give 超过, an exact number
    /// and 约 give 约; what pulls in two directions is refused. The order in which
    /// quantities are given makes no difference.
    ///
    /// # Errors
    /// Where nothing is given, units differ, one is an ordinal, bounds disagree or the
    /// sum is too large.
    pub fn sum<'a>(
        quantities: impl IntoIterator<Item = &'a Self>,
    ) -> Result<Self, SumError> {
        let all: Vec<&Self> = quantities.into_iter().collect();
        let unit = all.iter().map(|one| &one.unit).min().ok_or(SumError::Empty)?;
        let other = all.iter().map(|one| &one.unit).max().ok_or(SumError::Empty)?;
        if unit != other {
            return Err(SumError::Units(unit.clone(), other.clone()));
        }
        if let Some(text) =
            all.iter().filter(|one| one.is_ordinal()).map(|one| &one.text).min()
        {
            return Err(SumError::Ordinal(text.clone()));
        }
        let bound = joint_bound(&all).ok_or(SumError::Bounds)?;
        let magnitude = all.iter().map(|one| one.magnitude).min().unwrap_or(0);
        let number = exact_sum(&all, magnitude).ok_or(SumError::TooLarge)?;
        let chinese = all.iter().any(|one| !one.text.is_ascii()) || magnitude == 4;
        let text = written(number, magnitude, bound, unit, chinese);
        let sum = Self::parse(&text, None).ok();
        // 1.5千 and 克 would read as kilograms: such a sum is written out.
        let plain = |sum: &Self| sum.unit == *unit && sum.magnitude == magnitude;
        if let Some(sum) = sum.filter(plain) {
            return Ok(sum);
        }
        let value = power(magnitude).and_then(|power| number.checked_mul(power));
        let text = written(value.ok_or(SumError::TooLarge)?, 0, bound, unit, chinese);
        Self::parse(&text, None).map_err(|_| SumError::TooLarge)
    }
}

/// Whether everything up to `high` lies before everything from `low` on.
fn apart(high: End, low: End) -> bool {
    match (high, low) {
        (End::Open, _) | (_, End::Open) => false,
        (End::At(high), End::At(low)) => high < low,
        (End::At(high) | End::Beyond(high), End::At(low) | End::Beyond(low)) => {
            high <= low
        }
    }
}

pub(super) fn power(magnitude: u8) -> Option<Decimal> {
    (0..magnitude).try_fold(Decimal::ONE, |power, _| power.checked_mul(Decimal::TEN))
}

/// What is known of a sum, from what is known of its parts.
fn joint_bound(all: &[&Quantity]) -> Option<Bound> {
    let has = |bound| all.iter().any(|one| one.bound == bound);
    let up = has(Bound::MoreThan) || has(Bound::AtLeast);
    let down = has(Bound::LessThan) || has(Bound::AtMost) || has(Bound::Nearly);
    match (has(Bound::About), up, down) {
        (true, false, false) => Some(Bound::About),
        (false, false, false) => Some(Bound::Exact),
        (false, true, false) if has(Bound::MoreThan) => Some(Bound::MoreThan),
        (false, true, false) => Some(Bound::AtLeast),
        (false, false, true) if !has(Bound::LessThan) && !has(Bound::AtMost) => {
            Some(Bound::Nearly)
        }
        (false, false, true) if !has(Bound::LessThan) && !has(Bound::Nearly) => {
            Some(Bound::AtMost)
        }
        (false, false, true) => Some(Bound::LessThan),
        _ => None,
    }
}

/// The sum in whole numbers of the last digit, so that no order of adding rounds.
fn exact_sum(all: &[&Quantity], magnitude: u8) -> Option<Decimal> {
    let shift = |one: &Quantity| i64::from(one.magnitude) - i64::from(magnitude);
    let scale = all.iter().map(|one| i64::from(one.number.scale()) - shift(one)).max()?;
    let scale = u32::try_from(scale.max(0)).ok()?;
    let mut sum: i128 = 0;
    for one in all {
        let exponent = i64::from(scale) + shift(one) - i64::from(one.number.scale());
        let factor = 10_i128.checked_pow(u32::try_from(exponent).ok()?)?;
        let part = one.number.mantissa().checked_mul(factor)?;
        if part.unsigned_abs() >> 96 != 0 {
            return None;
        }
        sum = sum.checked_add(part)?;
    }
    Decimal::try_from_i128_with_scale(sum, scale).ok()
}

/// A sum as one would write it.
pub(super) fn written(
    number: Decimal,
    magnitude: u8,
    bound: Bound,
    unit: &str,
    chinese: bool,
) -> String {
    let (zh, en) = match bound {
        Bound::Exact => ("", ""),
        Bound::About => ("约", "about "),
        Bound::MoreThan => ("超过", "over "),
        Bound::Nearly => ("近", "nearly "),
        Bound::LessThan => ("不足", "under "),
        Bound::AtLeast => ("至少", "at least "),
        Bound::AtMost => ("至多", "at most "),
    };
    let power = power_words(magnitude, chinese);
    if chinese {
        return format!("{zh}{number}{power}{unit}");
    }
    let gap = if unit.starts_with(|ch: char| ch.is_alphanumeric()) { " " } else { "" };
    format!("{en}{number}{power}{gap}{unit}")
}

pub(super) fn power_words(magnitude: u8, chinese: bool) -> &'static str {
    match (magnitude, chinese) {
        (1, _) => "十",
        (2, true) => "百",
        (3, true) => "千",
        (4, _) => "万",
        (5, _) => "十万",
        (6, true) => "百万",
        (7, _) => "千万",
        (8, _) => "亿",
        (9, true) => "十亿",
        (10, _) => "百亿",
        (11, _) => "千亿",
        (12, true) => "万亿",
        (2, false) => " hundred",
        (3, false) => " thousand",
        (6, false) => " million",
        (9, false) => " billion",
        (12, false) => " trillion",
        _ => "",
    }
}
