//! What of putting a publication into its place needs no look at the place, so that workers
//! do it side by side: the rest is done by one at a time.

use std::path::PathBuf;
use std::sync::Arc;

use super::manifest::Contents;
use super::{Artifact, Inputs, Publication, trace};

/// A publication ready to be put into its place (包裹).
#[derive(Debug)]
pub struct Parcel {
    pub(super) edition: String,
    /// Its files, with the compressed copies of them.
    pub(super) artifacts: Vec<Artifact>,
    pub(super) inputs: Inputs,
    /// Its numbers as the trace has them; none where there are none.
    pub(super) numbers: Option<String>,
}

/// Makes parcels for an output folder.
#[derive(Debug, Clone)]
pub struct Packer {
    /// The output folder.
    pub(super) folder: PathBuf,
    /// What the last build wrote.
    pub(super) previous: Arc<Contents>,
    /// Whether compressed copies lie beside the outputs.
    pub(super) copies: bool,
}

impl Packer {
    /// Makes a publication ready.
    pub fn pack(&self, publication: Publication) -> Parcel {
        let Publication { edition, mut artifacts, inputs, numbers, card: _ } =
            publication;
        if self.copies {
            self.add_copies(&mut artifacts);
        }
        let numbers = (!numbers.is_empty()).then(|| trace::written(&numbers));
        Parcel { edition, artifacts, inputs, numbers }
    }
}
