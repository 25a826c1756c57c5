use std::cmp::Ordering;

use proptest::prelude::*;

use super::*;

fn parse(text: &str) -> Quantity {
    Quantity::parse(text, None).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// `value bound unit`, or the error.
fn shown(text: &str) -> String {
    match Quantity::parse(text, None) {
        Ok(found) => format!(
            "{} {} {}",
            found.value().map_or("?".to_owned(), |value| value.normalize().to_string()),
            found.bound.word(),
            found.unit
        )
        .trim_end()
        .to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn quantities_are_read_as_offices_write_them() {
    for (text, expected) in [
        ("1200余万元", "12000000 more-than 元"),
        ("1200万余元", "12000000 more-than 元"),
        ("22.6万人次", "226000 exact 人次"),
        ("1.19亿元", "119000000 exact 元"),
        ("92.2%", "92.2 exact %"),
        ("92.2％", "92.2 exact %"),
        ("约35万元", "350000 about 元"),
        ("约 35 万元", "350000 about 元"),
        ("35万元左右", "350000 about 元"),
        ("不到1个月", "1 less-than 个月"),
        ("60万元以上", "600000 at-least 元"),
        ("442个", "442 exact 个"),
        ("3.2万余人(次)", "32000 more-than 人(次)"),
        ("3.2万余人（次）", "32000 more-than 人(次)"),
        ("300余个(次)", "300 more-than 个(次)"),
        ("20多万元", "200000 more-than 元"),
        ("150多人", "150 more-than 人"),
        ("3年多", "3 more-than 年"),
        ("近百家", "100 nearly 家"),
        ("上千人", "1000 at-least 人"),
        ("百余家", "100 more-than 家"),
        ("万余人", "10000 more-than 人"),
        ("一百四十一", "141 exact"),
        ("一百四十一万元", "1410000 exact 元"),
        ("十件", "10 exact 件"),
        ("十几家", "10 more-than 家"),
        ("十来家", "10 about 家"),
        ("两个", "2 exact 个"),
        ("二〇二〇年", "2020 exact 年"),
        ("2020年", "2020 exact 年"),
        ("六大举措", "6 exact 大举措"),
        ("超过1,234,567元", "1234567 more-than 元"),
        ("1 234 人", "1234 exact 人"),
        ("１２３４", "1234 exact"),
        ("至少3家", "3 at-least 家"),
        ("不足10家", "10 less-than 家"),
        ("不超过5人", "5 at-most 人"),
        ("共计10期", "10 exact 期"),
        ("达2087个", "2087 exact 个"),
        ("-3.1", "-3.1 exact"),
        ("负3.1%", "-3.1 exact %"),
        ("+3.1个百分点", "3.1 exact 个百分点"),
        ("3.1个百分点", "3.1 exact 个百分点"),
        ("3百分点", "3 exact 百分点"),
        ("第33次", "33 exact 次"),
        ("百分之八十九", "89 exact %"),
        ("5千万元", "50000000 exact 元"),
        ("3万亿元", "3000000000000 exact 元"),
        ("1.2万千瓦时", "12000 exact 千瓦时"),
        ("3亿5000万元", "350000000 exact 元"),
        ("一亿二千万元", "120000000 exact 元"),
        ("三万零五十人", "30050 exact 人"),
        ("¥1200万", "12000000 exact 元"),
        ("350 m2", "350 exact m2"),
        ("about 35", "35 about"),
        ("About 35 people", "35 about people"),
        ("over 1,200", "1200 more-than"),
        ("nearly 40 groups", "40 nearly groups"),
        ("at least 3", "3 at-least"),
        ("1.2 million yuan", "1200000 exact yuan"),
        ("35+", "35 at-least"),
        ("1e21", "1000000000000000000000 exact"),
        ("0", "0 exact"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn what_is_no_quantity_is_refused_with_its_reason() {
    for (text, expected) in [
        ("", "nothing is written"),
        ("很多", "`很多` names no number"),
        ("数百家", "`数` names no number"),
        ("人员", "`人员` does not begin with a number"),
        ("2020年10月", "a second number stands in `年10月`"),
        ("3-5个", "a second number stands in `-5个`"),
        ("约1200余万元", "`约` and `余` say different things of the number"),
        ("1,23", "the digits are not grouped by three"),
        ("一百五", "`一百五` means no number, or two"),
        ("三万五", "`五` means no number, or two"),
        ("三十二十", "`三十二十` means no number, or two"),
        ("35家，其中8家", "`家，其中8家` after the number was not understood"),
        ("一些", "`些` after the number was not understood"),
        ("35 <b>", "`<b>` after the number was not understood"),
    ] {
        let shown = shown(text).replace(',', "，").replace("1，23", "1,23");
        assert_eq!(shown, expected.replace(',', "，"), "{text}");
    }
    let long = "9".repeat(QUANTITY_MAX_CHARS + 1);
    assert_eq!(Quantity::parse(&long, None), Err(QuantityError::TooLong));
    assert_eq!(Quantity::parse(&"9".repeat(40), None), Err(QuantityError::TooManyDigits));
}

#[test]
fn a_unit_of_its_own_is_put_after_the_number() {
    for (text, unit, expected) in [
        ("1200余", "万元", "1200余万元"),
        ("442", "个", "442个"),
        ("60以上", "万元", "60万元以上"),
        ("约35", "万元", "约35万元"),
        ("1200万", "元", "1200万元"),
        ("1200余万元", "元", "1200余万元"),
        ("1200余万元", "万元", "1200余万元"),
        ("92.2", "%", "92.2%"),
        ("92.2%", "％", "92.2%"),
        ("35", "people", "35 people"),
        ("35", "", "35"),
    ] {
        let found = Quantity::parse(text, Some(unit)).map(|found| found.text);
        assert_eq!(found.as_deref(), Ok(expected), "{text} {unit}");
    }
    for (text, unit) in [("442个", "家"), ("1200元", "万元"), ("1200万", "亿元")]
    {
        let found = Quantity::parse(text, Some(unit));
        assert!(matches!(found, Err(QuantityError::UnitTwice { .. })), "{text} {unit}");
    }
    assert!(Quantity::parse("4", Some("42")).is_err());
}

#[test]
fn quantities_compare_as_far_as_their_bounds_decide() {
    for (one, other, expected) in [
        ("1200余万元", "1200万元", Some(Ordering::Greater)),
        ("1200余万元", "1300万元", None),
        ("1200余万元", "1.19亿元", None),
        ("1200余万元", "1100万元", Some(Ordering::Greater)),
        ("22.6万人", "226000人", Some(Ordering::Equal)),
        ("约35万元", "36万元", None),
        ("约35万元", "100万元", Some(Ordering::Less)),
        ("约35万元", "约35万元", None),
        ("不到1个月", "1个月", Some(Ordering::Less)),
        ("60万元以上", "60万元", None),
        ("60万元以上", "59万元", Some(Ordering::Greater)),
        ("至多5人", "6人", Some(Ordering::Less)),
        ("近百家", "100家", Some(Ordering::Less)),
        ("442个", "442家", None),
        ("第33次", "33次", None),
    ] {
        assert_eq!(parse(one).compare(&parse(other)), expected, "{one} {other}");
    }
}

#[test]
fn like_quantities_add_up() {
    let sum = |texts: &[&str]| {
        let all: Vec<Quantity> = texts.iter().map(|text| parse(text)).collect();
        Quantity::sum(&all)
            .map_or_else(|error| error.to_string(), |found| found.to_string())
    };
    assert_eq!(sum(&["20个", "50个", "71个"]), "141个");
    assert_eq!(sum(&["1.19亿元", "3万元"]), "11903万元");
    assert_eq!(sum(&["约35万元", "3.5万元"]), "约38.5万元");
    assert_eq!(sum(&["1200余万元", "5017万元"]), "超过6217万元");
    assert_eq!(sum(&["over 1,200", "3"]), "over 1203");
    assert_eq!(sum(&["1.2 million yuan", "3 million yuan"]), "4.2 million yuan");
    assert_eq!(sum(&["2千 克", "3千 克"]), "5000克");
    assert_eq!(
        sum(&["不到1个月", "3个月以上"]),
        "some are lower bounds and some are upper bounds"
    );
    assert_eq!(sum(&["442个", "3家"]), "quantities in `个` and `家` do not add up");
    assert_eq!(sum(&["第3次", "2次"]), "`第3次` is a place in an order, not an amount");
    assert_eq!(sum(&[]), "there is nothing to add");
}

/// Text made of the parts of quantities: more likely to be one than any text.
fn likely() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("约"),
        Just("近"),
        Just("超过"),
        Just("12"),
        Just("1,234"),
        Just("3.50"),
        Just("一百"),
        Just("三"),
        Just("零"),
        Just("万"),
        Just("千"),
        Just("亿"),
        Just("余"),
        Just("多"),
        Just("元"),
        Just("个(次)"),
        Just("克"),
        Just("%"),
        Just("以上"),
        Just(" "),
        Just("　"),
        Just("-"),
        Just("e3"),
        Just("million"),
        Just("第"),
        Just("￥"),
        Just("+"),
    ];
    proptest::collection::vec(part, 0..7).prop_map(|parts| parts.concat())
}

/// A quantity that is written in an ordinary way.
fn ordinary() -> impl Strategy<Value = Quantity> {
    let before = prop_oneof![Just(""), Just("约"), Just("超过"), Just("至少")];
    let power = prop_oneof![Just(""), Just("万"), Just("亿"), Just("千")];
    let unit = prop_oneof![4 => Just("元"), 1 => Just("克"), 1 => Just("")];
    (before, any::<i32>(), 0_u32..4, power, unit).prop_map(
        |(before, digits, places, power, unit)| {
            let number = Decimal::new(i64::from(digits), places);
            parse(&format!("{before}{number}{power}{unit}"))
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_read_or_refused(
        text in "\\PC*", unit in proptest::option::of("\\PC{0,6}"),
    ) {
        let _ = Quantity::parse(&text, unit.as_deref());
    }

    #[test]
    fn what_is_printed_reads_back_as_the_same(
        text in likely(), unit in proptest::option::of(likely()),
    ) {
        if let Ok(found) = Quantity::parse(&text, unit.as_deref()) {
            prop_assert_eq!(Quantity::parse(&found.to_string(), None), Ok(found.clone()));
            if unit.is_none() {
                prop_assert_eq!(found.text, text.trim());
            }
        }
    }

    #[test]
    fn adding_commutes(mut all in proptest::collection::vec(ordinary(), 0..5)) {
        let sum = Quantity::sum(&all);
        all.reverse();
        prop_assert_eq!(&Quantity::sum(&all), &sum);
        all.sort_by(|a, b| a.text.cmp(&b.text));
        prop_assert_eq!(&Quantity::sum(&all), &sum);
        if let Ok(sum) = sum {
            let expected: Decimal = all.iter().filter_map(Quantity::value).sum();
            prop_assert_eq!(sum.value(), Some(expected));
        }
    }

    #[test]
    fn comparing_backwards_turns_the_order(one in ordinary(), other in ordinary()) {
        prop_assert_eq!(
            one.compare(&other),
            other.compare(&one).map(Ordering::reverse)
        );
    }
}
