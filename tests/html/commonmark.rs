//! The 652 examples of CommonMark 0.31.2: the HTML is what the specification says, apart
//! from the exceptions in `data/commonmark-exceptions.toml`, each with its reason. An
//! exception that comes to agree fails, so that the list stays true.

use std::collections::BTreeMap;

use super::shared::{body, place};
use annals::diag::Diagnostics;
use annals::html::Profile;
use annals::locale::Language;
use annals::manuscript::Manuscript;
use annals::parse::{Context, Dialect, parse};
use scraper::{ElementRef, Html, Node};

#[derive(serde::Deserialize)]
struct Example {
    example: u32,
    markdown: String,
    html: String,
}

#[derive(serde::Deserialize)]
struct Exceptions {
    exception: Vec<Exception>,
}

#[derive(serde::Deserialize)]
struct Exception {
    reason: String,
    code: Option<String>,
    examples: Vec<u32>,
}

#[test]
fn examples_are_written_as_the_specification_says() {
    let examples: Vec<Example> =
        serde_json::from_str(include_str!("../data/commonmark.json")).expect("JSON");
    assert_eq!(examples.len(), 652);
    let listed: Exceptions =
        toml::from_str(include_str!("../data/commonmark-exceptions.toml")).expect("TOML");
    let mut exceptions = BTreeMap::new();
    for exception in &listed.exception {
        for example in &exception.examples {
            let twice = exceptions.insert(*example, exception).is_some();
            assert!(!twice, "example {example} is listed twice");
        }
    }
    let mut wrong = Vec::new();
    for Example { example, markdown, html } in &examples {
        let (found, codes) = written(markdown);
        let (found, wanted) = (normal(&found), normal(html));
        match exceptions.remove(example) {
            None if found != wanted => wrong.push(format!(
                "{example}:\n{markdown}\n  wanted {wanted}\n  found  {found}"
            )),
            Some(Exception { reason, .. }) if found == wanted => {
                wrong.push(format!("{example} agrees now; it is an exception: {reason}"));
            }
            Some(Exception { code, .. }) if codes != Vec::from_iter(code.as_deref()) => {
                wrong.push(format!("{example} reports {codes:?}, not {code:?}"));
            }
            _ => {}
        }
    }
    let unknown: Vec<u32> = exceptions.into_keys().collect();
    assert_eq!(unknown, [0; 0], "exceptions for examples that are not there");
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}

/// What we make of an example, and the codes that are reported of it, each once.
fn written(markdown: &str) -> (String, Vec<&'static str>) {
    let context = Context {
        language: Language::En,
        place: place(),
        path: "a",
        narrative: "content/a.md",
        publications: &|_| None,
        narratives: &[],
        dialect: Dialect::Markdown,
        facts: None,
    };
    let manuscript = Manuscript::literal(markdown, place());
    let mut diags = Diagnostics::new();
    let document = parse(&manuscript, &context, &mut diags);
    let mut codes: Vec<&str> = diags.iter().map(|found| found.code.id).collect();
    codes.sort_unstable();
    codes.dedup();
    (body(&document, Profile::CommonMark), codes)
}

/// HTML as the specification's own `test/normalize.py` makes it before it compares:
/// white space is one space, and none beside the tags of blocks; attributes are in the
/// order of their names; characters stand for themselves.
fn normal(html: &str) -> String {
    let mut normal = Normal::default();
    let fragment = Html::parse_fragment(html);
    for child in fragment.root_element().children() {
        normal.node(ElementRef::wrap(child), child.value());
    }
    normal.out
}

#[derive(Default)]
struct Normal {
    out: String,
    /// The last tag, where nothing followed it yet.
    last: Option<(&'static str, String)>,
    preformatted: bool,
}

impl Normal {
    fn node(&mut self, element: Option<ElementRef<'_>>, node: &Node) {
        match (element, node) {
            (Some(element), _) => self.element(element),
            (None, Node::Text(text)) => self.text(text),
            (None, other) => self.out.push_str(&format!("{other:?}")),
        }
    }

    fn element(&mut self, element: ElementRef<'_>) {
        let name = element.value().name();
        self.preformatted |= name == "pre";
        if is_block(name) {
            self.trim();
        }
        self.out.push_str(&format!("<{name}"));
        let attributes: BTreeMap<&str, &str> = element.value().attrs().collect();
        for (name, value) in attributes {
            self.out.push_str(&format!(" {name}={value:?}"));
        }
        self.out.push('>');
        self.last = Some(("start", name.to_owned()));
        for child in element.children() {
            self.node(ElementRef::wrap(child), child.value());
        }
        if ["br", "hr", "img", "input"].contains(&name) {
            return;
        }
        if name == "pre" {
            self.preformatted = false;
        } else if is_block(name) {
            self.trim();
        }
        self.out.push_str(&format!("</{name}>"));
        self.last = Some(("end", name.to_owned()));
    }

    fn text(&mut self, text: &str) {
        let (side, tag) = self.last.take().unwrap_or(("", String::new()));
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        let text = if tag == "br" { text.trim_start_matches('\n') } else { &text };
        if self.preformatted {
            self.out.push_str(text);
            return;
        }
        let mut squeezed = String::new();
        for c in text.chars() {
            if !c.is_ascii_whitespace() {
                squeezed.push(c);
            } else if !squeezed.ends_with(' ') {
                squeezed.push(' ');
            }
        }
        self.out.push_str(match side {
            "start" if is_block(&tag) => squeezed.trim_start_matches(' '),
            "end" if is_block(&tag) => squeezed.trim_matches(' '),
            _ => &squeezed,
        });
    }

    fn trim(&mut self) {
        self.out.truncate(self.out.trim_end().len());
    }
}

fn is_block(name: &str) -> bool {
    const BLOCKS: [&str; 13] = [
        "blockquote",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "ul",
    ];
    BLOCKS.contains(&name)
}
