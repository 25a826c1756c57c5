//! Findings as values that stand for themselves: for a page that shows them, and for as
//! long as they are wanted after their files were read anew.

use serde::Serialize;

use super::render::{MAX_MESSAGE, frame, visible};
use super::{Diagnostic, Severity};
use crate::source::{Place, Sources};

/// A finding with all that is shown of it. Its texts are text, without control characters;
/// who puts them into markup escapes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct View {
    /// The code, as `annals explain` takes it.
    pub code: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// One sentence.
    pub message: String,
    /// What to do.
    pub hints: Vec<String>,
    /// Where; the first place is that of the finding itself, unless `words` says otherwise.
    pub places: Vec<PlaceView>,
}

/// A place with its line (代码框).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaceView {
    /// `content/baoji/2020/ten-events.md:14:9`, `figures.xlsx: Sheet1!D7`.
    pub origin: String,
    /// What is said about a further place.
    pub words: Option<String>,
    /// The line, where the place is one of a text.
    pub line: Option<LineView>,
}

/// A line with marked words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineView {
    /// Its number.
    pub number: String,
    /// What stands before the marked words.
    pub before: String,
    /// The marked words; may be empty.
    pub marked: String,
    /// What stands after them.
    pub after: String,
}

impl View {
    /// Shows a finding.
    pub fn new(found: &Diagnostic, sources: &Sources) -> Self {
        let first = found.place.iter().map(|place| place_view(sources, *place, None));
        let others = found.related.iter();
        let others =
            others.map(|(place, words)| place_view(sources, *place, Some(words)));
        Self {
            code: found.code.id,
            severity: found.severity.word(),
            message: text(&found.message),
            hints: found.hints.iter().map(|hint| text(hint)).collect(),
            places: first.chain(others).collect(),
        }
    }

    /// Whether it is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error.word()
    }
}

fn place_view(sources: &Sources, place: Place, words: Option<&String>) -> PlaceView {
    let shown = frame(sources, place, words);
    let line = shown.excerpt.map(|excerpt| LineView {
        number: shown.number,
        before: excerpt.before,
        marked: excerpt.marked,
        after: excerpt.after,
    });
    PlaceView { origin: shown.origin, words: shown.words, line }
}

fn text(words: &str) -> String {
    visible(&words.chars().take(MAX_MESSAGE).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::codes::load::UNREADABLE_FILE;
    use crate::source::SourceFile;

    #[test]
    fn a_finding_stands_for_itself() {
        let mut sources = Sources::new();
        let text = "一\n共募集{{ f.捐赠 }}。\n".to_owned();
        let file = SourceFile::new("content/a.md".into(), text, vec![], String::new());
        let file = sources.add(file);
        let place = Place::bytes(file, 18..24);
        let found = Diagnostic::new(&UNREADABLE_FILE, place, "there is no `\u{1b}捐赠`")
            .hint("look")
            .related(Place::whole(file), "here");
        let view = View::new(&found, &sources);
        drop(sources);
        assert!(view.is_error());
        assert_eq!(view.message, "there is no `␛捐赠`");
        assert_eq!(view.hints, ["look"]);
        assert_eq!(view.places[0].origin, "content/a.md:2:9");
        let line = view.places[0].line.as_ref().unwrap();
        assert_eq!((line.number.as_str(), line.before.as_str()), ("2", "共募集{{ f."));
        assert_eq!((line.marked.as_str(), line.after.as_str()), ("捐赠", " }}。"));
        assert_eq!(view.places[1].words.as_deref(), Some("here"));
        assert_eq!(view.places[1].line, None);
    }
}
