//! What a formula computes with: an exact decimal, its unit, and how sure it is.

use super::Trouble;
use crate::model::{Bound, Decimal, Quantity, Rounding};

/// The unit of a difference between percentages.
pub const POINTS: &str = "个百分点";

/// A number on its way through a formula.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// The number, magnitude applied; percent as they are written: 92.2.
    pub value: Decimal,
    /// The unit; `None` for a number that was counted or written in the formula, which goes
    /// with any unit.
    pub unit: Option<String>,
    /// How the true value relates to the number.
    pub bound: Bound,
    /// What sort of number it is.
    pub sort: Sort,
    /// The smallest magnitude that a part of it was written in: what it is printed in.
    pub magnitude: u8,
    /// By how much the number may be off, since its parts were rounded.
    pub slack: Decimal,
}

/// What sort of number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// An amount or a share.
    Level,
    /// By what part something grew: 增长12.5%. It does not add up with shares.
    Growth,
    /// A place in an order: 第3.
    Place,
}

impl Amount {
    /// A count: a bare number.
    pub fn count(number: usize) -> Self {
        Self::bare(Decimal::from(number))
    }

    /// A number without unit.
    pub fn bare(value: Decimal) -> Self {
        Self {
            value,
            unit: None,
            bound: Bound::Exact,
            sort: Sort::Level,
            magnitude: 0,
            slack: Decimal::ZERO,
        }
    }

    /// What a figure says.
    ///
    /// # Errors
    /// Where it has more digits than a decimal holds.
    pub fn of(quantity: &Quantity) -> Result<Self, Trouble> {
        let value = quantity.value().ok_or(Trouble::TooLarge)?;
        // A plain whole number was counted; 22.6万 and 92.2% were rounded.
        let counted = quantity.magnitude == 0 && quantity.precision.places == 0;
        let step = quantity.fine_step().ok_or(Trouble::TooLarge)?;
        let slack = if counted { Decimal::ZERO } else { step / Decimal::TWO };
        let sort = if quantity.is_ordinal() { Sort::Place } else { Sort::Level };
        Ok(Self {
            value,
            unit: Some(quantity.unit.clone()),
            bound: quantity.bound,
            sort,
            magnitude: quantity.magnitude,
            slack,
        })
    }

    /// A number as it stands in a formula: one without unit goes with any.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub fn literal(quantity: &Quantity) -> Result<Self, Trouble> {
        let mut amount = Self::of(quantity)?;
        amount.unit = amount.unit.filter(|unit| !unit.is_empty());
        amount.slack = Decimal::ZERO;
        Ok(amount)
    }

    /// Whether it is a percentage of a whole.
    pub fn is_percent(&self) -> bool {
        self.unit.as_deref() == Some("%")
    }

    /// The unit in messages.
    pub fn unit_words(&self) -> String {
        match (&self.unit, self.sort) {
            (None, _) => "no unit".to_owned(),
            (Some(_), Sort::Growth) => "growth in `%`".to_owned(),
            (Some(unit), _) if unit.is_empty() => "no unit".to_owned(),
            (Some(unit), _) => format!("`{unit}`"),
        }
    }

    /// The unit that two amounts share.
    pub(super) fn joint_unit(
        &self,
        other: &Self,
        doing: &str,
    ) -> Result<Option<String>, Trouble> {
        match (&self.unit, &other.unit) {
            (None, unit) | (unit, None) => Ok(unit.clone()),
            (Some(a), Some(b)) if a == b && self.sort == other.sort => {
                Ok(Some(a.clone()))
            }
            _ => Err(Trouble::Units(format!(
                "{} and {} do not {doing}",
                self.unit_words(),
                other.unit_words()
            ))),
        }
    }

    /// The sum.
    ///
    /// # Errors
    /// Where units differ, bounds pull apart, or the sum is too large.
    pub fn plus(&self, other: &Self) -> Result<Self, Trouble> {
        // 89% up by 3个百分点 is 92%.
        let points = |one: &Self| one.unit.as_deref() == Some(POINTS);
        let unit = match (self, other) {
            (a, b) if a.is_percent() && points(b) && a.sort == Sort::Level => {
                a.unit.clone()
            }
            (a, b) => a.joint_unit(b, "add up")?,
        };
        self.no_place(other)?;
        let value = self.value.checked_add(other.value).ok_or(Trouble::TooLarge)?;
        self.joined(other, value, unit, other.bound)
    }

    /// The difference; of percentages, 个百分点.
    ///
    /// # Errors
    /// As [`Self::plus`].
    pub fn minus(&self, other: &Self) -> Result<Self, Trouble> {
        let levels = self.sort == Sort::Level && other.sort == Sort::Level;
        let unit = if levels && self.is_percent() && other.is_percent() {
            Some(POINTS.to_owned())
        } else if self.is_percent() && other.unit.as_deref() == Some(POINTS) {
            self.unit.clone()
        } else {
            self.joint_unit(other, "subtract")?
        };
        self.no_place(other)?;
        let value = self.value.checked_sub(other.value).ok_or(Trouble::TooLarge)?;
        self.joined(other, value, unit, opposite(other.bound))
    }

    /// The product: one of the two has no unit, or is a share of the other.
    ///
    /// # Errors
    /// Where both have units, or the product is too large.
    pub fn times(&self, other: &Self) -> Result<Self, Trouble> {
        self.no_place(other)?;
        let hundredth = Decimal::new(1, 2);
        let (unit, factor) = match (&self.unit, &other.unit) {
            (None, unit) | (unit, None) => (unit.clone(), Decimal::ONE),
            (Some(unit), _) if other.is_percent() => (Some(unit.clone()), hundredth),
            (_, Some(unit)) if self.is_percent() => (Some(unit.clone()), hundredth),
            _ => {
                return Err(Trouble::Units(format!(
                    "{} times {} has no unit",
                    self.unit_words(),
                    other.unit_words()
                )));
            }
        };
        let value = self
            .value
            .checked_mul(other.value)
            .and_then(|value| value.checked_mul(factor))
            .ok_or(Trouble::TooLarge)?;
        let slack = [(self, other), (other, self)].into_iter().try_fold(
            Decimal::ZERO,
            |sum, (one, by)| {
                let part = one.slack.checked_mul(by.value.abs())?.checked_mul(factor)?;
                sum.checked_add(part)
            },
        );
        let mut made = self.scaled(other, value, unit, other.bound, other.value)?;
        made.slack = slack.ok_or(Trouble::TooLarge)?;
        Ok(made)
    }

    /// The quotient: of one unit a bare number, else something per something.
    ///
    /// # Errors
    /// Where the divisor is nought, or the quotient is too large.
    pub fn over(&self, other: &Self, divisor: &str) -> Result<Self, Trouble> {
        self.no_place(other)?;
        if other.value.is_zero() {
            return Err(Trouble::ZeroDivision(divisor.to_owned()));
        }
        let unit = match (&self.unit, &other.unit) {
            (unit, None) => unit.clone(),
            (Some(a), Some(b)) if a == b => None,
            (Some(a), Some(b)) if !a.is_empty() && !b.is_empty() => {
                Some(format!("{a}/{b}"))
            }
            (None, Some(_)) => None,
            _ => {
                return Err(Trouble::Units(format!(
                    "{} divided by {} has no unit",
                    self.unit_words(),
                    other.unit_words()
                )));
            }
        };
        let value = self.value.checked_div(other.value).ok_or(Trouble::TooLarge)?;
        let by = opposite(other.bound);
        let mut made = self.scaled(other, value, unit, by, other.value)?;
        let slack = other.slack.checked_mul(value.abs());
        let slack = slack.and_then(|slack| slack.checked_add(self.slack));
        let slack = slack.and_then(|slack| slack.checked_div(other.value.abs()));
        made.slack = slack.ok_or(Trouble::TooLarge)?;
        made.magnitude = 0;
        Ok(made)
    }

    /// With the sign turned.
    pub fn negative(&self) -> Self {
        Self { value: -self.value, bound: opposite(self.bound), ..self.clone() }
    }

    fn no_place(&self, other: &Self) -> Result<(), Trouble> {
        if self.sort == Sort::Place || other.sort == Sort::Place {
            let text = "a place in an order (第3) is not computed with";
            return Err(Trouble::Sort(text.to_owned()));
        }
        Ok(())
    }

    fn joined(
        &self,
        other: &Self,
        value: Decimal,
        unit: Option<String>,
        bound: Bound,
    ) -> Result<Self, Trouble> {
        // A bare number is written in no magnitude of its own.
        let magnitude = match (&self.unit, &other.unit) {
            (Some(_), None) => self.magnitude,
            (None, Some(_)) => other.magnitude,
            _ => self.magnitude.min(other.magnitude),
        };
        Ok(Self {
            value,
            unit,
            bound: joint(self.bound, bound)?,
            sort: if self.unit.is_some() { self.sort } else { other.sort },
            magnitude,
            slack: self.slack.checked_add(other.slack).ok_or(Trouble::TooLarge)?,
        })
    }

    fn scaled(
        &self,
        other: &Self,
        value: Decimal,
        unit: Option<String>,
        bound: Bound,
        by: Decimal,
    ) -> Result<Self, Trouble> {
        let turn = |bound, by: Decimal| {
            if by.is_sign_negative() { opposite(bound) } else { bound }
        };
        let bound = joint(turn(self.bound, by), turn(bound, self.value))?;
        let magnitude =
            if self.unit.is_some() { self.magnitude } else { other.magnitude };
        Ok(Self {
            value,
            unit,
            bound,
            sort: Sort::Level,
            magnitude,
            slack: Decimal::ZERO,
        })
    }

    /// The amount for print: in `declared` (万元, %), where that is given, and rounded; also
    /// the value before rounding, in the unit without magnitude.
    ///
    /// # Errors
    /// Where the declared unit is not that of the amount.
    pub fn print(
        &self,
        declared: Option<&str>,
        rounding: Option<Rounding>,
    ) -> Result<(Quantity, Decimal), Trouble> {
        let (unit, magnitude, factor) = self.printed_unit(declared)?;
        let exact = self.value.checked_mul(factor).ok_or(Trouble::TooLarge)?;
        let power =
            (0..magnitude).try_fold(Decimal::ONE, |p, _| p.checked_mul(Decimal::TEN));
        let number =
            power.and_then(|power| exact.checked_div(power)).ok_or(Trouble::TooLarge)?;
        let shares = unit == "%" || unit == POINTS;
        let usual = if shares { SHARE_PLACES } else { OTHER_PLACES };
        let number = match rounding {
            Some(rounding) => rounding.apply(number),
            // What comes out even is printed whole.
            None if number.normalize().scale() <= WHOLE_PLACES => number.normalize(),
            None => Rounding::half_up(usual).apply(number),
        };
        if self.sort == Sort::Place {
            let text = format!("第{number}{unit}");
            let made = Quantity::parse(&text, None).map_err(|_| Trouble::TooLarge)?;
            return Ok((made, exact));
        }
        let made = Quantity::compose(number, magnitude, self.bound, &unit);
        made.map(|made| (made, exact)).ok_or(Trouble::TooLarge)
    }

    fn printed_unit(
        &self,
        declared: Option<&str>,
    ) -> Result<(String, u8, Decimal), Trouble> {
        let own = self.unit.clone().unwrap_or_default();
        let Some(declared) = declared.map(str::trim).filter(|unit| !unit.is_empty())
        else {
            return Ok((own, self.magnitude, Decimal::ONE));
        };
        let one = Quantity::parse(&format!("1{declared}"), None);
        let one = one.map_err(|_| Trouble::Units(format!("`{declared}` is no unit")))?;
        let factor = match (&self.unit, one.unit.as_str()) {
            (None, "%") if self.sort == Sort::Level => Decimal::ONE_HUNDRED,
            (None, "‰") => Decimal::ONE_THOUSAND,
            (None, _) => Decimal::ONE,
            (Some(unit), wanted) if unit == wanted => Decimal::ONE,
            // 人均35元 is said of 元/人.
            (Some(unit), wanted) if unit.split('/').next() == Some(wanted) => {
                Decimal::ONE
            }
            (Some(_), wanted) if self.sort == Sort::Place && !wanted.is_empty() => {
                Decimal::ONE
            }
            (Some(_), wanted) => {
                return Err(Trouble::Units(format!(
                    "it comes out in {}, and `unit` says `{wanted}`",
                    self.unit_words()
                )));
            }
        };
        Ok((one.unit, one.magnitude, factor))
    }
}

/// Places of a share that does not come out even and says nothing of rounding.
const SHARE_PLACES: u32 = 1;

/// Places of other values that do not come out even.
const OTHER_PLACES: u32 = 2;

/// Places up to which a value is taken to come out even.
const WHOLE_PLACES: u32 = 4;

/// What is known of a sum of two.
fn joint(one: Bound, other: Bound) -> Result<Bound, Trouble> {
    let up = |bound| matches!(bound, Bound::MoreThan | Bound::AtLeast);
    let down = |bound| matches!(bound, Bound::LessThan | Bound::AtMost | Bound::Nearly);
    Ok(match (one, other) {
        (Bound::Exact, bound) | (bound, Bound::Exact) => bound,
        (a, b) if a == b => a,
        (a, b) if up(a) && up(b) => Bound::MoreThan,
        (a, b) if down(a) && down(b) => Bound::LessThan,
        _ => {
            let text = "one part is a lower bound and another an upper one, so that \
                        nothing is known of the result";
            return Err(Trouble::Sort(text.to_owned()));
        }
    })
}

/// What is known of a number with its sign turned.
fn opposite(bound: Bound) -> Bound {
    match bound {
        Bound::MoreThan => Bound::LessThan,
        Bound::AtLeast => Bound::AtMost,
        Bound::LessThan | Bound::Nearly => Bound::MoreThan,
        Bound::AtMost => Bound::AtLeast,
        same => same,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Amount {
        let quantity = Quantity::parse(text, None).expect("a quantity");
        Amount::of(&quantity).expect("a small one")
    }

    fn printed(amount: Result<Amount, Trouble>, unit: Option<&str>) -> String {
        amount
            .and_then(|one| one.print(unit, None))
            .map_or_else(|trouble| format!("!{trouble}"), |(made, _)| made.text)
    }

    #[test]
    fn units_are_kept_and_unlike_ones_refused() {
        let of = amount;
        assert_eq!(printed(of("1.19亿元").plus(&of("3万元")), None), "11903万元");
        assert_eq!(printed(of("92.2%").minus(&of("89.1%")), None), "3.1个百分点");
        assert_eq!(printed(of("89.1%").plus(&of("3.1个百分点")), None), "92.2%");
        assert_eq!(printed(of("20个").over(&of("141个"), ""), Some("%")), "14.2%");
        assert_eq!(printed(of("60万元").over(&of("300人"), ""), Some("元")), "2000元");
        assert_eq!(printed(of("60万元").over(&of("300人"), ""), None), "2000元/人");
        assert_eq!(printed(of("200家").times(&of("5%")), None), "10家");
        assert_eq!(
            printed(of("3家").plus(&of("3元")), None),
            "!`家` and `元` do not add up"
        );
        assert_eq!(
            printed(of("3家").times(&of("3元")), None),
            "!`家` times `元` has no unit"
        );
        assert_eq!(
            printed(of("20个").over(&of("0个"), "total"), None),
            "!`total` is nought, and divides"
        );
        assert_eq!(
            printed(Ok(of("20个")), Some("家")),
            "!it comes out in `个`, and `unit` says `家`"
        );
    }

    #[test]
    fn what_is_not_exact_says_so_in_the_result() {
        let of = amount;
        assert_eq!(printed(of("120余人").plus(&of("30人")), None), "超过150人");
        assert_eq!(printed(of("约35万元").plus(&of("3.5万元")), None), "约38.5万元");
        assert_eq!(printed(of("30人").minus(&of("20余人")), None), "不足10人");
        assert!(of("120余人").plus(&of("不到30人")).is_err());
        assert!(of("120余人").minus(&of("20余人")).is_err());
    }
}
