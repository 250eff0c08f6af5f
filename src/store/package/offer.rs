//! Offers: the part of each provider in a package.

use crate::model::package::{Offer, OfferStatus, RemovedOffer};
use crate::store::prelude::*;

/// A provider that is offered a package.
pub(crate) struct Request {
    pub(crate) id: OfferId,
    pub(crate) provider: ProviderId,
}

pub(crate) fn insert_offers(
    tx: &mut Tx<'_>, package: PackageId, requests: &[Request], by: AccountId, at: DateTime<Utc>,
) -> Result<()> {
    let bind = |request: &'_ Request| (request.id, package, request.provider, by, at);
    let rows: Vec<_> = requests.iter().map(bind).collect();
    tx.bulk(sql!("package/insert_offers"), &rows, |(id, package, provider, by, at)| {
        [id as &dyn Param, package, provider, by, at]
    })
}

/// Each with the package that it belongs to.
pub(super) fn offers(
    tx: &mut Tx<'_>, packages: &[PackageId], visibility: Visibility,
) -> Result<Vec<(PackageId, Offer)>> {
    tx.all_in(sql!("package/offers"), &[&visibility.account()], packages, |row| {
        Ok((row.get("package_id")?, read(row)?))
    })
}

pub(crate) struct Response<'a> {
    pub(crate) offer: OfferId,
    pub(crate) status: OfferStatus,
    pub(crate) at: DateTime<Utc>,
    pub(crate) by: AccountId,
    pub(crate) reason: Option<&'a str>,
}

/// Only while the offer is pending. The database forbids a second acceptance in one package.
pub(crate) fn respond(tx: &mut Tx<'_>, response: &Response<'_>) -> Result<()> {
    let Response { offer, status, at, by, reason } = *response;
    let changed = tx.run(sql!("package/respond"), params![offer, status, at, by, reason]);
    let changed = changed.on_unique("offer_package_id", || {
        Error::refused("package.already_accepted", "the package was already accepted")
    })?;
    exactly_one(changed, "offer")
}

/// Returns how many offers were closed.
pub(crate) fn close_offers(tx: &mut Tx<'_>, package: PackageId) -> Result<u64> {
    tx.run(sql!("package/close_offers"), params![package])
}

pub(crate) fn remove_offer(tx: &mut Tx<'_>, offer: OfferId, at: DateTime<Utc>) -> Result<()> {
    exactly_one(tx.run(sql!("package/remove_offer"), params![offer, at])?, "offer")
}

/// Those that were taken out of packages of a referral.
pub(crate) fn removed_offers(tx: &mut Tx<'_>, referral: ReferralId) -> Result<Vec<RemovedOffer>> {
    tx.all(sql!("package/removed_offers"), params![referral], |row| {
        from_row! { row => RemovedOffer { offer: read(row)?, package, removed_at } }
    })
}

fn read(row: &Row<'_>) -> Result<Offer> {
    from_row! { row => Offer {
        id, provider_id, provider, provider_name, status, requested_by, requested_at, responded_at, reason,
    } }
}
