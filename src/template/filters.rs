//! The filters that annals adds to Tera's own, in both engines: one table, from which they
//! are documented and the forms of print have their numbers.

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::forms::{changes, dates, numbers, words};
use super::marks;
use super::scope::plain_number;
use crate::model::Quantity;

/// One filter, for the reference pages of the manual.
pub struct Filter {
    /// Its name.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub doc: &'static str,
    /// An example with what it prints.
    pub example: (&'static str, &'static str),
}

const fn filter(
    name: &'static str,
    doc: &'static str,
    example: (&'static str, &'static str),
) -> Filter {
    Filter { name, doc, example }
}

/// All filters that annals adds.
pub static FILTERS: &[Filter] = &[
    filter(
        "date",
        "Prints a date in another form: `long` for `2021年3月5日`, `month` for `2021年3月`, `month-day` for `3月5日`, `day` for `5日`, `year` for `2021年`, `han` for `二〇二一年三月五日`, `han-month-day` for `三月五日`, `iso` for `2021-03-05`, `dots` for `2021.3.5`, `slashes` for `2021/3/5`, `weekday` for `星期五`, `third` for `3月上旬`; `month-end`, `end` and `year-end` for `2020年12月底`, `12月底`, `2020年底`, where the day is that end.",
        ("{{ event.meeting.date | date(form=\"month-day\") }}", "4月2日"),
    ),
    filter(
        "period",
        "Prints a period in another form: `long` for `2021年第一季度`, `short` for `一季度`, `上半年`, `3月`, `range` for `2021年1月1日至3月31日`, `days` for `1月1日至3月31日`, `months` for `1—3月`, `iso` for `2021-Q1`.",
        ("{{ period | period(form=\"short\") }}", "一季度"),
    ),
    filter(
        "han",
        "Prints a whole number in Han numerals (GB/T 15835-2011): `style` is `words` (一百四十一), `digits` (二〇二一) or `formal` (壹佰肆拾壹); with `unit=true` the unit too.",
        ("{{ events | length | han }}", "十"),
    ),
    filter(
        "sum",
        "Adds quantities of one unit.",
        ("{{ [f.best, f.good] | sum }}", "70个"),
    ),
    filter(
        "number",
        "Gives the plain number of a quantity, for conditions.",
        ("{% if f.best | number > 10 %}…{% endif %}", "…"),
    ),
    filter(
        "wan",
        "Prints an amount in 万: in full, or to some `places`, or in whole multiples (`to=100`), with a `word` such as 余, 约, 近, 多, 不到 or 以上, which must be true of the value.",
        ("{{ f.donated | wan(to=100, word=\"余\") }}", "1200余万元"),
    ),
    filter(
        "yi",
        "Prints an amount in 亿; otherwise as `wan`.",
        ("{{ f.invested | yi(places=2) }}", "1.19亿元"),
    ),
    filter(
        "scale",
        "Prints an amount in another magnitude: 千, 百万, 千万, 十亿, 万亿, thousand, million, billion, trillion; otherwise as `wan`.",
        ("{{ f.invested | scale(in=\"百万\") }}", "119百万元"),
    ),
    filter(
        "plain",
        "Prints an amount without 万 or 亿; otherwise as `wan`.",
        ("{{ f.volunteering | plain(group=true) }}", "226,000人次"),
    ),
    filter(
        "rounded",
        "Rounds an amount in the magnitude of the record, to whole numbers or some `places`; otherwise as `wan`.",
        ("{{ f.volunteering | rounded }}", "23万人次"),
    ),
    filter(
        "grouped",
        "Prints digits in groups of three.",
        ("{{ f.team_funds | grouped }}", "4,439.25万元"),
    ),
    filter(
        "shown",
        "Prints a form as you write it, if it is true of the value: a right rounding, 余 only where the value exceeds the number, 不到 only where it falls short.",
        ("{{ f.donated | shown(as=\"近1300万元\") }}", "近1300万元"),
    ),
    filter(
        "percent",
        "Prints a percentage, to some `places`; a plain number is multiplied by a hundred. `style` is `sign` (92.2%), `han` (百分之九十二点二) or `word` (92.2 percent).",
        ("{{ f.inspection_rate | percent(places=0) }}", "92%"),
    ),
    filter(
        "points",
        "Prints a difference between percentages in 个百分点; a plain number is multiplied by a hundred.",
        ("{{ f.coverage_change | points }}", "3.1个百分点"),
    ),
    filter(
        "ordinal",
        "Prints a place in an order: 第33次, with `style=\"han\"` 第三十三次, in English 33rd.",
        ("{{ issue | ordinal(style=\"han\") }}", "第三"),
    ),
    filter(
        "range",
        "Prints two quantities as a range; 万 and % stand at both ends (GB/T 15835-2011).",
        ("{{ [f.least, f.most] | range }}", "13万元～17万元"),
    ),
    filter(
        "trend",
        "Prints whether a figure rose: 增长 (提高 for percentages), 下降 or 持平, or your own words `up`, `down`, `same`. Compared with the figure's `previous`, else with last year's figure of the same scope, else with `from`.",
        ("{{ f.donors | trend(up=\"上升\") }}", "上升"),
    ),
    filter(
        "change",
        "Prints by what part a figure changed, percentages by 个百分点: 增长12.5%, 提高3.1个百分点, 持平; takes `places`, and what `trend` takes.",
        ("{{ f.donors | change }}", "增长12.5%"),
    ),
    filter(
        "difference",
        "Prints by how much a figure changed, in its own unit: 增加30家, 减少3家, 持平; takes what `trend` takes.",
        ("{{ f.donors | difference }}", "增加30家"),
    ),
    filter(
        "choose",
        "Prints one of the texts `zero`, `one`, `two` and `many` by the number; `{}` in it stands for the number, `{han}` for Han numerals.",
        (
            "{{ events | length | choose(zero=\"本月没有大事\", many=\"本月有大事{}件\") }}",
            "本月有大事3件",
        ),
    ),
    filter(
        "spelled",
        "Spells a number up to twelve in English; with `capital=true` for the head of a sentence.",
        ("{{ events | length | spelled }}", "three"),
    ),
    filter(
        "literal",
        "Declares that a number you write is no figure (`annals audit` asks); prints it as it is.",
        ("{{ \"三个\" | literal }}方面", "三个方面"),
    ),
];

/// The number of a form, for marks.
pub(super) fn form_number(name: &str) -> Option<usize> {
    FILTERS.iter().position(|filter| filter.name == name)
}

/// The name of a form by its number.
pub(super) fn form_name(number: usize) -> Option<&'static str> {
    FILTERS.get(number).map(|filter| filter.name)
}

/// Gives an engine all filters.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("date", dates::date);
    tera.register_filter("period", dates::period);
    tera.register_filter("han", numbers::han);
    tera.register_filter("sum", sum);
    tera.register_filter("number", number);
    tera.register_filter("wan", numbers::wan);
    tera.register_filter("yi", numbers::yi);
    tera.register_filter("scale", numbers::scale);
    tera.register_filter("plain", numbers::plain);
    tera.register_filter("rounded", numbers::rounded_to);
    tera.register_filter("grouped", numbers::grouped);
    tera.register_filter("shown", numbers::shown);
    tera.register_filter("percent", numbers::percent);
    tera.register_filter("points", numbers::points);
    tera.register_filter("ordinal", numbers::ordinal);
    tera.register_filter("range", numbers::range);
    tera.register_filter("trend", changes::trend);
    tera.register_filter("change", changes::change);
    tera.register_filter("difference", changes::difference);
    tera.register_filter("choose", changes::choose);
    tera.register_filter("spelled", words::spelled);
    tera.register_filter("literal", literal);
}

/// A figure stays a figure: what is bound needs no declaration.
fn literal(value: Value, _: Kwargs, _: &State) -> TeraResult<Value> {
    Ok(value)
}

fn sum(items: Vec<Value>, _: Kwargs, _: &State) -> TeraResult<String> {
    let quantities = items
        .iter()
        .map(|item| {
            let text = item.as_str().map_or_else(|| item.to_string(), marks::strip);
            Quantity::parse(&text, None).map_err(|error| {
                Error::message(format!("`{text}` is not a quantity: {error}"))
            })
        })
        .collect::<TeraResult<Vec<_>>>()?;
    let sum =
        Quantity::sum(&quantities).map_err(|error| Error::message(error.to_string()))?;
    Ok(sum.text)
}

fn number(text: &str, _: Kwargs, _: &State) -> TeraResult<Value> {
    let text = marks::strip(text);
    let quantity = Quantity::parse(&text, None).map_err(|error| {
        Error::message(format!("`{text}` is not a quantity: {error}"))
    })?;
    quantity
        .value()
        .and_then(|value| f64::try_from(value).ok())
        .map(plain_number)
        .ok_or_else(|| Error::message(format!("`{text}` is too large")))
}
