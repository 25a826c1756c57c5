//! The rules, in the order in which they act.

mod approximations;
mod brackets;
mod characters;
mod dashes;
mod dates;
mod ellipsis;
mod grouping;
mod lists;
mod numerals;
mod punctuation;
mod quotes;
mod ranges;
mod titles;
mod wording;

use std::sync::LazyLock;

use regex::Regex;

use super::line::{Finds, Line};
use crate::diag::Code;
use crate::diag::codes::lint as codes;

/// A rule about text.
#[derive(Debug)]
pub struct Rule {
    /// The code of its findings.
    pub code: &'static Code,
    /// What it asks for, in a sentence for editors.
    pub asks: &'static str,
    /// Who asks for it, and how strongly.
    pub basis: Basis,
    /// A text that is reported, and the text as it should be: empty where the writer alone
    /// can tell.
    pub example: (&'static str, &'static str),
    /// Characters of which a text must hold one, or the rule is not asked; empty for all.
    pub(super) hints: &'static str,
    /// Whether it looks into 《》 as well.
    pub(super) in_names: bool,
    /// Finds what is wrong.
    pub(super) find: Find,
}

/// Where a rule is written down.
///
/// The texts of the standards could not be read here. Numbers of clauses are those that
/// at least one public work on them gives; where [`Basis::checked`] is false, the number,
/// or that the standard says so at all, is from memory.
#[derive(Debug, Clone, Copy)]
pub struct Basis {
    /// The standard and clause.
    pub clause: &'static str,
    /// How strongly it is put.
    pub strength: Strength,
    /// Whether another source gives the same clause.
    pub checked: bool,
}

/// How strongly something is asked for, in the words of the standards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// 规定 (应): must.
    Must,
    /// 一般 (通常): usually.
    Usually,
    /// 宜 (推荐): recommended.
    Recommended,
    /// 实务: the practice of the trade; no standard says so.
    Practice,
}

impl Strength {
    /// The word in the manual.
    pub fn word(self) -> &'static str {
        match self {
            Self::Must => "规定",
            Self::Usually => "一般",
            Self::Recommended => "推荐",
            Self::Practice => "实务",
        }
    }
}

/// How a rule looks.
#[derive(Debug, Clone, Copy)]
pub(super) enum Find {
    /// At one text after the other.
    Line(fn(&Line<'_>, &mut Finds<'_>)),
    /// At all texts of a document together.
    Document(fn(&[Line<'_>], &mut Finds<'_>)),
}

/// A pattern that is compiled when it is first used.
type Pattern = LazyLock<Regex>;

/// Compiles a pattern of ours; `H` stands for one Chinese character.
fn pattern(text: &str) -> Regex {
    let text = text.replace("⟨H⟩", r"\p{Han}");
    Regex::new(&text).expect("the pattern is a constant, and every rule has a case")
}

const fn basis(clause: &'static str, strength: Strength, checked: bool) -> Basis {
    Basis { clause, strength, checked }
}

/// All rules.
pub static RULES: &[Rule] = &[
    Rule {
        code: &codes::INVISIBLE_CHARACTER,
        asks: "正文里没有看不见的字符（零宽空格等）。",
        basis: basis("Unicode 23.2", Strength::Practice, false),
        example: ("志愿\u{200B}服务", "志愿服务"),
        hints: "\u{200B}\u{FEFF}\u{2060}\u{AD}",
        in_names: true,
        find: Find::Line(characters::invisible),
    },
    Rule {
        code: &codes::TYPED_INDENT,
        asks: "段首空两字由版式排出，不在正文里打空格。",
        basis: basis("GB/T 9704—2012 7.3.3", Strength::Practice, false),
        example: ("　　全市社会组织共278家。", "全市社会组织共278家。"),
        hints: "\u{3000}",
        in_names: true,
        find: Find::Line(characters::typed_indent),
    },
    Rule {
        code: &codes::LOOK_ALIKE_CHARACTER,
        asks: "汉字就是汉字：不用形近的部首、片假名代替。",
        basis: basis("GB/T 2312、GB 18030", Strength::Practice, false),
        example: ("第ー项工作", "第一项工作"),
        hints: "",
        in_names: true,
        find: Find::Line(characters::look_alike),
    },
    Rule {
        code: &codes::FULL_WIDTH_LETTER,
        asks: "阿拉伯数字和拉丁字母用半角。",
        basis: basis("GB/T 15835—2011 5.1.4", Strength::Usually, false),
        example: ("２０２１年增长５％", "2021年增长5%"),
        hints: "",
        in_names: true,
        find: Find::Line(characters::full_width),
    },
    Rule {
        code: &codes::FULL_WIDTH_DECIMAL,
        asks: "小数点用半角的“.”。",
        basis: basis("GB/T 15835—2011 5.1.3", Strength::Must, false),
        example: ("增长3。5%，达到2．8万元", "增长3.5%，达到2.8万元"),
        hints: "。．",
        in_names: false,
        find: Find::Line(numerals::decimal),
    },
    Rule {
        code: &codes::ELLIPSIS_FORM,
        asks: "省略号是六个连点“……”，占两个字的位置。",
        basis: basis("GB/T 15834—2011 4.11.2", Strength::Must, true),
        example: ("志愿者、社工...都来了", "志愿者、社工……都来了"),
        hints: ".。…·、",
        in_names: false,
        find: Find::Line(ellipsis::form),
    },
    Rule {
        code: &codes::ELLIPSIS_WITH_DENG,
        asks: "“等”和省略号不同时使用。",
        basis: basis("GB/T 15834—2011 A.9.2", Strength::Must, true),
        example: ("慰问了老人、儿童等……", "慰问了老人、儿童等"),
        hints: "…",
        in_names: false,
        find: Find::Line(ellipsis::with_deng),
    },
    Rule {
        code: &codes::DASH_FORM,
        asks: "破折号是“——”，占两个字的位置，中间不断开。",
        basis: basis("GB/T 15834—2011 4.10.2", Strength::Must, true),
        example: ("新起点--2021年工作回顾", "新起点——2021年工作回顾"),
        hints: "-ー－─―—一",
        in_names: false,
        find: Find::Line(dashes::form),
    },
    Rule {
        code: &codes::YEAR_RANGE,
        asks: "年、月、日和时刻的起止用一字线“—”，年份写全。",
        basis: basis(
            "GB/T 15834—2011 4.13.3.2；GB/T 15835—2011 5.1.2",
            Strength::Must,
            true,
        ),
        example: ("2021-2023年，1-9月", "2021—2023年，1—9月"),
        hints: "-–~～－—",
        in_names: false,
        find: Find::Line(ranges::years),
    },
    Rule {
        code: &codes::PERCENT_RANGE,
        asks: "百分数的范围，前后两个数都带“%”。",
        basis: basis("GB/T 15835—2011 5.1.2", Strength::Must, false),
        example: ("满意率55-60%", "满意率55%～60%"),
        hints: "%",
        in_names: false,
        find: Find::Line(ranges::percents),
    },
    Rule {
        code: &codes::NUMBER_RANGE,
        asks: "数值的范围用浪纹线“～”。",
        basis: basis("GB/T 15834—2011 4.13.3.3", Strength::Must, false),
        example: ("每场30-50人，3~5天", "每场30～50人，3～5天"),
        hints: "-–~－",
        in_names: false,
        find: Find::Line(ranges::numbers),
    },
    Rule {
        code: &codes::MIDDLE_DOT_FORM,
        asks: "间隔号是“·”，居中，占一个字的位置。",
        basis: basis("GB/T 15834—2011 4.14.2", Strength::Must, true),
        example: ("买买提•阿不都拉", "买买提·阿不都拉"),
        hints: "•・‧∙⋅･",
        in_names: true,
        find: Find::Line(characters::middle_dot),
    },
    Rule {
        code: &codes::DOCUMENT_NUMBER,
        asks: "发文字号的年份用六角括号“〔〕”，序号不加“第”、不补零。",
        basis: basis("GB/T 9704—2012 7.2.5", Strength::Must, true),
        example: ("宝民发[2020]第015号", "宝民发〔2020〕15号"),
        hints: "号",
        in_names: true,
        find: Find::Line(brackets::document_number),
    },
    Rule {
        code: &codes::SERIAL_PUNCTUATION,
        asks: "序次语的标点：“一、”“（一）”“1.”“（1）”；“第一”“首先”后用逗号。",
        basis: basis("GB/T 15834—2011 B.3.1～B.3.4", Strength::Must, true),
        example: ("（一）、加强组织领导", "（一）加强组织领导"),
        hints: "、.．,，)）",
        in_names: false,
        find: Find::Line(lists::serial),
    },
    Rule {
        code: &codes::HALF_WIDTH_BRACKET,
        asks: "汉语里的括号用全角“（）”，前后成对。",
        basis: basis("GB/T 15834—2011 4.9.2", Strength::Must, true),
        example: ("乡镇(街道)", "乡镇（街道）"),
        hints: "()",
        in_names: false,
        find: Find::Line(brackets::half_width),
    },
    Rule {
        code: &codes::HALF_WIDTH_PUNCTUATION,
        asks: "汉语里的逗号、分号、冒号、问号、叹号和句号用全角。",
        basis: basis("GB/T 15834—2011 5.1", Strength::Must, true),
        example: ("疫情来时,全市社会组织挺身而出.", "疫情来时，全市社会组织挺身而出。"),
        hints: ",;:?!.",
        in_names: false,
        find: Find::Line(punctuation::half_width),
    },
    Rule {
        code: &codes::REPEATED_PUNCTUATION,
        asks: "点号不叠用，逗号、句号等不相连。",
        basis: basis("GB/T 15834—2011 5.1", Strength::Practice, false),
        example: ("捐赠物资，，慰问老人", "捐赠物资，慰问老人"),
        hints: "，。、；：",
        in_names: false,
        find: Find::Line(punctuation::repeated),
    },
    Rule {
        code: &codes::DOUBLE_COLON,
        asks: "一个句子里不套用冒号。",
        basis: basis("GB/T 15834—2011 4.7.3.4", Strength::Usually, false),
        example: ("会议强调：要做好三件事：一是抓党建。", ""),
        hints: "：",
        in_names: false,
        find: Find::Line(punctuation::double_colon),
    },
    Rule {
        code: &codes::STRAIGHT_QUOTE,
        asks: "引号用“”，里面一层用‘’。",
        basis: basis("GB/T 15834—2011 4.8.2", Strength::Must, true),
        example: ("推出\"DIY党课\"", "推出“DIY党课”"),
        hints: "\"'＂",
        in_names: false,
        find: Find::Line(quotes::straight),
    },
    Rule {
        code: &codes::CORNER_QUOTE,
        asks: "横排用“”‘’，不用直角引号。",
        basis: basis("GB/T 15834—2011 5.2", Strength::Must, false),
        example: ("开展「五个一」活动", "开展“五个一”活动"),
        hints: "「」『』",
        in_names: false,
        find: Find::Line(quotes::corner),
    },
    Rule {
        code: &codes::QUOTE_NESTING,
        asks: "引号先双后单，成对使用。",
        basis: basis("GB/T 15834—2011 4.8.3.4", Strength::Must, true),
        example: ("他说：“要讲好“宝鸡故事”。”", "他说：“要讲好‘宝鸡故事’。”"),
        hints: "“”‘’",
        in_names: true,
        find: Find::Line(quotes::nesting),
    },
    Rule {
        code: &codes::TITLE_MARK_NESTING,
        asks: "书名号里面再用书名号时，里面一层用“〈〉”。",
        basis: basis("GB/T 15834—2011 4.15.3.5", Strength::Must, true),
        example: ("《关于贯彻《条例》的通知》", "《关于贯彻〈条例〉的通知》"),
        hints: "《",
        in_names: true,
        find: Find::Line(titles::nesting),
    },
    Rule {
        code: &codes::TITLE_MARK_FORM,
        asks: "书名号是“《》”，不用大于号、小于号或其他尖括号代替。",
        basis: basis("GB/T 15834—2011 4.15.2", Strength::Must, true),
        example: ("<<社会组织名录>>", "《社会组织名录》"),
        hints: "<‹«",
        in_names: true,
        find: Find::Line(titles::form),
    },
    Rule {
        code: &codes::LIST_COMMA_BETWEEN_MARKS,
        asks: "标有引号或书名号的并列成分之间通常不用顿号。",
        basis: basis("GB/T 15834—2011 4.5.3.5", Strength::Usually, true),
        example: ("《条例》、《细则》", "《条例》《细则》"),
        hints: "、",
        in_names: false,
        find: Find::Line(lists::between_marks),
    },
    Rule {
        code: &codes::UNPAIRED_MARK,
        asks: "括号、书名号、引号成对出现。",
        basis: basis("GB/T 15834—2011 5.1", Strength::Must, false),
        example: ("市民政局（社管局负责登记。", ""),
        hints: "",
        in_names: true,
        find: Find::Document(brackets::unpaired),
    },
    Rule {
        code: &codes::TITLE_END_PUNCTUATION,
        asks: "标题末尾不用逗号、顿号、分号、冒号和句号。",
        basis: basis("GB/T 15834—2011 A.1；GB/T 9704—2012 7.3", Strength::Usually, false),
        example: ("## 主要成绩：", "## 主要成绩"),
        hints: "，。、；：",
        in_names: false,
        find: Find::Line(titles::end),
    },
    Rule {
        code: &codes::DATE_FORM,
        asks: "日期写作“2021年3月5日”：不补零，不用“号”，数字与年月日之间不空格。",
        basis: basis(
            "GB/T 15835—2011 4.1.3；GB/T 9704—2012 7.3.5.4",
            Strength::Must,
            true,
        ),
        example: ("2021年03月05号", "2021年3月5日"),
        hints: "年月",
        in_names: false,
        find: Find::Line(dates::form),
    },
    Rule {
        code: &codes::NUMERIC_DATE,
        asks: "正文里的日期不用斜线或圆点分隔。",
        basis: basis("GB/T 15835—2011 5.1.2；GB/T 7408", Strength::Usually, false),
        example: ("2021/3/5召开会议", "2021年3月5日召开会议"),
        hints: "/.",
        in_names: false,
        find: Find::Line(dates::numeric),
    },
    Rule {
        code: &codes::SHORT_YEAR,
        asks: "年份写四位，不简写。",
        basis: basis("GB/T 15835—2011 4.1.3", Strength::Must, false),
        example: ("21年3月5日召开会议", ""),
        hints: "年",
        in_names: false,
        find: Find::Line(dates::short_year),
    },
    Rule {
        code: &codes::HAN_ZERO,
        asks: "汉字数字年份里的零写作“〇”。",
        basis: basis("GB/T 15835—2011 5.2.1", Strength::Must, true),
        example: ("二○二一年", "二〇二一年"),
        hints: "○ＯOo0О零",
        in_names: true,
        find: Find::Line(numerals::han_zero),
    },
    Rule {
        code: &codes::MIXED_NUMERAL,
        asks: "汉字数字和阿拉伯数字不混用；阿拉伯数字后可用“万”“亿”，不用“十”“百”“千”。",
        basis: basis("GB/T 15835—2011 5.3", Strength::Must, false),
        example: ("20几家社会组织，3千人", "二十几家社会组织，3000人"),
        hints: "几数十百千",
        in_names: false,
        find: Find::Line(numerals::mixed),
    },
    Rule {
        code: &codes::APPROXIMATE_LIST_COMMA,
        asks: "相邻两个数字连用表示概数时，中间不用顿号。",
        basis: basis(
            "GB/T 15834—2011 4.5.3.4；GB/T 15835—2011 5.2.2",
            Strength::Usually,
            true,
        ),
        example: ("走访三、四个社区", "走访三四个社区"),
        hints: "、",
        in_names: false,
        find: Find::Line(approximations::list_comma),
    },
    Rule {
        code: &codes::DOUBLED_APPROXIMATION,
        asks: "“约”“近”“超”与“余”“多”“左右”“上下”不同时使用。",
        basis: basis("GB/T 15835—2011 4.2.2", Strength::Practice, false),
        example: ("约300余家社会组织", ""),
        hints: "约近逾超",
        in_names: false,
        find: Find::Line(approximations::doubled),
    },
    Rule {
        code: &codes::DIGIT_GROUPING,
        asks: "多位数要么都分节，要么都不分节，同一文件里一致。",
        basis: basis("GB/T 15835—2011 5.1.1", Strength::Must, false),
        example: ("捐款12,345元，惠及34567人", ""),
        hints: "",
        in_names: false,
        find: Find::Document(grouping::consistent),
    },
    Rule {
        code: &codes::DEADLINE_WORDING,
        asks: "表示到某时为止的统计，用“截至”，不用“截止”。",
        basis: basis("现代汉语词典", Strength::Practice, false),
        example: ("截止2020年底，全市共有278家。", "截至2020年底，全市共有278家。"),
        hints: "截",
        in_names: false,
        find: Find::Line(wording::deadline),
    },
    Rule {
        code: &codes::RELATIVE_DATE,
        asks: "年度文件写明年份，不用“今年”“去年”“近日”等相对时间。",
        basis: basis("年度文件实务", Strength::Practice, true),
        example: ("今年，全市新登记社会组织35家。", ""),
        hints: "年日",
        in_names: false,
        find: Find::Line(wording::relative),
    },
];
