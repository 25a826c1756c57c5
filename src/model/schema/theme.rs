//! The schema of themes, `templates/theme.toml`.

use std::sync::LazyLock;

use super::builtin::field;
use super::{Field, Schema, Type};

/// The classes of faces: 宋, 黑, 楷, 仿宋.
pub const CLASSES: [&str; 4] = ["song", "hei", "kai", "fang"];

/// The words for faces: classes, and the bold of those that have one. A bold 楷 or 仿宋
/// would be one that a machine makes up.
pub const FACES: [&str; 6] = ["song", "song bold", "hei", "hei bold", "kai", "fang"];

/// The words for the rule below a masthead.
pub const RULES: [&str; 4] = ["single", "double", "star", "none"];

/// Roles of colours: key, other names, meaning.
const COLOURS: [(&str, &str, &str); 17] = [
    ("ink", "正文", "Text."),
    ("soft", "次要", "Text beside the text: bylines, colophons, page heads."),
    ("rule", "细线", "Thin lines."),
    ("paper", "底色", "The ground of pages on screens; paper is white."),
    ("tint", "浅底", "The ground of boxes: code, contents, admonitions."),
    ("link", "链接", "Links."),
    ("accent", "主色", "What makes a kind known at a glance: headings, bars, kickers."),
    ("mark", "红色", "The name of a masthead and the rule below it."),
    ("cover", "封面", "The ground of a cover."),
    ("on_cover", "封面文字", "Text on a cover."),
    ("gilt", "封面饰色", "Ornaments on a cover."),
    ("focus", "焦点", "The frame around what the keyboard is at."),
    ("note", "说明", "Admonitions of the sort 说明."),
    ("tip", "提示", "The sort 提示."),
    ("important", "重要", "The sort 重要."),
    ("warning", "注意", "The sort 注意."),
    ("caution", "警告", "The sort 警告."),
];

/// Roles of faces.
const ROLES: [(&str, &str, &str); 13] = [
    ("text", "正文", "Text."),
    ("title", "标题", "The title."),
    ("subtitle", "副标题", "The second line of the title."),
    ("heading", "一级标题", "Headings of the first level under the title."),
    ("subheading", "二级标题", "Headings of the second level."),
    ("minor", "三级标题", "Deeper headings."),
    ("strong", "强调", "Strong words."),
    ("emphasis", "着重", "Emphasised words."),
    ("quote", "引文", "Quotations."),
    ("standfirst", "导语", "The lines between the title and the text."),
    ("caption", "图表题", "Captions and the heads of tables."),
    ("masthead", "报头", "The name in a masthead."),
    ("label", "标签", "Kickers, the words of colophons, running heads."),
];

/// Roles of sizes.
const SIZES: [(&str, &str, &str); 9] = [
    ("text", "正文", "Text; pages on screens set the others in proportion to it."),
    ("title", "标题", "The title, where it fits."),
    ("subtitle", "副标题", "The second line of the title."),
    ("heading", "一级标题", "Headings of the first level under the title."),
    ("subheading", "二级标题", "Headings of the second level."),
    ("standfirst", "导语", "The lines between the title and the text."),
    ("small", "小字", "Bylines, colophons and notes."),
    ("figure", "数字", "Figures that are pulled out of the text."),
    ("masthead", "报头", "The name in a masthead, where it fits."),
];

/// A theme: what holds for all kinds, and `kind.NAME` with the same keys for one.
pub fn theme() -> &'static Schema {
    static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
        let mut schema = look().clone();
        schema.fields.push(field(
            "kind",
            "类型",
            Type::Map(Box::new(Type::Table(look().clone()))),
            "The same keys for one kind: `[kind.bulletin.colours]`.",
            "",
        ));
        schema
    });
    &SCHEMA
}

/// The look of one kind.
pub fn look() -> &'static Schema {
    static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
        let colours = || roles(&COLOURS, &Type::Text, "\"#c8161d\"");
        let families = Type::List(Box::new(Type::Text));
        let classes = [
            ("song", "宋体", "Families for 宋 that go before the built-in one."),
            ("hei", "黑体", "Families for 黑 that go before the built-in one."),
            ("kai", "楷体", "Families for 楷 that go before the built-in one."),
            ("fang", "仿宋", "Families for 仿宋 that go before the built-in one."),
        ];
        let masthead = vec![
            field("rule", "线", words(&RULES), "The rule below a masthead.", "\"star\""),
            field("weight", "线宽", Type::Text, "How thick that rule is.", "\"1.6pt\""),
            field(
                "tracking",
                "字距",
                Type::Number,
                "Space between the letters of a masthead, in ems.",
                "0.11",
            ),
        ];
        let list = || Type::List(Box::new(Type::Text));
        let charts = vec![
            field(
                "palette",
                "色板",
                list(),
                "The colours of charts, in order.",
                "[\"#1f5a99\"]",
            ),
            field(
                "dark",
                "夜间",
                list(),
                "The same on screens by night.",
                "[\"#7fb2ea\"]",
            ),
        ];
        let fields = vec![
            table("colours", "颜色", colours(), "Colours by role, on paper and by day."),
            table("dark", "夜间", colours(), "Colours by role, on screens by night."),
            table(
                "faces",
                "字体",
                roles(&ROLES, &words(&FACES), "\"hei\""),
                "Faces by role.",
            ),
            table(
                "families",
                "字库",
                roles(&classes, &families, "[\"FZXiaoBiaoSong\"]"),
                "Families by class of faces.",
            ),
            table(
                "sizes",
                "字号",
                roles(&SIZES, &Type::Text, "\"小四\""),
                "Sizes by role.",
            ),
            field(
                "line",
                "行高",
                Type::Number,
                "From one line to the next, in ems.",
                "1.78",
            ),
            table("masthead", "报头", masthead, "How mastheads are set."),
            table("charts", "图表", charts, "How charts are drawn."),
        ];
        Schema { fields, open: false }
    });
    &SCHEMA
}

fn words(words: &[&str]) -> Type {
    Type::Choice(words.iter().map(|word| (*word).to_owned()).collect())
}

fn table(key: &str, alias: &str, fields: Vec<Field>, doc: &str) -> Field {
    field(key, alias, Type::Table(Schema { fields, open: false }), doc, "")
}

fn roles<'a>(
    roles: impl IntoIterator<Item = &'a (&'a str, &'a str, &'a str)>,
    ty: &Type,
    example: &str,
) -> Vec<Field> {
    let role = |(key, alias, doc): &(&str, &str, &str)| {
        field(key, alias, ty.clone(), doc, example)
    };
    roles.into_iter().map(role).collect()
}
