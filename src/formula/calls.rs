//! What the functions of formulas do.

use super::eval::{Value, named, relation, shown};
use super::functions::{self, Function, Task};
use super::parse::{Expr, Op};
use super::{Amount, Facts, Sort, Trouble, Verdict, evaluate, rows};
use crate::diag::suggest;
use crate::model::{Decimal, Rounding};

/// What a function gives.
///
/// # Errors
/// Why it gives nothing.
pub(super) fn call(
    name: &str,
    arguments: &[Expr],
    facts: &Facts<'_>,
) -> Result<Value, Trouble> {
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
                    (super::eval::named(&earlier, facts)?, earlier.to_string())
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
            places
                .filter(|places| *places <= crate::model::ROUNDING_MAX_PLACES)
                .ok_or_else(|| {
                    Trouble::Sort(format!("`{number}` is no number of places"))
                })?
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
