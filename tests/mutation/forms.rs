//! How a number is altered.

use crate::altered::digit;

/// A value with one thing wrong.
#[derive(Debug)]
pub struct Mutation {
    /// What is wrong: one of [`SORTS`].
    pub sort: &'static str,
    /// The value.
    pub text: String,
}

/// The sorts of alterations.
pub const SORTS: [&str; 4] = ["a digit", "a unit", "a swapped pair", "a dropped word"];

/// Words that say how a value relates to what it measures.
const WORDS: [&str; 9] = ["余", "约", "近", "多", "不到", "超过", "以上", "左右", "逾"];

/// Units and magnitudes, each with one that it is taken for.
const UNITS: [(&str, &str); 16] = [
    ("亿", "万"),
    ("万", "亿"),
    ("%", "‰"),
    ("个百分点", "%"),
    ("家", "个"),
    ("个", "家"),
    ("名", "人"),
    ("人次", "人"),
    ("人", "人次"),
    ("元", "万元"),
    ("场", "次"),
    ("次", "场"),
    ("项", "个"),
    ("件", "项"),
    ("户", "家"),
    ("年", "个月"),
];

/// The alterations of a value, each once.
pub fn mutations(value: &str) -> Vec<Mutation> {
    let all = [digit(value, 1), unit(value), swapped(value), dropped(value)];
    let made = SORTS.into_iter().zip(all).filter_map(|(sort, text)| {
        text.filter(|text| text != value).map(|text| Mutation { sort, text })
    });
    made.collect()
}

/// Another unit; that of a value is what stands after its last digit.
fn unit(value: &str) -> Option<String> {
    let at = value.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (number, unit) = value.split_at(at);
    let (old, new) = UNITS.iter().find(|(old, _)| unit.contains(old))?;
    Some(format!("{number}{}", unit.replacen(old, new, 1)))
}

/// The last two neighbouring digits that differ, swapped.
fn swapped(value: &str) -> Option<String> {
    let mut chars: Vec<char> = value.chars().collect();
    let is_pair = |pair: &[char]| {
        pair.iter().all(char::is_ascii_digit) && pair[0] != pair[1] && pair[1] != '0'
    };
    let at = chars.windows(2).rposition(is_pair)?;
    chars.swap(at, at + 1);
    Some(chars.into_iter().collect())
}

/// Without its word of approximation.
fn dropped(value: &str) -> Option<String> {
    let word = WORDS.iter().find(|word| value.contains(*word))?;
    Some(value.replacen(word, "", 1))
}
