//! Attempts to act as an account by its password.

use chrono::TimeDelta;
use sha2::{Digest, Sha256};

use crate::model::account::attempt::{Attempt, COUNTED, FailedLogin};
use crate::model::audit::hex;
use crate::store::prelude::*;

/// An attempt that begins.
pub(crate) struct NewAttempt<'a> {
    pub(crate) id: AttemptId,
    pub(crate) at: DateTime<Utc>,
    /// As it was given.
    pub(crate) login: &'a str,
    /// That of the account, if there is one.
    pub(crate) known_login: Option<&'a str>,
    /// The user of the operating system.
    pub(crate) user: &'a str,
}

impl NewAttempt<'_> {
    /// Keeps logins apart without keeping those that no account has.
    fn digest(&self) -> String {
        hex(&Sha256::digest(fold(self.login)))
    }
}

/// Those that count for this one, the newest first. Another machine may be a little ahead.
pub(crate) fn recent(tx: &mut Tx<'_>, attempt: &NewAttempt<'_>) -> Result<Vec<Attempt>> {
    let (since, until) = (attempt.at - COUNTED, attempt.at + TimeDelta::minutes(1));
    tx.all(sql!("attempt/recent"), params![attempt.digest(), attempt.user, since, until], |row| {
        from_row! { row => Attempt { at, of_login, by_user, is_right } }
    })
}

/// As a wrong one.
pub(crate) fn insert(tx: &mut Tx<'_>, attempt: &NewAttempt<'_>) -> Result<()> {
    let NewAttempt { id, at, known_login, user, .. } = attempt;
    tx.run(sql!("attempt/insert"), params![*id, *at, attempt.digest(), *known_login, *user]).map(drop)
}

pub(crate) fn set_right(tx: &mut Tx<'_>, id: AttemptId) -> Result<()> {
    exactly_one(tx.run(sql!("attempt/set_right"), params![id])?, "attempt")
}

/// The wrong ones, the newest first, after the one with this id.
pub(crate) fn list_wrong(tx: &mut Tx<'_>, after: Option<AttemptId>, limit: i64) -> Result<Vec<FailedLogin>> {
    tx.all(sql!("attempt/list_wrong"), params![after, limit], |row| {
        from_row! { row => FailedLogin { id, at, login, user } }
    })
}
