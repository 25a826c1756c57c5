//! All that the PDF of a document depends on beside the templates and fonts.

use super::{Job, Written, attach, pdf, source};
use crate::press::PdfSettings;
use crate::stamp::Key;

impl Written<'_> {
    /// The hash of all that Typst is given: equal jobs make equal files under the same
    /// templates and fonts, and have the same said of them.
    pub fn fingerprint(&self, settings: &PdfSettings) -> String {
        let Job { document, meta, look, pictures, attached, moment, .. } = self.job;
        // The layout follows from the kind and the templates; places are not in the file.
        let kit = source::write_kit(look, &meta.kind);
        let mut files = String::new();
        if pdf::attaches(&settings.standards) {
            attach::write(&mut files, meta, attached);
        }
        let mut key = Key::new().with(&kit).with(&self.generated.text).with(&files);
        key.add(&meta.path);
        key.add(&moment.to_string());
        for standard in &settings.standards {
            key.add(standard);
        }
        for picture in &document.pictures {
            key.add(&picture.path);
            key.add(pictures.get(&picture.path).map_or("", |file| file.hash.as_str()));
        }
        key.finish()
    }
}
