//! Faces that a page carries with it: of each face of ours the characters that the page
//! sets in it, as WOFF2.
//!
//! The page is then read in the faces that the PDF has, whatever the reader's machine has,
//! for about a hundred kilobytes. 仿宋 is not ours to give (GPL): text in it falls back to
//! 宋, as in the style sheet. The same document gives the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::document::{
    Block, BlockKind, Document, Inline, InlineKind, Table, walk_inlines,
};
use crate::faces::{FONTS, Font};
use crate::locale::Language;
use crate::model::Datum;
use crate::press::Meta;
use crate::sheet::Sheet;
use crate::theme::{Face, Look};

/// Keys of front matter and series that are set as mastheads.
const MASTHEADS: [&str; 3] = ["masthead", "mark", "mark_suffix"];

/// What numbers that browsers write are made of.
const ALWAYS: std::ops::RangeInclusive<char> = '0'..='9';

/// Writes `@font-face` rules with the faces of a page; nothing for pages in English, whose
/// faces are not ours.
pub fn style(document: &Document, meta: &Meta, look: &Look, sheet: &Sheet) -> String {
    let mut out = String::new();
    if meta.language != Language::Zh {
        return out;
    }
    let used = used(document, meta, look, sheet);
    for font in &FONTS {
        let Some(characters) = used.get(&(font.class, font.bold)) else { continue };
        // A font of ours that could not be divided would be a bug; a page without it is
        // still a page.
        let Some(data) = subset(font, characters) else { continue };
        out.push_str("@font-face {\nfont-family: \"");
        out.push_str(font.family);
        out.push_str("\";\nfont-weight: ");
        out.push_str(if font.bold { "700" } else { "400" });
        out.push_str(";\nsrc: url(data:font/woff2;base64,");
        STANDARD.encode_string(data, &mut out);
        out.push_str(") format(\"woff2\");\n}\n");
    }
    out
}

fn subset(font: &Font, characters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let font = font_subset::Font::opentype(font.bytes).ok()?;
    let there = characters.iter().copied().filter(|&c| font.contains_char(c)).collect();
    Some(font.subset(&there).ok()?.to_woff2())
}

/// The characters by class and bold.
type Used = BTreeMap<(&'static str, bool), BTreeSet<char>>;

/// The characters that a page sets in each face.
fn used(document: &Document, meta: &Meta, look: &Look, sheet: &Sheet) -> Used {
    let mut used = Used::new();
    let mut add = |role: &str, text: &str| {
        let Some(&Face { class, bold }) = look.faces.get(role) else { return };
        // 宋 stands in for 仿宋, and for the characters that 楷 has not.
        let class = if class == "fang" { "song" } else { class };
        used.entry((class, bold))
            .or_insert_with(|| ALWAYS.collect())
            .extend(text.chars());
    };
    around(meta, &mut add);
    for item in &document.outline {
        // Contents are set as text.
        add("text", &item.text);
    }
    for entry in &sheet.entries {
        add("label", &entry.label);
        for (word, text) in entry.said(meta.language) {
            add("text", word);
            add("text", &text);
        }
    }
    let notes = document.notes.iter().flat_map(|note| &note.blocks);
    for block in document.parts().into_iter().flatten().chain(notes) {
        of_block(block, "text", &mut add);
    }
    used
}

fn of_table(table: &Table, role: &'static str, add: &mut dyn FnMut(&str, &str)) {
    let caption = table.caption.iter().flat_map(|caption| &caption.content);
    let head = table.head.iter().flat_map(|cell| &cell.content);
    caption.chain(head).for_each(|one| add("caption", &words(slice::from_ref(one))));
    let unit = table.unit.as_deref().unwrap_or_default();
    add("caption", unit);
    let cells = table.body().flatten();
    cells.for_each(|cell| add(role, &words(&cell.content)));
    table.notes.iter().for_each(|one| of_block(one, role, add));
}

fn of_block(block: &Block, role: &'static str, add: &mut dyn FnMut(&str, &str)) {
    match &block.kind {
        BlockKind::Heading(heading) => {
            let role = match heading.level {
                ..=2 => "heading",
                3 => "subheading",
                _ => "minor",
            };
            add(role, &words(&heading.content));
        }
        BlockKind::Table(table) => of_table(table, role, add),
        BlockKind::Chart(chart) => {
            let caption = chart.caption.iter();
            caption.for_each(|caption| add("caption", &words(&caption.content)));
            // The drawing has its letters with it.
            of_table(&chart.data, role, add);
            chart.notes.iter().for_each(|one| of_block(one, role, add));
        }
        BlockKind::Figure(figure) => {
            let caption = figure.caption.iter();
            caption.for_each(|caption| add("caption", &words(&caption.content)));
        }
        BlockKind::Pulled(figures) => {
            for figure in figures {
                add("title", &words(&figure.number));
                // Which of the two is for the style sheet of the kind to say.
                ["text", "standfirst"]
                    .iter()
                    .for_each(|role| add(role, &words(&figure.label)));
            }
        }
        BlockKind::Quote(inner) => {
            inner.iter().for_each(|one| of_block(one, "quote", add))
        }
        BlockKind::Admonition(admonition) => {
            admonition.blocks.iter().for_each(|one| of_block(one, role, add));
        }
        BlockKind::Definitions(list) => {
            for definition in list {
                add("strong", &words(&definition.term));
                let details = definition.details.iter().flatten();
                details.for_each(|one| of_block(one, role, add));
            }
        }
        BlockKind::List(list) => {
            let items = list.items.iter().flat_map(|item| &item.blocks);
            items.for_each(|one| of_block(one, role, add));
        }
        BlockKind::Paragraph(content) => add(role, &words(content)),
        // Code is set in the machine's own face; its Chinese in 黑.
        BlockKind::Code { .. } | BlockKind::Rule | BlockKind::Contents => {}
    }
    let own = |inline: &Inline| match &inline.kind {
        InlineKind::Strong(inner) => add("strong", &words(inner)),
        InlineKind::Emphasis(inner) => add("emphasis", &words(inner)),
        _ => {}
    };
    // Blocks inside were looked at in their turn.
    let content = match &block.kind {
        BlockKind::Paragraph(content) => content.as_slice(),
        _ => &[],
    };
    let mut own = own;
    walk_inlines(content, &mut own);
    if let BlockKind::Table(table) = &block.kind {
        let cells = table.head.iter().chain(table.rows.iter().flatten());
        cells.for_each(|cell| walk_inlines(&cell.content, &mut own));
    }
}

fn words(content: &[Inline]) -> String {
    let mut out = String::new();
    walk_inlines(content, &mut |inline| match &inline.kind {
        InlineKind::Text(text) => out.push_str(text),
        InlineKind::Figure(figure) => out.push_str(&figure.text),
        _ => {}
    });
    out
}

/// What a layout prints around the text.
fn around(meta: &Meta, add: &mut dyn FnMut(&str, &str)) {
    let language = meta.language;
    let maybe = |text: &Option<String>| text.clone().unwrap_or_default();
    add("title", &meta.title);
    add("subtitle", &format!("—{}", maybe(&meta.subtitle)));
    add("standfirst", &maybe(&meta.summary));
    let period = meta.period.map(|period| language.period(period)).unwrap_or_default();
    add("masthead", &format!("{period}{}", meta.series_title));
    let mut rest = format!("{period}{}{}", meta.kind_label, meta.series_title);
    rest.push_str(&maybe(&meta.publisher));
    rest.extend(meta.authors.iter().map(String::as_str));
    rest.extend(meta.date.map(|date| language.date(date)));
    rest.extend(meta.issue.map(|issue| language.issue(issue)));
    for (key, datum) in meta.series_extra.iter().chain(&meta.extra) {
        let mut text = String::new();
        of_datum(datum, language, &mut text);
        if MASTHEADS.contains(&key.as_str()) {
            add("masthead", &text);
        }
        rest.push_str(&text);
    }
    // The words of layouts, as page templates are given them, and what style sheets print.
    rest.push_str(&serde_json::to_string(language.words()).unwrap_or_default());
    let figures = language.figure_words();
    rest.extend([figures.notes, figures.close, figures.files]);
    rest.push_str("—〔〕（）★");
    add("text", &rest);
    add("label", &rest);
    add("caption", language.words().table);
    add("caption", language.words().figure);
}

fn of_datum(datum: &Datum, language: Language, out: &mut String) {
    match datum {
        Datum::Null | Datum::Bool(_) => {}
        Datum::Number(_, text) | Datum::Text(text) => out.push_str(text),
        Datum::Date(date) => out.push_str(&language.date(*date)),
        Datum::Period(period) => out.push_str(&language.period(*period)),
        Datum::Quantity(quantity) => out.push_str(&quantity.text),
        Datum::List(list) => list.iter().for_each(|datum| of_datum(datum, language, out)),
        Datum::Table(fields) => {
            fields.values().for_each(|datum| of_datum(datum, language, out));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Place, SourceFile, Sources};

    fn look() -> Look {
        let mut look = Look::default();
        look.faces.insert("text", Face { class: "fang", bold: false });
        look.faces.insert("title", Face { class: "song", bold: true });
        look.faces.insert("strong", Face { class: "hei", bold: false });
        look
    }

    fn document(text: &str) -> Document {
        let mut sources = Sources::new();
        let file = SourceFile::new("a".into(), String::new(), Vec::new(), String::new());
        let place = Place::whole(sources.add(file));
        let inline = |kind| Inline { place, kind };
        let words = inline(InlineKind::Text(text.into()));
        let strong =
            inline(InlineKind::Strong(vec![inline(InlineKind::Text("要".into()))]));
        let kind = BlockKind::Paragraph(vec![words, strong]);
        Document { blocks: vec![Block { place, kind }], ..Document::default() }
    }

    #[test]
    fn each_face_has_the_characters_that_are_set_in_it() {
        let meta = Meta { title: "春夏秋冬".into(), ..Meta::default() };
        let used = used(&document("宝鸡"), &meta, &look(), &Sheet::default());
        assert_eq!(used.len(), 3);
        let has = |class, bold, text: &str| {
            text.chars().all(|c| used[&(class, bold)].contains(&c))
        };
        // 宋 stands in for 仿宋.
        assert!(has("song", false, "宝鸡要来源") && !has("song", false, "春"));
        assert!(has("song", true, "春夏秋冬0") && !has("song", true, "宝"));
        assert!(has("hei", false, "要") && !has("hei", false, "宝"));
    }

    #[test]
    fn a_page_carries_woff2_of_its_own_characters_and_always_the_same() {
        let meta = Meta { title: "春夏秋冬".into(), ..Meta::default() };
        let style = style(&document("宝鸡"), &meta, &look(), &Sheet::default());
        assert_eq!(
            style,
            super::style(&document("宝鸡"), &meta, &look(), &Sheet::default())
        );
        let files: Vec<Vec<u8>> = style
            .split("base64,")
            .skip(1)
            .map(|part| part.split(')').next().unwrap_or_default())
            .map(|data| STANDARD.decode(data).expect("the data is base64"))
            .collect();
        assert_eq!(files.len(), 3);
        for file in files {
            assert!(file.starts_with(b"wOF2") && file.len() < 60_000, "{}", file.len());
            let reader = font_subset::Woff2Reader::new(&file).expect("it is WOFF2");
            let font = reader.read().expect("it is a font");
            assert!(font.glyph_count() < 400 && font.contains_char('0'));
        }
        let english = Meta { language: Language::En, ..meta };
        assert_eq!(
            super::style(&document("宝鸡"), &english, &look(), &Sheet::default()),
            ""
        );
    }
}
