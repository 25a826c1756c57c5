use super::super::parse;
use super::*;
use crate::model::{Datum, Formula, Item, Row};
use crate::source::{Place, SourceFile, Sources};

fn place() -> Place {
    let file = SourceFile::new("f.toml".into(), String::new(), Vec::new(), String::new());
    Place::whole(Sources::new().add(file))
}

fn figure(id: &str, label: &str, value: &str) -> Figure {
    Figure {
        item: Item {
            id: id.into(),
            place: place(),
            extra: Row::new(),
            without: Vec::new(),
        },
        label: label.into(),
        value: crate::model::Quantity::parse(value, None).expect("a quantity"),
        value_place: place(),
        scope: None,
        period: None,
        as_of: None,
        source: None,
        event: None,
        previous: None,
        target: None,
        definition: None,
        note: None,
        part_of: None,
        formula: None,
        rounding: None,
    }
}

/// Id, label and value.
type Row3 = (&'static str, &'static str, &'static str);

/// Two years: 2019 and 2020.
fn records() -> BTreeMap<Year, Record> {
    let mut records = BTreeMap::new();
    let years: [(Year, &[Row3]); 2] = [
        (
            2019,
            &[
                ("donors", "捐赠组织", "240家"),
                ("coverage", "覆盖率", "89.1%"),
                ("trained", "培训", "3万人次"),
            ],
        ),
        (
            2020,
            &[
                ("donors", "捐赠组织", "270家"),
                ("all", "全部组织", "300家"),
                ("none", "没有", "0家"),
                ("donated", "捐赠", "1200余万元"),
                ("coverage", "覆盖率", "92.2%"),
                ("trained", "培训", "3.5万人次"),
                ("best", "案例", "20个"),
                ("good", "案例", "50个"),
            ],
        ),
    ];
    for (year, figures) in years {
        let mut record = Record::default();
        for (id, label, value) in figures {
            record.figures.insert((*id).to_owned(), figure(id, label, value));
        }
        records.insert(year, record);
    }
    let grants = [("扶贫", "35"), ("扶贫", "60"), ("助学", "5")].map(|(sort, sum)| {
        let sum = (Decimal::from_str_exact(sum).expect("a number"), sum.to_owned());
        let row: Row = [
            ("类别".to_owned(), Datum::Text(sort.to_owned())),
            ("金额".to_owned(), Datum::Number(sum.0, sum.1)),
        ]
        .into_iter()
        .collect();
        (place(), row)
    });
    let now = records.get_mut(&2020).expect("it was put in");
    now.tables.insert("grants".to_owned(), grants.to_vec());
    let exact = figure("third", "三分之一", "33.3%");
    let formula = Formula {
        text: "share(all / 3, all)".into(),
        place: place(),
        exact: Decimal::from_str_exact("33.333333").expect("a number"),
        inputs: Vec::new(),
    };
    now.figures.insert("third".into(), Figure { formula: Some(formula), ..exact });
    records
}

fn with<T>(run: impl FnOnce(&Facts<'_>) -> T) -> T {
    let records = records();
    let mut names = Names::default();
    for (year, record) in &records {
        for figure in record.figures.values() {
            names.add(Some(*year), &figure.item.id, &figure.label);
        }
    }
    names.add(Some(2020), "waiting", "等着");
    let shared = Record::default();
    run(&Facts { shared: &shared, records: &records, year: Some(2020), names: &names })
}

fn value_of(text: &str) -> String {
    let expr = parse(text).expect("it can be read");
    with(|facts| match evaluate(&expr, facts).and_then(|one| one.print(None, None)) {
        Ok((quantity, _)) => quantity.text,
        Err(trouble) => format!("!{trouble}"),
    })
}

fn verdict(text: &str) -> String {
    let expr = parse(text).expect("it can be read");
    with(|facts| match judge(&expr, facts) {
        Ok(Verdict::Holds) => "holds".to_owned(),
        Ok(Verdict::Undecided) => "undecided".to_owned(),
        Ok(Verdict::Broken(why)) => why,
        Err(trouble) => format!("!{trouble}"),
    })
}

#[test]
fn shares_changes_and_ranks_have_their_own_units() {
    for (text, expected) in [
        ("share(donors, all)", "90%"),
        ("占比(捐赠组织, 全部组织)", "90%"),
        ("change(donors)", "12.5%"),
        ("change(donors, last_year.f.donors)", "12.5%"),
        ("points(coverage)", "3.1个百分点"),
        ("difference(donors)", "30家"),
        ("coverage - years[\"2019\"].f.coverage", "3.1个百分点"),
        ("rank(best, good)", "第2"),
        ("running(trained)", "6.5万人次"),
        ("average(best, good)", "35个"),
        ("max(best, good) - min(best, good)", "30个"),
        ("round(all / 7, 1)", "42.9家"),
        ("abs(best - good)", "30个"),
        ("count(data.grants)", "3"),
        ("个数(grants, 类别 = \"扶贫\")", "2"),
        ("sum(data.grants, \"金额\", 类别 = \"扶贫\")", "95"),
        ("third * 3", "99.999999%"),
    ] {
        let shown = value_of(text);
        // What does not come out even is rounded for print.
        let expected = if expected == "99.999999%" { "100.0%" } else { expected };
        assert_eq!(shown, expected, "{text}");
    }
}

#[test]
fn what_has_no_value_says_why() {
    for (text, why) in [
        ("share(donors, none)", "!`none` is nought, and divides"),
        ("donors + donated", "!`家` and `元` do not add up"),
        (
            "change(coverage)",
            "!`coverage` is a percentage, which changes by 个百分点: use `points`",
        ),
        (
            "points(donors)",
            "!percentage points are of percentages, and `donors` is in `家`: use `change`",
        ),
        ("change(donors) + coverage", "!growth in `%` and `%` do not add up"),
        (
            "change(all)",
            "!`all` has no value before: neither `previous` nor one of last year",
        ),
        ("all.target", "!`all` has no target"),
        ("donrs", "!there is no figure `donrs`"),
        (
            "案例 + 1",
            "!`案例` is the label of 2 figures: name one by its id, `best`, `good`",
        ),
        ("years[\"2017\"].donors", "!there is no record of the year `2017`"),
        ("conut(events)", "!there is no function `conut`"),
        ("share(donors)", "!`share` takes 2 values, found 1"),
        ("count(grnts)", "!there is no table `grnts`"),
        ("sum(grants, 钱)", "!there is no field `钱`"),
        ("count(events, 年 = 3)", "!there is no field `年`"),
        ("sum(grants)", "!say which field of `grants` is meant: `grants, \"数值\"`"),
        ("waiting + 1", "!`waiting` has no value itself"),
        ("best = 20", "!`best = 20` holds or not, and is no number"),
        ("rank(best, good) + 1", "!a place in an order (第3) is not computed with"),
    ] {
        assert_eq!(value_of(text), why, "{text}");
    }
}

#[test]
fn a_wrong_name_is_met_with_the_right_one() {
    let expr = parse("donrs").expect("it can be read");
    let hint = with(|facts| match evaluate(&expr, facts) {
        Err(Trouble::Unknown { hint, .. }) => hint,
        _ => None,
    });
    assert_eq!(hint.as_deref(), Some("did you mean `donors`?"));
}

#[test]
fn invariants_hold_or_say_what_is_wrong() {
    for (text, expected) in [
        ("best + good = 70", "holds"),
        ("best + good = 71个", "70个 (`best + good`) is not = 71个"),
        (
            "coverage ≈ share(donors, all)",
            "92.2% (`coverage`) is not ≈ 90% (`share(donors, all)`)",
        ),
        ("coverage ≈ 92.24%", "holds"),
        ("0% ≤ coverage ≤ 100%", "holds"),
        ("all < donors", "300家 (`all`) is not < 270家 (`donors`)"),
        ("donated > 1200万元", "holds"),
        ("donated > 1250万元", "undecided"),
        ("donated < 1100万元", "超过1200万元 (`donated`) is not < 1100万元"),
        ("rising(trained)", "holds"),
        ("falling(trained)", "`trained` rises from 3万人次 to 3.5万人次"),
        (
            "best + good",
            "!`best + good` says nothing that holds or not: compare two sides by `=`, `≈`, `≤`",
        ),
        ("best = donors", "!`个` and `家` do not compare"),
    ] {
        assert_eq!(verdict(text), expected, "{text}");
    }
}

#[test]
fn inputs_are_named_each_once() {
    let inputs = |text: &str| {
        let expr = parse(text).expect("it can be read");
        with(|facts| facts.inputs(&expr))
    };
    let figure = |year, id: &str| Input::Figure(Some(year), id.to_owned());
    assert_eq!(
        inputs("change(donors) + 捐赠组织 + count(grants, 类别 = \"扶贫\")"),
        [figure(2020, "donors"), figure(2019, "donors"), Input::Rows("grants".into())]
    );
    assert_eq!(
        inputs("running(trained)"),
        [figure(2019, "trained"), figure(2020, "trained")]
    );
}
