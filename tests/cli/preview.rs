//! `annals serve`, asked over a socket as browsers and others ask, and `annals watch`.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How long a machine under load may take.
const LONG: Duration = Duration::from_secs(60);

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a file has a parent")).expect("made");
    fs::write(path, text).expect("written");
}

fn press() -> TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder can be made");
    let root = dir.path();
    write(root, "annals.toml", "title = \"测试\"\nlanguage = \"zh\"\n");
    write(root, "content/a/series.toml", "title = \"示例\"\npublisher = \"办公室\"\n");
    let figures = "[[figures]]\nid = \"n\"\nlabel = \"参与\"\nvalue = \"120人\"\n";
    write(root, "content/a/2020/figures.toml", figures);
    let events = "日期,标题,主办\n2020-03-05,启动,联合会\n";
    write(root, "content/a/2020/events.csv", events);
    write(root, "content/a/2020/x.md", &narrative("值：{{ f.n }}。"));
    let draft = narrative("草稿。").replace("+++\n\n", "draft = true\n+++\n\n");
    write(root, "content/a/2020/y.md", &draft);
    dir
}

fn narrative(text: &str) -> String {
    format!(
        "+++
title = \"第一期\"
kind = \"bulletin\"
host = \"联合会\"
place = \"服务中心\"
\
         +++

开头一段。

{text}
"
    )
}

/// A program that is ended when it is dropped.
struct Run {
    child: Child,
    said: BufReader<std::process::ChildStderr>,
}

fn run(root: &Path, args: &[&str], stdout: Stdio) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annals"));
    command.arg("-C").arg(root).args(args).stdout(stdout).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program can be started");
    let said = BufReader::new(child.stderr.take().expect("it is piped"));
    Run { child, said }
}

impl Run {
    /// Reads what is said until a line holds some words.
    fn until(&mut self, words: &str) -> String {
        let mut all = String::new();
        loop {
            let before = all.len();
            let read = self.said.read_line(&mut all).expect("it can be read");
            assert!(read > 0, "ended without `{words}`: {all}");
            if all[before..].contains(words) {
                return all;
            }
        }
    }

    /// Ends it as Ctrl-C does.
    fn interrupt(mut self) -> std::process::ExitStatus {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &id]).status().expect("kill runs");
        assert!(sent.success());
        let since = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("it can be waited for") {
                return status;
            }
            assert!(since.elapsed() < LONG, "Ctrl-C does not end it");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A preview under way.
struct Preview {
    run: Run,
    port: u16,
}

fn serve(root: &Path, args: &[&str]) -> Preview {
    let args = [&["serve", "--port", "0"], args].concat();
    let mut run = run(root, &args, Stdio::piped());
    let out = run.child.stdout.take().expect("it is piped");
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line).expect("it says its address");
    let port = line.trim().trim_end_matches('/').rsplit(':').next().expect("a port");
    Preview { port: port.parse().expect("a number"), run }
}

impl Preview {
    /// Sends bytes and gives all that comes back.
    fn send(&self, bytes: &[u8]) -> String {
        let mut stream =
            TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(LONG)).expect("set");
        // A server that refuses need not read all.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn request(&self, line: &str, headers: &[&str]) -> String {
        let host = format!("Host: 127.0.0.1:{}", self.port);
        let named = headers.iter().any(|header| header.starts_with("Host"));
        let mut text = format!("{line} HTTP/1.1\r\n");
        for header in headers.iter().copied().chain((!named).then_some(host.as_str())) {
            text.push_str(header);
            text.push_str("\r\n");
        }
        self.send((text + "\r\n").as_bytes())
    }

    fn get(&self, target: &str) -> String {
        self.request(&format!("GET {target}"), &[])
    }

    fn status(&self, line: &str, headers: &[&str]) -> String {
        let answer = self.request(line, headers);
        answer.split(' ').nth(1).unwrap_or_default().to_owned()
    }

    /// What is said of an output, when it satisfies.
    fn state(&self, target: &str, wanted: impl Fn(&serde_json::Value) -> bool) {
        let since = Instant::now();
        loop {
            let answer = self.get(&format!("/.annals/state{target}"));
            let body = answer.split_once("\r\n\r\n").expect("a body").1;
            let value = serde_json::from_str(body).expect("it is JSON");
            if wanted(&value) {
                return;
            }
            assert!(since.elapsed() < LONG, "never: {value:#}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn pages_and_papers_are_shown_and_follow_their_text() {
    let dir = press();
    let preview = serve(dir.path(), &[]);
    let page = preview.get("/a/2020/x.html");
    assert!(page.starts_with("HTTP/1.1 200 OK"), "{page}");
    assert!(page.contains("120人") && page.contains("/.annals/asset/page.js"), "{page}");
    assert!(preview.get("/a/2020/x.pdf").contains("%PDF-1."));
    preview.state("/a/2020/x.html?sheets", |state| {
        state["sheets"].as_array().is_some_and(|sheets| sheets.len() == 1)
    });
    assert!(preview.get("/.annals/sheet/a/2020/x/1.svg?1").contains("<svg"));
    preview.state("", |state| {
        state["editions"].as_array().is_some_and(|editions| editions.len() == 1)
            && state["tally"]["done"] == 1
    });
    write(dir.path(), "content/a/2020/x.md", &narrative("改了：{{ f.n }}。"));
    preview.state("/a/2020/x.html", |state| state["round"] == 2);
    assert!(preview.get("/a/2020/x.html").contains("改了"));
    assert!(!dir.path().join("output").exists(), "nothing is written");
    assert_eq!(preview.run.interrupt().code(), Some(0));
}

#[test]
fn drafts_are_shown_where_they_are_asked_for() {
    let dir = press();
    let preview = serve(dir.path(), &["--drafts"]);
    assert!(preview.get("/a/2020/y.html").contains("草稿。"));
    preview.state("", |state| state["editions"][1]["held"] == "draft");
}

#[test]
fn errors_are_told_over_the_last_good_page_and_go_when_they_are_mended() {
    let dir = press();
    let preview = serve(dir.path(), &[]);
    assert!(preview.get("/a/2020/x.html").contains("120人"));
    write(dir.path(), "content/a/2020/x.md", &narrative("值：{{ f.m }}。"));
    preview.state("/a/2020/x.html", |state| {
        let found = &state["findings"][0];
        found["severity"] == "error"
            && found["places"][0]["origin"]
                .as_str()
                .is_some_and(|origin| origin.starts_with("content/a/2020/x.md:10:"))
            && found["places"][0]["line"]["marked"]
                .as_str()
                .is_some_and(|m| m.contains('m'))
            && state["stale"] == true
    });
    assert!(preview.get("/a/2020/x.html").contains("120人"), "the last good page");
    assert!(preview.get("/a/2020/x.pdf").starts_with("HTTP/1.1 404"));
    write(dir.path(), "annals.toml", "title = \"测试\n");
    preview.state("/a/2020/x.html", |state| {
        state["press"][0]["places"][0]["origin"]
            .as_str()
            .is_some_and(|origin| origin.starts_with("annals.toml:1:"))
    });
    assert!(preview.get("/a/2020/x.html").contains("120人"), "the last good page");
    write(dir.path(), "annals.toml", "title = \"测试\"\nlanguage = \"zh\"\n");
    write(dir.path(), "content/a/2020/x.md", &narrative("值是{{ f.n }}。"));
    preview.state("/a/2020/x.html", |state| {
        let none = |name: &str| state[name].as_array().is_some_and(Vec::is_empty);
        none("press") && none("findings") && state["stale"] == false
    });
    assert!(preview.get("/a/2020/x.html").contains("值是"));
}

#[test]
fn other_sites_and_names_are_refused() {
    let dir = press();
    let preview = serve(dir.path(), &[]);
    let port = preview.port;
    let page = "GET /a/2020/x.html";
    let good = [
        vec![],
        vec![format!("Host: localhost:{port}")],
        vec![format!("Host: LOCALHOST:{port}")],
        vec![format!("Origin: http://127.0.0.1:{port}")],
        vec![format!("Origin: http://localhost:{port}")],
        vec!["Sec-Fetch-Site: same-origin".to_owned()],
        vec!["Sec-Fetch-Site: none".to_owned()],
    ];
    for headers in good {
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        assert_eq!(preview.status(page, &headers), "200", "{headers:?}");
    }
    let bad = [
        ("421", vec![format!("Host: evil.example:{port}")]),
        ("421", vec!["Host: evil.example".to_owned()]),
        ("421", vec!["Host: 127.0.0.1".to_owned()]),
        ("421", vec![format!("Host: 127.0.0.1:{}", port ^ 1)]),
        ("421", vec![format!("Host: 127.0.0.1:{port}.evil.example")]),
        ("421", vec![format!("Host: 127.0.0.1.evil.example:{port}")]),
        ("421", vec![format!("Host: 127.0.0.1:+{port}")]),
        ("421", vec![format!("Host: user@127.0.0.1:{port}")]),
        ("421", vec!["Host: ".to_owned()]),
        ("400", vec![format!("Host: 127.0.0.1:{port}"), "Host: evil.example".to_owned()]),
        ("403", vec!["Origin: http://evil.example".to_owned()]),
        ("403", vec!["Origin: null".to_owned()]),
        ("403", vec![format!("Origin: https://127.0.0.1:{port}")]),
        ("403", vec![format!("Origin: http://127.0.0.1:{}", port ^ 1)]),
        ("403", vec![format!("Origin: http://127.0.0.1:{port}.evil.example")]),
        ("403", vec!["Sec-Fetch-Site: cross-site".to_owned()]),
        ("403", vec!["Sec-Fetch-Site: same-site".to_owned()]),
    ];
    for (status, headers) in bad {
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        assert_eq!(preview.status(page, &headers), status, "{headers:?}");
        assert_eq!(preview.status("GET /.annals/events", &headers), status);
        let answer = preview.request(page, &headers);
        assert!(!answer.contains("120人"), "{headers:?}");
    }
    let answer = preview.send(b"GET / HTTP/1.1\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 400"), "without a host: {answer}");
}

#[test]
fn only_questions_are_answered() {
    let dir = press();
    let preview = serve(dir.path(), &[]);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT"] {
        assert_eq!(preview.status(&format!("{method} /"), &[]), "405", "{method}");
    }
    let page = "GET /a/2020/x.html";
    assert_eq!(preview.status(page, &["Content-Length: 5"]), "400");
    assert_eq!(preview.status(page, &["Transfer-Encoding: chunked"]), "400");
    assert_eq!(preview.status(page, &["Upgrade: websocket"]), "400");
    let head = preview.request("HEAD /a/2020/x.html", &[]);
    assert!(head.starts_with("HTTP/1.1 200 OK") && head.ends_with("\r\n\r\n"), "{head}");
}

#[test]
fn nothing_outside_the_outputs_is_reached() {
    let dir = press();
    let root = dir.path();
    write(root, "secret.txt", "geheim");
    write(root, "content/a/secret.txt", "geheim");
    let preview = serve(root, &[]);
    assert!(preview.get("/a/2020/x.html").contains("120人"));
    for target in [
        "/../secret.txt",
        "/a/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/a/2020/..%2f..%2f..%2fsecret.txt",
        "/a/2020/..%5c..%5csecret.txt",
        "/a/secret.txt",
        "/secret.txt",
        "/annals.toml",
        "/content/a/2020/x.md",
        "/a/2020/x.md",
        "/a/2020/figures.toml",
        "/.annals/asset/../../secret.txt",
        "/.annals/asset/%2e%2e%2fmod.rs",
        "/a%00b",
        "//etc/passwd",
        "/etc/passwd",
        "http://127.0.0.1/a/2020/x.html",
        "*",
    ] {
        let answer = preview.get(target);
        let status = answer.split(' ').nth(1).unwrap_or_default();
        assert!(matches!(status, "404" | "400"), "{target}: {answer}");
        assert!(!answer.contains("geheim") && !answer.contains("root:"), "{target}");
    }
}

#[test]
fn heads_and_connections_have_bounds() {
    let dir = press();
    let preview = serve(dir.path(), &[]);
    let long = format!("X: {}", "a".repeat(20_000));
    assert_eq!(preview.status("GET /", &[&long]), "431");
    let many: Vec<String> = (0..100).map(|number| format!("X-{number}: 1")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(preview.status("GET /", &many), "431");
    assert_eq!(preview.status(&format!("GET /{}", "a".repeat(10_000)), &[]), "404");
    for garbage in ["\u{1}\u{2}\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9\r\n\r\n"] {
        let answer = preview.send(garbage.as_bytes());
        assert!(answer.starts_with("HTTP/1.1 400"), "{garbage:?}: {answer}");
    }
    // Connections that say nothing fill all places, and are sent away after a while.
    let idle: Vec<TcpStream> = (0..64)
        .map(|_| TcpStream::connect(("127.0.0.1", preview.port)).expect("it listens"))
        .collect();
    let since = Instant::now();
    loop {
        let answer = preview.get("/");
        if answer.starts_with("HTTP/1.1 503") {
            break;
        }
        assert!(since.elapsed() < LONG, "there is always room: {answer}");
    }
    while !preview.get("/").starts_with("HTTP/1.1 200") {
        assert!(since.elapsed() < LONG, "there is no room again");
        std::thread::sleep(Duration::from_millis(50));
    }
    drop(idle);
}

#[test]
fn answers_bear_what_keeps_them_to_this_preview() {
    let dir = press();
    let preview = serve(dir.path(), &[]);
    for target in ["/", "/a/2020/x.html", "/.annals/state", "/nothing", "/a/2020/x.pdf"] {
        let answer = preview.request(&format!("HEAD {target}"), &[]).to_lowercase();
        for header in [
            "x-content-type-options: nosniff",
            "content-security-policy: default-src",
            "cross-origin-resource-policy: same-origin",
            "cross-origin-opener-policy: same-origin",
            "cache-control: no-store",
            "content-type: ",
        ] {
            assert!(answer.contains(header), "{target} lacks {header}: {answer}");
        }
        assert!(!answer.contains("access-control"), "{target}: {answer}");
    }
}

#[test]
fn changes_are_told_as_they_happen() {
    let dir = press();
    let preview = serve(dir.path(), &[]);
    let stream = TcpStream::connect(("127.0.0.1", preview.port)).expect("it listens");
    stream.set_read_timeout(Some(LONG)).expect("set");
    let request = format!(
        "GET /.annals/events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n",
        preview.port
    );
    (&stream).write_all(request.as_bytes()).expect("sent");
    let mut events = BufReader::new(stream);
    let mut next = |wanted: &str| {
        loop {
            let mut line = String::new();
            let read = events.read_line(&mut line).expect("it can be read");
            assert!(read > 0, "the stream ended before {wanted}");
            if line.contains(wanted) {
                return;
            }
        }
    };
    next("data: {\"round\":1");
    write(dir.path(), "content/a/2020/x.md", &narrative("改了。"));
    next("data: {\"round\":2");
    assert_eq!(preview.run.interrupt().code(), Some(0), "an open stream holds nobody");
}

#[test]
fn a_taken_port_is_said() {
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
    let port = taken.local_addr().expect("it has one").port().to_string();
    let dir = press();
    let mut run = run(dir.path(), &["serve", "--port", &port], Stdio::null());
    run.until("error[no-port]");
    assert_eq!(run.child.wait().expect("it ends").code(), Some(2));
}

#[test]
fn a_watcher_builds_what_changes_and_outlives_errors() {
    let dir = press();
    let root = dir.path();
    let mut run = run(root, &["watch", "--format", "html"], Stdio::null());
    let output = || fs::read_to_string(root.join("output/a/2020/x.html")).expect("built");
    run.until("built 1 edition in output");
    write(root, "content/a/2020/x.md", &narrative("改了：{{ f.n }}。"));
    run.until("--- content/a/2020/x.md has changed");
    run.until("built 1 edition in output");
    assert!(output().contains("改了"));
    write(root, "annals.toml", "title = \"测试\n");
    run.until("annals.toml:1:");
    run.until("1 error");
    assert!(output().contains("改了"), "the last good output stays");
    write(root, "annals.toml", "title = \"测试\"\nlanguage = \"zh\"\n");
    run.until("built 1 edition in output");
    assert_eq!(run.interrupt().code(), Some(0));
}

#[test]
fn a_watcher_without_a_press_ends() {
    let dir = tempfile::tempdir().expect("a temporary folder can be made");
    let mut run = run(dir.path(), &["watch"], Stdio::null());
    run.until("error[missing-project]");
    assert_eq!(run.child.wait().expect("it ends").code(), Some(2));
}
