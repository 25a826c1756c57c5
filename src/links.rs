//! Links between finished files (站内链接): whether each leads to a file, and to an anchor that
//! is there.
//!
//! Links of narratives are looked at where they are written; this looks at what came out,
//! so that templates are held to the same.

use std::collections::{BTreeMap, BTreeSet};

use html_escape::decode_html_entities;
use lol_html::{HtmlRewriter, Settings, element};
use percent_encoding::percent_decode_str;

use crate::address;

/// Attributes that name another file.
const ADDRESSES: [&str; 2] = ["href", "src"];

/// A finished file.
#[derive(Debug)]
pub struct File {
    path: String,
    /// What it has and leads to, where it is a page.
    page: Option<Page>,
}

#[derive(Debug, Default)]
struct Page {
    anchors: BTreeSet<String>,
    addresses: BTreeSet<String>,
}

/// The finished files, and what their pages lead to.
#[derive(Debug, Default)]
pub struct Finished {
    files: BTreeSet<String>,
    anchors: BTreeMap<String, BTreeSet<String>>,
    /// What is led to, file and anchor, with the pages that lead there.
    targets: BTreeMap<(String, Option<String>), BTreeSet<String>>,
}

/// A link that leads to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dead {
    /// The file, as a path below the output folder.
    pub file: String,
    /// The anchor, where the file is there and the anchor is not.
    pub anchor: Option<String>,
    /// A page that leads there.
    pub page: String,
    /// How many other pages do.
    pub others: usize,
}

impl File {
    /// A file by its path below the output folder; pages are read.
    pub fn read(path: &str, bytes: &[u8]) -> Self {
        let page = path.ends_with(".html").then(|| Page::read(bytes));
        Self { path: path.to_owned(), page }
    }
}

impl Page {
    fn read(bytes: &[u8]) -> Self {
        let mut page = Self::default();
        let Self { anchors, addresses } = &mut page;
        let look = element!("*", |element| {
            anchors.extend(element.get_attribute("id").map(|id| decoded(&id)));
            let named = ADDRESSES.iter().filter_map(|name| element.get_attribute(name));
            addresses.extend(named.map(|address| decoded(&address)));
            Ok(())
        });
        let settings =
            Settings::new().with_strict(false).append_element_content_handler(look);
        let mut reader = HtmlRewriter::new(settings, |_: &[u8]| {});
        // What cannot be read as HTML leads nowhere.
        match reader.write(bytes) {
            Ok(()) => drop(reader.end()),
            Err(_) => drop(reader),
        }
        page
    }
}

impl Finished {
    /// Adds a file.
    pub fn add(&mut self, File { path, page }: File) {
        if let Some(Page { anchors, addresses }) = page {
            self.anchors.insert(path.clone(), anchors);
            for target in addresses.iter().filter_map(|address| target(&path, address)) {
                self.targets.entry(target).or_default().insert(path.clone());
            }
        }
        self.files.insert(path);
    }

    /// The links that lead to nothing, each once, in the order of what they lead to.
    pub fn dead(&self) -> Vec<Dead> {
        let mut dead: BTreeMap<(&str, Option<&str>), BTreeSet<&str>> = BTreeMap::new();
        for ((file, anchor), pages) in &self.targets {
            let there = self.files.contains(file);
            let anchor = anchor.as_deref().filter(|_| there);
            if !there || anchor.is_some_and(|anchor| !self.has(file, anchor)) {
                let pages = pages.iter().map(String::as_str);
                dead.entry((file, anchor)).or_default().extend(pages);
            }
        }
        let dead = dead.into_iter().filter_map(|((file, anchor), pages)| {
            let (file, anchor) = (file.to_owned(), anchor.map(str::to_owned));
            let page = (*pages.first()?).to_owned();
            Some(Dead { file, anchor, page, others: pages.len() - 1 })
        });
        dead.collect()
    }

    /// Whether a file has an anchor; what is no page has all, and every page its top (HTML
    /// Living Standard, 7.4.6.4).
    fn has(&self, file: &str, anchor: &str) -> bool {
        let there = |anchors: &BTreeSet<String>| anchors.contains(anchor);
        anchor.eq_ignore_ascii_case("top") || self.anchors.get(file).is_none_or(there)
    }
}

fn decoded(attribute: &str) -> String {
    decode_html_entities(attribute).into_owned()
}

/// The file and anchor that an address on a page leads to; nothing where it leads out of
/// the output folder: to another site, to an address of the server, above the folder.
fn target(page: &str, address: &str) -> Option<(String, Option<String>)> {
    let (address, anchor) = match address.split_once('#') {
        Some((address, anchor)) => (address, Some(anchor).filter(|one| !one.is_empty())),
        None => (address, None),
    };
    let address = address.split_once('?').map_or(address, |(path, _)| path);
    let first = address.split('/').next().unwrap_or_default();
    if first.contains(':') || address.starts_with('/') {
        return None;
    }
    let plain = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let anchor = anchor.map(plain);
    if address.is_empty() {
        return anchor.map(|anchor| (page.to_owned(), Some(anchor)));
    }
    let path = plain(address);
    let mut file = address::join(address::folder(page), &path)?;
    if path.ends_with(['/', '.']) {
        file = address::join(&file, "index.html")?;
    }
    Some((file, anchor))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dead(page: &str) -> Vec<String> {
        let mut finished = Finished::default();
        finished.add(File::read("a/2020/page.html", page.as_bytes()));
        finished.add(File::read("a/2020/社.html", "<h2 id=节>节</h2>".as_bytes()));
        finished.add(File::read("index.html", b""));
        finished.add(File::read("a/one.pdf", b"%PDF"));
        let dead = finished.dead();
        dead.into_iter()
            .map(|one| format!("{}#{}", one.file, one.anchor.unwrap_or_default()))
            .collect()
    }

    #[test]
    fn links_between_files_lead_somewhere() {
        let sound = r##"<a href="../one.pdf#page=2">甲</a><a href="%E7%A4%BE.html#%E8%8A%82">乙</a>
            <a href="../../">首页</a><a href="../../index.html?a&amp;b">丙</a><a href="#">上</a><a href="#top">上</a>
            <a href="https://example.org/x">丁</a><a href="mailto:a@b">戊</a><i id="x"></i><a href="#x">己</a>"##;
        assert_eq!(dead(sound), Vec::<String>::new());
    }

    #[test]
    fn what_is_not_there_is_found_once() {
        let bad = r##"<a href="gone.html">甲</a><a href="./gone.html#a">乙</a><img src="x.png">
            <a href="社.html#无">丙</a><a href="#y">丁</a><a href="gone.html">戊</a>"##;
        let expected = [
            "a/2020/gone.html#",
            "a/2020/page.html#y",
            "a/2020/x.png#",
            "a/2020/社.html#无",
        ];
        assert_eq!(dead(bad), expected);
    }

    #[test]
    fn broken_pages_are_read_as_far_as_they_go() {
        assert_eq!(dead("<a href=gone.html><b <<a href=\"x"), ["a/2020/gone.html#"]);
        assert_eq!(dead("\u{feff}<!doctype"), Vec::<String>::new());
    }
}
