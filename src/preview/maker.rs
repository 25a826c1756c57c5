//! The thread that holds the press and makes what is asked for.
//!
//! It reads the press after each change and then answers from it: what somebody waits for
//! first, what was shown lately next, and the rest, for its findings, when nobody waits.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError};

use super::Show;
use super::state::Row;
use super::store::{Made, Opened, Store};
use crate::diag::Diagnostics;
use crate::diag::view::View;
use crate::pipeline::{self, Around, Book, Recipe, SITE, Shelf, Works};
use crate::press::{Edition, Format, Press, editions};
use crate::publish::{Making, Memory};
use crate::source::Sources;
use crate::stamp::Moment;

/// After how many editions it is told how far the looking through has come.
const STRIDE: usize = 32;

/// What the maker is told.
pub(super) enum Message {
    /// Files have changed.
    Changed,
    /// Somebody waits for an output.
    Ask(Ask),
    /// It is over.
    Stop,
}

/// What somebody waits for.
pub(super) struct Ask {
    /// The edition.
    pub(super) edition: String,
    /// What of it.
    pub(super) want: Want,
    /// Is told when the store has it, or when it cannot be had.
    pub(super) done: SyncSender<()>,
}

/// What of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    /// Its page, and what goes with it.
    Page,
    /// Its printed pages.
    Sheets,
    /// Its PDF.
    Pdf,
}

/// Why a round is over.
enum End {
    Changed,
    Stop,
}

/// Makes until it is told to stop.
pub(super) fn run(show: &Show, store: &Store, inbox: Receiver<Message>) {
    pipeline::in_worker(move || {
        let mut kept = Kept::default();
        while let End::Changed = round(show, store, &inbox, &mut kept) {
            pipeline::end_of_round();
        }
    });
    store.close();
}

/// What is kept from round to round: what was read, and how editions were made, so that
/// those that would be made the same are not made again.
#[derive(Default)]
struct Kept {
    press: pipeline::Kept,
    /// The key of what is made once for all, where that said nothing.
    works: Option<String>,
    makings: BTreeMap<String, Making>,
}

/// Reads the press and makes what is asked for, until a file changes.
fn round(show: &Show, store: &Store, inbox: &Receiver<Message>, kept: &mut Kept) -> End {
    let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
    kept.press.begin((show.now)());
    let (root, files) = (&show.root, &mut kept.press);
    let opened = pipeline::open_again(root, files, &mut sources, &mut diags, None);
    let Ok(press) = opened else {
        return idle(store, inbox, views(diags, &sources));
    };
    let recipe = Recipe {
        formats: press.settings.formats.clone(),
        jobs: NonZeroUsize::MIN,
        epoch: show.epoch,
        published: show.published.clone(),
        shown: Some(show.selection.clone()),
    };
    // Stamps of pictures are believed of no moment: their content is compared.
    let memory =
        Memory::of_round(Moment::default(), kept.works.take(), kept.makings.clone());
    let works =
        Works::remembering(&press, &sources, &recipe, Arc::new(memory), &mut diags);
    let Ok(works) = works else {
        return idle(store, inbox, views(diags, &sources));
    };
    kept.works = works.lesson();
    let mut chosen = editions(&press);
    chosen.retain(|edition| show.selection.takes(edition));
    store.begin(Ok(Opened {
        title: press.settings.title.clone(),
        language: press.settings.language,
        site: works.has_site(),
        whole: views(diags, &sources),
        rows: chosen.iter().map(|edition| row(edition, &press, show, &works)).collect(),
    }));
    let paths: BTreeSet<&String> = chosen.iter().map(|edition| &edition.path).collect();
    kept.makings.retain(|path, _| paths.contains(path));
    let formats = &recipe.formats;
    let makings = RefCell::new(&mut kept.makings);
    let shop = Shop { store, sources: &sources, works: &works, formats, makings };
    let mut waiting: VecDeque<&Edition<'_>> = chosen.iter().collect();
    let recent: Vec<String> = store.read().recent().cloned().collect();
    for path in recent.iter().rev() {
        if let Some(at) = waiting.iter().position(|edition| &edition.path == path)
            && let Some(edition) = waiting.remove(at)
        {
            waiting.push_front(edition);
        }
    }
    loop {
        let message = if waiting.is_empty() {
            inbox.recv().unwrap_or(Message::Stop)
        } else {
            match inbox.try_recv() {
                Ok(message) => message,
                Err(TryRecvError::Disconnected) => Message::Stop,
                Err(TryRecvError::Empty) => {
                    if let Some(edition) = waiting.pop_front() {
                        shop.look_through(edition);
                    }
                    if waiting.len().is_multiple_of(STRIDE) {
                        store.progress(waiting.is_empty());
                    }
                    continue;
                }
            }
        };
        match message {
            Message::Changed => return End::Changed,
            Message::Stop => return End::Stop,
            Message::Ask(ask) => {
                let found = chosen.iter().find(|edition| edition.path == ask.edition);
                if let Some(edition) = found {
                    shop.make(edition, ask.want);
                } else if ask.edition == SITE {
                    waiting.drain(..).for_each(|edition| shop.look_through(edition));
                    shop.site(&chosen);
                    store.progress(true);
                }
                // Whoever asked may have gone.
                let _ = ask.done.send(());
            }
        }
        if chosen.is_empty() {
            store.progress(true);
        }
    }
}

/// Waits for a change of a press that cannot be used; what was shown before stays.
fn idle(store: &Store, inbox: &Receiver<Message>, findings: Vec<View>) -> End {
    store.begin(Err(findings));
    store.progress(true);
    loop {
        match inbox.recv() {
            Ok(Message::Changed) => return End::Changed,
            Ok(Message::Ask(ask)) => {
                // Whoever asked may have gone.
                let _ = ask.done.send(());
            }
            Ok(Message::Stop) | Err(_) => return End::Stop,
        }
    }
}

/// What making needs in a round.
struct Shop<'r, 'a> {
    store: &'r Store,
    sources: &'r Sources,
    works: &'r Works<'a>,
    formats: &'r [Format],
    makings: RefCell<&'r mut BTreeMap<String, Making>>,
}

impl<'a> Shop<'_, 'a> {
    /// Makes what is wanted of an edition, unless it was made in this round.
    fn make(&self, edition: &Edition<'a>, want: Want) {
        let path = &edition.path;
        let is_new = {
            let mut inner = self.store.read();
            inner.show(path);
            !inner.is_made(path)
        };
        if is_new {
            self.page(edition);
        }
        let (failed, laid_out, exported) = {
            let inner = self.store.read();
            (inner.failed(path), inner.is_laid_out(path), inner.is_exported(path))
        };
        if failed {
            return;
        }
        if want == Want::Sheets && !laid_out {
            let mut diags = Diagnostics::new();
            let sheets = self.works.sheets(edition, &mut diags);
            self.store.take_sheets(path, sheets, views(diags, self.sources));
        }
        if want == Want::Pdf && !exported {
            let pdf = [Format::Pdf];
            let pdf = if self.formats.contains(&Format::Pdf) { &pdf[..] } else { &[] };
            let mut unsaid = Diagnostics::new();
            let made = self.works.make_some(edition, pdf, &mut unsaid);
            self.store.take_pdf(path, made.map(|made| made.artifacts));
        }
    }

    /// Makes an edition for its findings.
    fn look_through(&self, edition: &Edition<'a>) {
        let is_new = !self.store.read().is_made(&edition.path);
        if is_new {
            self.page(edition);
        }
    }

    /// Makes the pages of the site from what is known of the editions, of those that could
    /// be made.
    fn site(&self, chosen: &[Edition<'a>]) {
        let is_new = {
            let mut inner = self.store.read();
            inner.show(SITE);
            !inner.is_made(SITE)
        };
        if !is_new {
            return;
        }
        let makings = self.makings.borrow();
        let mut shelf = Shelf::default();
        for (path, making) in makings.iter() {
            shelf.add(Book::standing(path, making));
        }
        let good = |edition: &&Edition<'a>| makings.contains_key(&edition.path);
        let good: Vec<Edition<'a>> = chosen.iter().filter(good).cloned().collect();
        let mut diags = Diagnostics::new();
        let made = pipeline::site(self.works, &good, &shelf, &mut diags);
        // The rounds before have left none that could stand.
        let files = made.ok().flatten().and_then(|around| match around {
            Around::Made(made) => Some(made.artifacts),
            Around::Stands(_) => None,
        });
        let findings = views(diags, self.sources);
        self.store.take(SITE, Made { files, title: None, findings });
    }

    fn page(&self, edition: &Edition<'a>) {
        if self.works.standing(edition).is_some() && self.store.stand(&edition.path) {
            return;
        }
        let html = [Format::Html];
        let html = if self.formats.contains(&Format::Html) { &html[..] } else { &[] };
        let mut diags = Diagnostics::new();
        let made = self.works.make_some(edition, html, &mut diags);
        let title = made.as_ref().map(|made| made.card.title.clone());
        let files = made.map(|mut made| {
            if let Some(making) = made.inputs.making.take() {
                self.makings.borrow_mut().insert(edition.path.clone(), *making);
            }
            made.artifacts
        });
        if files.is_none() {
            self.makings.borrow_mut().remove(&edition.path);
        }
        let findings = views(diags, self.sources);
        self.store.take(&edition.path, Made { files, title, findings });
    }
}

fn views(mut diags: Diagnostics, sources: &Sources) -> Vec<View> {
    diags.sort(sources);
    diags.iter().map(|found| View::new(found, sources)).collect()
}

fn row<'a>(edition: &Edition<'a>, press: &Press, show: &Show, works: &Works<'a>) -> Row {
    let front = &edition.narrative.front;
    let formats = &press.settings.formats;
    let labels = &edition.kind.labels;
    let label = labels.get(edition.language.word()).or_else(|| labels.values().next());
    let written = &front.title.text;
    let plain = !written.contains(['{', '\\', '&']);
    Row {
        path: edition.path.clone(),
        title: if plain { written.clone() } else { works.title(edition) },
        series: edition.series.title.clone(),
        kind: label.unwrap_or(&edition.kind.name).clone(),
        period: edition.period.map(|period| edition.language.period(period)),
        date: front.date.map(|date| edition.language.date(date)),
        held: if front.draft {
            Some("draft")
        } else if front.date.is_some_and(|date| date > show.today) {
            Some("later")
        } else {
            None
        },
        html: formats.contains(&Format::Html),
        pdf: formats.contains(&Format::Pdf),
    }
}
