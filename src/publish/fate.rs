//! What becomes of outputs that a build did not make: they are kept, or go.

use super::Output;

impl Output {
    /// Keeps the last good output of an edition that could not be made.
    pub fn keep(&mut self, edition: &str) {
        self.failed.insert(edition.to_owned());
    }

    /// The same for all editions of this kind that the last build left.
    pub fn keep_all(&mut self, which: impl Fn(&str) -> bool) {
        let all = self.previous.editions.keys().filter(|edition| which(edition));
        self.failed.extend(all.cloned());
    }

    /// Whether the last build left outputs of an edition.
    pub fn holds(&self, edition: &str) -> bool {
        self.previous.editions.contains_key(edition)
    }

    /// Takes an edition out of the output folder, whatever else is kept: it is no longer for
    /// readers, or not yet.
    pub fn withdraw(&mut self, edition: &str) {
        self.withdrawn.insert(edition.to_owned());
    }

    /// The same for all editions of this kind.
    pub fn withdraw_all(&mut self, which: impl Fn(&str) -> bool) {
        let all = self.previous.editions.keys().filter(|edition| which(edition));
        self.withdrawn.extend(all.cloned());
    }
}
