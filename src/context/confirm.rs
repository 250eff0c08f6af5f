//! Questions before what cannot simply be undone. Nothing is locked while a person is asked.

use super::{Context, Run, Tx};
use crate::error::{Error, Kind, Result};
use crate::model::operation_key::OperationKey;
use crate::output::ask;

/// Agreed if there is no question, or it was answered.
pub(super) type Agree<'a> = dyn FnMut(Option<&str>) -> Result<()> + 'a;

impl Run {
    /// What the actor may learn of where the database is.
    pub(crate) fn database_name(&self) -> String {
        if self.is_portal { "that of the hub".to_owned() } else { self.location.to_string() }
    }

    /// Whether a change must be confirmed.
    pub(super) fn has_to_ask(&self) -> bool {
        !self.yes && !self.dry_run
    }

    /// Confirms something that cannot simply be undone. Without a terminal only `--yes` does; a dry run needs
    /// no confirmation.
    pub(super) fn confirm(&self, question: &str) -> Result<()> {
        if !self.has_to_ask() {
            return Ok(());
        }
        let question = &self.naming_the_database(question);
        if !self.may_ask {
            return Err(Error::new(
                Kind::Usage,
                "usage.confirmation",
                format!("this must be confirmed: {question}"),
            )
            .hint("confirm with `--yes`, or try it first with `--dry-run`"));
        }
        if ask::confirm(question)? {
            return Ok(());
        }
        Err(Error::new(Kind::Cancelled, "cancelled", "nothing was changed"))
    }

    /// What is asked, with the database if it is not the usual one, which may not be the one that is meant (rule 7.30).
    fn naming_the_database(&self, question: &str) -> String {
        if self.is_usual {
            return question.to_owned();
        }
        format!("In `{}`: {question}", self.location)
    }

    /// The confirmation of a command of several steps, before a step that writes outside of the database.
    pub(crate) fn ask_first(&self, question: &str) -> Result<()> {
        self.confirm(question)
    }
}

impl Context {
    /// Whether missing arguments can be asked for.
    pub(crate) fn is_interactive(&self) -> bool {
        self.may_ask && !self.yes
    }

    /// Performs what may have to be confirmed: `work` passes its question to `agree`, and is rolled back while the person is
    /// asked, so that nothing is locked. If it has another question after the answer, nothing is done.
    pub(super) fn confirmed<S, T>(
        &self, key: &OperationKey, state: &mut S,
        mut work: impl FnMut(&mut Tx<'_>, &mut S, &mut Agree<'_>) -> Result<T>,
        mut ask: impl FnMut(&mut S, &str) -> Result<()>,
    ) -> Result<T> {
        let mut answered: Option<String> = None;
        loop {
            let mut open = None;
            let done = self.write_known(key, |tx| {
                work(tx, state, &mut |question| {
                    if !self.has_to_ask() || question == answered.as_deref() {
                        return Ok(());
                    }
                    open = question.map(str::to_owned);
                    Err(changed_meanwhile())
                })
            });
            match open {
                Some(question) if answered.is_none() => {
                    ask(state, &question)?;
                    answered = Some(question);
                }
                _ => return done,
            }
        }
    }
}

pub(crate) fn changed_meanwhile() -> Error {
    Error::refused("changed_meanwhile", "what was asked about changed meanwhile, so nothing was done")
        .hint("look again, and repeat the command")
}
