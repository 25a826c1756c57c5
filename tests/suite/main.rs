//! Literate cases: Markdown in `tests/suite/<stage>/` whose fences are the files of small
//! presses and what annals says of them ([`transcript`]).

#![expect(clippy::disallowed_methods, reason = "tests make presses and look at outputs")]

mod files;
mod transcript;
