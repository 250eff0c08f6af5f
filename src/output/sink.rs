//! Where results go: standard output, or in its place the file of `--out`, which appears only when it is whole.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::Result;
use crate::file::Spool;

/// Of the whole process, as standard output is; results go into the last.
static FILES: Mutex<Vec<Redirected>> = Mutex::new(Vec::new());

/// Whether the reader of standard output has closed it.
static IS_CLOSED: AtomicBool = AtomicBool::new(false);

/// A file that appears only when it is kept.
pub(super) trait OutFile: Write + Send {
    /// Refused if it must not take its place.
    fn can_be_kept(&self) -> Result<()>;
    fn keep(self: Box<Self>) -> Result<()>;
}

struct Redirected {
    file: Box<dyn OutFile>,
    /// Whether what was written so far is a whole result.
    is_whole: bool,
}

/// Results, in pieces.
pub(super) struct Sink;

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match opened().last_mut() {
            Some(out) => {
                out.is_whole = false;
                out.file.write(bytes)
            }
            None => io::stdout().write(bytes).inspect_err(remember_if_closed),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match opened().last_mut() {
            Some(out) => out.file.flush(),
            None => io::stdout().flush().inspect_err(remember_if_closed),
        }
    }
}

impl Sink {
    /// Says that what was written is a whole result.
    pub(super) fn end(&mut self) -> io::Result<()> {
        if let Some(out) = opened().last_mut() {
            out.is_whole = true;
        }
        self.flush()
    }
}

fn remember_if_closed(error: &io::Error) {
    IS_CLOSED.fetch_or(error.kind() == io::ErrorKind::BrokenPipe, Ordering::Relaxed);
}

/// Whether results were written that are not read any more.
pub(crate) fn is_closed() -> bool {
    IS_CLOSED.load(Ordering::Relaxed)
}

/// Whether standard output has no reader any more, which the system tells of a pipe before anything is written to it.
#[cfg(unix)]
pub(crate) fn is_unread() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    if is_closed() || is_redirected() {
        return is_closed();
    }
    let out = io::stdout();
    let mut asked = [PollFd::new(&out, PollFlags::empty())];
    let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
    let gone = PollFlags::ERR | PollFlags::HUP;
    poll(&mut asked, Some(&at_once)).is_ok() && asked.iter().any(|one| one.revents().intersects(gone))
}

/// Elsewhere it shows when something is written.
#[cfg(not(unix))]
pub(crate) fn is_unread() -> bool {
    is_closed()
}

/// Whether results go into a file.
pub(super) fn is_redirected() -> bool {
    !opened().is_empty()
}

/// From now on results go into this file.
pub(super) fn redirect(file: Box<dyn OutFile>) {
    opened().push(Redirected { file, is_whole: false });
}

/// Refused if the file of `--out` turns out to be one that the run works on.
pub(crate) fn can_be_kept() -> Result<()> {
    opened().iter().try_for_each(|out| out.file.can_be_kept())
}

/// Ends a run with such a file: puts it in place, unless the run has failed without a whole result.
pub(crate) fn close(done: Result<()>) -> Result<()> {
    let out = opened().pop();
    match out {
        Some(out) if done.is_ok() || out.is_whole => done.and(out.file.keep()),
        _ => done,
    }
}

/// What is printed meanwhile waits there, or is left out.
pub(crate) fn meanwhile<T>(to: Option<&Spool>, work: impl FnOnce() -> T) -> T {
    match to {
        Some(spool) => redirect(Box::new(spool.clone())),
        None => redirect(Box::new(io::sink())),
    }
    let done = work();
    opened().pop();
    done
}

/// Prints what has waited.
pub(crate) fn print(spool: &Spool) -> Result<()> {
    spool.each_block(|block| Sink.write_all(block).or_else(super::closed))?;
    Sink.end().or_else(super::closed)
}

impl OutFile for Spool {
    fn can_be_kept(&self) -> Result<()> {
        Ok(())
    }

    fn keep(self: Box<Self>) -> Result<()> {
        Ok(())
    }
}

impl OutFile for io::Sink {
    fn can_be_kept(&self) -> Result<()> {
        Ok(())
    }

    fn keep(self: Box<Self>) -> Result<()> {
        Ok(())
    }
}

fn opened() -> MutexGuard<'static, Vec<Redirected>> {
    FILES.lock().unwrap_or_else(PoisonError::into_inner)
}
