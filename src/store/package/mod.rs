//! Packages, with their visits and their offers.

mod offer;

use std::collections::HashMap;

pub(crate) use offer::{
    Request, Response, close_offers, hand_back, insert_offers, insert_reminder, recall_offers, remove_offer,
    removed_offers, respond, steps,
};

use crate::model::package::{NOUN, Offer, OfferStatus, Package, PackageStatus, PackagedVisit};
use crate::model::text::shell_word;
use crate::model::visit::Visit;
use crate::store::prelude::*;

/// The filter of a list of packages; an absent field does not limit it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter<'a> {
    pub(crate) id: Option<PackageId>,
    pub(crate) code: Option<&'a str>,
    pub(crate) status: Option<PackageStatus>,
    pub(crate) referral: Option<ReferralId>,
    pub(crate) provider: Option<ProviderId>,
    /// The cursor: the last row of the page before.
    pub(crate) after: Option<PackageId>,
    pub(crate) purpose: Purpose,
    pub(crate) leave_out_recalled: bool,
    /// Only those where an offer has lapsed and none is accepted; for a provider, where its own has lapsed (rule 1.11).
    pub(crate) is_overdue: bool,
    /// Only those created at or before this instant; for a provider, offered to it.
    pub(crate) created_by: Option<DateTime<Utc>>,
    /// The same from an instant on.
    pub(crate) since: Option<DateTime<Utc>>,
    /// The same before an instant.
    pub(crate) until: Option<DateTime<Utc>>,
    pub(crate) oldest_first: bool,
}

/// The packages of a status by how they were settled: what waits may have lapsed since.
#[derive(Clone, Copy)]
enum Part {
    Settled(Option<PackageStatus>),
    /// Pending, with an end that is to come.
    Open,
    /// Rejected, as the end is over.
    Lapsed,
}

/// Each is a range of an index, so that a list needs no look at packages of another status.
fn parts(status: Option<PackageStatus>) -> &'static [Part] {
    use PackageStatus::{Accepted, HandedBack, Pending, Recalled, Rejected};
    match status {
        None => &[Part::Settled(None)],
        Some(Pending) => &[Part::Settled(Some(Pending)), Part::Open],
        Some(Rejected) => &[Part::Settled(Some(Rejected)), Part::Lapsed],
        Some(Accepted) => &[Part::Settled(Some(Accepted))],
        Some(HandedBack) => &[Part::Settled(Some(HandedBack))],
        Some(Recalled) => &[Part::Settled(Some(Recalled))],
    }
}

impl Part {
    /// The status as it was settled, and whether the package waits with an end that is to come, or over.
    fn of_package(self) -> (Option<PackageStatus>, Option<bool>, Option<bool>) {
        match self {
            Part::Settled(status) => (status, None, None),
            Part::Open => (None, Some(true), None),
            Part::Lapsed => (None, None, Some(true)),
        }
    }

    /// The same of a single offer: its status as it was settled, and whether it waits with a time.
    fn of_offer(self) -> (Option<OfferStatus>, Option<bool>) {
        let Part::Settled(status) = self else { return (None, Some(true)) };
        let status = status.map(|status| match status {
            PackageStatus::Pending => OfferStatus::Pending,
            PackageStatus::Accepted => OfferStatus::Accepted,
            PackageStatus::Rejected => OfferStatus::Rejected,
            PackageStatus::HandedBack => OfferStatus::HandedBack,
            PackageStatus::Recalled => OfferStatus::Recalled,
        });
        (status, None)
    }
}

/// The purpose of a lookup.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Purpose {
    #[default]
    Reading,
    /// An answer that comes too late gets its own error instead of "not found".
    Answering,
}

/// The accounts of the two purposes: reading and answering.
fn split(visibility: Visibility, purpose: Purpose) -> (Option<AccountId>, Option<AccountId>) {
    match purpose {
        Purpose::Reading => (visibility.account(), None),
        Purpose::Answering => (None, visibility.account()),
    }
}

/// Refused if the reference is taken.
pub(crate) fn insert(tx: &mut Tx<'_>, package: &Package, by: AccountId) -> Result<()> {
    let Package { id, code, reference, referral_id, created_at, provider_note, .. } = package;
    tx.run(
        sql!("package/insert"),
        params![*id, *code, *reference, fold(reference), *referral_id, *created_at, by, *provider_note],
    )
    .on_unique("package_reference_key", || reference_taken(reference))
    .map(drop)
}

fn reference_taken(reference: &str) -> Error {
    Error::refused("package.exists", format!("there is a package `{reference}` already")).hint(format!(
        "look at it with `caredesk package show {reference_word}`, or give another reference",
        reference_word = shell_word(reference)
    ))
}

/// Copies start and duration (rule 1.7). The database forbids a visit in two live packages.
pub(crate) fn insert_visits(tx: &mut Tx<'_>, package: PackageId, visits: &[Visit]) -> Result<()> {
    let rows: Vec<_> = visits.iter().map(|visit| (package, visit.id, visit.start, visit.minutes)).collect();
    tx.bulk(sql!("package/insert_visits"), &rows, |(package, visit, start, minutes)| {
        [package as &dyn Param, visit, start, minutes]
    })
    .on_unique("package_visit_visit_id", || {
        Error::refused("visit.outsourced", "a visit is in another package already")
    })
}

pub(crate) fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    Ok(tx.first(sql!("package/is_code_taken"), params![code], |_| Ok(()))?.is_some())
}

/// Writes down the status that its offers leave it, and when that ends.
pub(crate) fn settle(tx: &mut Tx<'_>, package: &Package) -> Result<()> {
    let values = params![package.id, package.status, package.lapses_at.is_some(), package.lapses_at];
    exactly_one(tx.run(sql!("package/settle"), values)?, "package")
}

pub(crate) fn amend(tx: &mut Tx<'_>, package: PackageId, at: DateTime<Utc>, by: AccountId) -> Result<()> {
    exactly_one(tx.run(sql!("package/amend"), params![package, at, by])?, "package")
}

pub(crate) fn recall(tx: &mut Tx<'_>, package: PackageId, at: DateTime<Utc>, by: AccountId) -> Result<()> {
    exactly_one(tx.run(sql!("package/recall"), params![package, at, by])?, "package")
}

pub(crate) fn free_visits(tx: &mut Tx<'_>, package: PackageId) -> Result<()> {
    tx.run(sql!("package/free_visits"), params![package]).map(drop)
}

/// Notes who has accepted the visits, and raises their sequence.
pub(crate) fn hold_visits(tx: &mut Tx<'_>, package: PackageId, holder: ProviderId) -> Result<()> {
    tx.run(sql!("package/hold_visits"), params![package, holder]).map(drop)
}

/// The start and the minutes of the visits that a provider has beside a package, from one instant up to but not at another.
pub(crate) fn held(
    tx: &mut Tx<'_>, provider: ProviderId, but: PackageId, from: DateTime<Utc>, to: DateTime<Utc>,
) -> Result<Vec<(DateTime<Utc>, i64)>> {
    tx.all(sql!("package/held"), params![provider, but, from, to], |row| {
        Ok((row.get("starts_at")?, row.get("duration_minutes")?))
    })
}

/// Raises the sequence of the visits, so that calendars notice the change.
pub(crate) fn touch_visits(tx: &mut Tx<'_>, package: PackageId) -> Result<()> {
    tx.run(sql!("package/touch_visits"), params![package]).map(drop)
}

/// Refused if the reference is taken.
pub(crate) fn rename(tx: &mut Tx<'_>, package: PackageId, reference: &str) -> Result<()> {
    let changed = tx.run(sql!("package/rename"), params![package, reference, fold(reference)]);
    exactly_one(changed.on_unique("package_reference_key", || reference_taken(reference))?, "package")
}

pub(crate) fn set_provider_note(tx: &mut Tx<'_>, package: PackageId, note: Option<&str>) -> Result<()> {
    exactly_one(tx.run(sql!("package/set_provider_note"), params![package, note])?, "package")
}

/// In order, at most `limit`, with their visits and the visible offers.
pub(crate) fn list(
    tx: &mut Tx<'_>, filter: &Filter<'_>, visibility: Visibility, limit: i64,
) -> Result<Vec<Package>> {
    let is_one = filter.id.is_some() || filter.code.is_some();
    let providers =
        if is_one { vec![filter.provider] } else { spoken_for::one_by_one(tx, visibility, filter.provider)? };
    let parts = parts(filter.status);
    let mut packages = Vec::new();
    for &provider in &providers {
        for part in parts {
            packages.extend(list_part(tx, &Filter { provider, ..*filter }, *part, visibility, limit)?);
        }
    }
    let packages = spoken_for::one_page(packages, |package| package.id, filter.oldest_first, limit);
    with_lines(tx, packages, visibility)
}

/// A page of a part, in order. For a provider the status of a package is that of its own offer.
fn list_part(
    tx: &mut Tx<'_>, filter: &Filter<'_>, part: Part, visibility: Visibility, limit: i64,
) -> Result<Vec<Package>> {
    let (reading, answering) = split(visibility, filter.purpose);
    let is_own = reading.is_some() && filter.provider.is_some();
    let (own_settled, own_timed) = match part {
        _ if !is_own => (None, None),
        _ if filter.is_overdue => Part::Lapsed.of_offer(),
        part => part.of_offer(),
    };
    let (settled, open, lapsed) = if reading.is_none() { part.of_package() } else { (None, None, None) };
    let recalled = filter.leave_out_recalled.then_some(PackageStatus::Recalled);
    let is_by_offer = filter.provider.is_some();
    let order = |by_offer: bool, oldest_first: bool| {
        (is_by_offer == by_offer && filter.oldest_first == oldest_first).then_some(true)
    };
    let (newer, older) = bounds(filter, reading.is_some());
    let values = params![
        filter.id,
        settled,
        filter.referral,
        filter.provider,
        older,
        reading,
        filter.status.filter(|_| reading.is_some()),
        answering,
        recalled,
        limit,
        filter.code,
        open,
        lapsed,
        filter.is_overdue.then_some(true).filter(|_| reading.is_none()),
        order(false, false),
        order(false, true),
        newer,
        filter.created_by.filter(|_| reading.is_none()),
        filter.created_by.filter(|_| reading.is_some()),
        reading.filter(|_| filter.is_overdue),
        order(true, false),
        order(true, true),
        older.filter(|_| is_by_offer),
        newer.filter(|_| is_by_offer),
        own_settled,
        own_timed,
        filter.since.filter(|_| reading.is_none()),
        filter.until.filter(|_| reading.is_none()),
        filter.since.filter(|_| reading.is_some()),
        filter.until.filter(|_| reading.is_some()),
    ];
    tx.all(sql!("package/list_part"), values, read)
}

/// The keys between which a page lies. A provider may have been asked long after the package was made.
fn bounds(filter: &Filter<'_>, is_portal: bool) -> (Option<PackageId>, Option<PackageId>) {
    let until = [filter.until, filter.created_by].into_iter().flatten().min();
    any_of::page_between(filter.since.filter(|_| !is_portal), until, filter.after, filter.oldest_first)
}

fn with_lines(tx: &mut Tx<'_>, mut packages: Vec<Package>, visibility: Visibility) -> Result<Vec<Package>> {
    let ids: Vec<PackageId> = packages.iter().map(|package| package.id).collect();
    let mut visits: HashMap<PackageId, Vec<PackagedVisit>> = HashMap::with_capacity(ids.len());
    for (package, visit) in self::visits(tx, &ids)? {
        visits.entry(package).or_default().push(visit);
    }
    let mut offers: HashMap<PackageId, Vec<Offer>> = HashMap::with_capacity(ids.len());
    for (package, offer) in offer::offers(tx, &ids, visibility)? {
        offers.entry(package).or_default().push(offer);
    }
    for package in &mut packages {
        package.visits = visits.remove(&package.id).unwrap_or_default();
        package.offers = offers.remove(&package.id).unwrap_or_default();
    }
    Ok(packages)
}

fn visits(tx: &mut Tx<'_>, packages: &[PackageId]) -> Result<Vec<(PackageId, PackagedVisit)>> {
    tx.all_in(sql!("package/visits"), &[], packages, |row| Ok((row.get("package_id")?, visit(row)?)))
}

fn visit(row: &Row<'_>) -> Result<PackagedVisit> {
    from_row! { row => PackagedVisit {
        id, code, status, offered_start, offered_minutes, provider_note, start: row.get("starts_at")?,
        minutes: row.get("duration_minutes")?,
    } }
}

pub(crate) fn of_client(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<PackageId>> {
    tx.all(sql!("package/of_client"), params![client], |row| row.get("id"))
}

/// For whom and for what purpose a package is looked up.
#[derive(Clone, Copy)]
pub(crate) struct Scope {
    pub(crate) visibility: Visibility,
    pub(crate) purpose: Purpose,
}

impl From<Visibility> for Scope {
    fn from(visibility: Visibility) -> Self {
        Scope { visibility, purpose: Purpose::Reading }
    }
}

impl Lookup for Package {
    finds!(Package, Package, Scope);

    fn exact(tx: &mut Tx<'_>, reference: &Reference, scope: Scope) -> Result<Option<Package>> {
        let Some(code) = reference.whole_code() else { return Ok(None) };
        let filter = Filter { code: Some(&code), purpose: scope.purpose, ..Filter::default() };
        Ok(list(tx, &filter, scope.visibility, 1)?.pop())
    }

    fn candidates(tx: &mut Tx<'_>, reference: &Reference, scope: Scope) -> Candidates<noun::Package> {
        let (code, code_end) = reference.code_range();
        let (name, name_end) = reference.label_range();
        let (reading, answering) = split(scope.visibility, scope.purpose);
        let few = at_most(reading.or(answering));
        let values = params![code, code_end, name, name_end, reading, answering, few];
        tx.all(sql!("package/candidates"), values, |row| {
            let (code, reference): (String, String) = (row.get("code")?, row.get("reference")?);
            let name = if reference == code { String::new() } else { reference };
            Ok(Candidate { id: row.get("id")?, code, name, rank: row.get("fit")? })
        })
    }

    fn by_id(tx: &mut Tx<'_>, id: PackageId, scope: Scope) -> Result<Option<Package>> {
        let filter = Filter { id: Some(id), purpose: scope.purpose, ..Filter::default() };
        Ok(list(tx, &filter, scope.visibility, 1)?.pop())
    }
}

/// The package with all its offers, regardless of visibility.
pub(crate) fn whole(tx: &mut Tx<'_>, seen: &Package) -> Result<Package> {
    let found = Package::by_id(tx, seen.id, Visibility::INTERNAL.into())?;
    found.ok_or_else(|| Error::internal(format!("package `{}` went away while it was read", seen.code)))
}

fn read(row: &Row<'_>) -> Result<Package> {
    from_row! { row => Package {
        id, code, reference, referral_id, referral, status, provider_note, postal_code, lapses_at, created_at,
        created_by, amended_at, amended_by,
        recalled_at, recalled_by, visits: Vec::new(), offers: Vec::new(),
    } }
}
