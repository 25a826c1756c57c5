//! Tables for terminals, aligned also under characters of double width.

use unicode_width::UnicodeWidthStr as _;

use crate::diag::render::visible;

/// Two spaces stand between columns.
const GAP: usize = 2;

/// Sets rows in columns as wide as their widest cell; the last column is not filled up.
/// Columns in which every row is empty are left out, heads and all.
pub(super) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let cell =
        |row: &Vec<String>, at: usize| visible(row.get(at).map_or("", |cell| cell));
    let columns: Vec<usize> = (0..head.len())
        .filter(|&at| rows.iter().any(|row| !cell(row, at).is_empty()))
        .collect();
    let width = |at: usize| {
        let cells = rows.iter().map(|row| cell(row, at).width());
        cells.max().unwrap_or(0).max(head[at].width())
    };
    let widths: Vec<usize> = columns.iter().map(|&at| width(at)).collect();
    let mut out = String::new();
    let mut line = |cells: Vec<String>| {
        let mut text = String::new();
        for (cell, width) in cells.iter().zip(&widths) {
            text.push_str(cell);
            text.push_str(&" ".repeat(width - cell.width() + GAP));
        }
        out.push_str(text.trim_end());
        out.push('\n');
    };
    line(columns.iter().map(|&at| head[at].to_uppercase()).collect());
    for row in rows {
        line(columns.iter().map(|&at| cell(row, at)).collect());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_under_wide_characters() {
        let row = |cells: &[&str]| cells.iter().map(|&cell| cell.to_owned()).collect();
        let rows = [row(&["十件大事", "", "2020"]), row(&["a", "", "2020年3月"])];
        let expected = "TITLE     PERIOD\n十件大事  2020\na         2020年3月\n";
        assert_eq!(table(&["title", "issue", "period"], &rows), expected);
    }
}
