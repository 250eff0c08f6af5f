//! `import show`: an import with what it created and changed.

use crate::commands::prelude::*;
use crate::model::operation::{ImportCard, Operation};
use crate::store::operation::{Written, entries};

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk import show IMP-7K3M9Q
  $ caredesk import show IMP-7K3M9Q --after 4711 --limit 1000 -o json")]
pub(super) struct Show {
    /// Code (or the beginning of it)
    import: Reference,
    /// The most things to show
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(i64).range(1..))]
    limit: i64,
    /// Continue after this number, the last of the page before
    #[arg(long, value_name = "NUMBER")]
    after: Option<i64>,
}

pub(super) fn run(context: &Context, command: &Show) -> Result<()> {
    let card = context.read(|tx| {
        let import = store::lookup::<Operation>(tx, &command.import, context.visibility())?;
        // One more than wanted shows whether there is more.
        let mut found = entries(tx, &import, command.after, command.limit.saturating_add(1))?;
        let wanted = usize::try_from(command.limit).unwrap_or(usize::MAX);
        let is_more = found.len() > wanted;
        found.truncate(wanted);
        let next_after = found.last().filter(|_| is_more).map(|entry| entry.number);
        Ok(ImportCard {
            import: import.view(),
            things: found.iter().map(Written::thing).collect(),
            next_after,
        })
    })?;
    context.show_with_logins(&card, || Some(output::import::card(&card, &context.out)))
}
