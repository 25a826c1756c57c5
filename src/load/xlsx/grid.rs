//! Cells to rows: merged cells spread, empty rows and columns at the end dropped.

use std::collections::BTreeMap;

use super::Problem;
use super::sheet::{At, Content};
use crate::load::limits::{MAX_CELLS, MAX_TEXT};
use crate::source::column_letters;
use crate::tree::{Grid, Node, Value};

/// Rows of filled cells by their numbers.
type Rows = BTreeMap<u32, BTreeMap<u32, Node>>;

/// Makes the grid of a sheet.
///
/// # Errors
/// When its rectangle is too large: usually a stray cell far from the others.
pub(super) fn assemble(name: String, content: Content, at: At) -> Result<Grid, Problem> {
    let mut rows = Rows::new();
    for ((row, col), node) in content.cells {
        rows.entry(row).or_default().insert(col, node);
    }
    let Some((&far_row, last)) =
        rows.iter().max_by_key(|(_, cells)| cells.last_key_value().map(|(col, _)| *col))
    else {
        return Ok(Grid { name, file: at.file, rows: Vec::new(), merged: Vec::new() });
    };
    let far_col = last.last_key_value().map_or(0, |(col, _)| *col);
    let width = far_col as usize + 1;
    if rows.len().saturating_mul(width) > MAX_CELLS {
        return Err(Problem::too_large(format!(
            "the sheet `{name}` spans {} rows and, because of the cell {}{}, {width} columns: \
             more than {MAX_CELLS} cells",
            rows.len(),
            column_letters(far_col),
            far_row + 1,
        )));
    }
    let numbers: Vec<u32> = rows.keys().copied().collect();
    let merged = spread(&mut rows, &numbers, &content.merged).ok_or_else(|| {
        Problem::too_large(format!("the merged cells of sheet `{name}` cover too much"))
    })?;
    let fill = |(row, mut cells): (u32, BTreeMap<u32, Node>)| {
        (0..=far_col)
            .map(|col| {
                cells.remove(&col).unwrap_or_else(|| Node {
                    place: at.cell((row, col)),
                    value: Value::Null,
                })
            })
            .collect()
    };
    Ok(Grid { name, file: at.file, rows: rows.into_iter().map(fill).collect(), merged })
}

/// Writes the value of a cell that is merged over several rows of its column into all of
/// them, so that each row says what it belongs to; returns the rows that hold a cell merged
/// over several columns (titles, mostly). `None` where that takes
/// too many steps or too much memory.
fn spread(
    rows: &mut Rows,
    numbers: &[u32],
    merged: &[[(u32, u32); 2]],
) -> Option<Vec<usize>> {
    let (mut steps, mut text) = (0, 0_usize);
    let mut wide = vec![false; numbers.len()];
    for [(row, col), (to_row, to_col)] in merged {
        let (first, last) = (row.min(to_row), row.max(to_row));
        let (left, right) = (col.min(to_col), col.max(to_col));
        let from = numbers.partition_point(|number| number < first);
        let to = numbers.partition_point(|number| number <= last);
        steps += to - from + 1;
        if steps > MAX_CELLS {
            return None;
        }
        if left < right {
            wide[from..to].fill(true);
            continue;
        }
        let Some(origin) = rows.get(first).and_then(|cells| cells.get(left)).cloned()
        else {
            continue;
        };
        let length = origin.as_text().map_or(0, str::len);
        text = text.saturating_add(length.saturating_mul(to - from));
        if text > MAX_TEXT {
            return None;
        }
        for number in &numbers[from..to] {
            if let Some(cells) = rows.get_mut(number) {
                cells.entry(*left).or_insert_with(|| origin.clone());
            }
        }
    }
    let wide = wide.iter().enumerate().filter(|(_, wide)| **wide);
    Some(wide.map(|(row, _)| row).collect())
}
