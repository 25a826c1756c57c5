//! Dates as coarse as a year and as fine as a day (GB/T 7408, ISO 8601).

use std::fmt;

use rust_decimal::prelude::ToPrimitive;

use super::scan;

/// The longest text that is tried as a date, in bytes.
const DATE_MAX_BYTES: usize = 80;

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

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateError {
    /// The text is not in one of the forms of a date.
    Form,
    /// The year is not between 1 and 9999.
    NoYear,
    /// There is no such month.
    NoMonth(i64),
    /// There is no such day; the month and how many days it has.
    NoDay {
        /// The day that was written.
        day: i64,
        /// The year and month.
        month: Date,
        /// The days of that month.
        days: i8,
    },
}

impl DateError {
    /// Whether the text has the form of a date that the calendar does not have.
    pub fn is_impossible(&self) -> bool {
        !matches!(self, Self::Form)
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form => write!(f, "it is not in the form of a date"),
            Self::NoYear => write!(f, "years run from 1 to 9999"),
            Self::NoMonth(month) => write!(f, "a year has 12 months, not {month}"),
            Self::NoDay { day, month, days } => {
                let name =
                    MONTHS[usize::from(month.month.unwrap_or(1).unsigned_abs()) - 1];
                write!(f, "{name} {} has {days} days, not {day}", month.year)
            }
        }
    }
}

impl std::error::Error for DateError {}

/// The English names of the months.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Date {
    /// Reads a date: `2021`, `2021-03`, `2021-03-05`, `2021/3/5`, `2021.3.5`, `20210305`,
    /// `2021年3月5日`, `二〇二一年三月`; a time after it (`2021-03-05T09:00:00Z`) is cut off.
    ///
    /// # Errors
    /// Where the text is in none of these forms, or names a day that the calendar does
    /// not have.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        if text.len() > DATE_MAX_BYTES {
            return Err(DateError::Form);
        }
        let plain = scan::half_width(text);
        let plain = plain.trim();
        let parts = parts(without_time(plain)).ok_or(DateError::Form)?;
        Self::from_parts(parts)
    }

    fn from_parts(parts: [Option<i64>; 3]) -> Result<Self, DateError> {
        let [year, month, day] = parts;
        let year = year
            .and_then(|year| i16::try_from(year).ok())
            .filter(|year| (1..=9999).contains(year))
            .ok_or(DateError::NoYear)?;
        let Some(month) = month else { return Ok(Self { year, month: None, day: None }) };
        let number = i8::try_from(month).ok().filter(|month| (1..=12).contains(month));
        let number = number.ok_or(DateError::NoMonth(month))?;
        let month = Self { year, month: Some(number), day: None };
        let Some(day) = day else { return Ok(month) };
        let days = month.last_day().day();
        match i8::try_from(day).ok().filter(|day| (1..=days).contains(day)) {
            Some(day) => Ok(Self { day: Some(day), ..month }),
            None => Err(DateError::NoDay { day, month, days }),
        }
    }

    /// The day with this number in a spreadsheet (ECMA-376 part 1, 18.17.4.1: the 1900
    /// date system, in which day 60 is a 29 February 1900 that never was).
    pub fn from_serial(serial: i64) -> Option<Self> {
        // Day 61 is 1 March 1900; days before 60 are one off against the calendar.
        let days = match serial {
            1..=59 => serial - 1,
            61..=2_958_465 => serial - 2,
            _ => return None,
        };
        let span = jiff::Span::new().try_days(days).ok()?;
        let day = jiff::civil::date(1900, 1, 1).checked_add(span).ok()?;
        Self::new(day.year(), Some(day.month()), Some(day.day()))
    }
}

/// The text before the time of day, where there is one.
fn without_time(text: &str) -> &str {
    let at = text.find(['T', 't', ' ']);
    match at {
        Some(at)
            if text[at + 1..].trim_start().starts_with(|c: char| c.is_ascii_digit()) =>
        {
            let time = text[at + 1..].trim_start();
            if time.contains(':') { text[..at].trim_end() } else { text }
        }
        _ => text,
    }
}

/// Year, month and day in one of the forms, unchecked.
fn parts(text: &str) -> Option<[Option<i64>; 3]> {
    if text.contains('年') {
        return han_parts(text);
    }
    let digits = |part: &str, least: usize, most: usize| {
        let fits = (least..=most).contains(&part.len());
        (fits && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse::<i64>().ok())?
    };
    if text.len() == 8 && digits(text, 8, 8).is_some() {
        return Some([
            digits(&text[..4], 4, 4),
            digits(&text[4..6], 2, 2),
            digits(&text[6..], 2, 2),
        ]);
    }
    let mark = ['-', '/', '.'].into_iter().find(|mark| text.contains(*mark));
    let mut split = mark.map_or_else(|| vec![text], |mark| text.split(mark).collect());
    if split.len() > 3 {
        return None;
    }
    split.resize(3, "");
    let year = digits(split[0].trim(), 4, 4)?;
    let part = |text: &str| match text.trim() {
        "" => Some(None),
        text => digits(text, 1, 2).map(Some),
    };
    let asked = 1 + text.matches(['-', '/', '.']).count();
    let found = [Some(year), part(split[1])?, part(split[2])?];
    (found.iter().flatten().count() == asked).then_some(found)
}

/// `2021年3月5日`, in Arabic or Han numerals.
fn han_parts(text: &str) -> Option<[Option<i64>; 3]> {
    let mut found = [None; 3];
    let mut rest = text.trim();
    for (at, marks) in [['年', '年'], ['月', '月'], ['日', '号']].into_iter().enumerate()
    {
        if rest.is_empty() {
            break;
        }
        let scanned = scan::number(rest).ok().flatten().filter(|n| n.places == 0)?;
        found[at] = Some(scanned.number.to_i64()?);
        rest = scanned.rest.trim_start().strip_prefix(marks)?.trim_start();
    }
    (rest.is_empty() && found[0].is_some_and(|year| year >= 1000)).then_some(found)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::locale::Language;

    fn shown(text: &str) -> String {
        Date::parse(text).map_or_else(|error| error.to_string(), |date| date.to_string())
    }

    #[test]
    fn the_forms_of_a_date_are_read() {
        for (text, expected) in [
            ("2021", "2021"),
            ("2021-03", "2021-03"),
            ("2021-3", "2021-03"),
            ("2021-03-05", "2021-03-05"),
            ("2021/3/5", "2021-03-05"),
            ("2021.3.5", "2021-03-05"),
            ("2021.10", "2021-10"),
            ("20210305", "2021-03-05"),
            ("2021年", "2021"),
            ("2021年3月", "2021-03"),
            (" 2021年3月5日 ", "2021-03-05"),
            ("2021 年 3 月 5 日", "2021-03-05"),
            ("２０２１年３月５日", "2021-03-05"),
            ("二〇二一年三月十五日", "2021-03-15"),
            ("2021-03-05T09:30:00+08:00", "2021-03-05"),
            ("2021-03-05 09:30:00", "2021-03-05"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn impossible_dates_say_what_the_calendar_has() {
        assert_eq!(shown("2021-02-30"), "February 2021 has 28 days, not 30");
        assert_eq!(shown("2020年2月30日"), "February 2020 has 29 days, not 30");
        assert_eq!(shown("2021-13"), "a year has 12 months, not 13");
        assert_eq!(shown("0000"), "years run from 1 to 9999");
        for text in
            ["", "abc", "21-03-05", "2021-", "2021--5", "3月5日", "09:30", "2021-Q1"]
        {
            assert_eq!(Date::parse(text), Err(DateError::Form), "{text}");
        }
    }

    #[test]
    fn serial_numbers_are_days_of_a_spreadsheet() {
        let day = |serial| Date::from_serial(serial).map(|date| date.to_string());
        assert_eq!(day(43861).as_deref(), Some("2020-01-31"));
        assert_eq!(day(1).as_deref(), Some("1900-01-01"));
        assert_eq!(day(61).as_deref(), Some("1900-03-01"));
        assert_eq!(day(2_958_465).as_deref(), Some("9999-12-31"));
        assert_eq!(day(60), None);
        assert_eq!(day(0), None);
        assert_eq!(day(2_958_466), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*") {
            let _ = Date::parse(&text);
        }

        #[test]
        fn a_date_comes_back_from_each_way_of_writing_it(
            year in 1000_i16..=9999, month in 1_i8..=12, day in 1_i8..=28, fine in 0..3,
        ) {
            let date = Date::new(
                year,
                (fine > 0).then_some(month),
                (fine > 1).then_some(day),
            ).expect("a day up to the 28th exists");
            prop_assert_eq!(Date::parse(&date.to_string()), Ok(date));
            prop_assert_eq!(Date::parse(&Language::Zh.date(date)), Ok(date));
        }
    }
}
