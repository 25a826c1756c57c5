//! Random edits of a small press: after each, a build that makes only what has changed
//! leaves the same as one that makes everything, byte for byte, and says the same.
//!
//! `annals-bench edits 10000` runs many; `tests/laws/edits.rs` runs a few of the same.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn one_in(&mut self, of: u64) -> bool {
        self.below(of) == 0
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        let at = usize::try_from(self.below(from.len() as u64)).expect("within a list");
        from[at].clone()
    }
}

/// What of the press can be edited: numbers from which its files are written.
#[derive(Debug, Clone)]
struct Press {
    pdf: bool,
    values: BTreeMap<&'static str, u64>,
    narratives: BTreeMap<&'static str, Narrative>,
}

#[derive(Debug, Clone, Default)]
struct Narrative {
    title: u64,
    head: Vec<&'static str>,
    lines: Vec<(u64, u64)>,
}

/// Where narratives may stand.
const PATHS: [&str; 8] = [
    "jia/2020/a",
    "jia/2020/b",
    "jia/2020/monthly",
    "jia/2019/old",
    "yi/c",
    "yi/d",
    "jia/e",
    "yi/2020/f",
];

/// What can be edited beside narratives. Many are 0 at first, which writes nothing.
const VALUES: [&str; 25] = [
    "title",
    "base_url",
    "stray",
    "series",
    "publisher",
    "donors-2019",
    "donors-2020",
    "money",
    "note",
    "scope",
    "formula",
    "event",
    "events",
    "room",
    "rooms",
    "picture-0",
    "picture-1",
    "style",
    "page",
    "theme",
    "partial",
    "day",
    "epoch",
    "broken",
    "yi-data",
];

/// Lines of front matter.
const HEADS: [&str; 6] = [
    "draft = true",
    "date = 2020-06-01",
    "date = 2021-03-01",
    "language = \"en\"",
    "summary = \"共{{ f.donors }}\"",
    "subtitle = \"副题\"",
];

/// How many sorts of lines a narrative may have.
const LINES: u64 = 14;

impl Press {
    fn new(random: &mut Random, pdf: bool) -> Self {
        let mut press =
            Self { pdf, values: BTreeMap::new(), narratives: BTreeMap::new() };
        for path in &PATHS[..5] {
            press.narratives.insert(path, Narrative::new(random));
        }
        press
    }

    fn value(&self, name: &str) -> u64 {
        self.values.get(name).copied().unwrap_or_default()
    }

    fn edit(&mut self, random: &mut Random) {
        if random.one_in(2) {
            let name = random.pick(&VALUES);
            // Nothing stays broken for long.
            let value = if name == "broken" { random.below(9) } else { random.below(4) };
            self.values.insert(name, value);
            return;
        }
        self.values.remove("broken");
        let path = random.pick(&PATHS);
        match (random.below(6), self.narratives.get_mut(path)) {
            (0, Some(_)) => {
                self.narratives.remove(path);
            }
            (1, Some(_)) => {
                let narrative = self.narratives.remove(path).unwrap_or_default();
                self.narratives.insert(random.pick(&PATHS), narrative);
            }
            (2, Some(narrative)) => narrative.title = random.below(5),
            (3, Some(narrative)) => {
                let head = random.pick(&HEADS);
                let key = |line: &str| line.split(' ').next().map(str::to_owned);
                narrative.head.retain(|line| key(line) != key(head));
                if random.one_in(2) {
                    narrative.head.push(head);
                }
            }
            (_, Some(narrative)) => {
                let line = (random.below(LINES), random.below(8));
                let length = narrative.lines.len() as u64;
                let at = usize::try_from(random.below(length + 1)).expect("small");
                match random.below(3) {
                    0 => narrative.lines.insert(at, line),
                    1 if at < narrative.lines.len() => narrative.lines[at] = line,
                    _ if at < narrative.lines.len() => drop(narrative.lines.remove(at)),
                    _ => narrative.lines.push(line),
                }
            }
            (_, None) => {
                self.narratives.insert(path, Narrative::new(random));
            }
        }
    }

    /// The files of the press by path.
    fn files(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        let mut add = |path: &str, text: String| files.insert(path.to_owned(), text);
        let v = |name: &str| self.value(name);
        let formats = if self.pdf { r#"["html", "pdf"]"# } else { r#"["html"]"# };
        let mut project =
            format!("title = \"测试{}\"\nformats = {formats}\n", v("title"));
        if v("base_url") > 1 {
            project +=
                &format!("base_url = \"https://example.org/{}/\"\n", v("base_url"));
        }
        if v("stray") > 1 {
            project += "[audit]\nstray = \"warn\"\n";
        }
        if v("broken") == 1 {
            project += "nonsense = \n";
        }
        add("annals.toml", project);
        let mut series = format!("title = \"甲{}\"\n", v("series"));
        if v("publisher") > 0 {
            series += &format!("publisher = \"单位{}\"\n", v("publisher"));
        }
        add("content/jia/series.toml", series);
        let figure = |id: &str, label: &str, rest: &str| {
            format!("[[figures]]\nid = \"{id}\"\nlabel = \"{label}\"\n{rest}\n")
        };
        let value = |number: u64, unit: &str| format!("value = \"{number}{unit}\"");
        add(
            "content/jia/2019/figures.toml",
            figure("donors", "参与捐赠", &value(300 + v("donors-2019"), "家")),
        );
        let mut figures = "\n".repeat(usize::try_from(v("note")).expect("small"));
        figures += &figure("donors", "参与捐赠", &value(400 + v("donors-2020"), "家"));
        figures += &figure("money", "捐赠", &value(1200 + v("money"), "万元"));
        let formula = format!("formula = \"donors * {}\"", 1 + v("formula"));
        figures += &figure("twice", "倍数", &formula);
        if v("scope") > 1 {
            let rest = format!("{}\nscope = \"全省{}\"", value(90, "家"), v("scope"));
            figures += &figure("other", "参与捐赠", &rest);
        }
        if v("broken") == 2 {
            figures += "value = \n";
        }
        add("content/jia/2020/figures.toml", figures);
        let mut events = "日期,标题,主办\n2020-03-05,启动,联合会\n".to_owned();
        events += &format!("2020-05-06,座谈{},联合会\n", v("event"));
        for month in 0..v("events") {
            events += &format!("2020-{:02}-09,会议,联合会\n", 6 + month);
        }
        add("content/jia/2020/events.csv", events);
        let mut rooms = format!("名称,面积\n一号,4{}\n", v("room"));
        for number in 0..v("rooms") {
            rooms += &format!("{number}号,60\n");
        }
        add("content/jia/2020/rooms.csv", rooms);
        if v("yi-data") > 0 {
            let one = figure("donors", "参与捐赠", &value(10 + v("yi-data"), "家"));
            add("content/yi/2020/figures.toml", one);
        }
        for number in 0..2 {
            let side = 5 + self.value(["picture-0", "picture-1"][number]);
            if v("broken") == 3 && number == 0 {
                continue;
            }
            let picture = format!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="{side}" height="5"/></svg>"#
            );
            add(&format!("content/jia/pic{number}.svg"), picture);
        }
        if v("style") > 1 {
            add("templates/style.css", format!("body {{ margin: {}px }}\n", v("style")));
        }
        if v("page") > 1 {
            let page = format!(
                "<!doctype html><html lang=\"zh\"><title>{{{{ page.title }}}}</title>\
                 <style>{{{{ style | safe }}}}</style>{{{{ body | safe }}}}{}</html>\n",
                v("page")
            );
            add("templates/manual/page.html", page);
        }
        if v("theme") > 1 {
            add(
                "templates/theme.toml",
                format!("[colors]\nink = \"#10101{}\"\n", v("theme")),
            );
        }
        let mut partial = format!("部分{}：{{{{ f.donors }}}}\n", v("partial"));
        if v("partial") == 3 {
            partial += "去年{{ last_year.f.donors }}\n";
        }
        add("templates/partials/part.md", partial);
        if v("broken") == 4 {
            add("templates/base.html", "{% if %}".to_owned());
        }
        for (path, narrative) in &self.narratives {
            add(&format!("content/{path}.md"), narrative.text(path, v("broken") == 5));
        }
        files
    }
}

impl Narrative {
    fn new(random: &mut Random) -> Self {
        let lines = (0..random.below(5))
            .map(|_| (random.below(LINES), random.below(8)))
            .collect();
        Self { title: random.below(5), head: Vec::new(), lines }
    }

    fn text(&self, path: &str, broken: bool) -> String {
        let mut text = format!("+++\ntitle = \"题{}\"\n", self.title);
        text += match path {
            "jia/2020/monthly" => {
                "kind = \"bulletin\"\nevery = \"month\"\nhost = \"联合会\"\nwithout = [\"place\"]\n"
            }
            _ => "kind = \"manual\"\n",
        };
        for line in &self.head {
            // Where there are no figures the line would be an error for good.
            if path.starts_with("jia") || !line.contains("{{") {
                text += line;
                text.push('\n');
            }
        }
        text += "+++\n\n";
        let up = "../".repeat(path.matches('/').count());
        let to = |at: u64| PATHS[usize::try_from(at).expect("small") % PATHS.len()];
        for &(sort, at) in &self.lines {
            let figures = path.starts_with("jia");
            text += &match sort {
                0 => format!("## 第{at}节 {{#s{at}}}"),
                1 if figures => "共{{ f.donors }}。".to_owned(),
                2 if path.contains("2020") && figures => "增长{{ f.donors | change }}。".to_owned(),
                3 if figures => "{{ years[\"2019\"].f.donors }}".to_owned(),
                4 => format!("[链接]({up}{}.md)", to(at)),
                5 => format!("[段落]({up}{}.md#s{at})", to(at)),
                6 => format!("![图]({up}jia/pic{}.svg)", at % 2),
                7 if path.contains("jia/2020") => {
                    "{% for row in data.rooms %}- {{ row[\"名称\"] }}{{ row[\"面积\"] }}\n{% endfor %}".to_owned()
                }
                8 if figures => "{% include \"partials/part.md\" %}".to_owned(),
                9 => format!("| 甲 | 乙 |\n|---|---|\n| 一 | {at} |\n\n表：表{at} {{#t{at}}}"),
                10 if path.contains("jia/2020") => {
                    "{% for event in events %}- {{ event.title }}\n{% endfor %}".to_owned()
                }
                11 if path.contains("jia/2020") => "{{ f.twice }}和{{ f.money }}".to_owned(),
                12 => format!("注{at}[^n]\n\n[^n]: 说明{at}"),
                _ => format!("这里有{at}个字。"),
            };
            text += "\n\n";
        }
        if broken {
            text += "{{ f.nobody }}\n";
        }
        text
    }
}

/// The program and the folders that one sequence of edits works in.
struct Place<'a> {
    program: &'a Path,
    folder: PathBuf,
}

/// Edits a press `steps` times.
///
/// # Panics
/// When a build that makes only what has changed differs from one that makes everything.
pub fn run(program: &Path, folder: &Path, seed: u64, steps: usize, pdf: bool) {
    let place = Place { program, folder: folder.to_owned() };
    if folder.exists() {
        fs::remove_dir_all(folder).expect("the folder can be removed");
    }
    let random = &mut Random(seed);
    let mut press = Press::new(random, pdf);
    let mut log = Vec::new();
    let mut written = BTreeMap::new();
    // Files whose manifest is lost, or that people have changed, are nobody's to remove.
    let (mut sound, mut tampered) = (false, false);
    for step in 0..steps {
        if step > 0 {
            for _ in 0..=random.below(2) {
                press.edit(random);
            }
            tampered |= place.tamper(random);
        }
        let files = press.files();
        place.write(&written, &files);
        written = files;
        let args = args(&press, random);
        log.push(args.join(" "));
        let some = place.build("some", &args);
        let all = place.build("all", &[&args[..], &["--force".to_owned()]].concat());
        let context = || format!("seed {seed}, step {step} of {log:#?} in {folder:?}");
        assert_eq!(said(&some), said(&all), "{}", context());
        same(&place.outputs("some"), &place.outputs("all"), &context);
        sound = some.status.success() && args.len() == 4;
        if random.one_in(4) {
            let again = place.build("some", &args);
            same(&place.outputs("some"), &place.outputs("all"), &context);
            if some.status.success() {
                assert!(said(&again).contains("0 files written"), "{}", context());
            }
        }
    }
    if sound && !tampered {
        let args = args_of(&press, 0);
        let some = place.build("some", &args);
        let fresh = place.build("fresh", &args);
        if some.status.success() && fresh.status.success() {
            let context = || format!("seed {seed}, at the end, in {folder:?}");
            same(&place.outputs("some"), &place.outputs("fresh"), &context);
        }
    }
}

fn args(press: &Press, random: &mut Random) -> Vec<String> {
    let mut args = args_of(press, press.value("day"));
    match random.below(8) {
        0 => args.push("--drafts".to_owned()),
        1 => args.push("jia".to_owned()),
        2 => args.push("--period=2020".to_owned()),
        _ => {}
    }
    args
}

fn args_of(press: &Press, day: u64) -> Vec<String> {
    let mut args: Vec<String> =
        ["--output", "out"].iter().map(ToString::to_string).collect();
    args.push(format!("--today=202{day}-05-01"));
    args.push(format!("--jobs={}", 1 + press.value("title") % 2));
    args
}

fn said(output: &Output) -> String {
    format!("{:?} {}", output.status.code(), String::from_utf8_lossy(&output.stderr))
}

/// The outputs by path.
type Tree = BTreeMap<String, Vec<u8>>;

fn same(some: &Tree, all: &Tree, context: &dyn Fn() -> String) {
    let paths = |tree: &Tree| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(some), paths(all), "{}", context());
    for (path, bytes) in some {
        assert!(all.get(path) == Some(bytes), "{path} differs: {}", context());
    }
}

impl Place<'_> {
    fn write(&self, old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) {
        let root = self.folder.join("press");
        for path in old.keys().filter(|path| !new.contains_key(*path)) {
            fs::remove_file(root.join(path)).expect("the file can be removed");
        }
        for (path, text) in new.iter().filter(|&(path, text)| old.get(path) != Some(text))
        {
            let path = root.join(path);
            let parent = path.parent().expect("a file has a folder");
            fs::create_dir_all(parent).expect("the folder can be made");
            fs::write(path, text).expect("the file can be written");
        }
    }

    fn build(&self, of: &str, args: &[String]) -> Output {
        let cwd = self.folder.join(of);
        fs::create_dir_all(&cwd).expect("the folder can be made");
        let mut command = Command::new(self.program);
        command.arg("-C").arg(self.folder.join("press")).arg("build").args(args);
        command.env_clear().current_dir(cwd);
        command.output().expect("the program can be started")
    }

    /// Does to both output folders what people and crashes do, now and then; says whether.
    fn tamper(&self, random: &mut Random) -> bool {
        let outputs: Vec<String> = self.outputs("some").into_keys().collect();
        if outputs.is_empty() || !random.one_in(4) {
            return false;
        }
        let (what, path) = (random.below(6), random.pick(&outputs));
        for of in ["some", "all"] {
            let out = self.folder.join(of).join("out");
            let _ = match what {
                0 => fs::remove_file(out.join(&path)),
                1 => fs::write(out.join(&path), "由人修改"),
                2 => fs::remove_file(out.join("trace.json")),
                3 => fs::remove_file(out.join("manifest.json")),
                4 => ["last", "makings"]
                    .iter()
                    .try_for_each(|name| fs::write(out.join(".annals").join(name), "x")),
                _ => fs::remove_dir_all(out.join(".annals")),
            };
        }
        true
    }

    fn outputs(&self, of: &str) -> Tree {
        let mut tree = Tree::new();
        let top = self.folder.join(of).join("out");
        walk(&top, &top, &mut tree);
        tree.retain(|path, _| !path.starts_with(".annals"));
        tree
    }
}

fn walk(top: &Path, folder: &Path, tree: &mut Tree) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            walk(top, &path, tree);
        } else {
            let below = path.strip_prefix(top).expect("the path is below the top");
            let bytes = fs::read(&path).expect("the output can be read");
            tree.insert(below.to_string_lossy().into_owned(), bytes);
        }
    }
}
