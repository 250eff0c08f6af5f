//! Settings of the hub.

use crate::model::hub;
use crate::model::sharing::REQUEST_DAYS;
use crate::model::signing::SigningAge;
use crate::model::zone::Zone;

use crate::db::{Query, Tx, params, sql};
use crate::error::{Error, Kind, Result};

/// UTC if it is not set.
pub(crate) fn time_zone() -> Query<Zone> {
    Query {
        sql: sql!("setting/time_zone"),
        values: Vec::new(),
        read: |row| zone(&row.get::<String>("value")?),
    }
}

fn zone(name: &str) -> Result<Zone> {
    name.parse().map_err(|_error| {
        Error::new(
            Kind::Environment,
            "setting.time_zone",
            format!("the hub's time zone `{name}` is not known to this program"),
        )
    })
}

/// The name of the hub, if it is set.
pub(crate) fn hub_name(tx: &mut Tx<'_>) -> Result<Option<String>> {
    tx.first(sql!("setting/hub_name"), params![], |row| row.get("value"))
}

/// How many days after the last visit that it has a provider sees whose it was and where.
pub(crate) fn contact_days(tx: &mut Tx<'_>) -> Result<i64> {
    let days = tx.first(sql!("setting/contact_days"), params![], |row| row.get::<String>("value"))?;
    Ok(days.and_then(|days| days.parse().ok()).unwrap_or(hub::CONTACT_DAYS))
}

/// How many days a sharing request waits for an answer.
pub(crate) fn request_days(tx: &mut Tx<'_>) -> Result<i64> {
    let days = tx.first(sql!("setting/request_days"), params![], |row| row.get::<String>("value"))?;
    Ok(days.and_then(|days| days.parse().ok()).unwrap_or(REQUEST_DAYS))
}

/// From which age on a client signs for itself.
pub(crate) fn signing_age(tx: &mut Tx<'_>) -> Result<SigningAge> {
    let age = tx.first(sql!("setting/signing_age"), params![], |row| row.get::<String>("value"))?;
    Ok(SigningAge::stored(age.as_deref()))
}

/// The entry of the audit trail from which on it is kept how all stood; none if that is the beginning.
pub(crate) fn versions_from(tx: &mut Tx<'_>) -> Result<Option<i64>> {
    let entry = tx.first(sql!("setting/versions_from"), params![], |row| row.get::<String>("value"))?;
    Ok(entry.and_then(|entry| entry.parse().ok()))
}

pub(crate) fn set(tx: &mut Tx<'_>, name: &str, value: &str) -> Result<()> {
    tx.run(sql!("setting/set"), params![name, value]).map(drop)
}
