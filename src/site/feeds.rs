//! Feeds (订阅) of everything, of each series and of each kind, as Atom (RFC 4287) and JSON
//! Feed 1.1; the sitemap and `robots.txt`. All of them speak of whole addresses, so a press
//! without `base_url` has none.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;

use super::{Cx, Dated, File, Out};
use crate::address::{self, absolute};
use crate::frame::Feed;
use crate::model::Date;

/// How many publications a feed tells of.
const MAX_ENTRIES: usize = 50;

/// How many addresses a sitemap may have (<https://www.sitemaps.org/protocol.html>).
const MAX_ADDRESSES: usize = 50_000;

/// What `site/feed.xml` may print.
#[derive(Serialize)]
struct Atom {
    title: String,
    language: &'static str,
    /// The address of the feed, which is its name as well.
    own: String,
    /// The page that lists the same.
    page: String,
    author: String,
    updated: String,
    entries: Vec<Entry>,
}

/// A publication in a feed.
#[derive(Serialize)]
struct Entry {
    /// Its address, which is its name as well.
    url: String,
    title: String,
    summary: Option<String>,
    language: &'static str,
    updated: String,
    author: String,
    kind: String,
    kind_label: String,
    pdf: Option<Enclosure>,
}

/// The PDF of a publication.
#[derive(Serialize)]
struct Enclosure {
    url: String,
    size: u64,
}

/// What `site/sitemap.xml` may print.
#[derive(Serialize)]
struct Sitemap {
    pages: Vec<Address>,
}

/// A page of the sitemap.
#[derive(Serialize)]
struct Address {
    url: String,
    /// When it was published.
    day: Option<String>,
}

/// Makes the feeds, then the sitemap of all pages that have been made.
pub(super) fn make(cx: &Cx<'_>, out: &mut Out<'_>) {
    let Some(base) = cx.press.settings.base_url.as_deref() else { return };
    let held = |dated: &&Dated<'_>| !dated.item.held;
    let out_now: Vec<&Dated<'_>> = cx.all.iter().filter(held).collect();
    let whole = (cx.press.settings.title.as_str(), address::HOME.to_owned());
    feed(cx, base, whole, address::feed(), &out_now, out);
    let mut lists: BTreeMap<[String; 2], (String, String, Vec<&Dated<'_>>)> =
        BTreeMap::new();
    for &dated in &out_now {
        let edition = dated.item.edition;
        let (series, kind) = (&edition.series.name, &edition.kind.name);
        let of_series = || {
            let title = cx.series_of(dated.item).title.clone();
            (title, cx.at.series(series), Vec::new())
        };
        let list = lists.entry(address::series_feed(series)).or_insert_with(of_series);
        list.2.push(dated);
        let of_kind = || (cx.kind_label(dated.item), cx.at.kind(kind), Vec::new());
        lists.entry(address::kind_feed(kind)).or_insert_with(of_kind).2.push(dated);
    }
    for (paths, (title, page, list)) in lists {
        let title = format!("{title} · {}", cx.press.settings.title);
        feed(cx, base, (&title, page), paths, &list, out);
    }
    sitemap(cx, base, &out_now, out);
}

/// A feed in both its forms; nothing where no publication has a day.
fn feed(
    cx: &Cx<'_>,
    base: &str,
    (title, page): (&str, String),
    [xml, json]: [String; 2],
    list: &[&Dated<'_>],
    out: &mut Out<'_>,
) {
    let entries: Vec<Entry> = list
        .iter()
        .filter_map(|dated| entry(cx, base, dated))
        .take(MAX_ENTRIES)
        .collect();
    let Some(updated) = entries.iter().map(|entry| entry.updated.clone()).max() else {
        return;
    };
    let settings = &cx.press.settings;
    let author = settings.publisher.as_ref().unwrap_or(&settings.title);
    let feed = Atom {
        title: clean(title),
        language: cx.language.tag(),
        own: absolute(base, &xml),
        page: absolute(base, &page),
        author: clean(author),
        updated,
        entries,
    };
    out.files.push(File {
        path: json.clone(),
        text: json_feed(&feed, &absolute(base, &json)),
    });
    cx.render_bare("site/feed.xml", xml, &feed, out);
}

/// A publication in a feed; nothing where it has no day.
fn entry(cx: &Cx<'_>, base: &str, dated: &Dated<'_>) -> Option<Entry> {
    let item = dated.item;
    let edition = item.edition;
    let settings = &cx.press.settings;
    let publisher = edition.series.publisher.as_ref().or(settings.publisher.as_ref());
    let authors = edition.narrative.front.authors.join(cx.language.words().comma);
    let author = match publisher {
        _ if !authors.is_empty() => authors,
        Some(publisher) => publisher.clone(),
        None => edition.series.title.clone(),
    };
    // What bears no date counts by the end of its period, which may be yet to come.
    let day = dated.day.filter(|day| cx.today.is_none_or(|today| *day <= today))?;
    let pdf = item.pdf.map(|size| Enclosure {
        url: absolute(base, &format!("{}.pdf", edition.path)),
        size,
    });
    Some(Entry {
        url: absolute(base, &address::edition(&edition.path)),
        title: clean(&item.card.title),
        summary: item.card.summary.as_deref().map(clean),
        language: edition.language.tag(),
        updated: moment(day),
        author: clean(&author),
        kind: edition.kind.name.clone(),
        kind_label: clean(&cx.kind_label(item)),
        pdf,
    })
}

/// The feed as JSON Feed (<https://www.jsonfeed.org/version/1.1/>).
fn json_feed(feed: &Atom, own: &str) -> String {
    let items = feed.entries.iter().map(|entry| {
        let mut item = json!({
            "id": entry.url,
            "url": entry.url,
            "title": entry.title,
            "content_text": entry.summary.as_ref().unwrap_or(&entry.title),
            "date_published": entry.updated,
            "language": entry.language,
            "authors": [{ "name": entry.author }],
            "tags": [entry.kind_label],
        });
        if let (Some(object), Some(pdf)) = (item.as_object_mut(), &entry.pdf) {
            let attachment = json!({
                "url": pdf.url, "mime_type": "application/pdf", "size_in_bytes": pdf.size,
            });
            object.insert("attachments".to_owned(), json!([attachment]));
        }
        item
    });
    let items: Vec<_> = items.collect();
    let whole = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": own,
        "language": feed.language,
        "authors": [{ "name": feed.author }],
        "items": items,
    });
    format!("{whole:#}\n")
}

fn sitemap(cx: &Cx<'_>, base: &str, out_now: &[&Dated<'_>], out: &mut Out<'_>) {
    let publications = out_now.iter().map(|dated| {
        let date = dated.item.edition.narrative.front.date;
        let whole = date.filter(|date| date.day.is_some());
        Address {
            url: absolute(base, &address::edition(&dated.item.edition.path)),
            day: whole.map(|date| date.to_string()),
        }
    });
    let pages = out.files.iter().filter(|file| file.path.ends_with(".html"));
    let pages = pages.map(|file| Address { url: absolute(base, &file.path), day: None });
    let pages = publications.chain(pages).take(MAX_ADDRESSES).collect();
    let path = address::SITEMAP.to_owned();
    let map = absolute(base, &path);
    cx.render_bare("site/sitemap.xml", path, &Sitemap { pages }, out);
    let text = format!("User-agent: *\nAllow: /\n\nSitemap: {map}\n");
    out.files.push(File { path: address::ROBOTS.to_owned(), text });
}

/// A day as a moment (RFC 3339).
fn moment(day: Date) -> String {
    format!("{}T00:00:00Z", day.last_day())
}

/// A text without the control characters that XML 1.0 (2.2) does not have.
fn clean(text: &str) -> String {
    text.replace(|c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'), " ")
}

/// The feeds that a page names in its head.
pub(super) fn named(cx: &Cx<'_>, page: &str) -> Vec<Feed> {
    if cx.press.settings.base_url.is_none() || cx.all.iter().all(|one| one.day.is_none())
    {
        return Vec::new();
    }
    Feed::both(page, &address::feed(), &cx.press.settings.title)
}
