//! What the tests of `load` have in common.

use crate::diag::Diagnostics;
use crate::source::{FileId, SourceFile, Sources};
use crate::tree::{Node, Value};

/// A reader of one tree format.
pub(super) type Parser = fn(&str, FileId, usize, &mut Diagnostics) -> Option<Node>;

/// Reads a text as a file of its own.
pub(super) fn parse(
    path: &str,
    text: &str,
    parser: Parser,
) -> (Option<Node>, Diagnostics, Sources) {
    let mut sources = Sources::new();
    let file = sources.add(SourceFile::new(
        path.to_owned(),
        text.to_owned(),
        Vec::new(),
        String::new(),
    ));
    let mut diags = Diagnostics::new();
    let node = parser(text, file, 0, &mut diags);
    (node, diags, sources)
}

/// The codes that were reported, each once, in order.
pub(super) fn codes_of(diags: &Diagnostics) -> Vec<&'static str> {
    let mut codes: Vec<&str> = diags.iter().map(|found| found.code.id).collect();
    codes.dedup();
    codes
}

/// A value in one line: numbers bare, text in “ ”, dates with @, nothing as ~.
pub(super) fn show(node: &Node) -> String {
    match &node.value {
        Value::Null => "~".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(digits) => digits.clone(),
        Value::Text(text) => format!("“{text}”"),
        Value::Date(date) => format!("@{date}"),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(show).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(table) => {
            let entry = |entry: &crate::tree::Entry| {
                format!("{}: {}", entry.key, show(&entry.node))
            };
            let entries: Vec<String> = table.entries.iter().map(entry).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// The rows of a grid, cells separated by ` | `.
pub(super) fn show_rows(rows: &[Vec<Node>]) -> Vec<String> {
    rows.iter().map(|row| row.iter().map(show).collect::<Vec<_>>().join(" | ")).collect()
}
