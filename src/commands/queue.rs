//! `queue`: named lists of referrals, with statuses of their own.

use clap::{Args, Subcommand};

use crate::context::Context;
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

impl Record for QueueView {
    const FIELDS: &'static [Field] =
        &[shown("name", Shape::Text), shown("active", Shape::YesNo), shown("statuses", Shape::Many)];

    fn code(&self) -> &str {
        &self.name
    }
}

pub(crate) fn run(context: &Context, command: Queue) -> Result<()> {
    match command.verb {
        Verb::Create(create) => self::create(context, &create),
        Verb::List => list(context),
        Verb::Show { queue } => show(context, &queue),
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
            return Ok((Outcome::Unchanged, same.view()));
        }
        store::queue::insert(tx, &made)?;
        context.audit(tx, "queue.create", &made.name, None::<&()>, Some(&made.view()))?;
        Ok((Outcome::Created, made.view()))
    })?;
    let verb = if outcome == Outcome::Created { "Made the queue" } else { "There is a queue" };
    context.out.change(outcome, &format!("{verb} `{}` with {}.", view.name, labels(&view)), &view)
}

fn labels(view: &QueueView) -> String {
    view.statuses.iter().map(|status| status.label.as_str()).collect::<Vec<_>>().join(", ")
}

fn list(context: &Context) -> Result<()> {
    let queues = context.read(|tx| store::queue::list(tx, None, context.actor.sight()))?;
    let mut list = context.out.list::<QueueView>()?;
    for queue in queues {
        list.row(&queue.view())?;
    }
    list.end("no queues")
}

fn show(context: &Context, typed: &Reference) -> Result<()> {
    let queue = context.read(|tx| store::queue::find(tx, typed, context.actor.sight()))?;
    let view = queue.view();
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
