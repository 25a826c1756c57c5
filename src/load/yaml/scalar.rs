//! The core schema (YAML 1.2.2, 10.3.2): which plain scalars are more than text.

use std::borrow::Cow;

use saphyr_parser::ScalarStyle;

use crate::load::toml;
use crate::tree::Value;

/// A scalar by the core schema.
pub(super) fn scalar(text: Cow<'_, str>, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::Text(text.into_owned());
    }
    match &*text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        plain => {
            let radix = |prefix, radix: u32| {
                plain.strip_prefix(prefix).filter(|digits: &&str| {
                    !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix))
                })
            };
            if let Some(digits) = radix("0x", 16) {
                toml::integer(digits, 16)
            } else if let Some(digits) = radix("0o", 8) {
                toml::integer(digits, 8)
            } else if is_number(plain) {
                Value::Number(text.into_owned())
            } else {
                Value::Text(text.into_owned())
            }
        }
    }
}

/// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mantissa_fits =
        digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty());
    mantissa_fits
        && exponent.is_none_or(|exponent| {
            let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
            !exponent.is_empty() && digits(exponent)
        })
}
