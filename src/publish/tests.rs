//! The laws of the output folder.

#![expect(clippy::disallowed_methods, reason = "tests play the other writers")]

use std::fs;

use tempfile::TempDir;

use std::time::Duration;

use super::*;

const HTML: &str = "baoji/2020/十件大事.html";
const PDF: &str = "baoji/2020/十件大事.pdf";

struct Press {
    root: TempDir,
}

impl Press {
    fn new() -> Self {
        Self { root: tempfile::tempdir().expect("a temporary folder can be made") }
    }

    fn destination(&self) -> Destination {
        let root = self.root.path().canonicalize().expect("the folder exists");
        Destination {
            folder: root.join("output"),
            name: "output".to_owned(),
            inside: Some(root),
            patience: Duration::ZERO,
        }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join("output").join(path)
    }

    fn read(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.path(path)).ok()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file has a parent")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn manifest(&self) -> Manifest {
        let bytes = fs::read(self.path(MANIFEST)).expect("there is a manifest");
        Manifest::parse(&bytes).expect("the manifest is whole")
    }

    /// Builds; gives what was done and the codes of what was said.
    fn build(&self, editions: &[Publication], sweep: Sweep) -> (Report, Vec<&str>) {
        let mut diags = Diagnostics::new();
        let report = Output::open(&self.destination(), &mut diags)
            .and_then(|mut output| {
                for edition in editions {
                    let _ = put(&mut output, edition.clone(), &mut diags);
                }
                output.finish(sweep, &mut diags)
            })
            .unwrap_or_default();
        (report, diags.iter().map(|found| found.code.id).collect())
    }

    /// All files below the output folder but the lock, in order.
    fn files(&self) -> Vec<String> {
        fn walk(top: &Path, folder: &Path, out: &mut Vec<String>) {
            for entry in fs::read_dir(folder).expect("the folder can be read") {
                let path = entry.expect("the entry can be read").path();
                if path.is_dir() {
                    walk(top, &path, out);
                }
                let below = path.strip_prefix(top).expect("the path is below the top");
                out.push(below.to_string_lossy().into_owned());
            }
        }
        let mut out = Vec::new();
        walk(&self.path(""), &self.path(""), &mut out);
        out.retain(|path| path != ".annals.lock");
        out.sort();
        out
    }
}

fn put(
    output: &mut Output,
    publication: Publication,
    diags: &mut Diagnostics,
) -> Result<(), Reported> {
    output.put(output.packer().pack(publication), diags)
}

fn edition(text: &str) -> Publication {
    named("十件大事", text)
}

fn named(name: &str, text: &str) -> Publication {
    let artifact = |ending: &str| {
        let path = format!("baoji/2020/{name}.{ending}");
        Artifact::new(path, format!("{ending} {text}").into_bytes())
    };
    Publication {
        edition: format!("baoji/2020/{name}"),
        artifacts: vec![artifact("html"), artifact("pdf")],
        inputs: Inputs {
            making: None,
            own: vec![Input { path: "content/a.md".into(), hash: "0".repeat(64) }],
            shared: vec![Arc::new(InputSet::new([Input {
                path: "annals.toml".into(),
                hash: "1".repeat(64),
            }]))],
        },
        numbers: Vec::new(),
        card: Card::default(),
    }
}

#[test]
fn build_writes_outputs_and_manifest_and_nothing_else() {
    let press = Press::new();
    let (report, said) = press.build(&[edition("一")], Sweep::Remove);
    assert_eq!(said, Vec::<&str>::new());
    assert_eq!(report.written.len(), 2);
    assert_eq!(press.files(), ["baoji", "baoji/2020", HTML, PDF, MANIFEST]);
    assert_eq!(press.read(HTML).as_deref(), Some("html 一"));
    let Contents { outputs, editions, sets } = press.manifest().contents;
    assert_eq!(outputs[PDF].size, 7);
    assert_eq!(outputs[PDF].sha256, disk::sha256("pdf 一".as_bytes()));
    assert_eq!(
        outputs[PDF].editions.first().map(String::as_str),
        Some("baoji/2020/十件大事")
    );
    let origin = &editions["baoji/2020/十件大事"];
    assert_eq!(origin.inputs["content/a.md"], "0".repeat(64));
    let shared = origin.sets.first().map(|id| &sets[id]["annals.toml"]);
    assert_eq!(shared, Some(&"1".repeat(64)));
}

#[test]
fn unchanged_bytes_are_not_written() {
    let press = Press::new();
    press.build(&[edition("一")], Sweep::Remove);
    let old = fs::File::open(press.path(PDF)).expect("the output exists");
    let before = old.metadata().expect("it has a date").modified().expect("it has one");
    let manifest = fs::metadata(press.path(MANIFEST)).expect("there is one");
    std::thread::sleep(Duration::from_millis(20));
    let (report, said) = press.build(&[edition("一")], Sweep::Remove);
    assert!(report.written.is_empty() && said.is_empty());
    assert_eq!(report.unchanged.len(), 2);
    let date = |path| fs::metadata(press.path(path)).expect("it exists").modified();
    assert_eq!(date(PDF).expect("it has one"), before);
    assert_eq!(
        date(MANIFEST).expect("it has one"),
        manifest.modified().expect("it has one")
    );
}

#[test]
fn failed_edition_keeps_its_last_output_and_entry() {
    let press = Press::new();
    press.build(&[edition("一"), named("月报", "三月")], Sweep::Remove);
    let before = press.manifest();
    let mut diags = Diagnostics::new();
    let mut output = Output::open(&press.destination(), &mut diags).expect("it opens");
    put(&mut output, named("月报", "三月"), &mut diags)
        .expect("nothing stands in its way");
    output.keep("baoji/2020/十件大事");
    output.finish(Sweep::Remove, &mut diags).expect("it can be written");
    assert_eq!(press.manifest(), before);
    assert_eq!(press.read(PDF).as_deref(), Some("pdf 一"));
}

#[test]
fn build_that_ends_without_finish_leaves_everything() {
    let press = Press::new();
    press.build(&[edition("一")], Sweep::Remove);
    let before = press.files();
    let mut diags = Diagnostics::new();
    drop(Output::open(&press.destination(), &mut diags).expect("it opens"));
    assert_eq!(press.files(), before);
}

#[test]
fn vanished_narratives_lose_their_outputs_and_empty_folders() {
    let press = Press::new();
    let mut other = edition("一");
    other.edition = "jiayi/a".into();
    other.artifacts[0].path = "jiayi/deep/a.html".into();
    other.artifacts[1].path = "jiayi/deep/a.pdf".into();
    press.build(&[other, edition("一")], Sweep::Remove);
    let (report, _) = press.build(&[edition("一")], Sweep::Remove);
    assert_eq!(report.removed.len(), 2);
    assert_eq!(press.files(), ["baoji", "baoji/2020", HTML, PDF, MANIFEST]);
    assert_eq!(press.manifest().contents.outputs.len(), 2);
}

#[test]
fn formats_that_are_no_longer_made_are_removed() {
    let press = Press::new();
    press.build(&[edition("一")], Sweep::Remove);
    let mut html_alone = edition("一");
    html_alone.artifacts.pop();
    press.build(&[html_alone], Sweep::Remove);
    assert_eq!((press.read(PDF), press.manifest().contents.outputs.len()), (None, 1));
}

#[test]
fn partial_build_keeps_the_rest() {
    let press = Press::new();
    press.build(&[edition("一"), named("月报", "三月")], Sweep::Remove);
    let (report, _) = press.build(&[named("月报", "四月")], Sweep::Keep);
    assert!(report.removed.is_empty());
    assert_eq!(press.manifest().contents.outputs.len(), 4);
    assert_eq!(press.read(PDF).as_deref(), Some("pdf 一"));
}

#[test]
fn foreign_files_are_never_touched() {
    let press = Press::new();
    press.write(PDF, "由人放置");
    press.write("baoji/2020/照片.jpg", "jpg");
    let (_, said) = press.build(&[edition("一")], Sweep::Remove);
    assert_eq!(said, ["foreign-output"]);
    assert_eq!(press.read(PDF).as_deref(), Some("由人放置"));
    assert_eq!(press.read(HTML), None, "a publication comes whole or not at all");
    press.build(&[], Sweep::Remove);
    assert!(press.read(PDF).is_some() && press.read("baoji/2020/照片.jpg").is_some());
}

#[test]
fn foreign_file_with_the_same_bytes_is_adopted() {
    let press = Press::new();
    press.write(PDF, "pdf 一");
    let (report, said) = press.build(&[edition("一")], Sweep::Remove);
    assert_eq!((report.written.len(), said.len()), (1, 0));
    assert_eq!(press.manifest().contents.outputs.len(), 2);
}

#[test]
fn changed_output_is_replaced_with_a_warning_and_kept_when_its_narrative_goes() {
    let press = Press::new();
    press.build(&[edition("一")], Sweep::Remove);
    press.write(PDF, "已签名");
    let (_, said) = press.build(&[edition("一")], Sweep::Remove);
    assert_eq!(said, ["changed-output"]);
    assert_eq!(press.read(PDF).as_deref(), Some("pdf 一"));
    press.write(PDF, "已签名");
    let (report, said) = press.build(&[], Sweep::Remove);
    assert_eq!((report.removed.len(), said), (1, vec!["changed-output"]));
    assert_eq!(press.read(PDF).as_deref(), Some("已签名"));
}

#[test]
fn two_builds_do_not_mix() {
    let press = Press::new();
    let mut diags = Diagnostics::new();
    let mut first = Output::open(&press.destination(), &mut diags).expect("it opens");
    put(&mut first, edition("一"), &mut diags).expect("nothing stands in its way");
    let (_, said) = press.build(&[edition("二")], Sweep::Remove);
    assert_eq!(said, ["output-locked"]);
    let patient =
        Destination { patience: Duration::from_secs(20), ..press.destination() };
    let second = std::thread::spawn(move || {
        let mut diags = Diagnostics::new();
        let mut output = Output::open(&patient, &mut diags).expect("the first one ends");
        put(&mut output, edition("二"), &mut diags).expect("nothing stands in its way");
        output.finish(Sweep::Remove, &mut diags).expect("it can be written")
    });
    std::thread::sleep(Duration::from_millis(120));
    first.finish(Sweep::Remove, &mut diags).expect("it can be written");
    second.join().expect("it does not panic");
    assert_eq!(press.read(PDF).as_deref(), Some("pdf 二"));
    assert_eq!(press.files(), ["baoji", "baoji/2020", HTML, PDF, MANIFEST]);
}

/// Copies the output folder as it is at this moment: what a killed build leaves.
fn snapshot(press: &Press) -> Press {
    let copy = Press::new();
    for path in press.files() {
        if press.path(&path).is_file() {
            let target = copy.path(&path);
            fs::create_dir_all(target.parent().expect("it has one")).expect("made");
            fs::copy(press.path(&path), target).expect("copied");
        }
    }
    copy
}

#[test]
fn interrupted_build_is_finished_by_the_next() {
    let press = Press::new();
    press.build(&[edition("一")], Sweep::Remove);
    let mut diags = Diagnostics::new();
    let mut output = Output::open(&press.destination(), &mut diags).expect("it opens");
    put(&mut output, edition("二"), &mut diags).expect("nothing stands in its way");
    put(&mut output, named("月报", "三月"), &mut diags)
        .expect("nothing stands in its way");
    // Killed after two publications and before the manifest: the new files are ours.
    let killed = snapshot(&press);
    let (report, said) = killed.build(&[named("月报", "四月")], Sweep::Keep);
    assert_eq!((report.written.len(), said.len()), (2, 0));
    let manifest = killed.manifest();
    assert_eq!(manifest.contents.outputs[PDF].sha256, disk::sha256("pdf 二".as_bytes()));
    assert_eq!(killed.files().len(), 7, "no staging folder is left");
}

#[test]
fn publication_cut_off_between_two_files_becomes_whole() {
    let press = Press::new();
    press.build(&[edition("一")], Sweep::Remove);
    let mut diags = Diagnostics::new();
    let mut output = Output::open(&press.destination(), &mut diags).expect("it opens");
    put(&mut output, edition("二"), &mut diags).expect("nothing stands in its way");
    for (cut, expected) in [(HTML, "html 二"), (PDF, "pdf 二")] {
        let killed = snapshot(&press);
        // Back to before this file was moved: it still lies in the staging folder.
        let staged = if cut == HTML { "new-0" } else { "new-1" };
        let staging = killed
            .files()
            .into_iter()
            .find(|path| path.starts_with(".annals-staging-") && !path.contains('/'))
            .expect("the staging folder is there");
        fs::rename(killed.path(cut), killed.path(&format!("{staging}/{staged}")))
            .expect("moved");
        killed.write(cut, &expected.replace('二', "一"));
        killed.build(&[], Sweep::Keep);
        assert_eq!(killed.read(cut).as_deref(), Some(expected));
        // The same where someone else has put a file there since: it stays.
        let killed = snapshot(&press);
        fs::rename(killed.path(cut), killed.path(&format!("{staging}/{staged}")))
            .expect("moved");
        killed.write(cut, "由人放置");
        let other = if cut == HTML { PDF } else { HTML };
        killed.write(other, "由人放置");
        fs::remove_file(killed.path(other)).expect("removed");
        killed.build(&[], Sweep::Keep);
        assert_eq!(killed.read(cut).as_deref(), Some("由人放置"));
        assert_eq!(killed.read(other), None, "a publication comes whole or not at all");
    }
}

#[test]
fn journal_that_is_cut_off_is_read_up_to_there() {
    let press = Press::new();
    let mut diags = Diagnostics::new();
    let mut output = Output::open(&press.destination(), &mut diags).expect("it opens");
    put(&mut output, edition("一"), &mut diags).expect("nothing stands in its way");
    let whole = snapshot(&press);
    let journal = whole
        .files()
        .into_iter()
        .find(|path| path.ends_with("/journal"))
        .expect("the journal is there");
    let text = whole.read(&journal).expect("it can be read");
    for end in (0..=text.len()).step_by(11).filter(|&end| text.is_char_boundary(end)) {
        let killed = snapshot(&whole);
        killed.write(&journal, &text[..end]);
        let (_, said) = killed.build(&[edition("一")], Sweep::Remove);
        assert!(said.is_empty(), "{end}: {said:?}");
        assert_eq!(killed.read(PDF).as_deref(), Some("pdf 一"));
    }
}

#[test]
fn build_that_cannot_write_its_manifest_is_finished_by_the_next() {
    let press = Press::new();
    let mut diags = Diagnostics::new();
    let mut output = Output::open(&press.destination(), &mut diags).expect("it opens");
    put(&mut output, edition("一"), &mut diags).expect("nothing stands in its way");
    fs::create_dir(press.path(MANIFEST)).expect("made");
    assert!(output.finish(Sweep::Remove, &mut diags).is_err());
    fs::remove_dir(press.path(MANIFEST)).expect("removed");
    // The outputs are known as ours, so that the next build may replace them.
    let (report, said) = press.build(&[edition("二")], Sweep::Remove);
    assert_eq!((report.written.len(), said.len()), (2, 0));
    assert_eq!(press.files(), ["baoji", "baoji/2020", HTML, PDF, MANIFEST]);
}

#[test]
fn staging_folders_without_our_mark_are_left_alone() {
    let press = Press::new();
    press.write(".annals-staging-mine/notes.txt", "笔记");
    press.write(".annals-staging-other/journal", "something else");
    press.build(&[edition("一")], Sweep::Remove);
    assert!(press.read(".annals-staging-mine/notes.txt").is_some());
    assert!(press.read(".annals-staging-other/journal").is_some());
}

#[test]
fn damaged_manifest_is_a_warning_and_removes_nothing() {
    let many = [edition("一"), named("月报", "三月")];
    for damage in ["", "{", "[]", r#"{"schema":"x/9","annals":"","outputs":{}}"#] {
        let press = Press::new();
        press.build(&many, Sweep::Remove);
        press.write(MANIFEST, damage);
        let mut diags = Diagnostics::new();
        let cleaned = clean(&press.destination(), &mut diags).expect("it opens");
        assert!(cleaned.is_empty() && !diags.is_empty());
        assert_eq!(press.read(MANIFEST).as_deref(), Some(damage));
        let (report, said) = press.build(&[edition("一")], Sweep::Remove);
        assert_eq!(said, ["manifest-damaged"]);
        assert!(report.removed.is_empty());
        assert!(press.read("baoji/2020/月报.pdf").is_some());
    }
}

#[test]
fn manifest_that_lists_paths_outside_is_damaged() {
    let press = Press::new();
    press.build(&[edition("一")], Sweep::Remove);
    let victim = press.root.path().join("annals.toml");
    fs::write(&victim, "title = \"\"").expect("written");
    let text = press.read(MANIFEST).expect("there is one");
    press.write(MANIFEST, &text.replace(PDF, "../annals.toml"));
    let (_, said) = press.build(&[], Sweep::Remove);
    assert_eq!(said, ["manifest-damaged"]);
    assert!(victim.exists());
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere_outside() {
    let press = Press::new();
    let outside = tempfile::tempdir().expect("a temporary folder can be made");
    fs::create_dir(press.path("")).expect("made");
    std::os::unix::fs::symlink(outside.path(), press.path("baoji")).expect("linked");
    let (_, said) = press.build(&[edition("一")], Sweep::Remove);
    assert_eq!(said, ["output-outside", "output-outside"]);
    assert_eq!(fs::read_dir(outside.path()).expect("it can be read").count(), 0);

    let press = Press::new();
    std::os::unix::fs::symlink(outside.path(), press.path("").with_file_name("output"))
        .expect("linked");
    let (_, said) = press.build(&[edition("一")], Sweep::Remove);
    assert_eq!(said, ["output-outside"]);
    assert_eq!(fs::read_dir(outside.path()).expect("it can be read").count(), 0);
}

#[cfg(unix)]
#[test]
fn link_in_the_place_of_an_output_is_foreign() {
    let press = Press::new();
    press.write("其他.txt", "其他");
    fs::create_dir_all(press.path("baoji/2020")).expect("made");
    std::os::unix::fs::symlink(press.path("其他.txt"), press.path(PDF)).expect("linked");
    let (_, said) = press.build(&[edition("一")], Sweep::Remove);
    assert_eq!(said, ["foreign-output"]);
    assert_eq!(press.read("其他.txt").as_deref(), Some("其他"));
}

#[test]
fn refusal_of_the_machine_is_said_once_and_undone() {
    let press = Press::new();
    press.build(&[edition("一")], Sweep::Remove);
    // The PDF cannot take its place: a file stands where its folder belongs.
    press.write("buyi", "文件");
    let mut second = edition("二");
    second.artifacts[1].path = "buyi/2020/十件大事.pdf".into();
    let (_, said) = press.build(&[second, named("月报", "三月")], Sweep::Remove);
    assert_eq!(said, ["cannot-write"]);
    assert_eq!(press.read(HTML).as_deref(), Some("html 一"), "put back");
    assert_eq!(press.read("baoji/2020/月报.pdf"), None);
    assert_eq!(press.manifest().contents.outputs.len(), 2);
}

#[test]
fn paths_outside_and_taken_paths_are_refused() {
    let press = Press::new();
    let mut outside = edition("一");
    outside.artifacts[0].path = "../annals.toml".into();
    let mut twice = edition("一");
    twice.edition = "jiayi/a".into();
    twice.artifacts[1] =
        Artifact::new(twice.artifacts[1].path.clone(), "别的".as_bytes());
    let (_, said) = press.build(&[outside, edition("一"), twice], Sweep::Remove);
    assert_eq!(said, ["output-outside", "foreign-output"]);
    assert!(!press.root.path().join("annals.toml").exists());
}

#[test]
fn clean_removes_what_the_manifest_lists() {
    let press = Press::new();
    press.build(&[edition("一")], Sweep::Remove);
    press.write("baoji/照片.jpg", "jpg");
    let mut diags = Diagnostics::new();
    let removed = clean(&press.destination(), &mut diags).expect("it opens");
    assert_eq!(removed.into_iter().collect::<Vec<_>>(), [HTML, PDF]);
    assert_eq!(press.files(), ["baoji", "baoji/照片.jpg"]);
    assert!(diags.is_empty());
    let removed = clean(&press.destination(), &mut diags).expect("it opens");
    assert!(removed.is_empty() && diags.is_empty());
}

#[test]
fn picture_of_two_editions_stays_as_long_as_one_of_them() {
    let press = Press::new();
    let picture = Artifact::new("baoji/2020/合影.png".into(), "png".as_bytes());
    let with_picture = |name: &str| {
        let mut one = named(name, "文");
        one.artifacts.push(picture.clone());
        one
    };
    let both = [with_picture("十件大事"), with_picture("月报")];
    let (report, said) = press.build(&both, Sweep::Remove);
    assert_eq!((report.written.len(), said.len()), (5, 0));
    assert_eq!(press.manifest().contents.outputs[&picture.path].editions.len(), 2);
    press.build(&[with_picture("月报")], Sweep::Keep);
    assert_eq!(press.manifest().contents.outputs[&picture.path].editions.len(), 2);
    press.build(&[with_picture("月报")], Sweep::Remove);
    assert!(press.read("baoji/2020/合影.png").is_some());
    assert_eq!(press.manifest().contents.editions.len(), 1);
    press.build(&[edition("文")], Sweep::Remove);
    assert!(press.read("baoji/2020/合影.png").is_none());
}

#[test]
fn plant_makes_all_or_nothing() {
    let root = tempfile::tempdir().expect("a temporary folder can be made");
    let file = |path: &str| NewFile { path: path.into(), bytes: path.into() };
    let mut diags = Diagnostics::new();
    let first = [file("annals.toml"), file("content/示例/a.md")];
    plant(&root.path().join("新"), &first, &mut diags).expect("nothing is there");
    let again = [file("b.md"), file("annals.toml"), file("content/示例/a.md")];
    assert!(plant(&root.path().join("新"), &again, &mut diags).is_err());
    let said: Vec<_> = diags.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(
        said,
        ["`annals.toml` exists already", "`content/示例/a.md` exists already"]
    );
    assert!(!root.path().join("新/b.md").exists());
    assert!(plant(root.path(), &[file("../x.md")], &mut diags).is_err());
}
