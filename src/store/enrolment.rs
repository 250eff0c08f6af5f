//! Enrolments of clients at providers, in versions.

use crate::model::client::name;
use crate::model::enrolment::{Enrolment, EnrolmentStatus, EnrolmentVersion, EnrolmentView};
use crate::store::prelude::*;

/// The present enrolment; none if the client was never enrolled there.
pub(crate) fn current(tx: &mut Tx<'_>, client: ClientId, provider: ProviderId) -> Result<Option<Enrolment>> {
    tx.first(sql!("enrolment/current"), params![client, provider], |row| {
        let active: bool = row.get("active")?;
        from_row! { row => Enrolment {
            id, client_id, provider_id,
            status: if active { EnrolmentStatus::Active } else { EnrolmentStatus::Inactive },
            since_on,
        } }
    })
}

/// How a client stood at each provider, from when until when.
pub(crate) fn history(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<EnrolmentVersion>> {
    tx.all(sql!("enrolment/history"), params![client], |row| {
        let (given, family): (String, String) = (row.get("given")?, row.get("family")?);
        let enrolment = EnrolmentView {
            client: row.get("client")?,
            client_name: name(&given, &family),
            provider: row.get("provider")?,
            provider_name: row.get("provider_name")?,
            status: status(row.get("active")?),
            since_on: row.get("since_on")?,
        };
        Ok(EnrolmentVersion { enrolment, from: row.get("from_at")?, until: row.get("until_at")? })
    })
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
