//! A sixth kind, minutes of a meeting (会议纪要), made of files alone.

use crate::Copy;

#[test]
fn sixth_kind_is_checked_by_its_contract() {
    let press = Copy::of("minutes");
    press.write(
        "content/meetings/2021/second.md",
        "+++\ntitle = \"第二次\"\nkind = \"minutes\"\nmeeting = \"下周\"\n\
         present = \"办公室\"\nform = \"随时\"\n+++\n\n文。\n",
    );
    press.write(
        "content/meetings/2022/third.md",
        "+++\ntitle = \"第三次\"\nkind = \"minutes\"\nmeeting = 2022-01-06\n\
         \"主持人\" = \"局长\"\n\"出席\" = [\"办公室\"]\n+++\n\n文。\n",
    );
    let said = press.annals(&["check", "--message-format", "short"]);
    assert_eq!(said.code, Some(1), "{}", said.err);
    let expected = [
        "content/meetings/2021/second.md:2:1: error[missing-key]: the front matter has no `chair`",
        "content/meetings/2021/second.md:4:11: error[unreadable-date]:",
        "content/meetings/2021/second.md:6:8: error[unknown-choice]:",
        "content/meetings/2022/third.md:2:1: error[too-few-items]:",
    ];
    for expected in expected {
        assert!(said.err.contains(expected), "no `{expected}` in:\n{}", said.err);
    }
    press.write("content/meetings/2021/tasks.csv", "序号,任务\n1,没有责任单位\n");
    let said =
        press.annals(&["check", "--message-format", "short", "meetings/2021/first"]);
    let expected = "content/meetings/2021/tasks.csv:2:1: error[empty-field]:";
    assert!(said.err.contains(expected), "no `{expected}` in:\n{}", said.err);
}

#[test]
fn sixth_kind_has_a_narrative_to_begin_with() {
    let press = Copy::of("minutes");
    let said = press.annals(&["new", "minutes", "meetings/2021/second"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let text = press.text("content/meetings/2021/second.md");
    assert!(text.contains("{% include \"minutes/attendance.md\" %}"), "{text}");
    press.build();
    let page = press.text("output/meetings/2021/second.html");
    assert!(page.contains("修订评估办法（社会组织管理科）"), "{page}");
}

#[test]
fn sixth_kind_is_listed_in_the_schemas() {
    let press = Copy::of("minutes");
    let said = press.annals(&["schema", "front-matter", "minutes"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.out.contains("meeting") && said.out.contains("谁主持"), "{}", said.out);
}

#[cfg(feature = "pdf")]
#[test]
fn sixth_kind_builds_to_both_outputs() {
    let press = Copy::of("minutes");
    press.build();
    let page = press.text("output/meetings/2021/first.html");
    let pdf = press.pdf("output/meetings/2021/first.pdf");
    for words in [
        "会议纪要",
        "第一次局务会议纪要",
        "2021年1月6日",
        "社会组织管理科、执法监察科、办公室",
        "财务科（请假）",
        "37家",
        "连续两年未参加年检",
        "清理长期不年检的社会组织",
        "主持：市民政局局长",
    ] {
        assert!(page.contains(words), "the page lacks {words}:\n{page}");
        assert!(pdf.contains(words), "the PDF lacks {words}:\n{pdf}");
    }
    assert!(page.contains("会议纪要（定期会议）"), "its own page is used");
    assert!(page.contains("data-figure=\"meetings/2021/dormant\""), "{page}");
}
