//! Formulas over figures (公式): what one says, and its value over the facts of a series.
//!
//! No expression crate keeps exact decimals *and* units, so the grammar is built with
//! `winnow` (in the tree already, for TOML) and the values are our own [`Amount`]s: a
//! decimal with its unit, in which 3.1个百分点 and 12.5% of growth are different things.
//! A formula says what is counted from what; nothing here knows where it was written.

mod amount;
mod calls;
mod eval;
mod functions;
mod parse;
mod rows;
mod trouble;

pub use amount::{Amount, Sort};
pub use eval::{Facts, Names, Verdict, evaluate, judge};
pub use functions::{FUNCTIONS, Function};
pub use parse::{Expr, FORMULA_MAX_CHARS, MAX_BRACKETS, Name, Op, Part, When, parse};
pub use trouble::Trouble;
