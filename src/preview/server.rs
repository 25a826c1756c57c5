//! Answers requests, each on a thread of its own, a limited number at a time.

use std::io::Write as _;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

use super::guard;
use super::http::{self, Answer, Policy, Status};
use super::maker::{Ask, Message, Want};
use super::route::{Route, mime, route};
use super::state::Event;
use super::store::{Store, Waited};
use crate::pipeline::SITE;

/// How many connections there are at a time; further ones are sent away.
pub const MAX_CONNECTIONS: usize = 64;

/// How many of them may be streams of events, which last as long as a page is looked at.
pub const MAX_STREAMS: usize = 32;

/// How long somebody waits for what is being made.
const MAKING: Duration = Duration::from_secs(120);

/// How long a stream is silent at most: a page that is gone is noticed by writing to it.
const SILENCE: Duration = Duration::from_secs(10);

/// How long a connection that was answered is read on, so that the answer arrives before
/// the end of the connection.
const LINGER: Duration = Duration::from_millis(200);

/// The pages, scripts and styles of the preview.
static ASSETS: [(&str, &str); 6] = [
    ("common.js", include_str!("assets/common.js")),
    ("page.js", include_str!("assets/page.js")),
    ("preview.css", include_str!("assets/preview.css")),
    ("start.js", include_str!("assets/start.js")),
    ("view.js", include_str!("assets/view.js")),
    ("overlay.css", include_str!("assets/overlay.css")),
];

/// The list of editions.
const START: &str = include_str!("assets/start.html");

/// A page beside its printed pages.
const VIEW: &str = include_str!("assets/view.html");

/// What stands for a page that cannot be made yet.
const MISSING: &str = include_str!("assets/missing.html");

/// What makes a page of the press show changes and errors.
const SCRIPT: &[u8] =
    b"<script type=\"module\" src=\"/.annals/asset/page.js\"></script>\n";

/// What answering needs.
#[derive(Debug, Clone)]
pub(super) struct Server {
    pub(super) store: Arc<Store>,
    pub(super) inbox: Sender<Message>,
    pub(super) port: u16,
    pub(super) closing: Arc<AtomicBool>,
}

impl Server {
    /// Answers until the preview is closed.
    pub(super) fn run(self, listener: &TcpListener) {
        let open = Arc::new(AtomicUsize::new(0));
        let streams = Arc::new(AtomicUsize::new(0));
        for stream in listener.incoming() {
            if self.closing.load(Ordering::Relaxed) {
                return;
            }
            // A connection that is gone again, or a machine without a further file handle.
            let Ok(mut stream) = stream else {
                thread::sleep(LINGER);
                continue;
            };
            let Some(place) = Place::take(&open, MAX_CONNECTIONS) else {
                // It need not hear that there is no room for it.
                let _ = Answer::plain(Status::Busy).send(&mut stream, true);
                continue;
            };
            let (server, streams) = (self.clone(), Arc::clone(&streams));
            // Without a thread there is no answer, and the connection ends.
            let _ = thread::Builder::new().name("answer".to_owned()).spawn(move || {
                // Whoever asked may have gone; there is nobody else to tell.
                let _ = server.connection(&mut stream, &streams);
                drop(place);
            });
        }
    }

    fn connection(
        &self,
        stream: &mut TcpStream,
        streams: &Arc<AtomicUsize>,
    ) -> std::io::Result<()> {
        stream.set_nodelay(true)?;
        let head = match http::read_head(stream) {
            Ok(Some(head)) => head,
            Ok(None) => return Ok(()),
            Err(status) => {
                Answer::plain(status).send(stream, true)?;
                return end(stream);
            }
        };
        let body = head.method != "HEAD";
        let answer = match guard::admit(&head, self.port) {
            Err(status) => Answer::plain(status),
            Ok(()) => match route(&head.target) {
                Some(Route::Events) if body => {
                    return match Place::take(streams, MAX_STREAMS) {
                        Some(_place) => self.events(stream),
                        None => Answer::plain(Status::Busy).send(stream, true),
                    };
                }
                Some(route) => self.answer(route),
                None => Answer::plain(Status::NotFound),
            },
        };
        answer.send(stream, body)?;
        end(stream)
    }

    fn answer(&self, route: Route) -> Answer {
        const HTML: &str = "text/html; charset=utf-8";
        match route {
            Route::Start => Answer::own(HTML, START),
            Route::View(_) => Answer::own(HTML, VIEW),
            Route::Asset(name) => {
                let asset = ASSETS.iter().find(|(known, _)| *known == name);
                asset.map_or_else(
                    || Answer::plain(Status::NotFound),
                    |(name, text)| Answer::own(mime(name), *text),
                )
            }
            Route::Press => json(&self.store.read_opened(MAKING).press()),
            Route::State { path, sheets } => {
                self.ask(&path, if sheets { Want::Sheets } else { Want::Page });
                json(&self.store.read().output(&path))
            }
            Route::Sheet { edition, number } => self.sheet(&edition, number),
            Route::Output(path) => self.output(&path),
            Route::Events => Answer::own("text/event-stream", ""),
        }
    }

    fn output(&self, path: &str) -> Answer {
        let pdf = path.rsplit_once('.').is_some_and(|(_, ending)| ending == "pdf");
        let edition = self.ask(path, if pdf { Want::Pdf } else { Want::Page });
        let bytes = edition.and_then(|edition| self.store.read().file(&edition, path));
        let is_page = mime(path).starts_with("text/html");
        let (status, body) = match bytes {
            Some(bytes) if is_page => (Status::Ok, with_script(&bytes)),
            Some(bytes) => (Status::Ok, bytes.to_vec()),
            None if is_page => (Status::NotFound, MISSING.as_bytes().to_vec()),
            None => return Answer::plain(Status::NotFound),
        };
        let mime = mime(path);
        Answer { status, mime, body, policy: Policy::Press, lasting: false }
    }

    fn sheet(&self, edition: &str, number: usize) -> Answer {
        let sheets = self.store.read().sheets(edition);
        let svg = sheets.and_then(|sheets| sheets.svg(number.checked_sub(1)?));
        match svg {
            // Its address bears what tells it from another.
            Some(svg) => Answer { lasting: true, ..Answer::own("image/svg+xml", svg) },
            None => Answer::plain(Status::NotFound),
        }
    }

    /// Has an output made, and waits until it is; gives its edition.
    fn ask(&self, path: &str, want: Want) -> Option<String> {
        let owner = self.store.read_opened(MAKING).owner(path).map(str::to_owned);
        // What belongs to no edition may be a page of the site, which all editions go into.
        let edition = owner.unwrap_or_else(|| SITE.to_owned());
        let (done, made) = mpsc::sync_channel(1);
        let ask = Ask { edition: edition.clone(), want, done };
        self.inbox.send(Message::Ask(ask)).ok()?;
        // What was there before is shown where it takes longer.
        let _ = made.recv_timeout(MAKING);
        Some(edition)
    }

    /// Tells what happens, as it happens (server-sent events, HTML Standard, section 9.2).
    fn events(&self, stream: &mut TcpStream) -> std::io::Result<()> {
        http::begin_stream(stream)?;
        let mut told: Option<Event> = None;
        loop {
            match self.store.wait(told, SILENCE) {
                Waited::Closed => return Ok(()),
                Waited::Nothing => stream.write_all(b": still here\n\n")?,
                Waited::Event(event) => {
                    told = Some(event);
                    let data = json(&event).body;
                    stream.write_all(b"data: ")?;
                    stream.write_all(&data)?;
                    stream.write_all(b"\n\n")?;
                }
            }
            stream.flush()?;
        }
    }
}

/// Ends a connection so that the other side reads the answer first: what it sent and was not
/// read would otherwise take the answer away.
fn end(stream: &mut TcpStream) -> std::io::Result<()> {
    use std::io::Read as _;
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(LINGER))?;
    let mut rest = [0; 4096];
    let mut budget = 16;
    while budget > 0 && stream.read(&mut rest).is_ok_and(|count| count > 0) {
        budget -= 1;
    }
    Ok(())
}

fn json(value: &impl serde::Serialize) -> Answer {
    let text = serde_json::to_vec(value).expect("strings and numbers always serialise");
    Answer::own("application/json", text)
}

/// A page with our script before its end.
fn with_script(page: &[u8]) -> Vec<u8> {
    let end = b"</body>";
    let at = page.windows(end.len()).rposition(|window| window == end);
    let (before, after) = page.split_at(at.unwrap_or(page.len()));
    [before, SCRIPT, after].concat()
}

/// A place among a limited number, given back when it is dropped.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(taken: &Arc<AtomicUsize>, limit: usize) -> Option<Self> {
        let before = taken.fetch_add(1, Ordering::Relaxed);
        let place = Self(Arc::clone(taken));
        (before < limit).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
