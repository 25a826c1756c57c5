//! What stands where on finished pages, by the part it plays: a walk through Typst's
//! frames, which is all that the rules of [`super::rules`] look at.
//!
//! Lengths are points from the upper left corner of the page. The part that something
//! plays is that of the innermost open element that has one: a label of the layout that
//! begins with `annals:`, or an element such as a heading or a table.

use typst::foundations::{Content, Value};
use typst::introspection::{Location, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::text::TextItem;
use typst::visualize::Shape;
use typst_layout::PagedDocument;

/// What labels of layouts begin with that say which part something plays.
const PREFIX: &str = "annals:";

/// The part that something plays on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// Running text.
    Text,
    /// A heading, by its level in the document.
    Heading(i64),
    /// What a layout's label names: `mark`, `signature`…
    Named(String),
    /// Text of tables, pictures and notes, which has a grid of its own.
    Apart,
}

impl Role {
    /// Whether it is what a label of this name marks.
    pub(super) fn is(&self, name: &str) -> bool {
        matches!(self, Self::Named(own) if own == name)
    }
}

/// A run of text in one face and size.
#[derive(Debug, Clone)]
pub(super) struct Run {
    /// The page, counted from one.
    pub(super) page: usize,
    /// Its part.
    pub(super) role: Role,
    /// The family of its face.
    pub(super) family: String,
    /// Its size.
    pub(super) size: f64,
    /// Its left edge, by its advance.
    pub(super) left: f64,
    /// Its right edge, by its advance; that of its ink where it ends in a closing sign.
    pub(super) right: f64,
    /// Its baseline.
    pub(super) baseline: f64,
    /// The top of its ink.
    pub(super) top: f64,
    /// Its words.
    pub(super) text: String,
}

/// A drawn bar or line.
#[derive(Debug, Clone)]
pub(super) struct Bar {
    /// The page, counted from one.
    pub(super) page: usize,
    /// Its part.
    pub(super) role: Role,
    /// Left and right edge.
    pub(super) across: (f64, f64),
    /// Upper and lower edge.
    pub(super) down: (f64, f64),
}

/// All that was found on the pages of a document.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    /// How many pages there are.
    pub(super) pages: usize,
    /// The text, page by page.
    pub(super) runs: Vec<Run>,
    /// The bars, page by page.
    pub(super) bars: Vec<Bar>,
}

impl Sheets {
    /// Walks through the pages.
    pub(super) fn of(document: &PagedDocument) -> Self {
        let mut walk = Walk { sheets: Self::default(), page: 0, open: Vec::new() };
        for page in document.pages() {
            walk.page += 1;
            walk.frame(&page.frame, Transform::identity());
        }
        walk.sheets.pages = walk.page;
        walk.sheets
    }

    /// The runs that a label of this name marks.
    pub(super) fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Run> {
        self.runs.iter().filter(move |run| run.role.is(name))
    }

    /// The bars that a label of this name marks.
    pub(super) fn bars<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Bar> {
        self.bars.iter().filter(move |bar| bar.role.is(name))
    }

    /// Lines of running text and headings on a page: baselines from top to bottom.
    pub(super) fn lines(&self, page: usize) -> Vec<f64> {
        self.baselines(page, |role| matches!(role, Role::Text | Role::Heading(_)))
    }

    /// How many lines a page has that are the document's own: text, headings, tables.
    pub(super) fn own_lines(&self, page: usize) -> usize {
        self.baselines(page, |role| !matches!(role, Role::Named(_))).len()
    }

    fn baselines(&self, page: usize, plays: impl Fn(&Role) -> bool) -> Vec<f64> {
        let runs = self.runs.iter().filter(|run| run.page == page && plays(&run.role));
        let mut lines: Vec<f64> = runs.map(|run| run.baseline).collect();
        lines.sort_by(f64::total_cmp);
        lines.dedup_by(|a, b| (*a - *b).abs() < 0.5);
        lines
    }
}

struct Walk {
    sheets: Sheets,
    page: usize,
    /// The elements that are open and play a part, outermost first.
    open: Vec<(Location, Role)>,
}

impl Walk {
    fn frame(&mut self, frame: &Frame, to_page: Transform) {
        for (at, item) in frame.items() {
            match item {
                FrameItem::Group(group) => {
                    let inner = to_page
                        .pre_concat(Transform::translate(at.x, at.y))
                        .pre_concat(group.transform);
                    self.frame(&group.frame, inner);
                }
                FrameItem::Text(text) => self.text(text, at.transform(to_page)),
                FrameItem::Shape(shape, _) => self.shape(shape, at.transform(to_page)),
                FrameItem::Tag(Tag::Start(element, _)) => self.start(element),
                FrameItem::Tag(Tag::End(location, ..)) => {
                    self.open.retain(|(open, _)| open != location);
                }
                FrameItem::Image(..) | FrameItem::Link(..) => {}
            }
        }
    }

    fn start(&mut self, element: &Content) {
        if let (Some(role), Some(location)) = (role_of(element), element.location()) {
            self.open.push((location, role));
        }
    }

    fn role(&self) -> Role {
        self.open.last().map_or(Role::Text, |(_, role)| role.clone())
    }

    fn text(&mut self, item: &TextItem, at: Point) {
        // White space has no ink, and no say in where a line ends.
        if item.text.trim().is_empty() {
            return;
        }
        let trailing = item.text.len() - item.text.trim_end().len();
        let width: f64 = (item.glyphs.iter())
            .filter(|glyph| glyph.range().start < item.text.len() - trailing)
            .map(|glyph| glyph.x_advance.at(item.size).to_pt())
            .sum();
        let role = self.role();
        // The dash is what a page number is placed by; its digits are higher.
        let ink = if role.is("page-number") { dashes(item).bbox() } else { item.bbox() };
        // The right half of a closing sign is empty, and may stand over the edge.
        let closing = |c: char| "，。、；：？！”’）》〉】〕」』".contains(c);
        let right = if item.text.trim_end().ends_with(closing) {
            (at.x + ink.max.x).to_pt()
        } else {
            at.x.to_pt() + width
        };
        // Boxes of text runs are y-up, and turned over.
        let top = ink.min.y.min(ink.max.y);
        self.sheets.runs.push(Run {
            page: self.page,
            role,
            family: item.font.font().info().family.clone(),
            size: item.size.to_pt(),
            left: at.x.to_pt(),
            right,
            baseline: at.y.to_pt(),
            top: (at.y + top).to_pt(),
            text: item.text.to_string(),
        });
    }

    fn shape(&mut self, shape: &Shape, at: Point) {
        let area = shape.bbox(true);
        let edge = |from: Abs, by: Abs| (from + by).to_pt();
        self.sheets.bars.push(Bar {
            page: self.page,
            role: self.role(),
            across: (edge(at.x, area.min.x), edge(at.x, area.max.x)),
            down: (edge(at.y, area.min.y), edge(at.y, area.max.y)),
        });
    }
}

/// The dashes of a run.
fn dashes(item: &TextItem) -> TextItem {
    let mut dashes = item.clone();
    dashes.glyphs.retain(|glyph| item.text.get(glyph.range()) == Some("—"));
    dashes
}

/// The part that an element gives to what is in it.
fn role_of(element: &Content) -> Option<Role> {
    if let Some(label) = element.label()
        && let Some(name) = label.resolve().as_str().strip_prefix(PREFIX)
    {
        return Some(Role::Named(name.to_owned()));
    }
    match element.elem().name() {
        "heading" => match element.get_by_name("level") {
            Ok(Value::Int(level)) => Some(Role::Heading(level)),
            _ => Some(Role::Heading(2)),
        },
        "table" | "figure" | "entry" | "raw" => Some(Role::Apart),
        _ => None,
    }
}
