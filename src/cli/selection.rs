//! From the paths that people type to the editions that they mean.

use std::path::Path;

use super::args::Selected;
use super::session::{Session, current_folder};
use crate::diag::codes::cli::NOTHING_SELECTED;
use crate::diag::{Diagnostic, Reported, Severity, suggest};
use crate::pipeline::Selection;
use crate::press::{Edition, Press, editions};

/// The editions that are meant, in order, and the selection that took them.
pub(super) fn chosen<'a>(
    press: &'a Press,
    selected: &Selected,
    session: &mut Session,
) -> Result<(Vec<Edition<'a>>, Selection), Reported> {
    let selection = Selection {
        paths: selected
            .paths
            .iter()
            .map(|path| below_content(&press.root, path))
            .collect(),
        period: selected.period,
        drafts: selected.drafts,
        today: Some(session.today()?),
    };
    let all = editions(press);
    let mut unknown = None;
    for (path, typed) in selection.paths.iter().zip(&selected.paths) {
        let alone = Selection {
            paths: vec![path.clone()],
            period: None,
            drafts: true,
            today: None,
        };
        if !all.iter().any(|edition| alone.takes(edition)) {
            let message = format!("no edition or folder of editions is called `{typed}`");
            let known = suggest(path, all.iter().map(|edition| edition.path.as_str()));
            let found = Diagnostic::new(&NOTHING_SELECTED, None, message);
            unknown = Some(session.diags.add(found.maybe_hint(known)));
        }
    }
    if let Some(reported) = unknown {
        return Err(reported);
    }
    let held_back = all.iter().any(|edition| selection.holds_back(edition));
    let some: Vec<Edition<'a>> =
        all.into_iter().filter(|edition| selection.takes(edition)).collect();
    if some.is_empty() && !selection.is_everything() {
        // A month without news is no mistake of anybody: it is only said.
        let message = match selection.period {
            Some(period) => format!("there is no edition of {period} to build"),
            None => "only drafts are called so".to_owned(),
        };
        let mut found = Diagnostic::new(&NOTHING_SELECTED, None, message);
        found.severity = Severity::Warning;
        if held_back && !selection.drafts {
            found = found.hint("add `--drafts` to take drafts and later editions too");
        }
        session.diags.add(found);
    }
    Ok((some, selection))
}

/// The path of a narrative, edition or folder as the press knows it, from what was typed:
/// a path of a file or folder, from here or from the press, with or without `content/` or
/// `output/` and an ending.
pub(super) fn below_content(root: &Path, typed: &str) -> String {
    let from_here = current_folder().join(typed);
    let real = from_here.canonicalize().ok();
    let in_press = real.as_deref().and_then(|path| path.strip_prefix(root).ok());
    let text = match in_press {
        Some(path) => path.to_string_lossy().into_owned(),
        None => typed.to_owned(),
    };
    let text = text.replace('\\', "/");
    let mut rest = text.trim_end_matches('/');
    while let Some(shorter) = rest.strip_prefix("./") {
        rest = shorter;
    }
    for folder in ["content/", "output/"] {
        rest = rest.strip_prefix(folder).unwrap_or(rest);
    }
    for ending in [".md", ".html", ".pdf"] {
        rest = rest.strip_suffix(ending).unwrap_or(rest);
    }
    rest.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_paths_lose_what_the_press_does_not_need() {
        for typed in [
            "baoji/2020/ten-events",
            "./content/baoji/2020/ten-events.md",
            "output/baoji/2020/ten-events.pdf",
            "baoji/2020/ten-events/",
        ] {
            let path = below_content(Path::new("/press"), typed);
            assert_eq!(path, "baoji/2020/ten-events");
        }
    }
}
