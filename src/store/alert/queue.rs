//! Queues and withdraws alerts in the transaction that assigns a referral (rule 2.9).

use crate::store::prelude::*;

/// The assignment that an alert announces.
pub(crate) struct Assignment {
    pub(crate) referral: ReferralId,
    pub(crate) resource: ResourceId,
    pub(crate) at: DateTime<Utc>,
}

/// Queues one alert for every portal account that is to be notified, and returns their logins. `new` draws
/// the row id and code of each:
///
/// ```ignore
/// let alerted = store::alert::queue(tx, &assignment, |tx| {
///     let code = context.code(Prefix::Alert, |code| store::alert::is_code_taken(tx, code))?;
///     Ok((context.key(), code))
/// })?;
/// ```
pub(crate) fn queue(
    tx: &mut Tx<'_>, assignment: &Assignment, mut new: impl FnMut(&mut Tx<'_>) -> Result<(AlertId, String)>,
) -> Result<Vec<String>> {
    let recipients = recipients(tx, assignment.resource)?;
    for (account, _) in &recipients {
        let (id, code) = new(tx)?;
        insert(tx, id, &code, *account, assignment)?;
    }
    Ok(recipients.into_iter().map(|(_, login)| login).collect())
}

fn recipients(tx: &mut Tx<'_>, resource: ResourceId) -> Result<Vec<(AccountId, String)>> {
    tx.all(sql!("alert/recipients"), params![resource], |row| Ok((row.get("id")?, row.get("login")?)))
}

fn insert(
    tx: &mut Tx<'_>, id: AlertId, code: &str, account: AccountId, assignment: &Assignment,
) -> Result<()> {
    let Assignment { referral, resource, at } = assignment;
    tx.run(sql!("alert/insert"), params![id, code, account, *referral, *resource, *at]).map(drop)
}

pub(crate) fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    Ok(tx.first(sql!("alert/is_code_taken"), params![code], |_| Ok(()))?.is_some())
}

/// Withdraws the unsent alerts of a referral that is assigned away, before those of its new resource are
/// queued. Returns how many.
pub(crate) fn withdraw(tx: &mut Tx<'_>, referral: ReferralId) -> Result<u64> {
    tx.run(sql!("alert/withdraw"), params![referral, "the referral was assigned away before this was sent"])
}
