//! TOML to trees, with every error of a file reported.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::limits::{MAX_DEPTH, MAX_FINDINGS};
use super::syntax;
use crate::diag::codes::load as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::{FileId, Place};
use crate::tree::{Entry, Node, Table, Value};

/// Reads TOML; `base` is where `text` begins in its file.
///
/// Returns `None` after reporting at least one error.
pub fn parse(
    text: &str,
    file: FileId,
    base: usize,
    diags: &mut Diagnostics,
) -> Option<Node> {
    if syntax::too_many(text, Place::whole(file), diags) {
        return None;
    }
    // Headers and dotted keys nest as well as brackets do; the parser stops both at 80.
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { file, base, too_deep: None };
    let node = reader.table(table.get_ref(), 0..text.len(), 0);
    for error in errors.iter().take(MAX_FINDINGS) {
        let span = error.span().unwrap_or(0..0);
        let place = reader.place(span.clone());
        diags.add(match error.message() {
            "recursion limit" | "cannot recurse further; max recursion depth met" => {
                syntax::too_deep(place)
            }
            "duplicate key" => duplicate(&node, text, place, base),
            message => Diagnostic::new(
                &codes::TOML_SYNTAX,
                place,
                format!("this is not TOML: {message}"),
            )
            .maybe_hint(syntax::punctuation_hint(text, span.start)),
        });
    }
    if !errors.is_empty() {
        return None;
    }
    if let Some(place) = reader.too_deep {
        diags.add(syntax::too_deep(place));
        return None;
    }
    let mut node = node;
    super::text::vet(&mut node, diags);
    Some(node)
}

struct Reader {
    file: FileId,
    base: usize,
    too_deep: Option<Place>,
}

impl Reader {
    fn place(&self, range: std::ops::Range<usize>) -> Place {
        Place::bytes(self.file, range.start + self.base..range.end + self.base)
    }

    fn table(
        &mut self,
        table: &DeTable<'_>,
        range: std::ops::Range<usize>,
        depth: usize,
    ) -> Node {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref().to_string(),
                key_place: self.place(key.span()),
                node: self.value(value, depth + 1),
            })
            .collect();
        // The parser's tables are sorted by key; ours keep the order of the file.
        entries.sort_by_key(|entry| entry.key_place.span);
        Node { place: self.place(range), value: Value::Table(Table { entries }) }
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>, depth: usize) -> Node {
        let place = self.place(value.span());
        if depth > MAX_DEPTH {
            self.too_deep = self.too_deep.or(Some(place));
            return Node { place, value: Value::Null };
        }
        let value = match value.get_ref() {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) => integer(number.as_str(), number.radix()),
            DeValue::Float(number) => match number.as_str() {
                // `inf` and `nan` are words here: no figure can be infinite.
                word if word.contains(['i', 'n']) => Value::Text(word.to_owned()),
                digits => Value::Number(digits.to_owned()),
            },
            DeValue::Boolean(truth) => Value::Bool(*truth),
            DeValue::Datetime(date) => Value::Date(date.to_string()),
            DeValue::Array(items) => Value::List(
                items.iter().map(|item| self.value(item, depth + 1)).collect(),
            ),
            DeValue::Table(table) => return self.table(table, value.span(), depth),
        };
        Node { place, value }
    }
}

/// An integer in decimal digits: `0xFF` and its like are written for programs.
pub(super) fn integer(digits: &str, radix: u32) -> Value {
    if radix == 10 {
        return Value::Number(digits.to_owned());
    }
    match i128::from_str_radix(digits, radix) {
        Ok(number) => Value::Number(number.to_string()),
        Err(_) => Value::Text(digits.to_owned()),
    }
}

/// The finding about a key that stands twice. The parser does not tell where the first
/// one is; it is the nearest one before that is written in the same way.
fn duplicate(root: &Node, text: &str, place: Place, base: usize) -> Diagnostic {
    let range = place.range().unwrap_or(0..0);
    let key = text.get(range.start - base..range.end - base).unwrap_or_default();
    let key = key.trim_matches(['"', '\'']);
    // Found once: a file may be one line with a million keys.
    let mut lines: Vec<(usize, usize)> = vec![(0, 0)];
    lines.extend(text.match_indices('\n').map(|(at, _)| (at + 1, at + 1)));
    for (start, written) in &mut lines {
        let line = text[*start..].split('\n').next().unwrap_or_default();
        *written += line.len() - line.trim_start().len();
    }
    let line = |at: usize| {
        let nth = lines.partition_point(|(start, _)| *start <= at - base).max(1) - 1;
        text.get(lines[nth].1..at - base).unwrap_or_default()
    };
    let before = line(range.start);
    let mut first: Option<Place> = None;
    let mut stack = vec![root];
    while let Some(node) = stack.pop() {
        match &node.value {
            Value::List(items) => stack.extend(items),
            Value::Table(table) => {
                for entry in &table.entries {
                    stack.push(&entry.node);
                    let at = entry.key_place.range().unwrap_or(0..0);
                    if entry.key == key
                        && at.end <= range.start
                        && line(at.start) == before
                        && first.is_none_or(|first| first.span < entry.key_place.span)
                    {
                        first = Some(entry.key_place);
                    }
                }
            }
            _ => {}
        }
    }
    syntax::duplicate(key, first, place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing::{self, codes_of, show};

    fn parse_one(text: &str) -> (Option<Node>, Diagnostics, crate::source::Sources) {
        testing::parse("a.toml", text, parse)
    }

    #[test]
    fn values_keep_their_digits_and_places() {
        let text = "value = 12.50\nbig = 1_000\nhex = 0xFF\nday = 2020-03-05\n\
                    [[figures]]\nid = \"捐赠\"\non = true\nf = [1, +2, 1e3]\n";
        let (node, diags, sources) = parse_one(text);
        assert!(diags.is_empty());
        let node = node.expect("it is TOML");
        assert_eq!(
            show(&node),
            "{value: 12.50, big: 1000, hex: 255, day: @2020-03-05, \
             figures: [{id: “捐赠”, on: true, f: [1, +2, 1e3]}]}"
        );
        let figures = node.as_table().and_then(|table| table.get("figures"));
        let Some(Value::List(items)) = figures.map(|node| &node.value) else {
            panic!("figures is a list");
        };
        let id = items[0].as_table().and_then(|table| table.get("id")).expect("is there");
        assert_eq!(sources.slice(id.place), "\"捐赠\"");
        assert_eq!(sources.show(id.place), "a.toml:6:6");
    }

    #[test]
    fn all_errors_of_a_file_are_reported() {
        let (node, diags, sources) = parse_one("a = 甲\nb = 1\nc = \"x\nd = [1,,2]\n");
        assert!(node.is_none());
        let lines: Vec<String> = diags
            .iter()
            .map(|found| sources.show(found.place.expect("has a place")))
            .collect();
        for line in ["a.toml:1:", "a.toml:3:", "a.toml:4:"] {
            assert!(lines.iter().any(|found| found.starts_with(line)), "{lines:?}");
        }
    }

    #[test]
    fn full_width_punctuation_is_pointed_out() {
        let (_, diags, _) = parse_one("title = “年度总结”\n");
        let hints: Vec<&String> = diags.iter().flat_map(|found| &found.hints).collect();
        assert!(hints.iter().any(|hint| hint.contains("half-width")), "{hints:?}");
    }

    #[test]
    fn a_key_that_stands_twice_is_shown_at_both_places() {
        for (text, second, first) in [
            ("a = 1\nb = 2\na = 3\n", "3:1", "1:1"),
            ("[a]\nx = 1\n[b]\na = 1\n[a]\ny = 1\n", "5:2", "1:2"),
            ("[[f]]\nid = 1\n[[f]]\nid = 2\nn = { id = 3 }\nid = 4\n", "6:1", "4:1"),
        ] {
            let (node, diags, sources) = parse_one(text);
            assert!(node.is_none());
            assert_eq!(codes_of(&diags), ["duplicate-key"], "{text}");
            let found = diags.iter().next().expect("one is there");
            assert_eq!(
                sources.show(found.place.expect("has a place")),
                format!("a.toml:{second}")
            );
            let related = found.related.first().map(|(place, _)| sources.show(*place));
            if !text.starts_with("[a]") {
                assert_eq!(related, Some(format!("a.toml:{first}")), "{text}");
            }
        }
    }

    #[test]
    fn nesting_is_bounded() {
        let dots = vec!["a"; 100_000].join(".");
        for text in [
            format!("a = {}", "[".repeat(100_000)),
            format!("a = {}{}", "[".repeat(70), "]".repeat(70)),
            format!("a = {}", "{a=".repeat(100_000)),
            format!("{dots} = 1"),
            format!("[{dots}]\nb = 1"),
            format!("[[{dots}]]\nb = 1"),
        ] {
            let (node, diags, _) = parse_one(&text);
            assert!(node.is_none());
            assert!(codes_of(&diags).contains(&"too-deep"), "{:?}", diags.iter().next());
        }
    }

    #[test]
    fn size_is_bounded() {
        let text = format!("a = [{}]", "1,".repeat(crate::load::limits::MAX_NODES));
        let (node, diags, _) = parse_one(&text);
        assert!(node.is_none());
        assert_eq!(codes_of(&diags), ["too-large"]);
    }

    #[test]
    fn repeated_keys_in_one_long_line_take_linear_time() {
        let text = format!("a = [{}]", "{x = 1, x = 2},".repeat(20_000));
        assert_eq!(codes_of(&parse_one(&text).1), ["duplicate-key"]);
    }

    #[test]
    fn refused_characters_are_found_behind_escapes() {
        let (node, diags, _) = parse_one(r#"a = "\uE001甲\u0000""#);
        assert_eq!(codes_of(&diags), ["private-use-character"]);
        assert_eq!(show(&node.expect("it is TOML")), "{a: “\u{FFFD}甲 ”}");
    }

    #[test]
    fn infinity_is_no_number() {
        let (node, ..) = parse_one("a = inf\nb = -nan\n");
        assert_eq!(show(&node.expect("it is TOML")), "{a: “inf”, b: “-nan”}");
    }
}
