//! HTTP/1.1 as far as a preview needs it: one question and one answer for each connection,
//! within bounds.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// How many bytes the head of a request may have.
pub const MAX_HEAD: usize = 16 << 10;

/// How many headers a request may have.
pub const MAX_HEADERS: usize = 64;

/// How long a request may take to come in.
pub const HEAD_TIME: Duration = Duration::from_secs(5);

/// How long an answer may take to go out.
pub const ANSWER_TIME: Duration = Duration::from_secs(30);

/// The head of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    /// `GET`.
    pub(super) method: String,
    /// What is asked for, as it was sent.
    pub(super) target: String,
    /// Names in lower case, and values.
    headers: Vec<(String, String)>,
}

impl Head {
    /// All values of a header.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = self.headers.iter().filter(move |(known, _)| known == name);
        named.map(|(_, value)| value.as_str())
    }
}

/// How an answer begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Ok,
    BadRequest,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    TimedOut,
    Misdirected,
    HeadTooLarge,
    Busy,
}

impl Status {
    /// The status line's number and words (RFC 9110, section 15).
    pub(super) fn line(self) -> &'static str {
        match self {
            Self::Ok => "200 OK",
            Self::BadRequest => "400 Bad Request",
            Self::Forbidden => "403 Forbidden",
            Self::NotFound => "404 Not Found",
            Self::MethodNotAllowed => "405 Method Not Allowed",
            Self::TimedOut => "408 Request Timeout",
            Self::Misdirected => "421 Misdirected Request",
            Self::HeadTooLarge => "431 Request Header Fields Too Large",
            Self::Busy => "503 Service Unavailable",
        }
    }
}

/// Reads the head of a request; a connection that says nothing gives nothing.
///
/// # Errors
/// The status to answer with.
pub(super) fn read_head(stream: &mut TcpStream) -> Result<Option<Head>, Status> {
    let until = Instant::now() + HEAD_TIME;
    let mut bytes = Vec::with_capacity(1024);
    let mut piece = [0; 4096];
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() || stream.set_read_timeout(Some(left)).is_err() {
            return Err(Status::TimedOut);
        }
        let count = match stream.read(&mut piece) {
            Ok(0) if bytes.is_empty() => return Ok(None),
            Ok(0) => return Err(Status::BadRequest),
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => return Err(Status::TimedOut),
        };
        bytes.extend_from_slice(&piece[..count]);
        if let Some(head) = parse(&bytes)? {
            return Ok(Some(head));
        }
        if bytes.len() >= MAX_HEAD {
            return Err(Status::HeadTooLarge);
        }
    }
}

/// The head that bytes begin with; nothing where it is not complete.
fn parse(bytes: &[u8]) -> Result<Option<Head>, Status> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(bytes) {
        Ok(httparse::Status::Complete(length)) if length > MAX_HEAD => {
            Err(Status::HeadTooLarge)
        }
        Ok(httparse::Status::Complete(_)) => {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
            let headers = request.headers.iter();
            let headers = headers
                .map(|header| (header.name.to_ascii_lowercase(), text(header.value)));
            Ok(Some(Head {
                method: request.method.unwrap_or_default().to_owned(),
                target: request.path.unwrap_or_default().to_owned(),
                headers: headers.collect(),
            }))
        }
        Ok(httparse::Status::Partial) => Ok(None),
        Err(httparse::Error::TooManyHeaders) => Err(Status::HeadTooLarge),
        Err(_) => Err(Status::BadRequest),
    }
}

/// What a page may load and do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Policy {
    /// A page of the press: its own styles and scripts, and what it names of other sites,
    /// as it will be published. It may talk to nobody but this preview.
    Press,
    /// A page of the preview: nothing but its own script and style, and the pages of the
    /// press in a frame.
    Own,
}

impl Policy {
    /// The header's value (Content Security Policy, level 3).
    fn value(self) -> &'static str {
        match self {
            Self::Press => {
                "default-src 'self' 'unsafe-inline' data: blob: https:; connect-src 'self'; \
                 object-src 'none'; base-uri 'self'; form-action 'none'; \
                 frame-ancestors 'self'"
            }
            Self::Own => {
                "default-src 'none'; script-src 'self'; style-src 'self'; \
                 img-src 'self' data:; connect-src 'self'; frame-src 'self'; \
                 base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            }
        }
    }
}

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    /// How it went.
    pub(super) status: Status,
    /// The type of the body, with its character set.
    pub(super) mime: &'static str,
    /// The body.
    pub(super) body: Vec<u8>,
    /// What it may do.
    pub(super) policy: Policy,
    /// Whether it may be kept: its address names its content.
    pub(super) lasting: bool,
}

impl Answer {
    /// An answer of the preview itself.
    pub(super) fn own(mime: &'static str, body: impl Into<Vec<u8>>) -> Self {
        let (status, policy) = (Status::Ok, Policy::Own);
        Self { status, mime, body: body.into(), policy, lasting: false }
    }

    /// An answer in a word.
    pub(super) fn plain(status: Status) -> Self {
        let body = format!("{}\n", status.line());
        Self { status, ..Self::own(TEXT, body) }
    }

    /// Sends it, without the body where only the head was asked for.
    pub(super) fn send(&self, stream: &mut TcpStream, body: bool) -> io::Result<()> {
        let mut out = head(self.status, self.mime, self.policy);
        out.push_str(if self.lasting {
            "Cache-Control: private, max-age=31536000, immutable\r\n"
        } else {
            "Cache-Control: no-store\r\n"
        });
        if self.status == Status::MethodNotAllowed {
            out.push_str("Allow: GET, HEAD\r\n");
        }
        out.push_str(&format!("Content-Length: {}\r\n\r\n", self.body.len()));
        let mut bytes = out.into_bytes();
        if body {
            bytes.extend_from_slice(&self.body);
        }
        stream.set_write_timeout(Some(ANSWER_TIME))?;
        stream.write_all(&bytes)?;
        stream.flush()
    }
}

/// Begins an answer without end: a stream of events.
pub(super) fn begin_stream(stream: &mut TcpStream) -> io::Result<()> {
    let mut out = head(Status::Ok, "text/event-stream", Policy::Own);
    out.push_str("Cache-Control: no-store\r\n\r\n");
    stream.set_write_timeout(Some(ANSWER_TIME))?;
    stream.write_all(out.as_bytes())?;
    stream.flush()
}

/// Plain text.
pub(super) const TEXT: &str = "text/plain; charset=utf-8";

/// The headers that all answers bear. There is no `Access-Control-Allow-Origin`: no other
/// origin may read anything.
fn head(status: Status, mime: &str, policy: Policy) -> String {
    format!(
        "HTTP/1.1 {}\r\nConnection: close\r\nContent-Type: {mime}\r\n\
         X-Content-Type-Options: nosniff\r\nContent-Security-Policy: {}\r\n\
         Cross-Origin-Resource-Policy: same-origin\r\n\
         Cross-Origin-Opener-Policy: same-origin\r\nReferrer-Policy: same-origin\r\n",
        status.line(),
        policy.value(),
    )
}
