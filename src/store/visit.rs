//! Visits, each with its live package.

use anyhow::Context as _;

use crate::model::client::name;
use crate::model::former_visit::{FormerVisit, RemovedVisit};
use crate::model::visit::{NOUN, Outsourced, Visit, VisitStatus};
use crate::model::visit_day::DayVisit;
use crate::model::visit_overlap::Call;
use crate::store::prelude::*;

/// The filter of a list of visits; an absent field does not limit it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter<'a> {
    pub(crate) id: Option<VisitId>,
    pub(crate) referral: Option<ReferralId>,
    pub(crate) from: Option<DateTime<Utc>>,
    /// Exclusive.
    pub(crate) to: Option<DateTime<Utc>>,
    pub(crate) status: Option<VisitStatus>,
    pub(crate) client: Option<ClientId>,
    pub(crate) queue: Option<QueueId>,
    /// Whether it is planned and no provider has it.
    pub(crate) is_uncovered: Option<bool>,
    /// The cursor: the last row of the page before.
    pub(crate) after: Option<&'a Visit>,
}

pub(crate) fn insert(tx: &mut Tx<'_>, visits: &[Visit]) -> Result<()> {
    tx.bulk(sql!("visit/insert"), visits, |v| {
        [
            &v.id as &dyn Param, &v.code, &v.referral_id, &v.start, &v.minutes, &v.note, &v.source_id,
            &v.provider_note,
        ]
    })
}

pub(crate) fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    Ok(tx.first(sql!("visit/is_code_taken"), params![code], |_| Ok(()))?.is_some())
}

pub(crate) fn update(tx: &mut Tx<'_>, visit: &Visit) -> Result<()> {
    let values = params![visit.id, visit.start, visit.minutes, visit.status, visit.note, visit.provider_note];
    exactly_one(tx.run(sql!("visit/update"), values)?, "visit")
}

/// By start, at most `limit`.
pub(crate) fn list(
    tx: &mut Tx<'_>, filter: &Filter<'_>, visibility: Visibility, limit: i64,
) -> Result<Vec<Visit>> {
    let status = filter.status;
    let (after, after_id) = filter.after.map(|visit| (visit.start, visit.id)).unzip();
    let values = params![
        filter.id,
        filter.referral,
        filter.from,
        filter.to,
        status,
        after,
        after_id,
        visibility.account(),
        limit,
        filter.client,
        filter.queue,
        filter.is_uncovered
    ];
    tx.all(sql!("visit/list"), values, read)
}

/// The codes and the starts of the visits of some referrals, in order.
pub(crate) fn starts(
    tx: &mut Tx<'_>, referrals: &[ReferralId],
) -> Result<Vec<(ReferralId, String, DateTime<Utc>)>> {
    tx.all_in(sql!("visit/starts"), params![], referrals, |row| {
        Ok((row.get("referral_id")?, row.get("code")?, row.get("starts_at")?))
    })
}

/// Those of all clients that start from one instant up to but not at another, by start, at most `limit`.
pub(crate) fn day(
    tx: &mut Tx<'_>, from: DateTime<Utc>, to: DateTime<Utc>, after: Option<&DayVisit>, limit: i64,
) -> Result<Vec<DayVisit>> {
    let (after, after_id) = after.map(|visit| (visit.start, visit.id)).unzip();
    tx.all(sql!("visit/day"), params![from, to, after, after_id, limit], |row| {
        let (given, family): (String, String) = (row.get("given")?, row.get("family")?);
        from_row! { row => DayVisit {
            id, code, referral, duration_minutes, status, client, provider, provider_name, uncovered,
            start: row.get("starts_at")?, client_name: name(&given, &family),
        } }
    })
}

/// The planned visits of a client that start from one instant up to but not at another, by start.
pub(crate) fn of_client(
    tx: &mut Tx<'_>, client: ClientId, from: DateTime<Utc>, to: DateTime<Utc>,
) -> Result<Vec<Call>> {
    tx.all(sql!("visit/of_client"), params![client, from, to], |row| {
        from_row! { row => Call {
            id, code, referral, start: row.get("starts_at")?, minutes: row.get("duration_minutes")?,
        } }
    })
}

/// What visits were before the changes after an entry of the audit trail, the last first.
pub(crate) fn former(tx: &mut Tx<'_>, entry: i64) -> Result<Vec<FormerVisit>> {
    let rows: Vec<String> = tx.all(sql!("visit/former"), params![entry], |row| row.get("before"))?;
    let read = |row: &String| serde_json::from_str(row).context("a former visit cannot be read");
    Ok(rows.iter().map(read).collect::<anyhow::Result<_>>()?)
}

/// Those that were taken back with the import that had brought them, after an entry of the audit trail.
pub(crate) fn removed(tx: &mut Tx<'_>, entry: i64) -> Result<Vec<RemovedVisit>> {
    let rows: Vec<String> = tx.all(sql!("visit/removed"), params![entry], |row| row.get("before"))?;
    let read = |row: &String| serde_json::from_str(row).context("a removed visit cannot be read");
    Ok(rows.iter().map(read).collect::<anyhow::Result<_>>()?)
}

pub(crate) fn last_start(tx: &mut Tx<'_>, referral: ReferralId) -> Result<Option<DateTime<Utc>>> {
    tx.first(sql!("visit/last_start"), params![referral], |row| row.get("starts_at"))
}

impl Lookup for Visit {
    finds!(by list, Visit, Visit, Visibility);

    fn candidates(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Candidates<noun::Visit> {
        let (code, code_end) = reference.code_range();
        tx.all(sql!("visit/candidates"), params![code, code_end, visibility.account()], coded)
    }
}

fn read(row: &Row<'_>) -> Result<Visit> {
    from_row! { row => Visit {
        id, code, referral_id, referral, status, note, provider_note, sequence, source_id, start: row.get("starts_at")?,
        minutes: row.get("duration_minutes")?, outsourced: outsourced(row)?,
    } }
}

fn outsourced(row: &Row<'_>) -> Result<Option<Outsourced>> {
    let Some(package) = row.get("package")? else { return Ok(None) };
    Ok(Some(Outsourced {
        package,
        reference: row.get("package_reference")?,
        status: row.get("package_status")?,
        accepted_by: row.get("accepted_by")?,
        offered_start: row.get("offered_start")?,
        offered_duration_minutes: row.get("offered_minutes")?,
    }))
}
