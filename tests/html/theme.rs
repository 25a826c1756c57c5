//! Layers of themes: what holds over what, and what is found.

use std::collections::BTreeMap;

use annals::diag::Diagnostics;
use annals::press::{Kind, TextContract};
use annals::source::{Place, SourceFile, Sources};
use annals::theme::{Colour, Theme};
use annals::{check, load};

/// A theme, and what was said of it.
struct Themed {
    theme: Theme,
    lines: Vec<String>,
}

/// The theme of the program, with a press's own over it.
fn themed(own: &str) -> Themed {
    let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
    let mut layers: Vec<_> =
        load::builtin_theme(&mut sources, &mut diags).into_iter().collect();
    let path = "templates/theme.toml".to_owned();
    let file = sources.add(SourceFile::new(path, own.into(), Vec::new(), String::new()));
    layers.extend(load::toml::parse(own, file, 0, &mut diags));
    let kind = |name: &str| Kind {
        name: name.to_owned(),
        place: Place::whole(file),
        labels: BTreeMap::new(),
        article: String::new(),
        description: String::new(),
        front_matter: annals::model::schema::Schema::default(),
        data: BTreeMap::new(),
        text: TextContract::default(),
    };
    let kinds =
        ["bulletin", "feature", "manual", "official", "plan", "review", "summary"];
    let kinds = kinds.map(|name| (name.to_owned(), kind(name))).into();
    let theme = check::theme(&layers, &kinds, &mut diags);
    let show = |found: &annals::diag::Diagnostic| {
        let place = found.place.map(|place| sources.show(place)).unwrap_or_default();
        let place = place.trim_start_matches("templates/theme.toml:");
        format!("{place} {}: {}", found.code.id, found.message)
    };
    Themed { theme, lines: diags.iter().map(show).collect() }
}

fn colour(text: &str) -> Colour {
    Colour::parse(text).expect("it is a colour")
}

const NONE: [&str; 0] = [];

#[test]
fn the_built_in_theme_fills_every_role_and_reads_by_day_and_by_night() {
    let checked = themed("");
    assert_eq!(checked.lines, NONE);
    let theme = &checked.theme;
    let roles = |key: &str| match &annals::model::schema::look().find(key).unwrap().ty {
        annals::model::schema::Type::Table(schema) => schema.fields.len(),
        _ => 0,
    };
    assert_eq!(theme.general.colours.len(), roles("colours"));
    assert_eq!(theme.general.dark.len(), roles("dark"));
    assert_eq!(theme.general.faces.len(), roles("faces"));
    assert_eq!(theme.general.sizes.len(), roles("sizes"));
    assert_eq!(theme.general.palette.len(), theme.general.dark_palette.len());
    assert_eq!(theme.kinds.len(), 7);
}

#[test]
fn what_the_press_says_holds_over_what_the_program_says() {
    let checked = themed(
        r##"
        colours.accent = "#005a3c"
        [kind.review]
        "颜色"."主色" = "#123456"
        sizes.text = "五号"
        "##,
    );
    assert_eq!(checked.lines, NONE);
    let theme = &checked.theme;
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
    let theme = themed(r##"colours = { mark = "#005a3c", cover = "#003322" }"##);
    assert_eq!(theme.lines, NONE);
    let look = theme.theme.of("bulletin");
    let [mark, paper] = [look.dark["mark"], look.dark["paper"]];
    assert!(mark != colour("#005a3c") && mark.contrast(paper) >= annals::theme::AA_TEXT);
    assert_eq!(look.dark["cover"], colour("#003322"));
    let own = "colours.mark = \"#005a3c\"\ndark.mark = \"#7ccdc8\"";
    assert_eq!(themed(own).theme.general.dark["mark"], colour("#7ccdc8"));
}

#[test]
fn everything_in_a_theme_is_looked_at() {
    let own = r##"colour = {}
colours = { acent = "#123", mark = "大红", soft = "#aaa" }
faces = { title = "kai bold" }
sizes = { text = "小5", title = "999pt" }
line = 9
masthead = { rule = "stars" }
charts = { palette = ["#ffeeaa"] }
kind = { bulletn = {}, review = { colours = { accent = "red" } } }
"##;
    let found = themed(own).lines;
    assert_eq!(
        found,
        [
            "1:1 unknown-key: `colour` is not a field of the theme",
            "2:13 unknown-key: `acent` is not a field of `[colours]`",
            "2:36 unreadable-colour: `mark` is `大红`, which is not a colour",
            "3:19 unknown-choice: `title` is `kai bold`, which is not one of the words that it may hold",
            "4:18 unreadable-size: `text` is `小5`, which is not a size",
            "4:32 unreadable-size: `title` is `999pt`, expected a size above 0 and up to 200 pt",
            "6:21 unknown-choice: `rule` is `stars`, which is not one of the words that it may hold",
            "5:8 unreadable-size: `line` is `9`, expected a number from 1 to 3",
            "8:10 unknown-kind: there is no kind `bulletn`",
            "8:56 unreadable-colour: `accent` is `red`, which is not a colour",
            "2:49 low-contrast: `soft` on `paper` has a contrast of 2.3 by day, expected 4.5 or more",
            "2:49 low-contrast: `soft` on `tint` has a contrast of 2.1 by day, expected 4.5 or more",
            "7:22 low-contrast: `#ffeeaa` on `paper` has a contrast of 1.1 by day, expected 3 or more",
        ]
    );
}
