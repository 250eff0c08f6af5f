//! What `doctor` looks for, where no list has it: the first of each, at most so many.

use crate::store::prelude::*;

/// A thing with what people call it.
pub(crate) struct Named {
    pub(crate) code: String,
    pub(crate) name: String,
}

/// A package that waits at a provider which is not active.
pub(crate) struct LostOffer {
    pub(crate) package: String,
    pub(crate) provider: String,
    pub(crate) provider_name: String,
    /// How many other offers the package has.
    pub(crate) others: i64,
}

/// A resource for which no account acts.
pub(crate) struct Unwatched {
    pub(crate) code: String,
    pub(crate) name: String,
    /// Whether its provider is: of one that is not, no account sees anything.
    pub(crate) active: bool,
    /// Acts for another resource of the provider.
    pub(crate) login: Option<String>,
}

/// With their references.
pub(crate) fn past_packages(tx: &mut Tx<'_>, now: DateTime<Utc>, limit: i64) -> Result<Vec<Named>> {
    tx.all(sql!("doctor/past_packages"), params![now, limit], |row| {
        Ok(Named { code: row.get("code")?, name: row.get("reference")? })
    })
}

pub(crate) fn inactive_providers(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<LostOffer>> {
    tx.all(sql!("doctor/inactive_providers"), params![limit], |row| {
        from_row! { row => LostOffer { package: row.get("code")?, provider, provider_name, others } }
    })
}

/// Whether a portal account is active.
pub(crate) fn has_portal(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(tx.first(sql!("doctor/has_portal"), params![], |_| Ok(()))?.is_some())
}

/// Those with open referrals.
pub(crate) fn unwatched_resources(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Unwatched>> {
    tx.all(sql!("doctor/unwatched_resources"), params![limit], |row| {
        from_row! { row => Unwatched { code, name, active, login } }
    })
}

pub(crate) fn blind_accounts(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Named>> {
    tx.all(sql!("doctor/blind_accounts"), params![limit], login)
}

/// Since an entry of the audit trail.
pub(crate) fn unused_accounts(tx: &mut Tx<'_>, since: i64, but: AccountId, limit: i64) -> Result<Vec<Named>> {
    tx.all(sql!("doctor/unused_accounts"), params![since, but, limit], login)
}

fn login(row: &Row<'_>) -> Result<Named> {
    Ok(Named { code: row.get("login")?, name: row.get("name")? })
}

/// Those for whom something is planned.
pub(crate) fn deceased_clients(
    tx: &mut Tx<'_>, now: DateTime<Utc>, today: NaiveDate, limit: i64,
) -> Result<Vec<ClientId>> {
    tx.all(sql!("doctor/deceased_clients"), params![now, today, limit], |row| row.get("id"))
}
