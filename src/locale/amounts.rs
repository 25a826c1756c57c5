//! Quantities of a Chinese record as English print has them: `1286.6万元` is
//! `12.866 million yuan`.
//!
//! The value is the same to the last digit; only magnitude, word and unit are of the other
//! language. Measure words that English has none for (家, 个, 项) fall away: the noun is
//! the writer's.

use std::collections::BTreeMap;

use crate::model::{Bound, Decimal, Quantity};

/// Units of Chinese records in English; one and many, where they differ, with `|`.
const UNITS: [(&str, &str); 42] = [
    ("元", "yuan"),
    ("美元", "US dollars"),
    ("个百分点", "percentage point|percentage points"),
    ("人", "person|people"),
    ("公里", "km"),
    ("千米", "km"),
    ("米", "m"),
    ("平方米", "m²"),
    ("平方公里", "km²"),
    ("亩", "mu"),
    ("吨", "tonne|tonnes"),
    ("公斤", "kg"),
    ("千克", "kg"),
    ("年", "year|years"),
    ("个月", "month|months"),
    ("周", "week|weeks"),
    ("天", "day|days"),
    ("日", "day|days"),
    ("小时", "hour|hours"),
    ("分钟", "minute|minutes"),
    ("倍", "times"),
    ("个", ""),
    ("家", ""),
    ("项", ""),
    ("件", ""),
    ("名", ""),
    ("位", ""),
    ("支", ""),
    ("场", ""),
    ("篇", ""),
    ("条", ""),
    ("处", ""),
    ("所", ""),
    ("座", ""),
    ("部", ""),
    ("份", ""),
    ("期", ""),
    ("批", ""),
    ("例", ""),
    ("户", "household|households"),
    ("台", ""),
    ("种", ""),
];

/// How many digits after the point a number of millions may have; a longer one is printed
/// in full.
const MOST_PLACES: u32 = 4;

/// The English powers of ten, the largest first.
const POWERS: [(u32, &str); 3] = [(12, " trillion"), (9, " billion"), (6, " million")];

/// A quantity as English print has it; `own` are the units that a press names itself.
/// Nothing where the unit has no English.
pub(super) fn english(
    quantity: &Quantity,
    own: &BTreeMap<String, String>,
) -> Option<Quantity> {
    let unit = quantity.unit.as_str();
    let known = || UNITS.iter().find(|(zh, _)| *zh == unit).map(|(_, en)| *en);
    let words = own.get(unit).map(String::as_str).or_else(known);
    let words = words.or_else(|| unit.is_ascii().then_some(unit))?;
    let (one, many) = words.split_once('|').unwrap_or((words, words));
    let value = quantity.value()?;
    let single = quantity.bound == Bound::Exact && value == Decimal::ONE;
    let (unit, many) = (if single { one } else { many }.trim(), many.trim());
    if quantity.is_ordinal() {
        return ordinal(quantity, unit);
    }
    let word = match quantity.bound {
        Bound::Exact => "",
        Bound::About => "about ",
        Bound::MoreThan => "over ",
        Bound::Nearly => "nearly ",
        Bound::LessThan => "under ",
        Bound::AtLeast => "at least ",
        Bound::AtMost => "at most ",
    };
    let gap = if unit.starts_with(char::is_alphanumeric) { " " } else { "" };
    let text = format!("{word}{}{gap}{unit}", digits(quantity, value));
    let made = Quantity::parse(&text, None).ok()?;
    let same = made.value() == Some(value) && made.bound == quantity.bound;
    // One visit is counted in visits, as others are.
    (same && made.unit == unit).then(|| Quantity { unit: many.to_owned(), ..made })
}

/// `33rd`, `33rd session`.
fn ordinal(quantity: &Quantity, unit: &str) -> Option<Quantity> {
    let number = i64::try_from(quantity.value()?).ok()?;
    let gap = if unit.is_empty() { "" } else { " " };
    let text = format!("{number}{}{gap}{unit}", ordinal_ending(number));
    Some(Quantity { text, unit: unit.to_owned(), ..quantity.clone() })
}

/// What stands behind the number of a place in an order: st, nd, rd, th.
pub fn ordinal_ending(number: i64) -> &'static str {
    match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

/// The digits with their magnitude: as written where the number is small, in millions where
/// it is round, else in groups of three.
fn digits(quantity: &Quantity, value: Decimal) -> String {
    let large = POWERS.into_iter().find_map(|(power, word)| {
        let unit = Decimal::from(10_u64.pow(power));
        let number = value.checked_div(unit)?.normalize();
        (value.abs() >= unit && number.scale() <= MOST_PLACES)
            .then(|| format!("{number}{word}"))
    });
    large.unwrap_or_else(|| {
        let written =
            if quantity.magnitude == 0 { quantity.number } else { value.normalize() };
        // What has no unit may be a year or another name.
        match quantity.unit.is_empty() {
            true => written.to_string(),
            false => grouped(&written.to_string()),
        }
    })
}

/// Digits before the point in groups of three: `226,000`.
pub fn grouped(number: &str) -> String {
    let (sign, rest) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, places) =
        rest.split_once('.').map_or((rest, None), |(w, p)| (w, Some(p)));
    let mut out = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(places) = places {
        out.push('.');
        out.push_str(places);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::locale::Language;

    fn said(text: &str) -> String {
        let own = [("人次", "visit|visits"), ("家企业", "companies")];
        let own = own.map(|(zh, en)| (zh.to_owned(), en.to_owned())).into();
        let quantity = Quantity::parse(text, None).expect("a quantity");
        Language::En.quantity(&quantity, &own).text
    }

    #[test]
    fn quantities_print_in_the_forms_of_english() {
        for (zh, en) in [
            ("442家", "442"),
            ("1人次", "1 visit"),
            ("22.6万人次", "226,000 visits"),
            ("1286.6万元", "12.866 million yuan"),
            ("1200余万元", "over 12 million yuan"),
            ("约35万元", "about 350,000 yuan"),
            ("119000000元", "119 million yuan"),
            ("4439251人", "4,439,251 people"),
            ("1.19亿元", "119 million yuan"),
            ("12.5亿元", "1.25 billion yuan"),
            ("92.20%", "92.20%"),
            ("3.1个百分点", "3.1 percentage points"),
            ("第33次", "第33次"),
            ("第22期", "22nd"),
            ("60万元以上", "at least 600,000 yuan"),
            ("2020", "2020"),
            ("1500家企业", "1,500 companies"),
        ] {
            assert_eq!(said(zh), en, "{zh}");
        }
    }

    #[test]
    fn a_unit_without_english_stays() {
        assert_eq!(said("7车次"), "7车次");
    }

    proptest! {
        /// No digit is lost on the way into the other language.
        #[test]
        fn the_value_stays(number in 0_u64..10_000_000_000, places in 0_u32..4, wan: bool) {
            let number = Decimal::from_i128_with_scale(number.into(), places);
            let power = if wan { "万" } else { "" };
            let text = format!("{number}{power}元");
            let quantity = Quantity::parse(&text, None).expect("a quantity");
            let english = Language::En.quantity(&quantity, &BTreeMap::new());
            prop_assert_eq!(english.value(), quantity.value());
            prop_assert!(english.text.ends_with(" yuan"), "{}", english.text);
        }
    }
}
