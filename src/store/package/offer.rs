//! Offers: the part of each provider in a package.

use crate::model::package::{Offer, OfferStatus, OfferSteps, RemovedOffer};
use crate::store::prelude::*;

/// A provider that is offered a package.
pub(crate) struct Request {
    pub(crate) id: OfferId,
    pub(crate) provider: ProviderId,
    pub(crate) opens_at: Option<DateTime<Utc>>,
    pub(crate) lapses_at: Option<DateTime<Utc>>,
}

pub(crate) fn insert_offers(
    tx: &mut Tx<'_>, package: PackageId, requests: &[Request], by: AccountId, at: DateTime<Utc>,
) -> Result<()> {
    let is_timed = |request: &Request| request.opens_at.or(request.lapses_at).is_some();
    let rows: Vec<_> = requests.iter().map(|request| (request, is_timed(request), package, by, at)).collect();
    tx.bulk(sql!("package/insert_offers"), &rows, |(request, timed, package, by, at)| {
        let Request { id, provider, opens_at, lapses_at } = request;
        [id as &dyn Param, package, provider, by, at, opens_at, lapses_at, timed]
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

/// Only while the offer is pending at that instant. The database forbids a second acceptance in one package.
pub(crate) fn respond(tx: &mut Tx<'_>, response: &Response<'_>) -> Result<()> {
    let Response { offer, status, at, by, reason } = *response;
    let changed = tx.run(sql!("package/respond"), params![offer, status, at, by, reason]);
    let changed = changed.on_unique("offer_package_id", || {
        Error::refused("package.already_accepted", "the package was already accepted")
    })?;
    exactly_one(changed, "offer")
}

/// Closes the open offers.
pub(crate) fn close_offers(tx: &mut Tx<'_>, package: PackageId, at: DateTime<Utc>) -> Result<()> {
    tx.run(sql!("package/close_offers"), params![package, at]).map(drop)
}

/// Recalls the open offers.
pub(crate) fn recall_offers(tx: &mut Tx<'_>, package: PackageId, at: DateTime<Utc>) -> Result<()> {
    tx.run(sql!("package/recall_offers"), params![package, at]).map(drop)
}

pub(crate) fn hand_back(
    tx: &mut Tx<'_>, offer: OfferId, at: DateTime<Utc>, by: AccountId, reason: &str,
) -> Result<()> {
    exactly_one(tx.run(sql!("package/hand_back"), params![offer, at, by, reason])?, "offer")
}

pub(crate) fn remove_offer(tx: &mut Tx<'_>, offer: OfferId, at: DateTime<Utc>, by: AccountId) -> Result<()> {
    exactly_one(tx.run(sql!("package/remove_offer"), params![offer, at, by])?, "offer")
}

/// Those that were taken out of packages of a referral.
pub(crate) fn removed_offers(tx: &mut Tx<'_>, referral: ReferralId) -> Result<Vec<RemovedOffer>> {
    tx.all(sql!("package/removed_offers"), params![referral], |row| {
        from_row! { row => RemovedOffer { offer: read(row)?, package, removed_at } }
    })
}

/// All that became of the offers of a package, as far as they are seen.
pub(crate) fn steps(tx: &mut Tx<'_>, package: PackageId, visibility: Visibility) -> Result<Vec<OfferSteps>> {
    let reminders = reminders(tx, package)?;
    tx.all(sql!("package/steps"), params![package, visibility.account()], |row| {
        let id: OfferId = row.get("id")?;
        let own = reminders.iter().filter(|(offer, ..)| *offer == id);
        from_row! { row => OfferSteps {
            provider, provider_name, status, requested_by, requested_at, opens_at, lapses_at, responded_by,
            responded_at, ended_by, ended_at, removed_by, removed_at, reason,
            reminders: own.map(|(_, at, by)| (*at, by.clone())).collect(),
        } }
    })
}

/// The reminders of the offers of a package, each with its offer, when it was and by whom.
fn reminders(tx: &mut Tx<'_>, package: PackageId) -> Result<Vec<(OfferId, DateTime<Utc>, String)>> {
    tx.all(sql!("package/reminders"), params![package], |row| {
        Ok((row.get("offer_id")?, row.get("reminded_at")?, row.get("reminded_by")?))
    })
}

pub(crate) fn insert_reminder(
    tx: &mut Tx<'_>, offer: OfferId, at: DateTime<Utc>, by: AccountId,
) -> Result<()> {
    exactly_one(tx.run(sql!("package/insert_reminder"), params![offer, at, by])?, "reminder")
}

fn read(row: &Row<'_>) -> Result<Offer> {
    from_row! { row => Offer {
        id, provider_id, provider, provider_name, status, requested_by, requested_at, opens_at, lapses_at,
        reminded_at, responded_at, ended_at, reason,
    } }
}
