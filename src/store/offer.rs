//! Offers over all packages.

use std::collections::{BTreeSet, HashMap};

use crate::model::package::{OfferLine, OfferStatus, PackageStatus};
use crate::store::prelude::*;

/// The filter of a list of offers; an absent field does not limit it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter {
    pub(crate) status: Option<OfferStatus>,
    pub(crate) provider: Option<ProviderId>,
    pub(crate) package: Option<PackageId>,
    pub(crate) since: Option<DateTime<Utc>>,
    /// Exclusive.
    pub(crate) until: Option<DateTime<Utc>>,
    /// The cursor: the last row of the page before.
    pub(crate) after: Option<OfferId>,
    pub(crate) oldest_first: bool,
}

/// The offers of a status by how they were settled: what waits may have opened or lapsed since.
#[derive(Clone, Copy)]
enum Part {
    Settled(Option<OfferStatus>),
    /// Pending now, with a time.
    Open,
    Scheduled,
    Lapsed,
}

/// Each is a range of an index, so that a list needs no look at offers of another status.
fn parts(status: Option<OfferStatus>) -> &'static [Part] {
    use OfferStatus::{Accepted, Closed, HandedBack, Lapsed, Pending, Recalled, Rejected, Scheduled};
    match status {
        None => &[Part::Settled(None)],
        Some(Pending) => &[Part::Settled(Some(Pending)), Part::Open],
        Some(Scheduled) => &[Part::Scheduled],
        Some(Lapsed) => &[Part::Lapsed],
        Some(Accepted) => &[Part::Settled(Some(Accepted))],
        Some(Rejected) => &[Part::Settled(Some(Rejected))],
        Some(Closed) => &[Part::Settled(Some(Closed))],
        Some(HandedBack) => &[Part::Settled(Some(HandedBack))],
        Some(Recalled) => &[Part::Settled(Some(Recalled))],
    }
}

/// In order, at most `limit`.
pub(crate) fn list(
    tx: &mut Tx<'_>, filter: &Filter, visibility: Visibility, limit: i64,
) -> Result<Vec<OfferLine>> {
    let providers = if filter.package.is_some() {
        vec![filter.provider]
    } else {
        spoken_for::one_by_one(tx, visibility, filter.provider)?
    };
    let parts = parts(filter.status);
    let mut offers = Vec::new();
    for &provider in &providers {
        for part in parts {
            offers.extend(list_part(tx, &Filter { provider, ..*filter }, *part, visibility, limit)?);
        }
    }
    let mut offers = spoken_for::one_page(offers, |offer| offer.id, filter.oldest_first, limit);
    number(tx, &mut offers, visibility)?;
    Ok(offers)
}

/// Says which of its package's each offer is, of those that are seen (rule 1.11); and to its provider how the package stands by
/// these alone, since the real status would tell of the others.
fn number(tx: &mut Tx<'_>, offers: &mut [OfferLine], visibility: Visibility) -> Result<()> {
    let packages: BTreeSet<PackageId> = offers.iter().map(|offer| offer.package_id).collect();
    let packages: Vec<PackageId> = packages.into_iter().collect();
    let mut seen: HashMap<PackageId, Vec<(OfferId, OfferStatus)>> = HashMap::new();
    for (package, offer, status) in of_packages(tx, &packages, visibility)? {
        seen.entry(package).or_default().push((offer, status));
    }
    for offer in offers {
        let of_package = seen.get(&offer.package_id).map_or(&[][..], Vec::as_slice);
        let before = of_package.iter().take_while(|(other, _)| *other != offer.id).count();
        offer.code = format!("{}.{}", offer.package, before + 1);
        if visibility.is_portal() {
            offer.package_status = PackageStatus::of(of_package.iter().map(|(_, status)| *status));
        }
    }
    Ok(())
}

/// Each package with its offers in the order of asking.
fn of_packages(
    tx: &mut Tx<'_>, packages: &[PackageId], visibility: Visibility,
) -> Result<Vec<(PackageId, OfferId, OfferStatus)>> {
    tx.all_in(sql!("offer/of_packages"), &[&visibility.account()], packages, |row| {
        Ok((row.get("package_id")?, row.get("id")?, row.get("status")?))
    })
}

fn list_part(
    tx: &mut Tx<'_>, filter: &Filter, part: Part, visibility: Visibility, limit: i64,
) -> Result<Vec<OfferLine>> {
    let (mut settled, mut open, mut scheduled, mut lapsed) = (None, None, None, None);
    match part {
        Part::Settled(status) => settled = status,
        Part::Open => open = Some(true),
        Part::Scheduled => scheduled = Some(true),
        Part::Lapsed => lapsed = Some(true),
    }
    // To its provider an offer is as new as its opening, which is after its making.
    let since = filter.since.filter(|_| !visibility.is_portal());
    let (newer, older) = any_of::page_between(since, filter.until, filter.after, filter.oldest_first);
    let newest_first = (!filter.oldest_first).then_some(true);
    let oldest_first = filter.oldest_first.then_some(true);
    let values = params![
        visibility.account(),
        filter.provider,
        filter.package,
        filter.since.filter(|_| !visibility.is_portal()),
        older,
        newer,
        settled,
        open,
        scheduled,
        lapsed,
        newest_first,
        oldest_first,
        limit,
        filter.status.map(|_| true),
        filter.since.filter(|_| visibility.is_portal()),
        filter.until.filter(|_| !visibility.is_portal()),
        filter.until.filter(|_| visibility.is_portal()),
    ];
    tx.all(sql!("offer/list_part"), values, read)
}

fn read(row: &Row<'_>) -> Result<OfferLine> {
    from_row! { row => OfferLine {
        id, package_reference, package_status, referral, provider, provider_name, requested_by, requested_at,
        opens_at, lapses_at, status, responded_at, ended_at, removed_at, reason,
        package_id, package, code: String::new(), waited_minutes: None,
    } }
}
