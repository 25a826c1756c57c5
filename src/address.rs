//! Addresses below the output folder (地址): the way from one file to another, and where the
//! pages of the site stand.
//!
//! Pages are read from a server and from the file system alike, so every address between
//! them is relative and names its file. All pages of the site but its front page stand in
//! [`FOLDER`]; editions have a folder of their series.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::locale::Language;
use crate::model::Year;

/// The front page.
pub const HOME: &str = "index.html";

/// The folder of the site's own pages, feeds and assets. No series is called so.
pub const FOLDER: &str = "site";

/// The folder of the index that the search asks; each part of it has one in there.
pub const SEARCH_FOLDER: &str = "site/search";

/// The part of the index for the pages of figures.
pub const SEARCH_FIGURES: &str = "figures";

/// The map of all pages for search engines.
pub const SITEMAP: &str = "sitemap.xml";

/// What search engines may read.
pub const ROBOTS: &str = "robots.txt";

/// What is percent-encoded in a path or fragment that we make: all but the unreserved
/// characters of RFC 3986 (2.3), `/`, and what may stand in both without meaning.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'\'')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The pages of the site in one language (分站): those of the press's own language stand in
/// [`FOLDER`], with the front page above it; those of another in a folder of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Branch(Option<Language>);

impl Branch {
    /// The branch in the press's own language.
    pub const OWN: Self = Self(None);

    /// The branch in a language of a press whose own one is `own`.
    pub fn of(language: Language, own: Language) -> Self {
        Self((language != own).then_some(language))
    }

    /// The folder of its pages.
    fn folder(self) -> String {
        match self.0 {
            Some(language) => format!("{FOLDER}/{}", language.word()),
            None => FOLDER.to_owned(),
        }
    }

    fn page(self, name: &str) -> String {
        format!("{}/{name}.html", self.folder())
    }

    /// The front page.
    pub fn home(self) -> String {
        match self.0 {
            Some(_) => self.page("index"),
            None => HOME.to_owned(),
        }
    }

    /// All publications by year and month.
    pub fn archive(self) -> String {
        self.page("archive")
    }

    /// The search.
    pub fn search(self) -> String {
        self.page("search")
    }

    /// The figures that publications print.
    pub fn figures(self) -> String {
        self.page("figures")
    }

    /// The folder of the pages of figures, with `/`.
    pub fn figure_folder(self) -> String {
        format!("{}/figures/", self.folder())
    }

    /// The tasks of plans.
    pub fn tasks(self) -> String {
        self.page("tasks")
    }

    /// The events that publications tell of.
    pub fn events(self) -> String {
        self.page("events")
    }

    /// The events of a year.
    pub fn events_year(self, year: Year) -> String {
        self.page(&format!("events/{year}"))
    }

    /// The organisations that publications name.
    pub fn organisations(self) -> String {
        self.page("organisations")
    }

    /// The page of a series.
    pub fn series(self, name: &str) -> String {
        self.page(&format!("series/{name}"))
    }

    /// The page of a year of a series.
    pub fn series_year(self, name: &str, year: Year) -> String {
        self.page(&format!("series/{name}/{year}"))
    }

    /// The page of a kind.
    pub fn kind(self, name: &str) -> String {
        self.page(&format!("kinds/{name}"))
    }

    /// The page of a year of a kind.
    pub fn kind_year(self, name: &str, year: Year) -> String {
        self.page(&format!("kinds/{name}/{year}"))
    }

    /// The page of a year.
    pub fn year(self, year: Year) -> String {
        self.page(&format!("years/{year}"))
    }

    /// The page of a month.
    pub fn month(self, year: Year, month: i8) -> String {
        self.page(&format!("years/{year}-{month:02}"))
    }

    /// The page of a figure over the years of its series.
    pub fn figure(self, series: &str, id: &str) -> String {
        self.page(&format!("figures/{series}/{id}"))
    }

    /// The page of a task.
    pub fn task(self, series: &str, year: Option<Year>, id: &str) -> String {
        match year {
            Some(year) => self.page(&format!("tasks/{series}/{year}/{id}")),
            None => self.page(&format!("tasks/{series}/{id}")),
        }
    }

    /// Where a page of this branch would stand in another.
    pub fn counterpart(self, page: &str, other: Self) -> String {
        if page == self.home() {
            return other.home();
        }
        let name = page.strip_prefix(&self.folder()).unwrap_or(page);
        format!("{}{name}", other.folder())
    }
}

/// The feeds of everything, as Atom and as JSON Feed.
pub fn feed() -> [String; 2] {
    ["feed.xml".to_owned(), "feed.json".to_owned()]
}

/// The feeds of a series.
pub fn series_feed(name: &str) -> [String; 2] {
    ["xml", "json"].map(|ending| format!("{FOLDER}/feeds/series/{name}.{ending}"))
}

/// The feeds of a kind.
pub fn kind_feed(name: &str) -> [String; 2] {
    ["xml", "json"].map(|ending| format!("{FOLDER}/feeds/kinds/{name}.{ending}"))
}

/// The page of an edition, from its path without ending.
pub fn edition(path: &str) -> String {
    format!("{path}.html")
}

/// The picture of an edition's first page.
pub fn cover(path: &str) -> String {
    format!("{path}.cover.png")
}

/// The way from a file to another, both below the output folder, percent-encoded:
/// `../2021/plan.html`.
///
/// ```
/// use annals::address::relative;
/// assert_eq!(relative("baoji/2020/a.html", "index.html"), "../../index.html");
/// ```
pub fn relative(from: &str, to: &str) -> String {
    let way = way(folder(from), to);
    let encoded = encoded(&way);
    // RFC 3986, 4.2: a first segment with a colon would read as a scheme.
    if way.split('/').next().is_some_and(|first| first.contains(':')) {
        return format!("./{encoded}");
    }
    encoded
}

/// The way from a folder to a file, as people would write it: `../2021/plan.html`.
pub fn way(folder: &str, file: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = file.split('/').collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let common = common.min(to.len().saturating_sub(1));
    let up = std::iter::repeat_n("..", from.len() - common);
    up.chain(to[common..].iter().copied()).collect::<Vec<_>>().join("/")
}

/// Where a way from a folder leads; `None` where that is above all folders.
pub fn join(folder: &str, way: &str) -> Option<String> {
    let mut parts: Vec<&str> =
        folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in way.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The folder of a file; empty where it stands in none.
pub fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The address of a file on the web; `base` ends in `/`. The front page of a folder is the
/// folder.
pub fn absolute(base: &str, file: &str) -> String {
    let file = match file.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => file,
    };
    // What is not ASCII in the path of the base is written as it travels (RFC 3987, 3.1).
    let host = base.find("://").map_or(0, |at| at + 3);
    let path = base.get(host..).and_then(|rest| rest.find('/')).map_or(0, |at| host + at);
    let (host, path) = base.split_at(path);
    format!("{host}{}{}", utf8_percent_encode(path, CONTROLS), encoded(file))
}

/// A drawing as an address, so that a page need not fetch it.
pub fn drawing(svg: &str) -> String {
    format!("data:image/svg+xml,{}", encoded(svg))
}

/// `#anchor`, percent-encoded.
pub fn fragment(anchor: &str) -> String {
    format!("#{}", encoded(anchor))
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// The part of the search's index for what is of a year, or of none.
pub fn search_part(year: Option<Year>) -> String {
    year.map_or_else(|| "undated".to_owned(), |year| year.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_front_page_of_a_folder_is_the_folder() {
        let base = "https://例.org/a%20b/";
        assert_eq!(absolute(base, HOME), base);
        assert_eq!(absolute(base, "manual/index.html"), format!("{base}manual/"));
        let other = "a/my-index.html";
        assert_eq!(absolute(base, other), format!("{base}{other}"));
        assert_eq!(
            absolute("https://例.org/年/", "a.html"),
            "https://例.org/%E5%B9%B4/a.html"
        );
    }

    #[test]
    fn months_have_two_digits() {
        assert_eq!(Branch::OWN.month(2021, 3), "site/years/2021-03.html");
    }

    #[test]
    fn branches_have_the_same_pages() {
        let other = Branch::of(Language::En, Language::Zh);
        for (own, there) in [
            (Branch::OWN.home(), "site/en/index.html"),
            (Branch::OWN.archive(), "site/en/archive.html"),
            (Branch::OWN.figure("a", "b"), "site/en/figures/a/b.html"),
        ] {
            assert_eq!(Branch::OWN.counterpart(&own, other), there);
            assert_eq!(other.counterpart(there, Branch::OWN), own);
        }
        assert_eq!(Branch::of(Language::Zh, Language::Zh), Branch::OWN);
    }
}
