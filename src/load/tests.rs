//! Whole presses, each in a folder of its own.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::limits::MAX_FOLDERS;
use super::press::Reader;
use super::templates::library;
use super::testing::{codes_of, show, show_rows};
use super::*;
use crate::diag::codes::load as codes;
use crate::diag::{Diagnostics, Reported};
use crate::folder::Folder;
use crate::source::{FileId, Place, SourceFile, Sources};
use crate::stamp::Moment;
use crate::tree::Data;

#[expect(clippy::disallowed_methods, reason = "the tests make presses")]
fn put(root: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

/// A press of these files beside an `annals.toml`.
fn press(files: &[(&str, &[u8])]) -> TempDir {
    let root = TempDir::new().expect("a folder");
    put(root.path(), "annals.toml", "title = \"社会组织\"\n");
    for (path, bytes) in files {
        put(root.path(), path, bytes);
    }
    root
}

fn load(root: &Path) -> (Result<Folder, Reported>, Diagnostics, Sources) {
    load_again(root, &mut Kept::default())
}

fn load_again(
    root: &Path,
    kept: &mut Kept,
) -> (Result<Folder, Reported>, Diagnostics, Sources) {
    let mut sources = Sources::new();
    let mut diags = Diagnostics::new();
    let folder = folder(root, kept, &mut sources, &mut diags);
    diags.sort(&sources);
    (folder, diags, sources)
}

/// Code and place of each finding.
fn findings(diags: &Diagnostics, sources: &Sources) -> Vec<String> {
    diags
        .iter()
        .map(|found| {
            let place = found.place.map_or(String::new(), |place| sources.show(place));
            format!("{} {place}", found.code.id)
        })
        .collect()
}

/// The findings about a press of these files.
fn findings_of(files: &[(&str, &[u8])]) -> Vec<String> {
    let root = press(files);
    let (folder, diags, sources) = load(root.path());
    assert!(folder.is_ok());
    findings(&diags, &sources)
}

const STORY: &[u8] = "+++\ntitle = \"总结\"\n+++\n正文\n".as_bytes();

#[test]
fn a_press_is_read_whole_and_in_order() {
    let gbk = encoding_rs::GB18030.encode("日期,标题\n2020-03-05,座谈\n").0;
    let root = press(&[
        ("content/baoji/series.toml", "title = \"宝鸡\"\n".as_bytes()),
        ("content/baoji/offices.json", b"[]"),
        ("content/baoji/about.md", STORY),
        ("content/baoji/2020/figures.yml", "donors: {value: 442个}\n".as_bytes()),
        ("content/baoji/2020/events.csv", &gbk),
        ("content/baoji/2020/data/tasks.TSV", "序号\t任务\n1\t座谈\n".as_bytes()),
        ("content/baoji/2020/summary.md", STORY),
        ("content/baoji/2020/more/feature.md", STORY),
        ("content/baoji/2019/figures.toml", b"[donors]\nvalue = 12.50\n"),
        ("content/manual/start.md", STORY),
        ("content/baoji/2020/photo.png", b"not looked at"),
        ("content/baoji/2020/notes.docx", b"not looked at"),
        ("content/baoji/2020/~$figures.xlsx", b"a lock"),
        ("content/baoji/2020/.hidden.md", b"hidden"),
        ("content/.git/x.md", b"hidden"),
        ("content/baoji/2020/old.md~", b"a copy"),
        ("content/baoji/2020/#old.md#", b"a copy"),
    ]);
    let (folder, diags, sources) = load(root.path());
    assert_eq!(findings(&diags, &sources), [""; 0]);
    let folder = folder.expect("it is a press");
    assert_eq!(show(&folder.project), "{title: “社会组织”}");
    let narratives: Vec<_> = folder
        .narratives
        .iter()
        .map(|story| (story.path.as_str(), story.series.as_str(), story.year))
        .collect();
    assert_eq!(
        narratives,
        [
            ("baoji/2020/more/feature", "baoji", Some(2020)),
            ("baoji/2020/summary", "baoji", Some(2020)),
            ("baoji/about", "baoji", None),
            ("manual/start", "manual", None),
        ]
    );
    let story = &folder.narratives[0];
    assert_eq!(&sources.get(story.file).text[story.body.clone()], "正文\n");
    assert_eq!(folder.series.keys().collect::<Vec<_>>(), ["baoji", "manual"]);
    let baoji = &folder.series["baoji"];
    assert_eq!(show(baoji.settings.as_ref().expect("is there")), "{title: “宝鸡”}");
    assert_eq!(baoji.data[0].stem, "offices");
    let stems: Vec<_> =
        baoji.years[&2020].iter().map(|file| file.stem.as_str()).collect();
    assert_eq!(stems, ["tasks", "events", "figures"]);
    let Data::Grids(grids) = &*baoji.years[&2020][1].data else {
        panic!("CSV is a grid")
    };
    assert_eq!(show_rows(&grids[0].rows), ["“日期” | “标题”", "“2020-03-05” | “座谈”"]);
    let Data::Tree(tree) = &*baoji.years[&2019][0].data else { panic!("TOML is a tree") };
    assert_eq!(show(tree), "{donors: {value: 12.50}}");
    assert_eq!(sources.get(project_file(&sources)).hash.len(), 64);
}

fn project_file(sources: &Sources) -> FileId {
    sources.find("annals.toml").expect("it was read")
}

#[test]
fn the_press_is_found_upwards() {
    let root = press(&[("content/baoji/2020/summary.md", STORY)]);
    let real = root.path().canonicalize().expect("it exists");
    let within = root.path().join("content/baoji/2020");
    assert_eq!(find_root(&within), Some(real.clone()));
    assert_eq!(find_root(&within.join("summary.md")), Some(real));
    assert_eq!(find_root(TempDir::new().expect("a folder").path()), None);
    assert_eq!(find_root(Path::new("/nowhere/at/all")), None);
}

#[test]
fn without_a_project_file_there_is_no_press() {
    let root = TempDir::new().expect("a folder");
    let (folder, diags, _) = load(root.path());
    assert!(folder.is_err());
    assert_eq!(codes_of(&diags), ["missing-project"]);
    let (folder, diags, _) = load(&root.path().join("nowhere"));
    assert!(folder.is_err());
    assert_eq!(codes_of(&diags), ["missing-project"]);
}

#[test]
fn a_broken_project_file_does_not_hide_other_errors() {
    let root = press(&[
        ("annals.toml", b"title = \n"),
        ("content/baoji/2020/a.json", b"{"),
        ("content/baoji/2020/b.md", b"text"),
    ]);
    let (folder, diags, _) = load(root.path());
    assert!(folder.is_err());
    assert_eq!(codes_of(&diags), ["toml-syntax", "json-syntax", "missing-front-matter"]);
}

#[test]
fn an_empty_press_is_a_press() {
    assert_eq!(findings_of(&[]), [""; 0]);
}

#[test]
fn what_cannot_be_read_is_reported_in_its_file() {
    assert_eq!(
        findings_of(&[
            ("content/stray.md", STORY),
            ("content/stray.csv", b"a,b"),
            ("content/baoji/series.toml", b""),
            ("content/baoji/series.yaml", b""),
            ("content/baoji/2020/a.md", b"+++\n"),
            ("content/baoji/2020/b.toml", b"a = \"\xB1\xA6\"\n"),
            ("content/baoji/2020/c.csv", b"a,b\n\xB1\xA6\xFF,c\n"),
            ("content/baoji/2020/d.xls", b""),
            ("content/baoji/2020/e.xlsx", b"id,title"),
            ("content/baoji/2020/f.yaml", "a: 甲\u{E001}\u{7}".as_bytes()),
            ("content/baoji/2020/g.yaml", b"a: [1"),
            ("content/baoji/2020/h.yaml", b"a: 1\n---\nb: 1\n"),
            ("content/baoji/2020/i.csv", b"a,b\n\"c,d\n"),
            ("content/baoji/2020/j.csv", b"a,b\nc,d,e\n"),
            ("content/baoji/2020/k.json", b"{\"a\": 1, \"a\": 2}"),
            ("templates/x.html", b"\xFF"),
            ("templates/y.typ", "\u{E001}".as_bytes()),
        ]),
        [
            "unclosed-front-matter content/baoji/2020/a.md:1:1",
            "undecodable-text content/baoji/2020/b.toml:1:6",
            "undecodable-text content/baoji/2020/c.csv:2:2",
            "unsupported-workbook content/baoji/2020/d.xls",
            "malformed-workbook content/baoji/2020/e.xlsx",
            "private-use-character content/baoji/2020/f.yaml:1:5",
            "control-character content/baoji/2020/f.yaml:1:6",
            "yaml-syntax content/baoji/2020/g.yaml:1:6",
            "yaml-feature content/baoji/2020/h.yaml:2:1",
            "csv-syntax content/baoji/2020/i.csv:2:1",
            "ragged-row content/baoji/2020/j.csv:2:5",
            "duplicate-key content/baoji/2020/k.json:1:10",
            "repeated-settings content/baoji/series.yaml",
            "outside-series content/stray.csv",
            "outside-series content/stray.md",
            "undecodable-text templates/x.html:1:1",
            "private-use-character templates/y.typ:1:1",
        ]
    );
}

#[test]
fn huge_files_are_refused_without_being_read() {
    let root = press(&[]);
    put(root.path(), "content/baoji/2020/a.toml", "");
    let file = fs::OpenOptions::new()
        .write(true)
        .open(root.path().join("content/baoji/2020/a.toml"))
        .expect("it is there");
    file.set_len(limits::MAX_TREE + 1).expect("a sparse file");
    let (_, diags, sources) = load(root.path());
    assert_eq!(findings(&diags, &sources), ["too-large content/baoji/2020/a.toml"]);
}

#[test]
fn a_file_that_is_wrong_all_over_is_reported_within_reason() {
    let long = |n: usize| vec!["1"; n].join(",") + "\n";
    let text = long(2).repeat(3) + &(3..2_000).map(long).collect::<String>();
    let root = press(&[("content/baoji/2020/a.csv", text.as_bytes())]);
    let (_, diags, _) = load(root.path());
    assert_eq!(codes_of(&diags), ["ragged-row"]);
    assert_eq!(diags.iter().count(), limits::MAX_FINDINGS);
    let last = diags.iter().last().expect("there are many");
    assert_eq!(
        last.hints.last().map(String::as_str),
        Some("look for 1947 more in this file")
    );
}

#[test]
fn deep_folders_are_refused() {
    let path = format!("content/{}x.md", "a/".repeat(MAX_FOLDERS + 3));
    let folder = format!("too-large content/{}", vec!["a"; MAX_FOLDERS + 1].join("/"));
    assert_eq!(findings_of(&[(&path, STORY)]), [folder]);
}

#[cfg(unix)]
mod on_unix {
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::process::Command;

    use super::*;

    #[test]
    fn links_out_of_the_press_are_refused_and_others_followed() {
        let outside = TempDir::new().expect("a folder");
        put(outside.path(), "secret.md", STORY);
        let root = press(&[("content/baoji/2020/a.md", STORY)]);
        let at = |path: &str| root.path().join(path);
        symlink(outside.path(), at("content/baoji/2021")).expect("a link");
        symlink(outside.path().join("secret.md"), at("content/baoji/2020/b.md"))
            .expect("a link");
        symlink("/", at("templates")).expect("a link");
        symlink("a.md", at("content/baoji/2020/c.md")).expect("a link");
        symlink("baoji", at("content/suzhou")).expect("a link");
        let (folder, diags, sources) = load(root.path());
        assert_eq!(
            findings(&diags, &sources),
            [
                "outside-press content/baoji/2020/b.md",
                "outside-press content/baoji/2021",
                "outside-press content/suzhou/2020/b.md",
                "outside-press content/suzhou/2021",
                "outside-press templates",
            ]
        );
        let folder = folder.expect("it is a press");
        let paths: Vec<_> = folder.narratives.iter().map(|story| &story.path).collect();
        assert_eq!(
            paths,
            ["baoji/2020/a", "baoji/2020/c", "suzhou/2020/a", "suzhou/2020/c"]
        );
    }

    #[test]
    fn rings_and_dead_links_are_reported() {
        let root = press(&[("content/baoji/2020/a.md", STORY)]);
        symlink("..", root.path().join("content/baoji/2020/ring")).expect("a link");
        symlink("nowhere.md", root.path().join("content/baoji/2020/b.md"))
            .expect("a link");
        symlink("editor@host", root.path().join("content/baoji/2020/.#a.md"))
            .expect("a link");
        let (folder, diags, sources) = load(root.path());
        assert_eq!(
            findings(&diags, &sources),
            [
                "unreadable-file content/baoji/2020/b.md",
                "unreadable-file content/baoji/2020/ring",
            ]
        );
        assert_eq!(folder.expect("it is a press").narratives.len(), 1);
    }

    #[test]
    fn only_ordinary_files_are_opened() {
        let root = press(&[("content/baoji/2020/b.md/x.txt", b"")]);
        let pipe = root.path().join("content/baoji/2020/a.toml");
        let made = Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
        assert!(made.success());
        let (_, diags, sources) = load(root.path());
        assert_eq!(
            findings(&diags, &sources),
            ["unreadable-file content/baoji/2020/a.toml"]
        );
        let place = Place::whole(project_file(&sources));
        let found = picture(root.path(), "content", place).expect_err("it is a folder");
        assert_eq!(found.code, &codes::UNREADABLE_FILE);
    }

    #[test]
    fn a_folder_instead_of_the_project_file_is_reported() {
        let root = TempDir::new().expect("a folder");
        put(root.path(), "annals.toml/x", "");
        let (folder, diags, sources) = load(root.path());
        assert!(folder.is_err());
        assert_eq!(findings(&diags, &sources), ["unreadable-file annals.toml"]);
    }

    #[test]
    fn files_without_permission_are_reported() {
        let root = press(&[
            ("content/baoji/2020/a.toml", b""),
            ("content/baoji/2021/b.toml", b""),
        ]);
        let lock = |path: &str, mode| {
            let mode = fs::Permissions::from_mode(mode);
            fs::set_permissions(root.path().join(path), mode).expect("a permission");
        };
        lock("content/baoji/2020/a.toml", 0o000);
        lock("content/baoji/2021", 0o000);
        let (_, diags, sources) = load(root.path());
        let expected = [
            "unreadable-file content/baoji/2020/a.toml",
            "unreadable-file content/baoji/2021",
        ];
        // The superuser may read everything.
        let found = findings(&diags, &sources);
        assert!(found == expected || found.is_empty(), "{found:?}");
        lock("content/baoji/2021", 0o700);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn names_must_be_unicode() {
        let root = press(&[("content/baoji/2020/a.md", STORY)]);
        let name = std::ffi::OsStr::from_bytes(b"\xB1\xA6.md");
        fs::copy(
            root.path().join("content/baoji/2020/a.md"),
            root.path().join("content/baoji/2020").join(name),
        )
        .expect("a copy");
        let (_, diags, _) = load(root.path());
        assert_eq!(codes_of(&diags), ["unreadable-file"]);
    }
}

#[test]
fn a_template_of_the_press_replaces_the_built_in_one() {
    let root = press(&[
        ("templates/bulletin/page.html", b"built-in"),
        ("templates/minutes/kind.toml", b"own"),
        ("templates/fonts/a.otf", b"font"),
        ("templates/logo.svg", b"<svg/>"),
        ("templates/notes.docx", b""),
    ]);
    let real = root.path().canonicalize().expect("it exists");
    let mut sources = Sources::new();
    let mut diags = Diagnostics::new();
    let mut reader =
        Reader { root: &real, sources: &mut sources, diags: &mut diags, asked: None };
    let built_in = [("base.html", "base"), ("bulletin/page.html", "built-in")];
    let library = library(&mut reader, &built_in);
    let files: Vec<_> = library
        .files
        .iter()
        .map(|(name, file)| (name.as_str(), sources.get(*file).path.as_str()))
        .collect();
    assert_eq!(
        files,
        [
            ("base.html", "annals:templates/base.html"),
            ("bulletin/page.html", "templates/bulletin/page.html"),
            ("minutes/kind.toml", "templates/minutes/kind.toml"),
        ]
    );
    assert_eq!(library.binaries.keys().collect::<Vec<_>>(), ["fonts/a.otf", "logo.svg"]);
    assert_eq!(library.binaries["logo.svg"].path, "templates/logo.svg");
    assert!(diags.is_empty());
}

/// The smallest head of a PNG of this size.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

/// The code and first hint about a picture, or an empty code.
fn picture_of(root: &Path, path: &str) -> (&'static str, String) {
    let mut sources = Sources::new();
    let file = sources.add(SourceFile::new(
        "a.md".to_owned(),
        String::new(),
        Vec::new(),
        String::new(),
    ));
    match picture(root, path, Place::bytes(file, 3..9)) {
        Ok(binary) => {
            assert_eq!(binary.path, path);
            ("", String::new())
        }
        Err(found) => {
            assert_eq!(found.place, Some(Place::bytes(file, 3..9)));
            (found.code.id, found.hints.first().cloned().unwrap_or_default())
        }
    }
}

#[test]
fn pictures_are_what_their_names_say() {
    let svg = "<?xml version=\"1.0\"?><!-- 图 --><!DOCTYPE svg><svg width=\"1\"/>";
    let bomb = "<!DOCTYPE svg [<!ENTITY a \"aa\">]><svg/>";
    let root = press(&[
        ("content/a/合影.png", &png(40, 30)),
        ("content/a/photo.jpg", &png(40, 30)),
        ("content/a/map.svg", svg.as_bytes()),
        ("content/a/bomb.svg", bomb.as_bytes()),
        ("content/a/page.svg", b"<html><svg/></html>"),
        ("content/a/text.png", b"text"),
        ("content/a/empty.png", b""),
        ("content/a/cut.png", &png(40, 30)[..20]),
        ("content/a/wide.png", &png(30_000, 1)),
        ("content/a/vast.png", &png(15_000, 15_000)),
        ("content/a/none.png", &png(0, 5)),
    ]);
    for (path, code) in [
        ("content/a/合影.png", ""),
        ("content/a/./合影.png", ""),
        ("content/a/map.svg", ""),
        ("content/a/photo.jpg", "wrong-picture"),
        ("content/a/bomb.svg", "wrong-picture"),
        ("content/a/page.svg", "wrong-picture"),
        ("content/a/text.png", "wrong-picture"),
        ("content/a/empty.png", "wrong-picture"),
        ("content/a/cut.png", "wrong-picture"),
        ("content/a/none.png", "wrong-picture"),
        ("content/a/wide.png", "too-large"),
        ("content/a/vast.png", "too-large"),
        ("content/a/合影2.png", "missing-picture"),
        ("", "missing-picture"),
        ("content/a/\0.png", "missing-picture"),
        ("content/../../a.png", "outside-press"),
        ("content/../a.png", "outside-press"),
        ("/etc/passwd", "outside-press"),
        ("C:/a.png", "outside-press"),
        ("..\\a.png", "outside-press"),
    ] {
        assert_eq!(picture_of(root.path(), path).0, code, "{path}");
    }
    let (_, hint) = picture_of(root.path(), "content/a/photo.jpg");
    assert_eq!(hint, "rename it to `content/a/photo.png`");
    let (_, hint) = picture_of(root.path(), "content/a/合影2.png");
    assert_eq!(hint, "did you mean `合影.png`?");
}

#[test]
fn fonts_of_folders_are_read() {
    let root = press(&[
        ("fonts/b.ttf", b"b"),
        ("fonts/a/A.OTF", b"a"),
        ("fonts/readme.txt", b""),
    ]);
    let mut diags = Diagnostics::new();
    let mut sources = Sources::new();
    let file = sources.add(SourceFile::new(
        "annals.toml".to_owned(),
        String::new(),
        Vec::new(),
        String::new(),
    ));
    let folders = ["fonts/", "font", "../fonts", "annals.toml"].map(str::to_owned);
    let (found, _) = fonts(root.path(), &folders, Place::whole(file), &mut diags);
    let paths: Vec<_> = found.iter().map(|font| font.path.as_str()).collect();
    assert_eq!(paths, ["fonts/a/A.OTF", "fonts/b.ttf"]);
    assert_eq!(codes_of(&diags), ["missing-folder", "outside-press", "missing-folder"]);
    assert!(diags.iter().all(|found| found.place.is_some()));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the tests make presses")]
fn what_is_kept_is_read_as_if_it_were_not() {
    let root = press(&[("content/a/2020/b.md", b"+++\ntitle = \"B\"\n+++\nb\n")]);
    put(root.path(), "content/a/2020/t.csv", "a,b\n1,2\n");
    put(root.path(), "content/a/2020/u.csv", "a\n\u{7}\n");
    let mut kept = Kept::default();
    let edits: [&dyn Fn(); 5] = [
        &|| (),
        &|| put(root.path(), "content/a/2020/t.csv", "a,b\n1,3\n"),
        &|| put(root.path(), "content/a/2020/a.md", "+++\ntitle = \"A\"\n+++\na\n"),
        &|| put(root.path(), "content/a/2020/b.md", "b\n"),
        &|| drop(std::fs::remove_dir_all(root.path().join("content/a/2020"))),
    ];
    for edit in edits {
        // As if long after what was changed last, and long before what is changed next.
        for meanwhile in [Duration::from_secs(10), Duration::ZERO] {
            kept.begin(Moment::from(SystemTime::now() + meanwhile));
            let (again, fresh) = (load_again(root.path(), &mut kept), load(root.path()));
            assert_eq!(format!("{again:?}"), format!("{fresh:?}"));
        }
        edit();
    }
}
