//! What a number in a cell means to the person who sees it: number formats (ECMA-376 part
//! 1, 18.8.30 and 18.8.31).

use jiff::ToSpan;
use jiff::civil;

use crate::tree::Value;

/// How a number is shown, as far as it changes what the number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// As a number or as text.
    Number,
    /// As a percentage with this number of decimals.
    Percent(usize),
    /// As a date, a time or both.
    Date(Shown),
    /// As hours, minutes and seconds that passed (`[h]:mm:ss`).
    Duration,
}

/// The parts of a date that a format shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Shown {
    year: bool,
    month: bool,
    day: bool,
    time: bool,
}

impl Format {
    /// The format of a number that files do not explain; 27 to 58 as in Chinese Excel.
    pub(super) fn built_in(id: u32) -> Self {
        Self::of_code(match id {
            9 => "0%",
            10 => "0.00%",
            14 | 30 => "m/d/yy",
            15 | 31 => "yyyy\"年\"m\"月\"d\"日\"",
            16 | 28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
            17 | 27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
            18..=21 | 32..=35 | 45 | 47 | 55 | 56 => "h:mm:ss",
            22 => "m/d/yy h:mm",
            46 => "[h]:mm:ss",
            _ => "General",
        })
    }

    /// The format of a format code; its first section counts, that for positive numbers.
    pub(super) fn of_code(code: &str) -> Self {
        let mut shown = Shown::default();
        let (mut digits, mut decimals, mut point, mut percent) = (false, 0, false, false);
        let mut months = Months::default();
        let general =
            code.get(..7).is_some_and(|code| code.eq_ignore_ascii_case("general"));
        let mut chars = code.chars().peekable();
        while let Some(c) = chars.next() {
            match c.to_ascii_lowercase() {
                ';' => break,
                '"' => while chars.next().is_some_and(|c| c != '"') {},
                // The next character is a literal, a width, or a filler.
                '\\' | '_' | '*' => {
                    chars.next();
                }
                '[' => {
                    let inside: String =
                        chars.by_ref().take_while(|c| *c != ']').collect();
                    let inside = inside.to_ascii_lowercase();
                    let first = inside.chars().next().unwrap_or(' ');
                    if "hms".contains(first) && inside.chars().all(|c| c == first) {
                        return Self::Duration;
                    }
                }
                'g' if general => return Self::Number,
                '0' | '#' | '?' => {
                    digits = true;
                    decimals += usize::from(point);
                }
                '.' => point = true,
                '%' => percent = true,
                // An exponent, `E+00`; else the year of an era.
                'e' if digits && chars.next_if(|c| "+-".contains(*c)).is_some() => {}
                'y' | 'e' => {
                    shown.year = true;
                    months.other();
                }
                'd' => {
                    shown.day = true;
                    months.other();
                }
                'h' => {
                    shown.time = true;
                    months.hour();
                }
                's' => {
                    shown.time = true;
                    months.second();
                }
                'm' => months.month_or_minute(),
                // AM/PM, A/P.
                'a' | 'p' if chars.peek().is_some_and(|c| "mM/".contains(*c)) => {
                    chars.next_if(|c| "mM".contains(*c));
                }
                _ => {}
            }
        }
        shown.month = months.finish();
        if percent && digits {
            Self::Percent(decimals)
        } else if shown != Shown::default() {
            Self::Date(shown)
        } else {
            Self::Number
        }
    }

    /// What a number in a cell is; `None` where it is a date that does not exist.
    pub(super) fn apply(self, number: f64, from_1904: bool) -> Option<Value> {
        Some(match self {
            Self::Number => Value::Number(Decimal::of(number).to_string()),
            Self::Percent(decimals) => {
                let mut decimal = Decimal::of(number);
                decimal.point += 2;
                decimal.round(decimals);
                Value::Text(format!("{decimal}%"))
            }
            Self::Duration => {
                let seconds = (number * 86_400.0).round();
                if !(0.0..1e12).contains(&seconds) {
                    return None;
                }
                let seconds = seconds as u64;
                let (hours, rest) = (seconds / 3600, seconds % 3600);
                Value::Text(format!("{hours}:{:02}:{:02}", rest / 60, rest % 60))
            }
            Self::Date(shown) => Value::Date(date(number, from_1904, shown)?),
        })
    }
}

/// Tells months from minutes: `m` is a minute after an hour or before a second.
#[derive(Debug, Default)]
struct Months {
    found: bool,
    /// A run of `m` that may yet turn out to be minutes.
    pending: bool,
    after_hour: bool,
}

impl Months {
    fn month_or_minute(&mut self) {
        self.pending |= !self.after_hour;
    }

    fn hour(&mut self) {
        self.other();
        self.after_hour = true;
    }

    fn second(&mut self) {
        self.pending = false;
        self.after_hour = false;
    }

    fn other(&mut self) {
        self.found |= self.pending;
        self.pending = false;
        self.after_hour = false;
    }

    fn finish(mut self) -> bool {
        self.other();
        self.found
    }
}

/// The days that a serial date may have: up to the end of 9999.
const LAST_DAY: f64 = 2_958_466.0;

/// A serial date in ISO 8601, as fine as it is shown.
fn date(serial: f64, from_1904: bool, shown: Shown) -> Option<String> {
    if !(0.0..LAST_DAY).contains(&serial) {
        return None;
    }
    // Whole seconds, or 13:30 becomes 13:29:59.999.
    let seconds = (serial * 86_400.0).round() as i64;
    let (days, seconds) = (seconds / 86_400, seconds % 86_400);
    let time =
        format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if shown.time && !shown.year && !shown.month && !shown.day {
        return Some(time);
    }
    let day = match (from_1904, days) {
        (true, days) => civil::date(1904, 1, 1).checked_add(days.days()),
        // Excel has a 29 February 1900 (day 60) and a day 0, both of which never were.
        (false, 0 | 60) => return None,
        (false, 1..60) => civil::date(1899, 12, 31).checked_add(days.days()),
        (false, days) => civil::date(1899, 12, 30).checked_add(days.days()),
    };
    let day = day.ok()?;
    let (year, month) = (day.year(), day.month());
    Some(match shown {
        Shown { year: true, month: false, day: false, time: false } => {
            format!("{year:04}")
        }
        Shown { year: true, month: true, day: false, time: false } => {
            format!("{year:04}-{month:02}")
        }
        Shown { time: true, .. } if seconds != 0 => format!("{day}T{time}"),
        _ => day.to_string(),
    })
}

/// A decimal number of at most 15 significant digits, which is what Excel keeps and
/// shows; the sixteenth and seventeenth of a stored number are noise of its binary form.
#[derive(Debug)]
struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    /// Where the decimal point is: after this many digits.
    point: i32,
}

impl Decimal {
    fn of(number: f64) -> Self {
        let text = format!("{:.14e}", number.abs());
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let digits =
            mantissa.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0');
        let mut decimal = Self {
            negative: number < 0.0,
            digits: digits.collect(),
            point: exponent.parse::<i32>().unwrap_or_default() + 1,
        };
        decimal.trim();
        decimal
    }

    fn trim(&mut self) {
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            self.point = 1;
            self.negative = false;
        }
    }

    /// Rounds half away from zero, as Excel does.
    fn round(&mut self, decimals: usize) {
        let keep =
            i64::from(self.point) + i64::try_from(decimals).unwrap_or(i64::MAX / 2);
        let Ok(keep) = usize::try_from(keep) else {
            self.digits.clear();
            return self.trim();
        };
        if keep >= self.digits.len() {
            return;
        }
        let up = self.digits[keep] >= 5;
        self.digits.truncate(keep);
        if up {
            let mut carry = true;
            for digit in self.digits.iter_mut().rev() {
                *digit += 1;
                carry = *digit == 10;
                if !carry {
                    break;
                }
                *digit = 0;
            }
            if carry {
                self.digits.insert(0, 1);
                self.point += 1;
            }
        }
        self.trim();
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        let digits: String =
            self.digits.iter().map(|digit| char::from(b'0' + digit)).collect();
        match usize::try_from(self.point) {
            _ if digits.is_empty() => write!(f, "0"),
            // Beyond any figure that people write out.
            _ if !(-30..=30).contains(&self.point) => {
                write!(f, "{sign}0.{digits}e{}", self.point)
            }
            Ok(point) if point >= digits.len() => {
                write!(f, "{sign}{digits}{}", "0".repeat(point - digits.len()))
            }
            Ok(0) => write!(f, "{sign}0.{digits}"),
            Ok(point) => write!(f, "{sign}{}.{}", &digits[..point], &digits[point..]),
            Err(_) => {
                let zeros = "0".repeat(self.point.unsigned_abs() as usize);
                write!(f, "{sign}0.{zeros}{digits}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date_format(parts: &str) -> Format {
        Format::Date(Shown {
            year: parts.contains('y'),
            month: parts.contains('m'),
            day: parts.contains('d'),
            time: parts.contains('t'),
        })
    }

    #[test]
    fn codes_are_understood() {
        for (code, format) in [
            ("General", Format::Number),
            ("General\"万元\"", Format::Number),
            ("0.00", Format::Number),
            ("#,##0.00_);[Red](#,##0.00)", Format::Number),
            ("0.00E+00", Format::Number),
            ("# ?/?", Format::Number),
            ("@", Format::Number),
            ("0\"days\"", Format::Number),
            ("[Red]0", Format::Number),
            ("[$¥-804]#,##0.00", Format::Number),
            ("", Format::Number),
            ("0%", Format::Percent(0)),
            ("0.00%;[Red]-0.00%", Format::Percent(2)),
            ("#,##0.0\\%", Format::Number),
            ("yyyy/m/d", date_format("ymd")),
            ("yyyy\"年\"m\"月\"d\"日\";@", date_format("ymd")),
            ("[$-804]yyyy\"年\"m\"月\"", date_format("ym")),
            ("[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@", date_format("ymd")),
            ("yyyy", date_format("y")),
            ("m\"月\"d\"日\"", date_format("md")),
            ("mmm-yy", date_format("ym")),
            ("h:mm", date_format("t")),
            ("mm:ss", date_format("t")),
            ("h:mm AM/PM", date_format("t")),
            ("上午/下午h\"时\"mm\"分\"", date_format("t")),
            ("yyyy-mm-dd hh:mm:ss", date_format("ymdt")),
            ("[h]:mm", Format::Duration),
            ("[mm]:ss", Format::Duration),
        ] {
            assert_eq!(Format::of_code(code), format, "{code}");
        }
        assert_eq!(Format::built_in(57), date_format("ym"));
        assert_eq!(Format::built_in(31), date_format("ymd"));
        assert_eq!(Format::built_in(0), Format::Number);
    }

    #[test]
    fn numbers_are_as_people_typed_them() {
        for (number, text) in [
            (12.0, "12"),
            ("22.600000000000001".parse().expect("a number"), "22.6"),
            (0.1 + 0.2, "0.3"),
            (1.19e-2, "0.0119"),
            (-0.0, "0"),
            (-5e-7, "-0.0000005"),
            (1.2e7, "12000000"),
            (123456789012345.0, "123456789012345"),
            (123456789012345678.0, "123456789012346000"),
            (1.0 / 3.0, "0.333333333333333"),
            (1e300, "0.1e301"),
        ] {
            let value = Format::Number.apply(number, false);
            assert_eq!(value, Some(Value::Number(text.to_owned())));
        }
    }

    #[test]
    fn percentages_are_as_people_see_them() {
        for (number, decimals, text) in [
            (0.922, 2, "92.2%"),
            (0.922, 0, "92%"),
            (0.9995, 1, "100%"),
            (0.0005, 1, "0.1%"),
            (0.0004, 1, "0%"),
            (-0.1234, 1, "-12.3%"),
            (1.5, 0, "150%"),
            (0.29, 2, "29%"),
            (0.0, 2, "0%"),
        ] {
            let value = Format::Percent(decimals).apply(number, false);
            assert_eq!(value, Some(Value::Text(text.to_owned())), "{number}");
        }
    }

    #[test]
    fn dates_are_as_fine_as_they_are_shown() {
        for (serial, parts, text) in [
            (43895.0, "ymd", "2020-03-05"),
            (43895.5625, "ymd", "2020-03-05"),
            (43895.5625, "ymdt", "2020-03-05T13:30:00"),
            (43895.999999999, "ymdt", "2020-03-06"),
            (43895.0, "ymdt", "2020-03-05"),
            (43891.0, "ym", "2020-03"),
            (43831.0, "y", "2020"),
            (43895.0, "md", "2020-03-05"),
            (0.5625, "t", "13:30:00"),
            (1.0, "ymd", "1900-01-01"),
            (59.0, "ymd", "1900-02-28"),
            (61.0, "ymd", "1900-03-01"),
            (2958465.0, "ymd", "9999-12-31"),
        ] {
            let value = date_format(parts).apply(serial, false);
            assert_eq!(value, Some(Value::Date(text.to_owned())), "{serial} {parts}");
        }
        let value = date_format("ymd").apply(42433.0, true);
        assert_eq!(value, Some(Value::Date("2020-03-05".to_owned())));
        for serial in [0.0, 60.0, -1.0, 2958466.0, 1e300] {
            assert_eq!(date_format("ymd").apply(serial, false), None, "{serial}");
        }
        let value = Format::Duration.apply(1.5, false);
        assert_eq!(value, Some(Value::Text("36:00:00".to_owned())));
    }

    proptest! {
        #[test]
        fn decimals_read_back(number in -1e15..1e15_f64) {
            let text = Decimal::of(number).to_string();
            let back: f64 = text.parse().expect("it is a number");
            prop_assert!((back - number).abs() <= number.abs() * 1e-14, "{text}");
        }

        #[test]
        fn any_code_and_number_are_taken(code in "\\PC{0,12}|[ymdhs0#.%;\\[\\]\"\\\\_*aAp/e+-]{0,12}", number in any::<f64>()) {
            prop_assume!(number.is_finite());
            Format::of_code(&code).apply(number, true);
            Format::of_code(&code).apply(number, false);
        }
    }
}
