//! `referral create`: adds a referral to a queue.

use super::assign;
use super::{Altered, change, save};
use crate::commands::prelude::*;
use crate::model::referral;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk referral create --queue \"home care\" --client winterbourne
  $ caredesk referral create --queue meals --contact 20417 --resource harbour
  $ referral=$(caredesk -q referral create --queue \"home care\" --client ada)")]
pub(super) struct Create {
    /// The queue: name (or the beginning of it)
    #[arg(long, value_name = "QUEUE")]
    queue: Reference,
    #[command(flatten)]
    whose: Whose,
    /// Assign it to this resource
    #[arg(long, value_name = "RESOURCE")]
    resource: Option<Reference>,
    /// Refuse if the resource has no capacity left
    #[arg(long, requires = "resource")]
    strict: bool,
    /// A note, which the provider also sees
    #[arg(long, value_name = "TEXT", value_parser = text::note, allow_hyphen_values = true)]
    note: Option<String>,
    #[command(flatten)]
    even_so: EvenSo,
}

// Exactly one of the two: a contact determines its client.
#[derive(Args)]
#[group(required = true, multiple = false)]
struct Whose {
    /// The contact: number or name (or the beginning of either)
    #[arg(long, value_name = "CONTACT")]
    contact: Option<Reference>,
    /// The client, if there is no contact: code, id or name (or the beginning of one)
    #[arg(long, value_name = "CLIENT")]
    client: Option<Reference>,
}

pub(super) fn run(context: &Context, command: &Create) -> Result<()> {
    change(context, "referral.create", Action::ChangeReferrals, |tx| {
        let visibility = context.visibility();
        let queue = store::lookup::<Queue>(tx, &command.queue, visibility)?;
        let (client, contact) = whose(tx, &command.whose, visibility)?;
        let resource = store::lookup_optional::<Resource>(tx, command.resource.as_ref(), visibility)?;
        queue.must_be_active()?;
        command.even_so.must_be_alive(&client)?;
        let mut new = arriving(context, tx, command, &queue, client, contact)?;
        let open = store::referral::open_in_queue(tx, new.client_id, new.queue_id)?;
        let mut capacity_note = None;
        let mut warnings: Vec<String> = another(&new, &open).into_iter().collect();
        if let Some(resource) = resource {
            let assignment = assign::take(context, tx, &new, &resource, command.strict)?;
            new.assigned = Some(assignment.assigned);
            warnings.extend(assignment.exhausted);
            capacity_note = assignment.note;
        }
        let alerted = save(context, tx, None, &new)?;
        let Referral { code, client_name, queue, status, assigned, .. } = &new;
        let at = assigned.as_ref().map(|at| format!(", at `{}`", at.name)).unwrap_or_default();
        let sentence =
            format!("Created referral {code} for {client_name} in `{queue}`, status `{status}`{at}.");
        let (sentence, stops) = (Some(sentence), Vec::new());
        Ok(Altered {
            before: None,
            after: new,
            sentence,
            already: None,
            warnings,
            capacity_note,
            stops,
            alerted,
        })
    })
}

/// A warning: one need of one client is often entered twice (rule 1.15).
fn another(new: &Referral, open: &[String]) -> Option<String> {
    let first = open.first()?;
    let more = if open.len() == 1 { String::new() } else { format!(" and {} more", open.len() - 1) };
    Some(format!("{} has an open referral in `{}` already: {first}{more}", new.client_name, new.queue))
}

/// The client, and the contact if one is named.
fn whose(tx: &mut Tx<'_>, reference: &Whose, visibility: Visibility) -> Result<(Client, Option<Contact>)> {
    if let Some(reference) = &reference.contact {
        let contact = store::lookup::<Contact>(tx, reference, visibility)?;
        let client = store::by_id::<Client>(tx, contact.client_id, Visibility::INTERNAL)?;
        let client =
            client.ok_or_else(|| Error::internal("a contact belongs to a client that does not exist"))?;
        return Ok((client, Some(contact)));
    }
    let reference =
        reference.client.as_ref().ok_or_else(|| Error::internal("a referral without a client"))?;
    Ok((store::lookup::<Client>(tx, reference, visibility)?, None))
}

/// The referral in the first status of the queue, without a resource.
fn arriving(
    context: &Context, tx: &mut Tx<'_>, command: &Create, queue: &Queue, client: Client,
    contact: Option<Contact>,
) -> Result<Referral> {
    let first = queue.first();
    let first = first.ok_or_else(|| Error::internal(format!("queue `{}` has no status", queue.name)))?;
    Ok(Referral {
        id: context.key(),
        code: context.code(Prefix::Referral, |code| store::referral::is_code_taken(tx, code))?,
        queue_id: queue.id,
        queue: queue.name.clone(),
        status_id: first.id,
        status: first.label.clone(),
        closed: first.closed,
        client_id: client.id,
        client_name: client.full_name(),
        client: client.code,
        client_postal_code: client.postal_code,
        contact: contact.map(referral::Intake::of),
        assigned: None,
        note: command.note.as_deref().and_then(referral::note),
        created_at: context.now(),
        created_by: context.actor.account.login.clone(),
    })
}
