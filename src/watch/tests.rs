//! What editors do to files, as one change each.

#![expect(clippy::disallowed_methods, reason = "tests save files as editors do")]

use std::fs;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use tempfile::TempDir;

use super::*;

/// How long a change may take to be told on a machine under load.
const LONG: Duration = Duration::from_secs(10);

/// How long it must stay quiet to count as quiet.
const SHORT: Duration = Duration::from_millis(150);

struct Scene {
    dir: TempDir,
    changes: Receiver<Changes>,
    watch: Watch,
}

fn scene(eyes: Eyes) -> Scene {
    let dir = tempfile::tempdir().unwrap();
    for folder in ["content/a/2020", "templates", "output"] {
        fs::create_dir_all(dir.path().join(folder)).unwrap();
    }
    fs::write(dir.path().join("annals.toml"), "").unwrap();
    fs::write(dir.path().join("content/a/2020/x.md"), "一").unwrap();
    let (sender, changes) = mpsc::channel();
    let field = Field::new(dir.path(), Path::new("output"));
    let watch = watch(field, Some(eyes), move |found| sender.send(found).unwrap_or(()));
    assert_eq!(watch.eyes, eyes);
    Scene { dir, changes, watch }
}

impl Scene {
    fn write(&self, path: &str, text: &str) {
        fs::write(self.dir.path().join(path), text).unwrap();
    }

    fn rename(&self, from: &str, to: &str) {
        fs::rename(self.dir.path().join(from), self.dir.path().join(to)).unwrap();
    }

    /// The paths of the next change, which is the only one.
    fn told(&self) -> Vec<String> {
        let found = self.changes.recv_timeout(LONG).expect("a change is told");
        self.quiet();
        found.paths.into_iter().collect()
    }

    fn quiet(&self) {
        if let Ok(more) = self.changes.recv_timeout(SHORT) {
            panic!("told besides: {more:?}");
        }
    }
}

fn each(of: impl Fn(Scene)) {
    of(scene(Eyes::Events));
    of(scene(Eyes::Poll(Duration::from_millis(20))));
}

#[test]
fn a_saved_file_is_one_change() {
    each(|scene| {
        scene.write("content/a/2020/x.md", "一二");
        assert_eq!(scene.told(), ["content/a/2020/x.md"]);
        scene.write("annals.toml", "title = \"一\"");
        assert_eq!(scene.told(), ["annals.toml"]);
    });
}

#[test]
fn a_file_that_takes_the_place_of_another_is_one_change() {
    each(|scene| {
        scene.write("content/a/2020/x.md.tmp", "一二");
        scene.rename("content/a/2020/x.md.tmp", "content/a/2020/x.md");
        assert_eq!(scene.told(), ["content/a/2020/x.md"]);
        // Vim's way: a backup, a trial, a new file.
        scene.write("content/a/2020/4913", "");
        scene.rename("content/a/2020/x.md", "content/a/2020/x.md~");
        scene.write("content/a/2020/x.md", "一二三");
        fs::remove_file(scene.dir.path().join("content/a/2020/x.md~")).unwrap();
        assert_eq!(scene.told(), ["content/a/2020/x.md"]);
    });
}

#[test]
fn several_files_at_once_are_one_change() {
    let scene = scene(Eyes::Events);
    for name in ["x", "y", "z"] {
        scene.write(&format!("content/a/2020/{name}.md"), "一二");
    }
    let told = scene.told();
    assert_eq!(told, ["x", "y", "z"].map(|name| format!("content/a/2020/{name}.md")));
}

#[test]
fn outputs_locks_and_reading_are_no_changes() {
    each(|scene| {
        scene.write("output/x.pdf", "1");
        scene.write("content/a/2020/.x.md.swp", "1");
        scene.write("content/a/2020/~$x.xlsx", "1");
        scene.write("content/a/2020/x.md.bak", "1");
        fs::read(scene.dir.path().join("content/a/2020/x.md")).unwrap();
        scene.quiet();
    });
}

#[test]
fn folders_that_come_and_go_are_followed() {
    each(|scene| {
        fs::create_dir_all(scene.dir.path().join("content/b/2021")).unwrap();
        scene.write("content/b/2021/y.md", "二");
        scene.changes.recv_timeout(LONG).unwrap();
        while scene.changes.recv_timeout(SHORT).is_ok() {}
        scene.write("content/b/2021/y.md", "二三");
        assert_eq!(scene.told(), ["content/b/2021/y.md"]);
        scene.rename("content", "away");
        scene.changes.recv_timeout(LONG).unwrap();
        scene.rename("away", "content");
        while scene.changes.recv_timeout(SHORT).is_ok() {}
        scene.write("content/b/2021/y.md", "二三四");
        assert_eq!(scene.told(), ["content/b/2021/y.md"]);
    });
}

#[test]
fn a_watch_that_is_dropped_tells_nothing() {
    each(|scene| {
        let Scene { dir, changes, watch } = scene;
        drop(watch);
        fs::write(dir.path().join("content/a/2020/x.md"), "一二").unwrap();
        assert!(changes.recv_timeout(LONG).is_err(), "the listener is gone");
    });
}
