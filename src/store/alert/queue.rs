//! Whom an alert may go to, and what is queued in the transaction of what it tells (rule 2.11).

use crate::model::access::Permission;
use crate::model::alert::{AlertKind, AlertKinds, AlertStatus, Recipient};
use crate::model::package::Offer;
use crate::store::prelude::*;

/// What an alert is about, for whom, and on which occasion; what is absent has no part in it.
#[derive(Clone, Copy, Default)]
pub(crate) struct About {
    pub(crate) referral: Option<ReferralId>,
    pub(crate) resource: Option<ResourceId>,
    pub(crate) package: Option<PackageId>,
    pub(crate) request: Option<RequestId>,
    pub(crate) release: Option<ReleaseId>,
    pub(crate) provider: Option<ProviderId>,
    /// The instant that it was derived from which no command has led to.
    pub(crate) occasion: Option<DateTime<Utc>>,
}

/// What those of the hub have done who are alerted: one of these.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Doer {
    /// Asked providers for the package.
    pub(crate) of_package: Option<PackageId>,
    /// Created the referral, or assigned it last.
    pub(crate) of_referral: Option<ReferralId>,
    pub(crate) asked: Option<RequestId>,
    pub(crate) answered: Option<RequestId>,
    pub(crate) of_release: Option<ReleaseId>,
}

pub(crate) fn at_resource(tx: &mut Tx<'_>, resource: ResourceId) -> Result<Vec<Recipient>> {
    tx.all(sql!("alert/at_resource"), params![resource], recipient)
}

pub(crate) fn at_provider(
    tx: &mut Tx<'_>, provider: ProviderId, permission: Permission,
) -> Result<Vec<Recipient>> {
    tx.all(sql!("alert/at_provider"), params![provider, permission], recipient)
}

pub(crate) fn at_hub(tx: &mut Tx<'_>, doer: Doer) -> Result<Vec<Recipient>> {
    let Doer { of_package, of_referral, asked, answered, of_release } = doer;
    tx.all(sql!("alert/at_hub"), params![of_package, of_referral, asked, answered, of_release], recipient)
}

/// The accounts that were not alerted of an assignment, although an alert of it was queued.
pub(crate) fn unsent(tx: &mut Tx<'_>, referral: ReferralId, resource: ResourceId) -> Result<Vec<AccountId>> {
    tx.all(sql!("alert/unsent"), params![referral, resource], |row| row.get("account_id"))
}

/// The accounts that an alert of the offer was queued for since it was made, each with what became of that.
pub(crate) fn of_offer(
    tx: &mut Tx<'_>, package: PackageId, offer: &Offer,
) -> Result<Vec<(AccountId, AlertStatus)>> {
    tx.all(sql!("alert/of_offer"), params![package, offer.provider_id, offer.requested_at], |row| {
        Ok((row.get("account_id")?, row.get("state")?))
    })
}

fn recipient(row: &Row<'_>) -> Result<Recipient> {
    let off: Option<String> = row.get("off")?;
    from_row! { row => Recipient {
        id, login, email, is_active, has_active_provider, has_permission, has_unsent: false,
        off: AlertKinds::from_text(off.as_deref()),
    } }
}

/// False if the account was alerted of it before.
pub(crate) fn insert(
    tx: &mut Tx<'_>, (id, code): (AlertId, &str), account: AccountId, kind: AlertKind, about: &About,
    now: DateTime<Utc>,
) -> Result<bool> {
    let About { referral, resource, package, request, release, provider, occasion } = *about;
    let values = params![
        id, code, account, kind, referral, resource, package, request, release, provider, occasion, now
    ];
    Ok(tx.run(sql!("alert/insert"), values)? == 1)
}

pub(crate) fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    Ok(tx.first(sql!("alert/is_code_taken"), params![code], |_| Ok(()))?.is_some())
}

/// Why alerts of a referral are withdrawn.
pub(crate) const ASSIGNED_AWAY: &str = "the referral was assigned away before this was sent";

/// Withdraws the unsent alerts of a referral that is assigned away, before those of its new resource are
/// queued. Returns how many.
pub(crate) fn withdraw(tx: &mut Tx<'_>, referral: ReferralId) -> Result<u64> {
    tx.run(sql!("alert/withdraw"), params![referral, ASSIGNED_AWAY])
}

/// Withdraws the unsent alerts of an offer that has ended. Returns how many.
pub(crate) fn withdraw_offered(tx: &mut Tx<'_>, package: PackageId, provider: ProviderId) -> Result<u64> {
    let why = AlertKind::Offered.untrue();
    tx.run(sql!("alert/withdraw_offered"), params![package, provider, why])
}
