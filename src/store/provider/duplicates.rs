//! What is compared of providers to find those that are there twice.

use crate::model::duplicate::organisation::Traits;
use crate::store::prelude::*;

/// A provider as it is compared.
pub(crate) struct Compared {
    pub(crate) id: ProviderId,
    pub(crate) code: String,
    pub(crate) active: bool,
    pub(crate) traits: Traits,
}

/// All providers, in the order of their keys.
pub(crate) fn compared(tx: &mut Tx<'_>, visibility: Visibility) -> Result<Vec<Compared>> {
    let mut all = traits(tx, visibility)?;
    for (provider, number) in all_phones(tx)? {
        if let Some(one) = of(&mut all, provider) {
            one.traits.phones.push(number);
        }
    }
    for (provider, address) in all_addresses(tx)? {
        if let Some(one) = of(&mut all, provider) {
            one.traits.addresses.push(address);
        }
    }
    Ok(all)
}

fn of(all: &mut [Compared], provider: ProviderId) -> Option<&mut Compared> {
    let place = all.binary_search_by_key(&provider, |one| one.id).ok()?;
    all.get_mut(place)
}

fn traits(tx: &mut Tx<'_>, visibility: Visibility) -> Result<Vec<Compared>> {
    tx.all(sql!("provider/traits"), params![visibility.account()], |row| {
        let (name, alternate): (String, Option<String>) = (row.get("name")?, row.get("alternate_name")?);
        let phone: Option<String> = row.get("phone")?;
        let traits: Result<Traits> = from_row! { row => Traits {
            names: [name].into_iter().chain(alternate).collect(), phones: phone.into_iter().collect(), email, url,
            addresses: Vec::new(),
        } };
        from_row! { row => Compared { id, code, active, traits: traits? } }
    })
}

fn all_phones(tx: &mut Tx<'_>) -> Result<Vec<(ProviderId, String)>> {
    tx.all(sql!("provider/all_phones"), params![], |row| Ok((row.get("provider_id")?, row.get("number")?)))
}

fn all_addresses(tx: &mut Tx<'_>) -> Result<Vec<(ProviderId, (String, String))>> {
    tx.all(sql!("provider/all_addresses"), params![], |row| {
        Ok((row.get("provider_id")?, (row.get("line_1")?, row.get("postal_code")?)))
    })
}
