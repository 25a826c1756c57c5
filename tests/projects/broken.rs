//! Everything that is wrong with a press is said in one run, with its place.

use std::fs;

use crate::{Copy, presses, update, workbook};

#[test]
fn every_problem_of_a_broken_press_is_said_at_once() {
    let mut failed = Vec::new();
    let mut names: Vec<String> = fs::read_dir(presses())
        .expect("the folder can be read")
        .map(|entry| entry.expect("the entry can be read").file_name())
        .map(|name| name.into_string().expect("our names are text"))
        .filter(|name| name.starts_with("broken-"))
        .collect();
    names.sort();
    assert!(names.len() >= 6, "the broken presses are found");
    for name in names {
        let press = Copy::of(&name);
        if name == "broken-data" {
            workbook::broken(&press);
        }
        let said = press.annals(&["check", "--message-format", "short"]);
        assert_eq!(said.out, "", "{name}");
        // Settings that cannot be used are configuration.
        let code = if name == "broken-settings" { 2 } else { 1 };
        if said.code != Some(code) {
            failed.push(format!("{name} ends with {:?}", said.code));
        }
        let path = presses().join(&name).join("findings.txt");
        if update() {
            fs::write(&path, &said.err).expect("the findings can be written");
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        for line in said.err.lines().filter(|line| !expected.lines().any(|e| e == *line))
        {
            failed.push(format!("{name} says unexpectedly: {line}"));
        }
        for line in expected.lines().filter(|line| !said.err.lines().any(|s| s == *line))
        {
            failed.push(format!("{name} no longer says: {line}"));
        }
        if failed.is_empty() && said.err != expected {
            failed.push(format!("{name} says the same in another order"));
        }
    }
    assert!(failed.is_empty(), "UPDATE=1 rewrites them: {failed:#?}");
}

/// Findings do not depend on the number of workers.
#[test]
fn findings_come_in_one_order() {
    for name in ["broken-references", "broken-templates"] {
        let press = Copy::of(name);
        let said = |jobs| {
            press.annals(&["check", "--jobs", jobs, "--message-format", "short"]).err
        };
        assert_eq!(said("1"), said("4"), "{name}");
    }
}
