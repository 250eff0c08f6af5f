//! Pages of referrals. First the ids of a page are read along the index that fits the filter, so that no page
//! sorts all referrals; then the rows of those ids.

use crate::model::client::name;
use crate::model::referral::{Assigned, Intake, Referral};
use crate::store::prelude::*;

/// The filter of a list of referrals; an absent field does not limit it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter<'a> {
    pub(crate) id: Option<ReferralId>,
    pub(crate) queue: Option<QueueId>,
    pub(crate) client: Option<ClientId>,
    pub(crate) contact: Option<ContactId>,
    pub(crate) resource: Option<ResourceId>,
    pub(crate) provider: Option<ProviderId>,
    /// The folded label.
    pub(crate) status: Option<&'a str>,
    pub(crate) only_open: bool,
    pub(crate) unassigned: bool,
    pub(crate) since: Option<DateTime<Utc>>,
    /// Exclusive.
    pub(crate) until: Option<DateTime<Utc>>,
    /// Only those that have had no new status since this instant.
    pub(crate) idle_since: Option<DateTime<Utc>>,
    /// The cursor: the last row of the page before.
    pub(crate) after: Option<ReferralId>,
}

/// The most branches of one statement, well below SQLite's limit.
const AT_ONCE: usize = 200;

impl Filter<'_> {
    /// Whether the filter selects few referrals: one, or those of one person.
    fn is_narrow(&self) -> bool {
        self.id.is_some() || self.client.is_some() || self.contact.is_some()
    }

    fn is_by_resource(&self) -> bool {
        self.resource.is_some() || self.provider.is_some()
    }

    fn is_by_status(&self) -> bool {
        self.queue.is_some() || self.status.is_some() || self.only_open || self.unassigned
    }

    fn open(&self) -> Option<bool> {
        self.only_open.then_some(true)
    }

    /// The keys between which a page lies.
    fn range(&self) -> (ReferralId, ReferralId) {
        let (newer, older) = self.bounds();
        (newer.unwrap_or(ReferralId::NIL), older.unwrap_or(ReferralId::MAX))
    }

    fn bounds(&self) -> (Option<ReferralId>, Option<ReferralId>) {
        any_of::page_between(self.since, self.until, self.after, false)
    }

    fn nowhere(&self) -> Option<bool> {
        self.unassigned.then_some(true)
    }
}

/// The newest first, at most `limit`.
pub(crate) fn list(
    tx: &mut Tx<'_>, filter: &Filter<'_>, visibility: Visibility, limit: i64,
) -> Result<Vec<Referral>> {
    let is_by_resource = filter.is_by_resource() || visibility.is_portal();
    if filter.unassigned && is_by_resource {
        return Ok(Vec::new());
    }
    let mut page = if filter.is_narrow() {
        page(tx, filter, visibility, limit)?
    } else if is_by_resource {
        let resources = resources(tx, filter, visibility)?;
        in_parts(&resources, |part| page_of_resources(tx, filter, part, limit))?
    } else if filter.is_by_status() {
        let statuses = statuses(tx, filter)?;
        in_parts(&statuses, |part| page_of_statuses(tx, filter, part, limit))?
    } else {
        page(tx, filter, visibility, limit)?
    };
    page.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    details(tx, &page)
}

/// The keys of all referrals of a client.
pub(crate) fn of_client(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<ReferralId>> {
    page(tx, &Filter { client: Some(client), ..Filter::default() }, Visibility::INTERNAL, i64::MAX)
}

/// The keys of all referrals in a queue, unless there are more than `most`.
pub(crate) fn few_in_queue(tx: &mut Tx<'_>, queue: QueueId, most: usize) -> Result<Option<Vec<ReferralId>>> {
    let filter = Filter { queue: Some(queue), ..Filter::default() };
    let statuses = statuses(tx, &filter)?;
    let limit = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
    let found = in_parts(&statuses, |part| page_of_statuses(tx, &filter, part, limit))?;
    Ok((found.len() <= most).then_some(found))
}

/// How many open referrals a portal account sees in each status: the queue, the label, the number.
pub(crate) fn open_by_status(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<(String, String, i64)>> {
    tx.all(sql!("referral/open_by_status"), params![account], |row| {
        Ok((row.get("queue")?, row.get("status")?, row.get("referrals")?))
    })
}

fn in_parts<N>(
    ids: &[Id<N>], mut page: impl FnMut(&[Id<N>]) -> Result<Vec<ReferralId>>,
) -> Result<Vec<ReferralId>> {
    let mut found = Vec::new();
    for part in ids.chunks(AT_ONCE) {
        found.extend(page(part)?);
    }
    found.sort_unstable_by(|one, other| other.cmp(one));
    Ok(found)
}

fn page(tx: &mut Tx<'_>, f: &Filter<'_>, visibility: Visibility, limit: i64) -> Result<Vec<ReferralId>> {
    let (open, nowhere, account) = (f.open(), f.nowhere(), visibility.account());
    let (newer, older) = f.bounds();
    let values = params![
        f.id, f.client, f.contact, f.queue, f.status, open, f.resource, f.provider, nowhere, older, account,
        limit, newer, f.since, f.until, f.idle_since
    ];
    tx.all(sql!("referral/page"), values, |row| row.get("id"))
}

fn page_of_resources(
    tx: &mut Tx<'_>, f: &Filter<'_>, resources: &[ResourceId], limit: i64,
) -> Result<Vec<ReferralId>> {
    let (newer, older) = f.range();
    let values = params![f.queue, f.status, f.open(), older, limit, newer, f.since, f.until, f.idle_since];
    tx.all_union(sql!("referral/page_of_resources"), values, resources, |row| row.get("id"))
}

fn page_of_statuses(
    tx: &mut Tx<'_>, f: &Filter<'_>, statuses: &[StatusId], limit: i64,
) -> Result<Vec<ReferralId>> {
    let (newer, older) = f.range();
    let values = params![f.nowhere(), older, limit, newer, f.since, f.until, f.idle_since];
    tx.all_union(sql!("referral/page_of_statuses"), values, statuses, |row| row.get("id"))
}

/// The filter of a page.
fn resources(tx: &mut Tx<'_>, f: &Filter<'_>, visibility: Visibility) -> Result<Vec<ResourceId>> {
    tx.all(sql!("referral/resources"), params![f.resource, f.provider, visibility.account()], |row| {
        row.get("id")
    })
}

fn statuses(tx: &mut Tx<'_>, f: &Filter<'_>) -> Result<Vec<StatusId>> {
    tx.all(sql!("referral/statuses"), params![f.queue, f.status, f.open()], |row| row.get("id"))
}

pub(super) fn details(tx: &mut Tx<'_>, page: &[ReferralId]) -> Result<Vec<Referral>> {
    tx.all_in(sql!("referral/details"), params![], page, read)
}

fn read(row: &Row<'_>) -> Result<Referral> {
    let (given, family): (String, String) = (row.get("given")?, row.get("family")?);
    from_row! { row => Referral {
        id, code, queue_id, queue, status_id, status, closed, client_id, client, client_postal_code, note,
        created_at, created_by, client_name: name(&given, &family), contact: intake(row)?,
        assigned: assigned(row)?,
    } }
}

fn intake(row: &Row<'_>) -> Result<Option<Intake>> {
    let Some(id) = row.get("contact_id")? else { return Ok(None) };
    let (given, family): (String, String) = (row.get("contact_given")?, row.get("contact_family")?);
    Ok(Some(Intake {
        id,
        number: row.get("contact_number")?,
        name: name(&given, &family),
        submitted_on: row.get("contact_date")?,
        postal_code: row.get("contact_postal_code")?,
    }))
}

fn assigned(row: &Row<'_>) -> Result<Option<Assigned>> {
    let Some(id) = row.get("resource_id")? else { return Ok(None) };
    Ok(Some(Assigned {
        id,
        code: row.get("resource_code")?,
        name: row.get("resource")?,
        provider: row.get("provider")?,
        provider_name: row.get("provider_name")?,
        at: row.get("assigned_at")?,
    }))
}
