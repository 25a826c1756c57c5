//! Figures that are computed: each in its turn, after those that it is computed from.

use std::collections::{BTreeMap, VecDeque};

use super::items::Waiting;
use crate::diag::codes::figures as codes;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::formula::{self, Amount, Expr, Facts, Names, Trouble};
use crate::model::{Figure, Formula, Input, Quantity, Record, Untrue, Year};
use crate::press::Series;
use crate::source::Place;

/// The figures of a year that wait for their value, and the ids of all its figures in
/// order.
pub(super) type OfYear = (Option<Year>, Vec<String>, Vec<Waiting>);

/// A figure on its way to a value.
struct Node {
    year: Option<Year>,
    figure: Waiting,
    /// The formula, and what it names; `None` where it cannot be read.
    read: Option<(Expr, Vec<Input>)>,
    /// The nodes that wait for this one.
    followers: Vec<usize>,
    /// How many nodes it waits for.
    waits: usize,
}

/// Computes all figures of a series that have formulas, and puts them into their records;
/// gives the names of all figures.
pub(super) fn settle(
    series: &mut Series,
    all: Vec<OfYear>,
    diags: &mut Diagnostics,
) -> Names {
    let names = names(series, &all);
    let mut orders: Vec<(Option<Year>, Vec<String>)> = Vec::new();
    let mut nodes = Vec::new();
    for (year, order, waiting) in all {
        if !waiting.is_empty() {
            orders.push((year, order));
        }
        for figure in waiting {
            let facts = facts(series, &names, year);
            let read = match formula::parse(&figure.formula.text) {
                Ok(expr) => {
                    let inputs = facts.inputs(&expr);
                    Some((expr, inputs))
                }
                Err(trouble) => {
                    report(&trouble, &figure.formula.text, figure.formula.place, diags);
                    None
                }
            };
            nodes.push(Node { year, figure, read, followers: Vec::new(), waits: 0 });
        }
    }
    if nodes.is_empty() {
        return names;
    }
    join(&mut nodes);
    in_turn(series, nodes, &names, diags);
    for (year, order) in orders {
        let place: BTreeMap<&str, usize> =
            order.iter().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
        if let Some(record) = record_mut(series, year) {
            record.figures.sort_by_cached_key(|id, _| place.get(id.as_str()).copied());
        }
    }
    names
}

fn names(series: &Series, all: &[OfYear]) -> Names {
    let mut names = Names::default();
    let years = series.records.iter().map(|(year, record)| (Some(*year), record));
    for (year, record) in std::iter::once((None, &series.shared)).chain(years) {
        for figure in record.figures.values() {
            names.add(year, &figure.item.id, &figure.label);
        }
    }
    for (year, _, waiting) in all {
        waiting.iter().for_each(|one| names.add(*year, &one.id, &one.label));
    }
    names
}

/// What the formulas and invariants of a year can name.
pub(super) fn facts<'a>(
    series: &'a Series,
    names: &'a Names,
    year: Option<Year>,
) -> Facts<'a> {
    Facts { shared: &series.shared, records: &series.records, year, names }
}

fn record_mut(series: &mut Series, year: Option<Year>) -> Option<&mut Record> {
    match year {
        Some(year) => series.records.get_mut(&year),
        None => Some(&mut series.shared),
    }
}

/// Finds who waits for whom.
fn join(nodes: &mut [Node]) {
    let at: BTreeMap<(Option<Year>, String), usize> = nodes
        .iter()
        .enumerate()
        .map(|(at, node)| ((node.year, node.figure.id.clone()), at))
        .collect();
    for follower in 0..nodes.len() {
        let inputs = nodes[follower].read.as_ref().map(|(_, inputs)| inputs.as_slice());
        let waits: Vec<usize> = inputs
            .unwrap_or_default()
            .iter()
            .filter_map(|input| match input {
                Input::Figure(year, id) => at.get(&(*year, id.clone())).copied(),
                Input::Rows(_) => None,
            })
            .collect();
        nodes[follower].waits = waits.len();
        waits.into_iter().for_each(|one| nodes[one].followers.push(follower));
    }
}

fn in_turn(
    series: &mut Series,
    nodes: Vec<Node>,
    names: &Names,
    diags: &mut Diagnostics,
) {
    let followers: Vec<Vec<usize>> =
        nodes.iter().map(|node| node.followers.clone()).collect();
    let mut waits: Vec<usize> = nodes.iter().map(|node| node.waits).collect();
    let mut nodes: Vec<Option<Node>> = nodes.into_iter().map(Some).collect();
    let ready = waits.iter().enumerate().filter(|(_, waits)| **waits == 0);
    let mut ready: VecDeque<usize> = ready.map(|(at, _)| at).collect();
    while let Some(at) = ready.pop_front() {
        let Some(node) = nodes[at].take() else { continue };
        let year = node.year;
        if let Some(figure) = settled(node, series, names, diags)
            && let Some(record) = record_mut(series, year)
        {
            record.figures.insert(figure.item.id.clone(), figure);
        }
        for &follower in &followers[at] {
            waits[follower] -= 1;
            if waits[follower] == 0 {
                ready.push_back(follower);
            }
        }
    }
    cycles(&nodes, &followers, diags);
}

/// Reports what waits for itself. What waits for such a figure has no value either, and
/// needs no word of its own.
fn cycles(nodes: &[Option<Node>], followers: &[Vec<usize>], diags: &mut Diagnostics) {
    const NEW: usize = usize::MAX;
    let mut seen = vec![NEW; nodes.len()];
    let mut leads: Vec<Option<usize>> = vec![None; nodes.len()];
    for (at, all) in followers.iter().enumerate().filter(|(at, _)| nodes[*at].is_some()) {
        all.iter().for_each(|&follower| leads[follower] = Some(at));
    }
    for start in (0..nodes.len()).filter(|&at| nodes[at].is_some()) {
        let mut at = start;
        while seen[at] == NEW {
            seen[at] = start;
            match leads[at].filter(|&next| nodes[next].is_some()) {
                Some(next) => at = next,
                None => break,
            }
        }
        let closed = seen[at] == start && leads[at].is_some();
        let Some(first) = nodes[at].as_ref().filter(|_| closed) else { continue };
        let mut path = vec![first.figure.id.as_str()];
        let mut next = leads[at].unwrap_or(at);
        let mut found =
            Diagnostic::new(&codes::FORMULA_CYCLE, first.figure.formula.place, "");
        while next != at {
            let Some(node) = &nodes[next] else { break };
            path.push(&node.figure.id);
            found = found.related(node.figure.formula.place, "by way of this formula");
            next = leads[next].unwrap_or(at);
        }
        path.push(&first.figure.id);
        found.message =
            format!("`{}` is computed from itself: `{}`", path[0], path.join("` ← `"));
        diags.add(found.hint("write one of them as a value"));
    }
}

/// The figure with its value, where the formula has one and it is the stated one.
fn settled(
    node: Node,
    series: &Series,
    names: &Names,
    diags: &mut Diagnostics,
) -> Option<Figure> {
    let Node { year, figure, read, .. } = node;
    let (expr, inputs) = read?;
    let Waiting { id, formula, unit, rounding, stated, make, .. } = figure;
    let facts = facts(series, names, year);
    // A unit in the value goes before one in the formula.
    let unit = unit.or_else(|| stated.as_ref().map(|(_, value)| value.unit.clone()));
    let computed = formula::evaluate(&expr, &facts)
        .and_then(|amount| Ok((amount.print(unit.as_deref(), rounding)?, amount)));
    let ((value, exact), amount) = match computed {
        Ok(computed) => computed,
        Err(trouble) => {
            report(&trouble, &formula.text, formula.place, diags);
            // What is stated stands, where there is a value.
            return stated.map(|(place, value)| make(value, place, None));
        }
    };
    let made = Formula { text: formula.text, place: formula.place, exact, inputs };
    match stated {
        None => Some(make(value, made.place, Some(made))),
        Some((place, stated)) => {
            if let Err(why) = agrees(&stated, &amount, &value, exact) {
                let message = format!(
                    "`{id}` is `{stated}`, and its formula `{}` comes to `{value}`: {why}",
                    made.text
                );
                diags.add(
                    Diagnostic::new(&codes::FORMULA_DISAGREES, place, message)
                        .related(made.place, "the formula")
                        .hint("correct one of the two, or leave the value out"),
                );
            }
            Some(make(stated, place, Some(made)))
        }
    }
}

/// Whether the stated value is a true form of the computed one.
fn agrees(
    stated: &Quantity,
    amount: &Amount,
    value: &Quantity,
    exact: crate::model::Decimal,
) -> Result<(), Untrue> {
    // Compared is what was computed, not what it would be rounded to.
    let full = Quantity::compose(exact.normalize(), 0, amount.bound, &value.unit);
    stated.is_true_of(full.as_ref().unwrap_or(value))
}

/// Reports why a formula or invariant has no value.
pub(super) fn report(
    trouble: &Trouble,
    text: &str,
    place: Place,
    diags: &mut Diagnostics,
) {
    let (code, hint): (&'static Code, Option<String>) = match trouble {
        // It was said where that figure stands.
        Trouble::Unsettled(_) => return,
        Trouble::Syntax(_) | Trouble::TooLong => (
            &codes::UNREADABLE_FORMULA,
            Some(
                "write names of figures with + - × ÷ between, as in `done / total`"
                    .into(),
            ),
        ),
        Trouble::Unknown { hint, .. } => (&codes::UNKNOWN_NAME_IN_FORMULA, hint.clone()),
        Trouble::ZeroDivision(_) => (&codes::DIVISION_BY_ZERO, None),
        Trouble::Units(_) => (&codes::UNLIKE_UNITS, None),
        Trouble::Missing(..) | Trouble::Sort(_) | Trouble::TooLarge => {
            (&codes::FORMULA_WITHOUT_VALUE, None)
        }
    };
    let shown = super::value::quote(text);
    let message = format!("in `{shown}`: {trouble}");
    diags.add(Diagnostic::new(code, place, message).maybe_hint(hint));
}
