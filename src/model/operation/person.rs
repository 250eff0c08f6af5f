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

/// The client as it was before an entry. Refused if that did not know who it is (rule 2.14).
pub(crate) fn client_before(present: &Client, before: &Value) -> Result<Client> {
    let was = present.clone();
    let phones: Option<Vec<String>> = read(before, "phones")?;
    let phones = phones.map(|phones| phones.iter().map(|phone| phone.parse::<Phone>()).collect());
    let phones = phones.transpose().map_err(|_: String| unreadable())?;
    let client = Client {
        given: read(before, "given")?.unwrap_or(was.given),
        family: read(before, "family")?.unwrap_or(was.family),
        birth_date: read(before, "birth_date")?.unwrap_or(was.birth_date),
        postal_code: read(before, "postal_code")?.unwrap_or(was.postal_code),
        address: read(before, "address")?.unwrap_or(was.address),
        phones: phones.unwrap_or(was.phones),
        carer_note: read(before, "carer_note")?.unwrap_or(was.carer_note),
        external_id: read(before, "id")?.unwrap_or(was.external_id),
        status: read(before, "status")?.unwrap_or(was.status),
        since_on: read(before, "since_on")?.unwrap_or(was.since_on),
        former_names: read(before, "former_names")?.unwrap_or(was.former_names),
        anonymous: read(before, "anonymous")?.unwrap_or(was.anonymous),
        ..present.clone()
    };
    if client.anonymous == present.anonymous { Ok(client) } else { Err(is_known()) }
}

pub(crate) fn contact_before(present: &Contact, before: &Value) -> Result<Contact> {
    let was = present.clone();
    Ok(Contact {
        number: read(before, "number")?.unwrap_or(was.number),
        given: read(before, "given")?.unwrap_or(was.given),
        family: read(before, "family")?.unwrap_or(was.family),
        postal_code: read(before, "postal_code")?.unwrap_or(was.postal_code),
        phone: read(before, "phone")?.unwrap_or(was.phone),
        email: read(before, "email")?.unwrap_or(was.email),
        submitted_on: read(before, "submitted_on")?.unwrap_or(was.submitted_on),
        details: read(before, "details")?.unwrap_or(was.details),
        ..present.clone()
    })
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
