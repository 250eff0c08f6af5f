//! `sharing what-if`: who would see more and who no longer what of each client after a change, which is tried and undone (rule
//! 3.9).

use std::collections::BTreeMap;

use clap::Subcommand;

use super::{grant, link, setup};
use crate::commands::prelude::*;
use crate::model::sharing::{Foreseen, foreseen};
use crate::store::sharing::Scope;

/// So many clients are looked up at once.
const AT_ONCE: usize = 500;

#[derive(Args)]
pub(super) struct WhatIf {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Try other settings of a provider
    #[command(override_usage = USAGE[0], after_help = "\
Examples:
  $ caredesk sharing what-if setup harbour --type services --level 3")]
    Setup(setup::Setup),
    /// Try a link of an owner to a recipient
    #[command(override_usage = USAGE[1], after_help = "\
Examples:
  $ caredesk sharing what-if link harbour willow --type services case-notes")]
    Link(link::Link),
    /// Try to remove a link
    #[command(override_usage = USAGE[2], after_help = "\
Examples:
  $ caredesk sharing what-if unlink harbour willow --type services")]
    Unlink(link::Link),
    /// Try to end a granted request
    Revoke(grant::WithReason),
}

/// An option with several values comes after the arguments.
const USAGE: [&str; 3] = [
    "caredesk sharing what-if setup [OPTIONS] <PROVIDER> --type <TYPE>...",
    "caredesk sharing what-if link [OPTIONS] <OWNER> <RECIPIENT> --type <TYPE>...",
    "caredesk sharing what-if unlink [OPTIONS] <OWNER> <RECIPIENT> --type <TYPE>...",
];

pub(super) fn run(context: &Context, command: &WhatIf) -> Result<()> {
    let staff = Right::Level(Action::ChangeSharing);
    let rows = match &command.verb {
        Verb::Setup(settings) => context.foresee(staff, |tx| {
            let owner = setup::owner(context, tx, settings)?;
            difference(tx, &Scope::of(owner.id), |tx| setup::set_all(context, tx, settings, &owner).map(drop))
        }),
        Verb::Link(linked) => context.foresee(staff, |tx| of_link(context, tx, linked, true)),
        Verb::Unlink(linked) => context.foresee(staff, |tx| of_link(context, tx, linked, false)),
        Verb::Revoke(revoked) => context
            .foresee((Permission::AnswerSharing, Action::ChangeSharing), |tx| of_grant(context, tx, revoked)),
    }?;
    context.out.rows(rows, "nothing would change: all see what they see now")
}

fn of_link(context: &Context, tx: &mut Tx<'_>, linked: &link::Link, wanted: bool) -> Result<Vec<Foreseen>> {
    let parties = link::parties(context, tx, linked)?;
    let scope = Scope { recipient: Some(parties[1].id), ..Scope::of(parties[0].id) };
    difference(tx, &scope, |tx| link::set(context, tx, linked, &parties, wanted).map(drop))
}

fn of_grant(context: &Context, tx: &mut Tx<'_>, revoked: &grant::WithReason) -> Result<Vec<Foreseen>> {
    let request = revoked.granted(context, tx)?;
    let scope = Scope::of_request(&request);
    let mut rows = difference(tx, &scope, |tx| grant::revoke_only(context, tx, &request))?;
    // Whose name the request does not say, this does not say either.
    for row in &mut rows {
        row.client_name.clone_from(&request.client_name);
    }
    Ok(rows)
}

/// What each recipient sees of each client before and after, by the names of both.
fn difference(
    tx: &mut Tx<'_>, scope: &Scope, change: impl FnOnce(&mut Tx<'_>) -> Result<()>,
) -> Result<Vec<Foreseen>> {
    let before = store::sharing::visible_by_type(tx, scope)?;
    change(tx)?;
    let mut rows = foreseen(&before, &store::sharing::visible_by_type(tx, scope)?);
    let (providers, clients) = (providers(tx, &rows)?, clients(tx, &rows)?);
    for row in &mut rows {
        if let Some(recipient) = providers.get(&row.recipient_id) {
            row.recipient.clone_from(&recipient.code);
            row.recipient_name.clone_from(&recipient.name);
        }
        if let Some(client) = clients.get(&row.client_id) {
            row.client.clone_from(&client.code);
            row.client_name = Some(client.full_name());
        }
    }
    rows.sort_by(|one, other| one.place().cmp(&other.place()));
    Ok(rows)
}

fn providers(tx: &mut Tx<'_>, rows: &[Foreseen]) -> Result<BTreeMap<ProviderId, Provider>> {
    let mut ids: Vec<ProviderId> = rows.iter().map(|row| row.recipient_id).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(store::provider::of_ids(tx, &ids)?.into_iter().map(|provider| (provider.id, provider)).collect())
}

fn clients(tx: &mut Tx<'_>, rows: &[Foreseen]) -> Result<BTreeMap<ClientId, Client>> {
    let mut ids: Vec<ClientId> = rows.iter().map(|row| row.client_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut found = BTreeMap::new();
    for part in ids.chunks(AT_ONCE) {
        let keys: Vec<_> = part.iter().map(|id| (*id, None)).collect();
        found.extend(store::client::imported(tx, &keys)?.into_iter().map(|client| (client.id, client)));
    }
    Ok(found)
}
