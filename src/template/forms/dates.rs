//! Dates and periods in the forms that they have in print.

use tera::{Error, Kwargs, State, TeraResult};

use super::{han, language, no_word};
use crate::locale::Language;
use crate::model::{Date, MONTHS, Period};
use crate::template::marks;

/// The forms of a date.
const DATE_FORMS: [&str; 15] = [
    "long",
    "month",
    "month-day",
    "day",
    "year",
    "han",
    "han-month-day",
    "iso",
    "dots",
    "slashes",
    "weekday",
    "third",
    "month-end",
    "end",
    "year-end",
];

/// The forms of a period.
const PERIOD_FORMS: [&str; 6] = ["long", "short", "range", "months", "iso", "days"];

const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A date in another form.
pub fn date(text: &str, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let text = marks::strip(text);
    let date = read(&text)?;
    let form: Option<String> = kwargs.get("form")?;
    let form = form.as_deref().unwrap_or("long");
    let language = language(state)?;
    let lacks = |what| Error::message(format!("`{text}` does not name a {what}"));
    let month = || date.month.ok_or_else(|| lacks("month"));
    let day = || date.day.ok_or_else(|| lacks("day"));
    let name = |month: i8| MONTHS[usize::from(month.unsigned_abs()) - 1];
    Ok(match (form, language) {
        ("long", _) => language.date(date),
        ("month", _) => language.date(Date { day: None, ..date }),
        ("year", _) => language.date(Date { month: None, day: None, ..date }),
        ("month-day", _) => language.month_day(month()?, day()?),
        ("day", Language::Zh) => format!("{}日", day()?),
        ("day", Language::En) => day()?.to_string(),
        ("han", Language::Zh) => {
            let mut out = format!("{}年", han::digits(&date.year.to_string()));
            if let Some(month) = date.month {
                out.push_str(&format!("{}月", number(month)?));
            }
            if let Some(day) = date.day {
                out.push_str(&format!("{}日", number(day)?));
            }
            out
        }
        ("han-month-day", Language::Zh) => {
            format!("{}月{}日", number(month()?)?, number(day()?)?)
        }
        ("han", Language::En) => language.date(date),
        ("han-month-day", Language::En) => language.month_day(month()?, day()?),
        ("iso", _) => date.to_string(),
        ("dots", _) => parts(date, "."),
        ("slashes", _) => parts(date, "/"),
        ("weekday", _) => {
            day()?;
            let at = date.first_day().weekday().to_monday_zero_offset();
            let at = usize::from(at.unsigned_abs());
            match language {
                Language::Zh => {
                    format!("星期{}", ["一", "二", "三", "四", "五", "六", "日"][at])
                }
                Language::En => WEEKDAYS[at].to_owned(),
            }
        }
        ("third", _) => {
            let (month, third) =
                (month()?, usize::from(day()? > 10) + usize::from(day()? > 20));
            match language {
                Language::Zh => format!("{month}月{}", ["上旬", "中旬", "下旬"][third]),
                Language::En => {
                    format!("{} {}", ["early", "mid", "late"][third], name(month))
                }
            }
        }
        ("month-end" | "end" | "year-end", _) => end(form, date, &text, language)?,
        (other, _) => return Err(no_word("date form", other, &DATE_FORMS)),
    })
}

/// The end of a month or year (2020年12月底), which the date must be.
fn end(form: &str, date: Date, text: &str, language: Language) -> TeraResult<String> {
    let whole = match form {
        "year-end" => Date { month: None, day: None, ..date },
        _ => Date { day: None, ..date },
    };
    let day = whole.last_day();
    if day != date.last_day() || (form != "year-end" && date.month.is_none()) {
        return Err(Error::message(format!("`{text}` is not the end of what it names")));
    }
    Ok(match (form, language, date.month) {
        ("end", Language::Zh, Some(month)) => format!("{month}月底"),
        ("end", Language::En, Some(month)) => {
            format!("the end of {}", MONTHS[usize::from(month.unsigned_abs()) - 1])
        }
        (_, Language::Zh, _) => format!("{}底", language.date(whole)),
        (_, Language::En, _) => format!("the end of {}", language.date(whole)),
    })
}

/// A date in any of its forms, also the English one that editions print.
fn read(text: &str) -> TeraResult<Date> {
    let english = || {
        let words: Vec<&str> = text.split_whitespace().collect();
        let month = |word: &str| {
            let at = MONTHS.iter().position(|one| *one == word)? + 1;
            i8::try_from(at).ok()
        };
        match words.as_slice() {
            [day, name, year] => {
                Date::new(year.parse().ok()?, Some(month(name)?), Some(day.parse().ok()?))
            }
            [name, year] => Date::new(year.parse().ok()?, Some(month(name)?), None),
            _ => None,
        }
    };
    Date::parse(text).or_else(|error| {
        english()
            .ok_or_else(|| Error::message(format!("`{text}` is not a date: {error}")))
    })
}

fn number(number: i8) -> TeraResult<String> {
    han::words(number.into()).ok_or_else(|| Error::message("a date has small numbers"))
}

/// Without noughts before: 2020.9.27.
fn parts(date: Date, mark: &str) -> String {
    let parts = [Some(date.year), date.month.map(i16::from), date.day.map(i16::from)];
    let parts: Vec<String> =
        parts.into_iter().flatten().map(|one| one.to_string()).collect();
    parts.join(mark)
}

/// A period in another form.
pub fn period(text: &str, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let text = marks::strip(text);
    let period = read_period(&text)?;
    let form: Option<String> = kwargs.get("form")?;
    let form = form.as_deref().unwrap_or("long");
    let language = language(state)?;
    let day = |day: jiff::civil::Date| Date {
        year: day.year(),
        month: Some(day.month()),
        day: Some(day.day()),
    };
    let (from, to) = (day(period.first_day()), day(period.last_day()));
    let name =
        |month: Option<i8>| MONTHS[usize::from(month.unwrap_or(1).unsigned_abs()) - 1];
    Ok(match (form, language) {
        ("long", _) => language.period(period),
        ("iso", _) => period.to_string(),
        ("short", Language::Zh) => match (period, from.month, to.month) {
            (Period::Quarter(_, quarter), ..) => format!("{}季度", number(quarter)?),
            (Period::Month(_, month), ..) => format!("{month}月"),
            (Period::Year(_), ..) => "全年".to_owned(),
            (Period::Range(..), Some(1), Some(6)) if whole(period) => "上半年".to_owned(),
            (Period::Range(..), Some(7), Some(12)) if whole(period) => {
                "下半年".to_owned()
            }
            _ => language.period(period),
        },
        ("short", Language::En) => match period {
            Period::Quarter(_, quarter) => format!("Q{quarter}"),
            Period::Month(..) => name(from.month).to_owned(),
            _ => language.period(period),
        },
        // GB/T 15834-2011, 4.13: — between dates, ～ or — between numbers of months.
        ("months", Language::Zh) => {
            let (a, b) = (from.month.unwrap_or(1), to.month.unwrap_or(12));
            if from.year != to.year || a == b {
                return Ok(language.period(period));
            }
            format!("{a}—{b}月")
        }
        ("months", Language::En) => format!("{}–{}", name(from.month), name(to.month)),
        ("range" | "days", Language::Zh) if from.year == to.year => {
            let end = language.month_day(to.month.unwrap_or(12), to.day.unwrap_or(31));
            if form == "days" {
                let start =
                    language.month_day(from.month.unwrap_or(1), from.day.unwrap_or(1));
                format!("{start}至{end}")
            } else {
                format!("{}至{end}", language.date(from))
            }
        }
        ("range" | "days", Language::Zh) => {
            format!("{}至{}", language.date(from), language.date(to))
        }
        ("range" | "days", Language::En) => {
            format!("{} to {}", language.date(from), language.date(to))
        }
        (other, _) => return Err(no_word("period form", other, &PERIOD_FORMS)),
    })
}

/// Whether a period begins and ends with a month.
fn whole(period: Period) -> bool {
    let last = period.last_day();
    period.first_day().day() == 1 && last == last.last_of_month()
}

fn read_period(text: &str) -> TeraResult<Period> {
    let no_form = |error: crate::model::PeriodError| {
        Error::message(format!("`{text}` is not a period: {error}"))
    };
    let error = match Period::parse(text) {
        Ok(period) => return Ok(period),
        Err(error) => no_form(error),
    };
    let quarter = || {
        let (quarter, year) = text.strip_prefix('Q')?.split_once(' ')?;
        let quarter = quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
        Some(Period::Quarter(
            year.parse().ok().filter(|year| (1..=9999).contains(year))?,
            quarter,
        ))
    };
    if let Some(period) = quarter() {
        return Ok(period);
    }
    if let Some((from, to)) = text.split_once(" – ")
        && let (Ok(from), Ok(to)) = (read(from), read(to))
    {
        return Ok(Period::Range(from, to));
    }
    read(text).map(Period::from).map_err(|_| error)
}
