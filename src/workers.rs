//! The same work with many things, on all cores (分工).

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// How many cores there are for us. The system reads several files to say so: it is asked
/// once.
pub fn cores() -> NonZeroUsize {
    static CORES: OnceLock<NonZeroUsize> = OnceLock::new();
    *CORES.get_or_init(|| thread::available_parallelism().unwrap_or(NonZeroUsize::MIN))
}

/// Does the same with each of many things; what comes of them is in their order. Workers
/// take `portion` things at a time: so many as cost more than a thread. Where there are no
/// more than that, the caller does all of it.
pub fn each<T: Sync, R: Send>(
    things: &[T],
    portion: NonZeroUsize,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let portions: Vec<&[T]> = things.chunks(portion.get()).collect();
    if portions.len() < 2 {
        return things.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let do_some = || {
        let mut done = Vec::new();
        while let at = next.fetch_add(1, Ordering::Relaxed)
            && let Some(portion) = portions.get(at)
        {
            done.push((at, portion.iter().map(&work).collect::<Vec<R>>()));
        }
        done
    };
    let cores = cores().get();
    let mut done = thread::scope(|scope| {
        let others = 1..cores.min(portions.len());
        let others: Vec<_> = others.map(|_| scope.spawn(do_some)).collect();
        let mut done = do_some();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().flat_map(|(_, portion)| portion).collect()
}

/// Looks at many things in parts, one for each core and none of fewer than `least` things;
/// what comes of the parts is in their order.
pub fn parts<T: Send, R: Send>(
    things: &mut [T],
    least: NonZeroUsize,
    look: impl Fn(&mut [T]) -> R + Sync,
) -> Vec<R> {
    let cores = if things.len() > least.get() { cores().get() } else { 1 };
    let length = things.len().div_ceil(cores).max(least.get());
    let (first, others) = things.split_at_mut(length.min(things.len()));
    let look = &look;
    thread::scope(|scope| {
        let others: Vec<_> =
            others.chunks_mut(length).map(|part| scope.spawn(|| look(part))).collect();
        let mut found = vec![look(first)];
        for other in others {
            found.push(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        found
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_all_of_it() {
        let least = NonZeroUsize::new(3).expect("it is not 0");
        for many in [0, 1, 3, 4, 1000] {
            let mut things: Vec<usize> = (0..many).collect();
            let found = parts(&mut things, least, |part| {
                part.iter_mut().for_each(|thing| *thing += 1);
                part.len()
            });
            assert_eq!(found.iter().sum::<usize>(), many);
            assert_eq!(things, (1..=many).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_comes_of_things_is_in_their_order() {
        let portion = NonZeroUsize::new(3).expect("it is not 0");
        for many in [0, 1, 3, 4, 1000] {
            let things: Vec<usize> = (0..many).collect();
            let doubled: Vec<usize> = things.iter().map(|thing| thing * 2).collect();
            assert_eq!(each(&things, portion, |thing| thing * 2), doubled);
        }
    }
}
