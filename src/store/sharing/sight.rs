//! Who sees something of a client, through the views that decide it.

use crate::model::sharing::{Basis, DataType, Ground, Sight};
use crate::store::prelude::*;

/// A consent on which records are seen: its code, its last day, and since when it stands.
type Consent = (String, Option<NaiveDate>, DateTime<Utc>);

/// By the names of those who see it. A portal account gets what concerns a provider that it speaks for.
pub(crate) fn who(tx: &mut Tx<'_>, client: ClientId, visibility: Visibility) -> Result<Vec<Sight>> {
    let mut all = Vec::new();
    if !visibility.is_portal() {
        all.push(Sight::of_hub(who_hub(tx, client)?));
    }
    let records = who_records(tx, client, visibility)?;
    for (sight, basis) in records {
        all.push(with_consent(tx, client, sight, basis)?);
    }
    Ok(all)
}

/// The contact details, by accepted visits that start from an instant on; each with the start of the last.
pub(crate) fn who_visits(
    tx: &mut Tx<'_>, client: ClientId, since: DateTime<Utc>, visibility: Visibility,
) -> Result<Vec<(Sight, DateTime<Utc>)>> {
    tx.all(sql!("sharing/who_visits"), params![client, since, visibility.account()], |row| {
        Ok((person(row, Ground::Acceptance)?, row.get("last_start")?))
    })
}

/// The contact, by a referral that is assigned. What a portal account knows of a referral does not say whose it is.
pub(crate) fn who_referrals(tx: &mut Tx<'_>, client: ClientId, visibility: Visibility) -> Result<Vec<Sight>> {
    tx.all(sql!("sharing/who_referrals"), params![client, visibility.account()], |row| {
        person(row, Ground::Assignment)
    })
}

fn person(row: &Row<'_>, by: Ground) -> Result<Sight> {
    let named = [row.get("recipient")?, row.get("recipient_name")?, row.get("source")?];
    let sight = Sight::of_person(by, row.get("recipient_id")?, named);
    Ok(Sight { since_at: row.get("since_at")?, ..sight })
}

fn who_hub(tx: &mut Tx<'_>, client: ClientId) -> Result<i64> {
    Ok(tx.first(sql!("sharing/who_hub"), params![client], |row| row.get("records"))?.unwrap_or(0))
}

fn who_records(tx: &mut Tx<'_>, client: ClientId, visibility: Visibility) -> Result<Vec<(Sight, Basis)>> {
    tx.all(sql!("sharing/who_records"), params![client, visibility.account()], |row| {
        let basis: Basis = row.get("basis")?;
        let seen: Result<Sight> = from_row! { row => Sight {
            owner_id, recipient_id, recipient, recipient_name, data_type, owner, owner_name, since_at, records,
            by: basis.into(), source: None, until_on: None,
        } };
        Ok((seen?, basis))
    })
}

/// What is shared on a consent is so since both that and the link stand.
fn with_consent(tx: &mut Tx<'_>, client: ClientId, seen: Sight, basis: Basis) -> Result<Sight> {
    let (Some(owner), Some(recipient), Some(data_type)) = (seen.owner_id, seen.recipient_id, seen.data_type)
    else {
        return Ok(seen);
    };
    if !matches!(seen.by, Ground::Request | Ground::Release) {
        return Ok(seen);
    }
    let Some((code, until_on, at)) = who_consent(tx, client, (owner, recipient, data_type), basis)? else {
        return Ok(seen);
    };
    Ok(Sight { source: Some(code), until_on, since_at: seen.since_at.max(Some(at)), ..seen })
}

fn who_consent(
    tx: &mut Tx<'_>, client: ClientId, (owner, recipient, data_type): (ProviderId, ProviderId, DataType),
    basis: Basis,
) -> Result<Option<Consent>> {
    tx.first(sql!("sharing/who_consent"), params![client, owner, recipient, data_type, basis], |row| {
        Ok((row.get("source")?, row.get("expires_on")?, row.get("since_at")?))
    })
}
