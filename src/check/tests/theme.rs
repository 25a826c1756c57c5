//! Layers of themes: what holds over what, and what is found.

use super::*;
use crate::theme::Colour;

fn built_in() -> Json {
    let text = include_str!("../../../templates/theme.toml");
    let table: toml::Table = text.parse().expect("the built-in theme is TOML");
    serde_json::to_value(table).expect("tables are objects")
}

fn themed(own: &Json) -> Checked {
    let kinds = ["bulletin", "feature", "manual", "plan", "review", "summary"];
    let kinds: serde_json::Map<String, Json> =
        kinds.map(|kind| (kind.to_owned(), json!({}))).into_iter().collect();
    check(&json!({ "themes": [built_in(), own], "kinds": kinds }))
}

fn colour(text: &str) -> Colour {
    Colour::parse(text).expect("it is a colour")
}

#[test]
fn the_built_in_theme_fills_every_role_and_reads_by_day_and_by_night() {
    let checked = themed(&json!({}));
    assert_eq!(checked.lines(), Vec::<String>::new());
    let theme = &checked.press().theme;
    let roles = |key: &str| match &crate::model::schema::look().find(key).unwrap().ty {
        crate::model::schema::Type::Table(schema) => schema.fields.len(),
        _ => 0,
    };
    assert_eq!(theme.general.colours.len(), roles("colours"));
    assert_eq!(theme.general.dark.len(), roles("dark"));
    assert_eq!(theme.general.faces.len(), roles("faces"));
    assert_eq!(theme.general.sizes.len(), roles("sizes"));
    assert_eq!(theme.general.palette.len(), theme.general.dark_palette.len());
    assert_eq!(theme.kinds.len(), 6);
}

#[test]
fn what_the_press_says_holds_over_what_the_program_says() {
    let own = json!({
        "colours": { "accent": "#005a3c" },
        "kind": { "review": { "颜色": { "主色": "#123456" }, "sizes": { "text": "五号" } } },
    });
    let checked = themed(&own);
    assert_eq!(checked.lines(), Vec::<String>::new());
    let theme = &checked.press().theme;
    // Over all kinds of the program, and in turn under its own kinds.
    assert_eq!(theme.of("bulletin").colours["accent"], colour("#005a3c"));
    assert_eq!(theme.of("review").colours["accent"], colour("#123456"));
    assert_eq!(theme.of("review").sizes["text"].to_string(), "10.5pt");
    assert_eq!(theme.of("anything").colours["accent"], colour("#005a3c"));
    // What was left alone stays.
    assert_eq!(theme.of("bulletin").colours["mark"], colour("#c1121a"));
}

#[test]
fn a_colour_by_night_follows_from_that_by_day() {
    let theme = themed(&json!({ "colours": { "mark": "#005a3c", "cover": "#003322" } }));
    assert_eq!(theme.lines(), Vec::<String>::new());
    let look = theme.press().theme.of("bulletin");
    let [mark, paper] = [look.dark["mark"], look.dark["paper"]];
    assert!(mark != colour("#005a3c") && mark.contrast(paper) >= crate::theme::AA_TEXT);
    assert_eq!(look.dark["cover"], colour("#003322"));
    let own = themed(
        &json!({ "colours": { "mark": "#005a3c" }, "dark": { "mark": "#7ccdc8" } }),
    );
    assert_eq!(own.press().theme.general.dark["mark"], colour("#7ccdc8"));
}

#[test]
fn everything_in_a_theme_is_looked_at() {
    let own = json!({
        "colour": {},
        "colours": { "acent": "#123", "mark": "大红", "soft": "#aaa" },
        "faces": { "title": "kai bold" },
        "sizes": { "text": "小5", "title": "999pt" },
        "line": 9,
        "masthead": { "rule": "stars" },
        "charts": { "palette": ["#ffeeaa"] },
        "kind": { "bulletn": {}, "review": { "colours": { "accent": "red" } } },
    });
    let found = themed(&own).lines();
    assert_eq!(
        found,
        [
            "unknown-key templates/theme1: `colour` is not a field of the theme",
            "unknown-key templates/theme1: `acent` is not a field of `[colours]`",
            "unreadable-colour templates/theme1: `mark` is `大红`, which is not a colour",
            "unknown-choice templates/theme1: `title` is `kai bold`, which is not one of the words that it may hold",
            "unreadable-size templates/theme1: `text` is `小5`, which is not a size",
            "unreadable-size templates/theme1: `title` is `999pt`, expected a size above 0 and up to 200 pt",
            "unknown-choice templates/theme1: `rule` is `stars`, which is not one of the words that it may hold",
            "unreadable-size templates/theme1: `line` is `9`, expected a number from 1 to 3",
            "unknown-kind templates/theme1: there is no kind `bulletn`",
            "unreadable-colour templates/theme1: `accent` is `red`, which is not a colour",
            "low-contrast templates/theme1: `soft` on `paper` has a contrast of 2.3 by day, expected 4.5 or more",
            "low-contrast templates/theme1: `soft` on `tint` has a contrast of 2.1 by day, expected 4.5 or more",
            "low-contrast templates/theme1: `#ffeeaa` on `paper` has a contrast of 1.1 by day, expected 3 or more",
        ]
    );
}
