//! Charts and what captions ask of tables.

use annals::document::{BlockKind, Chart, ChartKind, Document, Table, plain_text};

use super::shared::{codes, narrative};

const CASES: &str = "| 类别 | 数量 |\n|---|--:|\n| 最佳 | 20个 |\n| 优秀 | 50个 |\n\
                     | 入围 | 约71个 |\n| 合计 | 约141个 |\n\n";

fn sound(text: &str) -> Document {
    let (document, diags) = narrative(text);
    let messages: Vec<&str> = diags.iter().map(|found| found.message.as_str()).collect();
    assert!(messages.is_empty(), "{text}: {messages:?}");
    document
}

fn chart(text: &str) -> Chart {
    let document = sound(text);
    let found = document.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Chart(chart) => Some((**chart).clone()),
        _ => None,
    });
    found.expect("there is a chart")
}

fn table(text: &str) -> Table {
    let document = sound(text);
    let found = document.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Table(table) => Some(table.clone()),
        _ => None,
    });
    found.expect("there is a table")
}

/// Message and place of the one finding.
fn finding(text: &str) -> (String, String) {
    let (_, diags) = narrative(text);
    let all: Vec<_> = diags.iter().collect();
    assert_eq!(all.len(), 1, "{text}: {all:#?}");
    let range = all[0].place.and_then(|place| place.range()).unwrap_or(0..0);
    (all[0].message.clone(), text.get(range).unwrap_or("").to_owned())
}

fn points(chart: &Chart) -> Vec<String> {
    let points = chart.rows.iter().flat_map(|row| &row.points);
    points
        .map(|point| match point {
            Some(one) => format!("{} {} {}", one.value, one.text, one.percent),
            None => "—".to_owned(),
        })
        .collect()
}

#[test]
fn a_chart_is_drawn_from_the_table_before_it() {
    let chart = chart(&format!("{CASES}```bar 案例 {{#fig-a}}\n```"));
    assert_eq!(chart.kind, ChartKind::Bar);
    assert_eq!(points(&chart), ["20 20 ", "50 50 ", "71 约71 "]);
    assert_eq!((chart.unit.as_str(), chart.unit_text.as_str()), ("个", "单位：个"));
    let caption = chart.caption.expect("it has one");
    assert_eq!((caption.anchor.as_str(), caption.number), ("fig-a", 1));
    assert_eq!(chart.alt, "条形图：最佳：20个；优秀：50个；入围：约71个。");
    let cells: Vec<String> =
        chart.data.cells().map(|cell| plain_text(&cell.content)).collect();
    let expected = ["类别", "数量", "最佳", "20个", "优秀", "50个", "入围", "约71个"];
    assert_eq!(cells, expected);
}

#[test]
fn shares_of_approximate_values_are_approximate() {
    let chart = chart(&format!("{CASES}```share 构成\n```"));
    assert_eq!(points(&chart), ["20 20 约14.2%", "50 50 约35.5%", "71 约71 约50.4%"]);
}

#[test]
fn numbers_in_ten_thousands_keep_their_unit() {
    let rows =
        "| 季度 | 金额（万元） |\n|---|--:|\n| 一季度 | 120.5 |\n| 二季度 | — |\n\n";
    let lines = chart(&format!("{rows}```line 金额\n数值：金额\n```"));
    assert_eq!(points(&lines), ["120.5 120.5 ", "—"]);
    assert_eq!(lines.unit, "万元");
    assert!(lines.standing);
    let mixed = "| 项 | 金额 |\n|---|--:|\n| 一 | 1.2亿元 |\n| 二 | 3500万元 |\n\n";
    let bars = chart(&format!("{mixed}```bar 金额\n```"));
    assert_eq!(points(&bars), ["120000000 1.2亿 ", "35000000 3500万 "]);
    assert_eq!(bars.unit, "元");
}

#[test]
fn progress_measures_each_value_on_its_own_target() {
    let rows = "| 任务 | 完成 | 目标 |\n|---|--:|--:|\n| 复评 | 290家 | 323家 |\n\
                | 培训 | 33场 | 30场 |\n\n";
    let chart = chart(&format!("{rows}```进度 完成情况\n```"));
    assert_eq!(points(&chart), ["290 290家 / 323家 89.8%", "33 33场 / 30场 110%"]);
    assert_eq!(
        chart.alt,
        "进度图：复评：完成290家、目标323家、89.8%；培训：完成33场、目标30场、110%。"
    );
}

#[test]
fn stacked_rows_have_their_sums() {
    let rows = "| 年份 | 财政 | 捐赠 |\n|---|--:|--:|\n| 2019年 | 3万元 | 约2万元 |\n\n";
    let chart = chart(&format!("{rows}```stacked 来源\n```"));
    assert_eq!(chart.rows[0].total, "约5");
    assert_eq!(chart.series, ["财政", "捐赠"]);
}

#[test]
fn zero_and_one_value_and_negative_ones_can_be_drawn() {
    let one = |value: &str, word: &str| {
        chart(&format!("| 项 | 数 |\n|---|--:|\n| 一 | {value} |\n\n```{word} 图\n```"))
    };
    assert_eq!(points(&one("0", "bar")), ["0 0 "]);
    assert_eq!(points(&one("-5", "bar")), ["-5 -5 "]);
    assert_eq!(points(&one("7家", "line")), ["7 7 "]);
    assert_eq!(points(&one("7家", "share")), ["7 7 100%"]);
}

#[test]
fn findings_about_charts_point_to_their_words() {
    let said = |text: &str| finding(text);
    let block = |lines: &str| format!("{CASES}```bar 图\n{lines}\n```");
    for (text, message, place) in [
        (block("数目：数量"), "a chart has no key `数目`", "数目"),
        (block("数值：数目"), "there is no column `数目`", "数目"),
        (block("方向：斜"), "`斜` is no direction", "斜"),
        (block("一些字"), "`一些字` is no line of a chart", "一些字"),
        (block("指标：donors"), "the record holds no figure `donors`", "donors"),
    ] {
        assert_eq!(said(&text), (message.to_owned(), place.to_owned()), "{text}");
    }
    let (message, _) = said(&format!("{CASES}```bar\n```"));
    assert_eq!(message, "this chart has no title");
    let (message, _) = said(&format!("{CASES}```chart 图\n```"));
    assert_eq!(message, "this block does not say what kind of chart it is");
    let (message, _) = said(&format!("{CASES}```progress 图\n```"));
    let expected = "a chart of kind `progress` cannot be drawn from 1 columns of numbers";
    assert_eq!(message, expected);
    let both = format!("{CASES}```bar 图\n指标：a\n数据：b\n```");
    assert_eq!(said(&both).0, "this chart is drawn from two sources");
}

#[test]
fn totals_are_sums_of_quantities() {
    let rows = "| 项 | 数量 | 金额（万元） | 完成率 |\n|---|--:|--:|--:|\n\
                | 一 | 20个 | 12.5 | 90% |\n| 二 | 50余个 | 3 | 100% |\n";
    let total = |braces: &str| {
        let table = table(&format!("表：案例 {{{braces}}}\n\n{rows}"));
        table.total.iter().map(|cell| plain_text(&cell.content)).collect::<Vec<_>>()
    };
    assert_eq!(total("#tbl-a 合计"), ["合计", "超过70个", "15.5", ""]);
    assert_eq!(total("合计=金额"), ["合计", "", "15.5", ""]);
}

#[test]
fn units_move_to_the_head() {
    let rows = "| 项 | 数量 | 金额 |\n|---|--:|--:|\n| 一 | 20个 | 12.5万元 |\n\
                | 二 | 50个 | 3亿元 |\n";
    let table = table(&format!("表：案例 {{单位=表头}}\n\n{rows}"));
    let cells: Vec<String> =
        table.cells().map(|cell| plain_text(&cell.content)).collect();
    assert_eq!(
        cells,
        ["项", "数量（个）", "金额（元）", "一", "20", "12.5万", "二", "50", "3亿"]
    );
}

#[test]
fn notes_below_tables_and_charts_are_theirs() {
    let text = format!("{CASES}注：一个案例只计一次。\n\n来源：市民政局\n\n正文。");
    let document = sound(&text);
    assert_eq!(document.blocks.len(), 2);
    assert_eq!(table(&text).notes.len(), 2);
    let text = format!("{CASES}```bar 图\n```\n\n注：只计一次。");
    assert_eq!(chart(&text).notes.len(), 1);
    // Elsewhere the word begins a paragraph as any other.
    assert_eq!(sound("正文。\n\n注：此处不是表注。").blocks.len(), 2);
}

#[test]
fn braces_of_captions_say_what_they_do_not_know() {
    let rows = "| 项 | 数量 |\n|---|--:|\n| 一 | 20个 |\n";
    let (message, _) = finding(&format!("表：案例 {{#t 总计}}\n\n{rows}"));
    assert_eq!(message, "`总计` asks nothing of a table");
    // Braces of another sort are words.
    let table = table(&format!("表：集合 {{甲}}\n\n{rows}"));
    let caption = table.caption.expect("it has one");
    assert_eq!(plain_text(&caption.content), "集合 {甲}");
}

#[test]
fn a_chart_has_a_limit() {
    let rows: String = (0..201).map(|n| format!("| 项{n} | {n}家 |\n")).collect();
    let text = format!("| 项 | 数 |\n|---|--:|\n{rows}\n```bar 图\n```");
    assert_eq!(codes(&narrative(&text).1), ["chart-too-large"]);
}

#[test]
fn what_has_no_sum_and_no_share_is_refused() {
    let of = |text: String| codes(&narrative(&text).1);
    let rows = "| 项 | 数量 |\n|---|--:|\n| 一 | 3家 |\n| 二 | -5家 |\n\n";
    for kind in ["share", "stacked"] {
        assert_eq!(of(format!("{rows}```{kind} 图\n```")), ["chart-range"]);
    }
    let over = "| 项 | 比例 |\n|---|--:|\n| 一 | 60% |\n| 二 | 50% |\n\n";
    assert_eq!(of(format!("{over}```share 图\n```")), ["chart-range"]);
    let units = "| 项 | 数量 |\n|---|--:|\n| 一 | 3家 |\n| 二 | 5万元 |\n";
    let words = "| 项 | 数量 |\n|---|---|\n| 一 | 若干 |\n";
    let bounds = "| 项 | 数量 |\n|---|--:|\n| 一 | 不到3家 |\n| 二 | 5家以上 |\n";
    for rows in [units, words, bounds] {
        assert_eq!(of(format!("表：甲 {{合计}}\n\n{rows}")), ["no-total"]);
    }
    let rows = "| 项 | 数量 |\n|---|--:|\n| 一 | 3家 |\n";
    assert_eq!(of(format!("表：甲 {{合计=数目}}\n\n{rows}")), ["table-attribute"]);
}
