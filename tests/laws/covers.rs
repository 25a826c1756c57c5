//! Pictures of first pages stand beside the PDFs, and lists of the site show them.

use std::fs;

use scraper::{Html, Selector};

use crate::{Built, outputs};

/// How many bytes a cover has at most.
const MAX_BYTES: usize = 15_000;

/// Width and height of a PNG (ISO 15948, 11.2.2).
fn size(png: &[u8]) -> [u32; 2] {
    let number =
        |at: usize| png[at..at + 4].iter().fold(0, |n, &b| n << 8 | u32::from(b));
    [number(16), number(20)]
}

#[test]
fn every_pdf_has_a_small_cover() {
    let files = outputs("sample");
    let mut count = 0;
    for path in files.keys().filter_map(|path| path.strip_suffix(".pdf")) {
        let cover = &files[&format!("{path}.cover.png")];
        assert_eq!(size(cover), [240, 339], "{path} is of A4");
        assert!(cover.len() < MAX_BYTES, "{path}: {} bytes", cover.len());
        count += 1;
    }
    assert!(count > 30, "there are PDFs");
}

#[test]
fn lists_leave_room_for_covers_and_load_them_late() {
    let files = outputs("sample");
    let text = std::str::from_utf8(&files["index.html"]).expect("pages are text");
    let page = Html::parse_document(text);
    let covers = Selector::parse(".rows img").expect("a selector");
    let mut count = 0;
    for cover in page.select(&covers) {
        let says = |name| cover.attr(name).expect("it says so");
        let size = size(&files[says("src")]).map(|side| side.to_string());
        assert_eq!(size, [says("width"), says("height")]);
        let rest = ["alt", "loading", "decoding"].map(says);
        assert_eq!(rest, ["", "lazy", "async"]);
        count += 1;
    }
    assert_eq!(count, 12, "the latest publications have covers");
}

#[test]
fn covers_are_made_where_pages_and_pdfs_are_made() {
    let press = Built::copy("minutes");
    let covers = || {
        let outputs = press.outputs();
        outputs.keys().filter(|path| path.ends_with(".cover.png")).count()
    };
    press.build(&["--format", "pdf"]);
    assert_eq!(covers(), 0, "nobody shows them");
    press.build(&[]);
    let pdfs = press.outputs().keys().filter(|path| path.ends_with(".pdf")).count();
    assert!(covers() > 0 && covers() == pdfs);
    // What is only for pages is made again beside a PDF and cover that stand.
    let before = press.outputs();
    let style = press.root().join("templates/site/frame.css");
    fs::create_dir_all(style.parent().expect("a folder")).expect("made");
    fs::write(style, "/* nothing */").expect("written");
    press.build(&[]);
    let is_picture = |path: &&String| path.ends_with(".cover.png");
    for path in before.keys().filter(is_picture) {
        assert_eq!(before[path], press.outputs()[path]);
    }
}
