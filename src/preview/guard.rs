//! Who may ask: the browser of the person at this machine, for this preview's own pages.
//!
//! Other machines cannot reach 127.0.0.1. Pages of other sites in the same browser can send
//! requests here: under a name of their own that leads to 127.0.0.1 (DNS rebinding), which
//! the host tells, or across origins, which `Origin` and `Sec-Fetch-Site` tell. All of these
//! are refused, so that no page on the network learns of a draft.

use super::http::{Head, Status};

/// Refuses what did not come from a page of this preview, or from the person's own hand.
///
/// # Errors
/// The status to answer with.
pub(super) fn admit(head: &Head, port: u16) -> Result<(), Status> {
    if !matches!(head.method.as_str(), "GET" | "HEAD") {
        return Err(Status::MethodNotAllowed);
    }
    // What has a body is no question; its length would have to be believed.
    let bodiless = head.all("transfer-encoding").next().is_none()
        && head.all("content-length").all(|length| length == "0");
    if !bodiless || head.all("upgrade").next().is_some() {
        return Err(Status::BadRequest);
    }
    let mut hosts = head.all("host");
    match (hosts.next(), hosts.next()) {
        (Some(host), None) if is_ours(host, port) => {}
        (Some(_), None) => return Err(Status::Misdirected),
        _ => return Err(Status::BadRequest),
    }
    let same = |origin: &str| {
        origin.strip_prefix("http://").is_some_and(|host| is_ours(host, port))
    };
    if !head.all("origin").all(same) {
        return Err(Status::Forbidden);
    }
    // `none` is the address line and bookmarks; other ports of this machine are `same-site`.
    if !head.all("sec-fetch-site").all(|site| matches!(site, "same-origin" | "none")) {
        return Err(Status::Forbidden);
    }
    Ok(())
}

fn is_ours(host: &str, port: u16) -> bool {
    let (name, given) = host.split_once(':').unwrap_or((host, "80"));
    let ours = name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost");
    ours && given.parse() == Ok(port) && given.bytes().all(|digit| digit.is_ascii_digit())
}
