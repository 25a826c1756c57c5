//! Progress of a build: drawn only on a terminal, and only when it takes a while.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Builds that are done by then show nothing.
const SILENCE: Duration = Duration::from_secs(1);

/// A bar that appears after a second.
#[derive(Debug)]
pub(super) struct Progress {
    since: Instant,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// A bar that has not appeared yet; it never does unless `visible`.
    pub(super) fn new(editions: usize, visible: bool) -> Self {
        let bar = visible.then(|| {
            let style = ProgressStyle::with_template("{bar:32} {pos}/{len} editions")
                .expect("the template is well formed");
            let target = ProgressDrawTarget::hidden();
            ProgressBar::with_draw_target(Some(editions as u64), target).with_style(style)
        });
        Self { since: Instant::now(), bar }
    }

    /// Shows how many editions are finished.
    pub(super) fn set(&self, finished: usize) {
        let Some(bar) = &self.bar else { return };
        if bar.is_hidden() && self.since.elapsed() >= SILENCE {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        bar.set_position(finished as u64);
    }

    /// Takes the bar off the screen.
    pub(super) fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
