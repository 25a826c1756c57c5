//! The classifier: which numerals are values, and which are not.

use super::scan::numerals;
use crate::prose::Role;

/// The values among the numerals of a paragraph.
fn values(text: &str) -> Vec<&str> {
    of(text, Role::Paragraph)
}

fn of(text: &str, role: Role) -> Vec<&str> {
    let found = numerals(text, role, &["专精特新十条".to_owned()]);
    found
        .into_iter()
        .filter(|one| one.sort.is_none())
        .map(|one| &text[one.range])
        .collect()
}

#[test]
fn what_counts_is_a_value() {
    for (text, expected) in [
        ("442家社会组织参与捐赠，捐赠款物1200余万元。", vec!["442", "1200余万"]),
        ("年检率92.2%，比上年提高3.1个百分点。", vec!["92.2%", "3.1"]),
        ("捐赠１２００万元", vec!["１２００万"]),
        ("全市一百四十一家社会组织", vec!["一百四十一"]),
        ("三十余家单位，两名志愿者", vec!["三十", "两"]),
        ("完成率为百分之九十二点二", vec!["百分之九十二点二"]),
        ("历时3个月，走访12个村", vec!["3", "12"]),
        ("开展活动1,024场", vec!["1,024"]),
        ("近5年，5年来", vec!["5", "5"]),
        ("about 300 homes", vec!["300"]),
        ("参加1900-2000人", vec!["1900", "2000"]),
    ] {
        assert_eq!(values(text), expected, "{text}");
    }
}

#[test]
fn dates_are_structure() {
    for text in [
        "2020年3月5日",
        "截至12月底",
        "9月和11月",
        "2016年、2017年、2018年",
        "2016、2017和2018年",
        "2021—2025年",
        "4月2日至9日",
        "4月2—9日",
        "1—3月",
        "2020-03-05",
        "2021/3/5",
        "2021.3.5",
        "二〇二〇年三月五日",
        "9:30",
        "上午9时30分",
        "20世纪90年代",
        "三季度",
        "星期三",
        "On 5 March 2021",
        "since 2019",
        "２０２０年",
        "上世纪八十年代",
    ] {
        assert_eq!(values(text), Vec::<&str>::new(), "{text}");
    }
    assert_eq!(of("2020", Role::Cell), Vec::<&str>::new());
    assert_eq!(of("442", Role::Cell), ["442"]);
}

#[test]
fn names_are_structure() {
    for text in [
        "“10·17”国家扶贫日期间",
        "《支持复工复业十项措施》",
        "民发〔2020〕15号",
        "第33次会议",
        "第二届大赛",
        "十四五规划",
        "党的十九届五中全会精神",
        "迎接党的二十大",
        "八项规定",
        "5A等级",
        "COVID-19",
        "GB/T 15834—2011",
        "见表3",
        "图2所示",
        "“五个一批”要求",
        "“双随机”检查",
        "https://example.org/2020/12",
        "表：数据 {#tbl-2}",
        "专精特新十条",
        "电话：0917-3260001",
        "两个维护",
        "版本1.2.3",
    ] {
        assert_eq!(values(text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn han_numerals_in_words_are_words() {
    for text in [
        "一批、一些、一方面",
        "统一部署",
        "万一",
        "一步一个脚印",
        "三原县",
        "四川九江六安",
        "百社百村",
        "千家万户",
        "一项一项抓落实",
        "“十百千”创建",
        "一名志愿者",
        "十分重要",
        "几十家单位",
        "数百名党员",
        "百日攻坚",
        "三者缺一不可",
        "一窗受理",
        "成千上万",
        "市、县三级",
        "二期建设",
        "第一个",
        "首届",
        "七一前夕",
        "九三学社",
    ] {
        assert_eq!(values(text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn list_numbers_are_structure() {
    for text in [
        "一、疫情防控",
        "（二）推进覆盖",
        "3. 评审",
        "第四章　附则",
        "一是抓培训；二是促规范",
        "包括（1）培训、（2）评估",
        "一要坚持，二要创新",
    ] {
        assert_eq!(of(text, Role::Heading(2)), Vec::<&str>::new(), "{text}");
    }
    assert_eq!(of("1.2 背景", Role::Heading(3)), Vec::<&str>::new());
    assert_eq!(values("2.5万元"), ["2.5万"]);
}

#[test]
fn announced_counts_are_checked_elsewhere() {
    assert_eq!(of("2020年十件大事", Role::Title), Vec::<&str>::new());
    assert_eq!(of("八项发布", Role::Heading(2)), Vec::<&str>::new());
    assert_eq!(values("要求如下，共五个方面："), Vec::<&str>::new());
    assert_eq!(values("共五个方面。"), ["五"]);
    assert_eq!(of("442家参与", Role::Heading(2)), ["442"]);
}

proptest::proptest! {
    #[test]
    fn any_text_can_be_looked_through(text in "[0-9０-９一二十百万亿两年月日第（）《》“”·.,:/%—是、。家个a-zA-Z \u{FFFC}-]{0,40}") {
        for role in [Role::Title, Role::Heading(2), Role::Paragraph, Role::Cell] {
            let mut end = 0;
            for one in numerals(&text, role, &["三年".to_owned()]) {
                proptest::prop_assert!(one.range.start >= end && !one.range.is_empty());
                proptest::prop_assert!(text.get(one.range.clone()).is_some());
                end = one.range.end;
            }
        }
    }
}
