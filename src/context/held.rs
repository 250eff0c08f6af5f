//! What an account is given.

use super::Tx;
use crate::error::Result;
use crate::model::account::Account;
use crate::model::whoami::Held;
use crate::store::{provider, resource};

/// The providers that a portal account speaks for, and the resources that it acts for; none of staff.
pub(crate) fn held(tx: &mut Tx<'_>, account: &Account) -> Result<(Vec<Held>, Vec<Held>)> {
    let visibility = account.visibility();
    if !visibility.is_portal() {
        return Ok(Default::default());
    }
    let providers = provider::list(tx, &provider::Filter::default(), visibility, i64::MAX)?.into_iter();
    let resources = resource::list(tx, &resource::Filter::default(), visibility, i64::MAX)?.into_iter();
    let providers = providers.map(|one| Held { code: one.code, name: one.name });
    let resources = resources.map(|one| Held { code: one.code, name: one.name });
    Ok((providers.collect(), resources.collect()))
}
