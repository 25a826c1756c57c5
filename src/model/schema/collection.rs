//! The typed collections of a record: their names and their fields.

use std::sync::LazyLock;

use super::builtin::field;
use super::{Field, Schema, Type};

/// A collection whose items annals knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Collection {
    /// Named quantities (指标).
    Figures,
    /// What happened (大事).
    Events,
    /// What is to be done (任务).
    Tasks,
    /// Organisations with their names (组织).
    Organisations,
    /// Terms of office (职务).
    Offices,
}

impl Collection {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Figures, Self::Events, Self::Tasks, Self::Organisations, Self::Offices];

    /// The name in data, templates and contracts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Figures => "figures",
            Self::Events => "events",
            Self::Tasks => "tasks",
            Self::Organisations => "organisations",
            Self::Offices => "offices",
        }
    }

    /// Names of files and sheets that hold it too.
    pub fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::Figures => &["指标", "数据指标"],
            Self::Events => &["大事", "事件", "大事记"],
            Self::Tasks => &["任务", "工作任务"],
            Self::Organisations => &["组织", "机构", "organizations"],
            Self::Offices => &["职务", "任职"],
        }
    }

    /// The collection with this name or alias.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim();
        Self::ALL.into_iter().find(|one| {
            one.name().eq_ignore_ascii_case(name) || one.aliases().contains(&name)
        })
    }

    /// What one of its items is called in messages.
    pub fn item(self) -> &'static str {
        match self {
            Self::Figures => "figure",
            Self::Events => "event",
            Self::Tasks => "task",
            Self::Organisations => "organisation",
            Self::Offices => "office",
        }
    }

    /// What it holds, in a sentence.
    pub fn doc(self) -> &'static str {
        match self {
            Self::Figures => {
                "Named quantities (指标), printed in a narrative by their id."
            }
            Self::Events => "What happened (大事), each with its date.",
            Self::Tasks => {
                "What is to be done (任务), with measures, owner and deadline."
            }
            Self::Organisations => {
                "Organisations (组织) with full, short and former names."
            }
            Self::Offices => "Offices (职务) and who held them from when to when.",
        }
    }

    /// The letter before the position in an id that is not given: `e1`.
    pub fn letter(self) -> char {
        match self {
            Self::Figures => 'f',
            Self::Events => 'e',
            Self::Tasks => 't',
            Self::Organisations | Self::Offices => 'o',
        }
    }

    /// Its fields.
    pub fn schema(self) -> &'static Schema {
        match self {
            Self::Figures => &FIGURES,
            Self::Events => &EVENTS,
            Self::Tasks => &TASKS,
            Self::Organisations => &ORGANISATIONS,
            Self::Offices => &OFFICES,
        }
    }
}

fn texts() -> Type {
    Type::List(Box::new(Type::Text))
}

/// A field that must be filled.
fn must(key: &str, aliases: &str, ty: Type, doc: &str, example: &str) -> Field {
    Field { required: true, ..field(key, aliases, ty, doc, example) }
}

static FIGURES: LazyLock<Schema> = LazyLock::new(|| Schema {
    open: false,
    fields: vec![
        must(
            "id",
            "编号|标识|代码",
            Type::Id,
            "The name in templates: `{{ f.donors }}` prints the value.",
            r#""donors""#,
        ),
        must(
            "label",
            "指标|名称|指标名称",
            Type::Text,
            "What it measures.",
            r#""参与捐赠的社会组织""#,
        ),
        field(
            "value",
            "数值|值|数据",
            Type::Quantity,
            "The value as it is printed, with its unit or without; must be there unless \
             `formula` is.",
            r#""278家""#,
        ),
        field(
            "unit",
            "单位",
            Type::Text,
            "The unit, where the value does not carry it; of a computed value, the unit of \
             print.",
            r#""家""#,
        ),
        field(
            "scope",
            "口径|范围|统计口径",
            Type::Text,
            "What is counted in and what is not.",
            r#""市级社会组织""#,
        ),
        field(
            "period",
            "期间|时期",
            Type::Period,
            "The time it covers; the year of the record unless given.",
            r#""2020-03""#,
        ),
        field(
            "as_of",
            "截至|截至日期",
            Type::Date,
            "The day on which the value was true.",
            r#""2020-12-31""#,
        ),
        field("source", "来源|数据来源", Type::Text, "Who says so.", r#""市民政局""#),
        field(
            "event",
            "事件|所属事件",
            Type::Id,
            "The id of the event it belongs to.",
            r#""appeal""#,
        ),
        field(
            "previous",
            "上期|上年",
            Type::Quantity,
            "The value of the period before.",
            r#""251家""#,
        ),
        field("target", "目标", Type::Quantity, "The value aimed at.", r#""260家以上""#),
        field(
            "definition",
            "定义",
            Type::Text,
            "What exactly is counted.",
            r#""有捐赠票据的社会组织""#,
        ),
        field("note", "备注|说明", Type::Text, "A remark.", r#""含县区""#),
        field(
            "part_of",
            "所属总数|其中",
            Type::Id,
            "The id of the figure of the same record that this one is a part of.",
            r#""cases""#,
        ),
        field(
            "formula",
            "公式|计算公式",
            Type::Text,
            "What it is computed from; beside a value, what the value must come to.",
            r#""done / total""#,
        ),
        field(
            "rounding",
            "修约|保留小数",
            Type::Text,
            "Decimal places of a computed value in its unit of print, and which way it is \
             rounded unless to the nearest: 四舍五入, 四舍六入五成双, 只舍不入, 只入不舍.",
            r#""1""#,
        ),
        field(
            "without",
            "缺载|未载明",
            texts(),
            "Fields that a kind may ask for and that the source does not give.",
            r#"["source"]"#,
        ),
    ],
});

static EVENTS: LazyLock<Schema> = LazyLock::new(|| Schema {
    open: false,
    fields: vec![
        field(
            "id",
            "编号|标识|代码",
            Type::Id,
            "The name in templates; `e1`, `e2`… by position unless given.",
            r#""appeal""#,
        ),
        must(
            "date",
            "日期|时间",
            Type::Date,
            "When it was; the first day where it lasted.",
            r#""2020-01-31""#,
        ),
        field(
            "end",
            "结束|结束日期",
            Type::Date,
            "The last day, where it lasted.",
            r#""2020-02-02""#,
        ),
        must(
            "title",
            "标题|事件|名称",
            Type::Text,
            "What happened, in a few words.",
            r#""发布抗疫行动倡议书""#,
        ),
        field(
            "organisers",
            "主办|主办单位|组织单位",
            texts(),
            "Who held it, in order of protocol.",
            r#"["市民政局", "市社会组织党委"]"#,
        ),
        field("location", "地点", Type::Text, "Where it was.", r#""宝鸡市""#),
        field(
            "summary",
            "摘要|内容",
            Type::Text,
            "What happened, in a sentence or two.",
            r#""动员全市社会组织党组织抗击疫情。""#,
        ),
        field("source", "来源", Type::Text, "Who says so.", r#""市民政局""#),
        field(
            "without",
            "缺载|未载明",
            texts(),
            "Fields that a kind may ask for and that the source does not give.",
            r#"["location"]"#,
        ),
    ],
});

static TASKS: LazyLock<Schema> = LazyLock::new(|| Schema {
    open: false,
    fields: vec![
        field(
            "id",
            "编号|标识|代码",
            Type::Id,
            "The name in templates; `t1`, `t2`… by position unless given.",
            r#""review""#,
        ),
        field(
            "number",
            "序号|任务编号",
            Type::Text,
            "The number in the plan.",
            r#""1.2""#,
        ),
        must(
            "title",
            "任务|标题",
            Type::Text,
            "What is to be done, in a few words.",
            r#""等级评估复评""#,
        ),
        field(
            "measures",
            "措施|主要措施",
            texts(),
            "How it is done.",
            r#"["建立台账", "选派指导员"]"#,
        ),
        field(
            "target",
            "目标",
            Type::Text,
            "What shall be reached, as it is written.",
            r#""复评 323 家""#,
        ),
        field(
            "owner",
            "责任单位|责任人|牵头单位",
            Type::Text,
            "Who answers for it.",
            r#""市民政局""#,
        ),
        field(
            "deadline",
            "期限|完成时限|时限",
            Type::Date,
            "By when it is done.",
            r#""2021-12-31""#,
        ),
        field("status", "状态|进展", Type::Text, "How far it is.", r#""进行中""#),
        field(
            "without",
            "缺载|未载明",
            texts(),
            "Fields that a kind may ask for and that the source does not give.",
            r#"["target"]"#,
        ),
    ],
});

static ORGANISATIONS: LazyLock<Schema> = LazyLock::new(|| Schema {
    open: false,
    fields: vec![
        field(
            "id",
            "编号|标识|代码",
            Type::Id,
            "The name in templates; `o1`, `o2`… by position unless given.",
            r#""bureau""#,
        ),
        must("name", "名称|全称", Type::Text, "The full name.", r#""宝鸡市民政局""#),
        field(
            "short",
            "简称",
            texts(),
            "Short names that may be used for it.",
            r#"["市民政局"]"#,
        ),
        field(
            "former",
            "曾用名",
            texts(),
            "Names that it had before.",
            r#"["宝鸡市民政劳动局"]"#,
        ),
    ],
});

static OFFICES: LazyLock<Schema> = LazyLock::new(|| Schema {
    open: false,
    fields: vec![
        field(
            "id",
            "编号|标识|代码",
            Type::Id,
            "The name in templates; `o1`, `o2`… by position unless given.",
            r#""director-1""#,
        ),
        must("title", "职务", Type::Text, "The title.", r#""市民政局局长""#),
        must(
            "holder",
            "任职人|任者",
            Type::Text,
            "Who holds it: a name, or a mark where holders go by title.",
            r#""第一任""#,
        ),
        field(
            "from",
            "任职时间|起",
            Type::Date,
            "The first day of the term, where it is known.",
            r#""2018-05""#,
        ),
        field(
            "to",
            "离任时间|止",
            Type::Date,
            "The last day of the term, where it ended.",
            r#""2020-09-26""#,
        ),
    ],
});

/// A row of what must hold between figures, `invariants`.
pub fn invariants() -> &'static Schema {
    static SCHEMA: LazyLock<Schema> = LazyLock::new(|| Schema {
        open: false,
        fields: vec![
            must(
                "rule",
                "规则|关系|公式",
                Type::Text,
                "What must hold: two sides with `=`, `≈`, `≤`… between, or `rising(…)`.",
                r#""cases = best + excellent + shortlisted""#,
            ),
            field(
                "note",
                "说明|备注",
                Type::Text,
                "Why it must hold; shown where it does not.",
                r#""案例总数等于三类之和""#,
            ),
        ],
    });
    &SCHEMA
}

/// A row of what was corrected, `revisions`.
pub fn revisions() -> &'static Schema {
    static SCHEMA: LazyLock<Schema> = LazyLock::new(|| Schema {
        open: false,
        fields: vec![
            must("figure", "指标", Type::Text, "The figure, by id.", r#""donors""#),
            must("old", "原数|更正前", Type::Quantity, "The value before.", r#""442家""#),
            must("new", "新数|更正后", Type::Quantity, "The value after.", r#""443家""#),
            must(
                "date",
                "日期|更正日期",
                Type::Date,
                "The day of the correction.",
                "2021-03-01",
            ),
            must("reason", "原因|更正原因", Type::Text, "Why.", r#""补报一家""#),
        ],
    });
    &SCHEMA
}
