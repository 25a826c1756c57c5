//! Quantities as people write them: `1200余万元`, `22.6万人次`, `约35万元`, `92.2%`.

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
    /// The unit: `元`, `家`, `人次`, `%`, `个百分点`; empty for a bare number.
    pub unit: String,
}

/// How a value relates to the number that is printed for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

/// How finely a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Precision {
    /// Digits after the decimal point, as written: `15.90` has 2.
    pub places: u32,
}
