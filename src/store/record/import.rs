//! What an import of records reads before it adds them, a few hundred at a time.

use crate::model::record::{Entry, Record};
use crate::store::prelude::*;

/// Clients by the references in a file: the reference, and the client's id and code. One reference may match
/// several.
pub(crate) fn clients(tx: &mut Tx<'_>, text: &[String]) -> Result<Vec<(String, ClientId, String)>> {
    tx.all_in(sql!("record/clients"), params![], text, |row| {
        Ok((row.get("said")?, row.get("id")?, row.get("code")?))
    })
}

/// Pairs of owner and external id that are stored already. Their row ids are not read.
pub(crate) fn imported(tx: &mut Tx<'_>, keys: &[(ProviderId, String)]) -> Result<Vec<Record>> {
    let mut found = Vec::new();
    tx.lookup_many(
        sql!("record/imported"),
        keys,
        |(provider, source_id)| [provider as &dyn Param, source_id],
        |row| {
            found.push(Record {
                id: RecordId::NIL,
                code: row.get("code")?,
                client_id: row.get("client_id")?,
                provider_id: row.get("provider_id")?,
                entry: Entry {
                    data_type: row.get("data_type")?,
                    happened_on: row.get("happened_on")?,
                    title: row.get("title")?,
                    category_id: row.get("category_id")?,
                    contract_id: row.get("contract_id")?,
                    units: row.get("units")?,
                    detail: row.get("detail")?,
                    source_id: row.get("source_id")?,
                },
            });
            Ok(())
        },
    )?;
    Ok(found)
}
