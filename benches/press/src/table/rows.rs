//! The rows of the table: who is measured against whom, and what is to be reached.

use super::lab::{Build, Faces, Formats, Task, Who};
use super::run::Sample;
use crate::corpus::Shape;

/// Rows whose contenders take turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contest {
    Clean,
    Bundle,
    Finish,
    Cold,
    Html,
    Tmpfs,
    Memory,
    Again,
    AgainPdf,
    WatchShort,
    WatchLong,
    Serve,
    Archive,
    Audit,
}

impl Contest {
    /// How many turns there are before those that count, and how many count.
    pub fn turns(self, asked: usize) -> (usize, usize) {
        match self {
            Self::Clean | Self::Bundle => (0, asked),
            Self::Finish => (0, 1),
            Self::Memory => (0, asked.min(2)),
            Self::Audit => (0, asked.min(3)),
            Self::Again | Self::AgainPdf | Self::Html | Self::Archive | Self::Serve => {
                (1, asked)
            }
            Self::Cold | Self::Tmpfs | Self::WatchShort | Self::WatchLong => {
                (1, asked * 2)
            }
        }
    }
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// CPU time of a document.
    Cpu,
    /// Time of a document.
    Each,
    /// Time of the whole.
    Wall,
    Peak,
    /// Whether it comes to an end.
    Finish,
    /// CPU time of the checks, against that of the whole.
    Checks,
}

impl Measure {
    /// The figure of a sample: in ns or KiB.
    pub fn of(self, sample: &Sample, ours: bool) -> f64 {
        let each = sample.documents.max(1) as f64;
        match self {
            Self::Checks if ours => sample.checks / each,
            Self::Cpu | Self::Checks => sample.cpu / each,
            Self::Each => sample.wall / each,
            Self::Wall | Self::Finish => sample.wall,
            Self::Peak => sample.peak,
        }
    }
}

/// What is to be reached.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// Ours is at most so many times theirs.
    AtMost(f64),
    /// Ours is at most this part of theirs, and no more than so many ms.
    Part(f64, f64),
    /// Ours is at most so many times theirs, and under so many MiB.
    Flat(f64, f64),
    /// Ours is so many times faster.
    Faster(f64),
    /// Ours comes to an end.
    Finishes,
}

/// A row of the table.
#[derive(Debug, Clone)]
pub struct Row {
    pub id: &'static str,
    pub contest: Contest,
    pub work: String,
    pub against: String,
    pub ours: Task,
    pub theirs: Task,
    pub measure: Measure,
    pub target: Target,
}

/// All rows, for a press of so many editions.
pub fn rows(n: usize) -> Vec<Row> {
    let (loops, bundle, many) = (part(n, 10), part(n, 5), n * 5);
    let pdf = |count: usize, jobs: usize| Build {
        shape: Shape::Series(count),
        jobs,
        formats: Formats::Pdf,
        plain: false,
        tmpfs: false,
    };
    let all = |count: usize| Task::Ours(Build { formats: Formats::All, ..pdf(count, 2) });
    let html_of = |shape: Shape, tmpfs: bool| {
        Task::Ours(Build { shape, formats: Formats::Html, tmpfs, ..pdf(n, 2) })
    };
    let html = |tmpfs: bool| html_of(Shape::Plain(n), tmpfs);
    let hugo = |tmpfs: bool| Task::Hugo { pages: n, tmpfs };
    let zola = |tmpfs: bool| Task::Zola { pages: n, tmpfs };
    let compile = |documents: usize, at_a_time: usize, faces: Faces| Task::Compile {
        documents,
        at_a_time,
        faces,
    };
    let watch = |who: Who, shape: Shape| Task::Watch { who, shape };
    let serve = |who: Who| Task::Serve { who, pages: n };
    let clean = Task::Ours(pdf(n, 2));
    let one = Task::Ours(pdf(1, 2));
    let short = Shape::Series(1);
    let page = format!("{n} pages to HTML alone, on disk, a folder each");
    let page_figures = format!("{page}, with figures of the record and their files");
    let page_tmpfs = format!("{n} pages to HTML alone, on tmpfs, a folder each");
    let edit_page = format!("edit → new page, {n} editions");
    let pdfs = format!("{n} PDFs, 2 workers");
    let row =
        |id, contest, work: &str, against: &str, tasks: (Task, Task), measure, target| {
            let (work, against) = (work.to_owned(), against.to_owned());
            let (ours, theirs) = tasks;
            Row { id, contest, work, against, ours, theirs, measure, target }
        };
    use Contest as C;
    use Measure as M;
    use Target as T;
    vec![
        row(
            "floor",
            C::Clean,
            &pdfs,
            "the floor, 2 workers, CPU of each",
            (clean, Task::Floor(n)),
            M::Cpu,
            T::AtMost(1.08),
        ),
        row(
            "loop",
            C::Clean,
            &pdfs,
            &format!("`typst compile` in turn, {loops} documents"),
            (clean, compile(loops, 1, Faces::OursAndSystem)),
            M::Each,
            T::Faster(18.0),
        ),
        row(
            "loop-noto",
            C::Clean,
            &pdfs,
            &format!("`typst compile` in turn, Noto CJK, {loops} documents"),
            (clean, compile(loops, 1, Faces::NotoAndSystem)),
            M::Each,
            T::Faster(18.0),
        ),
        row(
            "xargs",
            C::Clean,
            &pdfs,
            &format!("`xargs -P2 typst compile`, fonts needed alone, {loops} documents"),
            (clean, compile(loops, 2, Faces::Ours)),
            M::Each,
            T::Faster(5.5),
        ),
        row(
            "xargs-noto",
            C::Clean,
            &pdfs,
            &format!(
                "`xargs -P2 typst compile`, three fonts of Noto CJK alone, {loops} documents"
            ),
            (clean, compile(loops, 2, Faces::Noto)),
            M::Each,
            T::Faster(5.5),
        ),
        row(
            "binding",
            C::Clean,
            &pdfs,
            &format!("the Typst binding, one process, {loops} documents"),
            (clean, Task::Binding(loops)),
            M::Each,
            T::Faster(2.0),
        ),
        row(
            "workers",
            C::Clean,
            &pdfs,
            "one worker",
            (clean, Task::Ours(pdf(n, 1))),
            M::Wall,
            T::Faster(1.85),
        ),
        row(
            "bundle",
            C::Bundle,
            &format!("{bundle} PDFs, 2 workers"),
            "`typst compile --format bundle`",
            (Task::Ours(pdf(bundle, 2)), Task::Bundle(bundle)),
            M::Wall,
            T::Faster(1.15),
        ),
        row(
            "bundle-memory",
            C::Bundle,
            "the same, peak memory",
            "`typst compile --format bundle`",
            (Task::Ours(pdf(bundle, 2)), Task::Bundle(bundle)),
            M::Peak,
            T::AtMost(0.5),
        ),
        row(
            "finish",
            C::Finish,
            &format!("{many} PDFs, 2 workers"),
            &format!("`typst compile --format bundle`, {} documents", bundle * 2),
            (Task::Ours(pdf(many, 2)), Task::Bundle(bundle * 2)),
            M::Finish,
            T::Finishes,
        ),
        row(
            "cold",
            C::Cold,
            "one PDF, cold",
            "`typst compile`, system fonts",
            (one, compile(1, 1, Faces::OursAndSystem)),
            M::Wall,
            T::Faster(5.0),
        ),
        row(
            "cold-noto",
            C::Cold,
            "one PDF, cold",
            "`typst compile`, system fonts and Noto CJK",
            (one, compile(1, 1, Faces::NotoAndSystem)),
            M::Wall,
            T::Faster(5.0),
        ),
        row(
            "cold-fonts",
            C::Cold,
            "one PDF, cold",
            "`typst compile`, fonts needed alone",
            (one, compile(1, 1, Faces::Ours)),
            M::Wall,
            T::Faster(2.7),
        ),
        row(
            "cold-fonts-noto",
            C::Cold,
            "one PDF, cold",
            "`typst compile`, three fonts of Noto CJK alone",
            (one, compile(1, 1, Faces::Noto)),
            M::Wall,
            T::Faster(2.7),
        ),
        row(
            "html-zola",
            C::Html,
            &page,
            "Zola",
            (html(false), zola(false)),
            M::Each,
            T::Faster(1.3),
        ),
        row(
            "html-hugo",
            C::Html,
            &page,
            "Hugo",
            (html(false), hugo(false)),
            M::Each,
            T::Faster(1.6),
        ),
        row(
            "html-figures",
            C::Html,
            &page_figures,
            "Hugo",
            (html_of(Shape::Folders(n), false), hugo(false)),
            M::Each,
            T::Faster(1.6),
        ),
        row(
            "tmpfs-zola",
            C::Tmpfs,
            &page_tmpfs,
            "Zola",
            (html(true), zola(true)),
            M::Each,
            T::Faster(4.0),
        ),
        row(
            "tmpfs-hugo",
            C::Tmpfs,
            &page_tmpfs,
            "Hugo",
            (html(true), hugo(true)),
            M::Each,
            T::Faster(6.0),
        ),
        row(
            "memory",
            C::Memory,
            &format!("peak memory, {many} editions, PDF and HTML"),
            &format!("{n} editions"),
            (all(many), all(n)),
            M::Peak,
            T::Flat(1.15, 256.0),
        ),
        row(
            "nothing",
            C::Again,
            &format!("nothing changed, {n} editions, PDF and HTML"),
            "clean build",
            (Task::Nothing(n, Formats::All), all(n)),
            M::Wall,
            T::Part(100.0, 40.0),
        ),
        row(
            "edited",
            C::Again,
            &format!("one narrative of {n} edited, PDF and HTML"),
            "clean build",
            (Task::Edited(n, Formats::All), all(n)),
            M::Wall,
            T::Part(80.0, 120.0),
        ),
        row(
            "nothing-pdf",
            C::AgainPdf,
            &format!("nothing changed, {n} editions, PDF alone"),
            "clean build",
            (Task::Nothing(n, Formats::Pdf), clean),
            M::Wall,
            T::Part(100.0, 40.0),
        ),
        row(
            "edited-pdf",
            C::AgainPdf,
            &format!("one narrative of {n} edited, PDF alone"),
            "clean build",
            (Task::Edited(n, Formats::Pdf), clean),
            M::Wall,
            T::Part(80.0, 120.0),
        ),
        row(
            "watch",
            C::WatchShort,
            "edit → new PDF, 2 pages",
            "`typst watch`",
            (watch(Who::Ours, short), watch(Who::Typst, short)),
            M::Wall,
            T::Faster(3.5),
        ),
        row(
            "watch-long",
            C::WatchLong,
            "edit → new PDF, 100 pages",
            "`typst watch`",
            (watch(Who::Ours, Shape::Long), watch(Who::Typst, Shape::Long)),
            M::Wall,
            T::Faster(1.25),
        ),
        row(
            "serve-hugo",
            C::Serve,
            &edit_page,
            "`hugo server`",
            (serve(Who::Ours), serve(Who::Hugo)),
            M::Wall,
            T::Faster(5.0),
        ),
        row(
            "serve-zola",
            C::Serve,
            &edit_page,
            "`zola serve`",
            (serve(Who::Ours), serve(Who::Zola)),
            M::Wall,
            T::Faster(20.0),
        ),
        row(
            "archive",
            C::Archive,
            &format!("{bundle} PDF/A-2a with UA-1"),
            "plain tagged PDF, CPU of each",
            (
                Task::Ours(pdf(bundle, 2)),
                Task::Ours(Build { plain: true, ..pdf(bundle, 2) }),
            ),
            M::Cpu,
            T::AtMost(1.10),
        ),
        row(
            "audit",
            C::Audit,
            &format!("checks and audit of {n} bulletins"),
            "their whole build, CPU of each",
            (Task::Stages(n), Task::Stages(n)),
            M::Checks,
            T::AtMost(0.05),
        ),
    ]
}

/// A part of the editions, but at least two.
fn part(n: usize, of: usize) -> usize {
    (n / of).max(2)
}
