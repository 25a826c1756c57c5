//! The index that finds words of publications (检索), Chinese without spaces among them, in
//! a browser and without a server: by Pagefind, whose reader goes with it.
//!
//! The same pages give the same files. Everything is in one index, whatever its language: a
//! reader who looks for a number or a name finds it in all versions.

use html_escape::encode_double_quoted_attribute_to_string;
use pagefind::api::PagefindIndex;
use pagefind::options::PagefindServiceConfig;

use crate::diag::codes::publish::CANNOT_WRITE;
use crate::diag::{Diagnostic, Diagnostics, Reported};

/// What of Pagefind's own files a page needs; the rest is its ready-made forms.
const READER: [&str; 3] = ["pagefind.js", "pagefind-worker.js", "pagefind-entry.json"];

/// Endings of the files that hold the index.
const INDEX: [&str; 5] = ["pagefind", "pf_meta", "pf_index", "pf_fragment", "pf_filter"];

/// What a page says that is not to be found by: controls, drawings, notes on numbers.
const SILENT: [&str; 7] =
    ["nav", "button", "svg", "style", "script", ".back", ".figure-notes"];

/// A page as readers find it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its path below the output folder.
    pub path: String,
    /// The title.
    pub title: String,
    /// What is to be found, as HTML.
    pub text: String,
    /// How much its text counts beside that of others: `1`, `0.2`.
    pub weight: &'static str,
    /// By what the results can be narrowed down: `series`, `year`, `kind`.
    pub filters: Vec<(&'static str, String)>,
    /// What a result says of the page.
    pub facts: Vec<(&'static str, String)>,
}

/// A file of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Path below the folder of the index.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Makes the index of pages; `chinese` says whether any of them is.
///
/// # Errors
/// When the machine refuses.
pub fn index(
    pages: &[Page],
    chinese: bool,
    diags: &mut Diagnostics,
) -> Result<Vec<File>, Reported> {
    run(pages, chinese).map_err(|error| {
        let message = format!("cannot make the index of the search: {error}");
        diags.add(Diagnostic::new(&CANNOT_WRITE, None, message))
    })
}

fn run(pages: &[Page], chinese: bool) -> Result<Vec<File>, Box<dyn std::error::Error>> {
    // Words of Chinese are found where the whole index is in Chinese; English words too.
    let language = if chinese { "zh" } else { "en" };
    let options = PagefindServiceConfig::builder()
        .keep_index_url(true)
        .force_language(language.to_owned())
        .exclude_selectors(SILENT.map(str::to_owned).to_vec())
        .build();
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let files = runtime.block_on(async {
        let mut index = PagefindIndex::new(Some(options))?;
        let mut sorted: Vec<&Page> = pages.iter().collect();
        sorted.sort_by(|one, other| one.path.cmp(&other.path));
        for page in sorted {
            index.add_html_file(None, Some(page.path.clone()), written(page)).await?;
        }
        index.get_files().await
    })?;
    let mut files: Vec<File> = files
        .into_iter()
        .map(|file| File {
            path: file.filename.to_string_lossy().replace('\\', "/"),
            bytes: file.contents,
        })
        .filter(|file| {
            let ending = file.path.rsplit('.').next().unwrap_or_default();
            READER.contains(&file.path.as_str()) || INDEX.contains(&ending)
        })
        .collect();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// A page as Pagefind reads it: what it says of itself as attributes, then the text.
fn written(page: &Page) -> String {
    let mut out = String::with_capacity(page.text.len() + 1024);
    out.push_str("<html><body data-pagefind-body><h1 data-pagefind-weight=\"10\">");
    encode_double_quoted_attribute_to_string(&page.title, &mut out);
    out.push_str("</h1>");
    for (name, value) in &page.filters {
        attribute(&mut out, "filter", name, value);
    }
    for (name, value) in &page.facts {
        attribute(&mut out, "meta", name, value);
    }
    out.push_str("<div data-pagefind-weight=\"");
    out.push_str(page.weight);
    out.push_str("\">");
    out.push_str(&page.text);
    out.push_str("</div></body></html>");
    out
}

/// `<i data-pagefind-filter="year[data-v]" data-v="2020"></i>`.
fn attribute(out: &mut String, sort: &str, name: &str, value: &str) {
    out.push_str("<i data-pagefind-");
    out.push_str(sort);
    out.push_str("=\"");
    out.push_str(name);
    out.push_str("[data-v]\" data-v=\"");
    encode_double_quoted_attribute_to_string(value, out);
    out.push_str("\"></i>");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages() -> Vec<Page> {
        let page = |at: usize| Page {
            path: format!("a/2020/page-{at}.html"),
            title: format!("第{at}期<社会组织>"),
            text: format!("<main><p>社会组织参与捐赠{at}家。</p></main>"),
            weight: "1",
            filters: vec![("series", "示例市".to_owned()), ("year", "2020".to_owned())],
            facts: vec![("kind", "简报".to_owned())],
        };
        (1..20).map(page).collect()
    }

    #[test]
    fn the_same_pages_give_the_same_files() {
        let make = |pages: &[Page]| {
            index(pages, true, &mut Diagnostics::new()).expect("an index")
        };
        let (mut shuffled, first) = (pages(), make(&pages()));
        shuffled.reverse();
        assert_eq!(first, make(&shuffled));
        assert!(first.iter().any(|file| file.path == "pagefind.js"));
        assert!(first.iter().any(|file| file.path.ends_with(".pf_index")));
        assert!(first.iter().all(|file| !file.path.ends_with(".css")));
    }
}
