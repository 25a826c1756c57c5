//! The passes that finish a document, each in its own file.

mod anchors;
mod breaks;
mod captions;
mod guard;
mod headings;
mod notes;
mod numbering;
mod pictures;
mod pulled;
mod references;
mod tables;
mod target;

pub use anchors::anchors;
pub use breaks::breaks;
pub use captions::{belongs_to_table, captions, contents, figures, split_anchor};
pub use guard::{guard, release};
pub use headings::{headings, outline};
pub use notes::notes;
pub use numbering::numbering;
pub use pictures::pictures;
pub use pulled::pulled;
pub use references::references;
pub use tables::tables;
