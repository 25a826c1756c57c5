//! The table as Markdown.

use std::fs;
use std::io::Write as _;

use super::Samples;
use super::peers::Peers;
use super::rows::{Measure, Row, Target};
use super::run::Sample;

/// What one side of a row has reached, turn by turn.
type Side<'s> = Result<&'s [Sample], &'s str>;

/// Prints on what machine, and the head of the table.
pub fn head(size: usize, runs: usize, peers: &Peers) {
    let file = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let cpu = file("/proc/cpuinfo");
    let model =
        cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("unknown processor", |(_, model)| model);
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let kernel = file("/proc/sys/kernel/osrelease");
    let load = file("/proc/loadavg");
    let load = load.split(' ').next().unwrap_or_default();
    println!(
        "{cores} × {model}, Linux {}, load {load} at the start; {}. {size} editions, {runs} \
         turns.\n",
        kernel.trim(),
        peers.describe(),
    );
    println!("| row | work | annals | against | that | ratio | target | reached |");
    println!("|---|---|---|---|---|---|---|---|");
}

/// Prints a row.
pub fn row(row: &Row, samples: &Samples) {
    let side = |task| match &samples[&task] {
        Ok(samples) => Ok(samples.as_slice()),
        Err(why) => Err(why.as_str()),
    };
    let (ours, theirs) = (side(row.ours), side(row.theirs));
    let cells = [
        row.id.to_owned(),
        row.work.clone(),
        cell(row.measure, ours, true),
        row.against.clone(),
        cell(row.measure, theirs, false),
        ratio(row, ours, theirs),
        target(row.target),
        reached(row, ours, theirs).unwrap_or_else(|| "–".to_owned()),
    ];
    println!("| {} |", cells.join(" | "));
    flush();
}

/// Prints what stands below the table.
pub fn foot() {
    println!(
        "\nMedians (least–most). The ratio is that of each turn, its median and spread."
    );
    flush();
}

fn flush() {
    // A reader that is gone reads no more.
    let _ = std::io::stdout().flush();
}

/// A figure with its unit.
fn figure(measure: Measure, value: f64) -> String {
    match measure {
        Measure::Peak => format!("{:.0} MiB", value / 1024.0),
        Measure::Cpu | Measure::Each | Measure::Checks => {
            format!("{} ms", digits(value / 1e6))
        }
        Measure::Wall | Measure::Finish if value >= 1e9 => {
            format!("{:.2} s", value / 1e9)
        }
        Measure::Wall | Measure::Finish => format!("{} ms", digits(value / 1e6)),
    }
}

/// Three digits that tell something.
fn digits(value: f64) -> String {
    match value {
        value if value >= 100.0 => format!("{value:.0}"),
        value if value >= 10.0 => format!("{value:.1}"),
        value => format!("{value:.2}"),
    }
}

fn cell(measure: Measure, side: Side<'_>, ours: bool) -> String {
    let samples = match side {
        Ok(samples) => samples,
        Err(why) => return why.replace('|', "\\|"),
    };
    let values: Vec<f64> =
        samples.iter().map(|sample| measure.of(sample, ours)).collect();
    let Some(Spread { least, middle, most }) = Spread::of(values) else {
        return "–".to_owned();
    };
    let [least, middle, most] = [least, middle, most].map(|value| figure(measure, value));
    if measure == Measure::Finish {
        let peak = samples.iter().map(|sample| sample.peak).fold(0.0, f64::max);
        return format!("finished, {middle}, {}", figure(Measure::Peak, peak));
    }
    let least = least.split(' ').next().unwrap_or_default();
    let most = most.split(' ').next().unwrap_or_default();
    format!("{middle} ({least}–{most})")
}

/// Ours over theirs, or theirs over ours where faster is asked for, turn by turn.
fn ratios(row: &Row, ours: Side<'_>, theirs: Side<'_>) -> Option<Spread> {
    let pairs = ours.ok()?.iter().zip(theirs.ok()?);
    let values = pairs.map(|(ours, theirs)| {
        let (ours, theirs) = (row.measure.of(ours, true), row.measure.of(theirs, false));
        match row.target {
            Target::Faster(_) => theirs / ours,
            _ => ours / theirs,
        }
    });
    Spread::of(values.collect())
}

fn ratio(row: &Row, ours: Side<'_>, theirs: Side<'_>) -> String {
    if row.measure == Measure::Finish {
        return "–".to_owned();
    }
    let Some(Spread { least, middle, most }) = ratios(row, ours, theirs) else {
        return "–".to_owned();
    };
    match row.target {
        Target::Part(..) => {
            format!("1/{:.0} (1/{:.0}–1/{:.0})", 1.0 / middle, 1.0 / least, 1.0 / most)
        }
        _ => format!("**{}** ({}–{})", digits(middle), digits(least), digits(most)),
    }
}

fn target(target: Target) -> String {
    match target {
        Target::AtMost(most) => format!("at most {most} ×"),
        Target::Part(part, time) => format!("at most 1/{part}, and {time} ms"),
        Target::Flat(most, memory) => format!("at most {most} ×, and {memory} MiB"),
        Target::Faster(least) => format!("at least {least} × faster"),
        Target::Finishes => "it finishes".to_owned(),
    }
}

/// Whether the target is reached; nothing where one side is missing.
fn reached(row: &Row, ours: Side<'_>, theirs: Side<'_>) -> Option<String> {
    let reached = if row.target == Target::Finishes {
        ours.is_ok()
    } else {
        let Spread { middle, .. } = ratios(row, ours, theirs)?;
        let own = ours.ok()?.iter().map(|sample| row.measure.of(sample, true));
        let own = Spread::of(own.collect())?;
        match row.target {
            Target::AtMost(most) => middle <= most,
            Target::Part(part, time) => middle <= 1.0 / part && own.middle / 1e6 <= time,
            Target::Flat(most, memory) => middle <= most && own.most / 1024.0 < memory,
            Target::Faster(least) => middle >= least,
            Target::Finishes => true,
        }
    };
    Some(if reached { "yes" } else { "**no**" }.to_owned())
}

/// A median with its spread.
#[derive(Debug, Clone, Copy)]
struct Spread {
    least: f64,
    middle: f64,
    most: f64,
}

impl Spread {
    fn of(mut values: Vec<f64>) -> Option<Self> {
        values.sort_unstable_by(f64::total_cmp);
        let half = values.len() / 2;
        let (&least, &most) = (values.first()?, values.last()?);
        let upper = *values.get(half)?;
        let even = values.len().is_multiple_of(2);
        let lower = if even { *values.get(half.checked_sub(1)?)? } else { upper };
        Some(Self { least, middle: f64::midpoint(lower, upper), most })
    }
}
