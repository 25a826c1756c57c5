//! The bulletins as sites of Hugo and Zola: the same Markdown, a page of one layout, and a
//! list of all pages.

use std::io;
use std::path::Path;

use crate::corpus::{Shape, put};

const HUGO: &str = r#"baseURL = "http://localhost/"
title = "测量"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404", "section"]
"#;

const ZOLA: &str = r#"base_url = "http://localhost"
title = "测量"
compile_sass = false
build_search_index = false
generate_feeds = false
generate_sitemap = false
generate_robots_txt = false
"#;

const HUGO_PAGE: &str = r#"<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><header><h1>{{ .Title }}</h1><p>{{ .Params.org }} {{ .Date.Format "2006-01-02" }}</p></header><main>{{ .Content }}</main><footer>{{ .Site.Title }}</footer></body></html>
"#;

const HUGO_HOME: &str = r#"<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{{ .Site.Title }}</title></head><body><ul>{{ range .Site.RegularPages }}<li><a href="{{ .Permalink }}">{{ .Title }}</a></li>{{ end }}</ul></body></html>
"#;

const ZOLA_PAGE: &str = r#"<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{{ page.title }}</title></head><body><header><h1>{{ page.title }}</h1><p>{{ page.extra.org }} {{ page.date }}</p></header><main>{{ page.content | safe }}</main><footer>{{ config.title }}</footer></body></html>
"#;

const ZOLA_HOME: &str = r#"<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{{ config.title }}</title></head><body><ul>{% for p in section.pages %}<li><a href="{{ p.permalink | safe }}">{{ p.title }}</a></li>{% endfor %}</ul></body></html>
"#;

/// Where a bulletin's page is, below the content folder, without ending: each gets a folder
/// of its own from both programs, in the same place as from annals.
pub fn page(shape: Shape, number: usize) -> String {
    match shape {
        Shape::Folders(_) | Shape::Plain(_) => shape.record(number),
        Shape::Series(_) | Shape::Long => shape.narrative(number),
    }
}

/// Writes `folder/hugo` and `folder/zola`.
pub fn write(folder: &Path, shape: Shape) -> io::Result<()> {
    let (hugo, zola) = (folder.join("hugo"), folder.join("zola"));
    put(&hugo.join("hugo.toml"), HUGO)?;
    put(&hugo.join("layouts/page.html"), HUGO_PAGE)?;
    put(&hugo.join("layouts/home.html"), HUGO_HOME)?;
    put(&zola.join("config.toml"), ZOLA)?;
    put(&zola.join("templates/page.html"), ZOLA_PAGE)?;
    put(&zola.join("templates/index.html"), ZOLA_HOME)?;
    put(&zola.join("templates/section.html"), ZOLA_HOME)?;
    put(&zola.join("content/_index.md"), "+++\nsort_by = \"date\"\n+++\n")?;
    for (number, bulletin) in shape.bulletins() {
        let path = format!("content/{}.md", page(shape, number));
        put(&hugo.join(&path), &bulletin.page(""))?;
        put(&zola.join(&path), &bulletin.page("[extra]\n"))?;
    }
    Ok(())
}
