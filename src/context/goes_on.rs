//! A consent that ends does not always end what is seen: there may be another, or none is needed (rule 3.14).

use std::collections::BTreeMap;

use super::Tx;
use crate::error::Result;
use crate::model::id::ProviderId;
use crate::model::provider::Provider;
use crate::model::sharing::Mode;
use crate::model::text::counted;
use crate::model::visibility::Visibility;
use crate::store;
use crate::store::sharing::Scope;

/// Who still sees what has just been revoked, why, and what ends it; none where that is no provider.
pub(crate) fn goes_on(tx: &mut Tx<'_>, scope: &Scope) -> Result<Option<String>> {
    let mut seen: BTreeMap<ProviderId, i64> = BTreeMap::new();
    for ((recipient, _), records) in store::sharing::visible_records(tx, scope)? {
        *seen.entry(recipient).or_default() += records;
    }
    if seen.is_empty() {
        return Ok(None);
    }
    let mut who = Vec::new();
    for (recipient, records) in seen {
        if let Some(Provider { name, .. }) = store::by_id::<Provider>(tx, recipient, Visibility::INTERNAL)? {
            who.push(format!("`{name}` still sees {}", counted(records, "record", "records")));
        }
    }
    who.sort();
    let why = ground(tx, scope)?;
    Ok(Some(format!("this closes nothing: {}{why}", who.join(", "))))
}

fn ground(tx: &mut Tx<'_>, scope: &Scope) -> Result<String> {
    let owner = store::by_id::<Provider>(tx, scope.owner, Visibility::INTERNAL)?;
    let (Some(owner), Some(data_type)) = (owner, scope.data_type) else { return Ok(String::new()) };
    let Provider { code, name, .. } = owner;
    Ok(match store::sharing::setting(tx, scope.owner, data_type)?.mode() {
        Mode::Automatic => format!(
            ", since `{name}` shares {data_type} automatically; `caredesk sharing setup {code} --type {data_type} --client-by-client on` ends that"
        ),
        Mode::Release => format!(
            ", by a release; `caredesk release list --owner {code} --type {data_type} --status active` lists them"
        ),
        Mode::Request => format!(
            ", by a grant; `caredesk sharing list --incoming {code} --type {data_type} --status granted` lists them"
        ),
        Mode::Nothing => String::new(),
    })
}
