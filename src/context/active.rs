//! Whether a provider may be given anything.

use super::Tx;
use crate::error::Result;
use crate::model::id::ProviderId;
use crate::model::provider::Provider;
use crate::model::visibility::Visibility;
use crate::store;

/// Nothing is assigned or granted to an inactive provider (rule 2.12).
pub(crate) fn must_be_active(tx: &mut Tx<'_>, provider: ProviderId) -> Result<()> {
    store::by_id::<Provider>(tx, provider, Visibility::INTERNAL)?
        .iter()
        .try_for_each(Provider::must_be_active)
}
