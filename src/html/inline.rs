//! Runs of text.

use super::{Writer, escape};
use crate::document::{Image, Inline, InlineKind, dotted};
use crate::locale::Language;
use crate::typography::{Part, parts};

impl Writer<'_> {
    /// Writes runs of text in order.
    pub(super) fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            self.inline(&inline.kind);
        }
    }

    fn inline(&mut self, kind: &InlineKind) {
        match kind {
            InlineKind::Text(text) => self.running(text),
            InlineKind::Figure(figure) => self.figure_text(figure),
            InlineKind::Strong(content) => self.wrapped("strong", content),
            InlineKind::Emphasis(content) => match dotted(kind) {
                // 着重号
                Some(words) if self.page() && self.is_chinese() => {
                    self.raw("<strong class=\"dots\">");
                    self.inlines(words);
                    self.raw("</strong>");
                }
                _ => self.wrapped("em", content),
            },
            InlineKind::Strike(content) => self.wrapped("del", content),
            InlineKind::Code(code) => {
                self.raw("<code>");
                self.text(code);
                self.raw("</code>");
            }
            InlineKind::Link { target, title, content } => {
                self.link(target, title, content);
            }
            InlineKind::Image(image) => self.image(image),
            InlineKind::NoteRef { note, reference } => self.note_ref(*note, *reference),
            InlineKind::HardBreak => self.raw("<br>\n"),
            InlineKind::SoftBreak => self.raw("\n"),
        }
    }

    /// Writes text, with a frame around what stays in one line.
    fn running(&mut self, text: &str) {
        if !self.page() || !self.is_chinese() {
            return self.text(text);
        }
        for part in parts(text) {
            match part {
                Part::Plain(text) => self.text(text),
                Part::Whole(text) => {
                    self.raw("<span class=\"nb\">");
                    self.text(text);
                    self.raw("</span>");
                }
            }
        }
    }

    fn is_chinese(&self) -> bool {
        self.options.language == Language::Zh
    }

    fn wrapped(&mut self, tag: &str, content: &[Inline]) {
        self.raw("<");
        self.raw(tag);
        self.raw(">");
        self.inlines(content);
        self.raw("</");
        self.raw(tag);
        self.raw(">");
    }

    /// Writes a picture.
    pub(super) fn image(&mut self, image: &Image) {
        let source = (self.options.picture)(image);
        self.raw("<img");
        escape::address(&mut self.out, "src", &source.href);
        self.attribute("alt", &image.alt);
        if !image.title.is_empty() {
            self.attribute("title", &image.title);
        }
        if let Some((width, height)) = source.size {
            self.raw(" width=\"");
            self.number(width);
            self.raw("\" height=\"");
            self.number(height);
            self.raw("\"");
        }
        self.raw(">");
    }
}
