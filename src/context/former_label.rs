//! A label that a status had before it was renamed: who knows it by that learns since when it is called what.

use super::{Context, Tx};
use crate::error::{Error, Result};
use crate::model::queue::Queue;
use crate::model::text;
use crate::store;

/// The ends of the codes of such errors.
const UNKNOWN: [&str; 2] = [".unknown_status", ".no_such_status"];

impl Context {
    /// What was found; where it was not because the status was renamed since, an error that says so, with the command as it is
    /// now: `words`, of which those that are the label are replaced.
    pub(crate) fn or_renamed<T>(
        &self, tx: &mut Tx<'_>, queues: &[Queue], found: Result<T>, words: &[&str],
    ) -> Result<T> {
        let error = match found {
            Err(error) if UNKNOWN.iter().any(|end| error.code().ends_with(end)) => error,
            found => return found,
        };
        let label = error.detail_text("status").unwrap_or_default().to_owned();
        for queue in queues {
            if let Some((at, now)) = store::queue::renamed(tx, queue, &label)? {
                let (name, day) = (&queue.name, self.zone.local(at));
                let message = format!(
                    "status `{label}` of queue `{name}` was renamed on {day} and is now called `{now}`"
                );
                return Err(Error::new(error.kind(), error.code(), message)
                    .hint(format!("`caredesk {}`", with(words, &label, &now)))
                    .detail("queue", name.clone())
                    .detail("status", label)
                    .detail("renamed_to", now));
            }
        }
        Err(error)
    }
}

/// The words of a command with the present label for the former one.
fn with(words: &[&str], former: &str, now: &str) -> String {
    let is_former = |word: &str| text::fold(word) == text::fold(former);
    let words = words.iter().map(|word| text::shell_word(if is_former(word) { now } else { word }));
    words.collect::<Vec<_>>().join(" ")
}
