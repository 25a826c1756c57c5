//! Whether a form of print is true of a value: the rule behind every rounded form.
//!
//! A rounded number must be a right rounding of the value; 余 stands only where the value
//! exceeds what is shown, 不到 only where it falls short, and neither by a whole unit of
//! the last digit that counts: 1200余万元 is true of 1234万元, not of 1300万元 or 1200万元.
//! (Practice of the trade; GB/T 15835-2011 names 余, 多, 约 and 左右 without bounds.)

use std::fmt;

use super::{Bound, Quantity};
use crate::model::Decimal;

/// Why a form is not true of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Untrue {
    /// The units differ: of the form, of the value.
    Unit(String, String),
    /// One is a place in an order (第33次) and the other an amount.
    Ordinal,
    /// The number shown is no right rounding of the value.
    Rounding,
    /// 余, 超过: the value does not exceed what is shown.
    NotAbove,
    /// 不到, 近: the value does not fall short of what is shown.
    NotBelow,
    /// The value is further off than the last digit that counts.
    TooFar,
    /// More digits than a decimal holds.
    TooLarge,
}

impl fmt::Display for Untrue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = |unit: &str| {
            if unit.is_empty() { "no unit".to_owned() } else { format!("`{unit}`") }
        };
        match self {
            Self::Unit(shown, value) => {
                write!(f, "it is in {}, and the value in {}", named(shown), named(value))
            }
            Self::Ordinal => write!(f, "a place in an order is not an amount"),
            Self::Rounding => write!(f, "it is no right rounding of the value"),
            Self::NotAbove => write!(f, "the value does not exceed the number shown"),
            Self::NotBelow => {
                write!(f, "the value does not fall short of the number shown")
            }
            Self::TooFar => {
                write!(f, "the value is further off than the last digit shown")
            }
            Self::TooLarge => write!(f, "it has more than 28 digits"),
        }
    }
}

impl std::error::Error for Untrue {}

/// One end of a stretch of numbers, and whether the end itself belongs to it.
type End = (Decimal, bool);

impl Quantity {
    /// Whether this form, printed for a value, is true of it.
    ///
    /// ```
    /// use annals::model::{Quantity, Untrue};
    ///
    /// let quantity = |text| Quantity::parse(text, None).expect("a quantity");
    /// let value = quantity("12345678元");
    /// assert_eq!(quantity("1200余万元").is_true_of(&value), Ok(()));
    /// assert_eq!(quantity("1235万元").is_true_of(&value), Ok(()));
    /// assert_eq!(quantity("1234万元").is_true_of(&value), Err(Untrue::Rounding));
    /// assert_eq!(quantity("不到1200万元").is_true_of(&value), Err(Untrue::NotBelow));
    /// ```
    ///
    /// # Errors
    /// Why it is not true.
    pub fn is_true_of(&self, value: &Self) -> Result<(), Untrue> {
        if self.unit != value.unit {
            return Err(Untrue::Unit(self.unit.clone(), value.unit.clone()));
        }
        if self.is_ordinal() != value.is_ordinal() {
            return Err(Untrue::Ordinal);
        }
        let fine = self.fine_step().ok_or(Untrue::TooLarge)?;
        let slack = if self.bound == Bound::Exact { half(fine) } else { Decimal::ZERO };
        let (low, high) = self.stretch(slack).ok_or(Untrue::TooLarge)?;
        let (least, most) = value.stretch(Decimal::ZERO).ok_or(Untrue::TooLarge)?;
        let short = least.0 < low.0 || (least.0 == low.0 && least.1 && !low.1);
        let long = most.0 > high.0 || (most.0 == high.0 && most.1 && !high.1);
        let shown = self.value().ok_or(Untrue::TooLarge)?;
        match self.bound {
            _ if !short && !long => Ok(()),
            Bound::Exact => Err(Untrue::Rounding),
            Bound::MoreThan | Bound::AtLeast if short => Err(Untrue::NotAbove),
            Bound::Nearly | Bound::LessThan | Bound::AtMost if long => {
                Err(Untrue::NotBelow)
            }
            Bound::About if least.0 == most.0 && least.0 == shown => Ok(()),
            _ => Err(Untrue::TooFar),
        }
    }

    /// The value of the last digit as written: 22.6万 → 1000.
    pub fn fine_step(&self) -> Option<Decimal> {
        super::arithmetic::power(self.magnitude)?
            .checked_mul(Decimal::new(1, self.precision.places.min(Decimal::MAX_SCALE)))
    }

    /// The value of the last digit that is not nought: 1200余万 → 1000000.
    fn coarse_step(&self) -> Option<Decimal> {
        let mut step = self.fine_step()?;
        if self.number.is_zero() {
            return Some(step);
        }
        let value = self.value()?;
        loop {
            let next = step.checked_mul(Decimal::TEN)?;
            if !value.checked_rem(next)?.is_zero() {
                return Some(step);
            }
            step = next;
        }
    }

    /// The numbers that the quantity may stand for.
    fn stretch(&self, slack: Decimal) -> Option<(End, End)> {
        let value = self.value()?;
        // 余 and 不到 speak of the size, also of a loss.
        let step = self.coarse_step()?;
        let plus = |by: Decimal| value.checked_add(by);
        let minus = |by: Decimal| value.checked_sub(by);
        Some(match self.bound {
            Bound::Exact => ((minus(slack)?, true), (plus(slack)?, true)),
            Bound::About => ((minus(half(step))?, true), (plus(half(step))?, true)),
            Bound::MoreThan => ((value, false), (plus(step)?, false)),
            Bound::AtLeast => ((value, true), (plus(step)?, false)),
            Bound::Nearly => ((minus(half(step))?, true), (value, false)),
            Bound::LessThan => ((minus(step)?, true), (value, false)),
            Bound::AtMost => ((minus(step)?, false), (value, true)),
        })
    }
}

fn half(step: Decimal) -> Decimal {
    step.checked_div(Decimal::TWO).unwrap_or(step)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn quantity(text: &str) -> Quantity {
        Quantity::parse(text, None).expect("a quantity")
    }

    fn verdict(shown: &str, value: &str) -> Result<(), Untrue> {
        quantity(shown).is_true_of(&quantity(value))
    }

    #[test]
    fn right_forms_are_true() {
        for (shown, value) in [
            ("22.6万人次", "226000人次"),
            ("22.6万人次", "226340人次"),
            ("1200余万元", "1234万元"),
            ("1200多万元", "12000001元"),
            ("超过1200万元", "1234万元"),
            ("约35万元", "347600元"),
            ("约1200万元", "1234万元"),
            ("约300家", "300家"),
            ("近3万人", "29800人"),
            ("不到1个月", "0.9个月"),
            ("不到1个月", "不到1个月"),
            ("60万元以上", "60万元"),
            ("至多30天", "30天"),
            ("0.12余亿元", "1200余万元"),
            ("92.2%", "92.157%"),
            ("百分之九十二", "92.2%"),
            ("1.2亿元", "1.19亿元"),
        ] {
            assert_eq!(verdict(shown, value), Ok(()), "{shown} of {value}");
        }
    }

    #[test]
    fn wrong_forms_say_why() {
        for (shown, value, why) in [
            ("22.7万人次", "226340人次", Untrue::Rounding),
            ("1200余万元", "1200万元", Untrue::NotAbove),
            ("1200余万元", "1180万元", Untrue::NotAbove),
            ("1200余万元", "1300万元", Untrue::TooFar),
            ("不到1200万元", "1200万元", Untrue::NotBelow),
            ("近3万人", "30100人", Untrue::NotBelow),
            ("近3万人", "21000人", Untrue::TooFar),
            ("约35万元", "36万元", Untrue::TooFar),
            ("60万元以上", "59万元", Untrue::NotAbove),
            ("1200万元", "1200余万元", Untrue::Rounding),
            ("3个百分点", "3%", Untrue::Unit("个百分点".into(), "%".into())),
            ("第3家", "3家", Untrue::Ordinal),
        ] {
            assert_eq!(verdict(shown, value), Err(why), "{shown} of {value}");
        }
    }

    proptest! {
        /// Rounding down leaves 余, rounding up leaves 不到, and either alone is true.
        #[test]
        fn rounded_down_is_exceeded_and_rounded_up_is_not_reached(
            value in 1_i64..10_000_000_000, power in 0_u32..9,
        ) {
            let step = 10_i64.pow(power);
            let down = value / step * step;
            let up = down + step;
            prop_assume!(down > 0);
            let exact = quantity(&format!("{value}元"));
            let above = quantity(&format!("{down}余元")).is_true_of(&exact);
            let below = quantity(&format!("不到{up}元")).is_true_of(&exact);
            prop_assert_eq!(above.is_ok(), value > down);
            prop_assert_eq!(below.is_ok(), up > value);
        }

        /// A number in 万 is true of a value exactly where it is nearest to it.
        #[test]
        fn a_number_in_wan_is_the_nearest_one(
            value in 0_i64..100_000_000_000, off in -3_i64..=3, places in 0_u32..4,
        ) {
            let step = 10_i64.pow(4 - places);
            let near = (value + step / 2) / step + off;
            let shown = Decimal::new(near, places);
            let shown = quantity(&format!("{shown}万元"));
            let right = (near * step - value).abs() * 2 <= step;
            let exact = quantity(&format!("{value}元"));
            prop_assert_eq!(shown.is_true_of(&exact).is_ok(), right);
        }
    }
}
