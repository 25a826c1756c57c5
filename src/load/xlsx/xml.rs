//! XML as workbooks need it: events with unescaped attributes and text.
//!
//! Entities that a document declares itself are unknown here, so nothing can expand.

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::Problem;

/// A reader of one part.
pub(super) struct Xml<'t> {
    reader: Reader<&'t [u8]>,
    part: &'t str,
}

impl<'t> Xml<'t> {
    /// Begins to read the text of a part.
    pub(super) fn new(part: &'t str, text: &'t str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, part }
    }

    /// The next event; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Event<'t>>, Problem> {
        match self.reader.read_event() {
            Ok(Event::Eof) => Ok(None),
            Ok(event) => Ok(Some(event)),
            Err(error) => Err(self.broken(&error.to_string())),
        }
    }

    /// The next event within an element, where the end of the part is an error.
    pub(super) fn within(&mut self) -> Result<Event<'t>, Problem> {
        self.next()?.ok_or_else(|| self.broken("it ends too early"))
    }

    /// The text up to the end of the element that just began, elements within left out.
    pub(super) fn text(&mut self) -> Result<String, Problem> {
        let mut text = String::new();
        let mut depth = 0_usize;
        loop {
            match self.within()? {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => return Ok(text),
                Event::End(_) => depth -= 1,
                Event::Text(part) if depth == 0 => text.push_str(&part.xml10_content()),
                Event::CData(part) if depth == 0 => text.push_str(&part.xml10_content()),
                Event::GeneralRef(reference) if depth == 0 => {
                    let known = || resolve_predefined_entity(&reference);
                    match reference.resolve_char_ref() {
                        Ok(Some(c)) => text.push(c),
                        Ok(None) if known().is_some() => {
                            text.push_str(known().unwrap_or_default());
                        }
                        _ => {
                            let name = super::clip(&reference);
                            return Err(self.broken(&format!("`&{name};` is unknown")));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// The value of an attribute, by its name without prefix.
    pub(super) fn attribute(
        &self,
        element: &BytesStart<'_>,
        name: &str,
    ) -> Result<Option<String>, Problem> {
        for attribute in element.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.broken(&error.to_string()))?;
            if attribute.key.local_name().as_ref() == name {
                let value = attribute
                    .normalized_value(XmlVersion::Implicit1_0)
                    .map_err(|error| self.broken(&error.to_string()))?;
                return Ok(Some(value.into_owned()));
            }
        }
        Ok(None)
    }

    /// What is wrong with the part.
    pub(super) fn broken(&self, words: &str) -> Problem {
        Problem::malformed(format!(
            "the part `{}` of the workbook is damaged: {words}",
            self.part
        ))
    }
}

/// Whether an element has this name, whatever its prefix.
pub(super) fn is(element: &BytesStart<'_>, name: &str) -> bool {
    element.local_name().as_ref() == name
}

/// Whether an event ends the element of this name.
pub(super) fn ends(event: &Event<'_>, name: &str) -> bool {
    matches!(event, Event::End(end) if end.local_name().as_ref() == name)
}
