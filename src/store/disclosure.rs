//! The register of looks at another provider's records.

use uuid::Uuid;

use crate::db::{Param, Tx, params, sql};
use crate::error::Result;
use crate::model::disclosure::Disclosure;
use crate::model::sharing::{Basis, DataType};

/// A look that goes on is given again under the same id: its records are added up.
pub(crate) fn insert(tx: &mut Tx<'_>, disclosures: &[Disclosure]) -> Result<()> {
    let named: Vec<_> = disclosures.iter().map(|one| (one, one.data_type.name(), one.basis.name())).collect();
    tx.bulk(sql!("disclosure/insert"), &named, |(one, data_type, basis)| {
        let ends: [&dyn Param; 4] = [&one.source, &one.account_id, &one.behind, &one.command];
        let [source, account, behind, command] = ends;
        [
            &one.id as &dyn Param,
            &one.at,
            &one.client_id,
            &one.owner_id,
            &one.recipient_id,
            data_type,
            &one.records,
            basis,
            source,
            account,
            behind,
            command,
        ]
    })
    .map(drop)
}

/// The code of the request or release on which a recipient sees records: of several the one that lasts longest. The
/// transaction says where it stands.
pub(crate) fn source(
    tx: &mut Tx<'_>,
    client: Uuid,
    owner: Uuid,
    recipient: Uuid,
    data_type: DataType,
    basis: Basis,
) -> Result<Option<String>> {
    let values = params![client, owner, recipient, data_type.name(), basis.name()];
    tx.first(sql!("disclosure/source"), values, |row| row.get("source"))
}
