//! A person as an entry of the audit trail has it.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::model::client::Client;
use crate::model::client_phone::Phone;
use crate::model::contact::Contact;
use crate::model::prelude::*;

pub(crate) fn is_client(view: &Value) -> bool {
    view.get("former_names").is_some()
}

pub(crate) fn is_contact(view: &Value) -> bool {
    view.get("submitted_on").is_some()
}

/// Whether a thing is as an entry tells, as far as that does.
pub(crate) fn is_same(present: &impl Serialize, entry: &Value) -> bool {
    let Ok(present) = serde_json::to_value(present) else { return false };
    let fields = entry.as_object().into_iter().flatten();
    fields.into_iter().all(|(key, value)| present.get(key).is_none_or(|now| now == value))
}

/// Gives a thing the fields that an entry has, each as that has it.
macro_rules! overlay {
    ($thing:ident, $entry:ident: $($field:ident $(= $key:literal)?),+) => {
        $(if let Some(value) = read($entry, overlay!(@key $field $($key)?))? {
            $thing.$field = value;
        })+
    };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
}

/// The client as it was before an entry. Refused if that did not know who it is (rule 2.14).
pub(crate) fn client_before(present: &Client, before: &Value) -> Result<Client> {
    let mut client = present.clone();
    overlay!(client, before: given, family, birth_date, postal_code, address, carer_note, external_id = "id", status, since_on,
        former_names, anonymous);
    if let Some(phones) = read::<Vec<String>>(before, "phones")? {
        let phones: Result<_, String> = phones.iter().map(|phone| phone.parse::<Phone>()).collect();
        client.phones = phones.map_err(|_| unreadable())?;
    }
    if client.anonymous == present.anonymous { Ok(client) } else { Err(is_known()) }
}

pub(crate) fn contact_before(present: &Contact, before: &Value) -> Result<Contact> {
    let mut contact = present.clone();
    overlay!(contact, before: number, given, family, postal_code, phone, email, submitted_on, details);
    Ok(contact)
}

/// None if the entry does not tell; a field that was empty is some nothing.
fn read<T: DeserializeOwned>(entry: &Value, key: &str) -> Result<Option<T>> {
    let value = entry.get(key).cloned().map(serde_json::from_value);
    value.transpose().map_err(|_| unreadable())
}

fn unreadable() -> Error {
    Error::refused("operation.unreadable", "what was there before is not written as this version writes it")
        .hint("change it by hand")
}

pub(crate) fn is_known() -> Error {
    Error::refused("operation.known", "it is known since who the person is, and that cannot be taken back")
        .hint("change by hand what is wrong about the person")
}
