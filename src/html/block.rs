//! Blocks.

use super::{Writer, link};
use crate::document::{
    Admonition, AdmonitionKind, Block, BlockKind, Definition, Heading, Inline, List,
    ListItem, OutlineItem, PulledFigure, runs_in,
};

impl Writer<'_> {
    /// Writes blocks in order, each with a line break after it.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        let mut blocks = blocks.iter().peekable();
        while let Some(block) = blocks.next() {
            match blocks.next_if(|next| self.page() && runs_in(block, next)) {
                Some(passage) => {
                    self.raw("<div class=\"run-in\">\n");
                    self.block(block);
                    self.block(passage);
                    self.raw("</div>\n");
                }
                None => self.block(block),
            }
        }
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Heading(heading) => self.heading(heading),
            BlockKind::Paragraph(content) => self.paragraph(content),
            BlockKind::List(list) => self.list(list),
            BlockKind::Definitions(definitions) => self.definitions(definitions),
            BlockKind::Quote(blocks) => {
                self.raw("<blockquote>\n");
                self.blocks(blocks);
                self.raw("</blockquote>\n");
            }
            BlockKind::Admonition(admonition) => self.admonition(admonition),
            BlockKind::Code { language, text } => self.code(language, text),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Figure(figure) => self.figure(figure),
            BlockKind::Pulled(figures) => self.pulled(figures),
            BlockKind::Chart(chart) => self.chart(chart),
            BlockKind::Rule => self.raw("<hr>\n"),
            BlockKind::Contents => self.contents(),
        }
    }

    /// Writes figures that are pulled out of the text: each with what it is.
    fn pulled(&mut self, figures: &[PulledFigure]) {
        self.raw("<ul class=\"pulled\">\n");
        for figure in figures {
            self.raw("<li>");
            self.inlines(&figure.number);
            self.raw(" <span>");
            self.inlines(&figure.label);
            self.raw("</span></li>\n");
        }
        self.raw("</ul>\n");
    }

    /// Writes a heading. Level 1 is the title's, which the page prints: `parse` reports
    /// another one, and a page has it as level 2.
    fn heading(&mut self, heading: &Heading) {
        let top = if self.page() { 2 } else { 1 };
        let level = heading.level.clamp(top, 6);
        self.raw("<h");
        self.number(level);
        if self.page() {
            self.attribute("id", &heading.anchor);
            if !heading.classes.is_empty() {
                self.attribute("class", &heading.classes.join(" "));
            }
        }
        self.raw(">");
        self.inlines(&heading.content);
        self.raw("</h");
        self.number(level);
        self.raw(">\n");
    }

    fn paragraph(&mut self, content: &[Inline]) {
        self.raw("<p>");
        self.inlines(content);
        self.raw("</p>\n");
    }

    fn list(&mut self, list: &List) {
        let tag = if list.start.is_some() { "ol" } else { "ul" };
        self.raw("<");
        self.raw(tag);
        if let Some(start) = list.start.filter(|&start| start != 1) {
            self.raw(" start=\"");
            self.number(start);
            self.raw("\"");
        }
        if self.page() && list.items.iter().any(|item| item.task.is_some()) {
            self.raw(" class=\"tasks\"");
        }
        self.raw(">\n");
        for item in &list.items {
            self.item(item, list.tight);
        }
        self.raw("</");
        self.raw(tag);
        self.raw(">\n");
    }

    fn item(&mut self, item: &ListItem, tight: bool) {
        self.raw("<li>");
        let mut blocks = item.blocks.as_slice();
        if let Some(done) = item.task {
            // The box stands in the first line, so that it is not on a line of its own.
            match blocks.split_first() {
                Some((Block { kind: BlockKind::Paragraph(content), .. }, rest)) => {
                    self.raw(if tight { "" } else { "<p>" });
                    self.task_box(done);
                    self.inlines(content);
                    self.raw(if tight { "\n" } else { "</p>\n" });
                    blocks = rest;
                }
                _ => self.task_box(done),
            }
        } else if !tight {
            self.raw("\n");
        }
        if tight {
            self.tight(blocks)
        } else {
            self.blocks(blocks)
        }
        self.raw("</li>\n");
    }

    /// Writes blocks with their paragraphs bare, as in a list without space between its
    /// items.
    fn tight(&mut self, blocks: &[Block]) {
        let mut after_words = false;
        for block in blocks {
            if after_words {
                self.raw("\n");
            }
            after_words = false;
            if let BlockKind::Paragraph(content) = &block.kind {
                self.inlines(content);
                after_words = true;
            } else {
                self.block(block);
            }
        }
    }

    /// Writes the box of a task, which says in words whether it is done.
    fn task_box(&mut self, done: bool) {
        let words = self.words();
        self.raw("<input type=\"checkbox\" disabled");
        if done {
            self.raw(" checked");
        }
        if self.page() {
            self.attribute("aria-label", if done { words.done } else { words.open });
        }
        self.raw("> ");
    }

    fn definitions(&mut self, definitions: &[Definition]) {
        self.raw("<dl>\n");
        for definition in definitions {
            self.raw("<dt>");
            self.inlines(&definition.term);
            self.raw("</dt>\n");
            for detail in &definition.details {
                self.raw("<dd>");
                match detail.as_slice() {
                    [Block { kind: BlockKind::Paragraph(content), .. }] => {
                        self.inlines(content);
                    }
                    blocks => {
                        self.raw("\n");
                        self.blocks(blocks);
                    }
                }
                self.raw("</dd>\n");
            }
        }
        self.raw("</dl>\n");
    }

    fn admonition(&mut self, admonition: &Admonition) {
        let (class, at) = match admonition.kind {
            AdmonitionKind::Note => ("note", 0),
            AdmonitionKind::Tip => ("tip", 1),
            AdmonitionKind::Important => ("important", 2),
            AdmonitionKind::Warning => ("warning", 3),
            AdmonitionKind::Caution => ("caution", 4),
        };
        self.raw("<div class=\"admonition ");
        self.raw(class);
        self.raw("\" role=\"note\">\n<p class=\"label\">");
        self.text(self.words().admonitions[at]);
        self.raw("</p>\n");
        self.blocks(&admonition.blocks);
        self.raw("</div>\n");
    }

    /// Writes preformatted text, which may be wider than the screen and scrolls then: the
    /// keyboard must reach it (axe rule `scrollable-region-focusable`).
    fn code(&mut self, language: &str, text: &str) {
        self.raw(if self.page() { "<pre tabindex=\"0\"><code" } else { "<pre><code" });
        if !language.is_empty() {
            self.attribute("class", &format!("language-{language}"));
        }
        self.raw(">");
        self.text(text);
        self.raw("</code></pre>\n");
    }

    /// Writes the contents under their word: a landmark the first time, since two of the
    /// same name could not be told apart (axe rule `landmark-unique`).
    fn contents(&mut self) {
        let first = !std::mem::replace(&mut self.has_contents, true);
        self.raw(if first {
            "<nav class=\"contents\" aria-labelledby=\"page:contents\">\n\
             <p class=\"label\" id=\"page:contents\">"
        } else {
            "<div class=\"contents\">\n<p class=\"label\">"
        });
        self.text(self.words().contents);
        self.raw("</p>\n");
        contents(&mut self.out, &self.document.outline);
        self.raw(if first { "</nav>\n" } else { "</div>\n" });
    }
}

/// Writes the outline as a list in lists. A level that was left out is left out here as
/// well: `##` and `####` below it stand one step apart.
pub(super) fn contents(out: &mut String, outline: &[OutlineItem]) {
    let mut open: Vec<u8> = Vec::new();
    for item in outline {
        while open.iter().rev().nth(1).is_some_and(|&outer| outer >= item.level) {
            out.push_str("</li>\n</ul>\n");
            open.pop();
        }
        match open.last() {
            Some(&level) if level >= item.level => {
                out.push_str("</li>\n");
                // The first heading of a list may lie deeper than those after it.
                *open.last_mut().expect("the list is open") = item.level;
            }
            _ => {
                out.push_str("\n<ul>\n");
                open.push(item.level);
            }
        }
        out.push_str("<li><a");
        super::escape::attribute(out, "href", &link::fragment(&item.anchor));
        out.push('>');
        super::escape::text(out, &item.text);
        out.push_str("</a>");
    }
    for _ in open {
        out.push_str("</li>\n</ul>\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The contents of headings of these levels, each named by its level.
    fn listed(levels: &[u8]) -> String {
        let item = |&level: &u8| OutlineItem {
            level,
            anchor: "a".into(),
            text: level.to_string(),
        };
        let outline: Vec<OutlineItem> = levels.iter().map(item).collect();
        let mut out = String::new();
        contents(&mut out, &outline);
        out.replace('\n', "").replace("<a href=\"#a\">", "").replace("</a>", "")
    }

    #[test]
    fn contents_step_down_and_up_over_missing_levels() {
        assert_eq!(listed(&[]), "");
        let deep = "<ul><li>2<ul><li>4</li></ul></li><li>2</li></ul>";
        assert_eq!(listed(&[2, 4, 2]), deep);
        let between = "<ul><li>2<ul><li>4</li><li>3</li></ul></li></ul>";
        assert_eq!(listed(&[2, 4, 3]), between);
        assert_eq!(listed(&[3, 2]), "<ul><li>3</li><li>2</li></ul>");
    }
}
