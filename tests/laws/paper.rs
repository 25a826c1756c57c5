//! The text of a PDF, read through its tags: in the order of the document, without what
//! is marked as an artifact (page numbers, repeated heads).

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::bare;

/// What a PDF says.
#[derive(Debug, Default)]
pub struct Text {
    /// The words in order, without contents, notes and the signs before list items.
    pub words: String,
    /// The notes in order.
    pub notes: Vec<String>,
    /// The words of the links in order.
    pub links: Vec<String>,
    /// The addresses on the net that links lead to.
    pub addresses: Vec<String>,
    /// What pictures and charts show, in words.
    pub pictures: Vec<String>,
}

/// Texts of marked contents by page and number.
type Marked = BTreeMap<(ObjectId, i64), String>;

struct Tags<'a> {
    document: &'a Document,
    marked: Marked,
}

pub fn read(bytes: &[u8]) -> Text {
    let document = Document::load_mem(bytes).expect("it is a PDF");
    let mut marked = Marked::new();
    for page in document.get_pages().into_values() {
        contents(&document, page, &mut marked);
    }
    let tags = Tags { document: &document, marked };
    let root = document
        .catalog()
        .and_then(|catalog| catalog.get(b"StructTreeRoot"))
        .expect("the PDF is tagged");
    let mut text = Text::default();
    let root = tags.dict(root).expect("the tree is a dictionary");
    tags.walk(root, None, &mut text);
    text.words = bare(&text.words);
    for link in &mut text.links {
        *link = bare(link);
    }
    text.addresses = addresses(&document);
    text
}

impl Tags<'_> {
    fn dict<'o>(&'o self, object: &'o Object) -> Option<&'o Dictionary> {
        let (_, object) = self.document.dereference(object).ok()?;
        object.as_dict().ok()
    }

    /// Adds what an element says, in order.
    fn walk(&self, element: &Dictionary, page: Option<ObjectId>, out: &mut Text) {
        let own = element.get(b"Pg").and_then(Object::as_reference).ok();
        let page = own.or(page);
        match element.get(b"S").and_then(Object::as_name).unwrap_or_default() {
            b"TOC" => {}
            b"Figure" => {
                let alt = element.get(b"Alt").ok();
                let alt = alt.and_then(|alt| lopdf::decode_text_string(alt).ok());
                out.pictures.extend(alt.map(|alt| bare(&alt)));
            }
            b"Note" | b"FENote" => {
                let note = self.children(element, page);
                out.notes.push(bare(&note.words));
            }
            b"Lbl" => {
                let label = self.children(element, page);
                // Terms of definition lists are labels too.
                if !is_sign(&bare(&label.words)) {
                    out.words.push_str(&label.words);
                }
            }
            b"Link" => {
                let link = self.children(element, page);
                out.words.push_str(&link.words);
                out.links.push(link.words);
            }
            _ => self.into(element, page, out),
        }
    }

    fn children(&self, element: &Dictionary, page: Option<ObjectId>) -> Text {
        let mut out = Text::default();
        self.into(element, page, &mut out);
        out
    }

    fn into(&self, element: &Dictionary, page: Option<ObjectId>, out: &mut Text) {
        let Ok(kids) = element.get(b"K") else { return };
        let kids = match self.document.dereference(kids) {
            Ok((_, Object::Array(list))) => list.iter().collect(),
            _ => vec![kids],
        };
        for kid in kids {
            let Ok((_, kid)) = self.document.dereference(kid) else { continue };
            match kid {
                Object::Integer(number) => self.content(page, *number, out),
                Object::Dictionary(kid) => match kid.get(b"MCID") {
                    Ok(Object::Integer(number)) => {
                        let own = kid.get(b"Pg").and_then(Object::as_reference).ok();
                        self.content(own.or(page), *number, out);
                    }
                    _ => self.walk(kid, page, out),
                },
                _ => {}
            }
        }
    }

    fn content(&self, page: Option<ObjectId>, number: i64, out: &mut Text) {
        let text = page.and_then(|page| self.marked.get(&(page, number)));
        out.words.push_str(text.map_or("", String::as_str));
    }
}

/// Whether a label is the number or sign of an item or note.
fn is_sign(label: &str) -> bool {
    label.chars().all(|found| "•–‣☑☐☒✓□.()[]".contains(found) || found.is_ascii_digit())
}

/// Reads the marked contents of a page.
fn contents(document: &Document, page: ObjectId, marked: &mut Marked) {
    let fonts = document.get_page_fonts(page).expect("the fonts of a page");
    let encodings: BTreeMap<_, _> = fonts
        .iter()
        .filter_map(|(name, font)| {
            Some((name.clone(), font.get_font_encoding(document).ok()?))
        })
        .collect();
    let content = document.get_and_decode_page_content(page).expect("its content");
    let mut encoding = None;
    // The number of each open marked content, and whether its text is given otherwise.
    let mut open: Vec<(Option<i64>, bool)> = Vec::new();
    for operation in &content.operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "Tf" => {
                let name = operands.first().and_then(|name| name.as_name().ok());
                encoding = name.and_then(|name| encodings.get(name));
            }
            "BMC" => open.push((current(&open), replaced(&open))),
            "BDC" => {
                let list = operands.get(1).and_then(|list| list.as_dict().ok());
                let number = list.and_then(|list| list.get(b"MCID").ok()?.as_i64().ok());
                let number = number.or(current(&open));
                let instead = list.and_then(|list| list.get(b"ActualText").ok());
                let instead =
                    instead.and_then(|text| lopdf::decode_text_string(text).ok());
                if let (Some(number), Some(text)) = (number, &instead) {
                    marked.entry((page, number)).or_default().push_str(text);
                }
                open.push((number, instead.is_some() || replaced(&open)));
            }
            "EMC" => {
                open.pop();
            }
            "Tj" | "TJ" => {
                let (Some(encoding), Some(number)) = (encoding, current(&open)) else {
                    continue;
                };
                if replaced(&open) {
                    continue;
                }
                let text = marked.entry((page, number)).or_default();
                for part in operands.iter().flat_map(strings) {
                    let said = Document::decode_text(encoding, part);
                    text.push_str(&said.expect("the font says its characters"));
                }
            }
            _ => {}
        }
    }
}

fn current(open: &[(Option<i64>, bool)]) -> Option<i64> {
    open.last().and_then(|(number, _)| *number)
}

fn replaced(open: &[(Option<i64>, bool)]) -> bool {
    open.last().is_some_and(|(_, replaced)| *replaced)
}

fn strings(operand: &Object) -> Vec<&[u8]> {
    match operand {
        Object::String(text, _) => vec![text],
        Object::Array(parts) => parts.iter().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

/// The addresses of link annotations, each once in the order of pages.
fn addresses(document: &Document) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for page in document.get_pages().into_values() {
        let Ok(list) = document.get_page_annotations(page) else { continue };
        for annotation in list {
            let action = annotation.get(b"A").ok();
            let action = action
                .and_then(|action| document.dereference(action).ok()?.1.as_dict().ok());
            let uri = action.and_then(|action| action.get(b"URI").ok()?.as_str().ok());
            let Some(uri) = uri else { continue };
            let uri = String::from_utf8_lossy(uri).into_owned();
            if !out.contains(&uri) {
                out.push(uri);
            }
        }
    }
    out
}
