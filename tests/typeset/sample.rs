//! A document made by hand that holds everything a document can hold.

use std::collections::BTreeMap;

use annals::document::*;
use annals::locale::Language;
use annals::model::{Date, Period};
use annals::press::Meta;
use annals::source::Place;

/// Makes blocks and inlines that all stand in one place.
#[derive(Clone, Copy)]
pub struct Maker(pub Place);

impl Maker {
    pub fn inline(self, kind: InlineKind) -> Inline {
        Inline { place: self.0, kind }
    }

    pub fn text(self, text: &str) -> Inline {
        self.inline(InlineKind::Text(text.into()))
    }

    pub fn block(self, kind: BlockKind) -> Block {
        Block { place: self.0, kind }
    }

    pub fn par(self, text: &str) -> Block {
        self.pars(vec![self.text(text)])
    }

    pub fn pars(self, content: Vec<Inline>) -> Block {
        self.block(BlockKind::Paragraph(content))
    }

    pub fn heading(self, level: u8, text: &str) -> Block {
        self.block(BlockKind::Heading(Heading {
            level,
            anchor: text.into(),
            classes: Vec::new(),
            content: vec![self.text(text)],
        }))
    }

    pub fn list(self, start: Option<u64>, tight: bool, items: Vec<Vec<Block>>) -> Block {
        let items = items.into_iter().map(|blocks| (None, blocks)).collect();
        self.items(start, tight, items)
    }

    pub fn items(
        self,
        start: Option<u64>,
        tight: bool,
        items: Vec<(Option<bool>, Vec<Block>)>,
    ) -> Block {
        let items = items
            .into_iter()
            .map(|(task, blocks)| ListItem { place: self.0, task, blocks })
            .collect();
        self.block(BlockKind::List(List { start, tight, items }))
    }

    pub fn cell(self, text: &str) -> Cell {
        Cell { place: self.0, content: vec![self.text(text)] }
    }

    pub fn caption(self, number: usize, anchor: &str, text: &str) -> Option<Caption> {
        Some(Caption { number, anchor: anchor.into(), content: vec![self.text(text)] })
    }
}

pub fn strong(m: Maker, text: &str) -> Inline {
    m.inline(InlineKind::Strong(vec![m.text(text)]))
}

pub fn link(m: Maker, target: Target, text: &str) -> Inline {
    m.inline(InlineKind::Link {
        target,
        title: String::new(),
        content: vec![m.text(text)],
    })
}

pub fn table(m: Maker, rows: usize) -> Block {
    let head = ["序号", "主要任务", "责任单位", "目标值"];
    let row = |at: usize| {
        vec![
            m.cell(&at.to_string()),
            m.cell("推进党的组织和党的工作“两个覆盖”常态化，应建尽建"),
            m.cell("市民政局"),
            m.cell("92.2%"),
        ]
    };
    m.block(BlockKind::Table(Table {
        caption: m.caption(1, "tbl-tasks", "重点任务与责任单位"),
        columns: vec![Align::Center, Align::Auto, Align::Left, Align::Right],
        head: head.map(|text| m.cell(text)).into(),
        rows: (1..=rows).map(row).collect(),
        ..Table::default()
    }))
}

pub fn document(place: Place) -> Document {
    let m = Maker(place);
    let lead = "2020年，全市社会组织坚持以习近平新时代中国特色社会主义思想为指导，\
                围绕中心、服务大局，在疫情防控、脱贫攻坚、复工复产中发挥了重要作用。";
    let long = "1月31日，市民政局、市社会组织党委发布《关于动员全市社会组织党组织抗击新型\
                冠状病毒感染肺炎行动倡议书》，号召各级社会组织党组织和党员干部把思想和行动统一\
                到党中央的决策部署上来——不等不靠、主动作为，做到守土有责、守土担责、守土尽责。";
    let figure = |text: &str| {
        m.inline(InlineKind::Figure(FigureText {
            text: text.into(),
            figure: FigureRef {
                name: "baoji/2020/donated".into(),
                value: "12000000".into(),
                unit: "元".into(),
                form: None,
            },
        }))
    };
    let blocks = vec![
        m.par(lead),
        m.block(BlockKind::Contents),
        m.heading(2, "一、发布抗疫行动倡议书"),
        m.pars(vec![
            m.text(long),
            m.text("全市参与捐赠的社会组织278家，捐赠款物"),
            figure("1200余万元"),
            m.text("，"),
            strong(m, "开展志愿活动"),
            figure("22.6万人次"),
            m.inline(InlineKind::NoteRef { note: 1, reference: 1 }),
            m.text("，提供心理服务2.4万人次（详见"),
            link(m, Target::Anchor("tbl-tasks".into()), "表1"),
            m.text("）。"),
        ]),
        m.pars(vec![
            m.text("推进"),
            strong(m, "“两个覆盖”"),
            m.text("常态化，做到"),
            m.inline(InlineKind::Emphasis(vec![m.text("应建尽建、应联尽联")])),
            m.text("；旧提法"),
            m.inline(InlineKind::Strike(vec![m.text("“三社联动”")])),
            m.text("已由“五社联动”取代。文件 "),
            m.inline(InlineKind::Code("figures.toml 第3行".into())),
            m.text(" 与 Annals 2020 版一致，口径见同一注"),
            m.inline(InlineKind::NoteRef { note: 1, reference: 2 }),
            m.text("，另见"),
            link(m, Target::Url("https://example.org/年鉴?a=1&b=2".into()), "公报全文"),
            m.text("和"),
            link(
                m,
                Target::Publication {
                    path: "baoji/2020/月报-03".into(),
                    anchor: Some("一、".into()),
                },
                "三月月报",
            ),
            m.text("。"),
        ]),
        table(m, 4),
        m.heading(3, "（一）主要措施"),
        m.par(long),
        m.list(
            None,
            true,
            vec![
                vec![m.par("建立台账，实行“一社一策”，每月通报进展；对活动正常的社会组织，党建工作写入章程的比例达到100%，不留死角。")],
                vec![
                    m.par("选派指导员"),
                    m.list(None, true, vec![vec![m.par("市级五十名")], vec![m.par("县（区）级若干名")]]),
                ],
            ],
        ),
        m.list(
            Some(1),
            false,
            vec![
                vec![m.par("成立包头市社会组织党委。"), m.par("第二段说明。")],
                vec![m.par("开展党史学习教育。")],
            ],
        ),
        m.items(
            None,
            true,
            vec![
                (Some(true), vec![m.par("报送年度数据")]),
                (Some(false), vec![m.par("公示年检结果")]),
            ],
        ),
        m.heading(4, "1. 名词解释"),
        m.block(BlockKind::Definitions(vec![
            Definition {
                term: vec![m.text("五社联动")],
                details: vec![vec![m.par("社区、社会工作者、社区社会组织、社区志愿者、社会慈善资源联动。")]],
            },
            Definition {
                term: vec![m.text("合力团")],
                details: vec![vec![m.par("由若干社会组织组成的包抓帮扶团队。")], vec![m.par("又称帮扶团。")]],
            },
        ])),
        m.block(BlockKind::Quote(vec![m.par("社会组织是社会治理的重要力量，要在党的领导下依法自治、发挥作用。")])),
        m.block(BlockKind::Admonition(Admonition {
            kind: AdmonitionKind::Note,
            blocks: vec![m.par("数据截至2020年12月31日，口径为市级社会组织。")],
        })),
        m.block(BlockKind::Admonition(Admonition {
            kind: AdmonitionKind::Caution,
            blocks: vec![m.par("本表不含县（区）登记的社会组织。"), m.par("引用时请注明口径。")],
        })),
        m.block(BlockKind::Figure(PictureBlock {
            caption: m.caption(1, "fig-logo", "2020年社会组织数量"),
            image: Image { path: "content/chart.svg".into(), alt: "柱状图：逐年上升".into(), title: String::new() },
        })),
        m.pars(vec![
            m.text("行内图标"),
            m.inline(InlineKind::Image(Image {
                path: "content/chart.svg".into(),
                alt: "小图".into(),
                title: String::new(),
            })),
            m.text("随文排列。"),
            m.inline(InlineKind::HardBreak),
            m.text("换行之后：旸、镕、喆、堃等用字。"),
        ]),
        m.block(BlockKind::Rule),
        m.block(BlockKind::Code {
            language: "toml".into(),
            text: "# 指标\n[donated]\nlabel = \"捐赠款物\"\nvalue = \"1200余万元\" # 口径\n\tindented = true\n".into(),
        }),
        m.heading(2, "二、支持社会组织全面复工复业"),
        m.par(long),
        m.par(lead),
        m.heading(2, "三、脱贫攻坚专项行动"),
        m.par(long),
    ];
    let outline = outline(&blocks);
    Document {
        blocks,
        notes: vec![Note {
            place,
            anchor: "fn-1".into(),
            references: 2,
            blocks: vec![m.par("统计口径为市级社会组织，含2020年内注销者。")],
        }],
        outline,
        pictures: vec![Picture { path: "content/chart.svg".into(), place }],
        ..Document::default()
    }
}

/// The headings of a few blocks.
pub fn outline(blocks: &[Block]) -> Vec<OutlineItem> {
    blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Heading(heading) => Some(OutlineItem {
                level: heading.level,
                anchor: heading.anchor.clone(),
                text: plain_text(&heading.content),
            }),
            _ => None,
        })
        .collect()
}

pub const CHART: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="320" height="140"><rect x="20" y="80" width="50" height="50" fill="#1f4e79"/><rect x="110" y="50" width="50" height="80" fill="#1f4e79"/><rect x="200" y="20" width="50" height="110" fill="#7a1f1f"/></svg>"##;

pub fn meta(kind: &str) -> Meta {
    let mut extra = indexmap::IndexMap::new();
    let text = |text: &str| annals::model::Datum::Text(text.into());
    if kind == "bulletin" {
        extra.insert("masthead".to_owned(), text("宝鸡社会组织工作简报"));
        extra.insert(
            "report_to".to_owned(),
            annals::model::Datum::List(vec![text("市委"), text("市人民政府")]),
        );
        extra.insert("send_to".to_owned(), text("各县（区）民政局"));
        extra.insert("editor".to_owned(), text("办公室"));
    }
    Meta {
        title: "2020年宝鸡市社会组织工作十件大事".into(),
        subtitle: Some("在疫情防控与脱贫攻坚一线".into()),
        authors: vec!["市民政局".into(), "市社会组织党委".into()],
        keywords: vec!["社会组织".into(), "年度回顾".into()],
        summary: Some("这一年，全市社会组织投身疫情防控、脱贫攻坚和复工复产，涌现出一批先进典型。现将十件大事整理刊发，供各地参考。".into()),
        date: Date::new(2021, Some(1), Some(14)),
        language: Language::Zh,
        publisher: Some("宝鸡市民政局".into()),
        kind: kind.into(),
        kind_label: "年度回顾".into(),
        series: "baoji".into(),
        series_title: "宝鸡市社会组织工作".into(),
        period: Some(Period::Year(2020)),
        issue: (kind == "bulletin").then_some(3),
        path: "baoji/2020/ten-events".into(),
        draft: false,
        watermark: None,
        extra,
        series_extra: indexmap::IndexMap::new(),
    }
}

pub fn pictures() -> BTreeMap<String, annals::folder::Binary> {
    let file = annals::folder::Binary {
        path: "content/chart.svg".into(),
        bytes: CHART.as_bytes().into(),
        hash: String::new(),
    };
    BTreeMap::from([(file.path.clone(), file)])
}

/// The front matter of an English edition with a long title.
pub fn english(kind: &str) -> Meta {
    Meta {
        title: "Ten events of 2020: how the social organisations of Baoji met the \
                epidemic and the last year of the campaign against poverty"
            .into(),
        subtitle: Some("A review of the year".into()),
        authors: vec!["Bureau of Civil Affairs".into()],
        summary: Some("What the year asked, and what 442 organisations gave.".into()),
        language: Language::En,
        publisher: Some("Baoji Bureau of Civil Affairs".into()),
        kind_label: "Review".into(),
        series_title: "Social organisations of Baoji".into(),
        extra: indexmap::IndexMap::new(),
        ..meta(kind)
    }
}
