//! What keeps a template from running away: Tera bounds neither what a loop gathers nor
//! what a variable holds.
//!
//! [`marks`](super::marks) puts a call of [`TURN`] into each loop and component, which
//! pays for the text of one turn, and a filter [`HELD`] behind what a variable is set to.

use std::cell::Cell;
use std::fmt::Write as _;
use std::ops::Range;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::MAX_MERGED_BYTES;
use super::marks::Marked;

/// The most bytes of a text that a variable holds.
pub const MAX_VALUE: usize = 1 << 20;

/// The most bytes and entries that a variable holds in lists and tables.
pub const MAX_VALUES: usize = 16 << 20;

/// The function that loops call in each turn.
const TURN: &str = "__turn";
/// The filter on what variables are set to.
const HELD: &str = "__held";
/// How errors begin that say that a limit was reached.
pub(super) const SPENT: &str = "limit reached: ";
/// How many digits the price of a turn has.
const DIGITS: usize = 8;

thread_local! {
    /// What the loops of the template that this thread carries out have cost so far.
    static COST: Cell<usize> = const { Cell::new(0) };
}

/// Gives an engine the function and the filter.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function(TURN, turn);
    tera.register_filter(HELD, held);
}

/// Is called before a template is carried out.
pub(super) fn refill() {
    COST.set(0);
}

fn turn(kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let price: usize = kwargs.must_get("n")?;
    let cost = COST.get().saturating_add(price);
    COST.set(cost);
    if cost > MAX_MERGED_BYTES {
        let limit = MAX_MERGED_BYTES >> 20;
        let message = format!("{SPENT}the loops of this text print more than {limit} MB");
        return Err(Error::message(message));
    }
    Ok(Value::safe_string(""))
}

fn held(value: Value, _: Kwargs, _: &State) -> TeraResult<Value> {
    let mut room = MAX_VALUES;
    if weigh(&value, &mut room) {
        return Ok(value);
    }
    let (text, list) = (MAX_VALUE >> 20, MAX_VALUES >> 20);
    Err(Error::message(format!(
        "{SPENT}a variable holds more than {text} MB of text, or {list} MB in a list"
    )))
}

/// Takes what a value weighs from the room that is left; false when it does not fit.
fn weigh(value: &Value, room: &mut usize) -> bool {
    let own = value.as_str().map_or(1, str::len);
    let left = room.checked_sub(own).filter(|_| own <= MAX_VALUE);
    let Some(left) = left else { return false };
    *room = left;
    if let Some(items) = value.as_array() {
        return items.iter().all(|item| weigh(item, room));
    }
    if let Some(map) = value.as_map() {
        return map.values().all(|item| weigh(item, room));
    }
    true
}

/// The loops and captures that are open at a place of a template.
#[derive(Default)]
pub(super) struct Gauge {
    /// Of open loops: where the price of a turn stands in the marked text.
    loops: Vec<usize>,
    /// How many open blocks gather text that is not printed at once.
    captures: usize,
}

impl Gauge {
    /// Copies the statement at a range of the source with what it needs of fuel.
    pub fn statement(&mut self, text: &str, range: Range<usize>, out: &mut Marked) {
        let tag = &text[range.clone()];
        let inner = tag.trim_start_matches("{%").trim_start_matches('-').trim_start();
        let word = inner.split(|c: char| !c.is_ascii_alphabetic() && c != '_').next();
        match word.unwrap_or_default() {
            "for" | "component" => {
                out.copy(text, range);
                let _ = write!(out.text, "{{{{ {TURN}(n=");
                self.loops.push(out.text.len());
                let _ = write!(out.text, "{:0DIGITS$}) }}}}", 0);
            }
            "endfor" | "endcomponent" => {
                if let Some(at) = self.loops.pop() {
                    let price = (out.text.len() - at).min(MAX_MERGED_BYTES);
                    let price = format!("{price:0DIGITS$}");
                    out.text.replace_range(at..at + DIGITS, &price);
                }
                out.copy(text, range);
            }
            "set" | "set_global" => match assigned(tag) {
                Some(value) => {
                    let value = range.start + value.start..range.start + value.end;
                    out.copy(text, range.start..value.start);
                    out.text.push('(');
                    out.copy(text, value.clone());
                    let _ = write!(out.text, ") | {HELD} ");
                    out.copy(text, value.end..range.end);
                }
                None => {
                    self.captures += 1;
                    out.copy(text, range);
                }
            },
            word => {
                match word {
                    "filter" => self.captures += 1,
                    "endset" | "endfilter" => {
                        self.captures = self.captures.saturating_sub(1);
                    }
                    _ => {}
                }
                out.copy(text, range);
            }
        }
    }

    /// Copies the expression at a range of the source; where what it prints is gathered,
    /// with what it needs of fuel.
    pub fn expression(&self, text: &str, range: Range<usize>, out: &mut Marked) {
        let tag = &text[range.clone()];
        let inner = tag.strip_prefix("{{").and_then(|tag| tag.strip_suffix("}}"));
        let Some(inner) = inner.filter(|_| self.captures > 0) else {
            out.copy(text, range);
            return;
        };
        let hyphens = inner.len() - inner.trim_start_matches('-').len();
        let start = range.start + 2 + hyphens;
        let length = inner.trim_matches('-').len();
        out.copy(text, range.start..range.start + 2);
        out.text.push('(');
        out.copy(text, start..start + length);
        let _ = write!(out.text, ") | {HELD} }}}}");
    }
}

/// The value in a tag that sets a name to a value; not in one that begins a block.
fn assigned(tag: &str) -> Option<Range<usize>> {
    let (name, rest) = tag.split_once('=')?;
    let end = rest.strip_suffix("%}")?;
    let end = end.strip_suffix('-').unwrap_or(end);
    let plain = !name.contains(['|', '"', '\'', '(']);
    plain.then(|| name.len() + 1..name.len() + 1 + end.len())
}

#[cfg(test)]
mod tests {
    use super::assigned;

    #[test]
    fn value_of_a_set_is_found_but_not_that_of_a_filter() {
        let value = |tag: &'static str| assigned(tag).map(|range| &tag[range]);
        assert_eq!(value("{% set a = b == c -%}"), Some(" b == c "));
        assert_eq!(value("{% set a | replace(from=\"甲\", to=\"乙\") %}"), None);
        assert_eq!(value("{% set a %}"), None);
    }
}
