//! Every code of a diagnostic is documented and has a case.

use std::collections::{BTreeMap, BTreeSet};

use annals::diag::codes::{all, stages};

use crate::{files, read};

#[test]
fn ids_are_kebab_case_and_unique() {
    let mut seen = BTreeSet::new();
    for code in all() {
        let words = code.id.split('-');
        let kebab = words.clone().count() > 0
            && words.clone().all(|word| {
                !word.is_empty()
                    && word
                        .bytes()
                        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            });
        assert!(kebab, "`{}` is not kebab-case", code.id);
        assert!(seen.insert(code.id), "`{}` is there twice", code.id);
    }
}

#[test]
fn every_code_is_documented() {
    let page = read("content/manual/reference/diagnostics.md");
    for code in all() {
        let fields = [code.what, code.why, code.example, code.mend];
        let full = fields.iter().all(|field| !field.trim().is_empty());
        assert!(full, "`{}` lacks a part of its documentation", code.id);
        for sentence in [code.what, code.why] {
            let begun = !sentence.starts_with(|c: char| c.is_lowercase())
                || sentence.starts_with("annals ");
            assert!(
                begun && sentence.ends_with('.'),
                "`{}`: no sentence: {sentence}",
                code.id
            );
        }
        assert_ne!(code.example, code.mend, "`{}` mends nothing", code.id);
        assert!(
            page.contains(&format!("`{}`", code.id))
                || page.contains(&format!("{{#{}}}", code.id)),
            "`{}` is not in the reference",
            code.id
        );
    }
}

/// Codes that no input can bring about: a bug of Typst that we do not know.
const OF_UNKNOWN_BUGS: &[&str] = &["typst-panic"];

/// A code of which no test and no transcript speaks has no case.
#[test]
fn every_code_has_a_case() {
    let mut cases = String::new();
    for (path, text) in files("src", &["rs"]) {
        if path.ends_with("/tests.rs") || path.contains("/tests/") {
            cases.push_str(&text);
        } else if let Some((_, tests)) = text.split_once("#[cfg(test)]\nmod tests {") {
            cases.push_str(tests);
        }
    }
    for (path, text) in files("tests", &["rs", "md", "txt"]) {
        if !path.starts_with("tests/tidy/") {
            cases.push_str(&text);
        }
    }
    let statics = statics();
    let missing: Vec<&str> = all()
        .filter(|code| {
            let of_static = statics
                .get(code.id)
                .is_some_and(|name| cases.contains(&format!("::{name}")));
            let said = ["\"", "[", " ", "`"].iter().any(|before| {
                ["\"", "]", " ", "`"]
                    .iter()
                    .any(|after| cases.contains(&format!("{before}{}{after}", code.id)))
            });
            !of_static && !said && !OF_UNKNOWN_BUGS.contains(&code.id)
        })
        .map(|code| code.id)
        .collect();
    assert!(missing.is_empty(), "no test and no transcript has {missing:#?}");
}

#[test]
fn every_code_is_in_the_list_of_its_stage() {
    let listed: usize = stages().iter().map(|(_, list)| list.len()).sum();
    assert_eq!(listed, statics().len(), "a static that `ALL` does not list");
}

/// Every code is reported somewhere in the stage's code.
#[test]
fn every_code_is_used() {
    let sources: String = files("src", &["rs"])
        .into_iter()
        .filter(|(path, _)| !path.starts_with("src/diag/codes/"))
        .map(|(_, text)| text)
        .collect();
    let unused: Vec<String> =
        statics().into_values().filter(|name| !sources.contains(name.as_str())).collect();
    assert!(unused.is_empty(), "no stage reports {unused:#?}");
}

/// The names of the statics by the ids of their codes.
fn statics() -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for (_, text) in files("src/diag/codes", &["rs"]) {
        let mut name = None;
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("pub static ") {
                name = rest.split_once(": Code").map(|(name, _)| name.to_owned());
            } else if let Some(rest) = line.trim().strip_prefix("id: \"")
                && let Some(name) = name.take()
            {
                out.insert(rest.trim_end_matches("\",").to_owned(), name);
            }
        }
    }
    out
}
