//! A workbook without its cells: sheets, shared strings, number formats.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::Problem;
use super::container::Parts;
use super::format::Format;
use super::xml::{Xml, ends, is};
use crate::load::text::replace_refused;

/// What all sheets share.
#[derive(Debug)]
pub(super) struct Book {
    /// The sheets with cells, in order.
    pub sheets: Vec<Sheet>,
    /// Texts that cells refer to by number.
    pub strings: Vec<String>,
    /// Number formats that cells refer to by number.
    pub formats: Vec<Format>,
    /// Whether days are counted from 1904 on.
    pub from_1904: bool,
}

/// A sheet.
#[derive(Debug)]
pub(super) struct Sheet {
    /// Its name.
    pub name: String,
    /// The part that holds its cells.
    pub part: String,
    /// Whether people see it.
    pub shown: Shown,
}

/// Whether people see a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// They do.
    Yes,
    /// They can show it.
    Hidden,
    /// Only a program can show it.
    Never,
}

/// A relation of a part to another: its type's last word and the other's path.
type Relations = BTreeMap<String, (String, String)>;

/// Reads everything but the sheets.
pub(super) fn read(parts: &mut Parts<'_>) -> Result<Book, Problem> {
    let package = relations(parts, "")?;
    let main =
        by_type(&package, "officeDocument").unwrap_or("xl/workbook.xml").to_owned();
    let text = parts.text(&main)?.ok_or_else(|| {
        Problem::malformed("the file is no .xlsx workbook: it has no sheets")
    })?;
    let related = relations(parts, &main)?;
    let (sheets, from_1904) = workbook(&main, &text, &related)?;
    let strings = match by_type(&related, "sharedStrings") {
        Some(part) => shared_strings(part, &parts.text(part)?.unwrap_or_default())?,
        None => Vec::new(),
    };
    let formats = match by_type(&related, "styles") {
        Some(part) => styles(part, &parts.text(part)?.unwrap_or_default())?,
        None => Vec::new(),
    };
    Ok(Book { sheets, strings, formats, from_1904 })
}

fn by_type<'r>(relations: &'r Relations, word: &str) -> Option<&'r str> {
    relations.values().find(|(kind, _)| kind == word).map(|(_, path)| path.as_str())
}

/// The relations of a part; of the package for an empty path.
fn relations(parts: &mut Parts<'_>, of: &str) -> Result<Relations, Problem> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let path = format!("{folder}/_rels/{name}.rels");
    let text = parts.text(&path)?.unwrap_or_default();
    let mut xml = Xml::new(&path, &text);
    let mut relations = Relations::new();
    while let Some(event) = xml.next()? {
        let Event::Start(element) = event else { continue };
        if !is(&element, "Relationship") {
            continue;
        }
        let id = xml.attribute(&element, "Id")?.unwrap_or_default();
        let kind = xml.attribute(&element, "Type")?.unwrap_or_default();
        let target = xml.attribute(&element, "Target")?.unwrap_or_default();
        // The address before the last word differs between the editions of the standard.
        let word = kind.rsplit('/').next().unwrap_or_default().to_owned();
        relations.insert(id, (word, resolve(folder, &target)));
    }
    Ok(relations)
}

/// A target as a path from the root of the package.
fn resolve(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = Vec::new();
    let folder = if target.starts_with('/') { "" } else { folder };
    for step in folder.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

fn workbook(
    part: &str,
    text: &str,
    related: &Relations,
) -> Result<(Vec<Sheet>, bool), Problem> {
    let mut xml = Xml::new(part, text);
    let mut sheets = Vec::new();
    let mut from_1904 = false;
    while let Some(event) = xml.next()? {
        let Event::Start(element) = event else { continue };
        if is(&element, "workbookPr") {
            // An extension has an element of this name, without the attribute.
            if let Some(value) = xml.attribute(&element, "date1904")? {
                from_1904 = matches!(value.as_str(), "1" | "true" | "on");
            }
        }
        if !is(&element, "sheet") {
            continue;
        }
        let mut name = xml.attribute(&element, "name")?.unwrap_or_default();
        // Names are printed in places of findings.
        replace_refused(&mut name);
        let id = xml.attribute(&element, "id")?.unwrap_or_default();
        let shown = match xml.attribute(&element, "state")?.as_deref() {
            Some("hidden") => Shown::Hidden,
            Some("veryHidden") => Shown::Never,
            _ => Shown::Yes,
        };
        // Charts and macros have sheets of their own, without cells.
        match related.get(&id) {
            Some((kind, part)) if kind == "worksheet" => {
                sheets.push(Sheet { name, part: part.clone(), shown });
            }
            Some(_) => {}
            None => {
                return Err(
                    xml.broken(&format!("it does not say where sheet `{name}` is"))
                );
            }
        }
    }
    Ok((sheets, from_1904))
}

fn shared_strings(part: &str, text: &str) -> Result<Vec<String>, Problem> {
    let mut xml = Xml::new(part, text);
    let mut strings = Vec::new();
    while let Some(event) = xml.next()? {
        if let Event::Start(element) = event
            && is(&element, "si")
        {
            strings.push(rich_text(&mut xml, "si")?);
        }
    }
    Ok(strings)
}

/// The text of an element that just began: all its runs, without phonetic guides (拼音).
pub(super) fn rich_text(xml: &mut Xml<'_>, name: &str) -> Result<String, Problem> {
    let mut text = String::new();
    let mut guides = 0_usize;
    loop {
        let event = xml.within()?;
        match &event {
            Event::Start(element) if is(element, "t") => {
                let run = xml.text()?;
                if guides == 0 {
                    text.push_str(&run);
                }
            }
            Event::Start(element) if is(element, "rPh") => guides += 1,
            event if ends(event, "rPh") => guides = guides.saturating_sub(1),
            event if ends(event, name) => return Ok(unescape(&text)),
            _ => {}
        }
    }
}

/// Replaces `_x000D_` and its like, the form in which workbooks write characters that XML
/// does not allow (ECMA-376 part 1, 22.9.2.19).
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let escape = rest.get(at + 2..at + 6).filter(|_| rest[at + 6..].starts_with('_'));
        let number = escape.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let (until, c) = match number.and_then(char::from_u32) {
            Some(c) => (at, Some(c)),
            None => (at + 2, None),
        };
        out.push_str(&rest[..until]);
        out.extend(c);
        rest = &rest[if c.is_some() { at + 7 } else { until }..];
    }
    out.push_str(rest);
    out.replace("\r\n", "\n").replace('\r', "\n")
}

/// The number formats of cells, by the number that cells have for them.
fn styles(part: &str, text: &str) -> Result<Vec<Format>, Problem> {
    let mut xml = Xml::new(part, text);
    let mut custom: BTreeMap<u32, Format> = BTreeMap::new();
    let mut formats = Vec::new();
    let mut in_cells = false;
    while let Some(event) = xml.next()? {
        if ends(&event, "cellXfs") {
            in_cells = false;
        }
        let Event::Start(element) = event else { continue };
        let id = || -> Result<u32, Problem> {
            let id = xml.attribute(&element, "numFmtId")?;
            Ok(id.and_then(|id| id.trim().parse().ok()).unwrap_or_default())
        };
        if is(&element, "cellXfs") {
            in_cells = true;
        } else if is(&element, "numFmt") {
            let code = xml.attribute(&element, "formatCode")?.unwrap_or_default();
            custom.insert(id()?, Format::of_code(&code));
        } else if is(&element, "xf") && in_cells {
            let id = id()?;
            formats
                .push(custom.get(&id).copied().unwrap_or_else(|| Format::built_in(id)));
        }
    }
    Ok(formats)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolve("xl/a", "../b.xml"), "xl/b.xml");
        assert_eq!(resolve("", "../../../b.xml"), "b.xml");
    }

    #[test]
    fn escapes_of_characters_are_replaced() {
        assert_eq!(unescape("一_x000D_\n二_x005F_x0041_"), "一\n二_x0041_");
        for text in ["_x", "_x00", "_xZZZZ_", "a_xD800_", "甲_x一二三四_", "_x000D"]
        {
            assert_eq!(unescape(text), text);
        }
    }
}
