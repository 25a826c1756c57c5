//! Trees and grids as read → a checked [`Press`] of typed values.
//!
//! Everything that does not keep its contract is reported with its place; what could not
//! be read is dropped, and the rest goes on, so that one run finds all there is to find.

mod edition;
mod fields;
mod figures;
mod front;
mod grid;
mod invariants;
mod items;
mod kept;
mod kinds;
mod record;
mod revisions;
mod rows;
mod rules;
mod series;
mod settings;
#[cfg(test)]
mod tests;
mod theme;
mod translation;
mod value;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use edition::{edition, editions};
pub use grid::HEADER_ROWS;
pub use kept::Kept;
pub use theme::theme;

use crate::diag::{Diagnostics, Reported};
use crate::folder::Folder;
use crate::model::schema::{Collection, Schema};
use crate::press::{Kind, Press, Settings};
use crate::tree::Node;

/// Where findings go, and what form the data has that is being read.
struct Cx<'d> {
    diags: &'d mut Diagnostics,
    /// Whether values are cells of a grid: lists are split, days may be numbers.
    cell: bool,
}

impl<'d> Cx<'d> {
    /// For trees.
    fn tree(diags: &'d mut Diagnostics) -> Self {
        Self { diags, cell: false }
    }

    /// For grids.
    fn cells(diags: &'d mut Diagnostics) -> Self {
        Self { diags, cell: true }
    }
}

/// Checks what was read of a press, and makes typed values of it.
///
/// Settings, kinds, series, records and front matter are checked each for itself; what
/// could not be read is reported and left out.
///
/// # Errors
/// Where the project file does not hold settings at all.
pub fn press(folder: Folder, diags: &mut Diagnostics) -> Result<Press, Reported> {
    press_again(folder, &mut Kept::default(), diags)
}

/// The same; series that were checked before and hold the same are not checked again.
///
/// # Errors
/// As [`press`].
pub fn press_again(
    folder: Folder,
    kept: &mut Kept,
    diags: &mut Diagnostics,
) -> Result<Press, Reported> {
    let settings = settings::settings(&folder.project, diags)?;
    let kinds = kinds::kinds(&folder.contracts, diags);
    let theme = theme::theme(&folder.themes, &kinds, diags);
    let schemas = schemas(&settings, &kinds);
    let mut all = indexmap::IndexMap::new();
    for (name, series, found) in kept.check(folder.series, schemas) {
        all.insert(name.clone(), Arc::clone(series));
        diags.extend(found.clone());
    }
    let series = || all.values().map(|series| &**series);
    revisions::conflicts(series(), diags);
    let narratives = front::narratives(folder.narratives, &kinds, diags);
    let translations = translation::translations(series(), &narratives, &settings, diags);
    Ok(Press {
        root: folder.root,
        settings,
        kinds,
        series: all,
        translations,
        narratives,
        templates: folder.templates,
        theme,
    })
}

/// Reads the project file.
///
/// # Errors
/// Where it does not hold settings at all.
pub fn settings(project: &Node, diags: &mut Diagnostics) -> Result<Settings, Reported> {
    settings::settings(project, diags)
}

/// The fields of every collection: the built-in ones, those that the press adds, and those
/// that a kind adds (which are asked for only in editions of that kind).
fn schemas(
    settings: &Settings,
    kinds: &BTreeMap<String, Kind>,
) -> BTreeMap<String, Schema> {
    let mut schemas: BTreeMap<String, Schema> = Collection::ALL
        .into_iter()
        .map(|one| (one.name().to_owned(), one.schema().clone()))
        .collect();
    let open = || Schema { fields: Vec::new(), open: true };
    for (name, added) in &settings.collections {
        let schema = schemas.entry(name.clone()).or_insert_with(open);
        schema.tighten(added);
        schema.extend(added);
    }
    for (name, contract) in kinds.values().flat_map(|kind| &kind.data) {
        let mut added = contract.fields.clone();
        added.fields.iter_mut().for_each(|field| field.required = false);
        schemas.entry(name.clone()).or_insert_with(open).extend(&added);
    }
    schemas
}
