//! What narratives may hold, and what is reported.

use annals::diag::codes::parse as table;
use annals::document::{BlockKind, Document, FigureRef, InlineKind, Target, plain_text};
use annals::manuscript::{Manuscript, Origin, Piece};
use annals::parse::Dialect;
use annals::source::Place;

use super::shared::{codes, html, narrative, paragraphs, parse_in, place, text_of};

/// The document of a narrative in which nothing is to be found fault with.
fn sound(text: &str) -> Document {
    let (document, diags) = narrative(text);
    let messages: Vec<&str> = diags.iter().map(|found| found.message.as_str()).collect();
    assert!(messages.is_empty(), "{text}: {messages:?}");
    document
}

/// The findings about a narrative: code, place and message, hint.
fn findings(text: &str) -> Vec<(&'static str, String, String, String)> {
    let (_, diags) = narrative(text);
    let found = diags.iter().map(|found| {
        let range = found.place.and_then(|place| place.range()).unwrap_or(0..0);
        let covered = text.get(range).unwrap_or("").to_owned();
        (found.code.id, covered, found.message.clone(), found.hints.join("; "))
    });
    found.collect()
}

#[test]
fn every_code_has_its_example_and_its_mend() {
    for code in table::ALL {
        let example = match code.id {
            "nesting-too-deep" => "> ".repeat(100) + "引文",
            _ => code.example.to_owned(),
        };
        assert!(codes(&narrative(&example).1).contains(&code.id), "{}", code.id);
        assert!(!codes(&narrative(code.mend).1).contains(&code.id), "{}", code.id);
    }
}

#[test]
fn soft_breaks_between_chinese_characters_vanish() {
    for (text, expected) in [
        ("中文\n文字", "中文文字"),
        ("**中**\n文，\n2020", "<strong>中</strong>文，2020"),
        ("共\n442\n家", "共\n442\n家"),
        ("中文[^1]\n文字\n\n[^1]: 注", "中文<sup>1.1</sup>文字"),
        ("甲“乙”\n丙\\\n丁", "甲“乙”丙<br />\n丁"),
        ("word\nword", "word\nword"),
        ("`甲`\n`乙`", "<code>甲</code><code>乙</code>"),
    ] {
        assert_eq!(paragraphs(&sound(text)), format!("<p>{expected}</p>"));
    }
}

/// A narrative some words of which figures printed.
fn with_figures(text: &str, printed: &[&str]) -> (Document, Vec<&'static str>) {
    let figure = |word: &&str| {
        let start = text.find(word).expect("the text has it");
        let name = format!("baoji/2020/{word}");
        let figure =
            FigureRef { name, value: "1".into(), unit: String::new(), form: None };
        (start..start + word.len(), figure)
    };
    let mut manuscript = Manuscript::literal(text, place());
    manuscript.figures = printed.iter().map(figure).collect();
    let (document, diags) = parse_in(Dialect::Narrative, &manuscript);
    (document, codes(&diags))
}

#[test]
fn figures_are_pulled_out_of_the_text() {
    for text in [
        "> [!数据]\n> - 278家 参与捐赠\n> - 捐赠款物：1200余万元",
        "> [!FIGURES]\n>\n> 1. 278家：参与捐赠\n> 2. 捐赠款物 1200余万元",
    ] {
        let (document, said) = with_figures(text, &["278家", "1200余万元"]);
        assert_eq!(said, [""; 0], "{text}");
        let [block] = document.blocks.as_slice() else { panic!("{text}") };
        let BlockKind::Pulled(figures) = &block.kind else { panic!("{text}: {block:?}") };
        let found: Vec<_> = figures
            .iter()
            .map(|figure| (plain_text(&figure.number), plain_text(&figure.label)))
            .collect();
        let pair = |number: &str, label: &str| (number.to_owned(), label.to_owned());
        let expected = [pair("278家", "参与捐赠"), pair("1200余万元", "捐赠款物")];
        assert_eq!(found, expected, "{text}");
    }
    // Nothing but what the record says is printed large, and data is no signal.
    for text in ["> [!数据]\n> - 300家", "> [!数据]\n>\n> 一段话"] {
        assert_eq!(with_figures(text, &[]).1, ["no-pulled-figure"], "{text}");
    }
}

#[test]
fn headings_get_readable_anchors_and_an_outline() {
    let document = sound(
        "## 一、总体情况\n\n### Party Building\n\n### Party Building\n\n## 二 {#two .wide}\n\n\
         见[](#一总体情况)、[](#two)、[此处](#party-building-2)",
    );
    let outline: Vec<_> = document
        .outline
        .iter()
        .map(|item| (item.level, item.anchor.as_str(), item.text.as_str()))
        .collect();
    assert_eq!(
        outline,
        [
            (2, "一总体情况", "一、总体情况"),
            (3, "party-building", "Party Building"),
            (3, "party-building-2", "Party Building"),
            (2, "two", "二"),
        ]
    );
    let BlockKind::Paragraph(last) = &document.blocks[4].kind else {
        panic!("a paragraph")
    };
    assert_eq!(
        html(last),
        "见<a href=\"#一总体情况\">一、总体情况</a>、<a href=\"#two\">二</a>、\
         <a href=\"#party-building-2\">此处</a>"
    );
}

#[test]
fn levels_begin_at_two_and_skip_none() {
    let ids = |text| codes(&narrative(text).1);
    assert_eq!(ids("## 甲\n\n### 乙\n\n## 丙"), [""; 0]);
    assert_eq!(ids("# 甲\n\n## 乙"), ["title-in-body"]);
    assert_eq!(ids("### 甲"), ["heading-skip"]);
    assert_eq!(ids("## 甲\n\n#### 乙\n\n#### 丙"), ["heading-skip"]);
    assert_eq!(ids("甲\n==="), ["title-in-body"]);
}

#[test]
fn tables_and_pictures_are_numbered_and_referred_to() {
    let document = sound(
        "表：捐赠情况 {#tbl-gifts}\n\n| 项目 | 金额 |\n|---|--:|\n| 现金 | 1200余万元 |\n\n\
         | a |\n|---|\n\n| b |\n|---|\n\nTable: second\n\n\
         ![南大门](gate.jpg \"修缮后的南大门\"){#fig-gate}\n\n![无题](../2019/x.png)\n\n\
         见[](#tbl-gifts)、[](#table-2)和[](#fig-gate)",
    );
    let mut captions = Vec::new();
    document.each_block(&mut |block| match &block.kind {
        BlockKind::Table(table) => captions.push(table.caption.clone()),
        BlockKind::Figure(figure) => captions.push(figure.caption.clone()),
        _ => {}
    });
    let shown: Vec<_> = captions
        .iter()
        .map(|one| {
            one.as_ref().map(|one| (one.number, one.anchor.as_str(), html(&one.content)))
        })
        .collect();
    assert_eq!(
        shown,
        [
            Some((1, "tbl-gifts", "捐赠情况".to_owned())),
            None,
            Some((2, "table-2", "second".to_owned())),
            Some((1, "fig-gate", "修缮后的南大门".to_owned())),
            None,
        ]
    );
    let last = paragraphs(&document);
    assert!(last.ends_with(
        "<p>见<a href=\"#tbl-gifts\">表1</a>、<a href=\"#table-2\">表2</a>和\
         <a href=\"#fig-gate\">图1</a></p>"
    ));
    let pictures: Vec<&str> =
        document.pictures.iter().map(|picture| picture.path.as_str()).collect();
    assert_eq!(pictures, ["content/baoji/2020/gate.jpg", "content/baoji/2019/x.png"]);
    assert_eq!(document.anchors, ["tbl-gifts", "table-2", "fig-gate"]);
}

#[test]
fn a_caption_needs_no_empty_line() {
    for text in [
        "表：捐赠 {#t}\n| 项目 | 金额 |\n|---|---|\n| 现金 | 1 |\n",
        "| 项目 | 金额 |\n|---|---|\n| 现金 | 1 |\n表：捐赠 {#t}\n",
        "> 表：捐赠 {#t}\n>\n> | 项目 | 金额 |\n> |---|---|\n> | 现金 | 1 |\n",
    ] {
        let mut shown = Vec::new();
        sound(text).each_block(&mut |block| {
            if let BlockKind::Table(table) = &block.kind {
                let caption = table.caption.as_ref().map(|one| html(&one.content));
                shown.push((caption, table.rows.len()));
            }
        });
        assert_eq!(shown, [(Some("捐赠".to_owned()), 1)], "{text}");
    }
}

#[test]
fn notes_are_numbered_as_readers_meet_them() {
    let document = sound(
        "[^b]: 乙，见[^c]\n\n甲[^a]乙[^b]再甲[^a]\n\n[^a]: 甲\n\n    第二段\n\n[^c]: 丙",
    );
    assert_eq!(
        paragraphs(&document),
        "<p>甲<sup>1.1</sup>乙<sup>2.1</sup>再甲<sup>1.2</sup></p>"
    );
    let notes: Vec<_> = document
        .notes
        .iter()
        .map(|note| (note.anchor.as_str(), note.references, text_of(&note.blocks)))
        .collect();
    assert_eq!(
        notes,
        [
            ("note-1", 2, "甲\n第二段".to_owned()),
            ("note-2", 1, "乙，见".to_owned()),
            ("note-3", 1, "丙".to_owned()),
        ]
    );
    assert_eq!(codes(&narrative("`[^a]` \\[^a] [^a b]").1), [""; 0]);
    assert_eq!(
        findings("甲[^gift]\n\n[^gifts]: 乙"),
        [
            (
                "unknown-note",
                "[^gift]".to_owned(),
                "no note is written for `[^gift]`".to_owned(),
                "did you mean `[^gifts]`?; write the note in a paragraph that begins with \
                 `[^gift]: `, or a backslash before `[` to print it as it is"
                    .to_owned()
            ),
            (
                "unused-note",
                "[^gifts]: 乙".to_owned(),
                "note `[^gifts]` is never referred to".to_owned(),
                "write `[^gifts]` where it belongs, or take it away".to_owned()
            ),
        ]
    );
}

#[test]
fn links_lead_to_publications_and_addresses() {
    let document = sound(
        "[一](ten-events.md) [二](../2019/review.md#捐赠) [三](ten-events.html) \
         [四](https://example.org/a?b=c) <mail@example.org> [五](tel:110) \
         [六](ten-events.pdf) [七](this.md#甲)\n\n## 甲",
    );
    let mut targets = Vec::new();
    document.each_inline(&mut |inline| {
        if let InlineKind::Link { target, .. } = &inline.kind {
            targets.push(target.clone());
        }
    });
    let publication = |path: &str, anchor: Option<&str>| Target::Publication {
        path: path.to_owned(),
        anchor: anchor.map(str::to_owned),
    };
    assert_eq!(
        targets,
        [
            publication("baoji/2020/ten-events", None),
            publication("baoji/2019/review", Some("捐赠")),
            publication("baoji/2020/ten-events", None),
            Target::Url("https://example.org/a?b=c".to_owned()),
            Target::Url("mailto:mail@example.org".to_owned()),
            Target::Url("tel:110".to_owned()),
            Target::Url("ten-events.pdf".to_owned()),
            Target::Anchor("甲".to_owned()),
        ]
    );
    let [crossing] = document.cross_references.as_slice() else { panic!("one") };
    assert_eq!(
        (crossing.path.as_str(), crossing.anchor.as_str()),
        ("baoji/2019/review", "捐赠")
    );
}

#[test]
fn links_that_lead_nowhere_are_reported_where_they_stand() {
    for (text, code, message, hint) in [
        (
            "[甲](ten-event.md)",
            "unknown-narrative",
            "the press has no narrative `content/baoji/2020/ten-event.md`",
            "did you mean `ten-events.md`?",
        ),
        (
            "[甲](../2019/reviews.md)",
            "unknown-narrative",
            "the press has no narrative `content/baoji/2019/reviews.md`",
            "did you mean `../2019/review.md`?",
        ),
        (
            "[甲](#gift)\n\n## 乙 {#gifts}",
            "unknown-anchor",
            "this document has no anchor `gift`",
            "did you mean `gifts`?",
        ),
        (
            "[甲](JavaScript:alert(1))",
            "refused-scheme",
            "links of scheme `javascript` are not allowed",
            "use one of `http`, `https`, `mailto`, `tel`",
        ),
        (
            "[甲](&#x01;java&#x0A;script:alert)",
            "refused-scheme",
            "links of scheme `javascript` are not allowed",
            "use one of `http`, `https`, `mailto`, `tel`",
        ),
        (
            "[甲](../../../../etc/passwd)",
            "path-outside-press",
            "`../../../../etc/passwd` is an absolute path or leaves the press",
            "write the path from this narrative's folder on, with `/`",
        ),
        (
            "[甲](//evil.example/x)",
            "path-outside-press",
            "`//evil.example/x` is an absolute path or leaves the press",
            "write the path from this narrative's folder on, with `/`",
        ),
        (
            "[](ten-events.md)",
            "empty-link",
            "this link has no words",
            "write words between `[` and `]`",
        ),
    ] {
        let found = findings(text);
        let link = text.lines().next().unwrap_or("").to_owned();
        let expected = (code, link, message.to_owned(), hint.to_owned());
        assert_eq!(found, [expected], "{text}");
    }
}

#[test]
fn comments_vanish_and_other_html_is_refused() {
    let document = sound("甲<!-- 给编辑 -->乙\n\n<!-- 一\n\n二 -->\n\n丙");
    assert_eq!(paragraphs(&document), "<p>甲乙</p>\n<p>丙</p>");
    let ids = |text| codes(&narrative(text).1);
    assert_eq!(ids("甲<b>乙</b>丙</b>"), ["raw-html", "raw-html"]);
    assert_eq!(ids("<!-- 一 --> 正文"), ["raw-html"]);
    assert_eq!(ids("<!-- 一\n\n正文"), ["raw-html"]);
    assert_eq!(ids("<div>\n\n正文\n\n</div>"), ["raw-html"]);
    let (document, _) = narrative("甲<script>乙");
    assert_eq!(paragraphs(&document), "<p>甲&lt;script&gt;乙</p>");
}

#[test]
fn blocks_come_as_they_are_written() {
    let document = sound(
        "> [!WARNING]\n> 注意\n\n- [x] 完成\n- [ ] 未完\n\n1. 一\n\n2. 二\n\n词\n\n: 释义\n\n\
         [[toc]]\n\n```rust\nlet a;\n```\n\n---\n",
    );
    let shown = format!("{:?}", document.blocks);
    for part in [
        "Admonition { kind: Warning",
        "task: Some(true)",
        "task: Some(false)",
        "start: Some(1), tight: false",
        "start: None, tight: true",
        "Definitions([Definition { term: [Inline",
        "Contents",
        "Code { language: \"rust\", text: \"let a;\\n\" }",
        "Rule",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
}

#[test]
fn surplus_cells_are_reported() {
    let (document, diags) = narrative("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n| 4 |");
    assert_eq!(codes(&diags), ["surplus-cells"]);
    let BlockKind::Table(table) = &document.blocks[0].kind else { panic!("a table") };
    assert!(table.rows.iter().all(|row| row.len() == 2));
    assert_eq!(codes(&narrative("| a |\n|---|\n| b \\| `c\\|` |\n| d |  |").1), [""; 0]);
}

/// A manuscript of literal and printed pieces; printed ones stand at `0..8` of the file,
/// those with a name are figures.
fn merged(pieces: &[(&str, Option<&str>)]) -> Manuscript {
    let mut manuscript = Manuscript::default();
    for (text, printed) in pieces {
        let start = manuscript.text.len();
        manuscript.text.push_str(text);
        let (place, origin) = match printed {
            None => {
                let range = start..start + text.len();
                (Place::bytes(place().file, range), Origin::Literal)
            }
            Some(_) => (Place::bytes(place().file, 0..8), Origin::Expression),
        };
        manuscript.pieces.push(Piece { start, place, origin });
        if let Some(name) = printed.filter(|name| !name.is_empty()) {
            let (name, value, unit) = (name.to_owned(), "12".to_owned(), String::new());
            let figure = FigureRef { name, value, unit, form: None };
            manuscript.figures.push((start..manuscript.text.len(), figure));
        }
    }
    manuscript
}

#[test]
fn figures_keep_their_identity() {
    let manuscript = merged(&[
        ("共**", None),
        (r"1\,200余万元", Some("baoji/2020/donated")),
        ("**，", None),
        ("442", Some("baoji/2020/donors")),
        ("家，`", None),
        (r"a\`\*", Some("baoji/2020/code")),
        ("`", None),
    ]);
    let (document, diags) = parse_in(Dialect::Narrative, &manuscript);
    assert!(diags.is_empty());
    assert_eq!(
        paragraphs(&document),
        "<p>共<strong><data>1,200余万元</data></strong>，<data>442</data>家，\
         <code>a`*</code></p>"
    );
    let mut names = Vec::new();
    document.each_inline(&mut |inline| {
        if let InlineKind::Figure(figure) = &inline.kind {
            names.push((figure.figure.name.clone(), inline.place.range()));
        }
    });
    let at = Some(0..8);
    assert_eq!(
        names,
        [
            ("baoji/2020/donated".to_owned(), at.clone()),
            ("baoji/2020/donors".to_owned(), at)
        ]
    );
}

#[test]
fn printed_data_never_changes_emphasis_or_structure() {
    for (data, text) in [
        ("“甲”", "“甲”"),
        ("（甲）", "（甲）"),
        ("甲", "甲"),
        ("", ""),
        (r"\*", "*"),
        ("甲  ", "甲  "),
        (r"\`\`\`", "```"),
        (r"\<b\>", "<b>"),
        (r"\&amp\;", "&amp;"),
        (r"\\", "\\"),
        (r"\{\#id\}", "{#id}"),
    ] {
        let shown = |before, after| {
            let pieces = [(before, None), (data, Some("")), (after, None)];
            let (document, diags) = parse_in(Dialect::Narrative, &merged(&pieces));
            assert!(diags.is_empty());
            document
        };
        let escaped =
            text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let strong = match text {
            "" => String::new(),
            _ => format!("<strong>{escaped}</strong>"),
        };
        assert_eq!(paragraphs(&shown("中**", "**文")), format!("<p>中{strong}文</p>"));
        assert!(!paragraphs(&shown("a", "\nb")).contains("<br"));
        if !text.is_empty() {
            assert_eq!(
                paragraphs(&shown("`", "`")),
                format!("<p><code>{escaped}</code></p>")
            );
            assert_eq!(
                text_of(&shown("| a |\n|---|\n| ", " |").blocks),
                format!("a\n{text}")
            );
            assert_eq!(text_of(&shown("## ", "").blocks), text);
        }
    }
}

#[test]
fn places_lead_to_the_source() {
    let text = "## 一\n\n推进**“两个覆盖”**常态化，见[甲](#x)\n\n| a |\n|---|\n| 乙 |\n";
    let (document, diags) = narrative(text);
    let covered = |place: Place| text.get(place.range().unwrap_or(0..0)).unwrap_or("?");
    let mut inlines = Vec::new();
    document.each_inline(&mut |inline| inlines.push(covered(inline.place)));
    assert_eq!(
        inlines,
        [
            "一",
            "推进",
            "**“两个覆盖”**",
            "“两个覆盖”",
            "常态化，见",
            "[甲](#x)",
            "甲",
            "a",
            "乙"
        ]
    );
    let blocks: Vec<&str> =
        document.blocks.iter().map(|block| covered(block.place).trim_end()).collect();
    assert_eq!(
        blocks,
        ["## 一", "推进**“两个覆盖”**常态化，见[甲](#x)", "| a |\n|---|\n| 乙 |"]
    );
    let places: Vec<&str> =
        diags.iter().filter_map(|found| found.place).map(covered).collect();
    assert_eq!(places, ["[甲](#x)"]);
}
