//! A progress bar on stderr, only on a terminal and after half a second.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Output;
use super::ask::draws;

const PATIENCE: Duration = Duration::from_millis(500);

pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    label: &'static str,
    total: u64,
    done: u64,
    since: Instant,
    is_wanted: bool,
}

impl Progress {
    pub(crate) fn new(output: &Output, label: &'static str, total: u64) -> Self {
        let is_wanted = !output.quiet && std::io::stderr().is_terminal();
        Progress { bar: None, label, total, done: 0, since: Instant::now(), is_wanted }
    }

    /// Of what it is not known how much it will be.
    pub(crate) fn spinning(output: &Output, label: &'static str) -> Self {
        Progress::new(output, label, 0)
    }

    pub(crate) fn step(&mut self, by: u64) {
        self.done += by;
        if !self.is_wanted {
            return;
        }
        if self.bar.is_none() && self.since.elapsed() > PATIENCE {
            self.bar = Some(bar(self.label, self.total));
        }
        if let Some(bar) = &self.bar {
            bar.set_position(self.done);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(label: &'static str, total: u64) -> ProgressBar {
    draws();
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr_with_hz(10))
        .with_message(label);
    if total == 0 {
        return match ProgressStyle::with_template("{msg} {human_pos}") {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        };
    }
    match ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
