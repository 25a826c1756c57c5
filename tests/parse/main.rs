//! Markdown → document: the CommonMark and CJK suites, narratives, laws.

mod charts;
mod cjk;
mod commonmark;
mod laws;
mod narrative;
mod shared;
