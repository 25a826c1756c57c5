//! The reference pages of the manual, made from the tables of arguments and codes.

use std::fmt::Write as _;

use clap::{Arg, Command, CommandFactory as _};

use super::Answer;
use super::args::{Cli, Reference};
use super::session::Session;
use crate::diag::{Code, Severity, codes};
use crate::formula::{FUNCTIONS, Function};
use crate::lint::{Basis, RULES, Rule};
use crate::publish::{NewFile, plant};
use crate::template::{FILTERS, Filter};

/// Writes the pages into an empty folder.
pub(super) fn reference(args: &Reference, session: &mut Session) -> Answer {
    let page = |path: &str, text: String| NewFile {
        path: path.to_owned(),
        bytes: text.into_bytes(),
    };
    let pages = reference_pages().map(|(name, text)| page(name, text));
    plant(&args.dir, &pages, &mut session.diags)?;
    Ok(String::new())
}

/// The pages of `content/manual/reference/`, by name.
pub fn reference_pages() -> [(&'static str, String); 5] {
    [
        ("cli.md", command_line_page()),
        ("diagnostics.md", diagnostics_page()),
        ("filters.md", filters_page()),
        ("text-rules.md", text_rules_page()),
        ("formulas.md", formulas_page()),
    ]
}

/// The page about the functions of formulas.
fn formulas_page() -> String {
    let mut out = front_matter("公式函数参考", "公式和勾稽关系里的函数，由程序生成。");
    let _ =
        writeln!(out, "本页由程序自己的表生成，因此用英文；中文名与英文名作用相同。\n");
    let _ = writeln!(out, "| 函数 | 中文名 | 作用 | 例子 |\n|---|---|---|---|");
    for Function { name, aliases, doc, example, .. } in FUNCTIONS {
        let aliases = aliases.join("、");
        let (doc, example) = (prose(doc), example.replace('|', "\\|"));
        let _ = writeln!(out, "| `{name}` | {aliases} | {doc} | `{example}` |");
    }
    out.push_str("\n{% endraw %}\n");
    out
}

/// The page about the filters that annals adds to Tera's own.
fn filters_page() -> String {
    let mut out = front_matter("过滤器参考", "annals 在正文里增加的过滤器，由程序生成。");
    let _ = writeln!(out, "本页由程序自己的表生成，因此用英文。\n");
    for filter in FILTERS {
        let Filter { name, doc, example: (template, prints) } = filter;
        let _ = writeln!(out, "## {name} {{#{name}}}\n\n{doc}\n");
        let _ = writeln!(out, "```\n{template}\n```\n\nprints\n\n```\n{prints}\n```\n");
    }
    out.truncate(out.trim_end().len());
    out.push_str("\n{% endraw %}\n");
    out
}

/// The page about the command line (`content/manual/reference/cli.md`).
fn command_line_page() -> String {
    let mut command = Cli::command();
    command.build();
    let mut out =
        front_matter("命令参考", "annals 的全部命令、参数和退出码，由程序生成。");
    let _ = writeln!(
        out,
        "本页由程序自己的命令表生成，与 `annals help` 的内容相同，因此用英文。\n"
    );
    let (arguments, options) = split(&command);
    debug_assert!(arguments.is_empty(), "the program itself takes verbs only");
    let verbs: Vec<&Command> = command
        .get_subcommands()
        .filter(|verb| !verb.is_hide_set() && verb.get_name() != "help")
        .collect();
    out.push_str("## 命令 {#verbs}\n\n| 命令 | 作用 |\n|---|---|\n");
    for verb in &verbs {
        let name = verb.get_name();
        let _ = writeln!(out, "| [`annals {name}`](#{name}) | {} |", about(verb));
    }
    for verb in &verbs {
        let (name, usage) = (verb.get_name(), usage(verb));
        let _ = writeln!(out, "\n## annals {name} {{#{name}}}\n\n{}.\n", about(verb));
        let _ = writeln!(out, "```\n{usage}\n```");
        let (arguments, own) = split(verb);
        let own = own.into_iter().filter(|arg| !arg.is_global_set()).collect();
        write_args(&mut out, "参数", &arguments);
        write_args(&mut out, "选项", &own);
    }
    out.push_str("\n## 通用选项 {#global}\n");
    write_args(&mut out, "选项", &options);
    out.push_str("\n## 退出码 {#exit}\n\n| 退出码 | 含义 |\n|--:|---|\n");
    for (number, words) in EXITS {
        let _ = writeln!(out, "| {number} | {words} |");
    }
    out.push_str("{% endraw %}\n");
    out
}

/// The exit statuses, for readers.
const EXITS: [(u8, &str); 6] = [
    (0, "完成"),
    (1, "有达到 `--fail-on` 的提示（默认：错误）"),
    (2, "命令用法或 `annals.toml` 有误"),
    (3, "机器的问题：没有权限、磁盘已满、另一次生成正在进行"),
    (4, "一部分出版物已经生成，另一部分失败"),
    (70, "annals 自身的缺陷，请报告"),
];

/// The page about the codes that findings carry (`content/manual/reference/diagnostics.md`).
fn diagnostics_page() -> String {
    let mut out = front_matter(
        "提示参考",
        "annals 的全部提示代码：是什么、为什么、怎么改，由程序生成。",
    );
    let _ = writeln!(
        out,
        "本页由程序自己的代码表生成，与 `annals explain` 的内容相同，因此用英文。\n"
    );
    for (stage, list) in codes::stages() {
        if list.is_empty() {
            continue;
        }
        let _ = writeln!(out, "## {} {{#stage-{stage}}}\n", stage_title(stage));
        for code in list {
            write_code(&mut out, code);
        }
    }
    out.truncate(out.trim_end().len());
    out.push_str("\n{% endraw %}\n");
    out
}

fn stage_title(stage: &str) -> &'static str {
    match stage {
        "load" => "读文件",
        "check" => "核对数据和设置",
        "figures" => "指标、公式和勾稽关系",
        "merge" => "合成正文",
        "parse" => "正文的结构",
        "lint" => "文字规则",
        "audit" => "核对成稿",
        "typeset" => "排版",
        "publish" => "写出成品",
        _ => "命令行",
    }
}

fn write_code(out: &mut String, code: &Code) {
    let severity = match code.severity {
        Severity::Error => "错误",
        Severity::Warning => "警告",
        Severity::Note => "说明",
    };
    let _ = writeln!(out, "### {} {{#{}}}\n", code.id, code.id);
    let _ = writeln!(out, "**{severity}。**{} {}\n", prose(code.what), prose(code.why));
    let _ = writeln!(out, "Example:\n\n{}\n", fenced(code.example));
    let _ = writeln!(out, "Mended:\n\n{}\n", fenced(code.mend));
}

/// The text as a code block, whatever it holds. Characters beyond the first plane, which
/// our fonts do not have, are named: `U+1F680`.
fn fenced(text: &str) -> String {
    let text = text.trim_end().chars().fold(String::new(), |mut out, found| {
        let _ = match found {
            '\u{10000}'.. => write!(out, "U+{:X}", u32::from(found)),
            _ => write!(out, "{found}"),
        };
        out
    });
    let mut fence = "```".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    format!("{fence}\n{text}\n{fence}")
}

/// The page about the text rules.
fn text_rules_page() -> String {
    let mut out = front_matter(
        "文字规则参考",
        "annals 检查的全部文字规则：要求、依据、强度和例子，由程序生成。",
    );
    out.push_str(
        "“强度”用标准自己的措辞：规定（应）、一般（通常）、推荐（宜）；“实务”是通行做法，标准没有规定。\
         标准的原文在编写时无法逐条核对：条款号依据公开的二手材料，带†的凭记忆，引用前请查对原文。\n\n\
         “改正”一栏有内容的，`annals check --fix` 会在原文件里改好；空着的只提示，由人来改。\n",
    );
    for rule in RULES {
        let Rule { code, asks, basis, example: (text, after), .. } = rule;
        let Basis { clause, strength, checked } = basis;
        let mark = if *checked { "" } else { "†" };
        let _ = writeln!(out, "\n## {} {{#{}}}\n\n{asks}\n", code.id, code.id);
        let _ = writeln!(out, "依据：{clause}{mark}。强度：{}。\n", strength.word());
        let after = if after.is_empty() { "（由人来改）" } else { after };
        let _ = writeln!(out, "```\n原文　{}\n改正　{}\n```", seen(text), seen(after));
    }
    out.push_str("\n{% endraw %}\n");
    out
}

/// A text whose invisible characters can be seen.
fn seen(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, found| {
        let _ = match found {
            '\u{200B}' | '\u{3000}' => write!(out, "<U+{:04X}>", u32::from(found)),
            _ => write!(out, "{found}"),
        };
        out
    })
}

/// Front matter, and the mark that keeps Tera from reading the page.
fn front_matter(title: &str, summary: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\nkind = \"manual\"\nsummary = \"{summary}\"\n+++\n\n\
         {{% raw %}}\n"
    )
}

fn about(command: &Command) -> String {
    command.get_about().map(|text| prose(&text.to_string())).unwrap_or_default()
}

fn usage(command: &Command) -> String {
    let mut command = command.clone();
    let usage = command.render_usage().to_string();
    usage.trim_start_matches("Usage: ").to_owned()
}

/// The arguments by position, and those by name.
fn split(command: &Command) -> (Vec<&Arg>, Vec<&Arg>) {
    let shown = |arg: &&Arg| {
        !arg.is_hide_set() && !matches!(arg.get_id().as_str(), "help" | "version")
    };
    command.get_arguments().filter(shown).partition(|arg| arg.is_positional())
}

fn write_args(out: &mut String, head: &str, args: &Vec<&Arg>) {
    if args.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n| {head} | 说明 |\n|---|---|");
    for arg in args {
        let _ = writeln!(out, "| {} | {} |", name(arg), explain(arg));
    }
}

/// How an argument is typed.
fn name(arg: &Arg) -> String {
    let value = arg
        .get_value_names()
        .filter(|_| arg.get_action().takes_values())
        .and_then(|names| names.first())
        .map(|value| format!("{value}").replace('|', "\\|"));
    if arg.is_positional() {
        return format!("`{}`", value.unwrap_or_default());
    }
    let short = arg.get_short().map(|short| format!("-{short}"));
    let long = arg.get_long().map(|long| format!("--{long}"));
    let names: Vec<String> = short.into_iter().chain(long).collect();
    let value = value.map(|value| format!(" {value}")).unwrap_or_default();
    format!("`{}{value}`", names.join(", "))
}

/// What an argument does, its values and its default.
fn explain(arg: &Arg) -> String {
    let mut out = arg.get_help().map(|text| prose(&text.to_string())).unwrap_or_default();
    let values = arg.get_possible_values();
    if arg.get_action().takes_values() && !values.is_empty() {
        let words: Vec<String> = values
            .iter()
            .filter(|value| !value.is_hide_set())
            .map(|value| format!("`{}`", value.get_name()))
            .collect();
        let _ = write!(out, ": {}", words.join(", "));
    }
    let defaults: Vec<_> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if arg.get_action().takes_values() && !defaults.is_empty() {
        let _ = write!(out, " \\[default: `{}`\\]", defaults.join(", "));
    }
    out
}

/// Text of ours as Markdown that prints as itself: code between backticks stays, what
/// stands outside is escaped.
fn prose(text: &str) -> String {
    let mut out = String::new();
    for (at, part) in text.split('`').enumerate() {
        if at % 2 == 1 {
            // A bar ends a cell also in code (GitHub Flavored Markdown, 4.10).
            let _ = write!(out, "`{}`", part.replace('|', "\\|"));
            continue;
        }
        for found in part.chars() {
            if matches!(found, '\n') {
                out.push(' ');
                continue;
            }
            if matches!(found, '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~')
            {
                out.push('\\');
            }
            out.push(found);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Exit;

    #[test]
    fn prose_prints_as_itself() {
        let text = "a `<b>|` <c> [d] x_y";
        assert_eq!(prose(text), "a `<b>\\|` \\<c\\> \\[d\\] x\\_y");
        assert_eq!(fenced("```x```🚀"), "````\n```x```U+1F680\n````");
    }

    #[test]
    fn exit_statuses_are_those_of_the_program() {
        let all = [
            Exit::Done,
            Exit::Findings,
            Exit::Usage,
            Exit::Environment,
            Exit::Partly,
            Exit::Bug,
        ];
        let numbers: Vec<u8> = all.into_iter().map(Exit::number).collect();
        assert_eq!(EXITS.map(|(number, _)| number).to_vec(), numbers);
        let help = Cli::command().render_help().to_string();
        for number in numbers {
            assert!(help.contains(&format!("{number} ")), "{number} in the help");
        }
    }
}
