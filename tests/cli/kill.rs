//! A build that is killed at any moment leaves whole publications, and the next one
//! finishes what it began.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

/// How many bulletins the press has.
const BULLETINS: usize = 24;

/// How often a build is killed: set `ANNALS_KILLS` for more.
const KILLS: u64 = 16;

/// After how many kills a build is let be, to see that what was left is not believed.
const LET_BE: u64 = 4;

fn annals(root: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annals"));
    command.arg("-C").arg(root).args(["build", "--jobs", "2"]);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a file has a parent")).expect("made");
    fs::write(path, text).expect("written");
}

/// A press whose every page prints one value.
fn press(value: u64) -> TempDir {
    let root = tempfile::tempdir().expect("a temporary folder can be made");
    write(root.path(), "annals.toml", "title = \"测试\"\nformats = [\"html\"]\n");
    write(root.path(), "content/shili/series.toml", "title = \"示例\"\n");
    write(
        root.path(),
        "content/shili/2020/events.csv",
        "日期,标题,主办\n2020-03-05,启动,联合会\n",
    );
    set(root.path(), value);
    for number in 0..BULLETINS {
        let text = format!(
            "+++\ntitle = \"第{number}期\"\nkind = \"bulletin\"\nhost = \"联合会\"\nplace = \"服务中心\"\n+++\n\n\
             值：{{{{ f.value }}}}。\n"
        );
        write(root.path(), &format!("content/shili/2020/b{number}.md"), &text);
    }
    root
}

fn set(root: &Path, value: u64) {
    let text =
        format!("[[figures]]\nid = \"value\"\nlabel = \"值\"\nvalue = \"{value}个\"\n");
    write(root, "content/shili/2020/figures.toml", &text);
}

/// The outputs by path.
fn outputs(root: &Path) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for number in 0..BULLETINS {
        let name = format!("b{number}.html");
        let path = root.join("output/shili/2020").join(&name);
        if let Ok(text) = fs::read_to_string(path) {
            out.insert(name, text);
        }
    }
    out
}

#[test]
fn killed_build_leaves_whole_pages() {
    let root = press(1000);
    let done = annals(root.path()).output().expect("the program can be started");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let mut values = vec![1000];
    let asked = std::env::var("ANNALS_KILLS").ok().and_then(|text| text.parse().ok());
    for kill in 1..=asked.unwrap_or(KILLS) {
        let value = 1000 + kill;
        set(root.path(), value);
        values.push(value);
        let mut build = annals(root.path()).spawn().expect("the program can be started");
        // From before the first page to after the last.
        let moment = kill % KILLS + 1;
        std::thread::sleep(Duration::from_millis(moment * moment * 2));
        let _ = build.kill();
        build.wait().expect("the program ends");
        let pages = outputs(root.path());
        assert_eq!(pages.len(), BULLETINS, "no page is lost");
        for (name, page) in pages {
            let whole = page.trim_end().ends_with("</html>");
            let known = values.iter().any(|value| page.contains(&format!("{value}个")));
            assert!(whole && known, "{name} is whole after kill {kill}");
        }
        if kill % LET_BE == 0 {
            let done = annals(root.path()).output().expect("the program can be started");
            let said = String::from_utf8_lossy(&done.stderr).into_owned();
            assert!(done.status.success() && !said.contains("damaged"), "{said}");
            let mut pages = outputs(root.path()).into_iter();
            let now = format!("{value}个");
            assert!(pages.all(|(_, page)| page.contains(&now)), "after kill {kill}");
        }
    }
    set(root.path(), 9999);
    let done = annals(root.path()).output().expect("the program can be started");
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success() && !said.contains("warning"), "{said}");
    let fresh = press(9999);
    let done = annals(fresh.path()).output().expect("the program can be started");
    assert!(done.status.success());
    assert_eq!(outputs(root.path()), outputs(fresh.path()));
    let manifest = |root: &Path| fs::read(root.join("output/manifest.json")).ok();
    assert_eq!(manifest(root.path()), manifest(fresh.path()));
    let left: Vec<_> = fs::read_dir(root.path().join("output"))
        .expect("the folder can be read")
        .map(|entry| entry.expect("the entry can be read").file_name())
        .filter(|name| name.to_string_lossy().starts_with(".annals-staging-"))
        .collect();
    assert!(left.is_empty(), "no staging folder is left: {left:?}");
}
