//! A document's pages to look at, without a PDF: each is drawn when it is asked for.

use typst::utils::hash128;
use typst_layout::PagedDocument;
use typst_svg::SvgOptions;

use super::{Pages, in_pool};

/// Finished pages (版面): what a preview shows beside the page for screens.
#[derive(Debug, Clone)]
pub struct Sheets {
    paged: PagedDocument,
}

impl Pages<'_> {
    /// The pages alone, which outlive what they were made from.
    pub fn into_sheets(self) -> Sheets {
        Sheets { paged: self.paged }
    }
}

impl Sheets {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.paged.pages().len()
    }

    /// What tells a page from another: where it is the same, it looks the same.
    pub fn hash(&self, index: usize) -> Option<u128> {
        Some(hash128(&self.paged.pages().get(index)?.frame))
    }

    /// Width and height of a page in points.
    pub fn size(&self, index: usize) -> Option<(f64, f64)> {
        let size = self.paged.pages().get(index)?.frame.size();
        Some((size.x.to_pt(), size.y.to_pt()))
    }

    /// A page as SVG, with letters as outlines.
    pub fn svg(&self, index: usize) -> Option<String> {
        let page = self.paged.pages().get(index)?;
        Some(in_pool(|| typst_svg::svg(page, &SvgOptions::default())))
    }
}
