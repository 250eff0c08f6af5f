//! What imports read and write of accounts: hundreds of rows in each statement.

use super::read;
use crate::model::access::Permission;
use crate::model::account::Account;
use crate::model::account::import::{Existing, ResourceRef};
use crate::model::account::naming::ResourceCandidate;
use crate::model::resource::State;
use crate::store::prelude::*;

/// The stored accounts with these folded logins.
pub(crate) fn existing(tx: &mut Tx<'_>, keys: &[&str]) -> Result<Vec<Existing>> {
    tx.lookup_many(
        sql!("account/existing"),
        keys,
        |key| [key as &dyn Param],
        |row| {
            let codes: Option<String> = row.get("resources")?;
            let resources = codes.iter().flat_map(|joined| joined.split(',')).map(str::to_owned).collect();
            Ok(Existing { account: read(row)?, resources })
        },
    )
}

/// The resources that may be meant, each given by a code in its stored form and a folded name.
pub(crate) fn named_resources(
    tx: &mut Tx<'_>, desired: &[(String, String)],
) -> Result<Vec<ResourceCandidate>> {
    tx.lookup_many(sql!("account/named_resources"), desired, |(code, key)| [code as &dyn Param, key], named)
}

fn named(row: &Row<'_>) -> Result<ResourceCandidate> {
    let is_active = row.get::<State>("state")? != State::Inactive;
    let given = ResourceRef { id: row.get("id")?, code: row.get("code")?, is_active };
    from_row! { row => ResourceCandidate { given: given, kind, name, name_key, provider_code } }
}

/// The database refuses a login that is taken.
pub(crate) fn insert_all(tx: &mut Tx<'_>, accounts: &[Account]) -> Result<()> {
    let keyed: Vec<(&Account, String, Option<String>)> =
        accounts.iter().map(|account| (account, fold(&account.login), account.alerts_off.text())).collect();
    tx.bulk(sql!("account/insert_all"), &keyed, |(account, key, off)| {
        let Account { id, login, name, email, level, active, password_hash, .. } = account;
        [id as &dyn Param, login, key, name, email, level, active, off, password_hash]
    })
}

/// Pairs of account and permission; existing ones stay.
pub(crate) fn permit_all(tx: &mut Tx<'_>, pairs: &[(AccountId, Permission)]) -> Result<()> {
    tx.bulk(sql!("account/permit_all"), pairs, |(account, permission)| [account as &dyn Param, permission])
}

/// Pairs of account and resource; existing ones stay.
pub(crate) fn add_resources(tx: &mut Tx<'_>, pairs: &[(AccountId, ResourceId)]) -> Result<()> {
    tx.bulk(sql!("account/add_resources"), pairs, |(account, resource)| [account as &dyn Param, resource])
}
