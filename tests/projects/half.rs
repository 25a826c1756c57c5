//! A press of which one edition cannot be made.

use crate::Copy;

#[test]
fn good_editions_are_built_and_the_last_good_output_is_kept() {
    let press = Copy::of("half");
    press.build();
    let old = press.bytes("output/shili/2020/two.html");
    press.write(
        "content/shili/2020/figures.toml",
        "[donors]\nlabel = \"参与捐赠\"\nvalue = \"443家\"\n",
    );
    press.write(
        "content/shili/2020/two.md",
        "+++\ntitle = \"乙\"\nkind = \"manual\"\n+++\n\n参与捐赠{{ f.donor }}。\n",
    );
    let said = press.annals(&["build", "--message-format", "short"]);
    assert_eq!(said.code, Some(4), "{}", said.err);
    assert!(said.err.contains("two.md:6:10: error[unknown-figure]"), "{}", said.err);
    assert!(press.text("output/shili/2020/one.html").contains("443家"));
    assert_eq!(press.bytes("output/shili/2020/two.html"), old);
    assert!(press.text("output/manifest.json").contains("shili/2020/two"));
    // Mended, it is built again, and everything is as new.
    press.write(
        "content/shili/2020/two.md",
        "+++\ntitle = \"乙\"\nkind = \"manual\"\n+++\n\n参与捐赠{{ f.donors }}。\n",
    );
    press.build();
    assert!(press.text("output/shili/2020/two.html").contains("443家"));
}

/// Where two narratives lay claim to one output, neither is written.
#[test]
fn no_narrative_wins_an_output_from_another() {
    let press = Copy::of("broken-outputs");
    let said = press.annals(&["build"]);
    assert_eq!(said.code, Some(1), "{}", said.err);
    let page = "output/shili/2020/monthly-2020-03.html";
    assert!(!press.folder.path().join(page).exists());
}
