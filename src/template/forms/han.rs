//! Numbers in Han numerals (GB/T 15835-2011).

use chinese_number::{ChineseCase, ChineseCountMethod, ChineseVariant, NumberToChinese};

use crate::model::Decimal;

/// A whole number in words: 一百四十一.
pub(super) fn words(number: i64) -> Option<String> {
    in_case(number, ChineseCase::Lower)
}

/// A whole number in the numerals of accounts: 壹佰肆拾壹.
pub(super) fn formal(number: i64) -> Option<String> {
    in_case(number, ChineseCase::Upper)
}

fn in_case(number: i64, case: ChineseCase) -> Option<String> {
    number.to_chinese(ChineseVariant::Simple, case, ChineseCountMethod::TenThousand).ok()
}

/// Digit by digit, with 〇: 二〇二一.
pub(super) fn digits(text: &str) -> String {
    const DIGITS: [char; 10] =
        ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    text.chars()
        .map(|ch| match ch.to_digit(10) {
            Some(digit) => DIGITS[digit as usize],
            None if ch == '.' => '点',
            None if ch == '-' => '负',
            None => ch,
        })
        .collect()
}

/// A decimal in words: 九十二点二.
pub(super) fn decimal(number: Decimal) -> Option<String> {
    let whole = words(i64::try_from(number.trunc()).ok()?)?;
    if number.fract().is_zero() {
        return Some(whole);
    }
    let text = number.abs().to_string();
    let (_, places) = text.split_once('.')?;
    // -0.5 has the sign of its whole part nowhere.
    let sign =
        if number.is_sign_negative() && number.trunc().is_zero() { "负" } else { "" };
    // After the point each digit stands for itself, nought as 零.
    Some(format!("{sign}{whole}点{}", digits(places).replace('〇', "零")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_each_way() {
        assert_eq!(words(141).as_deref(), Some("一百四十一"));
        assert_eq!(words(10).as_deref(), Some("十"));
        assert_eq!(formal(141).as_deref(), Some("壹佰肆拾壹"));
        assert_eq!(digits("2021"), "二〇二一");
        let of = |text| decimal(Decimal::from_str_exact(text).expect("a number"));
        assert_eq!(of("92.20").as_deref(), Some("九十二点二零"));
        assert_eq!(of("-0.5").as_deref(), Some("负零点五"));
        assert_eq!(of("89").as_deref(), Some("八十九"));
    }
}
