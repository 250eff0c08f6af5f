//! The facts at one instant between an owner and a recipient, read from the versions and not through the
//! views that decide what is seen.

use super::settings::{LinkFilter, level, links};
use crate::model::sharing::explain::{
    CategoryFact, EnrolmentFact, Facts, LinkFact, ReleaseFact, RequestFact, Service, SettingFact,
};
use crate::model::sharing::{DataType, Label, Status};
use crate::store::prelude::*;

/// The parties, client, data type, instant and local day of a question.
#[derive(Clone, Copy)]
pub(crate) struct ExplainQuery {
    pub(crate) client: ClientId,
    pub(crate) owner: ProviderId,
    pub(crate) recipient: ProviderId,
    pub(crate) data_type: DataType,
    pub(crate) at: DateTime<Utc>,
    pub(crate) day: NaiveDate,
}

/// An owner, a recipient and a data type.
pub(crate) type Pair = (ProviderId, ProviderId, DataType);

/// Those between which something of the client is shared or may be expected. A portal account gets its links, whatever the
/// other side holds (rule 3.11).
pub(crate) fn pairs(
    tx: &mut Tx<'_>, client: ClientId, filter: &LinkFilter, visibility: Visibility,
) -> Result<Vec<Pair>> {
    if visibility.is_portal() {
        let links = links(tx, filter, visibility)?;
        return Ok(links.iter().map(|link| (link.owner_id, link.recipient_id, link.data_type())).collect());
    }
    let data_type = filter.data_type;
    let values = params![client, filter.owner, filter.recipient, data_type, visibility.account()];
    tx.all(sql!("sharing/pairs"), values, |row| {
        Ok((row.get("owner_id")?, row.get("recipient_id")?, row.get("data_type")?))
    })
}

/// All facts that decide, and what the database shows. Sets the instant of the transaction to that of the
/// question.
pub(crate) fn facts(tx: &mut Tx<'_>, case: &ExplainQuery) -> Result<Facts> {
    tx.as_of(case.at, case.day);
    let (records, never_shared, visible) = seen(tx, case)?;
    Ok(Facts {
        records,
        never_shared,
        visible,
        recipient_inactive: inactivity_version(tx, case)?,
        setting: setting_versions(tx, case)?,
        link: link_version(tx, case.owner, case.recipient, case)?,
        reverse_link: link_version(tx, case.recipient, case.owner, case)?,
        categories: category_facts(tx, case)?,
        at_owner: enrolment_version(tx, case.owner, case)?,
        at_recipient: enrolment_version(tx, case.recipient, case)?,
        requests: request_versions(tx, case)?,
        releases: release_versions(tx, case)?,
    })
}

fn seen(tx: &mut Tx<'_>, case: &ExplainQuery) -> Result<(i64, i64, i64)> {
    let values = params![case.client, case.owner, case.recipient, case.data_type, case.at];
    let counted = tx.first(sql!("sharing/seen"), values, |row| {
        Ok((row.get("records")?, row.get("never_shared")?, row.get("visible")?))
    })?;
    counted.ok_or_else(|| Error::internal("a query without a table returned no row"))
}

/// The version in force, and since when it has its level.
fn setting_versions(tx: &mut Tx<'_>, case: &ExplainQuery) -> Result<Option<SettingFact>> {
    let values = params![case.owner, case.data_type, case.at];
    let versions = tx.all(sql!("sharing/setting_versions"), values, |row| {
        let until: Option<DateTime<Utc>> = row.get("until_at")?;
        let setting = SettingFact {
            level: level(row)?,
            level_since: row.get("from_at")?,
            client_by_client: row.get("client_by_client")?,
            release_sharing: row.get("release_sharing")?,
            require_expiry: row.get("require_expiry")?,
            default_days: row.get("default_days")?,
        };
        Ok((setting, until))
    })?;
    let Some((newest, until)) = versions.first().copied() else { return Ok(None) };
    if until.is_some_and(|until| until <= case.at) {
        return Ok(None);
    }
    let same = versions.iter().take_while(|(setting, _)| setting.level == newest.level);
    let level_since = same.last().map_or(newest.level_since, |(setting, _)| setting.level_since);
    Ok(Some(SettingFact { level_since, ..newest }))
}

fn link_version(
    tx: &mut Tx<'_>, from: ProviderId, to: ProviderId, case: &ExplainQuery,
) -> Result<Option<LinkFact>> {
    tx.first(sql!("sharing/link_version"), params![from, to, case.data_type, case.at], |row| {
        let until: Option<DateTime<Utc>> = row.get("until_at")?;
        Ok(LinkFact { since: row.get("from_at")?, ended: until.filter(|until| *until <= case.at) })
    })
}

fn category_facts(tx: &mut Tx<'_>, case: &ExplainQuery) -> Result<Vec<CategoryFact>> {
    let values = params![case.client, case.owner, case.recipient, case.data_type, case.at];
    tx.all(sql!("sharing/category_facts"), values, |row| {
        Ok(CategoryFact {
            name: row.get("name")?,
            records: row.get("records")?,
            never_shared: row.get("never_shared")?,
            at_owner: Service {
                is_served: row.get("at_owner")?,
                contract: row.get("owner_contract")?,
                ended: row.get("owner_ended")?,
                is_name_taken: row.get("owner_has_name")?,
            },
            at_recipient: Service {
                is_served: row.get("at_recipient")?,
                contract: row.get("recipient_contract")?,
                ended: row.get("recipient_ended")?,
                is_name_taken: row.get("recipient_has_name")?,
            },
        })
    })
}

/// Since when the recipient was inactive, if it was.
fn inactivity_version(tx: &mut Tx<'_>, case: &ExplainQuery) -> Result<Option<DateTime<Utc>>> {
    tx.first(sql!("sharing/inactivity_version"), params![case.recipient, case.at], |row| row.get("from_at"))
}

fn enrolment_version(
    tx: &mut Tx<'_>, provider: ProviderId, case: &ExplainQuery,
) -> Result<Option<EnrolmentFact>> {
    tx.first(sql!("sharing/enrolment_version"), params![case.client, provider, case.at], |row| {
        Ok(EnrolmentFact { active: row.get("active")?, since: row.get("since_on")? })
    })
}

fn request_versions(tx: &mut Tx<'_>, case: &ExplainQuery) -> Result<Vec<RequestFact>> {
    let values = params![case.client, case.owner, case.recipient, case.data_type, case.at];
    tx.all(sql!("sharing/request_versions"), values, |row| {
        let cancelled: Option<DateTime<Utc>> = row.get("cancelled_at")?;
        let lapses: Option<NaiveDate> = row.get("lapses_on")?;
        let status = match row.get::<Label>("label")? {
            Label::Pending if cancelled.is_some() => Status::Cancelled,
            Label::Pending if lapses.is_some_and(|last| last < case.day) => Status::Unanswered,
            label => label.into(),
        };
        Ok(RequestFact {
            code: row.get("code")?,
            requested_by: row.get("requested_by")?,
            status,
            since: cancelled.map_or_else(|| row.get("from_at"), Ok)?,
            signed: row.get("signed_on")?,
            expires: row.get("expires_on")?,
            lapses,
            reason: row.get("reason")?,
            has_arrived: row.get("has_arrived")?,
        })
    })
}

fn release_versions(tx: &mut Tx<'_>, case: &ExplainQuery) -> Result<Vec<ReleaseFact>> {
    let values = params![case.client, case.owner, case.recipient, case.data_type, case.at];
    tx.all(sql!("sharing/release_versions"), values, release_fact)
}

fn release_fact(row: &Row<'_>) -> Result<ReleaseFact> {
    from_row! { row => ReleaseFact {
        code, all_providers, names_recipient, signed: row.get("signed_on")?, expires: row.get("expires_on")?,
        revoked: row.get("revoked_at")?,
    } }
}
