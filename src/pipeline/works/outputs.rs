//! An edition's page, its PDF and the drawings of its charts.

use super::{Composed, Finished, GENERAL_PAGE, Works, picture_output};
#[cfg(not(feature = "pdf"))]
use crate::diag::Diagnostic;
#[cfg(feature = "pdf")]
use crate::diag::codes::typeset::{PDF_STANDARD, TYPST_ERROR};
use crate::diag::{Diagnostics, Reported};
use crate::document::Image;
#[cfg(feature = "pdf")]
use crate::press::Edition;
use crate::press::{Format, PageFonts};
use crate::sheet::SheetFile;
#[cfg(not(feature = "pdf"))]
use crate::source::Place;
#[cfg(feature = "pdf")]
use crate::typeset;
use crate::{html, load, webfont};

impl<'a> Works<'a> {
    pub(super) fn page(
        &self,
        finished: Finished<'_, 'a>,
        diags: &mut Diagnostics,
    ) -> Result<Vec<u8>, Reported> {
        let Finished { edition, composed, pictures, sheet, files } = finished;
        let Composed { merged, document } = composed;
        let from = &edition.path;
        let link =
            |to: &str, anchor: Option<&str>| html::publication_href(from, to, anchor);
        let picture = |image: &Image| html::PictureSource {
            href: html::file_href(from, picture_output(&image.path)),
            size: pictures
                .get(&image.path)
                .and_then(|binary| load::picture_size(&binary.bytes)),
        };
        let charts = self.charts(finished, diags)?;
        let options = html::Options {
            language: edition.language,
            profile: html::Profile::Page,
            link: &link,
            picture: &picture,
            charts: &charts,
            figures: sheet,
        };
        let body = html::body(document, &options);
        let style = self.press.templates.files.get("style.css");
        let style = style.map_or("", |&file| self.sources.get(file).text.as_str());
        let look = self.press.theme.of(&edition.kind.name);
        let mut style = html::style(look, style);
        if self.press.settings.html.fonts == PageFonts::Embedded {
            style.insert_str(0, &webfont::style(document, &merged.meta, look, sheet));
        }
        let pdf = self.recipe.formats.contains(&Format::Pdf);
        let pdf = pdf.then(|| html::file_href(from, &format!("{from}.pdf")));
        let figures = (!files.is_empty()).then(|| html::FigureFiles {
            word: edition.language.figure_words().files,
            files: files.iter().map(|file| figure_file(from, file)).collect(),
        });
        let (style, pdf) = (style.as_str(), pdf.as_deref());
        let parts = html::PageParts { body, style, pdf, figures };
        let context = html::page_context(document, &merged.meta, parts);
        let own = format!("{}/page.html", edition.kind.name);
        let name = if self.pages.has(&own) { own.as_str() } else { GENERAL_PAGE };
        let place = edition.narrative.front.place;
        self.pages.render(name, &context, place, diags).map(String::into_bytes)
    }

    /// The bytes of an edition's PDF, and how many pages it has.
    #[cfg(feature = "pdf")]
    pub(super) fn pdf(
        &self,
        finished: Finished<'_, 'a>,
        diags: &mut Diagnostics,
    ) -> Result<(Vec<u8>, usize), Reported> {
        let typesetter =
            self.typesetter.as_ref().expect("fonts are open where PDFs are asked for");
        let job = self.job(finished);
        let mut own = Diagnostics::new();
        let made = typesetter.typeset(job, self.sources, &mut own);
        // What Typst says of a place that is at fault already follows from that.
        let follows = [&TYPST_ERROR, &PDF_STANDARD];
        diags.extend_beside(own, |code| follows.iter().any(|one| one.id == code.id));
        made.map(|pdf| (pdf.bytes, pdf.pages))
    }

    /// The drawings of a document's charts.
    #[cfg(feature = "pdf")]
    fn charts(
        &self,
        finished: Finished<'_, 'a>,
        diags: &mut Diagnostics,
    ) -> Result<Vec<String>, Reported> {
        let Some(typesetter) = &self.typesetter else { return Ok(Vec::new()) };
        let job = self.job(finished);
        typesetter.charts(job, self.sources, diags)
    }

    /// Without Typst pages show the data of charts.
    #[cfg(not(feature = "pdf"))]
    fn charts(
        &self,
        _: Finished<'_, 'a>,
        _: &mut Diagnostics,
    ) -> Result<Vec<String>, Reported> {
        Ok(Vec::new())
    }

    /// What Typst is given of an edition.
    #[cfg(feature = "pdf")]
    pub(super) fn job<'j>(&'j self, finished: Finished<'j, 'a>) -> typeset::Job<'j> {
        let Finished { edition, composed, pictures, files, .. } = finished;
        let Composed { merged, document } = composed;
        typeset::Job {
            document,
            meta: &merged.meta,
            look: self.press.theme.of(&edition.kind.name),
            pictures,
            attached: files,
            base_url: self.press.settings.base_url.as_deref(),
            moment: self.moment(edition),
            front: edition.narrative.front.place,
        }
    }

    #[cfg(not(feature = "pdf"))]
    pub(super) fn pdf(
        &self,
        _: Finished<'_, 'a>,
        diags: &mut Diagnostics,
    ) -> Result<(Vec<u8>, usize), Reported> {
        let message = "this annals was built without PDF output";
        let place = Place::whole(self.press.settings.file);
        Err(diags.add(
            Diagnostic::new(&crate::diag::codes::publish::NO_PDF, place, message).hint(
                "set `formats = [\"html\"]`, or build annals with the feature `pdf`",
            ),
        ))
    }

    /// When an edition's PDF counts as made: its day of publication, else the moment the
    /// build was told, else the end of its period; never the clock.
    #[cfg(feature = "pdf")]
    fn moment(&self, edition: &Edition<'_>) -> jiff::civil::DateTime {
        let midnight = |day: jiff::civil::Date| day.at(0, 0, 0, 0);
        let date = edition.narrative.front.date.map(|date| midnight(date.first_day()));
        let end = || edition.period.map(|period| midnight(period.last_day()));
        date.or(self.recipe.epoch)
            .or_else(end)
            .unwrap_or_else(|| midnight(jiff::civil::Date::constant(1970, 1, 1)))
    }
}

/// A file of figures as the page of an edition links it.
fn figure_file(edition: &str, file: &SheetFile) -> html::FigureFile {
    html::FigureFile {
        format: file.format,
        media_type: file.media_type,
        href: html::file_href(edition, &format!("{edition}.{}", file.ending)),
    }
}
