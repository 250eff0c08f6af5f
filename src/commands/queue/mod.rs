//! `queue`: named lists of referrals, with statuses of their own.

mod link;

use clap::{Args, Subcommand};

use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::model::access::Action;
use crate::model::queue::{self, QueueView, StatusSpec};
use crate::model::reference::Reference;
use crate::model::text;
use crate::output::{Field, Outcome, Record, Shape, shown};
use crate::store;

#[derive(Args)]
pub(crate) struct Queue {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Make a queue
    Create(Create),
    /// List queues
    List,
    /// Show a queue and its statuses
    Show {
        /// Its name or the beginning of it
        queue: Reference,
    },
    /// Let a queue send referrals to resources
    AddResource(Resources),
    /// Send a queue's referrals to resources no more; what is assigned stays
    RemoveResource(Resources),
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

const RESOURCES_EXAMPLES: &str = "\
Examples:
  $ caredesk queue add-resource \"home care\" harbour \"night shift\"";

#[derive(Args)]
#[command(after_help = RESOURCES_EXAMPLES)]
struct Resources {
    /// Its name or the beginning of it
    queue: Reference,
    /// Codes or names; a provider stands for its agency record
    #[arg(required = true, value_name = "RESOURCE")]
    resources: Vec<Reference>,
}

impl Record for QueueView {
    const FIELDS: &'static [Field] = &[
        shown("name", Shape::Text),
        shown("active", Shape::YesNo),
        shown("statuses", Shape::Many),
        shown("resources", Shape::Many),
    ];

    fn code(&self) -> &str {
        &self.name
    }
}

pub(crate) fn run(context: &Context, command: Queue) -> Result<()> {
    match command.verb {
        Verb::Create(create) => self::create(context, &create),
        Verb::List => list(context),
        Verb::Show { queue } => show(context, &queue),
        Verb::AddResource(command) => link::add(context, &command),
        Verb::RemoveResource(command) => link::remove(context, &command),
    }
}

fn create(context: &Context, command: &Create) -> Result<()> {
    context.actor.may(Action::ChangeQueues)?;
    let made =
        queue::Queue::new(context.key(), command.name.clone(), command.statuses.clone(), || context.key());
    let made = made.map_err(|why| Error::invalid("queue.statuses", why))?;
    let (outcome, view) = context.write(|tx| {
        let same = store::queue::list(tx, None, None)?
            .into_iter()
            .find(|queue| text::fold(&queue.name) == text::fold(&made.name));
        if let Some(same) = same.filter(|_| command.if_not_exists) {
            return Ok((Outcome::Unchanged, view(tx, &same)?));
        }
        store::queue::insert(tx, &made)?;
        context.audit(tx, "queue.create", &made.name, None::<&()>, Some(&made.view(Vec::new())))?;
        Ok((Outcome::Created, made.view(Vec::new())))
    })?;
    let verb = if outcome == Outcome::Created { "Made the queue" } else { "There is a queue" };
    context.out.change(outcome, &format!("{verb} `{}` with {}.", view.name, labels(&view)), &view)
}

fn labels(view: &QueueView) -> String {
    view.statuses.iter().map(|status| status.label.as_str()).collect::<Vec<_>>().join(", ")
}

/// With what it is linked to now.
fn view(tx: &mut Tx<'_>, queue: &queue::Queue) -> Result<QueueView> {
    Ok(queue.view(store::queue::resources(tx, queue.id)?))
}

fn list(context: &Context) -> Result<()> {
    let mut list = context.out.list::<QueueView>()?;
    context.read(|tx| {
        for queue in store::queue::list(tx, None, context.actor.sight())? {
            list.row(&view(tx, &queue)?)?;
        }
        Ok(())
    })?;
    list.end("no queues")
}

fn show(context: &Context, typed: &Reference) -> Result<()> {
    let view = context.read(|tx| {
        let queue = store::queue::find(tx, typed, context.actor.sight())?;
        view(tx, &queue)
    })?;
    let card = || {
        let state = if view.active { "" } else { " (inactive)" };
        let status = |status: &queue::StatusView| {
            let marks = [(status.closed, " (closed)"), (status.retired, " (retired)")];
            status.label.clone()
                + &marks.into_iter().filter(|(is_so, _)| *is_so).map(|(_, mark)| mark).collect::<String>()
        };
        let statuses: Vec<String> = view.statuses.iter().map(status).collect();
        Some(format!("{}{state}\n{}", view.name, statuses.join(" → ")))
    };
    context.out.show(&view, card)
}
