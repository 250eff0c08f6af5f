//! `referral create`: adds a referral to a queue.

use clap::Args;

use super::assign::{self, Assignment};
use super::{answer, remember};
use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::model::access::Action;
use crate::model::client::Client;
use crate::model::code::Prefix;
use crate::model::contact::Contact;
use crate::model::queue::Queue;
use crate::model::reference::Reference;
use crate::model::referral::{self, Referral};
use crate::model::resource::Resource;
use crate::model::text;
use crate::model::visibility::Visibility;
use crate::output::Outcome;
use crate::store;

const CREATE_EXAMPLES: &str = "\
Examples:
  $ caredesk referral create --queue \"home care\" --client winterbourne
  $ caredesk referral create --queue meals --contact 20417 --resource harbour
  $ referral=$(caredesk -q referral create --queue \"home care\" --client winterbourne)";

#[derive(Args)]
#[command(after_help = CREATE_EXAMPLES)]
pub(super) struct Create {
    /// Which queue: its name or the beginning of it
    #[arg(long, value_name = "QUEUE")]
    queue: Reference,
    #[command(flatten)]
    whose: Whose,
    /// Send it to this resource at once
    #[arg(long, value_name = "RESOURCE")]
    resource: Option<Reference>,
    /// Refuse where the resource has no capacity left
    #[arg(long, requires = "resource")]
    strict: bool,
    /// Whatever else should be known; the provider reads it too
    #[arg(long, value_name = "TEXT", value_parser = text::free, allow_hyphen_values = true)]
    note: Option<String>,
}

// Exactly one of the two: a contact determines its client.
#[derive(Args)]
#[group(required = true, multiple = false)]
struct Whose {
    /// The contact: its number or name, or the beginning of either
    #[arg(long, value_name = "CONTACT")]
    contact: Option<Reference>,
    /// The client, where there is no contact: a code, an id or a name, or the beginning of one
    #[arg(long, value_name = "CLIENT")]
    client: Option<Reference>,
}

pub(super) fn run(context: &Context, command: &Create) -> Result<()> {
    let answer = answer(context)?;
    let (made, assignment) = context.write(|tx| {
        let visibility = context.visibility();
        let queue = store::lookup::<Queue>(tx, &command.queue, visibility)?;
        let (client, contact) = whose(tx, &command.whose, visibility)?;
        let resource = store::lookup_optional::<Resource>(tx, command.resource.as_ref(), visibility)?;
        context.actor.may(Action::ChangeReferrals)?;
        queue.must_be_active()?;
        let made = arriving(context, tx, command, &queue, client, contact)?;
        match resource {
            Some(resource) => sent(context, tx, made, &resource, command.strict),
            None => save(context, tx, &made).map(|()| (made, None)),
        }
    })?;
    if let Some((assignment, _)) = &assignment {
        assignment.warn(context);
    }
    answer.say(Outcome::Created, &sentence(&made, assignment.map(|(_, accounts)| accounts)), &made)
}

/// Creates the referral and assigns it.
fn sent(
    context: &Context,
    tx: &mut Tx<'_>,
    new: Referral,
    resource: &Resource,
    strict: bool,
) -> Result<(Referral, Option<(Assignment, usize)>)> {
    let assignment = assign::take(context, tx, &new, resource, strict)?;
    let made = Referral { assigned: Some(assignment.assigned.clone()), ..new };
    save(context, tx, &made)?;
    let accounts = assign::alert(context, tx, &made)?;
    Ok((made, Some((assignment, accounts))))
}

fn save(context: &Context, tx: &mut Tx<'_>, made: &Referral) -> Result<()> {
    store::referral::insert(tx, made, context.actor.account.id)?;
    remember(context, tx, made, referral::changes(None, made))?;
    context.audit(tx, "referral.create", &made.code, None::<&()>, Some(&made.view()))
}

fn sentence(made: &Referral, accounts: Option<usize>) -> String {
    let Referral { code, client_name, queue, status, .. } = made;
    let at = made
        .assigned
        .as_ref()
        .zip(accounts)
        .map(|(at, accounts)| format!(", at `{}`; {}", at.name, assign::alerted(accounts)));
    format!(
        "Created the referral {code} for {client_name} in `{queue}`, status `{status}`{}.",
        at.unwrap_or_default()
    )
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
    context: &Context,
    tx: &mut Tx<'_>,
    command: &Create,
    queue: &Queue,
    client: Client,
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
        created_at: context.now,
        created_by: context.actor.account.login.clone(),
    })
}
