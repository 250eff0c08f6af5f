//! `audit list`: what was changed, the newest first.

use serde_json::Value;

use crate::commands::prelude::*;
use crate::model::audit::{Link, Seal, hex};
use crate::store::audit::{self, Filter};

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk audit list --on PKG-7K3M9Q
  $ caredesk audit list --by carol --limit 20 -o json")]
pub(super) struct List {
    /// Only changes of this thing: its code, login or name
    #[arg(long, value_name = "CODE")]
    on: Option<String>,
    /// Only changes by this login, or in its name
    #[arg(long, value_name = "LOGIN")]
    by: Option<String>,
    /// The most to show
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
    limit: Option<i64>,
    /// Continue after this entry, the last of the page before: with older ones
    #[arg(long, value_name = "NUMBER")]
    after: Option<i64>,
}

view! {
    pub(super) struct AuditLine("audit", |view| view.number.to_string()) {
        number: i64 => Number,
        at: DateTime<Utc> => Instant,
        /// The login of the account that did it.
        by: String => Code,
        /// The login of the admin who used it.
        acted_by: Option<String> => Code(rank 1),
        action: String => Status,
        on: String => Text,
        before: Option<Value> => Text(hidden),
        after: Option<Value> => Text(hidden),
        /// Whether what it held was erased (`client erase`).
        erased: bool => YesNo(hidden),
        hash: String => Code(hidden),
    }
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    context.list("no such changes", |tx, list| {
        let page = |last: Option<&Link>, limit| {
            let before = last.map(|link| link.sequence).or(command.after);
            audit::list(tx, &Filter { on: command.on.as_deref(), by: command.by.as_deref(), before, limit })
        };
        context.out.pages(command.limit, None, list, page, AuditLine::of)
    })
}

impl AuditLine {
    fn of(link: &Link) -> Self {
        let entry = &link.entry;
        AuditLine {
            number: link.sequence,
            at: entry.at,
            by: entry.acting_as.as_ref().unwrap_or(&entry.actor).clone(),
            acted_by: entry.acting_as.is_some().then(|| entry.actor.clone()),
            action: entry.action.clone(),
            on: entry.subject.clone(),
            before: entry.before.as_deref().map(value),
            after: entry.after.as_deref().map(value),
            erased: matches!(link.seal, Seal::Erased(_)),
            hash: hex(&link.hash),
        }
    }
}

/// What is no JSON was written outside this program, and is shown as it is.
fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}
