//! The register of accesses to another provider's records.

use crate::model::client;
use crate::model::disclosure::{Disclosure, DisclosureView};
use crate::model::sharing::{Basis, DataType};
use crate::store::prelude::*;

/// An access that continues is inserted again under the same id, and its records are added up.
pub(crate) fn insert(tx: &mut Tx<'_>, disclosures: &[Disclosure]) -> Result<()> {
    tx.bulk(sql!("disclosure/insert"), disclosures, |one| {
        [
            &one.id as &dyn Param, &one.at, &one.client_id, &one.owner_id, &one.recipient_id, &one.data_type,
            &one.records, &one.basis, &one.source, &one.account_id, &one.impersonator, &one.command,
            &one.preview,
        ]
    })
}

/// The code of the request or release that lets a recipient see records; of several the one that lasts
/// longest. The transaction needs an instant ([`Tx::as_of`]).
pub(crate) fn source(
    tx: &mut Tx<'_>, client: ClientId, owner: ProviderId, recipient: ProviderId, data_type: DataType,
    basis: Basis,
) -> Result<Option<String>> {
    let values = params![client, owner, recipient, data_type, basis];
    tx.first(sql!("disclosure/source"), values, |row| row.get("source"))
}

/// The filter of a list of disclosures; an absent field does not limit it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter {
    pub(crate) client: Option<ClientId>,
    pub(crate) owner: Option<ProviderId>,
    pub(crate) recipient: Option<ProviderId>,
    pub(crate) since: Option<DateTime<Utc>>,
    /// Exclusive.
    pub(crate) until: Option<DateTime<Utc>>,
    /// The cursor: the last row of the page before.
    pub(crate) after: Option<DisclosureId>,
}

/// The newest first.
pub(crate) fn list(tx: &mut Tx<'_>, filter: &Filter, limit: i64) -> Result<Vec<DisclosureView>> {
    let Filter { client, owner, recipient, since, until, after } = *filter;
    tx.all(sql!("disclosure/list"), params![client, owner, recipient, since, until, after, limit], read)
}

fn read(row: &Row<'_>) -> Result<DisclosureView> {
    let (given, family): (String, String) = (row.get("given")?, row.get("family")?);
    from_row! { row => DisclosureView {
        id, at, client, owner, owner_name, recipient, recipient_name, data_type, records, basis, source,
        by, acted_by, command, preview, client_name: client::name(&given, &family),
    } }
}
