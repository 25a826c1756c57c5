//! CPU time and peak memory of this process.

use std::fs;

use rustix::time::{ClockId, clock_gettime};

/// CPU time of the calling thread in nanoseconds: stays comparable on a busy machine.
pub fn cpu() -> u64 {
    read(ClockId::ThreadCPUTime)
}

/// CPU time of the whole process in nanoseconds.
pub fn process_cpu() -> u64 {
    read(ClockId::ProcessCPUTime)
}

fn read(clock: ClockId) -> u64 {
    let time = clock_gettime(clock);
    let part = |n: i64| u64::try_from(n).unwrap_or_default();
    part(time.tv_sec) * 1_000_000_000 + part(time.tv_nsec)
}

/// The most memory that the process has held, in KiB.
pub fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// CPU time of the children that have ended, in nanoseconds (to 10 ms).
pub fn children_cpu() -> u64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // After the name in parentheses: the fields from the third on (proc(5)).
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let ticks = fields.split_whitespace().skip(13).take(2);
    ticks.filter_map(|n| n.parse::<u64>().ok()).sum::<u64>() * 10_000_000
}
