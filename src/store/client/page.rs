//! What `client show` says beside the client, for staff.

use super::by_ids;
use crate::model::client::Client;
use crate::model::client_page::{NextVisit, OpenPackage};
use crate::model::search_key::date_word;
use crate::store::prelude::*;

/// Of so many born on one day some are compared.
const COMPARED: i64 = 200;

pub(crate) fn next_visits(
    tx: &mut Tx<'_>, client: ClientId, after: DateTime<Utc>, limit: i64,
) -> Result<Vec<NextVisit>> {
    tx.all(sql!("client/next_visits"), params![client, after, limit], |row| {
        from_row! { row => NextVisit {
            code, start: row.get("starts_at")?, duration_minutes, referral, provider, provider_name,
        } }
    })
}

pub(crate) fn open_packages(
    tx: &mut Tx<'_>, client: ClientId, now: DateTime<Utc>,
) -> Result<Vec<OpenPackage>> {
    tx.all(sql!("client/open_packages"), params![client, now], |row| {
        from_row! { row => OpenPackage {
            code, reference, referral, status, provider, provider_name, waiting_for,
        } }
    })
}

/// In no order.
pub(crate) fn born_on(tx: &mut Tx<'_>, date: NaiveDate) -> Result<Vec<Client>> {
    let values = params![date_word(date), COMPARED];
    let ids: Vec<ClientId> = tx.all(sql!("client/born_on"), values, |row| row.get("id"))?;
    by_ids(tx, &ids)
}
