//! Contacts.

mod find;
mod words;

pub(crate) use find::asked;
pub(crate) use words::index_all;

use std::collections::HashMap;

use crate::model::client::{family_last, name};
use crate::model::contact::{Contact, ContactReferral, NOUN};
use crate::model::text::escaped_for_like;
use crate::store::prelude::*;

/// The filter of a list of contacts; an absent field does not limit it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter<'a> {
    pub(crate) id: Option<ContactId>,
    pub(crate) number: Option<&'a str>,
    pub(crate) client: Option<ClientId>,
    /// Only those that were submitted without a name.
    pub(crate) only_anonymous: bool,
    pub(crate) since: Option<NaiveDate>,
    /// This day included.
    pub(crate) until: Option<NaiveDate>,
    /// The cursor: the last row of the page before.
    pub(crate) after: Option<ContactId>,
}

/// Each with who created it. Refused if a number is taken.
pub(crate) fn insert(tx: &mut Tx<'_>, new: &[(Contact, AccountId)]) -> Result<()> {
    let keys: Vec<_> =
        new.iter().map(|(contact, by)| (contact, by, fold(&contact.number), contact.name_key())).collect();
    let inserted = tx.bulk(sql!("contact/insert"), &keys, |(c, by, number_key, name_key)| {
        [
            &c.id as &dyn Param, &c.number, number_key, &c.client_id, &c.given, &c.family, name_key,
            &c.postal_code, &c.phone, &c.email, &c.submitted_on, &c.details, &c.created_at, *by,
        ]
    });
    let first = new.first().map(|(contact, _)| contact.number.as_str()).unwrap_or_default();
    inserted.on_unique("contact_number_key", || number_taken(first))?;
    add_words(tx, new.iter().map(|(contact, _)| contact))
}

/// Refused if the number is taken.
pub(crate) fn update(tx: &mut Tx<'_>, before: &Contact, contact: &Contact) -> Result<()> {
    let c = contact;
    let (number_key, name_key) = (fold(&c.number), c.name_key());
    let values = params![
        c.id, c.number, number_key, c.given, c.family, name_key, c.postal_code, c.phone, c.email,
        c.submitted_on, c.details
    ];
    let changed = tx.run(sql!("contact/update"), values);
    exactly_one(changed.on_unique("contact_number_key", || number_taken(&c.number))?, "contact")?;
    update_words(tx, before, contact)
}

fn number_taken(number: &str) -> Error {
    Error::refused("contact.exists", format!("there is a contact `{number}` already"))
        .hint(format!("look at it with `caredesk contact show {number}`, or give another number"))
        .detail("contact", number)
}

pub(crate) fn is_number_taken(tx: &mut Tx<'_>, number: &str) -> Result<bool> {
    Ok(tx.first(sql!("contact/is_number_taken"), params![fold(number)], |_| Ok(()))?.is_some())
}

/// The newest first, at most `limit`.
pub(crate) fn list(
    tx: &mut Tx<'_>, filter: &Filter<'_>, visibility: Visibility, limit: i64,
) -> Result<Vec<Contact>> {
    let Filter { id, client, since, until, after, .. } = filter;
    let number = filter.number.map(fold);
    let unnamed = filter.only_anonymous.then_some("");
    let values = params![*id, number, *client, *since, *until, *after, visibility.account(), limit, unnamed];
    tx.all(sql!("contact/list"), values, read)
}

/// Those that rows of a table name, by the folded number of each.
pub(crate) fn of_numbers<'a>(
    tx: &mut Tx<'_>, numbers: impl Iterator<Item = &'a String>,
) -> Result<HashMap<String, Contact>> {
    let mut numbers: Vec<String> = numbers.map(|number| fold(number)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let found = tx.all_in(sql!("contact/of_numbers"), params![], &numbers, read)?;
    Ok(found.into_iter().map(|contact| (fold(&contact.number), contact)).collect())
}

/// Those with these ids, in no order.
pub(crate) fn of_ids(tx: &mut Tx<'_>, ids: &[ContactId]) -> Result<Vec<Contact>> {
    tx.all_in(sql!("contact/of_ids"), params![], ids, read)
}

/// By number or its beginning, by name in either order or its beginning, by family name; for a portal account
/// only contacts whose details it may read (rule 2.7).
impl Lookup for Contact {
    finds!(by list, Contact, Contact, Visibility);

    fn candidates(
        tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility,
    ) -> Candidates<noun::Contact> {
        let found = candidates(tx, reference, visibility)?;
        if found.is_empty() { by_family(tx, reference, visibility) } else { Ok(found) }
    }
}

/// Those that are found in an index.
fn candidates(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Candidates<noun::Contact> {
    let (number, number_end) = reference.label_range();
    let (name, name_end) = reference.name_range();
    let code = fold(&reference.code());
    let code_end = format!("{code}\u{10ffff}");
    let turned = family_last(reference);
    let turned_end = format!("{turned}\u{10ffff}");
    let account = visibility.account();
    let few = at_most(account);
    let values =
        params![number, code, number_end, code_end, name, name_end, turned, turned_end, account, few];
    tx.all(sql!("contact/candidates"), values, candidate)
}

/// Reads every name, so it is used only if nothing else fits.
fn by_family(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Candidates<noun::Contact> {
    let plain = escaped_for_like(&fold_name(reference.as_str()));
    tx.all(
        sql!("contact/by_family"),
        params![format!("% {plain}"), format!("% {plain}%"), visibility.account()],
        candidate,
    )
}

/// Those that the actor may see, the oldest first.
pub(crate) fn referrals(
    tx: &mut Tx<'_>, contact: ContactId, visibility: Visibility,
) -> Result<Vec<ContactReferral>> {
    tx.all(sql!("contact/referrals"), params![contact, visibility.account()], |row| {
        from_row! { row => ContactReferral { code, queue, resource, resource_name, status } }
    })
}

fn candidate(row: &Row<'_>) -> Result<Candidate<noun::Contact>> {
    let (given, family): (String, String) = (row.get("given")?, row.get("family")?);
    Ok(Candidate {
        id: row.get("id")?,
        code: row.get("number")?,
        name: name(&given, &family).to_string(),
        rank: row.get("fit")?,
    })
}

fn read(row: &Row<'_>) -> Result<Contact> {
    let (client_given, client_family): (String, String) =
        (row.get("client_given")?, row.get("client_family")?);
    from_row! { row => Contact {
        id, number, client_id, client, client_name: name(&client_given, &client_family), given, family, postal_code, phone, email, submitted_on, details,
        created_at, created_by,
    } }
}
