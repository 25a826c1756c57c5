//! The table of layers in `src/lib.rs` holds.

use std::collections::BTreeSet;

use crate::{files, read};

/// A module as the table has it.
struct Module {
    name: String,
    layer: usize,
    crates: Vec<String>,
}

/// The layer whose modules never name one another.
const STAGES: usize = 2;

#[test]
fn modules_use_lower_layers_only() {
    let table = table();
    let mut wrong = Vec::new();
    for (path, text) in files("src", &["rs"]) {
        let Some(user) = position(&table, module_of(&path)) else { continue };
        for name in named(&code(&text), "crate") {
            let Some(used) = position(&table, &name) else {
                wrong.push(format!("{path} names `crate::{name}`, which has no layer"));
                continue;
            };
            let same_stages = table[user].layer == STAGES && table[used].layer == STAGES;
            if used > user || (used != user && same_stages) {
                wrong.push(format!("{path} names `crate::{name}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "against the table in src/lib.rs: {wrong:#?}");
}

#[test]
fn crates_are_named_by_their_module_alone() {
    let table = table();
    let mut wrong = Vec::new();
    let sources = files("src", &["rs"]);
    for module in &table {
        for guest in &module.crates {
            let mut named = false;
            for (path, text) in &sources {
                if !names_crate(&code(text), guest) {
                    continue;
                }
                if module_of(path) == module.name {
                    named = true;
                } else {
                    wrong.push(format!("{path} names `{guest}`"));
                }
            }
            if !named {
                wrong.push(format!("`{}` does not name `{guest}`", module.name));
            }
        }
    }
    assert!(wrong.is_empty(), "against the table in src/lib.rs: {wrong:#?}");
}

#[test]
fn every_module_has_a_layer() {
    let in_table: BTreeSet<String> =
        table().into_iter().map(|module| module.name).collect();
    let declared: BTreeSet<String> = read("src/lib.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect();
    assert_eq!(in_table, declared);
}

/// The modules of the table, in its order.
fn table() -> Vec<Module> {
    let text = read("src/lib.rs");
    let rows = text.lines().filter_map(|line| line.strip_prefix("//! | "));
    let mut modules = Vec::new();
    for row in rows.filter(|row| row.starts_with(|c: char| c.is_ascii_digit())) {
        let (layer, rest) = row.split_at(1);
        let layer = layer.parse().expect("a row begins with its layer");
        for part in rest.split("[`").skip(1) {
            let (name, after) = part.split_once("`]").expect("a link ends");
            let crates = after
                .trim_start()
                .strip_prefix('(')
                .map_or("", |inside| inside.split_once(')').expect("the bracket ends").0);
            let crates =
                crates.split(", ").filter(|name| !name.is_empty()).map(str::to_owned);
            modules.push(Module {
                name: name.to_owned(),
                layer,
                crates: crates.collect(),
            });
        }
    }
    assert!(modules.len() > 15, "the table is read");
    modules
}

fn position(table: &[Module], name: &str) -> Option<usize> {
    table.iter().position(|module| module.name == name)
}

/// `check` of `src/check/rows.rs`, `press` of `src/press.rs`.
fn module_of(path: &str) -> &str {
    let below = path.strip_prefix("src/").expect("it lies in src");
    let name = below.split('/').next().expect("a path has a first part");
    name.strip_suffix(".rs").unwrap_or(name)
}

/// The text without comments and without the tests at the end of a file, which may look
/// at anything.
fn code(text: &str) -> String {
    let before = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    before
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| format!("{line}\n"))
        .collect()
}

/// The first names after `crate::`, also in `crate::{a, b::c}`.
fn named(code: &str, root: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let root = format!("{root}::");
    for (at, _) in code.match_indices(&root) {
        let rest = &code[at + root.len()..];
        if let Some(list) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut name = String::new();
            let mut done = false;
            for found in list.chars() {
                match found {
                    '}' if depth == 0 => break,
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        out.extend(Some(std::mem::take(&mut name)));
                        done = false;
                    }
                    ':' | ' ' if !name.is_empty() => done = true,
                    _ if depth == 0 && !done && is_name(found) => name.push(found),
                    _ => {}
                }
            }
            out.insert(name);
        } else {
            out.insert(rest.chars().take_while(|&found| is_name(found)).collect());
        }
    }
    out.remove("");
    out
}

fn names_crate(code: &str, name: &str) -> bool {
    let path = format!("{name}::");
    let begins = |at: usize| {
        let before = code[..at].chars().next_back();
        // `super::toml::` and `Date::toml::` are our own names.
        !before.is_some_and(|before| is_name(before) || before == ':')
    };
    let own = code.contains(&format!("use super::{name};"))
        || code.contains(&format!("mod {name};"));
    !own && code.match_indices(&path).any(|(at, _)| begins(at))
}

fn is_name(found: char) -> bool {
    found.is_ascii_alphanumeric() || found == '_'
}
