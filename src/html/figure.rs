//! Figures of the record, and the notes that say where they come from.
//!
//! A number stays text: it is copied, found and justified like its neighbours. It is the
//! label of a button without words that lies over it and opens a note (HTML, 6.12
//! Popovers), by pointer, touch or keyboard and without a script. A browser that knows no
//! popovers shows the notes as a list at the end of the page.

use super::Writer;
use crate::document::FigureText;
use crate::sheet::Entry;

impl Writer<'_> {
    /// Writes what a figure printed; it can be asked where it comes from, except within a
    /// link, which leads elsewhere.
    pub(super) fn figure_text(&mut self, figure: &FigureText) {
        let number = match self.page() && !self.in_link {
            true => self.options.figures.find(&figure.figure.name),
            false => None,
        };
        if number.is_some() {
            self.raw("<label class=\"ask\">");
        }
        self.raw("<data");
        self.attribute("value", &figure.figure.value);
        self.attribute("data-figure", &figure.figure.name);
        if let Some(form) = &figure.figure.form {
            self.attribute("data-form", form);
        }
        self.raw(">");
        self.text(&figure.text);
        self.raw("</data>");
        if let Some((number, entry)) = number {
            self.raw("<button type=\"button\"");
            self.attribute("popovertarget", &id(number));
            let ask = self.options.language.figure_words().ask;
            self.attribute("aria-label", &format!("{}{ask}", entry.label));
            self.raw("></button></label>");
        }
    }

    /// Writes the notes of all figures: furniture of the page, of which paper has none.
    pub(super) fn figure_notes(&mut self) {
        let entries = &self.options.figures.entries;
        if !self.page() || entries.is_empty() {
            return;
        }
        self.raw("<div class=\"figure-notes\">\n<p class=\"label\">");
        self.text(self.options.language.figure_words().notes);
        self.raw("</p>\n");
        for (number, entry) in (1..).zip(entries) {
            self.figure_note(number, entry);
        }
        self.raw("</div>\n");
    }

    fn figure_note(&mut self, number: usize, entry: &Entry) {
        let language = self.options.language;
        let words = language.figure_words();
        let (id, name) = (id(number), format!("page:label:{number}"));
        self.raw("<div class=\"figure-note\" popover role=\"group\"");
        self.attribute("id", &id);
        self.attribute("aria-labelledby", &name);
        self.raw("><p");
        self.attribute("id", &name);
        self.raw(">");
        self.text(&entry.label);
        self.raw("</p><dl>");
        for (word, text) in entry.said(language) {
            self.raw("<div><dt>");
            self.text(word);
            self.raw("</dt><dd>");
            self.text(&text);
            self.raw("</dd></div>");
        }
        self.raw("</dl><button type=\"button\"");
        self.attribute("popovertarget", &id);
        self.raw(">");
        self.text(words.close);
        self.raw("</button></div>\n");
    }
}

/// The id of a note.
fn id(number: usize) -> String {
    format!("page:figure:{number}")
}
