//! A file that passes the wall hides a noun that wants to leave.

use crate::files;

/// Most lines of a file of Rust.
const WALL: usize = 600;

#[test]
fn no_file_is_over_the_wall() {
    let folders = ["src", "tests", "benches"];
    let long: Vec<String> = folders
        .iter()
        .flat_map(|folder| files(folder, &["rs"]))
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > WALL)
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "files over {WALL} lines: {long:#?}");
}
