//! The schemas of the project file, of series, front matter and fields in contracts.

use std::sync::LazyLock;

use super::{Field, Schema, Type};
use crate::diag::codes;

/// The languages that settings may name.
pub const LANGUAGES: [&str; 2] = ["zh", "en"];

/// The formats that settings may name.
pub const FORMATS: [&str; 2] = ["pdf", "html"];

/// How often a recurring narrative may appear.
pub const EVERY: [&str; 3] = ["month", "quarter", "year"];

/// What a code of a finding may be set to.
pub const GRADES: [&str; 4] = ["error", "warning", "note", "off"];

/// The words for the faces of pages.
pub const PAGE_FONTS: [&str; 2] = ["system", "embedded"];

/// What a kind may be in the words of schema.org; the first where it does not say.
pub const ARTICLES: [&str; 4] = ["Article", "NewsArticle", "Report", "TechArticle"];

/// What may become of a number that is typed by hand.
pub const STRICTNESS: [&str; 3] = ["allow", "warn", "deny"];

/// The PDF standards that settings may name, as Typst names them (typst-pdf 0.15,
/// `PdfStandard`).
pub const STANDARDS: [&str; 17] = [
    "1.4", "1.5", "1.6", "1.7", "2.0", "a-1b", "a-1a", "a-2b", "a-2u", "a-2a", "a-3b",
    "a-3u", "a-3a", "a-4", "a-4f", "a-4e", "ua-1",
];

/// The words for types in contracts, without `choice`, which has a key of its own.
pub const TYPE_WORDS: [&str; 12] = [
    "text", "integer", "number", "boolean", "date", "period", "quantity", "id", "path",
    "list", "table", "any",
];

/// A field that may be left out; `aliases` are separated by `|`.
pub(super) fn field(
    key: &str,
    aliases: &str,
    ty: Type,
    doc: &str,
    example: &str,
) -> Field {
    Field {
        key: key.to_owned(),
        aliases: aliases
            .split('|')
            .filter(|alias| !alias.is_empty())
            .map(str::to_owned)
            .collect(),
        ty,
        required: false,
        doc: doc.to_owned(),
        example: example.to_owned(),
        fallback: String::new(),
    }
}

pub(super) fn words(words: &[&str]) -> Type {
    Type::Choice(words.iter().map(|word| (*word).to_owned()).collect())
}

pub(super) fn texts() -> Type {
    Type::List(Box::new(Type::Text))
}

pub(super) fn closed(fields: Vec<Field>) -> Type {
    Type::Table(Schema { fields, open: false })
}

fn free_table() -> Type {
    Type::Table(Schema { fields: Vec::new(), open: true })
}

/// The project file, `annals.toml`.
pub fn project() -> &'static Schema {
    static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
        let pdf = vec![
            field(
                "standards",
                "",
                Type::List(Box::new(words(&STANDARDS))),
                "The standards that every PDF meets; an empty list for plain PDF.",
                r#"["a-2a", "ua-1"]"#,
            ),
            field(
                "font_folders",
                "",
                Type::List(Box::new(Type::Path)),
                "Folders of the press whose fonts may be used.",
                r#"["fonts"]"#,
            ),
            field(
                "system_fonts",
                "",
                Type::Boolean,
                "Whether the fonts of the machine may be used; then outputs differ \
                 from machine to machine.",
                "false",
            ),
        ];
        let html = vec![field(
            "fonts",
            "",
            words(&PAGE_FONTS),
            "Whose faces pages are set in: those of the reader's machine (`system`), or \
             ours (`embedded`): each page then carries the characters that it uses, about \
             a hundred kilobytes.",
            r#""embedded""#,
        )];
        let limits = vec![
            field(
                "warn_after",
                "",
                Type::Integer,
                "A figure whose `as_of` is more days before the end of the edition's period \
                 is a warning.",
                "90",
            ),
            field(
                "error_after",
                "",
                Type::Integer,
                "The same before it is an error.",
                "365",
            ),
        ];
        let mut audit = vec![
            field(
                "stray",
                "",
                words(&STRICTNESS),
                "What becomes of a number that is typed by hand: only `annals audit` tells \
                 of it (`allow`), it is a warning (`warn`) or an error (`deny`).",
                r#""deny""#,
            ),
            field(
                "kinds",
                "",
                Type::Map(Box::new(words(&STRICTNESS))),
                "The same for one kind, by its name.",
                r#"{ manual = "allow" }"#,
            ),
            field(
                "terms",
                "",
                texts(),
                "Terms whose numerals are no values: names of plans, campaigns, brands.",
                r#"["三年攻坚", "十条措施"]"#,
            ),
        ];
        audit.extend(limits.iter().cloned());
        audit.push(field(
            "sources",
            "",
            Type::Map(Box::new(closed(limits))),
            "How old figures of one source may be, by its name as figures give it.",
            r#"{ "宝鸡市民政局" = { warn_after = 30 } }"#,
        ));
        let titles = vec![
            field("zh", "", Type::Text, "In Chinese.", ""),
            field("en", "", Type::Text, "In English.", r#""Yearbook""#),
        ];
        let watermark = vec![
            field("zh", "", Type::Text, "In Chinese.", r#""征求意见稿""#),
            field("en", "", Type::Text, "In English.", r#""Draft for comment""#),
        ];
        let rules = codes::all()
            .map(|code| field(code.id, "", words(&GRADES), code.what, r#""warning""#))
            .collect();
        let fields = vec![
            Field {
                required: true,
                ..field("title", "", Type::Text, "The name of the press.", r#""年鉴""#)
            },
            field(
                "titles",
                "",
                closed(titles),
                "The name of the press in its publications of another language.",
                r#"{ en = "Yearbook" }"#,
            ),
            field(
                "publisher",
                "",
                Type::Text,
                "Who publishes, where a series does not say otherwise.",
                r#""宝鸡市民政局""#,
            ),
            field(
                "language",
                "",
                words(&LANGUAGES),
                "The language of narratives that do not say otherwise.",
                r#""zh""#,
            ),
            field(
                "base_url",
                "",
                Type::Text,
                "The address at which the output will stand.",
                r#""https://www.example.org/annals/""#,
            ),
            field(
                "output",
                "",
                Type::Path,
                "The folder of the press that outputs are written to.",
                r#""output""#,
            ),
            field(
                "formats",
                "",
                Type::List(Box::new(words(&FORMATS))),
                "The formats that are made.",
                r#"["pdf", "html"]"#,
            ),
            field("pdf", "", closed(pdf), "How PDFs are made.", ""),
            field("html", "", closed(html), "How pages are made.", ""),
            field(
                "site",
                "",
                closed(super::site::fields()),
                "The pages around the publications.",
                "",
            ),
            field("audit", "", closed(audit), "How numbers are looked at.", ""),
            field(
                "watermark",
                "",
                closed(watermark),
                "The words over the pages of a preview, by language.",
                r#"{ zh = "内部讨论稿", en = "For internal use" }"#,
            ),
            field(
                "rules",
                "",
                closed(rules),
                "How much each finding matters: its code, and what to make of it.",
                "",
            ),
            field(
                "collections",
                "",
                Type::Map(Box::new(Type::Map(Box::new(Type::Table(
                    field_spec().clone(),
                ))))),
                "Fields added to collections, by collection and field.",
                "",
            ),
        ];
        Schema { fields, open: false }
    });
    &SCHEMA
}

/// The file of a series, `series.toml`; its other keys are for templates.
pub fn series() -> &'static Schema {
    static SCHEMA: LazyLock<Schema> = LazyLock::new(|| Schema {
        open: true,
        fields: vec![
            field(
                "title",
                "标题|名称",
                Type::Text,
                "The title of the series; the name of its folder unless given.",
                r#""宝鸡市社会组织""#,
            ),
            field(
                "publisher",
                "主办|发布单位",
                Type::Text,
                "Who publishes the series.",
                r#""宝鸡市民政局""#,
            ),
            field(
                "language",
                "语言",
                words(&LANGUAGES),
                "The language of its narratives.",
                r#""zh""#,
            ),
            names_in("en"),
            names_in("zh"),
        ],
    });
    &SCHEMA
}

/// What a series is called in a language.
fn names_in(language: &str) -> Field {
    let fields = vec![
        field("title", "", Type::Text, "The title of the series.", r#""Baoji""#),
        field("publisher", "", Type::Text, "Who publishes the series.", ""),
        field(
            "units",
            "",
            Type::Map(Box::new(Type::Text)),
            "Units by their names in the record; one and many with `|`, empty where the \
             language has no such unit.",
            r#"{ 人次 = "visit|visits" }"#,
        ),
    ];
    let ty = Type::Table(Schema { fields, open: true });
    let doc = "What the series is called where its narratives are in another language \
               than its record; any key of the series may stand here.";
    field(language, "", ty, doc, "")
}

/// The keys of front matter that every kind knows.
pub fn front_matter() -> &'static Schema {
    static SCHEMA: LazyLock<Schema> = LazyLock::new(|| Schema {
        open: false,
        fields: vec![
            Field {
                required: true,
                ..field(
                    "title",
                    "标题",
                    Type::Text,
                    "The title; may print figures.",
                    r#""2020年宝鸡市社会组织工作十件大事""#,
                )
            },
            field(
                "subtitle",
                "副标题",
                Type::Text,
                "The second line of the title.",
                r#""——以党建引领高质量发展""#,
            ),
            Field {
                required: true,
                ..field(
                    "kind",
                    "类型|文种",
                    Type::Text,
                    "The kind of document: a folder under `templates/`.",
                    r#""bulletin""#,
                )
            },
            field(
                "period",
                "期间|时期",
                Type::Period,
                "What it reports on; the year of its folder unless given.",
                r#""2021-03""#,
            ),
            field(
                "every",
                "周期",
                words(&EVERY),
                "Makes an edition for each such period of the record that has something \
                 to report.",
                r#""month""#,
            ),
            field(
                "date",
                "日期|发布日期",
                Type::Date,
                "The day of publication.",
                r#""2021-01-14""#,
            ),
            field(
                "language",
                "语言",
                words(&LANGUAGES),
                "The language, where it is not that of the series.",
                r#""zh""#,
            ),
            field(
                "authors",
                "作者",
                texts(),
                "The authors, in order of protocol.",
                r#"["市民政局"]"#,
            ),
            field(
                "keywords",
                "关键词",
                texts(),
                "Words to find it by.",
                r#"["社会组织", "年度"]"#,
            ),
            field(
                "summary",
                "摘要",
                Type::Text,
                "A sentence or two for lists and metadata.",
                r#""回顾全年十件大事。""#,
            ),
            field(
                "issue",
                "期号",
                Type::Integer,
                "The issue number; with `every`, that of the first edition.",
                "1",
            ),
            field(
                "sources",
                "数据来源表",
                Type::Boolean,
                "Whether a table at the end says where the figures in print come from; the \
                 kind decides unless given.",
                "true",
            ),
            field(
                "draft",
                "草稿",
                Type::Boolean,
                "Whether it is left out unless drafts are asked for.",
                "false",
            ),
            field(
                "aliases",
                "曾用地址",
                Type::List(Box::new(Type::Path)),
                "Addresses that it had before, below the output folder and without ending: \
                 pages there lead on to it.",
                r#"["baoji/2020/ten"]"#,
            ),
            field(
                "without",
                "不载",
                texts(),
                "Keys that the kind asks for, and that this edition knowingly goes without: \
                 the source does not give them, or they do not apply.",
                r#"["place"]"#,
            ),
            field(
                "extra",
                "",
                free_table(),
                "Further keys for the templates of the press.",
                "",
            ),
        ],
    });
    &SCHEMA
}

/// How a contract or the project file describes a field.
pub fn field_spec() -> &'static Schema {
    static SCHEMA: LazyLock<Schema> = LazyLock::new(|| Schema {
        open: false,
        fields: vec![
            field(
                "type",
                "",
                Type::Text,
                "What the field holds: text, integer, number, boolean, date, period, \
                 quantity, id, path, table, any, or `list of` one of these.",
                r#""text""#,
            ),
            field(
                "choice",
                "",
                texts(),
                "The words that the field may hold, in place of `type`.",
                r#"["年度", "季度"]"#,
            ),
            field(
                "required",
                "",
                Type::Boolean,
                "Whether the field must be there.",
                "true",
            ),
            field(
                "aliases",
                "",
                texts(),
                "Other names of the field, such as column heads.",
                r#"["主办"]"#,
            ),
            field(
                "doc",
                "",
                Type::Text,
                "What the field means, in a sentence.",
                r#""主办单位。""#,
            ),
            field(
                "example",
                "",
                Type::Text,
                "An example, as one would write it in TOML.",
                r#"'"苏州市社会组织党委"'"#,
            ),
            field(
                "fallback",
                "",
                Type::Text,
                "The key of the front matter that stands in where an item leaves the field \
                 empty.",
                r#""issuer""#,
            ),
        ],
    });
    &SCHEMA
}
