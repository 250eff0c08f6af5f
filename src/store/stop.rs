//! What stops with a provider, a resource, a queue, a status or an account, read inside the transaction that stops it.

use std::collections::BTreeSet;

use crate::model::stop::{Found, StopSort};
use crate::store::prelude::*;

pub(crate) fn of_provider(
    tx: &mut Tx<'_>, provider: ProviderId, today: NaiveDate, now: DateTime<Utc>,
) -> Result<Found> {
    tx.all(sql!("stop/of_provider"), params![provider, today, now], found)
}

pub(crate) fn of_resource(tx: &mut Tx<'_>, resource: ResourceId, now: DateTime<Utc>) -> Result<Found> {
    tx.all(sql!("stop/of_resource"), params![resource, now], found)
}

/// The open referrals in a queue, or only those at one resource.
pub(crate) fn of_queue(tx: &mut Tx<'_>, queue: QueueId, resource: Option<ResourceId>) -> Result<Found> {
    tx.all(sql!("stop/of_queue"), params![queue, resource], found)
}

pub(crate) fn of_status(tx: &mut Tx<'_>, status: StatusId, now: DateTime<Utc>) -> Result<Found> {
    tx.all(sql!("stop/of_status"), params![status, now], found)
}

pub(crate) fn of_referral(tx: &mut Tx<'_>, referral: ReferralId, now: DateTime<Utc>) -> Result<Found> {
    tx.all(sql!("stop/of_referral"), params![referral, now], found)
}

pub(crate) fn of_account(tx: &mut Tx<'_>, account: AccountId) -> Result<Found> {
    tx.all(sql!("stop/of_account"), params![account], found)
}

fn found(row: &Row<'_>) -> Result<(StopSort, String)> {
    Ok((row.get("sort")?, row.get("code")?))
}

/// Which portal accounts act for some resources before a change.
pub(crate) struct Attended {
    resources: Vec<ResourceId>,
    pairs: BTreeSet<(String, ResourceId)>,
}

impl Attended {
    pub(crate) fn of(tx: &mut Tx<'_>, resources: Vec<ResourceId>) -> Result<Self> {
        let pairs = scope(tx, &resources)?;
        Ok(Attended { resources, pairs })
    }

    /// The accounts that have lost a resource since, and the open referrals there.
    pub(crate) fn lost(&self, tx: &mut Tx<'_>) -> Result<Found> {
        let after = scope(tx, &self.resources)?;
        let lost: Vec<&(String, ResourceId)> = self.pairs.difference(&after).collect();
        let resources: BTreeSet<ResourceId> = lost.iter().map(|(_, resource)| *resource).collect();
        let resources: Vec<ResourceId> = resources.into_iter().collect();
        let accounts = lost.into_iter().map(|(login, _)| (StopSort::Accounts, login.clone()));
        let mut found: Found = accounts.collect();
        for code in open_referrals(tx, &resources)? {
            found.push((StopSort::HiddenReferrals, code));
        }
        found.sort();
        Ok(found)
    }
}

fn scope(tx: &mut Tx<'_>, resources: &[ResourceId]) -> Result<BTreeSet<(String, ResourceId)>> {
    let pairs = tx.all_in(sql!("stop/scope"), params![], resources, |row| {
        Ok((row.get("login")?, row.get("resource_id")?))
    })?;
    Ok(pairs.into_iter().collect())
}

fn open_referrals(tx: &mut Tx<'_>, resources: &[ResourceId]) -> Result<Vec<String>> {
    tx.all_in(sql!("stop/open_referrals"), params![], resources, |row| row.get("code"))
}

pub(crate) fn resources_of_provider(tx: &mut Tx<'_>, provider: ProviderId) -> Result<Vec<ResourceId>> {
    tx.all(sql!("stop/resources_of_provider"), params![provider], |row| row.get("id"))
}

pub(crate) fn resources_of_queue(tx: &mut Tx<'_>, queue: QueueId) -> Result<Vec<ResourceId>> {
    tx.all(sql!("stop/resources_of_queue"), params![queue], |row| row.get("id"))
}
