//! What finished PDFs hold.

use annals::diag::Diagnostics;
use annals::document::{
    Align, Block, BlockKind, Cell, Definition, Document, Heading, Image, Inline,
    InlineKind, Note, Picture, PictureBlock, Table, Target,
};
use annals::folder::Binary;
use annals::press::Meta;
use annals::source::Place;
use annals::typeset::{in_pool, run_workers};
use lopdf::Object;

use crate::sample::{self, Maker};
use crate::{Bench, shared};

const KINDS: [&str; 7] =
    ["review", "summary", "feature", "bulletin", "plan", "manual", "minutes"];

#[test]
#[expect(clippy::disallowed_methods, reason = "writes PDFs for people to look at")]
fn every_kind_makes_a_conforming_pdf_of_everything() {
    let bench = Bench::new("+++\n+++\n", &[]);
    let document = sample::document(Place::bytes(bench.narrative, 0..3));
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("typeset");
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    let chinese = KINDS.map(|kind| (kind.to_owned(), sample::meta(kind)));
    let english = KINDS.map(|kind| (format!("{kind}-en"), sample::english(kind)));
    for (name, meta) in chinese.into_iter().chain(english) {
        let pdf = bench.pdf(&document, &meta);
        assert!((2..9).contains(&pdf.pages), "{name} has {} pages", pdf.pages);
        std::fs::write(folder.join(format!("{name}.pdf")), pdf.bytes)
            .expect("the target folder can be written");
    }
}

#[test]
fn the_same_document_gives_the_same_bytes_with_any_number_of_threads() {
    let bench = Bench::new("+++\n+++\n", &[]);
    let document = sample::document(Place::bytes(bench.narrative, 0..3));
    let metas = KINDS.map(sample::meta);
    let alone: Vec<Vec<u8>> =
        metas.iter().map(|meta| bench.pdf(&document, meta).bytes).collect();
    let typesetter = shared().with_templates(&bench.library, &bench.sources);
    for threads in [1, 3] {
        run_workers(threads, 2 * metas.len(), |number| {
            let at = number % metas.len();
            let mut diags = Diagnostics::new();
            let job = bench.job(&document, &metas[at]);
            let pdf = typesetter.typeset(job, &bench.sources, &mut diags);
            assert!(
                pdf.is_ok_and(|pdf| pdf.bytes == alone[at]),
                "{} differs with {threads} threads",
                metas[at].kind
            );
        });
    }
}

#[test]
fn metadata_language_bookmarks_and_links_are_in_the_file() {
    let mut bench = Bench::new("+++\n+++\n", &[]);
    bench.base_url = Some("https://example.org/press/");
    let document = sample::document(Place::bytes(bench.narrative, 0..3));
    let bytes = bench.pdf(&document, &sample::meta("review")).bytes;
    let pdf = lopdf::Document::load_mem(&bytes).expect("the PDF can be read");
    let info = pdf.trailer.get(b"Info").and_then(|info| pdf.dereference(info));
    let info = info.expect("there is an Info dictionary").1.as_dict();
    let info = info.expect("it is a dictionary");
    let text = |key: &[u8]| {
        let value = info.get(key).expect("the key is there");
        lopdf::decode_text_string(value).expect("it is text")
    };
    assert_eq!(text(b"Title"), "2020年宝鸡市社会组织工作十件大事");
    assert_eq!(text(b"CreationDate"), "D:20210114000000Z");
    let catalog = pdf.catalog().expect("there is a catalog");
    let language = catalog.get(b"Lang").and_then(Object::as_str).expect("a language");
    assert_eq!(language, b"zh-CN");

    let mut addresses = Vec::new();
    let mut titles = Vec::new();
    for object in pdf.objects.values() {
        let Ok(dict) = object.as_dict() else { continue };
        if let Ok(action) = dict.get(b"A").and_then(Object::as_dict)
            && let Ok(address) = action.get(b"URI").and_then(Object::as_str)
        {
            addresses.push(String::from_utf8_lossy(address).into_owned());
        }
        if dict.has(b"Parent")
            && let Ok(title) = dict.get(b"Title")
        {
            titles.extend(lopdf::decode_text_string(title));
        }
    }
    addresses.sort();
    addresses.dedup();
    assert_eq!(
        addresses,
        [
            "https://example.org/%E5%B9%B4%E9%89%B4?a=1&b=2",
            "https://example.org/press/baoji/2020/%E6%9C%88%E6%8A%A5-03.pdf#%E4%B8%80%E3%80%81",
        ]
    );
    for title in
        ["2020年宝鸡市社会组织工作十件大事", "一、发布抗疫行动倡议书", "（一）主要措施"]
    {
        assert!(titles.iter().any(|found| found == title), "{title} in {titles:?}");
    }
}

#[test]
fn links_to_other_publications_are_relative_without_a_base_address() {
    let bench = Bench::new("+++\n+++\n", &[]);
    let m = Maker(Place::whole(bench.narrative));
    let to = |path: &str| Target::Publication { path: path.into(), anchor: None };
    let link = |path: &str| m.pars(vec![sample::link(m, to(path), "另见")]);
    let blocks = vec![
        link("baoji/2020/monthly-2020-03"),
        link("baoji/2021/plan"),
        link("suzhou/2022/a b"),
        link("index"),
    ];
    let document = Document { blocks, ..Document::default() };
    let bytes = bench.pdf(&document, &sample::meta("plan")).bytes;
    let found = String::from_utf8_lossy(&bytes).into_owned();
    for address in [
        "(monthly-2020-03.pdf)",
        "(../2021/plan.pdf)",
        "(../../suzhou/2022/a%20b.pdf)",
        "(../../index.pdf)",
    ] {
        assert!(found.contains(address), "{address}");
    }
}

#[test]
fn a_table_goes_on_over_pages() {
    let bench = Bench::new("+++\n+++\n", &[]);
    let m = Maker(Place::whole(bench.narrative));
    let blocks = vec![m.heading(2, "任务"), sample::table(m, 120)];
    let document = Document { blocks, ..Document::default() };
    assert!(bench.pdf(&document, &sample::meta("plan")).pages > 3);
}

#[test]
fn every_standard_can_be_asked_for() {
    let bench = Bench::new("+++\n+++\n", &[]);
    let m = Maker(Place::whole(bench.narrative));
    let blocks = vec![m.par("正文"), m.heading(2, "标题")];
    let document = Document { blocks, ..Document::default() };
    let meta = sample::meta("summary");
    for standard in annals::typeset::standard_names() {
        let mut diags = Diagnostics::new();
        let typesetter = bench.typesetter(&[standard], &mut diags).expect("it is known");
        let job = bench.job(&document, &meta);
        let made = in_pool(|| typesetter.typeset(job, &bench.sources, &mut diags));
        assert!(made.is_ok(), "{standard}: {:?}", bench.said(&diags));
    }
}

#[test]
fn a_press_replaces_one_function_of_the_shared_ones() {
    let own = "#import \"/annals.typ\": *\n\
               #let doc-quote(body) = block(strong[引：] + body)\n\
               #let layout(meta, body) = { show: base.with(meta); title(meta); body }";
    let bench = Bench::new("+++\n+++\n", &[("house/layout.typ", own)]);
    let m = Maker(Place::whole(bench.narrative));
    let quote: Block = m.block(BlockKind::Quote(vec![m.par("原话")]));
    let document = Document { blocks: vec![quote], ..Document::default() };
    let bytes = bench.pdf(&document, &sample::meta("house")).bytes;
    assert!(crate::border::text_of(&bytes).contains("引："));
}

#[test]
fn the_fonts_are_listed_with_where_they_come_from() {
    use annals::typeset::Origin;
    let faces = shared().faces();
    let has = |family: &str, weight: u16, built_in: bool| {
        faces.iter().any(|face| {
            face.family == family
                && face.weight == weight
                && (face.origin == Origin::BuiltIn) == built_in
                && face.characters > 1000
        })
    };
    assert!(has("Annals Song", 400, true));
    assert!(has("Annals Song", 700, true));
    assert!(has("Annals Hei", 700, true));
    assert!(has("Annals Kai", 400, true));
    assert!(has("FandolFang R", 400, false));
    assert!(has("DejaVu Sans Mono", 400, true));
}

/// Shapes that Markdown allows and that are easily forgotten.
#[test]
fn odd_shapes_pass() {
    let mut bench = Bench::new("+++\n+++\n", &[]);
    let m = Maker(Place::whole(bench.narrative));
    let words = |text: &str| vec![m.text(text)];
    let heading = |level: u8, anchor: &str, content: Vec<Inline>| {
        let (anchor, classes) = (anchor.to_owned(), Vec::new());
        m.block(BlockKind::Heading(Heading { level, anchor, classes, content }))
    };
    let image = || Image {
        path: "content/chart.svg".into(),
        alt: "图".into(),
        title: String::new(),
    };
    let to = |url: &str| Target::Url(url.into());
    let noted = |reference| m.inline(InlineKind::NoteRef { note: 1, reference });
    let missing = m.inline(InlineKind::NoteRef { note: 9, reference: 1 });
    let table = |head: Vec<Cell>, rows: Vec<Vec<Cell>>| {
        let columns = vec![Align::Auto; head.len()];
        m.block(BlockKind::Table(Table { columns, head, rows, ..Table::default() }))
    };
    let cell = |content| Cell { place: m.0, content };
    let blocks = vec![
        m.block(BlockKind::Contents),
        heading(2, "a", vec![]),
        heading(2, "b", vec![sample::link(m, to("https://example.org"), "带链接的标题")]),
        heading(2, "c", vec![m.text("带注的标题"), noted(1)]),
        heading(2, "d", vec![m.inline(InlineKind::Image(image())), m.text("图在题中")]),
        m.pars(vec![sample::link(m, Target::Anchor("a".into()), "空题")]),
        heading(2, "e", vec![m.inline(InlineKind::Code("代码 code".into()))]),
        m.pars(vec![]),
        m.pars(vec![
            sample::link(m, to(""), "空链接"),
            sample::link(m, to("mailto:a@b.cn"), ""),
        ]),
        m.pars(vec![sample::link(m, Target::Anchor(String::new()), "空锚"), missing]),
        m.pars(vec![m.inline(InlineKind::Link {
            target: to("https://example.org"),
            title: "说明".into(),
            content: vec![m.inline(InlineKind::Image(image()))],
        })]),
        m.list(None, true, vec![vec![], vec![m.par("一")]]),
        m.list(Some(0), true, vec![vec![m.heading(3, "表内标题"), m.par("一")]]),
        m.list(None, true, vec![]),
        m.items(Some(3), true, vec![(Some(true), vec![]), (None, vec![m.par("二")])]),
        m.block(BlockKind::Quote(vec![])),
        m.block(BlockKind::Quote(vec![m.list(None, true, vec![vec![m.par("引中列")]])])),
        m.block(BlockKind::Definitions(vec![Definition {
            term: vec![],
            details: vec![],
        }])),
        m.block(BlockKind::Code { language: "不知道".into(), text: String::new() }),
        m.block(BlockKind::Code {
            language: String::new(),
            text: "\n\n\t长".repeat(200),
        }),
        table(vec![cell(vec![])], vec![]),
        table(
            vec![cell(vec![m.text("注"), noted(2)])],
            vec![vec![cell(words("长".repeat(2000).as_str()))]],
        ),
        m.block(BlockKind::Figure(PictureBlock { caption: None, image: image() })),
        m.pars(vec![m.inline(InlineKind::HardBreak), m.inline(InlineKind::SoftBreak)]),
        m.par(&"无空格".repeat(700)),
        m.par(&"https://example.org/".repeat(30)),
    ];
    let note = Note {
        place: m.0,
        anchor: "fn-1".into(),
        references: 2,
        blocks: vec![
            m.pars(vec![m.text("注"), noted(3)]),
            m.par("第二段"),
            sample::table(m, 1),
        ],
    };
    let wide = Binary {
        path: "content/chart.svg".into(),
        bytes: sample::CHART.replace("320", "3200").as_bytes().into(),
        hash: String::new(),
    };
    bench.pictures.insert(wide.path.clone(), wide);
    let pictures = vec![Picture { path: "content/chart.svg".into(), place: m.0 }];
    let document = Document {
        outline: sample::outline(&blocks),
        blocks,
        notes: vec![note],
        pictures,
        ..Document::default()
    };
    for kind in KINDS {
        let bytes = bench.pdf(&document, &sample::meta(kind)).bytes;
        assert!(bytes.starts_with(b"%PDF-"), "{kind}");
        bench.pdf(&Document::default(), &sample::meta(kind));
    }
    let meta = Meta { title: "题".into(), kind: "bulletin".into(), ..Meta::default() };
    bench.pdf(&document, &meta);
}
