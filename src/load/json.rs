//! JSON to trees: strictly RFC 8259, with the digits of numbers as written.

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::limits::MAX_DEPTH;
use super::syntax::{self, Builder};
use crate::diag::codes::load as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::{FileId, Place};
use crate::tree::{Entry, Node, Value};

/// Everything loose switched off.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Reads JSON; `base` is where `text` begins in its file.
///
/// Returns `None` after reporting an error.
pub fn parse(
    text: &str,
    file: FileId,
    base: usize,
    diags: &mut Diagnostics,
) -> Option<Node> {
    let place = |range: std::ops::Range<usize>| {
        Place::bytes(file, range.start + base..range.end + base)
    };
    // The parser is recursive and its own limit (512) is too much for a small stack.
    if let Some(at) = too_deep(text) {
        diags.add(syntax::too_deep(place(at..at + 1)));
        return None;
    }
    let syntax_error = |range: std::ops::Range<usize>, message: String| {
        Diagnostic::new(&codes::JSON_SYNTAX, place(range.clone()), message)
            .maybe_hint(syntax::punctuation_hint(text, range.start))
    };
    if syntax::too_many(text, Place::whole(file), diags) {
        return None;
    }
    let value = match parse_to_ast(text, &CollectOptions::default(), &STRICT) {
        Ok(result) => result.value,
        Err(error) => {
            let range = error.range();
            let words = error.kind().to_string().to_lowercase();
            let finding = syntax_error(
                range.start..range.end,
                format!("this is not JSON: {words}"),
            );
            diags.add(finding.maybe_hint(hint(error.kind()).map(str::to_owned)));
            return None;
        }
    };
    let Some(value) = value else {
        diags.add(
            syntax_error(0..text.len(), "the file holds no JSON value".to_owned())
                .hint("write `{}` or `[]` if it is empty on purpose"),
        );
        return None;
    };
    if let Some((at, words)) = second_opinion(text) {
        diags.add(syntax_error(at..at, format!("this is not JSON: {words}")));
        return None;
    }
    let mut reader = Reader { file, base, diags, failed: false };
    let mut node = reader.value(value);
    if reader.failed {
        return None;
    }
    super::text::vet(&mut node, diags);
    Some(node)
}

fn hint(kind: &ParseErrorKind) -> Option<&'static str> {
    match kind {
        ParseErrorKind::CommentsNotAllowed => {
            Some("remove the comment, or use TOML or YAML, which have comments")
        }
        ParseErrorKind::TrailingCommasNotAllowed => Some("remove the last comma"),
        ParseErrorKind::SingleQuotedStringsNotAllowed => Some("use double quotes"),
        _ => None,
    }
}

/// What `serde_json` says against a text: the parser that knows places lets line breaks
/// in strings pass, and numbers such as `01`.
fn second_opinion(text: &str) -> Option<(usize, String)> {
    let error = serde_json::from_str::<serde::de::IgnoredAny>(text).err()?;
    let before = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let mut at = before.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default().to_owned();
    Some((at, words))
}

/// Where brackets first lie too deep in one another. Strings are the only place where a
/// bracket is no bracket.
fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Some(at);
                }
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

struct Reader<'a> {
    file: FileId,
    base: usize,
    diags: &'a mut Diagnostics,
    failed: bool,
}

impl Reader<'_> {
    fn place(&self, ranged: &impl Ranged) -> Place {
        let range = ranged.range();
        Place::bytes(self.file, range.start + self.base..range.end + self.base)
    }

    fn value(&mut self, value: ast::Value<'_>) -> Node {
        let place = self.place(&value);
        let value = match value {
            ast::Value::StringLit(text) => Value::Text(text.value.into_owned()),
            ast::Value::NumberLit(number) => Value::Number(number.value.to_owned()),
            ast::Value::BooleanLit(truth) => Value::Bool(truth.value),
            ast::Value::NullKeyword(_) => Value::Null,
            ast::Value::Array(array) => Value::List(
                array.elements.into_iter().map(|item| self.value(item)).collect(),
            ),
            ast::Value::Object(object) => self.object(object),
        };
        Node { place, value }
    }

    fn object(&mut self, object: ast::Object<'_>) -> Value {
        let mut builder = Builder::default();
        for property in object.properties {
            let key_place = self.place(&property.name);
            let entry = Entry {
                key: property.name.into_string(),
                key_place,
                node: self.value(property.value),
            };
            builder.add(entry, self.diags);
        }
        let (table, repeated) = builder.finish();
        self.failed |= repeated;
        Value::Table(table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing::{self, codes_of, show};

    fn parse_one(text: &str) -> (Option<Node>, Diagnostics, crate::source::Sources) {
        testing::parse("a.json", text, parse)
    }

    #[test]
    fn values_keep_their_digits_and_places() {
        let (node, diags, sources) =
            parse_one("{\"id\": \"捐\\u8d60\", \"v\": [12.50, -1e3, null, true]}\n");
        assert!(diags.is_empty());
        let node = node.expect("it is JSON");
        assert_eq!(show(&node), "{id: “捐赠”, v: [12.50, -1e3, ~, true]}");
        let entry = &node.as_table().expect("is a table").entries[1];
        assert_eq!(sources.slice(entry.key_place), "\"v\"");
        assert_eq!(sources.show(entry.node.place), "a.json:1:24");
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for text in [
            "",
            " ",
            "{a: 1}",
            "{'a': 1}",
            "[1,]",
            "[1 2]",
            "// x\n1",
            "[+1]",
            "[.5]",
            "[5.]",
            "[0x1]",
            "[NaN]",
            "[Infinity]",
            "[01]",
            "[-01]",
            "[1e]",
            "\"a\nb\"",
            "\"\t\"",
            "\"\\x41\"",
            "\"\\ud800\"",
            "[1]]",
            "{\"a\" 1}",
            "[tru]",
            "[\"a]",
            "{“a”：1}",
        ] {
            let (node, diags, _) = parse_one(text);
            assert!(node.is_none(), "{text}");
            assert_eq!(codes_of(&diags), ["json-syntax"], "{text}");
        }
    }

    #[test]
    fn a_key_that_stands_twice_is_shown_at_both_places() {
        let (node, diags, sources) = parse_one("{\"a\": 1,\n \"\\u0061\": 2}");
        assert!(node.is_none());
        assert_eq!(codes_of(&diags), ["duplicate-key"]);
        let found = diags.iter().next().expect("one is there");
        assert_eq!(sources.show(found.place.expect("has a place")), "a.json:2:2");
        assert_eq!(sources.show(found.related[0].0), "a.json:1:2");
    }

    #[test]
    fn nesting_and_size_are_bounded() {
        for text in ["[".repeat(100_000), "{\"a\":".repeat(100_000)] {
            let (node, diags, _) = parse_one(&text);
            assert!(node.is_none());
            assert_eq!(codes_of(&diags), ["too-deep"]);
        }
        let many = format!("[{}1]", "1,".repeat(crate::load::limits::MAX_NODES));
        assert_eq!(codes_of(&parse_one(&many).1), ["too-large"]);
        let deep = format!("{}{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH));
        assert!(parse_one(&deep).0.is_some());
        assert!(parse_one(&format!("\"{}\"", "[".repeat(1000))).0.is_some());
    }
}
