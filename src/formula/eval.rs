//! The value of a formula over the facts of a series.

use std::collections::{BTreeMap, BTreeSet};

use super::functions::{self, Task};
use super::parse::{Expr, Name, Op, Part, When};
use super::{Amount, Trouble, calls, rows};
use crate::diag::suggest;
use crate::model::{Bound, Decimal, Figure, Input, Record, Year};

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
pub(super) enum Value {
    /// A number.
    Amount(Amount),
    /// Whether something holds.
    Verdict(Verdict),
    /// Text.
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
    pub(super) fn resolve(&self, name: &Name) -> Result<(Option<Year>, String), Trouble> {
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

    pub(super) fn figure(&self, name: &Name) -> Result<&'a Figure, Trouble> {
        let (year, id) = self.resolve(name)?;
        self.record(year)
            .and_then(|record| record.figures.get(&id))
            .ok_or(Trouble::Unsettled(id))
    }

    /// The years that have a figure of this id or label, up to that of the record.
    pub(super) fn years(&self, name: &Name) -> Vec<Name> {
        let upto = self.year;
        let years =
            self.records.keys().filter(|&&year| upto.is_none_or(|own| year <= own));
        years
            .map(|&year| Name { when: When::Year(year), ..name.clone() })
            .filter(|name| self.resolve(name).is_ok())
            .collect()
    }

    /// The same figure a year before.
    pub(super) fn year_before(&self, name: &Name) -> Option<Name> {
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
        Expr::Call(name, arguments) => calls::call(name, arguments, facts)?,
    })
}

pub(super) fn named(name: &Name, facts: &Facts<'_>) -> Result<Amount, Trouble> {
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

fn chain(
    first: &Expr,
    rest: &[(Op, Expr)],
    facts: &Facts<'_>,
) -> Result<Verdict, Trouble> {
    let mut verdict = Verdict::Holds;
    let mut left = (first, evaluate(first, facts)?);
    for (op, expr) in rest {
        let right = (expr, evaluate(expr, facts)?);
        // One figure as it is written may be off by half of its last digit.
        let written = |(expr, amount): &(&Expr, Amount)| match expr {
            Expr::Path(_) if amount.slack.is_zero() => Decimal::new(5, 1),
            _ => amount.slack,
        };
        let slack =
            written(&left).checked_add(written(&right)).ok_or(Trouble::TooLarge)?;
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
pub(super) fn shown(amount: &Amount) -> String {
    match amount.print(None, None) {
        Ok((quantity, _)) => quantity.text,
        Err(_) => amount.value.normalize().to_string(),
    }
}

/// Whether a comparison holds; `None` where what is known does not decide it.
pub(super) fn relation(
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
        let apart =
            |(x, y): (Decimal, Decimal), strict: bool| x < y || (x == y && strict);
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
