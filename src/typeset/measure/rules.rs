//! The rules of layout, in one list: what each measures, and what it says of it.
//!
//! Clauses, strengths and required numbers come from the profile; a rule that the profile
//! leaves out is not applied. Lengths are printed in millimetres where the standard has
//! millimetres, and in points (磅) where it has sizes of type.

use std::collections::{BTreeMap, BTreeSet};

use super::Measured;
use super::grid;
use super::profile::{Clause, Profile};
use super::sheet::{Role, Run, Sheets};
use crate::diag::Code;
use crate::diag::codes::layout as codes;

/// Points of a millimetre.
pub(super) const MM: f64 = 72.0 / 25.4;

/// How far the baseline lies above the lower edge of a character's square, in em: all our
/// Chinese faces are set so (`base` in `annals.typ`).
pub(super) const BELOW: f64 = 0.12;

/// How far the baseline lies below the upper edge of a character's square, in em.
pub(super) const ABOVE: f64 = 0.88;

/// A4 (GB/T 9704-2012, 5.1), in points.
pub(super) const PAPER: (f64, f64) = (210.0 * MM, 297.0 * MM);

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
pub(super) struct Found {
    /// The page, where it is one of them.
    pub(super) page: Option<usize>,
    /// What is asked for.
    pub(super) required: String,
    /// What is.
    pub(super) measured: String,
    /// Whether it is as it should be.
    pub(super) holds: bool,
}

/// All rules, in the order of reports.
pub(super) static RULES: &[Rule] = &[
    Rule {
        name: "margins",
        what: "margins (top, right, bottom, left)",
        code: &codes::LAYOUT_MARGINS,
        of: Measure::Profile(grid::margins),
    },
    Rule {
        name: "lines",
        what: "lines on a page",
        code: &codes::LAYOUT_GRID,
        of: Measure::Profile(grid::lines),
    },
    Rule {
        name: "characters",
        what: "characters on full lines of Han characters",
        code: &codes::LAYOUT_GRID,
        of: Measure::Profile(grid::characters),
    },
    Rule {
        name: "lattice",
        what: "baselines off the lattice",
        code: &codes::LAYOUT_GRID,
        of: Measure::Profile(grid::lattice),
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
pub(super) struct Area<'a> {
    profile: &'a Profile,
    /// Its left edge.
    pub(super) left: f64,
    /// Its right edge.
    pub(super) right: f64,
    /// Its upper edge.
    pub(super) top: f64,
    /// Its lower edge.
    pub(super) bottom: f64,
    /// 3号 as it is set.
    pub(super) size: f64,
    /// From one line to the next, with the lines that the profile asks for.
    pub(super) pitch: f64,
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

    /// A number of the profile.
    pub(super) fn number(&self, path: &[&str]) -> Option<f64> {
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
        let counted = run.text.chars().filter(|&c| digits || grid::is_han(c)).count();
        let key = (run.family.clone(), (run.size * 100.0).round() as i64);
        counts.entry(key).or_insert((0, run.size)).0 += counted;
    }
    let most = counts.into_iter().filter(|(_, (count, _))| *count > 0);
    most.max_by_key(|(_, (count, _))| *count)
        .map(|((family, _), (_, size))| (family, size))
}
