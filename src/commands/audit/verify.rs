//! `audit verify`: whether the trail is whole, and goes on from where it was.

use crate::commands::prelude::*;
use crate::model::audit::{Chain, hex};
use crate::output::Card;
use crate::store::audit;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk audit verify

Keep the number of entries and the head that it prints somewhere else, and give them back with `--count` and `--head`. Who can write the database can also cut entries off \
  the end of the trail or write it anew, but not so that it goes on from a head that you have.")]
pub(super) struct Verify {
    /// The head that an earlier run printed, from which the trail has to go on
    #[arg(long, value_name = "HASH", requires = "count", value_parser = head)]
    head: Option<String>,
    /// The number of entries that it printed with it
    #[arg(long, value_name = "N", requires = "head", value_parser = clap::value_parser!(i64).range(1..))]
    count: Option<i64>,
}

view! {
    pub(super) struct Verdict("audit", |view| &view.head) {
        entries: i64 => Number,
        /// Entries whose content was erased; that they were written is still verified.
        erased: i64 => Number,
        intact: bool => YesNo,
        head: String => Code,
        /// Whether it goes on from the head of `--head`; null if none was given.
        continues: Option<bool> => YesNo,
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
    let chain = context.read(|tx| audit::walk(tx, command.count))?;
    if let Some(broken) = chain.broken {
        return Err(Error::new(Kind::Environment, "audit.broken", broken.what)
            .hint("the database was changed outside this program; compare it with a backup")
            .detail("number", broken.number));
    }
    must_continue(&chain, command)?;
    let verdict = Verdict {
        entries: chain.entries,
        erased: chain.erased,
        intact: true,
        head: hex(&chain.head),
        continues: command.head.is_some().then_some(true),
    };
    let sentence = sentence(&verdict, command);
    context.out.show(&verdict, || Some(Card::sentence(&context.out, &sentence)))
}

/// Refused if the trail was cut behind the head that was given, or written anew.
fn must_continue(chain: &Chain, command: &Verify) -> Result<()> {
    let (Some(head), Some(count)) = (&command.head, command.count) else { return Ok(()) };
    let what = match &chain.marked {
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

fn sentence(verdict: &Verdict, command: &Verify) -> String {
    let count = counted(verdict.entries, "entry", "entries");
    let erased =
        if verdict.erased > 0 { format!(", {} of them erased", verdict.erased) } else { String::new() };
    let goes_on = command.count.map(|count| format!(" It goes on from entry {count}, as it was."));
    let goes_on = goes_on.unwrap_or_default();
    format!("The audit trail is whole: {count}{erased}, ending in {}.{goes_on}", verdict.head)
}
