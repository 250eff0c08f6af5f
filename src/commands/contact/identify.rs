//! Who the anonymous person of a contact is (rule 2.14): a client that exists, or one who gets a name.

use crate::commands::prelude::*;
use crate::context::Audited;
use crate::model::client::{MergedClient, may_see_who};
use crate::model::contact::ContactView;
use crate::model::erasure::must_not_be_erased;
use crate::model::merge::moved_words;

/// What becomes known with a contact.
#[derive(Default)]
pub(super) struct Identified {
    audited: Vec<Audited>,
    question: Option<String>,
    notes: Vec<String>,
}

impl Identified {
    pub(super) fn joined_to(self, change: Change<ContactView>) -> Change<ContactView> {
        change.preceded_by(self.audited).asking(self.question).noting_all(self.notes)
    }
}

/// The contact after the edit, of the client that its person is.
pub(super) fn known(
    context: &Context, tx: &mut Tx<'_>, (before, after): (&Contact, Contact), client: Option<Client>,
) -> Result<(Contact, Identified)> {
    let own = store::by_id::<Client>(tx, before.client_id, Visibility::INTERNAL)?;
    let own = own.ok_or_else(|| Error::internal("a contact of a client that does not exist"))?;
    match client {
        Some(client) if client.id != own.id => {
            let identified = given_to(context, tx, before, &own, &client)?;
            let (client_id, code, client_name) = (client.id, client.code.clone(), client.full_name());
            let after = Contact { client_id, client: code, client_name, ..after };
            if client.anonymous {
                must_stay_anonymous(&after)?;
            }
            Ok((after, identified))
        }
        _ if own.anonymous && !after.is_anonymous() => named(tx, &own, after),
        _ => Ok((after, Identified::default())),
    }
}

/// Refused: a name for one of two contacts of a person who is still unknown.
fn must_stay_anonymous(after: &Contact) -> Result<()> {
    if after.is_anonymous() {
        return Ok(());
    }
    let message = format!("{} is anonymous, and the contact has a name", after.client);
    Err(Error::refused("client.anonymous", message).hint("first say who it is, with the name alone"))
}

/// All that there is about the anonymous person becomes that of the client.
fn given_to(
    context: &Context, tx: &mut Tx<'_>, contact: &Contact, own: &Client, client: &Client,
) -> Result<Identified> {
    must_be_anonymous(contact, own, client)?;
    must_not_be_erased(&client.code, store::erasure::erased_at(tx, client.id)?)?;
    let providers = store::client::providers_with_referrals(tx, own.id)?;
    let joined = client.clone().joined_by(own);
    store::client::update(tx, client, &joined)?;
    let moved = store::client::move_all(tx, own.id, client.id, context.now())?;
    let leads = |to: Option<&str>| MergedClient { client: own.clone(), merged_into: to.map(str::to_owned) };
    let given_up = Audited::other("client.merge", &own.code, &leads(None), &leads(Some(&client.code)));
    let edited = Audited::other("client.merge", &client.code, client, &joined);
    let sight = may_see_who(&providers).map(|sight| format!(" {sight}.")).unwrap_or_default();
    let question = format!(
        "Is the anonymous {} of contact {} {} ({}), and from now on only {}? This cannot be taken back. It brings {}.{sight}",
        own.code,
        contact.number,
        client.described(),
        client.code,
        client.code,
        moved_words(&moved),
    );
    let is = format!("{} is {} from now on, with {}", own.code, client.code, moved_words(&moved));
    Ok(Identified {
        audited: given_up.into_iter().chain(edited).collect(),
        question: Some(question),
        notes: [is].into_iter().chain(may_see_who(&providers)).collect(),
    })
}

/// A contact of a known person stays with that person.
fn must_be_anonymous(contact: &Contact, own: &Client, client: &Client) -> Result<()> {
    if own.anonymous {
        return Ok(());
    }
    let (code, name) = (&own.code, own.full_name());
    let message = format!("contact {} is of {name} ({code}), who is not anonymous", contact.number);
    Err(Error::refused("contact.known", message)
        .hint(format!(
            "if both are one person, `caredesk client merge {code} --into {}` says so",
            client.code
        ))
        .detail("client", code.clone()))
}

/// The name of the contact is that of its person too.
fn named(tx: &mut Tx<'_>, own: &Client, after: Contact) -> Result<(Contact, Identified)> {
    let client = own.clone().called(after.given.clone(), after.family.clone());
    store::client::update(tx, own, &client)?;
    let after = Contact { client_name: client.full_name(), ..after };
    let audited = Audited::other("client.edit", &own.code, own, &client).into_iter().collect();
    let is = format!("{} is {} from now on", own.code, client.full_name());
    let seen = may_see_who(&store::client::providers_with_referrals(tx, own.id)?);
    Ok((after, Identified { audited, question: None, notes: [is].into_iter().chain(seen).collect() }))
}
