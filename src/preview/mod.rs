//! The preview (预览): a server for one reader on 127.0.0.1 that shows each publication as
//! it will be, beside its printed pages, while it is written.
//!
//! One thread holds the press and makes what is asked for ([`maker`]); others answer
//! requests ([`server`]) from what it has made ([`store`]). Nothing is written to disk, so a
//! preview never touches the last good output. What is shown first is made first; the rest
//! is looked through for findings when nobody waits. PDFs are made only when one is opened:
//! a printed page is drawn when it is shown.
//!
//! Pages of the preview hold no text of the press: a script puts it there as text, so it
//! never becomes markup. Who may ask what is decided in [`guard`].

mod guard;
mod http;
mod maker;
mod route;
mod server;
mod state;
mod store;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, PoisonError};
use std::thread::{self, JoinHandle};

use self::maker::Message;
use self::store::Store;
use crate::model::Date;
use crate::pipeline::{Published, Selection};
use crate::stamp::Moment;

/// The port that is tried first.
pub const PORT: u16 = 8420;

/// How many ports are tried, where none is asked for.
const PORTS: u16 = 100;

/// What is shown.
#[derive(Debug, Clone)]
pub struct Show {
    /// The root of the press.
    pub root: PathBuf,
    /// Which editions.
    pub selection: Selection,
    /// The moment that undated publications bear (`SOURCE_DATE_EPOCH`).
    pub epoch: Option<jiff::civil::DateTime>,
    /// The day that counts as today.
    pub today: Date,
    /// What was published before, where that is not to change in silence.
    pub published: Option<Published>,
    /// Tells the present moment.
    pub now: fn() -> Moment,
}

/// A preview that is under way; it ends when it is dropped.
#[derive(Debug)]
pub struct Preview {
    address: SocketAddr,
    inbox: Sender<Message>,
    store: Arc<Store>,
    maker: Option<JoinHandle<()>>,
    closing: Arc<AtomicBool>,
}

/// Takes a port of 127.0.0.1: the one asked for, or the first that is free.
///
/// # Errors
/// When it is taken, or none is free.
pub fn listen(port: Option<u16>) -> io::Result<TcpListener> {
    let here = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    if let Some(port) = port {
        return here(port);
    }
    let mut last = here(PORT);
    for port in PORT + 1..PORT + PORTS {
        match last {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = here(port),
            done => return done,
        }
    }
    last
}

impl Preview {
    /// Begins to make and to answer.
    ///
    /// # Errors
    /// When the machine gives no thread.
    pub fn start(listener: TcpListener, show: Show) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let (inbox, messages) = mpsc::channel();
        let store = Arc::new(Store::new());
        let closing = Arc::new(AtomicBool::new(false));
        let making = Arc::clone(&store);
        let maker = thread::Builder::new()
            .name("maker".to_owned())
            .spawn(move || maker::run(&show, &making, messages))?;
        let server = server::Server {
            store: Arc::clone(&store),
            inbox: inbox.clone(),
            port: address.port(),
            closing: Arc::clone(&closing),
        };
        thread::Builder::new()
            .name("server".to_owned())
            .spawn(move || server.run(&listener))?;
        Ok(Self { address, inbox, store, maker: Some(maker), closing })
    }

    /// Where it is shown: `http://127.0.0.1:8420/`.
    pub fn address(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Says that files of the press have changed.
    pub fn changed(&self) {
        // A maker that has ended has panicked, and the preview shows what it has.
        let _ = self.inbox.send(Message::Changed);
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.closing.store(true, Ordering::Relaxed);
        self.store.close();
        let _ = self.inbox.send(Message::Stop);
        // Wakes the server, which waits for a connection.
        let _ = std::net::TcpStream::connect(self.address);
        if let Some(maker) = self.maker.take() {
            // It has said what it had to say in its panic.
            let _ = maker.join();
        }
    }
}

/// A lock that another thread's panic does not spoil: what it guards is replaced as a whole.
fn lock<T>(mutex: &std::sync::Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
