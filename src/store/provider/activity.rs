//! Since when providers have been inactive, so that it can be said of any instant what they received then (rule 2.12).

use crate::model::code::imported_key;
use crate::model::provider::Provider;
use crate::store::prelude::*;

/// Providers that are inactive from the beginning.
pub(super) fn begin_inactivity(tx: &mut Tx<'_>, providers: &[&Provider], at: DateTime<Utc>) -> Result<()> {
    let rows: Vec<(Id<()>, ProviderId)> = providers
        .iter()
        .filter(|provider| !provider.active)
        .map(|provider| (key(provider.id, at), provider.id))
        .collect();
    tx.bulk(sql!("provider/begin_inactivity"), &rows, |(id, provider)| [id as &dyn Param, provider, &at])
}

pub(super) fn end_inactivity(tx: &mut Tx<'_>, provider: ProviderId, at: DateTime<Utc>) -> Result<()> {
    tx.run(sql!("provider/end_inactivity"), params![provider, at]).map(drop)
}

/// Derived, so that the other keys of a run stay as they are; no provider becomes inactive twice at one instant.
fn key(provider: ProviderId, at: DateTime<Utc>) -> Id<()> {
    imported_key("provider_inactivity", &provider.uuid().to_string(), &at.to_rfc3339())
}
