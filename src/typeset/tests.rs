use proptest::prelude::*;
use typst::syntax::ast::Str;
use typst::syntax::{SyntaxNode, parse};

use super::literal;
use super::*;
use crate::document::{Block, BlockKind, Inline, InlineKind};
use crate::model::Datum;
use crate::source::SourceFile;

/// The values of the string literals of a source, in order.
fn literals(node: &SyntaxNode) -> Vec<String> {
    let own = node.cast::<Str>().map(|literal| literal.get().to_string());
    own.into_iter().chain(node.children().flat_map(literals)).collect()
}

/// The kinds of nodes of a source: its structure without its texts.
fn structure(node: &SyntaxNode, out: &mut Vec<typst::syntax::SyntaxKind>) {
    out.push(node.kind());
    node.children().for_each(|child| structure(child, out));
}

fn generated(text: &str) -> SyntaxNode {
    let mut sources = Sources::new();
    let file = SourceFile::new("a.md".into(), text.into(), Vec::new(), String::new());
    let place = Place::whole(sources.add(file));
    let inline = |kind| Inline { place, kind };
    let texts = vec![
        inline(InlineKind::Text(text.into())),
        inline(InlineKind::Strong(vec![inline(InlineKind::Text(text.into()))])),
        inline(InlineKind::Code(text.into())),
    ];
    let block = |kind| Block { place, kind };
    let code = BlockKind::Code { language: text.into(), text: text.into() };
    let document = Document {
        blocks: vec![block(BlockKind::Paragraph(texts)), block(code)],
        ..Document::default()
    };
    let mut meta = Meta { title: text.into(), ..Meta::default() };
    meta.extra.insert(text.into(), Datum::List(vec![Datum::Text(text.into())]));
    parse(&source::write(&document, &meta, 0, None, place).text)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_string_literal_stands_for_its_text(text: String) {
        let mut out = "#".to_owned();
        literal::string(&mut out, &text);
        out.push(';');
        let node = parse(&out);
        prop_assert!(node.errors_and_warnings().0.is_empty());
        prop_assert_eq!(literals(&node), [text]);
    }

    #[test]
    fn text_never_changes_the_structure(text in "[#\"\\\\;\\[\\](){}*_`$=<>@/\\n\\r 一a-]{1,40}") {
        let node = generated(&text);
        prop_assert!(node.errors_and_warnings().0.is_empty());
        let (mut found, mut expected) = (Vec::new(), Vec::new());
        structure(&node, &mut found);
        structure(&generated("文字"), &mut expected);
        // A text of nothing but spaces is no language of a code block, and so on: the
        // shape is the same all the same.
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn running_text_keeps_its_words(text: String) {
        let mut out = "#".to_owned();
        literal::running_text(&mut out, &text);
        let found = literals(&parse(&out)).concat();
        let words = |text: &str| {
            let kept: String = text.chars().filter(|&c| c != '\u{feff}').collect();
            let parts = kept.split(coverage::is_white).filter(|part| !part.is_empty());
            parts.map(str::to_owned).collect::<Vec<_>>()
        };
        prop_assert_eq!(words(&found), words(&text));
    }
}

#[test]
fn every_byte_of_the_source_leads_back() {
    let mut sources = Sources::new();
    let text = "第一段，**重点**。";
    let file = SourceFile::new("a.md".into(), text.into(), Vec::new(), String::new());
    let file = sources.add(file);
    let at = |part: &str| {
        let start = text.find(part).expect("the part is in the text");
        Place::bytes(file, start..start + part.len())
    };
    let inline = |part: &str, kind| Inline { place: at(part), kind };
    let strong =
        InlineKind::Strong(vec![inline("重点", InlineKind::Text("重点".into()))]);
    let content = vec![
        inline("第一段，", InlineKind::Text("第一段，".into())),
        inline("**重点**", strong),
        inline("。", InlineKind::Text("。".into())),
    ];
    let block = Block { place: at(text), kind: BlockKind::Paragraph(content) };
    let document = Document { blocks: vec![block], ..Document::default() };
    let front = Place::whole(file);
    let made = source::write(&document, &Meta::default(), 0, None, front);
    let find = |part: &str| {
        let offset = made.text.rfind(part).expect("the part was generated");
        made.map.find(offset)
    };
    assert_eq!(find("第一段"), Some(at("第一段，")));
    assert_eq!(find("#kit.doc-strong"), Some(at("**重点**")));
    assert_eq!(find("重点"), Some(at("重点")));
    assert_eq!(find("#kit.doc-lead"), Some(at(text)));
    assert_eq!(find("layout.with"), Some(front));
    assert_eq!(made.map.find(0), Some(front));
}

#[test]
fn a_panic_becomes_a_finding() {
    let front = Place::whole(Sources::new().add(SourceFile::new(
        "a.md".into(),
        String::new(),
        Vec::new(),
        String::new(),
    )));
    let mut diags = Diagnostics::new();
    assert_eq!(guarded(front, &mut diags, |_| Some(1)).ok(), Some(1));
    assert!(diags.iter().next().is_none());
    assert!(guarded(front, &mut diags, |_| panic!("第{}次", 2) as Option<()>).is_err());
    assert!(guarded(front, &mut diags, |_| panic!("once") as Option<()>).is_err());
    let said: Vec<&str> = diags.iter().map(|found| found.message.as_str()).collect();
    assert!(said[0].ends_with("internal error: 第2次"), "{said:?}");
    assert!(said[1].ends_with("internal error: once"), "{said:?}");
}

#[test]
fn workers_do_each_piece_of_work_once() {
    let done = std::sync::Mutex::new(Vec::new());
    run_workers(3, 20, |number| done.lock().expect("no worker panics").push(number));
    let mut done = done.into_inner().expect("no worker panics");
    done.sort_unstable();
    assert_eq!(done, (0..20).collect::<Vec<_>>());
    run_workers(4, 0, |_| unreachable!("there is no work"));
}
