//! The floor: the smallest program that does the same work in one process. It reads the
//! data and the text, makes Typst source of them through Tera and pulldown-cmark, and
//! exports PDF; no checks, no places, no errors worth reading.
//!
//! It shares nothing with annals but the crates both stand on, so that versions, build
//! settings, allocator and fonts are the same.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::{fs, thread};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use rayon::ThreadPoolBuilder;
use serde::Deserialize;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::clock::cpu;

/// The same faces as in annals.
static FONTS: [&[u8]; 5] = [
    include_bytes!("../../../assets/fonts/AnnalsSong-Regular.ttf"),
    include_bytes!("../../../assets/fonts/AnnalsSong-Bold.ttf"),
    include_bytes!("../../../assets/fonts/AnnalsHei-Regular.ttf"),
    include_bytes!("../../../assets/fonts/AnnalsHei-Bold.ttf"),
    include_bytes!("../../../assets/fonts/AnnalsKai-Regular.ttf"),
];

const TEMPLATE: &str = r#"#import "/design.typ": design
#show: design.with(title: {{ d.title | typst }}, org: {{ d.org | typst }}, date: {{ d.date | typst }})
{% for f in d.figures %}{% if not loop.first %} · {% endif %}{{ f.name }} #strong[{{ f.value }}{{ f.unit }}]{% endfor %}

#align(center, table(columns: {{ d.head | length }}, align: left + horizon, table.header({% for c in d.head %}[{{ c }}],{% endfor %}),
{% for r in d.rows %}{% for c in r %}[{{ c | markup }}],{% endfor %}
{% endfor %}))

{{ body }}
"#;

#[derive(Deserialize, serde::Serialize)]
struct Data {
    title: String,
    org: String,
    date: String,
    figures: Vec<serde_json::Value>,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// What all documents share.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    design: Source,
    main: FileId,
    tera: tera::Tera,
    folder: PathBuf,
    out: PathBuf,
    options: PdfOptions,
}

struct Document<'a> {
    shared: &'a Shared,
    source: Source,
}

impl World for Document<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.shared.library
    }
    fn book(&self) -> &LazyHash<FontBook> {
        &self.shared.book
    }
    fn main(&self) -> FileId {
        self.shared.main
    }
    fn source(&self, id: FileId) -> FileResult<Source> {
        match id {
            id if id == self.shared.main => Ok(self.source.clone()),
            id if id == self.shared.design.id() => Ok(self.shared.design.clone()),
            _ => Err(FileError::AccessDenied),
        }
    }
    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }
    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.get(index).cloned()
    }
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Nanoseconds of CPU time by stage, over all documents.
pub type Stages = BTreeMap<&'static str, u64>;

/// Makes `count` documents of `folder` on `threads` threads.
pub fn run(folder: &Path, out: &Path, count: usize, threads: usize) -> Stages {
    fs::create_dir_all(out).expect("the output folder can be made");
    let shared = Shared::new(folder, out);
    let clocks: [(&'static str, AtomicU64); 6] =
        ["load", "merge", "parse", "compile", "export", "write"]
            .map(|name| (name, AtomicU64::new(0)));
    let next = AtomicUsize::new(0);
    let work = || {
        loop {
            let number = next.fetch_add(1, Relaxed);
            if number >= count {
                break;
            }
            shared.make(number, |stage, since| {
                let now = cpu();
                clocks[stage].1.fetch_add(now - since, Relaxed);
                now
            });
            if number % 8 == 7 {
                typst::comemo::evict(0);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let pool = ThreadPoolBuilder::new().num_threads(1).stack_size(32 << 20);
                pool.build().expect("a thread can be started").install(work);
            });
        }
    });
    clocks.into_iter().map(|(name, clock)| (name, clock.into_inner())).collect()
}

/// Writes the Typst sources of the first documents of `folder` into it, for other
/// programs; says how many there are.
pub fn write_sources(folder: &Path, most: usize) -> usize {
    let shared = Shared::new(folder, folder);
    let path = |number: usize, ending: &str| folder.join(format!("{number:05}.{ending}"));
    let there = |number: &usize| path(*number, "json").exists();
    let numbers = (0..most).take_while(there);
    numbers
        .map(|number| {
            let source = shared.source(number, |_, now| now, 0).0;
            fs::write(path(number, "typ"), source).expect("it is written");
        })
        .count()
}

impl Shared {
    fn new(folder: &Path, out: &Path) -> Self {
        let mut fonts: Vec<Font> =
            FONTS.iter().flat_map(|bytes| Font::iter(Bytes::new(*bytes))).collect();
        fonts.extend(typst_assets::fonts().flat_map(|file| Font::iter(Bytes::new(file))));
        let id = |path: &str| {
            let path = VirtualPath::new(path).expect("a plain path");
            RootedPath::new(VirtualRoot::Project, path).intern()
        };
        let design =
            fs::read_to_string(folder.join("design.typ")).expect("it was written");
        let mut tera = tera::Tera::new();
        let quoted = |text: &str, _: tera::Kwargs, _: &tera::State| {
            format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
        };
        tera.register_filter("typst", quoted);
        let markup = |text: &str, _: tera::Kwargs, _: &tera::State| escaped(text);
        tera.register_filter("markup", markup);
        tera.add_raw_template("main.typ", TEMPLATE).expect("the template is sound");
        let standards = [PdfStandard::A_2a, PdfStandard::Ua_1];
        let moment = Datetime::from_ymd_hms(2026, 1, 1, 0, 0, 0).expect("a day");
        let options = PdfOptions {
            standards: PdfStandards::new(&standards).expect("they go together"),
            timestamp: Some(Timestamp::new_utc(moment)),
            ..PdfOptions::default()
        };
        Self {
            library: LazyHash::new(Library::builder().build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            design: Source::new(id("design.typ"), design),
            main: id("main.typ"),
            tera,
            folder: folder.to_owned(),
            out: out.to_owned(),
            options,
        }
    }

    /// Makes one document; `stage` takes the number of a stage and when it began.
    fn make(&self, number: usize, stage: impl Fn(usize, u64) -> u64) {
        let (source, now) = self.source(number, &stage, cpu());
        let world = Document { shared: self, source: Source::new(self.main, source) };
        let paged = typst::compile::<PagedDocument>(&world).output;
        let paged = paged.unwrap_or_else(|found| panic!("{number}: {found:?}"));
        let now = stage(3, now);
        let pdf = typst_pdf::pdf(&paged, &self.options);
        let pdf = pdf.unwrap_or_else(|found| panic!("{number}: {found:?}"));
        let now = stage(4, now);
        fs::write(self.out.join(format!("{number:05}.pdf")), pdf).expect("it is written");
        stage(5, now);
    }

    /// The Typst source of a document.
    fn source(
        &self,
        number: usize,
        stage: impl Fn(usize, u64) -> u64,
        now: u64,
    ) -> (String, u64) {
        let read = |ending: &str| {
            fs::read_to_string(self.folder.join(format!("{number:05}.{ending}")))
                .expect("it was written")
        };
        let data: Data = serde_json::from_str(&read("json")).expect("it is JSON");
        let text = read("md");
        let now = stage(0, now);
        let body = markup(&text);
        let now = stage(2, now);
        let mut context = tera::Context::new();
        context.insert("d", &data);
        context.insert("body", &body);
        let source = self.tera.render("main.typ", &context).expect("it renders");
        (source, stage(1, now))
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        if matches!(c, '\\' | '#' | '[' | ']' | '*' | '_' | '`' | '$' | '<' | '>' | '@')
            || matches!(c, '~' | '=' | '-' | '+' | '/' | '\'' | '"')
        {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Markdown as Typst markup.
fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut numbered = Vec::new();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                out.push('\n');
                out.push_str(&"=".repeat(level as usize));
                out.push(' ');
            }
            Event::End(TagEnd::Heading(_) | TagEnd::Paragraph) => out.push_str("\n\n"),
            Event::Start(Tag::Strong) => out.push_str("#strong["),
            Event::End(TagEnd::Strong) => out.push(']'),
            Event::Start(Tag::List(first)) => numbered.push(first.is_some()),
            Event::End(TagEnd::List(_)) => {
                numbered.pop();
                out.push('\n');
            }
            Event::Start(Tag::Item) => {
                let numbered = numbered.last().copied().unwrap_or_default();
                out.push_str(if numbered { "+ " } else { "- " });
            }
            Event::End(TagEnd::Item) => out.push('\n'),
            Event::Text(text) => out.push_str(&escaped(&text)),
            Event::SoftBreak => out.push('\n'),
            _ => {}
        }
    }
    out
}
