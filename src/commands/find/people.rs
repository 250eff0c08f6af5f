//! Clients, contacts and referrals.

use super::Finder;
use crate::commands::prelude::*;
use crate::model::find::{Found, FoundKind, Side};
use crate::store::client::grounds;

/// Clients whom a portal account sees are read so many at a time.
const PAGE: i64 = 500;

pub(super) fn find(tx: &mut Tx<'_>, finder: &mut Finder<'_>) -> Result<()> {
    if finder.wants(FoundKind::Client) {
        match finder.context.visibility() {
            Visibility::Staff => clients(tx, finder)?,
            Visibility::Portal(account) => seen_clients(tx, finder, account)?,
        }
    }
    if finder.wants(FoundKind::Contact) {
        contacts(tx, finder)?;
    }
    if finder.wants(FoundKind::Referral) {
        referrals(tx, finder)?;
    }
    Ok(())
}

fn clients(tx: &mut Tx<'_>, finder: &mut Finder<'_>) -> Result<()> {
    for client in store::client::asked(tx, &finder.asked, finder.limit)? {
        let mut sides = vec![Side::code("code", &client.code), Side::name(&client.full_name())];
        sides.extend(client.birth_date.map(|day| Side::date("birth date", day)));
        sides.extend(contact_sides(&client));
        sides.extend(client.former_names.iter().map(|name| Side::other_name("former name", name)));
        let ids = [&client.external_id, &client.source_id];
        sides.extend(ids.into_iter().flatten().map(|id| Side::code("id", id)));
        let show = ["client", "show", &client.code];
        finder.add(FoundKind::Client, &client.code, Some(client.described()), &sides, &show);
    }
    Ok(())
}

fn contact_sides(client: &Client) -> Vec<Side> {
    let phones = client.phones.iter().map(|phone| Side::phone(&phone.number));
    phones.chain(client.postal_code.as_deref().map(Side::postal_code)).collect()
}

/// Each by what the account sees of it alone: the name; the birth date where it answers sharing (rule 3.12); phones and postal
/// code where it has visits of the person (rule 1.12).
fn seen_clients(tx: &mut Tx<'_>, finder: &mut Finder<'_>, account: AccountId) -> Result<()> {
    let since = finder.context.contacts_since(tx)?;
    let mut last: Option<Client> = None;
    loop {
        let page = store::client::seen_with_phones(tx, (account, since), last.as_ref(), PAGE)?;
        for client in &page {
            let mut sides = vec![Side::code("code", &client.code), Side::name(&client.full_name())];
            sides.extend(client.birth_date.map(|day| Side::date("birth date", day)));
            if finder.asked.fit(&sides).is_none() {
                sides.extend(contact_sides(client));
                // Only then does it matter whether it may know these.
                if finder.asked.fit(&sides).is_none() || grounds(tx, account, &[client.id], since)?.is_empty()
                {
                    continue;
                }
            }
            let (name, show) = (Some(client.full_name().to_string()), ["client", "show", &client.code]);
            let found = finder.fitting(FoundKind::Client, &client.code, name, &sides, &show);
            finder.found.extend(found.map(|found| Found { seen: Some(client.id), ..found }));
        }
        last = page.into_iter().next_back();
        if last.is_none() {
            return Ok(());
        }
    }
}

fn contacts(tx: &mut Tx<'_>, finder: &mut Finder<'_>) -> Result<()> {
    let visibility = finder.context.visibility();
    for contact in store::contact::asked(tx, &finder.asked, visibility, finder.limit)? {
        let mut sides = vec![Side::code("number", &contact.number), Side::name(&contact.full_name())];
        sides.extend(contact.phone.as_deref().map(Side::phone));
        sides.extend(contact.postal_code.as_deref().map(Side::postal_code));
        let name = format!("{}, submitted {}", contact.full_name(), contact.submitted_on);
        let show = ["contact", "show", &contact.number];
        finder.add(FoundKind::Contact, &contact.number, Some(name), &sides, &show);
    }
    Ok(())
}

/// Of the fields that a portal account always sees these are searched: contact number, contact name, postal code (rule 2.7).
fn referrals(tx: &mut Tx<'_>, finder: &mut Finder<'_>) -> Result<()> {
    let visibility = finder.context.visibility();
    let mut found = store::referral::quoted(tx, &finder.asked.reference, visibility)?;
    if let Some(account) = visibility.account() {
        let known: Vec<ReferralId> = found.iter().map(|referral| referral.id).collect();
        let others = store::referral::asked(tx, &finder.asked, account)?;
        found.extend(others.into_iter().filter(|referral| !known.contains(&referral.id)));
    }
    for referral in found {
        let shown = referral.view_for_portal();
        let mut sides = vec![Side::code("code", &shown.code)];
        sides.extend(shown.contact_number.as_deref().map(|number| Side::code("contact number", number)));
        if visibility.is_portal() {
            sides.push(Side::name(&shown.contact_name));
            sides.extend(shown.postal_code.as_deref().map(Side::postal_code));
        }
        let whose = if visibility.is_portal() { &shown.contact_name } else { &referral.client_name };
        let name = format!("{whose}, {}: {}", shown.queue, shown.status);
        finder.add(FoundKind::Referral, &shown.code, Some(name), &sides, &["referral", "show", &shown.code]);
    }
    Ok(())
}
