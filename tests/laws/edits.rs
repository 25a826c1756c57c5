//! Whatever is edited, a build of what has changed is the same as one of everything.

#[path = "../../benches/press/src/edits.rs"]
mod random;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// How many sequences of edits are tried: set `ANNALS_EDITS` for more.
const SEQUENCES: u64 = 4;

/// How many edits follow one another.
const EDITS: usize = 6;

#[test]
fn builds_of_what_has_changed_are_builds_of_everything() {
    let asked = std::env::var("ANNALS_EDITS").ok().and_then(|text| text.parse().ok());
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let program = Path::new(env!("CARGO_BIN_EXE_annals"));
    for seed in 0..asked.unwrap_or(SEQUENCES) {
        random::run(program, &folder.path().join("edits"), seed, EDITS, seed == 3);
    }
}

/// A press of three chapters: one prints a figure, one prints another, one prints none.
fn press() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a temporary folder can be made");
    write(root.path(), "annals.toml", "title = \"测试\"\n[site]\nenabled = false\n");
    figures(root.path(), 442);
    write(root.path(), "content/jia/2020/rooms.csv", "名称,面积\n一号,40\n");
    let chapters = [("a", "{{ f.donors }}"), ("b", "{{ f.money }}"), ("c", "没有数字")];
    for (name, text) in chapters {
        chapter(root.path(), name, text);
    }
    root
}

fn figures(root: &Path, donors: u64) {
    let figure = |id: &str, label: &str, value: &str| {
        format!("[[figures]]\nid = \"{id}\"\nlabel = \"{label}\"\nvalue = \"{value}\"\n")
    };
    let text = figure("donors", "参与捐赠", &format!("{donors}家"))
        + &figure("money", "捐赠", "1200万元");
    write(root, "content/jia/2020/figures.toml", &text);
}

fn chapter(root: &Path, name: &str, text: &str) {
    let front = format!("+++\ntitle = \"{name}\"\nkind = \"manual\"\n+++\n\n{text}。\n");
    write(root, &format!("content/jia/2020/{name}.md"), &front);
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a file has a folder")).expect("made");
    fs::write(path, text).expect("written");
}

/// Builds; gives the editions of which each of these stages was done.
fn build(root: &Path, stages: [&str; 2]) -> [String; 2] {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annals"));
    command.args(["build", "--timings=time.json"]).current_dir(root).env_clear();
    let output = command.output().expect("the program can be started");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    assert!(said.contains("trace in time.json"), "{said}");
    let trace = fs::read(root.join("time.json")).expect("the trace was written");
    let trace: Value = serde_json::from_slice(&trace).expect("the trace is JSON");
    let events = trace["traceEvents"].as_array().expect("it lists events");
    stages.map(|stage| {
        let of_stage = events.iter().filter(|event| event["name"] == stage);
        let editions: BTreeSet<&str> =
            of_stage.filter_map(|event| event["args"]["edition"].as_str()).collect();
        editions.into_iter().map(|path| path.replace("jia/2020/", "")).collect()
    })
}

#[test]
fn only_what_prints_a_change_is_made_again() {
    let press = press();
    let root = press.path();
    let made = |stages| build(root, stages);
    assert_eq!(made(["merge", "layout"]), ["abc", "abc"]);
    assert_eq!(made(["merge", "layout"]), ["", ""], "nothing was changed");
    figures(root, 443);
    assert_eq!(made(["page", "layout"]), ["abc", "a"], "one prints the figure");
    write(root, "content/jia/2020/rooms.csv", "名称,面积\n一号,41\n");
    assert_eq!(made(["page", "layout"]), ["abc", ""], "none prints the table");
    chapter(root, "c", "还是没有数字");
    assert_eq!(made(["merge", "layout"]), ["c", "c"]);
    write(root, "templates/style.css", "body { margin: 0 }\n");
    assert_eq!(made(["page", "layout"]), ["abc", ""], "a style sheet is for pages");
    write(root, "content/jia/2020/notes.txt", "备忘");
    assert_eq!(made(["merge", "layout"]), ["", ""], "a file that nobody reads");
}
