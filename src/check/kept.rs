//! Series as they were checked before (留用): one whose files hold what they held need not be
//! checked again.

use std::collections::BTreeMap;
use std::mem;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use super::series;
use crate::diag::Diagnostics;
use crate::folder::{DataFile, SeriesFolder};
use crate::model::schema::Schema;
use crate::press::Series;
use crate::workers;

/// Series as they were checked before; nothing is kept before that is asked for.
#[derive(Debug, Default)]
pub struct Kept {
    keeps: bool,
    schemas: BTreeMap<String, Schema>,
    all: BTreeMap<String, Checked>,
}

/// A series, what it was made from, and what was found.
#[derive(Debug)]
struct Checked {
    /// None where it is not kept.
    folder: Option<SeriesFolder>,
    series: Arc<Series>,
    found: Diagnostics,
}

impl Kept {
    /// Keeps what is checked from now on.
    pub fn begin(&mut self) {
        self.keeps = true;
    }

    /// Checks series; those that were checked before and hold the same are as they were.
    pub(super) fn check(
        &mut self,
        folders: BTreeMap<String, SeriesFolder>,
        schemas: BTreeMap<String, Schema>,
    ) -> impl Iterator<Item = (&String, &Arc<Series>, &Diagnostics)> {
        if self.schemas != schemas {
            *self = Self { schemas, all: BTreeMap::new(), ..*self };
        }
        self.all.retain(|name, known| {
            let both = folders.get(name).zip(known.folder.as_ref());
            both.is_some_and(|(folder, known)| same(folder, known))
        });
        let folders =
            folders.into_iter().filter(|(name, _)| !self.all.contains_key(name));
        let folders: Vec<_> =
            folders.map(|(name, folder)| (name, Mutex::new(folder))).collect();
        // What is not kept goes as soon as it is checked: a press of any size is not in
        // memory twice.
        let checked = workers::each(&folders, NonZeroUsize::MIN, |(name, folder)| {
            let mut folder = folder.lock().unwrap_or_else(PoisonError::into_inner);
            let folder = mem::take(&mut *folder);
            let mut found = Diagnostics::new();
            let series = series::series(name, &folder, &self.schemas, &mut found);
            let folder = self.keeps.then_some(folder);
            Checked { folder, series: Arc::new(series), found }
        });
        let names = folders.into_iter().map(|(name, _)| name);
        self.all.extend(names.zip(checked));
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
