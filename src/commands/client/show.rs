//! `client show`: a person, what is open about it, how many signed releases are active, and for who has died what is still planned. For a provider what it
//! takes to come, as long as it has visits of the person, and if it answers sharing what it has of the person itself and how that stands
//! with its partners (rule 3.12).

use super::card;
use crate::commands::prelude::*;
use crate::context::ContactLook;
use crate::model::held_visit::CallView;
use crate::model::sharing::{Link, Request};
use crate::model::visited_client::{ClientSharing, VisitedClient};
use crate::store::client::{VisitedClient as Visited, grounds};
use crate::store::held_visit;
use crate::store::sharing::{Filter, LinkFilter};

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    if let Some(account) = context.visibility().account() {
        return to_provider(context, account, reference);
    }
    let card = context.read(|tx| {
        let found = store::lookup::<Client>(tx, reference, context.visibility())?;
        card(context, tx, found)
    })?;
    context.out.show(&card, || Some(output::client::card(&card, &context.out)))
}

/// The visits are those that still show whose they are, and what is to come.
fn to_provider(context: &Context, account: AccountId, reference: &Reference) -> Result<()> {
    let view = context.read_contacts("client.read", "client show", |tx| {
        let viewer = context.visit_viewer(tx)?;
        let client = store::lookup::<Visited>(tx, reference, (account, viewer.since))?;
        let grounds = grounds(tx, account, &[client.id], viewer.since)?;
        let mut view = VisitedClient::named(&client);
        if store::client::is_seen(tx, account, client.id)? {
            view.birth_date = client.birth_date;
            view.records = store::client::own_records(tx, account, client.id)?;
            view.sharing = sharing(context, tx, client.id, account)?;
        }
        if grounds.is_empty() {
            return Ok((view, Vec::new()));
        }
        let is_look = context.shows_any::<VisitedClient>(&VisitedClient::CONTACT_FIELDS)?;
        let filter =
            held_visit::Filter { client: Some(client.id), from: Some(viewer.since), ..Default::default() };
        let visits = held_visit::list(tx, &filter, viewer, i64::MAX)?;
        let visits: Vec<CallView> = visits.into_iter().map(|visit| visit.call).collect();
        let look = |ground| ContactLook::of(&client.code, ground);
        let looks = grounds.into_iter().filter(|_| is_look).map(look).collect();
        Ok((view.visited(client, visits), looks))
    })?;
    context.out.show(&view, || Some(output::client::visited(&view, &context.out)))
}

/// One row a link from or to a provider that the account speaks for, with the newest request that it sees.
fn sharing(
    context: &Context, tx: &mut Tx<'_>, client: ClientId, account: AccountId,
) -> Result<Vec<ClientSharing>> {
    let visibility = context.visibility();
    let links = store::sharing::links(tx, &LinkFilter::default(), visibility)?;
    let filter = Filter { client: Some(client), ..Filter::default() };
    let requests = store::sharing::requests(tx, &filter, visibility, i64::MAX)?;
    let visible = store::sharing::visible_of_client(tx, client, Some(account))?;
    let row = |link: Link| {
        let key = (link.owner_id, link.recipient_id, link.data_type());
        let of_link = |request: &&Request| (request.owner_id, request.recipient_id, request.data_type) == key;
        let newest = requests.iter().find(of_link);
        let view = link.view();
        ClientSharing {
            owner: view.owner,
            owner_name: view.owner_name,
            recipient: view.recipient,
            recipient_name: view.recipient_name,
            data_type: view.data_type,
            sharing: view.sharing,
            request: newest.map(|request| request.code.clone()),
            status: newest.map(|request| request.status(context.today)),
            expires_on: newest.and_then(|request| request.expires_on),
            records: visible.get(&key).copied().unwrap_or(0),
        }
    };
    Ok(links.into_iter().map(row).collect())
}
