//! People, of whom no earlier row is kept: the entries of the audit trail alone say what they were, and an erasure empties those.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::context::operation::links_behind;
use crate::db::Tx;
use crate::error::Result;
use crate::model::audit::{Link, noun_of};
use crate::model::client::Client;
use crate::model::contact::Contact;
use crate::model::operation::person::{client_before, contact_before, is_client, is_contact, is_same};
use crate::model::reference::Reference;
use crate::model::visibility::Visibility;
use crate::store::{by_id, client, contact, lookup};

/// A client or a contact that an operation has changed.
pub(super) enum Person {
    Client { present: Client, before: Client },
    Contact { present: Contact, before: Contact },
}

/// Those of these entries, and the entries of changes that are in the way of one.
pub(super) fn of(tx: &mut Tx<'_>, links: &[Link]) -> Result<(Vec<Person>, BTreeSet<i64>)> {
    let (mut people, mut changed) = (Vec::new(), BTreeSet::new());
    for link in links {
        let (Some(before), Some(after)) = (json(link.entry.before.as_ref()), json(link.entry.after.as_ref()))
        else {
            continue;
        };
        let found = if is_client(&after) {
            of_client(tx, link, (&before, &after))?
        } else if is_contact(&after) {
            of_contact(tx, (&before, &after))?
        } else {
            continue;
        };
        match found {
            Some(person) => people.push(person),
            None => changed.extend(later(tx, link, &after)?),
        }
    }
    Ok((people, changed))
}

/// None if it is not as the entry left it.
fn of_client(tx: &mut Tx<'_>, link: &Link, (before, after): (&Value, &Value)) -> Result<Option<Person>> {
    let Ok(code) = link.entry.subject.parse::<Reference>() else { return Ok(None) };
    let Ok(present) = lookup::<Client>(tx, &code, Visibility::INTERNAL) else { return Ok(None) };
    if present.code != link.entry.subject || !is_same(&present, after) {
        return Ok(None);
    }
    let before = client_before(&present, before)?;
    Ok(Some(Person::Client { present, before }))
}

fn of_contact(tx: &mut Tx<'_>, (before, after): (&Value, &Value)) -> Result<Option<Person>> {
    let number = after.get("number").and_then(Value::as_str).unwrap_or_default();
    let Ok(number) = number.parse::<Reference>() else { return Ok(None) };
    let Ok(present) = lookup::<Contact>(tx, &number, Visibility::INTERNAL) else { return Ok(None) };
    let mut view = after.clone();
    if let Some(view) = view.as_object_mut() {
        // What follows from other things.
        for key in ["referrals", "client_name", "anonymous"] {
            view.remove(key);
        }
    }
    if !is_same(&present.view(false, Vec::new()), &view) {
        return Ok(None);
    }
    let client = by_id::<Client>(tx, present.client_id, Visibility::INTERNAL)?;
    let before = contact_before(&present, before)?;
    if client.is_some_and(|client| client.anonymous != before.is_anonymous()) {
        return Err(crate::model::operation::person::is_known());
    }
    Ok(Some(Person::Contact { present, before }))
}

/// The entries about the same after this one.
fn later(tx: &mut Tx<'_>, link: &Link, after: &Value) -> Result<Vec<i64>> {
    let mut names = vec![link.entry.subject.as_str()];
    names.extend(after.get("number").and_then(Value::as_str));
    let mut found = Vec::new();
    for name in names {
        let later = links_behind(tx, noun_of(&link.entry.action), name, link.sequence)?;
        found.extend(later.iter().map(|later| later.sequence));
    }
    Ok(found)
}

impl Person {
    pub(super) fn put_back(&self, tx: &mut Tx<'_>) -> Result<()> {
        match self {
            Person::Client { present, before } => client::update(tx, present, before),
            Person::Contact { present, before } => contact::update(tx, present, before),
        }
    }
}

fn json(text: Option<&String>) -> Option<Value> {
    serde_json::from_str(text?).ok()
}
