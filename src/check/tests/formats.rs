//! The same facts in every form that data takes give the same record, up to places.

use super::*;
use crate::model::Record;

fn rows() -> Json {
    json!([
        ["id", "label", "value", "unit", "scope", "as_of", "event", "note"],
        ["donors", "参与捐赠", "278", "家", "全市", "2020-12-31", "appeal", ""],
        ["donated", "捐赠款物", "1200余", "万元", "", "", "appeal", "折合"],
        ["service", "志愿活动", "22.6万人次", "", "", "", "appeal", ""],
        ["poor", "受益贫困人口", "约9.9万人", "", "", "2020-10", "", ""],
        ["rate", "完成率", "100", "%", "", "", "", ""],
    ])
}

fn events() -> Json {
    json!([
        ["id", "date", "title", "organisers", "location"],
        ["appeal", "2020-01-31", "发布倡议书", "市民政局、市社会组织党委", ""],
        ["", "2020-03-07", "出台十项措施", "市民政局", "宝鸡"],
        ["meeting", "2020-04-02", "动员大会", "市委；市政府;市民政局", ""],
        ["", "2020-05", "印发通知", "", ""],
        ["", "2020-12-23", "第33次常委会听取汇报", "市委", ""],
    ])
}

/// Rows as a list of tables, with lists as lists and empty cells left out.
fn tree(rows: &Json) -> Json {
    let rows = rows.as_array().unwrap();
    let heads = rows[0].as_array().unwrap();
    let table = |row: &Json| {
        let mut table = json!({});
        for (head, cell) in heads.iter().zip(row.as_array().unwrap()) {
            let text = cell.as_str().unwrap();
            let head = head.as_str().unwrap();
            if head == "organisers" && !text.is_empty() {
                let items: Vec<&str> = text.split(['、', '；', ';']).collect();
                table[head] = json!(items);
            } else if !text.is_empty() {
                table[head] = json!(text);
            }
        }
        table
    };
    Json::Array(rows[1..].iter().map(table).collect())
}

fn toml() -> Json {
    // TOML has dates of its own, and whole days come without quotes.
    let mut figures = tree(&rows());
    figures[0]["as_of"] = json!("@2020-12-31");
    figures[0]["value"] = json!(278);
    let mut events = tree(&events());
    events[0]["date"] = json!("@2020-01-31");
    events[2]["date"] = json!("@2020-04-02T09:00:00+08:00");
    json!({ "figures": { "figures": figures }, "events": { "events": events } })
}

fn yaml() -> Json {
    // YAML: rows under their ids, Chinese keys, a list of one as text.
    let mut keyed = json!({});
    for row in tree(&rows()).as_array().unwrap() {
        let mut row = row.clone();
        let id = row["id"].as_str().unwrap().to_owned();
        let object = row.as_object_mut().unwrap();
        object.remove("id");
        let label = object.remove("label").unwrap();
        object.insert("指标".to_owned(), label);
        keyed[id] = row;
    }
    let mut events = tree(&events());
    events[1]["organisers"] = json!("市民政局");
    events[1]["id"] = Json::Null;
    json!({ "figures": keyed, "events": events })
}

fn json_record() -> Json {
    json!({ "record": { "指标": tree(&rows()), "events": tree(&events()) } })
}

fn csv() -> Json {
    json!({ "figures.csv": rows(), "events.csv": events() })
}

fn xlsx() -> Json {
    // As people make them: a merged title, Chinese heads, true dates, serial dates, numbers,
    // line breaks in cells, empty rows at the end.
    json!({ "宝鸡2020.xlsx": {
        "指标": [
            "2020年宝鸡市社会组织数据",
            ["编号", "指标名称", "数 值", "单位", "统计\n口径", "截至日期", "所属事件", "备注"],
            ["donors", "参与捐赠", 278, "家", "全市", "@2020-12-31T00:00:00", "appeal", null],
            ["donated", "捐赠款物", "1200余", "万元", null, null, "appeal", "折合"],
            ["service", "志愿活动", "22.6万人次", null, null, null, "appeal", null],
            ["poor", "受益贫困人口", "约9.9万人", null, null, "2020年10月", null, null],
            ["rate", "完成率", 100, "%", null, null, null, null],
            [null, null, null, null, null, null, null, null],
        ],
        "大事": [
            ["序号", "编号", "时间", "事件", "主办单位", "地点"],
            [1, "appeal", 43861, "发布倡议书", "市民政局\n市社会组织党委", null],
            [2, null, "43897", "出台十项措施", "市民政局", "宝鸡"],
            [3, "meeting", "2020年4月2日", "动员大会", "市委、市政府、市民政局", null],
            [4, null, "2020.5", "印发通知", null, null],
            [5, null, "@2020-12-23", "第33次常委会听取汇报", "市委", null],
            [null, null, null, null, null, null],
        ],
    } })
}

/// The record without places and files.
fn facts(data: &Json) -> Record {
    let checked = check(&with_data(data));
    assert_eq!(checked.lines(), Vec::<String>::new());
    let mut record = checked.press().series["baoji"].records[&2020].clone();
    let nowhere = Place::whole(Writer::default().file("nowhere"));
    record.files.clear();
    for figure in record.figures.values_mut() {
        figure.item.place = nowhere;
        figure.value_place = nowhere;
    }
    record.events.values_mut().for_each(|event| event.item.place = nowhere);
    record
}

#[test]
fn five_formats_carry_the_same_record() {
    let expected = facts(&csv());
    assert_eq!(expected.figures.len(), 5);
    assert_eq!(expected.figures["donated"].value.text, "1200余万元");
    let ids: Vec<&String> = expected.events.keys().collect();
    assert_eq!(ids, ["appeal", "e2", "meeting", "e4", "e5"]);
    assert_eq!(expected.events["meeting"].organisers, ["市委", "市政府", "市民政局"]);
    assert_eq!(facts(&toml()), expected);
    assert_eq!(facts(&yaml()), expected);
    assert_eq!(facts(&json_record()), expected);
    assert_eq!(facts(&xlsx()), expected);
}

#[test]
fn all_formats_are_checked_alike() {
    let bad = |rows: Json, tree: Json| {
        let csv = check(&with_data(&json!({ "figures.csv": rows }))).codes();
        let xlsx =
            check(&with_data(&json!({ "figures.xlsx": { "Sheet1": rows } }))).codes();
        let toml = check(&with_data(&json!({ "figures": { "figures": tree } }))).codes();
        let json = check(&with_data(&json!({ "figures": tree }))).codes();
        assert_eq!((&csv, &csv, &csv), (&xlsx, &toml, &json));
        csv
    };
    let heads = json!(["id", "label", "value", "as_of", "colour"]);
    let found = bad(
        json!([heads, ["1st", "甲", "许多", "2020-02-30", "红"]]),
        json!([{ "id": "1st", "label": "甲", "value": "许多", "as_of": "2020-02-30", "colour": "红" }]),
    );
    let expected =
        ["unknown-field", "not-an-id", "unreadable-quantity", "impossible-date"];
    assert_eq!(found, expected);
}

#[test]
fn findings_of_a_sheet_name_the_cell() {
    let checked = check(&with_data(&json!({ "figures.xlsx": { "Sheet1": [
        "2020年数据",
        ["编号", "指标", "数值", "所属事件", "时期", "上年"],
        ["donors", "参与捐赠", "278家", "appeal", "2021-03", "—"],
    ] } })));
    let expected = [
        "unknown-event content/baoji/2020/figures.xlsx: Sheet1!D3: `donors` belongs to the \
         event `appeal`, which is not there",
        "period-after-year content/baoji/2020/figures.xlsx: Sheet1!E3: `donors` covers \
         2021-03, in the record of 2020",
    ];
    assert_eq!(checked.lines(), expected);
}

#[test]
fn a_head_may_carry_the_unit() {
    let checked = check(&with_data(&json!({ "figures.csv": [
        ["编号", "指标", "数值（万元）"],
        ["donated", "捐赠款物", "1200余"],
    ] })));
    assert_eq!(checked.lines(), Vec::<String>::new());
    let figures = &checked.press().series["baoji"].records[&2020].figures;
    assert_eq!(figures["donated"].value.text, "1200余万元");
}

#[test]
fn sheets_go_by_their_names_else_the_first_by_the_file() {
    let checked = check(&with_data(&json!({
        "figures.xlsx": {
            "说明": [["填表", "说明"], ["甲", "乙"]],
            "指标": [["编号", "指标", "数值"], ["donors", "参与捐赠", "278家"]],
        },
        "members.xlsx": {
            "Sheet1": ["会员名单", ["姓名", "单位"], ["甲", "市民政局"], "合计"],
            "分会": [["名称", "人数"], ["一分会", 30]],
        },
    })));
    assert_eq!(checked.codes(), ["skipped-row"]);
    let record = &checked.press().series["baoji"].records[&2020];
    assert_eq!(record.figures.len(), 1);
    let tables: Vec<&String> = record.tables.keys().collect();
    assert_eq!(tables, ["说明", "members", "分会"]);
    let (_, row) = &record.tables["members"][0];
    assert_eq!(row["单位"], crate::model::Datum::Text("市民政局".to_owned()));
    assert_eq!(record.tables["members"].len(), 1);
}

#[test]
fn a_number_in_a_date_column_is_a_day_only_in_a_grid() {
    let tree =
        check(&with_data(&json!({ "events": [{ "date": 43861, "title": "甲" }] })));
    assert_eq!(tree.codes(), ["unreadable-date"]);
    let grid = check(&with_data(
        &json!({ "events.csv": [["日期", "标题"], ["43861.5", "甲"]] }),
    ));
    let events = &grid.press().series["baoji"].records[&2020].events;
    assert_eq!(events["e1"].date.to_string(), "2020-01-31");
    // 2021.1 may have been 2021.10 before the workbook took the zero away.
    let number = check(&with_data(
        &json!({ "events.xlsx": { "S": [["日期", "标题"], [2020.1, "甲"]] } }),
    ));
    assert_eq!(number.codes(), ["unreadable-date"]);
}
