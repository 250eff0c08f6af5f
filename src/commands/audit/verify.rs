//! `audit verify`: whether the trail is whole, and goes on from where it was.

use super::since::{Since, Sought};
use crate::commands::prelude::*;
use crate::model::audit::{Chain, hex};
use crate::output::Card;
use crate::store::audit;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk audit verify
  $ caredesk audit verify --since /media/stick/2026-11.seal
  $ ssh vault cat anchors | caredesk audit verify --since - --key hub.pub

Who can write the database can also cut entries off the end of the trail or write it anew, and an older copy of it is as whole as it was then. What was kept elsewhere shows that: \
the seals of `audit seal` and `audit anchor`, or the number of entries and the head that this prints, given back with `--count` and `--head`. A seal counts if a key of `--key` made it.")]
pub(super) struct Verify {
    /// The head that an earlier run printed, from which the trail has to go on
    #[arg(long, value_name = "HASH", requires = "count", value_parser = head)]
    head: Option<String>,
    /// The number of entries that it printed with it
    #[arg(long, value_name = "N", requires = "head", value_parser = clap::value_parser!(i64).range(1..))]
    count: Option<i64>,
    #[command(flatten)]
    since: Since,
}

view! {
    pub(super) struct Verdict("audit", |view| &view.head) {
        entries: i64 => Number,
        /// Entries whose content was erased; that they were written is still verified.
        erased: i64 => Number,
        intact: bool => YesNo,
        head: String => Code,
        /// Whether it goes on from the head of `--head`, or from the seals of `--since`; null if none was given.
        continues: Option<bool> => YesNo,
        /// How many seals it goes on from; null if none were given.
        seals: Option<i64> => Number,
        /// The entry of the newest of them, up to which it is known to be as it was.
        sealed_entries: Option<i64> => Number,
    }
}

/// In lower case.
fn head(text: &str) -> Result<String, String> {
    if text.len() == 64 && text.chars().all(|letter| letter.is_ascii_hexdigit()) {
        return Ok(text.to_lowercase());
    }
    Err("a head has 64 digits from 0 to f".to_owned())
}

pub(super) fn run(context: &Context, command: &Verify) -> Result<()> {
    let sought = command.since.sought(context)?;
    let marks = command.count.into_iter().chain(sought.iter().flat_map(Sought::entries));
    let (chain, origin) = context.read(|tx| Ok((audit::walk(tx, marks)?, audit::origin(tx)?)))?;
    if let Some(sought) = &sought {
        sought.must_be_of(context, &hex(&origin.unwrap_or_default()))?;
    }
    if let Some(broken) = chain.broken {
        return Err(Error::new(Kind::Environment, "audit.broken", broken.what)
            .hint("the database was changed outside this program; compare it with a backup")
            .detail("number", broken.number));
    }
    must_continue(&chain, command)?;
    if let Some(sought) = &sought {
        sought.must_hold(context, &chain)?;
    }
    let newest = sought.as_ref().map(Sought::newest);
    let verdict = Verdict {
        entries: chain.entries,
        erased: chain.erased,
        intact: true,
        head: hex(&chain.head),
        continues: (command.head.is_some() || sought.is_some()).then_some(true),
        seals: sought.as_ref().map(Sought::count),
        sealed_entries: newest.map(|seal| seal.sealed.entries),
    };
    let sentence = sentence(&verdict, command, sought.as_ref().map(|sought| sought.words(context)));
    context.out.show(&verdict, || Some(Card::sentence(&context.out, &sentence)))
}

/// Refused if the trail was cut behind the head that was given, or written anew.
fn must_continue(chain: &Chain, command: &Verify) -> Result<()> {
    let (Some(head), Some(count)) = (&command.head, command.count) else { return Ok(()) };
    let what = match chain.marked.get(&count) {
        Some(hash) if hex(hash) == *head => return Ok(()),
        Some(_) => format!("entry {count} of the audit trail is another than that with this head"),
        None => format!(
            "the audit trail has {} and not the {count} that it had",
            counted(chain.entries, "entry", "entries")
        ),
    };
    Err(Error::new(Kind::Environment, "audit.not_continued", what)
        .hint("entries were cut off, or the trail was written anew; compare it with a backup"))
}

fn sentence(verdict: &Verdict, command: &Verify, sealed: Option<String>) -> String {
    let count = counted(verdict.entries, "entry", "entries");
    let erased =
        if verdict.erased > 0 { format!(", {} of them erased", verdict.erased) } else { String::new() };
    let goes_on = command.count.map(|count| format!(" It goes on from entry {count}, as it was."));
    let goes_on = goes_on.or(sealed).unwrap_or_default();
    format!("The audit trail is whole: {count}{erased}, ending in {}.{goes_on}", verdict.head)
}
