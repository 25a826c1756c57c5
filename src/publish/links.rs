//! What is remembered of links that lead out of the press: the day on which each was found
//! to be there. Nobody is asked twice in a week.

use std::collections::BTreeMap;
use std::path::Path;

use super::Destination;
use super::disk::{self, Found};
use super::memory::MEMORY;

/// The file, among what one run leaves for the next.
pub(super) const LINKS: &str = "links.json";

/// Addresses with the day on which they were there (`2021-03-05`).
pub type Links = BTreeMap<String, String>;

/// What the last runs found; nothing where that cannot be read.
pub fn last_links(destination: &Destination) -> Links {
    match disk::look(&destination.folder.join(MEMORY).join(LINKS)) {
        Ok(Found::File(bytes)) => serde_json::from_slice(&bytes).unwrap_or_default(),
        _ => Links::new(),
    }
}

/// Leaves what was found for the next run, where there is an output folder; where that
/// cannot be written, the next run asks again.
pub fn keep_links(destination: &Destination, links: &Links) {
    if destination.folder.is_dir() {
        // A cache: what cannot be kept is found out again.
        drop(write(&destination.folder.join(MEMORY), links));
    }
}

fn write(folder: &Path, links: &Links) -> std::io::Result<()> {
    let bytes = serde_json::to_vec(links).expect("texts always serialise");
    disk::make_folder(folder)?;
    let beside = tempfile::Builder::new().prefix("links-").tempdir_in(folder)?;
    disk::replace_soon(&folder.join(LINKS), &beside.path().join(LINKS), &bytes)
}
