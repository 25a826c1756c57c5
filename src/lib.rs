//! annals: a press for organisations that report every year.
//!
//! A build is a line of pure functions over immutable values, one noun per stage:
//!
//! **Press → Record → Edition → Manuscript → Document → Artifact → Publication.**
//!
//! Files are read by [`load`] and written by `publish`; the clock, the environment and the
//! terminal belong to `cli`. Everything said about the user's files is a
//! [`diag::Diagnostic`]; stages go on after an error as far as they can.
//!
//! Modules in reading order. A module uses lower layers only; `tests/tidy.rs` checks it.
//!
//! | layer | modules |
//! |---|---|
//! | 0 words everyone uses | [`source`], [`tree`], [`diag`] |
//! | 1 values | [`model`], [`locale`], [`document`], [`manuscript`], [`press`], [`template`] |
//! | 2 stages | [`load`], [`check`], [`merge`], [`parse`], [`html`], [`typeset`], [`publish`] |
//! | 3 | [`pipeline`]: the order of stages |
//! | 4 | [`cli`]: arguments, settings, printing |

pub mod check;
pub mod cli;
pub mod diag;
pub mod document;
pub mod folder;
pub mod html;
pub mod load;
pub mod locale;
pub mod manuscript;
pub mod merge;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod press;
pub mod publish;
pub mod source;
pub mod template;
pub mod tree;
#[cfg(feature = "pdf")]
pub mod typeset;
