//! What the cases of `parse` share: a narrative without neighbours, and documents as
//! small markup.

use annals::diag::Diagnostics;
use annals::document::{
    Block, BlockKind, Document, Inline, InlineKind, Target, plain_text,
};
use annals::locale::Language;
use annals::manuscript::Manuscript;
use annals::parse::{Context, Dialect, parse};
use annals::source::{Place, SourceFile, Sources};

/// A file to point to.
pub fn place() -> Place {
    let mut sources = Sources::new();
    let file = SourceFile::new("a.md".into(), String::new(), Vec::new(), String::new());
    Place::whole(sources.add(file))
}

/// The place of a narrative's text: from its first byte.
pub fn text_place(text: &str) -> Place {
    Place::bytes(place().file, 0..text.len())
}

/// The narratives of the press in the cases, with their output paths.
pub fn publications(path: &str) -> Option<String> {
    ["content/baoji/2020/ten-events.md", "content/baoji/2019/review.md", NARRATIVE]
        .contains(&path)
        .then(|| path["content/".len()..path.len() - 3].to_owned())
}

const NARRATIVE: &str = "content/baoji/2020/this.md";

/// Parses a manuscript in a dialect.
pub fn parse_in(dialect: Dialect, manuscript: &Manuscript) -> (Document, Diagnostics) {
    let narratives: Vec<String> = ["2019/review", "2020/ten-events", "2020/this"]
        .map(|name| format!("content/baoji/{name}.md"))
        .into();
    let context = Context {
        language: Language::Zh,
        place: place(),
        path: "baoji/2020/this",
        narrative: NARRATIVE,
        publications: &publications,
        narratives: &narratives,
        dialect,
        facts: None,
    };
    let mut diags = Diagnostics::new();
    let document = parse(manuscript, &context, &mut diags);
    (document, diags)
}

/// Parses literal Markdown.
pub fn markdown(text: &str) -> (Document, Diagnostics) {
    parse_in(Dialect::Markdown, &Manuscript::literal(text, text_place(text)))
}

/// Parses a literal narrative.
pub fn narrative(text: &str) -> (Document, Diagnostics) {
    parse_in(Dialect::Narrative, &Manuscript::literal(text, text_place(text)))
}

/// The ids of the findings, in the order of reporting.
pub fn codes(diags: &Diagnostics) -> Vec<&'static str> {
    diags.iter().map(|found| found.code.id).collect()
}

/// All text of a document without markup, blocks parted by line breaks.
pub fn text_of(blocks: &[Block]) -> String {
    let mut parts = Vec::new();
    for block in blocks {
        annals::document::walk_block(
            block,
            &mut |block| match &block.kind {
                BlockKind::Paragraph(content) => parts.push(plain_text(content)),
                BlockKind::Heading(heading) => parts.push(plain_text(&heading.content)),
                BlockKind::Code { text, .. } => parts.push(text.clone()),
                BlockKind::Table(table) => {
                    let cells = table.head.iter().chain(table.rows.iter().flatten());
                    parts.extend(cells.map(|cell| plain_text(&cell.content)));
                }
                _ => {}
            },
            &mut |_| {},
        );
    }
    parts.join("\n")
}

/// Inlines as small HTML, for comparing emphasis.
pub fn html(content: &[Inline]) -> String {
    content
        .iter()
        .map(|inline| match &inline.kind {
            InlineKind::Text(text) => escape(text),
            InlineKind::Figure(figure) => {
                format!("<data>{}</data>", escape(&figure.text))
            }
            InlineKind::Strong(inner) => format!("<strong>{}</strong>", html(inner)),
            InlineKind::Emphasis(inner) => format!("<em>{}</em>", html(inner)),
            InlineKind::Strike(inner) => format!("<del>{}</del>", html(inner)),
            InlineKind::Code(code) => format!("<code>{}</code>", escape(code)),
            InlineKind::Link { target, content, .. } => {
                let target = match target {
                    Target::Url(url) => url.clone(),
                    Target::Anchor(anchor) => format!("#{anchor}"),
                    Target::Publication { path, anchor } => {
                        let anchor = anchor.as_ref().map(|anchor| format!("#{anchor}"));
                        format!("{path}{}", anchor.unwrap_or_default())
                    }
                };
                format!("<a href=\"{}\">{}</a>", escape(&target), html(content))
            }
            InlineKind::Image(image) => {
                format!(
                    "<img src=\"{}\" alt=\"{}\" />",
                    escape(&image.path),
                    escape(&image.alt)
                )
            }
            InlineKind::NoteRef { note, reference } => {
                format!("<sup>{note}.{reference}</sup>")
            }
            InlineKind::HardBreak => "<br />\n".to_owned(),
            InlineKind::SoftBreak => "\n".to_owned(),
        })
        .collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// The paragraphs of a document as small HTML.
pub fn paragraphs(document: &Document) -> String {
    let paragraph = |block: &Block| match &block.kind {
        BlockKind::Paragraph(content) => format!("<p>{}</p>", html(content)),
        other => format!("{other:?}"),
    };
    document.blocks.iter().map(paragraph).collect::<Vec<_>>().join("\n")
}
