//! The grammar of formulas.
//!
//! ```text
//! claim   = sum (("=" | "≈" | "≠" | "<" | "≤" | ">" | "≥") sum)*
//! sum     = operands with + - × ÷ and a minus before, × and ÷ first
//! operand = number [unit] | "text" | name "(" claims ")" | path | "(" claim ")"
//! path    = name ("." name | "[" "text" "]")*
//! ```
//!
//! Full-width marks are the same as half-width ones. A name may hold Chinese characters,
//! and hyphens where no space is about.

use std::fmt;

use winnow::combinator::{
    Infix, Prefix, alt, cut_err, delimited, expression, fail, opt, preceded, repeat,
    separated,
};
use winnow::prelude::*;
use winnow::token::{any, one_of, take_while};

use super::Trouble;
use crate::model::{Quantity, Year, half_width};

/// The longest formula, in characters.
pub const FORMULA_MAX_CHARS: usize = 400;

/// How deep brackets may stand in one another.
pub const MAX_BRACKETS: usize = 24;

/// What a formula says.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A number, with its unit where it has one.
    Number(Quantity),
    /// Text, in quotation marks.
    Text(String),
    /// A figure, a collection, a table or a field.
    Path(Name),
    /// A function with what it is given.
    Call(String, Vec<Self>),
    /// With a minus before it.
    Minus(Box<Self>),
    /// Two joined by an operator.
    Join(Op, Box<Self>, Box<Self>),
    /// A chain of comparisons: `1 ≤ x ≤ 2`.
    Claim(Box<Self>, Vec<(Op, Self)>),
}

/// What joins two parts of a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`, `×`
    Times,
    /// `/`, `÷`
    Over,
    /// `=`
    Equal,
    /// `≈`: equal as far as both are written.
    Near,
    /// `≠`
    Unequal,
    /// `<`
    Less,
    /// `≤`
    AtMost,
    /// `>`
    More,
    /// `≥`
    AtLeast,
}

impl Op {
    /// How strongly it binds.
    fn strength(self) -> u8 {
        match self {
            Self::Plus | Self::Minus => 1,
            Self::Times | Self::Over => 2,
            _ => 0,
        }
    }

    /// The mark in messages.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "×",
            Self::Over => "÷",
            Self::Equal => "=",
            Self::Near => "≈",
            Self::Unequal => "≠",
            Self::Less => "<",
            Self::AtMost => "≤",
            Self::More => ">",
            Self::AtLeast => "≥",
        }
    }
}

/// A name with what stands before and after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Of which year.
    pub when: When,
    /// The id or label of a figure, or the name of a collection, table or field.
    pub name: String,
    /// Which of a figure's values.
    pub part: Part,
    /// Whether `data.` stands before it: a free table.
    pub table: bool,
}

/// Of which year a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// That of the record.
    Now,
    /// The year before.
    LastYear,
    /// A year by its number.
    Year(Year),
}

/// Which of a figure's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Its value.
    Value,
    /// That of the period before.
    Previous,
    /// The one aimed at.
    Target,
}

/// Reads a formula.
///
/// # Errors
/// Where it cannot be read, saying from where on.
pub fn parse(text: &str) -> Result<Expr, Trouble> {
    let text = text.trim();
    if text.chars().nth(FORMULA_MAX_CHARS).is_some() || depth(text) > MAX_BRACKETS {
        return Err(Trouble::TooLong);
    }
    claim.parse(text).map_err(|error| {
        Trouble::Syntax(text.get(error.offset()..).unwrap_or_default().to_owned())
    })
}

/// How deep brackets stand in one another; a run of minus signs is as deep as it is long.
fn depth(text: &str) -> usize {
    let (mut open, mut deepest, mut signs) = (0_usize, 0, 0_usize);
    for ch in text.chars() {
        match ch {
            '(' | '（' | '[' => open += 1,
            ')' | '）' | ']' => open = open.saturating_sub(1),
            _ => {}
        }
        signs = match ch {
            '-' | '－' => signs + 1,
            ' ' => signs,
            _ => 0,
        };
        deepest = deepest.max(open).max(signs);
    }
    deepest
}

type Found<T> = winnow::ModalResult<T>;

fn claim(input: &mut &str) -> Found<Expr> {
    let first = sum(input)?;
    let rest: Vec<(Op, Expr)> = repeat(0.., (comparison, sum)).parse_next(input)?;
    Ok(if rest.is_empty() { first } else { Expr::Claim(Box::new(first), rest) })
}

fn comparison(input: &mut &str) -> Found<Op> {
    alt((
        alt(("==", "=", "＝")).value(Op::Equal),
        alt(("≈", "≒", "~=")).value(Op::Near),
        alt(("!=", "≠", "<>")).value(Op::Unequal),
        alt(("<=", "≤", "⩽")).value(Op::AtMost),
        alt((">=", "≥", "⩾")).value(Op::AtLeast),
        alt(("<", "＜")).value(Op::Less),
        alt((">", "＞")).value(Op::More),
    ))
    .parse_next(input)
}

fn sum(input: &mut &str) -> Found<Expr> {
    let infix = |input: &mut &str| {
        let op = alt((
            one_of(['+', '＋']).value(Op::Plus),
            one_of(['-', '－', '−']).value(Op::Minus),
            one_of(['*', '×', '＊']).value(Op::Times),
            one_of(['/', '÷', '／']).value(Op::Over),
        ))
        .parse_next(input)?;
        let join: fn(&mut &str, Expr, Expr) -> Found<Expr> = match op {
            Op::Plus => |_, a, b| Ok(Expr::Join(Op::Plus, Box::new(a), Box::new(b))),
            Op::Minus => |_, a, b| Ok(Expr::Join(Op::Minus, Box::new(a), Box::new(b))),
            Op::Times => |_, a, b| Ok(Expr::Join(Op::Times, Box::new(a), Box::new(b))),
            _ => |_, a, b| Ok(Expr::Join(Op::Over, Box::new(a), Box::new(b))),
        };
        Ok(match op {
            Op::Plus | Op::Minus => Infix::Left(1, join),
            _ => Infix::Left(2, join),
        })
    };
    let prefix = |input: &mut &str| {
        one_of(['-', '－', '−']).parse_next(input)?;
        let minus: fn(&mut &str, Expr) -> Found<Expr> =
            |_, a| Ok(Expr::Minus(Box::new(a)));
        Ok(Prefix(3, minus))
    };
    expression(operand).prefix(prefix).infix(infix).parse_next(input)
}

/// An operand with the white space about it.
fn operand(input: &mut &str) -> Found<Expr> {
    delimited(space, alt((number, text.map(Expr::Text), named, bracketed)), space)
        .parse_next(input)
}

fn space(input: &mut &str) -> Found<()> {
    take_while(0.., |c: char| c.is_whitespace()).void().parse_next(input)
}

fn bracketed(input: &mut &str) -> Found<Expr> {
    delimited(one_of(['(', '（']), claim, cut_err(one_of([')', '）']))).parse_next(input)
}

/// Digits, and the magnitude and unit that stand right behind: `1200万元`, `5%`.
fn number(input: &mut &str) -> Found<Expr> {
    let digits = (
        take_while(1.., |c: char| c.is_ascii_digit()),
        opt((".", take_while(1.., |c: char| c.is_ascii_digit()))),
        take_while(0.., |c: char| c.is_alphabetic() || matches!(c, '%' | '％' | '‰')),
    );
    digits
        .take()
        .verify_map(|text| Quantity::parse(text, None).ok())
        .map(Expr::Number)
        .parse_next(input)
}

/// Text between quotation marks of one sort.
fn text(input: &mut &str) -> Found<String> {
    let open = any.parse_next(input)?;
    let close = match open {
        '"' | '\'' => open,
        '“' => '”',
        '‘' => '’',
        _ => return fail.parse_next(input),
    };
    let inner = take_while(0.., |c: char| c != close).parse_next(input)?;
    let inner = inner.to_owned();
    any.parse_next(input)?;
    Ok(inner)
}

fn word<'i>(input: &mut &'i str) -> Found<&'i str> {
    let name = |c: char| c.is_alphanumeric() || c == '_';
    let part = move || take_while(1.., name);
    let first = one_of(|c: char| c.is_alphabetic() || c == '_');
    let tail = (take_while(0.., name), repeat(0.., preceded('-', part())).map(|()| ()));
    (first, tail).take().parse_next(input)
}

/// A function, a figure, a collection or a table.
fn named(input: &mut &str) -> Found<Expr> {
    let head = word(input)?.to_owned();
    let open = preceded(space, one_of(['(', '（']));
    if opt(open).parse_next(input)?.is_some() {
        let comma = delimited(space, one_of([',', '，', '、']), space);
        let arguments = separated(0.., claim, comma).parse_next(input)?;
        cut_err(preceded(space, one_of([')', '）']))).parse_next(input)?;
        return Ok(Expr::Call(head, arguments));
    }
    let segment =
        alt((preceded('.', word).map(str::to_owned), delimited('[', text, ']')));
    let mut segments = vec![head];
    let rest: Vec<String> = repeat(0.., segment).parse_next(input)?;
    segments.extend(rest);
    match path(&segments) {
        Some(name) => Ok(Expr::Path(name)),
        None => fail.parse_next(input),
    }
}

/// What a path names: `f.x`, `x.previous`, `years["2019"].f.x`, `last_year.x`, `data.t`.
fn path(segments: &[String]) -> Option<Name> {
    let mut rest = segments;
    let mut when = When::Now;
    match rest {
        [years, year, tail @ ..] if years == "years" => {
            when = When::Year(half_width(year).trim().parse().ok()?);
            rest = tail;
        }
        [head, tail @ ..]
            if matches!(head.as_str(), "last_year" | "上年" | "去年")
                && !tail.is_empty() =>
        {
            when = When::LastYear;
            rest = tail;
        }
        _ => {}
    }
    let mut table = false;
    match rest {
        [head, tail @ ..]
            if matches!(head.as_str(), "f" | "figure") && !tail.is_empty() =>
        {
            rest = tail;
        }
        [head, tail @ ..] if head == "data" && !tail.is_empty() => {
            table = true;
            rest = tail;
        }
        _ => {}
    }
    let (name, part) = match rest {
        [name] => (name, Part::Value),
        [name, part] if !table => (name, self::part(part)?),
        _ => return None,
    };
    Some(Name { when, name: name.clone(), part, table })
}

fn part(word: &str) -> Option<Part> {
    Some(match word {
        "value" | "数值" => Part::Value,
        "previous" | "上期" => Part::Previous,
        "target" | "目标" => Part::Target,
        _ => return None,
    })
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.when {
            When::Now => {}
            When::LastYear => write!(f, "last_year.")?,
            When::Year(year) => write!(f, "years[\"{year}\"].")?,
        }
        if self.table {
            write!(f, "data.")?;
        }
        f.write_str(&self.name)?;
        match self.part {
            Part::Value => Ok(()),
            Part::Previous => write!(f, ".previous"),
            Part::Target => write!(f, ".target"),
        }
    }
}

impl Expr {
    /// In brackets, where what stands about it binds more strongly.
    fn grouped(&self, f: &mut fmt::Formatter<'_>, strength: u8) -> fmt::Result {
        let own = match self {
            Self::Join(op, ..) => op.strength(),
            Self::Claim(..) => 0,
            _ => return write!(f, "{self}"),
        };
        if own < strength { write!(f, "({self})") } else { write!(f, "{self}") }
    }
}

/// As it would be written, with spaces about operators.
impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(quantity) => write!(f, "{quantity}"),
            Self::Text(text) => write!(f, "\"{text}\""),
            Self::Path(name) => write!(f, "{name}"),
            Self::Call(name, arguments) => {
                write!(f, "{name}(")?;
                for (at, one) in arguments.iter().enumerate() {
                    let comma = if at > 0 { ", " } else { "" };
                    write!(f, "{comma}{one}")?;
                }
                write!(f, ")")
            }
            Self::Minus(one) => {
                f.write_str("-")?;
                one.grouped(f, 3)
            }
            Self::Join(op, a, b) => {
                let strength = op.strength();
                a.grouped(f, strength)?;
                write!(f, " {} ", op.mark())?;
                b.grouped(f, strength + 1)
            }
            Self::Claim(first, rest) => {
                write!(f, "{first}")?;
                rest.iter().try_for_each(|(op, one)| write!(f, " {} {one}", op.mark()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> String {
        parse(text).map_or_else(|trouble| format!("!{trouble}"), |one| one.to_string())
    }

    #[test]
    fn formulas_are_read_as_they_are_written_in_offices() {
        for (text, expected) in [
            ("cases", "cases"),
            ("best+good + shortlisted", "best + good + shortlisted"),
            ("最佳案例＋优秀案例", "最佳案例 + 优秀案例"),
            ("done / (total - 3家)", "done ÷ (total - 3家)"),
            ("share( done，total )", "share(done, total)"),
            ("years[\"2019\"].f.x - last_year.x", "years[\"2019\"].x - last_year.x"),
            ("上年.办班期数 * 2", "last_year.办班期数 × 2"),
            ("f[\"“红社e家”案例\"]", "“红社e家”案例"),
            ("0 ≤ rate <= 100%", "0 ≤ rate ≤ 100%"),
            ("count(events, 主办 = \"市委\")", "count(events, 主办 = \"市委\")"),
            ("count(data[\"下一步部署\"]) = 5", "count(data.下一步部署) = 5"),
            ("x.previous", "x.previous"),
            ("-a-b", "-a-b"),
            ("- a - b", "-a - b"),
            ("1200万元 > x", "1200万元 > x"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn products_come_before_sums_and_from_the_left() {
        let Ok(Expr::Join(Op::Minus, left, _)) = parse("a + b * c - d") else {
            panic!("a difference");
        };
        let Expr::Join(Op::Plus, _, product) = *left else { panic!("a sum") };
        assert!(matches!(*product, Expr::Join(Op::Times, ..)));
    }

    #[test]
    fn what_cannot_be_read_says_from_where_on() {
        assert_eq!(read("a + "), "!it ends too early");
        assert_eq!(read("a b"), "!it cannot be read from `b` on");
        assert_eq!(read("x.label"), "!it cannot be read from `x.label` on");
        let deep = format!("{}1{}", "(".repeat(40), ")".repeat(40));
        assert_eq!(parse(&deep), Err(Trouble::TooLong));
        assert_eq!(parse(&"-".repeat(100)), Err(Trouble::TooLong));
        assert_eq!(parse(&"1+".repeat(400)), Err(Trouble::TooLong));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*") {
            let _ = parse(&text);
        }

        #[test]
        fn any_run_of_marks_is_read_or_refused(text in "[-+*/().,a1 =≈\"\\[\\]]{0,60}") {
            let _ = parse(&text);
        }
    }
}
