//! Runs the cases.
//!
//! A heading begins a case with an empty folder. A fence with a path after its language
//! is a file of that folder; a third word is its encoding. A fence `console` holds
//! commands after `$` and what they say: standard error after `! `, standard output as it
//! is, the exit status after `? ` where it is not 0. A fence `findings` holds what `annals
//! check` finds, a line each; the project file may be left out there. A fence `prints`
//! behind it holds the text of the pages that are built, a paragraph, item or cell to a
//! line. `UPDATE=1` rewrites what is said.
//!
//! Commands are `annals …`, with variables before it if need be, and a few that look at
//! the folder: `ls DIR` (all files below), `cat FILE`, `rm FILE`, `append FILE WORDS`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use scraper::{Html, Selector};
use tempfile::TempDir;

use crate::files::write;

#[test]
fn cases_hold() {
    let suite = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let paths: Vec<PathBuf> = files(&suite)
        .into_iter()
        .filter(|path| path.ends_with(".md"))
        .map(|path| suite.join(path))
        .collect();
    assert!(!paths.is_empty(), "there are cases");
    let update = std::env::var_os("UPDATE").is_some_and(|value| value == "1");
    let mut failed = String::new();
    for path in paths {
        let text = fs::read_to_string(&path).expect("the case can be read");
        let said = replay(&text);
        if said == text {
            continue;
        }
        if update {
            fs::write(&path, said).expect("the case can be written");
        } else {
            let _ = writeln!(failed, "{}:\n{}", path.display(), difference(&text, &said));
        }
    }
    assert!(failed.is_empty(), "cases differ (UPDATE=1 rewrites them):\n{failed}");
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
            None if info == "findings" => {
                out.push_str(&findings(folder.path()));
            }
            None if info == "prints" => {
                out.push_str(&prints(folder.path()));
            }
            Some((language, file)) => {
                let (path, form) = match file.split_once(' ') {
                    Some((path, form)) => (path, Some(form)),
                    None => (file, None),
                };
                let text = body.join("\n") + "\n";
                write(&folder.path().join(path), language, form, &text);
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

/// What a check of a folder finds, without the lines that sum it up.
fn findings(folder: &Path) -> String {
    let project = folder.join("annals.toml");
    if !project.exists() {
        write(&project, "toml", None, "title = \"年鉴\"\n");
    }
    let said = annals(
        &["check", "--message-format", "short"].map(str::to_owned),
        Vec::new(),
        folder,
    );
    let lines = said.lines().filter_map(|line| line.strip_prefix("! "));
    let found = lines.filter(|line| line.contains("]: "));
    found.fold(String::new(), |out, line| out + line + "\n")
}

/// The text of all pages that a folder makes.
fn prints(folder: &Path) -> String {
    let build = ["-q", "build", "--format", "html"].map(str::to_owned);
    annals(&build, Vec::new(), folder);
    // Notes on figures are furniture of the page.
    let parts =
        ["p:not(.figure-notes p)", "h2", "li", "td"].map(|it| format!("main {it}"));
    let parts = Selector::parse(&parts.join(", ")).expect("a selector");
    let output = folder.join("output");
    let mut out = String::new();
    for path in files(&output).iter().filter(|path| path.ends_with(".html")) {
        let page = fs::read_to_string(output.join(path)).expect("the page can be read");
        for part in Html::parse_document(&page).select(&parts) {
            let text: String = part.text().collect();
            let _ = writeln!(out, "{}", text.trim());
        }
    }
    out
}

/// Runs a command; what it says, in the form of a transcript, whatever the hashes in the
/// names of assets.
fn run(command: &str, folder: &Path) -> String {
    let mut said = carry_out(command, folder);
    let mut from = 0;
    while let Some(at) = said[from..].find("site/assets/") {
        from += at + "site/assets/".len();
        let end = said[from..].find(".css").map_or(from, |end| from + end);
        if let Some(dot) = said[from..end].find('.') {
            said.replace_range(from + dot + 1..end, "*");
        }
    }
    said
}

fn carry_out(command: &str, folder: &Path) -> String {
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
            write(&at(0), "", None, &format!("{text}{}\n", args[1..].join(" ")));
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
    out.retain(|path| path != ".annals.lock" && !path.starts_with(".annals/"));
    out.sort();
    out
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
