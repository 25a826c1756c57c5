//! Tables, and how their numbers stand under one another.

use super::{Block, Caption, Inline, plain_text};
use crate::source::Place;

/// A table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The caption, numbered where it has one.
    pub caption: Option<Caption>,
    /// How each column is aligned.
    pub columns: Vec<Align>,
    /// The header cells.
    pub head: Vec<Cell>,
    /// The rows; each has as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// The row of totals (合计); empty where there is none.
    pub total: Vec<Cell>,
    /// What all its numbers are counted in: `单位：万元`, printed over its right end.
    pub unit: Option<String>,
    /// Whether it stands on a page of its own, turned by 90 degrees, in print.
    pub turned: bool,
    /// The paragraphs below it that belong to it: `注：…`.
    pub notes: Vec<Block>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Where it stands.
    pub place: Place,
    /// What it holds.
    pub content: Vec<Inline>,
}

/// How a column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// As the layout likes it.
    Auto,
    /// At the left.
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
}

impl Table {
    /// All cells: head, rows, totals.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.head.iter().chain(self.rows.iter().flatten()).chain(&self.total)
    }

    /// The rows, and the totals as the last of them.
    pub fn body(&self) -> impl Iterator<Item = &[Cell]> {
        let total = Some(self.total.as_slice()).filter(|total| !total.is_empty());
        self.rows.iter().map(Vec::as_slice).chain(total)
    }

    /// About how long the longest cell of each column is, in ems: Chinese characters are
    /// one em wide, letters and digits half of one. Outlets share out the width by it.
    pub fn lengths(&self) -> Vec<usize> {
        let mut lengths = vec![0; self.columns.len()];
        for row in std::iter::once(self.head.as_slice()).chain(self.body()) {
            for (longest, cell) in lengths.iter_mut().zip(row) {
                *longest = ems(&plain_text(&cell.content)).max(*longest);
            }
        }
        lengths
    }

    /// For each column of numbers what each of its rows lacks behind its number, so that
    /// digits of one place stand under one another; `None` for other columns.
    ///
    /// A column is one of numbers where all its cells are, or say that nothing is known;
    /// the first column, and those aligned otherwise, are not.
    pub fn pads(&self) -> Vec<Option<Vec<String>>> {
        (0..self.columns.len()).map(|column| self.pads_of(column)).collect()
    }

    fn pads_of(&self, column: usize) -> Option<Vec<String>> {
        match self.columns.get(column)? {
            Align::Right => {}
            Align::Auto if column > 0 => {}
            _ => return None,
        }
        let texts = self.body().map(|row| {
            row.get(column).map_or_else(String::new, |cell| plain_text(&cell.content))
        });
        let texts: Vec<String> = texts.collect();
        let mut numbers = Vec::with_capacity(texts.len());
        for text in &texts {
            let text = text.trim();
            if is_missing(text) {
                numbers.push(None);
            } else {
                numbers.push(Some(Numeral::read(text)?));
            }
        }
        let known = || numbers.iter().flatten();
        let first = known().next()?;
        if known().any(|one| one.unit != first.unit) {
            return Some(vec![String::new(); texts.len()]);
        }
        let most = known().fold(Tail::default(), |most, one| most.max(one.tail));
        let pads = numbers.iter().map(|one| match one {
            Some(one) => most.without(one.tail),
            None => most.without(Tail::default()),
        });
        Some(pads.collect())
    }
}

/// About how wide a text is, in ems.
fn ems(text: &str) -> usize {
    let halves: usize = text.chars().map(|c| if c < '\u{2000}' { 1 } else { 2 }).sum();
    halves.div_ceil(2)
}

/// Whether a cell says that nothing is known: it is empty, or a dash.
pub fn is_missing(text: &str) -> bool {
    let dash = |c: char| matches!(c, '—' | '–' | '-' | '－' | '−' | '…' | '/' | '／');
    text.trim().chars().all(dash)
}

/// What may stand before a number in a column of numbers.
static BEFORE: [&str; 19] = [
    "约", "近", "超过", "超", "不到", "不足", "至少", "至多", "第", "+", "＋", "-", "−",
    "－", "±", "<", ">", "≤", "≥",
];

/// What may stand after one and says how exact it is; it is no part of the unit.
static AFTER: [&str; 5] = ["余", "多", "左右", "以上", "以下"];

/// The longest unit that a column of numbers repeats in its cells, in characters.
const LONGEST_UNIT: usize = 8;

/// A number in a cell.
struct Numeral {
    /// What stands behind its whole part.
    tail: Tail,
    /// The words behind the digits, without those of [`AFTER`].
    unit: String,
}

impl Numeral {
    fn read(text: &str) -> Option<Self> {
        let mut rest = text;
        while let Some(after) = BEFORE.iter().find_map(|word| rest.strip_prefix(word)) {
            rest = after.trim_start();
        }
        let grouped = |c: char| c.is_ascii_digit() || matches!(c, ',' | '\u{2009}');
        let whole = rest.len() - rest.trim_start_matches(grouped).len();
        let (digits, behind) = rest.split_at(whole);
        if !digits.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let fraction = behind.strip_prefix('.').unwrap_or("");
        let places = fraction.bytes().take_while(u8::is_ascii_digit).count();
        let words = if places > 0 { &fraction[places..] } else { behind };
        let short = words.chars().count() <= LONGEST_UNIT;
        if !short || words.chars().any(|c| c.is_numeric()) {
            return None;
        }
        let mut unit = words.trim().to_owned();
        for word in AFTER {
            unit = unit.replacen(word, "", 1);
        }
        let wide = words.chars().filter(|&c| c >= '\u{2000}').count();
        let narrow = words.chars().count() - wide;
        let dot = usize::from(places > 0);
        Some(Self { tail: Tail { places, dot, wide, narrow }, unit })
    }
}

/// How many characters of each width stand behind the whole part of a number.
#[derive(Clone, Copy, Default)]
struct Tail {
    places: usize,
    dot: usize,
    wide: usize,
    narrow: usize,
}

impl Tail {
    fn max(self, other: Self) -> Self {
        Self {
            places: self.places.max(other.places),
            dot: self.dot.max(other.dot),
            wide: self.wide.max(other.wide),
            narrow: self.narrow.max(other.narrow),
        }
    }

    /// A text as wide as what this has more than another.
    fn without(self, other: Self) -> String {
        let mut out = ".".repeat(self.dot - other.dot);
        out.push_str(&"0".repeat(self.places - other.places));
        out.push_str(&"余".repeat(self.wide - other.wide));
        out.push_str(&"%".repeat(self.narrow - other.narrow));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::InlineKind;
    use crate::source::{SourceFile, Sources};

    fn column(texts: &[&str]) -> Option<Vec<String>> {
        let file = SourceFile::new("a.md".into(), String::new(), Vec::new(), "".into());
        let place = Place::whole(Sources::new().add(file));
        let cell = |text: &str| {
            let kind = InlineKind::Text(text.to_owned());
            Cell { place, content: vec![Inline { place, kind }] }
        };
        let rows = texts.iter().map(|text| vec![cell("项"), cell(text)]).collect();
        let columns = vec![Align::Auto, Align::Auto];
        let head = vec![cell("项"), cell("数")];
        let mut pads = Table { columns, head, rows, ..Table::default() }.pads();
        assert_eq!(pads[0], None);
        pads.pop().expect("two columns")
    }

    #[test]
    fn digits_of_one_place_stand_under_one_another() {
        let pads = column(&["12.5", "3", "—", "1,200.25"]).expect("numbers");
        assert_eq!(pads, ["0", ".00", ".00", ""]);
        let pads = column(&["1200余万元", "约35万元"]).expect("numbers");
        assert_eq!(pads, ["", "余"]);
        let pads = column(&["92.2%", "100%"]).expect("numbers");
        assert_eq!(pads, ["", ".0"]);
    }

    #[test]
    fn different_units_stand_at_the_right_only() {
        assert_eq!(column(&["1.19亿元", "35万元"]).expect("numbers"), ["", ""]);
    }

    #[test]
    fn words_and_dates_make_no_column_of_numbers() {
        assert_eq!(column(&["12", "应建尽建"]), None);
        assert_eq!(column(&["2020年1月31日"]), None);
        assert_eq!(column(&["—", ""]), None);
    }
}
