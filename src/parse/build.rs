//! Events of pulldown-cmark → blocks and inlines, each with its place.
//!
//! What is built here is complete in structure; links, pictures and notes still say what
//! was written, and the passes resolve them.

use std::ops::Range;

use indexmap::{IndexMap, IndexSet};
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag};

use super::charts::{self, Entry};
use super::marks::{self, Marked, Part};
use super::open::{self, Open, What};
use super::raw_html::RawHtml;
use super::{Context, Dialect, inlines};
use crate::diag::codes::parse as codes;
use crate::diag::{Diagnostic, Diagnostics, nearest};
use crate::document::{
    Admonition, Block, BlockKind, Cell, Definition, FigureText, Heading, Image, Inline,
    InlineKind, List, ListItem, Table, Target, plain_text,
};
use crate::manuscript::Manuscript;
use crate::source::Place;

/// How deep blocks and inlines may lie in one another. A list in a list takes two steps.
/// What lies deeper is kept as text of the last level that counts, and reported.
pub const MAX_NESTING: usize = 64;

/// The longest label of a note, in characters, that is looked for where a note is
/// missing.
const MAX_LABEL: usize = 100;

/// The Markdown that narratives are written in.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

/// What the events said.
pub struct Built {
    /// The blocks of the text.
    pub blocks: Vec<Block>,
    /// The notes by label, as far as they are defined.
    pub notes: IndexMap<String, WrittenNote>,
    /// The labels that [`InlineKind::NoteRef`] counts, from 0, until notes are numbered.
    pub labels: IndexSet<String>,
}

/// A note where it is written.
pub struct WrittenNote {
    /// Where it stands.
    pub place: Place,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// Builds blocks from a marked text.
pub fn build(
    manuscript: &Manuscript,
    marked: &Marked,
    context: &Context<'_>,
    diags: &mut Diagnostics,
) -> Built {
    let mut builder = Builder {
        manuscript,
        marked,
        context,
        diags,
        stack: vec![Open::new(What::Root, 0..marked.text.len())],
        overflow: 0,
        reported_depth: false,
        figure: None,
        html: RawHtml::default(),
        labels: IndexSet::new(),
        notes: IndexMap::new(),
        missing: Vec::new(),
    };
    let parser = Parser::new_ext(&marked.text, options());
    for (event, range) in parser.into_offset_iter() {
        builder.event(event, range);
    }
    builder.flush_figure();
    builder.report_missing_notes();
    let Builder { mut stack, labels, notes, .. } = builder;
    let root = stack.swap_remove(0);
    Built { blocks: root.blocks, notes, labels }
}

struct Builder<'a, 'd> {
    manuscript: &'a Manuscript,
    marked: &'a Marked,
    context: &'a Context<'a>,
    diags: &'d mut Diagnostics,
    stack: Vec<Open>,
    /// How many containers beyond the limit are open.
    overflow: usize,
    reported_depth: bool,
    /// The figure whose text is being read, its text so far, and where it began.
    figure: Option<(usize, String, Range<usize>)>,
    html: RawHtml,
    labels: IndexSet<String>,
    notes: IndexMap<String, WrittenNote>,
    /// Brackets that look like references to notes and are not.
    missing: Vec<(Range<usize>, String)>,
}

impl Builder<'_, '_> {
    fn place(&self, range: Range<usize>) -> Place {
        self.manuscript.place(self.marked.back(range), self.context.place)
    }

    fn top(&mut self) -> &mut Open {
        self.stack.last_mut().expect("the root is never closed")
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(&text, range),
            Event::Code(code) => {
                self.inline(range, InlineKind::Code(marks::plain(&code)))
            }
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(&html, range),
            Event::FootnoteReference(label) => self.note_reference(&label, range),
            Event::SoftBreak => self.inline(range, InlineKind::SoftBreak),
            Event::HardBreak => self.inline(range, InlineKind::HardBreak),
            Event::Rule => self.block(range, BlockKind::Rule),
            Event::TaskListMarker(ticked) => self.tick(ticked),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, range),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        self.flush_figure();
        let part = matches!(
            tag,
            Tag::Item
                | Tag::DefinitionListTitle
                | Tag::DefinitionListDefinition
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell
        );
        if self.overflow > 0 || (self.stack.len() > MAX_NESTING && !part) {
            self.overflow += 1;
            self.report_depth(range);
            return;
        }
        let in_paragraph = matches!(
            tag,
            Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Link { .. }
                | Tag::Image { .. }
        );
        if !in_paragraph {
            self.flush_loose();
        }
        let what = self.what(tag, &range);
        self.stack.push(Open::new(what, range));
    }

    fn what(&mut self, tag: Tag<'_>, range: &Range<usize>) -> What {
        match tag {
            Tag::Paragraph => {
                // A list is loose where an item holds a paragraph of its own.
                let list = self.stack.len().checked_sub(2);
                if let What::Item { .. } = self.top().what
                    && let Some(open) = list.and_then(|at| self.stack.get_mut(at))
                    && let What::List { tight, .. } = &mut open.what
                {
                    *tight = false;
                }
                What::Paragraph
            }
            Tag::Heading { level, id, classes, attrs } => {
                for (name, _) in attrs {
                    let place = self.place(range.clone());
                    let name = marks::plain(&name);
                    self.diags.add(
                        Diagnostic::new(
                            &codes::UNKNOWN_ATTRIBUTE,
                            place,
                            format!("a heading has no attribute `{name}`"),
                        )
                        .hint("write `{#anchor .class}`"),
                    );
                }
                What::Heading {
                    level: open::heading_level(level),
                    anchor: id.map(|id| marks::plain(&id)).unwrap_or_default(),
                    classes: classes.iter().map(|class| marks::plain(class)).collect(),
                }
            }
            Tag::BlockQuote(kind) => What::Quote(kind.map(open::admonition)),
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => marks::plain(&info),
                    CodeBlockKind::Indented => String::new(),
                };
                let info = info.trim();
                let (language, title) =
                    info.split_once(char::is_whitespace).unwrap_or((info, ""));
                What::Code {
                    language: language.to_owned(),
                    title: title.trim().to_owned(),
                    text: String::new(),
                    lines: Vec::new(),
                }
            }
            Tag::HtmlBlock => What::Html(String::new()),
            Tag::List(start) => What::List { start, tight: true, items: Vec::new() },
            Tag::Item => What::Item { task: None },
            Tag::FootnoteDefinition(label) => What::Note(marks::plain(&label)),
            Tag::DefinitionList => What::Definitions(Vec::new()),
            Tag::DefinitionListTitle => What::Term,
            Tag::DefinitionListDefinition => What::Detail,
            Tag::Table(columns) => {
                let columns = columns.into_iter().map(open::align).collect();
                What::Table(Table { columns, ..Table::default() })
            }
            Tag::TableHead => What::Row { head: true, cells: Vec::new(), end: 0 },
            Tag::TableRow => What::Row { head: false, cells: Vec::new(), end: 0 },
            Tag::TableCell => What::Cell,
            Tag::Emphasis => What::Emphasis,
            Tag::Strong => What::Strong,
            Tag::Strikethrough => What::Strike,
            Tag::Link { link_type, dest_url, title, .. } => {
                let target = marks::plain(&dest_url);
                let target = match link_type {
                    LinkType::Email => format!("mailto:{target}"),
                    _ => target,
                };
                What::Link { target, title: marks::plain(&title) }
            }
            Tag::Image { dest_url, title, .. } => {
                What::Image { path: marks::plain(&dest_url), title: marks::plain(&title) }
            }
            // Not switched on in `options`; their text is kept.
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => What::Plain,
        }
    }

    fn end(&mut self) {
        self.flush_figure();
        if self.overflow > 0 {
            self.overflow -= 1;
            self.flush_loose();
            return;
        }
        self.flush_loose();
        let open = self.stack.pop().expect("pulldown-cmark ends what it began");
        let Open { what, range, blocks, inlines, .. } = open;
        match what {
            What::Root => {}
            // Nothing but comments, or an expression that printed nothing.
            What::Paragraph if inlines.is_empty() => {}
            What::Paragraph => self.block(range, BlockKind::Paragraph(inlines)),
            What::Heading { level, anchor, classes } => {
                let heading = Heading { level, anchor, classes, content: inlines };
                self.block(range, BlockKind::Heading(heading));
            }
            What::Quote(None) => self.block(range, BlockKind::Quote(blocks)),
            What::Quote(Some(kind)) => {
                self.block(range, BlockKind::Admonition(Admonition { kind, blocks }));
            }
            What::List { start, tight, items } => {
                self.block(range, BlockKind::List(List { start, tight, items }));
            }
            What::Code { language, title, text, lines } => {
                let place = self.place(range.clone());
                let before = self.stack.last().map_or(&[][..], |open| &open.blocks);
                let written = charts::Written { word: &language, title: &title, place };
                let kind =
                    charts::chart(&written, &lines, before, self.context, self.diags)
                        .unwrap_or(BlockKind::Code { language, text });
                self.block(range, kind);
            }
            What::Html(html) => self.html_block(&html, range),
            What::Note(label) => self.note(label, blocks, range),
            What::Definitions(list) => self.block(range, BlockKind::Definitions(list)),
            What::Table(table) => self.block(range, BlockKind::Table(table)),
            What::Row { end, .. } => {
                self.check_surplus(end..range.end);
                let place = self.place(range);
                self.part(what, place, blocks, inlines);
            }
            What::Item { .. } | What::Term | What::Detail | What::Cell => {
                if let (What::Cell, What::Row { end, .. }) = (&what, &mut self.top().what)
                {
                    *end = range.end;
                }
                let place = self.place(range);
                self.part(what, place, blocks, inlines);
            }
            What::Emphasis => self.span(range, inlines, InlineKind::Emphasis),
            What::Strong => self.span(range, inlines, InlineKind::Strong),
            What::Strike => self.span(range, inlines, InlineKind::Strike),
            What::Link { target, title } => {
                let target = Target::Url(target);
                self.inline(range, InlineKind::Link { target, title, content: inlines });
            }
            What::Image { path, title } => {
                let mut words = inlines;
                inlines::settle_breaks(&mut words, self.context.language);
                let image = Image { path, alt: plain_text(&words), title };
                self.inline(range, InlineKind::Image(image));
            }
            What::Plain => self.top().inlines.extend(inlines),
        }
    }

    /// Puts a part of a list, definition list or table where it belongs.
    fn part(
        &mut self,
        what: What,
        place: Place,
        blocks: Vec<Block>,
        inlines: Vec<Inline>,
    ) {
        match (what, &mut self.top().what) {
            (What::Item { task }, What::List { items, .. }) => {
                items.push(ListItem { place, task, blocks });
            }
            (What::Term, What::Definitions(list)) => {
                list.push(Definition { term: inlines, details: Vec::new() });
            }
            (What::Detail, What::Definitions(list)) => match list.last_mut() {
                Some(definition) => definition.details.push(blocks),
                None => list.push(Definition { term: Vec::new(), details: vec![blocks] }),
            },
            (What::Cell, What::Row { cells, .. }) => {
                cells.push(Cell { place, content: inlines });
            }
            (What::Row { head: true, cells, .. }, What::Table(table)) => {
                table.head = cells
            }
            (What::Row { head: false, cells, .. }, What::Table(table)) => {
                table.rows.push(cells);
            }
            _ => {}
        }
    }

    /// Reports cells that stand after a row's last one: Markdown leaves them out.
    fn check_surplus(&mut self, rest: Range<usize>) {
        let Some(text) = self.marked.text.get(rest.clone()) else { return };
        let surplus = text.trim_matches(|c: char| c == '|' || c.is_whitespace());
        if surplus.is_empty() {
            return;
        }
        let start =
            rest.start + (text.len() - text.trim_start_matches(['|', ' ', '\t']).len());
        let place = self.place(start..start + surplus.len());
        let columns = self.stack.iter().rev().find_map(|open| match &open.what {
            What::Table(table) => Some(table.columns.len()),
            _ => None,
        });
        let message = format!(
            "this row has more cells than the table's {} columns",
            columns.unwrap_or_default()
        );
        self.diags.add(
            Diagnostic::new(&codes::SURPLUS_CELLS, place, message)
                .hint("add a column to the table's head, or take the cell away")
                .hint("write `\\|` for a `|` that is part of the text"),
        );
    }

    fn block(&mut self, range: Range<usize>, kind: BlockKind) {
        self.flush_figure();
        self.flush_loose();
        let place = self.place(range);
        self.top().blocks.push(Block { place, kind });
    }

    fn inline(&mut self, range: Range<usize>, kind: InlineKind) {
        self.flush_figure();
        let place = self.place(range.clone());
        let top = self.top();
        if top.inlines.is_empty() {
            top.loose = range.clone();
        }
        top.loose.end = range.end;
        top.text = None;
        top.inlines.push(Inline { place, kind });
    }

    /// Emphasis; around nothing (an expression that printed nothing) it is nothing.
    fn span(
        &mut self,
        range: Range<usize>,
        content: Vec<Inline>,
        kind: fn(Vec<Inline>) -> InlineKind,
    ) {
        if !content.is_empty() {
            self.inline(range, kind(content));
        }
    }

    /// Text; joined to the text before it.
    fn text(&mut self, text: &str, range: Range<usize>) {
        if let What::Code { .. } = &self.top().what {
            let entry = Entry { text: marks::plain(text), place: self.place(range) };
            let narrative = self.context.dialect == Dialect::Narrative;
            if let What::Code { language, text, lines, .. } = &mut self.top().what {
                text.push_str(&entry.text);
                if narrative && charts::is_chart(language) {
                    lines.push(entry);
                }
            }
            return;
        }
        if text == "[" {
            self.look_for_note(range.clone());
        }
        if !marks::is_marked(text) {
            return self.push_text(text, range);
        }
        let mut plain = String::with_capacity(text.len());
        let mut parts = Vec::new();
        marks::decode(text, |part| match part {
            Part::Char(c) => plain.push(c),
            boundary => parts.push((std::mem::take(&mut plain), boundary)),
        });
        for (before, boundary) in parts {
            self.push_text(&before, range.clone());
            self.flush_figure();
            if let Part::FigureStart(number) = boundary {
                self.figure = Some((number, String::new(), range.clone()));
            }
        }
        self.push_text(&plain, range);
    }

    fn push_text(&mut self, text: &str, range: Range<usize>) {
        if text.is_empty() {
            return;
        }
        if let Some((_, figure, _)) = &mut self.figure {
            figure.push_str(text);
            return;
        }
        let start = self.top().text.unwrap_or(range.start);
        let place = self.place(start..range.end);
        let top = self.top();
        if let Some(Inline { place: old, kind: InlineKind::Text(before) }) =
            top.inlines.last_mut()
        {
            before.push_str(text);
            *old = place;
            top.loose.end = range.end;
        } else {
            self.inline(range, InlineKind::Text(text.to_owned()));
            self.top().text = Some(start);
        }
    }

    /// Ends the figure that is being read.
    fn flush_figure(&mut self) {
        let Some((number, text, range)) = self.figure.take() else { return };
        let Some((printed, figure)) = self.manuscript.figures.get(number) else { return };
        let place = self.manuscript.place(printed.clone(), self.context.place);
        let figure = FigureText { text, figure: figure.clone() };
        self.inline(range, InlineKind::Figure(figure));
        if let Some(last) = self.top().inlines.last_mut() {
            last.place = place;
        }
    }

    /// Makes a paragraph of text that stands in a container of blocks without one, as it
    /// does in the items of a tight list.
    fn flush_loose(&mut self) {
        let top = self.top();
        if top.inlines.is_empty() || !top.what.holds_blocks() {
            return;
        }
        let content = std::mem::take(&mut top.inlines);
        let range = top.loose.clone();
        let place = self.place(range);
        let kind = BlockKind::Paragraph(content);
        self.top().blocks.push(Block { place, kind });
    }

    fn raw_html(&mut self, html: &str, range: Range<usize>) {
        let html = marks::plain(html);
        if let What::Html(text) = &mut self.top().what {
            text.push_str(&html);
            return;
        }
        let place = self.place(range.clone());
        if let Some(kept) = self.html.check(&html, place, self.diags) {
            self.push_text(&kept, range);
        }
    }

    fn html_block(&mut self, html: &str, range: Range<usize>) {
        let place = self.place(range.clone());
        if let Some(kept) = self.html.check(html, place, self.diags) {
            let text = Inline { place, kind: InlineKind::Text(kept) };
            self.block(range, BlockKind::Paragraph(vec![text]));
        }
    }

    fn note_reference(&mut self, label: &str, range: Range<usize>) {
        let label = marks::plain(label);
        let (note, _) = self.labels.insert_full(note_key(&label));
        self.inline(range, InlineKind::NoteRef { note, reference: 0 });
    }

    fn note(&mut self, label: String, blocks: Vec<Block>, range: Range<usize>) {
        let place = self.place(range);
        let key = note_key(&label);
        if let Some(first) = self.notes.get(&key) {
            let message = format!("note `[^{label}]` is written twice");
            self.diags.add(
                Diagnostic::new(&codes::DUPLICATE_NOTE, place, message)
                    .related(first.place, "first written here")
                    .hint("give one of them another label"),
            );
            return;
        }
        self.notes.insert(key, WrittenNote { place, blocks });
    }

    /// Notes down `[^label]` where it came as text: no note of that label is written.
    fn look_for_note(&mut self, bracket: Range<usize>) {
        let (before, rest) = self.marked.text.split_at(bracket.end);
        let Some(rest) = rest.strip_prefix('^') else { return };
        let backslashes = before.bytes().rev().skip(1);
        let escaped = backslashes.take_while(|byte| *byte == b'\\').count() % 2 == 1;
        let end = rest.char_indices().take(MAX_LABEL).find(|(_, c)| *c == ']');
        let Some((end, _)) = end.filter(|_| !escaped) else { return };
        let label = &rest[..end];
        if !label.is_empty() && !label.contains(|c: char| c.is_whitespace() || c == '[') {
            // The bracket, `^`, the label, the other bracket.
            let range = bracket.start..bracket.end + 1 + end + 1;
            self.missing.push((range, marks::plain(label)));
        }
    }

    fn report_missing_notes(&mut self) {
        for (range, label) in std::mem::take(&mut self.missing) {
            let place = self.place(range);
            let near = nearest(&label, self.notes.keys().map(String::as_str));
            let message = format!("no note is written for `[^{label}]`");
            self.diags.add(
                Diagnostic::new(&codes::UNKNOWN_NOTE, place, message)
                    .maybe_hint(near.map(|near| format!("did you mean `[^{near}]`?")))
                    .hint(format!(
                        "write the note in a paragraph that begins with `[^{label}]: `, or \
                         a backslash before `[` to print it as it is"
                    )),
            );
        }
    }

    fn tick(&mut self, ticked: bool) {
        let item = self.stack.iter_mut().rev().find_map(|open| match &mut open.what {
            What::Item { task } => Some(task),
            _ => None,
        });
        if let Some(task) = item {
            *task = Some(ticked);
        }
    }

    fn report_depth(&mut self, range: Range<usize>) {
        if std::mem::replace(&mut self.reported_depth, true) {
            return;
        }
        let place = self.place(range);
        self.diags.add(
            Diagnostic::new(
                &codes::NESTING_TOO_DEEP,
                place,
                format!("more than {MAX_NESTING} blocks and spans lie in one another"),
            )
            .hint("take some quotations, lists or emphasis away"),
        );
    }
}

/// The form in which labels of notes are compared: letter case does not matter.
fn note_key(label: &str) -> String {
    label.chars().flat_map(char::to_lowercase).collect()
}
