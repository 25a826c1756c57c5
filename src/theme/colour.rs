//! Colours, and how well one reads on another.

use std::fmt;

/// The contrast that text needs (WCAG 2.1, 1.4.3, level AA).
pub const AA_TEXT: f64 = 4.5;

/// The contrast that lines and areas need which mean something (WCAG 2.1, 1.4.11).
pub const AA_GRAPHICS: f64 = 3.0;

/// How many steps it takes from a colour to white.
const STEPS: u16 = 20;

/// A colour of screens and paper (sRGB).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Colour {
    /// Red, green and blue.
    pub channels: [u8; 3],
}

impl Colour {
    /// The colour of `#c8161d` or `#c11`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let pair = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        let single =
            |at: usize| Some(u8::from_str_radix(digits.get(at..=at)?, 16).ok()? * 17);
        let channels = match digits.len() {
            6 => [pair(0)?, pair(2)?, pair(4)?],
            3 => [single(0)?, single(1)?, single(2)?],
            _ => return None,
        };
        Some(Self { channels })
    }

    /// How well it reads on another, from 1 to 21 (WCAG 2.1, "contrast ratio").
    pub fn contrast(self, ground: Self) -> f64 {
        let (a, b) = (self.luminance(), ground.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The colour, or as much lighter as it takes to read on a dark ground.
    #[must_use]
    pub fn readable_on(self, ground: Self, contrast: f64) -> Self {
        let mixed = |step: u16| {
            let mix = |channel: u8| {
                let up = u16::from(255 - channel) * step / STEPS;
                channel.saturating_add(u8::try_from(up).unwrap_or(u8::MAX))
            };
            Self { channels: self.channels.map(mix) }
        };
        (0..=STEPS)
            .map(mixed)
            .find(|colour| colour.contrast(ground) >= contrast)
            .unwrap_or(Self { channels: [255; 3] })
    }

    /// WCAG 2.1, "relative luminance".
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        let [red, green, blue] = self.channels.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

/// As CSS and Typst write it: `#c8161d`.
impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.channels;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect("it is a colour")
    }

    #[test]
    fn colours_are_written_in_three_or_six_digits() {
        assert_eq!(colour("#C11").to_string(), "#cc1111");
        assert_eq!(colour("#c8161d").to_string(), "#c8161d");
        for text in ["", "#", "c8161d", "#c8161", "#c8161dff", "#红色", "red", "#+1+1+1"]
        {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let (black, white) = (colour("#000"), colour("#fff"));
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        assert!((white.contrast(white) - 1.0).abs() < 1e-9);
        // The greys that just pass and just fail on white.
        assert!(colour("#767676").contrast(white) >= AA_TEXT);
        assert!(colour("#777777").contrast(white) < AA_TEXT);
    }

    #[test]
    fn a_colour_is_lightened_until_it_reads_by_night() {
        let night = colour("#17181a");
        for text in ["#000", "#7a1f1f", "#174f8a", "#ffffff"] {
            let light = colour(text).readable_on(night, AA_TEXT);
            assert!(light.contrast(night) >= AA_TEXT, "{text}: {light}");
        }
        assert_eq!(colour("#9cc4f2").readable_on(night, AA_TEXT), colour("#9cc4f2"));
    }
}
