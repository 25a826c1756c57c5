//! `annals init`: a small press that builds at once.

use super::Answer;
use super::args::Init;
use super::session::Session;
use crate::publish::{NewFile, plant};

/// The files of the sample press, by path; `YYYY` stands for the year, in both.
const SAMPLE: [(&str, &str); 7] = [
    ("annals.toml", include_str!("sample/annals.toml")),
    ("README.md", include_str!("sample/README.md")),
    ("content/shili/series.toml", include_str!("sample/series.toml")),
    ("content/shili/YYYY/figures.toml", include_str!("sample/figures.toml")),
    ("content/shili/YYYY/events.csv", include_str!("sample/events.csv")),
    ("content/shili/YYYY/bulletin.md", include_str!("sample/bulletin.md")),
    ("output/.gitignore", "# 成品由 annals build 生成\n*\n!.gitignore\n"),
];

/// Makes a press in a folder.
pub(super) fn init(args: &Init, session: &mut Session) -> Answer {
    let year = session.today()?.year.to_string();
    let files: Vec<NewFile> = SAMPLE
        .into_iter()
        .map(|(path, text)| NewFile {
            path: path.replace("YYYY", &year),
            bytes: text.replace("YYYY", &year).into_bytes(),
        })
        .collect();
    plant(&args.dir, &files, &mut session.diags)?;
    for file in &files {
        session.console.say(&format!("made {}", file.path));
    }
    let here = args.dir.as_os_str() == ".";
    let root = if here { String::new() } else { format!("-C {} ", args.dir.display()) };
    session.console.say(&format!("build it with `annals {root}build`"));
    Ok(String::new())
}
