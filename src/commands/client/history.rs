//! `client history`: what became of a client and of all that belongs to it.

use crate::commands::prelude::*;
use crate::model::audit::{Link, noun_of};
use crate::model::history::HistoryLine;
use crate::store::audit;

/// The nouns of actions on a client and on what belongs to it; the number of a contact may be the name of something else too.
const NOUNS: [&str; 9] =
    ["client", "contact", "referral", "visit", "package", "outsource", "record", "sharing", "release"];

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    context.list::<HistoryLine>("no steps", |tx, list| {
        let client = store::lookup::<Client>(tx, reference, context.visibility())?;
        let links = audit::of_client(tx, client.id)?;
        let lines = links.iter().filter(|link| is_of_client(link)).flat_map(HistoryLine::of).collect();
        context.list_history(list, lines)
    })
}

fn is_of_client(link: &Link) -> bool {
    NOUNS.contains(&noun_of(&link.entry.action))
}
