//! What an import of records reads before it adds them, a few hundred at a time.

use crate::model::record::{Entry, Record};
use crate::store::prelude::*;

/// What is stored already of pairs of owner and external id, or code; that is returned as the external id.
pub(crate) fn imported(tx: &mut Tx<'_>, keys: &[(ProviderId, String)]) -> Result<Vec<Record>> {
    tx.lookup_many(sql!("record/imported"), keys, |(provider, id)| [provider as &dyn Param, id], record)
}

fn record(row: &Row<'_>) -> Result<Record> {
    from_row! { row => Record { id, code, client_id, provider_id, entry: entry(row)? } }
}

fn entry(row: &Row<'_>) -> Result<Entry> {
    from_row! { row => Entry {
        data_type, happened_on, title, category_id, contract_id, units, detail, source_id, never_shared,
    } }
}
