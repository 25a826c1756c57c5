//! All that the PDF of a document depends on beside the templates, fonts and settings.

use super::{Job, source};
use crate::stamp::Key;

impl Job<'_> {
    /// The hash of all that Typst is given: equal jobs make equal files under the same
    /// templates, fonts and standards, and have the same said of them.
    pub fn fingerprint(&self) -> String {
        let Job { document, meta, look, pictures, base_url, moment, front } = *self;
        // The layout follows from the kind and the templates; places are not in the file.
        let text =
            source::write(document, meta, look, &meta.kind, 0, base_url, front).text;
        let mut key = Key::new().with(&text).with(&meta.path).with(&moment.to_string());
        for picture in &document.pictures {
            key.add(&picture.path);
            key.add(pictures.get(&picture.path).map_or("", |file| file.hash.as_str()));
        }
        key.finish()
    }
}
