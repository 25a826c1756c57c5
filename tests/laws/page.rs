//! The text of a page, as a reader gets it.

use scraper::node::Node;
use scraper::{ElementRef, Html, Selector};

use crate::bare;

/// What the text part of a page says.
#[derive(Debug, Default)]
pub struct Text {
    /// The words in order; divided where a part is left out that paper lays out otherwise.
    pub pieces: Vec<String>,
    /// The notes in order.
    pub notes: Vec<String>,
    /// The words of the links in order.
    pub links: Vec<String>,
    /// The figures printed from the record, in order.
    pub figures: Vec<String>,
    /// The addresses on the net that links lead to.
    pub addresses: Vec<String>,
    /// The words of charts for those who do not see them.
    pub charts: Vec<String>,
    /// The title.
    pub title: String,
}

pub fn read(html: &[u8]) -> Text {
    let html = Html::parse_document(std::str::from_utf8(html).expect("pages are text"));
    let mut text = Text { pieces: vec![String::new()], ..Text::default() };
    text.title = bare(&words(one(&html, "h1")));
    let main = one(&html, "main");
    walk(main, &mut text);
    text.pieces = text.pieces.iter().map(|piece| bare(piece)).collect();
    text.pieces.retain(|piece| !piece.is_empty());
    let all = |selector: &str| -> Vec<ElementRef<'_>> {
        main.select(&Selector::parse(selector).expect("a selector")).collect()
    };
    text.figures = all("data[data-figure]")
        .into_iter()
        .filter(|data| !in_details(*data))
        .map(|data| bare(&words(data)))
        .collect();
    text.notes = all("section.notes > ol > li")
        .into_iter()
        .map(|note| {
            let mut own = Text { pieces: vec![String::new()], ..Text::default() };
            walk(note, &mut own);
            bare(&own.pieces.concat())
        })
        .collect();
    text.addresses = all("a[href]")
        .into_iter()
        .filter_map(|link| link.attr("href"))
        .filter(|href| href.contains("://") || href.starts_with("mailto:"))
        .map(str::to_owned)
        .collect();
    text
}

fn one<'a>(html: &'a Html, name: &str) -> ElementRef<'a> {
    let selector = Selector::parse(name).expect("a selector");
    html.select(&selector).next().unwrap_or_else(|| panic!("a page has one `{name}`"))
}

fn in_details(element: ElementRef<'_>) -> bool {
    let mut around = element.ancestors().filter_map(ElementRef::wrap);
    around.any(|one| one.value().name() == "details")
}

fn words(element: ElementRef<'_>) -> String {
    element.text().collect()
}

fn walk(element: ElementRef<'_>, out: &mut Text) {
    for child in element.children() {
        match child.value() {
            Node::Text(text) => {
                out.pieces.last_mut().expect("there is a first").push_str(text);
            }
            Node::Element(_) => {
                let child = ElementRef::wrap(child).expect("it is an element");
                let value = child.value();
                let has = |class: &str| value.classes().any(|one| one == class);
                match value.name() {
                    // Paper has its own contents, notes at the foot, and other words
                    // before an admonition.
                    "nav" => out.pieces.push(String::new()),
                    "section" if has("notes") => {}
                    // Notes on figures are furniture of the page.
                    "div" if has("figure-notes") => {}
                    // A chart says as a picture on paper what it says as a table here.
                    "svg" => out.charts.extend(value.attr("aria-label").map(bare)),
                    "details" => out.pieces.push(String::new()),
                    "p" if has("label") => out.pieces.push(String::new()),
                    // The names of annexes and the signature come before an annex.
                    "h2" if has("annex") || has("附件") => {
                        out.pieces.push(String::new());
                        walk(child, out);
                    }
                    "sup" if has("ref") => {}
                    "a" if has("back") => {}
                    "a" => {
                        out.links.push(bare(&words(child)));
                        walk(child, out);
                    }
                    _ => walk(child, out),
                }
            }
            _ => {}
        }
    }
}
