//! `audit`: who changed what, and whether the trail is whole.

use crate::model::view::view;
use anyhow::Context as _;
use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use serde_json::Value;

use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::model::access::Action;
use crate::model::audit::hex;
use crate::model::text::counted;
use crate::output::Card;
use crate::store::audit::{self, Filter, Link};

#[derive(Args)]
pub(crate) struct Audit {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// List changes, the newest first
    List(List),
    /// Check that no entry was changed or taken out
    Verify,
}

const LIST_EXAMPLES: &str = "\
Examples:
  $ caredesk audit list --on PKG-7K3M9Q
  $ caredesk audit list --by carol --limit 20 -o json";

#[derive(Args)]
#[command(after_help = LIST_EXAMPLES)]
struct List {
    /// Only changes of this thing: its code, login or name
    #[arg(long, value_name = "CODE")]
    on: Option<String>,
    /// Only changes by this login, or in its name
    #[arg(long, value_name = "LOGIN")]
    by: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
    limit: Option<i64>,
    /// Only entries before this number
    #[arg(long, value_name = "NUMBER")]
    after: Option<i64>,
}

view! {
    struct AuditLine("audit", |view| &view.number) {
        number: String => Number,
        at: DateTime<Utc> => Instant,
        by: String => Code,
        acting_as: Option<String> => Code,
        action: String => Status,
        on: String => Text,
        before: Option<Value> => Text(hidden),
        after: Option<Value> => Text(hidden),
        hash: String => Code(hidden),
    }
}

view! {
    struct Verdict("audit", |view| &view.head) {
        entries: i64 => Number,
        intact: bool => YesNo,
        head: String => Code,
    }
}

pub(crate) fn run(context: &Context, command: Audit) -> Result<()> {
    context.actor.may(Action::ReadAudit)?;
    match command.verb {
        Verb::List(list) => self::list(context, &list),
        Verb::Verify => verify(context),
    }
}

fn list(context: &Context, command: &List) -> Result<()> {
    let limit = command.limit.unwrap_or(if context.out.is_for_people() { 100 } else { i64::MAX });
    let filter =
        Filter { on: command.on.as_deref(), by: command.by.as_deref(), before: command.after, limit };
    let mut list = context.out.list::<AuditLine>()?;
    context.read(|tx| audit::list(tx, &filter, |link| list.row(&AuditLine::new(link)?).map(drop)))?;
    list.end("no such changes")
}

impl AuditLine {
    fn new(link: Link) -> Result<Self> {
        let entry = link.entry;
        Ok(AuditLine {
            number: link.sequence.to_string(),
            at: entry.at,
            by: entry.actor,
            acting_as: entry.acting_as,
            action: entry.action,
            on: entry.subject,
            before: entry.before.map(raw).transpose()?,
            after: entry.after.map(raw).transpose()?,
            hash: hex(&link.hash),
        })
    }
}

fn raw(text: String) -> Result<Value> {
    Ok(serde_json::from_str(&text).context("an audit entry is not JSON")?)
}

fn verify(context: &Context) -> Result<()> {
    let chain = context.read(audit::walk)?;
    if let Some(broken) = chain.broken {
        return Err(Error::new(Kind::Environment, "audit.broken", broken.what)
            .hint("the database was changed outside this program; compare it with a backup")
            .detail("number", broken.number));
    }
    let verdict = Verdict { entries: chain.entries, intact: true, head: hex(&chain.head) };
    let sentence = format!(
        "The audit trail is whole: {}, ending in {}.",
        counted(verdict.entries, "entry", "entries"),
        verdict.head
    );
    context.out.show(&verdict, || Some(Card::sentence(&context.out, &sentence)))
}
