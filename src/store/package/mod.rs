//! Packages, with their visits and their offers.

mod offer;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

pub(crate) use offer::{Request, Response, close_offers, insert_offers, remove_offer, respond};

use crate::db::{OnUnique, Param, Row, Tx, exactly_one, params, sql};
use crate::error::{Error, Result};
use crate::model::package::{NOUN, Offer, Package, PackageStatus, PackagedVisit};
use crate::model::reference::{Candidate, Reference, absent, choose};
use crate::model::text::fold;
use crate::model::visit::{Visit, VisitStatus};

/// Which packages a list is to have; everything left out counts for all.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter<'a> {
    pub(crate) id: Option<Uuid>,
    pub(crate) code: Option<&'a str>,
    pub(crate) status: Option<PackageStatus>,
    pub(crate) referral: Option<Uuid>,
    pub(crate) provider: Option<Uuid>,
    /// The last one seen.
    pub(crate) after: Option<Uuid>,
    pub(crate) visibility: Visibility,
    pub(crate) leave_out_recalled: bool,
}

/// Who looks, and what for.
#[derive(Clone, Copy, Default)]
pub(crate) enum Visibility {
    #[default]
    Staff,
    /// A portal account that reads.
    Reading(Uuid),
    /// A portal account that answers: it may be too late, and is told so rather than that there is nothing.
    Answering(Uuid),
}

impl Visibility {
    /// The account that reads, and the account that answers.
    fn split(self) -> (Option<Uuid>, Option<Uuid>) {
        match self {
            Visibility::Staff => (None, None),
            Visibility::Reading(account) => (Some(account), None),
            Visibility::Answering(account) => (None, Some(account)),
        }
    }

    fn account(self) -> Option<Uuid> {
        match self {
            Visibility::Staff => None,
            Visibility::Reading(account) | Visibility::Answering(account) => Some(account),
        }
    }
}

/// Refused where the reference is in use.
pub(crate) fn insert(tx: &mut Tx<'_>, package: &Package, by: Uuid) -> Result<()> {
    let Package { id, code, reference, referral_id, created_at, .. } = package;
    tx.run(
        sql!("package/insert"),
        params![*id, *code, *reference, fold(reference), *referral_id, *created_at, by],
    )
    .on_unique("package_reference_key", || reference_taken(reference))
    .map(drop)
}

fn reference_taken(reference: &str) -> Error {
    Error::refused("package.exists", format!("there is a package `{reference}` already"))
        .hint(format!("look at it with `caredesk package show \"{reference}\"`, or give another reference"))
}

/// The copies of start and duration are made here (rule 1.7). The database itself forbids a visit in two live packages.
pub(crate) fn insert_visits(tx: &mut Tx<'_>, package: Uuid, visits: &[Visit]) -> Result<()> {
    let rows: Vec<_> = visits.iter().map(|visit| (package, visit.id, visit.start, visit.minutes)).collect();
    tx.bulk(sql!("package/insert_visits"), &rows, |(package, visit, start, minutes)| {
        [package as &dyn Param, visit, start, minutes]
    })
    .on_unique("package_visit_visit_id", || {
        Error::refused("visit.outsourced", "a visit is in another package already")
    })
    .map(drop)
}

pub(crate) fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    Ok(tx.first(sql!("package/is_code_taken"), params![code], |_| Ok(()))?.is_some())
}

pub(crate) fn set_status(
    tx: &mut Tx<'_>,
    package: Uuid,
    from: PackageStatus,
    to: PackageStatus,
) -> Result<()> {
    exactly_one(tx.run(sql!("package/set_status"), params![package, from.name(), to.name()])?, "package")
}

pub(crate) fn amend(
    tx: &mut Tx<'_>,
    package: Uuid,
    at: DateTime<Utc>,
    by: Uuid,
    status: PackageStatus,
) -> Result<()> {
    exactly_one(tx.run(sql!("package/amend"), params![package, at, by, status.name()])?, "package")
}

pub(crate) fn recall(tx: &mut Tx<'_>, package: Uuid, at: DateTime<Utc>, by: Uuid) -> Result<()> {
    exactly_one(tx.run(sql!("package/recall"), params![package, at, by])?, "package")
}

pub(crate) fn free_visits(tx: &mut Tx<'_>, package: Uuid) -> Result<()> {
    tx.run(sql!("package/free_visits"), params![package]).map(drop)
}

/// Calendars learn that something about the visits of a package changed.
pub(crate) fn touch_visits(tx: &mut Tx<'_>, package: Uuid) -> Result<()> {
    tx.run(sql!("package/touch_visits"), params![package]).map(drop)
}

/// Refused where the reference is in use.
pub(crate) fn rename(tx: &mut Tx<'_>, package: Uuid, reference: &str) -> Result<()> {
    let changed = tx.run(sql!("package/rename"), params![package, reference, fold(reference)]);
    exactly_one(changed.on_unique("package_reference_key", || reference_taken(reference))?, "package")
}

/// The newest first, at most `limit`, with their visits and those offers that may be seen.
pub(crate) fn list(tx: &mut Tx<'_>, filter: &Filter<'_>, limit: i64) -> Result<Vec<Package>> {
    let (reading, answering) = filter.visibility.split();
    let status = filter.status.map(PackageStatus::name);
    // For a provider the status of a package is that of its own offer.
    let (status, own) = if reading.is_some() { (None, status) } else { (status, None) };
    let recalled = filter.leave_out_recalled.then_some(PackageStatus::Recalled.name());
    let values = params![
        filter.id,
        status,
        filter.referral,
        filter.provider,
        filter.after,
        reading,
        own,
        answering,
        recalled,
        limit,
        filter.code,
    ];
    let packages = tx.all(sql!("package/list"), values, read)?;
    with_lines(tx, packages, filter.visibility.account())
}

fn with_lines(tx: &mut Tx<'_>, mut packages: Vec<Package>, visibility: Option<Uuid>) -> Result<Vec<Package>> {
    let ids: Vec<Uuid> = packages.iter().map(|package| package.id).collect();
    let mut visits: HashMap<Uuid, Vec<PackagedVisit>> = HashMap::with_capacity(ids.len());
    for (package, visit) in self::visits(tx, &ids)? {
        visits.entry(package).or_default().push(visit);
    }
    let mut offers: HashMap<Uuid, Vec<Offer>> = HashMap::with_capacity(ids.len());
    for (package, offer) in offer::offers(tx, &ids, visibility)? {
        offers.entry(package).or_default().push(offer);
    }
    for package in &mut packages {
        package.visits = visits.remove(&package.id).unwrap_or_default();
        package.offers = offers.remove(&package.id).unwrap_or_default();
    }
    Ok(packages)
}

fn visits(tx: &mut Tx<'_>, packages: &[Uuid]) -> Result<Vec<(Uuid, PackagedVisit)>> {
    tx.all_in(sql!("package/visits"), &[], packages, |row| {
        let status: String = row.get("status")?;
        let visit = PackagedVisit {
            id: row.get("id")?,
            code: row.get("code")?,
            start: row.get("starts_at")?,
            minutes: row.get("duration_minutes")?,
            status: VisitStatus::from_name(&status)
                .ok_or_else(|| Error::internal(format!("`{status}` is not a status of a visit")))?,
            offered_start: row.get("offered_start")?,
            offered_minutes: row.get("offered_minutes")?,
        };
        Ok((row.get("package_id")?, visit))
    })
}

/// Not found, also for an actor who may not see it; refused where the reference is ambiguous.
pub(crate) fn find(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Result<Package> {
    if let Some(code) = reference.whole_code() {
        let filter = Filter { code: Some(&code), visibility, ..Filter::default() };
        if let Some(found) = list(tx, &filter, 1)?.pop() {
            return Ok(found);
        }
    }
    let id = choose(&NOUN, reference, &candidates(tx, reference, visibility)?, || Ok(Vec::new()))?;
    let found = list(tx, &Filter { id: Some(id), visibility, ..Filter::default() }, 1)?.pop();
    found.ok_or_else(|| absent(&NOUN, reference, &[]))
}

/// The package with all its offers, whoever was allowed to see which.
pub(crate) fn whole(tx: &mut Tx<'_>, seen: &Package) -> Result<Package> {
    let found = list(tx, &Filter { id: Some(seen.id), ..Filter::default() }, 1)?.pop();
    found.ok_or_else(|| Error::internal(format!("package `{}` went away while it was read", seen.code)))
}

fn candidates(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Result<Vec<Candidate>> {
    let (code, code_end) = reference.code_range();
    let (name, name_end) = reference.name_range();
    let (reading, answering) = visibility.split();
    tx.all(sql!("package/candidates"), params![code, code_end, name, name_end, reading, answering], |row| {
        let (code, reference): (String, String) = (row.get("code")?, row.get("reference")?);
        let name = if reference == code { String::new() } else { reference };
        Ok(Candidate { id: row.get("id")?, code, name, rank: row.get("fit")? })
    })
}

fn read(row: &Row<'_>) -> Result<Package> {
    let status: String = row.get("status")?;
    Ok(Package {
        id: row.get("id")?,
        code: row.get("code")?,
        reference: row.get("reference")?,
        referral_id: row.get("referral_id")?,
        referral: row.get("referral")?,
        status: PackageStatus::from_name(&status)
            .ok_or_else(|| Error::internal(format!("`{status}` is not a status of a package")))?,
        created_at: row.get("created_at")?,
        created_by: row.get("created_by")?,
        amended_at: row.get("amended_at")?,
        amended_by: row.get("amended_by")?,
        recalled_at: row.get("recalled_at")?,
        recalled_by: row.get("recalled_by")?,
        visits: Vec::new(),
        offers: Vec::new(),
    })
}
