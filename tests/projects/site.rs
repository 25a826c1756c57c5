//! Pages of the site that are long.

use crate::Copy;

/// How many events the other series of the press tells of, in 2020.
const OTHERS: usize = 1;

/// A press whose publications tell of this many events in each of two years.
fn press(events: usize) -> Copy {
    let press = Copy::of("languages");
    press.write("annals.toml", "title = \"大事记\"\nformats = [\"html\"]\n");
    press.write("content/jia/series.toml", "title = \"甲市\"\n");
    for year in [2020, 2021] {
        let line = |at: usize| {
            let (month, day) = (1 + at % 12, 1 + at % 28);
            format!("e{at},{year}-{month:02}-{day:02},{year}年第{at}件大事\n")
        };
        let lines: String = (1..=events).map(line).collect();
        press.write(
            &format!("content/jia/{year}/events.csv"),
            &format!("id,date,title\n{lines}"),
        );
        let text = "+++\ntitle = \"大事记\"\nkind = \"manual\"\n+++\n\n{% for event in events %}\
                    - {{ event.title }}\n{% endfor %}\n";
        press.write(&format!("content/jia/{year}/all.md"), text);
    }
    press
}

#[test]
fn many_events_are_divided_by_years() {
    let press = press(120);
    press.build();
    let all = press.text("output/site/events.html");
    assert_eq!(all.matches("<time ").count(), 24, "{all}");
    assert!(all.contains("<a href=\"events/2021.html\">全部 120 · 2021年</a>"), "{all}");
    let year = press.text("output/site/events/2020.html");
    assert_eq!(year.matches("<time ").count(), 120 + OTHERS);
    assert!(year.contains("<a href=\"2021.html\" rel=\"next\">"), "{year}");
    let known = press.text("output/jia/2020/all.html");
    assert!(known.contains("2020年第7件大事"));
}

#[test]
fn few_events_stand_on_one_page() {
    let press = press(20);
    press.build();
    let all = press.text("output/site/events.html");
    assert_eq!(all.matches("<time ").count(), 40 + OTHERS, "{all}");
    assert!(!press.files("output/site").iter().any(|path| path.contains("/events/")));
}
