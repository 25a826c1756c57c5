//! What a publication reports on: a year, quarter, month or range of days.

use std::fmt;

use super::Date;

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
