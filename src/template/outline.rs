//! A narrative before anything is merged into it: its own text, with a place holder for
//! what expressions will print.

use std::collections::BTreeSet;
use std::ops::Range;

use super::marks;
use crate::manuscript::{Manuscript, Origin, Piece};
use crate::prose::DATA;
use crate::source::FileId;

/// The text of a narrative with one [`DATA`] for each expression and without statements
/// and comments; `range` is the part of `text` that is the narrative.
pub fn outline(text: &str, range: Range<usize>, file: FileId) -> Manuscript {
    let mut out = Manuscript::default();
    for (place, origin) in marks::insert(text, range, file, 0, &BTreeSet::new()).pieces()
    {
        out.pieces.push(Piece { start: out.text.len(), place, origin });
        match origin {
            Origin::Literal => {
                let own = place.range().and_then(|range| text.get(range));
                out.text.push_str(own.unwrap_or_default());
            }
            Origin::Expression => out.text.push(DATA),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Place, SourceFile, Sources};

    #[test]
    fn expressions_leave_a_place_holder_and_statements_nothing() {
        let text = "+++\n+++\n共{{ f.a }}家{* 注 *}。\n{% for e in events %}\n- {{ e }}\n{% endfor %}\n";
        let mut sources = Sources::new();
        let file = sources.add(SourceFile::new(
            "a.md".into(),
            text.into(),
            Vec::new(),
            String::new(),
        ));
        let outline = outline(text, 8..text.len(), file);
        assert_eq!(outline.text, "共\u{FFFC}家。\n- \u{FFFC}\n");
        let whole = Place::whole(file);
        let at = outline.text.find('家').expect("it is there");
        let place = outline.place(at..at + 3, whole);
        assert_eq!(sources.slice(place), "家");
    }
}
