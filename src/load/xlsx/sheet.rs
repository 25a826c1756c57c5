//! The cells of one sheet, with everything that is wrong in them reported.

use quick_xml::events::{BytesStart, Event};

use super::book::{self, Book, Sheet};
use super::container::Parts;
use super::format::Format;
use super::xml::{Xml, ends, is};
use super::{Problem, clip};
use crate::diag::codes::load as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::load::csv::cell_too_large;
use crate::load::limits::{MAX_CELL, MAX_CELLS, MAX_TEXT};
use crate::load::text::vet_text;
use crate::source::{FileId, Place};
use crate::tree::{Node, Value};

/// Rows that a sheet can have.
const ROWS: u32 = 1 << 20;
/// Columns that a sheet can have.
const COLUMNS: u32 = 1 << 14;

/// Which sheet of which file.
#[derive(Debug, Clone, Copy)]
pub(super) struct At {
    /// The file.
    pub file: FileId,
    /// The number of the sheet.
    pub sheet: u16,
}

impl At {
    /// The place of a cell.
    pub(super) fn cell(self, (row, col): (u32, u32)) -> Place {
        Place::cell(self.file, self.sheet, row, col)
    }
}

/// What a sheet holds.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// The cells that hold anything, with row and column.
    pub cells: Vec<((u32, u32), Node)>,
    /// Rectangles of merged cells: first and last row and column.
    pub merged: Vec<[(u32, u32); 2]>,
}

/// Reads the cells of a sheet.
pub(super) fn read(
    parts: &mut Parts<'_>,
    book: &Book,
    sheet: &Sheet,
    at: At,
    diags: &mut Diagnostics,
) -> Result<Content, Problem> {
    let text = parts.text(&sheet.part)?.ok_or_else(|| {
        Problem::malformed(format!("the cells of sheet `{}` are missing", sheet.name))
    })?;
    let xml = Xml::new(&sheet.part, &text);
    let mut reader =
        Reader { xml, book, at, diags, text: 0, content: Content::default() };
    reader.run()?;
    Ok(reader.content)
}

struct Reader<'t, 'd> {
    xml: Xml<'t>,
    book: &'t Book,
    at: At,
    diags: &'d mut Diagnostics,
    text: usize,
    content: Content,
}

/// A cell as it is stored.
#[derive(Debug, Default)]
struct Stored {
    kind: Option<String>,
    style: Option<String>,
    value: Option<String>,
    inline: Option<String>,
    formula: bool,
}

impl Reader<'_, '_> {
    fn run(&mut self) -> Result<(), Problem> {
        let (mut row, mut col) = (0, 0);
        while let Some(event) = self.xml.next()? {
            match &event {
                Event::Start(element) if is(element, "row") => {
                    if let Some(number) = self.xml.attribute(element, "r")? {
                        let number: Option<u32> = number.trim().parse().ok();
                        row = number
                            .and_then(|number| number.checked_sub(1))
                            .filter(|row| *row < ROWS)
                            .ok_or_else(|| self.xml.broken("a row has no number"))?;
                    }
                    col = 0;
                }
                Event::Start(element) if is(element, "c") => {
                    if let Some(reference) = self.xml.attribute(element, "r")? {
                        (row, col) = position(&reference).ok_or_else(|| {
                            self.xml.broken(&format!(
                                "there is no cell `{}`",
                                clip(&reference)
                            ))
                        })?;
                    }
                    self.cell(element, (row, col))?;
                    col += 1;
                }
                Event::Start(element) if is(element, "mergeCell") => {
                    let range = self.xml.attribute(element, "ref")?.unwrap_or_default();
                    let (from, to) = range.split_once(':').unwrap_or((&range, &range));
                    if let (Some(from), Some(to)) = (position(from), position(to)) {
                        self.content.merged.push([from, to]);
                    }
                }
                event if ends(event, "row") => row += 1,
                _ => {}
            }
        }
        Ok(())
    }

    fn cell(
        &mut self,
        element: &BytesStart<'_>,
        position: (u32, u32),
    ) -> Result<(), Problem> {
        let mut stored = Stored {
            kind: self.xml.attribute(element, "t")?,
            style: self.xml.attribute(element, "s")?,
            ..Stored::default()
        };
        loop {
            let event = self.xml.within()?;
            match &event {
                Event::Start(inner) if is(inner, "v") => {
                    stored.value = Some(self.xml.text()?);
                }
                Event::Start(inner) if is(inner, "f") => {
                    stored.formula = true;
                    self.xml.text()?;
                }
                Event::Start(inner) if is(inner, "is") => {
                    stored.inline = Some(book::rich_text(&mut self.xml, "is")?);
                }
                event if ends(event, "c") => break,
                _ => {}
            }
        }
        let place = self.at.cell(position);
        let Some(value) = self.value(stored, place) else { return Ok(()) };
        if value == Value::Null {
            return Ok(());
        }
        self.content.cells.push((position, Node { place, value }));
        if self.content.cells.len() > MAX_CELLS {
            return Err(Problem::too_large(format!(
                "the workbook has a sheet with more than {MAX_CELLS} cells"
            )));
        }
        Ok(())
    }

    /// The value of a cell; `None` after reporting that it has none.
    fn value(&mut self, stored: Stored, place: Place) -> Option<Value> {
        let value = stored.value.unwrap_or_default();
        let plain = value.trim();
        match stored.kind.as_deref() {
            Some("inlineStr") => self.text(&stored.inline.unwrap_or_default(), place),
            _ if plain.is_empty() => {
                // A formula may have an empty text as its result: then it says so.
                if stored.formula && stored.kind.as_deref() != Some("str") {
                    return self.uncalculated(place);
                }
                self.text(&stored.inline.unwrap_or_default(), place)
            }
            Some("s") => {
                let number: Option<usize> = plain.parse().ok();
                let strings = &self.book.strings;
                match number.and_then(|number| strings.get(number)) {
                    Some(text) => self.text(text, place),
                    None => self.error(
                        place,
                        format!(
                            "the text number `{}` of the workbook is missing",
                            clip(plain)
                        ),
                    ),
                }
            }
            Some("str") => self.text(&book::unescape(&value), place),
            Some("b") => match plain {
                "1" | "true" => Some(Value::Bool(true)),
                "0" | "false" => Some(Value::Bool(false)),
                _ => self.error(
                    place,
                    format!("the cell holds `{}`, not true or false", clip(plain)),
                ),
            },
            Some("d")
                if plain.bytes().all(|byte| b"0123456789-:.+TZ".contains(&byte)) =>
            {
                Some(Value::Date(plain.to_owned()))
            }
            Some("d") => {
                self.error(place, format!("the cell holds `{}`, not a date", clip(plain)))
            }
            Some("e") => {
                self.error(place, format!("the cell holds the error {}", clip(plain)))
            }
            _ => self.number(plain, stored.style.as_deref(), place),
        }
    }

    fn number(
        &mut self,
        plain: &str,
        style: Option<&str>,
        place: Place,
    ) -> Option<Value> {
        let number: Option<f64> =
            plain.parse().ok().filter(|number: &f64| number.is_finite());
        let Some(number) = number else {
            return self
                .error(place, format!("the cell holds `{}`, not a number", clip(plain)));
        };
        let style: Option<usize> = style.and_then(|style| style.trim().parse().ok());
        let format = style.and_then(|style| self.book.formats.get(style).copied());
        let value = format.unwrap_or(Format::Number).apply(number, self.book.from_1904);
        value.or_else(|| {
            self.error(
                place,
                format!(
                    "the cell shows {} as a date, and there is no such day",
                    clip(plain)
                ),
            )
        })
    }

    fn text(&mut self, text: &str, place: Place) -> Option<Value> {
        let text = text.trim();
        if text.is_empty() {
            return Some(Value::Null);
        }
        if text.len() > MAX_CELL {
            self.diags.add(cell_too_large(place, text.len()));
            return None;
        }
        // Many cells may refer to one long text.
        self.text = self.text.saturating_add(text.len());
        if self.text > MAX_TEXT {
            if self.text - text.len() <= MAX_TEXT {
                let limit = MAX_TEXT >> 20;
                let problem = Problem::too_large(format!(
                    "the sheet holds more than {limit} MiB of text"
                ));
                self.diags.add(problem.report(place));
            }
            return None;
        }
        let mut text = text.to_owned();
        vet_text(&mut text, place, self.diags);
        Some(Value::Text(text))
    }

    fn error(&mut self, place: Place, message: String) -> Option<Value> {
        self.diags.add(
            Diagnostic::new(&codes::CELL_ERROR, place, message)
                .hint("repair the formula, or type the value"),
        );
        None
    }

    fn uncalculated(&mut self, place: Place) -> Option<Value> {
        self.diags.add(
            Diagnostic::new(
                &codes::UNCALCULATED_FORMULA,
                place,
                "the cell holds a formula without a stored result",
            )
            .hint("open the workbook in Excel or WPS, let it calculate, and save it"),
        );
        None
    }
}

/// Row and column of `D7`, from 0; `None` outside the largest sheet.
fn position(reference: &str) -> Option<(u32, u32)> {
    let reference = reference.trim();
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = reference.split_at(digits);
    let mut col = 0_u32;
    for letter in letters.chars() {
        let letter = letter.to_digit(36).filter(|letter| *letter >= 10)?;
        col = col * 26 + letter - 9;
        if col > COLUMNS {
            return None;
        }
    }
    let row: u32 = digits.parse().ok()?;
    let row = row.checked_sub(1).filter(|row| *row < ROWS)?;
    Some((row, col.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read() {
        for (reference, cell) in [
            ("A1", Some((0, 0))),
            ("d7", Some((6, 3))),
            ("AA10", Some((9, 26))),
            ("XFD1048576", Some((ROWS - 1, COLUMNS - 1))),
            ("XFE1", None),
            ("A1048577", None),
            ("A0", None),
            ("A", None),
            ("7", None),
            ("", None),
            ("ZZZZZZZZZZZZZZ1", None),
            ("A99999999999", None),
            ("甲1", None),
            ("A-1", None),
            ("A1B", None),
        ] {
            assert_eq!(position(reference), cell, "{reference}");
        }
    }
}
