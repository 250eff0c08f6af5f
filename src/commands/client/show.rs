//! `client show`: a person, how many signed releases are active, and for who has died what is still planned. For a provider what it
//! takes to come, as long as it has visits of the person.

use super::planned;
use crate::commands::prelude::*;
use crate::context::ContactLook;
use crate::model::client::ClientCard;
use crate::model::held_visit::CallView;
use crate::model::visited_client::VisitedClient;
use crate::store::client::{VisitedClient as Visited, grounds};
use crate::store::held_visit::{self, Filter};

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    if let Some(account) = context.visibility().account() {
        return to_provider(context, account, reference);
    }
    let card = context.read(|tx| {
        let found = store::lookup::<Client>(tx, reference, context.visibility())?;
        let active_releases = store::release::count_active(tx, found.id, context.today)?;
        let still_planned = planned(context, tx, &found)?;
        Ok(ClientCard { client: found, active_releases, still_planned })
    })?;
    context.out.show(&card, || Some(output::client::card(&card, &context.out)))
}

/// The visits are those that still show whose they are, and what is to come.
fn to_provider(context: &Context, account: AccountId, reference: &Reference) -> Result<()> {
    let view = context.read_contacts("client.read", "client show", |tx| {
        let viewer = context.visit_viewer(tx)?;
        let client = store::lookup::<Visited>(tx, reference, (account, viewer.since))?;
        let is_look = context.shows_any::<VisitedClient>(&VisitedClient::CONTACT_FIELDS)?;
        let filter = Filter { client: Some(client.id), from: Some(viewer.since), ..Filter::default() };
        let visits = held_visit::list(tx, &filter, viewer, i64::MAX)?;
        let visits: Vec<CallView> = visits.into_iter().map(|visit| visit.call).collect();
        let grounds = grounds(tx, account, client.id, viewer.since)?;
        let look = |ground| ContactLook::of(client.id, &client.code, ground);
        let looks = grounds.into_iter().filter(|_| is_look).map(look).collect();
        Ok((VisitedClient::new(client, visits), looks))
    })?;
    context.out.show(&view, || Some(output::client::visited(&view, &context.out)))
}
