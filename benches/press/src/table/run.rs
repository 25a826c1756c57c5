//! Runs a program from its start to its end, and says what that has cost.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use crate::stages::CHECKS;

/// How long a program may take at most.
const LIMIT: Duration = Duration::from_secs(1200);

/// How often the memory of a program is looked at.
const GLANCE: Duration = Duration::from_millis(20);

/// What a program has cost.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sample {
    /// From the start of the process to its end, in ns.
    pub wall: f64,
    /// CPU time in ns; 0 where it is not known.
    pub cpu: f64,
    /// The part of `cpu` that checks took.
    pub checks: f64,
    /// The most memory that it held, in KiB; 0 where it is not known.
    pub peak: f64,
    /// How many documents it made.
    pub documents: usize,
}

/// Runs a program to its end. What it prints goes into `folder`; lines `key number` of it
/// are what our own programs say of themselves.
pub fn run(
    command: &mut Command,
    documents: usize,
    folder: &Path,
) -> Result<Sample, String> {
    let (out, err) = (folder.join("said.txt"), folder.join("said-err.txt"));
    let file = |path: &Path| File::create(path).map_err(|error| error.to_string());
    command.stdin(Stdio::null()).stdout(file(&out)?).stderr(file(&err)?);
    own_group(command);
    let start = Instant::now();
    let mut child = command.spawn().map_err(|error| error.to_string())?;
    let id = child.id();
    let (done, ended) = mpsc::channel::<()>();
    let guard = thread::spawn(move || guard(id, &ended));
    let status = child.wait().map_err(|error| error.to_string())?;
    let wall = start.elapsed();
    drop(done);
    let seen = guard.join().map_err(|_| "the guard has panicked".to_owned())?;
    if wall >= LIMIT {
        return Err(format!("not done within {} s", LIMIT.as_secs()));
    }
    let said = fs::read_to_string(&out).unwrap_or_default();
    if !status.success() {
        let complaint = fs::read(&err).unwrap_or_default();
        let complaint = String::from_utf8_lossy(&complaint);
        let mut lines = complaint.lines().map(str::trim).filter(|line| !line.is_empty());
        let first = lines.next().unwrap_or_default();
        return Err(format!(
            "ended with {status} after {:.1} s: {first}",
            wall.as_secs_f64()
        ));
    }
    let number = |key: &str| {
        let line =
            said.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(' '));
        line.and_then(|line| line.parse::<f64>().ok())
    };
    Ok(Sample {
        wall: wall.as_nanos() as f64,
        cpu: number("cpu").unwrap_or_default(),
        checks: CHECKS.into_iter().filter_map(number).sum(),
        peak: number("peak").unwrap_or(seen),
        documents,
    })
}

/// Puts a program into a group of its own, so that what it starts ends with it.
fn own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

/// Ends a program that takes too long; gives the most memory that it was seen to hold.
fn guard(id: u32, ended: &mpsc::Receiver<()>) -> f64 {
    let start = Instant::now();
    let mut peak = 0.0;
    while ended.recv_timeout(GLANCE) == Err(RecvTimeoutError::Timeout) {
        peak = memory(id).unwrap_or(peak);
        if start.elapsed() >= LIMIT {
            let group = format!("-{id}");
            // It may have ended by itself.
            let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
            break;
        }
    }
    peak
}

/// The most memory that a process has held, in KiB.
fn memory(id: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
