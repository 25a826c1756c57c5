//! The theme: the built-in one, and what the press changes.

use std::collections::{BTreeMap, BTreeSet};

use super::Cx;
use super::fields::{Fields, Kind as Keys};
use super::value;
use crate::diag::codes::check as codes;
use crate::diag::{Diagnostic, Diagnostics, suggest};
use crate::model::Datum;
use crate::model::schema::{Schema, Type, look, theme as theme_schema};
use crate::press::Kind;
use crate::source::Place;
use crate::theme::{
    AA_GRAPHICS, AA_TEXT, Colour, Face, Families, Look, Rule, Size, SizeError, Theme,
};
use crate::tree::{Node, Table};

/// Colours that must read on others, by role: what is read, its ground, and how well.
const PAIRS: [(&str, &str, f64); 17] = [
    ("ink", "paper", AA_TEXT),
    ("soft", "paper", AA_TEXT),
    ("link", "paper", AA_TEXT),
    ("accent", "paper", AA_TEXT),
    ("mark", "paper", AA_TEXT),
    ("ink", "tint", AA_TEXT),
    ("soft", "tint", AA_TEXT),
    ("link", "tint", AA_TEXT),
    ("accent", "tint", AA_TEXT),
    ("note", "tint", AA_TEXT),
    ("tip", "tint", AA_TEXT),
    ("important", "tint", AA_TEXT),
    ("warning", "tint", AA_TEXT),
    ("caution", "tint", AA_TEXT),
    ("on_cover", "cover", AA_TEXT),
    ("gilt", "cover", AA_TEXT),
    ("focus", "paper", AA_GRAPHICS),
];

/// Roles whose colour by night follows from that by day, where only that is given: grounds
/// of the page and its greys do not.
const FOLLOWING: [&str; 9] =
    ["link", "accent", "mark", "focus", "note", "tip", "important", "warning", "caution"];

/// Roles that are the same by night and by day, where only that of the day is given.
const SAME: [&str; 3] = ["cover", "on_cover", "gilt"];

/// Lines closer than this touch one another, in ems.
const LINE: std::ops::RangeInclusive<f64> = 1.0..=3.0;

/// Letters of a masthead further apart than this are no word, in ems.
const TRACKING: std::ops::RangeInclusive<f64> = 0.0..=2.0;

/// Makes the looks of all kinds. What a later layer says holds over what an earlier one
/// says, and in a layer what it says of a kind over what it says of all.
pub fn theme(
    layers: &[Node],
    kinds: &BTreeMap<String, Kind>,
    diags: &mut Diagnostics,
) -> Theme {
    let cx = &mut Cx::tree(diags);
    let layers: Vec<Layer> =
        layers.iter().filter_map(|node| layer(node, kinds, cx)).collect();
    let named: BTreeSet<&String> =
        layers.iter().flat_map(|one| one.kinds.keys()).collect();
    let mut said = BTreeSet::new();
    let mut assemble = |kind: Option<&String>| {
        let mut whole = Whole::default();
        for layer in &layers {
            whole.apply(&layer.general);
            if let Some(draft) = kind.and_then(|kind| layer.kinds.get(kind)) {
                whole.apply(draft);
            }
        }
        whole.check(&mut said, cx);
        whole.look
    };
    Theme {
        general: assemble(None),
        kinds: named
            .into_iter()
            .map(|kind| (kind.clone(), assemble(Some(kind))))
            .collect(),
    }
}

/// What one file says.
struct Layer {
    general: Draft,
    kinds: BTreeMap<String, Draft>,
}

/// What one file says of all kinds, or of one.
#[derive(Default)]
struct Draft {
    colours: Vec<(&'static str, Colour, Place)>,
    dark: Vec<(&'static str, Colour, Place)>,
    faces: Vec<(&'static str, Face)>,
    families: Vec<(&'static str, Families)>,
    sizes: Vec<(&'static str, Size)>,
    line: Option<f64>,
    rule: Option<Rule>,
    weight: Option<Size>,
    tracking: Option<f64>,
    palette: Option<Vec<(Colour, Place)>>,
    dark_palette: Option<Vec<(Colour, Place)>>,
}

/// A look while layers are put over one another.
#[derive(Default)]
struct Whole {
    look: Look,
    /// When and where the colours of roles were given, by night and by day.
    places: BTreeMap<(bool, &'static str), (usize, Place)>,
    /// How many files and kinds were put over one another.
    turn: usize,
    palettes: [Vec<Place>; 2],
}

fn layer(node: &Node, kinds: &BTreeMap<String, Kind>, cx: &mut Cx<'_>) -> Option<Layer> {
    let Some(table) = node.as_table() else {
        return value::wrong(
            node,
            &Type::Table(theme_schema().clone()),
            "theme.toml",
            cx,
        );
    };
    let keys = Keys::keys("the theme");
    let mut fields = Fields::of_table(table, node.place, theme_schema(), keys, cx);
    let mut layer = Layer { general: draft(&mut fields, cx), kinds: BTreeMap::new() };
    let Some((_, of_kinds)) = fields.table("kind") else { return Some(layer) };
    for entry in &of_kinds.entries {
        let name = value::quote(&entry.key);
        if !kinds.contains_key(&entry.key) {
            let message = format!("there is no kind `{name}`");
            cx.diags.add(
                Diagnostic::new(&codes::UNKNOWN_KIND, entry.key_place, message)
                    .maybe_hint(suggest(&name, kinds.keys().map(String::as_str))),
            );
            continue;
        }
        let Some(table) = entry.node.as_table() else {
            let ty = Type::Table(look().clone());
            let _: Option<()> = value::wrong(&entry.node, &ty, &entry.key, cx);
            continue;
        };
        let words = format!("`[kind.{name}]`");
        let keys = Keys::keys(&words);
        let mut fields = Fields::of_table(table, entry.node.place, look(), keys, cx);
        layer.kinds.insert(entry.key.clone(), draft(&mut fields, cx));
    }
    Some(layer)
}

fn draft(fields: &mut Fields<'_, '_>, cx: &mut Cx<'_>) -> Draft {
    let mut draft = Draft::default();
    for (key, inner, schema) in inner_tables(fields) {
        let words = format!("`[{key}]`");
        let place = fields.place_of(key).unwrap_or(fields.place);
        let mut inner = Fields::of_table(inner, place, schema, Keys::keys(&words), cx);
        match key {
            "colours" => draft.colours = colours(&mut inner, schema, cx),
            "dark" => draft.dark = colours(&mut inner, schema, cx),
            "faces" => draft.faces = faces(&mut inner, schema),
            "families" => draft.families = families(&mut inner, schema),
            "sizes" => draft.sizes = sizes(&mut inner, schema, cx),
            "masthead" => {
                draft.rule = inner.text("rule").and_then(|word| Rule::from_word(&word));
                draft.weight = size(&mut inner, "weight", cx);
                draft.tracking = number(&mut inner, "tracking", &TRACKING, cx);
            }
            "charts" => {
                draft.palette = palette(&mut inner, "palette", cx);
                draft.dark_palette = palette(&mut inner, "dark", cx);
            }
            _ => {}
        }
    }
    draft.line = number(fields, "line", &LINE, cx);
    draft
}

/// The tables that are given, each with its name and schema.
fn inner_tables<'n>(
    fields: &Fields<'n, '_>,
) -> Vec<(&'static str, &'n Table, &'static Schema)> {
    let given = look().fields.iter().filter_map(|field| match &field.ty {
        Type::Table(schema) => {
            let (_, table) = fields.table(&field.key)?;
            Some((field.key.as_str(), table, schema))
        }
        _ => None,
    });
    given.collect()
}

/// The fields of a table in the order of its schema.
fn keys(schema: &'static Schema) -> impl Iterator<Item = &'static str> {
    schema.fields.iter().map(|field| field.key.as_str())
}

fn colours(
    fields: &mut Fields<'_, '_>,
    schema: &'static Schema,
    cx: &mut Cx<'_>,
) -> Vec<(&'static str, Colour, Place)> {
    let colour = |key| {
        let text = fields.text_placed(key)?;
        Some((key, colour(&text.text, key, text.place, cx)?, text.place))
    };
    keys(schema).filter_map(colour).collect()
}

fn colour(text: &str, key: &str, place: Place, cx: &mut Cx<'_>) -> Option<Colour> {
    let colour = Colour::parse(text.trim());
    if colour.is_none() {
        let message =
            format!("`{key}` is `{}`, which is not a colour", value::quote(text));
        cx.diags.add(
            Diagnostic::new(&codes::UNREADABLE_COLOUR, place, message).hint(
                "write it as in `\"#c8161d\"`: red, green and blue, two digits each",
            ),
        );
    }
    colour
}

fn palette(
    fields: &mut Fields<'_, '_>,
    key: &str,
    cx: &mut Cx<'_>,
) -> Option<Vec<(Colour, Place)>> {
    let (place, Datum::List(items)) = fields.placed(key)? else { return None };
    let colour = |item| match item {
        Datum::Text(text) => Some((colour(&text, key, place, cx)?, place)),
        _ => None,
    };
    Some(items.into_iter().filter_map(colour).collect())
        .filter(|list: &Vec<_>| !list.is_empty())
}

fn faces(
    fields: &mut Fields<'_, '_>,
    schema: &'static Schema,
) -> Vec<(&'static str, Face)> {
    let face = |key| Some((key, Face::from_word(&fields.text(key)?)?));
    keys(schema).filter_map(face).collect()
}

fn families(
    fields: &mut Fields<'_, '_>,
    schema: &'static Schema,
) -> Vec<(&'static str, Families)> {
    let families = |key| {
        let place = fields.place_of(key)?;
        Some((key, Families { place, names: fields.texts(key) }))
    };
    keys(schema).filter_map(families).collect()
}

fn sizes(
    fields: &mut Fields<'_, '_>,
    schema: &'static Schema,
    cx: &mut Cx<'_>,
) -> Vec<(&'static str, Size)> {
    keys(schema).filter_map(|key| Some((key, size(fields, key, cx)?))).collect()
}

fn size(fields: &mut Fields<'_, '_>, key: &str, cx: &mut Cx<'_>) -> Option<Size> {
    let text = fields.text_placed(key)?;
    let quoted = value::quote(&text.text);
    let problem = match Size::parse(&text.text) {
        Ok(size) => return Some(size),
        Err(SizeError::Unreadable) => "which is not a size",
        Err(SizeError::OutOfRange) => "expected a size above 0 and up to 200 pt",
    };
    let message = format!("`{key}` is `{quoted}`, {problem}");
    cx.diags.add(
        Diagnostic::new(&codes::UNREADABLE_SIZE, text.place, message)
            .maybe_hint(suggest(&quoted, Size::names()))
            .hint("write it in points or millimetres, or by its name: `12pt`, `4.2mm`, `小四`"),
    );
    None
}

fn number(
    fields: &mut Fields<'_, '_>,
    key: &str,
    range: &std::ops::RangeInclusive<f64>,
    cx: &mut Cx<'_>,
) -> Option<f64> {
    let (place, Datum::Number(number, text)) = fields.placed(key)? else { return None };
    let number = f64::try_from(number).ok().filter(|number| range.contains(number));
    if number.is_none() {
        let (from, to) = (range.start(), range.end());
        let message = format!(
            "`{key}` is `{}`, expected a number from {from} to {to}",
            value::quote(&text)
        );
        cx.diags.report(&codes::UNREADABLE_SIZE, place, message);
    }
    number
}

impl Whole {
    /// Puts what a file says over what was said before.
    fn apply(&mut self, draft: &Draft) {
        let look = &mut self.look;
        self.turn += 1;
        let turn = self.turn;
        for &(key, colour, place) in &draft.colours {
            look.colours.insert(key, colour);
            self.places.insert((false, key), (turn, place));
        }
        for &(key, colour, place) in &draft.dark {
            look.dark.insert(key, colour);
            self.places.insert((true, key), (turn, place));
        }
        for &(key, colour, place) in &draft.colours {
            if draft.dark.iter().any(|(dark, ..)| *dark == key) {
                continue;
            }
            if FOLLOWING.contains(&key)
                && let (Some(&paper), Some(&tint)) =
                    (look.dark.get("paper"), look.dark.get("tint"))
            {
                let light = colour.readable_on(paper, AA_TEXT).readable_on(tint, AA_TEXT);
                look.dark.insert(key, light);
                self.places.insert((true, key), (turn, place));
            } else if SAME.contains(&key) {
                look.dark.insert(key, colour);
                self.places.insert((true, key), (turn, place));
            }
        }
        look.faces.extend(draft.faces.iter().copied());
        look.families.extend(draft.families.iter().cloned());
        look.sizes.extend(draft.sizes.iter().copied());
        look.line = draft.line.unwrap_or(look.line);
        look.masthead.rule = draft.rule.unwrap_or(look.masthead.rule);
        look.masthead.weight = draft.weight.unwrap_or(look.masthead.weight);
        look.masthead.tracking = draft.tracking.unwrap_or(look.masthead.tracking);
        let colours =
            |list: &[(Colour, Place)]| list.iter().map(|(colour, _)| *colour).collect();
        let places =
            |list: &[(Colour, Place)]| list.iter().map(|(_, place)| *place).collect();
        if let Some(list) = &draft.palette {
            look.palette = colours(list);
            self.palettes[0] = places(list);
            if draft.dark_palette.is_none()
                && let Some(&paper) = look.dark.get("paper")
            {
                let light = |colour: &Colour| colour.readable_on(paper, AA_GRAPHICS);
                look.dark_palette = look.palette.iter().map(light).collect();
                self.palettes[1] = places(list);
            }
        }
        if let Some(list) = &draft.dark_palette {
            look.dark_palette = colours(list);
            self.palettes[1] = places(list);
        }
    }

    /// Reports colours that do not read on their ground. Looks have most of their colours
    /// from one another: each finding is said once.
    fn check(&self, said: &mut BTreeSet<(Place, String)>, cx: &mut Cx<'_>) {
        let Look { colours, dark, palette, dark_palette, .. } = &self.look;
        let mut report = |place: Place, message: String| {
            if said.insert((place, message.clone())) {
                cx.diags.add(
                    Diagnostic::new(&codes::LOW_CONTRAST, place, message)
                        .hint("make one of the two darker or lighter"),
                );
            }
        };
        for (night, colours, palette) in
            [(false, colours, palette), (true, dark, dark_palette)]
        {
            let when = if night { "by night" } else { "by day" };
            let say = |what: &str, ground: &str, contrast: f64, least: f64| {
                format!(
                    "{what} on `{ground}` has a contrast of {contrast:.1} {when}, expected {least} or more"
                )
            };
            for (text, ground, least) in PAIRS {
                let (Some(over), Some(under)) = (colours.get(text), colours.get(ground))
                else {
                    continue;
                };
                let contrast = over.contrast(*under);
                // The one that was given last is the one to look at.
                let place = self
                    .places
                    .get(&(night, text))
                    .max(self.places.get(&(night, ground)));
                if let (true, Some((_, place))) = (contrast < least, place) {
                    report(*place, say(&format!("`{text}`"), ground, contrast, least));
                }
            }
            let Some(paper) = colours.get("paper") else { continue };
            for (colour, place) in palette.iter().zip(&self.palettes[usize::from(night)])
            {
                let contrast = colour.contrast(*paper);
                if contrast < AA_GRAPHICS {
                    report(
                        *place,
                        say(&format!("`{colour}`"), "paper", contrast, AA_GRAPHICS),
                    );
                }
            }
        }
    }
}
