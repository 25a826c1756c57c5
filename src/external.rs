//! Links that lead out of the press (外部链接), followed politely: the only place that asks
//! the network, and only when somebody asks for it.
//!
//! A server is asked for the head of a page, and for the page where it does not know how to
//! answer that; one question after the other, with a pause between; a few servers at a time.
//! Only what is certainly not there is broken: a server that wants a password or has had
//! enough of questions has the page.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ureq::Agent;

/// How many servers are asked at a time.
const SERVERS: usize = 4;

/// How long a server has peace between two questions.
const PAUSE: Duration = Duration::from_millis(500);

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// How often an answer may lead on to another address.
const REDIRECTS: u32 = 8;

/// Who asks.
const AGENT: &str = concat!("annals/", env!("CARGO_PKG_VERSION"), " (link check)");

/// Answers that do not say that a page is missing: the server wants to know who asks, or
/// has had enough.
const GUARDED: [u16; 6] = [401, 402, 403, 405, 407, 429];

/// What became of a link; nothing is wrong with `Ok`.
pub type Verdict = Result<(), String>;

/// Follows links; what is said of each, by address.
pub fn follow(addresses: &[String]) -> BTreeMap<String, Verdict> {
    let mut servers: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for address in addresses {
        servers.entry(server(address)).or_default().push(address);
    }
    let servers: Vec<Vec<&String>> = servers.into_values().collect();
    let next = AtomicUsize::new(0);
    let said = Mutex::new(BTreeMap::new());
    let agent = agent();
    std::thread::scope(|scope| {
        for _ in 0..SERVERS.min(servers.len()) {
            scope.spawn(|| {
                while let Some(links) = servers.get(next.fetch_add(1, Ordering::Relaxed))
                {
                    for (at, address) in links.iter().enumerate() {
                        if at > 0 {
                            std::thread::sleep(PAUSE);
                        }
                        let verdict = ask(&agent, address);
                        let mut said = said
                            .lock()
                            .unwrap_or_else(std::sync::PoisonError::into_inner);
                        said.insert((*address).clone(), verdict);
                    }
                }
            });
        }
    });
    said.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn agent() -> Agent {
    Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(REDIRECTS)
        .http_status_as_error(false)
        .user_agent(AGENT)
        .build()
        .into()
}

/// Scheme, host and port of an address, in lower case.
fn server(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.to_lowercase()
}

fn ask(agent: &Agent, address: &str) -> Verdict {
    let address = address.split('#').next().unwrap_or(address);
    let head = agent.head(address).call().map(|answer| answer.status().as_u16());
    let answer = match head {
        Ok(status) if good(status) => return Ok(()),
        // Some servers answer nothing but whole pages.
        _ => agent.get(address).call().map(|answer| answer.status()),
    };
    match answer {
        Ok(status) if good(status.as_u16()) => Ok(()),
        Ok(status) => Err(format!("answers `{status}`")),
        Err(error) => Err(format!("cannot be reached: {error}")),
    }
}

fn good(status: u16) -> bool {
    (200..400).contains(&status) || GUARDED.contains(&status)
}
