//! What stays in one line, in both outputs.
//!
//! Browsers and Typst break Chinese text between any two characters that punctuation does
//! not keep together. Two rules they do not know: a date is not broken (practice; it is
//! read as one word), and `·` does not begin a line (CLREQ, 3.1.3, "prohibition rules for
//! line start and line end": must). `——` and `……` they keep whole by themselves.

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'t> {
    /// Text that may break where it may.
    Plain(&'t str),
    /// Text that stays in one line.
    Whole(&'t str),
}

/// The middle dot, as Chinese writes it.
const DOT: char = '·';

/// What ends the parts of a date.
const UNITS: [char; 3] = ['年', '月', '日'];

/// The most digits of a part of a date.
const DIGITS: usize = 4;

/// A text in parts; together they are the text.
pub fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let end = match c {
            '0'..='9' => {
                date(&text[at..]).map_or_else(|| number_end(text, at), |len| at + len)
            }
            _ => at + c.len_utf8(),
        };
        let is_date = c.is_ascii_digit() && text[..end].ends_with(UNITS);
        let dots = text[end..].len() - text[end..].trim_start_matches(DOT).len();
        if is_date || dots > 0 && !c.is_whitespace() {
            // With a dot behind it, the last character is enough of a number.
            let last = text[..end].char_indices().next_back().map_or(at, |(at, _)| at);
            let start = if is_date { at } else { last };
            if done < start {
                parts.push(Part::Plain(&text[done..start]));
            }
            parts.push(Part::Whole(&text[start..end + dots]));
            done = end + dots;
        }
        at = end + dots;
    }
    if done < text.len() {
        parts.push(Part::Plain(&text[done..]));
    }
    parts
}

fn number_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())
}

/// How long the date is that a text begins with: at least two parts of 年, 月 and 日.
fn date(text: &str) -> Option<usize> {
    let mut len = 0;
    let mut found = 0;
    for unit in UNITS {
        let rest = &text[len..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if (1..=DIGITS).contains(&digits) && rest[digits..].starts_with(unit) {
            len += digits + unit.len_utf8();
            found += 1;
        } else if found > 0 {
            break;
        }
    }
    (found >= 2).then_some(len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Part::{Plain, Whole};

    #[test]
    fn dates_stay_whole() {
        assert_eq!(
            parts("自2021年3月5日起，至12月31日止。"),
            [
                Plain("自"),
                Whole("2021年3月5日"),
                Plain("起，至"),
                Whole("12月31日"),
                Plain("止。")
            ]
        );
        assert_eq!(parts("2021年3月"), [Whole("2021年3月")]);
        for text in ["2021年", "3个月", "12345年1", "2021-03-05", "年月日", ""] {
            assert!(parts(text).iter().all(|part| matches!(part, Plain(_))), "{text}");
        }
    }

    #[test]
    fn a_middle_dot_stays_with_what_is_before_it() {
        assert_eq!(parts("“红社·清风”"), [Plain("“红"), Whole("社·"), Plain("清风”")]);
        assert_eq!(parts("“10·17”"), [Plain("“1"), Whole("0·"), Plain("17”")]);
        assert_eq!(parts("·甲"), [Plain("·甲")]);
    }

    proptest::proptest! {
        #[test]
        fn parts_are_the_text(text in "[0-9年月日·甲 。a-c]{0,24}|\\PC{0,12}") {
            let whole: String = parts(&text)
                .into_iter()
                .map(|part| match part { Plain(text) | Whole(text) => text })
                .collect();
            proptest::prop_assert_eq!(whole, text);
        }
    }
}
