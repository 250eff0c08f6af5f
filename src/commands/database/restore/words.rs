//! What is asked before a database is replaced, and what is said of it.

use super::present::Present;
use super::{Incoming, RestoredView};
use crate::commands::prelude::*;
use crate::context::Run;
use crate::model::audit::{TrailEnd, hex};
use crate::model::time::in_utc;
use crate::store::audit;
use crate::store::database::{Contents, contents};

/// How many kinds of changes are named one by one.
const NAMED: usize = 6;

/// None where nothing is replaced.
pub(super) fn question(run: &Run, present: &Present, incoming: &Incoming) -> Result<Option<String>> {
    let (what, kept) = match present {
        Present::Missing | Present::Vacant => return Ok(None),
        Present::Damaged(error) => (format!("It cannot be read: {error}."), "The file is"),
        Present::There(context) => (difference(context, incoming)?, "What is replaced is"),
    };
    let RestoredView { taken_at, entries, kept: name, .. } = &incoming.view;
    let unsound =
        incoming.unsound.first().map(|first| format!(" What the backup holds is not sound: {first}."));
    Ok(Some(format!(
        "Are you sure you want to replace the database {} by the backup of {}, with {} and {}?{} {what} {kept} kept as {}.",
        run.location,
        in_utc(*taken_at),
        held(incoming.contents),
        counted(*entries, "audit entry", "audit entries"),
        unsound.unwrap_or_default(),
        name.as_deref().unwrap_or_default(),
    )))
}

fn held(Contents { clients, packages, accounts }: Contents) -> String {
    let clients = counted(clients, "client", "clients");
    let packages = counted(packages, "package", "packages");
    format!("{clients}, {packages}, {}", counted(accounts, "account", "accounts"))
}

/// What the present database has, and what of it the backup has not.
fn difference(context: &Context, incoming: &Incoming) -> Result<String> {
    let RestoredView { entries, head, .. } = &incoming.view;
    context.read(|tx| {
        let (now, TrailEnd { sequence, .. }) = (contents(tx)?, audit::end(tx)?);
        let present =
            format!("It has {} and {}.", held(now), counted(sequence, "audit entry", "audit entries"));
        let goes_on = audit::hash_of(tx, *entries)?.is_some_and(|hash| hex(&hash) == *head);
        if !goes_on {
            return Ok(format!("{present} The backup is not of its history: all that it has would be gone."));
        }
        let since = audit::count_since(tx, *entries)?;
        let count: i64 = since.iter().map(|(_, number)| number).sum();
        if count == 0 {
            return Ok(format!("{present} Nothing has been recorded since."));
        }
        let mut kinds: Vec<String> =
            since.iter().take(NAMED).map(|(action, number)| format!("{number} {action}")).collect();
        if since.len() > NAMED {
            kinds.push("others".to_owned());
        }
        let count = counted(count, "entry", "entries");
        Ok(format!("{present} The backup is without the {count} since: {}.", kinds.join(", ")))
    })
}

pub(super) fn sentence(view: &RestoredView) -> String {
    let RestoredView { database, backup, taken_at, entries, kept, .. } = view;
    let held = held(Contents { clients: view.clients, packages: view.packages, accounts: view.accounts });
    let entries = counted(*entries, "audit entry", "audit entries");
    let kept = kept.as_ref().map(|kept| format!(" What it replaced is kept as {kept}."));
    format!(
        "Restored the database {database} from {backup}, taken at {}: {held} and {entries}.{}",
        in_utc(*taken_at),
        kept.unwrap_or_default()
    )
}
