//! Whether every link of the finished pages leads somewhere.

use super::Works;
use crate::diag::codes::links::DEAD_LINK;
use crate::diag::{Diagnostic, Diagnostics};
use crate::links::{Dead, File, Finished};
use crate::publish::Publication;

/// The finished files of a press, when all are made.
#[derive(Debug, Default)]
pub struct Reach(Finished);

/// The files of a publication, or of the site, with what their pages lead to.
#[derive(Debug)]
pub struct Ways(Vec<File>);

impl Ways {
    /// Reads the pages of a publication.
    pub fn of(publication: &Publication) -> Self {
        let files = publication.artifacts.iter();
        Self(files.map(|file| File::read(&file.path, file.bytes())).collect())
    }
}

impl Reach {
    /// Adds the files of a publication.
    pub fn add(&mut self, Ways(files): Ways) {
        files.into_iter().for_each(|file| self.0.add(file));
    }

    /// Reports the links that lead to nothing.
    pub fn report(&self, works: &Works<'_>, diags: &mut Diagnostics) {
        let mut found = Diagnostics::new();
        for Dead { file, anchor, page, others } in self.0.dead() {
            let what = match anchor {
                Some(anchor) => format!("`{file}`, which has no anchor `{anchor}`"),
                None => format!("`{file}`, which is not there"),
            };
            let also = match others {
                0 => String::new(),
                1 => "; so does another page".to_owned(),
                more => format!("; so do {more} other pages"),
            };
            let message = format!("the page `{page}` leads to {what}{also}");
            found.add(
                Diagnostic::new(&DEAD_LINK, None, message)
                    .hint("look for the address in the press's own templates"),
            );
        }
        super::regrade(&works.press().settings, &mut found);
        diags.extend(found);
    }
}
