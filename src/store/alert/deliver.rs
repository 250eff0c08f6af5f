//! The steps of a delivery, each guarded by the state and the instant that its run has read or written: whoever comes
//! second changes nothing. How they play together is said in `commands/alert/send.rs`.

use chrono::{DateTime, Utc};

use crate::db::{Tx, params, sql};
use crate::error::Result;
use crate::model::alert::Alert;
use crate::model::id::AlertId;

/// The id of the alert that is next in turn, of those whose next attempt is not after `now`.
pub(crate) fn due(tx: &mut Tx<'_>, now: DateTime<Utc>) -> Result<Option<AlertId>> {
    tx.first(sql!("alert/due"), params![now], |row| row.get("id"))
}

/// Takes it in hand until an instant, which from then on is what the steps below know it by. False where another did so.
pub(crate) fn take(tx: &mut Tx<'_>, alert: &Alert, until: DateTime<Utc>) -> Result<bool> {
    Ok(tx.run(sql!("alert/take"), params![alert.id, alert.next_attempt_at, until])? == 1)
}

/// From waiting to sending. False where it is not in our hands any more.
pub(crate) fn claim(tx: &mut Tx<'_>, id: AlertId, until: DateTime<Utc>) -> Result<bool> {
    Ok(tx.run(sql!("alert/claim"), params![id, until])? == 1)
}

/// What became of one that was taken in hand until `until`. False where it is not in our hands any more.
pub(crate) fn finish(tx: &mut Tx<'_>, until: DateTime<Utc>, after: &Alert) -> Result<bool> {
    let a = after;
    let values =
        params![a.id, until, a.state, a.attempts, a.next_attempt_at, a.sent_at, a.sent_to, a.problem];
    Ok(tx.run(sql!("alert/finish"), values)? == 1)
}

/// False where it changed since it was read.
pub(crate) fn put_back(tx: &mut Tx<'_>, alert: &Alert, now: DateTime<Utc>) -> Result<bool> {
    let values = params![alert.id, alert.state, alert.next_attempt_at, now];
    Ok(tx.run(sql!("alert/put_back"), values)? == 1)
}

/// False where it changed since it was read.
pub(crate) fn dismiss(tx: &mut Tx<'_>, alert: &Alert, why: &str) -> Result<bool> {
    let values = params![alert.id, alert.state, alert.next_attempt_at, why];
    Ok(tx.run(sql!("alert/dismiss"), values)? == 1)
}

/// The codes of those whose delivery was cut off before `now`, at most `limit`.
pub(crate) fn cut_off(tx: &mut Tx<'_>, now: DateTime<Utc>, limit: i64) -> Result<Vec<String>> {
    tx.all(sql!("alert/cut_off"), params![now, limit], |row| row.get("code"))
}
