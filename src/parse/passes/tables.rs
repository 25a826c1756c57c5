//! What a caption asks of its table (totals, a unit, to be turned), and the notes below
//! tables and charts.

use crate::diag::codes::parse as codes;
use crate::diag::{Diagnostic, Diagnostics, suggest};
use crate::document::{
    Block, BlockKind, Cell, Document, Inline, InlineKind, Table, is_missing, plain_text,
};
use crate::locale::ChartWords;
use crate::model::Quantity;
use crate::parse::charts::{unit_in_head, without_unit};
use crate::parse::{Context, inlines};
use crate::source::Place;

/// What the note of a table or chart begins with.
static NOTE_WORDS: [&str; 9] = [
    "注：",
    "注:",
    "资料来源：",
    "数据来源：",
    "来源：",
    "Note:",
    "Notes:",
    "Source:",
    "Sources:",
];

/// What braces may ask for, with the words for it.
static WISHES: [(Wish, [&str; 2]); 3] = [
    (Wish::Total, ["合计", "total"]),
    (Wish::Unit, ["单位", "unit"]),
    (Wish::Turned, ["横排", "turned"]),
];

/// The unit that asks for the units of all columns to stand in their heads.
static IN_HEAD: [&str; 2] = ["表头", "head"];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wish {
    Total,
    Unit,
    Turned,
}

/// Whether a paragraph that begins with this text is a note.
pub(super) fn is_note(text: &str) -> bool {
    NOTE_WORDS.iter().any(|words| text.starts_with(words))
}

/// Whether a word in braces asks something of a table.
pub(super) fn is_wish(word: &str) -> bool {
    wish(word).is_some()
}

/// A word in braces as what it asks for and what stands behind `=`.
fn wish(word: &str) -> Option<(Wish, Option<&str>)> {
    let (name, value) = match word.split_once(['=', '＝']) {
        Some((name, value)) => (name, Some(value)),
        None => (word, None),
    };
    let found = WISHES.iter().find(|(_, words)| words.contains(&name));
    found.map(|&(wish, _)| (wish, value))
}

/// Notes directly below a table or chart become a part of it.
pub fn tables(document: &mut Document, _: &Context<'_>, _: &mut Diagnostics) {
    inlines::each_blocks(document, &mut |blocks| {
        if !blocks.iter().any(is_note_block) {
            return;
        }
        let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
        for block in blocks.drain(..) {
            let notes = kept.last_mut().and_then(|last| match &mut last.kind {
                BlockKind::Table(table) => Some(&mut table.notes),
                BlockKind::Chart(chart) => Some(&mut chart.notes),
                _ => None,
            });
            match notes {
                Some(notes) if is_note_block(&block) => notes.push(block),
                _ => kept.push(block),
            }
        }
        *blocks = kept;
    });
}

fn is_note_block(block: &Block) -> bool {
    let BlockKind::Paragraph(content) = &block.kind else { return false };
    matches!(content.first().map(|first| &first.kind),
        Some(InlineKind::Text(text)) if is_note(text))
}

/// Does what the braces of a caption ask of its table.
pub(super) fn settle(
    table: &mut Table,
    wishes: &[String],
    place: Place,
    context: &Context<'_>,
    diags: &mut Diagnostics,
) {
    let words = context.language.chart_words();
    let mut total = None;
    let mut in_head = false;
    for word in wishes {
        match wish(word) {
            Some((Wish::Total, columns)) => total = Some(columns),
            Some((Wish::Turned, None)) => table.turned = true,
            Some((Wish::Unit, Some(unit))) if IN_HEAD.contains(&unit) => in_head = true,
            Some((Wish::Unit, Some(unit))) if !unit.is_empty() => {
                table.unit = Some(unit.to_owned());
            }
            _ => {
                let message = format!("`{word}` asks nothing of a table");
                let known = WISHES.iter().flat_map(|(_, words)| *words);
                diags.add(
                    Diagnostic::new(&codes::TABLE_ATTRIBUTE, place, message)
                        .maybe_hint(suggest(word, known))
                        .hint("write `合计`, `合计=列名`, `单位=万元`, `单位=表头` or `横排`"),
                );
            }
        }
    }
    if in_head {
        units_to_head(table, context);
    }
    if let Some(columns) = total {
        add_total(table, columns, place, words, diags);
    }
}

/// The quantities of a column by row; `None` where one of its cells holds none.
fn quantities(table: &Table, column: usize) -> Option<Vec<(Place, Quantity)>> {
    let head = table.head.get(column).map(|cell| plain_text(&cell.content));
    let unit = head.as_deref().and_then(|head| unit_in_head(head).1);
    let unit = unit.or(table.unit.as_deref());
    let mut found = Vec::new();
    for cell in table.rows.iter().filter_map(|row| row.get(column)) {
        let text = plain_text(&cell.content);
        let text = text.trim();
        if is_missing(text) {
            continue;
        }
        let with = unit.and_then(|unit| Quantity::parse(text, Some(unit)).ok());
        let quantity = with.or_else(|| Quantity::parse(text, None).ok())?;
        found.push((cell.place, quantity));
    }
    (!found.is_empty()).then_some(found)
}

/// Moves the unit that all numbers of a column share into its head: `442家` under 组织
/// becomes `442` under `组织（家）`.
fn units_to_head(table: &mut Table, context: &Context<'_>) {
    for column in 1..table.columns.len() {
        let Some(found) = quantities(table, column) else { continue };
        let Some((_, first)) = found.first() else { continue };
        let word = match first.magnitude {
            4 => "万",
            8 => "亿",
            _ => "",
        };
        let long = format!("{word}{}", first.unit);
        let cells = || table.rows.iter().filter_map(|row| row.get(column));
        let texts = cells().map(|cell| plain_text(&cell.content).trim().to_owned());
        let texts: Vec<String> = texts.filter(|text| !is_missing(text)).collect();
        let shared = [long, first.unit.clone()].into_iter().find(|unit| {
            !unit.is_empty() && texts.iter().all(|text| text.ends_with(unit.as_str()))
        });
        let Some(unit) = shared else { continue };
        for cell in table.rows.iter_mut().filter_map(|row| row.get_mut(column)) {
            strip_unit(&mut cell.content, &unit);
        }
        if let Some(head) = table.head.get_mut(column) {
            let text = match context.language {
                crate::locale::Language::Zh => format!("（{unit}）"),
                crate::locale::Language::En => format!(" ({unit})"),
            };
            head.content.push(Inline { place: head.place, kind: InlineKind::Text(text) });
        }
    }
}

fn strip_unit(content: &mut [Inline], unit: &str) {
    let Some(last) = content.last_mut() else { return };
    match &mut last.kind {
        InlineKind::Text(text) => {
            let rest = text.trim_end().strip_suffix(unit).unwrap_or(text);
            *text = rest.trim_end().to_owned();
        }
        InlineKind::Figure(figure) => {
            let rest = figure.text.strip_suffix(unit).unwrap_or(&figure.text);
            figure.text = rest.trim_end().to_owned();
        }
        InlineKind::Strong(inner) | InlineKind::Emphasis(inner) => {
            strip_unit(inner, unit)
        }
        _ => {}
    }
}

/// Adds a row of totals. `columns` names those to add up; without it these are all whose
/// cells are numbers other than percentages and places in an order.
fn add_total(
    table: &mut Table,
    columns: Option<&str>,
    place: Place,
    words: &ChartWords,
    diags: &mut Diagnostics,
) {
    let heads: Vec<String> = table
        .head
        .iter()
        .map(|cell| plain_text(&cell.content).trim().to_owned())
        .collect();
    let mut wanted = Vec::new();
    let mut sound = true;
    for name in columns.into_iter().flat_map(|list| list.split(['、', ',', '，'])) {
        let named = |head: &String| head == name || unit_in_head(head).0 == name;
        match heads.iter().position(named) {
            Some(at) => wanted.push(at),
            None => {
                let message = format!("this table has no column `{name}`");
                let hint = suggest(name, heads.iter().map(String::as_str));
                let found = Diagnostic::new(&codes::TABLE_ATTRIBUTE, place, message);
                diags.add(found.maybe_hint(hint));
                sound = false;
            }
        }
    }
    if columns.is_none() {
        let adds_up = |column: &usize| {
            quantities(table, *column).is_some_and(|found| {
                found.iter().all(|(_, one)| one.unit != "%" && !one.is_ordinal())
            })
        };
        wanted = (1..table.columns.len()).filter(adds_up).collect();
    }
    if wanted.is_empty() && sound {
        let message = "this table has no column of numbers to add up";
        diags.add(
            Diagnostic::new(&codes::NO_TOTAL, place, message)
                .hint("take `合计` away, or write numbers in its cells"),
        );
        sound = false;
    }
    let text = |text: &str| {
        let kind = InlineKind::Text(text.to_owned());
        Cell { place, content: vec![Inline { place, kind }] }
    };
    let mut total: Vec<Cell> =
        table.columns.iter().map(|_| Cell { place, content: Vec::new() }).collect();
    if let Some(first) = total.first_mut() {
        *first = text(words.total);
    }
    for column in wanted {
        let head = heads.get(column).map_or("", String::as_str);
        let found = quantities(table, column).unwrap_or_default();
        match Quantity::sum(found.iter().map(|(_, quantity)| quantity)) {
            Ok(sum) => {
                let unit = unit_in_head(head).1.or(table.unit.as_deref()).unwrap_or("");
                let printed = without_unit(&sum.text, unit);
                if let Some(cell) = total.get_mut(column) {
                    *cell = text(&printed);
                }
            }
            Err(why) => {
                let place = found.last().map_or(place, |(place, _)| *place);
                let message = format!("column `{head}` has no total: {why}");
                diags.add(
                    Diagnostic::new(&codes::NO_TOTAL, place, message)
                        .hint("name the columns to add up: `合计=列名`"),
                );
                sound = false;
            }
        }
    }
    if sound {
        table.total = total;
    }
}
