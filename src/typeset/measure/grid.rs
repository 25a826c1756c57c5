//! The rules of the grid: margins, lines, characters and baselines.

use std::collections::BTreeMap;

use super::profile::Clause;
use super::rules::{ABOVE, Area, BELOW, Found, MM, PAPER};
use super::sheet::{Role, Run, Sheets};

/// The runs that stand on the grid: text, headings and what a layout names, but for what
/// the standard places by the millimetre, or sets in another size between rules.
fn on_grid(sheets: &Sheets) -> impl Iterator<Item = &Run> {
    const OFF: [&str; 7] = [
        "mark",
        "letter-mark",
        "minutes-mark",
        "page-number",
        "imprint",
        "letter-imprint",
        "masthead",
    ];
    sheets.runs.iter().filter(|run| match &run.role {
        Role::Text | Role::Heading(_) => true,
        Role::Named(name) => !OFF.contains(&name.as_str()),
        Role::Apart => false,
    })
}

/// 5.2.1: the edges of all text on the grid; the lower one where a page is full.
pub(super) fn margins(sheets: &Sheets, area: &Area<'_>, clause: &Clause) -> Vec<Found> {
    let mut edges: Option<(f64, f64, f64, f64)> = None;
    for run in on_grid(sheets) {
        let (top, bottom) =
            (run.baseline - ABOVE * area.size, run.baseline + BELOW * area.size);
        let (t, r, b, l) = edges.unwrap_or((top, run.right, bottom, run.left));
        edges = Some((t.min(top), r.max(run.right), b.max(bottom), l.min(run.left)));
    }
    let Some((first, right, bottom, left)) = edges else { return Vec::new() };
    // Under a masthead the first line of text says nothing of the margin.
    let top = top_of_text(sheets, area.size);
    let (top, begins) = top.map_or((first, false), |top| (top, true));
    // A short letter may fill no page, and have no line from edge to edge: that an edge is
    // not reached is then no matter of margins.
    let text = || sheets.runs.iter().filter(|run| run.role == Role::Text);
    let ends = |run: &Run| run.text.trim_end().ends_with(['。', '：', '；', '！', '？']);
    let reached = [
        begins,
        text().any(|run| run.right > right - 1.0 && !ends(run)),
        bottom > area.bottom - area.pitch,
        text().any(|run| run.left < left + 1.0),
    ];
    let found = [top, PAPER.0 - right, PAPER.1 - bottom, left].map(|edge| edge / MM);
    let asked = [area.top, PAPER.0 - area.right, PAPER.1 - area.bottom, area.left]
        .map(|edge| edge / MM);
    let holds = found.iter().zip(&asked).enumerate().all(|(side, (found, asked))| {
        let short_of = !reached[side] && found > asked;
        (found - asked).abs() <= clause.tolerance || short_of
    });
    let show = |edges: [f64; 4], digits: usize| {
        edges.map(|edge| format!("{edge:.digits$}")).join(" / ")
    };
    let mut measured = show(found, 2);
    measured.push_str(" mm");
    let sides = ["top", "right", "bottom", "left"];
    let open: Vec<&str> = sides
        .into_iter()
        .zip(reached)
        .filter(|(_, reached)| !reached)
        .map(|(side, _)| side)
        .collect();
    if !open.is_empty() {
        measured.push_str(&format!(" ({} not reached by text)", open.join(", ")));
    }
    vec![Found {
        page: None,
        required: format!("{} ± {} mm", show(asked, 0), clause.tolerance),
        measured,
        holds,
    }]
}

/// The upper edge of the first line of text, of pages that begin with text.
fn top_of_text(sheets: &Sheets, size: f64) -> Option<f64> {
    let mut first: BTreeMap<usize, &Run> = BTreeMap::new();
    for run in &sheets.runs {
        let known = first.entry(run.page).or_insert(run);
        if run.baseline < known.baseline {
            *known = run;
        }
    }
    let heads = ["mark", "letter-mark", "minutes-mark", "masthead"];
    let begins = |run: &&&Run| {
        matches!(run.role, Role::Text | Role::Heading(_))
            && !heads
                .iter()
                .any(|head| sheets.named(head).any(|mark| mark.page == run.page))
    };
    let tops = first.values().filter(begins).map(|run| run.baseline - ABOVE * size);
    tops.min_by(f64::total_cmp)
}

/// The distance between neighbouring lines of text that is most frequent, in points.
fn pitch_of(sheets: &Sheets) -> Option<f64> {
    let mut counts: BTreeMap<i64, (usize, f64)> = BTreeMap::new();
    for page in 1..=sheets.pages {
        for pair in sheets.lines(page).windows(2) {
            let pitch = pair[1] - pair[0];
            // Hundredths of a point, for counting alike ones; pages are 842 pt high.
            let key = (pitch * 20.0).round() as i64;
            let (count, _) = counts.entry(key).or_insert((0, pitch));
            *count += 1;
        }
    }
    counts.into_values().max_by_key(|&(count, _)| count).map(|(_, pitch)| pitch)
}

/// 5.2.3: how many lines the type area holds at the distance that lines have.
pub(super) fn lines(sheets: &Sheets, area: &Area<'_>, _: &Clause) -> Vec<Found> {
    let Some(pitch) = pitch_of(sheets) else { return Vec::new() };
    let rows = ((area.bottom - area.top - area.size) / pitch + 1.0 + 0.01).floor();
    let usual = area.number(&["grid", "rows"]).unwrap_or(rows);
    let most = area.number(&["grid", "most_rows"]).unwrap_or(usual);
    let least = area.number(&["grid", "least_rows"]).unwrap_or(usual);
    let drawn = if rows == usual { "" } else { ", for the signature's sake, 7.3.5.5" };
    vec![Found {
        page: None,
        required: format!("{usual}, or {least} to {most} where 7.3.5.5 applies"),
        measured: format!("{rows} (a line each {pitch:.2} pt{drawn})"),
        holds: rows >= least && rows <= most,
    }]
}

/// A line of running text: its runs from left to right.
fn text_lines(sheets: &Sheets) -> Vec<Vec<&Run>> {
    let mut lines: Vec<Vec<&Run>> = Vec::new();
    let text = sheets.runs.iter().filter(|run| run.role == Role::Text);
    for run in text {
        match lines.last_mut() {
            Some(line)
                if line[0].page == run.page
                    && (line[0].baseline - run.baseline).abs() < 0.05 =>
            {
                line.push(run);
            }
            _ => lines.push(vec![run]),
        }
    }
    lines
}

/// 5.2.3: lines from edge to edge that hold nothing but Han characters.
pub(super) fn characters(sheets: &Sheets, area: &Area<'_>, _: &Clause) -> Vec<Found> {
    let Some(columns) = area.number(&["grid", "columns"]) else { return Vec::new() };
    let cell = (area.right - area.left) / columns;
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for line in text_lines(sheets) {
        let (Some(first), Some(last)) = (line.first(), line.last()) else { continue };
        let words: Vec<char> =
            line.iter().flat_map(|run| run.text.trim().chars()).collect();
        let full = (last.right - area.right).abs() < 1.0
            && words.iter().all(|&c| is_han(c))
            && (first.size - area.size).abs() < 0.01;
        let indent = ((first.left - area.left) / cell).round();
        if full && indent >= 0.0 && (first.left - area.left - indent * cell).abs() < 1.0 {
            // The indent is two cells or none; it counts as characters.
            *counts.entry(words.len() + indent as usize).or_default() += 1;
        }
    }
    if counts.is_empty() {
        return Vec::new();
    }
    let holds = counts.keys().all(|&count| count as f64 == columns);
    let measured: Vec<String> =
        counts.iter().map(|(count, lines)| format!("{count} ({lines} lines)")).collect();
    vec![Found {
        page: None,
        required: columns.to_string(),
        measured: measured.join(", "),
        holds,
    }]
}

/// Whether a character is a Han character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

/// Clauses 3 and 5.2.3: all baselines on one lattice, on every page.
pub(super) fn lattice(sheets: &Sheets, area: &Area<'_>, clause: &Clause) -> Vec<Found> {
    let origin = area.top + ABOVE * area.size;
    let mut worst: Option<(f64, usize)> = None;
    for run in on_grid(sheets) {
        let row = ((run.baseline - origin) / area.pitch).round();
        let off = (run.baseline - origin - row * area.pitch).abs();
        if worst.is_none_or(|(known, _)| off > known) {
            worst = Some((off, run.page));
        }
    }
    let Some((off, page)) = worst else { return Vec::new() };
    let holds = off <= clause.tolerance;
    vec![Found {
        page: (!holds).then_some(page),
        required: format!("at most {} pt", clause.tolerance),
        measured: format!("{off:.3} pt"),
        holds,
    }]
}
