//! Document → page: the CommonMark suite, laws of the border, pages of every kind.

mod blocks;
mod commonmark;
mod laws;
mod pages;
mod shared;
mod theme;
