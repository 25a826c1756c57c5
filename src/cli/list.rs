//! `annals list`: the editions of the press.

use serde_json::{Value, json};

use super::Answer;
use super::args::List;
use super::selection::chosen;
use super::session::Session;
use super::table::table;
use crate::pipeline::{Recipe, Selection, Works};
use crate::press::Edition;

/// Lists the editions that are meant; drafts too, with a mark.
pub(super) fn list(args: &List, session: &mut Session) -> Answer {
    let press = session.open()?;
    let mut selected = args.selected.clone();
    selected.drafts = true;
    let (editions, selection) = chosen(&press, &selected, session)?;
    let recipe = Recipe {
        formats: Vec::new(),
        jobs: std::num::NonZeroUsize::MIN,
        epoch: None,
        published: None,
        shown: None,
    };
    let works = Works::new(&press, &session.sources, &recipe, &mut session.diags)?;
    if args.json {
        let list: Vec<Value> = editions
            .iter()
            .map(|edition| describe(edition, works.title(edition), &selection))
            .collect();
        return Ok(format!("{:#}\n", Value::from(list)));
    }
    let rows: Vec<Vec<String>> = editions
        .iter()
        .map(|edition| {
            let front = &edition.narrative.front;
            let shown = |value: Option<String>| value.unwrap_or_default();
            vec![
                edition.path.clone(),
                edition.kind.name.clone(),
                shown(edition.period.map(|period| period.to_string())),
                shown(edition.issue.map(|issue| issue.to_string())),
                shown(front.date.map(|date| date.to_string())),
                mark(edition, &selection).to_owned(),
                works.title(edition),
            ]
        })
        .collect();
    if rows.is_empty() {
        return Ok(String::new());
    }
    let head = ["path", "kind", "period", "issue", "date", "state", "title"];
    Ok(table(&head, &rows))
}

/// Why an edition is built only with `--drafts`; empty where it is built anyway.
fn mark(edition: &Edition<'_>, selection: &Selection) -> &'static str {
    if edition.narrative.front.draft {
        "draft"
    } else if selection.holds_back(edition) {
        "later"
    } else {
        ""
    }
}

fn describe(edition: &Edition<'_>, title: String, selection: &Selection) -> Value {
    let front = &edition.narrative.front;
    json!({
        "path": edition.path,
        "narrative": format!("content/{}.md", edition.narrative.path),
        "series": edition.series.name,
        "kind": edition.kind.name,
        "language": edition.language.word(),
        "title": title,
        "period": edition.period.map(|period| period.to_string()),
        "issue": edition.issue,
        "date": front.date.map(|date| date.to_string()),
        "draft": front.draft,
        "held_back": selection.holds_back(edition),
    })
}
