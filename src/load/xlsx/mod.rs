//! XLSX to grids: ECMA-376 (Office Open XML), as Excel, WPS and LibreOffice write it.
//!
//! Read here and not by calamine, whose version 0.38 was weighed for it: it reserves memory
//! by a number in the file (one that is too large aborts the process), overflows on odd
//! references, copies fonts and format strings once for each style, and says of an unknown
//! error in a cell (`#SPILL!`) not which cell it was. The tests compare both on a workbook
//! that a third program wrote.

mod book;
mod container;
mod format;
mod grid;
mod sheet;
mod xml;

use crate::diag::codes::load as codes;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::load::text::replace_refused;
use crate::source::{FileId, Place};
use crate::tree::Grid;

/// Why a workbook, or a sheet of it, cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Problem {
    code: &'static Code,
    message: String,
    hint: &'static str,
}

impl Problem {
    fn malformed(message: impl Into<String>) -> Self {
        let mut message = message.into();
        // It may quote the file.
        replace_refused(&mut message);
        Self {
            code: &codes::MALFORMED_WORKBOOK,
            message,
            hint: "open it in Excel or WPS and save it again as .xlsx, without a password",
        }
    }

    fn too_large(message: impl Into<String>) -> Self {
        Self {
            code: &codes::TOO_LARGE,
            message: message.into(),
            hint: "copy the cells that are needed into a new workbook",
        }
    }

    /// The finding about it.
    pub(super) fn report(self, place: Place) -> Diagnostic {
        Diagnostic::new(self.code, place, self.message).hint(self.hint)
    }
}

/// The beginning of a text of the file, for a message.
fn clip(text: &str) -> String {
    let mut text = match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    };
    replace_refused(&mut text);
    text
}

/// A workbook of which everything but the sheets was read.
#[derive(Debug)]
pub(super) struct Workbook<'b> {
    parts: container::Parts<'b>,
    book: book::Book,
}

/// Opens a workbook.
///
/// # Errors
/// When it is no workbook, damaged, or exceeds a limit.
pub(super) fn open(bytes: &[u8]) -> Result<Workbook<'_>, Problem> {
    let mut parts = container::Parts::open(bytes)?;
    let book = book::read(&mut parts)?;
    Ok(Workbook { parts, book })
}

impl Workbook<'_> {
    /// The names of all sheets in order, hidden ones included.
    pub(super) fn sheet_names(&self) -> Vec<String> {
        self.book.sheets.iter().map(|sheet| sheet.name.clone()).collect()
    }

    /// The visible sheets that hold anything.
    pub(super) fn grids(mut self, file: FileId, diags: &mut Diagnostics) -> Vec<Grid> {
        let mut grids = Vec::new();
        for (number, sheet) in self.book.sheets.iter().enumerate() {
            let Ok(number) = u16::try_from(number) else { break };
            match sheet.shown {
                book::Shown::Yes => {}
                book::Shown::Hidden => {
                    diags.add(
                        Diagnostic::new(
                            &codes::HIDDEN_SHEET,
                            Place::whole(file),
                            format!("the hidden sheet `{}` is left out", sheet.name),
                        )
                        .hint("show the sheet if it holds data (取消隐藏), or delete it"),
                    );
                    continue;
                }
                book::Shown::Never => continue,
            }
            let place = sheet::At { file, sheet: number };
            let read = sheet::read(&mut self.parts, &self.book, sheet, place, diags);
            let grid = read
                .and_then(|content| grid::assemble(sheet.name.clone(), content, place));
            match grid {
                Ok(grid) if grid.rows.is_empty() => {}
                Ok(grid) => grids.push(grid),
                Err(problem) => {
                    diags.add(problem.report(Place::whole(file)));
                }
            }
        }
        grids
    }
}

#[cfg(test)]
mod tests;
