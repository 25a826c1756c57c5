//! A publication in two languages, and what is not for readers yet.

use crate::Copy;

/// Builds as on a day.
fn build(press: &Copy, more: &[&str]) {
    let mut args = vec!["--today", "2021-02-01", "build"];
    args.extend(more);
    let said = press.annals(&args);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert_eq!(said.err.lines().count(), 1, "{}", said.err);
}

#[test]
fn versions_lead_to_one_another() {
    let press = Copy::of("languages");
    build(&press, &["--format", "html"]);
    let (zh, en) = ("output/shili/2020/report.html", "output/shili/2020/report.en.html");
    for page in [press.text(zh), press.text(en)] {
        let base = "https://www.example.org/annals/shili/2020/";
        for (language, file) in [
            ("zh-CN", "report.html"),
            ("en", "report.en.html"),
            ("x-default", "report.html"),
        ] {
            let link = format!(
                "<link rel=\"alternate\" hreflang=\"{language}\" href=\"{base}{file}\">"
            );
            assert_eq!(page.matches(&link).count(), 1, "{link}");
        }
    }
    let link = |href, language, name| {
        format!(
            "<a href=\"{href}\" lang=\"{language}\" hreflang=\"{language}\" rel=\"alternate\">{name}</a>"
        )
    };
    assert!(press.text(zh).contains(&link("report.en.html", "en", "English")));
    assert!(press.text(en).contains(&link("report.html", "zh-CN", "中文")));
    assert!(press.text(en).contains("<html lang=\"en\">"));
    // What has one version has no links to others.
    let alone = press.text("output/shili/2020/draft.en.html");
    assert!(!alone.contains("hreflang"), "{alone}");
    // The versions of a recurring edition bear its period before the language.
    let month = press.text("output/shili/2020/monthly-2020-03.en.html");
    assert!(
        month.contains("In March 2020: 1.")
            && month.contains("href=\"monthly-2020-03.html\"")
    );
}

#[test]
fn figures_and_names_take_the_forms_of_the_language() {
    let press = Copy::of("languages");
    build(&press, &["--format", "html"]);
    let page = press.text("output/shili/2020/report.en.html");
    let words = crate::words(&page);
    for said in [
        "Opening: 5 March 2020.",
        "1,442 organisations gave 12.866 million yuan, after 226,000 visits and 1 visit;",
        "rose by 12.5%",
        "First visits1 visit",
        "Social Organisations of Shili",
        "Shili Civil Affairs Bureau",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    let han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    assert_eq!(words.replace("中文", "").find(han), None, "{words}");
    // The record's own language has the record's own forms.
    let words = crate::words(&press.text("output/shili/2020/report.html"));
    assert!(words.contains("1442家组织捐赠1286.6万元，走访22.6万人次"), "{words}");
}

/// The site of a language: its pages list what is published in it, and lead to themselves in
/// the other.
#[test]
fn the_site_has_a_branch_for_each_language() {
    let press = Copy::of("languages");
    let settings = format!("formats = [\"html\"]\n{}", press.text("annals.toml"));
    press.write("annals.toml", &settings);
    build(&press, &[]);
    let home = press.text("output/site/en/index.html");
    assert!(
        home.contains("<html lang=\"en\">") && home.contains("A press in two languages")
    );
    assert!(home.contains("../../shili/2020/report.en.html"), "{home}");
    assert!(!home.contains("href=\"../../shili/2020/report.html\">"), "{home}");
    let own = press.text("output/index.html");
    assert!(own.contains("<a href=\"shili/2020/report.html\">"), "{own}");
    // What has no version in the press's own language is listed in the one that it has.
    let alone =
        "<li lang=\"en\">\n<p class=\"title\"><a href=\"shili/2020/draft.en.html\">";
    assert!(
        own.contains(alone) && !own.contains("<a href=\"shili/2020/report.en.html\">")
    );
    let base = "https://www.example.org/annals/";
    for page in [&own, &home] {
        for (language, address) in [("zh-CN", ""), ("x-default", ""), ("en", "site/en/")]
        {
            let link = format!("hreflang=\"{language}\" href=\"{base}{address}\">");
            assert_eq!(page.matches(&link).count(), 1, "{link}");
        }
    }
    // The way to an English page leads over English ones.
    let report = press.text("output/shili/2020/report.en.html");
    for page in
        ["site/en/index.html", "site/en/archive.html", "site/en/series/shili.html"]
    {
        assert!(report.contains(&format!("href=\"../../{page}\"")), "{page}");
    }
    // Figures bear the names and forms of the language, on pages of the same name.
    let pages = press.files("output/site/en/figures");
    let own = press.files("output/site/figures");
    let han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    for page in pages {
        let words = crate::words(&press.text(&page)).replace("中文", "");
        assert_eq!(words.find(han), None, "{page}: {words}");
        // One is printed in English alone, and leads to the front page of the other.
        let both = own.contains(&page.replace("site/en/", "site/"));
        let versions =
            press.text(&page).matches("<link rel=\"alternate\" hreflang").count();
        assert_eq!(versions, if both { 3 } else { 0 }, "{page}");
        assert_ne!(both, page.ends_with("/first_visits.html"), "{page}");
    }
}

#[test]
fn previews_bear_a_watermark() {
    let press = Copy::of("languages");
    build(&press, &["--drafts", "--format", "html"]);
    for early in ["draft", "early"] {
        let page = press.text(&format!("output/shili/2020/{early}.html"));
        assert!(page.contains("data-watermark=\"内部讨论稿\""), "{early}");
        assert_eq!(crate::words(&page).matches("内部讨论稿").count(), 1, "{early}");
    }
    assert!(!press.text("output/shili/2020/report.html").contains("data-watermark="));
    // A preview leads to what is published, and never the other way.
    let (early, public) = ("draft.html", "draft.en.html");
    assert!(press.text("output/shili/2020/draft.html").contains(public));
    assert!(!press.text("output/shili/2020/draft.en.html").contains(early));
}

#[cfg(feature = "pdf")]
#[test]
fn previews_bear_a_watermark_on_paper() {
    let press = Copy::of("languages");
    build(&press, &["--drafts", "--format", "pdf"]);
    // The mark of the draft, and the words over the page.
    assert_eq!(press.pdf("output/shili/2020/draft.pdf").matches("内部讨论稿").count(), 2);
    assert_eq!(press.pdf("output/shili/2020/early.pdf").matches("内部讨论稿").count(), 2);
    assert!(!press.pdf("output/shili/2020/report.pdf").contains("内部讨论稿"));
}

/// What was a preview is made anew on its day, although nothing else has changed.
#[test]
fn a_preview_loses_its_watermark_on_its_day() {
    let press = Copy::of("languages");
    build(&press, &["--drafts", "--format", "html"]);
    assert!(press.text("output/shili/2020/early.html").contains("data-watermark="));
    let said = press.annals(&["--today", "2021-06-01", "build", "--format", "html"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(!press.text("output/shili/2020/early.html").contains("data-watermark="));
}

/// Nothing that a plain build leaves in the output folder knows of a draft.
#[test]
fn a_plain_build_publishes_no_preview() {
    let press = Copy::of("languages");
    for (before, plain) in [
        (&[][..], &[][..]),
        // A preview stood there before; only a part is built; and that part alone.
        (&["--drafts"][..], &["shili/2020/report"][..]),
        (&["--drafts"][..], &[][..]),
    ] {
        let html = |args: &[&'static str]| [args, &["--format", "html"][..]].concat();
        build(&press, &html(before));
        build(&press, &html(plain));
        for path in press.files("output") {
            let text = String::from_utf8_lossy(&press.bytes(&path)).into_owned();
            for word in ["草稿一则", "还没有写完", "明年的计划", "尚未公布", "内部讨论稿"]
            {
                assert!(!text.contains(word), "{path} says {word}");
            }
            assert!(!path.ends_with("/draft.html") && !path.contains("early"), "{path}");
            assert!(!text.contains("shili/2020/draft\""), "{path}");
        }
    }
}
