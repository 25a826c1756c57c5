//! What a link or picture says it leads to.

use percent_encoding::percent_decode_str;

use crate::address;

/// A written target, read.
#[derive(Debug, PartialEq, Eq)]
pub enum Written {
    /// An address with this scheme, in lower case.
    Scheme(String),
    /// A file below the press root, and an anchor in it.
    File(String, Option<String>),
    /// An anchor of the same document.
    Anchor(String),
    /// A path that is absolute or leaves the press.
    Outside,
    /// Nothing.
    Nothing,
}

/// Reads a target that is written in a file of this folder (both below the press root).
/// Paths that begin with one of `roots` are counted from the press root.
pub fn read(target: &str, folder: &str, roots: &[&str]) -> Written {
    if let Some(scheme) = scheme(target) {
        return Written::Scheme(scheme);
    }
    let (path, anchor) = match target.split_once('#') {
        Some((path, anchor)) => (path, Some(decode(anchor))),
        None => (target, None),
    };
    let path = decode(path);
    match (path.as_str(), anchor) {
        ("", Some(anchor)) => Written::Anchor(anchor),
        ("", None) => Written::Nothing,
        (path, anchor) => {
            let from_root = roots.iter().any(|root| path.starts_with(root));
            let folder = if from_root { "" } else { folder };
            join(folder, path)
                .map_or(Written::Outside, |path| Written::File(path, anchor))
        }
    }
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The scheme of an address (RFC 3986, 3.1), read as browsers do: control characters and
/// spaces before it, tabs and line breaks in it do not count (WHATWG URL, 4.4).
fn scheme(target: &str) -> Option<String> {
    let target = target.trim_start_matches(|c: char| c <= ' ');
    let end = target.find([':', '/', '?', '#'])?;
    let name: String = target[..end]
        .chars()
        .filter(|c| !['\t', '\n', '\r'].contains(c))
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let first = name.chars().next()?;
    let named = name.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    (target[end..].starts_with(':') && first.is_ascii_alphabetic() && named)
        .then_some(name)
}

/// A path from a folder on; `None` where it leaves the press.
fn join(folder: &str, path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains(['\\', '\0']) {
        return None;
    }
    address::join(folder, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_are_read_as_browsers_do() {
        assert_eq!(scheme("HTTPS://example.org"), Some("https".into()));
        assert_eq!(scheme(" java\tscript:alert(1)"), Some("javascript".into()));
        assert_eq!(scheme("C:/x"), Some("c".into()));
        for relative in ["a/b:c", "#a:b", "十:一", "x.md", ":a", "1a:b"] {
            assert_eq!(scheme(relative), None, "{relative}");
        }
    }

    #[test]
    fn paths_stay_in_the_press() {
        let file = |path: &str| Written::File(path.into(), None);
        let read = |target| read(target, "content/baoji/2020", &["content/"]);
        assert_eq!(read("../2019/x.md"), file("content/baoji/2019/x.md"));
        assert_eq!(read("./a%20b.md"), file("content/baoji/2020/a b.md"));
        assert_eq!(read("content/logo.png"), file("content/logo.png"));
        for outside in
            ["/x", "//x.org", "../../../../x", "a\\b", "%2Fetc", "%2e%2e/../../../x"]
        {
            assert_eq!(read(outside), Written::Outside, "{outside}");
        }
        assert_eq!(read("#%E6%8D%90"), Written::Anchor("捐".into()));
        assert_eq!(read(""), Written::Nothing);
    }

    #[test]
    fn relative_paths_lead_back() {
        for path in ["content/a/2019/x.md", "content/a/2020/y.md", "content/z.md"] {
            let written = address::way("content/a/2020", path);
            let found = read(&written, "content/a/2020", &[]);
            assert_eq!(found, Written::File(path.into(), None));
        }
    }
}
