//! YAML to trees: one document of YAML 1.2 with the core schema, aliases filled in
//! within bounds; tags, merge keys and composed keys refused.
//!
//! `no`, `on` and `2020-03-05` are text: only the JSON-like words and numbers of the core
//! schema (YAML 1.2.2, 10.3.2) are anything else.

use std::borrow::Cow;
use std::collections::BTreeMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span, StrInput};

use super::limits::{MAX_DEPTH, MAX_NODES, MAX_TEXT};
use super::syntax::{self, Builder};
use crate::diag::codes::load as codes;
use crate::diag::{Diagnostic, Diagnostics};
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
    super::text::vet(&mut node, diags);
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

    fn node(&mut self, event: Event<'t>, place: Place, depth: usize) -> Result<Read, Stop> {
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

/// A scalar by the core schema.
fn scalar(text: Cow<'_, str>, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::Text(text.into_owned());
    }
    match &*text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        plain => {
            let radix = |prefix, radix: u32| {
                plain.strip_prefix(prefix).filter(|digits: &&str| {
                    !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix))
                })
            };
            if let Some(digits) = radix("0x", 16) {
                super::toml::integer(digits, 16)
            } else if let Some(digits) = radix("0o", 8) {
                super::toml::integer(digits, 8)
            } else if is_number(plain) {
                Value::Number(text.into_owned())
            } else {
                Value::Text(text.into_owned())
            }
        }
    }
}

/// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mantissa_fits =
        digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty());
    mantissa_fits
        && exponent.is_none_or(|exponent| {
            let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
            !exponent.is_empty() && digits(exponent)
        })
}

/// Byte offsets of the parser's places. Its lines and columns are right; its index counts
/// characters and is off after comments.
struct Offsets<'t> {
    text: &'t str,
    lines: Vec<usize>,
    line: usize,
    col: usize,
    byte: usize,
}

impl<'t> Offsets<'t> {
    fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|&(at, &byte)| {
            byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'))
        });
        let lines = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { text, lines, line: 1, col: 0, byte: 0 }
    }

    /// The byte of a place. Places mostly come in order: going on from the last one keeps
    /// a file of one long line from taking quadratic time.
    fn find(&mut self, mark: Marker) -> usize {
        let line = mark.line().max(1);
        if line != self.line || mark.col() < self.col {
            let end = self.text.len();
            self.byte = self.lines.get(line - 1).copied().unwrap_or(end);
            self.line = line;
            self.col = 0;
        }
        let mut rest = self.text[self.byte..].chars();
        while self.col < mark.col() {
            let Some(c) = rest.next() else { break };
            self.byte += c.len_utf8();
            self.col += 1;
        }
        self.byte
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::load::testing::{self, codes_of, show};
    use crate::source::Sources;

    fn parse_one(text: &str) -> (Option<Node>, Diagnostics, Sources) {
        testing::parse("a.yaml", text, parse)
    }

    #[test]
    fn the_core_schema_decides_what_is_a_number() {
        let text = "a: [12.50, -3, 0x1F, 0o17, 1e3, .5, 5., 007]\n\
                    b: [no, yes, on, off, 2021-03-05, 1_000, 12:30, .inf, 0x, e3, .]\n\
                    c: [true, False, ~, null, '12', \"true\"]\nd:\ne: |\n  一\n  二\n";
        let (node, diags, _) = parse_one(text);
        assert!(diags.is_empty(), "{diags:?}");
        assert_eq!(
            show(&node.expect("it is YAML")),
            "{a: [12.50, -3, 31, 15, 1e3, .5, 5., 007], \
             b: [“no”, “yes”, “on”, “off”, “2021-03-05”, “1_000”, “12:30”, “.inf”, “0x”, \
             “e3”, “.”], c: [true, false, ~, ~, “12”, “true”], d: ~, e: “一\n二\n”}"
        );
    }

    #[test]
    fn places_are_right_after_chinese_comments() {
        let text = "# 注释：一\n甲:   # 说明\n  乙: 丙  # 又\n  丁: [戊, \"己\"]\r\n  庚: 辛\r\n";
        let (node, _, sources) = parse_one(text);
        let node = node.expect("it is YAML");
        let first = &node.as_table().expect("is a table").entries[0];
        assert_eq!(sources.slice(first.key_place), "甲");
        let inner = &first.node.as_table().expect("is a table").entries;
        let slices: Vec<&str> =
            inner.iter().map(|entry| sources.slice(entry.node.place)).collect();
        assert_eq!(slices, ["丙", "[戊, \"己\"]", "辛"]);
        assert_eq!(sources.show(inner[2].node.place), "a.yaml:5:6");
    }

    #[test]
    fn syntax_errors_have_a_place() {
        for text in ["a: [1, 2", "a: 'x", "a: b: c\n", "a:\n\t- b\n", "- a\nb: c\n", "%x\n"] {
            let (node, diags, _) = parse_one(text);
            assert!(node.is_none(), "{text}");
            assert_eq!(codes_of(&diags), ["yaml-syntax"], "{text}");
        }
        let (_, diags, _) = parse_one("a:\n\t- b\n");
        assert!(diags.iter().any(|found| found.hints.iter().any(|h| h.contains("tabs"))));
    }

    #[test]
    fn what_other_formats_do_not_have_is_refused() {
        for text in [
            "a: !!str 12", "a: !x {}", "a: !x []", "<<: {a: 1}", "a: 1\n---\nb: 2\n",
            "? [a]\n: 1\n", "{a: 1}: 2", ": 1", "&x a: 1\n*x : 2\n", "a: &x [*x]",
        ] {
            let (node, diags, _) = parse_one(text);
            assert!(node.is_none(), "{text}");
            assert_eq!(codes_of(&diags), ["yaml-feature"], "{text}");
        }
    }

    #[test]
    fn one_document_may_have_marks() {
        assert_eq!(show(&parse_one("---\na: 1\n...\n").0.expect("is one")), "{a: 1}");
        assert_eq!(show(&parse_one("# 空\n").0.expect("is empty")), "~");
    }

    #[test]
    fn aliases_are_filled_in() {
        let (node, diags, _) = parse_one("a: &x {n: 1}\nb: [*x, *x]\n");
        assert!(diags.is_empty());
        assert_eq!(show(&node.expect("it is YAML")), "{a: {n: 1}, b: [{n: 1}, {n: 1}]}");
    }

    #[test]
    fn alias_bombs_are_refused() {
        let mut text = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for n in 1..40 {
            let before = format!("*a{}", n - 1);
            text += &format!("a{n}: &a{n} [{}]\n", [before.as_str(); 10].join(","));
        }
        let (node, diags, _) = parse_one(&text);
        assert!(node.is_none());
        assert_eq!(codes_of(&diags), ["too-large"]);
        let long = "字".repeat(100_000);
        let text = format!("a: &a {long}\nb: [{}]\n", vec!["*a"; 1000].join(","));
        assert_eq!(codes_of(&parse_one(&text).1), ["too-large"]);
    }

    #[test]
    fn nesting_is_bounded() {
        let mut chain = String::from("a0: &a0 [x]\n");
        for n in 1..100 {
            chain += &format!("a{n}: &a{n} [*a{}]\n", n - 1);
        }
        for text in [
            "[".repeat(100_000),
            "{a: ".repeat(100_000),
            "- ".repeat(100_000),
            (0..3000).map(|n| format!("{}a:\n", " ".repeat(n))).collect(),
            chain,
        ] {
            let (node, diags, _) = parse_one(&text);
            assert!(node.is_none());
            assert_eq!(codes_of(&diags), ["too-deep"]);
        }
    }

    #[test]
    fn a_key_that_stands_twice_is_shown_at_both_places() {
        let (node, diags, sources) = parse_one("甲: 1\n乙: 2\n\"甲\": 3\n");
        assert!(node.is_none());
        assert_eq!(codes_of(&diags), ["duplicate-key"]);
        let found = diags.iter().next().expect("one is there");
        assert_eq!(sources.show(found.place.expect("has a place")), "a.yaml:3:1");
        assert_eq!(sources.show(found.related[0].0), "a.yaml:1:1");
    }

    #[test]
    fn a_long_line_takes_linear_time() {
        let text = format!("a: [{}]", vec!["字"; 200_000].join(", "));
        assert!(parse_one(&text).0.is_some());
    }

    proptest! {
        #[test]
        fn any_text_parses_or_is_reported(text in "[a-c甲:,\\[\\]{}&*!|>'\"#%@\\-? \n\t]{0,60}") {
            let (node, diags, _) = parse_one(&text);
            prop_assert_eq!(node.is_none(), diags.has_errors());
        }

        #[test]
        fn plain_texts_have_their_place(words in proptest::collection::vec("[甲-龥a-z]{1,5}", 1..8)) {
            let text: String = words.iter().map(|w| format!("- {w}   # {w}\n")).collect();
            let (node, _, sources) = parse_one(&text);
            let Some(Node { value: Value::List(items), .. }) = node else {
                panic!("it is a list");
            };
            for (item, word) in items.iter().zip(&words) {
                prop_assert_eq!(sources.slice(item.place), word);
            }
        }
    }
}
