//! What an import of records reads before it adds them, a few hundred at a time.

use crate::model::client::name;
use crate::model::record::{Entry, Record};
use crate::store::prelude::*;

/// A reference, and the id, code and name of a client that it may mean.
pub(crate) type Meant = (String, ClientId, (String, String));

/// Clients by the references in a file: the reference, and the client's id, code and name. One reference may
/// match several.
pub(crate) fn clients(tx: &mut Tx<'_>, text: &[String]) -> Result<Vec<Meant>> {
    tx.all_in(sql!("record/clients"), params![], text, |row| {
        let (given, family): (String, String) = (row.get("given")?, row.get("family")?);
        Ok((row.get("said")?, row.get("id")?, (row.get("code")?, name(&given, &family))))
    })
}

/// What is stored already of pairs of owner and external id, or code; that is returned as the external id, and row ids
/// are not read.
pub(crate) fn imported(tx: &mut Tx<'_>, keys: &[(ProviderId, String)]) -> Result<Vec<Record>> {
    tx.lookup_many(sql!("record/imported"), keys, |(provider, id)| [provider as &dyn Param, id], record)
}

fn record(row: &Row<'_>) -> Result<Record> {
    from_row! { row => Record { id: RecordId::NIL, code, client_id, provider_id, entry: entry(row)? } }
}

fn entry(row: &Row<'_>) -> Result<Entry> {
    from_row! { row => Entry {
        data_type, happened_on, title, category_id, contract_id, units, detail, source_id,
    } }
}
