//! What a watcher asks of the disk: when files were last changed, and whether a folder lies
//! on a disk that tells nobody of changes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::WalkDir;

use super::limits::{MAX_ENTRIES, MAX_FOLDERS};
use super::press::{below, odd};

/// Folders at the root of a press that belong to other programs and may be very large.
const OTHERS: [&str; 3] = ["node_modules", "target", "venv"];

/// File systems whose changes are made by other machines, of which the system here learns
/// nothing: network folders, and folders of the host in a container or virtual machine.
const REMOTE: [&str; 13] = [
    "9p",
    "afs",
    "cifs",
    "drvfs",
    "fakeowner",
    "fuse.grpcfuse",
    "fuse.osxfs",
    "fuse.sshfs",
    "nfs",
    "nfs4",
    "smb3",
    "smbfs",
    "vboxsf",
];

/// When files of a press were last changed, by path below its root.
pub type Stamps = BTreeMap<String, (Option<SystemTime>, u64)>;

/// Whether a name is that of a file or folder that no press is made of: hidden, a lock, a
/// copy of an editor.
pub fn passes_over(name: &str) -> bool {
    odd(name)
}

/// The folders at the root of a press that its files may lie in; `output` is not one.
#[expect(clippy::disallowed_methods, reason = "`load` is the reader of folders")]
pub fn folders(root: &Path, output: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(root) else { return Vec::new() };
    let entries = entries.take(MAX_ENTRIES).filter_map(Result::ok);
    let mut folders: Vec<PathBuf> = entries
        .filter(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            !odd(&name) && !OTHERS.contains(&&*name)
        })
        .map(|entry| entry.path())
        .filter(|path| path.is_dir() && path != output)
        .collect();
    folders.sort();
    folders
}

/// When the files of a press were last changed: those at its root and in its
/// [`folders`].
pub fn stamps(root: &Path, output: &Path) -> Stamps {
    let mut stamps = Stamps::new();
    let top = WalkDir::new(root).min_depth(1).max_depth(1);
    let within = folders(root, output);
    let within = within.iter().map(|folder| {
        WalkDir::new(folder).follow_links(true).min_depth(1).max_depth(MAX_FOLDERS + 1)
    });
    for walk in std::iter::once(top).chain(within) {
        let walk = walk.into_iter().filter_entry(|entry| {
            !odd(&entry.file_name().to_string_lossy()) && entry.path() != output
        });
        for entry in walk.take(MAX_ENTRIES).filter_map(Result::ok) {
            let Ok(known) = entry.metadata() else { continue };
            if known.is_file() {
                let stamp = (known.modified().ok(), known.len());
                stamps.insert(below(root, entry.path()), stamp);
            }
        }
    }
    stamps
}

/// The kind of file system that a folder lies on, where it is one that tells nobody of
/// changes. Only Linux says so.
pub fn remote(folder: &Path) -> Option<String> {
    let folder = folder.canonicalize().ok()?;
    #[expect(clippy::disallowed_methods, reason = "`load` is the reader of files")]
    let mounts = std::fs::read_to_string("/proc/self/mounts").ok()?;
    remote_among(&mounts, &folder)
}

fn remote_among(mounts: &str, folder: &Path) -> Option<String> {
    let mounts = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        Some((words.next()?.replace("\\040", " "), words.next()?))
    });
    // Of two at the same place the later one covers the earlier.
    let nearest = mounts
        .filter(|(place, _)| folder.starts_with(place))
        .max_by_key(|(place, _)| place.len());
    let (_, kind) = nearest?;
    REMOTE.contains(&kind).then(|| kind.to_owned())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "tests make presses")]

    use super::*;

    #[test]
    fn network_folders_are_known() {
        let mounts = "overlay / overlay rw 0 0\nserver:/x /mnt nfs4 rw 0 0\n\
                      C: /mnt/my\\040c 9p rw 0 0\n/dev/a /mnt/disk ext4 rw 0 0\n";
        let of = |path: &str| remote_among(mounts, Path::new(path));
        assert_eq!(of("/home/press"), None);
        assert_eq!(of("/mnt/press").as_deref(), Some("nfs4"));
        assert_eq!(of("/mnt/my c/press").as_deref(), Some("9p"));
        assert_eq!(of("/mnt/disk/press"), None);
    }

    #[test]
    fn changes_show_and_outputs_do_not() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        for folder in ["content/a", "output", "target", ".git", "fonts"] {
            std::fs::create_dir_all(root.join(folder)).unwrap();
        }
        let files = ["annals.toml", "content/a/b.md", "output/x", "target/x", ".git/x"];
        for file in files.iter().chain(&["content/a/.b.md.swp", "content/a/b.md~"]) {
            std::fs::write(root.join(file), "1").unwrap();
        }
        let output = root.join("output");
        assert_eq!(folders(root, &output), [root.join("content"), root.join("fonts")]);
        let before = stamps(root, &output);
        let paths: Vec<&str> = before.keys().map(String::as_str).collect();
        assert_eq!(paths, ["annals.toml", "content/a/b.md"]);
        std::fs::write(root.join("content/a/b.md"), "12").unwrap();
        assert_ne!(stamps(root, &output), before);
    }
}
