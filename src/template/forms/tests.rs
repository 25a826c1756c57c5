//! Expressions, what they print, and what is said of those that would print what is not so.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::diag::Diagnostics;
use crate::document::FigureRef;
use crate::folder::Library;
use crate::source::{Place, SourceFile, Sources};
use crate::template::{Datum, Known, Narratives, Scope};

/// A figure's id, its value, the exact one where it differs, and the value before.
type Row = (&'static str, &'static str, &'static str, &'static str);

const FIGURES: [Row; 12] = [
    ("donated", "12345678元", "", ""),
    ("about", "1200余万元", "", ""),
    ("volunteering", "22.6万人次", "", ""),
    ("funds", "4439.25万元", "", ""),
    ("donors", "270家", "", "240家"),
    ("fewer", "240家", "", "270家"),
    ("same", "240家", "", "240家"),
    ("coverage", "92.2%", "92.157%", "89.1%"),
    ("cases", "141个", "", "0个"),
    ("session", "第33次", "", ""),
    ("low", "13万元", "", ""),
    ("high", "17万元", "", "169999元"),
];

fn scope(language: &str) -> Scope {
    let reference = |&(id, value, ..): &Row| FigureRef {
        name: format!("baoji/2020/{id}"),
        value: value.to_owned(),
        unit: String::new(),
        form: None,
    };
    let known = |&(_, value, exact, before): &Row| Known {
        exact: if exact.is_empty() { value } else { exact }.to_owned(),
        previous: (!before.is_empty()).then(|| before.to_owned()),
    };
    let mut scope = Scope::new(FIGURES.iter().map(reference).collect());
    scope.tell(FIGURES.iter().map(known).collect());
    let f = FIGURES.iter().enumerate().map(|(at, (id, value, ..))| {
        ((*id).to_owned(), Datum::figure(Scope::mark(at), value))
    });
    scope.insert("f", Datum::item(f));
    scope.insert("language", Datum::new(language));
    scope.insert(
        "day",
        Datum::new(if language == "zh" {
            "2020年9月27日"
        } else {
            "27 September 2020"
        }),
    );
    scope
}

/// What an expression prints, or what is said of it.
fn prints(expression: &str, language: &str) -> String {
    let mut sources = Sources::new();
    let text = String::new();
    let file =
        sources.add(SourceFile::new("a.md".into(), text, Vec::new(), String::new()));
    let library = Library { files: BTreeMap::new(), binaries: BTreeMap::new() };
    let mut diags = Diagnostics::new();
    let engine = Narratives::new(&library, &sources, &mut diags);
    let place = Place::whole(file);
    match engine.expression(expression, &scope(language), place, &mut diags) {
        Ok(text) => text,
        Err(_) => {
            let found = diags.iter().next().expect("something was said");
            format!("{}: {}", found.code.id, found.message)
        }
    }
}

fn all(language: &str, cases: &[(&str, &str)]) {
    for (expression, expected) in cases {
        assert_eq!(prints(expression, language), *expected, "{expression}");
    }
}

#[test]
fn amounts_are_printed_in_every_magnitude() {
    all(
        "zh",
        &[
            ("f.donated | wan", "1234.5678万元"),
            ("f.donated | wan(places=1)", "1234.6万元"),
            ("f.donated | wan(to=100, word=\"余\")", "1200余万元"),
            ("f.donated | wan(to=100, word=\"多\")", "1200多万元"),
            ("f.donated | wan(places=0, word=\"约\")", "约1235万元"),
            (
                "f.donated | wan(to=100, word=\"近\")",
                "untrue-form: `近1300万元` is not true of `12345678元`: the value is further off than the last digit shown",
            ),
            ("f.donated | wan(to=10, word=\"不到\")", "不到1240万元"),
            ("f.donated | wan(word=\"以上\")", "1234万元以上"),
            ("f.donated | yi(places=2)", "0.12亿元"),
            ("f.donated | scale(in=\"百万\", places=0)", "12百万元"),
            ("f.about | yi", "0.12余亿元"),
            ("f.about | wan", "1200余万元"),
            ("f.about | plain(group=true)", "12,000,000余元"),
            ("f.volunteering | plain", "226000人次"),
            ("f.volunteering | rounded", "23万人次"),
            ("f.volunteering | wan(unit=false)", "22.6万"),
            ("f.funds | grouped", "4,439.25万元"),
            ("226000 | wan", "22.6万"),
            (
                "f.donated | scale(in=\"甲\")",
                "template-error: there is no magnitude `甲`: use `千`, `万`, `百万`, `千万`, `亿`, `十亿`, `万亿`, `thousand`, `million`, `billion`, `trillion`",
            ),
        ],
    );
}

#[test]
fn what_an_editor_writes_is_printed_where_it_is_true() {
    all(
        "zh",
        &[
            ("f.donated | shown(as=\"1200余万元\")", "1200余万元"),
            ("f.donated | shown(as=\"约0.12亿元\")", "约0.12亿元"),
            (
                "f.donated | shown(as=\"1300余万元\")",
                "untrue-form: `1300余万元` is not true of `12345678元`: the value does not exceed the number shown",
            ),
            (
                "f.donated | shown(as=\"不到1200万元\")",
                "untrue-form: `不到1200万元` is not true of `12345678元`: the value does not fall short of the number shown",
            ),
            (
                "f.donated | shown(as=\"1234万元\")",
                "untrue-form: `1234万元` is not true of `12345678元`: it is no right rounding of the value",
            ),
            (
                "f.about | shown(as=\"1200万元\")",
                "untrue-form: `1200万元` is not true of `1200余万元`: it is no right rounding of the value",
            ),
            (
                "f.low | wan(word=\"余\")",
                "untrue-form: `13余万元` is not true of `13万元`: the value does not exceed the number shown",
            ),
            (
                "f.donors | shown(as=\"270个\")",
                "untrue-form: `270个` is not true of `270家`: it is in `个`, and the value in `家`",
            ),
        ],
    );
}

#[test]
fn shares_and_points_are_kept_apart() {
    all(
        "zh",
        &[
            ("f.coverage | percent(places=0)", "92%"),
            ("f.coverage | percent(places=2)", "92.16%"),
            ("f.coverage | percent(places=1, style=\"han\")", "百分之九十二点二"),
            ("0.125 | percent", "12.5%"),
            ("0.031 | points", "3.1个百分点"),
            (
                "f.coverage | points",
                "untrue-form: `92.2%` is a percentage, and 百分点 are a difference between two",
            ),
            (
                "f.donors | percent",
                "template-error: a percentage is made of `%` or of a plain number, found `家`",
            ),
        ],
    );
}

#[test]
fn words_follow_the_data() {
    all(
        "zh",
        &[
            ("f.donors | change", "增长12.5%"),
            ("f.fewer | change", "下降11.1%"),
            ("f.fewer | change(places=0, down=\"减少\")", "减少11%"),
            ("f.same | change", "持平"),
            ("f.high | change(places=2)", "基本持平"),
            ("f.coverage | change", "提高3.1个百分点"),
            (
                "f.cases | change",
                "untrue-form: `141个` grew from nothing: there is no rate of growth",
            ),
            ("f.donors | trend(up=\"上升\")", "上升"),
            ("f.donors | difference", "增加30家"),
            ("f.fewer | difference", "减少30家"),
            (
                "f.cases | change(from=f.donors)",
                "template-error: `141个` and `270家` are in different units",
            ),
            (
                "f.about | change(from=f.low)",
                "untrue-form: `1200余万元` is not exact, so that nobody knows by how much it changed",
            ),
            (
                "f.session | change",
                "template-error: there is no value before: give the figure a `previous`, last year's record the same figure with the same scope, or the filter a `from`",
            ),
            ("0 | choose(zero=\"没有大事\", many=\"{}件大事\")", "没有大事"),
            ("1 | choose(zero=\"没有大事\", many=\"{}件大事\")", "1件大事"),
            ("10 | choose(many=\"{han}件大事\")", "十件大事"),
            ("f.cases | choose(many=\"共{}\")", "共141个"),
        ],
    );
}

#[test]
fn numerals_ordinals_and_ranges() {
    all(
        "zh",
        &[
            ("f.cases | han", "一百四十一"),
            ("f.cases | han(unit=true)", "一百四十一个"),
            ("2 | han", "二"),
            ("2021 | han(style=\"digits\")", "二〇二一"),
            ("f.cases | han(style=\"formal\")", "壹佰肆拾壹"),
            (
                "f.about | han",
                "untrue-form: `1200余万元` is not exact, and Han numerals would leave that out",
            ),
            ("f.session | han(unit=true)", "第三十三次"),
            ("f.session | ordinal(style=\"han\")", "第三十三次"),
            ("3 | ordinal", "第3"),
            ("[f.low, f.high] | range", "13万元～17万元"),
            ("[f.fewer, f.donors] | range", "240～270家"),
            (
                "[f.donors, f.fewer] | range",
                "untrue-form: `270家` is more than `240家`, and stands before it",
            ),
            ("f.donated | wan | plain", "12345678元"),
        ],
    );
}

#[test]
fn dates_and_periods_have_their_usual_forms() {
    all(
        "zh",
        &[
            ("day | date", "2020年9月27日"),
            ("day | date(form=\"month-day\")", "9月27日"),
            ("day | date(form=\"day\")", "27日"),
            ("day | date(form=\"year\")", "2020年"),
            ("day | date(form=\"han\")", "二〇二〇年九月二十七日"),
            ("day | date(form=\"han-month-day\")", "九月二十七日"),
            ("day | date(form=\"dots\")", "2020.9.27"),
            ("day | date(form=\"slashes\")", "2020/9/27"),
            ("day | date(form=\"iso\")", "2020-09-27"),
            ("day | date(form=\"weekday\")", "星期日"),
            ("day | date(form=\"third\")", "9月下旬"),
            ("\"2020-12-31\" | date(form=\"month-end\")", "2020年12月底"),
            ("\"2020-12\" | date(form=\"end\")", "12月底"),
            ("\"2020-12-31\" | date(form=\"year-end\")", "2020年底"),
            (
                "\"2020-12-30\" | date(form=\"month-end\")",
                "template-error: `2020-12-30` is not the end of what it names",
            ),
            ("\"2020年第一季度\" | period(form=\"short\")", "一季度"),
            ("\"2020年上半年\" | period(form=\"short\")", "上半年"),
            ("\"2020年第一季度\" | period(form=\"range\")", "2020年1月1日至3月31日"),
            ("\"2020年第一季度\" | period(form=\"days\")", "1月1日至3月31日"),
            ("\"2020年第一季度\" | period(form=\"months\")", "1—3月"),
            ("\"2020年3月\" | period(form=\"iso\")", "2020-03"),
            (
                "\"2020年3月\" | date(form=\"day\")",
                "template-error: `2020年3月` does not name a day",
            ),
            (
                "day | date(form=\"lang\")",
                "template-error: there is no date form `lang`: use `long`, `month`, `month-day`, `day`, `year`, `han`, `han-month-day`, `iso`, `dots`, `slashes`, `weekday`, `third`, `month-end`, `end`, `year-end`",
            ),
        ],
    );
}

#[test]
fn english_editions_have_english_forms() {
    all(
        "en",
        &[
            ("f.donors | change", "rose by 12.5%"),
            ("f.coverage | change", "rose by 3.1 percentage points"),
            ("f.same | change", "remained unchanged"),
            ("f.fewer | trend", "fell"),
            ("33 | ordinal", "33rd"),
            ("12 | ordinal", "12th"),
            ("3 | spelled", "three"),
            ("3 | spelled(capital=true)", "Three"),
            ("30 | spelled", "30"),
            (
                "12345678 | scale(in=\"million\", places=1, word=\"about\")",
                "about 12.3 million",
            ),
            (
                "12345678 | scale(in=\"million\", places=0, word=\"over\")",
                "over 12 million",
            ),
            ("0.922 | percent(style=\"word\")", "92.2 percent"),
            ("[3, 5] | range", "3–5"),
            ("day | date(form=\"weekday\")", "Sunday"),
            ("day | date(form=\"third\")", "late September"),
            ("\"2020-12-31\" | date(form=\"month-end\")", "the end of December 2020"),
            ("\"2020-12-31\" | date(form=\"end\")", "the end of December"),
            ("\"Q1 2020\" | period(form=\"range\")", "1 January 2020 to 31 March 2020"),
            ("\"March 2020\" | period(form=\"short\")", "March"),
        ],
    );
}

proptest! {
    /// Whatever the value and the form: what is printed is true of the value, or nothing is.
    #[test]
    fn what_is_printed_is_true(
        value in 0_i64..100_000_000_000,
        filter in prop::sample::select(vec!["plain", "wan", "yi"]),
        word in prop::sample::select(vec!["余", "约", "近", "不到", "以上", "以内", "超过", ""]),
        places in 0_u32..5,
    ) {
        let word = if word.is_empty() { String::new() } else { format!(", word=\"{word}\"") };
        let text = prints(&format!("{value} | {filter}(places={places}{word})"), "zh");
        if !text.starts_with("untrue-form") {
            let form = crate::model::Quantity::parse(&text, None).expect("it can be read");
            let exact = crate::model::Quantity::parse(&value.to_string(), None);
            prop_assert_eq!(form.is_true_of(&exact.expect("a number")), Ok(()));
        }
    }
}
