//! `queue`: lists of referrals with statuses of their own.

mod link;
mod status;

use clap::{Args, Subcommand};

use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::model::access::Action;
use crate::model::queue::{self, QueueView, StatusSpec};
use crate::model::reference::Reference;
use crate::model::text;
use crate::model::visibility::Visibility;
use crate::output::{self, Outcome, Page};
use crate::store;
use crate::store::queue::Filter;

#[derive(Args)]
pub(crate) struct Queue {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Create a queue
    Create(Create),
    /// List queues by name; inactive ones only with --all
    List(List),
    /// Show a queue, its statuses and the resources that take its referrals
    Show {
        /// Its name or the beginning of it
        queue: Reference,
    },
    /// Rename a queue
    Edit(Edit),
    /// Add a status to a queue, or bring back a retired one
    AddStatus(status::Add),
    /// Retire a status; one without referrals is deleted
    RetireStatus(status::Retire),
    /// Link a queue to resources that take its referrals
    AddResource(link::Resources),
    /// Unlink a queue from resources; assigned referrals stay
    RemoveResource(link::Resources),
    /// Activate a queue: it takes new referrals again
    Activate {
        /// Its name or the beginning of it
        queue: Reference,
    },
    /// Deactivate a queue: it takes no new referrals, and its history stays
    Deactivate {
        /// Its name or the beginning of it
        queue: Reference,
    },
}

const CREATE_EXAMPLES: &str = "\
Examples:
  $ caredesk queue create Meals --status New --status Visited --status Done:closed";

#[derive(Args)]
#[command(after_help = CREATE_EXAMPLES)]
struct Create {
    /// What the queue is called
    #[arg(value_parser = text::name)]
    name: String,
    /// A status, in order; the first is where referrals arrive
    #[arg(long = "status", value_name = "LABEL[:closed]", required = true)]
    statuses: Vec<StatusSpec>,
    /// Leave a queue of this name as it is
    #[arg(long)]
    if_not_exists: bool,
}

#[derive(Args)]
struct List {
    /// Inactive ones as well
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    page: Page,
}

#[derive(Args)]
struct Edit {
    /// Its name or the beginning of it
    queue: Reference,
    /// Another name
    #[arg(long, value_parser = text::name)]
    name: String,
}

pub(crate) fn run(context: &Context, command: Queue) -> Result<()> {
    match command.verb {
        Verb::Create(create) => self::create(context, &create),
        Verb::List(list) => self::list(context, &list),
        Verb::Show { queue } => show(context, &queue),
        Verb::Edit(edit) => self::edit(context, &edit),
        Verb::AddStatus(command) => status::add(context, &command),
        Verb::RetireStatus(command) => status::retire(context, &command),
        Verb::AddResource(command) => link::add(context, &command),
        Verb::RemoveResource(command) => link::remove(context, &command),
        Verb::Activate { queue } => activate(context, &queue),
        Verb::Deactivate { queue } => deactivate(context, &queue),
    }
}

fn create(context: &Context, command: &Create) -> Result<()> {
    let change_report = context.out.change_report()?;
    context.actor.may(Action::ChangeQueues)?;
    let made =
        queue::Queue::new(context.key(), command.name.clone(), command.statuses.clone(), || context.key());
    let made = made.map_err(|why| Error::invalid("queue.statuses", why))?;
    let (outcome, view) = context.write(|tx| {
        let same = store::queue::list(tx, &Filter::default(), Visibility::INTERNAL, i64::MAX)?
            .into_iter()
            .find(|queue| text::fold(&queue.name) == text::fold(&made.name));
        if let Some(same) = same.filter(|_| command.if_not_exists) {
            return Ok((Outcome::Unchanged, view(tx, &same)?));
        }
        store::queue::insert(tx, &made)?;
        context.audit(tx, "queue.create", &made.name, None::<&()>, Some(&made.view(Vec::new())))?;
        Ok((Outcome::Created, made.view(Vec::new())))
    })?;
    let verb = if outcome == Outcome::Created { "Created the queue" } else { "There is a queue" };
    change_report.say(outcome, &format!("{verb} `{}` with {}.", view.name, labels(&view)), &view)
}

fn labels(view: &QueueView) -> String {
    let taking = view.statuses.iter().filter(|status| !status.retired);
    taking.map(|status| status.label.as_str()).collect::<Vec<_>>().join(", ")
}

fn view(tx: &mut Tx<'_>, queue: &queue::Queue) -> Result<QueueView> {
    Ok(queue.view(store::queue::resources(tx, queue.id)?))
}

fn list(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    let active = (!command.all).then_some(true);
    let mut list = context.out.list::<QueueView>()?;
    context.read(|tx| {
        let start = store::lookup_optional::<queue::Queue>(tx, command.page.after.as_ref(), visibility)?;
        let start = start.map(|queue| (queue, Vec::new()));
        let page = |after: Option<&Listed>, limit| {
            let filter = Filter { id: None, active, after: after.map(|(queue, _)| queue) };
            let queues = store::queue::list(tx, &filter, visibility, limit)?;
            let linked = queues.into_iter().map(|queue| {
                let resources = store::queue::resources(tx, queue.id)?;
                Ok((queue, resources))
            });
            linked.collect()
        };
        let view = |(queue, resources): &Listed| queue.view(resources.clone());
        context.out.pages(command.page.limit, start, &mut list, page, view)
    })?;
    list.end("no queues")
}

type Listed = (queue::Queue, Vec<queue::LinkedView>);

fn show(context: &Context, reference: &Reference) -> Result<()> {
    let view = context.read(|tx| {
        let queue = store::lookup::<queue::Queue>(tx, reference, context.visibility())?;
        view(tx, &queue)
    })?;
    context.out.show(&view, || Some(output::queue::card(&view, &context.out)))
}

fn edit(context: &Context, command: &Edit) -> Result<()> {
    let change_report = context.out.change_report()?;
    let (outcome, after) = change(context, &command.queue, "queue.edit", |tx, before| {
        let after = queue::Queue { name: command.name.clone(), ..before.clone() };
        if after != *before {
            store::queue::rename(tx, &after)?;
        }
        Ok(after)
    })?;
    let sentence = match outcome {
        Outcome::Unchanged => format!("The queue is called `{}` already.", after.name),
        _ => format!("The queue is now called `{}`.", after.name),
    };
    change_report.say(outcome, &sentence, &after)
}

fn activate(context: &Context, reference: &Reference) -> Result<()> {
    let change_report = context.out.change_report()?;
    let (outcome, after) =
        change(context, reference, "queue.activate", |tx, before| set_active(tx, before, true))?;
    let sentence = match outcome {
        Outcome::Unchanged => format!("The queue `{}` is active already.", after.name),
        _ => format!("The queue `{}` takes new referrals again.", after.name),
    };
    change_report.say(outcome, &sentence, &after)
}

fn deactivate(context: &Context, reference: &Reference) -> Result<()> {
    let change_report = context.out.change_report()?;
    let open = confirmed(context, reference)?;
    let (outcome, after) =
        change(context, reference, "queue.deactivate", |tx, before| set_active(tx, before, false))?;
    let name = &after.name;
    let sentence = match (outcome, open) {
        (Outcome::Unchanged, _) => format!("The queue `{name}` is inactive already."),
        (_, 0) => format!("The queue `{name}` takes no new referrals; none is open in it."),
        _ => format!("The queue `{name}` takes no new referrals; {} in it.", stay(open)),
    };
    change_report.say(outcome, &sentence, &after)
}

/// Reads the queue and asks, with the number of open referrals, which is returned (rule 2.4).
fn confirmed(context: &Context, reference: &Reference) -> Result<i64> {
    let (queue, open) = context.read(|tx| {
        let queue = store::lookup::<queue::Queue>(tx, reference, context.visibility())?;
        let open = store::queue::open_referrals(tx, queue.id, None)?;
        Ok((queue, open))
    })?;
    context.actor.may(Action::ChangeQueues)?;
    if queue.active {
        let what = if open == 0 { "No referral is open".to_owned() } else { stay(open) };
        context.confirm(&format!("{what} in queue `{}`. Let it take no new ones?", queue.name))?;
    }
    Ok(open)
}

fn stay(open: i64) -> String {
    let count = usize::try_from(open).unwrap_or(usize::MAX);
    text::counted(count, "open referral stays", "open referrals stay")
}

fn set_active(tx: &mut Tx<'_>, before: &queue::Queue, active: bool) -> Result<queue::Queue> {
    if before.active != active {
        store::queue::set_active(tx, before.id, active)?;
    }
    Ok(queue::Queue { active, ..before.clone() })
}

/// Finds the queue, checks the permission, applies `act` and reports the change.
fn change(
    context: &Context,
    reference: &Reference,
    action: &'static str,
    act: impl Fn(&mut Tx<'_>, &queue::Queue) -> Result<queue::Queue>,
) -> Result<(Outcome, QueueView)> {
    context.write(|tx| {
        let before = store::lookup::<queue::Queue>(tx, reference, context.visibility())?;
        context.actor.may(Action::ChangeQueues)?;
        let after = act(tx, &before)?;
        let (was, is) = (view(tx, &before)?, view(tx, &after)?);
        if was == is {
            return Ok((Outcome::Unchanged, is));
        }
        context.audit(tx, action, &is.name, Some(&was), Some(&is))?;
        Ok((Outcome::Updated, is))
    })
}
