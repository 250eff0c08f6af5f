//! `referral`: needs of clients, each in a queue.

use clap::{Args, Subcommand};

use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::model::access::Action;
use crate::model::code::Prefix;
use crate::model::reference::Reference;
use crate::model::referral::{self, ReferralView};
use crate::model::text;
use crate::output::{Field, Outcome, Page, Record, Shape, hidden, shown};
use crate::store;
use crate::store::referral::Filter;

#[derive(Args)]
pub(crate) struct Referral {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Put a client into a queue
    Create(Create),
    /// List referrals, the newest first
    List(List),
    /// Show a referral
    Show {
        /// Its code or the beginning of it
        referral: Reference,
    },
    /// Move a referral to another status of its queue
    SetStatus(SetStatus),
}

const CREATE_EXAMPLES: &str = "\
Examples:
  $ caredesk referral create --queue \"home care\" --client winterbourne
  $ referral=$(caredesk -q referral create --queue \"home care\" --client winterbourne)";

#[derive(Args)]
#[command(after_help = CREATE_EXAMPLES)]
struct Create {
    /// Which queue: its name or the beginning of it
    #[arg(long, value_name = "QUEUE")]
    queue: Reference,
    /// The client: a code, an id or a name, or the beginning of one
    #[arg(long, value_name = "CLIENT")]
    client: Reference,
    /// Whatever else should be known
    #[arg(long, value_name = "TEXT", value_parser = text::free, allow_hyphen_values = true)]
    note: Option<String>,
}

const LIST_EXAMPLES: &str = "\
Examples:
  $ caredesk referral list --open --queue \"home care\"
  $ caredesk referral list -o jsonl --columns code,client,status";

#[derive(Args)]
#[command(after_help = LIST_EXAMPLES)]
struct List {
    /// Only in this queue
    #[arg(long, value_name = "QUEUE")]
    queue: Option<Reference>,
    /// Only in a status of this name
    #[arg(long, value_name = "STATUS")]
    status: Option<String>,
    /// Only of this client
    #[arg(long, value_name = "CLIENT")]
    client: Option<Reference>,
    /// Only in open statuses
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    page: Page,
}

#[derive(Args)]
struct SetStatus {
    /// Its code or the beginning of it
    referral: Reference,
    /// The label of a status of its queue
    status: String,
    /// Only if it is in this status now
    #[arg(long, value_name = "STATUS")]
    from: Option<String>,
    /// Replaces the note
    #[arg(long, value_name = "TEXT", value_parser = text::free, allow_hyphen_values = true)]
    note: Option<String>,
}

impl Record for ReferralView {
    const FIELDS: &'static [Field] = &[
        shown("code", Shape::Text),
        shown("queue", Shape::Text),
        shown("status", Shape::Text),
        hidden("closed", Shape::YesNo),
        shown("client", Shape::Text),
        shown("client_name", Shape::Text),
        shown("note", Shape::Text),
        shown("created_at", Shape::Instant),
        hidden("created_by", Shape::Text),
    ];

    fn code(&self) -> &str {
        &self.code
    }
}

pub(crate) fn run(context: &Context, command: Referral) -> Result<()> {
    match command.verb {
        Verb::Create(create) => self::create(context, &create),
        Verb::List(list) => self::list(context, &list),
        Verb::Show { referral } => show(context, &referral),
        Verb::SetStatus(set_status) => self::set_status(context, &set_status),
    }
}

fn create(context: &Context, command: &Create) -> Result<()> {
    let sight = context.actor.sight();
    let made = context.write(|tx| {
        let queue = store::queue::find(tx, &command.queue, sight)?;
        let client = store::client::find(tx, &command.client, sight)?;
        context.actor.may(Action::ChangeReferrals)?;
        queue.must_be_active()?;
        let first =
            queue.first().ok_or_else(|| Error::internal(format!("queue `{}` has no status", queue.name)))?;
        let made = referral::Referral {
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
            note: command.note.clone(),
            created_at: context.now,
            created_by: context.actor.account.login.clone(),
        };
        store::referral::insert(tx, &made, context.actor.account.id)?;
        context.audit(tx, "referral.create", &made.code, None::<&()>, Some(&made.view()))?;
        Ok(made)
    })?;
    let said = format!(
        "Made the referral {} for {} in `{}`, status `{}`.",
        made.code, made.client_name, made.queue, made.status
    );
    context.out.change(Outcome::Created, &said, &made.view())
}

fn list(context: &Context, command: &List) -> Result<()> {
    let sight = context.actor.sight();
    let status = command.status.as_deref().map(text::fold);
    let mut list = context.out.list::<ReferralView>()?;
    context.read(|tx| {
        let queue = command
            .queue
            .as_ref()
            .map(|typed| store::queue::find(tx, typed, sight))
            .transpose()?
            .map(|queue| queue.id);
        let client = command
            .client
            .as_ref()
            .map(|typed| store::client::find(tx, typed, sight))
            .transpose()?
            .map(|client| client.id);
        let start =
            command.page.after.as_ref().map(|typed| store::referral::find(tx, typed, sight)).transpose()?;
        let page = |after: Option<&referral::Referral>, limit| {
            let after = after.map(|referral| referral.id);
            let filter = Filter {
                id: None,
                queue,
                client,
                status: status.as_deref(),
                only_open: command.open,
                after,
                sight,
            };
            store::referral::list(tx, &filter, limit)
        };
        context.out.pages(command.page.limit, start, &mut list, page, referral::Referral::view)
    })?;
    list.end("no referrals")
}

fn show(context: &Context, typed: &Reference) -> Result<()> {
    let found = context.read(|tx| store::referral::find(tx, typed, context.actor.sight()))?;
    context.out.show(&found.view(), || None)
}

fn set_status(context: &Context, command: &SetStatus) -> Result<()> {
    let (outcome, after) = context.write(|tx| {
        let before = store::referral::find(tx, &command.referral, context.actor.sight())?;
        context.actor.may(Action::ChangeReferrals)?;
        let after = moved(tx, command, &before)?;
        if after == before {
            return Ok((Outcome::Unchanged, before));
        }
        store::referral::set_status(tx, before.status_id, &after)?;
        context.audit(tx, "referral.set-status", &after.code, Some(&before.view()), Some(&after.view()))?;
        Ok((Outcome::Updated, after))
    })?;
    let said = match outcome {
        Outcome::Unchanged => format!("The referral {} is in status `{}` already.", after.code, after.status),
        _ => format!("The referral {} is now in status `{}`.", after.code, after.status),
    };
    context.out.change(outcome, &said, &after.view())
}

/// The referral as it is to be; refused where the queue, the expected status or a waiting package forbids it.
fn moved(tx: &mut Tx<'_>, command: &SetStatus, before: &referral::Referral) -> Result<referral::Referral> {
    let queue = store::queue::by_id(tx, before.queue_id)?;
    let status = referral::status_in(&queue, &command.status)?;
    if status.id != before.status_id {
        let expected =
            command.from.as_deref().map(|label| referral::held_status_in(&queue, label)).transpose()?;
        referral::must_be_from(before, expected)?;
        if status.closed && !before.closed {
            referral::may_close(before, &store::referral::pending_packages(tx, before.id)?)?;
        }
    }
    Ok(referral::Referral {
        status_id: status.id,
        status: status.label.clone(),
        closed: status.closed,
        note: command.note.clone().or_else(|| before.note.clone()),
        ..before.clone()
    })
}
