//! Emphasis beside Chinese punctuation: the CJK-friendly amendments to CommonMark.

use super::shared::{markdown, narrative, paragraphs};

/// Examples by group: Markdown and the HTML that the reference implementation makes.
#[derive(serde::Deserialize)]
struct Examples {
    readme: Vec<(String, String)>,
    emphasis: Vec<(String, String)>,
    strikethrough: Vec<(String, String)>,
}

fn differing(examples: &[(String, String)]) -> Vec<String> {
    assert!(!examples.is_empty());
    let mut wrong = Vec::new();
    for (text, expected) in examples {
        let found = paragraphs(&markdown(text).0);
        if found != *expected {
            wrong.push(format!("{text}\n  expected {expected}\n  found    {found}"));
        }
    }
    wrong
}

#[test]
fn the_examples_of_the_amendments_come_out_as_emphasis() {
    let file = include_str!("../data/cjk-friendly.json");
    let examples: Examples = serde_json::from_str(file).expect("the file holds examples");
    let groups = [&examples.readme, &examples.emphasis, &examples.strikethrough];
    let wrong: Vec<String> =
        groups.into_iter().flat_map(|group| differing(group)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A narrative of one paragraph, as small HTML.
fn paragraph(text: &str) -> String {
    paragraphs(&narrative(text).0)
}

#[test]
fn chinese_editors_write_this_all_the_time() {
    for (text, expected) in [
        ("推进**“两个覆盖”**常态化", "推进<strong>“两个覆盖”</strong>常态化"),
        ("**重点：**继续", "<strong>重点：</strong>继续"),
        ("参加*《章程》*修订", "参加<em>《章程》</em>修订"),
        ("捐赠~~（未到账）~~万元", "捐赠<del>（未到账）</del>万元"),
        ("中**_“甲”_**文", "中<strong><em>“甲”</em></strong>文"),
        ("3~5天，（6~8天）", "3~5天，（6~8天）"),
        ("2*3*4，**未完", "2<em>3</em>4，**未完"),
        ("`推进**“a”**常`", "<code>推进**“a”**常</code>"),
        (r"推进\*\*“a”\*\*常", "推进**“a”**常"),
    ] {
        assert_eq!(paragraph(text), format!("<p>{expected}</p>"));
    }
}

#[test]
fn a_run_in_a_cell_or_after_a_quotation_mark_begins_its_line() {
    let table = "|甲|乙|\n|---|---|\n|*中文**|**重点：**继续|";
    let (document, _) = narrative(table);
    let shown = format!("{document:?}");
    assert!(shown.contains(r#"Emphasis([Inline"#), "{shown}");
    assert!(shown.contains(r#"Text("重点：")"#), "{shown}");
    let (quoted, _) = narrative(">**重点：**继续");
    assert!(format!("{quoted:?}").contains(r#"Text("继续")"#));
}

#[test]
fn bullets_and_rules_stay_what_they_are() {
    let (document, diags) = narrative("***\n\n* 中\n* “文”\n\n~~~\n**“a”**中\n~~~\n");
    assert!(diags.is_empty());
    let shown = format!("{document:?}");
    for part in ["Rule", r#"Text("“文”")"#, r#"text: "**“a”**中\n""#] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
}
