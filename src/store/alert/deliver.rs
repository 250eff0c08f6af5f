//! The steps of a delivery. Each is guarded by the status and instant that its run has read or written, so a
//! second run that comes later changes nothing. `commands/alert/send.rs` says how they work together.

use crate::model::alert::Alert;
use crate::store::prelude::*;

/// The id of the next alert that is due at `now`.
pub(crate) fn due(tx: &mut Tx<'_>, now: DateTime<Utc>) -> Result<Option<AlertId>> {
    tx.first(sql!("alert/due"), params![now], |row| row.get("id"))
}

/// Claims an alert until an instant, which identifies the claim in the steps below. False if another run was
/// faster.
pub(crate) fn take(tx: &mut Tx<'_>, alert: &Alert, until: DateTime<Utc>) -> Result<bool> {
    Ok(tx.run(sql!("alert/take"), params![alert.id, alert.next_attempt_at, until])? == 1)
}

/// From waiting to sending. False if this run no longer holds the claim.
pub(crate) fn claim(tx: &mut Tx<'_>, id: AlertId, until: DateTime<Utc>) -> Result<bool> {
    Ok(tx.run(sql!("alert/claim"), params![id, until])? == 1)
}

/// Stores the result of the attempt claimed until `until`. False if this run no longer holds the claim.
pub(crate) fn finish(tx: &mut Tx<'_>, until: DateTime<Utc>, after: &Alert) -> Result<bool> {
    let a = after;
    let values =
        params![a.id, until, a.status, a.attempts, a.next_attempt_at, a.sent_at, a.sent_to, a.problem];
    Ok(tx.run(sql!("alert/finish"), values)? == 1)
}

/// From the status in which it was read back to waiting.
pub(crate) fn put_back(tx: &mut Tx<'_>, alert: &Alert, now: DateTime<Utc>) -> Result<()> {
    let values = params![alert.id, alert.status, alert.next_attempt_at, now];
    exactly_one(tx.run(sql!("alert/put_back"), values)?, "alert")
}

/// From the status in which it was read to withdrawn.
pub(crate) fn dismiss(tx: &mut Tx<'_>, alert: &Alert, why: &str) -> Result<()> {
    let values = params![alert.id, alert.status, alert.next_attempt_at, why];
    exactly_one(tx.run(sql!("alert/dismiss"), values)?, "alert")
}

/// The codes of alerts whose delivery was interrupted before `now`, at most `limit`.
pub(crate) fn cut_off(tx: &mut Tx<'_>, now: DateTime<Utc>, limit: i64) -> Result<Vec<String>> {
    tx.all(sql!("alert/cut_off"), params![now, limit], |row| row.get("code"))
}
