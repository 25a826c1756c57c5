//! The same input gives the same bytes, and nothing is written outside the output.

use crate::{Built, outputs, tree};

#[test]
fn workers_and_folders_do_not_change_a_byte() {
    for name in ["sample", "minutes", "everything"] {
        let first = outputs(name);
        assert!(first.contains_key("manifest.json"));
        let other = Built::copy(name);
        for jobs in ["1", "4"] {
            other.build(&["--jobs", jobs]);
            same(first, &other.outputs(), name);
            std::fs::remove_dir_all(other.root().join("output")).expect("removed");
        }
    }
}

#[test]
fn building_again_changes_nothing() {
    let press = Built::copy("minutes");
    press.build(&[]);
    let first = press.outputs();
    press.build(&[]);
    same(&first, &press.outputs(), "minutes");
}

#[test]
fn nothing_is_written_outside_the_output() {
    let press = Built::copy("minutes");
    let before = tree(press.folder.path());
    press.build(&[]);
    let mut after = tree(press.folder.path());
    after.retain(|path, _| !path.starts_with("press/output/"));
    let changed: Vec<&String> = after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(bytes))
        .map(|(path, _)| path)
        .collect();
    assert!(changed.is_empty(), "{changed:?}");
    assert_eq!(before.len(), after.len());
}

fn same(
    one: &std::collections::BTreeMap<String, Vec<u8>>,
    other: &std::collections::BTreeMap<String, Vec<u8>>,
    name: &str,
) {
    let paths: Vec<_> = one.keys().collect();
    assert_eq!(paths, other.keys().collect::<Vec<_>>(), "{name}");
    for (path, bytes) in one {
        assert!(other[path] == *bytes, "{name}: {path} differs");
    }
}
