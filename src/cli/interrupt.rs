//! Ctrl-C, and a request to end, at any moment: exit status 130, a word about the change, and nothing left behind. In a shell on a
//! terminal Ctrl-C ends the command that runs, and the shell goes on (rule 7.52).

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread::sleep;
use std::time::Duration;

use super::environment;
use crate::db::{self, Committed};
use crate::error::{Error, Kind, Result};
use crate::file;
use crate::output::{self, ask, terminal};

/// From now on. Where such a signal is ignored, as under `nohup`, or handled already, all stays as it is.
pub(super) fn watch(as_json: bool) {
    let _ = ctrlc::try_set_handler(move || {
        if SHELL.get().is_some_and(Shell::takes) {
            return;
        }
        let word = word(db::stop());
        file::remove_unfinished();
        ask::clear_drawing();
        let error = Error::new(Kind::Interrupted, "interrupted", word);
        output::failure(
            &error,
            as_json,
            environment::colour(environment::Colour::Auto, terminal::err_is_one()),
            false,
        );
        #[expect(
            clippy::exit,
            reason = "the handler runs beside the work, and ending the process is what rolls it back"
        )]
        std::process::exit(Kind::Interrupted.exit_status().into());
    });
}

fn word(committed: Committed) -> &'static str {
    match committed {
        Committed::Nothing => "interrupted; nothing was changed",
        Committed::Something => "interrupted; what was done before stays",
        Committed::Unknown => "interrupted while the change was being committed; look whether it was",
    }
}

static SHELL: OnceLock<Shell> = OnceLock::new();

/// A shell with a person before it.
struct Shell {
    /// Tells the editor that the process is asked to end.
    broken: Arc<AtomicBool>,
    /// Whether it is, by another signal than Ctrl-C.
    is_to_end: Arc<AtomicBool>,
    is_running: AtomicBool,
    is_cancelled: AtomicBool,
}

impl Shell {
    /// Whether the process goes on. The second Ctrl-C of one command ends it: the command may never look.
    fn takes(&self) -> bool {
        // The other handler of the signal may be a moment behind.
        sleep(Duration::from_millis(10));
        let is_running = self.is_running.load(Ordering::SeqCst);
        if self.is_to_end.load(Ordering::SeqCst) {
            self.broken.store(true, Ordering::SeqCst);
            return !is_running;
        }
        let is_first = !is_running || !self.is_cancelled.swap(true, Ordering::SeqCst);
        if is_running && is_first {
            db::cancel();
        }
        is_first
    }
}

/// From now on Ctrl-C ends commands alone. What is set if the process is asked to end.
pub(super) fn return_to_shell() -> Arc<AtomicBool> {
    let (broken, is_to_end) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    #[cfg(unix)]
    for signal in [signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP] {
        // Where it cannot be watched, it ends the command, and the second one the shell.
        let _ = signal_hook::flag::register(signal, Arc::clone(&is_to_end));
    }
    let shell =
        Shell { broken, is_to_end, is_running: AtomicBool::new(false), is_cancelled: AtomicBool::new(false) };
    ask::return_to_shell();
    Arc::clone(&SHELL.get_or_init(|| shell).broken)
}

pub(super) fn is_to_end() -> bool {
    SHELL.get().is_some_and(|shell| shell.is_to_end.load(Ordering::SeqCst))
}

/// Runs a command of a shell, which Ctrl-C ends.
pub(super) fn command<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    let Some(shell) = SHELL.get() else { return work() };
    db::begin_command();
    shell.is_cancelled.store(false, Ordering::SeqCst);
    shell.is_running.store(true, Ordering::SeqCst);
    let done = work();
    if done.as_ref().is_err_and(|error| error.kind() == Kind::Interrupted) {
        // A question is ended by the key, and its signal may be on its way.
        for _ in 0..100 {
            if shell.is_cancelled.load(Ordering::SeqCst) {
                break;
            }
            sleep(Duration::from_millis(5));
        }
    }
    shell.is_running.store(false, Ordering::SeqCst);
    let Some(committed) = db::end_command() else { return done };
    done.map_err(|_| {
        ask::clear_drawing();
        Error::new(Kind::Interrupted, "interrupted", word(committed))
    })
}
