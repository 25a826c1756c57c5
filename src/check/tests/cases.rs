//! Each code with the smallest press that shows it, and nothing else said.

use std::collections::BTreeSet;

use super::*;
use crate::diag::codes::check::ALL;

/// Code, folder, and the line that is reported.
type Case = (&'static str, Json, &'static str);

fn settings_and_contracts() -> Vec<Case> {
    vec![
        (
            "unknown-key",
            json!({ "project": { "title": "年鉴", "publsher": "市民政局" } }),
            "annals: `publsher` is not a field of the project file",
        ),
        (
            "missing-key",
            json!({ "project": { "publisher": "市民政局" } }),
            "annals: the project file has no `title`",
        ),
        (
            "wrong-type",
            json!({ "project": { "title": ["年", "鉴"] } }),
            "annals: `title` is a list, expected text",
        ),
        (
            "unknown-language",
            json!({ "project": { "title": "年鉴", "language": "fr" } }),
            "annals: `language` is `fr`, which is not a language that annals knows",
        ),
        (
            "unknown-format",
            json!({ "project": { "title": "年鉴", "formats": ["pdf", "docx"] } }),
            "annals: `formats` is `docx`, which is not a format that annals makes",
        ),
        (
            "unknown-standard",
            json!({ "project": { "title": "年鉴", "pdf": { "standards": ["a-5"] } } }),
            "annals: `standards` is `a-5`, which is not a PDF standard",
        ),
        (
            "unknown-rule",
            json!({ "project": { "title": "年鉴", "rules": { "unknwon-key": "off" } } }),
            "annals: no finding has the code `unknwon-key`",
        ),
        (
            "unknown-choice",
            json!({ "project": { "title": "年鉴", "rules": { "unknown-key": "no" } } }),
            "annals: `unknown-key` is `no`, which is not one of the words that it may hold",
        ),
        (
            "unusable-base-url",
            json!({ "project": { "title": "年鉴", "base_url": "www.example.org" } }),
            "annals: the base URL `www.example.org` does not begin with `http://` or `https://`",
        ),
        (
            "path-leaves-press",
            json!({ "project": { "title": "年鉴", "output": "../public" } }),
            "annals: `../public` leads out of its folder by `..`",
        ),
        (
            "reserved-name",
            json!({ "project": { "title": "年鉴", "output": "content/out" } }),
            "annals: the output folder `content/out` holds what the outputs are made from",
        ),
        (
            "unknown-type",
            json!({ "kinds": { "minutes": { "front_matter": { "chair": { "type": "string" } } } } }),
            "templates/minutes/kind: `string` is not a type of fields",
        ),
        (
            "unreadable-colour",
            json!({ "themes": [{ "colours": { "mark": "大红" } }] }),
            "templates/theme0: `mark` is `大红`, which is not a colour",
        ),
        (
            "unreadable-size",
            json!({ "themes": [{ "sizes": { "text": "12px" } }] }),
            "templates/theme0: `text` is `12px`, which is not a size",
        ),
        (
            "low-contrast",
            json!({ "themes": [{ "colours": { "ink": "#999999", "paper": "#fff" } }] }),
            "templates/theme0: `ink` on `paper` has a contrast of 2.8 by day, expected 4.5 or more",
        ),
        (
            "unknown-kind",
            json!({ "kinds": { "minutes": { "extends": "offical" } } }),
            "templates/minutes/kind: there is no kind `offical`",
        ),
    ]
}

fn narratives() -> Vec<Case> {
    vec![
        (
            "unknown-kind",
            with_front(&json!({ "title": "十件大事", "kind": "reveiw" })),
            "content/baoji/2020/ten-events: there is no kind `reveiw`",
        ),
        (
            "every-conflict",
            with_front(
                &json!({ "title": "简报", "kind": "review", "every": "month", "period": 2020 }),
            ),
            "content/baoji/2020/ten-events: `every` and `period` are both given",
        ),
        (
            "nothing-to-report",
            with_front(&json!({ "title": "简报", "kind": "review", "every": "month" })),
            "content/baoji/2020/ten-events: the record of 2020 has nothing to report in any period",
        ),
        (
            "same-output",
            json!({
                "content": { "baoji": { "2020": {
                    "events": [{ "date": "2020-03-07", "title": "出台措施" }],
                } } },
                "narratives": {
                    "baoji/2020/monthly": { "title": "简报", "kind": "review", "every": "month" },
                    "baoji/2020/Monthly-2020-03": { "title": "三月", "kind": "review" },
                },
            }),
            "content/baoji/2020/Monthly-2020-03: `baoji/2020/monthly` and \
             `baoji/2020/Monthly-2020-03` would both be written to `baoji/2020/Monthly-2020-03`",
        ),
        (
            "too-few-items",
            json!({
                "kinds": { "review": { "data": { "events": { "min": 1 } } } },
                "narratives": { "baoji/2020/x": { "title": "大事", "kind": "review" } },
            }),
            "content/baoji/2020/x: the record has 0 events in 2020, and `review` asks for at least 1",
        ),
        (
            "empty-field",
            json!({
                "kinds": { "review": { "data": { "events": {
                    "fields": { "source": { "required": true } },
                } } } },
                "content": { "baoji": { "2020": {
                    "events": [{ "date": "2020-03-07", "title": "出台措施" }],
                } } },
                "narratives": { "baoji/2020/x": { "title": "大事", "kind": "review" } },
            }),
            "content/baoji/2020/events: `e1` of `events` has no `source`, which `review` asks for",
        ),
        (
            "events-out-of-order",
            json!({
                "kinds": { "review": { "data": { "events": { "order": "date" } } } },
                "content": { "baoji": { "2020": { "events": [
                    { "date": "2020-04-02", "title": "动员大会" },
                    { "date": "2020-03-07", "title": "出台措施" },
                ] } } },
                "narratives": { "baoji/2020/x": { "title": "大事", "kind": "review" } },
            }),
            "content/baoji/2020/events: `出台措施` (2020-03-07) stands after `动员大会` \
             (2020-04-02), and `review` lists events by date",
        ),
        (
            "field-given-twice",
            with_front(&json!({ "title": "大事", "标题": "大事", "kind": "review" })),
            "content/baoji/2020/ten-events: `title` is given twice",
        ),
    ]
}

/// A figure without problems, with some fields changed.
fn figure(changes: &Json) -> Json {
    let mut figure = json!({ "id": "donors", "label": "参与捐赠", "value": "278家" });
    for (key, value) in objects(Some(changes)) {
        figure[key] = value.clone();
    }
    with_data(&json!({ "figures": [figure] }))
}

fn event(changes: &Json) -> Json {
    let mut event = json!({ "date": "2020-03-07", "title": "出台措施" });
    for (key, value) in objects(Some(changes)) {
        event[key] = value.clone();
    }
    with_data(&json!({ "events": [event] }))
}

fn values() -> Vec<Case> {
    const FIGURES: &str = "content/baoji/2020/figures: ";
    vec![
        (
            "not-an-id",
            figure(&json!({ "id": "参与捐赠" })),
            "`参与捐赠` is not an id, which has ASCII letters, digits, `-` and `_` and begins \
             with a letter",
        ),
        ("unreadable-quantity", figure(&json!({ "value": "很多" })), "`value` is `很多`, but `很多` names no number"),
        (
            "unit-disagrees",
            figure(&json!({ "unit": "个" })),
            "two units for `value`: the value says `家`, the unit says `个`",
        ),
        (
            "unreadable-date",
            figure(&json!({ "as_of": "三月初" })),
            "`as_of` is `三月初`, expected a date such as `2021-03-05`",
        ),
        (
            "impossible-date",
            figure(&json!({ "as_of": "2021-02-30" })),
            "`as_of` is `2021-02-30`, but February 2021 has 28 days, not 30",
        ),
        (
            "unreadable-period",
            figure(&json!({ "period": "春季" })),
            "`period` is `春季`, expected a period such as `2021`, `2021-Q1` or `2021-03`",
        ),
        (
            "unreadable-period",
            figure(&json!({ "period": "2020-Q5" })),
            "`period` is `2020-Q5`, but a year has 4 quarters, not 5",
        ),
        (
            "unknown-event",
            figure(&json!({ "event": "appeal" })),
            "`donors` belongs to the event `appeal`, which is not there",
        ),
        (
            "period-after-year",
            figure(&json!({ "period": "2021-03" })),
            "`donors` covers 2021-03, in the record of 2020",
        ),
        (
            "event-outside-year",
            event(&json!({ "date": "2019-03-07" })),
            "content/baoji/2020/events: `出台措施` is dated 2019-03-07, in the record of 2020",
        ),
        (
            "reversed-event",
            event(&json!({ "end": "2020-03-01" })),
            "content/baoji/2020/events: `出台措施` ends on 2020-03-01, before it begins on 2020-03-07",
        ),
        (
            "reversed-term",
            with_data(&json!({ "offices": [
                { "title": "局长", "holder": "第一任", "from": "2020-09", "to": "2018-05" },
            ] })),
            "content/baoji/2020/offices: the term of `第一任` as `局长` ends at 2018-05, before \
             it begins at 2020-09",
        ),
        (
            "overlapping-terms",
            with_data(&json!({ "offices": [
                { "title": "局长", "holder": "第一任", "from": "2018-05", "to": "2020-12" },
                { "title": "局长", "holder": "第二任", "from": "2020-09-27" },
            ] })),
            "content/baoji/2020/offices: `第一任` and `第二任` are both `局长` at one time",
        ),
    ]
    .into_iter()
    .map(|(code, case, line)| match line.starts_with('`') || line.starts_with("two") {
        true => (code, case, &*Box::leak(format!("{FIGURES}{line}").into_boxed_str())),
        false => (code, case, line),
    })
    .collect()
}

fn rows() -> Vec<Case> {
    vec![
        (
            "duplicate-id",
            with_data(&json!({ "figures.csv": [
                ["id", "label", "value"],
                ["donors", "参与捐赠", "278家"],
                ["donors", "捐赠款物", "1200余万元"],
            ] })),
            "content/baoji/2020/figures.csv: Sheet1!A3: two figures have the id `donors`",
        ),
        (
            "id-disagrees",
            with_data(&json!({ "figures": {
                "donors": { "id": "givers", "label": "参与捐赠", "value": "278家" },
            } })),
            "content/baoji/2020/figures: the row is keyed `donors`, but its `id` says otherwise",
        ),
        (
            "unknown-field",
            with_data(&json!({ "figures.csv": [
                ["id", "label", "value", "sorce"],
                ["donors", "参与捐赠", "278家", "市民政局"],
            ] })),
            "content/baoji/2020/figures.csv: Sheet1!D1: `sorce` is not a field of a figure",
        ),
        (
            "missing-field",
            with_data(&json!({ "figures.csv": [
                ["编号", "指标", "数值"],
                ["donors", "参与捐赠"],
            ] })),
            "content/baoji/2020/figures.csv: Sheet1!C2: a figure has no `value`",
        ),
        (
            "no-rows",
            with_data(&json!({ "figures": { "donors": "278家" } })),
            "content/baoji/2020/figures: this is text, expected the fields of one figure",
        ),
        (
            "number-gap",
            with_data(&json!({ "tasks": [
                { "number": "1", "title": "甲" },
                { "number": "3", "title": "丙" },
            ] })),
            "content/baoji/2020/tasks: the task `丙` is numbered `3`, and comes after `1`",
        ),
        (
            "almost-a-collection",
            with_data(
                &json!({ "event.csv": [["日期", "标题"], ["2020-03-07", "出台措施"]] }),
            ),
            "content/baoji/2020/event.csv: Sheet1!A1: `event` is a free table, not the \
             collection `events`",
        ),
        (
            "no-header-row",
            with_data(&json!({ "figures.csv": [["donors", "参与捐赠", "278家"]] })),
            "content/baoji/2020/figures.csv: Sheet1!A1: no row among the first 10 names two \
             fields of a figure",
        ),
        (
            "duplicate-column",
            with_data(&json!({ "figures.csv": [
                ["id", "指标", "名称", "数值"],
                ["donors", "参与捐赠", "捐赠", "278家"],
            ] })),
            "content/baoji/2020/figures.csv: Sheet1!C1: the column `名称` holds `label`, as \
             another column does",
        ),
        (
            "column-without-head",
            with_data(&json!({ "figures.csv": [
                ["id", "指标", "数值", ""],
                ["donors", "参与捐赠", "278家", "核对"],
            ] })),
            "content/baoji/2020/figures.csv: Sheet1!D2: `核对` stands in a column without a head",
        ),
        (
            "skipped-row",
            with_data(&json!({ "figures.csv": [
                ["id", "指标", "数值"],
                "一、党建",
                ["donors", "参与捐赠", "278家"],
            ] })),
            "content/baoji/2020/figures.csv: Sheet1!A2: the merged row `一、党建` is not read as data",
        ),
    ]
}

#[test]
fn each_code_is_reported_by_its_case_alone() {
    let mut shown = BTreeSet::new();
    for (code, folder, line) in
        [settings_and_contracts(), narratives(), values(), rows()].concat()
    {
        let checked = check(&folder);
        assert_eq!(checked.lines(), [format!("{code} {line}")], "{folder}");
        shown.insert(code);
    }
    let all: BTreeSet<&str> = ALL.iter().map(|code| code.id).collect();
    assert_eq!(shown, all);
}

#[test]
fn names_that_are_nearly_right_are_suggested() {
    let hints = |folder: &Json| -> Vec<String> {
        check(folder).diags.iter().flat_map(|found| found.hints.clone()).collect()
    };
    let project = json!({ "project": { "title": "年鉴", "publsher": "市民政局" } });
    assert_eq!(hints(&project), ["did you mean `publisher`?"]);
    let front =
        with_front(&json!({ "title": "大事", "kind": "review", "关键字": "社会组织" }));
    assert_eq!(hints(&front), ["did you mean `关键词`?"]);
    let kind = with_front(&json!({ "title": "大事", "kind": "reveiw" }));
    assert_eq!(hints(&kind), ["did you mean `review`?"]);
    let event = with_data(&json!({
        "events": [{ "id": "appeal", "date": "2020-01-31", "title": "发布倡议书" }],
        "figures": [{ "id": "x", "label": "捐赠", "value": "1家", "event": "apeal" }],
    }));
    assert_eq!(hints(&event), ["did you mean `appeal`?"]);
    let column = with_data(&json!({ "offices.csv": [["职务", "任职人", "任职时问"]] }));
    assert_eq!(hints(&column)[0], "did you mean `任职时间`?");
}

#[test]
fn a_finding_about_two_places_names_both() {
    let folder = with_data(&json!({
        "figures": [{ "id": "donors", "label": "参与捐赠", "value": "278家" }],
        "figures.csv": [["id", "label", "value"], ["donors", "参与捐赠", "278家"]],
    }));
    let checked = check(&folder);
    assert_eq!(checked.codes(), ["duplicate-id"]);
    let found = checked.diags.iter().next().unwrap();
    let files: Vec<&str> = found
        .place
        .iter()
        .chain(found.related.iter().map(|(place, _)| place))
        .map(|place| checked.sources.get(place.file).path.as_str())
        .collect();
    assert_eq!(
        files,
        ["content/baoji/2020/figures.csv", "content/baoji/2020/figures.toml"]
    );
}

#[test]
fn one_run_finds_all_there_is_to_find() {
    let checked = check(&json!({
        "project": { "titel": "年鉴", "language": "fr", "base_url": "ftp://x" },
        "content": { "baoji": { "2020": { "figures": [
            { "id": "一", "label": "甲", "value": "很多" },
            { "id": "two", "label": "乙" },
            { "id": "three", "label": "丙", "value": "3家", "as_of": "2020-13" },
        ] } } },
        "narratives": {
            "baoji/2020/a": { "kind": "reveiw" },
            "baoji/2020/b": { "title": "乙", "kind": "review", "date": "昨天" },
        },
    }));
    assert_eq!(
        checked.codes(),
        [
            "unknown-key",
            "missing-key",
            "unknown-language",
            "unusable-base-url",
            "not-an-id",
            "unreadable-quantity",
            "impossible-date",
            "missing-field",
            "unknown-kind",
            "missing-key",
            "unreadable-date",
        ]
    );
    let press = checked.press();
    // What is usable goes on: the figure without its date, the narrative without its.
    assert_eq!(press.series["baoji"].records[&2020].figures.len(), 1);
    assert_eq!(press.narratives.len(), 1);
}

#[test]
fn a_project_file_without_keys_ends_the_check() {
    let checked = check(&json!({ "project": "年鉴" }));
    assert!(checked.press.is_err());
    assert_eq!(checked.codes(), ["wrong-type"]);
}
