//! Markdown → document: the CommonMark and CJK suites, narratives, laws.

mod cjk;
mod commonmark;
mod shared;
