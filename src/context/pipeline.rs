//! A pipeline of two threads: one prepares portions, the other uses them.

use std::sync::mpsc::{channel, sync_channel};
use std::{panic, thread};

use crate::error::{Error, Kind, Result};

/// The most portions that wait; more would only take memory.
const READY: usize = 2;

/// Runs `make` on its own thread and passes each portion to `take`, on this thread and in order. The first
/// error of either ends both; an error of `take` wins, since later portions are not used any more.
///
/// A used portion goes back to the thread that made it: memory is freed fastest where it was allocated.
pub(crate) fn pipeline<T: Send, R: Send>(
    make: impl FnOnce(&mut dyn FnMut(T) -> Result<()>) -> Result<R> + Send,
    mut take: impl FnMut(&mut T) -> Result<()>,
) -> Result<R> {
    let (ready, portions) = sync_channel(READY);
    let (used, taken) = channel();
    let mut give = move |portion| {
        taken.try_iter().for_each(drop);
        ready.send(portion).map_err(|_| Error::internal("the receiver of portions has ended"))
    };
    thread::scope(|scope| {
        let maker = thread::Builder::new().spawn_scoped(scope, move || make(&mut give)).map_err(no_thread)?;
        let done = portions.into_iter().try_for_each(|mut portion| {
            take(&mut portion)?;
            // The maker may have ended; then the portion is dropped here.
            drop(used.send(portion));
            Ok(())
        });
        let made = maker.join().unwrap_or_else(|error| panic::resume_unwind(error));
        done.and(made)
    })
}

fn no_thread(error: std::io::Error) -> Error {
    Error::new(Kind::Environment, "environment.thread", format!("no thread can be started: {error}"))
        .hint("it may be short of memory, or of processes for this user")
        .because(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Produces numbers until the receiver hangs up.
    fn numbers(give: &mut dyn FnMut(u32) -> Result<()>) -> Result<()> {
        (1..).try_for_each(give)
    }

    #[test]
    fn portions_come_in_their_order_and_then_what_was_made() {
        let mut taken = Vec::new();
        let made = pipeline(
            |give| (1..=9).try_for_each(give).map(|()| "all"),
            |number| {
                taken.push(*number);
                Ok(())
            },
        );
        assert_eq!((made.unwrap(), taken), ("all", (1..=9).collect()));
    }

    #[test]
    fn an_error_of_the_taker_ends_it_and_is_returned() {
        let done = pipeline(numbers, |number| {
            if *number < 5 { Ok(()) } else { Err(Error::invalid("x.five", "no five is taken")) }
        });
        assert_eq!(done.unwrap_err().code(), "x.five");
    }

    #[test]
    fn an_error_of_the_maker_is_returned_after_all_that_was_made() {
        let mut taken = 0;
        let done: Result<()> = pipeline(
            |give| {
                (1..=3).try_for_each(give)?;
                Err(Error::invalid("x.end", "there is no more"))
            },
            |number| {
                taken = *number;
                Ok(())
            },
        );
        assert_eq!((done.unwrap_err().code(), taken), ("x.end", 3));
    }
}
