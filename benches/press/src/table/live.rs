//! Programs that watch a source: how long from an edit to its result, seen from outside.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// How long the first result may take, and the one after an edit.
const FIRST: Duration = Duration::from_secs(300);
const EDIT: Duration = Duration::from_secs(60);

/// How often a result is looked for.
const GLANCE: Duration = Duration::from_millis(1);

/// A program that uses no CPU for so long has nothing left to do.
const QUIET: Duration = Duration::from_millis(600);

/// Where the result shows.
#[derive(Debug, Clone)]
pub enum Shows {
    /// In a PDF file.
    File(PathBuf),
    /// In a page of a server on 127.0.0.1.
    Page { port: u16, path: String },
}

/// What is known of a file without reading it.
type Stamp = (SystemTime, u64);

/// A watcher under way; it ends when it is dropped.
#[derive(Debug)]
pub struct Live {
    child: Child,
    source: PathBuf,
    text: String,
    result: Shows,
    edits: usize,
}

impl Live {
    /// Starts a watcher of a file, and waits until it has made everything.
    pub fn start(
        command: &Command,
        source: PathBuf,
        result: Shows,
        log: &Path,
    ) -> Result<Self, String> {
        let text = fs::read_to_string(&source).map_err(|error| error.to_string())?;
        let log = File::create(log).map_err(|error| error.to_string())?;
        let mut command = ending_with_us(command);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let child = command.spawn().map_err(|error| error.to_string())?;
        let mut live = Self { child, source, text, result, edits: 0 };
        live.wait(FIRST, |live| match &live.result {
            Shows::File(path) => stamp(path).is_some(),
            Shows::Page { port, path } => {
                get(*port, path).is_ok_and(|page| is_page(&page))
            }
        })?;
        live.settle();
        Ok(live)
    }

    /// Edits the source; gives the time in ns until the result shows it.
    pub fn edit(&mut self) -> Result<f64, String> {
        self.edits += 1;
        let mark = mark(self.edits);
        let text = with_mark(&self.text, &mark);
        let before = match &self.result {
            Shows::File(path) => stamp(path),
            Shows::Page { .. } => None,
        };
        let start = Instant::now();
        fs::write(&self.source, text).map_err(|error| error.to_string())?;
        self.wait(EDIT, |live| match &live.result {
            Shows::File(path) => {
                let now = stamp(path);
                now.is_some() && now != before
            }
            Shows::Page { port, path } => {
                get(*port, path).is_ok_and(|page| page.contains(&mark))
            }
        })?;
        let time = start.elapsed();
        self.settle();
        Ok(time.as_nanos() as f64)
    }

    fn wait(
        &mut self,
        limit: Duration,
        done: impl Fn(&Self) -> bool,
    ) -> Result<(), String> {
        let start = Instant::now();
        while !done(self) {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("ended with {status}"));
            }
            if start.elapsed() > limit {
                return Err(format!("no result within {} s", limit.as_secs()));
            }
            thread::sleep(GLANCE);
        }
        Ok(())
    }

    /// Waits until the program has nothing to do any more.
    fn settle(&self) {
        let start = Instant::now();
        let mut last = busy(self.child.id());
        loop {
            thread::sleep(QUIET);
            let now = busy(self.child.id());
            if now == last || start.elapsed() > EDIT {
                return;
            }
            last = now;
        }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A program that does not outlive this one, however it ends.
fn ending_with_us(command: &Command) -> Command {
    let mut guarded = Command::new("setpriv");
    guarded.args(["--pdeathsig", "KILL"]).arg(command.get_program());
    guarded.args(command.get_args());
    guarded.envs(command.get_envs().filter_map(|(key, value)| Some((key, value?))));
    if let Some(folder) = command.get_current_dir() {
        guarded.current_dir(folder);
    }
    guarded
}

/// A free port of 127.0.0.1.
pub fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    let address = listener.and_then(|listener| listener.local_addr());
    address.map(|address| address.port()).map_err(|error| error.to_string())
}

/// Words that stand in no bulletin, and not in the text of another edit.
pub fn mark(number: usize) -> String {
    const DIGITS: [char; 10] =
        ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
    let places = [100, 10, 1].map(|place| DIGITS[number / place % 10]);
    format!("改动{}", places.iter().collect::<String>())
}

/// A text with some words before a paragraph in its middle.
pub fn with_mark(text: &str, mark: &str) -> String {
    let word = |at: &usize| {
        text[*at..].starts_with(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c))
    };
    let starts = text.match_indices("\n\n").map(|(at, end)| at + end.len());
    let starts: Vec<usize> = starts.filter(word).collect();
    let at = starts.get(starts.len() / 2).copied().unwrap_or(text.len());
    format!("{}{mark}。{}", &text[..at], &text[at..])
}

/// How a PDF that is whole stands.
fn stamp(path: &Path) -> Option<Stamp> {
    let mut file = File::open(path).ok()?;
    let about = file.metadata().ok()?;
    file.seek(SeekFrom::End(-8)).ok()?;
    let mut end = Vec::new();
    file.read_to_end(&mut end).ok()?;
    let whole = end.windows(5).any(|window| window == b"%%EOF");
    whole.then(|| Some((about.modified().ok()?, about.len())))?
}

fn is_page(answer: &str) -> bool {
    let status = answer.lines().next().unwrap_or_default();
    status.contains(" 200") && answer.contains("</html>")
}

/// What a server on 127.0.0.1 answers.
fn get(port: u16, path: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(EDIT))?;
    let ask = format!(
        "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(ask.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// CPU time that a process has used, in ticks.
fn busy(id: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    // After the name in parentheses: the fields from the third on (proc(5)).
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let ticks = fields.split_whitespace().skip(11).take(2);
    ticks.filter_map(|ticks| ticks.parse::<u64>().ok()).sum()
}
