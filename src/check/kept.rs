//! Series as they were checked before (留用): one whose files hold what they held need not be
//! checked again.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Arc;

use super::series;
use crate::diag::Diagnostics;
use crate::folder::{DataFile, SeriesFolder};
use crate::model::schema::Schema;
use crate::press::Series;
use crate::workers;

/// Series as they were checked before.
#[derive(Debug, Default)]
pub struct Kept {
    schemas: BTreeMap<String, Schema>,
    all: BTreeMap<String, Checked>,
}

/// A series, what it was made from, and what was found.
#[derive(Debug)]
struct Checked {
    folder: SeriesFolder,
    series: Arc<Series>,
    found: Diagnostics,
}

impl Kept {
    /// Checks series; those that were checked before and hold the same are as they were.
    pub(super) fn check(
        &mut self,
        folders: BTreeMap<String, SeriesFolder>,
        schemas: BTreeMap<String, Schema>,
    ) -> impl Iterator<Item = (&String, &Arc<Series>, &Diagnostics)> {
        if self.schemas != schemas {
            *self = Self { schemas, all: BTreeMap::new() };
        }
        self.all.retain(|name, known| {
            folders.get(name).is_some_and(|folder| same(folder, &known.folder))
        });
        let mut folders: Vec<(String, SeriesFolder)> = folders.into_iter().collect();
        folders.retain(|(name, _)| !self.all.contains_key(name));
        let checked = workers::each(&folders, NonZeroUsize::MIN, |(name, folder)| {
            let mut found = Diagnostics::new();
            let series = series::series(name, folder, &self.schemas, &mut found);
            (Arc::new(series), found)
        });
        for ((name, folder), (series, found)) in folders.into_iter().zip(checked) {
            self.all.insert(name, Checked { folder, series, found });
        }
        self.all.iter().map(|(name, known)| (name, &known.series, &known.found))
    }
}

/// Whether two folders hold the same values of the same files.
fn same(one: &SeriesFolder, other: &SeriesFolder) -> bool {
    let same_file = |(one, other): (&DataFile, &DataFile)| {
        one.file == other.file
            && one.stem == other.stem
            && Arc::ptr_eq(&one.data, &other.data)
    };
    let same_files = |one: &[DataFile], other: &[DataFile]| {
        one.len() == other.len() && one.iter().zip(other).all(same_file)
    };
    one.settings == other.settings
        && same_files(&one.data, &other.data)
        && one.years.keys().eq(other.years.keys())
        && one.years.values().zip(other.years.values()).all(|(a, b)| same_files(a, b))
}
