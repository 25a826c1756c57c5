//! An edition's printed pages to look at, for a preview: without the file that holds them,
//! which costs as much again.

use super::Works;
use crate::diag::Diagnostics;
use crate::press::Edition;

/// The printed pages of an edition; a build without PDF output has none.
#[derive(Debug, Clone)]
pub struct Sheets {
    #[cfg(feature = "pdf")]
    sheets: crate::typeset::Sheets,
}

/// How many rounds of a watcher Typst remembers what was not made again.
#[cfg(feature = "pdf")]
const ROUNDS: usize = 10;

/// Forgets what Typst remembers of documents that were not made in the last rounds of a
/// watcher; called once in each.
pub fn end_of_round() {
    #[cfg(feature = "pdf")]
    crate::typeset::evict(ROUNDS);
}

impl<'a> Works<'a> {
    /// Lays out an edition, and reports what `make` would report besides of its PDF;
    /// nothing where it cannot be laid out, or where no PDFs are asked for. Call it
    /// [`in_worker`](crate::pipeline::in_worker).
    #[cfg(feature = "pdf")]
    pub fn sheets(
        &self,
        edition: &Edition<'a>,
        diags: &mut Diagnostics,
    ) -> Option<Sheets> {
        if !self.recipe.formats.contains(&crate::press::Format::Pdf) {
            return None;
        }
        let unsaid = &mut Diagnostics::new();
        let typesetter = self.typesetter(unsaid).ok()?;
        let composed = self.compose(edition, unsaid).ok()?;
        let pictures = self.pictures(&composed.document, &mut Ok(()), unsaid);
        let job = self.job(super::Finished {
            edition,
            composed: &composed,
            pictures: &pictures,
            files: &[],
        });
        let mut own = Diagnostics::new();
        let pages = typesetter.lay_out(job.write(), self.sources, &mut own);
        crate::pipeline::regrade(&self.press.settings, &mut own);
        diags.extend(own);
        pages.ok().map(|pages| Sheets { sheets: pages.into_sheets() })
    }

    /// Nothing.
    #[cfg(not(feature = "pdf"))]
    pub fn sheets(&self, _: &Edition<'a>, _: &mut Diagnostics) -> Option<Sheets> {
        None
    }
}

#[cfg(feature = "pdf")]
impl Sheets {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.sheets.count()
    }

    /// What tells a page from another: where it is the same, it looks the same.
    pub fn hash(&self, index: usize) -> Option<u128> {
        self.sheets.hash(index)
    }

    /// Width and height of a page in points.
    pub fn size(&self, index: usize) -> Option<(f64, f64)> {
        self.sheets.size(index)
    }

    /// A page as SVG.
    pub fn svg(&self, index: usize) -> Option<String> {
        self.sheets.svg(index)
    }
}

#[cfg(not(feature = "pdf"))]
impl Sheets {
    /// None.
    pub fn count(&self) -> usize {
        0
    }

    /// Nothing.
    pub fn hash(&self, _: usize) -> Option<u128> {
        None
    }

    /// Nothing.
    pub fn size(&self, _: usize) -> Option<(f64, f64)> {
        None
    }

    /// Nothing.
    pub fn svg(&self, _: usize) -> Option<String> {
        None
    }
}
