//! Enrolments of clients at providers, in versions.

use crate::model::client::name;
use crate::model::enrolment::{Enrolment, EnrolmentStatus, EnrolmentVersion, EnrolmentView, Version};
use crate::store::prelude::*;

/// The filter of a list of enrolments; an absent field does not limit it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter {
    pub(crate) client: Option<ClientId>,
    pub(crate) provider: Option<ProviderId>,
    pub(crate) status: Option<EnrolmentStatus>,
}

/// The present enrolments by client and provider, streamed.
pub(crate) fn list(
    tx: &mut Tx<'_>, filter: &Filter, visibility: Visibility,
    mut take: impl FnMut(EnrolmentView) -> Result<()>,
) -> Result<()> {
    let Filter { client, provider, status } = *filter;
    let active = status.map(|status| status == EnrolmentStatus::Active);
    let values = params![client, provider, active, visibility.account()];
    tx.each(sql!("enrolment/list"), values, |row| take(view(row)?))
}

/// The present enrolment; none if the client was never enrolled there.
pub(crate) fn current(tx: &mut Tx<'_>, client: ClientId, provider: ProviderId) -> Result<Option<Enrolment>> {
    tx.first(sql!("enrolment/current"), params![client, provider], |row| {
        from_row! { row => Enrolment {
            id, client_id, provider_id,
            status: status(row.get("active")?),
            since_on,
        } }
    })
}

/// How a client, and those that it has replaced, stood at each provider, from when until when.
pub(crate) fn history(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<EnrolmentVersion>> {
    tx.all(sql!("enrolment/history"), params![client], |row| {
        Ok(EnrolmentVersion { enrolment: view(row)?, from: row.get("from_at")?, until: row.get("until_at")? })
    })
}

/// All versions of all enrolments, client by client and provider by provider, the earliest first, streamed.
pub(crate) fn versions(tx: &mut Tx<'_>, mut take: impl FnMut(Version) -> Result<()>) -> Result<()> {
    tx.each(sql!("enrolment/versions"), params![], |row| take(version(row)?))
}

fn version(row: &Row<'_>) -> Result<Version> {
    from_row! { row => Version {
        id, client_id, client, given, family, birth_date, provider_id, provider, provider_name, agency,
        since_on, from_at, status: status(row.get("active")?),
    } }
}

fn view(row: &Row<'_>) -> Result<EnrolmentView> {
    let (given, family): (String, String) = (row.get("given")?, row.get("family")?);
    from_row! { row => EnrolmentView {
        client, client_name: name(&given, &family), provider, provider_name, status: status(row.get("active")?),
        since_on,
    } }
}

fn status(active: bool) -> EnrolmentStatus {
    if active { EnrolmentStatus::Active } else { EnrolmentStatus::Inactive }
}

/// Ends the version in force, if any, and inserts this one.
pub(crate) fn replace(tx: &mut Tx<'_>, new: &Enrolment, at: DateTime<Utc>) -> Result<()> {
    end(tx, new.client_id, new.provider_id, at)?;
    insert(tx, new, at)
}

fn end(tx: &mut Tx<'_>, client: ClientId, provider: ProviderId, at: DateTime<Utc>) -> Result<()> {
    tx.run(sql!("enrolment/end"), params![client, provider, at]).map(drop)
}

fn insert(tx: &mut Tx<'_>, new: &Enrolment, at: DateTime<Utc>) -> Result<()> {
    let active = new.status == EnrolmentStatus::Active;
    let values = params![new.id, new.client_id, new.provider_id, active, new.since_on, at];
    tx.run(sql!("enrolment/insert"), values).map(drop)
}
