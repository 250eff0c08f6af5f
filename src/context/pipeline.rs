//! What takes long is parted in two: one thread prepares what another uses.

use std::sync::mpsc::{channel, sync_channel};
use std::{panic, thread};

use crate::error::{Error, Kind, Result};

/// So many portions lie ready at most; more would only take memory.
const READY: usize = 2;

/// Does `make` on a thread of its own. Each portion that it gives goes to `take`, on this thread and in its order. The first
/// fault of either ends both; one of `take` is what is told, since what is made after it is not looked at any more.
///
/// A portion that was taken goes back to the thread that made it: memory is given back fastest where it was got.
pub(crate) fn pipeline<T: Send, R: Send>(
    make: impl FnOnce(&mut dyn FnMut(T) -> Result<()>) -> Result<R> + Send,
    mut take: impl FnMut(&mut T) -> Result<()>,
) -> Result<R> {
    let (ready, portions) = sync_channel(READY);
    let (used, taken) = channel();
    let mut give = move |portion| {
        taken.try_iter().for_each(drop);
        ready.send(portion).map_err(|_| Error::internal("a portion was made that nobody waits for"))
    };
    thread::scope(|scope| {
        let maker = thread::Builder::new().spawn_scoped(scope, move || make(&mut give)).map_err(no_thread)?;
        let done = portions.into_iter().try_for_each(|mut portion| {
            take(&mut portion)?;
            // The maker may be at its end, and nobody takes it back.
            drop(used.send(portion));
            Ok(())
        });
        let made = maker.join().unwrap_or_else(|error| panic::resume_unwind(error));
        done.and(made)
    })
}

fn no_thread(error: std::io::Error) -> Error {
    Error::new(
        Kind::Environment,
        "environment.thread",
        format!("the machine gives no thread to work on: {error}"),
    )
    .hint("it may be short of memory, or of processes for this user")
    .because(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives numbers without an end, until nobody wants any more.
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
    fn the_fault_of_who_takes_ends_it_and_is_told() {
        let done = pipeline(numbers, |number| {
            if *number < 5 { Ok(()) } else { Err(Error::invalid("x.five", "no five is taken")) }
        });
        assert_eq!(done.unwrap_err().code(), "x.five");
    }

    #[test]
    fn the_fault_of_who_makes_is_told_after_all_that_was_made() {
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
