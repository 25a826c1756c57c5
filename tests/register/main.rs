//! Figures, formulas, forms of print, invariants and contracts: cases as Markdown.
//!
//! A heading is a test. A fence whose info string ends in a path is a file of the press; a
//! fence `findings` is what `annals check` says of it, line by line, and `prints` the text
//! of the page that was made. A press without `annals.toml` gets one. `UPDATE=1` writes
//! what was found; read the difference before it is committed.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

const PROJECT: &str = "title = \"年鉴\"\nformats = [\"html\"]\n";

/// A fence with its info string and its lines.
struct Fence {
    info: String,
    text: String,
    /// The lines of the page that it takes, without the fence itself.
    lines: std::ops::Range<usize>,
}

struct Case {
    title: String,
    fences: Vec<Fence>,
}

fn cases(page: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut open: Option<(String, String, usize, usize)> = None;
    for (at, line) in page.lines().enumerate() {
        if let Some((info, text, ticks, start)) = &mut open {
            if line.len() == *ticks && line.chars().all(|c| c == '`') {
                let fence = Fence {
                    info: std::mem::take(info),
                    text: std::mem::take(text),
                    lines: *start..at,
                };
                cases.last_mut().expect("a heading stands first").fences.push(fence);
                open = None;
            } else {
                let _ = writeln!(text, "{line}");
            }
        } else if line.starts_with("```") {
            let ticks = line.chars().take_while(|c| *c == '`').count();
            open = Some((line[ticks..].trim().to_owned(), String::new(), ticks, at + 1));
        } else if let Some(title) = line.strip_prefix("## ") {
            cases.push(Case { title: title.to_owned(), fences: Vec::new() });
        }
    }
    cases
}

/// What is said of a press, and what its pages say.
fn run(case: &Case) -> (String, String) {
    let root = tempfile::tempdir().expect("a folder can be made");
    let write = |path: &str, text: &str| {
        let path = root.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder"))
            .expect("it can be made");
        std::fs::write(path, text).expect("it can be written");
    };
    write("annals.toml", PROJECT);
    for fence in &case.fences {
        if let Some((_, path)) = fence.info.split_once(' ') {
            write(path, &fence.text);
        }
    }
    let answer = Command::new(env!("CARGO_BIN_EXE_annals"))
        .args(["build", "--format", "html", "--message-format", "short"])
        .current_dir(root.path())
        .output()
        .expect("annals runs");
    let said = String::from_utf8(answer.stderr).expect("it is text");
    let found = said.lines().filter(|line| {
        ["error", "warning", "note"].iter().any(|word| line.contains(&format!("{word}[")))
    });
    let found = found.fold(String::new(), |out, line| out + line + "\n");
    (found, pages(&root.path().join("output")))
}

/// The text of all pages below a folder: that of the article, a paragraph to a line.
fn pages(folder: &Path) -> String {
    let mut out = String::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return out };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            out.push_str(&pages(&path));
        } else if path.extension().is_some_and(|ending| ending == "html") {
            let page = std::fs::read_to_string(&path).expect("it can be read");
            let page = scraper::Html::parse_document(&page);
            let wanted = scraper::Selector::parse("main p, main h2, main li, main td")
                .expect("a selector");
            for element in page.select(&wanted) {
                let text: String = element.text().collect();
                let _ = writeln!(out, "{}", text.trim());
            }
        }
    }
    out
}

fn page(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/register").join(name);
    let text = std::fs::read_to_string(&path).expect("the cases are there");
    let update = std::env::var_os("UPDATE").is_some();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut wrong = String::new();
    for case in cases(&text).iter().rev() {
        let (found, printed) = run(case);
        let mut asked = false;
        for fence in case.fences.iter().rev() {
            let actual = match fence.info.as_str() {
                "findings" => &found,
                "prints" => &printed,
                _ => continue,
            };
            asked |= fence.info == "findings";
            if *actual != fence.text {
                let _ = writeln!(wrong, "## {}: {}\n{actual}", case.title, fence.info);
                lines.splice(fence.lines.clone(), actual.lines().map(str::to_owned));
            }
        }
        assert!(
            asked || found.is_empty(),
            "`{}` does not say what is found: {found}",
            case.title
        );
    }
    if update {
        std::fs::write(&path, lines.join("\n") + "\n").expect("it can be written");
    } else {
        assert!(wrong.is_empty(), "{name}: found\n{wrong}");
    }
}

#[test]
fn formulas() {
    page("formulas.md");
}

#[test]
fn invariants() {
    page("invariants.md");
}

#[test]
fn forms() {
    page("forms.md");
}

#[test]
fn documents() {
    page("documents.md");
}

#[test]
fn contracts() {
    page("contracts.md");
}
