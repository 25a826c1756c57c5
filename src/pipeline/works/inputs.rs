//! What an edition was made from.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{InputsKey, OTHER_YEARS, Works, lock};
use crate::address;
use crate::folder::Binary;
use crate::press::Edition;
use crate::publish::{Input, InputSet, Inputs};
use crate::source::FileId;

impl<'a> Works<'a> {
    /// Everything that an edition was made from. The data of other years is among it where
    /// a template names other years.
    pub(super) fn inputs(
        &self,
        edition: &Edition<'a>,
        pictures: &BTreeMap<String, Binary>,
    ) -> Inputs {
        let narrative = edition.narrative;
        let own = std::iter::once(self.input(narrative.file));
        let own = own.chain(pictures.values().map(of_binary)).collect();
        let others = self.partials_name_years
            || names_years(&self.sources.get(narrative.file).text);
        let (series, kind) = (&edition.series.name, &edition.kind.name);
        let templates = self.template_inputs(kind);
        let year = (!others).then_some(narrative.year);
        let record = self.shared_inputs(InputsKey::Record(series.clone(), year), || {
            let records = edition.series.records.iter();
            let files = records
                .filter(|&(&year, _)| others || narrative.year == Some(year))
                .flat_map(|(_, record)| &record.files)
                .chain(&edition.series.shared.files);
            InputSet::new(files.map(|&file| self.input(file)))
        });
        Inputs { own, shared: vec![templates, record], making: None }
    }

    /// What the pages of the site are made from, beside the editions that they tell of.
    pub(in super::super) fn site_inputs(&self) -> Inputs {
        let shared = vec![self.template_inputs(address::FOLDER)];
        Inputs { own: Vec::new(), shared, making: None }
    }

    /// The project file, and the templates of a folder with those that all share.
    fn template_inputs(&self, folder: &str) -> Arc<InputSet> {
        self.shared_inputs(InputsKey::Kind(folder.to_owned()), || {
            let folder = format!("{folder}/");
            let shared =
                |path: &str| !path.contains('/') || path.starts_with("partials/");
            let of_kind = |path: &str| shared(path) || path.starts_with(&folder);
            let templates = &self.press.templates;
            let files = templates.files.iter().filter(|(path, _)| of_kind(path.as_str()));
            let files = files.map(|(_, &file)| self.input(file));
            let project = std::iter::once(self.input(self.press.settings.file));
            InputSet::new(
                project.chain(files).chain(templates.binaries.values().map(of_binary)),
            )
        })
    }

    /// A set of inputs, made once.
    fn shared_inputs(
        &self,
        key: InputsKey,
        make: impl FnOnce() -> InputSet,
    ) -> Arc<InputSet> {
        if let Some(set) = lock(&self.inputs).get(&key) {
            return Arc::clone(set);
        }
        let set = Arc::new(make());
        Arc::clone(lock(&self.inputs).entry(key).or_insert(set))
    }

    fn input(&self, file: FileId) -> Input {
        let source = self.sources.get(file);
        Input { path: source.path.clone(), hash: source.hash.clone() }
    }
}

fn of_binary(binary: &Binary) -> Input {
    Input { path: binary.path.clone(), hash: binary.hash.clone() }
}

/// Whether a template may print something of other years of its series.
pub(super) fn names_years(text: &str) -> bool {
    OTHER_YEARS.iter().any(|name| text.contains(name))
}
