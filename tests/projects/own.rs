//! A press replaces one file of a built-in kind; the others stay.

use crate::Copy;

/// A program without PDF says so, once for each edition that asks for one.
#[cfg(not(feature = "pdf"))]
#[test]
fn without_pdf_it_is_said() {
    let said = Copy::of("own-page").annals(&["build", "--message-format", "short"]);
    assert!(said.err.contains("error[no-pdf]"), "{}", said.err);
    assert_eq!(said.code, Some(2), "{}", said.err);
}

#[cfg(feature = "pdf")]
#[test]
fn own_page_leaves_the_built_in_layout() {
    let press = Copy::of("own-page");
    press.build();
    let page = press.text("output/shili/2020/bulletin.html");
    assert!(page.contains("自己的网页版式"));
    assert!(!page.contains("class=\"issue\""));
    let pdf = press.pdf("output/shili/2020/bulletin.pdf");
    assert!(!pdf.contains("自己的"), "{pdf}");
    assert!(pdf.contains("第3期") && pdf.contains("活动已经启动"), "{pdf}");
}

#[cfg(feature = "pdf")]
#[test]
fn own_layout_leaves_the_built_in_page() {
    let press = Copy::of("own-layout");
    press.build();
    let page = press.text("output/shili/2020/bulletin.html");
    assert!(page.contains("第3期") && !page.contains("自己的"));
    let pdf = press.pdf("output/shili/2020/bulletin.pdf");
    assert!(pdf.contains("自己的印刷版式"), "{pdf}");
    assert!(!pdf.contains("第3期"), "{pdf}");
}
