//! Repeating is safe (rule 4.6): what a change came to is kept under its operation key, in the same transaction. The same key
//! again gives the same answer and does nothing.

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::sight::may_see;
use super::{Context, Tx, keys};
use crate::db::COMMIT_UNKNOWN;
use crate::error::{Error, Result};
use crate::model::import::Counts;
use crate::model::operation_key::{CommandWords, OperationKey};
use crate::model::view::View;
use crate::output::{Changed, Outcome};
use crate::store;
use crate::store::operation_key::{Done, Kept};

/// What became of the things of one line of a batch: results and codes.
pub(crate) type LineThings = Vec<(Outcome, String)>;

/// What a change came to: results and codes, nothing of what was entered.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Answer {
    Things(Vec<(Outcome, String)>),
    Import {
        /// None if it changed nothing.
        code: Option<String>,
        counts: Counts,
    },
    /// Those of the lines of a batch.
    Lines(Vec<LineThings>),
}

impl Answer {
    pub(super) fn of<V: View>(things: &[Changed<V>]) -> Self {
        let answer = |thing: &Changed<V>| (thing.outcome, thing.after.code().into_owned());
        Answer::Things(things.iter().map(answer).collect())
    }

    pub(super) fn things(&self) -> &[(Outcome, String)] {
        match self {
            Answer::Things(things) => things,
            Answer::Import { .. } | Answer::Lines(_) => &[],
        }
    }

    fn all_things(&self) -> impl Iterator<Item = &(Outcome, String)> {
        let lines = match self {
            Answer::Lines(lines) => lines.as_slice(),
            _ => &[],
        };
        self.things().iter().chain(lines.iter().flatten())
    }
}

impl Context {
    /// The key that was given, else a new one for this change.
    pub(super) fn operation_key(&self) -> Result<OperationKey> {
        self.operation_key.clone().map_or_else(keys::operation_key, Ok)
    }

    /// Refused where a key was given: for a command that makes many changes, each safe to repeat.
    pub(crate) fn takes_no_operation_key(&self) -> Result<()> {
        if self.operation_key.is_none() {
            return Ok(());
        }
        Err(Error::usage("this command takes no operation key: it makes many changes")
            .hint("it may be repeated without one: that is always safe"))
    }

    /// The answer of the run that had the given key. Refused if another actor or another command had it, without a word of them;
    /// not found if the actor may no longer see what it is about.
    pub(super) fn answer_before(&self, tx: &mut Tx<'_>) -> Result<Option<Answer>> {
        self.answer_to(tx, &self.command)
    }

    /// The same outside of a transaction. What it says stays true, whichever server takes over.
    pub(super) fn lasting_answer(&self) -> Result<Option<Answer>> {
        if self.operation_key.is_none() {
            return Ok(None);
        }
        match self.read(|tx| self.answer_before(tx))? {
            Some(_) => self.read_lasting(|tx| self.answer_before(tx)),
            None => Ok(None),
        }
    }

    /// The same for a command that is more than its command line.
    pub(super) fn answer_to(&self, tx: &mut Tx<'_>, command: &CommandWords) -> Result<Option<Answer>> {
        let Some(key) = &self.operation_key else { return Ok(None) };
        let Some(done) = store::operation_key::find(tx, key)? else { return Ok(None) };
        let actor = (done.account_id, done.acted_by);
        if actor != (self.actor.account.id, self.actor.impersonator.clone())
            || done.command_digest != key.digest_of(command)
        {
            return Err(in_use(key));
        }
        let answer: Answer = serde_json::from_str(&done.answer).context("a kept answer cannot be read")?;
        for (outcome, code) in answer.all_things() {
            if *outcome != Outcome::Deleted && !may_see(tx, code, self.visibility())? {
                return Err(out_of_sight(key));
            }
        }
        Ok(Some(answer))
    }

    /// Keeps the answer of what wrote into the audit trail, and of any command that a key was given for. After the last entry.
    pub(super) fn keep_answer(&self, tx: &mut Tx<'_>, key: &OperationKey, answer: &Answer) -> Result<()> {
        let entry = self.own_newest_entry();
        if entry.is_none() && self.operation_key.is_none() {
            return Ok(());
        }
        self.insert_answer(tx, (key, &self.command), entry, answer)
    }

    pub(super) fn insert_answer(
        &self, tx: &mut Tx<'_>, (key, command): (&OperationKey, &CommandWords), entry: Option<i64>,
        answer: &Answer,
    ) -> Result<()> {
        let done = Done {
            account_id: self.actor.account.id,
            acted_by: self.actor.impersonator.clone(),
            command_digest: key.digest_of(command),
            answer: serde_json::to_string(answer).context("an answer cannot be kept")?,
        };
        store::operation_key::insert(tx, &Kept { key, at: self.now(), entry }, &done)
    }

    /// Keeps the number of the entry of what was only read, under a key of its own that is not given to anyone.
    pub(super) fn keep_entry(&self, tx: &mut Tx<'_>) -> Result<()> {
        match self.own_newest_entry() {
            Some(_) => self.keep_answer(tx, &keys::operation_key()?, &Answer::Things(Vec::new())),
            None => Ok(()),
        }
    }

    /// One transaction, whose answer is kept under the key. Where that to its commit is lost, it is looked up.
    pub(super) fn write_known<T>(
        &self, key: &OperationKey, mut work: impl FnMut(&mut Tx<'_>) -> Result<T>,
    ) -> Result<T> {
        let work = |tx: &mut Tx<'_>| {
            self.begin(tx)?;
            work(tx)
        };
        known_by(key, |is_kept| {
            self.db.borrow_mut().write_known(&self.location, self.ending(), work, is_kept)
        })
    }
}

/// What leaves an answer under the key, by which it is looked up whether it was committed.
pub(super) fn known_by<T>(
    key: &OperationKey, work: impl FnOnce(&dyn Fn(&mut Tx<'_>) -> Result<bool>) -> Result<T>,
) -> Result<T> {
    let done = work(&|tx| Ok(store::operation_key::find(tx, key)?.is_some()));
    done.map_err(|error| if error.code() == COMMIT_UNKNOWN { repeat_with(error, key) } else { error })
}

fn repeat_with(error: Error, key: &OperationKey) -> Error {
    let key = key.to_string();
    error
        .hint(format!("repeat the command with `--operation-key {key}`: what was done is not done again"))
        .detail("operation_key", key)
}

fn in_use(key: &OperationKey) -> Error {
    Error::refused("operation_key.in_use", format!("the operation key `{key}` is in use"))
        .hint("every command needs a key of its own, which only its repetitions share")
}

fn out_of_sight(key: &OperationKey) -> Error {
    let message = format!("what was done with the operation key `{key}` is not visible to you");
    Error::not_found("operation_key.absent", message)
}
