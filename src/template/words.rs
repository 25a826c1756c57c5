//! Names that a template's tags use, found without running it: so that all names that
//! lead nowhere are reported at once, each with its place.

use std::collections::BTreeSet;
use std::ops::Range;

/// `root.name` or `root["name"]` in a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Use {
    /// The name before the dot: `f`, `event`.
    pub root: String,
    /// The name after it.
    pub name: String,
    /// Where `name` stands in the text.
    pub range: Range<usize>,
}

/// The names after a token, each with a dot before it or in brackets: as many as are
/// looked at.
fn path_after(tokens: &[(Range<usize>, Token)], root: usize) -> Vec<Range<usize>> {
    let mut path = Vec::new();
    let mut at = root + 1;
    while path.len() < 3 {
        match tokens.get(at..at + 2) {
            Some([(_, Token::Dot), (name, Token::Word)]) => {
                path.push(name.clone());
                at += 2;
            }
            Some([(_, Token::Bracket), (name, Token::Text)]) => {
                path.push(name.start + 1..name.end - 1);
                at += 3;
            }
            _ => break,
        }
    }
    path
}

/// The uses of some roots in the tags of a text. A root that the text binds itself (a
/// loop variable, a `set`) is left out: what it means is known only when it runs.
pub(super) fn uses(text: &str, tags: &[Range<usize>], roots: &[&str]) -> Vec<Use> {
    let tokens: Vec<(Range<usize>, Token)> = tags
        .iter()
        .filter(|tag| !text[tag.start..].starts_with(super::marks::COMMENT.0))
        .flat_map(|tag| tokens(text, tag))
        .collect();
    let bound = bound(text, &tokens);
    let mut uses = Vec::new();
    for at in 0..tokens.len() {
        let (range, Token::Word) = &tokens[at] else { continue };
        let root = &text[range.clone()];
        let dotted = at > 0 && tokens[at - 1].1 == Token::Dot;
        if dotted || !roots.contains(&root) || bound.contains(root) {
            continue;
        }
        let path = path_after(&tokens, at);
        let name =
            |at: usize| path.get(at).map(|range: &Range<usize>| &text[range.clone()]);
        let mut add = |root: String, at: usize| {
            if let Some(range) = path.get(at).cloned() {
                uses.push(Use { root, name: text[range.clone()].to_owned(), range });
            }
        };
        // Other years hold figures of their own: `years["2019"].f.x`, `last_year.f.x`.
        match (root, name(0), name(1)) {
            ("years", Some(year), Some("f")) => {
                add(root.to_owned(), 0);
                add(format!("years.{year}.f"), 2);
            }
            ("last_year", Some("f"), _) => add("last_year.f".to_owned(), 1),
            ("last_year", ..) => {}
            _ => add(root.to_owned(), 0),
        }
    }
    uses
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Word,
    Text,
    Dot,
    Bracket,
    Other,
}

fn tokens(text: &str, tag: &Range<usize>) -> Vec<(Range<usize>, Token)> {
    let mut out = Vec::new();
    let mut chars =
        text[tag.clone()].char_indices().map(|(at, c)| (tag.start + at, c)).peekable();
    while let Some((start, c)) = chars.next() {
        let mut end = start + c.len_utf8();
        let token = match c {
            '"' | '\'' | '`' => {
                let mut closed = false;
                for (at, next) in chars.by_ref() {
                    end = at + next.len_utf8();
                    if next == c {
                        closed = true;
                        break;
                    }
                }
                if closed { Token::Text } else { Token::Other }
            }
            '.' => Token::Dot,
            '[' => Token::Bracket,
            _ if c.is_alphanumeric() || c == '_' => {
                while let Some(&(at, next)) = chars.peek() {
                    if !(next.is_alphanumeric() || next == '_') {
                        break;
                    }
                    end = at + next.len_utf8();
                    chars.next();
                }
                Token::Word
            }
            _ if c.is_whitespace() => continue,
            _ => Token::Other,
        };
        out.push((start..end, token));
    }
    out
}

/// The names that `for a, b in`, `set a =` and component parameters bind.
fn bound<'t>(text: &'t str, tokens: &[(Range<usize>, Token)]) -> BTreeSet<&'t str> {
    let word = |at: usize| {
        tokens
            .get(at)
            .filter(|(_, token)| *token == Token::Word)
            .map(|(range, _)| &text[range.clone()])
    };
    let mut names = BTreeSet::new();
    for at in 0..tokens.len() {
        match word(at) {
            Some("for") => {
                names.extend(word(at + 1));
                names.extend(word(at + 3).filter(|_| word(at + 2).is_none()));
            }
            Some("set" | "set_global") => names.extend(word(at + 1)),
            _ => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::uses;

    fn found(text: &str) -> Vec<String> {
        let tag = 0..text.len();
        uses(text, std::slice::from_ref(&tag), &["f", "event", "years", "last_year"])
            .into_iter()
            .map(|u| u.name)
            .collect()
    }

    #[test]
    fn names_after_a_dot_or_in_brackets_are_found() {
        assert_eq!(
            found(r#"{{ f.donors }}{{ f["参与捐赠"] | upper }}"#),
            ["donors", "参与捐赠"]
        );
    }

    #[test]
    fn names_of_other_years_are_found_under_their_year() {
        assert_eq!(
            found(r#"{{ years["2019"].f["捐赠"] }}{{ last_year.f.x.y }}"#),
            ["2019", "捐赠", "x"]
        );
    }

    #[test]
    fn names_of_other_roots_and_in_strings_are_not() {
        assert!(found(r#"{{ series.f.x }}{{ "f.donors" }}{{ half.donors }}"#).is_empty());
    }

    #[test]
    fn a_loop_variable_hides_the_root() {
        assert!(
            found("{% for event in events %}{{ event.title }}{% endfor %}").is_empty()
        );
    }
}
