//! Links between queues and the resources that take their referrals.

use clap::Args;

use super::view;
use crate::context::{Context, Tx};
use crate::error::Result;
use crate::model::access::Action;
use crate::model::queue::{Queue, QueueView};
use crate::model::reference::Reference;
use crate::model::resource::Resource;
use crate::model::text;
use crate::output::Outcome;
use crate::store;

const EXAMPLES: &str = "\
Examples:
  $ caredesk queue add-resource \"home care\" harbour \"night shift\"
  $ caredesk queue remove-resource \"home care\" \"night shift\"";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Resources {
    /// Its name or the beginning of it
    queue: Reference,
    /// Codes or names; a provider stands for its agency record
    #[arg(required = true, value_name = "RESOURCE")]
    resources: Vec<Reference>,
}

pub(super) fn add(context: &Context, command: &Resources) -> Result<()> {
    let change_report = context.out.change_report()?;
    let (outcome, after, named) = change(context, command, "queue.add-resource", |tx, queue, resource| {
        resource.must_not_be_inactive()?;
        store::queue::add_resource(tx, queue.id, resource.id)?;
        Ok(0)
    })?;
    let sentence = match outcome {
        Outcome::Unchanged => {
            format!("The queue `{}` sends referrals to {} already.", after.name, names(&named))
        }
        _ => format!("The queue `{}` sends referrals to {} now.", after.name, names(&named)),
    };
    change_report.say(outcome, &sentence, &after)
}

pub(super) fn remove(context: &Context, command: &Resources) -> Result<()> {
    let change_report = context.out.change_report()?;
    let (outcome, after, named) =
        change(context, command, "queue.remove-resource", |tx, queue, resource| {
            store::queue::remove_resource(tx, queue.id, resource.id)?;
            store::queue::open_referrals(tx, queue.id, Some(resource.id))
        })?;
    let stay: i64 = named.iter().map(|(_, referrals)| referrals).sum();
    let mut sentence = match outcome {
        Outcome::Unchanged => {
            format!("The queue `{}` sends no referrals to {} anyway.", after.name, names(&named))
        }
        _ => format!("The queue `{}` sends no more referrals to {}.", after.name, names(&named)),
    };
    if stay > 0 && outcome != Outcome::Unchanged {
        let count = usize::try_from(stay).unwrap_or(usize::MAX);
        sentence +=
            &format!(" {} assigned.", text::counted(count, "open referral stays", "open referrals stay"));
    }
    change_report.say(outcome, &sentence, &after)
}

/// The resources of the command, each with the result of `act`.
type Named = Vec<(Resource, i64)>;

fn change(
    context: &Context,
    command: &Resources,
    action: &'static str,
    act: impl Fn(&mut Tx<'_>, &Queue, &Resource) -> Result<i64>,
) -> Result<(Outcome, QueueView, Named)> {
    let visibility = context.visibility();
    context.write(|tx| {
        let queue = store::lookup::<Queue>(tx, &command.queue, visibility)?;
        let resources = store::lookup_many::<Resource>(tx, &command.resources, visibility)?;
        context.actor.may(Action::ChangeQueues)?;
        let before = view(tx, &queue)?;
        let mut named: Named = Vec::new();
        for resource in resources {
            let number = act(tx, &queue, &resource)?;
            named.push((resource, number));
        }
        let after = view(tx, &queue)?;
        if after == before {
            return Ok((Outcome::Unchanged, after, named));
        }
        context.audit(tx, action, &after.name, Some(&before), Some(&after))?;
        Ok((Outcome::Updated, after, named))
    })
}

fn names(named: &Named) -> String {
    let names: Vec<String> = named.iter().map(|(resource, _)| format!("`{}`", resource.name)).collect();
    names.join(", ")
}
