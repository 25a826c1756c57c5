//! What Markdown becomes in a page, part by part.

use annals::diag::Diagnostics;
use annals::html::Profile;
use annals::locale::Language;
use annals::manuscript::Manuscript;
use annals::parse::{Context, Dialect, parse};

use super::shared::{body, place};

/// The body of a page of a narrative.
fn page_of(markdown: &str) -> String {
    let context = Context {
        language: Language::Zh,
        place: place(),
        path: "baoji/2020/a",
        narrative: "content/baoji/2020/a.md",
        publications: &|path| {
            Some(path.strip_prefix("content/")?.strip_suffix(".md")?.to_owned())
        },
        narratives: &[],
        dialect: Dialect::Narrative,
        facts: None,
    };
    let mut diags = Diagnostics::new();
    let document = parse(&Manuscript::literal(markdown, place()), &context, &mut diags);
    assert!(diags.is_empty(), "{diags:?}");
    body(&document, Profile::Page)
}

/// Compares without line breaks, which mean nothing between blocks.
#[track_caller]
fn becomes(markdown: &str, html: &[&str]) {
    assert_eq!(page_of(markdown).replace('\n', ""), html.concat());
}

#[test]
fn a_heading_has_its_words_as_anchor() {
    becomes(
        "## 一、推进**“两个覆盖”**常态化",
        &[
            "<h2 id=\"一推进两个覆盖常态化\">",
            "一、推进<strong>“两个覆盖”</strong>常态化</h2>",
        ],
    );
}

#[test]
fn links_lead_to_anchors_pages_and_the_web() {
    becomes(
        "## 甲\n\n[见](#甲)、[去年](../2019/x.md#乙)、[网](https://example.cn/?a=1&b=2 \"站\")",
        &[
            "<h2 id=\"甲\">甲</h2><p><a href=\"#%E7%94%B2\">见</a>、",
            "<a href=\"../2019/x.html#%E4%B9%99\">去年</a>、",
            "<a href=\"https://example.cn/?a=1&amp;b=2\" rel=\"external\" title=\"站\">",
            "网</a></p>",
        ],
    );
}

#[test]
fn a_table_has_caption_and_head_in_a_frame_that_scrolls() {
    becomes(
        "表：指标 {#tbl-x}\n\n| 名称 | 数值 |\n|---|--:|\n| 参与 | 278家 |",
        &[
            "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-labelledby=\"tbl-x\">",
            "<table><caption id=\"tbl-x\"><span class=\"label\">表1</span> 指标</caption>",
            "<thead><tr><th scope=\"col\">名称</th>",
            "<th scope=\"col\" class=\"right\">数值</th></tr></thead>",
            "<tbody><tr><td>参与</td><td class=\"right\">278家</td></tr></tbody>",
            "</table></div>",
        ],
    );
}

#[test]
fn an_empty_head_names_nothing() {
    becomes(
        "| 甲 | |\n|---|---|\n| 1 | 2 |",
        &[
            "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"表\"><table>",
            "<thead><tr><th scope=\"col\">甲</th><td class=\"right\"></td></tr></thead>",
            "<tbody><tr><td>1</td><td class=\"right\">2</td></tr></tbody></table></div>",
        ],
    );
}

#[test]
fn a_picture_of_its_own_is_a_figure() {
    becomes(
        "![一座桥](bridge.png \"渭河大桥\"){#fig-b}",
        &[
            "<figure id=\"fig-b\"><img src=\"../../content/baoji/2020/bridge.png\" ",
            "alt=\"一座桥\" width=\"640\" height=\"480\">",
            "<figcaption><span class=\"label\">图1</span> 渭河大桥</figcaption></figure>",
        ],
    );
}

#[test]
fn notes_lead_there_and_back() {
    becomes(
        "一[^a]，二[^a]。\n\n[^a]: 注。",
        &[
            "<p>一<sup class=\"ref\"><button type=\"button\" id=\"page:note-1:1\" ",
            "popovertarget=\"note-1\" aria-label=\"注释 1\">1</button></sup>，",
            "二<sup class=\"ref\"><button type=\"button\" id=\"page:note-1:2\" ",
            "popovertarget=\"note-1\" aria-label=\"注释 1\">1</button></sup>。</p>",
            "<section class=\"notes\" role=\"doc-endnotes\" aria-labelledby=\"page:notes\">",
            "<h2 id=\"page:notes\">注释</h2><ol><li popover id=\"note-1\"><p>注。 ",
            "<a class=\"back\" role=\"doc-backlink\" href=\"#page:note-1:1\" ",
            "aria-label=\"回到正文 1\">\u{21A9}\u{FE0E}<sup>1</sup></a> ",
            "<a class=\"back\" role=\"doc-backlink\" href=\"#page:note-1:2\" ",
            "aria-label=\"回到正文 2\">\u{21A9}\u{FE0E}<sup>2</sup></a></p></li></ol></section>",
        ],
    );
}

#[test]
fn admonitions_tasks_and_definitions_say_what_they_are() {
    becomes(
        "> [!WARNING]\n> 小心。",
        &[
            "<div class=\"admonition warning\" role=\"note\"><p class=\"label\">注意</p>",
            "<p>小心。</p></div>",
        ],
    );
    becomes(
        "- [x] 甲\n- [ ] 乙",
        &[
            "<ul class=\"tasks\">",
            "<li><input type=\"checkbox\" disabled checked aria-label=\"已完成\"> 甲</li>",
            "<li><input type=\"checkbox\" disabled aria-label=\"未完成\"> 乙</li></ul>",
        ],
    );
    becomes("词\n: 义", &["<dl><dt>词</dt><dd>义</dd></dl>"]);
}

#[test]
fn dates_and_middle_dots_stay_in_one_line_and_dots_stand_under_words() {
    becomes(
        "自2021年3月5日起，***应脱尽脱***，“红社·清风”，*说明*。",
        &[
            "<p>自<span class=\"nb\">2021年3月5日</span>起，",
            "<strong class=\"dots\">应脱尽脱</strong>，“红<span class=\"nb\">社·</span>清风”，",
            "<em>说明</em>。</p>",
        ],
    );
}

#[test]
fn a_heading_that_ends_as_a_sentence_goes_on_in_its_paragraph() {
    becomes(
        "## 一、总体\n\n### （一）加强领导。\n\n各县要重视。\n\n### （二）督查\n\n要督查。",
        &[
            "<h2 id=\"一总体\">一、总体</h2>",
            "<div class=\"run-in\"><h3 id=\"一加强领导\">（一）加强领导。</h3><p>各县要重视。</p></div>",
            "<h3 id=\"二督查\">（二）督查</h3><p>要督查。</p>",
        ],
    );
}

#[test]
fn contents_follow_the_levels() {
    becomes(
        "[[toc]]\n\n## 甲\n\n### 乙\n\n## 丙",
        &[
            "<nav class=\"contents\" aria-labelledby=\"page:contents\">",
            "<p class=\"label\" id=\"page:contents\">目录</p><ul>",
            "<li><a href=\"#%E7%94%B2\">甲</a>",
            "<ul><li><a href=\"#%E4%B9%99\">乙</a></li></ul></li>",
            "<li><a href=\"#%E4%B8%99\">丙</a></li></ul></nav>",
            "<h2 id=\"甲\">甲</h2><h3 id=\"乙\">乙</h3><h2 id=\"丙\">丙</h2>",
        ],
    );
}

#[test]
fn code_is_reached_by_the_keyboard() {
    becomes(
        "```toml\na = \"<b>\"\n```",
        &[
            "<pre tabindex=\"0\"><code class=\"language-toml\">a = \"&lt;b&gt;\"</code></pre>",
        ],
    );
}
