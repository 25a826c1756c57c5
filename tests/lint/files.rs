//! `annals check --fix` on files.

use std::fs;
use std::path::Path;
use std::process::Command;

use encoding_rs::GB18030;
use tempfile::TempDir;

/// A press with one narrative and one data file, as bytes.
fn press(narrative: &[u8], data: (&str, &[u8])) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let year = folder.path().join("content/shili/2020");
    fs::create_dir_all(&year).expect("made");
    let project = "title = \"出版库\"\nformats = [\"html\"]\n";
    fs::write(folder.path().join("annals.toml"), project).expect("written");
    fs::write(folder.path().join("content/shili/series.toml"), "title = \"示例\"\n")
        .expect("written");
    fs::write(year.join("note.md"), narrative).expect("written");
    fs::write(year.join(data.0), data.1).expect("written");
    folder
}

/// Runs `annals check --fix`; what it says.
fn fix(folder: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_annals"))
        .args(["check", "--fix", "--message-format", "short"])
        .current_dir(folder)
        .env_clear()
        .output()
        .expect("the program can be started");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn read(folder: &Path, name: &str) -> Vec<u8> {
    fs::read(folder.join("content/shili/2020").join(name)).expect("it is there")
}

const NARRATIVE: &str =
    "+++\ntitle = \"手册,说明\"\nkind = \"manual\"\n+++\n\n甲方,乙方\n";
const MENDED: &str =
    "+++\ntitle = \"手册，说明\"\nkind = \"manual\"\n+++\n\n甲方，乙方\n";
const EVENTS: &str =
    "编号,日期,标题,摘要\r\na,2020-03-05,发布倡议,\"动员社会组织,抗击疫情\"\r\n";
const EVENTS_MENDED: &str =
    "编号,日期,标题,摘要\r\na,2020-03-05,发布倡议,\"动员社会组织，抗击疫情\"\r\n";

#[test]
fn line_ends_and_byte_order_mark_stay() {
    let text = |text: &str| format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
    let folder = press(text(NARRATIVE).as_bytes(), ("events.csv", EVENTS.as_bytes()));
    let said = fix(folder.path());
    assert!(said.contains("3 places mended in 2 files"), "{said}");
    assert_eq!(read(folder.path(), "note.md"), text(MENDED).as_bytes());
    assert_eq!(read(folder.path(), "events.csv"), EVENTS_MENDED.as_bytes());
    let again = fix(folder.path());
    assert!(again.contains("0 places mended in 0 files"), "{again}");
    let left: Vec<_> = fs::read_dir(folder.path().join("content/shili/2020"))
        .expect("it is there")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn encodings_stay() {
    let gb = |text: &str| GB18030.encode(text).0.into_owned();
    let little = |text: &str| {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>()
    };
    let big = |text: &str| {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(u16::to_be_bytes).collect::<Vec<u8>>()
    };
    for (before, after) in [
        (gb(EVENTS), gb(EVENTS_MENDED)),
        (little(EVENTS), little(EVENTS_MENDED)),
        (big(EVENTS), big(EVENTS_MENDED)),
    ] {
        let folder = press(MENDED.as_bytes(), ("events.csv", &before));
        fix(folder.path());
        assert_eq!(read(folder.path(), "events.csv"), after);
    }
}

#[test]
fn texts_of_every_tree_format_are_mended_in_place() {
    for (name, text, mended) in [
        (
            "events.toml",
            "[[events]]\nid = 'a'\ndate = 2020-03-05\ntitle = \"甲方,乙方\" # 注,释\n",
            "[[events]]\nid = 'a'\ndate = 2020-03-05\ntitle = \"甲方，乙方\" # 注,释\n",
        ),
        (
            "events.yaml",
            "- id: a\n  date: 2020-03-05\n  title: 甲方,乙方 # 注,释\n",
            "- id: a\n  date: 2020-03-05\n  title: 甲方，乙方 # 注,释\n",
        ),
        (
            "events.json",
            "[{\"id\": \"a\", \"date\": \"2020-03-05\", \"title\": \"甲方,乙方\"}]",
            "[{\"id\": \"a\", \"date\": \"2020-03-05\", \"title\": \"甲方，乙方\"}]",
        ),
        // What is written with escapes is said, and left to people; so is a name.
        (
            "events.json",
            "[{\"id\": \"a\", \"date\": \"2020-03-05\", \"title\": \"甲\\u65b9,乙方\"}]",
            "[{\"id\": \"a\", \"date\": \"2020-03-05\", \"title\": \"甲\\u65b9,乙方\"}]",
        ),
        (
            "figures.toml",
            "[[figures]]\nid = \"a\"\nlabel = \"捐款(市级)\"\nvalue = \"约300余家\"\n",
            "[[figures]]\nid = \"a\"\nlabel = \"捐款(市级)\"\nvalue = \"约300余家\"\n",
        ),
    ] {
        let folder = press(MENDED.as_bytes(), (name, text.as_bytes()));
        let said = fix(folder.path());
        assert_eq!(String::from_utf8_lossy(&read(folder.path(), name)), mended, "{said}");
        let left = said.contains("warning[half-width");
        assert_eq!(left, text == mended, "{said}");
    }
}

#[test]
fn workbooks_are_only_reported() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let rows = [["编号", "日期", "标题"], ["a", "2020-03-05", "甲方,乙方"]];
    for (row, cells) in rows.iter().enumerate() {
        for (col, cell) in cells.iter().enumerate() {
            let (row, col) =
                (row.try_into().expect("small"), col.try_into().expect("small"));
            sheet.write(row, col, *cell).expect("a cell");
        }
    }
    let bytes = book.save_to_buffer().expect("a workbook");
    let folder = press(MENDED.as_bytes(), ("events.xlsx", &bytes));
    let said = fix(folder.path());
    assert!(
        said.contains("events.xlsx: Sheet1!C2: warning[half-width-punctuation]"),
        "{said}"
    );
    assert_eq!(read(folder.path(), "events.xlsx"), bytes);
}

#[cfg(unix)]
#[test]
fn links_are_refused_and_permissions_stay() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = press(NARRATIVE.as_bytes(), ("events.csv", EVENTS_MENDED.as_bytes()));
    let note = folder.path().join("content/shili/2020/note.md");
    let elsewhere = folder.path().join("elsewhere.md");
    fs::rename(&note, &elsewhere).expect("moved");
    std::os::unix::fs::symlink(&elsewhere, &note).expect("a link");
    let said = fix(folder.path());
    assert!(said.contains("warning[not-mended]"), "{said}");
    assert_eq!(fs::read(&elsewhere).expect("it is there"), NARRATIVE.as_bytes());

    fs::remove_file(&note).expect("removed");
    fs::rename(&elsewhere, &note).expect("moved");
    fs::set_permissions(&note, fs::Permissions::from_mode(0o640)).expect("set");
    fix(folder.path());
    assert_eq!(read(folder.path(), "note.md"), MENDED.as_bytes());
    let mode = fs::metadata(&note).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn rules_that_are_off_mend_nothing() {
    let folder = press(NARRATIVE.as_bytes(), ("events.csv", EVENTS.as_bytes()));
    let project = "title = \"出版库\"\nformats = [\"html\"]\n[rules]\nhalf-width-punctuation = \"off\"\n";
    fs::write(folder.path().join("annals.toml"), project).expect("written");
    fix(folder.path());
    assert_eq!(read(folder.path(), "note.md"), NARRATIVE.as_bytes());
    let english = "title = \"Press\"\nlanguage = \"en\"\nformats = [\"html\"]\n";
    fs::write(folder.path().join("annals.toml"), english).expect("written");
    let said = fix(folder.path());
    assert!(!said.contains("half-width"), "{said}");
    assert_eq!(read(folder.path(), "note.md"), NARRATIVE.as_bytes());
}
