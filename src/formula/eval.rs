//! The value of a formula over the facts of a series.

use std::collections::{BTreeMap, BTreeSet};

use super::functions::{self, Function, Task};
use super::parse::{Expr, Name, Op, Part, When};
use super::{Amount, Sort, Trouble, rows};
use crate::diag::suggest;
use crate::model::{Bound, Decimal, Figure, Input, Record, Rounding, Year};

/// What a formula can name.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// What the series has of its own.
    pub shared: &'a Record,
    /// Its records by year.
    pub records: &'a BTreeMap<Year, Record>,
    /// The year in whose record the formula stands; `None` for that of the series.
    pub year: Option<Year>,
    /// The names of all figures of the series, also of those that have no value yet.
    pub names: &'a Names,
}

/// What the figures of a series are called: by the year of their record.
#[derive(Debug, Clone, Default)]
pub struct Names {
    labels: BTreeMap<(Option<Year>, String), Vec<String>>,
    ids: BTreeSet<(Option<Year>, String)>,
}

impl Names {
    /// Adds a figure by its id and label.
    pub fn add(&mut self, year: Option<Year>, id: &str, label: &str) {
        if self.ids.insert((year, id.to_owned())) {
            let label = self.labels.entry((year, label.to_owned())).or_default();
            label.push(id.to_owned());
        }
    }

    fn has(&self, year: Option<Year>, id: &str) -> bool {
        self.ids.contains(&(year, id.to_owned()))
    }

    /// The ids of the figures with this label.
    fn labelled(&self, year: Option<Year>, label: &str) -> &[String] {
        self.labels.get(&(year, label.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// All ids and labels of some years.
    fn known<'n>(&'n self, years: &'n [Option<Year>]) -> impl Iterator<Item = &'n str> {
        let all = self.ids.iter().chain(self.labels.keys());
        all.filter(|(year, _)| years.contains(year)).map(|(_, name)| name.as_str())
    }
}

/// Whether an invariant holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It does.
    Holds,
    /// It may: what is known (1200余) does not decide it.
    Undecided,
    /// It does not; the two sides in words.
    Broken(String),
}

/// A value on the way.
enum Value {
    Amount(Amount),
    Verdict(Verdict),
    Text(String),
}

/// The value of a formula.
///
/// # Errors
/// Why it has none.
pub fn evaluate(expr: &Expr, facts: &Facts<'_>) -> Result<Amount, Trouble> {
    match value(expr, facts)? {
        Value::Amount(amount) => Ok(amount),
        Value::Verdict(_) => {
            Err(Trouble::Sort(format!("`{expr}` holds or not, and is no number")))
        }
        Value::Text(text) => {
            Err(Trouble::Sort(format!("`{text}` is text, expected a number")))
        }
    }
}

/// Whether an invariant holds.
///
/// # Errors
/// Why that cannot be said.
pub fn judge(expr: &Expr, facts: &Facts<'_>) -> Result<Verdict, Trouble> {
    match value(expr, facts)? {
        Value::Verdict(verdict) => Ok(verdict),
        Value::Amount(_) | Value::Text(_) => Err(Trouble::Sort(format!(
            "`{expr}` says nothing that holds or not: compare two sides by `=`, `≈`, `≤`"
        ))),
    }
}

impl<'a> Facts<'a> {
    fn year_of(&self, when: When) -> Option<Year> {
        match when {
            When::Now => self.year,
            When::LastYear => self.year.map(|year| year - 1),
            When::Year(year) => Some(year),
        }
    }

    fn unknown_year(&self, year: Option<Year>) -> Trouble {
        let known: Vec<String> = self.records.keys().map(ToString::to_string).collect();
        let name = year.map_or_else(|| "last_year".to_owned(), |year| year.to_string());
        let hint = suggest(&name, known.iter().map(String::as_str));
        Trouble::Unknown { noun: "record of the year", name, hint }
    }

    /// The records that a name looks in: of its year, then of the series.
    pub(super) fn both(&self, when: When) -> Result<Vec<&'a Record>, Trouble> {
        let year = self.year_of(when);
        let record = year.and_then(|year| self.records.get(&year));
        match (when, record) {
            (When::Now, None) => Ok(vec![self.shared]),
            (When::Now, Some(record)) => Ok(vec![record, self.shared]),
            (_, Some(record)) => Ok(vec![record]),
            (_, None) => Err(self.unknown_year(year)),
        }
    }

    /// Which figure a name means: the year of its record, and its id.
    fn resolve(&self, name: &Name) -> Result<(Option<Year>, String), Trouble> {
        let year = self.year_of(name.when);
        let mut places = vec![year];
        match name.when {
            When::Now if year.is_some() => places.push(None),
            When::Now => {}
            _ if year.is_none_or(|year| !self.records.contains_key(&year)) => {
                return Err(self.unknown_year(year));
            }
            _ => {}
        }
        for &place in &places {
            if self.names.has(place, &name.name) {
                return Ok((place, name.name.clone()));
            }
        }
        for &place in &places {
            match self.names.labelled(place, &name.name) {
                [] => {}
                [one] => return Ok((place, one.clone())),
                several => {
                    return Err(Trouble::Sort(format!(
                        "`{}` is the label of {} figures: name one by its id, `{}`",
                        name.name,
                        several.len(),
                        several.join("`, `")
                    )));
                }
            }
        }
        Err(self.unknown_figure(&name.name, &places))
    }

    fn record(&self, year: Option<Year>) -> Option<&'a Record> {
        match year {
            Some(year) => self.records.get(&year),
            None => Some(self.shared),
        }
    }

    fn unknown_figure(&self, name: &str, places: &[Option<Year>]) -> Trouble {
        let mut hint = suggest(name, self.names.known(places));
        if name.contains('-') {
            hint = Some("put spaces about the minus sign to subtract".to_owned());
        }
        Trouble::Unknown { noun: "figure", name: name.to_owned(), hint }
    }

    fn figure(&self, name: &Name) -> Result<&'a Figure, Trouble> {
        let (year, id) = self.resolve(name)?;
        self.record(year)
            .and_then(|record| record.figures.get(&id))
            .ok_or(Trouble::Unsettled(id))
    }

    /// The years that have a figure of this id or label, up to that of the record.
    fn years(&self, name: &Name) -> Vec<Name> {
        let upto = self.year;
        let years = self.records.keys().filter(|&&year| upto.is_none_or(|own| year <= own));
        years
            .map(|&year| Name { when: When::Year(year), ..name.clone() })
            .filter(|name| self.resolve(name).is_ok())
            .collect()
    }

    /// The same figure a year before.
    fn year_before(&self, name: &Name) -> Option<Name> {
        let year = self.year_of(name.when)?.checked_sub(1)?;
        Some(Name { when: When::Year(year), ..name.clone() })
    }

    /// What a formula names, in order, each once.
    ///
    /// Names that lead nowhere are left out: evaluating the formula says so.
    pub fn inputs(&self, expr: &Expr) -> Vec<Input> {
        let mut found = Vec::new();
        self.gather(expr, &mut found);
        let mut seen = BTreeSet::new();
        found.retain(|one| seen.insert(one.clone()));
        found
    }

    fn gather(&self, expr: &Expr, found: &mut Vec<Input>) {
        let mut add = |name: &Name| {
            let place = self.resolve(name).ok();
            found.extend(place.map(|(year, id)| Input::Figure(year, id)));
        };
        match expr {
            Expr::Number(_) | Expr::Text(_) => {}
            Expr::Path(name) => add(name),
            Expr::Minus(one) => self.gather(one, found),
            Expr::Join(_, a, b) => {
                self.gather(a, found);
                self.gather(b, found);
            }
            Expr::Claim(first, rest) => {
                self.gather(first, found);
                rest.iter().for_each(|(_, one)| self.gather(one, found));
            }
            Expr::Call(function, arguments) => {
                if let Some(Expr::Path(name)) = arguments.first()
                    && rows::is_rows(name, self)
                {
                    // Conditions name fields, not figures.
                    found.push(Input::Rows(name.name.clone()));
                    return;
                }
                let task = functions::find(function).map(|one| one.task);
                match (task, arguments.as_slice()) {
                    (
                        Some(Task::Running | Task::Rising | Task::Falling),
                        [Expr::Path(name)],
                    ) => self.years(name).iter().for_each(add),
                    (
                        Some(Task::Change | Task::Points | Task::Difference),
                        [Expr::Path(name)],
                    ) => {
                        add(name);
                        self.year_before(name).iter().for_each(add);
                    }
                    _ => arguments.iter().for_each(|one| self.gather(one, found)),
                }
            }
        }
    }
}

fn value(expr: &Expr, facts: &Facts<'_>) -> Result<Value, Trouble> {
    Ok(match expr {
        Expr::Number(quantity) => Value::Amount(Amount::literal(quantity)?),
        Expr::Text(text) => Value::Text(text.clone()),
        Expr::Path(name) => Value::Amount(named(name, facts)?),
        Expr::Minus(one) => Value::Amount(evaluate(one, facts)?.negative()),
        Expr::Join(op, a, b) => {
            // A long sum leans to the left: its parts are met from the left, one by one.
            let left = evaluate(a, facts)?;
            let right = evaluate(b, facts)?;
            Value::Amount(match op {
                Op::Plus => left.plus(&right)?,
                Op::Minus => left.minus(&right)?,
                Op::Times => left.times(&right)?,
                _ => left.over(&right, &b.to_string())?,
            })
        }
        Expr::Claim(first, rest) => Value::Verdict(chain(first, rest, facts)?),
        Expr::Call(name, arguments) => call(name, arguments, facts)?,
    })
}

fn named(name: &Name, facts: &Facts<'_>) -> Result<Amount, Trouble> {
    let figure = facts.figure(name)?;
    let given = match name.part {
        Part::Value => return exactly(figure),
        Part::Previous => (figure.previous.as_ref(), "previous value"),
        Part::Target => (figure.target.as_ref(), "target"),
    };
    match given {
        (Some(quantity), _) => Amount::of(quantity),
        (None, what) => Err(Trouble::Missing(figure.item.id.clone(), what)),
    }
}

/// A figure's value; of a computed one, before it was rounded.
fn exactly(figure: &Figure) -> Result<Amount, Trouble> {
    let mut amount = Amount::of(&figure.value)?;
    if let Some(formula) = &figure.formula {
        amount.value = formula.exact;
        amount.slack = Decimal::ZERO;
    }
    Ok(amount)
}

fn call(name: &str, arguments: &[Expr], facts: &Facts<'_>) -> Result<Value, Trouble> {
    let Some(function) = functions::find(name) else {
        let names = functions::FUNCTIONS
            .iter()
            .flat_map(|one| std::iter::once(one.name).chain(one.aliases.iter().copied()));
        let hint = suggest(name, names);
        return Err(Trouble::Unknown { noun: "function", name: name.to_owned(), hint });
    };
    let (least, most) = function.arguments;
    if arguments.len() < least || arguments.len() > most {
        let wanted = match (least, most) {
            (1, 1) => "one value".to_owned(),
            (least, most) if least == most => format!("{least} values"),
            (least, usize::MAX) => format!("{least} values or more"),
            (least, most) => format!("{least} to {most} values"),
        };
        return Err(Trouble::Sort(format!(
            "`{name}` takes {wanted}, found {}",
            arguments.len()
        )));
    }
    let amount = match function.task {
        Task::Count => Amount::count(count(function, arguments, facts)?),
        Task::Sum | Task::Max | Task::Min | Task::Average => {
            several(function.task, &amounts(arguments, facts)?)?
        }
        Task::Share => {
            let (part, whole) =
                (evaluate(&arguments[0], facts)?, evaluate(&arguments[1], facts)?);
            part.joint_unit(&whole, "make a share")?;
            percent(&part.over(&whole, &arguments[1].to_string())?, Sort::Level)?
        }
        Task::Change | Task::Points | Task::Difference => {
            compared(function, arguments, facts)?
        }
        Task::Rank => rank(arguments, facts)?,
        Task::Running => several(Task::Sum, &over_years(name, arguments, facts)?)?,
        Task::Abs => {
            let one = evaluate(&arguments[0], facts)?;
            if one.value.is_sign_negative() { one.negative() } else { one }
        }
        Task::Round => round(arguments, facts)?,
        Task::Rising | Task::Falling => {
            let all = over_years(name, arguments, facts)?;
            return Ok(Value::Verdict(monotone(function.task, &arguments[0], &all)?));
        }
    };
    Ok(Value::Amount(amount))
}

fn count(
    function: &Function,
    arguments: &[Expr],
    facts: &Facts<'_>,
) -> Result<usize, Trouble> {
    match &arguments[0] {
        Expr::Path(name) => {
            rows::select(name, None, &arguments[1..], facts).map(|rows| rows.len())
        }
        other => Err(Trouble::Sort(format!(
            "`{}` counts a collection or table, not `{other}`",
            function.name
        ))),
    }
}

/// The amounts that a function is given: figures, or a field of rows.
fn amounts(arguments: &[Expr], facts: &Facts<'_>) -> Result<Vec<Amount>, Trouble> {
    let table = match &arguments[0] {
        Expr::Path(name) if rows::is_rows(name, facts) => name,
        _ => return arguments.iter().map(|one| evaluate(one, facts)).collect(),
    };
    let field = match arguments.get(1) {
        Some(Expr::Text(field)) => field.as_str(),
        Some(Expr::Path(name)) => name.name.as_str(),
        _ => {
            return Err(Trouble::Sort(format!(
                "say which field of `{table}` is meant: `{table}, \"数值\"`"
            )));
        }
    };
    rows::select(table, Some(field), &arguments[2..], facts)?.amounts(field)
}

fn several(task: Task, all: &[Amount]) -> Result<Amount, Trouble> {
    let Some((first, rest)) = all.split_first() else {
        return match task {
            Task::Sum => Ok(Amount::count(0)),
            _ => Err(Trouble::Sort("there is nothing to choose from".to_owned())),
        };
    };
    let mut made = first.clone();
    for one in rest {
        made = match task {
            Task::Max | Task::Min => {
                made.joint_unit(one, "compare")?;
                let more = one.value > made.value;
                if more == (task == Task::Max) { one.clone() } else { made }
            }
            _ => made.plus(one)?,
        };
    }
    if task == Task::Average {
        made = made.over(&Amount::count(all.len()), "count")?;
    }
    Ok(made)
}

fn percent(ratio: &Amount, sort: Sort) -> Result<Amount, Trouble> {
    let times = |number: Decimal| number.checked_mul(Decimal::ONE_HUNDRED);
    Ok(Amount {
        value: times(ratio.value).ok_or(Trouble::TooLarge)?,
        slack: times(ratio.slack).ok_or(Trouble::TooLarge)?,
        unit: Some("%".to_owned()),
        sort,
        magnitude: 0,
        ..ratio.clone()
    })
}

/// `change`, `points`, `difference`: now against before.
fn compared(
    function: &Function,
    arguments: &[Expr],
    facts: &Facts<'_>,
) -> Result<Amount, Trouble> {
    let now = evaluate(&arguments[0], facts)?;
    let (before, named) = match (&arguments[0], arguments.get(1)) {
        (_, Some(before)) => (evaluate(before, facts)?, before.to_string()),
        (Expr::Path(name), None) => {
            let figure = facts.figure(name)?;
            match (&figure.previous, facts.year_before(name)) {
                (Some(previous), _) => {
                    (Amount::of(previous)?, format!("{name}.previous"))
                }
                (None, Some(earlier)) if facts.resolve(&earlier).is_ok() => {
                    (self::named(&earlier, facts)?, earlier.to_string())
                }
                _ => {
                    let what = "value before: neither `previous` nor one of last year";
                    return Err(Trouble::Missing(figure.item.id.clone(), what));
                }
            }
        }
        (other, None) => {
            return Err(Trouble::Sort(format!(
                "`{}` needs the value before: `{}({other}, …)`",
                function.name, function.name
            )));
        }
    };
    match function.task {
        Task::Difference => now.minus(&before),
        Task::Points if now.is_percent() && before.is_percent() => now.minus(&before),
        Task::Points => Err(Trouble::Sort(format!(
            "percentage points are of percentages, and `{}` is in {}: use `change`",
            arguments[0],
            now.unit_words()
        ))),
        _ if now.is_percent() || before.is_percent() => Err(Trouble::Sort(format!(
            "`{}` is a percentage, which changes by 个百分点: use `points`",
            arguments[0]
        ))),
        _ => percent(&now.minus(&before)?.over(&before, &named)?, Sort::Growth),
    }
}

fn rank(arguments: &[Expr], facts: &Facts<'_>) -> Result<Amount, Trouble> {
    let own = evaluate(&arguments[0], facts)?;
    let mut place = 1_usize;
    for other in &arguments[1..] {
        let other = evaluate(other, facts)?;
        own.joint_unit(&other, "compare")?;
        place += usize::from(other.value > own.value);
    }
    let unit = Some(String::new());
    Ok(Amount { sort: Sort::Place, unit, ..Amount::count(place) })
}

fn round(arguments: &[Expr], facts: &Facts<'_>) -> Result<Amount, Trouble> {
    let mut one = evaluate(&arguments[0], facts)?;
    let places = match arguments.get(1) {
        None => 0,
        Some(Expr::Number(number)) => {
            let places = number.value().and_then(|number| u32::try_from(number).ok());
            places.filter(|places| *places <= crate::model::ROUNDING_MAX_PLACES).ok_or_else(
                || Trouble::Sort(format!("`{number}` is no number of places")),
            )?
        }
        Some(other) => {
            return Err(Trouble::Sort(format!("`{other}` is no number of places")));
        }
    };
    one.value = Rounding::half_up(places).apply(one.value).normalize();
    Ok(one)
}

/// A figure in all years that have it, up to that of the record.
fn over_years(
    function: &str,
    arguments: &[Expr],
    facts: &Facts<'_>,
) -> Result<Vec<Amount>, Trouble> {
    let Expr::Path(name) = &arguments[0] else {
        return Err(Trouble::Sort(format!(
            "`{function}` follows one figure over the years, not `{}`",
            arguments[0]
        )));
    };
    facts.resolve(name)?;
    facts.years(name).iter().map(|name| named(name, facts)).collect()
}

fn monotone(task: Task, named: &Expr, all: &[Amount]) -> Result<Verdict, Trouble> {
    let op = if task == Task::Rising { Op::AtMost } else { Op::AtLeast };
    let mut verdict = Verdict::Holds;
    for pair in all.windows(2) {
        verdict = match (verdict, relation(op, &pair[0], &pair[1], Decimal::ZERO)?) {
            (_, Some(false)) => {
                let (before, after) = (shown(&pair[0]), shown(&pair[1]));
                let way = if task == Task::Rising { "falls" } else { "rises" };
                return Ok(Verdict::Broken(format!(
                    "`{named}` {way} from {before} to {after}"
                )));
            }
            (_, None) => Verdict::Undecided,
            (verdict, Some(true)) => verdict,
        };
    }
    Ok(verdict)
}

fn chain(first: &Expr, rest: &[(Op, Expr)], facts: &Facts<'_>) -> Result<Verdict, Trouble> {
    let mut verdict = Verdict::Holds;
    let mut left = (first, evaluate(first, facts)?);
    for (op, expr) in rest {
        let right = (expr, evaluate(expr, facts)?);
        // One figure as it is written may be off by half of its last digit.
        let written = |(expr, amount): &(&Expr, Amount)| match expr {
            Expr::Path(_) if amount.slack.is_zero() => Decimal::new(5, 1),
            _ => amount.slack,
        };
        let slack = written(&left).checked_add(written(&right)).ok_or(Trouble::TooLarge)?;
        match relation(*op, &left.1, &right.1, slack)? {
            Some(true) => {}
            None => verdict = Verdict::Undecided,
            Some(false) => {
                return Ok(Verdict::Broken(format!(
                    "{} is not {} {}",
                    side(&left),
                    op.mark(),
                    side(&right)
                )));
            }
        }
        left = right;
    }
    Ok(verdict)
}

/// A side of a comparison in words: `141个 (cases)`.
fn side((expr, amount): &(&Expr, Amount)) -> String {
    match expr {
        Expr::Number(number) => number.to_string(),
        expr => format!("{} (`{expr}`)", shown(amount)),
    }
}

/// An amount in words.
fn shown(amount: &Amount) -> String {
    match amount.print(None, None) {
        Ok((quantity, _)) => quantity.text,
        Err(_) => amount.value.normalize().to_string(),
    }
}

/// Whether a comparison holds; `None` where what is known does not decide it.
fn relation(
    op: Op,
    left: &Amount,
    right: &Amount,
    slack: Decimal,
) -> Result<Option<bool>, Trouble> {
    left.joint_unit(right, "compare")?;
    let (a, b) = (left.value, right.value);
    let exact = left.bound == Bound::Exact && right.bound == Bound::Exact;
    // The least and the greatest that each may be.
    let low = |one: &Amount| match one.bound {
        Bound::Exact | Bound::MoreThan | Bound::AtLeast => Some(one.value),
        _ => None,
    };
    let high = |one: &Amount| match one.bound {
        Bound::Exact | Bound::LessThan | Bound::Nearly | Bound::AtMost => Some(one.value),
        _ => None,
    };
    // 1200余 is more than 1200, not just as much.
    let open = |one: &Amount| {
        matches!(one.bound, Bound::MoreThan | Bound::LessThan | Bound::Nearly)
    };
    let below = |a: &Amount, b: &Amount| {
        let apart = |(x, y): (Decimal, Decimal), strict: bool| x < y || (x == y && strict);
        let strict = open(a) || open(b);
        if high(a).zip(low(b)).is_some_and(|ends| apart(ends, strict)) {
            Some(true)
        } else if high(b).zip(low(a)).is_some_and(|ends| apart(ends, true)) {
            Some(false)
        } else {
            None
        }
    };
    let not = |known: Option<bool>| known.map(|holds| !holds);
    Ok(match op {
        Op::Equal if exact => Some(a == b),
        Op::Unequal if exact => Some(a != b),
        Op::Near if exact => {
            Some(a.checked_sub(b).ok_or(Trouble::TooLarge)?.abs() <= slack)
        }
        Op::Equal | Op::Unequal | Op::Near => None,
        Op::Less => below(left, right),
        Op::More => below(right, left),
        Op::AtMost => not(below(right, left)),
        Op::AtLeast => not(below(left, right)),
        Op::Plus | Op::Minus | Op::Times | Op::Over => None,
    })
}

#[cfg(test)]
mod tests;
