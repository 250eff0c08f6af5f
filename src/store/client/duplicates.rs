//! What is compared of clients to find those that are there twice.

use crate::model::client::ClientStatus;
use crate::model::duplicate::person::Traits;
use crate::store::prelude::*;

/// A client as it is compared.
pub(crate) struct Compared {
    pub(crate) id: ClientId,
    pub(crate) code: String,
    pub(crate) status: ClientStatus,
    pub(crate) traits: Traits,
}

/// All clients, in the order of their keys.
pub(crate) fn compared(tx: &mut Tx<'_>, visibility: Visibility) -> Result<Vec<Compared>> {
    let mut all = traits(tx, visibility)?;
    for (client, name) in all_former_names(tx)? {
        if let Some(one) = of(&mut all, client) {
            one.traits.former_names.push(name);
        }
    }
    for (client, phone) in phones(tx)? {
        if let Some(one) = of(&mut all, client) {
            one.traits.phones.push(phone);
        }
    }
    Ok(all)
}

fn of(all: &mut [Compared], client: ClientId) -> Option<&mut Compared> {
    let place = all.binary_search_by_key(&client, |one| one.id).ok()?;
    all.get_mut(place)
}

fn traits(tx: &mut Tx<'_>, visibility: Visibility) -> Result<Vec<Compared>> {
    tx.all(sql!("client/traits"), params![visibility.account()], |row| {
        let (former_names, phones) = (Vec::new(), Vec::new());
        let traits: Result<Traits> =
            from_row! { row => Traits { given, family, birth_date, postal_code, former_names: former_names, phones: phones } };
        from_row! { row => Compared { id, code, status, traits: traits? } }
    })
}

fn all_former_names(tx: &mut Tx<'_>) -> Result<Vec<(ClientId, String)>> {
    tx.all(sql!("client/all_former_names"), params![], |row| Ok((row.get("client_id")?, row.get("name")?)))
}

fn phones(tx: &mut Tx<'_>) -> Result<Vec<(ClientId, String)>> {
    tx.all(sql!("client/phones"), params![], |row| Ok((row.get("client_id")?, row.get("phone")?)))
}
