//! Links lead to something, and references get their words.

use std::collections::BTreeMap;

use super::target::{self, Written};
use crate::address;
use crate::diag::codes::parse as codes;
use crate::diag::{Code, Diagnostic, Diagnostics, nearest, suggest};
use crate::document::{
    Block, BlockKind, CrossReference, Document, Inline, InlineKind, Target, plain_text,
};
use crate::locale::Language;
use crate::parse::{Context, Dialect, inlines};
use crate::source::Place;

/// The schemes that links may have.
static SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Resolves the targets of all links, and gives those to an anchor of the document that
/// have no words theirs: `表1`, `图1`, the words of the heading.
pub fn references(
    document: &mut Document,
    context: &Context<'_>,
    diags: &mut Diagnostics,
) {
    let mut words = BTreeMap::new();
    document.each_block(&mut |block| {
        words.extend(automatic_words(block, context.language));
    });
    for note in &document.notes {
        words.insert(note.anchor.clone(), String::new());
    }
    let mut links = Links { context, words, crossing: Vec::new(), diags };
    inlines::each_inline(document, &mut |inline| links.link(inline));
    document.cross_references = links.crossing;
}

/// The anchor of a block, with the words of a reference to it.
fn automatic_words(block: &Block, language: Language) -> Option<(String, String)> {
    let numbered = |word: &str, number: usize| match language {
        Language::Zh => format!("{word}{number}"),
        Language::En => format!("{word} {number}"),
    };
    let words = language.words();
    match &block.kind {
        BlockKind::Heading(heading) => {
            let words = plain_text(&heading.content).trim().to_owned();
            Some((heading.anchor.clone(), words))
        }
        BlockKind::Table(table) => {
            let caption = table.caption.as_ref()?;
            Some((caption.anchor.clone(), numbered(words.table, caption.number)))
        }
        BlockKind::Figure(figure) => {
            let caption = figure.caption.as_ref()?;
            Some((caption.anchor.clone(), numbered(words.figure, caption.number)))
        }
        BlockKind::Chart(chart) => {
            let caption = chart.caption.as_ref()?;
            Some((caption.anchor.clone(), numbered(words.figure, caption.number)))
        }
        _ => None,
    }
}

struct Links<'a, 'd> {
    context: &'a Context<'a>,
    /// The anchors, with the words of references to them.
    words: BTreeMap<String, String>,
    crossing: Vec<CrossReference>,
    diags: &'d mut Diagnostics,
}

impl Links<'_, '_> {
    fn link(&mut self, inline: &mut Inline) {
        let place = inline.place;
        let InlineKind::Link { target, content, .. } = &mut inline.kind else { return };
        let Target::Url(written) = &*target else { return };
        let narrative = self.context.dialect == Dialect::Narrative;
        if let Some(resolved) = self.resolve(written, place) {
            *target = resolved;
        }
        let wordless = plain_text(content).trim().is_empty();
        if !narrative || !wordless {
            return;
        }
        let words = match target {
            Target::Anchor(anchor) => self.words.get(anchor.as_str()),
            _ => None,
        };
        match words.filter(|words| !words.is_empty()) {
            Some(words) => {
                *content = vec![Inline { place, kind: InlineKind::Text(words.clone()) }];
            }
            // An unknown anchor is reported as such.
            None if matches!(target, Target::Anchor(anchor) if !self.words.contains_key(anchor)) =>
                {}
            None => self.report(
                &codes::EMPTY_LINK,
                place,
                "this link has no words".to_owned(),
                Some("write words between `[` and `]`".to_owned()),
            ),
        }
    }

    /// Where a link leads; `None` to leave it as it is written.
    fn resolve(&mut self, written: &str, place: Place) -> Option<Target> {
        let folder = address::folder(self.context.narrative);
        let found = target::read(written, folder, &[]);
        if self.context.dialect == Dialect::Markdown {
            let Written::Anchor(anchor) = found else { return None };
            return Some(Target::Anchor(anchor));
        }
        match found {
            Written::Scheme(scheme) if SCHEMES.contains(&scheme.as_str()) => {}
            Written::Scheme(scheme) => self.report(
                &codes::REFUSED_SCHEME,
                place,
                format!("links of scheme `{scheme}` are not allowed"),
                Some(format!("use one of `{}`", SCHEMES.join("`, `"))),
            ),
            Written::Anchor(anchor) => return Some(self.anchor(anchor, place)),
            Written::File(path, anchor) => {
                return self.file(&path, anchor, written, place);
            }
            Written::Outside => self.report(
                &codes::PATH_OUTSIDE_PRESS,
                place,
                format!("`{written}` is an absolute path or leaves the press"),
                Some(
                    "write the path from this narrative's folder on, with `/`".to_owned(),
                ),
            ),
            Written::Nothing => self.report(
                &codes::DANGLING_LINK,
                place,
                "this link leads nowhere".to_owned(),
                Some("write the address between `(` and `)`".to_owned()),
            ),
        }
        None
    }

    fn anchor(&mut self, anchor: String, place: Place) -> Target {
        if !self.words.contains_key(&anchor) {
            let hint = suggest(&anchor, self.words.keys().map(String::as_str));
            self.report(
                &codes::UNKNOWN_ANCHOR,
                place,
                format!("this document has no anchor `{anchor}`"),
                hint,
            );
        }
        Target::Anchor(anchor)
    }

    fn file(
        &mut self,
        path: &str,
        anchor: Option<String>,
        written: &str,
        place: Place,
    ) -> Option<Target> {
        let (stem, ending) = path.rsplit_once('.').unwrap_or((path, ""));
        let narrative = format!("{stem}.md");
        let output = (self.context.publications)(&narrative);
        match (ending, output) {
            ("md" | "html", Some(output)) => {
                Some(self.publication(output, anchor, place))
            }
            // The PDF of a publication, whichever output is read: as it is written.
            ("pdf", Some(_)) => None,
            ("md", None) => {
                let folder = address::folder(self.context.narrative);
                let known = self.context.narratives.iter().map(String::as_str);
                let hint = nearest(&narrative, known)
                    .map(|near| address::way(folder, near))
                    .map(|near| format!("did you mean `{near}`?"));
                let message = format!("the press has no narrative `{narrative}`");
                self.report(&codes::UNKNOWN_NARRATIVE, place, message, hint);
                None
            }
            _ => {
                self.report(
                    &codes::DANGLING_LINK,
                    place,
                    format!("`{written}` is no publication of the press"),
                    Some("link to a narrative by its `.md` file".to_owned()),
                );
                None
            }
        }
    }

    fn publication(
        &mut self,
        path: String,
        anchor: Option<String>,
        place: Place,
    ) -> Target {
        match anchor {
            Some(anchor) if path == self.context.path => self.anchor(anchor, place),
            Some(anchor) => {
                let crossing = CrossReference { path, anchor, place };
                self.crossing.push(crossing.clone());
                Target::Publication { path: crossing.path, anchor: Some(crossing.anchor) }
            }
            None => Target::Publication { path, anchor: None },
        }
    }

    fn report(
        &mut self,
        code: &'static Code,
        place: Place,
        message: String,
        hint: Option<String>,
    ) {
        self.diags.add(Diagnostic::new(code, place, message).maybe_hint(hint));
    }
}
