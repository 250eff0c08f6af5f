//! What is still planned or asked for a client.

use crate::model::package::PackageStatus;
use crate::store::prelude::*;

pub(crate) struct PlannedPackage {
    pub(crate) code: String,
    pub(crate) reference: String,
    pub(crate) status: PackageStatus,
}

pub(crate) struct PlannedVisit {
    pub(crate) code: String,
    /// The code of its referral.
    pub(crate) referral: String,
}

pub(crate) struct OpenReferral {
    pub(crate) code: String,
    pub(crate) queue: String,
    /// The first closed status of its queue, if there is one.
    pub(crate) closing: Option<String>,
}

pub(crate) fn planned_packages(
    tx: &mut Tx<'_>, client: ClientId, now: DateTime<Utc>,
) -> Result<Vec<PlannedPackage>> {
    tx.all(sql!("client/planned_packages"), params![client, now], |row| {
        from_row! { row => PlannedPackage { code, reference, status } }
    })
}

/// One referral after the other.
pub(crate) fn planned_visits(
    tx: &mut Tx<'_>, client: ClientId, now: DateTime<Utc>,
) -> Result<Vec<PlannedVisit>> {
    tx.all(sql!("client/planned_visits"), params![client, now], |row| {
        from_row! { row => PlannedVisit { code, referral } }
    })
}

pub(crate) fn open_referrals(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<OpenReferral>> {
    tx.all(sql!("client/open_referrals"), params![client], |row| {
        from_row! { row => OpenReferral { code, queue, closing } }
    })
}

/// The code of each, with the name of its owner.
pub(crate) fn pending_requests(
    tx: &mut Tx<'_>, client: ClientId, today: NaiveDate,
) -> Result<Vec<(String, String)>> {
    tx.all(sql!("client/pending_requests"), params![client, today], |row| {
        Ok((row.get("code")?, row.get("owner_name")?))
    })
}

/// The names of those that have a referral of the client, or visits of it.
pub(crate) fn providers_with_referrals(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<String>> {
    tx.all(sql!("client/providers_with_referrals"), params![client], |row| row.get("name"))
}

/// The code and name of each provider at which the client is active.
pub(crate) fn enrolments(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<(String, String)>> {
    tx.all(sql!("client/enrolments"), params![client], |row| Ok((row.get("code")?, row.get("name")?)))
}
