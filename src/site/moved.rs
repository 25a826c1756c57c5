//! Pages at the addresses that publications had before: they lead on to where these are now.

use serde::Serialize;

use super::{Cx, Out};
use crate::address;
use crate::frame::Link;

/// What `site/moved.html` may print.
#[derive(Serialize)]
struct Moved {
    to: Link,
    canonical: Option<String>,
}

pub(super) fn make(cx: &Cx<'_>, out: &mut Out<'_>) {
    let own = cx.items.iter().filter(|one| one.item.edition.language == cx.language);
    for dated in own {
        let edition = dated.item.edition;
        let now = address::edition(&edition.path);
        for old in edition.aliases() {
            let path = address::edition(&old);
            let title = &dated.item.card.title;
            let base = cx.press.settings.base_url.as_deref();
            let moved = Moved {
                to: Link::between(&path, &now, title),
                canonical: base.map(|base| address::absolute(base, &now)),
            };
            cx.render("site/moved.html", cx.page(&path, title, &[]), &moved, out);
        }
    }
}
