//! The text rules, for the editions that are meant.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::diag::{Diagnostics, Reported};
use crate::lint::{self, Frame, Texts};
use crate::locale::Language;
use crate::model::{Period, Year};
use crate::press::{Edition, Press};
use crate::source::{Place, Sources};
use crate::{parse, template};

/// Reads and checks a press like [`super::open`], and looks through the texts of its data
/// for [`fn@lint`].
///
/// # Errors
/// See [`super::open`].
pub fn open_with_texts(
    root: &Path,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Result<(Press, Texts), Reported> {
    super::open_and(root, &mut super::Kept::default(), sources, diags, None, lint::texts)
}

/// Applies the text rules to the narratives and data that editions are made from, as far
/// as they are Chinese.
pub fn lint(
    press: &Press,
    texts: &Texts,
    sources: &Sources,
    editions: &[Edition<'_>],
    diags: &mut Diagnostics,
) {
    let mut own = Diagnostics::new();
    let mut narratives = BTreeMap::new();
    let mut records = BTreeSet::new();
    for edition in editions {
        let series = &edition.series;
        if series.language.unwrap_or(press.settings.language) == Language::Zh {
            records.insert((series.name.as_str(), None));
            records.insert((series.name.as_str(), edition.narrative.year));
        }
        if edition.language == Language::Zh {
            narratives.entry(edition.narrative.path.as_str()).or_insert(edition);
        }
    }
    for (path, edition) in narratives {
        let (file, body) = (edition.narrative.file, edition.narrative.body.clone());
        let outline = template::outline(&sources.get(file).text, body, file);
        let mut proses = texts.front(path).to_vec();
        proses.extend(parse::prose(&outline, Place::whole(file)));
        let frame = Frame { year: whole_year(edition), mend: true };
        lint::document(&proses, frame, &mut own);
    }
    for (series, year) in records {
        for found in texts.of_data(series, year) {
            own.add(found.clone());
        }
    }
    super::regrade(&press.settings, &mut own);
    diags.extend(own);
}

/// The year that an edition reports on, where it is a whole one and the narrative makes no
/// others.
fn whole_year(edition: &Edition<'_>) -> Option<Year> {
    match edition.period {
        Some(Period::Year(year)) if edition.narrative.front.every.is_none() => Some(year),
        _ => None,
    }
}
