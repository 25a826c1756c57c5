//! YAML to trees: one document of YAML 1.2 with the core schema, aliases filled in
//! within bounds; tags, merge keys and composed keys refused.
//!
//! `no`, `on` and `2020-03-05` are text: only the JSON-like words and numbers of the core
//! schema (YAML 1.2.2, 10.3.2) are anything else.

mod offsets;
mod scalar;

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, StrInput};

use self::offsets::Offsets;
use self::scalar::scalar;

use crate::diag::codes::load as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::load::limits::{MAX_DEPTH, MAX_NODES, MAX_TEXT};
use crate::load::syntax::{self, Builder};
use crate::source::{FileId, Place};
use crate::tree::{Entry, Node, Value};

/// Reads YAML; `base` is where `text` begins in its file.
///
/// Returns `None` after reporting an error.
pub fn parse(
    text: &str,
    file: FileId,
    base: usize,
    diags: &mut Diagnostics,
) -> Option<Node> {
    let mut reader = Reader {
        parser: Parser::new_from_str(text),
        offsets: Offsets::new(text),
        file,
        base,
        diags,
        anchors: BTreeMap::new(),
        spent: Size::default(),
        failed: false,
    };
    let mut node = match reader.document() {
        Ok(node) => node,
        Err(stop) => {
            let finding = reader.stopped(stop, text);
            reader.diags.add(finding);
            return None;
        }
    };
    if reader.failed {
        return None;
    }
    crate::load::text::vet(&mut node, diags);
    Some(node)
}

/// Why reading cannot go on.
enum Stop {
    Syntax(ScanError),
    Depth(Place),
    Size(Place),
    Feature(Place, &'static str, &'static str),
}

impl From<ScanError> for Stop {
    fn from(error: ScanError) -> Self {
        Self::Syntax(error)
    }
}

/// How much a value holds, aliases filled in.
#[derive(Debug, Default, Clone, Copy)]
struct Size {
    nodes: usize,
    text: usize,
    depth: usize,
}

struct Reader<'t, 'd> {
    parser: Parser<'t, StrInput<'t>>,
    offsets: Offsets<'t>,
    file: FileId,
    base: usize,
    diags: &'d mut Diagnostics,
    anchors: BTreeMap<usize, (Node, Size)>,
    spent: Size,
    failed: bool,
}

type Read = (Node, Size);

impl<'t> Reader<'t, '_> {
    fn next(&mut self) -> Result<(Event<'t>, Place), Stop> {
        loop {
            return match self.parser.next_event() {
                None => Ok((Event::StreamEnd, self.place(Span::default()))),
                Some(Ok((Event::Nothing, _))) => continue,
                Some(Ok((event, span))) => Ok((event, self.place(span))),
                Some(Err(error)) => Err(error.into()),
            };
        }
    }

    fn place(&mut self, span: Span) -> Place {
        let start = self.offsets.find(span.start);
        let end = self.offsets.find(span.end).max(start);
        Place::bytes(self.file, start + self.base..end + self.base)
    }

    fn document(&mut self) -> Result<Node, Stop> {
        let mut found: Option<Node> = None;
        loop {
            let (event, place) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::DocumentStart(_) if found.is_some() => {
                    return Err(Stop::Feature(
                        place,
                        "the file holds more than one YAML document",
                        "keep one document in a file, without `---` between",
                    ));
                }
                Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd => {}
                event => found = Some(self.node(event, place, 0)?.0),
            }
        }
        let whole = Place::bytes(self.file, self.base..self.base);
        Ok(found.unwrap_or(Node { place: whole, value: Value::Null }))
    }

    fn node(
        &mut self,
        event: Event<'t>,
        place: Place,
        depth: usize,
    ) -> Result<Read, Stop> {
        if depth > MAX_DEPTH {
            return Err(Stop::Depth(place));
        }
        let (anchor, read) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.no_tag(tag.is_some(), place);
                let size = Size { nodes: 1, text: text.len(), depth: 0 };
                self.spend(size, place)?;
                let node = Node { place, value: scalar(text, style) };
                (anchor, (node, size))
            }
            Event::Alias(id) => {
                let Some(size) = self.anchors.get(&id).map(|(_, size)| *size) else {
                    return Err(Stop::Feature(
                        place,
                        "the alias stands inside the value that it repeats",
                        "write the value out",
                    ));
                };
                // Before the copy is made: copies of copies grow without bound.
                self.spend(size, place)?;
                if depth + size.depth > MAX_DEPTH {
                    return Err(Stop::Depth(place));
                }
                return Ok(self.anchors[&id].clone());
            }
            Event::SequenceStart(anchor, tag) => {
                self.no_tag(tag.is_some(), place);
                (anchor, self.sequence(place, depth)?)
            }
            Event::MappingStart(anchor, tag) => {
                self.no_tag(tag.is_some(), place);
                (anchor, self.mapping(place, depth)?)
            }
            _ => (0, (Node { place, value: Value::Null }, Size::default())),
        };
        if anchor > 0 {
            // The copy that is kept counts as well.
            self.spend(read.1, place)?;
            self.anchors.insert(anchor, read.clone());
        }
        Ok(read)
    }

    fn sequence(&mut self, start: Place, depth: usize) -> Result<Read, Stop> {
        self.spend(Size { nodes: 1, ..Size::default() }, start)?;
        let mut size = Size { nodes: 1, ..Size::default() };
        let mut items = Vec::new();
        loop {
            let (event, place) = self.next()?;
            if matches!(event, Event::SequenceEnd | Event::StreamEnd) {
                let last = items.last().map(|item: &Node| item.place);
                let place = enclose(start, last, place);
                return Ok((Node { place, value: Value::List(items) }, size));
            }
            let (item, of_item) = self.node(event, place, depth + 1)?;
            size.hold(of_item);
            items.push(item);
        }
    }

    fn mapping(&mut self, start: Place, depth: usize) -> Result<Read, Stop> {
        self.spend(Size { nodes: 1, ..Size::default() }, start)?;
        let mut size = Size { nodes: 1, ..Size::default() };
        let mut builder = Builder::default();
        let mut last = None;
        loop {
            let (event, key_place) = self.next()?;
            if matches!(event, Event::MappingEnd | Event::StreamEnd) {
                let place = enclose(start, last, key_place);
                let (table, repeated) = builder.finish();
                self.failed |= repeated;
                return Ok((Node { place, value: Value::Table(table) }, size));
            }
            let key = self.key(event, key_place, depth)?;
            let (event, place) = self.next()?;
            let (node, of_value) = self.node(event, place, depth + 1)?;
            size.hold(of_value);
            last = Some(node.place);
            if let Some(key) = key {
                size.text += key.len();
                self.spend(Size { text: key.len(), ..Size::default() }, key_place)?;
                builder.add(Entry { key, key_place, node }, self.diags);
            }
        }
    }

    /// The text of a key; `None` after reporting that it is none.
    fn key(
        &mut self,
        event: Event<'t>,
        place: Place,
        depth: usize,
    ) -> Result<Option<String>, Stop> {
        match event {
            Event::Scalar(text, ScalarStyle::Plain, _, _) if text == "<<" => {
                self.feature(
                    place,
                    "`<<` merges tables in YAML 1.1 alone",
                    "write the keys out",
                );
                Ok(None)
            }
            Event::Scalar(text, ScalarStyle::Plain, _, _) if text.is_empty() => {
                self.feature(place, "the key is empty", "write a name before the colon");
                Ok(None)
            }
            Event::Scalar(text, _, _, tag) => {
                self.no_tag(tag.is_some(), place);
                Ok(Some(text.into_owned()))
            }
            event => {
                self.node(event, place, depth + 1)?;
                self.feature(
                    place,
                    "the key is not a plain value",
                    "use a word or a quoted text as key; quote text that begins with `[`, `{` or `*`",
                );
                Ok(None)
            }
        }
    }

    fn no_tag(&mut self, tagged: bool, place: Place) {
        if tagged {
            self.feature(
                place,
                "the value has a tag (`!…`)",
                "remove the tag; quote the value to make it text",
            );
        }
    }

    fn feature(&mut self, place: Place, message: &str, hint: &str) {
        self.failed = true;
        self.diags.add(Diagnostic::new(&codes::YAML_FEATURE, place, message).hint(hint));
    }

    fn spend(&mut self, size: Size, place: Place) -> Result<(), Stop> {
        self.spent.nodes = self.spent.nodes.saturating_add(size.nodes);
        self.spent.text = self.spent.text.saturating_add(size.text);
        if self.spent.nodes > MAX_NODES || self.spent.text > MAX_TEXT {
            return Err(Stop::Size(place));
        }
        Ok(())
    }

    fn stopped(&mut self, stop: Stop, text: &str) -> Diagnostic {
        match stop {
            Stop::Syntax(error) => {
                let at = self.offsets.find(*error.marker());
                let place = Place::bytes(self.file, at + self.base..at + self.base);
                let message = format!("this is not YAML: {}", error.info());
                if error.info().contains("recursion limit") {
                    return syntax::too_deep(place);
                }
                Diagnostic::new(&codes::YAML_SYNTAX, place, message)
                    .maybe_hint(syntax::punctuation_hint(text, at))
                    .maybe_hint(tab_hint(text, at))
            }
            Stop::Depth(place) => syntax::too_deep(place),
            Stop::Size(place) => Diagnostic::new(
                &codes::TOO_LARGE,
                place,
                format!(
                    "the file holds more than {MAX_NODES} values or {} MiB of text once its \
                     aliases are filled in",
                    MAX_TEXT >> 20
                ),
            )
            .hint("remove the aliases (`*name`) or split the file"),
            Stop::Feature(place, message, hint) => {
                Diagnostic::new(&codes::YAML_FEATURE, place, message).hint(hint)
            }
        }
    }
}

impl Size {
    /// Counts a child.
    fn hold(&mut self, child: Self) {
        self.nodes += child.nodes;
        self.text += child.text;
        self.depth = self.depth.max(child.depth + 1);
    }
}

/// From the start of a collection to its closing bracket, or to the end of its last
/// value where it has no bracket.
fn enclose(start: Place, last: Option<Place>, end: Place) -> Place {
    let of = |place: Place| place.range().unwrap_or(0..0);
    let end_at = match last {
        Some(last) if of(end).is_empty() => of(last).end,
        _ => of(end).end,
    };
    Place::bytes(start.file, of(start).start..end_at.max(of(start).end))
}

fn tab_hint(text: &str, at: usize) -> Option<String> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let indent = text[start..].find(|c: char| c != ' ')?;
    text[start + indent..]
        .starts_with('\t')
        .then(|| "indent with spaces; YAML does not take tabs".to_owned())
}

#[cfg(test)]
mod tests;
