//! The words that tell a number from a name: read from top to bottom, and kept short. A
//! press adds its own by `[audit] terms`. They are practice, and come from no standard.

/// What a Han numeral counts. Measures that mostly stand in names (级, 届, 期, 步, 大) are
/// left out: silence is better than a false alarm.
pub(super) const COUNTERS: [&str; 56] = [
    "个", "名", "位", "家", "户", "人", "件", "项", "条", "次", "场", "篇", "份", "批",
    "支", "所", "座", "栋", "间", "台", "辆", "套", "组", "队", "类", "种", "道", "轮",
    "天", "周", "年", "小时", "分钟", "元", "倍", "亩", "公里", "米", "吨", "公斤", "斤",
    "岁", "本", "册", "节", "课时", "处", "方面", "领域", "例", "笔", "对", "双", "宗",
    "起", "票",
];

/// Fixed phrases that hold a numeral and a measure: policies, campaigns, plans.
pub(super) const TERMS: [&str; 44] = [
    "一个中心",
    "两个一百年",
    "两个基本点",
    "两个大局",
    "两个毫不动摇",
    "两个确立",
    "两个结合",
    "两个维护",
    "两个覆盖",
    "三个代表",
    "三个务必",
    "三个区分",
    "三个有利于",
    "四个全面",
    "四个意识",
    "四个自信",
    "四个服务",
    "四个伟大",
    "五个一",
    "五年规划",
    "五年计划",
    "五年行动",
    "三年行动",
    "三年规划",
    "三年计划",
    "三年攻坚",
    "八项规定",
    "六项规定",
    "六个必须",
    "七个有之",
    "三道防线",
    "三条红线",
    "三类人员",
    "三次产业",
    "四种形态",
    "五大发展理念",
    "十一五",
    "十二五",
    "十三五",
    "十四五",
    "十五五",
    "一带一路",
    "百年未有",
    "三位一体",
];

/// Before an Arabic numeral these make it a number of a place in an order, or of a thing
/// in print.
pub(super) const ORDINAL_BEFORE: [&str; 10] =
    ["第", "图", "表", "附件", "附表", "附录", "式", "№", "No.", "NO."];

/// Shortly before an Arabic numeral these make it a code.
pub(super) const CODE_BEFORE: [&str; 9] =
    ["电话", "传真", "邮编", "邮政编码", "热线", "编号", "代码", "账号", "统一书号"];

/// After a Han numeral and 大 these mean a congress.
pub(super) const CONGRESS: [&str; 9] =
    ["精神", "报告", "召开", "胜利", "以来", "代表", "提出", "部署", "闭幕"];
