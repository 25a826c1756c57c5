//! Runs the transcripts in `tests/cli/*.md`.
//!
//! A heading begins a case with an empty folder. A fence with a path after its language
//! is a file of that folder. A fence `console` holds commands after `$` and what they
//! say: standard error after `! `, standard output as it is, the exit status after `? `
//! where it is not 0. `UPDATE=1` rewrites what they say.
//!
//! Commands are `annals …`, with variables before it if need be, and a few that look at
//! the folder: `ls DIR` (all files below), `cat FILE`, `rm FILE`, `append FILE WORDS`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

#[test]
fn transcripts_hold() {
    let mut paths: Vec<PathBuf> = fs::read_dir(crate::package().join("tests/cli"))
        .expect("the folder of transcripts can be read")
        .map(|entry| entry.expect("the entry can be read").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "there are transcripts");
    let mut failed = String::new();
    for path in paths {
        let text = fs::read_to_string(&path).expect("the transcript can be read");
        let said = replay(&text);
        if said == text {
            continue;
        }
        if crate::update() {
            fs::write(&path, said).expect("the transcript can be written");
        } else {
            let _ = writeln!(failed, "{}:\n{}", path.display(), difference(&text, &said));
        }
    }
    assert!(failed.is_empty(), "transcripts differ (UPDATE=1 rewrites them):\n{failed}");
}

/// The transcript with what the commands really say.
fn replay(text: &str) -> String {
    let mut out = String::new();
    let mut folder = empty_folder();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        if line.starts_with('#') {
            folder = empty_folder();
        }
        let ticks = line.chars().take_while(|&found| found == '`').count();
        if ticks < 3 {
            continue;
        }
        let (fence, info) = line.split_at(ticks);
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != fence).collect();
        match info.split_once(' ') {
            None if info == "console" => {
                let commands = body.iter().filter_map(|line| line.strip_prefix("$ "));
                for command in commands {
                    let _ = writeln!(out, "$ {command}");
                    out.push_str(&run(command, folder.path()));
                }
            }
            Some((_, path)) => {
                write(&folder.path().join(path), &(body.join("\n") + "\n"));
                for line in body {
                    let _ = writeln!(out, "{line}");
                }
            }
            None => {
                for line in body {
                    let _ = writeln!(out, "{line}");
                }
            }
        }
        out.push_str(fence);
        out.push('\n');
    }
    out
}

/// Runs a command; what it says, in the form of a transcript.
fn run(command: &str, folder: &Path) -> String {
    let mut words = words(command).into_iter().peekable();
    let mut variables = Vec::new();
    while let Some((name, value)) = words.peek().and_then(|word| word.split_once('=')) {
        variables.push((name.to_owned(), value.to_owned()));
        words.next();
    }
    let program = words.next().expect("a command has a name");
    let args: Vec<String> = words.collect();
    let at = |index: usize| folder.join(args.get(index).map_or("", String::as_str));
    match program.as_str() {
        "annals" => annals(&args, variables, folder),
        "ls" => files(&at(0)).join("\n") + "\n",
        "cat" => match fs::read_to_string(at(0)) {
            Ok(text) => text,
            Err(error) => format!("? {error}\n"),
        },
        "rm" => {
            fs::remove_file(at(0)).expect("the file can be removed");
            String::new()
        }
        "append" => {
            let text = fs::read_to_string(at(0)).unwrap_or_default();
            write(&at(0), &format!("{text}{}\n", args[1..].join(" ")));
            String::new()
        }
        other => panic!("no command of a transcript: {other}"),
    }
}

fn annals(args: &[String], variables: Vec<(String, String)>, folder: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_annals"))
        .args(args)
        .current_dir(folder)
        .env_clear()
        .envs(variables)
        .output()
        .expect("the program can be started");
    let root = folder.canonicalize().expect("the folder exists");
    let text = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.replace(&*root.to_string_lossy(), "[ROOT]").replace('\u{1b}', "␛")
    };
    let mut out = String::new();
    match output.status.code() {
        Some(0) => {}
        Some(code) => {
            let _ = writeln!(out, "? {code}");
        }
        None => out.push_str("? killed\n"),
    }
    for line in text(&output.stderr).lines() {
        let _ = writeln!(out, "{}", format!("! {line}").trim_end());
    }
    for line in text(&output.stdout).lines() {
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

/// Splits a command at spaces outside quotes.
fn words(command: &str) -> Vec<String> {
    let mut out = Vec::new();
    let (mut word, mut quote, mut begun) = (String::new(), None, false);
    for found in command.chars() {
        match (found, quote) {
            ('\'' | '"', None) => (quote, begun) = (Some(found), true),
            (_, Some(open)) if open == found => quote = None,
            (' ', None) => {
                if begun {
                    out.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            _ => {
                word.push(found);
                begun = true;
            }
        }
    }
    if begun {
        out.push(word);
    }
    out
}

/// All files below a folder but the lock, in order.
fn files(folder: &Path) -> Vec<String> {
    fn walk(top: &Path, folder: &Path, out: &mut Vec<String>) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                walk(top, &path, out);
            } else {
                let below = path.strip_prefix(top).expect("the path is below the top");
                out.push(below.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    let mut out = Vec::new();
    walk(folder, folder, &mut out);
    out.retain(|path| path != ".annals.lock");
    out.sort();
    out
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file has a parent")).expect("made");
    fs::write(path, text).expect("written");
}

fn empty_folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder can be made")
}

/// The lines that differ, with the line before.
fn difference(expected: &str, found: &str) -> String {
    let (expected, found): (Vec<_>, Vec<_>) =
        (expected.lines().collect(), found.lines().collect());
    let same =
        expected.iter().zip(&found).take_while(|(one, other)| one == other).count();
    let tail = expected[same..]
        .iter()
        .rev()
        .zip(found[same..].iter().rev())
        .take_while(|(one, other)| one == other)
        .count();
    let mut out = format!("  line {}\n", same + 1);
    for line in &expected[same..expected.len() - tail] {
        let _ = writeln!(out, "- {line}");
    }
    for line in &found[same..found.len() - tail] {
        let _ = writeln!(out, "+ {line}");
    }
    out
}
