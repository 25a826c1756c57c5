//! Layout measured on the finished page: what stands where, against what the layout's
//! profile asks for.
//!
//! Nothing here trusts what a layout says that it does: positions are read from the frames
//! that the PDF is written from ([`sheet`]); only what is asked for is declared
//! ([`profile`]). The rules stand in one list ([`rules`], and [`grid`] for
//! those of the grid).

mod grid;
mod profile;
mod rules;
mod sheet;

use typst_layout::PagedDocument;

use self::profile::Profile;
use self::rules::RULES;
use self::sheet::Sheets;
use crate::diag::codes::layout::LONELY_SIGNATURE;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Place;

/// What the pages of a document measure.
#[derive(Debug, Clone, PartialEq)]
pub struct LayoutReport {
    /// What they are measured against; nothing where the layout declares no profile, and
    /// only rules that hold for all layouts are looked at.
    pub profile: Option<ProfileName>,
    /// How many pages there are.
    pub pages: usize,
    /// The measures, in the order of the rules.
    pub measures: Vec<Measured>,
}

/// Names the profile of a layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileName {
    /// The standard, or the office's own rules.
    pub name: String,
    /// Whether it is a local one.
    pub local: bool,
    /// The layout, and its variant: `official document`, `official letter`.
    pub layout: String,
}

/// One measure, beside what is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The rule.
    pub rule: String,
    /// What is measured, in a few words.
    pub what: String,
    /// The clause of the profile; `—` for practice that no clause asks for.
    pub clause: String,
    /// How much the clause binds: must, usually, recommended, may, practice.
    pub strength: String,
    /// The page, where it is one of them.
    pub page: Option<usize>,
    /// What is asked for.
    pub required: String,
    /// What is.
    pub measured: String,
    /// Whether it is as it should be.
    pub holds: bool,
    code: &'static Code,
}

impl LayoutReport {
    /// Reports the measures that are not as they should be.
    pub fn report(&self, place: Place, diags: &mut Diagnostics) {
        for measure in self.measures.iter().filter(|measure| !measure.holds) {
            let Measured { what, required, measured, clause, strength, .. } = measure;
            let page =
                measure.page.map_or(String::new(), |page| format!("page {page}: "));
            let profile = self.profile.as_ref().map_or(String::new(), |profile| {
                let local = if profile.local { ", a local profile," } else { "" };
                format!(" ({}{local} {clause}, {strength})", profile.name)
            });
            diags.add(
                Diagnostic::new(
                    measure.code,
                    place,
                    format!("{page}{what}: {measured}, expected {required}{profile}"),
                )
                .hint(measure.code.mend),
            );
        }
    }
}

/// Measures the pages of a document.
pub(super) fn measure(document: &PagedDocument) -> LayoutReport {
    let sheets = Sheets::of(document);
    let profile = Profile::of(document);
    let measures =
        RULES.iter().flat_map(|rule| rule.apply(&sheets, profile.as_ref())).collect();
    let named = |profile: &Profile| {
        let part = |key| profile.text(&[key]).unwrap_or_default();
        ProfileName {
            name: profile.text(&["profile", "name"]).unwrap_or_default(),
            local: profile.is(&["profile", "local"]),
            layout: format!("{} {}", part("layout"), part("variant")).trim().to_owned(),
        }
    };
    LayoutReport { profile: profile.as_ref().map(named), pages: sheets.pages, measures }
}

/// A page that holds too little beside what stands at its foot.
#[derive(Debug, Clone)]
pub(super) struct Wanting {
    /// How many lines more on a page the layout permits.
    pub(super) tighten_most: i64,
    /// How many lines less on a page the layout permits.
    pub(super) loosen_most: i64,
    page: usize,
    lines: usize,
    least: usize,
    /// Whether it is the page of the signature.
    signed: bool,
}

impl Wanting {
    /// What is said where other distances of the lines do not help. An imprint may stand
    /// alone where the layout asks for no more than a line (GB/T 9704-2012, 7.4 and 7.5).
    pub(super) fn finding(&self, place: Place) -> Option<Diagnostic> {
        let Self { page, lines, least, signed, .. } = self;
        if !signed && *least <= 1 {
            return None;
        }
        let message = format!(
            "page {page} holds {lines} lines of text beside the signature or imprint, \
             expected at least {least}"
        );
        Some(
            Diagnostic::new(&LONELY_SIGNATURE, place, message)
                .hint("shorten the text by a few lines, or add to it"),
        )
    }
}

/// Whether the signature or the imprint stands on a page with fewer lines of text than the
/// layout asks for, on documents of more than one page.
pub(super) fn wanting(document: &PagedDocument) -> Option<Wanting> {
    let profile = Profile::of(document)?;
    let least = profile.count(&["least-lines"]).unwrap_or(0);
    if least == 0 || document.pages().len() < 2 {
        return None;
    }
    let sheets = Sheets::of(document);
    let (page, signed) = sparse_page(&sheets, least)?;
    let lines = |key| {
        let count = profile.count(&[key]).unwrap_or(0);
        i64::try_from(count).unwrap_or(i64::MAX)
    };
    Some(Wanting {
        tighten_most: lines("tighten-most"),
        loosen_most: lines("loosen-most"),
        page,
        signed,
        lines: sheets.own_lines(page),
        least,
    })
}

/// The first page that begins a signature, or bears an imprint, beside fewer lines of the
/// document's own than `least`, and whether it is that of the signature.
fn sparse_page(sheets: &Sheets, least: usize) -> Option<(usize, bool)> {
    let signature = sheets.named("signature").next().map(|run| run.page);
    let imprint = sheets.bars("imprint-first").next().map(|bar| bar.page);
    let sparse = |page: &usize| *page > 1 && sheets.own_lines(*page) < least;
    // Beside a signature an imprint is not alone.
    let unsigned = |page: &usize| signature != Some(*page);
    let signature = signature.filter(sparse).map(|page| (page, true));
    let imprint = imprint.filter(unsigned).filter(sparse).map(|page| (page, false));
    signature.or(imprint)
}
