//! What is warned of where visits are planned and offered (rules 1.12 and 1.15).

use super::{Context, Tx};
use crate::error::Result;
use crate::model::client::Client;
use crate::model::id::ClientId;
use crate::model::visibility::Visibility;
use crate::model::visit::Visit;
use crate::model::visit_overlap;
use crate::store;

impl Context {
    /// The planned visits of the same client at the same time as these, which the database has already.
    pub(crate) fn overlaps(
        &self, tx: &mut Tx<'_>, client: ClientId, visits: &[Visit],
    ) -> Result<Option<String>> {
        let Some((from, to)) = visit_overlap::range(visits) else { return Ok(None) };
        let calls = store::visit::of_client(tx, client, from, to)?;
        Ok(visit_overlap::overlaps(visits, &calls).warning(self.zone))
    }
}

/// The names of the client that a note for providers holds, which those that are only asked read too.
pub(crate) fn names_in_note(tx: &mut Tx<'_>, client: ClientId, note: Option<&str>) -> Result<Option<String>> {
    let Some(note) = note else { return Ok(None) };
    let client = store::by_id::<Client>(tx, client, Visibility::INTERNAL)?;
    Ok(client.and_then(|client| client.named_in(note)))
}
