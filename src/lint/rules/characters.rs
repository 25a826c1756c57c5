//! Characters that are not what they look like.

use super::super::line::{Finds, Line, is_han, opens};
use super::{Pattern, pattern};
use crate::prose::Role;

/// The characters that the Kangxi radicals U+2F00 to U+2FD5 look like, in order: their
/// compatibility decompositions (Unicode 16, UnicodeData.txt).
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// Radicals of the supplement (U+2E80…) that programs put for whole characters when they
/// read simplified Chinese out of a PDF.
const SUPPLEMENT: [(char, char); 20] = [
    ('⺟', '母'),
    ('⺠', '民'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻰', '龙'),
];

/// Zero-width characters and soft hyphens.
pub(super) fn invisible(line: &Line<'_>, finds: &mut Finds<'_>) {
    static FORM: Pattern = Pattern::new(|| pattern("[\u{200B}\u{FEFF}\u{2060}\u{AD}]+"));
    let plain = |found: char| is_han(found) || found.is_ascii_alphanumeric();
    line.each(&FORM, |found| {
        let range = found.get(0).expect("it matched").range();
        let first = line.text[range.clone()].chars().next().unwrap_or_default();
        let number = u32::from(first);
        let message =
            format!("the invisible character U+{number:04X} stands in the text");
        let before = line.before(range.start).is_none_or(plain);
        // At the beginning of a line what follows might become markup.
        if before && line.after(range.end).is_some_and(is_han) {
            finds.replace(line, range, "", message);
        } else {
            finds.tell(line, range, message, "delete it, if nobody needs it");
        }
    });
}

/// Blanks at the beginning of a paragraph.
pub(super) fn typed_indent(line: &Line<'_>, finds: &mut Finds<'_>) {
    static FORM: Pattern =
        Pattern::new(|| pattern("^[ \u{A0}]*\u{3000}[\u{3000} \u{A0}]*"));
    if line.role != Role::Paragraph {
        return;
    }
    line.each(&FORM, |found| {
        let range = found.get(0).expect("it matched").range();
        let message = "the paragraph is indented by blanks";
        match line.after(range.end) {
            Some(next) if is_han(next) || opens(next) => {
                finds.replace(line, range, "", message);
            }
            _ => finds.tell(line, range, message, "delete them: the layout indents"),
        }
    });
}

/// Radicals, and katakana for 一.
pub(super) fn look_alike(line: &Line<'_>, finds: &mut Finds<'_>) {
    let strange = |found: &char| matches!(found, '\u{2E80}'..='\u{2FD5}' | 'ー' | '－');
    if !line.text.chars().any(|found| strange(&found)) {
        return;
    }
    for (at, found) in line.text.char_indices().filter(|(_, found)| strange(found)) {
        let range = at..at + found.len_utf8();
        let meant = match found {
            'ー' | '－' => stands_for_one(line, at, found).then_some('一'),
            '\u{2F00}'.. => KANGXI.chars().nth((found as usize).saturating_sub(0x2F00)),
            _ => {
                SUPPLEMENT.iter().find(|(radical, _)| *radical == found).map(|one| one.1)
            }
        };
        let Some(meant) = meant else { continue };
        let number = u32::from(found);
        let what = match found {
            'ー' => "katakana",
            '－' => "a hyphen",
            _ => "a radical",
        };
        let message = format!("`{found}` is {what} (U+{number:04X}), not `{meant}`");
        finds.replace(line, range, &meant.to_string(), message);
    }
}

/// Whether a long-vowel mark or full-width hyphen stands where 一 belongs.
fn stands_for_one(line: &Line<'_>, at: usize, found: char) -> bool {
    let kana = |c: char| matches!(c, '\u{3040}'..='\u{30FF}' | '－');
    let (before, after) = (line.before(at), line.after(at + found.len_utf8()));
    if before.is_some_and(kana) || after.is_some_and(kana) {
        return false;
    }
    let open = before.is_none_or(|c| matches!(c, '第' | '（' | '(' | '\n'));
    let close = after.is_some_and(|c| matches!(c, '、' | '）' | ')'));
    if found == '－' {
        return open && close;
    }
    (open || before.is_some_and(is_han)) && (close || after.is_some_and(is_han))
}

/// Full-width digits, letters and per cent signs.
pub(super) fn full_width(line: &Line<'_>, finds: &mut Finds<'_>) {
    static FORM: Pattern = Pattern::new(|| pattern("[０-９Ａ-Ｚａ-ｚ％]+"));
    line.each(&FORM, |found| {
        let range = found.get(0).expect("it matched").range();
        let half: String = line.text[range.clone()]
            .chars()
            .filter_map(|c| char::from_u32(u32::from(c) - 0xFEE0))
            .collect();
        let message = "digits and letters stand full-width";
        let begun =
            line.text[..range.start].trim_end_matches(|c: char| c.is_ascii_digit());
        let rest =
            line.text[range.end..].trim_start_matches(|c: char| c.is_ascii_digit());
        // `1. ` at the beginning of a line would begin a list.
        let first = begun.is_empty() || begun.ends_with(['\n', ' ']);
        if first && rest.starts_with(['.', ')']) {
            finds.tell(line, range, message, format!("write `{half}`"));
        } else {
            finds.replace(line, range, &half, message);
        }
    });
}

/// Dots of other scripts between Chinese names.
pub(super) fn middle_dot(line: &Line<'_>, finds: &mut Finds<'_>) {
    static FORM: Pattern = Pattern::new(|| pattern("⟨H⟩(?P<x>[•・‧∙⋅･])⟨H⟩"));
    line.each(&FORM, |found| {
        let range = found.name("x").expect("it matched").range();
        let message =
            format!("`{}` is not the middle dot `·`", &line.text[range.clone()]);
        finds.replace(line, range, "·", message);
    });
}
