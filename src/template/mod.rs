//! Templates: built-in ones and a press's own over them, merged by Tera.
//!
//! The only module that names tera. There is one engine for each language that text is
//! merged into, since Tera's escape function belongs to the engine: [`Narratives`] for
//! Markdown, [`Pages`] for HTML. Data becomes inert at this border (`escape`); what an
//! engine prints finds its way back to the template that printed it (`marks`); Tera's
//! errors become diagnostics with places in the editor's own files (`errors`). What a
//! template may take of time and memory is bounded (`fuel`).

mod errors;
mod escape;
mod filters;
mod forms;
mod fuel;
mod marks;
mod narratives;
mod outline;
mod pages;
mod scope;
mod words;

pub use escape::escape_markdown;
pub use filters::{FILTERS, Filter};
pub use fuel::{MAX_VALUE, MAX_VALUES};
pub use narratives::{MAX_MERGED_BYTES, NameUse, Names, Narratives};
pub use outline::outline;
pub use pages::Pages;
pub use scope::{Datum, FigureMark, Known, Scope};
