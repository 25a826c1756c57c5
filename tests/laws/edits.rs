//! Whatever is edited, a build of what has changed is the same as one of everything.

#[path = "../../benches/press/src/edits.rs"]
mod random;

use std::path::Path;

/// How many sequences of edits are tried: set `ANNALS_EDITS` for more.
const SEQUENCES: u64 = 12;

/// How many edits follow one another.
const EDITS: usize = 6;

#[test]
fn builds_of_what_has_changed_are_builds_of_everything() {
    let asked = std::env::var("ANNALS_EDITS").ok().and_then(|text| text.parse().ok());
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let program = Path::new(env!("CARGO_BIN_EXE_annals"));
    for seed in 0..asked.unwrap_or(SEQUENCES) {
        random::run(program, &folder.path().join("edits"), seed, EDITS, seed == 5);
    }
}
