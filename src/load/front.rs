//! Narratives: front matter apart from the body.

use std::ops::Range;

use crate::diag::codes::load as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::{FileId, Place};
use crate::tree::{Node, Table, Value};

/// The two forms of front matter.
const FORMS: [(&str, Form); 2] = [("+++", Form::Toml), ("---", Form::Yaml)];

#[derive(Debug, Clone, Copy)]
enum Form {
    Toml,
    Yaml,
}

/// Splits a narrative into its front matter, a table, and the bytes of its body.
///
/// Returns `None` after reporting an error.
pub(super) fn split(
    text: &str,
    file: FileId,
    diags: &mut Diagnostics,
) -> Option<(Node, Range<usize>)> {
    let mut lines = lines(text).skip_while(|(_, line)| line.trim().is_empty());
    let (open, first) = lines.next().unwrap_or((0..0, ""));
    let Some(&(mark, form)) = FORMS.iter().find(|(mark, _)| first.trim_end() == *mark)
    else {
        let place = Place::bytes(file, open.start..open.start + first.trim_end().len());
        diags.add(
            Diagnostic::new(
                &codes::MISSING_FRONT_MATTER,
                place,
                "the narrative does not begin with front matter",
            )
            .hint("begin the file with a line `+++`, then `title = \"…\"` and `kind = \"…\"`, then a line `+++`"),
        );
        return None;
    };
    let Some((close, _)) = lines.find(|(_, line)| line.trim_end() == mark) else {
        diags.add(
            Diagnostic::new(
                &codes::UNCLOSED_FRONT_MATTER,
                Place::bytes(file, open.start..open.start + mark.len()),
                format!("the front matter that begins with `{mark}` has no end"),
            )
            .hint(format!("add a line `{mark}` after its last key")),
        );
        return None;
    };
    let inner = &text[open.end..close.start];
    let node = match form {
        Form::Toml => super::toml::parse(inner, file, open.end, diags)?,
        Form::Yaml => super::yaml::parse(inner, file, open.end, diags)?,
    };
    let body = close.end..text.len();
    match node.value {
        Value::Table(_) => Some((node, body)),
        Value::Null => {
            Some((Node { value: Value::Table(Table::default()), ..node }, body))
        }
        _ => {
            diags.add(
                Diagnostic::new(
                    &codes::YAML_SYNTAX,
                    node.place,
                    format!("the front matter is {}, not keys with values", node.kind()),
                )
                .hint("write `title: …` and `kind: …`, each on a line of its own"),
            );
            None
        }
    }
}

/// The lines with their ranges, line breaks included in the range and not in the text.
fn lines(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start..at, line.trim_end_matches(['\n', '\r']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing::{codes_of, show};
    use crate::source::{SourceFile, Sources};

    type Split = (Option<(Node, Range<usize>)>, Diagnostics, Sources);

    fn split_one(text: &str) -> Split {
        let mut sources = Sources::new();
        let file = sources.add(SourceFile::new(
            "a.md".to_owned(),
            text.to_owned(),
            Vec::new(),
            String::new(),
        ));
        let mut diags = Diagnostics::new();
        let result = split(text, file, &mut diags);
        (result, diags, sources)
    }

    #[test]
    fn both_forms_are_read_with_their_places() {
        for (text, place) in [
            ("+++\ntitle = \"总结\"\n+++\n## 概况\n", "a.md:2:9"),
            ("---\ntitle: 总结\n---\n## 概况\n", "a.md:2:8"),
            ("+++  \r\ntitle = \"总结\"\r\n+++\r\n## 概况\n", "a.md:2:9"),
            ("\n\n---\ntitle: 总结\n---\n## 概况\n", "a.md:4:8"),
        ] {
            let (result, diags, sources) = split_one(text);
            assert!(diags.is_empty(), "{diags:?}");
            let (front, body) = result.expect("has front matter");
            assert_eq!(show(&front), "{title: “总结”}");
            assert_eq!(&text[body], "## 概况\n");
            let title = front.as_table().and_then(|table| table.get("title"));
            assert_eq!(sources.show(title.expect("is there").place), place);
        }
    }

    #[test]
    fn empty_front_matter_and_body_are_fine() {
        for text in ["+++\n+++", "---\n---\n", "---\n# 无\n---\n"] {
            let (result, diags, _) = split_one(text);
            assert!(diags.is_empty());
            let (front, body) = result.expect("has front matter");
            assert_eq!(show(&front), "{}");
            assert_eq!(&text[body], "");
        }
    }

    #[test]
    fn missing_front_matter_is_reported() {
        for text in ["", "## 概况\n", "text\n+++\n+++\n", "++++\n++++\n", "----\n"] {
            let (result, diags, _) = split_one(text);
            assert!(result.is_none());
            assert_eq!(codes_of(&diags), ["missing-front-matter"], "{text}");
        }
    }

    #[test]
    fn unclosed_front_matter_is_reported_where_it_begins() {
        for text in ["+++\ntitle = \"总结\"\n\n## 概况", "---\ntitle: 总结\n+++\n", "---"]
        {
            let (result, diags, sources) = split_one(text);
            assert!(result.is_none());
            assert_eq!(codes_of(&diags), ["unclosed-front-matter"], "{text}");
            let found = diags.iter().next().expect("one is there");
            assert_eq!(sources.show(found.place.expect("has a place")), "a.md:1:1");
        }
    }

    #[test]
    fn errors_of_front_matter_stand_in_the_narrative() {
        let (result, diags, sources) = split_one("+++\ntitle = “总结”\n+++\n");
        assert!(result.is_none());
        let found = diags.iter().next().expect("one is there");
        assert!(sources.show(found.place.expect("has a place")).starts_with("a.md:2:"));
        assert_eq!(codes_of(&split_one("---\n- a\n---\n").1), ["yaml-syntax"]);
    }
}
