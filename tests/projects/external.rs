//! Links that lead out of the press, followed on a server of our own.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use crate::Copy;

/// A server that answers each path in its own way, and remembers what it was asked.
fn serve() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = format!("http://{}", listener.local_addr().expect("it has one"));
    let asked = Arc::new(Mutex::new(Vec::new()));
    let memory = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let memory = Arc::clone(&memory);
            std::thread::spawn(move || answer(stream, &memory));
        }
    });
    (address, asked)
}

fn answer(mut stream: TcpStream, memory: &Mutex<Vec<String>>) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).unwrap_or(0) == 0 {
            return;
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let line = head.lines().next().unwrap_or_default();
    let line = line.trim_end_matches(" HTTP/1.1").to_owned();
    let answer = match line.as_str() {
        "HEAD /there" | "GET /whole" => "200 OK\r\nContent-Length: 0",
        "HEAD /whole" => "501 Not Implemented\r\nContent-Length: 0",
        "HEAD /guarded" => "403 Forbidden\r\nContent-Length: 0",
        "HEAD /moved" => "301 Moved\r\nLocation: /there\r\nContent-Length: 0",
        _ => "404 Not Found\r\nContent-Length: 0",
    };
    memory.lock().expect("nobody panicked").push(line);
    let answer = format!("HTTP/1.1 {answer}\r\nConnection: close\r\n\r\n");
    // Whoever asked may have gone.
    drop(stream.write_all(answer.as_bytes()));
}

#[test]
fn broken_links_are_reported_where_they_stand_and_asked_for_once_a_week() {
    let press = Copy::of("half");
    let (server, asked) = serve();
    let links: Vec<String> = ["there", "whole", "guarded", "moved", "gone"]
        .iter()
        .map(|path| format!("[页]({server}/{path})"))
        .collect();
    let text =
        format!("+++\ntitle = \"甲\"\nkind = \"manual\"\n+++\n\n{}\n", links.join("，"));
    press.write("content/shili/2020/one.md", &text);
    press.build();
    assert!(asked.lock().expect("whole").is_empty(), "a build asks nobody");
    let check = |day: &str| {
        press.annals(&[
            "--today",
            day,
            "check",
            "--external",
            "--message-format",
            "short",
        ])
    };
    let said = check("2021-02-01");
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert_eq!(said.err.matches("warning[broken-link]").count(), 1, "{}", said.err);
    assert!(said.err.contains("one.md:6:"), "{}", said.err);
    assert!(said.err.contains("/gone` answers `404 Not Found`"), "{}", said.err);
    assert!(said.err.contains("5 links followed, 4 known"), "{}", said.err);
    let count = || asked.lock().expect("whole").len();
    let first = count();
    // What was there is not asked for again; what was not, is.
    let said = check("2021-02-03");
    assert!(said.err.contains("1 link followed, 4 known"), "{}", said.err);
    assert_eq!(count(), first + 2, "the head and the page");
    let said = check("2021-02-20");
    assert!(said.err.contains("5 links followed"), "{}", said.err);
    // A plain check asks nobody.
    let before = count();
    press.annals(&["check"]);
    assert_eq!(count(), before);
}
