//! Runs the measurements and prints them with their ratios.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use crate::{clock, corpus, stages};

/// Numbers of documents, and how often each is measured: medians are printed.
const RUNS: [(usize, usize); 4] = [(1, 7), (100, 5), (500, 1), (1000, 3)];

/// How many documents `typst compile` makes, one process each.
const TYPST_COMPILE: usize = 20;

/// The kind whose layout is the floor's, and the built-in one.
const KINDS: [&str; 2] = ["paper", "bulletin"];

/// What a process said of itself: `cpu`, `wall` (ns), `peak` (KiB), and its stages.
type Cost = BTreeMap<String, u64>;

struct Bench {
    folder: PathBuf,
    program: PathBuf,
}

/// Measures everything; a number among the arguments is the largest count of documents.
pub fn run(args: &[&str]) {
    let most = args.iter().find_map(|arg| arg.parse().ok()).unwrap_or(usize::MAX);
    let program = env::current_exe().expect("this program has a path");
    let bench = Bench { folder: program.with_file_name("press-bench"), program };
    println!("CPU time per document in ms, medians of processes that take turns\n");
    for (count, times) in RUNS.into_iter().filter(|&(count, _)| count <= most) {
        bench.size(count, times);
    }
    bench.typst_compile();
}

impl Bench {
    /// One number of documents: annals and the floor with one and two workers.
    fn size(&self, count: usize, times: usize) {
        let mut characters = 0;
        for kind in KINDS {
            let folder = self.corpus(kind);
            let corpus = corpus::write(&folder, corpus::Shape::Series(count), kind)
                .expect("the disk has room");
            characters = corpus.characters;
        }
        println!("== {count} documents ({characters} different characters each)");
        let mut costs: BTreeMap<&str, Vec<Cost>> = BTreeMap::new();
        for _ in 0..times {
            let mut note = |name, cost| costs.entry(name).or_default().push(cost);
            note("floor", self.floor(count, 1));
            note("annals", self.annals(KINDS[0], 1, "pdf"));
            note("floor, 2 workers", self.floor(count, 2));
            note("annals, 2 workers", self.annals(KINDS[0], 2, "pdf"));
            note("annals, kind bulletin", self.annals(KINDS[1], 1, "pdf"));
            note("annals, HTML", self.annals(KINDS[0], 1, "html"));
            note("stages", self.child(&["stages", &self.press(KINDS[0]), &self.out()]));
        }
        let per =
            |name: &str, what: &str| median(&costs[name], what) / count as f64 / 1e6;
        let base = per("floor", "cpu");
        for name in [
            "floor",
            "annals",
            "floor, 2 workers",
            "annals, 2 workers",
            "annals, kind bulletin",
            "annals, HTML",
        ] {
            println!(
                "{name:<24} {:>8.2} ms CPU  {:>5.2} x floor  {:>8.2} ms wall  {:>6.0} MiB",
                per(name, "cpu"),
                per(name, "cpu") / base,
                per(name, "wall"),
                median(&costs[name], "peak") / 1024.0,
            );
        }
        for name in ["floor", "annals"] {
            let two = per(&format!("{name}, 2 workers"), "wall");
            println!("{name}: two workers are {:.2} x one", per(name, "wall") / two);
        }
        let stage = |of: &str| {
            let each =
                stages::NAMES.iter().filter(|&&stage| costs[of][0].contains_key(stage));
            let each = each.map(|stage| format!("{stage} {:.3}", per(of, stage)));
            each.collect::<Vec<_>>().join("  ")
        };
        println!("annals by stage: {}", stage("stages"));
        let sum = |of: &[&str]| of.iter().map(|stage| per("stages", stage)).sum::<f64>();
        let share = sum(&stages::CHECKS) / sum(&stages::NAMES) * 100.0;
        println!("check and audit are {share:.1}% of all");
        println!("floor by stage:  {}\n", stage("floor"));
    }

    /// One `typst compile` process for each document, from the floor's sources.
    fn typst_compile(&self) {
        let present = Command::new("typst").arg("--version").output().is_ok();
        if !present {
            println!("`typst` is not installed: no comparison with `typst compile`");
            return;
        }
        let floor = self.corpus(KINDS[0]).join("floor");
        let count = crate::floor::write_sources(&floor, TYPST_COMPILE);
        let before = clock::children_cpu();
        for number in 0..count {
            let done = Command::new("typst")
                .args(["compile", "--ignore-system-fonts", "--font-path"])
                .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/fonts"))
                .args(["--pdf-standard", "a-2a,ua-1", "--root"])
                .arg(&floor)
                .arg(floor.join(format!("{number:05}.typ")))
                .status();
            assert!(done.is_ok_and(|status| status.success()), "typst compile failed");
        }
        let each = (clock::children_cpu() - before) as f64 / count as f64 / 1e6;
        println!("typst compile, a process each: {each:.1} ms CPU");
    }

    fn annals(&self, kind: &str, jobs: usize, format: &str) -> Cost {
        let (press, out, jobs) = (self.press(kind), self.out(), jobs.to_string());
        let line = ["annals", "-q", "--root", &press, "build", "--output", &out];
        self.child(&[&line[..], &["--jobs", &jobs, "--format", format]].concat())
    }

    fn floor(&self, count: usize, threads: usize) -> Cost {
        let folder = self.corpus(KINDS[0]).join("floor");
        let (count, threads) = (count.to_string(), threads.to_string());
        self.child(&["floor", &shown(&folder), &self.out(), &count, &threads])
    }

    fn corpus(&self, kind: &str) -> PathBuf {
        self.folder.join(kind)
    }

    fn press(&self, kind: &str) -> String {
        shown(&self.corpus(kind).join("press"))
    }

    fn out(&self) -> String {
        shown(&self.folder.join("out"))
    }

    /// Measures a process with an empty output folder.
    fn child(&self, args: &[&str]) -> Cost {
        let out = self.folder.join("out");
        if out.exists() {
            fs::remove_dir_all(&out).expect("the output folder can be removed");
        }
        let said = Command::new(&self.program)
            .arg("child")
            .args(args)
            .env("SOURCE_DATE_EPOCH", "1767225600")
            .stderr(Stdio::inherit())
            .output()
            .expect("this program can be started");
        assert!(said.status.success(), "{args:?} failed");
        let text = String::from_utf8_lossy(&said.stdout);
        let pair = |line: &str| {
            let (key, value) = line.split_once(' ')?;
            Some((key.to_owned(), value.parse().ok()?))
        };
        text.lines().filter_map(pair).collect()
    }
}

fn median(costs: &[Cost], what: &str) -> f64 {
    let mut all: Vec<u64> =
        costs.iter().filter_map(|cost| cost.get(what)).copied().collect();
    all.sort_unstable();
    all.get(all.len() / 2).map_or(0.0, |&middle| middle as f64)
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
