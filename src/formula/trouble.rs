//! Why a formula has no value.

use std::fmt;

/// Why a formula cannot be read, or has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// It cannot be read from here on.
    Syntax(String),
    /// It is longer or deeper than a formula may be.
    TooLong,
    /// A name that no figure, function, table or field bears: what sort of name, the name,
    /// and what to do about it.
    Unknown {
        /// `figure`, `function`, `table`, `field`, `year`.
        noun: &'static str,
        /// The name.
        name: String,
        /// "did you mean …".
        hint: Option<String>,
    },
    /// The figure is known, but could not be computed; said at its own place.
    Unsettled(String),
    /// A figure that has no such value: its id, and what is missing of it.
    Missing(String, &'static str),
    /// Something is divided by nought.
    ZeroDivision(String),
    /// Units that do not go together.
    Units(String),
    /// A value of the wrong sort for what is done with it.
    Sort(String),
    /// More digits than a decimal holds.
    TooLarge,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(rest) if rest.is_empty() => write!(f, "it ends too early"),
            Self::Syntax(rest) => write!(f, "it cannot be read from `{rest}` on"),
            Self::TooLong => write!(
                f,
                "it has more than {} characters, or brackets deeper than {}",
                super::FORMULA_MAX_CHARS,
                super::MAX_BRACKETS
            ),
            Self::Unknown { noun, name, .. } => write!(f, "there is no {noun} `{name}`"),
            Self::Unsettled(name) => write!(f, "`{name}` has no value itself"),
            Self::Missing(name, what) => write!(f, "`{name}` has no {what}"),
            Self::ZeroDivision(text) => write!(f, "`{text}` is nought, and divides"),
            Self::Units(text) | Self::Sort(text) => f.write_str(text),
            Self::TooLarge => write!(f, "it comes to more than 28 digits"),
        }
    }
}

impl std::error::Error for Trouble {}
