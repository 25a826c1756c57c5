//! Settings, kinds, series, front matter and editions as they come out.

use super::*;
use crate::diag::Severity;
use crate::locale::Language;
use crate::model::schema::{Collection, blueprint_csv};
use crate::model::{Datum, Period};
use crate::press::{Format, selects};

fn quiet(json: &Json) -> Checked {
    let checked = check(json);
    assert_eq!(checked.lines(), Vec::<String>::new());
    checked
}

#[test]
fn settings_have_their_defaults() {
    let checked = quiet(&json!({}));
    let settings = &checked.press().settings;
    assert_eq!(settings.title, "年鉴");
    assert_eq!(settings.output, "output");
    assert_eq!(settings.language, Language::Zh);
    assert_eq!(settings.formats, [Format::Pdf, Format::Html]);
    assert_eq!(settings.pdf.standards, ["a-2a", "ua-1"]);
    assert!(!settings.pdf.system_fonts);
}

#[test]
fn settings_are_read() {
    let checked = quiet(&json!({ "project": {
        "title": "年鉴",
        "language": "zh-CN",
        "base_url": "https://www.example.org/annals",
        "output": "./public/",
        "formats": "html",
        "pdf": { "standards": [], "font_folders": ["fonts"], "system_fonts": true },
        "rules": { "unknown-event": "off", "event-outside-year": "error" },
    } }));
    let settings = &checked.press().settings;
    assert_eq!(settings.base_url.as_deref(), Some("https://www.example.org/annals/"));
    assert_eq!(settings.output, "public");
    assert_eq!(settings.formats, [Format::Html]);
    assert_eq!(settings.pdf.standards, Vec::<String>::new());
    assert_eq!(settings.pdf.font_folders, ["fonts"]);
    assert_eq!(settings.rules["unknown-event"], None);
    assert_eq!(settings.rules["event-outside-year"], Some(Severity::Error));
}

#[test]
fn a_series_keeps_its_further_keys_and_shared_data() {
    let checked = quiet(&json!({ "content": { "baoji": { "series": {
        "title": "宝鸡市社会组织",
        "publisher": "宝鸡市民政局",
        "language": "zh",
        "masthead": "宝鸡社会组织简报",
        "contact": { "phone": "0917" },
        "offices": [
            { "title": "市民政局局长", "holder": "第一任", "to": "2020-09-27" },
            { "title": "市民政局局长", "holder": "第二任", "from": "2020-09-27" },
        ],
        "organisations": { "bureau": { "name": "宝鸡市民政局", "short": "市民政局" } },
    } } } }));
    let series = &checked.press().series["baoji"];
    assert_eq!(series.title, "宝鸡市社会组织");
    assert_eq!(series.extra.keys().collect::<Vec<_>>(), ["masthead", "contact"]);
    assert_eq!(series.shared.offices.keys().collect::<Vec<_>>(), ["o1", "o2"]);
    assert_eq!(series.shared.organisations["bureau"].short, ["市民政局"]);
}

#[test]
fn a_kind_types_its_front_matter_and_adds_fields() {
    let kinds = json!({ "minutes": {
        "label": { "zh": "会议纪要", "en": "Minutes" },
        "description": "一次会议的纪要。",
        "front_matter": {
            "chair": { "type": "text", "required": true, "aliases": ["主持"] },
            "attendance": { "type": "integer" },
            "room": { "choice": ["一号", "二号"] },
            "date": { "required": true },
        },
        "data": {
            "tasks": { "fields": { "budget": { "type": "quantity" } } },
            "resolutions": { "min": 1, "fields": { "text": { "required": true } } },
        },
    } });
    let folder = |front: Json| {
        json!({
            "kinds": kinds,
            "content": { "baoji": { "2020": {
                "tasks": [{ "title": "复评", "budget": "60万元以上" }],
                "resolutions.csv": [["text", "votes"], ["通过", "9"]],
            } } },
            "narratives": { "baoji/2020/minutes": front },
        })
    };
    let checked = quiet(&folder(json!({
        "title": "会议纪要", "kind": "minutes", "主持": "局长", "date": "@2020-10-10",
        "attendance": 12, "room": "一号", "extra": { "x": 1 },
    })));
    let press = checked.press();
    assert_eq!(press.kinds["minutes"].labels["zh"], "会议纪要");
    let front = &press.narratives[0].front;
    assert_eq!(
        front.extra.keys().collect::<Vec<_>>(),
        ["chair", "attendance", "room", "extra"]
    );
    let record = &press.series["baoji"].records[&2020];
    let budget = &record.tasks["t1"].item.extra["budget"];
    assert!(matches!(budget, Datum::Quantity(found) if found.text == "60万元以上"));

    let bad = check(&folder(json!({
        "title": "会议纪要", "kind": "minutes", "attendance": "许多", "room": "三号",
    })));
    let expected = ["missing-key", "missing-key", "wrong-type", "unknown-choice"];
    let mut found = bad.codes();
    found.sort_unstable();
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn a_press_adds_fields_to_collections() {
    let checked = check(&json!({
        "project": { "title": "年鉴", "collections": {
            "figures": { "department": { "type": "text", "required": true, "aliases": ["科室"] } },
            "members": { "joined": { "type": "date", "aliases": ["入会"] } },
        } },
        "content": { "baoji": { "2020": {
            "figures.csv": [
                ["编号", "指标", "数值", "科室"],
                ["a", "甲", "1家", "社管科"],
                ["b", "乙", "2家", ""],
            ],
            "members": [{ "name": "甲", "joined": "2020-03" }, { "入会": "昨天" }],
        } } },
    }));
    assert_eq!(checked.codes(), ["missing-field", "unreadable-date"]);
    let record = &checked.press().series["baoji"].records[&2020];
    let extra = &record.figures["a"].item.extra;
    assert_eq!(extra["department"], Datum::Text("社管科".to_owned()));
    assert!(matches!(record.tables["members"][0].1["joined"], Datum::Date(_)));
}

/// Baoji's 2020 in small: events in January, March and December, a figure of February.
fn recurring(front: &Json) -> Json {
    json!({
        "content": { "baoji": { "2020": {
            "events": [
                { "date": "2020-12-23", "title": "听取汇报" },
                { "date": "2020-01-31", "title": "发布倡议书" },
                { "date": "2020-03-07", "title": "出台措施" },
                { "date": "2020", "title": "全年" },
            ],
            "figures": [
                { "id": "donors", "label": "参与捐赠", "value": "278家" },
                { "id": "feb", "label": "二月捐赠", "value": "100家", "period": "2020-02" },
            ],
        } } },
        "narratives": { "baoji/2020/monthly": front },
    })
}

#[test]
fn a_recurring_narrative_has_an_edition_for_each_period_that_reports() {
    let checked = quiet(&recurring(
        &json!({ "title": "简报", "kind": "review", "every": "month", "issue": 7 }),
    ));
    let all = editions(checked.press());
    let shown: Vec<(&str, Option<u32>)> =
        all.iter().map(|edition| (edition.path.as_str(), edition.issue)).collect();
    assert_eq!(
        shown,
        [
            ("baoji/2020/monthly-2020-01", Some(7)),
            ("baoji/2020/monthly-2020-02", Some(8)),
            ("baoji/2020/monthly-2020-03", Some(9)),
            ("baoji/2020/monthly-2020-12", Some(10)),
        ]
    );
    let quarter = Period::Quarter(2020, 1);
    let chosen: Vec<Option<u32>> = all
        .iter()
        .filter(|edition| selects(quarter, edition))
        .map(|edition| edition.issue)
        .collect();
    assert_eq!(chosen, [Some(7), Some(8), Some(9)]);
    let march = all[2].record.select(all[2].period, Some(2020));
    assert_eq!(march.events.len(), 1);
    assert!(march.figures.is_empty());
}

#[test]
fn a_period_without_what_the_kind_needs_makes_no_edition() {
    let mut folder =
        recurring(&json!({ "title": "简报", "kind": "review", "every": "month" }));
    folder["kinds"] = json!({ "review": { "data": { "events": { "min": 1 } } } });
    let checked = quiet(&folder);
    let issues: Vec<Option<u32>> =
        editions(checked.press()).iter().map(|edition| edition.issue).collect();
    assert_eq!(issues, [Some(1), Some(2), Some(3)]);
}

#[test]
fn quarters_and_years_recur_too() {
    let paths = |every: &str| {
        let front = json!({ "title": "简报", "kind": "review", "every": every });
        let checked = quiet(&recurring(&front));
        let all = editions(checked.press());
        all.iter().map(|edition| edition.path.clone()).collect::<Vec<_>>()
    };
    let quarters = ["baoji/2020/monthly-2020-Q1", "baoji/2020/monthly-2020-Q4"];
    assert_eq!(paths("quarter"), quarters);
    assert_eq!(paths("year"), ["baoji/2020/monthly-2020"]);
}

#[test]
fn a_single_narrative_reports_on_its_year_unless_it_says_otherwise() {
    let front =
        json!({ "title": "大事", "kind": "review", "language": "en", "issue": 3 });
    let checked = quiet(&recurring(&front));
    let all = editions(checked.press());
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].period, Some(Period::Year(2020)));
    assert_eq!((all[0].issue, all[0].language), (Some(3), Language::En));
    assert_eq!(all[0].record.select(all[0].period, Some(2020)).events.len(), 4);
}

#[test]
fn names_that_other_systems_reserve_are_refused() {
    for path in ["baoji/2020/con", "baoji/2020/lpt1.x", "aux/2020/x", "baoji/2020/a?"] {
        let front = json!({ "title": "大事", "kind": "review" });
        let checked = check(&json!({ "narratives": { path: front } }));
        assert_eq!(checked.codes(), ["reserved-name"], "{path}");
    }
}

#[test]
fn terms_that_meet_on_one_day_or_in_one_month_do_not_overlap() {
    let offices = |first: Json, second: Json| {
        let rows = json!([
            { "title": "局长", "holder": "甲", "to": first },
            { "title": "局长", "holder": "乙", "from": second },
        ]);
        check(&with_data(&json!({ "offices": rows }))).codes()
    };
    assert!(offices(json!("2020-09-27"), json!("2020-09-27")).is_empty());
    assert!(offices(json!("2020-09"), json!("2020-09")).is_empty());
    assert!(offices(json!("2020"), json!("2020-09")).is_empty());
    assert_eq!(offices(json!("2020-10"), json!("2020-09")), ["overlapping-terms"]);
    assert_eq!(offices(Json::Null, json!("2020-09")), ["overlapping-terms"]);
}

#[test]
fn every_blueprint_is_a_file_without_findings() {
    for collection in Collection::ALL {
        let csv = blueprint_csv(collection.schema());
        let rows: Vec<Vec<&str>> = csv.lines().map(|l| l.split(',').collect()).collect();
        let name = format!("{}.csv", collection.name());
        let mut checked = check(&with_data(&json!({ name: rows })));
        // The example figure belongs to an event, is a part of a figure and is computed
        // from others, all of which are elsewhere.
        let elsewhere = ["unknown-event", "unknown-whole", "unknown-name-in-formula"];
        checked.diags.regrade(|code, severity| {
            (!elsewhere.contains(&code.id)).then_some(severity)
        });
        assert_eq!(checked.lines(), Vec::<String>::new());
    }
}
