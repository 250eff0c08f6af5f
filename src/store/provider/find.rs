//! Providers by parts of their names.

use crate::model::find::Asked;
use crate::store::prelude::*;

/// By name, at most `limit`.
pub(crate) fn find(
    tx: &mut Tx<'_>, asked: &Asked, visibility: Visibility, limit: i64,
) -> Result<Vec<Candidate<noun::Provider>>> {
    let [one, two, three] = asked.patterns();
    let (name, end) = asked.reference.name_range();
    let values = params![one, two, three, name, end, visibility.account(), limit];
    tx.all(sql!("provider/find"), values, coded_and_named)
}

/// All phones of all providers: those of people would be too many to read.
pub(crate) fn called(tx: &mut Tx<'_>) -> Result<Vec<(ProviderId, String)>> {
    tx.all(sql!("provider/called"), params![], |row| Ok((row.get("provider_id")?, row.get("number")?)))
}
