//! Dates as coarse as a year and as fine as a day (GB/T 7408, ISO 8601).

use std::fmt;

/// A day, a month or a year of the Gregorian calendar.
///
/// Ordered by year, then month, then day, a coarser date before the finer ones in it; use
/// [`Date::first_day`] and [`Date::last_day`] where "before" must be certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year, 1 to 9999.
    pub year: i16,
    /// The month, 1 to 12, where it is known.
    pub month: Option<i8>,
    /// The day of the month, where it is known; never without the month.
    pub day: Option<i8>,
}

impl Date {
    /// Makes a date of the calendar; `None` for a day or month that does not exist.
    pub fn new(year: i16, month: Option<i8>, day: Option<i8>) -> Option<Self> {
        if !(1..=9999).contains(&year) || (month.is_none() && day.is_some()) {
            return None;
        }
        jiff::civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(Self { year, month, day })
    }

    /// The first day that the date covers.
    pub fn first_day(self) -> jiff::civil::Date {
        jiff::civil::Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
            .expect("the constructor checked the date")
    }

    /// The last day that the date covers.
    pub fn last_day(self) -> jiff::civil::Date {
        let first = self.first_day();
        match (self.month, self.day) {
            (Some(_), Some(_)) => first,
            (Some(_), None) => first.last_of_month(),
            _ => first.last_of_year(),
        }
    }
}

/// ISO 8601: `2021`, `2021-03`, `2021-03-05`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}
