//! Threads that Typst can work on.
//!
//! Typst's PDF writer hands work to the rayon pool that it runs in, and takes up other
//! work of the pool while it waits. In a pool shared by many documents these would nest
//! on one stack, and overflow it near 300; so each worker has a pool of its own, with one
//! thread and a large stack.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::{ThreadPool, ThreadPoolBuilder};

/// The stack of a worker, in bytes: deep nesting in a document needs more than the usual
/// 2 MiB.
pub const WORKER_STACK: usize = 32 << 20;

/// After how many documents a batch forgets what Typst remembers of them.
const EVICT_EVERY: usize = 4;

/// Runs `work` on a thread that Typst can work on.
pub fn in_pool<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    match private_pool() {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

/// Calls `work` with each number below `count`, on up to `threads` workers, in no
/// particular order, and keeps Typst's memory flat on the way.
pub fn run_workers(threads: usize, count: usize, work: impl Fn(usize) + Sync) {
    let next = AtomicUsize::new(0);
    let each = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                break;
            }
            work(number);
            tidy_up(number + 1);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.min(count) {
            scope.spawn(|| in_pool(each));
        }
        in_pool(each);
    });
}

/// Forgets what Typst remembers of finished documents, so that memory stays flat: every few
/// of a batch, what none of the last few has used. Layouts are not forgotten, which all of
/// a kind use.
pub fn tidy_up(documents: usize) {
    if documents > 0 && documents.is_multiple_of(EVICT_EVERY) {
        evict(1);
    }
}

/// Forgets what Typst remembers of documents that were not made again in the last `age`
/// calls: about 10 in a watcher.
pub fn evict(age: usize) {
    typst::comemo::evict(age);
}

/// `None` where the machine gives no further thread.
fn private_pool() -> Option<ThreadPool> {
    ThreadPoolBuilder::new().num_threads(1).stack_size(WORKER_STACK).build().ok()
}
