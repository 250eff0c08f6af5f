//! `referral create`: a need arrives in a queue.

use clap::Args;

use super::{answer, assign, remember};
use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::model::access::Action;
use crate::model::code::Prefix;
use crate::model::queue::Queue;
use crate::model::reference::Reference;
use crate::model::referral::{self, Referral};
use crate::model::text;
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

// One of the two, and not both: the contact says whose it is.
#[derive(Args)]
#[group(required = true, multiple = false)]
struct Whose {
    /// The client: a code, an id or a name, or the beginning of one
    #[arg(long, value_name = "CLIENT")]
    client: Option<Reference>,
}

pub(super) fn run(context: &Context, command: &Create) -> Result<()> {
    let (made, assignment) = context.write(|tx| {
        let queue = store::queue::find(tx, &command.queue, context.actor.sight())?;
        let new = arriving(context, tx, command, &queue)?;
        let resource = assign::find(context, tx, command.resource.as_ref())?;
        context.actor.may(Action::ChangeReferrals)?;
        queue.must_be_active()?;
        let assignment = match resource {
            Some(resource) => Some(assign::take(context, tx, &new, &resource, command.strict)?),
            None => None,
        };
        let made = Referral { assigned: assignment.as_ref().map(|taken| taken.assigned.clone()), ..new };
        store::referral::insert(tx, &made, context.actor.account.id)?;
        remember(context, tx, &made, referral::changes(None, &made))?;
        context.audit(tx, "referral.create", &made.code, None::<&()>, Some(&made.view()))?;
        Ok((made, assignment))
    })?;
    let mut said = format!(
        "Made the referral {} for {} in `{}`, status `{}`",
        made.code, made.client_name, made.queue, made.status
    );
    if let Some(taken) = &assignment {
        taken.warn(context);
        said += &format!(", at `{}`", taken.assigned.name);
    }
    answer(context, Outcome::Created, &(said + "."), &made)
}

/// The referral as it comes into the first status of the queue, at no resource yet.
fn arriving(context: &Context, tx: &mut Tx<'_>, command: &Create, queue: &Queue) -> Result<Referral> {
    let typed = command.whose.client.as_ref().ok_or_else(|| Error::internal("a referral of nobody"))?;
    let client = store::client::find(tx, typed, context.actor.sight())?;
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
        contact: None,
        assigned: None,
        note: command.note.as_deref().and_then(referral::note),
        created_at: context.now,
        created_by: context.actor.account.login.clone(),
    })
}
