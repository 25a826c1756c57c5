//! CSV to grids: RFC 4180 with the separators that Excel writes (comma, semicolon, tab).
//!
//! Read here and not by the crate `csv`, which does not tell where a cell stands and
//! takes a quote that never closes for the rest of the file.

use std::ops::Range;

use super::limits::{MAX_CELL, MAX_CELLS};
use crate::diag::codes::load as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::{FileId, Place};
use crate::tree::{Grid, Node, Value};

/// Separators in the order in which a tie is decided.
const SEPARATORS: [u8; 3] = [b',', b'\t', b';'];

/// How many lines are looked at to find the separator.
const LOOK_AT: usize = 10;

/// Reads CSV; `name` is the file's stem.
///
/// Returns `None` where a limit is exceeded; other errors leave the rest of the rows.
pub fn parse(
    text: &str,
    file: FileId,
    name: &str,
    diags: &mut Diagnostics,
) -> Option<Grid> {
    let (mut reader, separator) = match declared(text) {
        Some((separator, at)) => (Reader { text, file, at, diags }, separator),
        None => (Reader { text, file, at: 0, diags }, detect(text)),
    };
    let mut rows = Vec::new();
    let mut cells = 0;
    while reader.at < text.len() {
        let row = reader.row(separator)?;
        cells += row.len();
        if cells > MAX_CELLS {
            let place = Place::bytes(file, reader.at..reader.at);
            diags.add(too_many(place));
            return None;
        }
        if row.iter().any(|cell| cell.value != Value::Null) {
            rows.push(row);
        }
    }
    even_out(&mut rows, file, diags)?;
    Some(Grid { name: name.to_owned(), file, rows, merged: Vec::new() })
}

/// The finding about a table with too many cells.
pub(super) fn too_many(place: Place) -> Diagnostic {
    Diagnostic::new(
        &codes::TOO_LARGE,
        place,
        format!("the table has more than {MAX_CELLS} cells"),
    )
    .hint("split the table, and delete stray cells far from the others")
}

/// The finding about a cell that holds too much.
pub(super) fn cell_too_large(place: Place, length: usize) -> Diagnostic {
    Diagnostic::new(
        &codes::TOO_LARGE,
        place,
        format!("the cell holds {length} bytes, more than {} KiB", MAX_CELL >> 10),
    )
    .hint("move long text into a narrative")
}

/// The value of a cell with this text, already without space around it.
fn value(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { Value::Text(text.to_owned()) }
}

/// The separator that a first line `sep=;` declares, and where the next line begins.
fn declared(text: &str) -> Option<(u8, usize)> {
    let line = text.split_inclusive('\n').next()?;
    let rest = line.get(..4).filter(|head| head.eq_ignore_ascii_case("sep="));
    rest?;
    let separator = *line.as_bytes().get(4)?;
    let fits = SEPARATORS.contains(&separator) && line[5..].trim().is_empty();
    fits.then_some((separator, line.len()))
}

/// The separator that stands most evenly in the first lines: the one of which the most
/// lines have the same number.
fn detect(text: &str) -> u8 {
    let mut counts: Vec<[usize; SEPARATORS.len()]> = vec![[0; SEPARATORS.len()]];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                if counts.len() == LOOK_AT {
                    break;
                }
                counts.push([0; SEPARATORS.len()]);
            }
            _ if quoted => {}
            _ => {
                let nth = SEPARATORS.iter().position(|separator| *separator == byte);
                if let (Some(nth), Some(line)) = (nth, counts.last_mut()) {
                    line[nth] += 1;
                }
            }
        }
    }
    let score = |nth: usize| {
        let lines = || counts.iter().map(|line| line[nth]).filter(|count| *count > 0);
        lines()
            .map(|count| (lines().filter(|other| *other == count).count(), count))
            .max()
            .unwrap_or_default()
    };
    let mut best = 0;
    for nth in 1..SEPARATORS.len() {
        if score(nth) > score(best) {
            best = nth;
        }
    }
    SEPARATORS[best]
}

struct Reader<'t, 'd> {
    text: &'t str,
    file: FileId,
    at: usize,
    diags: &'d mut Diagnostics,
}

impl Reader<'_, '_> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Reads one row with its line break; `None` where a cell exceeds the limit.
    fn row(&mut self, separator: u8) -> Option<Vec<Node>> {
        let mut row = Vec::new();
        loop {
            let (range, text) = self.cell(separator);
            let place = Place::bytes(self.file, range.clone());
            if range.len() > MAX_CELL {
                self.diags.add(cell_too_large(place, range.len()));
                return None;
            }
            row.push(Node { place, value: text });
            match self.byte() {
                Some(byte) if byte == separator => self.at += 1,
                Some(b'\r') if self.text.as_bytes().get(self.at + 1) == Some(&b'\n') => {
                    self.at += 2;
                    return Some(row);
                }
                _ => {
                    self.at += 1;
                    return Some(row);
                }
            }
        }
    }

    /// Reads a cell up to the separator or line break after it: its range without quotes
    /// and space around, and its value.
    fn cell(&mut self, separator: u8) -> (Range<usize>, Value) {
        if self.byte() == Some(b'"') {
            return self.quoted(separator);
        }
        let start = self.at;
        self.at = self.end_of_cell(separator);
        let range = trim(self.text, start..self.at);
        let value = value(&self.text[range.clone()]);
        (range, value)
    }

    fn end_of_cell(&self, separator: u8) -> usize {
        let rest = &self.text.as_bytes()[self.at..];
        let end = rest
            .iter()
            .position(|byte| *byte == separator || *byte == b'\n' || *byte == b'\r');
        end.map_or(self.text.len(), |end| self.at + end)
    }

    fn quoted(&mut self, separator: u8) -> (Range<usize>, Value) {
        let open = self.at;
        let mut from = open + 1;
        let close = loop {
            let rest = self.text.get(from..).unwrap_or_default();
            let Some(quote) = rest.find('"').map(|quote| from + quote) else {
                break None;
            };
            if self.text.as_bytes().get(quote + 1) != Some(&b'"') {
                break Some(quote);
            }
            from = quote + 2;
        };
        let Some(close) = close else {
            self.report(
                open..open + 1,
                "the quote that begins this cell is never closed",
            );
            self.at = self.text.len();
            return (open + 1..self.text.len(), Value::Null);
        };
        self.at = close + 1;
        let after = self.at..self.end_of_cell(separator);
        if !self.text[after.clone()].trim().is_empty() {
            self.report(after.clone(), "text follows the closing quote of this cell");
        }
        self.at = after.end;
        let range = trim(self.text, open + 1..close);
        let value = value(&self.text[range.clone()].replace("\"\"", "\""));
        (range, value)
    }

    fn report(&mut self, range: Range<usize>, message: &str) {
        let place = Place::bytes(self.file, range);
        self.diags.add(Diagnostic::new(&codes::CSV_SYNTAX, place, message).hint(
            "put the whole cell in quotes, and write a quote within it twice: `\"\"`",
        ));
    }
}

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let cell = &text[range.clone()];
    let start = range.start + (cell.len() - cell.trim_start().len());
    start..start + cell.trim().len()
}

/// Gives all rows the same number of cells: short ones are filled up, longer ones lose
/// empty cells, and filled cells beyond the others' width are reported.
fn even_out(rows: &mut [Vec<Node>], file: FileId, diags: &mut Diagnostics) -> Option<()> {
    let filled = |row: &Vec<Node>| {
        row.iter().rposition(|cell| cell.value != Value::Null).map_or(0, |last| last + 1)
    };
    let width = usual_width(rows).max(1);
    if rows.len().saturating_mul(width) > MAX_CELLS {
        diags.add(too_many(Place::whole(file)));
        return None;
    }
    for row in rows.iter_mut() {
        let length = filled(row);
        if length > width {
            diags.add(
                Diagnostic::new(
                    &codes::RAGGED_ROW,
                    row[width].place,
                    format!("the row has {length} filled cells, the table has {width}"),
                )
                .hint("put text that holds the separator in quotes"),
            );
        }
        row.truncate(width);
        let end =
            row.last().and_then(|cell| cell.place.range()).map_or(0, |cell| cell.end);
        row.resize(
            width,
            Node { place: Place::bytes(file, end..end), value: Value::Null },
        );
    }
    Some(())
}

/// The number of cells that most rows have, among rows with at least two filled ones
/// (others are titles). Of several the largest; where no two rows agree, that of the
/// first: the head.
fn usual_width(rows: &[Vec<Node>]) -> usize {
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for row in rows {
        if row.iter().filter(|cell| cell.value != Value::Null).count() < 2 {
            continue;
        }
        match counts.iter_mut().find(|(width, _)| *width == row.len()) {
            Some((_, count)) => *count += 1,
            None => counts.push((row.len(), 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or_default();
    let mut usual = counts.iter().filter(|(_, count)| *count == most);
    let width = if most > 1 { usual.max() } else { usual.next() };
    width.map_or(0, |(width, _)| *width)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::load::testing::{codes_of, show_rows};
    use crate::source::{SourceFile, Sources};

    fn parse_one(text: &str) -> (Option<Grid>, Diagnostics, Sources) {
        let mut sources = Sources::new();
        let file = sources.add(SourceFile::new(
            "a.csv".to_owned(),
            text.to_owned(),
            Vec::new(),
            String::new(),
        ));
        let mut diags = Diagnostics::new();
        let grid = parse(text, file, "a", &mut diags);
        (grid, diags, sources)
    }

    fn rows(text: &str) -> Vec<String> {
        let (grid, diags, _) = parse_one(text);
        assert!(diags.is_empty(), "{diags:?}");
        show_rows(&grid.expect("it is CSV").rows)
    }

    #[test]
    fn separators_are_found() {
        let expected = ["“指标” | “数值”", "“捐赠” | “1,200余万元”"];
        for text in [
            "指标,数值\n捐赠,\"1,200余万元\"\n",
            "指标\t数值\n捐赠\t1,200余万元\n",
            "指标;数值\r\n捐赠;1,200余万元\r\n",
            "sep=;\n指标;数值\n捐赠;1,200余万元",
            "SEP=\t\r\n指标\t数值\r\n捐赠\t1,200余万元",
        ] {
            assert_eq!(rows(text), expected, "{text}");
        }
        assert_eq!(rows("甲;乙\n1,5;2,5\n3,5;4,5\n")[1], "“1,5” | “2,5”");
        assert_eq!(rows("甲\n乙\n"), ["“甲”", "“乙”"]);
    }

    #[test]
    fn quotes_hold_line_breaks_separators_and_quotes() {
        assert_eq!(
            rows("a,b\r\n\"一\r\n二\",\" 三, \"\"四\"\" \"\r\n\r\n,\n"),
            ["“a” | “b”", "“一\r\n二” | “三, \"四\"”"]
        );
    }

    #[test]
    fn cells_know_their_place() {
        let (grid, _, sources) = parse_one("指标, 数值 \n\"捐\"\"赠\" ,12\n");
        let rows = grid.expect("it is CSV").rows;
        let places: Vec<(String, &str)> = rows
            .iter()
            .flatten()
            .map(|cell| (sources.show(cell.place), sources.slice(cell.place)))
            .collect();
        assert_eq!(
            places,
            [
                ("a.csv:1:1".to_owned(), "指标"),
                ("a.csv:1:5".to_owned(), "数值"),
                ("a.csv:2:2".to_owned(), "捐\"\"赠"),
                ("a.csv:2:9".to_owned(), "12"),
            ]
        );
    }

    #[test]
    fn short_rows_are_filled_up_and_long_ones_reported() {
        assert_eq!(
            rows("宝鸡,2020\n\na,b,c\n1,2\n1,2,3,,\n1,2,3\n"),
            [
                "“宝鸡” | “2020” | ~",
                "“a” | “b” | “c”",
                "“1” | “2” | ~",
                "“1” | “2” | “3”",
                "“1” | “2” | “3”"
            ]
        );
        let (grid, diags, sources) = parse_one("id,title\ne1,座谈,交流\n");
        assert_eq!(codes_of(&diags), ["ragged-row"]);
        let found = diags.iter().next().expect("one is there");
        assert_eq!(sources.show(found.place.expect("has a place")), "a.csv:2:7");
        assert_eq!(grid.expect("the rest is kept").rows[1].len(), 2);
    }

    #[test]
    fn quotes_that_do_not_close_are_reported_where_they_open() {
        for (text, place) in [
            ("a,b\n1,\"甲\n2,乙\n", "a.csv:2:3"),
            ("a,b\n\"甲\"乙,2\n", "a.csv:2:4"),
            ("\"", "a.csv:1:1"),
        ] {
            let (_, diags, sources) = parse_one(text);
            assert_eq!(codes_of(&diags), ["csv-syntax"], "{text}");
            let found = diags.iter().next().expect("one is there");
            assert_eq!(sources.show(found.place.expect("has a place")), place);
        }
    }

    #[test]
    fn huge_cells_and_tables_are_refused() {
        let (grid, diags, _) = parse_one(&format!("a,b\n{},2\n", "字".repeat(MAX_CELL)));
        assert!(grid.is_none());
        assert_eq!(codes_of(&diags), ["too-large"]);
        let (grid, diags, _) = parse_one(&",".repeat(MAX_CELLS + 1));
        assert!(grid.is_none());
        assert_eq!(codes_of(&diags), ["too-large"]);
        let wide = format!("a,b{}\n{}", ",".repeat(5_000), "甲,乙\n".repeat(1_000));
        assert!(parse_one(&wide).0.is_some());
        let wide = format!("{0}\n{0}\n{1}", "a,".repeat(5_000), "甲\n".repeat(1_000));
        assert_eq!(codes_of(&parse_one(&wide).1), ["too-large"]);
    }

    #[test]
    fn nothing_is_an_empty_grid() {
        for text in ["", "\n\n", ",,\n", "sep=,\n", "sep="] {
            let expected: Vec<String> =
                if text == "sep=" { vec!["“sep=”".to_owned()] } else { Vec::new() };
            assert_eq!(rows(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[a甲\",;\t\r\n =]{0,40}") {
            let (grid, _, sources) = parse_one(&text);
            for cell in grid.expect("it is small").rows.iter().flatten() {
                let range = cell.place.range().expect("cells are bytes");
                prop_assert!(sources.get(cell.place.file).text.get(range).is_some());
            }
        }

        #[test]
        fn what_was_quoted_reads_back(
            cells in proptest::collection::vec("[a甲\",;\n=]{0,4}b", 4..12),
        ) {
            let quoted: Vec<String> =
                cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            let text: String = quoted.chunks_exact(2).map(|pair| pair.join(",") + "\r\n").collect();
            let (grid, diags, _) = parse_one(&text);
            prop_assert!(diags.is_empty());
            let read: Vec<Node> = grid.expect("it is small").rows.concat();
            for (node, cell) in read.iter().zip(&cells) {
                prop_assert_eq!(node.as_text(), Some(cell.trim()));
            }
        }
    }
}
