//! The words around a number, in the order in which they are tried (longer ones first).

use super::Bound;

/// Words before a number; `None` where the word says nothing about the value.
///
/// Following the Civil Code, article 1259: 以上, 以下, 以内 include the number; 不满, 超过
/// do not.
pub(super) const BEFORE: &[(&str, Option<Bound>)] = &[
    ("不少于", Some(Bound::AtLeast)),
    ("不低于", Some(Bound::AtLeast)),
    ("不超过", Some(Bound::AtMost)),
    ("不多于", Some(Bound::AtMost)),
    ("不高于", Some(Bound::AtMost)),
    ("大约", Some(Bound::About)),
    ("大概", Some(Bound::About)),
    ("约为", Some(Bound::About)),
    ("约", Some(Bound::About)),
    ("将近", Some(Bound::Nearly)),
    ("接近", Some(Bound::Nearly)),
    ("近", Some(Bound::Nearly)),
    ("超过", Some(Bound::MoreThan)),
    ("突破", Some(Bound::MoreThan)),
    ("多于", Some(Bound::MoreThan)),
    ("高于", Some(Bound::MoreThan)),
    ("大于", Some(Bound::MoreThan)),
    ("不止", Some(Bound::MoreThan)),
    ("超", Some(Bound::MoreThan)),
    ("逾", Some(Bound::MoreThan)),
    ("至少", Some(Bound::AtLeast)),
    ("最少", Some(Bound::AtLeast)),
    ("上", Some(Bound::AtLeast)),
    ("不到", Some(Bound::LessThan)),
    ("不足", Some(Bound::LessThan)),
    ("不满", Some(Bound::LessThan)),
    ("未满", Some(Bound::LessThan)),
    ("少于", Some(Bound::LessThan)),
    ("低于", Some(Bound::LessThan)),
    ("小于", Some(Bound::LessThan)),
    ("至多", Some(Bound::AtMost)),
    ("最多", Some(Bound::AtMost)),
    ("共计", None),
    ("合计", None),
    ("总计", None),
    ("累计", None),
    ("达到", None),
    ("多达", None),
    ("高达", None),
    ("共", None),
    ("达", None),
    ("≈", Some(Bound::About)),
    ("~", Some(Bound::About)),
    ("≥", Some(Bound::AtLeast)),
    (">=", Some(Bound::AtLeast)),
    (">", Some(Bound::MoreThan)),
    ("≤", Some(Bound::AtMost)),
    ("<=", Some(Bound::AtMost)),
    ("<", Some(Bound::LessThan)),
];

/// English words before a number, in lower case; white space or a digit follows.
pub(super) const BEFORE_EN: &[(&str, Bound)] = &[
    ("approximately", Bound::About),
    ("roughly", Bound::About),
    ("around", Bound::About),
    ("about", Bound::About),
    ("circa", Bound::About),
    ("some", Bound::About),
    ("ca.", Bound::About),
    ("no fewer than", Bound::AtLeast),
    ("no less than", Bound::AtLeast),
    ("not less than", Bound::AtLeast),
    ("at least", Bound::AtLeast),
    ("not more than", Bound::AtMost),
    ("no more than", Bound::AtMost),
    ("at most", Bound::AtMost),
    ("up to", Bound::AtMost),
    ("more than", Bound::MoreThan),
    ("exceeding", Bound::MoreThan),
    ("above", Bound::MoreThan),
    ("over", Bound::MoreThan),
    ("fewer than", Bound::LessThan),
    ("less than", Bound::LessThan),
    ("below", Bound::LessThan),
    ("under", Bound::LessThan),
    ("close to", Bound::Nearly),
    ("nearly", Bound::Nearly),
    ("almost", Bound::Nearly),
];

/// Words between the number and the magnitude word or unit.
pub(super) const MIDDLE: &[(&str, Bound)] = &[
    ("余", Bound::MoreThan),
    ("多", Bound::MoreThan),
    ("几", Bound::MoreThan),
    ("来", Bound::About),
    ("+", Bound::AtLeast),
];

/// Words at the end, after the unit.
pub(super) const AFTER: &[(&str, Option<Bound>)] = &[
    ("及以上", Some(Bound::AtLeast)),
    ("或以上", Some(Bound::AtLeast)),
    ("以上", Some(Bound::AtLeast)),
    ("及以下", Some(Bound::AtMost)),
    ("以下", Some(Bound::AtMost)),
    ("以内", Some(Bound::AtMost)),
    ("之内", Some(Bound::AtMost)),
    ("左右", Some(Bound::About)),
    ("上下", Some(Bound::About)),
    ("有余", Some(Bound::MoreThan)),
    ("多", Some(Bound::MoreThan)),
    ("整", None),
    (" or more", Some(Bound::AtLeast)),
    (" or less", Some(Bound::AtMost)),
    (" or fewer", Some(Bound::AtMost)),
    (" or so", Some(Bound::About)),
    ("+", Some(Bound::AtLeast)),
];

/// Marks and words of currencies before a number, and the unit that they mean.
pub(super) const CURRENCY: &[(&str, &str)] = &[
    ("人民币", "元"),
    ("RMB", "元"),
    ("CNY", "元"),
    ("¥", "元"),
    ("\u{FFE5}", "元"),
    ("US$", "US$"),
    ("USD", "US$"),
    ("$", "$"),
    ("€", "€"),
    ("£", "£"),
];

/// English magnitude words.
pub(super) const POWERS_EN: &[(&str, u8)] =
    &[("hundred", 2), ("thousand", 3), ("million", 6), ("billion", 9), ("trillion", 12)];

/// Words that look like an amount and name none.
pub(super) const INDEFINITE: &[&str] =
    &["若干", "许多", "很多", "大量", "多数", "数", "几", "多", "诸多", "不少", "全部"];
