//! An edition's page, its PDF and the drawings of its charts.

use super::{Composed, Finished, GENERAL_PAGE, Works, picture_output};
use crate::card::Cover;
#[cfg(not(feature = "pdf"))]
use crate::diag::Diagnostic;
#[cfg(feature = "pdf")]
use crate::diag::codes::typeset::{PDF_STANDARD, TYPST_ERROR};
use crate::diag::{Diagnostics, Reported};
#[cfg(feature = "pdf")]
use crate::document::BlockKind;
use crate::document::Image;
use crate::frame::VersionLink;
use crate::locale::size;
use crate::pipeline::previews::{Version, versions_of};
#[cfg(feature = "pdf")]
use crate::press::Edition;
use crate::press::{Format, PageFonts, split_language};
use crate::sheet::SheetFile;
#[cfg(not(feature = "pdf"))]
use crate::source::Place;
#[cfg(feature = "pdf")]
use crate::typeset;
use crate::{address, html, load, webfont};

/// An edition's PDF.
pub(super) struct MadeNow {
    /// The file.
    pub(super) bytes: Vec<u8>,
    /// How many pages it has.
    pub(super) pages: usize,
    /// The hash of all that Typst was given, where it had nothing to say.
    pub(super) key: Option<String>,
    /// The picture of its first page, where the site shows one.
    pub(super) cover: Option<(Cover, Vec<u8>)>,
}

impl<'a> Works<'a> {
    pub(super) fn page(
        &self,
        finished: Finished<'_, 'a>,
        printed: Option<(usize, u64)>,
        diags: &mut Diagnostics,
    ) -> Result<Vec<u8>, Reported> {
        let Finished { edition, composed, pictures, files } = finished;
        let Composed { merged, document, sheet, .. } = composed;
        let from = &edition.path;
        let frame = self.frames.get(from);
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
        let look = self.press.theme.of(&edition.kind.name);
        let mut style = self.style(&edition.kind.name, frame.is_some());
        if self.press.settings.html.fonts == PageFonts::Embedded {
            let faces = webfont::style(document, &merged.meta, look, sheet);
            style = (faces + &*style).into();
        }
        let pdf = self.recipe.formats.contains(&Format::Pdf);
        let pdf = pdf.then(|| html::file_href(from, &format!("{from}.pdf")));
        let figures = (!files.is_empty()).then(|| html::FigureFiles {
            word: edition.language.figure_words().files,
            files: files.iter().map(|file| figure_file(from, file)).collect(),
        });
        let words = edition.language.words();
        let pdf_size = printed.map(|(pages, bytes)| {
            format!("{}{}{}", edition.language.pages(pages), words.comma, size(bytes))
        });
        let (style, pdf) = (&*style, pdf.as_deref());
        let versions = self.version_links(from);
        let parts =
            html::PageParts { body, style, pdf, pdf_size, figures, frame, versions };
        let context = html::page_context(document, &merged.meta, parts);
        let own = format!("{}/page.html", edition.kind.name);
        let pages = self.pages(diags);
        let name = if pages.has(&own) { own.as_str() } else { GENERAL_PAGE };
        let place = edition.narrative.front.place;
        pages.render(name, &context, place, diags).map(String::into_bytes)
    }

    /// Links to the versions of an edition, where it has more than one.
    pub(super) fn version_links(&self, from: &str) -> Vec<VersionLink> {
        let base = self.press.settings.base_url.as_deref();
        let link = |version: &Version| {
            let Version { language, path, .. } = version;
            let href = html::publication_href(from, path, None);
            let address =
                base.map(|base| address::absolute(base, &address::edition(path)));
            let addresses = (href.clone(), address.unwrap_or(href));
            let original = split_language(path).1.is_none();
            let current = path == from;
            VersionLink::new(*language, addresses, original, current)
        };
        versions_of(&self.versions, from).into_iter().map(link).collect()
    }

    /// An edition's PDF: that of its last making, where Typst is given the same and had
    /// nothing to say.
    #[cfg(feature = "pdf")]
    pub(super) fn pdf(
        &self,
        finished: Finished<'_, 'a>,
        diags: &mut Diagnostics,
    ) -> Result<MadeNow, Reported> {
        let written = self.job(finished).write();
        let key = self.pdf_key(&written);
        if let Some(made) = key.as_ref().and_then(|key| self.made(finished.edition, key))
        {
            return Ok(made);
        }
        let mut own = Diagnostics::new();
        let typesetter = self.typesetter(diags)?;
        let path = finished.edition.path.as_str();
        let sources = self.sources;
        let lay_out = || typesetter.lay_out(written, sources, &mut own);
        let pages = self.time("layout", path, lay_out);
        let made = pages.and_then(|pages| {
            let pdf = self.time("pdf", path, || {
                typesetter.export(&pages, self.sources, &mut own)
            })?;
            let draw = || self.time("cover", path, || pages.cover(&mut own));
            Ok((pdf, self.makes_site().then(draw).transpose()?))
        });
        let key = key.filter(|_| own.is_empty());
        // What Typst says of a place that is at fault already follows from that.
        let follows = [&TYPST_ERROR, &PDF_STANDARD];
        diags.extend_beside(own, |code| follows.iter().any(|one| one.id == code.id));
        made.map(|(pdf, cover)| MadeNow {
            bytes: pdf.bytes,
            pages: pdf.pages,
            key,
            cover,
        })
    }

    /// The PDF of an edition's last making, where it has this key and stands.
    #[cfg(feature = "pdf")]
    fn made(&self, edition: &Edition<'_>, key: &str) -> Option<MadeNow> {
        let making = self.memory.making(&edition.path)?;
        let made = making.pdf.as_ref().filter(|made| made.key == key)?;
        let output = |path: String| self.memory.output(making, &path);
        let bytes = output(format!("{}.pdf", edition.path))?;
        let cover = if self.makes_site() {
            Some((making.card.cover?, output(address::cover(&edition.path))?))
        } else {
            None
        };
        Some(MadeNow { bytes, pages: made.pages, key: Some(key.to_owned()), cover })
    }

    /// The drawings of a document's charts.
    #[cfg(feature = "pdf")]
    fn charts(
        &self,
        finished: Finished<'_, 'a>,
        diags: &mut Diagnostics,
    ) -> Result<Vec<String>, Reported> {
        let mut charts = false;
        finished.composed.document.each_block(&mut |block| {
            charts |= matches!(block.kind, BlockKind::Chart(_));
        });
        if !charts {
            return Ok(Vec::new());
        }
        let job = self.job(finished);
        let typesetter = self.typesetter(diags)?;
        let path = &finished.edition.path;
        self.time("charts", path, || typesetter.charts(job, self.sources, diags))
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
        let Composed { merged, document, .. } = composed;
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
    ) -> Result<MadeNow, Reported> {
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
