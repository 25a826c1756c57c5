//! What is measured: each contender's work, and the files that it needs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use super::live::{Live, Shows, free_port, mark, with_mark};
use super::peers::Peers;
use super::run::{Sample, run};
use super::sites;
use crate::corpus::{self, Shape};
use crate::floor;

/// The fonts that the bulletins need, for programs that do not carry them.
const FONTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/fonts");

/// The loop of the Typst binding.
const BINDING: &str = include_str!("../../peers/binding.py");

/// The PDF standards of annals, for the others.
const STANDARDS: &str = "a-2a,ua-1";

/// Below it are the outputs that are not to touch a disk.
const TMPFS: &str = "/dev/shm/annals-press-bench";

/// Which formats a build makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Formats {
    Pdf,
    Html,
    /// As the press says: PDF, HTML and the pages around them.
    All,
}

/// A clean build with annals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Build {
    pub shape: Shape,
    pub jobs: usize,
    pub formats: Formats,
    /// Plain tagged PDF instead of PDF/A-2a with UA-1.
    pub plain: bool,
    pub tmpfs: bool,
}

/// Which faces a program of Typst has beside its own, and the document asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Faces {
    /// Ours alone.
    Ours,
    /// Ours beside those of the system.
    OursAndSystem,
    /// Of Noto CJK the three that are needed.
    Noto,
    /// Noto CJK as it is installed, beside those of the system.
    NotoAndSystem,
}

/// Who watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    Ours,
    Typst,
    Hugo,
    Zola,
}

/// What one contender does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    Ours(Build),
    /// The floor program with two workers.
    Floor(usize),
    /// A process of `typst compile` for each document, so many at a time.
    Compile {
        documents: usize,
        at_a_time: usize,
        faces: Faces,
    },
    Binding(usize),
    Bundle(usize),
    Hugo {
        pages: usize,
        tmpfs: bool,
    },
    Zola {
        pages: usize,
        tmpfs: bool,
    },
    /// The stages of a build one by one.
    Stages(usize),
    /// A build with annals after which nothing has changed.
    Nothing(usize, Formats),
    /// A build with annals after one narrative has.
    Edited(usize, Formats),
    Watch {
        who: Who,
        shape: Shape,
    },
    Serve {
        who: Who,
        pages: usize,
    },
}

/// The folders, the programs and what runs in the background.
pub struct Lab {
    folder: PathBuf,
    program: PathBuf,
    peers: Peers,
    written: BTreeSet<PathBuf>,
    standing: BTreeMap<Task, usize>,
    live: BTreeMap<Task, Live>,
}

impl Lab {
    /// Everything is written below `folder`; `program` is this one.
    pub fn new(folder: PathBuf, program: PathBuf) -> Self {
        Self {
            folder,
            program,
            peers: Peers::find(),
            written: BTreeSet::new(),
            standing: BTreeMap::new(),
            live: BTreeMap::new(),
        }
    }

    /// The peers that were found.
    pub fn peers(&self) -> &Peers {
        &self.peers
    }

    /// Ends what runs in the background.
    pub fn end(&mut self) {
        self.live.clear();
        // It may never have been made.
        let _ = fs::remove_dir_all(TMPFS);
    }

    /// Measures one contender once; why there is no measure is said otherwise.
    pub fn measure(&mut self, task: Task) -> Result<Sample, String> {
        match task {
            Task::Ours(build) => self.ours(build),
            Task::Floor(count) => {
                let folder = self.corpus("press", Shape::Series(count)).join("floor");
                let (out, number) = (self.clean(false)?, count.to_string());
                let mut command = self.program();
                command.args(["child", "floor"]).args([&folder, &out]);
                run(command.args([&number, "2"]), count, &self.folder)
            }
            Task::Compile { documents, at_a_time, faces } => {
                self.compile(documents, at_a_time, faces)
            }
            Task::Binding(count) => {
                let python = found(&self.peers.python)?;
                let folder = self.sources(count);
                let out = self.clean(false)?;
                let mut command = Command::new(python);
                command.args(["-c", BINDING]).arg(&folder).arg(count.to_string());
                run(command.arg(&out).arg(FONTS), count, &self.folder)
            }
            Task::Bundle(count) => self.bundle(count),
            Task::Hugo { pages, tmpfs } => {
                let hugo = found(&self.peers.hugo)?;
                let site = self.site("site", Shape::Plain(pages)).join("hugo");
                let mut command = Command::new(hugo);
                command.args(["--quiet", "-s"]).arg(site).arg("-d");
                run(command.arg(self.clean(tmpfs)?), pages, &self.folder)
            }
            Task::Zola { pages, tmpfs } => {
                let zola = found(&self.peers.zola)?;
                let site = self.site("site", Shape::Plain(pages)).join("zola");
                let mut command = Command::new(zola);
                command.current_dir(site).args(["build", "-f", "-o"]);
                run(command.arg(self.clean(tmpfs)?), pages, &self.folder)
            }
            Task::Stages(count) => {
                let press = self.corpus("press", Shape::Series(count)).join("press");
                let out = self.clean(false)?;
                let mut command = self.program();
                command.args(["child", "stages"]).args([&press, &out]);
                run(&mut command, count, &self.folder)
            }
            Task::Nothing(count, formats) => {
                let (mut command, _) = self.standing(count, formats)?;
                run(&mut command, count, &self.folder)
            }
            Task::Edited(count, formats) => self.edited(count, formats),
            Task::Watch { who, shape } => self.live(task, |lab| lab.watch(who, shape)),
            Task::Serve { who, pages } => {
                self.live(task, |lab| lab.serve(who, Shape::Series(pages)))
            }
        }
    }

    fn ours(&mut self, build: Build) -> Result<Sample, String> {
        let Build { shape, jobs, formats, plain, tmpfs } = build;
        let press = self.corpus("press", shape).join("press");
        let out = self.clean(tmpfs)?;
        let plain = if plain { "[pdf]\nstandards = []\n" } else { "" };
        let settings = format!("{}{plain}", corpus::SETTINGS);
        said(corpus::put(&press.join("annals.toml"), &settings))?;
        let mut command = self.annals("child", &press);
        self.build(&mut command, formats, &out).args(["--jobs", &jobs.to_string()]);
        run(&mut command, shape.count(), &self.folder)
    }

    /// Adds the arguments of a build.
    fn build<'c>(
        &self,
        command: &'c mut Command,
        formats: Formats,
        out: &Path,
    ) -> &'c mut Command {
        command.args(["build", "--output"]).arg(out);
        match formats {
            Formats::Pdf => command.args(["--format", "pdf"]),
            Formats::Html => command.args(["--format", "html"]),
            Formats::All => command,
        }
    }

    /// The build of a press whose outputs stand already; with the narrative to edit.
    fn standing(
        &mut self,
        count: usize,
        formats: Formats,
    ) -> Result<(Command, PathBuf), String> {
        let name = format!("standing-{formats:?}").to_lowercase();
        let shape = Shape::Series(count);
        let folder = self.corpus(&name, shape);
        let (press, out) = (folder.join("press"), folder.join("out"));
        let mut command = self.annals("child", &press);
        self.build(&mut command, formats, &out).args(["--jobs", "2"]);
        if !out.exists() {
            run(&mut command, count, &self.folder)?;
        }
        let narrative = press.join("content").join(shape.narrative(count / 2));
        Ok((command, narrative.with_extension("md")))
    }

    fn edited(&mut self, count: usize, formats: Formats) -> Result<Sample, String> {
        let (mut command, narrative) = self.standing(count, formats)?;
        let edits = self.standing.entry(Task::Edited(count, formats)).or_default();
        *edits += 1;
        let original = narrative.with_extension("txt");
        if !original.exists() {
            said(fs::copy(&narrative, &original))?;
        }
        let text = said(fs::read_to_string(&original))?;
        said(fs::write(&narrative, with_mark(&text, &mark(*edits))))?;
        run(&mut command, count, &self.folder)
    }

    fn compile(
        &mut self,
        documents: usize,
        at_a_time: usize,
        faces: Faces,
    ) -> Result<Sample, String> {
        let typst = found(&self.peers.typst)?;
        let noto = found(&self.peers.noto);
        let (folder, fonts) = match faces {
            Faces::Ours | Faces::OursAndSystem => {
                (self.sources(documents), PathBuf::from(FONTS))
            }
            Faces::Noto => (self.noto_sources(documents)?, noto?.join("needed")),
            Faces::NotoAndSystem => (self.noto_sources(documents)?, noto?.join("all")),
        };
        let out = self.clean(false)?;
        let numbers = (0..documents).map(|number| format!("{number:05}\n"));
        let list = self.folder.join("numbers.txt");
        said(fs::write(&list, numbers.collect::<String>()))?;
        let mut command = Command::new("xargs");
        command.arg("-a").arg(&list).args(["-I%", "-P", &at_a_time.to_string()]);
        command.arg(typst).arg("compile");
        command.args(["--pdf-standard", STANDARDS, "--root"]).arg(&folder);
        command.arg("--font-path").arg(fonts);
        if matches!(faces, Faces::Ours | Faces::Noto) {
            command.arg("--ignore-system-fonts");
        }
        command.arg(folder.join("%.typ")).arg(out.join("%.pdf"));
        run(&mut command, documents, &self.folder)
    }

    /// The Typst sources of the first bulletins, set in Noto CJK.
    fn noto_sources(&mut self, count: usize) -> Result<PathBuf, String> {
        let folder = self.corpus("noto", Shape::Series(count)).join("floor");
        if self.written.insert(folder.clone()) {
            floor::write_sources(&folder, count);
            let design = folder.join("design.typ");
            let text = said(fs::read_to_string(&design))?;
            let text = text.replace("Annals Song", "Noto Serif CJK SC");
            let text = text.replace("Annals Hei", "Noto Sans CJK SC");
            said(fs::write(&design, text))?;
        }
        Ok(folder)
    }

    fn bundle(&mut self, count: usize) -> Result<Sample, String> {
        let typst = found(&self.peers.typst)?;
        let folder = self.sources(count);
        let bundle = folder.join("bundle.typ");
        let text = format!(
            "#for number in range({count}) {{\n  \
             let name = str(number)\n  \
             name = \"0\" * (5 - name.len()) + name\n  \
             document(name + \".pdf\", include name + \".typ\")\n}}\n"
        );
        said(fs::write(&bundle, text))?;
        let out = self.clean(false)?;
        let mut command = Command::new(typst);
        command.args(["compile", "--features", "bundle", "--format", "bundle"]);
        typst_args(&mut command, &folder).arg("--ignore-system-fonts");
        run(command.arg(&bundle).arg(out.join("bundle")), count, &self.folder)
    }

    /// Measures an edit before a watcher, which is started when it is first asked for.
    fn live(
        &mut self,
        task: Task,
        start: impl FnOnce(&mut Self) -> Result<Live, String>,
    ) -> Result<Sample, String> {
        if !self.live.contains_key(&task) {
            let live = start(self)?;
            self.live.insert(task, live);
        }
        let live = self.live.get_mut(&task).expect("it was started");
        Ok(Sample { wall: live.edit()?, documents: 1, ..Sample::default() })
    }

    fn watch(&mut self, who: Who, shape: Shape) -> Result<Live, String> {
        let log = self.folder.join(format!("watch-{who:?}.txt").to_lowercase());
        let folder = self.corpus(&format!("watch-{who:?}").to_lowercase(), shape);
        if who == Who::Ours {
            self.verb("watch")?;
            let (press, out) = (folder.join("press"), folder.join("out"));
            let mut command = self.annals("annals", &press);
            command.args(["watch", "--format", "pdf", "--output"]).arg(&out);
            let pdf = out.join(shape.narrative(0)).with_extension("pdf");
            let source = press.join("content").join(shape.narrative(0));
            let source = source.with_extension("md");
            return Live::start(&command, source, Shows::File(pdf), &log);
        }
        let typst = found(&self.peers.typst)?;
        let floor = folder.join("floor");
        floor::write_sources(&floor, 1);
        let (source, pdf) = (floor.join("00000.typ"), floor.join("00000.pdf"));
        let mut command = Command::new(typst);
        typst_args(command.arg("watch"), &floor).arg("--ignore-system-fonts");
        command.arg(&source).arg(&pdf);
        Live::start(&command, source, Shows::File(pdf), &log)
    }

    fn serve(&mut self, who: Who, shape: Shape) -> Result<Live, String> {
        let port = free_port()?;
        let (at, number) = (port.to_string(), shape.count() / 2);
        let log = self.folder.join(format!("serve-{who:?}.txt").to_lowercase());
        let page = |path: String| Shows::Page { port, path: format!("/{path}") };
        if who == Who::Ours {
            self.verb("serve")?;
            let press = self.corpus("serve", shape).join("press");
            let path = shape.narrative(number);
            let source = press.join("content").join(&path).with_extension("md");
            let mut command = self.annals("annals", &press);
            command.args(["serve", "--port", &at]);
            let result = page(format!("{path}.html"));
            return Live::start(&command, source, result, &log);
        }
        let folder = self.site("serve-sites", shape);
        let mut command;
        let site;
        if who == Who::Hugo {
            command = Command::new(found(&self.peers.hugo)?);
            site = folder.join("hugo");
            command.args(["server", "--port", &at, "--bind", "127.0.0.1"]);
            command.args(["--renderToMemory", "--disableLiveReload"]);
        } else {
            command = Command::new(found(&self.peers.zola)?);
            site = folder.join("zola");
            command.args(["serve", "--port", &at, "--interface", "127.0.0.1"]);
        }
        let path = sites::page(shape, number);
        let source = site.join(format!("content/{path}.md"));
        command.current_dir(site);
        Live::start(&command, source, page(format!("{path}/")), &log)
    }

    /// Whether annals has a verb.
    fn verb(&self, verb: &str) -> Result<(), String> {
        let done = self.program().args(["annals", verb, "--help"]).output();
        if done.is_ok_and(|done| done.status.success()) {
            return Ok(());
        }
        Err(format!("missing: `annals {verb}`"))
    }

    fn program(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.env("SOURCE_DATE_EPOCH", "1767225600");
        command
    }

    /// annals: as itself, or as a `child` that says at its end what it has cost.
    fn annals(&self, how: &str, press: &Path) -> Command {
        let mut command = self.program();
        if how == "child" {
            command.arg("child");
        }
        command.args(["annals", "-q", "--root"]).arg(press);
        command
    }

    /// An empty folder for outputs.
    fn clean(&self, tmpfs: bool) -> Result<PathBuf, String> {
        let top = if tmpfs { Path::new(TMPFS) } else { &self.folder };
        let out = top.join("out");
        if out.exists() {
            said(fs::remove_dir_all(&out))?;
        }
        said(fs::create_dir_all(&out))?;
        Ok(out)
    }

    /// A corpus, which is written when it is first asked for.
    fn corpus(&mut self, name: &str, shape: Shape) -> PathBuf {
        let folder = self.folder.join(format!("{name}-{shape:?}").to_lowercase());
        let folder = plain(&folder);
        if self.written.insert(folder.clone()) {
            corpus::write(&folder, shape, "paper").expect("the disk has room");
        }
        folder
    }

    /// The Typst sources of the first bulletins.
    fn sources(&mut self, count: usize) -> PathBuf {
        let folder = self.corpus("sources", Shape::Series(count)).join("floor");
        if self.written.insert(folder.clone()) {
            floor::write_sources(&folder, count);
        }
        folder
    }

    /// The sites of the other generators.
    fn site(&mut self, name: &str, shape: Shape) -> PathBuf {
        let folder = plain(&self.folder.join(format!("{name}-{shape:?}").to_lowercase()));
        if self.written.insert(folder.clone()) {
            if folder.exists() {
                fs::remove_dir_all(&folder).expect("the folder can be removed");
            }
            sites::write(&folder, shape).expect("the disk has room");
        }
        folder
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        self.end();
    }
}

/// What every call of Typst has: the same fonts and PDF standards.
fn typst_args<'c>(command: &'c mut Command, root: &Path) -> &'c mut Command {
    command.args(["--pdf-standard", STANDARDS, "--font-path", FONTS, "--root"]).arg(root)
}

/// A path without parentheses.
fn plain(path: &Path) -> PathBuf {
    PathBuf::from(path.to_string_lossy().replace(['(', ')'], ""))
}

fn found(peer: &Option<PathBuf>) -> Result<PathBuf, String> {
    peer.clone().ok_or_else(|| "missing".to_owned())
}

fn said<T>(done: io::Result<T>) -> Result<T, String> {
    done.map_err(|error| error.to_string())
}
