//! `annals-bench table`: the rows of issue 6 as ratios, measured in one run by contenders
//! that take turns, as a Markdown table.

mod lab;
mod live;
mod peers;
mod print;
mod rows;
mod run;
mod sites;

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use self::lab::{Lab, Task};
use self::rows::{Contest, Row, rows};
use self::run::Sample;

const HELP: &str = "\
Usage: annals-bench table [--rows ID,ID…] [--size N] [--runs N] [--list]

  --rows  only these rows; a name takes all rows that begin with it [default: all]
  --size  how many editions stand for the 1,000 of the issue; its 5,000, 200 and 100 follow
  --runs  how often the contenders take turns [default: 5]
  --list  print the rows and end";

/// What is asked for.
struct Options {
    rows: Vec<String>,
    size: usize,
    runs: usize,
    list: bool,
}

impl Options {
    fn read(args: &[&str]) -> Option<Self> {
        let mut options = Self { rows: Vec::new(), size: 1000, runs: 5, list: false };
        let mut args = args.iter();
        while let Some(&arg) = args.next() {
            let mut number = || args.next()?.parse().ok().filter(|&number| number > 0);
            match arg {
                "--list" => options.list = true,
                "--size" => options.size = number()?,
                "--runs" => options.runs = number()?,
                "--rows" => {
                    let named = args.next()?.split(',').map(str::to_owned);
                    options.rows.extend(named);
                }
                _ => return None,
            }
        }
        Some(options)
    }

    fn takes(&self, row: &Row) -> bool {
        let begins = |name: &String| row.id.starts_with(name.as_str());
        self.rows.is_empty() || self.rows.iter().any(begins)
    }
}

/// What each contender of a contest has cost, turn by turn.
type Samples = BTreeMap<Task, Result<Vec<Sample>, String>>;

/// Measures and prints.
pub fn run(args: &[&str]) {
    let Some(options) = Options::read(args) else {
        eprintln!("{HELP}");
        return;
    };
    let mut rows = rows(options.size);
    rows.retain(|row| options.takes(row));
    if options.list {
        for Row { id, work, against, .. } in &rows {
            println!("{id:<14} {work}; against {against}");
        }
        return;
    }
    let program = env::current_exe().expect("this program has a path");
    let folder = program.with_file_name("press-bench").join("table");
    std::fs::create_dir_all(&folder).expect("the disk has room");
    let log = Log(folder.join("samples.tsv"));
    append(&log.0, &format!("# {} editions, {} turns\n", options.size, options.runs));
    let mut lab = Lab::new(folder, program);
    print::head(options.size, options.runs, lab.peers());
    let contests: BTreeSet<Contest> = rows.iter().map(|row| row.contest).collect();
    for contest in contests {
        let own: Vec<&Row> = rows.iter().filter(|row| row.contest == contest).collect();
        let samples = turns(&mut lab, contest, &own, options.runs, &log);
        for row in own {
            print::row(row, &samples);
        }
        lab.end();
    }
    print::foot();
}

/// Has the contenders of some rows take turns: a, b, c, a, b, c, …
fn turns(
    lab: &mut Lab,
    contest: Contest,
    rows: &[&Row],
    runs: usize,
    log: &Log,
) -> Samples {
    let mut tasks = Vec::new();
    for task in rows.iter().flat_map(|row| [row.ours, row.theirs]) {
        if !tasks.contains(&task) {
            tasks.push(task);
        }
    }
    let (before, count) = contest.turns(runs);
    let mut samples: Samples = tasks.iter().map(|&task| (task, Ok(Vec::new()))).collect();
    for turn in 0..before + count {
        for &task in &tasks {
            let Some(Ok(known)) = samples.get_mut(&task) else { continue };
            let measured = lab.measure(task);
            log.write(contest, task, turn, &measured);
            match measured {
                Ok(sample) if turn >= before => known.push(sample),
                Ok(_) => {}
                Err(why) => {
                    samples.insert(task, Err(why));
                }
            }
        }
    }
    samples
}

/// Every sample as it is taken, to be looked into afterwards.
struct Log(PathBuf);

impl Log {
    fn write(
        &self,
        contest: Contest,
        task: Task,
        turn: usize,
        measured: &Result<Sample, String>,
    ) {
        let line = match measured {
            Ok(Sample { wall, cpu, peak, .. }) => {
                let (wall, cpu, peak) = (wall / 1e6, cpu / 1e6, peak / 1024.0);
                format!("{wall:.1} ms\t{cpu:.1} ms of CPU\t{peak:.0} MiB")
            }
            Err(why) => why.clone(),
        };
        let line = format!("{contest:?}\t{turn}\t{task:?}\t{line}\n");
        eprint!("{line}");
        append(&self.0, &line);
    }
}

fn append(path: &Path, line: &str) {
    let file = OpenOptions::new().create(true).append(true).open(path);
    let written = file.and_then(|mut file| file.write_all(line.as_bytes()));
    written.expect("the disk has room");
}
