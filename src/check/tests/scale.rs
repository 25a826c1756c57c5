//! Large and hostile input: bounded time, no panic.

use proptest::prelude::*;

use super::*;

/// 100,000 figures in a grid; `cargo test --release` measures it.
fn large(rows: usize) -> Folder {
    let mut writer = Writer::default();
    let mut lines = vec![json!(["编号", "指标", "数值", "单位", "截至日期", "备注"])];
    for at in 0..rows {
        let id = format!("f{at}");
        lines.push(json!([
            id,
            "参与捐赠的社会组织",
            "1200余",
            "万元",
            "2020年12月31日",
            "含县区"
        ]));
    }
    let data = writer.data("content/baoji/2020/figures.csv", &Json::Array(lines));
    let mut folder = writer.folder(&json!({}));
    let years = BTreeMap::from([(2020, vec![data])]);
    let series = SeriesFolder { years, ..SeriesFolder::default() };
    folder.series.insert("baoji".to_owned(), series);
    folder
}

#[test]
fn a_hundred_thousand_rows_are_checked_in_a_second() {
    let folder = large(100_000);
    let start = std::time::Instant::now();
    let mut diags = Diagnostics::new();
    let press = check::press(folder, &mut diags).expect("the settings are usable");
    let took = start.elapsed();
    assert!(diags.is_empty());
    assert_eq!(press.series["baoji"].records[&2020].figures.len(), 100_000);
    // Twenty times the promise, for builds without optimisation on busy machines.
    let limit = if cfg!(debug_assertions) { 20 } else { 1 };
    assert!(took.as_secs() < limit, "{took:?}");
}

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f32>().prop_map(|number| json!(number)),
        "\\PC{0,8}".prop_map(Json::from),
        "(@)?[0-9年月日Q/.万余-]{0,8}".prop_map(Json::from),
    ];
    let key = prop_oneof![
        Just("figures"),
        Just("events"),
        Just("offices"),
        Just("id"),
        Just("label"),
        Just("value"),
        Just("unit"),
        Just("date"),
        Just("title"),
        Just("kind"),
        Just("period"),
        Just("every"),
        Just("data"),
        Just("fields"),
        Just("type"),
        Just("min"),
        Just("rules"),
        Just("pdf"),
        Just("collections"),
    ];
    leaf.prop_recursive(4, 32, 5, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Json::Array),
            proptest::collection::vec((key.clone(), inner), 0..5).prop_map(|entries| {
                let owned =
                    entries.into_iter().map(|(key, value)| (key.to_owned(), value));
                Json::Object(owned.collect())
            }),
        ]
    })
}

proptest! {
    #[test]
    fn any_data_is_checked_without_panic(
        project in any_json(),
        series in any_json(),
        data in any_json(),
        front in any_json(),
        kind in any_json(),
    ) {
        let _ = check(&json!({
            "project": project,
            "content": { "baoji": {
                "series": series,
                "2020": {
                    "figures": data,
                    "events": data,
                    "record": data,
                    "offices.csv": data,
                    "members.csv": data,
                },
            } },
            "narratives": { "baoji/2020/x": front },
            "kinds": { "review": kind },
        }));
    }
}
