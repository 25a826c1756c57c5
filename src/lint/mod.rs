//! What editors paste in: rules about punctuation, numerals and wording, each with its
//! clause and, where there is but one right way, with its mending.
//!
//! Rules read [`Prose`]: paragraphs without markup, titles, values of data files. They are
//! for Chinese text alone. Precision matters more than recall: a rule that cannot tell is
//! silent, and none looks into code, addresses, numbers of standards or what an expression
//! prints.

mod data;
mod line;
mod rules;

pub use data::{Texts, texts};
pub use rules::{Basis, RULES, Rule, Strength};

use line::{Finds, Line};
use rules::Find;

use crate::diag::Diagnostics;
use crate::model::Year;
use crate::prose::{Prose, Role};

/// What rules must know of the document.
#[derive(Debug, Clone, Copy, Default)]
pub struct Frame {
    /// The year that the document reports on, where it reports on a whole year: then
    /// words such as 今年 are looked for.
    pub year: Option<Year>,
    /// Whether what is found may be mended in the file.
    pub mend: bool,
}

/// Applies all rules to the texts of one document. The words for pictures are not set, and
/// no rule of setting concerns them.
pub fn document(proses: &[Prose], frame: Frame, diags: &mut Diagnostics) {
    let lines: Vec<Line<'_>> = proses
        .iter()
        .filter(|prose| prose.role != Role::Picture)
        .filter_map(Line::new)
        .collect();
    for rule in RULES {
        let mut finds = Finds::new(rule, frame, diags);
        match rule.find {
            Find::Line(find) => {
                lines
                    .iter()
                    .filter(|line| line.may_hold(rule.hints))
                    .for_each(|line| find(line, &mut finds));
            }
            Find::Document(find) => find(&lines, &mut finds),
        }
    }
}
