//! The files of cases, in the encodings and formats that text alone does not show.

use std::fs;
use std::path::Path;

use rust_xlsxwriter::Workbook;

/// Writes a file of a case. `form` is what the fence says after the path: nothing, or
/// `gb18030`, `utf-16` or `bom` for the encoding. The rows of a fence `xlsx` become the
/// first sheet of a workbook, cells separated by tabs.
pub(crate) fn write(path: &Path, language: &str, form: Option<&str>, text: &str) {
    fs::create_dir_all(path.parent().expect("a file has a parent")).expect("made");
    let bytes = match (language, form) {
        ("xlsx", _) => workbook(text),
        (_, None) => text.as_bytes().to_vec(),
        (_, Some("bom")) => ["\u{feff}".as_bytes(), text.as_bytes()].concat(),
        (_, Some("gb18030")) => encoding_rs::GB18030.encode(text).0.into_owned(),
        (_, Some("utf-16")) => {
            let units = std::iter::once(0xfeff).chain(text.encode_utf16());
            units.flat_map(u16::to_le_bytes).collect()
        }
        (_, Some(other)) => panic!("no form of a file: {other}"),
    };
    fs::write(path, bytes).expect("written");
}

/// A workbook of one sheet; what reads as a number is one.
fn workbook(text: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(text.lines()) {
        for (column, cell) in (0..).zip(line.split('\t')) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number),
                Err(_) => sheet.write_string(row, column, cell),
            }
            .expect("the cell can be written");
        }
    }
    book.save_to_buffer().expect("a workbook")
}
