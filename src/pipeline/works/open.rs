//! The engines and fonts of a build, opened when something first needs them.

use super::Works;
#[cfg(feature = "pdf")]
use super::{Typesetter, parse};
use crate::diag::{Diagnostics, Reported};
use crate::press::Format;
#[cfg(feature = "pdf")]
use crate::press::Press;
#[cfg(feature = "pdf")]
use crate::source::Place;
use crate::stamp::Seen;
use crate::template::{Narratives, Pages};
use crate::timings::{Timings, time};

impl<'a> Works<'a> {
    /// Notes how long things take.
    #[must_use]
    pub fn timed(self, timings: Option<&'a Timings>) -> Self {
        Self { timings, ..self }
    }

    /// Does some work of a stage, and notes how long it took where that is wanted.
    pub(in crate::pipeline) fn time<T>(
        &self,
        stage: &'static str,
        edition: &str,
        work: impl FnOnce() -> T,
    ) -> T {
        time(self.timings, stage, edition, work)
    }

    /// Opens everything that editions may need, to say what is wrong with it.
    pub(super) fn open(&self, diags: &mut Diagnostics) -> Result<(), Reported> {
        self.narratives(diags);
        if self.recipe.formats.contains(&Format::Html) {
            self.pages(diags);
        }
        #[cfg(feature = "pdf")]
        if self.recipe.formats.contains(&Format::Pdf) || self.draws_charts() {
            self.typesetter(diags)?.check_families(&self.press.theme, diags);
        }
        Ok(())
    }

    /// Whether a narrative or partial may hold a chart.
    #[cfg(feature = "pdf")]
    fn draws_charts(&self) -> bool {
        let narratives = self.press.narratives.iter().map(|narrative| narrative.file);
        let partials = self.press.templates.files.iter();
        let partials = partials.filter(|(path, _)| path.ends_with(".md"));
        let mut files = narratives.chain(partials.map(|(_, &file)| file));
        files.any(|file| parse::may_hold_chart(&self.sources.get(file).text))
    }

    /// The engine of narratives, which is opened when it is first asked for.
    pub(super) fn narratives(&self, diags: &mut Diagnostics) -> &Narratives {
        let open = || Narratives::new(&self.press.templates, self.sources, diags);
        self.narratives.get_or_init(open)
    }

    /// The engine of pages, which is opened when it is first asked for.
    pub(in crate::pipeline) fn pages(&self, diags: &mut Diagnostics) -> &Pages {
        let open = || Pages::new(&self.press.templates, self.sources, diags);
        self.pages.get_or_init(open)
    }

    /// The fonts and layouts, which are opened when they are first asked for.
    #[cfg(feature = "pdf")]
    pub(super) fn typesetter(
        &self,
        diags: &mut Diagnostics,
    ) -> Result<&Typesetter, Reported> {
        let Press { templates, settings, .. } = self.press;
        let project = Some(Place::whole(settings.file));
        let open = || {
            let (fonts, sources) = (&self.fonts.0, self.sources);
            Typesetter::new(templates, fonts, &settings.pdf, project, sources, diags)
        };
        self.typesetter.get_or_init(open).as_ref().map_err(|&reported| reported)
    }

    /// The key of what is made once for all editions, where it said nothing: the next
    /// build need not open it to say so again.
    pub fn lesson(&self) -> Option<String> {
        let keys = self.keys.as_ref().filter(|_| self.silent)?;
        Some(keys.works().to_owned())
    }

    /// How the folders of fonts stood.
    pub fn seen(&self) -> &[Seen] {
        &self.fonts.1
    }
}
