//! The fonts that documents may be set in, in an order that is the same everywhere:
//! those in the program, those beside the templates, those of the press, and the
//! machine's own only where the press asks for them.

use rayon::prelude::*;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo, FontStyle};
use typst::utils::LazyHash;
use typst_kit::fonts::FontStore;

use super::coverage::Coverage;
use crate::diag::codes::typeset::FONT_UNREADABLE;
use crate::diag::{Diagnostic, Diagnostics};
use crate::folder::{Binary, Library};
use crate::source::{Place, Sources};

/// Families of Typst's own fonts that are used: a monospaced one for code, and one with
/// italics for English text. Its mathematical fonts are left out.
const FROM_TYPST: [&str; 2] = ["DejaVu Sans Mono", "Libertinus Serif"];

/// One face, for `annals fonts`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontFace {
    /// The family by which layouts name it.
    pub family: String,
    /// `normal`, `italic` or `oblique`.
    pub style: &'static str,
    /// The weight, 100 to 900.
    pub weight: u16,
    /// How many characters it has.
    pub characters: usize,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a font comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The program carries it.
    BuiltIn,
    /// A file of the press or beside the templates: its path below the press root.
    File(String),
    /// A file of the machine.
    System(String),
}

/// All fonts of a run.
pub(super) struct Fonts {
    store: FontStore,
    faces: Vec<FontFace>,
    coverage: Coverage,
}

impl Fonts {
    /// Opens the fonts; reports the files that are none.
    pub(super) fn open(
        library: &Library,
        of_press: &[Binary],
        system: bool,
        sources: &Sources,
        diags: &mut Diagnostics,
    ) -> Self {
        let mut fonts = Self {
            store: FontStore::new(),
            faces: Vec::new(),
            coverage: Coverage::empty(),
        };
        for font in built_in() {
            fonts.add(font, Origin::BuiltIn);
        }
        let beside = library.binaries.values().filter(|file| is_font(&file.path));
        for file in beside.chain(of_press) {
            let bytes = Bytes::new(std::sync::Arc::clone(&file.bytes));
            if fonts.add_all(bytes, &Origin::File(file.path.clone())) == 0 {
                diags.add(
                    Diagnostic::new(
                        &FONT_UNREADABLE,
                        sources.find(&file.path).map(Place::whole),
                        format!("`{}` holds no font that can be used", file.path),
                    )
                    .hint("replace it by a TrueType or OpenType font, or remove it"),
                );
            }
        }
        if system {
            fonts.add_system();
        }
        fonts
    }

    /// What Typst knows of the fonts.
    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        self.store.book()
    }

    /// The font with this number in the book.
    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.store.font(index)
    }

    /// Which characters have a glyph in one of the fonts.
    pub(super) fn coverage(&self) -> &Coverage {
        &self.coverage
    }

    /// The faces in order.
    pub(super) fn faces(&self) -> &[FontFace] {
        &self.faces
    }

    fn add_all(&mut self, bytes: Bytes, origin: &Origin) -> usize {
        let before = self.faces.len();
        for font in Font::iter(bytes) {
            self.add(font, origin.clone());
        }
        self.faces.len() - before
    }

    fn add(&mut self, font: Font, origin: Origin) {
        let info = font.info().clone();
        self.note(&info, origin);
        self.store.push((font, info));
    }

    /// Adds the machine's fonts; Typst reads a file when a document first needs it.
    fn add_system(&mut self) {
        for (path, info) in typst_kit::fonts::system() {
            self.note(&info, Origin::System(path.path.display().to_string()));
            self.store.push((path, info));
        }
    }

    fn note(&mut self, info: &FontInfo, origin: Origin) {
        self.coverage.add(info);
        self.faces.push(FontFace {
            family: info.family.clone(),
            style: match info.variant.style {
                FontStyle::Normal => "normal",
                FontStyle::Italic => "italic",
                FontStyle::Oblique => "oblique",
            },
            weight: info.variant.weight.to_number(),
            characters: info.coverage.iter().count(),
            origin,
        });
    }
}

/// The faces that the program carries. Each is read whole, so all processors read.
fn built_in() -> Vec<Font> {
    let ours = crate::faces::FONTS.iter().map(|font| font.bytes);
    let of_typst = typst_assets::fonts();
    let files: Vec<&'static [u8]> = ours.chain(of_typst).collect();
    let fonts = files.into_par_iter().flat_map_iter(|bytes| {
        Font::iter(Bytes::new(bytes)).filter(|font| is_used(&font.info().family))
    });
    fonts.collect()
}

/// Whether a face that the program carries is one for documents.
fn is_used(family: &str) -> bool {
    let ours = crate::faces::FONTS.iter().map(|font| font.family);
    ours.chain(FROM_TYPST).any(|used| used == family)
}

/// Whether a path ends as font files do.
fn is_font(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["ttf", "otf", "ttc", "otc"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}
