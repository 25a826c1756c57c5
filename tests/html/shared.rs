//! What the tests of pages share: documents made by hand, and pages of them.

use annals::document::*;
use annals::html::{self, Body, Options, PageContext, PageParts, PictureSource, Profile};
use annals::locale::Language;
use annals::model::{Date, Datum, Figure, Item, Period, Quantity};
use annals::press::Meta;
use annals::sheet::{Known, Sheet};
use annals::source::{Place, SourceFile, Sources};

/// The style sheet of all pages.
pub const STYLE: &str = include_str!("../../templates/style.css");

/// The kinds that have a layout of their own, with it.
pub const LAYOUTS: [(&str, &str); 6] = [
    ("bulletin", include_str!("../../templates/bulletin/page.html")),
    ("feature", include_str!("../../templates/feature/page.html")),
    ("manual", include_str!("../../templates/manual/page.html")),
    ("plan", include_str!("../../templates/plan/page.html")),
    ("review", include_str!("../../templates/review/page.html")),
    ("summary", include_str!("../../templates/summary/page.html")),
];

/// A place: these tests do not look at places.
pub fn place() -> Place {
    let file = SourceFile::new("a.md".into(), String::new(), Vec::new(), String::new());
    Place::whole(Sources::new().add(file))
}

/// A block.
pub fn block(kind: BlockKind) -> Block {
    Block { place: place(), kind }
}

/// A run of text.
pub fn inline(kind: InlineKind) -> Inline {
    Inline { place: place(), kind }
}

/// Text.
pub fn text(text: &str) -> Inline {
    inline(InlineKind::Text(text.into()))
}

/// A paragraph of text.
pub fn paragraph(words: &str) -> Block {
    block(BlockKind::Paragraph(vec![text(words)]))
}

/// The text of a page.
pub fn body(document: &Document, profile: Profile) -> String {
    parts(document, profile).whole()
}

/// The text of a page, and its annexes.
fn parts(document: &Document, profile: Profile) -> Body {
    let from = "baoji/2020/a";
    let sheet = sheet(document);
    html::body(
        document,
        &Options {
            charts: &[],
            figures: &sheet,
            language: Language::Zh,
            profile,
            link: &|path, anchor| html::publication_href(from, path, anchor),
            picture: &|image| PictureSource {
                href: match profile {
                    Profile::Page => html::file_href(from, &image.path),
                    Profile::CommonMark => image.path.clone(),
                },
                size: (profile == Profile::Page).then_some((640, 480)),
            },
        },
    )
}

/// The figures of a document; each text that is known of one is its name.
fn sheet(document: &Document) -> Sheet {
    let mut known = Vec::new();
    document.each_inline(&mut |inline| {
        if let InlineKind::Figure(text) = &inline.kind {
            known.push((text.figure.name.clone(), figure(&text.figure.name)));
        }
    });
    Sheet::of(
        document,
        Known {
            figure: &|name| known.iter().find(|(one, _)| one == name).map(|(_, it)| it),
            show: &|_| "a.md:1".to_owned(),
            language: Language::Zh,
        },
    )
}

/// A figure of which everything is known; each text is `word`.
fn figure(word: &str) -> Figure {
    let words = || word.to_owned();
    let mut value = Quantity::parse("1200余万元", None).expect("a quantity");
    value.text = words();
    Figure {
        item: Item {
            id: "donated".into(),
            place: place(),
            extra: Default::default(),
            without: Vec::new(),
        },
        label: words(),
        value,
        value_place: place(),
        scope: Some(words()),
        period: Some(Period::Year(2020)),
        as_of: Date::new(2020, Some(12), None),
        source: Some(words()),
        event: None,
        previous: None,
        target: None,
        definition: Some(words()),
        note: Some(words()),
        part_of: None,
        formula: None,
        rounding: None,
    }
}

/// What a template of this kind is given for a document; every text of its front matter
/// is `word`.
pub fn meta(kind: &str, word: &str) -> Meta {
    let words = || word.to_owned();
    let texts = ["host", "theme", "place", "contact", "source", "editor", "reviewer"];
    let more =
        ["issuer", "document_number", "column", "kicker", "reporter", "photographer"];
    let lists = ["report_to", "send_to", "distribute_to", "recipients"];
    let text = |key: &str| (key.to_owned(), Datum::Text(words()));
    let list = |key: &str| (key.to_owned(), Datum::List(vec![Datum::Text(words()); 2]));
    let texts = texts.into_iter().chain(more).map(text);
    let mut extra: indexmap::IndexMap<String, Datum> =
        texts.chain(lists.into_iter().map(list)).collect();
    for key in ["copies", "total_issue"] {
        extra.insert(key.into(), Datum::Number(20.into(), "20".into()));
    }
    extra.insert("chapter".into(), Datum::Number(3.into(), "3".into()));
    Meta {
        title: words(),
        subtitle: Some(words()),
        authors: vec![words(), words()],
        keywords: vec![words()],
        summary: Some(words()),
        date: Date::new(2021, Some(1), Some(14)),
        language: Language::Zh,
        publisher: Some(words()),
        kind: kind.into(),
        kind_label: words(),
        series: "baoji".into(),
        series_title: words(),
        period: Some(Period::Year(2020)),
        issue: Some(3),
        path: "baoji/2020/a".into(),
        draft: true,
        watermark: None,
        extra,
        series_extra: [("masthead".to_owned(), Datum::Text(words()))].into(),
    }
}

/// A page of a kind, as its template writes it.
pub fn page(document: &Document, meta: &Meta) -> String {
    let body = parts(document, Profile::Page);
    let parts = PageParts {
        body,
        style: STYLE,
        pdf: Some("a.pdf"),
        pdf_size: None,
        figures: None,
        frame: None,
        versions: Vec::new(),
    };
    render(&html::page_context(document, meta, parts))
}

fn render(context: &PageContext<'_>) -> String {
    let mut tera = tera::Tera::new();
    let layouts = LAYOUTS.iter().map(|(kind, text)| (format!("{kind}/page.html"), *text));
    let base = ("base.html".to_owned(), include_str!("../../templates/base.html"));
    let minutes = ("minutes/page.html".to_owned(), "{% extends \"base.html\" %}");
    let parts = ("parts.html".to_owned(), include_str!("../../templates/parts.html"));
    let mark =
        ("watermark.css".to_owned(), include_str!("../../templates/watermark.css"));
    tera.add_raw_templates(layouts.chain([base, parts, minutes, mark]))
        .expect("the layouts parse");
    let name = format!("{}/page.html", context.page.kind);
    let context = tera::Context::from_serialize(context).expect("a context is a map");
    tera.render(&name, &context).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A document in which every sort of block and run stands once, each text of it `word`.
pub fn everything(word: &str) -> Document {
    let run = || text(word);
    let runs = || vec![run()];
    let words = || word.to_owned();
    let image =
        || Image { path: "baoji/bridge 1.png".into(), alt: words(), title: words() };
    let caption = |number, anchor: &str| {
        Some(Caption { number, anchor: anchor.into(), content: runs() })
    };
    let cell = || Cell { place: place(), content: runs() };
    let link = |target| InlineKind::Link { target, title: words(), content: runs() };
    let kinds = [
        InlineKind::Text(words()),
        InlineKind::Figure(FigureText {
            text: words(),
            figure: FigureRef {
                name: words(),
                value: words(),
                unit: words(),
                form: None,
            },
        }),
        InlineKind::Strong(runs()),
        InlineKind::Emphasis(runs()),
        InlineKind::Strike(runs()),
        InlineKind::Code(words()),
        link(Target::Url(format!("https://example.cn/?{word}"))),
        link(Target::Anchor("tbl-一".into())),
        link(Target::Publication { path: format!("x/{word}"), anchor: Some(words()) }),
        InlineKind::Image(image()),
        InlineKind::HardBreak,
        InlineKind::SoftBreak,
    ];
    let references = std::cell::Cell::new(0);
    let all = || {
        references.set(references.get() + 1);
        let reference = InlineKind::NoteRef { note: 1, reference: references.get() };
        let content = kinds.clone().into_iter().chain([reference]).map(inline).collect();
        vec![block(BlockKind::Paragraph(content))]
    };
    let item = |task| ListItem { place: place(), task, blocks: vec![paragraph(word)] };
    let list = |start, tight, items: [Option<bool>; 2]| {
        BlockKind::List(List { start, tight, items: items.map(item).to_vec() })
    };
    let heading = |level, anchor: &str| {
        let (anchor, classes) = (anchor.to_owned(), vec![words()]);
        BlockKind::Heading(Heading { level, anchor, classes, content: runs() })
    };
    let table = |caption| {
        BlockKind::Table(Table {
            caption,
            columns: vec![Align::Auto, Align::Right],
            head: vec![cell(), Cell { place: place(), content: Vec::new() }],
            rows: vec![vec![cell(), cell()]],
            ..Table::default()
        })
    };
    use AdmonitionKind::{Caution, Important, Note as Remark, Tip, Warning};
    let admonition = |kind| BlockKind::Admonition(Admonition { kind, blocks: all() });
    let definition = Definition {
        term: runs(),
        details: vec![vec![paragraph(word)], vec![paragraph(word), paragraph(word)]],
    };
    let mut blocks = all();
    blocks.extend(
        [
            BlockKind::Contents,
            heading(2, "一、党建"),
            list(None, true, [None, None]),
            list(Some(3), false, [None, None]),
            heading(3, "100%"),
            list(None, true, [Some(true), Some(false)]),
            BlockKind::Definitions(vec![definition]),
            BlockKind::Quote(all()),
            admonition(Remark),
            admonition(Tip),
            admonition(Important),
            admonition(Warning),
            admonition(Caution),
            heading(2, "二"),
            BlockKind::Code { language: words(), text: words() },
            table(caption(1, "tbl-一")),
            table(None),
            BlockKind::Figure(PictureBlock {
                caption: caption(1, "fig-a"),
                image: image(),
            }),
            BlockKind::Rule,
        ]
        .map(block),
    );
    let outline = [(2, "一、党建"), (3, "100%"), (2, "二")];
    let outline = outline.map(|(level, anchor)| OutlineItem {
        level,
        anchor: anchor.into(),
        text: words(),
    });
    let blocks_of_note = vec![paragraph(word), paragraph(word)];
    let note = Note {
        place: place(),
        anchor: "note-1".into(),
        references: references.get(),
        blocks: blocks_of_note,
    };
    Document { blocks, notes: vec![note], outline: outline.into(), ..Document::default() }
}
