//! What a publication reports on: a year, quarter, month or range of days.

use std::fmt;

use super::{Date, DateError, scan};

/// The longest text that is tried as a period, in bytes.
const PERIOD_MAX_BYTES: usize = 160;

/// A stretch of days with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A calendar year.
    Year(i16),
    /// A quarter, 1 to 4.
    Quarter(i16, i8),
    /// A month, 1 to 12.
    Month(i16, i8),
    /// From the first day of one date to the last day of another.
    Range(Date, Date),
}

impl Period {
    /// The first day.
    pub fn first_day(self) -> jiff::civil::Date {
        let of = |year, month| jiff::civil::Date::constant(year, month, 1);
        match self {
            Self::Year(year) => of(year, 1),
            Self::Quarter(year, quarter) => of(year, quarter * 3 - 2),
            Self::Month(year, month) => of(year, month),
            Self::Range(from, _) => from.first_day(),
        }
    }

    /// The last day.
    pub fn last_day(self) -> jiff::civil::Date {
        let of =
            |year, month| jiff::civil::Date::constant(year, month, 1).last_of_month();
        match self {
            Self::Year(year) => of(year, 12),
            Self::Quarter(year, quarter) => of(year, quarter * 3),
            Self::Month(year, month) => of(year, month),
            Self::Range(_, to) => to.last_day(),
        }
    }

    /// Whether every day of a date lies in the period.
    pub fn contains(self, date: Date) -> bool {
        self.first_day() <= date.first_day() && date.last_day() <= self.last_day()
    }

    /// Whether every day of another period lies in this one.
    pub fn covers(self, other: Self) -> bool {
        self.first_day() <= other.first_day() && other.last_day() <= self.last_day()
    }
}

/// Why a text is no period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeriodError {
    /// The text is not in one of the forms of a period.
    Form,
    /// There is no such quarter.
    NoQuarter(i64),
    /// One of its dates does not exist.
    Date(DateError),
    /// It ends before it begins.
    Reversed(Date, Date),
}

impl fmt::Display for PeriodError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form => write!(f, "it is not in the form of a period"),
            Self::NoQuarter(quarter) => {
                write!(f, "a year has 4 quarters, not {quarter}")
            }
            Self::Date(error) => error.fmt(f),
            Self::Reversed(from, to) => {
                write!(f, "it ends at {to}, before it begins at {from}")
            }
        }
    }
}

impl std::error::Error for PeriodError {}

impl From<DateError> for PeriodError {
    fn from(error: DateError) -> Self {
        match error {
            DateError::Form => Self::Form,
            error => Self::Date(error),
        }
    }
}

impl Period {
    /// Reads a period: `2021`, `2021-Q1`, `2021-03`, `2021-03-01/2021-03-15`, `2021年3月`,
    /// `2021年第一季度`, `2021年上半年`, `2021年3月1日—2021年3月15日`; a day alone is a range of
    /// one day.
    ///
    /// # Errors
    /// Where the text is in none of these forms, names a date or quarter that does not
    /// exist, or ends before it begins.
    pub fn parse(text: &str) -> Result<Self, PeriodError> {
        if text.len() > PERIOD_MAX_BYTES {
            return Err(PeriodError::Form);
        }
        let plain = scan::half_width(text);
        let plain = plain.trim();
        for mark in ["/", "——", "—", "–", "~", "～", "至", "到"] {
            let Some((from, to)) = plain.split_once(mark) else { continue };
            // 2021/3/5 is a date.
            if let (Ok(from), Ok(to)) = (Date::parse(from), Date::parse(to)) {
                if from.first_day() > to.last_day() {
                    return Err(PeriodError::Reversed(from, to));
                }
                return Ok(Self::Range(from, to));
            }
        }
        if let Some(quarter) = quarter(plain) {
            return quarter;
        }
        for (half, from, to) in [("上半年", 1, 6), ("下半年", 7, 12)] {
            if let Some(year) = plain.strip_suffix(half) {
                let Date { year, month: None, .. } = Date::parse(year)? else {
                    return Err(PeriodError::Form);
                };
                let month = |month| Date { year, month: Some(month), day: None };
                return Ok(Self::Range(month(from), month(to)));
            }
        }
        Ok(Self::from(Date::parse(plain)?))
    }
}

/// A year or month as a period; a day as a range of one day.
impl From<Date> for Period {
    fn from(date: Date) -> Self {
        match (date.month, date.day) {
            (None, _) => Self::Year(date.year),
            (Some(month), None) => Self::Month(date.year, month),
            (Some(_), Some(_)) => Self::Range(date, date),
        }
    }
}

/// `2021-Q1`, `2021Q1`, `2021年第一季度`, `2021年1季度`; `None` for other forms.
fn quarter(text: &str) -> Option<Result<Period, PeriodError>> {
    let (year, number) = if let Some(head) = text.strip_suffix("季度") {
        head.split_once('年')?
    } else {
        text.split_once(['Q', 'q'])?
    };
    let year = year.trim().trim_end_matches('-');
    let number = number.trim().trim_start_matches('第').trim();
    let year = match Date::parse(year) {
        Ok(Date { year, month: None, .. }) => year,
        Ok(_) => return Some(Err(PeriodError::Form)),
        Err(error) => return Some(Err(error.into())),
    };
    let scanned = scan::number(number).ok().flatten().filter(|n| n.rest.is_empty());
    let Some(quarter) = scanned.and_then(|found| i64::try_from(found.number).ok()) else {
        return Some(Err(PeriodError::Form));
    };
    Some(match i8::try_from(quarter) {
        Ok(quarter @ 1..=4) => Ok(Period::Quarter(year, quarter)),
        _ => Err(PeriodError::NoQuarter(quarter)),
    })
}

/// As it is written in data: `2021`, `2021-Q1`, `2021-03`, `2021-03-01/2021-03-15`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Range(from, to) => write!(f, "{from}/{to}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::locale::Language;

    fn shown(text: &str) -> String {
        Period::parse(text).map_or_else(|error| error.to_string(), |one| one.to_string())
    }

    #[test]
    fn the_forms_of_a_period_are_read() {
        for (text, expected) in [
            ("2021", "2021"),
            ("2021-Q1", "2021-Q1"),
            ("2021q4", "2021-Q4"),
            ("2021-03", "2021-03"),
            ("2021-03-01/2021-03-15", "2021-03-01/2021-03-15"),
            ("2019/2021", "2019/2021"),
            ("2021/3", "2021-03"),
            ("2021/3/5", "2021-03-05/2021-03-05"),
            ("2021年3月", "2021-03"),
            ("2021年第一季度", "2021-Q1"),
            ("2021年三季度", "2021-Q3"),
            ("2021 年第 2 季度", "2021-Q2"),
            ("2021年上半年", "2021-01/2021-06"),
            ("2021年3月1日—2021年3月15日", "2021-03-01/2021-03-15"),
            ("2021年3月至2021年5月", "2021-03/2021-05"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_period_is_refused_with_its_reason() {
        assert_eq!(shown("2021-Q5"), "a year has 4 quarters, not 5");
        assert_eq!(shown("2021-02-30"), "February 2021 has 28 days, not 30");
        assert_eq!(
            shown("2021-03/2021-01"),
            "it ends at 2021-01, before it begins at 2021-03"
        );
        for text in ["", "上半年", "Q1", "去年", "2021-Qx", "2021-03-Q1"] {
            assert_eq!(Period::parse(text), Err(PeriodError::Form), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*") {
            let _ = Period::parse(&text);
        }

        #[test]
        fn a_period_comes_back_from_each_way_of_writing_it(
            year in 1000_i16..=9999, month in 1_i8..=12, quarter in 1_i8..=4, form in 0..4,
        ) {
            let date = |month| Date { year, month: Some(month), day: Some(1) };
            let period = match form {
                0 => Period::Year(year),
                1 => Period::Quarter(year, quarter),
                2 => Period::Month(year, month),
                _ => Period::Range(date(1), date(month)),
            };
            prop_assert_eq!(Period::parse(&period.to_string()), Ok(period));
            prop_assert_eq!(Period::parse(&Language::Zh.period(period)), Ok(period));
        }
    }
}
