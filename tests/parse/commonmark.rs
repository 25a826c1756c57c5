//! The 652 examples of the CommonMark specification 0.31.2: each says the words that the
//! specification says. Their markup is compared where HTML is made.

use annals::document::{Block, BlockKind, Document, InlineKind};

use super::shared::{markdown, text_of};

/// An example of the specification.
#[derive(serde::Deserialize)]
struct Example {
    example: usize,
    section: String,
    markdown: String,
    html: String,
}

fn examples() -> Vec<Example> {
    let file = include_str!("../data/commonmark.json");
    serde_json::from_str(file).expect("the file holds the examples")
}

/// Examples whose words differ, and why.
static DIFFERENT: &[(usize, &str)] = &[];

#[test]
fn examples_say_the_words_of_the_specification() {
    let mut wrong = Vec::new();
    for example in examples() {
        let (document, diags) = markdown(&example.markdown);
        if diags.iter().any(|found| found.code.id == "raw-html") {
            continue;
        }
        let expected = squeeze(&words(&example.html));
        let found = squeeze(&text_of(&document.blocks));
        let listed = DIFFERENT.iter().any(|(number, _)| *number == example.example);
        if (found == expected) == listed {
            wrong.push(format!(
                "{} ({})\n{}\nexpected {expected:?}\nfound    {found:?}",
                example.example, example.section, example.markdown
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn examples_have_the_structure_of_the_specification() {
    let mut wrong = Vec::new();
    for example in examples() {
        let (document, diags) = markdown(&example.markdown);
        if diags.iter().any(|found| found.code.id == "raw-html") {
            continue;
        }
        let listed = DIFFERENT.iter().any(|(number, _)| *number == example.example);
        let count = |tags: &[&str]| -> usize {
            tags.iter().map(|tag| example.html.matches(tag).count()).sum()
        };
        let expected = [
            count(&["<h1>", "<h2>", "<h3>", "<h4>", "<h5>", "<h6>"]),
            count(&["<blockquote>"]),
            count(&["<ul>", "<ol"]),
            count(&["<li>"]),
            count(&["<pre>"]),
            count(&["<hr />"]),
            count(&["<em>"]),
            count(&["<strong>"]),
            count(&["<a "]),
            count(&["<img "]),
            count(&["<br />"]),
        ];
        let found = counts(&document);
        if (found == expected) == listed {
            let (number, text) = (example.example, example.markdown);
            wrong.push(format!(
                "{number}\n{text}\nexpected {expected:?}\nfound    {found:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn counts(document: &Document) -> [usize; 11] {
    let mut found = [0; 11];
    document.each_block(&mut |block: &Block| match &block.kind {
        BlockKind::Heading(_) => found[0] += 1,
        BlockKind::Quote(_) => found[1] += 1,
        BlockKind::List(list) => {
            found[2] += 1;
            found[3] += list.items.len();
        }
        BlockKind::Code { .. } => found[4] += 1,
        BlockKind::Rule => found[5] += 1,
        _ => {}
    });
    document.each_inline(&mut |inline| match &inline.kind {
        InlineKind::Emphasis(_) => found[6] += 1,
        InlineKind::Strong(_) => found[7] += 1,
        InlineKind::Link { .. } => found[8] += 1,
        InlineKind::Image(_) => found[9] += 1,
        InlineKind::HardBreak => found[10] += 1,
        _ => {}
    });
    found
}

/// The words of HTML: text without tags, alternative texts of pictures, characters in
/// place of their names.
fn words(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        let (inner, after) = tag.split_once('>').unwrap_or((tag, ""));
        if let Some((_, alt)) = inner.split_once("alt=\"") {
            out.push_str(alt.split('"').next().unwrap_or(""));
        }
        if ["/li", "/p", "li", "p", "br /"].contains(&inner) {
            out.push('\n');
        }
        rest = after;
    }
    out.push_str(rest);
    out.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

/// Runs of white space count as one space.
fn squeeze(text: &str) -> String {
    let parts: Vec<&str> =
        text.split([' ', '\n', '\t']).filter(|s| !s.is_empty()).collect();
    parts.join(" ")
}
