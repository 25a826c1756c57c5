//! Markdown → document: the CommonMark and CJK suites, narratives, laws.

mod cjk;
mod commonmark;
mod laws;
mod narrative;
mod shared;
