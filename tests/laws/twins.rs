//! One document, two outputs: both finished files say the same.

use std::collections::BTreeSet;

use crate::{outputs, page, paper};

/// Most characters that paper may say between two pieces of a page: the word before the
/// contents, or before an admonition; before an annex its name among the annexes, and the
/// signature.
const GAP: usize = 60;

#[test]
fn page_and_paper_say_the_same() {
    let mut wrong = Vec::new();
    let (mut figures, mut notes, mut links) = (0, 0, 0);
    for name in ["sample", "minutes", "everything"] {
        for (path, bytes) in outputs(name) {
            let Some(stem) = path.strip_suffix(".html") else { continue };
            // The pages around the publications have no paper.
            if stem == "index" || stem.starts_with("site/") {
                continue;
            }
            let page = page::read(bytes);
            let paper = paper::read(&outputs(name)[&format!("{stem}.pdf")]);
            figures += page.figures.len();
            notes += page.notes.len();
            links += page.links.len();
            if let Err(found) = compare(&page, &paper) {
                wrong.push(format!("{name}: {stem}: {found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(figures > 50 && notes > 2 && links > 50, "{figures} {notes} {links}");
}

/// The comparison is worth something: whatever is taken from paper is missed.
#[test]
fn what_paper_lacks_is_missed() {
    let files = outputs("minutes");
    let page = page::read(&files["meetings/2021/first.html"]);
    let paper = || paper::read(&files["meetings/2021/first.pdf"]);
    assert_eq!(compare(&page, &paper()), Ok(()));
    assert_eq!((page.figures.len(), page.notes.len(), page.links.len()), (1, 1, 1));
    for words in ["37家", "先摸底，后清理", "执法监察科2021年6月30日", "表1"]
    {
        let mut paper = paper();
        assert!(paper.words.contains(words), "{}", paper.words);
        let at = paper.words.rfind(words).expect("above");
        paper.words.remove(at);
        assert!(compare(&page, &paper).is_err(), "{words}");
    }
    let mut less = paper();
    less.notes.clear();
    assert!(compare(&page, &less).is_err());
    let mut less = paper();
    less.links.clear();
    assert!(compare(&page, &less).is_err());
}

pub fn compare(page: &page::Text, paper: &paper::Text) -> Result<(), String> {
    let words = paper.words.replace(['☑', '☐'], "");
    let Some(at) = words.find(&page.title) else {
        return Err(format!("paper lacks the title `{}`", page.title));
    };
    let mut at = at + page.title.len();
    for (index, piece) in page.pieces.iter().enumerate() {
        let piece = piece.replace(['☑', '☐'], "");
        match words[at..].find(&piece) {
            Some(gap) if index == 0 || words[at..at + gap].chars().count() <= GAP => {
                at += gap + piece.len();
            }
            _ => return Err(difference(&piece, &words[at..])),
        }
    }
    if page.notes != paper.notes {
        return Err(format!("notes: {:#?} {:#?}", page.notes, paper.notes));
    }
    let linked: Vec<&String> = paper.links.iter().filter(|link| !sign(link)).collect();
    let expected: Vec<&String> = page.links.iter().filter(|link| !sign(link)).collect();
    if linked != expected {
        return Err(format!("links: {expected:?} {linked:?}"));
    }
    let there: BTreeSet<&String> = paper.addresses.iter().collect();
    let lost: Vec<_> =
        page.addresses.iter().filter(|address| !there.contains(address)).collect();
    if !lost.is_empty() {
        return Err(format!("paper does not lead to {lost:?}, but to {there:?}"));
    }
    if let Some(chart) = page.charts.iter().find(|one| !paper.pictures.contains(one)) {
        return Err(format!("paper lacks the chart {chart}: {:?}", paper.pictures));
    }
    // Figures lie in the pieces; that they do so in order follows. That they are words
    // of the page at all is what is left to say.
    let mut rest = page.pieces.concat() + &page.notes.concat();
    for figure in &page.figures {
        let Some(found) = rest.find(figure) else {
            return Err(format!("the figure {figure} is out of order"));
        };
        rest.drain(..found + figure.len());
    }
    Ok(())
}

/// A chart says what the figures of the record say: its words name every value of its data,
/// and its data are the record's.
#[test]
fn charts_say_what_the_record_says() {
    let selector = |text: &str| scraper::Selector::parse(text).expect("a selector");
    let mut figures = 0;
    for (path, bytes) in outputs("sample").iter().filter(|(p, _)| p.ends_with(".html")) {
        let text = std::str::from_utf8(bytes).expect("pages are text");
        let html = scraper::Html::parse_document(text);
        for chart in html.select(&selector("div.chart")) {
            let drawing = chart.select(&selector("svg")).next().expect("it is drawn");
            let words = drawing.attr("aria-label").expect("it has words");
            for data in chart.select(&selector("details data")) {
                let value: String = data.text().collect();
                assert!(words.contains(&value), "{path}: {value}: {words}");
                figures += 1;
            }
        }
    }
    assert!(figures >= 11, "{figures}");
}

/// References to notes are numbers.
fn sign(link: &str) -> bool {
    link.chars().all(|found| found.is_ascii_digit())
}

/// Where a piece parts from the text that is nearest to it.
fn difference(piece: &str, words: &str) -> String {
    let begin: String = piece.chars().take(12).collect();
    let Some(at) = words.find(&begin) else {
        return format!("paper does not say `{begin}…`; it says `{}`", head(words));
    };
    let (mut one, mut other) = (piece.chars(), words[at..].chars());
    let mut before = String::new();
    loop {
        let (left, right) = (one.clone(), other.clone());
        match (one.next(), other.next()) {
            (Some(a), Some(b)) if a == b => before.push(a),
            _ => {
                let tail: Vec<char> = before.chars().rev().take(15).collect();
                let tail: String = tail.into_iter().rev().collect();
                let (left, right) = (head(left.as_str()), head(right.as_str()));
                return format!("after `{tail}` page `{left}` paper `{right}`");
            }
        }
    }
}

fn head(text: &str) -> String {
    text.chars().take(60).collect()
}
