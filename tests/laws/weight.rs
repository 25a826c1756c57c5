//! Pages are light: a publication's page and its style sheet, pictures left out.

use scraper::{Html, Selector};

use crate::outputs;
use crate::pages::resolve;

/// How many bytes a page and its style sheets have at most.
const MAX_BYTES: usize = 100_000;

/// What is looked up rather than read: more than two hundred codes on a page.
const LOOKED_UP: &str = "manual/reference/diagnostics.html";

#[test]
fn pages_without_their_pictures_stay_light() {
    let files = outputs("sample");
    let sheets = Selector::parse("link[rel=stylesheet]").expect("a selector");
    let mut heaviest = (0, "");
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = std::str::from_utf8(bytes).expect("pages are text");
        let page = Html::parse_document(page);
        let sheets = page.select(&sheets).filter_map(|sheet| sheet.attr("href"));
        let sheets = sheets.map(|href| files[&resolve(path, href)].len());
        let weight = bytes.len() + sheets.sum::<usize>();
        if path != LOOKED_UP {
            heaviest = heaviest.max((weight, path));
        }
    }
    let (weight, path) = heaviest;
    assert!(weight > 50_000, "style sheets are counted");
    assert!(weight < MAX_BYTES, "{path} and its style sheet have {weight} bytes");
}
