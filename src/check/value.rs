//! One value by its type: what is accepted, and what is said where it is not.

use super::Cx;
use crate::diag::codes::check as codes;
use crate::diag::{Code, Diagnostic, suggest};
use crate::locale::Language;
use crate::model::schema::{FORMATS, LANGUAGES, STANDARDS, Type};
use crate::model::{
    Date, DateError, Datum, Decimal, Period, PeriodError, Quantity, QuantityError, Row,
};
use crate::source::Place;
use crate::tree::{Node, Value};

/// The longest piece of a value that a message quotes, in characters.
const QUOTE_MAX_CHARS: usize = 40;

/// The longest id, in characters.
const ID_MAX_CHARS: usize = 64;

/// Numbers of days that stand for dates in a spreadsheet, where a cell lost its form: up to
/// the last day of 9999. Smaller numbers are years.
const SERIALS: std::ops::RangeInclusive<i64> = 10_000..=2_958_465;

/// Whether nothing is written: the same as leaving the field out.
pub(super) fn is_blank(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Text(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// Marks that stand for "nothing" in tables.
const DASHES: [&str; 8] = ["—", "——", "-", "－", "–", "/", "／", "无"];

/// Whether a cell says by a dash that it holds no number or date.
pub(super) fn is_dash(node: &Node, ty: &Type) -> bool {
    let counted = matches!(
        ty,
        Type::Quantity | Type::Date | Type::Period | Type::Number | Type::Integer
    );
    counted && node.as_text().is_some_and(|text| DASHES.contains(&text.trim()))
}

/// A value of the given type; `None` where it is none, which was then reported.
///
/// `name` is the field in messages, `unit` what the row says of the unit of quantities.
pub(super) fn read(
    node: &Node,
    ty: &Type,
    name: &str,
    unit: Option<&str>,
    cx: &mut Cx<'_>,
) -> Option<Datum> {
    match ty {
        Type::Any => Some(any(node)),
        Type::Text => {
            let text = words(node).map(str::to_owned);
            text.map(Datum::Text).or_else(|| wrong(node, ty, name, cx))
        }
        Type::Integer => {
            let Some(text) = digits(node) else { return wrong(node, ty, name, cx) };
            // Workbooks know only one sort of number: 12 may come as 12.0.
            let number = decimal(&text).filter(|number| number.fract().is_zero());
            match number {
                Some(number) => Some(Datum::Number(number.trunc(), text)),
                None => wrong(node, ty, name, cx),
            }
        }
        Type::Number => match digits(node).and_then(|text| Some((decimal(&text)?, text)))
        {
            Some((number, text)) => Some(Datum::Number(number, text)),
            None => wrong(node, ty, name, cx),
        },
        Type::Boolean => match boolean(node, cx) {
            Some(value) => Some(Datum::Bool(value)),
            None => wrong(node, ty, name, cx),
        },
        Type::Date => date(node, name, cx).map(Datum::Date),
        Type::Period => period(node, name, cx).map(Datum::Period),
        Type::Quantity => quantity(node, name, unit, cx).map(Datum::Quantity),
        Type::Id => {
            let Some(text) = words(node) else { return wrong(node, ty, name, cx) };
            check_id(text, node.place, cx).then(|| Datum::Text(text.to_owned()))
        }
        Type::Path => {
            let Some(text) = node.as_text() else { return wrong(node, ty, name, cx) };
            path(text.trim(), node.place, cx).map(Datum::Text)
        }
        Type::Choice(choices) => {
            let Some(text) = words(node) else { return wrong(node, ty, name, cx) };
            choice(text, choices, name, node.place, cx).map(Datum::Text)
        }
        Type::List(item) => list(node, item, name, cx),
        Type::Table(_) | Type::Map(_) => match node.as_table() {
            Some(_) => Some(any(node)),
            None => wrong(node, ty, name, cx),
        },
    }
}

/// Reports a value of the wrong type.
pub(super) fn wrong<T>(node: &Node, ty: &Type, name: &str, cx: &mut Cx<'_>) -> Option<T> {
    let found = match &node.value {
        Value::Text(text) | Value::Number(text) | Value::Date(text) => {
            format!("{} (`{}`)", node.kind(), quote(text))
        }
        _ => node.kind().to_owned(),
    };
    let message = format!("`{name}` is {found}, expected {}", ty.words());
    cx.diags.report(&codes::WRONG_TYPE, node.place, message);
    None
}

/// The head of a value, for messages.
pub(super) fn quote(text: &str) -> String {
    let mut out: String = text.chars().take(QUOTE_MAX_CHARS).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out.replace(['\n', '\r'], " ")
}

/// Text; also numbers and dates, which print as they were written, but for the midnight
/// that workbooks give to every day.
fn words(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text(text) | Value::Number(text) => Some(text.trim()),
        Value::Date(text) => Some(text.strip_suffix("T00:00:00").unwrap_or(text)),
        _ => None,
    }
}

/// A number's digits without the marks that only programs write: `1_000`, `+3`.
fn digits(node: &Node) -> Option<String> {
    match &node.value {
        Value::Number(text) | Value::Text(text) => {
            let text = text.trim();
            Some(text.strip_prefix('+').unwrap_or(text).replace('_', ""))
        }
        _ => None,
    }
}

fn decimal(text: &str) -> Option<Decimal> {
    if text.len() > 64 {
        return None;
    }
    Decimal::from_str_exact(text).ok().or_else(|| Decimal::from_scientific(text).ok())
}

fn boolean(node: &Node, cx: &Cx<'_>) -> Option<bool> {
    match &node.value {
        Value::Bool(value) => Some(*value),
        Value::Text(text) if cx.cell => match text.trim().to_lowercase().as_str() {
            "是" | "true" | "yes" | "√" | "1" => Some(true),
            "否" | "false" | "no" | "×" | "0" => Some(false),
            _ => None,
        },
        Value::Number(text) if cx.cell && text == "1" => Some(true),
        Value::Number(text) if cx.cell && text == "0" => Some(false),
        _ => None,
    }
}

fn date(node: &Node, name: &str, cx: &mut Cx<'_>) -> Option<Date> {
    let Some(text) = words(node) else { return wrong(node, &Type::Date, name, cx) };
    if let Some(date) = serial(text, cx) {
        return Some(date);
    }
    let number = matches!(node.value, Value::Number(_));
    // In a workbook 2021.1 may have been 2021.10.
    let error = if cx.cell && number && text.contains('.') {
        DateError::Form
    } else {
        match Date::parse(text) {
            Ok(date) => return Some(date),
            Err(error) => error,
        }
    };
    date_error(text, name, &error, node.place, cx);
    None
}

/// A day that a cell holds as a number of days (ECMA-376 part 1, 18.17.4).
fn serial(text: &str, cx: &Cx<'_>) -> Option<Date> {
    if !cx.cell {
        return None;
    }
    let days = text.split_once('.').map_or(text, |(days, _)| days);
    let days = days.parse().ok().filter(|days| SERIALS.contains(days))?;
    Date::from_serial(days)
}

fn date_error(text: &str, name: &str, error: &DateError, place: Place, cx: &mut Cx<'_>) {
    let (code, message) = if error.is_impossible() {
        let code = &codes::IMPOSSIBLE_DATE;
        (code, format!("`{name}` is `{}`, but {error}", quote(text)))
    } else {
        let code = &codes::UNREADABLE_DATE;
        (code, format!("`{name}` is `{}`, expected {}", quote(text), Type::Date.words()))
    };
    let mut found = Diagnostic::new(code, place, message);
    if !error.is_impossible() {
        let hint = "write `2021`, `2021-03`, `2021-03-05` or `2021年3月5日`";
        found =
            found.hint(if cx.cell { format!("{hint}, as text") } else { hint.into() });
    }
    cx.diags.add(found);
}

fn period(node: &Node, name: &str, cx: &mut Cx<'_>) -> Option<Period> {
    let Some(text) = words(node) else { return wrong(node, &Type::Period, name, cx) };
    // Spreadsheets make the first day of March out of `2020-03`.
    if cx.cell
        && matches!(node.value, Value::Date(_))
        && let Ok(Date { year, month: Some(month), day: Some(1) }) = Date::parse(text)
    {
        return Some(Period::Month(year, month));
    }
    let error = match Period::parse(text) {
        Ok(period) => return Some(period),
        Err(error) => error,
    };
    let message = format!("`{name}` is `{}`", quote(text));
    let found = match error {
        PeriodError::Date(error) => {
            date_error(text, name, &error, node.place, cx);
            return None;
        }
        PeriodError::Form => {
            let message = format!("{message}, expected {}", Type::Period.words());
            Diagnostic::new(&codes::UNREADABLE_PERIOD, node.place, message)
                .hint("write `2021`, `2021-Q1`, `2021-03` or `2021-03-01/2021-03-15`")
        }
        error => {
            let message = format!("{message}, but {error}");
            Diagnostic::new(&codes::UNREADABLE_PERIOD, node.place, message)
        }
    };
    cx.diags.add(found);
    None
}

fn quantity(
    node: &Node,
    name: &str,
    unit: Option<&str>,
    cx: &mut Cx<'_>,
) -> Option<Quantity> {
    let text = match &node.value {
        Value::Text(text) => text.trim().to_owned(),
        Value::Number(_) => digits(node)?,
        _ => return wrong(node, &Type::Quantity, name, cx),
    };
    let error = match Quantity::parse(&text, unit) {
        Ok(quantity) => return Some(quantity),
        Err(error) => error,
    };
    let code = match error {
        QuantityError::UnitTwice { .. } => &codes::UNIT_DISAGREES,
        _ => &codes::UNREADABLE_QUANTITY,
    };
    let message = match error {
        QuantityError::UnitTwice { .. } => format!("two units for `{name}`: {error}"),
        _ => format!("`{name}` is `{}`, but {error}", quote(&text)),
    };
    cx.diags.add(Diagnostic::new(code, node.place, message).hint(error.hint()));
    None
}

/// Reports an id that templates could not name; says whether it is one.
pub(super) fn check_id(text: &str, place: Place, cx: &mut Cx<'_>) -> bool {
    let mut chars = text.chars();
    let head = chars.next().is_some_and(|ch| ch.is_ascii_alphabetic());
    let tail = chars.all(|ch| ch.is_ascii_alphanumeric() || ch == '-' || ch == '_');
    if head && tail && text.len() <= ID_MAX_CHARS {
        return true;
    }
    let why = if text.len() > ID_MAX_CHARS && head && tail {
        format!("`{}` has more than {ID_MAX_CHARS} characters", quote(text))
    } else {
        format!(
            "`{}` is not an id, which has ASCII letters, digits, `-` and `_` and begins \
             with a letter",
            quote(text)
        )
    };
    let hint = if text.is_ascii() {
        let kept: String =
            text.chars().filter(|ch| ch.is_ascii_alphanumeric() || *ch == '-').collect();
        format!("write `x{}`, or another id", quote(&kept))
    } else {
        "write a short English or pinyin name such as `donors`, and keep the Chinese one \
         as the label or title"
            .to_owned()
    };
    cx.diags.add(Diagnostic::new(&codes::NOT_AN_ID, place, why).hint(hint));
    false
}

/// A path below the press root, with `/`, without `.` parts.
pub(super) fn path(text: &str, place: Place, cx: &mut Cx<'_>) -> Option<String> {
    let absolute = text.starts_with('/') || text.starts_with('\\');
    let drive = text.as_bytes().get(1) == Some(&b':');
    let parts: Vec<&str> =
        text.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".").collect();
    let problem = if absolute || drive {
        "is an absolute path"
    } else if parts.contains(&"..") {
        "leads out of its folder by `..`"
    } else if text.contains('\\') {
        "has a `\\`, which not every system takes for a folder"
    } else {
        return Some(parts.join("/"));
    };
    let message = format!("`{}` {problem}", quote(text));
    cx.diags.add(
        Diagnostic::new(&codes::PATH_LEAVES_PRESS, place, message)
            .hint("write a path below the folder of `annals.toml`, with `/`"),
    );
    None
}

fn choice(
    text: &str,
    choices: &[String],
    name: &str,
    place: Place,
    cx: &mut Cx<'_>,
) -> Option<String> {
    // One word may come in several forms: `zh`, `zh-CN`.
    let language = choices == LANGUAGES;
    if let Some(language) = language.then(|| Language::from_word(text)).flatten() {
        return Some(language.word().to_owned());
    }
    if choices.iter().any(|choice| choice == text) {
        return Some(text.to_owned());
    }
    let (code, what): (&'static Code, &str) = if language {
        (&codes::UNKNOWN_LANGUAGE, "a language that annals knows")
    } else if choices == FORMATS {
        (&codes::UNKNOWN_FORMAT, "a format that annals makes")
    } else if choices == STANDARDS {
        (&codes::UNKNOWN_STANDARD, "a PDF standard")
    } else {
        (&codes::UNKNOWN_CHOICE, "one of the words that it may hold")
    };
    let message = format!("`{name}` is `{}`, which is not {what}", quote(text));
    let hint = suggest(text, choices.iter().map(String::as_str));
    cx.diags.add(Diagnostic::new(code, place, message).maybe_hint(hint));
    None
}

/// A list; in a cell its items are separated by 、；; or line breaks, and one value alone is
/// a list of one.
fn list(node: &Node, item: &Type, name: &str, cx: &mut Cx<'_>) -> Option<Datum> {
    let items = match &node.value {
        Value::List(items) => {
            let mut all = Vec::with_capacity(items.len());
            let mut complete = true;
            for node in items.iter().filter(|node| !is_blank(node)) {
                let found = read(node, item, name, None, cx);
                complete &= found.is_some();
                all.extend(found);
            }
            return complete.then_some(Datum::List(all));
        }
        Value::Text(text) if cx.cell => text.split(['、', '；', ';', '\n', '\r']),
        Value::Text(_) | Value::Number(_) | Value::Date(_) => {
            return read(node, item, name, None, cx).map(|one| Datum::List(vec![one]));
        }
        _ => return wrong(node, &Type::List(Box::new(item.clone())), name, cx),
    };
    let mut all = Vec::new();
    for text in items.map(str::trim).filter(|text| !text.is_empty()) {
        let value = Value::Text(text.to_owned());
        all.push(read(&Node { place: node.place, value }, item, name, None, cx)?);
    }
    Some(Datum::List(all))
}

/// A value of which nothing is known; `load` bounds how deep lists and tables go.
pub(super) fn any(node: &Node) -> Datum {
    match &node.value {
        Value::Null => Datum::Null,
        Value::Bool(value) => Datum::Bool(*value),
        Value::Text(text) => Datum::Text(text.clone()),
        Value::Number(text) => match digits(node).as_deref().and_then(decimal) {
            Some(number) => Datum::Number(number, text.clone()),
            None => Datum::Text(text.clone()),
        },
        // A time of day without a date is text to us.
        Value::Date(text) => {
            Date::parse(text).map_or_else(|_| Datum::Text(text.clone()), Datum::Date)
        }
        Value::List(items) => Datum::List(items.iter().map(any).collect()),
        Value::Table(table) => {
            let mut row = Row::with_capacity(table.entries.len());
            for entry in &table.entries {
                row.insert(entry.key.clone(), any(&entry.node));
            }
            Datum::Table(row)
        }
    }
}
