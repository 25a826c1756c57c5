//! The texts of data files and front matter.

use std::collections::BTreeMap;

use super::{Frame, document};
use crate::diag::{Diagnostic, Diagnostics};
use crate::folder::{DataFile, Folder};
use crate::manuscript::Manuscript;
use crate::model::Year;
use crate::model::schema::{Collection, Schema, Type, front_matter};
use crate::prose::{Prose, Role};
use crate::source::{Place, Sources};
use crate::template;
use crate::tree::{Data, Grid, Node, Value};

/// What there is to say about the texts of a press that are no narratives, before it is
/// known in which language they are.
#[derive(Debug, Default)]
pub struct Texts {
    /// What is found in data files: series, year, findings.
    data: Vec<(String, Option<Year>, Vec<Diagnostic>)>,
    /// The texts of front matter by the path of the narrative.
    fronts: BTreeMap<String, Vec<Prose>>,
}

impl Texts {
    /// The texts of a narrative's front matter.
    pub fn front(&self, path: &str) -> &[Prose] {
        self.fronts.get(path).map_or(&[], Vec::as_slice)
    }

    /// What was found in the data of a series as a whole, or of one of its years.
    pub fn of_data(
        &self,
        series: &str,
        year: Option<Year>,
    ) -> impl Iterator<Item = &Diagnostic> {
        self.data
            .iter()
            .filter(move |(of, when, _)| of == series && *when == year)
            .flat_map(|(_, _, found)| found)
    }
}

/// How many findings of one data file are kept: a table may be wrong in a million rows.
const FINDINGS_KEPT: usize = 1000;

/// How many rows of a grid may hold its column heads.
const HEAD_ROWS: usize = 10;

/// Fields that hold sentences or titles, in all collections.
const PROSE: [&str; 9] = [
    "title",
    "subtitle",
    "summary",
    "note",
    "definition",
    "scope",
    "status",
    "measures",
    "location",
];

/// Fields that hold names, which narratives may repeat: what is wrong is said, and left to
/// people.
const NAMES: [&str; 5] = ["label", "name", "source", "owner", "organisers"];

/// What is done about the text of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Care {
    /// It is looked at, and mended.
    Mend,
    /// It is looked at.
    Tell,
    /// It is nothing that is read: an id, a date, a quantity, a unit.
    Pass,
}

/// Looks through the texts of a press that are no narratives.
pub fn texts(folder: &Folder, sources: &Sources) -> Texts {
    let mut out = Texts::default();
    for (name, series) in &folder.series {
        let years = series.years.iter().map(|(year, files)| (Some(*year), files));
        for (year, files) in std::iter::once((None, &series.data)).chain(years) {
            for file in files {
                out.data.push((name.clone(), year, of_file(file, sources)));
            }
        }
        if let Some(settings) = &series.settings {
            let mut walk = Walk { sources, found: Diagnostics::new() };
            walk.tree(settings, Care::Tell);
            out.data.push((name.clone(), None, walk.finish()));
        }
    }
    for narrative in &folder.narratives {
        out.fronts.insert(narrative.path.clone(), front(&narrative.front, sources));
    }
    out
}

/// The texts of front matter: titles may hold expressions.
fn front(node: &Node, sources: &Sources) -> Vec<Prose> {
    let entries = node.as_table().map_or(&[][..], |table| &table.entries);
    let mut out = Vec::new();
    for entry in entries {
        let known = front_matter().find(&entry.key);
        if known.is_some_and(|field| field.ty != Type::Text) || entry.key == "kind" {
            continue;
        }
        let Some(text) = entry.node.as_text() else { continue };
        let role = match entry.key.as_str() {
            "title" | "subtitle" => Role::Title,
            _ => Role::Field,
        };
        out.push(written(text, entry.node.place, role, sources));
    }
    out
}

/// A text in front matter.
fn written(text: &str, place: Place, role: Role, sources: &Sources) -> Prose {
    let mut prose = Prose::new(role, place);
    let whole = &sources.get(place.file).text;
    match verbatim(text, place, sources) {
        Some(start) => {
            let range = start..start + text.len();
            let outline: Manuscript = template::outline(whole, range, place.file);
            prose.push_manuscript(&outline, 0..outline.text.len());
        }
        None => prose.push_unplaced(text),
    }
    prose
}

/// Where a text begins in the file, if it stands there as it is, between quotes or
/// without.
fn verbatim(text: &str, place: Place, sources: &Sources) -> Option<usize> {
    let range = place.range()?;
    let slice = sources.slice(place);
    let at = slice.find(text)?;
    let quotes = |part: &str| {
        part.chars().all(|found| matches!(found, '"' | '\'') || found.is_whitespace())
    };
    (quotes(&slice[..at]) && quotes(&slice[at + text.len()..]))
        .then_some(range.start + at)
}

fn of_file(file: &DataFile, sources: &Sources) -> Vec<Diagnostic> {
    let mut walk = Walk { sources, found: Diagnostics::new() };
    match &*file.data {
        Data::Tree(node) => walk.tree(node, Care::Tell),
        Data::Grids(grids) => grids.iter().for_each(|grid| walk.grid(grid)),
    }
    walk.finish()
}

struct Walk<'a> {
    sources: &'a Sources,
    found: Diagnostics,
}

impl Walk<'_> {
    fn finish(self) -> Vec<Diagnostic> {
        self.found.iter().take(FINDINGS_KEPT).cloned().collect()
    }

    /// Depth is bounded by `load`.
    fn tree(&mut self, node: &Node, care: Care) {
        match &node.value {
            Value::Text(text) => self.text(text, node.place, care),
            Value::List(items) => {
                for item in items {
                    self.tree(item, care);
                }
            }
            Value::Table(table) => {
                for entry in &table.entries {
                    self.tree(&entry.node, care_of(&entry.key));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Date(_) => {}
        }
    }

    fn grid(&mut self, grid: &Grid) {
        let known = |row: &[Node]| {
            row.iter()
                .filter_map(Node::as_text)
                .filter(|text| field(text).is_some())
                .count()
        };
        let head = grid.rows.iter().take(HEAD_ROWS).position(|row| known(row) >= 2);
        let head = head.unwrap_or(0);
        let Some(names) = grid.rows.get(head) else { return };
        let cares: Vec<Care> = names
            .iter()
            .map(|cell| match cell.as_text().map(|name| (care_of(name), name)) {
                // In a cell `;` and `、` stand between the items of a list.
                Some((_, name)) if is_list(name) => Care::Pass,
                Some((care, _)) => care,
                None => Care::Pass,
            })
            .collect();
        for row in grid.rows.iter().skip(head + 1) {
            for (cell, care) in row.iter().zip(&cares) {
                if let Some(text) = cell.as_text() {
                    self.text(text, cell.place, *care);
                }
            }
        }
    }

    fn text(&mut self, text: &str, place: Place, care: Care) {
        if care == Care::Pass || self.found.count_all() >= FINDINGS_KEPT {
            return;
        }
        let mut prose = Prose::new(Role::Field, place);
        match verbatim(text, place, self.sources) {
            Some(start) => prose.push(text, start),
            None => prose.push_unplaced(text),
        }
        let frame = Frame { year: None, mend: care == Care::Mend };
        document(std::slice::from_ref(&prose), frame, &mut self.found);
    }
}

/// The key of the field of a collection that goes by this name, and what it holds.
fn field(name: &str) -> Option<(&'static str, &'static Type)> {
    let schemas = Collection::ALL.map(Collection::schema);
    let found = schemas.into_iter().find_map(|schema: &'static Schema| schema.find(name));
    found.map(|field| (field.key.as_str(), &field.ty))
}

fn is_list(name: &str) -> bool {
    field(name).is_some_and(|(_, ty)| matches!(ty, Type::List(_)))
}

fn care_of(name: &str) -> Care {
    match field(name) {
        Some((key, _)) if PROSE.contains(&key) => Care::Mend,
        Some((key, _)) if NAMES.contains(&key) => Care::Tell,
        Some(_) => Care::Pass,
        // A free table, or a field that the press has added.
        None => Care::Tell,
    }
}
