//! The steps of a delivery. Each is guarded by the status and instant that its run has read or written, so a
//! second run that comes later changes nothing. `commands/alert/send.rs` says how they work together.

use crate::model::alert::{Alert, AlertStatus};
use crate::store::prelude::*;

/// The id of the next alert that is due at `now`.
pub(crate) fn due(tx: &mut Tx<'_>, now: DateTime<Utc>) -> Result<Option<AlertId>> {
    tx.first(sql!("alert/due"), params![now], |row| row.get("id"))
}

/// Takes alerts that wait in hand until an instant, as one mail.
pub(crate) fn take(tx: &mut Tx<'_>, alerts: &[Alert], mail: MailId, until: DateTime<Utc>) -> Result<()> {
    let ids: Vec<AlertId> = alerts.iter().map(|alert| alert.id).collect();
    tx.run_in(sql!("alert/take"), params![until, mail], &ids)
}

/// From waiting to sending, for each alert of a mail. Returns how many.
pub(crate) fn claim(tx: &mut Tx<'_>, mail: MailId, until: DateTime<Utc>) -> Result<u64> {
    tx.run(sql!("alert/claim"), params![mail, until])
}

/// Stores the result of the attempt claimed until `until`. False if this run no longer holds the claim.
pub(crate) fn finish(tx: &mut Tx<'_>, until: DateTime<Utc>, after: &Alert) -> Result<bool> {
    let a = after;
    let values = params![
        a.id, until, a.status, a.attempts, a.next_attempt_at, a.sent_at, a.sent_to, a.problem, a.mail
    ];
    Ok(tx.run(sql!("alert/finish"), values)? == 1)
}

/// From the status in which it was read back to waiting. What may have arrived stays in its mail, so that a second copy is
/// recognized.
pub(crate) fn put_back(tx: &mut Tx<'_>, alert: &Alert, now: DateTime<Utc>) -> Result<()> {
    let mail = alert.mail.filter(|_| alert.status == AlertStatus::Sending);
    let values = params![alert.id, alert.status, alert.next_attempt_at, now, mail];
    exactly_one(tx.run(sql!("alert/put_back"), values)?, "alert")
}

/// From the status in which it was read to withdrawn.
pub(crate) fn dismiss(tx: &mut Tx<'_>, alert: &Alert, why: &str) -> Result<()> {
    let values = params![alert.id, alert.status, alert.next_attempt_at, why];
    exactly_one(tx.run(sql!("alert/dismiss"), values)?, "alert")
}

/// The codes of alerts whose delivery was interrupted before `now`, each with its mail, those of one mail one after the other; at
/// most `limit`.
pub(crate) fn cut_off(
    tx: &mut Tx<'_>, now: DateTime<Utc>, limit: i64,
) -> Result<Vec<(String, Option<MailId>)>> {
    tx.all(sql!("alert/cut_off"), params![now, limit], |row| Ok((row.get("code")?, row.get("mail")?)))
}
