//! Many changes as one: the lines of a batch that does all or nothing (rule 7.10).

use super::repeat::{Answer, LineThings, known_by};
use super::{Connection, Context};
use crate::db::{Db, Ending};
use crate::error::Result;
use crate::model::operation_key::CommandWords;
use crate::output::Outcome;

/// What many changes came to.
pub(crate) enum Together<T> {
    Done(T),
    /// An earlier run with the same operation key has done it all.
    Before(Vec<LineThings>),
}

impl Context {
    /// Does in one transaction what `work` does in many, each by a context of its own on [`Context::connection`]. It returns what
    /// became of each line too. If others conflict it is done anew, so that it must touch nothing but the database. `words` are
    /// what is asked for, for the operation key.
    pub(crate) fn together<T>(
        &self, words: &CommandWords, mut work: impl FnMut() -> Result<(T, Vec<LineThings>)>,
    ) -> Result<Together<T>> {
        let key = self.operation_key()?;
        let db: &Connection = &self.db;
        let work = || {
            let before = match &self.operation_key {
                Some(_) => db.borrow_mut().read_lasting(|tx| self.answer_to(tx, words))?,
                None => None,
            };
            if let Some(Answer::Lines(lines)) = before {
                return Ok(Together::Before(lines));
            }
            let (value, lines) = work()?;
            let changes = lines.iter().flatten().any(|(outcome, _)| *outcome != Outcome::Unchanged);
            self.has_changed.set(changes);
            if changes || self.operation_key.is_some() {
                // Under a key that was not given the answer is not asked for again, but whether there is one.
                let lines = if self.operation_key.is_some() { lines } else { Vec::new() };
                db.borrow_mut().write(Ending::Commit, |tx| {
                    self.begin(tx)?;
                    self.insert_answer(tx, (&key, words), None, &Answer::Lines(lines.clone()))
                })?;
            }
            Ok(Together::Done(value))
        };
        known_by(&key, |is_kept| Db::write_together(db, &self.location, self.ending(), work, is_kept))
    }

    /// Says that something was changed, or would be, by a run within this one.
    pub(crate) fn has_changed_something(&self) {
        self.has_changed.set(true);
    }
}
