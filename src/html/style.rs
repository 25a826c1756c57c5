//! A look as CSS custom properties: what `templates/style.css` reads.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::theme::{Colour, Look, Rule};

/// The most series of a chart; a shorter palette begins again.
const SERIES: usize = 6;

/// What letters on the colours of charts may be, whichever is easier to read.
const ON_CHARTS: [&str; 2] = ["#ffffff", "#16130f"];

const FITS: &str = "a string takes all that is written to it";

/// The style of a page: the look as custom properties, then the style sheet.
///
/// Colours are `--accent`, by night others; faces are `--face-title` with
/// `--weight-title`; sizes are `--size-title`, in proportion to the text, of which only
/// `--paper-text` is absolute. Families of the press go before the built-in ones of their
/// class (`--song-stack`).
pub fn style(look: &Look, sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len() + 4096);
    out.push_str(":root {\n");
    colours(&mut out, &look.colours, &look.palette);
    for class in crate::model::schema::CLASSES {
        let _ = write!(out, "--{class}: ");
        let names = look.families.get(class).map_or(&[][..], |list| &list.names);
        for name in names {
            family(&mut out, name);
            out.push_str(", ");
        }
        writeln!(out, "var(--{class}-stack);").expect(FITS);
    }
    for (role, face) in &look.faces {
        let (class, weight) = (face.class, face.weight());
        writeln!(out, "--face-{role}: var(--{class});\n--weight-{role}: {weight};")
            .expect(FITS);
    }
    if let Some(&text) = look.sizes.get("text") {
        writeln!(out, "--paper-text: {text};").expect(FITS);
        for (role, size) in &look.sizes {
            writeln!(out, "--size-{role}: {}rem;", size.times(text)).expect(FITS);
        }
    }
    let masthead = &look.masthead;
    writeln!(out, "--line: {};", look.line).expect(FITS);
    let (thick, thin) = match masthead.rule {
        Rule::Single | Rule::Star => ("1", "0"),
        Rule::Double => ("1", "0.35"),
        Rule::None => ("0", "0"),
    };
    let star = if masthead.rule == Rule::Star { "\"★\" / \"\"" } else { "none" };
    let weight = masthead.weight;
    writeln!(out, "--masthead-thick: calc({weight} * {thick});").expect(FITS);
    writeln!(out, "--masthead-thin: calc({weight} * {thin});").expect(FITS);
    writeln!(out, "--masthead-star: {star};").expect(FITS);
    writeln!(out, "--masthead-tracking: {}em;", masthead.tracking).expect(FITS);
    out.push_str("}\n@media screen and (prefers-color-scheme: dark) {\n:root {\n");
    colours(&mut out, &look.dark, &look.dark_palette);
    out.push_str("}\n}\n");
    compact(&mut out, sheet);
    out
}

/// Writes a style sheet without comments and without the space that only its writers need.
fn compact(out: &mut String, sheet: &str) {
    let (mut rest, mut gap) = (sheet, false);
    while let Some(c) = rest.chars().next() {
        let comment = rest.strip_prefix("/*");
        let length = match c {
            _ if comment.is_some() => {
                comment.and_then(|rest| rest.find("*/")).map_or(rest.len(), |at| at + 4)
            }
            '"' | '\'' => quoted(rest, c),
            _ => c.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        if comment.is_some() || c.is_whitespace() {
            gap = true;
            continue;
        }
        let tight = "{};,".contains(c)
            || out.is_empty()
            || out.ends_with(['{', '}', ';', ',', ':', '\n']);
        if gap && !tight {
            out.push(' ');
        }
        gap = false;
        if c == '}' && out.ends_with(';') {
            out.pop();
        }
        out.push_str(token);
    }
}

/// How long the text in quotes is with which a style sheet goes on.
fn quoted(sheet: &str, quote: char) -> usize {
    let mut escaped = false;
    let end = sheet.char_indices().skip(1).find(|&(_, c)| {
        let ends = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    end.map_or(sheet.len(), |(at, _)| at + quote.len_utf8())
}

fn colours(out: &mut String, roles: &BTreeMap<&'static str, Colour>, palette: &[Colour]) {
    for (role, colour) in roles {
        let role = role.replace('_', "-");
        writeln!(out, "--{role}: {colour};").expect(FITS);
    }
    let grounds = palette.iter().cycle().take(SERIES.min(palette.len() * SERIES));
    for (at, colour) in (1..).zip(grounds) {
        let on = ON_CHARTS.map(Colour::parse).into_iter().flatten();
        let on =
            on.max_by(|one, two| colour.contrast(*one).total_cmp(&colour.contrast(*two)));
        writeln!(out, "--chart-{at}: {colour};").expect(FITS);
        if let Some(on) = on {
            writeln!(out, "--chart-on-{at}: {on};").expect(FITS);
        }
    }
}

/// Writes a family as a CSS string in which nothing but words stands as itself (CSS Syntax
/// 3, 4.3.7); so it can end neither the string nor the element.
fn family(out: &mut String, name: &str) {
    out.push('"');
    for c in name.chars() {
        if c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.') {
            out.push(c);
        } else {
            write!(out, "\\{:x} ", u32::from(c)).expect(FITS);
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Place, SourceFile, Sources};
    use crate::theme::{Face, Families, Size};

    #[test]
    fn a_look_is_custom_properties() {
        let mut sources = Sources::new();
        let file = SourceFile::new("a".into(), String::new(), Vec::new(), String::new());
        let place = Place::whole(sources.add(file));
        let mut look = Look { line: 1.78, ..Look::default() };
        look.colours.insert("on_cover", Colour { channels: [255; 3] });
        look.dark.insert("on_cover", Colour { channels: [0; 3] });
        let names = vec!["方正小标宋</style>\"".to_owned()];
        look.families.insert("song", Families { place, names });
        look.faces.insert("title", Face { class: "song", bold: true });
        look.sizes.insert("text", Size::parse("12pt").expect("a size"));
        look.sizes.insert("title", Size::parse("22pt").expect("a size"));
        let style = style(&look, "p {}");
        for line in [
            "--on-cover: #ffffff;",
            "--on-cover: #000000;",
            "--song: \"方正小标宋\\3c \\2f style\\3e \\22 \", var(--song-stack);",
            "--hei: var(--hei-stack);",
            "--face-title: var(--song);",
            "--weight-title: 700;",
            "--size-title: 1.833rem;",
            "--paper-text: 12pt;",
            "--line: 1.78;",
        ] {
            assert!(style.contains(line), "{line}: {style}");
        }
        assert!(style.ends_with("\np{}"));
    }

    #[test]
    fn a_sheet_means_the_same_in_fewer_bytes() {
        for (long, few) in [
            ("a b , c > d {\n  margin: 0 auto;\n}\n", "a b,c > d{margin:0 auto}"),
            (
                "/* one */p::after { content: \"/* ; } */ \\\" \" }",
                "p::after{content:\"/* ; } */ \\\" \"}",
            ),
            ("a :hover/* x */b { }", "a :hover b{}"),
            (
                "p { width: calc(1px + 2px); font: 1rem 'a  b' }",
                "p{width:calc(1px + 2px);font:1rem 'a  b'}",
            ),
            ("@media (min-width: 1em) { a { b: c; } }", "@media (min-width:1em){a{b:c}}"),
            ("p { a: \"open", "p{a:\"open"),
            ("/* open", ""),
        ] {
            let mut out = String::new();
            compact(&mut out, long);
            assert_eq!(out, few);
        }
    }
}
