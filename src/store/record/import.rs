//! What an import of records asks before it adds them, a few hundred at a time.

use crate::db::{Param, Tx, params, sql};
use crate::error::Result;
use crate::model::id::{ClientId, ProviderId, RecordId};
use crate::model::record::{Entry, Record};

/// Clients by what a file calls them: what was read, and the client's id and code. One text may stand for several.
pub(crate) fn clients(tx: &mut Tx<'_>, text: &[String]) -> Result<Vec<(String, ClientId, String)>> {
    tx.all_in(sql!("record/clients"), params![], text, |row| {
        Ok((row.get("said")?, row.get("id")?, row.get("code")?))
    })
}

/// Those of these owners and ids in their systems that are there already. The row id of what is found is not read.
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
