//! What Typst says, said about the press's own files: the narrative that a passage came
//! from, or the layout that holds the line.

use typst::diag::{Severity, SourceDiagnostic};
use typst::ecow::EcoString;
use typst::syntax::{DiagSpan, Source};
use typst::{World, WorldExt};

use super::source::PlaceMap;
use super::world::{DocumentWorld, PICTURES, template_path};
use crate::diag::codes::typeset::{
    LAYOUT_ERROR, PDF_STANDARD, TYPST_ERROR, TYPST_WARNING, UNKNOWN_FONT,
};
use crate::diag::{Code, Diagnostic, Diagnostics, suggest};
use crate::folder::Library;
use crate::source::{Place, Sources};

/// How many calls on the way to an error are shown.
const MAX_TRACE: usize = 3;

/// What is needed to find the way back.
pub(super) struct Back<'a> {
    /// The world that Typst saw.
    pub(super) world: &'a DocumentWorld<'a>,
    /// From the generated source to the narrative.
    pub(super) map: &'a PlaceMap,
    /// The templates, by path.
    pub(super) library: &'a Library,
    /// The path of the layout.
    pub(super) layout: &'a str,
    /// The front matter, for what stands nowhere else.
    pub(super) front: Place,
    /// The press's files.
    pub(super) sources: &'a Sources,
}

/// Which part of Typst spoke.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Evaluation and layout.
    Compile,
    /// The PDF writer.
    Export,
}

/// Where a span of Typst's leads.
#[derive(Clone, Copy)]
enum Spot {
    /// Into the narrative or data behind the generated source.
    Text(Place),
    /// Into a layout of the press.
    Layout(Place),
    /// Into a layout that annals brings along.
    BuiltIn(Place),
}

impl Spot {
    fn place(self) -> Place {
        match self {
            Self::Text(place) | Self::Layout(place) | Self::BuiltIn(place) => place,
        }
    }
}

impl Back<'_> {
    /// Reports what Typst found.
    pub(super) fn report(
        &self,
        step: Step,
        found: &[SourceDiagnostic],
        diags: &mut Diagnostics,
    ) {
        for found in found {
            diags.add(self.convert(step, found));
        }
    }

    /// A finding is shown where the press can mend it: in its own layout or text. Where
    /// the way to it leads through neither, it is shown at the front matter.
    fn convert(&self, step: Step, found: &SourceDiagnostic) -> Diagnostic {
        // The names that a kit imports are `*` and `layout`.
        let kit = self.world.kit.as_ref().map(Source::id);
        if found.message == "unresolved import" && kit.is_some() && found.span.id() == kit
        {
            return self.without_layout();
        }
        let trace = found.trace.iter().map(|point| DiagSpan::from(point.span));
        let spots: Vec<Spot> = std::iter::once(found.span)
            .chain(trace)
            .filter_map(|span| self.locate(span))
            .collect();
        let main = spots.iter().find(|spot| !matches!(spot, Spot::BuiltIn(_)));
        let place = main.map_or(self.front, |spot| spot.place());
        let family = found.message.strip_prefix("unknown font family: ");
        let (code, message): (&'static Code, String) = match (family, found.severity) {
            (Some(family), _) => (
                &UNKNOWN_FONT,
                format!("the font family `{family}` is not among the fonts"),
            ),
            (_, Severity::Warning) => (&TYPST_WARNING, sentence(&found.message)),
            _ if step == Step::Export => (&PDF_STANDARD, sentence(&found.message)),
            _ if matches!(main, Some(Spot::Layout(_))) => {
                (&LAYOUT_ERROR, sentence(&found.message))
            }
            _ if found.message.contains(PICTURES) => {
                (&TYPST_ERROR, "this picture was not found".to_owned())
            }
            _ => (&TYPST_ERROR, sentence(&found.message)),
        };
        let mut diagnostic = Diagnostic::new(code, place, message);
        let others = spots.iter().filter(|spot| spot.place() != place).take(MAX_TRACE);
        for spot in others {
            let words = match spot {
                Spot::Text(_) => "while setting this passage",
                Spot::Layout(_) | Spot::BuiltIn(_) => "in this layout",
            };
            diagnostic = diagnostic.related(spot.place(), words);
        }
        if let Some(family) = family {
            diagnostic = diagnostic.maybe_hint(self.suggest_family(family));
        }
        for hint in &found.hints {
            diagnostic = diagnostic.hint(sentence(&hint.v));
        }
        if found.message.contains("depth exceeded") {
            diagnostic =
                diagnostic.hint("nest fewer lists and quotations into one another");
        }
        diagnostic
    }

    fn without_layout(&self) -> Diagnostic {
        let file = self.library.files.get(self.layout.trim_start_matches('/'));
        let place = file.map_or(self.front, |&file| Place::whole(file));
        Diagnostic::new(&LAYOUT_ERROR, place, "the layout defines no function `layout`")
            .hint("add `#let layout(meta, body) = { … body }`")
    }

    fn locate(&self, span: DiagSpan) -> Option<Spot> {
        let id = span.id()?;
        let range = self.world.range(span);
        if id == self.world.main.id() {
            return self.map.find(range?.start).map(Spot::Text);
        }
        let file = *self.library.files.get(template_path(id)?)?;
        let place = range.map_or(Place::whole(file), |range| Place::bytes(file, range));
        let built_in = self.sources.get(file).path.starts_with("annals:");
        Some(if built_in { Spot::BuiltIn(place) } else { Spot::Layout(place) })
    }

    fn suggest_family(&self, family: &str) -> Option<String> {
        suggest(family, self.world.book().families().map(|(family, _)| family))
    }
}

/// A message of Typst's in our form: a lower-case start, no final period.
pub(super) fn sentence(message: &EcoString) -> String {
    message.trim_end_matches('.').to_owned()
}
