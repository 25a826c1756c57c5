//! How a computed value is rounded for print.

use std::fmt;

use rust_decimal::RoundingStrategy;

use super::{Decimal, half_width};

/// The most decimal places that a value may be rounded to.
pub const ROUNDING_MAX_PLACES: u32 = 12;

/// To how many places a value is rounded, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounding {
    /// Digits after the decimal point, in the unit of print (万元).
    pub places: u32,
    /// Which way.
    pub mode: RoundingMode,
}

/// Which way a value is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RoundingMode {
    /// 四舍五入: to the nearest, a half away from zero.
    #[default]
    HalfUp,
    /// 四舍六入五成双: to the nearest, a half to the even digit (GB/T 8170-2008, 3.2, cited
    /// from memory of the rule, its text was not at hand).
    HalfEven,
    /// 只舍不入: towards zero.
    Down,
    /// 只入不舍: away from zero.
    Up,
}

/// The words for each way; the first is what messages say.
const MODES: [(RoundingMode, &[&str]); 4] = [
    (RoundingMode::HalfUp, &["四舍五入", "half-up"]),
    (RoundingMode::HalfEven, &["四舍六入五成双", "修约", "half-even"]),
    (RoundingMode::Down, &["只舍不入", "去尾", "down"]),
    (RoundingMode::Up, &["只入不舍", "进一", "up"]),
];

impl Rounding {
    /// To the nearest, a half away from zero.
    pub fn half_up(places: u32) -> Self {
        Self { places: places.min(ROUNDING_MAX_PLACES), mode: RoundingMode::HalfUp }
    }

    /// Reads `1`, `1位小数`, `整数`, `保留2位小数，只舍不入`, `1 half-even`.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = half_width(text);
        let mut rest = plain.trim();
        let mut mode = RoundingMode::HalfUp;
        for (one, words) in MODES {
            if let Some(before) = words.iter().find_map(|word| rest.strip_suffix(word)) {
                (mode, rest) = (one, before.trim_end_matches([',', ' ', '、']));
                break;
            }
        }
        let digits = rest.trim_start_matches("保留").trim();
        let digits = digits.trim_end_matches("小数").trim_end_matches('位').trim();
        let places = match digits {
            "整数" | "取整" => 0,
            digits => digits.parse().ok().filter(|one| *one <= ROUNDING_MAX_PLACES)?,
        };
        Some(Self { places, mode })
    }

    /// The number, rounded, with all its places: 50 to one place is `50.0`; an exact
    /// number keeps no noughts.
    pub fn apply(self, number: Decimal) -> Decimal {
        let strategy = match self.mode {
            RoundingMode::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            RoundingMode::HalfEven => RoundingStrategy::MidpointNearestEven,
            RoundingMode::Down => RoundingStrategy::ToZero,
            RoundingMode::Up => RoundingStrategy::AwayFromZero,
        };
        let exact = number.normalize();
        if exact.scale() <= self.places {
            return exact;
        }
        let mut rounded = number.round_dp_with_strategy(self.places, strategy);
        rounded.rescale(self.places);
        rounded
    }
}

impl fmt::Display for Rounding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = MODES.iter().find(|(mode, _)| *mode == self.mode);
        let word = word.and_then(|(_, words)| words.first()).unwrap_or(&"");
        write!(f, "{} {word}", self.places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(text: &str, number: &str) -> Option<String> {
        let number = Decimal::from_str_exact(number).expect("a number");
        Some(Rounding::parse(text)?.apply(number).to_string())
    }

    #[test]
    fn the_ways_of_rounding_are_read_and_carried_out() {
        for (text, number, expected) in [
            ("1", "92.157", "92.2"),
            ("1位小数", "92.15", "92.2"),
            ("保留1位小数，四舍六入五成双", "92.25", "92.2"),
            ("1，只舍不入", "92.19", "92.1"),
            ("0 up", "92.01", "93"),
            ("整数", "92.5", "93"),
            ("2", "50.001", "50.00"),
            ("2", "50", "50"),
        ] {
            assert_eq!(rounded(text, number).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "一位", "13", "-1", "四舍五入"] {
            assert_eq!(Rounding::parse(text), None, "{text}");
        }
        let even = Rounding::parse("2 half-even").expect("a rounding");
        assert_eq!(Rounding::parse(&even.to_string()), Some(even));
    }
}
