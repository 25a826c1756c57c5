//! `annals check --layout`: what finished pages measure, beside what is asked for.

use super::Answer;
use super::args::Check;
use crate::diag::Diagnostics;
use crate::pipeline::Works;
use crate::press::Edition;

/// Measures the pages of editions; what is not as it should be is reported as well.
#[cfg(feature = "pdf")]
pub(super) fn layouts<'a>(
    args: &Check,
    works: &Works<'a>,
    editions: &[Edition<'a>],
    diags: &mut Diagnostics,
) -> Answer {
    use serde_json::{Value, json};

    use super::table::table;
    use crate::pipeline;

    let reports = pipeline::measure(works, editions, diags);
    if args.json {
        let list = reports.iter().map(|(edition, report)| {
            let rules = report.measures.iter().map(|measure| {
                json!({
                    "rule": measure.rule,
                    "what": measure.what,
                    "clause": measure.clause,
                    "strength": measure.strength,
                    "page": measure.page,
                    "required": measure.required,
                    "measured": measure.measured,
                    "holds": measure.holds,
                })
            });
            let profile = report.profile.as_ref();
            json!({
                "edition": edition.path,
                "profile": profile.map(|profile| &profile.name),
                "local": profile.map(|profile| profile.local),
                "layout": profile.map(|profile| &profile.layout),
                "pages": report.pages,
                "rules": rules.collect::<Vec<_>>(),
            })
        });
        return Ok(format!("{:#}\n", Value::from_iter(list)));
    }
    let mut out = String::new();
    for (edition, report) in &reports {
        if !out.is_empty() {
            out.push('\n');
        }
        let against = match &report.profile {
            None => "no profile".to_owned(),
            Some(profile) => {
                let local = if profile.local { ", a local profile" } else { "" };
                format!("{}{local}; {}", profile.name, profile.layout)
            }
        };
        out.push_str(&format!("{} ({} pages; {against})\n", edition.path, report.pages));
        let rows: Vec<Vec<String>> = (report.measures.iter())
            .map(|measure| {
                let mark = if measure.holds { "ok" } else { "NOT" };
                let page = measure.page.map_or(String::new(), |page| page.to_string());
                vec![
                    mark.to_owned(),
                    measure.rule.clone(),
                    measure.clause.clone(),
                    measure.strength.clone(),
                    page,
                    measure.measured.clone(),
                    measure.required.clone(),
                ]
            })
            .collect();
        let heads =
            ["holds", "rule", "clause", "strength", "page", "measured", "required"];
        out.push_str(&table(&heads, &rows));
    }
    Ok(out)
}

/// A program that makes no PDF has no pages to measure.
#[cfg(not(feature = "pdf"))]
pub(super) fn layouts(
    _: &Check,
    _: &Works<'_>,
    _: &[Edition<'_>],
    diags: &mut Diagnostics,
) -> Answer {
    use crate::diag::Diagnostic;
    use crate::diag::codes::publish::NO_PDF;

    let message = "this program was built without PDF, and lays nothing out";
    let found = Diagnostic::new(&NO_PDF, None, message)
        .hint("build annals with its default features");
    Err(diags.add(found))
}
