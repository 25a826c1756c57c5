//! Sizes of type, in points, millimetres or Chinese sizes (字号).

use std::fmt;
use std::str::FromStr as _;

use rust_decimal::Decimal;

/// The Chinese sizes in points. 三号 is 15.75 pt, an eighth less than Word's 16 pt: only
/// then 22 lines of 28 characters fill the type area of GB/T 9704-2012; the others are as
/// word processors have them (practice, no standard at hand).
const NAMED: [(&str, &str); 16] = [
    ("初号", "42"),
    ("小初", "36"),
    ("一号", "26"),
    ("小一", "24"),
    ("二号", "22"),
    ("小二", "18"),
    ("三号", "15.75"),
    ("小三", "15"),
    ("四号", "14"),
    ("小四", "12"),
    ("五号", "10.5"),
    ("小五", "9"),
    ("六号", "7.5"),
    ("小六", "6.5"),
    ("七号", "5.5"),
    ("八号", "5"),
];

/// The largest size: the name of a sheet over its whole width.
const MAX_POINTS: i64 = 200;

/// Decimals of a point that are kept.
const PRECISION: u32 = 3;

/// A size of type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Size {
    points: Decimal,
}

/// Why a text is no size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SizeError {
    /// It is not a number with a unit, nor the name of a size.
    Unreadable,
    /// It is nothing, or more than fits.
    OutOfRange,
}

impl Size {
    /// The size of `12pt`, `4.2mm` or `小四`.
    ///
    /// # Errors
    /// When it is none, or not above zero and at most 200 pt.
    pub fn parse(text: &str) -> Result<Self, SizeError> {
        let text = text.trim();
        let named = NAMED.iter().find(|(name, _)| *name == text);
        let number = |digits: &str| {
            let digits = digits.trim_end();
            let plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            let number = plain.then(|| Decimal::from_str(digits).ok()).flatten();
            number.ok_or(SizeError::Unreadable)
        };
        let points = if let Some((_, points)) = named {
            number(points)?
        } else if let Some(points) = text.strip_suffix("pt") {
            number(points)?
        } else if let Some(millimetres) = text.strip_suffix("mm") {
            // One inch is 25.4 mm and 72 pt.
            let inches = number(millimetres)?.checked_div(Decimal::new(254, 1));
            let points = inches.and_then(|inches| inches.checked_mul(Decimal::from(72)));
            points.ok_or(SizeError::OutOfRange)?
        } else {
            return Err(SizeError::Unreadable);
        };
        let points = points.round_dp(PRECISION).normalize();
        if points <= Decimal::ZERO || points > Decimal::from(MAX_POINTS) {
            return Err(SizeError::OutOfRange);
        }
        Ok(Self { points })
    }

    /// The names of Chinese sizes, for "did you mean".
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMED.iter().map(|(name, _)| *name)
    }

    /// How many times another size it is, to three decimals.
    pub fn times(self, other: Self) -> Decimal {
        let times = self.points.checked_div(other.points);
        times.unwrap_or(Decimal::ONE).round_dp(PRECISION).normalize()
    }
}

/// As CSS and Typst write it: `15.75pt`.
impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}pt", self.points)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_points_millimetres_or_names() {
        let shown = |text: &str| Size::parse(text).map(|size| size.to_string());
        assert_eq!(shown("12pt"), Ok("12pt".into()));
        assert_eq!(shown("15.75 pt"), Ok("15.75pt".into()));
        assert_eq!(shown("25.4mm"), Ok("72pt".into()));
        assert_eq!(shown("三号"), Ok("15.75pt".into()));
        for text in ["", "12", "12px", "pt", "三 号", "1e3pt", "-3pt", "12.1.2pt"] {
            assert_eq!(shown(text), Err(SizeError::Unreadable), "{text}");
        }
        for text in ["0pt", "201pt", "99999999999mm"] {
            assert_eq!(shown(text), Err(SizeError::OutOfRange), "{text}");
        }
    }

    #[test]
    fn sizes_are_compared_by_what_they_are() {
        let size = |text| Size::parse(text).expect("it is a size");
        assert_eq!(size("22pt").times(size("12pt")).to_string(), "1.833");
        assert_eq!(size("初号"), size("42pt"));
    }
}
