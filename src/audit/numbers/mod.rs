//! Where each number of a finished document comes from (数字审计).
//!
//! What an expression printed is bound: to a figure, or to other data of the record. What
//! is typed by hand is structure (`scan` says how that is seen), declared by `literal`, or
//! stray. A stray number that is the value of a figure is reported with its binding.

mod as_of;
mod context;
mod published;
mod scan;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;
use std::ops::Range;

pub use published::unchanged;
use scan::numerals;

use crate::diag::codes::audit as codes;
use crate::diag::{Diagnostic, Diagnostics, Edit, Severity};
use crate::document::{
    BlockKind, Document, FigureText, Inline, InlineKind, plain_text, walk_block,
};
use crate::manuscript::{Manuscript, Origin};
use crate::model::{Bound, Figure, Period, Quantity, Record};
use crate::press::{AuditSettings, Strictness};
use crate::prose::{Prose, Role};
use crate::source::{Place, Sources};
use crate::trace::{Class, Number, Printed};

/// The filter that declares a number to be what it is.
const LITERAL: &str = "literal";
/// The least digits of a number by whose value alone a figure is known.
const TELLING_DIGITS: usize = 3;
/// How many figures a hint names.
const NAMED_FIGURES: usize = 3;

/// What is known of a document's numbers.
#[derive(Clone, Copy)]
pub struct Numbers<'a> {
    /// The document.
    pub document: &'a Document,
    /// The text that it was made from.
    pub manuscript: &'a Manuscript,
    /// What was written by hand in it, title and summary included.
    pub proses: &'a [Prose],
    /// The records whose figures the narrative can name: of its year, of its series.
    pub records: [&'a Record; 2],
    /// The figure with this name (`series/year/id`) in the press.
    pub figure: &'a dyn Fn(&str) -> Option<&'a Figure>,
    /// All input files.
    pub sources: &'a Sources,
    /// The narrative as a whole.
    pub narrative: Place,
    /// How strict the press is with its kind.
    pub stray: Strictness,
    /// What the press asks of numbers.
    pub settings: &'a AuditSettings,
    /// What the edition reports on.
    pub period: Option<Period>,
    /// The scopes for which the press holds a figure of this label, unit and period.
    pub scopes: &'a dyn Fn(&Figure) -> Vec<&'a str>,
}

/// A number with its place, until it is told.
struct Found {
    place: Place,
    number: Number,
}

/// All numbers of a document, in the order of their places; reports those that are stray.
pub fn numbers(work: &Numbers<'_>, diags: &mut Diagnostics) -> Vec<Number> {
    let mut found = Vec::new();
    figures(work, &mut found);
    printed(work, &mut found);
    totals(work, &mut found);
    added(work, &mut found);
    written(work, &mut found, diags);
    found.sort_by_key(|one| one.place);
    let numbers: Vec<Number> = found.into_iter().map(|one| one.number).collect();
    context::scopes(work, &numbers, diags);
    context::freshness(work, work.settings, &numbers, diags);
    as_of::as_of(work, diags);
    numbers
}

impl Numbers<'_> {
    fn found(&self, text: &str, class: Class, place: Place) -> Found {
        let (text, shown) = (text.to_owned(), self.sources.show(place));
        let number = Number { text, class, place: shown, sort: None, figure: None };
        Found { place, number }
    }
}

/// What figures printed.
fn figures(work: &Numbers<'_>, found: &mut Vec<Found>) {
    work.document.each_inline(&mut |inline| {
        if let InlineKind::Figure(text) = &inline.kind {
            let mut one = work.found(&text.text, Class::Figure, inline.place);
            one.number.figure = Some(known(work, text));
            found.push(one);
        }
    });
}

/// All that is known of a figure in print.
fn known(work: &Numbers<'_>, text: &FigureText) -> Printed {
    let name = &text.figure.name;
    let figure = (work.figure)(name);
    let of = |take: fn(&Figure) -> Option<String>| figure.and_then(take);
    Printed {
        name: name.clone(),
        label: of(|figure| Some(figure.label.clone())).unwrap_or_default(),
        value: text.figure.value.clone(),
        unit: text.figure.unit.clone(),
        bound: of(|figure| bound(&figure.value)),
        form: text.figure.form.clone(),
        scope: of(|figure| figure.scope.clone()),
        period: of(|figure| figure.period.map(|period| period.to_string())),
        as_of: of(|figure| figure.as_of.map(|date| date.to_string())),
        source: of(|figure| figure.source.clone()),
        cell: figure
            .map_or_else(String::new, |figure| work.sources.show(figure.value_place)),
    }
}

/// How a value relates to what it measures, where it is not exact.
fn bound(value: &Quantity) -> Option<String> {
    (value.bound != Bound::Exact).then(|| value.bound.word().to_owned())
}

/// What expressions printed that are no figures: dates, counts, cells of free tables.
fn printed(work: &Numbers<'_>, found: &mut Vec<Found>) {
    let manuscript = work.manuscript;
    let mut figures = manuscript.figures.iter().map(|(range, _)| range).peekable();
    for (index, piece) in manuscript.pieces.iter().enumerate() {
        let next = manuscript.pieces.get(index + 1);
        let end = next.map_or(manuscript.text.len(), |next| next.start);
        let (mut gaps, mut from) = (Vec::new(), piece.start);
        while let Some(figure) = figures.next_if(|figure| figure.end <= end) {
            gaps.push(from..figure.start.max(from));
            from = figure.end.max(from);
        }
        gaps.push(from..end);
        if piece.origin != Origin::Expression {
            continue;
        }
        let class = match is_literal(work.sources.slice(piece.place)) {
            true => Class::Literal,
            false => Class::Record,
        };
        for gap in gaps {
            let text = manuscript.text.get(gap).unwrap_or_default().replace('\\', "");
            for one in numerals(&text, Role::Field, &work.settings.terms) {
                if one.sort == Some("word")
                    && class == Class::Record
                    && text != text[one.range.clone()]
                {
                    continue;
                }
                found.push(work.found(&text[one.range.clone()], class, piece.place));
            }
        }
    }
}

/// Whether an expression is a text of the writer's own, declared or not.
fn is_literal(expression: &str) -> bool {
    let inner = expression.trim_start_matches(['{', '-', ' ', '\n']);
    let filters = expression.split('|').skip(1);
    let mut names = filters.map(|one| one.trim_matches([' ', '\n', '-', '}']));
    names.any(|name| name == LITERAL) || inner.starts_with(['"', '\'', '`'])
}

/// What was computed while the document was made.
fn totals(work: &Numbers<'_>, found: &mut Vec<Found>) {
    work.document.each_block(&mut |block| {
        let BlockKind::Table(table) = &block.kind else { return };
        for cell in &table.total {
            let text = plain_text(&cell.content);
            for one in numerals(&text, Role::Cell, &work.settings.terms) {
                found.push(work.found(&text[one.range], Class::Computed, cell.place));
            }
        }
    });
}

/// What follows the text beside figures: values before they were corrected, dates, sources.
fn added(work: &Numbers<'_>, found: &mut Vec<Found>) {
    let mut add = |inline: &Inline| {
        let InlineKind::Text(text) = &inline.kind else { return };
        for one in numerals(text, Role::Field, &work.settings.terms) {
            let (number, place) = (&text[one.range], inline.place);
            let class = one.sort.map_or(Class::Record, |_| Class::Structure);
            let mut found_here = work.found(number, class, place);
            found_here.number.sort = one.sort.map(str::to_owned);
            found.push(found_here);
        }
    };
    for block in &work.document.after {
        walk_block(block, &mut |_| {}, &mut add);
    }
}

/// What is typed by hand.
fn written(work: &Numbers<'_>, found: &mut Vec<Found>, diags: &mut Diagnostics) {
    let mut index = None;
    for prose in work.proses {
        let text = prose.text();
        for one in numerals(text, prose.role, &work.settings.terms) {
            let number = &text[one.range.clone()];
            // In a text of several files a place of the one may be no place of the other.
            let exact = prose
                .exact(one.range.clone())
                .filter(|place| work.sources.slice(*place) == number);
            let place = exact.unwrap_or(prose.place);
            if let Some(sort) = one.sort {
                let mut one = work.found(number, Class::Structure, place);
                one.number.sort = Some(sort.to_owned());
                found.push(one);
                continue;
            }
            found.push(work.found(number, Class::Stray, place));
            let index = index.get_or_insert_with(|| Index::of(work));
            report(work, prose, &one.range, index, diags);
        }
    }
}

/// A figure that a narrative can name, by what it prints.
struct Named<'a> {
    id: &'a str,
    figure: &'a Figure,
    /// How many bytes of the value stand before its first digit (`约35万元`).
    lead: usize,
}

/// Figures by the digits of their values.
struct Index<'a> {
    by_digits: BTreeMap<&'a str, Vec<Named<'a>>>,
}

impl<'a> Index<'a> {
    fn of(work: &Numbers<'a>) -> Self {
        let mut by_digits: BTreeMap<&str, Vec<Named<'_>>> = BTreeMap::new();
        let [own, shared] = work.records;
        let hidden = |id: &String| own.figures.contains_key(id);
        let all =
            own.figures.iter().chain(shared.figures.iter().filter(|(id, _)| !hidden(id)));
        for (id, figure) in all {
            let text = figure.value.text.as_str();
            let first = numerals(text, Role::Field, &[]).into_iter().next();
            if let Some(first) = first {
                let lead = first.range.start;
                by_digits.entry(&text[first.range]).or_default().push(Named {
                    id,
                    figure,
                    lead,
                });
            }
        }
        Self { by_digits }
    }

    /// The figures whose value stands in a text at a numeral, unit and all, with the range
    /// of the value.
    fn at<'s>(
        &'s self,
        text: &str,
        numeral: &Range<usize>,
    ) -> Vec<(&'s Named<'a>, Range<usize>)> {
        let named = self.by_digits.get(&text[numeral.clone()]).map_or(&[][..], |all| all);
        let whole = |one: &&Named<'a>| {
            let start = numeral.start.checked_sub(one.lead)?;
            let value = one.figure.value.text.as_str();
            let stands = text.get(start..)?.starts_with(value);
            (stands && !one.figure.value.unit.is_empty())
                .then(|| start..start + value.len())
        };
        named.iter().filter_map(|one| Some((one, whole(&one)?))).collect()
    }
}

/// Says what is to be done about a number that is typed by hand.
fn report(
    work: &Numbers<'_>,
    prose: &Prose,
    numeral: &Range<usize>,
    index: &Index<'_>,
    diags: &mut Diagnostics,
) {
    let text = prose.text();
    let mut same = index.at(text, numeral);
    let near = |named: &Named<'_>, range: &Range<usize>| {
        is_near(text, range, &named.figure.label)
    };
    if same.iter().filter(|(named, range)| near(named, range)).count() == 1 {
        same.retain(|(named, range)| near(named, range));
    }
    let at = |range: &Range<usize>| {
        let exact = prose.exact(range.clone())?;
        (work.sources.slice(exact) == &text[range.clone()]).then_some(exact)
    };
    let digits = text[numeral.clone()].chars().filter(|c| *c != '.').count();
    if let [(named, range)] = same.as_slice()
        && (digits >= TELLING_DIGITS || near(named, range))
    {
        let place = at(range);
        let (value, id) = (&named.figure.value.text, named.id);
        let message = format!(
            "`{value}` is typed by hand, and is the value of figure `{id}` ({})",
            named.figure.label
        );
        let binding = format!("{{{{ f.{id} }}}}");
        let mut found =
            Diagnostic::new(&codes::TYPED_FIGURE, place.unwrap_or(prose.place), message)
                .hint(format!("write `{binding}`"))
                .related(named.figure.value_place, "the value stands here");
        if let Some(place) = place.filter(|one| one.file == work.narrative.file) {
            found = found.fix(vec![Edit { place, replacement: binding }]);
        }
        diags.add(found);
        return;
    }
    let severity = match work.stray {
        Strictness::Allow => return,
        Strictness::Warn => Severity::Warning,
        Strictness::Deny => Severity::Error,
    };
    let number = &text[numeral.clone()];
    let message = format!("`{number}` is typed by hand, and comes from no record");
    let place = at(numeral).unwrap_or(prose.place);
    let mut found = Diagnostic::new(&codes::STRAY_NUMBER, place, message);
    found.severity = severity;
    let bindings: Vec<String> = same
        .iter()
        .take(NAMED_FIGURES)
        .map(|(named, _)| format!("`{{{{ f.{} }}}}` ({})", named.id, named.figure.label))
        .collect();
    let hint = match bindings.as_slice() {
        [] => "register it as a figure and write `{{ f.ID }}`".to_owned(),
        some => format!("write {}, if that is what is meant", some.join(" or ")),
    };
    let declared =
        format!("declare it with `{{{{ \"{number}\" | literal }}}}`, if it is no figure");
    diags.add(found.hint(hint).hint(declared));
}

/// Whether the label of a figure stands in the clause of a number.
fn is_near(text: &str, range: &Range<usize>, label: &str) -> bool {
    let ends = ['。', '；', '！', '？', '\n'];
    let start = text[..range.start].rfind(ends).unwrap_or(0);
    let end = text[range.end..].find(ends).map_or(text.len(), |end| range.end + end);
    text.get(start..end).is_some_and(|clause| clause.contains(label))
}
