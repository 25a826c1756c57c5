//! The rules of layout, in one list: what each measures, and what it says of it.
//!
//! Clauses, strengths and required numbers come from the profile; a rule that the profile
//! leaves out is not applied. Lengths are printed in millimetres where the standard has
//! millimetres, and in points (磅) where it has sizes of type.

use std::collections::{BTreeMap, BTreeSet};

use super::Measured;
use super::profile::{Clause, Profile};
use super::sheet::{Role, Run, Sheets};
use crate::diag::Code;
use crate::diag::codes::layout as codes;

/// Points of a millimetre.
const MM: f64 = 72.0 / 25.4;

/// How far the baseline lies above the lower edge of a character's square, in em: all our
/// Chinese faces are set so (`base` in `annals.typ`).
const BELOW: f64 = 0.12;

/// How far the baseline lies below the upper edge of a character's square, in em.
const ABOVE: f64 = 0.88;

/// A4 (GB/T 9704-2012, 5.1), in points.
const PAPER: (f64, f64) = (210.0 * MM, 297.0 * MM);

/// A rule.
pub(super) struct Rule {
    /// Its name in the profile and in reports.
    name: &'static str,
    /// What it measures.
    what: &'static str,
    /// What is reported where it does not hold.
    code: &'static Code,
    /// How it measures.
    of: Measure,
}

/// How a rule measures.
enum Measure {
    /// On any pages.
    Pages(fn(&Sheets) -> Vec<Found>),
    /// Against the type area and the numbers of a profile.
    Profile(fn(&Sheets, &Area<'_>, &Clause) -> Vec<Found>),
    /// Against the faces of a profile.
    Faces,
}

/// A measure before it is put beside its rule.
struct Found {
    page: Option<usize>,
    required: String,
    measured: String,
    holds: bool,
}

/// All rules, in the order of reports.
pub(super) static RULES: &[Rule] = &[
    Rule {
        name: "margins",
        what: "margins (top, right, bottom, left)",
        code: &codes::LAYOUT_MARGINS,
        of: Measure::Profile(margins),
    },
    Rule {
        name: "lines",
        what: "lines on a page",
        code: &codes::LAYOUT_GRID,
        of: Measure::Profile(lines),
    },
    Rule {
        name: "characters",
        what: "characters on full lines of Han characters",
        code: &codes::LAYOUT_GRID,
        of: Measure::Profile(characters),
    },
    Rule {
        name: "lattice",
        what: "baselines off the lattice",
        code: &codes::LAYOUT_GRID,
        of: Measure::Profile(lattice),
    },
    Rule {
        name: "mark",
        what: "upper edge of the issuer's mark, below the upper edge of the type area",
        code: &codes::LAYOUT_HEAD,
        of: Measure::Profile(mark),
    },
    Rule {
        name: "letter-mark",
        what: "upper edge of the issuer's mark, below the edge of the paper",
        code: &codes::LAYOUT_HEAD,
        of: Measure::Profile(letter_mark),
    },
    Rule {
        name: "minutes-mark",
        what: "upper edge of the mark of minutes, below the upper edge of the type area",
        code: &codes::LAYOUT_HEAD,
        of: Measure::Profile(minutes_mark),
    },
    Rule {
        name: "red-rule",
        what: "red rule, below the document number",
        code: &codes::LAYOUT_HEAD,
        of: Measure::Profile(red_rule),
    },
    Rule {
        name: "page-number",
        what: "dash of the page number, below the type area",
        code: &codes::LAYOUT_PAGE_NUMBER,
        of: Measure::Profile(page_number),
    },
    Rule {
        name: "page-number-side",
        what: "side of the page number",
        code: &codes::LAYOUT_PAGE_NUMBER,
        of: Measure::Profile(page_number_side),
    },
    Rule {
        name: "imprint",
        what: "last rule of the imprint, above the lower edge of the type area",
        code: &codes::LAYOUT_IMPRINT,
        of: Measure::Profile(imprint),
    },
    Rule {
        name: "signature",
        what: "lines of text on the page of the signature",
        code: &codes::LONELY_SIGNATURE,
        of: Measure::Profile(signature),
    },
    Rule { name: "faces", what: "", code: &codes::LAYOUT_FACE, of: Measure::Faces },
    Rule {
        name: "heading-foot",
        what: "headings at the foot of a page",
        code: &codes::HEADING_AT_FOOT,
        of: Measure::Pages(heading_foot),
    },
];

impl Rule {
    /// The rule's measures on some pages.
    pub(super) fn apply(
        &self,
        sheets: &Sheets,
        profile: Option<&Profile>,
    ) -> Vec<Measured> {
        let clause = profile.and_then(|profile| profile.clause("rules", self.name));
        let found = match (&self.of, profile) {
            (Measure::Faces, Some(profile)) => return faces(self, sheets, profile),
            (Measure::Pages(measure), _) => measure(sheets),
            (Measure::Profile(measure), Some(profile)) => {
                match (Area::of(profile), &clause) {
                    (Some(area), Some(clause)) => measure(sheets, &area, clause),
                    _ => Vec::new(),
                }
            }
            (Measure::Faces | Measure::Profile(_), None) => Vec::new(),
        };
        let clause = clause.unwrap_or_else(|| Clause {
            clause: "—".to_owned(),
            strength: "practice".to_owned(),
            tolerance: 0.0,
        });
        let whole = |found| self.measured(self.name, self.what, &clause, found);
        found.into_iter().map(whole).collect()
    }

    fn measured(
        &self,
        name: &str,
        what: &str,
        clause: &Clause,
        found: Found,
    ) -> Measured {
        Measured {
            rule: name.to_owned(),
            what: what.to_owned(),
            clause: clause.clause.clone(),
            strength: clause.strength.clone(),
            page: found.page,
            required: found.required,
            measured: found.measured,
            holds: found.holds,
            code: self.code,
        }
    }
}

/// The type area that a profile asks for, in points.
struct Area<'a> {
    profile: &'a Profile,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    /// 3号 as it is set.
    size: f64,
    /// From one line to the next, with the lines that the profile asks for.
    pitch: f64,
}

impl<'a> Area<'a> {
    fn of(profile: &'a Profile) -> Option<Self> {
        let margin = |side| Some(profile.number(&["profile", "page", side])? * MM);
        let size = profile.number(&["size"])?;
        let rows = profile.number(&["rows"])?;
        let (top, bottom) = (margin("top")?, PAPER.1 - margin("bottom")?);
        Some(Self {
            profile,
            left: margin("left")?,
            right: PAPER.0 - margin("right")?,
            top,
            bottom,
            size,
            pitch: (bottom - top - size) / (rows - 1.0).max(1.0),
        })
    }

    fn number(&self, path: &[&str]) -> Option<f64> {
        let path: Vec<&str> = ["profile"].iter().chain(path).copied().collect();
        self.profile.number(&path)
    }
}

/// A length beside the one that is asked for, both in millimetres.
fn length(page: usize, points: f64, required: f64, clause: &Clause) -> Found {
    let measured = points / MM;
    Found {
        page: Some(page),
        required: format!("{required} ± {} mm", clause.tolerance),
        measured: format!("{measured:.2} mm"),
        holds: (measured - required).abs() <= clause.tolerance,
    }
}

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
fn margins(sheets: &Sheets, area: &Area<'_>, clause: &Clause) -> Vec<Found> {
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
fn lines(sheets: &Sheets, area: &Area<'_>, _: &Clause) -> Vec<Found> {
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
fn characters(sheets: &Sheets, area: &Area<'_>, _: &Clause) -> Vec<Found> {
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

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

/// Clauses 3 and 5.2.3: all baselines on one lattice, on every page.
fn lattice(sheets: &Sheets, area: &Area<'_>, clause: &Clause) -> Vec<Found> {
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

/// The upper edge of the ink of what a label names, with its page.
fn ink_top(sheets: &Sheets, name: &str) -> Option<(usize, f64)> {
    let page = sheets.named(name).next()?.page;
    let on_page = sheets.named(name).filter(|run| run.page == page);
    Some((page, on_page.map(|run| run.top).fold(f64::INFINITY, f64::min)))
}

/// 7.2.4
fn mark(sheets: &Sheets, area: &Area<'_>, clause: &Clause) -> Vec<Found> {
    let required = area.number(&["mark", "below"]);
    let found = ink_top(sheets, "mark").zip(required);
    found
        .map(|((page, top), required)| length(page, top - area.top, required, clause))
        .into_iter()
        .collect()
}

/// 10.1
fn letter_mark(sheets: &Sheets, area: &Area<'_>, clause: &Clause) -> Vec<Found> {
    let required = area.number(&["mark", "letter_from_edge"]);
    let found = ink_top(sheets, "letter-mark").zip(required);
    found
        .map(|((page, top), required)| length(page, top, required, clause))
        .into_iter()
        .collect()
}

/// 10.3
fn minutes_mark(sheets: &Sheets, area: &Area<'_>, clause: &Clause) -> Vec<Found> {
    let required = area.number(&["mark", "minutes_below"]);
    let found = ink_top(sheets, "minutes-mark").zip(required);
    found
        .map(|((page, top), required)| length(page, top - area.top, required, clause))
        .into_iter()
        .collect()
}

/// 7.2.7: from the lower edge of the number's characters to the upper edge of the rule.
fn red_rule(sheets: &Sheets, area: &Area<'_>, clause: &Clause) -> Vec<Found> {
    let required = area.number(&["red_rule", "below"]);
    let (Some(bar), Some(number), Some(required)) =
        (sheets.bars("red-rule").next(), sheets.named("number").next(), required)
    else {
        return Vec::new();
    };
    let foot = number.baseline + BELOW * number.size;
    let mut found = vec![length(bar.page, bar.down.0 - foot, required, clause)];
    let width = (area.right - area.left) / MM;
    let mut across = length(bar.page, bar.across.1 - bar.across.0, width, clause);
    across.required = format!("as wide as the type area, {}", across.required);
    across.measured = format!("{} wide", across.measured);
    found.push(across);
    found
}

/// 7.5: the upper edge of the dashes, on every page that has a number.
fn page_number(sheets: &Sheets, area: &Area<'_>, clause: &Clause) -> Vec<Found> {
    let Some(required) = area.number(&["page_number", "below"]) else {
        return Vec::new();
    };
    let off = |run: &&&Run| ((run.top - area.bottom) / MM - required).abs();
    let dashes: Vec<&Run> =
        sheets.named("page-number").filter(|run| run.text.contains('—')).collect();
    let worst = dashes.iter().max_by(|a, b| off(a).total_cmp(&off(b)));
    worst
        .map(|run| length(run.page, run.top - area.bottom, required, clause))
        .into_iter()
        .collect()
}

/// 7.5: odd pages have their number at the right, even ones at the left, a character in.
fn page_number_side(sheets: &Sheets, area: &Area<'_>, clause: &Clause) -> Vec<Found> {
    let mut wrong = None;
    let mut pages = BTreeSet::new();
    for run in sheets.named("page-number") {
        pages.insert(run.page);
    }
    for &page in &pages {
        let own = || sheets.named("page-number").filter(move |run| run.page == page);
        let left = own().map(|run| run.left).fold(f64::INFINITY, f64::min);
        let right = own().map(|run| run.right).fold(f64::NEG_INFINITY, f64::max);
        let odd = page % 2 == 1;
        let inset = if odd { area.right - right } else { left - area.left };
        // One character of the text; the number's own are a little narrower.
        if (inset - area.size).abs() > clause.tolerance * MM {
            wrong = Some((page, inset));
            break;
        }
    }
    if pages.is_empty() {
        return Vec::new();
    }
    vec![Found {
        page: wrong.map(|(page, _)| page),
        required: "odd right, even left, one character in".to_owned(),
        measured: match wrong {
            None => format!("so on {} pages", pages.len()),
            Some((_, inset)) => format!("{:.2} mm in", inset / MM),
        },
        holds: wrong.is_none(),
    }]
}

/// 7.4
fn imprint(sheets: &Sheets, area: &Area<'_>, clause: &Clause) -> Vec<Found> {
    let Some(bar) = sheets.bars("imprint-last").next() else { return Vec::new() };
    let mut found = vec![length(bar.page, area.bottom - bar.down.1, 0.0, clause)];
    if bar.page != sheets.pages {
        found.push(Found {
            page: Some(bar.page),
            required: format!("on the last page, {}", sheets.pages),
            measured: format!("on page {}", bar.page),
            holds: false,
        });
    }
    found
}

/// 7.3.5.5, and practice: text beside the signature.
fn signature(sheets: &Sheets, area: &Area<'_>, _: &Clause) -> Vec<Found> {
    let Some(page) = sheets.named("signature").next().map(|run| run.page) else {
        return Vec::new();
    };
    let least = area.profile.count(&["least-lines"]).unwrap_or(1);
    let lines = sheets.own_lines(page);
    vec![Found {
        page: Some(page),
        required: format!("at least {least}"),
        measured: lines.to_string(),
        holds: lines >= least,
    }]
}

/// The last thing on a page is no heading.
fn heading_foot(sheets: &Sheets) -> Vec<Found> {
    let mut lowest: BTreeMap<usize, (f64, bool)> = BTreeMap::new();
    for run in &sheets.runs {
        let heading = matches!(run.role, Role::Heading(_));
        let outside = ["page-number", "imprint", "letter-imprint"];
        if outside.iter().any(|name| run.role.is(name)) {
            continue;
        }
        let place = lowest.entry(run.page).or_insert((run.baseline, heading));
        // A heading that runs in shares its line with text.
        if run.baseline > place.0 + 0.5 {
            *place = (run.baseline, heading);
        } else if run.baseline > place.0 - 0.5 {
            place.1 &= heading;
        }
    }
    let feet: Vec<usize> = lowest
        .iter()
        .filter(|(_, (_, heading))| *heading)
        .map(|(&page, _)| page)
        .collect();
    vec![Found {
        page: feet.first().copied(),
        required: "0".to_owned(),
        measured: feet.len().to_string(),
        holds: feet.is_empty(),
    }]
}

/// The face and size that most Han characters of a part have.
fn faces(rule: &Rule, sheets: &Sheets, profile: &Profile) -> Vec<Measured> {
    let mut all = Vec::new();
    for part in profile.keys(&["profile", "faces"]) {
        let path = |key| ["profile", "faces", part.as_str(), key];
        let families = profile.texts(&path("families"));
        let (Some(clause), Some(size)) =
            (profile.clause("faces", &part), profile.number(&path("size")))
        else {
            continue;
        };
        let scale = profile.number(&["profile", "grid", "size"]);
        // 3号 is what the document sets it to be.
        let size = match (scale, profile.number(&["size"])) {
            (Some(scale), Some(own)) if scale == size => own,
            _ => size,
        };
        let Some((family, found)) = most_frequent(sheets, &part) else { continue };
        let name = profile.text(&path("name")).unwrap_or_default();
        let holds = families.contains(&family) && (found - size).abs() < 0.01;
        let found = Found {
            page: None,
            required: format!("{name}: {} {size} pt", families.join(" or ")),
            measured: format!("{family} {found:.2} pt"),
            holds,
        };
        let what = format!("face and size of {part}");
        all.push(rule.measured(&format!("face-{part}"), &what, &clause, found));
    }
    all
}

fn most_frequent(sheets: &Sheets, part: &str) -> Option<(String, f64)> {
    let plays = |run: &&Run| match (&run.role, part) {
        (Role::Text, "body") => true,
        (Role::Heading(level), part) => part == format!("heading-{level}"),
        (Role::Named(name), part) => name == part,
        _ => false,
    };
    let mut counts: BTreeMap<(String, i64), (usize, f64)> = BTreeMap::new();
    for run in sheets.runs.iter().filter(plays) {
        // Page numbers are digits; elsewhere Latin letters have a face of their own.
        let digits = part == "page-number";
        let counted = run.text.chars().filter(|&c| digits || is_han(c)).count();
        let key = (run.family.clone(), (run.size * 100.0).round() as i64);
        counts.entry(key).or_insert((0, run.size)).0 += counted;
    }
    let most = counts.into_iter().filter(|(_, (count, _))| *count > 0);
    most.max_by_key(|(_, (count, _))| *count)
        .map(|((family, _), (_, size))| (family, size))
}
