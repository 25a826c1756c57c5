//! Addresses: between the pages of a press, inside a page, and out of it.

use super::{Writer, escape};
use crate::address;
use crate::document::{Inline, Target};

/// The address of one publication seen from another, both given by their output path
/// without ending: `../2021/plan.html#目标`, percent-encoded.
///
/// ```
/// let href = annals::html::publication_href("baoji/2020/review", "baoji/2021/plan", None);
/// assert_eq!(href, "../2021/plan.html");
/// ```
pub fn publication_href(from: &str, to: &str, anchor: Option<&str>) -> String {
    let mut href = if from == to && anchor.is_some() {
        String::new()
    } else {
        address::relative(from, &address::edition(to))
    };
    href.extend(anchor.map(fragment));
    href
}

/// The address of a file of the output seen from a publication: `../bridge.png`,
/// percent-encoded. Serves for pictures and for the PDF beside a page.
pub fn file_href(from: &str, file: &str) -> String {
    address::relative(from, file)
}

/// `#anchor`, percent-encoded.
pub fn fragment(anchor: &str) -> String {
    address::fragment(anchor)
}

/// Whether an address leads to another place of the web.
fn is_external(url: &str) -> bool {
    scheme(url).is_some_and(|scheme| matches!(scheme.as_str(), "http" | "https"))
}

/// Whether a browser would run an address, or show it as a page of ours, instead of
/// going there. `parse` refuses these; a page does not carry them in any case.
fn is_program(url: &str) -> bool {
    let bare: String = url.chars().filter(|c| !c.is_control() && *c != ' ').collect();
    scheme(&bare).is_some_and(|scheme| {
        matches!(scheme.as_str(), "javascript" | "vbscript" | "data" | "blob" | "file")
    })
}

/// The scheme of an address, in lower case (RFC 3986, 3.1).
fn scheme(url: &str) -> Option<String> {
    let (scheme, _) = url.split_once(':')?;
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    scheme.chars().all(fits).then(|| scheme.to_ascii_lowercase())
}

impl Writer<'_> {
    /// Writes a link with its words; inside another link, where HTML allows none, the
    /// words alone.
    pub(super) fn link(&mut self, target: &Target, title: &str, words: &[Inline]) {
        if self.in_link {
            return self.inlines(words);
        }
        self.raw("<a");
        match target {
            Target::Url(url) if self.page() && is_program(url) => {}
            Target::Url(url) => {
                escape::address(&mut self.out, "href", url);
                if self.page() && is_external(url) {
                    self.raw(" rel=\"external\"");
                }
            }
            Target::Anchor(anchor) => self.anchor_href(anchor),
            Target::Publication { path, anchor } => {
                let href = (self.options.link)(path, anchor.as_deref());
                self.attribute("href", &href);
            }
        }
        if !title.is_empty() {
            self.attribute("title", title);
        }
        self.raw(">");
        self.in_link = true;
        self.inlines(words);
        self.in_link = false;
        self.raw("</a>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_find_each_other() {
        let href = publication_href;
        assert_eq!(href("baoji/2020/a", "baoji/2020/b", None), "b.html");
        assert_eq!(
            href("baoji/2020/a", "suzhou/x", Some("一")),
            "../../suzhou/x.html#%E4%B8%80"
        );
        assert_eq!(href("baoji/2020/a", "baoji/2020/a", Some("b")), "#b");
        assert_eq!(href("baoji/2020/a", "baoji/2020/a", None), "a.html");
        assert_eq!(href("a", "简报/b c", None), "%E7%AE%80%E6%8A%A5/b%20c.html");
        assert_eq!(href("a", "b:c", None), "./b:c.html");
        assert_eq!(file_href("baoji/2020/a", "baoji/p 1.png"), "../p%201.png");
    }

    #[test]
    fn a_percent_sign_in_an_anchor_is_itself() {
        assert_eq!(fragment("100%25"), "#100%2525");
    }

    #[test]
    fn programs_are_known_under_any_spelling() {
        for url in
            ["javascript:a()", "JavaScript:a()", " java\nscript:a()", "data:text/html,a"]
        {
            assert!(is_program(url), "{url}");
        }
        for url in ["https://example.cn/?javascript:a", "a/data:b", "mailto:a@example.cn"]
        {
            assert!(!is_program(url), "{url}");
        }
    }
}
