//! `provider remove-resource`: a program becomes inactive, and accounts and queues let go of it.

use super::{card, change_access, change_link};
use crate::commands::prelude::*;
use crate::context::Audited;
use crate::model::resource::State;
use crate::model::sharing::Effect;
use crate::store::stop::Attended;

#[derive(Args)]
pub(super) struct RemoveResource {
    /// Code or name (or the beginning of either)
    provider: Reference,
    /// The program: code or name
    resource: Reference,
}

pub(super) fn run(context: &Context, command: &RemoveResource) -> Result<()> {
    context.change("provider.remove-resource", Action::ChangeProviders, |tx| {
        let provider = store::lookup::<Provider>(tx, &command.provider, context.visibility())?;
        let before = meant(tx, &provider, &command.resource, context.visibility())?;
        must_be_of(&before, &provider)?;
        before.must_be_program("resource.agency", "stays as long as the provider", "deactivate PROVIDER")?;
        before.must_be_free(store::resource::open_referrals(tx, before.id)?)?;
        let card_before = card(context, tx, &before)?;
        let attended = Attended::of(tx, vec![before.id])?;
        let mut stops = store::stop::of_resource(tx, before.id, context.now())?;
        let others = disconnect(tx, &before)?;
        stops.extend(attended.lost(tx)?);
        let after = Resource { state: State::Inactive, ..before.clone() };
        if after != before {
            store::resource::update(tx, &after)?;
            store::resource::index(tx, &[after.provider_id])?;
        }
        let sentence = sentence(before.state, &after);
        let what = format!("remove resource {} ({})", after.code, after.name);
        Ok(Change::of(before, after.clone())
            .preceded_by(others)
            .shown_as(card_before, card(context, tx, &after)?)
            .saying(sentence)
            .stopping(what, Effect::stopping(stops)))
    })
}

fn sentence(state: State, program: &Resource) -> String {
    format!(
        "Changed resource {} ({}): state {} → {}, without queues and accounts.",
        program.code, program.name, state, program.state
    )
}

/// Resolves a program of this provider by name, ahead of equal names elsewhere. A portal account sees no more here
/// than anywhere else.
fn meant(
    tx: &mut Tx<'_>, provider: &Provider, reference: &Reference, visibility: Visibility,
) -> Result<Resource> {
    if visibility == Visibility::Staff
        && let Some(own) = store::resource::of_name(tx, provider.id, reference.as_str())?
    {
        return Ok(own);
    }
    store::lookup::<Resource>(tx, reference, visibility)
}

fn must_be_of(resource: &Resource, provider: &Provider) -> Result<()> {
    if resource.provider_id == provider.id {
        return Ok(());
    }
    let (name, of, asked) = (&resource.name, &resource.provider_name, &provider.name);
    Err(Error::refused(
        "resource.other_provider",
        format!("resource `{name}` is of `{of}`, not of `{asked}`"),
    )
    .hint(format!("`caredesk resource list --provider {}` shows its own", provider.code))
    .detail("provider", resource.provider.clone()))
}

/// Without the queue links, the agency's accounts lose access too.
fn disconnect(tx: &mut Tx<'_>, resource: &Resource) -> Result<Vec<Audited>> {
    let mut entries = Vec::new();
    for (account, login) in store::resource::holders(tx, resource.id)? {
        entries.extend(change_access(tx, (account, &login), "account.remove-resource", |tx| {
            store::account::remove_resource(tx, account, resource.id)
        })?);
    }
    for (queue, name) in store::resource::queues(tx, resource.id)? {
        entries.extend(change_link(tx, (queue, &name), "queue.remove-resource", |tx| {
            store::queue::remove_resource(tx, queue, resource.id)
        })?);
    }
    Ok(entries)
}
