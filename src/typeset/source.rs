//! A document as Typst source, with the way back from every byte to the narrative.
//!
//! The source holds calls of the functions of `annals.typ` and string literals, nothing
//! else: no markup, no styling, no words of its own. What the documents of a kind share is
//! a source of its own, the kit: Typst evaluates it once for all of them.

mod table;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

pub(super) use table::chart_fields;

use super::literal::{meta_fields, running_text, string, theme};
use super::world::{kit_path, picture_path};
use crate::document::{
    Admonition, AdmonitionKind, Block, BlockKind, Definition, Document, Heading, Image,
    Inline, InlineKind, List, ListItem, Note, OutlineItem, PictureBlock, PulledFigure,
    Target, dotted, plain_text, runs_in,
};
use crate::locale::Language;
use crate::press::Meta;
use crate::source::Place;
use crate::theme::Look;
use crate::typography::{Part, parts};

/// What must not stand in an address; what is already encoded stays.
const IN_ADDRESS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What must not stand in one name of a path, or in a fragment.
const IN_NAME: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Generated source and the places that its parts came from.
pub(super) struct Generated {
    /// The Typst source.
    pub(super) text: String,
    /// Where each part begins and which place it came from, in order.
    pub(super) map: PlaceMap,
}

/// The way back from generated source to the press's files.
pub(super) struct PlaceMap(Vec<(usize, Place)>);

impl PlaceMap {
    /// From where each part begins and the place it came from, in order.
    pub(super) fn new(parts: Vec<(usize, Place)>) -> Self {
        Self(parts)
    }

    /// The place that the byte at this offset came from.
    pub(super) fn find(&self, offset: usize) -> Option<Place> {
        let after = self.0.partition_point(|&(start, _)| start <= offset);
        self.0.get(after.checked_sub(1)?).map(|&(_, place)| place)
    }
}

/// Writes what the documents of a kind share: the functions that they are written in, their
/// layout (by its path) and their theme. A layout's definitions come after those of
/// `annals.typ`: a function of the same name replaces it.
pub(super) fn write_kit(look: &Look, layout: &str) -> String {
    let mut out = String::from("#import \"/annals.typ\": *\n");
    // `layout` by name as well: where it is missing, Typst's own function of that name
    // would be taken.
    for names in ["*", "layout"] {
        out.push_str("#import ");
        string(&mut out, layout);
        let _ = writeln!(out, ": {names}");
    }
    out.push_str("#let theme = ");
    theme(&mut out, look);
    out.push('\n');
    out
}

/// Writes the source of a document. `tighten` says how many lines more than usual (or less,
/// below zero) it is to set on a page; `front` is the place of the front matter.
pub(super) fn write(
    document: &Document,
    meta: &Meta,
    tighten: i64,
    base_url: Option<&str>,
    front: Place,
) -> Generated {
    let numbers = (document.pictures.iter().enumerate())
        .map(|(number, picture)| (picture.path.as_str(), number))
        .collect();
    let mut writer = Writer {
        out: String::with_capacity(4096),
        map: vec![(0, front)],
        here: front,
        meta,
        base_url,
        outline: &document.outline,
        notes: &document.notes,
        noted: vec![false; document.notes.len()],
        pictures: numbers,
    };
    writer.head(tighten);
    let mut blocks = document.parts().into_iter().flatten().peekable();
    let mut first = true;
    while let Some(block) = blocks.next() {
        let passage = blocks.next_if(|next| runs_in(block, next));
        match (&block.kind, passage) {
            (_, Some(passage)) => writer.run_in(block, passage),
            (BlockKind::Paragraph(content), None) if first => {
                writer.at(block.place, |w| {
                    w.out.push_str("#kit.doc-lead(meta)");
                    w.bracketed(content);
                    w.out.push(';');
                });
            }
            (BlockKind::Paragraph(content), None)
                if blocks.peek().is_some_and(|next| leads_in(next)) =>
            {
                writer.at(block.place, |w| w.call("doc-lead-in", content));
            }
            _ => writer.block(block),
        }
        first = false;
        writer.out.push('\n');
    }
    Generated { text: writer.out, map: PlaceMap(writer.map) }
}

struct Writer<'a> {
    out: String,
    map: Vec<(usize, Place)>,
    here: Place,
    meta: &'a Meta,
    base_url: Option<&'a str>,
    outline: &'a [OutlineItem],
    notes: &'a [Note],
    /// Which notes have been written.
    noted: Vec<bool>,
    /// The number of each picture.
    pictures: BTreeMap<&'a str, usize>,
}

impl<'a> Writer<'a> {
    fn head(&mut self, tighten: i64) {
        self.out.push_str("#import ");
        string(&mut self.out, &kit_path());
        // Functions that dress by the theme are given `meta` too.
        self.out.push_str(" as kit\n#let meta = (");
        meta_fields(&mut self.out, self.meta, tighten);
        self.out.push_str("theme: kit.theme, outline: ");
        self.outline();
        self.out.push_str(")\n#show: kit.layout.with(meta)\n");
    }

    /// Writes a part that came from a place, and returns to the place around it.
    fn at(&mut self, place: Place, write: impl FnOnce(&mut Self)) {
        let around = std::mem::replace(&mut self.here, place);
        self.mark(place);
        write(self);
        self.here = around;
        self.mark(around);
    }

    fn mark(&mut self, place: Place) {
        match self.map.last_mut() {
            Some((start, last)) if *start == self.out.len() => *last = place,
            Some((_, last)) if *last == place => {}
            _ => self.map.push((self.out.len(), place)),
        }
    }

    fn block(&mut self, block: &'a Block) {
        self.at(block.place, |w| match &block.kind {
            BlockKind::Heading(heading) => w.heading(heading),
            BlockKind::Paragraph(content) => w.call("doc-par", content),
            BlockKind::List(list) => w.list(list),
            BlockKind::Definitions(list) => w.definitions(list),
            BlockKind::Pulled(figures) => w.pulled(figures),
            BlockKind::Quote(blocks) => {
                w.out.push_str("#kit.doc-quote");
                w.content(blocks);
            }
            BlockKind::Admonition(admonition) => w.admonition(admonition),
            BlockKind::Code { language, text } => w.code(language, text),
            BlockKind::Table(table) => w.table(table),
            BlockKind::Figure(figure) => w.figure(figure),
            BlockKind::Chart(chart) => w.chart(chart),
            BlockKind::Rule => w.out.push_str("#kit.doc-rule();"),
            BlockKind::Contents => {
                w.out.push_str("#kit.doc-contents(");
                string(&mut w.out, w.meta.language.words().contents);
                w.out.push_str(", ");
                w.outline();
                w.out.push_str(");");
            }
        });
    }

    /// The words of the headings by anchor.
    fn outline(&mut self) {
        self.out.push_str(if self.outline.is_empty() { "(:" } else { "(" });
        for item in self.outline {
            string(&mut self.out, &item.anchor);
            self.out.push_str(": ");
            running_text(&mut self.out, &item.text);
            self.out.push_str(", ");
        }
        self.out.push(')');
    }

    /// `[…];` around blocks: the last argument of a call.
    fn content(&mut self, blocks: &'a [Block]) {
        self.out.push('[');
        for block in blocks {
            self.block(block);
        }
        self.out.push_str("];");
    }

    /// Blocks that go on in the line of a note's number or a term: the first paragraph
    /// is written as bare words, because a paragraph of its own would begin a new line.
    fn flow(&mut self, blocks: &'a [Block]) {
        for (at, block) in blocks.iter().enumerate() {
            match &block.kind {
                BlockKind::Paragraph(content) if at == 0 => {
                    self.at(block.place, |w| w.inlines(content));
                }
                _ => self.block(block),
            }
        }
    }

    /// An empty heading, which PDF/UA forbids, leaves nothing but its anchor.
    fn heading(&mut self, heading: &'a Heading) {
        if plain_text(&heading.content).trim().is_empty() {
            self.out.push_str("#kit.doc-anchor(");
            string(&mut self.out, &heading.anchor);
            self.out.push_str(");#");
            self.label(&heading.anchor);
            self.out.push(';');
            return;
        }
        let name = if heading.opens_annex() { "doc-annex" } else { "doc-heading" };
        let _ = write!(self.out, "#kit.{name}(level: {})", heading.level);
        self.bracketed(&heading.content);
        self.out.push_str(";#");
        self.label(&heading.anchor);
        self.out.push(';');
    }

    /// A heading and the paragraph that goes on in its line.
    fn run_in(&mut self, heading: &'a Block, passage: &'a Block) {
        let (BlockKind::Heading(words), BlockKind::Paragraph(content)) =
            (&heading.kind, &passage.kind)
        else {
            return;
        };
        self.at(heading.place, |w| {
            let _ = write!(w.out, "#kit.doc-run-in(level: {}, ", words.level);
            string(&mut w.out, &words.anchor);
            w.out.push_str(", ");
            w.bracketed(&words.content);
            w.out.push_str(", ");
            w.at(passage.place, |w| w.bracketed(content));
            w.out.push_str(");");
        });
    }

    /// `label("anchor")`
    fn label(&mut self, anchor: &str) {
        self.out.push_str("label(");
        string(&mut self.out, anchor);
        self.out.push(')');
    }

    fn list(&mut self, list: &'a List) {
        let tight = list.tight;
        match list.start {
            Some(start) => {
                let _ = write!(self.out, "#kit.doc-enum(start: {start}, tight: {tight})");
            }
            None => {
                let tasks = list.items.iter().any(|item| item.task.is_some());
                let _ = write!(self.out, "#kit.doc-list(tight: {tight}, tasks: {tasks})");
            }
        }
        for item in &list.items {
            self.at(item.place, |w| w.item(item, tight));
        }
        self.out.push(';');
    }

    fn item(&mut self, item: &'a ListItem, tight: bool) {
        self.out.push('[');
        if let Some(done) = item.task {
            let _ = write!(self.out, "#kit.doc-task({done});");
        }
        for block in &item.blocks {
            match &block.kind {
                BlockKind::Paragraph(content) if tight => {
                    self.at(block.place, |w| w.inlines(content));
                }
                _ => self.block(block),
            }
        }
        self.out.push(']');
    }

    fn definitions(&mut self, list: &'a [Definition]) {
        self.out.push_str("#kit.doc-definitions(");
        for definition in list {
            self.out.push('(');
            self.bracketed(&definition.term);
            for details in &definition.details {
                self.out.push_str(", [");
                self.flow(details);
                self.out.push(']');
            }
            self.out.push_str(",), ");
        }
        self.out.push_str(");");
    }

    fn admonition(&mut self, admonition: &'a Admonition) {
        let (number, name) = match admonition.kind {
            AdmonitionKind::Note => (0, "note"),
            AdmonitionKind::Tip => (1, "tip"),
            AdmonitionKind::Important => (2, "important"),
            AdmonitionKind::Warning => (3, "warning"),
            AdmonitionKind::Caution => (4, "caution"),
        };
        let title = self.meta.language.words().admonitions[number];
        self.out.push_str("#kit.doc-admonition(meta, ");
        string(&mut self.out, name);
        self.out.push_str(", ");
        string(&mut self.out, title);
        self.out.push(')');
        self.content(&admonition.blocks);
    }

    fn pulled(&mut self, figures: &'a [PulledFigure]) {
        self.out.push_str("#kit.doc-pulled(meta");
        for figure in figures {
            self.at(figure.place, |w| {
                w.out.push_str(", (");
                w.bracketed(&figure.number);
                w.out.push_str(", ");
                w.bracketed(&figure.label);
                w.out.push(')');
            });
        }
        self.out.push_str(");");
    }

    fn code(&mut self, language: &str, text: &str) {
        self.out.push_str("#kit.doc-code-block(");
        if !language.is_empty() {
            self.out.push_str("lang: ");
            string(&mut self.out, language);
            self.out.push_str(", ");
        }
        string(&mut self.out, text.strip_suffix('\n').unwrap_or(text));
        self.out.push_str(");");
    }

    fn figure(&mut self, figure: &'a PictureBlock) {
        self.out.push_str("#kit.doc-figure(");
        self.caption(figure.caption.as_ref(), self.meta.language.words().figure);
        self.picture(&figure.image);
        self.out.push_str(");");
    }

    /// A picture as an argument. One that is not among the document's gets a number that
    /// no picture has.
    fn picture(&mut self, image: &Image) {
        let none = self.pictures.len();
        let number = self.pictures.get(image.path.as_str()).copied().unwrap_or(none);
        self.out.push_str("kit.doc-picture(");
        string(&mut self.out, &picture_path(number));
        self.out.push_str(", alt: ");
        running_text(&mut self.out, &image.alt);
        self.out.push(')');
    }

    /// `#name[…];`
    fn call(&mut self, name: &str, content: &'a [Inline]) {
        self.out.push_str("#kit.");
        self.out.push_str(name);
        self.bracketed(content);
        self.out.push(';');
    }

    fn bracketed(&mut self, content: &'a [Inline]) {
        self.out.push('[');
        self.inlines(content);
        self.out.push(']');
    }

    fn inlines(&mut self, content: &'a [Inline]) {
        for inline in content {
            self.at(inline.place, |w| w.inline(&inline.kind));
        }
    }

    fn inline(&mut self, inline: &'a InlineKind) {
        match inline {
            InlineKind::Text(text) => self.running(text),
            InlineKind::Figure(figure) => {
                self.out.push_str("#kit.doc-value(");
                string(&mut self.out, &figure.figure.name);
                self.out.push_str(", ");
                running_text(&mut self.out, &figure.text);
                self.out.push_str(");");
            }
            InlineKind::Strong(content) => self.call("doc-strong", content),
            InlineKind::Emphasis(content) => match dotted(inline) {
                Some(words) if self.is_chinese() => self.call("doc-dots", words),
                _ => self.call("doc-emph", content),
            },
            InlineKind::Strike(content) => self.call("doc-strike", content),
            InlineKind::Code(text) => {
                self.out.push_str("#kit.doc-code(");
                running_text(&mut self.out, text);
                self.out.push_str(");");
            }
            InlineKind::Link { target, content, .. } => self.link(target, content),
            InlineKind::Image(image) => {
                self.out.push_str("#kit.doc-image(");
                self.picture(image);
                self.out.push_str(");");
            }
            InlineKind::NoteRef { note, .. } => self.note(*note),
            InlineKind::HardBreak => self.out.push_str("#kit.doc-break();"),
            InlineKind::SoftBreak => self.out.push_str("#\" \";"),
        }
    }

    /// Running text; what stays in one line is a call, which is told whether a letter or a
    /// digit follows Chinese there, so that the gap between them is not lost.
    fn running(&mut self, text: &str) {
        let pieces =
            if self.is_chinese() { parts(text) } else { vec![Part::Plain(text)] };
        let mut before = None;
        for part in pieces {
            match part {
                Part::Plain(text) => {
                    self.out.push('#');
                    running_text(&mut self.out, text);
                    self.out.push(';');
                    before = text.chars().next_back();
                }
                Part::Whole(text) => {
                    let digit = text.starts_with(|c: char| c.is_ascii_digit());
                    let gap = digit && before.is_some_and(char::is_alphabetic);
                    let name =
                        if gap { "#kit.doc-whole-after(" } else { "#kit.doc-whole(" };
                    self.out.push_str(name);
                    running_text(&mut self.out, text);
                    self.out.push_str(");");
                    before = text.chars().next_back();
                }
            }
        }
    }

    fn is_chinese(&self) -> bool {
        self.meta.language == Language::Zh
    }

    /// A link without a target is its words: Typst has no empty addresses.
    fn link(&mut self, target: &Target, content: &'a [Inline]) {
        let address = match target {
            Target::Url(url) => utf8_percent_encode(url, IN_ADDRESS).to_string(),
            Target::Anchor(anchor) => anchor.clone(),
            Target::Publication { path, anchor } => self.address(path, anchor.as_deref()),
        };
        if address.is_empty() {
            return self.inlines(content);
        }
        self.out.push_str("#kit.doc-link(");
        match target {
            Target::Anchor(_) => self.label(&address),
            _ => string(&mut self.out, &address),
        }
        self.out.push(')');
        self.bracketed(content);
        self.out.push(';');
    }

    /// The address of another publication's PDF: below the base address where the press
    /// has one, else relative to this file.
    fn address(&self, path: &str, anchor: Option<&str>) -> String {
        let names = |names: &[&str]| {
            let encoded: Vec<String> = (names.iter())
                .map(|name| utf8_percent_encode(name, IN_NAME).to_string())
                .collect();
            encoded.join("/")
        };
        let to: Vec<&str> = path.split('/').collect();
        let mut address = match self.base_url {
            Some(base) => format!("{}/{}", base.trim_end_matches('/'), names(&to)),
            None => {
                let mut from: Vec<&str> = self.meta.path.split('/').collect();
                from.pop();
                let same = (from.iter().zip(&to[..to.len() - 1]))
                    .take_while(|(from, to)| from == to)
                    .count();
                "../".repeat(from.len() - same) + &names(&to[same..])
            }
        };
        address.push_str(".pdf");
        if let Some(anchor) = anchor {
            let _ = write!(address, "#{}", utf8_percent_encode(anchor, IN_NAME));
        }
        address
    }

    /// The first reference writes the note; further ones refer to it.
    fn note(&mut self, number: usize) {
        let at = number.wrapping_sub(1);
        let (Some(note), Some(noted)) = (self.notes.get(at), self.noted.get_mut(at))
        else {
            return;
        };
        let again = std::mem::replace(noted, true);
        self.out.push_str(if again { "#kit.doc-note-again(" } else { "#kit.doc-note(" });
        string(&mut self.out, &note.anchor);
        self.out.push(')');
        if again {
            self.out.push(';');
        } else {
            self.out.push('[');
            self.at(note.place, |w| w.flow(&note.blocks));
            self.out.push_str("];");
        }
    }
}

/// Whether what stands before a block is to stay with it.
fn leads_in(block: &Block) -> bool {
    matches!(
        block.kind,
        BlockKind::List(_) | BlockKind::Code { .. } | BlockKind::Definitions(_)
    )
}
