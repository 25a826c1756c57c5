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
//! Modules in reading order. A module names those above its own row and those before it
//! in its row, but stages never name one another; `tests/tidy` reads this table and
//! compares it with the code. Where a module stands with crates in brackets, no other
//! module names them.
//!
//! | layer | modules |
//! |---|---|
//! | 0 words everyone uses | [`workers`], [`stamp`], [`source`], [`tree`], [`diag`] (anstyle, strsim) |
//! | 1 values | [`model`], [`formula`] (winnow), [`locale`], [`address`], [`document`], [`manuscript`], [`prose`], [`folder`], [`theme`], [`typography`], [`faces`], [`timings`], [`trace`], [`card`], [`sheet`], [`press`], [`frame`], [`template`] (tera, chinese_number) |
//! | 2 stages | [`load`] (walkdir, toml, saphyr_parser, jsonc_parser, encoding_rs, simdutf8, quick_xml, zip, imagesize), [`check`], [`merge`], [`parse`] (pulldown_cmark, icu_properties), [`audit`], [`html`] (pulldown_cmark_escape), [`lint`] (regex), [`webfont`] (font_subset, base64), [`typeset`] (typst, typst_layout, typst_pdf, typst_svg, typst_render, typst_kit, typst_assets, png, rayon), [`site`], [`links`] (lol_html), [`search`] (pagefind, tokio), [`external`] (ureq), [`publish`] (flate2, brotli) |
//! | 3 order of the stages | [`pipeline`] |
//! | 4 the rim | [`watch`] (notify), [`preview`] (httparse), [`cli`] (signal_hook, opener, clap, clap_complete, anstream, indicatif) |
//!
#![cfg_attr(not(feature = "search"), doc = " [`search`]: crate")]
#![cfg_attr(not(feature = "external"), doc = " [`external`]: crate")]

pub mod address;
pub mod audit;
pub mod card;
pub mod check;
pub mod cli;
pub mod diag;
pub mod document;
#[cfg(feature = "external")]
pub mod external;
pub mod faces;
pub mod folder;
pub mod formula;
pub mod frame;
pub mod html;
pub mod links;
pub mod lint;
pub mod load;
pub mod locale;
pub mod manuscript;
pub mod merge;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod press;
pub mod preview;
pub mod prose;
pub mod publish;
#[cfg(feature = "search")]
pub mod search;
pub mod sheet;
pub mod site;
pub mod source;
pub mod stamp;
pub mod template;
pub mod theme;
pub mod timings;
pub mod trace;
pub mod tree;
#[cfg(feature = "pdf")]
pub mod typeset;
pub mod typography;
pub mod watch;
pub mod webfont;
pub mod workers;
