//! What the clock alone has led to, and is to be alerted (rule 2.11).

use super::About;
use crate::store::prelude::*;

/// Offers that have opened by themselves after an instant, of which their providers were not alerted yet.
pub(crate) fn opened(tx: &mut Tx<'_>, after: DateTime<Utc>) -> Result<Vec<About>> {
    tx.all(sql!("alert/opened"), params![after], |row| {
        let provider = Some(row.get("provider_id")?);
        Ok(About { package: Some(row.get("package_id")?), provider, ..about(row)? })
    })
}

/// Packages of which the last open offer has lapsed after an instant, of which no account was alerted yet.
pub(crate) fn lapsed(tx: &mut Tx<'_>, after: DateTime<Utc>, now: DateTime<Utc>) -> Result<Vec<About>> {
    tx.all(sql!("alert/lapsed"), params![after, now], |row| {
        Ok(About { package: Some(row.get("package_id")?), ..about(row)? })
    })
}

/// Agreements that end from one day to another, each with a side that was not alerted yet.
pub(crate) fn ending_requests(tx: &mut Tx<'_>, (from, to): (NaiveDate, NaiveDate)) -> Result<Vec<About>> {
    tx.all(sql!("alert/ending_requests"), params![from, to], |row| {
        let provider = row.get("provider_id")?;
        Ok(About { request: Some(row.get("request_id")?), provider, ..about(row)? })
    })
}

/// The same for releases.
pub(crate) fn ending_releases(tx: &mut Tx<'_>, (from, to): (NaiveDate, NaiveDate)) -> Result<Vec<About>> {
    tx.all(sql!("alert/ending_releases"), params![from, to], |row| {
        let provider = row.get("provider_id")?;
        Ok(About { release: Some(row.get("release_id")?), provider, ..about(row)? })
    })
}

fn about(row: &Row<'_>) -> Result<About> {
    Ok(About { occasion: Some(row.get("occasion")?), ..About::default() })
}
