//! From addresses to what they mean. A path names something that was made, never a file of
//! the disk.

use percent_encoding::percent_decode_str;

/// Where the preview keeps what is its own: no publication can be called so, since hidden
/// files are no part of a press.
pub(super) const OWN: &str = ".annals";

/// How long a path may be.
const MAX_PATH: usize = 4096;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Route {
    /// The list of editions, drafts and findings.
    Start,
    /// A script or style of the preview.
    Asset(String),
    /// A page beside its printed pages: the path of an output.
    View(String),
    /// What there is to know of all, as JSON.
    Press,
    /// What there is to know of an output, as JSON; with its printed pages where they are
    /// shown.
    State { path: String, sheets: bool },
    /// A printed page: edition, and what tells the page from others.
    Sheet { edition: String, number: usize },
    /// What happens, as it happens.
    Events,
    /// An output.
    Output(String),
}

/// Understands the target of a request.
pub(super) fn route(target: &str) -> Option<Route> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let steps = steps(path)?;
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    let route = match steps.as_slice() {
        [""] => Route::Start,
        [OWN, "events"] => Route::Events,
        [OWN, "state"] => Route::Press,
        [OWN, "asset", name] => Route::Asset((*name).to_owned()),
        [OWN, "view", path @ ..] => Route::View(output(path)?),
        [OWN, "state", path @ ..] => {
            let sheets = query.split('&').any(|part| part == "sheets");
            Route::State { path: output(path)?, sheets }
        }
        [OWN, "sheet", edition @ .., number] => {
            let number = number.strip_suffix(".svg")?.parse().ok()?;
            Route::Sheet { edition: output(edition)?, number }
        }
        path => Route::Output(output(path)?),
    };
    Some(route)
}

/// The path of an output below the output folder; a folder means its first page.
fn output(steps: &[&str]) -> Option<String> {
    let (last, folders) = steps.split_last()?;
    let plain = |step: &&str| !step.is_empty() && !step.starts_with('.');
    if !folders.iter().all(plain) || last.starts_with('.') {
        return None;
    }
    let path = steps.join("/");
    Some(if last.is_empty() { format!("{path}index.html") } else { path })
}

/// The decoded steps of a path; nothing where it could mean something else to somebody.
fn steps(path: &str) -> Option<Vec<String>> {
    let path = path.strip_prefix('/').filter(|path| path.len() <= MAX_PATH)?;
    let decoded = path.split('/').map(|step| {
        let step = percent_decode_str(step).decode_utf8().ok()?;
        let odd = |found: char| found.is_control() || found == '/' || found == '\\';
        let fine = !step.contains(odd) && step != ".." && step != ".";
        fine.then(|| step.into_owned())
    });
    decoded.collect()
}

/// The type of an output, by its ending.
pub(super) fn mime(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("pdf") => "application/pdf",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("xml") => "application/xml",
        Some("txt" | "md") => super::http::TEXT,
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("gif") => "image/gif",
        Some("webp") => "image/webp",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_mean_outputs() {
        let output = |path: &str| Some(Route::Output(path.to_owned()));
        assert_eq!(route("/"), Some(Route::Start));
        assert_eq!(route("/a/2020/x.html?y=1"), output("a/2020/x.html"));
        assert_eq!(route("/a/%E4%B8%80.html"), output("a/一.html"));
        assert_eq!(route("/a/"), output("a/index.html"));
        assert_eq!(route("/.annals/view/"), Some(Route::View("index.html".to_owned())));
        assert_eq!(
            route("/.annals/state/a/x.html?sheets"),
            Some(Route::State { path: "a/x.html".into(), sheets: true })
        );
        assert_eq!(
            route("/.annals/sheet/a/2020/x/3.svg?v=1"),
            Some(Route::Sheet { edition: "a/2020/x".into(), number: 3 })
        );
    }

    #[test]
    fn addresses_lead_nowhere_else() {
        for target in [
            "",
            "*",
            "a",
            "http://127.0.0.1/",
            "/../a",
            "/a/../../b",
            "/%2e%2e/a",
            "/a/%2e%2e%2fb",
            "/a%2fb",
            "/a\\b",
            "/a%5c..%5cb",
            "/a%00b",
            "/%ff",
            "//a",
            "/a//b",
            "/./a",
            "/.git/config",
            "/a/.hidden",
            "/.annals",
            "/.annals/",
            "/.annals/view",
            "/.annals/sheet/a/x.svg/..",
        ] {
            let found = route(target);
            assert!(
                found.is_none() || found == Some(Route::Output("index.html".into())),
                "{target}: {found:?}"
            );
        }
        assert_eq!(route(&format!("/{}", "a".repeat(MAX_PATH + 1))), None);
    }
}
