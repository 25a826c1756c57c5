//! Markdown → document: the CommonMark and CJK suites, narratives, laws.

mod commonmark;
mod shared;
