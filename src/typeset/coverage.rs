//! Every character has a glyph: checked before Typst sees the document, so that the
//! finding names the character and where it stands.

use std::collections::BTreeMap;

use typst::text::{FontInfo, is_default_ignorable};

use crate::diag::codes::typeset::MISSING_GLYPH;
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::{BlockKind, Document, InlineKind};
use crate::model::Datum;
use crate::press::Meta;
use crate::source::{Place, Sources};

/// How many different characters without a glyph are reported for one document.
pub const MAX_MISSING_GLYPHS: usize = 50;

/// How many further places of a character without a glyph are listed.
const FURTHER_PLACES: usize = 3;

/// The characters that have a glyph in one font at least, a bit for each.
pub(super) struct Coverage(Vec<u64>);

impl Coverage {
    /// No characters.
    pub(super) fn empty() -> Self {
        Self(vec![0; 0x11_0000 / 64])
    }

    /// Adds the characters of a font.
    pub(super) fn add(&mut self, info: &FontInfo) {
        for code in info.coverage.iter() {
            if let Some(word) = self.0.get_mut(code as usize / 64) {
                *word |= 1 << (code % 64);
            }
        }
    }

    /// Whether one of the fonts has the character.
    fn has(&self, c: char) -> bool {
        let code = c as usize;
        self.0.get(code / 64).is_some_and(|word| word & (1 << (code % 64)) != 0)
    }

    /// Whether the character can be printed: it has a glyph, needs none, or is white
    /// space that the writer of the Typst source turns into a space. Control characters
    /// never are, though some fonts have empty glyphs for them.
    fn prints(&self, c: char) -> bool {
        is_white(c) || is_default_ignorable(c) || (self.has(c) && !c.is_control())
    }
}

/// White space and line ends, which print as a space. U+00A0 and the spaces of a fixed
/// width are not among them: they mean what they are.
pub(super) fn is_white(c: char) -> bool {
    matches!(c, ' ' | '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Reports the characters of a document that no font has, each once.
pub(super) fn check(
    coverage: &Coverage,
    document: &Document,
    meta: &Meta,
    front: Place,
    sources: &Sources,
    diags: &mut Diagnostics,
) {
    let mut finder = Finder { coverage, sources, missing: BTreeMap::new() };
    for text in texts_of(meta) {
        finder.text(text, front);
    }
    document.each_block(&mut |block| {
        if let BlockKind::Code { text, .. } = &block.kind {
            finder.text(text, block.place);
        }
    });
    document.each_inline(&mut |inline| match &inline.kind {
        InlineKind::Text(text) | InlineKind::Code(text) => {
            finder.text(text, inline.place);
        }
        InlineKind::Figure(figure) => finder.text(&figure.text, inline.place),
        _ => {}
    });
    finder.report(diags);
}

/// The texts of the front matter that layouts print.
fn texts_of(meta: &Meta) -> Vec<&str> {
    let mut texts: Vec<&str> = [&meta.title, &meta.kind_label, &meta.series_title]
        .into_iter()
        .map(String::as_str)
        .collect();
    let maybe = [&meta.subtitle, &meta.summary, &meta.publisher];
    texts.extend(maybe.into_iter().flatten().map(String::as_str));
    texts.extend(meta.authors.iter().map(String::as_str));
    for datum in meta.extra.values().chain(meta.series_extra.values()) {
        texts_of_datum(datum, &mut texts);
    }
    texts
}

fn texts_of_datum<'a>(datum: &'a Datum, texts: &mut Vec<&'a str>) {
    match datum {
        Datum::Text(text) => texts.push(text),
        Datum::Quantity(quantity) => texts.push(&quantity.text),
        Datum::List(list) => {
            list.iter().for_each(|datum| texts_of_datum(datum, texts));
        }
        Datum::Table(table) => {
            table.values().for_each(|datum| texts_of_datum(datum, texts));
        }
        Datum::Null
        | Datum::Bool(_)
        | Datum::Number(..)
        | Datum::Date(_)
        | Datum::Period(_) => {}
    }
}

struct Finder<'a> {
    coverage: &'a Coverage,
    sources: &'a Sources,
    /// The places of each character, at most [`FURTHER_PLACES`] after the first.
    missing: BTreeMap<char, Vec<Place>>,
}

impl Finder<'_> {
    fn text(&mut self, text: &str, place: Place) {
        for c in text.chars().filter(|&c| !self.coverage.prints(c)) {
            let place = self.narrow(place, c);
            let places = self.missing.entry(c).or_default();
            if places.len() <= FURTHER_PLACES && !places.contains(&place) {
                places.push(place);
            }
        }
    }

    /// The character itself, where the place is text that holds it.
    fn narrow(&self, place: Place, c: char) -> Place {
        let at = self.sources.slice(place).find(c);
        match (place.range(), at) {
            (Some(range), Some(at)) => {
                let start = range.start + at;
                Place::bytes(place.file, start..start + c.len_utf8())
            }
            _ => place,
        }
    }

    /// Where the data of a narrative's series holds a character, nearest file first: what
    /// an expression printed came from there.
    fn origin(&self, narrative: Place, c: char) -> Option<Place> {
        let path = &self.sources.get(narrative.file).path;
        let series = path.match_indices('/').nth(1).map(|(at, _)| &path[..=at])?;
        let shared = |other: &str| {
            path.split('/')
                .zip(other.split('/'))
                .take_while(|(one, two)| one == two)
                .count()
        };
        self.sources
            .iter()
            .filter(|(_, file)| {
                file.path.starts_with(series) && !file.path.ends_with(".md")
            })
            .filter_map(|(id, file)| Some((shared(&file.path), id, file.text.find(c)?)))
            .max_by_key(|&(shared, id, _)| (shared, std::cmp::Reverse(id)))
            .map(|(_, id, at)| Place::bytes(id, at..at + c.len_utf8()))
    }

    fn report(mut self, diags: &mut Diagnostics) {
        for (c, mut places) in
            std::mem::take(&mut self.missing).into_iter().take(MAX_MISSING_GLYPHS)
        {
            let first = places.first().copied();
            let printed = first.filter(|&place| !self.sources.slice(place).contains(c));
            if let Some(origin) = printed.and_then(|place| self.origin(place, c)) {
                places.insert(0, origin);
            }
            let code = u32::from(c);
            let (message, hint) = if c.is_control() {
                (
                    format!("the control character U+{code:04X} cannot be printed"),
                    "remove the character; it is easily brought in by copying",
                )
            } else {
                (
                    format!("no font has the character `{c}` (U+{code:04X})"),
                    "write it in words, or add a font that has it to `font_folders` in \
                     `annals.toml`",
                )
            };
            let mut places = places.into_iter();
            let mut found =
                Diagnostic::new(&MISSING_GLYPH, places.next(), message).hint(hint);
            for place in places {
                found = found.related(place, "here too");
            }
            diags.add(found);
        }
    }
}
