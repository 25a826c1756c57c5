//! What an editor writes into the block of a chart: lines `key：value`.

use crate::diag::codes::parse as codes;
use crate::diag::{Diagnostic, Diagnostics, suggest};
use crate::document::ChartKind;
use crate::source::Place;

/// A text of a block with its place.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// What a block asks for.
#[derive(Debug)]
pub struct Spec {
    /// What sort of chart.
    pub kind: ChartKind,
    /// The block as a whole.
    pub place: Place,
    /// What was written for each key, in the order of [`KEYS`].
    given: Vec<Vec<Entry>>,
}

/// What can be said of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The sort of chart, where the fence says `chart`.
    Kind,
    /// The caption.
    Title,
    /// Figures, by id or label.
    Figures,
    /// Years of the series.
    Years,
    /// Tasks, by id.
    Tasks,
    /// A free table, by name.
    Data,
    /// The column of names.
    Label,
    /// The columns of values.
    Values,
    /// The column of targets.
    Target,
    /// The unit of values that are written without one.
    Unit,
    /// Whether bars lie or stand.
    Direction,
    /// What it shows, in words.
    Alt,
}

/// The keys with the words for them; the first is the one that hints name.
static KEYS: &[(Key, &[&str])] = &[
    (Key::Kind, &["类型", "kind"]),
    (Key::Title, &["标题", "图题", "title", "caption"]),
    (Key::Figures, &["指标", "figures", "figure"]),
    (Key::Years, &["年份", "years"]),
    (Key::Tasks, &["任务", "tasks"]),
    (Key::Data, &["数据", "data"]),
    (Key::Label, &["类别", "label"]),
    (Key::Values, &["数值", "values", "value"]),
    (Key::Target, &["目标", "target"]),
    (Key::Unit, &["单位", "unit"]),
    (Key::Direction, &["方向", "direction"]),
    (Key::Alt, &["说明", "alt"]),
];

/// The sorts of charts with the words for them.
static KINDS: &[(ChartKind, &[&str])] = &[
    (ChartKind::Bar, &["bar", "条形图", "柱形图", "柱状图"]),
    (ChartKind::Line, &["line", "折线图"]),
    (ChartKind::Stacked, &["stacked", "堆积图"]),
    (ChartKind::Share, &["share", "构成图", "占比"]),
    (ChartKind::Progress, &["progress", "进度图", "进度"]),
];

/// The word after a fence for a chart whose block names its kind.
const CHART: &str = "chart";

/// Whether the word after a fence asks for a chart.
pub fn is_chart(word: &str) -> bool {
    matches!(word, CHART | "图表") || kind(word).is_some()
}

fn kind(word: &str) -> Option<ChartKind> {
    KINDS.iter().find(|(_, words)| words.contains(&word)).map(|&(kind, _)| kind)
}

impl Spec {
    /// Reads the lines of a block. `word` and `title` are what stands after the fence.
    pub fn read(
        word: &str,
        title: &str,
        lines: &[Entry],
        place: Place,
        diags: &mut Diagnostics,
    ) -> Option<Self> {
        let mut reader = Reader { given: vec![Vec::new(); KEYS.len()], key: None, diags };
        let mut sound = true;
        if !title.is_empty() {
            reader.given[index(Key::Title)].push(Entry { text: title.to_owned(), place });
        }
        for line in lines {
            sound &= reader.line(line);
        }
        let Reader { given, diags, .. } = reader;
        let spec = Self { kind: ChartKind::Bar, place, given };
        let kind = spec.kind_of(word, diags)?;
        if spec.one(Key::Title).is_none() {
            let words = "this chart has no title";
            diags.add(
                Diagnostic::new(&codes::CHART_LINE, place, words)
                    .hint("add a line such as `标题：捐赠情况 {#fig-donated}`"),
            );
            sound = false;
        }
        sound.then_some(Self { kind, ..spec })
    }

    fn kind_of(&self, word: &str, diags: &mut Diagnostics) -> Option<ChartKind> {
        let known = || KINDS.iter().flat_map(|(_, words)| words.iter().copied());
        match (self.one(Key::Kind), kind(word)) {
            (None, Some(of_fence)) => Some(of_fence),
            (Some(entry), of_fence) => {
                let written = kind(&entry.text);
                if written.is_none()
                    || of_fence.is_some_and(|other| Some(other) != written)
                {
                    let message = format!("`{}` is no kind of this chart", entry.text);
                    let hint = match of_fence {
                        Some(of_fence) => {
                            Some(format!("the fence says `{}` already", of_fence.word()))
                        }
                        None => suggest(&entry.text, known()),
                    };
                    let found = Diagnostic::new(&codes::CHART_LINE, entry.place, message);
                    diags.add(found.maybe_hint(hint));
                    return None;
                }
                written
            }
            (None, None) => {
                let message = "this block does not say what kind of chart it is";
                let found = Diagnostic::new(&codes::CHART_LINE, self.place, message);
                diags.add(found.maybe_hint(Some(format!(
                    "add a line such as `类型：{}`",
                    KINDS[0].1[1]
                ))));
                None
            }
        }
    }

    /// What was written for a key.
    pub fn all(&self, key: Key) -> &[Entry] {
        &self.given[index(key)]
    }

    /// The one text that was written for a key.
    pub fn one(&self, key: Key) -> Option<&Entry> {
        self.all(key).first()
    }

    /// Whether bars stand (`Some(true)`) or lie, where it is said.
    pub fn standing(&self) -> Option<bool> {
        self.one(Key::Direction).map(|entry| is_upright(&entry.text))
    }
}

fn index(key: Key) -> usize {
    KEYS.iter().position(|&(one, _)| one == key).expect("all keys are listed")
}

fn is_upright(word: &str) -> bool {
    matches!(word, "竖" | "纵" | "竖排" | "vertical")
}

fn is_level(word: &str) -> bool {
    matches!(word, "横" | "横排" | "horizontal")
}

struct Reader<'d> {
    given: Vec<Vec<Entry>>,
    /// The key of a line that ended after its colon: items may follow.
    key: Option<Key>,
    diags: &'d mut Diagnostics,
}

impl Reader<'_> {
    /// Reads a line; whether it was understood.
    fn line(&mut self, line: &Entry) -> bool {
        let text = line.text.trim();
        if text.is_empty() || text.starts_with('#') {
            return true;
        }
        if let (Some(key), Some(item)) = (self.key, text.strip_prefix("- ")) {
            self.given[index(key)].push(part(line, unquoted(item.trim())));
            return true;
        }
        self.key = None;
        let Some((name, value)) = text.split_once([':', '：', '=']) else {
            let message = format!("`{text}` is no line of a chart");
            self.report(
                line.place,
                message,
                Some("write `指标：donors、donated`".into()),
            );
            return false;
        };
        let (name, value) = (name.trim(), value.trim());
        let Some(&(key, _)) = KEYS.iter().find(|(_, words)| words.contains(&name)) else {
            let known = KEYS.iter().flat_map(|(_, words)| words.iter().copied());
            let message = format!("a chart has no key `{name}`");
            self.report(part(line, name).place, message, suggest(name, known));
            return false;
        };
        if !self.given[index(key)].is_empty() {
            let message = format!("`{name}` is given twice");
            self.report(line.place, message, Some("take one of them away".into()));
            return false;
        }
        if value.is_empty() {
            self.key = Some(key);
            return true;
        }
        if key == Key::Direction && !is_upright(value) && !is_level(value) {
            let message = format!("`{value}` is no direction");
            self.report(
                part(line, value).place,
                message,
                Some("write `横` or `竖`".into()),
            );
            return false;
        }
        let listed = matches!(key, Key::Figures | Key::Years | Key::Tasks | Key::Values);
        let entries: Vec<Entry> = if listed {
            let value = value.trim_start_matches('[').trim_end_matches(']');
            let items = value.split(['、', '，', ',']).map(|item| unquoted(item.trim()));
            items.filter(|item| !item.is_empty()).map(|item| part(line, item)).collect()
        } else {
            vec![part(line, unquoted(value))]
        };
        self.given[index(key)] = entries;
        true
    }

    fn report(&mut self, place: Place, message: String, hint: Option<String>) {
        let found = Diagnostic::new(&codes::CHART_LINE, place, message);
        self.diags.add(found.maybe_hint(hint));
    }
}

/// A text in quotes without them.
fn unquoted(text: &str) -> &str {
    let quoted = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    quoted('"').or_else(|| quoted('\'')).unwrap_or(text)
}

/// A part of a line with its own place, where the line stands in the file as it is here.
fn part(line: &Entry, text: &str) -> Entry {
    let offset = line.text.find(text).unwrap_or(0);
    let place = match line.place.range() {
        Some(range) if range.len() >= line.text.len() => {
            let start = range.start + offset;
            Place::bytes(line.place.file, start..start + text.len())
        }
        _ => line.place,
    };
    Entry { text: text.to_owned(), place }
}
