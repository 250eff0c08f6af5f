//! Providers that can be named as a party of sharing.

use crate::model::provider::{NOUN, Provider};
use crate::store::prelude::*;

/// Staff name any provider; a portal account its own providers and those linked with them.
pub(crate) enum Partner {}

impl Lookup for Partner {
    finds!(Provider, Provider, Visibility);

    fn exact(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Result<Option<Provider>> {
        if visibility.is_portal() { Ok(None) } else { Provider::exact(tx, reference, visibility) }
    }

    fn candidates(
        tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility,
    ) -> Candidates<noun::Provider> {
        match visibility {
            Visibility::Staff => Provider::candidates(tx, reference, visibility),
            Visibility::Portal(account) => partners(tx, reference, account),
        }
    }

    fn by_id(tx: &mut Tx<'_>, id: ProviderId, _: Visibility) -> Result<Option<Provider>> {
        Provider::by_id(tx, id, Visibility::INTERNAL)
    }

    fn names(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Result<Vec<String>> {
        if visibility.is_portal() { Ok(Vec::new()) } else { Provider::names(tx, reference, visibility) }
    }
}

fn partners(tx: &mut Tx<'_>, reference: &Reference, account: AccountId) -> Candidates<noun::Provider> {
    let (code, code_end) = reference.code_range();
    let (name, name_end) = reference.name_range();
    let values = params![code, code_end, name, name_end, account];
    tx.all(sql!("provider/partners"), values, coded_and_named)
}
