//! How a press looks: colours, faces, sizes and mastheads, which both outputs obey.
//!
//! `templates/theme.toml` says it once; no layout and no style sheet has a colour of its
//! own. The roles are those of [`crate::model::schema::theme`]; `check` makes a [`Theme`]
//! of the built-in file and the press's own.

mod colour;
mod size;

use std::collections::BTreeMap;

pub use colour::{AA_GRAPHICS, AA_TEXT, Colour};
pub use size::{Size, SizeError};

use crate::model::schema::{CLASSES, FACES};
use crate::source::Place;

/// The looks of all kinds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Theme {
    /// The look of kinds that the theme does not name.
    pub general: Look,
    /// The looks of the kinds that it names, each complete.
    pub kinds: BTreeMap<String, Look>,
}

impl Theme {
    /// The look of a kind.
    pub fn of(&self, kind: &str) -> &Look {
        self.kinds.get(kind).unwrap_or(&self.general)
    }
}

/// The look of one kind: every role has its value.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Look {
    /// Colours by role, on paper and on screens by day.
    pub colours: BTreeMap<&'static str, Colour>,
    /// Colours by role, on screens by night.
    pub dark: BTreeMap<&'static str, Colour>,
    /// Faces by role.
    pub faces: BTreeMap<&'static str, Face>,
    /// Families of the press that go before the built-in ones of a class.
    pub families: BTreeMap<&'static str, Families>,
    /// Sizes by role; `text` is that of the text, to which pages of screens set all
    /// others in proportion.
    pub sizes: BTreeMap<&'static str, Size>,
    /// From one line to the next, in ems of the text.
    pub line: f64,
    /// How mastheads are set.
    pub masthead: Masthead,
    /// The colours of charts, in order, by day.
    pub palette: Vec<Colour>,
    /// The same by night.
    pub dark_palette: Vec<Colour>,
}

/// Families by name, and where they are named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Families {
    /// Where the list stands.
    pub place: Place,
    /// The families, the first choice first.
    pub names: Vec<String>,
}

/// A class of faces, and whether its bold is meant; only classes that have one may ask for
/// it, so that no machine makes one up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Face {
    /// `song`, `hei`, `kai`, `fang`.
    pub class: &'static str,
    /// Whether the bold of the class is meant.
    pub bold: bool,
}

impl Face {
    /// The face of a word of [`FACES`].
    pub fn from_word(word: &str) -> Option<Self> {
        let (class, bold) = match word.strip_suffix(" bold") {
            Some(class) => (class, true),
            None => (word, false),
        };
        let class = CLASSES.into_iter().find(|one| *one == class)?;
        FACES.contains(&word).then_some(Self { class, bold })
    }

    /// The weight by which fonts call it.
    pub fn weight(self) -> u16 {
        if self.bold { 700 } else { 400 }
    }
}

/// How mastheads are set.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Masthead {
    /// The rule below it.
    pub rule: Rule,
    /// How thick the rule is.
    pub weight: Size,
    /// Space between its letters, in ems.
    pub tracking: f64,
}

/// The rule below a masthead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rule {
    /// One line.
    #[default]
    Single,
    /// A thick line over a thin one.
    Double,
    /// One line with a star in its middle.
    Star,
    /// None.
    None,
}

impl Rule {
    /// The rule of a word of [`crate::model::schema::RULES`].
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "single" => Some(Self::Single),
            "double" => Some(Self::Double),
            "star" => Some(Self::Star),
            "none" => Some(Self::None),
            _ => None,
        }
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Double => "double",
            Self::Star => "star",
            Self::None => "none",
        }
    }
}
